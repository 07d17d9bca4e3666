//! Statements.

use super::Gen;
use super::ty::Ty;

impl Gen {
    /// One statement; `depth` bounds the nesting of blocks.
    pub fn statement(&mut self, depth: u32) {
        self.cost += self.rounds;
        match self.rng.below(24) {
            0..=4 => self.let_statement(),
            5..=8 => self.assign_statement(),
            9 | 10 => self.update_collection(),
            11 if depth > 0 => self.if_statement(depth - 1),
            12 if depth > 0 => self.for_statement(depth - 1),
            13 if depth > 0 => self.while_statement(depth - 1),
            14 if depth > 0 => self.labelled_loops(depth - 1),
            15 if depth > 0 => self.reference_block(depth - 1),
            16 => self.closure_statement(),
            17 => self.local_closure(),
            18 => self.hash_map(),
            19 => self.mutating_method(),
            20 => self.shadow(),
            21 => self.let_else(),
            22 => self.destructure(),
            _ => self.shape(),
        }
    }

    /// `let`, sometimes with a type, sometimes mutable.
    pub fn let_statement(&mut self) {
        let ty = self.any_ty(2);
        self.let_of(ty);
    }

    /// A new variable of this type; its name.
    pub fn let_of(&mut self, ty: Ty) -> String {
        self.may_assign = true;
        let value = self.expr(&ty, 3);
        self.may_assign = false;
        let name = self.fresh("v");
        let is_mut = self.rng.chance(60);
        let (m, t) = (if is_mut { "mut " } else { "" }, self.spell(&ty));
        self.line(format!("let {m}{name}: {t} = {value};"));
        self.declare(&name, ty, is_mut);
        name
    }

    /// Changes a variable.
    pub fn assign_statement(&mut self) {
        let Some(var) = self.writable(|_, v| !matches!(v.ty, Ty::Slice(_))) else {
            return self.let_statement();
        };
        let (place, ty) = (var.place, var.ty);
        if let Ty::Int(k) = ty {
            let value = self.expr(&ty, 3);
            let n = self.rng.range(1, 7);
            let text = match self.rng.below(7) {
                0 => format!("{place} ^= {value};"),
                1 => format!("{place} |= {value};"),
                2 => format!("{place} = {place}.wrapping_add({value});"),
                3 if self.is_risky => format!("{place} {} {value} % 64;", self.rng.word(&["+=", "-=", "*="])),
                3 => format!("{place} /= {n};"),
                4 => format!("{place} >>= {n};"),
                5 => format!("{place} %= {n}{k};"),
                _ => format!("{place} = {value};"),
            };
            return self.line(text);
        }
        if matches!(ty, Ty::Float(_)) {
            let value = self.expr(&ty, 2);
            let op = self.rng.word(&["+=", "-=", "*=", "/=", "="]);
            return self.line(format!("{place} {op} {value};"));
        }
        if self.rng.chance(20) {
            let value = self.hiding(&place, |g| g.expr(&ty, 3));
            return self.line(format!("let _ = std::mem::replace(&mut {place}, {value});"));
        }
        let before = std::mem::replace(&mut self.may_move, false);
        let value = self.expr(&ty, 3);
        self.may_move = before;
        self.line(format!("{place} = {value};"));
    }

    /// `push`, `insert`, `retain` and so on.
    pub fn update_collection(&mut self) {
        let var = self.writable(|_, v| {
            matches!(
                v.ty,
                Ty::Vec(_)
                    | Ty::Deque(_)
                    | Ty::Map(..)
                    | Ty::Set(_)
                    | Ty::String
                    | Ty::Option(_)
                    | Ty::Array(..)
            )
        });
        let Some(var) = var else { return self.let_statement() };
        let (place, ty) = (var.place.clone(), var.ty);
        let text = self.hiding(&place, |g| g.pure(|g| g.update_text(&place, &ty)));
        self.line(text);
    }

