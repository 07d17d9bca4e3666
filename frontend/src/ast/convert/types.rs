//! Types and bounds.

use crate::ast::cx::Cx;
use crate::ast::syntax::*;
use crate::ast::unsupported;
use crate::diag::Diagnostic;
use crate::source::{Edition, Span};

impl Cx<'_> {
    /// A type.
    pub fn ty(&mut self, ty: &syn::Type) -> Ty {
        let at = type_start(ty);
        match self.deeper(at, |cx| cx.ty_inner(ty)) {
            Some(ty) => ty,
            None => Ty { kind: TyKind::Error, span: self.span(at) },
        }
    }

    fn ty_inner(&mut self, ty: &syn::Type) -> Ty {
        let (kind, span) = match ty {
            syn::Type::Path(path) => {
                let (qself, path) = self.qualified_path(path.qself.as_ref(), &path.path);
                let span = path.span;
                (TyKind::Path(qself, path), span)
            }
            syn::Type::Reference(reference) => {
                let lifetime = reference.lifetime.as_ref().map(|l| self.lifetime(l));
                let inner = self.ty(&reference.elem);
                let span = self.span(reference.and_token.span).to(inner.span);
                (TyKind::Ref(lifetime, Box::new(inner), mutability(reference.mutability.is_some())), span)
            }
            syn::Type::Ptr(ptr) => {
                let inner = self.ty(&ptr.elem);
                let span = self.span(ptr.star_token.span).to(inner.span);
                self.refuse_in_user_crate(unsupported::raw_pointer(span));
                let mutable = matches!(ptr.mutability, syn::PointerMutability::Mut(_));
                (TyKind::RawPtr(Box::new(inner), mutability(mutable)), span)
            }
            syn::Type::Slice(slice) => {
                let inner = self.ty(&slice.elem);
                (TyKind::Slice(Box::new(inner)), self.span(slice.bracket_token.span.join()))
            }
            syn::Type::Array(array) => {
                let inner = self.ty(&array.elem);
                let len = self.anon_const(&array.len);
                (TyKind::Array(Box::new(inner), len), self.span(array.bracket_token.span.join()))
            }
            syn::Type::Tuple(tuple) => {
                let types = tuple.elems.iter().map(|ty| self.ty(ty)).collect();
                (TyKind::Tuple(types), self.span(tuple.paren_token.span.join()))
            }
            syn::Type::FnPtr(f) => return self.fn_pointer(f),
            syn::Type::Never(never) => (TyKind::Never, self.span(never.bang_token.span)),
            syn::Type::Infer(infer) => (TyKind::Infer, self.span(infer.underscore_token.span)),
            syn::Type::ImplTrait(it) => {
                let (start, bounds) = (self.span(it.impl_token.span), self.bounds(&it.bounds));
                let span = start.to(bounds_span(&bounds).unwrap_or(start));
                (TyKind::ImplTrait(bounds), span)
            }
            syn::Type::TraitObject(object) => {
                let bounds = self.bounds(&object.bounds);
                let span = bounds_span(&bounds).unwrap_or(self.span(type_start(ty)));
                let Some(dyn_token) = &object.dyn_token else {
                    if self.options.edition < Edition::E2021 {
                        return Ty { kind: TyKind::Dyn(bounds), span };
                    }
                    self.error(
                        Diagnostic::error("E0782", span, "expected a type, found a trait")
                            .help("you can add the `dyn` keyword if you want a trait object"),
                    );
                    return Ty { kind: TyKind::Error, span };
                };
                (TyKind::Dyn(bounds), self.span(dyn_token.span).to(span))
            }
            syn::Type::Paren(paren) => {
                let inner = self.ty(&paren.elem);
                return Ty { kind: inner.kind, span: self.span(paren.paren_token.span.join()) };
            }
            syn::Type::Group(group) => return self.ty(&group.elem),
            syn::Type::Macro(call) => return self.macro_ty(&call.mac),
            syn::Type::Verbatim(tokens) => {
                let span = self.tokens_span(tokens);
                self.error(unsupported::unstable(span, "this form of type"));
                (TyKind::Error, span)
            }
            _ => {
                let span = self.span(type_start(ty));
                self.error(unsupported::unstable(span, "this form of type"));
                (TyKind::Error, span)
            }
        };
        Ty { kind, span }
    }

    fn fn_pointer(&mut self, f: &syn::TypeFnPtr) -> Ty {
        let mut span = self.span(f.fn_token.span).to(self.span(f.paren_token.span.join()));
        if let Some(token) = &f.unsafety {
            let place = self.span(token.span);
            self.refuse_in_user_crate(unsupported::unsafe_code(place));
        }
        if let Some(abi) = &f.abi {
            let place = self.span(abi.extern_token.span);
            self.error(unsupported::foreign(place));
        }
        if let Some(variadic) = &f.variadic {
            let place = self.span(variadic.dots.spans[0]);
            self.error(unsupported::foreign(place));
        }
        let binder = self.binder(f.lifetimes.as_ref());
        let inputs = f.inputs.iter().map(|arg| self.ty(&arg.ty)).collect();
        let output = self.return_type(&f.output);
        if let Some(output) = &output {
            span = span.to(output.span);
        }
        Ty { kind: TyKind::FnPtr(binder, inputs, output.map(Box::new)), span }
    }

    /// `-> T`
    pub fn return_type(&mut self, output: &syn::ReturnType) -> Option<Ty> {
        match output {
            syn::ReturnType::Default => None,
            syn::ReturnType::Type(_, ty) => Some(self.ty(ty)),
        }
    }

    /// `A + 'b + ?Sized`
    pub fn bounds(
        &mut self,
        bounds: &syn::punctuated::Punctuated<syn::TypeParamBound, syn::Token![+]>,
    ) -> Vec<Bound> {
        bounds.iter().filter_map(|bound| self.bound(bound)).collect()
    }

    fn bound(&mut self, bound: &syn::TypeParamBound) -> Option<Bound> {
        match bound {
            syn::TypeParamBound::Trait(bound) => {
                let binder = self.binder(bound.lifetimes.as_ref());
                Some(Bound::Trait { binder, path: self.path(&bound.path), maybe: bound.maybe.is_some() })
            }
            syn::TypeParamBound::Lifetime(lifetime) => Some(Bound::Lifetime(self.lifetime(lifetime))),
            syn::TypeParamBound::PreciseCapture(capture) => {
                let span = self.span(capture.use_token.span).to(self.span(capture.gt_token.span));
                let lifetimes = capture.params.iter().filter_map(|param| match param {
                    syn::CapturedParam::Lifetime(lifetime) => Some(self.lifetime(lifetime)),
                    _ => None,
                });
                let lifetimes = lifetimes.collect();
                Some(Bound::Use(span, lifetimes))
            }
            syn::TypeParamBound::Verbatim(tokens) => {
                let span = self.tokens_span(tokens);
                self.error(unsupported::unstable(span, "this form of bound"));
                None
            }
            _ => {
                let span = self.end_of_file();
                self.error(unsupported::unstable(span, "this form of bound"));
                None
            }
        }
    }

    /// From the first to the last of these tokens.
    pub fn tokens_span(&self, tokens: &proc_macro2::TokenStream) -> Span {
        let mut tokens = tokens.clone().into_iter();
        let Some(first) = tokens.next() else { return self.call_span.unwrap_or(self.end_of_file()) };
        let last = tokens.last().unwrap_or_else(|| first.clone());
        self.span(first.span()).to(self.span(last.span()))
    }
}

