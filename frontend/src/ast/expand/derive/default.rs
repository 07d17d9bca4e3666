//! `Default`: of every field, or the `#[default]` variant.

use super::{Build, Derived, Subject, SubjectKind, method, self_ty};
use crate::ast::cx::Cx;
use crate::ast::syntax::*;
use crate::diag::Diagnostic;

pub(super) fn derive(cx: &Cx<'_>, subject: &Subject<'_>, build: Build) -> Option<Derived> {
    let body = match subject.kind {
        SubjectKind::Struct(data) => {
            let fields = data.fields.iter().map(|_| build.call_std("default::Default::default", Vec::new()));
            subject.construct(None, data, fields.collect(), build)
        }
        SubjectKind::Enum(variants) => {
            let Some(variant) = subject.default.and_then(|i| variants.get(i)) else {
                cx.error(
                    Diagnostic::error(
                        "E0665",
                        build.span,
                        "`#[derive(Default)]` on enum with no `#[default]`",
                    )
                    .label(subject.ident.span, "this enum needs a unit variant marked with `#[default]`"),
                );
                return None;
            };
            if variant.data.shape != VariantShape::Unit {
                cx.error(
                    Diagnostic::error(
                        "",
                        variant.ident.span,
                        "the `#[default]` attribute may only be used on unit enum variants",
                    )
                    .help("consider a manual implementation of `Default`"),
                );
                return None;
            }
            subject.construct(Some(variant.ident), &variant.data, Vec::new(), build)
        }
    };
    let method = method(build, "default", false, Vec::new(), Some(self_ty(build)), body);
    Some(Derived { path: "default::Default", method: Some(method), bounds: !subject.is_enum() })
}
