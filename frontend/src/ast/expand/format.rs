//! Format macros: from a format string and its arguments to calls of our std.
//!
//! `format!("a{}b", x)` becomes
//! ```text
//! match (&x,) { (arg0,) => {
//!     let mut s = ::std::string::String::new();
//!     { let mut f = ::std::fmt::Formatter::__new(&mut s);
//!       f.__lit("a"); f.__plain(); ::std::fmt::__check(::std::fmt::Display::fmt(arg0, &mut f)); f.__lit("b"); }
//!     s
//! } }
//! ```
//! so that every argument is evaluated once, in order, and lives until the text is made.

use std::ops::Range;

use proc_macro2::TokenStream;
use syn::parse::{Parse, ParseStream};

use super::build::Build;
use super::format_spec::{self, Argument, Count, Piece, Placeholder};
use crate::ast::convert::Text;
use crate::ast::cx::Cx;
use crate::ast::syntax::*;
use crate::diag::Diagnostic;
use crate::source::Span;
use crate::symbol::Symbol;

/// What a format macro says.
pub enum Formatted {
    /// Text known now.
    Literal(String),
    /// A `String` made at run time.
    String(Expr),
}

impl Formatted {
    /// An expression of type `String`.
    pub fn into_string(self, build: Build) -> Expr {
        match self {
            Formatted::Literal(text) => string_of_literal(build, &text),
            Formatted::String(expr) => expr,
        }
    }
}

fn string_of_literal(build: Build, text: &str) -> Expr {
    if text.is_empty() {
        return build.call_std("string::String::new", Vec::new());
    }
    build.call_std("string::String::from", vec![build.str(text)])
}

/// Arguments of a format macro as parsed: the format string, then positional and named ones.
pub struct FormatInput {
    format: Option<syn::Expr>,
    args: Vec<(Option<proc_macro2::Ident>, syn::Expr)>,
}

impl Parse for FormatInput {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut out = FormatInput { format: None, args: Vec::new() };
        if input.is_empty() {
            return Ok(out);
        }
        out.format = Some(input.parse()?);
        while !input.is_empty() {
            input.parse::<syn::Token![,]>()?;
            if input.is_empty() {
                break;
            }
            let named =
                input.peek2(syn::Token![=]) && !input.peek2(syn::Token![==]) && !input.peek2(syn::Token![=>]);
            let name = match named && input.peek(syn::Ident) {
                true => {
                    let name = input.parse()?;
                    input.parse::<syn::Token![=]>()?;
                    Some(name)
                }
                false => None,
            };
            out.args.push((name, input.parse()?));
        }
        Ok(out)
    }
}

impl FormatInput {
    /// Whether nothing is given.
    pub fn is_empty(&self) -> bool {
        self.format.is_none()
    }
}

/// An argument.
struct Value {
    name: Option<Symbol>,
    expr: Expr,
    used: bool,
}

/// A format macro being expanded.
struct Formatting {
    text: Text,
    values: Vec<Value>,
    /// How many were written; the others are variables named in the string.
    written: usize,
    positional: usize,
}

