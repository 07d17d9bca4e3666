//! Patterns.

use super::literals::{is_negated, lit_token_span};
use super::types::mutability;
use crate::ast::cx::Cx;
use crate::ast::syntax::*;
use crate::ast::unsupported;
use crate::diag::Diagnostic;
use crate::source::Span;

impl Cx<'_> {
    /// A pattern.
    pub fn pat(&mut self, pat: &syn::Pat) -> Pat {
        let at = pat_start(pat);
        match self.deeper(at, |cx| cx.pat_inner(pat)) {
            Some(pat) => pat,
            None => Pat { kind: PatKind::Error, span: self.span(at) },
        }
    }

    fn pat_inner(&mut self, pat: &syn::Pat) -> Pat {
        let (kind, span) = match pat {
            syn::Pat::Wild(wild) => (PatKind::Wild, self.span(wild.underscore_token.span)),
            syn::Pat::Rest(rest) => {
                let span = self.pat_rest(rest).span;
                self.error(
                    Diagnostic::error("", span, "`..` patterns are not allowed here")
                        .note("only allowed in tuple, tuple struct, and slice patterns"),
                );
                (PatKind::Error, span)
            }
            syn::Pat::Ident(binding) => return self.pat_ident(binding),
            syn::Pat::Lit(lit) => {
                let span = self.lit_span(&lit.lit);
                match self.literal(&lit.lit) {
                    Some(value) => (PatKind::Lit { lit: value, negated: is_negated(&lit.lit) }, span),
                    None => (PatKind::Error, span),
                }
            }
            syn::Pat::Range(range) => {
                let (lo, hi) = (
                    range.start.as_deref().map(|e| self.expr(e)),
                    range.end.as_deref().map(|e| self.expr(e)),
                );
                let (limits, dots) = self.range_limits(&range.limits);
                let start = lo.as_ref().map_or(dots, |e| e.span);
                let end = hi.as_ref().map_or(dots, |e| e.span);
                if hi.is_none() && limits == RangeLimits::Closed {
                    self.error(Diagnostic::error("E0586", dots, "inclusive range with no end"));
                }
                (PatKind::Range(lo.map(Box::new), hi.map(Box::new), limits), start.to(end))
            }
            syn::Pat::Path(path) => {
                let (qself, path) = self.qualified_path(path.qself.as_ref(), &path.path);
                let span = path.span;
                (PatKind::Path(qself, path), span)
            }
            syn::Pat::TupleStruct(tuple) => {
                let (qself, path) = self.qualified_path(tuple.qself.as_ref(), &tuple.path);
                let span = path.span.to(self.span(tuple.paren_token.span.close()));
                (PatKind::TupleStruct(qself, path, self.pat_list(&tuple.elems)), span)
            }
            syn::Pat::Struct(structure) => return self.pat_struct(structure),
            syn::Pat::Tuple(tuple) => {
                (PatKind::Tuple(self.pat_list(&tuple.elems)), self.span(tuple.paren_token.span.join()))
            }
            syn::Pat::Slice(slice) => {
                (PatKind::Slice(self.pat_list(&slice.elems)), self.span(slice.bracket_token.span.join()))
            }
            syn::Pat::Reference(reference) => {
                let inner = self.pat(&reference.pat);
                let span = self.span(reference.and_token.span).to(inner.span);
                (PatKind::Ref(Box::new(inner), mutability(reference.mutability.is_some())), span)
            }
            syn::Pat::Or(or) => {
                let cases: Vec<Pat> = or.cases.iter().map(|case| self.pat(case)).collect();
                match cases.as_slice() {
                    [_] => {
                        return cases
                            .into_iter()
                            .next()
                            .unwrap_or(Pat { kind: PatKind::Error, span: Span::NONE });
                    }
                    [first, .., last] => {
                        let span = first.span.to(last.span);
                        (PatKind::Or(cases), span)
                    }
                    [] => (PatKind::Error, self.span(pat_start(pat))),
                }
            }
            syn::Pat::Paren(paren) => {
                let inner = self.pat(&paren.pat);
                return Pat { kind: inner.kind, span: self.span(paren.paren_token.span.join()) };
            }
            syn::Pat::Macro(call) => return self.macro_pat(&call.mac),
            syn::Pat::Const(block) => {
                let span = self.span(block.const_token.span);
                self.error(unsupported::unstable(span, "a `const` block as a pattern"));
                (PatKind::Error, span)
            }
            syn::Pat::Guard(guard) => {
                let span = self.span(guard.if_token.span);
                self.error(unsupported::unstable(span, "a guard inside a pattern"));
                return self.pat(&guard.pat);
            }
            syn::Pat::Type(typed) => {
                let span = self.span(typed.colon_token.span);
                self.error(unsupported::unstable(span, "a type inside a pattern"));
                return self.pat(&typed.pat);
            }
            syn::Pat::Verbatim(tokens) => {
                let span = self.tokens_span(tokens);
                self.error(unsupported::unstable(span, "this form of pattern"));
                (PatKind::Error, span)
            }
            _ => {
                let span = self.span(pat_start(pat));
                self.error(unsupported::unstable(span, "this form of pattern"));
                (PatKind::Error, span)
            }
        };
        Pat { kind, span }
    }

    fn pat_list(&mut self, pats: &syn::punctuated::Punctuated<syn::Pat, syn::Token![,]>) -> Vec<Pat> {
        pats.iter().map(|pat| self.pat_or_rest(pat)).collect()
    }

    /// A pattern of a list, or under `@` in one.
    fn pat_or_rest(&mut self, pat: &syn::Pat) -> Pat {
        match pat {
            syn::Pat::Rest(rest) => self.pat_rest(rest),
            pat => self.pat(pat),
        }
    }

    fn pat_rest(&self, rest: &syn::PatRest) -> Pat {
        let [first, second] = rest.dot2_token.spans;
        Pat { kind: PatKind::Rest, span: self.span(first).to(self.span(second)) }
    }

    fn pat_ident(&mut self, binding: &syn::PatIdent) -> Pat {
        let ident = self.local(&binding.ident);
        let mut span = ident.span;
        if let Some(token) = &binding.mutability {
            span = self.span(token.span).to(span);
        }
        if let Some(token) = &binding.by_ref {
            span = self.span(token.span).to(span);
        }
        let sub = binding.subpat.as_ref().map(|(_, pat)| Box::new(self.pat_or_rest(pat)));
        if let Some(sub) = &sub {
            span = span.to(sub.span);
        }
        // `ref mut x` borrows mutably; `mut x` is a variable that may change.
        let (by_ref, mutable) = match (&binding.by_ref, &binding.mutability) {
            (Some(_), m) => (Some(mutability(m.is_some())), false),
            (None, m) => (None, m.is_some()),
        };
        Pat { kind: PatKind::Ident { by_ref, mutable, ident, sub }, span }
    }

    fn pat_struct(&mut self, structure: &syn::PatStruct) -> Pat {
        let (qself, path) = self.qualified_path(structure.qself.as_ref(), &structure.path);
        let span = path.span.to(self.span(structure.brace_token.span.close()));
        let mut fields = Vec::new();
        for field in &structure.fields {
            if !self.is_configured(&field.attrs) {
                continue;
            }
            let ident = self.member(&field.member);
            let pat = self.pat(&field.pat);
            fields.push((ident, pat));
        }
        Pat { kind: PatKind::Struct { qself, path, fields, rest: structure.rest.is_some() }, span }
    }

    /// Name of a field: an identifier or a number.
    pub fn member(&mut self, member: &syn::Member) -> Ident {
        match member {
            syn::Member::Named(ident) => self.ident(ident),
            syn::Member::Unnamed(index) => {
                let name = crate::symbol::Symbol::intern(&index.index.to_string());
                Ident { name, span: self.span(index.span), ctxt: 0 }
            }
        }
    }
}

/// Some token near the start of a pattern.
fn pat_start(pat: &syn::Pat) -> proc_macro2::Span {
    match pat {
        syn::Pat::Ident(p) => p.ident.span(),
        syn::Pat::Lit(p) => lit_token_span(&p.lit),
        syn::Pat::Or(p) => p.cases.first().map_or_else(proc_macro2::Span::call_site, pat_start),
        syn::Pat::Paren(p) => p.paren_token.span.open(),
        syn::Pat::Reference(p) => p.and_token.span,
        syn::Pat::Slice(p) => p.bracket_token.span.open(),
        syn::Pat::Struct(p) => p.brace_token.span.open(),
        syn::Pat::Tuple(p) => p.paren_token.span.open(),
        syn::Pat::TupleStruct(p) => p.paren_token.span.open(),
        syn::Pat::Wild(p) => p.underscore_token.span,
        _ => proc_macro2::Span::call_site(),
    }
}
