//! Rules of syntax that `syn` does not keep.

use super::super::cx::Cx;
use super::super::syntax::{GenericArg, PathSegment};
use crate::diag::Diagnostic;
use crate::source::Span;

impl Cx<'_> {
    /// Only structs and enums have derived impls.
    pub(super) fn refuse_derives(&self, derives: &[(crate::symbol::Symbol, Span)]) {
        let Some((_, span)) = derives.first() else { return };
        let message = "`derive` may only be applied to `struct`s, `enum`s and `union`s";
        self.error(Diagnostic::error("E0774", *span, message).primary("not applicable here"));
    }

    /// Items of trait impls are as visible as the trait.
    pub(super) fn refuse_visibility(&self, item: &syn::ImplItem) {
        let vis = match item {
            syn::ImplItem::Const(item) => &item.vis,
            syn::ImplItem::Fn(item) => &item.vis,
            syn::ImplItem::Type(item) => &item.vis,
            _ => return,
        };
        if let Some(span) = self.qualifier(vis) {
            self.refuse_visibility_at(span);
        }
    }

    /// The place of `pub` or `pub(…)`.
    fn qualifier(&self, vis: &syn::Visibility) -> Option<Span> {
        match vis {
            syn::Visibility::Public(token) => Some(self.span(token.span)),
            syn::Visibility::Restricted(vis) => {
                Some(self.span(vis.pub_token.span).to(self.span(vis.paren_token.span.close())))
            }
            syn::Visibility::Inherited => None,
        }
    }

    /// The same, for the qualifier that stands there.
    pub(super) fn refuse_visibility_at(&self, span: Span) {
        self.error(
            Diagnostic::error("E0449", span, "visibility qualifiers are not permitted here")
                .note("trait items always share the visibility of their trait"),
        );
    }

    /// `pub` before a variant or in one. `syn` drops the first: it is looked for in the line before the name.
    pub(super) fn refuse_variant_visibility(&self, name: Span, fields: &syn::Fields) {
        for field in fields {
            if let Some(span) = self.qualifier(&field.vis) {
                self.refuse_visibility_in_enum(span);
            }
        }
        // What stands before a name given to a macro need not stand before it in the expansion.
        if self.call_span.is_some() {
            return;
        }
        let Some(before) = self.sources.files[self.file].text.get(..name.lo as usize) else { return };
        let begin = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = before[begin..].trim_end();
        let qualifier = match line.strip_suffix(')').and_then(|l| l.rsplit_once('(')) {
            Some((qualifier, _)) => qualifier,
            None => line,
        };
        let Some(rest) = qualifier.strip_suffix("pub") else { return };
        if rest.ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            return;
        }
        let lo = (begin + rest.len()) as u32;
        self.refuse_visibility_in_enum(Span { lo, hi: lo + 3, ..name });
    }

    fn refuse_visibility_in_enum(&self, span: Span) {
        self.error(
            Diagnostic::error("E0449", span, "visibility qualifiers are not permitted here")
                .note("enum variants and their fields always share the visibility of the enum they are in"),
        );
    }

    /// A function without a body only names its parameters.
    pub(super) fn refuse_patterns(&self, sig: &syn::Signature) {
        use syn::spanned::Spanned;
        for input in &sig.inputs {
            let syn::FnArg::Typed(input) = input else { continue };
            if matches!(&*input.pat, syn::Pat::Ident(_) | syn::Pat::Wild(_) | syn::Pat::Macro(_)) {
                continue;
            }
            let span = self.span(input.pat.span());
            let message = "patterns aren't allowed in functions without bodies";
            self.error(Diagnostic::error("E0642", span, message).primary("pattern not allowed here"));
        }
    }

    /// Lifetimes come before types and constants.
    pub(super) fn check_argument_order(&self, args: &[GenericArg]) {
        let is_lifetime = |a: &GenericArg| matches!(a, GenericArg::Lifetime(_));
        let first_other = args.iter().position(|a| matches!(a, GenericArg::Type(_) | GenericArg::Const(_)));
        let Some(first_other) = first_other else { return };
        if !args[first_other..].iter().any(is_lifetime) {
            return;
        }
        let (span, what) = match &args[first_other] {
            GenericArg::Type(ty) => (ty.span, "type"),
            GenericArg::Const(value) => (value.value.span, "constant"),
            _ => return,
        };
        let message = format!("{what} provided when a lifetime was expected");
        self.error(Diagnostic::error("E0747", span, message).help("lifetime arguments come first"));
    }

    /// `use a::self` is written `use a::{self}`.
    pub(super) fn refuse_self_import(&self, segments: &[PathSegment]) {
        if let [.., module, last] = segments
            && last.ident.name == "self"
        {
            let (span, module) = (last.ident.span, module.ident.name);
            let message = "`self` imports are only allowed within a { } list";
            self.error(
                Diagnostic::error("E0429", span, message)
                    .help(format!("import the module by its name, or write `{module}::{{self}}`")),
            );
        }
    }
}
