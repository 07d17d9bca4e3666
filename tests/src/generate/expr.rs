//! Expressions of a wanted type.

use super::Gen;
use super::items::{Mode, Shape};
use super::ty::Ty;

impl Gen {
    /// An expression of this type; `d` bounds its depth.
    pub fn expr(&mut self, ty: &Ty, d: u32) -> String {
        if self.rng.chance(if d == 0 { 70 } else { 30 })
            && let Some(place) = self.read(ty)
        {
            return place;
        }
        if d > 0 && self.rng.chance(30) {
            let found = match self.rng.below(7) {
                0 | 1 => self.call(ty, d - 1),
                2 => self.method_call(ty, d - 1),
                3 => self.element_of(ty, d - 1),
                4 => Some(self.choice(ty, d - 1)),
                5 => self.special(ty, d - 1),
                _ => self.out_of_option(ty, d - 1),
            };
            if let Some(text) = found {
                return text;
            }
        }
        self.make(ty, d)
    }

    /// An expression of this type, made anew.
    fn make(&mut self, ty: &Ty, d: u32) -> String {
        let n = d.saturating_sub(1);
        match ty {
            Ty::Int(k) => self.int_expr(k, d),
            Ty::Float(k) => self.float_expr(k, d),
            Ty::Bool => self.bool_expr(d),
            Ty::Char => self.char_expr(d),
            Ty::Str => self.str_literal(),
            Ty::String => self.string_expr(d),
            Ty::Tuple(ts) => {
                let list: Vec<String> = ts.iter().map(|t| self.expr(t, n)).collect();
                format!("({}{})", list.join(", "), if ts.len() == 1 { "," } else { "" })
            }
            Ty::Array(t, len) => {
                if self.is_copy(t) && self.rng.chance(20) {
                    return format!("[{}; {len}]", self.expr(t, n));
                }
                if self.rng.chance(20) {
                    let body = self.closure_with("i", &Ty::Int("usize"), t, n);
                    return format!("std::array::from_fn::<{}, {len}, _>({body})", self.spell(t));
                }
                let list: Vec<String> = (0..*len).map(|_| self.expr(t, n)).collect();
                format!("[{}]", list.join(", "))
            }
            Ty::Slice(t) => self.slice_expr(t, n),
            Ty::Vec(t) => self.vec_expr(t, d),
            Ty::Deque(t) => format!("VecDeque::from({})", self.expr(&t.clone().vec(), n)),
            Ty::Option(t) => self.option_expr(t, n),
            Ty::Result(t, e) => {
                if self.rng.chance(70) {
                    format!("Ok::<{}, {}>({})", self.spell(t), self.spell(e), self.expr(t, n))
                } else {
                    format!("Err::<{}, {}>({})", self.spell(t), self.spell(e), self.expr(e, n))
                }
            }
            Ty::Box(t) => format!("Box::new({})", self.expr(t, n)),
            Ty::Rc(t) => format!("Rc::new({})", self.expr(t, n)),
            Ty::Map(k, v) => {
                let pairs = self.rng.range(0, 3);
                let list: Vec<String> =
                    (0..pairs).map(|_| format!("({}, {})", self.expr(k, n), self.expr(v, n))).collect();
                if pairs == 0 {
                    format!("BTreeMap::<{}, {}>::new()", self.spell(k), self.spell(v))
                } else {
                    format!("BTreeMap::from([{}])", list.join(", "))
                }
            }
            Ty::Set(t) => {
                format!("{}.into_iter().collect::<{}>()", self.expr(&t.clone().vec(), n), self.spell(ty))
            }
            Ty::Ref(t) => format!("&{}", self.expr(t, n)),
            Ty::Adt(id, arg) => self.adt_expr(*id, arg.as_deref(), n),
            Ty::Param => self.read(ty).unwrap_or_else(|| "unreachable!()".into()),
        }
    }

    fn option_expr(&mut self, t: &Ty, n: u32) -> String {
        match self.rng.below(6) {
            0 => format!("None::<{}>", self.spell(t)),
            1 if n > 0 => {
                let inner = self.option_of(n - 1);
                let text = self.pure(|g| g.expr(&inner.clone().option(), n - 1));
                let body = self.closure_with("x", &inner, t, n - 1);
                format!("{text}.map({body})")
            }
            2 if n > 0 => {
                let cond = self.expr(&Ty::Bool, n - 1);
                let body = self.pure(|g| g.expr(t, n - 1));
                format!("({cond}).then(|| {body})")
            }
            3 if n > 0 => {
                let (a, b) = (
                    self.pure(|g| g.expr(&t.clone().option(), n - 1)),
                    self.pure(|g| g.expr(&t.clone().option(), n - 1)),
                );
                let method = self.rng.word(&["or", "xor"]);
                format!("{a}.{method}({b})")
            }
            4 if n > 0 && matches!(t, Ty::Int(_)) => {
                let (a, b) = (self.expr(t, n - 1), self.expr(t, n - 1));
                let method = self.rng.word(&[
                    "checked_add",
                    "checked_sub",
                    "checked_mul",
                    "checked_div",
                    "checked_rem",
                ]);
                format!("({a}).{method}({b})")
            }
            _ => format!("Some({})", self.expr(t, n)),
        }
    }

