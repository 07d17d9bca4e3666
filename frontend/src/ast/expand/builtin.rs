//! Built-in macros other than the panicking ones.

use proc_macro2::TokenStream;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;

use super::build::Build;
use super::token_text;
use crate::ast::cx::Cx;
use crate::ast::syntax::*;
use crate::ast::{modules, unsupported};
use crate::diag::Diagnostic;
use crate::source::Span;
use crate::symbol::Symbol;

/// Names of all built-in macros.
pub const NAMES: &[&str] = &[
    "print",
    "println",
    "eprint",
    "eprintln",
    "format",
    "write",
    "writeln",
    "format_args",
    "panic",
    "assert",
    "assert_eq",
    "assert_ne",
    "debug_assert",
    "debug_assert_eq",
    "debug_assert_ne",
    "unreachable",
    "unimplemented",
    "todo",
    "try",
    "vec",
    "matches",
    "dbg",
    "concat",
    "stringify",
    "line",
    "column",
    "file",
    "module_path",
    "env",
    "option_env",
    "include",
    "include_str",
    "include_bytes",
    "cfg",
    "cfg_select",
    "pin",
    "compile_error",
    "thread_local",
    "asm",
    "global_asm",
];

/// Whether the path is that of a built-in macro.
pub fn is_macro_path(path: &[Symbol]) -> bool {
    let Some((root, rest)) = path.split_first() else { return false };
    matches!(root.as_str(), "std" | "core" | "alloc")
        && match rest {
            // These are modules too; `pin!` is in one.
            [name] => {
                NAMES.contains(&name.as_str()) && !matches!(name.as_str(), "env" | "panic" | "vec" | "pin")
            }
            [module, name] => module.as_str() == "pin" && name.as_str() == "pin",
            _ => false,
        }
}

type Exprs = Punctuated<syn::Expr, syn::Token![,]>;