    fn update_text(&mut self, place: &str, ty: &Ty) -> String {
        let n = self.rng.below(4);
        match ty {
            Ty::Vec(t) => {
                let value = self.expr(t, 2);
                match self.rng.below(13) {
                    0..=3 => format!("{place}.push({value});"),
                    4 => format!("{place}.insert({place}.len() / 2, {value});"),
                    5 => format!("if let Some(x) = {place}.pop() {{ {place}.insert(0, x); }}"),
                    6 => {
                        let other = self.expr(ty, 2);
                        format!("{place}.extend({other});")
                    }
                    7 => format!("{place}.truncate({});", n + 2),
                    8 => format!("{place}.reverse();"),
                    9 if self.is_ord(t) => format!(
                        "{place}.{};",
                        self.rng.word(&["sort()", "sort_unstable()", "dedup()", "sort_by(|a, b| b.cmp(a))"])
                    ),
                    10 => {
                        let name = self.fresh("x");
                        let mark = self.enter_frozen();
                        self.bind_reference(&name, t);
                        let cond = self.expr(&Ty::Bool, 2);
                        self.leave(mark);
                        format!("{place}.retain(|{name}| {cond});")
                    }
                    11 => {
                        let name = self.fresh("x");
                        let mark = self.enter_frozen();
                        self.bind_reference(&name, t);
                        let value = self.expr(t, 2);
                        self.leave(mark);
                        format!("for {name} in {place}.iter_mut() {{ *{name} = {value}; }}")
                    }
                    _ => format!(
                        "if {place}.len() > {n} {{ let x = {place}.{}({n}); {place}.push(x); }}",
                        self.rng.word(&["remove", "swap_remove"])
                    ),
                }
            }
            Ty::Array(t, len) => {
                let value = self.expr(t, 2);
                match self.rng.below(4) {
                    0 => format!("{place}.reverse();"),
                    1 => format!("{place}.swap({}, {});", n % len, (n + 1) % len),
                    2 => format!("{place}.rotate_left({});", n % len),
                    _ => format!("{place}[{}] = {value};", n % len),
                }
            }
            Ty::Deque(t) => {
                let value = self.expr(t, 2);
                match self.rng.below(5) {
                    0 => format!("{place}.push_front({value});"),
                    1 => format!("if let Some(x) = {place}.pop_front() {{ {place}.push_back(x); }}"),
                    2 => format!("{place}.rotate_left({place}.len() / 2);"),
                    3 => format!("{place}.truncate({});", n + 1),
                    _ => format!("{place}.push_back({value});"),
                }
            }
            Ty::Map(k, v) => {
                let (key, value) = (self.expr(k, 2), self.expr(v, 2));
                match self.rng.below(5) {
                    0 => format!("{place}.remove(&{key});"),
                    1 => format!("{place}.entry({key}).or_insert({value});"),
                    2 => format!("*{place}.entry({key}).or_insert_with(|| {value}.clone()) = {value};"),
                    3 => format!("{place}.entry({key}).and_modify(|x| *x = {value}).or_insert({value});"),
                    _ => format!("{place}.insert({key}, {value});"),
                }
            }
            Ty::Set(t) => {
                let value = self.expr(t, 2);
                let method = self.rng.word(&["insert", "insert", "remove", "contains"]);
                let and = if method == "insert" { "" } else { "&" };
                format!("let _ = {place}.{method}({and}{value});")
            }
            Ty::Option(t) => {
                let value = self.expr(t, 2);
                match self.rng.below(4) {
                    0 => format!("{place}.take();"),
                    1 => format!("{place}.replace({value});"),
                    2 => format!("if let Some(x) = {place}.as_mut() {{ *x = {value}; }}"),
                    _ => format!("let _ = {place}.get_or_insert({value});"),
                }
            }
            _ => {
                let (text, args) = self.format_parts(2);
                match self.rng.below(4) {
                    0 => format!("{place}.push_str(&format!(\"{text}\"{args}));"),
                    1 => format!("{{ use std::fmt::Write; let _ = write!({place}, \"{text}\"{args}); }}"),
                    2 => {
                        format!("if {place}.len() > 40 {{ {place}.clear(); }} else {{ {place} += \"ab\"; }}")
                    }
                    _ => format!("{place}.push({});", self.expr(&Ty::Char, 2)),
                }
            }
        }
    }