    fn option_of(&mut self, n: u32) -> Ty {
        self.any_ty(n.min(1))
    }

    /// A value of an option or result of the type, with a way out.
    fn out_of_option(&mut self, ty: &Ty, d: u32) -> Option<String> {
        let option = self.find_place(|_, v| v.ty == ty.clone().option()).map(|v| v.place);
        let option = option.map(|o| if self.is_copy(ty) { o } else { format!("{o}.clone()") })?;
        let other = self.pure(|g| g.expr(ty, d));
        Some(match self.rng.below(3) {
            0 => format!("{option}.unwrap_or({other})"),
            1 => format!("{option}.unwrap_or_else(|| {other})"),
            _ => format!("if let Some(y) = {option} {{ y }} else {{ {other} }}"),
        })
        .map(|text| format!("({text})"))
    }

    /// An element of a sequence at hand.
    fn element_of(&mut self, ty: &Ty, d: u32) -> Option<String> {
        let var = self.find_place(|_, v| v.ty.element() == Some(ty))?;
        let index = self.pure(|g| g.expr(&Ty::Int("usize"), d));
        let (place, copied) = (&var.place, self.is_copy(ty));
        let clone = if copied { "" } else { ".clone()" };
        if let Ty::Array(_, n) = var.ty {
            return Some(match self.is_risky && self.rng.chance(20) {
                true => format!("{place}[({index}) % {}]{clone}", n + 1),
                false => format!("{place}[({index}) % {n}]{clone}"),
            });
        }
        let other = self.pure(|g| g.make(ty, 0));
        Some(match self.rng.below(4) {
            0 if self.is_risky => format!("{place}[({index}) % 7]{clone}"),
            0 | 1 => {
                format!(
                    "(if {place}.is_empty() {{ {other} }} else {{ {place}[({index}) % {place}.len()]{clone} }})"
                )
            }
            2 => format!("{place}.get(({index}) % 6).cloned().unwrap_or({other})"),
            _ => {
                let end = self.rng.word(&["first", "last"]);
                format!("{place}.{end}().cloned().unwrap_or_else(|| {other})")
            }
        })
    }

    /// A call of a function of the program.
    pub fn call(&mut self, ty: &Ty, d: u32) -> Option<String> {
        let rounds = self.rounds;
        let fits = |f: &&super::items::Function| f.cost.saturating_mul(rounds) <= 20_000;
        let list: Vec<_> =
            self.functions.iter().filter(fits).filter(|f| f.generic_result_is(ty)).cloned().collect();
        let function = self.rng.pick(&list)?.clone();
        let arg = function.is_generic.then(|| function.argument_for(ty)).flatten();
        self.cost += function.cost.saturating_mul(rounds);
        let mut before = String::new();
        let mut list = Vec::new();
        let params: Vec<(Mode, Ty)> = function.params.clone();
        for (mode, t) in &params {
            let t = arg.as_ref().map_or(t.clone(), |a| t.with(a));
            list.push(match mode {
                Mode::Value => self.pure(|g| g.expr(&t, d.min(1))),
                Mode::Ref => self.borrowed(&t, d.min(1)),
                Mode::Mut => {
                    let name = self.fresh("t");
                    let value = self.pure(|g| g.expr(&t, d.min(1)));
                    before += &format!("let mut {name}: {} = {value}; ", self.spell(&t));
                    format!("&mut {name}")
                }
                Mode::Closure(a) => self.closure_with("x", a, &t, d.min(1)),
            });
        }
        let call = format!("{}({})", function.name, list.join(", "));
        Some(if before.is_empty() { call } else { format!("{{ {before}{call} }}") })
    }

    /// `&place` or `&expression`.
    pub fn borrowed(&mut self, ty: &Ty, d: u32) -> String {
        let found = self.find_place(|_, v| v.ty == *ty);
        match found {
            Some(var) if self.rng.chance(80) => format!("&{}", var.place),
            _ => format!("&{}", self.pure(|g| g.expr(ty, d))),
        }
    }

