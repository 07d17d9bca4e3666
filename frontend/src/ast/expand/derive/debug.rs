//! `Debug`: through the builders of `Formatter`.

use super::{Build, Derived, Subject, SubjectKind, match_nothing, method, mut_ref_to, std_ty};
use crate::ast::syntax::*;

pub(super) fn derive(subject: &Subject<'_>, build: Build) -> Derived {
    let body = match subject.kind {
        SubjectKind::Struct(data) => {
            let fields = data.fields.iter().map(|f| {
                let field = build.field(build.self_value(), f.ident.name);
                build.addr_of(field)
            });
            show(subject.ident, data, fields.collect(), build)
        }
        SubjectKind::Enum([]) => match_nothing(build),
        SubjectKind::Enum(variants) => {
            let arms = variants.iter().map(|v| {
                let pat = subject.pattern(Some(v.ident), &v.data, "field", build);
                let fields = (0..v.data.fields.len()).map(|i| build.local(&format!("field{i}")));
                build.arm(pat, show(v.ident, &v.data, fields.collect(), build))
            });
            build.match_(build.self_value(), arms.collect())
        }
    };
    let formatter = mut_ref_to(build, std_ty(build, "fmt::Formatter"));
    let method = method(build, "fmt", true, vec![("f", formatter)], Some(std_ty(build, "fmt::Result")), body);
    Derived { path: "fmt::Debug", method: Some(method), bounds: true }
}

/// `f.debug_struct("Name").field("a", a).finish()`
fn show(name: Ident, data: &VariantData, fields: Vec<Expr>, build: Build) -> Expr {
    let call = |function: &str| {
        let path = format!("fmt::Formatter::{function}");
        build.call_std(&path, vec![build.local("f"), build.str(name.name.as_str())])
    };
    let builder = match data.shape {
        _ if fields.is_empty() => return call("write_str"),
        VariantShape::Named => call("debug_struct"),
        VariantShape::Tuple | VariantShape::Unit => call("debug_tuple"),
    };
    // The builder must outlive the calls on it, which a chain of temporaries does.
    let filled = fields.into_iter().zip(&data.fields).fold(builder, |builder, (value, field)| {
        let args = match data.shape {
            VariantShape::Named => vec![build.str(field.ident.name.as_str()), value],
            _ => vec![value],
        };
        build.method(builder, "field", args)
    });
    build.method(filled, "finish", Vec::new())
}
