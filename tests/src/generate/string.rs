//! Text and formatting.

use super::Gen;
use super::ty::Ty;

const WORDS: [&str; 10] = [
    "",
    "a",
    "abc def",
    "x,y,,z",
    "Ünïcödé ß",
    "line one\\nline two\\n",
    "  padded ",
    "MiXeD",
    "12 7 -3",
    "aXbXc",
];

impl Gen {
    /// A literal.
    pub fn str_literal(&mut self) -> String {
        format!("\"{}\"", self.rng.word(&WORDS))
    }

    /// Something that has the methods of `str`.
    pub fn string_ref(&mut self, d: u32) -> String {
        match self.find_place(|_, v| matches!(v.ty, Ty::String | Ty::Str)) {
            Some(var) if self.rng.chance(70) => var.place,
            _ if d == 0 => self.str_literal(),
            _ => self.pure(|g| g.expr(&Ty::String, d - 1)),
        }
    }

    /// An owned string.
    pub fn string_expr(&mut self, d: u32) -> String {
        if d == 0 {
            return format!("String::from({})", self.str_literal());
        }
        let n = d - 1;
        match self.rng.below(9) {
            0 | 1 => self.format(n),
            2 => {
                let text = self.string_ref(n);
                let method = self.rng.word(&[
                    "to_uppercase()",
                    "to_lowercase()",
                    "trim().to_string()",
                    "replace('a', \"--\")",
                    "repeat(2)",
                    "chars().rev().collect::<String>()",
                    "split(',').collect::<Vec<_>>().join(\"|\")",
                    "chars().filter(|c| c.is_alphanumeric()).collect::<String>()",
                    "split_whitespace().map(|w| w.len().to_string()).collect::<Vec<_>>().concat()",
                    "lines().map(|l| format!(\"<{l}>\")).collect::<String>()",
                    "to_owned()",
                    "char_indices().map(|(i, c)| format!(\"{i}{c}\")).collect::<Vec<_>>().join(\"\")",
                    "trim_start().trim_end_matches(' ').to_string()",
                    "to_string()",
                    "bytes().map(|b| format!(\"{b:02x}\")).collect::<String>()",
                    "split_once(' ').map_or(String::from(\"-\"), |(a, b)| format!(\"{b}+{a}\"))",
                ]);
                format!("{text}.{method}")
            }
            3 => {
                let (a, b) = (self.expr(&Ty::String, n), self.string_ref(n));
                format!("({a} + &{b}[..])")
            }
            4 => {
                let ty = self.scalar_ty();
                format!("({}).to_string()", self.pure(|g| g.expr(&ty, n)))
            }
            5 => {
                let text = self.string_ref(n);
                let (a, b) = (self.rng.below(4), self.rng.below(9));
                format!("{text}.get({a}..{b}).unwrap_or(\"none\").to_string()")
            }
            6 => {
                let name = self.fresh("s");
                let (a, c) = (self.expr(&Ty::String, n), self.expr(&Ty::Char, n));
                format!("{{ let mut {name} = {a}; {name}.push({c}); {name}.insert_str(0, \"<\"); {name} }}")
            }
            7 => self.chain_value(&Ty::String, n).unwrap_or_else(|| "String::new()".into()),
            _ => self.format(n),
        }
    }

    /// `format!(…)` of some values.
    pub fn format(&mut self, d: u32) -> String {
        let (text, args) = self.format_parts(d);
        format!("format!(\"{text}\"{args})")
    }

    /// A format string and `, args`.
    pub fn format_parts(&mut self, d: u32) -> (String, String) {
        let (mut text, mut args) = (String::new(), String::new());
        for i in 0..self.rng.range(1, 3) {
            if i > 0 {
                text += self.rng.word(&[" ", ",", "{{}}", " - "]);
            }
            let ty = if self.rng.chance(50) { self.scalar_ty() } else { self.any_ty(2) };
            let spec = self.spec(&ty);
            text += &format!("{{{spec}}}");
            let value = self.pure(|g| g.expr(&ty, d));
            args += &format!(", {value}");
        }
        (text, args)
    }

    /// How a value of this type may be formatted.
    pub fn spec(&mut self, ty: &Ty) -> &'static str {
        match ty {
            Ty::Int(_) => self.rng.word(&[
                "", ":?", ":5", ":<4", ":^6", ":>+5", ":08", ":x", ":#X", ":#b", ":#010x", ":o", ":*^9",
                ":+", ":#?",
            ]),
            Ty::Float(_) => self.rng.word(&["", ":?", ":.3", ":8.2", ":+.1", ":e", ":<12.4", ":08.3", ":.0"]),
            Ty::Bool => self.rng.word(&["", ":?", ":>7", ":<6"]),
            Ty::Char => self.rng.word(&["", ":?", ":3", ":->4"]),
            Ty::Str | Ty::String => self.rng.word(&["", ":?", ":10", ":>8", ":.2", ":*^12", ":-<6.3"]),
            _ => self.rng.word(&[":?", ":?", ":?", ":#?", ":3?", ":02?"]),
        }
    }
}