impl Cx<'_> {
    /// Expands a built-in macro; `None` after an error.
    pub fn builtin(&mut self, name: &str, mac: &syn::Macro, span: Span) -> Option<Expr> {
        let tokens = mac.tokens.clone();
        // In an expansion the call has the place of the outermost one, as panics are to be reported there.
        let build = Build { span, ctxt: self.new_mark(0, Span::NONE) };
        Some(match name {
            "print" => self.print_macro(tokens, "io::__print", "", build)?,
            "println" => self.print_macro(tokens, "io::__print", "\n", build)?,
            "eprint" => self.print_macro(tokens, "io::__eprint", "", build)?,
            "eprintln" => self.print_macro(tokens, "io::__eprint", "\n", build)?,
            "format" => {
                let input = self.format_input(tokens)?;
                self.format(&input, "", "", build)?.into_string(build)
            }
            "format_args" => {
                let input = self.format_input(tokens)?;
                let text = self.format(&input, "", "", build)?.into_string(build);
                build.call_std("fmt::Arguments::__new", vec![text])
            }
            "write" => self.write_macro(tokens, "", build)?,
            "writeln" => self.write_macro(tokens, "\n", build)?,
            "panic" => self.panic_macro(tokens, "explicit panic", "", build)?,
            "unreachable" => {
                let bare = "internal error: entered unreachable code";
                self.panic_macro(tokens, bare, &format!("{bare}: "), build)?
            }
            "todo" => self.panic_macro(tokens, "not yet implemented", "not yet implemented: ", build)?,
            "unimplemented" => self.panic_macro(tokens, "not implemented", "not implemented: ", build)?,
            "assert" | "debug_assert" => self.assert_macro(tokens, build)?,
            "assert_eq" | "debug_assert_eq" => self.assert_compare(tokens, true, build)?,
            "assert_ne" | "debug_assert_ne" => self.assert_compare(tokens, false, build)?,
            "try" => {
                let parser = Punctuated::<syn::Expr, syn::Token![,]>::parse_terminated;
                let tried = self.parse_all(tokens, parser)?;
                let value = self.expr(tried.first()?);
                build.expr(ExprKind::Try(Box::new(value)))
            }
            "vec" => self.vec_macro(tokens, build)?,
            "matches" => self.matches_macro(tokens, build)?,
            "dbg" => self.dbg_macro(tokens, build)?,
            "concat" => self.concat_macro(tokens, build)?,
            "stringify" => build.str(&token_text::stringify(&tokens)),
            "line" | "column" => {
                let position = self.sources.position(span);
                let number = position.map_or(0, |p| if name == "line" { p.line } else { p.column });
                let ty = crate::hir::PrimTy::Uint(crate::ty::UintTy::U32);
                build.expr(ExprKind::Lit(Lit::Int(u128::from(number), Some(ty))))
            }
            "file" => build.str(&self.file_path()),
            "module_path" => {
                let mut path = vec![self.crate_name.as_str()];
                path.extend(self.module_path.iter().map(|name| name.as_str()));
                build.str(&path.join("::"))
            }
            "pin" => {
                let value = self.parse_all(tokens, syn::Expr::parse)?;
                self.pin(value, build)
            }
            "cfg" => build.bool(self.cfg(&tokens, span)),
            "include_str" => self.include_str_macro(tokens, build)?,
            "compile_error" => {
                let message = self.parse_all(tokens, syn::Expr::parse).and_then(|expr| self.string_of(&expr));
                let text = message.map_or("compile_error! takes 1 argument".to_string(), |text| text.text);
                self.error(Diagnostic::error("", span, text));
                return None;
            }
            "env" | "option_env" => {
                self.error(unsupported::environment(span));
                return None;
            }
            "include" | "include_bytes" => {
                self.error(unsupported::inclusion(span, name));
                return None;
            }
            "thread_local" => {
                self.error(unsupported::thread_local(span));
                return None;
            }
            "asm" | "global_asm" => {
                self.error(unsupported::assembly(span));
                return None;
            }
            _ => return None,
        })
    }

    /// `Pin { __pointer: &mut { value } }`: the value moves into a temporary that lives as long as the pin.
    fn pin(&mut self, value: syn::Expr, build: Build) -> Expr {
        let value = build.mut_addr_of(build.block_expr(Vec::new(), Some(self.expr(&value))));
        let fields = vec![FieldExpr { ident: build.name("__pointer"), value }];
        let path = build.std_path("pin::Pin");
        build.expr(ExprKind::Struct { qself: None, path, fields, rest: StructRest::None })
    }

    fn file_path(&self) -> String {
        self.sources.files[self.file].path.clone()
    }

    fn print_macro(
        &mut self,
        tokens: TokenStream,
        function: &str,
        suffix: &str,
        build: Build,
    ) -> Option<Expr> {
        let input = self.format_input(tokens)?;
        if input.is_empty() {
            return Some(build.call_std(function, vec![build.str(suffix)]));
        }
        let text = match self.format(&input, "", suffix, build)? {
            super::format::Formatted::Literal(text) => build.str(&text),
            super::format::Formatted::String(expr) => build.addr_of(expr),
        };
        Some(build.call_std(function, vec![text]))
    }

    fn write_macro(&mut self, tokens: TokenStream, suffix: &str, build: Build) -> Option<Expr> {
        let parser = |input: ParseStream<'_>| {
            let to: syn::Expr = input.parse()?;
            if !input.is_empty() {
                input.parse::<syn::Token![,]>()?;
            }
            Ok((to, super::format::FormatInput::parse(input)?))
        };
        let (to, input) = self.parse_all(tokens, parser)?;
        let to = self.expr(&to);
        let text = match input.is_empty() && !suffix.is_empty() {
            true => build.call_std("string::String::from", vec![build.str(suffix)]),
            false => self.format(&input, "", suffix, build)?.into_string(build),
        };
        let arguments = build.call_std("fmt::Arguments::__new", vec![text]);
        Some(build.method(to, "write_fmt", vec![arguments]))
    }

    fn vec_macro(&mut self, tokens: TokenStream, build: Build) -> Option<Expr> {
        enum Input {
            List(Exprs),
            Repeat(Box<syn::Expr>, Box<syn::Expr>),
        }
        let parser = |input: ParseStream<'_>| {
            if input.is_empty() {
                return Ok(Input::List(Exprs::new()));
            }
            let first: syn::Expr = input.parse()?;
            if input.parse::<Option<syn::Token![;]>>()?.is_some() {
                return Ok(Input::Repeat(Box::new(first), Box::new(input.parse()?)));
            }
            let mut list = Exprs::new();
            list.push_value(first);
            while !input.is_empty() {
                list.push_punct(input.parse()?);
                if input.is_empty() {
                    break;
                }
                list.push_value(input.parse()?);
            }
            Ok(Input::List(list))
        };
        Some(match self.parse_all(tokens, parser)? {
            Input::List(list) if list.is_empty() => build.call_std("vec::Vec::new", Vec::new()),
            Input::List(list) => {
                let array = build.expr(ExprKind::Array(self.expr_list(&list)));
                build.call_std("vec::__from_array", vec![array])
            }
            Input::Repeat(value, count) => {
                let (value, count) = (self.expr(&value), self.expr(&count));
                build.call_std("vec::from_elem", vec![value, count])
            }
        })
    }

    fn matches_macro(&mut self, tokens: TokenStream, build: Build) -> Option<Expr> {
        let parser = |input: ParseStream<'_>| {
            let value: syn::Expr = input.parse()?;
            input.parse::<syn::Token![,]>()?;
            let pat = syn::Pat::parse_multi_with_leading_vert(input)?;
            let guard = match input.parse::<Option<syn::Token![if]>>()? {
                Some(_) => Some(input.parse::<syn::Expr>()?),
                None => None,
            };
            input.parse::<Option<syn::Token![,]>>()?;
            Ok((value, pat, guard))
        };
        let (value, pat, guard) = self.parse_all(tokens, parser)?;
        let value = self.expr(&value);
        let (pat, guard) = match (&pat, &guard) {
            (syn::Pat::Guard(inner), None) => {
                let pat = self.pat(&inner.pat);
                (pat, Some(self.condition(&inner.guard)))
            }
            (pat, guard) => {
                let pat = self.pat(pat);
                (pat, guard.as_ref().map(|guard| self.condition(guard)))
            }
        };
        let arm = Arm { guard, ..build.arm(pat, build.bool(true)) };
        let other = build.arm(build.pat(PatKind::Wild), build.bool(false));
        Some(build.match_(value, vec![arm, other]))
    }

    fn dbg_macro(&mut self, tokens: TokenStream, build: Build) -> Option<Expr> {
        let place = self.sources.show(build.span);
        let parser = |input: ParseStream<'_>| {
            let mut out: Vec<(String, syn::Expr)> = Vec::new();
            while !input.is_empty() {
                let begin: Vec<_> = input.fork().parse::<TokenStream>()?.into_iter().collect();
                let expr = input.parse()?;
                let rest = input.fork().parse::<TokenStream>()?.into_iter().count();
                let tokens = begin[..begin.len().saturating_sub(rest)].iter().cloned().collect();
                out.push((token_text::stringify(&tokens), expr));
                if !input.is_empty() {
                    input.parse::<syn::Token![,]>()?;
                }
            }
            Ok(out)
        };
        let values = self.parse_all(tokens, parser)?;
        if values.is_empty() {
            return Some(build.call_std("io::__eprint", vec![build.str(&format!("[{place}]\n"))]));
        }
        let mut out = Vec::new();
        for (text, expr) in values {
            let value = self.expr(&expr);
            let f = || build.local("f");
            let method = |name: &str, args: Vec<Expr>| build.semi(build.method(f(), name, args));
            let debug = build.at(value.span).call_std(
                "fmt::Debug::fmt",
                vec![build.addr_of(build.local("value")), build.mut_addr_of(f())],
            );
            let fill = build.expr(ExprKind::Lit(Lit::Char(' ')));
            let new = build.call_std("fmt::Formatter::__new", vec![build.mut_addr_of(build.local("s"))]);
            let steps = vec![
                build.let_(build.mut_binding("f"), new),
                method("__lit", vec![build.str(&format!("[{place}] {text} = "))]),
                method("__spec", vec![fill, build.int(0), build.int(4), build.none(), build.none()]),
                build.semi(build.call_std("fmt::__check", vec![debug])),
                method("__lit", vec![build.str("\n")]),
            ];
            let body = build.block_expr(
                vec![
                    build.let_(build.mut_binding("s"), build.call_std("string::String::new", Vec::new())),
                    Stmt::Expr { expr: build.block_expr(steps, None), semi: false },
                    build.semi(build.call_std("io::__eprint", vec![build.addr_of(build.local("s"))])),
                ],
                Some(build.local("value")),
            );
            out.push(build.match_(value, vec![build.arm(build.binding("value"), body)]));
        }
        match <[Expr; 1]>::try_from(out) {
            Ok([one]) => Some(one),
            Err(many) => Some(build.tuple(many)),
        }
    }

    fn concat_macro(&mut self, tokens: TokenStream, build: Build) -> Option<Expr> {
        let list = self.parse_all(tokens, Exprs::parse_terminated)?;
        let mut text = String::new();
        for expr in &list {
            let (negated, inner) = match expr {
                syn::Expr::Unary(syn::ExprUnary { op: syn::UnOp::Neg(_), expr, .. }) => (true, expr.as_ref()),
                expr => (false, expr),
            };
            let Some((lit, _)) = self.known_literal(inner) else {
                let expr = self.expr(expr);
                if !matches!(expr.kind, ExprKind::Error) {
                    self.error(Diagnostic::error("", expr.span, "expected a literal").note(
                        "only literals (like `\"foo\"`, `-42` and `3.14`) can be passed to `concat!()`",
                    ));
                }
                return None;
            };
            if negated {
                text.push('-');
            }
            match lit {
                Lit::Str(s) => text.push_str(s.as_str()),
                Lit::Char(c) => text.push(c),
                Lit::Bool(b) => text.push_str(if b { "true" } else { "false" }),
                Lit::Int(n, _) => text.push_str(&n.to_string()),
                Lit::Float(digits, _) => text.push_str(digits.as_str()),
                Lit::ByteStr(_) => {
                    self.error(Diagnostic::error("", build.span, "cannot concatenate a byte string literal"));
                    return None;
                }
            }
        }
        Some(build.str(&text))
    }

    fn include_str_macro(&mut self, tokens: TokenStream, build: Build) -> Option<Expr> {
        let expr = self.parse_all(tokens, syn::Expr::parse)?;
        let Some(written) = self.string_of(&expr) else {
            self.error(Diagnostic::error("", build.span, "argument must be a string literal"));
            return None;
        };
        let path = modules::beside(&self.file_path(), &written.text);
        match self.tree.read(&path) {
            Ok(Some(text)) => Some(build.expr(ExprKind::Lit(Lit::Str(Symbol::intern(&text))))),
            Ok(None) => {
                let message = format!("couldn't read `{path}`: there is no such file");
                self.error(Diagnostic::error("", written.span, message));
                None
            }
            Err(message) => {
                self.error(Diagnostic::error("", written.span, format!("couldn't read `{path}`: {message}")));
                None
            }
        }
    }
}
