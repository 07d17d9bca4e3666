//! Loops that count with `while`, loops that keep several results, and loops in whose rounds others read what may have changed since
//! the round before.

use super::Gen;
use super::ty::Ty;

impl Gen {
    /// `while i < n { …; i += 1 }`, some with a second step, an early end, a failure or text.
    pub fn counting_loop(&mut self) {
        let ty = if self.rng.chance(60) { Ty::Int(self.int()) } else { self.any_ty(1) };
        let (out, i, n) = (self.fresh("out"), self.fresh("i"), self.rng.range(1, 30));
        let sum = self.fresh("sum");
        let first = self.pure(|g| g.expr(&ty, 1));
        self.line(format!("let mut {out}: Vec<{}> = vec![{first}; {n}];", self.spell(&ty)));
        self.line(format!("let mut {sum} = 0u64;"));
        let start = self.rng.below(3);
        self.line(format!("let mut {i} = {start}usize;"));
        let bound = if self.rng.chance(50) { format!("{out}.len()") } else { n.to_string() };
        let turned = self.rng.chance(30);
        self.open(if turned { format!("while {bound} > {i}") } else { format!("while {i} < {bound}") });
        self.looped(n as u64, |g| {
            g.declare(&i, Ty::Int("usize"), false);
            if g.rng.chance(20) {
                let cond = g.pure(|g| g.expr(&Ty::Bool, 2));
                let end =
                    if g.rng.chance(50) { "break;".to_string() } else { format!("{i} += 1; continue;") };
                g.line(format!("if {cond} {{ {end} }}"));
            }
            if g.is_risky && g.rng.chance(30) {
                let cond = g.pure(|g| g.expr(&Ty::Bool, 2));
                g.line(format!("assert!({cond} || {i} < 7, \"round {{}}\", {i});"));
            }
            for _ in 0..g.rng.range(1, 3) {
                match g.rng.below(4) {
                    0 => {
                        let value = g.pure(|g| g.expr(&ty, 3));
                        g.line(format!("{out}[{i}] = {value};"));
                    }
                    1 => g.line(format!("{sum} = {sum}.wrapping_mul(31).wrapping_add({i} as u64);")),
                    2 => g.line(format!("{sum} ^= ({i} as u64) << 3;")),
                    _ => g.line(format!("println!(\"{{}}:\", {i});")),
                }
            }
            if g.rng.chance(10) {
                let cond = g.pure(|g| g.expr(&Ty::Bool, 1));
                g.line(format!("if {cond} {{ {i} += 1; }}"));
            }
            g.line(format!("{i} += 1;"));
        });
        self.close();
        self.declare(&out, ty.vec(), true);
        self.declare(&sum, Ty::Int("u64"), true);
        self.declare(&i, Ty::Int("usize"), false);
    }

