//! `PartialEq`, `PartialOrd`, `Ord`: discriminants first, then fields in order.

use super::{
    Build, Derived, Subject, SubjectKind, discriminant, match_nothing, method, ref_to, self_ty, std_ty,
};
use crate::ast::syntax::*;

/// Which of the two orders.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Partial,
    Total,
}

pub(super) fn derive_eq(subject: &Subject<'_>, build: Build) -> Derived {
    let all = |tests: Vec<Expr>| {
        tests
            .into_iter()
            .reduce(|a, b| build.expr(ExprKind::And(Box::new(a), Box::new(b))))
            .unwrap_or_else(|| build.bool(true))
    };
    let body = match subject.kind {
        SubjectKind::Struct(data) => {
            let tests = data.fields.iter().map(|f| {
                let (a, b) = both_fields(build, f);
                build.binary(BinOp::Eq, a, b)
            });
            all(tests.collect())
        }
        SubjectKind::Enum([]) => match_nothing(build),
        SubjectKind::Enum(variants) => {
            let mut tests = Vec::new();
            if variants.len() > 1 {
                let (a, b) = (
                    discriminant(subject, build, build.self_value()),
                    discriminant(subject, build, build.local("other")),
                );
                tests.push(build.binary(BinOp::Eq, a, b));
            }
            let same = |v: &Variant| {
                let tests = (0..v.data.fields.len()).map(|i| {
                    let (a, b) = (build.local(&format!("left{i}")), build.local(&format!("right{i}")));
                    build.binary(BinOp::Eq, build.deref(a), build.deref(b))
                });
                all(tests.collect())
            };
            tests.extend(match_same(subject, variants, build, same, build.bool(true)));
            all(tests)
        }
    };
    let params = vec![("other", ref_to(build, self_ty(build)))];
    let output = build.ty(TyKind::Path(None, build.path("bool")));
    let method = method(build, "eq", true, params, Some(output), body);
    Derived { path: "cmp::PartialEq", method: Some(method), bounds: true }
}

pub(super) fn derive_ord(subject: &Subject<'_>, build: Build, order: Order) -> Derived {
    let compare = |a: Expr, b: Expr| match order {
        Order::Partial => build.call_std("cmp::PartialOrd::partial_cmp", vec![a, b]),
        Order::Total => build.call_std("cmp::Ord::cmp", vec![a, b]),
    };
    let chain = |comparisons: Vec<Expr>| {
        comparisons.into_iter().rev().reduce(|next, this| then(build, order, this, next)).unwrap_or_else(
            || {
                let equal = build.std("cmp::Ordering::Equal");
                if order == Order::Partial { build.some(equal) } else { equal }
            },
        )
    };
    let body = match subject.kind {
        SubjectKind::Struct(data) => {
            let comparisons = data.fields.iter().map(|f| {
                let (a, b) = both_fields(build, f);
                compare(build.addr_of(a), build.addr_of(b))
            });
            chain(comparisons.collect())
        }
        SubjectKind::Enum([]) => match_nothing(build),
        SubjectKind::Enum(variants) => {
            let mut comparisons = Vec::new();
            let (a, b) = (
                discriminant(subject, build, build.self_value()),
                discriminant(subject, build, build.local("other")),
            );
            if variants.len() > 1 {
                comparisons.push(compare(build.addr_of(a), build.addr_of(b)));
            }
            let same = |v: &Variant| {
                let fields = (0..v.data.fields.len())
                    .map(|i| compare(build.local(&format!("left{i}")), build.local(&format!("right{i}"))));
                chain(fields.collect())
            };
            comparisons.extend(match_same(subject, variants, build, same, chain(Vec::new())));
            chain(comparisons)
        }
    };
    let params = vec![("other", ref_to(build, self_ty(build)))];
    let ordering = std_ty(build, "cmp::Ordering");
    let (path, name, output) = match order {
        Order::Total => ("cmp::Ord", "cmp", ordering),
        Order::Partial => {
            let mut path = build.std_path("option::Option");
            if let Some(last) = path.segments.last_mut() {
                last.args = Some(GenericArgs::Angle(vec![GenericArg::Type(ordering)], build.span));
            }
            ("cmp::PartialOrd", "partial_cmp", build.ty(TyKind::Path(None, path)))
        }
    };
    Derived { path, method: Some(method(build, name, true, params, Some(output), body)), bounds: true }
}

/// `match this { Equal => next, unequal => unequal }`
fn then(build: Build, order: Order, this: Expr, next: Expr) -> Expr {
    let equal = build.pat(PatKind::Path(None, build.std_path("cmp::Ordering::Equal")));
    let equal = match order {
        Order::Total => equal,
        Order::Partial => {
            build.pat(PatKind::TupleStruct(None, build.std_path("option::Option::Some"), vec![equal]))
        }
    };
    let arms = vec![build.arm(equal, next), build.arm(build.binding("unequal"), build.local("unequal"))];
    build.match_(this, arms)
}

/// `self.a` and `other.a`
fn both_fields(build: Build, field: &FieldDef) -> (Expr, Expr) {
    let name = field.ident.name;
    (build.field(build.self_value(), name), build.field(build.local("other"), name))
}

/// What is compared if both are the same variant with fields; `None` if no variant has fields.
fn match_same(
    subject: &Subject<'_>,
    variants: &[Variant],
    build: Build,
    same: impl std::ops::Fn(&Variant) -> Expr,
    otherwise: Expr,
) -> Option<Expr> {
    let with_fields: Vec<&Variant> = variants.iter().filter(|v| !v.data.fields.is_empty()).collect();
    if with_fields.is_empty() {
        return None;
    }
    let mut arms: Vec<Arm> = with_fields
        .iter()
        .map(|v| {
            let left = subject.pattern(Some(v.ident), &v.data, "left", build);
            let right = subject.pattern(Some(v.ident), &v.data, "right", build);
            build.arm(build.pat(PatKind::Tuple(vec![left, right])), same(v))
        })
        .collect();
    if variants.len() > 1 {
        arms.push(build.arm(build.pat(PatKind::Wild), otherwise));
    }
    Some(build.match_(build.tuple(vec![build.self_value(), build.local("other")]), arms))
}
