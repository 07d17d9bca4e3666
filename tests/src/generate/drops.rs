//! A type whose `Drop` prints, and programs in which the order of drops shows.

use super::Gen;
use super::ty::Ty;

impl Gen {
    /// The type, and functions around it.
    pub fn noisy(&mut self) {
        self.line("");
        self.line("struct Noisy(u32);");
        self.open("impl Drop for Noisy");
        self.line("fn drop(&mut self) { println!(\"drop {}\", self.0); }");
        self.close();
        self.open("impl Noisy");
        self.line("fn value(&self) -> u32 { self.0 }");
        self.line("fn pass(self) -> Noisy { println!(\"pass {}\", self.0); self }");
        self.close();
        self.line("struct Two { left: Noisy, right: Option<Noisy> }");
        self.line("fn keep(a: Noisy, b: Noisy, first: bool) -> Noisy { if first { a } else { b } }");
        self.line("fn early(a: Noisy, n: u32) -> Option<Noisy> { let _b = Noisy(a.0 + 50); if n % 2 == 0 { return None; } Some(a) }");
    }

    /// A block in which values are moved, replaced and dropped.
    pub fn drop_statement(&mut self) {
        self.open("");
        let mark = self.enter();
        let mut alive: Vec<String> = Vec::new();
        for _ in 0..self.rng.range(2, 7) {
            let n = {
                self.names += 1;
                self.names
            };
            let a = if alive.is_empty() { None } else { Some(alive[self.rng.below(alive.len())].clone()) };
            let cond = self.pure(|g| g.expr(&Ty::Bool, 1));
            let x = format!("x{n}");
            match (self.rng.below(14), a) {
                (0, _) | (_, None) => {
                    self.line(format!("let mut {x} = Noisy({n});"));
                    alive.push(x);
                }
                (1, Some(a)) => {
                    self.line(format!("drop({a});"));
                    alive.retain(|v| *v != a);
                }
                (2, Some(a)) => self.line(format!("{a} = Noisy({n});")),
                (3, Some(a)) => {
                    self.line(format!("if {cond} {{ drop({a}); }}"));
                    alive.retain(|v| *v != a);
                }
                (4, Some(a)) => {
                    self.line(format!("let mut {x} = keep({a}, Noisy({n}), {cond});"));
                    alive.retain(|v| *v != a);
                    alive.push(x);
                }
                (5, Some(a)) => {
                    self.line(format!("let {x} = Two {{ right: Some(Noisy({n})), left: {a} }};"));
                    self.line(format!("let Two {{ left: mut y{n}, .. }} = {x};"));
                    alive.retain(|v| *v != a);
                    alive.push(format!("y{n}"));
                }
                (6, Some(a)) => {
                    self.line(format!("match early({a}, {n}) {{ Some(x) if {cond} => println!(\"some {{}}\", x.0), Some(_) => println!(\"other\"), None => println!(\"none\") }}"));
                    alive.retain(|v| *v != a);
                }
                (7, Some(a)) => self.line(format!("let _ = Noisy({n}).pass().value() + {a}.value();")),
                (8, Some(a)) => self.line(format!("{a} = std::mem::replace(&mut {a}, Noisy({n})).pass();")),
                (9, Some(a)) => {
                    self.line(format!("let mut {x} = vec![Noisy({n}), {a}, Noisy({n} + 1)];"));
                    let taken = self.rng.word(&["remove(0)", "swap_remove(1)", "pop().unwrap()"]);
                    self.line(format!("let mut y{n} = {x}.{taken};"));
                    self.line(format!("if {cond} {{ {x}.truncate(1); }}"));
                    alive.retain(|v| *v != a);
                    alive.push(format!("y{n}"));
                }
                (10, Some(a)) => {
                    self.line(format!("let {x} = move || println!(\"in closure {{}}\", {a}.value());"));
                    self.line(format!("{x}();"));
                    alive.retain(|v| *v != a);
                }
                (11, _) => {
                    self.open("for i in 0..3u32");
                    self.line(format!("let _x = Noisy(i + {n});"));
                    let exit = self.rng.word(&["break", "continue"]);
                    self.line(format!("if {cond} && i == 1 {{ {exit}; }}"));
                    self.line("println!(\"end of round {i}\");");
                    self.close();
                }
                (12, Some(a)) => {
                    self.line(format!("let mut {x} = match {cond} {{ true => {a}, false => {{ let _t = Noisy({n}); Noisy({n} + 1) }} }};"));
                    alive.retain(|v| *v != a);
                    alive.push(x);
                }
                (_, Some(a)) => {
                    self.line(format!("let {x} = (Noisy({n}), {a});"));
                    self.line(format!("let mut y{n} = {x}.1;"));
                    alive.retain(|v| *v != a);
                    alive.push(format!("y{n}"));
                }
            }
        }
        self.leave(mark);
        self.close();
    }
}