    /// A call of a method of a struct or enum at hand.
    fn method_call(&mut self, ty: &Ty, d: u32) -> Option<String> {
        let var = self.find_place(|g, v| match &v.ty {
            Ty::Adt(n, _) => g.adts[*n].methods.iter().any(|m| m.result == *ty && !m.is_mut),
            _ => false,
        })?;
        let Ty::Adt(n, _) = var.ty else { return None };
        let methods: Vec<_> =
            self.adts[n].methods.iter().filter(|m| m.result == *ty && !m.is_mut).cloned().collect();
        let method = self.rng.pick(&methods)?.clone();
        let list: Vec<String> = method.params.iter().map(|t| self.pure(|g| g.expr(t, d))).collect();
        self.cost += self.rounds;
        Some(format!("{}.{}({})", var.place, method.name, list.join(", ")))
    }

    /// A struct literal, or a variant.
    fn adt_expr(&mut self, id: usize, arg: Option<&Ty>, n: u32) -> String {
        let adt = self.adts[id].clone();
        let turbofish = arg.map_or_else(String::new, |t| format!("::<{}>", self.spell(t)));
        let shapes: Vec<&(String, Shape)> = if n == 0 {
            adt.shapes.iter().filter(|s| !s.1.is_recursive(id)).collect()
        } else {
            adt.shapes.iter().collect()
        };
        let Some((variant, shape)) = self.rng.pick(&shapes).map(|s| (*s).clone()) else {
            return "unreachable!()".into();
        };
        let path = if adt.is_enum {
            format!("{}{turbofish}::{variant}", adt.name)
        } else {
            format!("{}{turbofish}", adt.name)
        };
        let with = |t: &Ty| arg.map_or(t.clone(), |a| t.with(a));
        match shape {
            Shape::Unit => path,
            Shape::Tuple(ts) => {
                let list: Vec<String> = ts.iter().map(|t| self.expr(&with(t), n.saturating_sub(1))).collect();
                format!("{path}({})", list.join(", "))
            }
            Shape::Named(fs) => {
                let list: Vec<String> = fs
                    .iter()
                    .map(|(f, t)| format!("{f}: {}", self.expr(&with(t), n.saturating_sub(1))))
                    .collect();
                format!("{path} {{ {} }}", list.join(", "))
            }
        }
        .to_string()
    }

    /// `|x| body`
    pub fn closure_with(&mut self, prefix: &str, param: &Ty, result: &Ty, d: u32) -> String {
        let name = self.fresh(prefix);
        let mark = self.enter_frozen();
        self.depth += 1;
        let pattern = self.bind(&name, param);
        let body = self.pure(|g| g.expr(result, d));
        self.depth -= 1;
        self.leave(mark);
        format!("|{pattern}| {body}")
    }

    /// Declares what a parameter or item of this type binds; the pattern.
    pub fn bind(&mut self, name: &str, ty: &Ty) -> String {
        match ty {
            Ty::Tuple(ts)
                if ts.iter().any(|t| matches!(t, Ty::Ref(_) | Ty::Slice(_))) || self.rng.chance(50) =>
            {
                let parts: Vec<String> =
                    ts.iter().enumerate().map(|(i, t)| self.bind(&format!("{name}_{i}"), t)).collect();
                format!("({})", parts.join(", "))
            }
            Ty::Ref(t) if self.is_copy(t) && self.rng.chance(40) => {
                self.declare(name, (**t).clone(), false);
                format!("&{name}")
            }
            Ty::Ref(t) => {
                self.bind_reference(name, t);
                name.to_string()
            }
            _ => {
                self.declare(name, ty.clone(), false);
                name.to_string()
            }
        }
    }

    /// Declares what a name that is a reference leads to.
    pub fn bind_reference(&mut self, name: &str, ty: &Ty) {
        let (mut place, mut ty) = (format!("(*{name})"), ty);
        while let Ty::Ref(inner) = ty {
            place = format!("(*{place})");
            ty = inner;
        }
        match ty {
            Ty::Tuple(ts) if ts.iter().any(|t| matches!(t, Ty::Ref(_))) => {
                for (i, t) in ts.iter().enumerate() {
                    match t {
                        Ty::Ref(t) => self.declare_place(format!("(*{place}.{i})"), (**t).clone(), false),
                        t => self.declare_place(format!("{place}.{i}"), t.clone(), false),
                    }
                }
            }
            Ty::Slice(_) => self.declare_place(place, ty.clone(), false),
            _ => self.declare_place(place, ty.clone(), false),
        }
    }
}
