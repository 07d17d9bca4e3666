//! Loops and calls of the shapes that inference cuts: append, reduce, disjoint writes, search, keyed, calls in a row.

use super::Gen;
use super::items::{Function, Mode};
use super::ty::Ty;

/// What a loop steps through.
struct Source {
    /// The expression after `in`.
    text: String,
    /// The pattern.
    pattern: String,
    rounds: u64,
}

impl Gen {
    /// One such loop, with what it needs.
    pub fn shape(&mut self) {
        if self.rounds > 60 {
            return self.let_statement();
        }
        match self.rng.below(14) {
            9 | 10 => self.counting_loop(),
            12 | 13 => self.kept_together(),
            11 if self.rounds == 1 => self.rounds_loop(),
            0 | 1 => self.append_loop(),
            2 | 3 => self.reduce_loop(),
            4 | 5 => self.write_loop(),
            6 => self.search_loop(),
            7 => self.keyed_loop(),
            _ => self.mixed_loop(),
        }
    }

    /// A function that is mostly such a loop.
    pub fn shape_function(&mut self) {
        let name = self.fresh("work");
        let element = if self.rng.chance(60) { Ty::Int(self.int()) } else { self.any_ty(1) };
        let k = self.int();
        let result = match self.rng.below(4) {
            0 => element.clone().vec(),
            1 => Ty::Int("u64"),
            2 => Ty::Tuple(vec![Ty::Int(k).vec(), Ty::Int("i64")]),
            _ => self.any_ty(1),
        };
        let params = vec![(Mode::Ref, element.clone().vec()), (Mode::Value, Ty::Int(k))];
        self.start_function();
        self.head(&name, &params, &result, "");
        for _ in 0..self.rng.range(1, 3) {
            self.shape();
        }
        if self.rng.chance(30) {
            self.statement(1);
        }
        let value = self.expr(&result, 2);
        self.line(value);
        self.close();
        let cost = self.cost.max(50);
        self.functions.push(Function { name, params, result, is_generic: false, cost });
    }

    /// Calls that do not need each other's results.
    pub fn calls_in_a_row(&mut self) {
        let list: Vec<Function> =
            self.functions.iter().filter(|f| !f.is_generic && f.cost <= 20_000).cloned().collect();
        for _ in 0..self.rng.range(2, 4) {
            let Some(function) = self.rng.pick(&list).cloned() else { return };
            // Arguments first, so that the calls stand beside each other.
            let mut ready = Vec::new();
            for (mode, ty) in &function.params {
                if matches!(mode, Mode::Ref) && self.find_place(|_, v| v.ty == *ty).is_none() {
                    self.let_of(ty.clone());
                }
                ready.push((mode, ty));
            }
        }
        for _ in 0..self.rng.range(2, 4) {
            let Some(function) = self.rng.pick(&list).cloned() else { return };
            let before = std::mem::replace(&mut self.functions, vec![function.clone()]);
            let text = self.call(&function.result, 1);
            self.functions = before;
            let Some(text) = text else { continue };
            let name = self.fresh("v");
            self.line(format!("let mut {name} = {text};"));
            self.declare(&name, function.result, true);
        }
    }

    /// Something to loop over, with its items declared by `declare`.
    fn source(&mut self) -> (Source, Vec<(String, Ty)>) {
        let (i, x) = (self.fresh("i"), self.fresh("x"));
        if self.rng.chance(60)
            && let Some(v) = self.find_place(|_, v| matches!(v.ty, Ty::Vec(_) | Ty::Array(..)))
            && let Some(t) = v.ty.element().cloned()
        {
            let place = v.place;
            let r = |name: &str| (name.to_string(), t.clone().by_ref());
            let index = (i.clone(), Ty::Int("usize"));
            let (text, pattern, bound) = match self.rng.below(7) {
                0 => (format!("&{place}"), x.clone(), vec![r(&x)]),
                1 => (format!("{place}.iter()"), x.clone(), vec![r(&x)]),
                2 => (format!("{place}.iter().enumerate()"), format!("({i}, {x})"), vec![index, r(&x)]),
                3 => (format!("0..{place}.len()"), i.clone(), vec![index]),
                4 => (
                    format!("{place}.chunks(3)"),
                    x.clone(),
                    vec![(x.clone(), Ty::Slice(Box::new(t.clone())))],
                ),
                5 => (
                    format!("{place}.windows(2)"),
                    x.clone(),
                    vec![(x.clone(), Ty::Slice(Box::new(t.clone())))],
                ),
                _ => (format!("{place}.iter().zip(0..50usize)"), format!("({x}, {i})"), vec![r(&x), index]),
            };
            return (Source { text, pattern, rounds: 12 }, bound);
        }
        let k = self.rng.word(&["usize", "u32", "i32", "u64", "i64"]);
        let n = self.rng.word(&["0", "1", "5", "17", "40", "100"]);
        let text = match self.rng.below(4) {
            0 => format!("1..={n}{k}"),
            1 => format!("(0..{n}{k}).rev()"),
            2 => format!("(0..{n}{k}).filter(|n| n % 3 != 1)"),
            _ => format!("0..{n}{k}"),
        };
        let rounds = n.parse().unwrap_or(1);
        (Source { text, pattern: i.clone(), rounds }, vec![(i, Ty::Int(k))])
    }

