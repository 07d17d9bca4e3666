//! `panic!`, `assert!` and what is made of them.

use proc_macro2::TokenStream;
use syn::parse::{Parse, ParseStream};

use super::build::Build;
use super::format::{FormatInput, Formatted};
use super::token_text;
use crate::ast::cx::Cx;
use crate::ast::syntax::*;

/// First operands, then a message.
struct Assertion {
    operands: Vec<syn::Expr>,
    /// Tokens of the first operand.
    first: TokenStream,
    message: FormatInput,
}

fn assertion(count: usize) -> impl FnOnce(ParseStream<'_>) -> syn::Result<Assertion> {
    move |input| {
        let mut operands = Vec::new();
        let begin = input.fork();
        let mut first = TokenStream::new();
        for i in 0..count {
            if i > 0 {
                input.parse::<syn::Token![,]>()?;
            }
            operands.push(input.parse()?);
            if i == 0 {
                let all: Vec<_> = begin.parse::<TokenStream>()?.into_iter().collect();
                let rest = input.fork().parse::<TokenStream>()?.into_iter().count();
                first = all[..all.len().saturating_sub(rest)].iter().cloned().collect();
            }
        }
        if !input.is_empty() {
            input.parse::<syn::Token![,]>()?;
        }
        Ok(Assertion { operands, first, message: FormatInput::parse(input)? })
    }
}

impl Cx<'_> {
    /// `panic!` and its like: `bare` without arguments, else `prefix` before the message.
    pub fn panic_macro(
        &mut self,
        tokens: TokenStream,
        bare: &str,
        prefix: &str,
        build: Build,
    ) -> Option<Expr> {
        let input = self.format_input(tokens)?;
        if input.is_empty() {
            return Some(panic_with(build, Formatted::Literal(bare.to_string())));
        }
        let message = self.format(&input, prefix, "", build)?;
        Some(panic_with(build, message))
    }

    /// `assert!(condition, message…)`
    pub fn assert_macro(&mut self, tokens: TokenStream, build: Build) -> Option<Expr> {
        let assertion = self.parse_all(tokens, assertion(1))?;
        let condition = self.expr(&assertion.operands[0]);
        let message = match assertion.message.is_empty() {
            true => {
                let text = token_text::expression_text(&assertion.first);
                Formatted::Literal(format!("assertion failed: {text}"))
            }
            false => self.format(&assertion.message, "", "", build)?,
        };
        let condition = build.at(condition.span).not(condition);
        Some(build.if_(condition, panic_with(build, message)))
    }

    /// `assert_eq!(left, right, message…)`, `assert_ne!`
    pub fn assert_compare(&mut self, tokens: TokenStream, equal: bool, build: Build) -> Option<Expr> {
        let assertion = self.parse_all(tokens, assertion(2))?;
        let left = self.expr(&assertion.operands[0]);
        let right = self.expr(&assertion.operands[1]);
        let message = match assertion.message.is_empty() {
            true => build.none(),
            false => build.some(self.format(&assertion.message, "", "", build)?.into_string(build)),
        };
        let compared =
            build.binary(BinOp::Eq, build.deref(build.local("left")), build.deref(build.local("right")));
        let failed = if equal { build.not(compared) } else { compared };
        let args = vec![
            build.str(if equal { "==" } else { "!=" }),
            build.local("left"),
            build.local("right"),
            message,
        ];
        let fail = build.semi(build.call_std("panicking::__assert_failed", args));
        let check = build.expr(ExprKind::If(Box::new(failed), build.block(vec![fail], None), None));
        let values =
            build.tuple(vec![build.at(left.span).addr_of(left), build.at(right.span).addr_of(right)]);
        let names = build.pat(PatKind::Tuple(vec![build.binding("left"), build.binding("right")]));
        Some(build.match_(values, vec![build.arm(names, check)]))
    }
}

fn panic_with(build: Build, message: Formatted) -> Expr {
    match message {
        Formatted::Literal(text) => build.call_std("panicking::__panic", vec![build.str(&text)]),
        Formatted::String(expr) => build.call_std("panicking::__panic_fmt", vec![expr]),
    }
}