    /// Rounds that each read a long vector twice, and in between change it or leave it.
    pub fn rounds_loop(&mut self) {
        let (data, r, sum) = (self.fresh("data"), self.fresh("r"), self.fresh("sum"));
        let odd = self.rng.below(1000) * 2 + 1;
        self.line(format!(
            "let mut {data}: Vec<u64> = (0..600u64).map(|x| x.wrapping_mul({odd})).collect();"
        ));
        self.line(format!("let mut {sum} = 0u64;"));
        self.open(format!("for {r} in 0..3u64"));
        for part in 0..2 {
            let term = self.rng.word(&["x ^ r", "x.rotate_left(3)", "x >> 2", "(x % 7) * r"]);
            let term = term.replace('r', &r).replace(&format!("{r}otate"), "rotate");
            let source = self.rng.word(&["&data", "data.iter()", "&data[5..]", "data.as_slice()"]);
            let source = source.replace("data", &data);
            match self.rng.below(5) {
                0 => self.line(format!("for x in {source} {{ {sum} = {sum}.wrapping_add({term}); }}")),
                // What each round makes of what the one before left, or leaves to the one after.
                3 => self.line(format!("for x in {source} {{ {sum} = {sum}.rotate_left(5) ^ ({term}); }}")),
                4 => self.line(format!(
                    "for x in {source} {{ if {sum} % 3 != x % 2 {{ {sum} = {sum} / 5 + ({term}) % 1000; }} }}"
                )),
                1 => self.line(format!("for &x in {source} {{ if x % 5 == 0 {{ {sum} ^= {term}; }} }}")),
                _ => self.line(format!("{sum} ^= {data}.iter().map(|x| {term}).max().unwrap_or(1);")),
            }
            if part == 0 {
                let at = self.rng.below(500);
                let change = match self.rng.below(12) {
                    0 => format!("{data}[{at}] += {r};"),
                    1 => format!("{data}.swap({at}, {});", self.rng.below(500)),
                    2 => format!("for x in {data}.iter_mut() {{ *x ^= {r}; }}"),
                    3 => format!("{data} = {data}.iter().map(|x| x.wrapping_add(1)).collect();"),
                    4 => format!("{data}.push({r});"),
                    5 => format!("{{ let v = &mut {data}; v[{at}] = {r}; }}"),
                    6 => format!("let mut other = vec![{r}; 600]; std::mem::swap(&mut {data}, &mut other);"),
                    7 => format!("{data}.truncate(599);"),
                    8 => format!("{data}.reverse();"),
                    9 => format!("if {r} == 1 {{ {data}[{at}..].sort(); }}"),
                    10 => format!("let moved = {data}; {data} = moved; {data}[{at}] = 3;"),
                    _ => String::new(),
                };
                self.line(change);
            } else if self.rng.chance(50) {
                self.line(format!("println!(\"{{}}\", {sum});"));
            }
        }
        self.close();
        self.cost += 5_000;
        self.declare(&sum, Ty::Int("u64"), true);
    }

    /// One loop that keeps several results of different kinds, updated in any order, some only in some rounds.
    pub fn kept_together(&mut self) {
        let (data, i, x) = (self.fresh("data"), self.fresh("i"), self.fresh("x"));
        let (n, odd) = (self.rng.below(40), self.rng.below(50) * 2 + 1);
        self.line(format!(
            "let {data}: Vec<i64> = (0..{n}i64).map(|x| (x * {odd} + 5) % 41 - 13).collect();"
        ));
        let kinds: [(&str, &str, &str); 14] = [
            ("0i64", "i64", "$k += $x;"),
            ("1i64", "i64", "$k = $k.wrapping_mul($x | 1);"),
            ("0.0f64", "f64", "$k += $x as f64 / 3.0;"),
            ("1.0f64", "f64", "$k *= 1.0 + $x as f64 / 50.0;"),
            ("7i64", "i64", "$k ^= $x << 2;"),
            ("true", "bool", "$k &= $x < 27;"),
            ("99usize", "usize", "$k = $i;"),
            ("-9i64", "i64", "$k = $x / 2;"),
            ("0usize", "usize", "$k += 1;"),
            ("i64::MIN", "i64", "if $x > $k { $k = $x; }"),
            ("i64::MAX", "i64", "$k = $k.min($x);"),
            ("Vec::new()", "Vec<i64>", "$k.push($x * 3);"),
            ("String::new()", "String", "$k.push_str(&$x.to_string());"),
            ("None", "Option<i64>", "$k = Some($x);"),
        ];
        let mut kept = Vec::new();
        for _ in 0..self.rng.range(2, 5) {
            let (first, ty, update) = kinds[self.rng.below(kinds.len())];
            let name = self.fresh("kept");
            self.line(format!("let mut {name}: {ty} = {first};"));
            kept.push((name, update));
        }
        let head = match self.rng.below(3) {
            0 => format!("for ({i}, {x}) in {data}.iter().copied().enumerate()"),
            1 => format!("for ({i}, &{x}) in {data}.iter().enumerate()"),
            _ => format!("for {i} in 0..{data}.len()"),
        };
        let is_indexed = head.contains("..");
        self.open(head);
        if is_indexed {
            self.line(format!("let {x} = {data}[{i}];"));
        }
        for (name, update) in &kept {
            let update = update.replace("$k", name).replace("$x", &x).replace("$i", &i);
            let line = if self.rng.chance(20) { format!("if {x} % 3 != 1 {{ {update} }}") } else { update };
            self.line(line);
        }
        self.close();
        self.cost += 50;
        for (name, _) in &kept {
            self.line(format!("println!(\"{name} = {{:?}}\", {name});"));
        }
    }
}