/// `mut` or not.
pub(super) fn mutability(mutable: bool) -> Mutability {
    if mutable { Mutability::Mut } else { Mutability::Not }
}

fn bounds_span(bounds: &[Bound]) -> Option<Span> {
    let place = |bound: &Bound| match bound {
        Bound::Trait { path, .. } => path.span,
        Bound::Lifetime(lifetime) => lifetime.span,
        Bound::Use(span, _) => *span,
    };
    Some(place(bounds.first()?).to(place(bounds.last()?)))
}

/// Some token near the start of a type.
fn type_start(ty: &syn::Type) -> proc_macro2::Span {
    match ty {
        syn::Type::Array(t) => t.bracket_token.span.open(),
        syn::Type::FnPtr(t) => t.fn_token.span,
        syn::Type::Group(t) => type_start(&t.elem),
        syn::Type::ImplTrait(t) => t.impl_token.span,
        syn::Type::Infer(t) => t.underscore_token.span,
        syn::Type::Macro(t) => t.mac.bang_token.span,
        syn::Type::Never(t) => t.bang_token.span,
        syn::Type::Paren(t) => t.paren_token.span.open(),
        syn::Type::Path(t) => {
            t.path.segments.first().map_or_else(proc_macro2::Span::call_site, |s| s.ident.span())
        }
        syn::Type::Ptr(t) => t.star_token.span,
        syn::Type::Reference(t) => t.and_token.span,
        syn::Type::Slice(t) => t.bracket_token.span.open(),
        syn::Type::Tuple(t) => t.paren_token.span.open(),
        _ => proc_macro2::Span::call_site(),
    }
}
