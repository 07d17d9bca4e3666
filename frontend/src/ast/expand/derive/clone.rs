//! `Clone`: field by field, or a copy if `Copy` is derived too and nothing is generic.

use super::{Build, Derived, Subject, SubjectKind, match_nothing, method, self_ty};
use crate::ast::syntax::*;

pub(super) fn derive(subject: &Subject<'_>, build: Build) -> Derived {
    let generic = subject.generics.params.iter().any(|p| !matches!(p.kind, GenericParamKind::Lifetime));
    let clone = |expr: Expr| build.call_std("clone::Clone::clone", vec![expr]);
    let body = match subject.kind {
        _ if subject.copy && !generic => build.deref(build.self_value()),
        SubjectKind::Struct(data) => {
            let fields = data.fields.iter().map(|f| {
                let field = build.field(build.self_value(), f.ident.name);
                clone(build.addr_of(field))
            });
            subject.construct(None, data, fields.collect(), build)
        }
        SubjectKind::Enum([]) => match_nothing(build),
        SubjectKind::Enum(variants) => {
            let arms = variants.iter().map(|v| {
                let pat = subject.pattern(Some(v.ident), &v.data, "field", build);
                let fields = (0..v.data.fields.len()).map(|i| clone(build.local(&format!("field{i}"))));
                build.arm(pat, subject.construct(Some(v.ident), &v.data, fields.collect(), build))
            });
            build.match_(build.self_value(), arms.collect())
        }
    };
    let method = method(build, "clone", true, Vec::new(), Some(self_ty(build)), body);
    Derived { path: "clone::Clone", method: Some(method), bounds: true }
}