    /// Opens `for`, writes the body, closes.
    fn over(&mut self, write: impl FnOnce(&mut Gen)) {
        let (source, bound) = self.source();
        self.open(format!("for {} in {}", source.pattern, source.text));
        let place: String = source
            .text
            .trim_start_matches(['&', '('])
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect();
        let frozen: Vec<_> = self.vars.clone();
        for v in &mut self.vars {
            if super::scope::root(&v.place) == place {
                v.is_mut = false;
            }
        }
        self.looped(source.rounds.max(1), |g| {
            g.cost += g.rounds;
            for (name, ty) in bound {
                match ty {
                    Ty::Ref(t) => g.bind_reference(&name, &t),
                    ty => g.declare(&name, ty, false),
                }
            }
            if g.rng.chance(40) {
                let ty = g.scalar_ty();
                let name = g.fresh("t");
                let value = g.pure(|g| g.expr(&ty, 2));
                g.line(format!("let {name}: {} = {value};", g.spell(&ty)));
                g.declare(&name, ty, false);
            }
            write(g);
        });
        for v in &mut self.vars {
            if let Some(old) = frozen.iter().find(|f| f.place == v.place) {
                v.is_mut = old.is_mut;
            }
        }
        self.close();
    }

    /// A condition in front of a statement, in some cases.
    fn maybe_if(&mut self) -> String {
        if self.rng.chance(65) {
            return String::new();
        }
        format!("if {} ", self.pure(|g| g.expr(&Ty::Bool, 2)))
    }

    fn append_loop(&mut self) {
        let ty = if self.rng.chance(20) { Ty::String } else { self.any_ty(1).vec() };
        let out = self.fresh("out");
        self.line(format!(
            "let mut {out}: {} = {};",
            self.spell(&ty),
            if ty == Ty::String { "String::new()" } else { "Vec::new()" }
        ));
        self.over(|g| g.append(&out, &ty));
        self.declare(&out, ty, true);
    }

    fn append(&mut self, out: &str, ty: &Ty) {
        let cond = self.maybe_if();
        let text = match ty.element() {
            Some(t) => {
                let value = self.pure(|g| g.expr(t, 3));
                format!("{out}.push({value});")
            }
            None => {
                let (text, args) = self.format_parts(2);
                format!("{out}.push_str(&format!(\"{text};\"{args}));")
            }
        };
        self.line(if cond.is_empty() { text } else { format!("{cond}{{ {text} }}") });
    }

    fn reduce_loop(&mut self) {
        let k = self.int();
        let sum = self.fresh("sum");
        let start = if self.is_risky { self.int_literal(k) } else { format!("{}{k}", self.rng.below(20)) };
        self.line(format!("let mut {sum} = {start};"));
        self.over(|g| g.reduce(&sum, k));
        self.declare(&sum, Ty::Int(k), true);
    }

    fn reduce(&mut self, sum: &str, k: &'static str) {
        let cond = self.maybe_if();
        let value = self.pure(|g| g.expr(&Ty::Int(k), 3));
        let text = match self.rng.below(9) {
            0 | 1 if self.is_risky || !matches!(k, "u8" | "i8") => format!("{sum} += {value} % 3;"),
            2 if self.is_risky => format!("{sum} += {value};"),
            3 => format!("{sum} |= {value};"),
            4 => format!("{sum} &= {value} | 64;"),
            5 => format!("{sum} = {sum}.wrapping_add({value});"),
            6 => format!("{sum} = {sum}.max({value});"),
            7 => format!("{sum} = {sum}.wrapping_mul({value} | 1);"),
            _ => format!("{sum} ^= {value};"),
        };
        self.line(if cond.is_empty() { text } else { format!("{cond}{{ {text} }}") });
    }

