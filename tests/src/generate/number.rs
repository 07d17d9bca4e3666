//! Numbers, truth values and characters.

use super::Gen;
use super::ty::{INTS, Ty};

impl Gen {
    /// A literal of an integer type, often at the end of its range.
    pub fn int_literal(&mut self, kind: &str) -> String {
        match self.rng.below(12) {
            0 => format!("{kind}::MAX"),
            1 => format!("{kind}::MIN"),
            2 if kind.starts_with('i') => format!("(-{}{kind})", self.rng.range(1, 127)),
            3 => format!("0x{:x}_{kind}", self.rng.below(128)),
            4 => format!("0b{:b}{kind}", self.rng.below(64)),
            5 => format!("({kind}::MAX - {})", self.rng.below(4)),
            _ => {
                let most = if self.rng.chance(30) { 128 } else { 12 };
                format!("{}{kind}", self.rng.below(most))
            }
        }
    }

    /// An expression of an integer type.
    pub fn int_expr(&mut self, kind: &'static str, d: u32) -> String {
        if d == 0 {
            return self.int_literal(kind);
        }
        let (n, ty) = (d - 1, Ty::Int(kind));
        let signed = kind.starts_with('i');
        match self.rng.below(24) {
            0..=3 => {
                let (a, b) = (self.expr(&ty, n), self.expr(&ty, n));
                let op = self.rng.word(&[
                    "wrapping_add",
                    "wrapping_sub",
                    "wrapping_mul",
                    "saturating_add",
                    "saturating_sub",
                    "saturating_mul",
                    "min",
                    "max",
                ]);
                format!("({a}).{op}({b})")
            }
            4..=6 => {
                let (a, b) = (self.expr(&ty, n), self.expr(&ty, n));
                let op = self.rng.word(&["+", "-", "*"]);
                if self.is_risky && self.rng.chance(30) {
                    return format!("({a} {op} {b})");
                }
                match op {
                    "-" if !signed => format!("({a} % 16 + 16 - {b} % 16)"),
                    "*" => format!("(({a} % 11) * ({b} % 11))"),
                    _ => format!("({a} % 50 {op} {b} % 50)"),
                }
            }
            7 => {
                let (a, b) = (self.expr(&ty, n), self.expr(&ty, n));
                let op = self.rng.word(&["/", "%"]);
                if self.is_risky && self.rng.chance(15) {
                    return format!("({a} {op} {b})");
                }
                format!("({a} {op} (({b} & 7) + 1))")
            }
            8 | 9 => {
                let (a, b) = (self.expr(&ty, n), self.expr(&ty, n));
                let op = self.rng.word(&["&", "|", "^"]);
                format!("({a} {op} {b})")
            }
            10 => {
                let (a, b) = (self.expr(&ty, n), self.expr(&Ty::Int("u32"), n));
                let op = self.rng.word(&["<<", ">>"]);
                match self.rng.below(3) {
                    0 => format!("({a}).wrapping_sh{}({b})", if op == "<<" { "l" } else { "r" }),
                    1 => format!("({a}).rotate_{}({b})", if op == "<<" { "left" } else { "right" }),
                    _ => format!("(({a}) {op} (({b}) & 7))"),
                }
            }
            11 | 12 => {
                let from = self.cast_source();
                let text = self.expr(&from, n);
                if from == Ty::Char && kind != "u8" {
                    format!("(({text}) as u32 as {kind})")
                } else {
                    format!("(({text}) as {kind})")
                }
            }
            13 => {
                let a = self.expr(&ty, n);
                let method = self.rng.word(&["count_ones", "leading_zeros", "trailing_zeros", "count_zeros"]);
                format!("(({a}).{method}() as {kind})")
            }
            14 => {
                let a = self.expr(&ty, n);
                let mut list = vec![
                    "swap_bytes()",
                    "reverse_bits()",
                    "wrapping_neg()",
                    "wrapping_pow(3)",
                    "rotate_left(3)",
                    "saturating_pow(2)",
                ];
                list.extend(if signed {
                    ["wrapping_abs()", "signum()", "saturating_neg()"]
                } else {
                    ["isqrt()", "checked_next_power_of_two().unwrap_or(1)", "div_ceil(3)"]
                });
                format!("({a}).{}", self.rng.word(&list))
            }
            15 => {
                let (a, b) = (self.expr(&ty, n), self.expr(&ty, n));
                let other = self.expr(&ty, 0);
                let op = self.rng.word(&[
                    "checked_add",
                    "checked_sub",
                    "checked_mul",
                    "checked_div",
                    "checked_rem",
                ]);
                format!("({a}).{op}({b}).unwrap_or({other})")
            }
            16 => {
                let (a, b) = (self.expr(&ty, n), self.expr(&ty, n));
                let op = self.rng.word(&["add", "sub", "mul"]);
                format!("{{ let (v, o) = ({a}).overflowing_{op}({b}); if o {{ v ^ 1 }} else {{ v }} }}")
            }
            17 => {
                let a = self.expr(&ty, n);
                let (lo, hi) = (self.rng.range(0, 20), self.rng.range(21, 100));
                format!("({a}).clamp({lo}, {hi})")
            }
            18 if signed => format!("(!{})", self.expr(&ty, n)),
            18 => format!("({}).abs_diff({})", self.expr(&ty, n), self.expr(&ty, n)),
            19 => {
                let a = self.expr(&ty, n);
                let m = self.rng.range(1, 9);
                let method = self.rng.word(&["rem_euclid", "div_euclid", "wrapping_rem", "wrapping_div"]);
                format!("({a}).{method}({m})")
            }
            20 => self.assigning(&ty, n),
            21 => {
                let text = self.string_ref(n);
                let measure = self.rng.word(&[
                    "len()",
                    "chars().count()",
                    "bytes().filter(|b| b % 2 == 0).count()",
                    "split(' ').count()",
                    "find('a').unwrap_or(9)",
                ]);
                format!("({text}.{measure} as {kind})")
            }
            _ => self.chain_value(&ty, n).unwrap_or_else(|| self.int_literal(kind)),
        }
    }