    fn block(&mut self, depth: u32, most: usize) {
        let mark = self.enter();
        for _ in 0..self.rng.range(1, most) {
            self.statement(depth);
        }
        self.leave(mark);
    }

    fn if_statement(&mut self, depth: u32) {
        let cond = self.expr(&Ty::Bool, 2);
        self.open(format!("if {cond}"));
        self.block(depth, 3);
        self.close();
        if self.rng.chance(50) {
            let last = self.lines.len() - 1;
            let indent = self.indent * 4;
            self.lines[last] = format!("{:indent$}}} else {{", "");
            self.indent += 1;
            self.block(depth, 2);
            self.close();
        }
    }

    /// Writes the body of a loop of so many rounds.
    pub fn looped(&mut self, rounds: u64, write: impl FnOnce(&mut Gen)) {
        let before = self.rounds;
        self.rounds = before.saturating_mul(rounds);
        self.depth += 1;
        let mark = self.enter();
        write(self);
        self.leave(mark);
        self.depth -= 1;
        self.rounds = before;
    }

    fn for_statement(&mut self, depth: u32) {
        if self.rounds > 300 {
            return self.let_statement();
        }
        let (i, k) = (self.fresh("i"), self.rng.word(&["i32", "u32", "usize", "u8", "i64"]));
        let n = self.rng.range(1, 9);
        let head = match self.rng.below(4) {
            0 => format!("for {i} in (0..{n}{k}).rev()"),
            1 => format!("for {i} in 1..={n}{k}"),
            2 => format!("for {i} in (0..{}{k}).step_by(2)", n * 2),
            _ => format!("for {i} in 0..{n}{k}"),
        };
        self.open(head);
        self.looped(9, |g| {
            g.declare(&i, Ty::Int(k), false);
            g.block(depth, 3);
        });
        self.close();
    }

    fn while_statement(&mut self, depth: u32) {
        if self.rounds > 300 {
            return self.let_statement();
        }
        let (i, n) = (self.fresh("w"), self.rng.range(1, 9));
        self.line(format!("let mut {i} = 0usize;"));
        self.declare(&i, Ty::Int("usize"), false);
        let cond = self.pure(|g| g.expr(&Ty::Bool, 1));
        match self.rng.below(3) {
            0 => self.open(format!("while {i} < {n}")),
            1 => self.open(format!("while {i} < {n} && ({cond} || {i} < 2)")),
            _ => {
                self.open("loop");
                self.line(format!("if {i} >= {n} {{ break; }}"));
            }
        }
        self.line(format!("{i} += 1;"));
        self.looped(9, |g| {
            if g.rng.chance(30) {
                let cond = g.pure(|g| g.expr(&Ty::Bool, 1));
                g.line(format!("if {cond} {{ continue; }}"));
            }
            g.block(depth, 3);
        });
        self.close();
    }

    fn labelled_loops(&mut self, depth: u32) {
        if self.rounds > 100 {
            return self.let_statement();
        }
        let (label, i, j) = (self.fresh("'outer"), self.fresh("i"), self.fresh("j"));
        self.open(format!("{label}: for {i} in 0..4u32"));
        self.looped(4, |g| {
            g.declare(&i, Ty::Int("u32"), false);
            g.open(format!("for {j} in 0..5i32"));
            g.looped(5, |g| {
                g.declare(&j, Ty::Int("i32"), false);
                for exit in ["continue", "break"] {
                    let cond = g.pure(|g| g.expr(&Ty::Bool, 2));
                    g.line(format!("if {cond} && {j} > 1 {{ {exit} {label}; }}"));
                }
                g.block(depth, 2);
            });
            g.close();
        });
        self.close();
    }