    fn write_loop(&mut self) {
        let t = if self.rng.chance(60) { Ty::Int(self.int()) } else { self.any_ty(1) };
        let (out, n) = (self.fresh("out"), self.rng.range(1, 30));
        let start = self.pure(|g| g.expr(&t, 1));
        self.line(format!("let mut {out}: Vec<{}> = vec![{start}; {n}];", self.spell(&t)));
        let i = self.fresh("i");
        match self.rng.below(4) {
            0 => {
                self.open(format!("for {i} in 0..{out}.len()"));
                self.looped(n as u64, |g| {
                    g.declare(&i, Ty::Int("usize"), false);
                    let value = g.pure(|g| g.expr(&t, 3));
                    g.line(format!("{out}[{i}] = {value};"));
                });
                self.close();
            }
            1 => {
                let (w, h) = (self.rng.range(1, 5), self.rng.range(1, 5));
                let j = self.fresh("j");
                let value = self.pure(|g| g.expr(&t, 1));
                self.line(format!("{out}.resize({}, {value});", w * h));
                self.open(format!("for {i} in 0..{h}usize"));
                self.open(format!("for {j} in 0..{w}usize"));
                self.looped((w * h) as u64, |g| {
                    g.declare(&i, Ty::Int("usize"), false);
                    g.declare(&j, Ty::Int("usize"), false);
                    let value = g.pure(|g| g.expr(&t, 3));
                    g.line(format!("{out}[{i} * {w} + {j}] = {value};"));
                });
                self.close();
                self.close();
            }
            2 => {
                let x = self.fresh("x");
                self.open(format!("for ({i}, {x}) in {out}.iter_mut().enumerate()"));
                self.looped(n as u64, |g| {
                    g.declare(&i, Ty::Int("usize"), false);
                    g.declare_place(format!("(*{x})"), t.clone(), true);
                    let value = g.pure(|g| g.expr(&t, 3));
                    g.line(format!("*{x} = {value};"));
                });
                self.close();
            }
            _ => {
                let x = self.fresh("x");
                let m = self.rng.range(1, 4);
                self.open(format!("for ({i}, {x}) in {out}.chunks_mut({m}).enumerate()"));
                self.looped(n as u64, |g| {
                    g.declare(&i, Ty::Int("usize"), false);
                    let value = g.pure(|g| g.expr(&t, 3));
                    g.line(format!("{x}[{x}.len() / 2] = {value};"));
                });
                self.close();
            }
        }
        self.declare(&out, t.vec(), true);
    }

    fn search_loop(&mut self) {
        let ty = if self.rng.chance(70) { Ty::Int(self.int()) } else { self.any_ty(1) };
        let found = self.fresh("found");
        self.line(format!("let mut {found}: Option<{}> = None;", self.spell(&ty)));
        self.over(|g| {
            let cond = g.pure(|g| g.expr(&Ty::Bool, 2));
            let value = g.pure(|g| g.expr(&ty, 2));
            g.line(format!("if {cond} {{ {found} = Some({value}); break; }}"));
        });
        self.declare(&found, ty.option(), true);
    }

    fn keyed_loop(&mut self) {
        let out = self.fresh("out");
        match self.rng.below(3) {
            0 => {
                self.line(format!("let mut {out}: Vec<u64> = vec![0; 8];"));
                self.over(|g| {
                    let key = g.pure(|g| g.expr(&Ty::Int("usize"), 2));
                    g.line(format!("{out}[({key}) % 8] += 1;"));
                });
                self.declare(&out, Ty::Int("u64").vec(), true);
            }
            1 => {
                let key = self.key_ty();
                self.line(format!("let mut {out}: BTreeMap<{}, u32> = BTreeMap::new();", self.spell(&key)));
                self.over(|g| {
                    let key = g.pure(|g| g.expr(&key, 2));
                    g.line(format!("*{out}.entry({key}).or_insert(0) += 1;"));
                });
                self.declare(&out, Ty::Map(Box::new(key), Box::new(Ty::Int("u32"))), true);
            }
            _ => {
                let (key, item) = (self.key_ty(), self.scalar_ty());
                let sorted = self.fresh("v");
                self.line(format!(
                    "let mut {out}: HashMap<{}, Vec<{}>> = HashMap::new();",
                    self.spell(&key),
                    self.spell(&item)
                ));
                self.over(|g| {
                    let (key, item) = (g.pure(|g| g.expr(&key, 2)), g.pure(|g| g.expr(&item, 2)));
                    g.line(format!("{out}.entry({key}).or_default().push({item});"));
                });
                self.line(format!("let mut {sorted}: Vec<_> = {out}.into_iter().collect();"));
                self.line(format!("{sorted}.sort_by(|a, b| a.0.cmp(&b.0));"));
                self.declare(&sorted, Ty::Tuple(vec![key, item.vec()]).vec(), false);
            }
        }
    }

    /// Several roles in one loop.
    fn mixed_loop(&mut self) {
        let (out, sum, count) = (self.fresh("out"), self.fresh("sum"), self.fresh("count"));
        let (ty, k) = (self.any_ty(1).vec(), self.int());
        self.line(format!("let mut {out}: {} = Vec::new();", self.spell(&ty)));
        self.line(format!("let mut {sum} = 1{k};"));
        self.line(format!("let mut {count} = 0usize;"));
        self.over(|g| {
            g.append(&out, &ty);
            g.reduce(&sum, k);
            if g.rng.chance(20) {
                let cond = g.pure(|g| g.expr(&Ty::Bool, 2));
                g.line(format!("if {cond} {{ continue; }}"));
            }
            g.line(format!("{count} += 1;"));
            if g.rng.chance(25) {
                g.declare(&sum, Ty::Int(k), true);
                g.statement(1);
            }
        });
        self.declare(&out, ty, true);
        self.declare(&sum, Ty::Int(k), true);
        self.declare(&count, Ty::Int("usize"), false);
    }
}