    fn cast_source(&mut self) -> Ty {
        match self.rng.below(8) {
            0 => Ty::Bool,
            1 => Ty::Char,
            2 => Ty::Float("f64"),
            3 => Ty::Float("f32"),
            _ => Ty::Int(self.rng.word(&INTS)),
        }
    }

    /// A block that changes a variable on the way, where that is allowed.
    fn assigning(&mut self, ty: &Ty, n: u32) -> String {
        let var = if self.may_assign { self.writable(|_, v| v.ty == *ty) } else { None };
        match var {
            Some(v) => {
                let value = self.expr(ty, n);
                let place = v.place;
                match self.rng.below(3) {
                    0 => format!("{{ {place} = {value}; {place} }}"),
                    1 => format!("{{ {place} ^= {value}; {place} }}"),
                    _ => format!(
                        "std::mem::replace(&mut {place}, {})",
                        self.int_literal(if let Ty::Int(k) = ty { k } else { "u8" })
                    ),
                }
            }
            None => {
                let name = self.fresh("b");
                let value = self.expr(ty, n);
                let mark = self.enter();
                self.declare(&name, ty.clone(), false);
                let result = self.expr(ty, n);
                self.leave(mark);
                format!("{{ let {name} = {value}; {result} }}")
            }
        }
    }

    /// An expression of a float type. Nothing whose last bit the standard leaves open.
    pub fn float_expr(&mut self, kind: &'static str, d: u32) -> String {
        if d == 0 {
            return match self.rng.below(10) {
                0 => self
                    .rng
                    .word(&["f::NAN", "f::INFINITY", "f::EPSILON", "f::MIN_POSITIVE", "f::MAX", "(-0.0_f::)"])
                    .replace("_f::", kind)
                    .replace("f::", &format!("{kind}::")),
                1 => format!("{}e{}{kind}", self.rng.below(100), self.rng.range(0, 30)),
                _ => format!("{}.{}{kind}", self.rng.below(50), self.rng.below(1000)),
            };
        }
        let (n, ty) = (d - 1, Ty::Float(kind));
        match self.rng.below(9) {
            0..=3 => {
                let (a, b) = (self.expr(&ty, n), self.expr(&ty, n));
                let op = self.rng.word(&["+", "-", "*", "/", "%"]);
                format!("({a} {op} {b})")
            }
            4 => {
                let a = self.expr(&ty, n);
                let method = self.rng.word(&[
                    "sqrt",
                    "abs",
                    "floor",
                    "ceil",
                    "round",
                    "trunc",
                    "fract",
                    "signum",
                    "recip",
                    "round_ties_even",
                ]);
                format!("({a}).{method}()")
            }
            5 => {
                let (a, b) = (self.expr(&ty, n), self.expr(&ty, n));
                let method = self.rng.word(&["min", "max", "copysign"]);
                format!("({a}).{method}({b})")
            }
            6 => {
                let from = Ty::Int(self.rng.word(&INTS));
                format!("(({}) as {kind})", self.expr(&from, n))
            }
            7 => {
                let from = Ty::Float(if kind == "f64" { "f32" } else { "f64" });
                format!("(({}) as {kind})", self.expr(&from, n))
            }
            _ => format!("(-{})", self.expr(&ty, n)),
        }
    }