impl Cx<'_> {
    /// Parses the arguments of a format macro.
    pub fn format_input(&mut self, tokens: TokenStream) -> Option<FormatInput> {
        self.parse_all(tokens, FormatInput::parse)
    }

    /// What the arguments of a format macro say, between `prefix` and `suffix`; `None` after an error.
    pub fn format(
        &mut self,
        input: &FormatInput,
        prefix: &str,
        suffix: &str,
        build: Build,
    ) -> Option<Formatted> {
        let Some(format) = &input.format else {
            self.error(Diagnostic::error("", build.span, "requires at least a format string argument"));
            return None;
        };
        let Some(text) = self.string_of(format) else {
            let expr = self.expr(format);
            // An error inside was reported.
            if !matches!(expr.kind, ExprKind::Error) {
                let holes = vec!["{}"; input.args.len() + 1].join(" ");
                self.error(
                    Diagnostic::error("", expr.span, "format argument must be a string literal").help(
                        format!("you might be missing a string literal to format with: `\"{holes}\", `"),
                    ),
                );
            }
            return None;
        };
        let mut formatting = Formatting { text, values: Vec::new(), written: 0, positional: 0 };
        for (name, expr) in &input.args {
            let name = name.as_ref().map(|name| self.ident(name));
            let expr = self.expr(expr);
            if let Some(name) = name {
                if formatting.values.iter().any(|value| value.name == Some(name.name)) {
                    let message = format!("duplicate argument named `{}`", name.name);
                    self.error(Diagnostic::error("", name.span, message).primary("duplicate argument"));
                    return None;
                }
            } else if formatting.positional < formatting.values.len() {
                self.error(
                    Diagnostic::error("", expr.span, "positional arguments cannot follow named arguments")
                        .primary("positional arguments must be before named arguments"),
                );
                return None;
            } else {
                formatting.positional += 1;
            }
            formatting.values.push(Value { name: name.map(|n| n.name), expr, used: false });
        }
        formatting.written = formatting.values.len();
        let pieces = match format_spec::parse(&formatting.text.text) {
            Ok(pieces) => pieces,
            Err(error) => {
                let span = self.in_literal(&formatting.text, error.range);
                let mut diagnostic =
                    Diagnostic::error("", span, format!("invalid format string: {}", error.message));
                if let Some(name) = error.message.strip_prefix("unknown format trait") {
                    diagnostic.message = format!("unknown format trait{name}");
                }
                diagnostic = diagnostic.primary(error.label);
                if let Some(note) = error.note {
                    diagnostic = diagnostic.note(note);
                }
                self.error(diagnostic);
                return None;
            }
        };
        self.format_pieces(formatting, pieces, prefix, suffix, build)
    }

    fn format_pieces(
        &mut self,
        mut formatting: Formatting,
        pieces: Vec<Piece>,
        prefix: &str,
        suffix: &str,
        build: Build,
    ) -> Option<Formatted> {
        let mut steps: Vec<Stmt> = Vec::new();
        let mut literal = prefix.to_string();
        let f = || build.local("f");
        let method = |name: &str, args: Vec<Expr>| build.semi(build.method(f(), name, args));
        let mut placeholders = false;
        self.check_counts(&formatting, &pieces)?;
        for piece in pieces {
            let placeholder = match piece {
                Piece::Text(text) => {
                    literal.push_str(&text);
                    continue;
                }
                Piece::Placeholder(placeholder) => placeholder,
            };
            placeholders = true;
            if !literal.is_empty() {
                steps.push(method("__lit", vec![build.str(&std::mem::take(&mut literal))]));
            }
            let range = &placeholder.argument_range;
            let value = self.format_argument(&mut formatting, &placeholder.argument, range)?;
            let width = self.format_count(&mut formatting, &placeholder.width, &placeholder, build)?;
            let precision =
                self.format_count(&mut formatting, &placeholder.precision, &placeholder, build)?;
            let p = &placeholder;
            let plain =
                p.fill == ' ' && p.align == 0 && p.flags == 0 && p.width.is_none() && p.precision.is_none();
            steps.push(match plain {
                true => method("__plain", Vec::new()),
                false => {
                    let fill = build.expr(ExprKind::Lit(Lit::Char(p.fill)));
                    let (align, flags) = (build.int(u128::from(p.align)), build.int(u128::from(p.flags)));
                    method("__spec", vec![fill, align, flags, width, precision])
                }
            });
            // A value that cannot be formatted is shown where it is written.
            let at = build.at(match value < formatting.written {
                true => formatting.values[value].expr.span,
                false => self.in_literal(&formatting.text, placeholder.range.clone()),
            });
            let args = vec![build.local(&format!("arg{value}")), build.mut_addr_of(f())];
            let shown = at.call_std(&format!("fmt::{}::fmt", placeholder.trait_name), args);
            steps.push(build.semi(build.call_std("fmt::__check", vec![shown])));
        }
        literal.push_str(suffix);
        self.check_all_used(&formatting)?;
        if !placeholders && formatting.values.is_empty() {
            return Some(Formatted::Literal(literal));
        }
        if !literal.is_empty() {
            steps.push(method("__lit", vec![build.str(&literal)]));
        }
        let new = build.call_std("fmt::Formatter::__new", vec![build.mut_addr_of(build.local("s"))]);
        steps.insert(0, build.let_(build.mut_binding("f"), new));
        let body = build.block_expr(
            vec![
                build.let_(build.mut_binding("s"), build.call_std("string::String::new", Vec::new())),
                Stmt::Expr { expr: build.block_expr(steps, None), semi: false },
            ],
            Some(build.local("s")),
        );
        let names = (0..formatting.values.len()).map(|i| build.binding(&format!("arg{i}"))).collect();
        let values = formatting.values.into_iter().map(|v| build.at(v.expr.span).addr_of(v.expr)).collect();
        let arm = build.arm(build.pat(PatKind::Tuple(names)), body);
        Some(Formatted::String(build.match_(build.tuple(values), vec![arm])))
    }

    /// Number of the argument; variables named in the string become arguments here.
    fn format_argument(
        &mut self,
        formatting: &mut Formatting,
        argument: &Argument,
        range: &Range<usize>,
    ) -> Option<usize> {
        let index = match argument {
            Argument::Next(n) => *n,
            Argument::Index(n) => {
                if *n >= formatting.written {
                    let span = self.in_literal(&formatting.text, range.clone());
                    let message = match formatting.written {
                        0 => {
                            format!("invalid reference to positional argument {n} (no arguments were given)")
                        }
                        1 => format!("invalid reference to positional argument {n} (there is 1 argument)"),
                        count => format!(
                            "invalid reference to positional argument {n} (there are {count} arguments)"
                        ),
                    };
                    self.error(
                        Diagnostic::error("", span, message).note("positional arguments are zero-based"),
                    );
                    return None;
                }
                *n
            }
            Argument::Name(name) => {
                let name = Symbol::intern(name);
                match formatting.values.iter().position(|value| value.name == Some(name)) {
                    Some(index) => index,
                    None => {
                        let span = self.in_literal(&formatting.text, range.clone());
                        let captured = Build { span, ctxt: formatting.text.ctxt };
                        let expr = match name.as_str() {
                            "self" => captured.self_value(),
                            name => captured.local(name),
                        };
                        formatting.values.push(Value { name: Some(name), expr, used: true });
                        formatting.values.len() - 1
                    }
                }
            }
        };
        formatting.values[index].used = true;
        Some(index)
    }

    fn format_count(
        &mut self,
        formatting: &mut Formatting,
        count: &Option<Count>,
        placeholder: &Placeholder,
        build: Build,
    ) -> Option<Expr> {
        Some(match count {
            None => build.none(),
            Some(Count::Is(n)) => build.some(build.int(*n as u128)),
            Some(Count::Argument(argument)) => {
                let index = self.format_argument(formatting, argument, &placeholder.range)?;
                let at = build.at(formatting.values[index].expr.span);
                build.some(at.deref(at.local(&format!("arg{index}"))))
            }
        })
    }

    /// Whether there are enough arguments for all `{}`.
    fn check_counts(&mut self, formatting: &Formatting, pieces: &[Piece]) -> Option<()> {
        let mut needed = 0;
        let mut last = 0..formatting.text.text.len();
        for piece in pieces {
            let Piece::Placeholder(p) = piece else { continue };
            let next = |argument: &Argument| match argument {
                Argument::Next(n) => n + 1,
                _ => 0,
            };
            let count = match &p.precision {
                Some(Count::Argument(argument)) => next(argument),
                _ => 0,
            };
            let here = next(&p.argument).max(count);
            if here > needed {
                (needed, last) = (here, p.range.clone());
            }
        }
        // Named arguments have numbers too, after the positional ones.
        if needed <= formatting.written {
            return Some(());
        }
        let span = self.in_literal(&formatting.text, last);
        let arguments = |n: usize| {
            if n == 1 { "1 positional argument".into() } else { format!("{n} positional arguments") }
        };
        let given = match formatting.positional {
            0 => "no arguments were given".to_string(),
            1 => "there is 1 argument".to_string(),
            n => format!("there are {n} arguments"),
        };
        let message = format!("{} in format string, but {given}", arguments(needed));
        self.error(Diagnostic::error("", span, message));
        None
    }

    fn check_all_used(&mut self, formatting: &Formatting) -> Option<()> {
        let unused: Vec<&Value> = formatting.values.iter().filter(|value| !value.used).collect();
        let first = match unused.as_slice() {
            [] => return Some(()),
            [first, ..] => first,
        };
        let message = match (unused.len(), first.name) {
            (1, None) => "argument never used",
            (1, Some(_)) => "named argument never used",
            _ => "multiple unused formatting arguments",
        };
        let label = |value: &Value| match value.name {
            None => "argument never used",
            Some(_) => "named argument never used",
        };
        let mut diagnostic = Diagnostic::error("", first.expr.span, message).primary(label(first));
        for value in &unused[1..] {
            diagnostic = diagnostic.label(value.expr.span, label(value));
        }
        self.error(diagnostic.label(formatting.text.span, "formatting specifier missing"));
        None
    }

    /// The place of a part of a format string; the whole string if it is written with escapes.
    fn in_literal(&self, text: &Text, range: Range<usize>) -> Span {
        let written = self.sources.snippet(text.span);
        let start = written.find('"').map(|i| i + 1);
        match start {
            Some(start) if written.get(start..start + text.text.len()) == Some(text.text.as_str()) => Span {
                lo: text.span.lo + (start + range.start) as u32,
                hi: text.span.lo + (start + range.end) as u32,
                ..text.span
            },
            _ => text.span,
        }
    }
}
