//! Generic parameters and where clauses.

use crate::ast::cx::Cx;
use crate::ast::syntax::*;
use crate::ast::unsupported;
use crate::source::Span;

impl Cx<'_> {
    /// Generic parameters with their where clause; `after` is the name they follow.
    pub fn generics(&mut self, generics: &syn::Generics, after: Span) -> Generics {
        let span = match (&generics.lt_token, &generics.gt_token) {
            (Some(lt), Some(gt)) => self.span(lt.span).to(self.span(gt.span)),
            _ => Span { lo: after.hi, ..after },
        };
        let params = generics.params.iter().filter_map(|param| self.generic_param(param)).collect();
        let predicates = match &generics.where_clause {
            Some(clause) => clause.predicates.iter().filter_map(|p| self.where_predicate(p)).collect(),
            None => Vec::new(),
        };
        Generics { params, predicates, span }
    }

    fn generic_param(&mut self, param: &syn::GenericParam) -> Option<GenericParam> {
        match param {
            syn::GenericParam::Lifetime(param) => {
                if !self.is_configured(&param.attrs) {
                    return None;
                }
                let ident = self.lifetime(&param.lifetime);
                let bounds: Vec<Bound> =
                    param.bounds.iter().map(|l| Bound::Lifetime(self.lifetime(l))).collect();
                Some(GenericParam { ident, bounds, kind: GenericParamKind::Lifetime, span: ident.span })
            }
            syn::GenericParam::Type(param) => {
                if !self.is_configured(&param.attrs) {
                    return None;
                }
                let ident = self.ident(&param.ident);
                let bounds = self.bounds(&param.bounds);
                let default = param.default.as_ref().map(|(_, ty)| self.ty(ty));
                let span = default.as_ref().map_or(ident.span, |ty| ident.span.to(ty.span));
                Some(GenericParam { ident, bounds, kind: GenericParamKind::Type(default), span })
            }
            syn::GenericParam::Const(param) => {
                if !self.is_configured(&param.attrs) {
                    return None;
                }
                let ident = self.ident(&param.ident);
                let ty = self.ty(&param.ty);
                let default = param.default.as_ref().map(|(_, expr)| self.anon_const(expr));
                let span = self.span(param.const_token.span).to(ty.span);
                Some(GenericParam {
                    ident,
                    bounds: Vec::new(),
                    kind: GenericParamKind::Const(ty, default),
                    span,
                })
            }
        }
    }

    fn where_predicate(&mut self, predicate: &syn::WherePredicate) -> Option<WherePredicate> {
        match predicate {
            syn::WherePredicate::Type(predicate) => {
                let binder = self.binder(predicate.lifetimes.as_ref());
                let bounded = self.ty(&predicate.bounded_ty);
                let bounds = self.bounds(&predicate.bounds);
                let span = bounded.span.to(self.span(predicate.colon_token.span));
                Some(WherePredicate::Type { binder, bounded, bounds, span })
            }
            syn::WherePredicate::Lifetime(predicate) => {
                let lifetime = self.lifetime(&predicate.lifetime);
                let bounds = predicate.bounds.iter().map(|l| self.lifetime(l)).collect();
                Some(WherePredicate::Lifetime { lifetime, bounds, span: lifetime.span })
            }
            _ => {
                let span = self.end_of_file();
                self.error(unsupported::unstable(span, "this where clause"));
                None
            }
        }
    }

    /// `for<'a, 'b>`
    pub fn binder(&mut self, lifetimes: Option<&syn::BoundLifetimes>) -> Vec<GenericParam> {
        let Some(lifetimes) = lifetimes else { return Vec::new() };
        lifetimes.lifetimes.iter().filter_map(|param| self.generic_param(param)).collect()
    }
}
