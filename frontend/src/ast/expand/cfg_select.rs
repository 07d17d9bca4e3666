//! `cfg_select! { predicate => { tokens } … }`: the tokens of the first arm whose predicate holds.

use proc_macro2::{TokenStream, TokenTree};
use syn::parse::ParseStream;

use crate::ast::cx::Cx;
use crate::diag::Diagnostic;
use crate::source::Span;

/// `predicate => { tokens }` or `predicate => expression,`
struct Arm {
    /// `None` for `_`.
    predicate: Option<TokenStream>,
    tokens: TokenStream,
}

impl Cx<'_> {
    /// What a call with these arms stands for.
    pub(super) fn selected_arm(&mut self, arms: &TokenStream, span: Span) -> Option<TokenStream> {
        for arm in self.parse_all(arms.clone(), arms_of)? {
            if arm.predicate.is_none_or(|predicate| self.cfg(&predicate, span)) {
                return Some(arm.tokens);
            }
        }
        self.error(Diagnostic::error(
            "",
            span,
            "none of the predicates in this `cfg_select` evaluated to true",
        ));
        None
    }
}

fn arms_of(input: ParseStream<'_>) -> syn::Result<Vec<Arm>> {
    let mut arms = Vec::new();
    while !input.is_empty() {
        let predicate = match input.parse::<Option<syn::Token![_]>>()? {
            Some(_) => None,
            None => {
                let mut tokens = TokenStream::new();
                while !input.peek(syn::Token![=>]) {
                    tokens.extend([input.parse::<TokenTree>()?]);
                }
                Some(tokens)
            }
        };
        input.parse::<syn::Token![=>]>()?;
        let tokens = if input.peek(syn::token::Brace) {
            let inside;
            syn::braced!(inside in input);
            inside.parse()?
        } else {
            expression_tokens(input)?
        };
        input.parse::<Option<syn::Token![,]>>()?;
        arms.push(Arm { predicate, tokens });
    }
    Ok(arms)
}

/// The tokens of the expression that comes next.
fn expression_tokens(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let mut all: Vec<TokenTree> = input.fork().parse::<TokenStream>()?.into_iter().collect();
    input.parse::<syn::Expr>()?;
    let rest = input.fork().parse::<TokenStream>()?.into_iter().count();
    all.truncate(all.len().saturating_sub(rest));
    Ok(all.into_iter().collect())
}