    /// A condition.
    pub fn bool_expr(&mut self, d: u32) -> String {
        if d == 0 {
            return self.rng.word(&["true", "false"]).to_string();
        }
        let n = d - 1;
        match self.rng.below(10) {
            0 | 1 => {
                let (a, b) = (self.expr(&Ty::Bool, n), self.expr(&Ty::Bool, n));
                let op = self.rng.word(&["&&", "||", "^", "&", "|"]);
                format!("({a} {op} {b})")
            }
            2 => format!("(!{})", self.expr(&Ty::Bool, n)),
            3 => {
                let text = self.string_ref(n);
                let test = self.rng.word(&[
                    "is_empty()",
                    "contains(\"a\")",
                    "starts_with('b')",
                    "ends_with(\"c \")",
                    "chars().any(|c| c.is_uppercase())",
                    "is_ascii()",
                ]);
                format!("{text}.{test}")
            }
            4 => self.chain_value(&Ty::Bool, n).unwrap_or_else(|| "true".into()),
            5 => {
                let c = self.expr(&Ty::Char, n);
                let test =
                    self.rng.word(&["is_alphabetic", "is_numeric", "is_ascii_lowercase", "is_whitespace"]);
                format!("({c}).{test}()")
            }
            6 => {
                let k = self.int();
                let a = self.expr(&Ty::Int(k), n);
                let (lo, hi) = (self.rng.range(0, 20), self.rng.range(21, 90));
                if self.rng.chance(50) {
                    format!("({lo}..={hi}).contains(&{a})")
                } else {
                    format!("matches!({a}, {lo}..={hi} | 100)")
                }
            }
            _ => {
                let ty = if self.rng.chance(70) { self.scalar_ty() } else { self.any_ty(1) };
                let (a, b) = self.pure(|g| (g.expr(&ty, n), g.expr(&ty, n)));
                let op = if self.is_ord(&ty) || matches!(ty, Ty::Float(_)) {
                    self.rng.word(&["<", "<=", ">", ">=", "==", "!="])
                } else {
                    self.rng.word(&["==", "!="])
                };
                format!("({} {op} {})", guarded(a), guarded(b))
            }
        }
    }

    /// A character.
    pub fn char_expr(&mut self, d: u32) -> String {
        if d == 0 || self.rng.chance(40) {
            return self
                .rng
                .word(&["'a'", "'Z'", "'7'", "' '", "'\\n'", "'é'", "'ß'", "'\\u{1F600}'", "'\\''", "'_'"])
                .to_string();
        }
        match self.rng.below(4) {
            0 => format!("((b'a' + ({}) % 26) as char)", self.expr(&Ty::Int("u8"), d - 1)),
            1 => format!("char::from_digit(({}) % 16, 16).unwrap_or('?')", self.expr(&Ty::Int("u32"), d - 1)),
            2 => {
                let method = self.rng.word(&[
                    "to_ascii_uppercase()",
                    "to_ascii_lowercase()",
                    "to_uppercase().next().unwrap_or('x')",
                ]);
                format!("({}).{method}", self.expr(&Ty::Char, d - 1))
            }
            _ => format!("{}.chars().next().unwrap_or('~')", self.string_ref(d - 1)),
        }
    }
}

/// An operand that cannot be mistaken for a block or a list of generic arguments.
fn guarded(text: String) -> String {
    format!("({text})")
}
