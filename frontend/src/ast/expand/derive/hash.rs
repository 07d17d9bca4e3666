//! `Hash`: the discriminant, then every field.

use super::{Build, Derived, Subject, SubjectKind, discriminant, match_nothing, method, mut_ref_to};
use crate::ast::syntax::*;

pub(super) fn derive(subject: &Subject<'_>, build: Build) -> Derived {
    let hash =
        |value: Expr| build.semi(build.call_std("hash::Hash::hash", vec![value, build.local("state")]));
    let body = match subject.kind {
        SubjectKind::Struct(data) => {
            let steps = data.fields.iter().map(|f| {
                let field = build.field(build.self_value(), f.ident.name);
                hash(build.addr_of(field))
            });
            build.block_expr(steps.collect(), None)
        }
        SubjectKind::Enum([]) => match_nothing(build),
        SubjectKind::Enum(variants) => {
            let mut steps = Vec::new();
            if variants.len() > 1 {
                steps.push(hash(build.addr_of(discriminant(subject, build, build.self_value()))));
            }
            if variants.iter().any(|v| !v.data.fields.is_empty()) {
                let arms = variants.iter().map(|v| {
                    let pat = subject.pattern(Some(v.ident), &v.data, "field", build);
                    let steps = (0..v.data.fields.len()).map(|i| hash(build.local(&format!("field{i}"))));
                    build.arm(pat, build.block_expr(steps.collect(), None))
                });
                let matched = build.match_(build.self_value(), arms.collect());
                steps.push(Stmt::Expr { expr: matched, semi: false });
            }
            build.block_expr(steps, None)
        }
    };
    // `fn hash<__H: Hasher>(&self, state: &mut __H)`
    let hasher = build.ident("__H");
    let param = PathSegment { ident: hasher, args: None };
    let path = Path { root: PathRoot::Relative, segments: vec![param], span: build.span };
    let state = mut_ref_to(build, build.ty(TyKind::Path(None, path)));
    let mut method = method(build, "hash", true, vec![("state", state)], None, body);
    if let AssocItemKind::Fn(function) = &mut method.kind {
        let bound = Bound::Trait { binder: Vec::new(), path: build.std_path("hash::Hasher"), maybe: false };
        function.generics.params.push(GenericParam {
            ident: hasher,
            bounds: vec![bound],
            kind: GenericParamKind::Type(None),
            span: build.span,
        });
    }
    Derived { path: "hash::Hash", method: Some(method), bounds: true }
}