    /// Work through a reference.
    fn reference_block(&mut self, depth: u32) {
        let Some(var) = self.find_place(|_, v| !v.place.starts_with('(') && !matches!(v.ty, Ty::Slice(_)))
        else {
            return;
        };
        let name = self.fresh("q");
        let is_mut = var.is_mut && self.rng.chance(60);
        self.open("");
        self.line(format!("let {name} = &{}{};", if is_mut { "mut " } else { "" }, var.place));
        let place = var.place.clone();
        let write = |g: &mut Gen| {
            let mark = g.enter();
            g.declare_place(format!("(*{name})"), var.ty.clone(), is_mut);
            if is_mut && g.rng.chance(50) {
                g.assign_statement();
            }
            g.block(depth, 3);
            g.leave(mark);
        };
        self.hiding(&place, write);
        self.close();
    }

    /// A closure that changes what it captures.
    fn closure_statement(&mut self) {
        let k = self.int();
        let (state, closure) = (self.fresh("n"), self.fresh("c"));
        let start = self.int_literal(k);
        self.line(format!("let mut {state} = {start};"));
        let mark = self.enter_frozen();
        self.depth += 1;
        self.declare("arg", Ty::Int(k), false);
        let value = self.pure(|g| g.expr(&Ty::Int(k), 2));
        self.depth -= 1;
        self.leave(mark);
        self.line(format!(
            "let mut {closure} = |arg: {k}| {{ {state} = {state}.wrapping_mul(3) ^ {value}; {state} }};"
        ));
        let out = self.fresh("v");
        let (a, b) = (self.int_literal(k), self.int_literal(k));
        self.line(format!("let {out} = ({closure}({a}), {closure}({b}));"));
        self.declare(&state, Ty::Int(k), true);
        self.declare(&out, Ty::Tuple(vec![Ty::Int(k), Ty::Int(k)]), false);
    }

    /// Closures in a vector of boxes, called in turn.
    fn local_closure(&mut self) {
        let (a, r) = (self.scalar_ty(), self.scalar_ty());
        let list = self.fresh("fs");
        let before = self.vars.clone();
        let copies: Vec<_> = before
            .iter()
            .filter(|v| self.is_copy(&v.ty) && !v.place.starts_with(['(', 's']))
            .cloned()
            .collect();
        self.vars = copies;
        let bodies: Vec<String> = (0..self.rng.range(1, 3))
            .map(|_| format!("Box::new(move {})", self.closure_with("x", &a, &r, 2)))
            .collect();
        self.vars = before;
        let (sa, sr) = (self.spell(&a), self.spell(&r));
        self.line(format!("let {list}: Vec<Box<dyn Fn({sa}) -> {sr}>> = vec![{}];", bodies.join(", ")));
        let arg = self.pure(|g| g.expr(&a, 2));
        let out = self.fresh("v");
        self.line(format!("let {out}: Vec<{sr}> = {list}.iter().map(|f| f({arg})).collect();"));
        self.declare(&out, r.vec(), false);
    }

