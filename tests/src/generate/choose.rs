//! Expressions that branch: `if`, `match` over everything that can be matched, labelled blocks.

use super::Gen;
use super::items::Shape;
use super::ty::Ty;

impl Gen {
    /// A branching expression of this type.
    pub fn choice(&mut self, ty: &Ty, d: u32) -> String {
        match self.rng.below(5) {
            0 => {
                let cond = self.expr(&Ty::Bool, d);
                let (a, b) = (self.arm(ty, d), self.arm(ty, d));
                format!("(if {cond} {{ {a} }} else {{ {b} }})")
            }
            1 => {
                let label = self.fresh("'l");
                let (cond, a, b) = (self.expr(&Ty::Bool, d), self.arm(ty, d), self.arm(ty, d));
                format!("{label}: {{ if {cond} {{ break {label} {a}; }} {b} }}")
            }
            2 => self.int_match(ty, d),
            _ => self.place_match(ty, d),
        }
    }

    /// An arm: whatever is moved or assigned there, it is not needed afterwards.
    fn arm(&mut self, ty: &Ty, d: u32) -> String {
        let mark = self.enter();
        let text = self.expr(ty, d);
        self.leave(mark);
        text
    }

    fn int_match(&mut self, ty: &Ty, d: u32) -> String {
        let k = self.int();
        let value = self.expr(&Ty::Int(k), d);
        let mut arms = Vec::new();
        let n = self.fresh("n");
        for _ in 0..self.rng.range(1, 3) {
            let (lo, hi) = (self.rng.range(1, 40), self.rng.range(41, 127));
            let mark = self.enter();
            let pattern = match self.rng.below(5) {
                0 => format!("{lo} | {hi}"),
                1 => format!("{lo}..={hi}"),
                2 => format!("..{lo}"),
                3 => {
                    self.declare(&n, Ty::Int(k), false);
                    format!("{n} @ ({lo}..{hi} | {})", hi)
                }
                _ => {
                    self.declare(&n, Ty::Int(k), false);
                    let cond = self.pure(|g| g.expr(&Ty::Bool, d.min(1)));
                    format!("{n} if {cond}")
                }
            };
            let body = self.expr(ty, d);
            self.leave(mark);
            arms.push(format!("{pattern} => {body}"));
        }
        let rest = self.arm(ty, d);
        format!("(match {value} {{ {}, _ => {rest} }})", arms.join(", "))
    }

    /// A match over a place with parts.
    fn place_match(&mut self, ty: &Ty, d: u32) -> String {
        let var = self.find_place(|_, v| {
            matches!(
                v.ty,
                Ty::Option(_) | Ty::Result(..) | Ty::Adt(..) | Ty::Vec(_) | Ty::Slice(_) | Ty::Tuple(_)
            )
        });
        let Some(var) = var else { return self.int_match(ty, d) };
        let place = var.place.clone();
        // The scrutinee is borrowed while its parts are bound.
        self.hiding(&place, |g| g.pure(|g| g.match_over(&place, &var.ty, ty, d)))
    }

    fn match_over(&mut self, place: &str, of: &Ty, ty: &Ty, d: u32) -> String {
        let x = self.fresh("m");
        let arm = |g: &mut Gen, bindings: &[(String, Ty)]| {
            let mark = g.enter();
            for (name, t) in bindings {
                g.bind_reference(name, t);
            }
            let text = g.expr(ty, d);
            g.leave(mark);
            text
        };
        match of {
            Ty::Option(t) => {
                let some = arm(self, &[(x.clone(), (**t).clone())]);
                let none = arm(self, &[]);
                match self.rng.below(2) {
                    0 => format!("(match &{place} {{ Some({x}) => {some}, None => {none} }})"),
                    _ => format!("(if let Some({x}) = &{place} {{ {some} }} else {{ {none} }})"),
                }
            }
            Ty::Result(t, e) => {
                let ok = arm(self, &[(x.clone(), (**t).clone())]);
                let err = arm(self, &[(x.clone(), (**e).clone())]);
                format!("(match {place}.as_ref() {{ Ok({x}) => {ok}, Err({x}) => {err} }})")
            }
            Ty::Vec(t) | Ty::Slice(t) => {
                let element = |n: &str| (format!("{x}{n}"), (**t).clone());
                let empty = arm(self, &[]);
                let one = arm(self, &[element("a")]);
                let ends = arm(self, &[element("a"), element("b")]);
                match self.rng.below(2) {
                    0 => format!(
                        "(match &{place}[..] {{ [] => {empty}, [{x}a] => {one}, [{x}a, .., {x}b] => {ends} }})"
                    ),
                    _ => format!(
                        "(match &{place}[..] {{ [{x}a, {x}b, ..] => {ends}, [.., {x}a] => {one}, _ => {empty} }})"
                    ),
                }
            }
            Ty::Tuple(ts) => {
                let names: Vec<(String, Ty)> =
                    ts.iter().enumerate().map(|(i, t)| (format!("{x}_{i}"), t.clone())).collect();
                let list: Vec<&str> = names.iter().map(|n| n.0.as_str()).collect();
                let body = arm(self, &names);
                format!("{{ let ({}) = &{place}; {body} }}", list.join(", "))
            }
            Ty::Adt(n, arg) => {
                let adt = self.adts[*n].clone();
                let mut arms = Vec::new();
                for (variant, shape) in &adt.shapes {
                    if arms.len() > 1 && self.rng.chance(20) {
                        arms.push(format!("_ => {}", arm(self, &[])));
                        break;
                    }
                    let path =
                        if adt.is_enum { format!("{}::{variant}", adt.name) } else { adt.name.clone() };
                    let with = |t: &Ty| arg.as_ref().map_or(t.clone(), |a| t.with(a));
                    let bound: Vec<(String, String, Ty)> = shape
                        .fields()
                        .enumerate()
                        .map(|(i, (f, t))| (f, format!("{x}_{i}"), with(&t)))
                        .collect();
                    let names: Vec<(String, Ty)> = bound.iter().map(|b| (b.1.clone(), b.2.clone())).collect();
                    let body = arm(self, &names);
                    let pattern = match shape {
                        Shape::Unit => path,
                        Shape::Tuple(_) => format!(
                            "{path}({})",
                            bound.iter().map(|b| b.1.as_str()).collect::<Vec<_>>().join(", ")
                        ),
                        Shape::Named(_) => format!(
                            "{path} {{ {} }}",
                            bound.iter().map(|b| format!("{}: {}", b.0, b.1)).collect::<Vec<_>>().join(", ")
                        ),
                    };
                    arms.push(format!("{pattern} => {body}"));
                }
                format!("(match &{place} {{ {} }})", arms.join(", "))
            }
            _ => arm(self, &[]),
        }
    }
}