    /// A hash map that is read by key, and listed in order.
    fn hash_map(&mut self) {
        let (key, value) = (self.key_ty(), self.scalar_ty());
        let (map, out) = (self.fresh("h"), self.fresh("v"));
        self.line(format!(
            "let mut {map}: HashMap<{}, {}> = HashMap::new();",
            self.spell(&key),
            self.spell(&value)
        ));
        for _ in 0..self.rng.range(1, 4) {
            let (k, v) = (self.pure(|g| g.expr(&key, 2)), self.pure(|g| g.expr(&value, 2)));
            let text = match self.rng.below(4) {
                0 => format!("{map}.entry({k}).and_modify(|x| *x = {v}).or_insert({v});"),
                1 => format!("if let Some(x) = {map}.get_mut(&{k}) {{ *x = {v}; }}"),
                2 => format!("if !{map}.contains_key(&{k}) {{ {map}.insert({k}, {v}); }}"),
                _ => format!("{map}.insert({k}, {v});"),
            };
            self.line(text);
        }
        self.line(format!("let mut {out}: Vec<_> = {map}.iter().map(|(k, v)| (k.clone(), *v)).collect();"));
        self.line(format!("{out}.sort_by(|a, b| a.0.cmp(&b.0));"));
        self.declare(&out, Ty::Tuple(vec![key, value]).vec(), true);
    }

    fn mutating_method(&mut self) {
        let var = self.writable(|g, v| match &v.ty {
            Ty::Adt(n, None) => g.adts[*n].methods.iter().any(|m| m.is_mut),
            _ => false,
        });
        let Some(var) = var else { return self.assign_statement() };
        let Ty::Adt(n, _) = var.ty else { return };
        let methods: Vec<_> = self.adts[n].methods.iter().filter(|m| m.is_mut).cloned().collect();
        let Some(method) = self.rng.pick(&methods).cloned() else { return };
        let place = var.place;
        let args: Vec<String> =
            self.hiding(&place, |g| method.params.iter().map(|t| g.pure(|g| g.expr(t, 2))).collect());
        let out = self.fresh("v");
        self.line(format!("let {out} = {place}.{}({});", method.name, args.join(", ")));
        self.declare(&out, method.result, false);
    }

    /// The same name again, with another type.
    fn shadow(&mut self) {
        let level = self.level;
        let own: Vec<String> =
            self.vars.iter().filter(|v| v.is_owned && v.level == level).map(|v| v.place.clone()).collect();
        let Some(name) = self.rng.pick(&own).cloned() else { return self.let_statement() };
        let ty = self.any_ty(2);
        let value = self.expr(&ty, 3);
        self.line(format!("let {name}: {} = {value};", self.spell(&ty)));
        self.declare(&name, ty, false);
    }

    fn let_else(&mut self) {
        let ty = self.any_ty(1);
        let (name, option) = (self.fresh("e"), self.pure(|g| g.expr(&ty.clone().option(), 2)));
        let label = self.fresh("'b");
        self.open(format!("{label}:"));
        self.line(format!("let Some({name}) = ({option}) else {{ break {label} }};"));
        let mark = self.enter();
        self.declare(&name, ty, false);
        self.assign_statement();
        self.leave(mark);
        self.close();
    }

    fn destructure(&mut self) {
        let tys: Vec<Ty> = (0..3).map(|_| self.any_ty(1)).collect();
        let ty = Ty::Tuple(tys.clone());
        let value = self.expr(&ty, 2);
        let names: Vec<String> = tys.iter().map(|_| self.fresh("d")).collect();
        match self.rng.below(2) {
            0 => {
                self.line(format!("let ({}, mut {}, _): {} = {value};", names[0], names[1], self.spell(&ty)));
                self.declare(&names[0], tys[0].clone(), false);
                self.declare(&names[1], tys[1].clone(), true);
            }
            _ => {
                self.line(format!("let ({}, ..): {} = {value};", names[0], self.spell(&ty)));
                self.declare(&names[0], tys[0].clone(), false);
            }
        }
    }

    /// Prints one value.
    pub fn print_some(&mut self) {
        let (text, args) = self.format_parts(2);
        self.line(format!("println!(\"{text}\"{args});"));
    }

    /// Prints every variable.
    pub fn print_all(&mut self) {
        for var in self.vars.clone() {
            self.line(format!("println!(\"{} = {{:?}}\", {});", super::scope::root(&var.place), var.place));
        }
    }
}
