//! E0308: a value has another type than its place wants.

use crate::diag::Diagnostic;
use crate::hir::{DefKind, ExprId, ExprKind, HirTy, MatchSource, Stmt};
use crate::source::Span;
use crate::ty::{InferTy, Mutability, Ty, TyKind};

use super::super::coerce::Why;
use super::super::fn_ctxt::FnCtxt;

/// How a type is called in "expected …, found …".
fn sort(cx: &FnCtxt<'_, '_>, ty: Ty) -> String {
    match ty.kind() {
        TyKind::Infer(InferTy::Int(_)) => "integer".to_string(),
        TyKind::Infer(InferTy::Float(_)) => "floating-point number".to_string(),
        TyKind::FnDef(..) => "fn item".to_string(),
        TyKind::FnPtr(_) => "fn pointer".to_string(),
        TyKind::Closure(..) => "closure".to_string(),
        TyKind::Param(p) => format!("type parameter `{}`", p.name),
        TyKind::Opaque(..) => "opaque type".to_string(),
        _ => format!("`{}`", cx.show(ty)),
    }
}

fn kind_word(cx: &FnCtxt<'_, '_>, ty: Ty) -> &'static str {
    match ty.kind() {
        TyKind::Adt(def, _) if cx.tcx.is_enum(*def) => "enum",
        TyKind::Adt(..) => "struct",
        TyKind::Ref(..) => "reference",
        TyKind::Tuple(ts) if ts.is_empty() => "unit type",
        TyKind::Tuple(_) => "tuple",
        TyKind::Array(..) => "array",
        TyKind::Slice(_) => "slice",
        TyKind::FnPtr(_) => "fn pointer",
        TyKind::FnDef(..) => "fn item",
        TyKind::Closure(..) => "closure",
        TyKind::Param(_) => "type parameter",
        TyKind::Opaque(..) => "opaque type",
        TyKind::Projection(..) => "associated type",
        _ => "type",
    }
}

fn base(cx: &FnCtxt<'_, '_>, span: Span, expected: Ty, found: Ty) -> Diagnostic {
    let label = match (expected.kind(), found.kind()) {
        (TyKind::Array(_, n), TyKind::Array(_, m)) if n != m => {
            format!("expected an array with a size of {n}, found one with a size of {m}")
        }
        _ => format!("expected {}, found {}", sort(cx, expected), sort(cx, found)),
    };
    let d = Diagnostic::error("E0308", span, "mismatched types").primary(label);
    let simple = |t: Ty| {
        t.is_primitive()
            || matches!(t.kind(), TyKind::Infer(_))
            || matches!(t.kind(), TyKind::Adt(_, a) if a.is_empty())
            || matches!(t.kind(), TyKind::Ref(_, inner, _) if matches!(inner.kind(), TyKind::Str))
            || t.is_unit()
    };
    if simple(expected) && simple(found) {
        return d;
    }
    let (e, f) = (kind_word(cx, expected), kind_word(cx, found));
    let width = e.len().max(f.len());
    d.note(format!("expected {e:>width$} `{}`\n   found {f:>width$} `{}`", cx.show(expected), cx.show(found)))
}

/// What to write instead, where that is plain.
fn suggest(cx: &FnCtxt<'_, '_>, d: Diagnostic, expected: Ty, found: Ty, e: Option<ExprId>) -> Diagnostic {
    if e.is_none() {
        return d;
    }
    let is_string = |t: Ty| matches!(t.kind(), TyKind::Adt(def, _) if def.path == "std::string::String");
    let is_str_ref =
        |t: Ty| matches!(t.kind(), TyKind::Ref(_, inner, _) if matches!(inner.kind(), TyKind::Str));
    if is_string(expected) && is_str_ref(found) {
        return d.help("try using a conversion method: `.to_string()`");
    }
    if let TyKind::Ref(_, inner, m) = *expected.kind()
        && cx.can_coerce(Ty::reference(found, m), Ty::reference(inner, m))
        && !matches!(found.kind(), TyKind::Ref(..))
    {
        let sigil = if m == Mutability::Mut { "&mut " } else { "&" };
        return d.help(format!(
            "consider {}borrowing here: `{sigil}…`",
            if m == Mutability::Mut { "mutably " } else { "" }
        ));
    }
    if let TyKind::Ref(_, inner, _) = *found.kind()
        && cx.infcx.can_unify(inner, expected)
        && cx.is_copy(expected)
    {
        return d.help("consider dereferencing the borrow: `*…`");
    }
    if let TyKind::Adt(def, args) = *expected.kind() {
        let wrap = match def.path.as_str() {
            "std::option::Option" => Some("Some"),
            "std::result::Result" => Some("Ok"),
            _ => None,
        };
        if let (Some(wrap), Some(inner)) = (wrap, args.first().and_then(|a| a.as_type()))
            && !matches!(found.kind(), TyKind::Adt(d, _) if *d == def)
            && cx.infcx.can_unify(inner, found)
        {
            return d.help(format!("try wrapping the expression in `{wrap}`: `{wrap}(…)`"));
        }
    }
    let number = |t: Ty| t.is_integral() || t.is_float();
    if number(expected) && number(found) {
        return d.help(format!(
            "you can convert {} `{found}` to {} `{expected}` with `as {expected}` or a checked conversion",
            article(found),
            article(expected)
        ));
    }
    d
}

fn article(ty: Ty) -> &'static str {
    match ty.kind() {
        TyKind::Int(_) => "an",
        _ => "a",
    }
}

/// The type written where the value goes, if `e` initialises a variable.
fn annotation_of<'h>(cx: &FnCtxt<'_, 'h>, e: ExprId) -> Option<&'h HirTy> {
    cx.body.exprs.iter().find_map(|x| match &x.kind {
        ExprKind::Block(block, _) => block.stmts.iter().find_map(|s| match s {
            Stmt::Let { ty: Some(ty), init: Some(init), .. } if *init == e => Some(ty),
            _ => None,
        }),
        _ => None,
    })
}

/// E0308 at an expression.
pub fn report(cx: &FnCtxt<'_, '_>, span: Span, expected: Ty, found: Ty, e: Option<ExprId>) {
    report_with(cx, span, expected, found, e, |d| d);
}

/// The same, with more to say.
pub fn report_with(
    cx: &FnCtxt<'_, '_>,
    span: Span,
    expected: Ty,
    found: Ty,
    e: Option<ExprId>,
    more: impl FnOnce(Diagnostic) -> Diagnostic,
) {
    let (expected, found) = (cx.infcx.resolve(expected), cx.infcx.resolve(found));
    cx.tainted.set(true);
    if has_error(expected) || has_error(found) {
        return;
    }
    let mut d = base(cx, span, expected, found);
    if let Some(ty) = e.and_then(|e| annotation_of(cx, e)) {
        d = d.label(ty.span, "expected due to this");
    }
    if e.is_some_and(|e| is_result(cx, e)) {
        d = because_of_return(cx, d, expected);
    }
    cx.error(suggest(cx, more(d), expected, found, e));
}

/// Whether an error was already told about part of the type.
pub fn has_error(ty: Ty) -> bool {
    ty.flags().has(crate::ty::Flags::ERROR)
}

/// Whether an expression is what the body gives: the body itself, or what its blocks and branches end with.
fn is_result(cx: &FnCtxt<'_, '_>, e: ExprId) -> bool {
    let mut open = vec![cx.body.value];
    while let Some(value) = open.pop() {
        if value == e {
            return true;
        }
        match &cx.body.exprs[value].kind {
            ExprKind::Block(block, None) => open.extend(block.value),
            ExprKind::If(_, then, other) => open.extend(other.iter().chain([then])),
            ExprKind::Match(_, arms, MatchSource::Match) => open.extend(arms.iter().map(|arm| arm.body)),
            _ => {}
        }
    }
    false
}

fn because_of_return(cx: &FnCtxt<'_, '_>, d: Diagnostic, expected: Ty) -> Diagnostic {
    let returns = cx.returns.borrow();
    match returns.last().and_then(|r| r.span) {
        Some(span) if !span.is_none() && !expected.is_unit() => {
            d.label(span, format!("expected `{}` because of return type", cx.show(expected)))
        }
        _ => d,
    }
}

/// E0308 where several values meet.
pub fn report_coercion(
    cx: &FnCtxt<'_, '_>,
    span: Span,
    expected: Ty,
    found: Ty,
    e: Option<ExprId>,
    why: Why,
) {
    let (expected, found) = (cx.infcx.resolve(expected), cx.infcx.resolve(found));
    cx.tainted.set(true);
    if has_error(expected) || has_error(found) {
        return;
    }
    let span = e.map_or(span, |e| cx.tail_span(e));
    let mut d = base(cx, span, expected, found);
    match why {
        Why::Arm(Some(previous)) => {
            d.message = "`match` arms have incompatible types".to_string();
            d = d.label(
                cx.tail_span(previous),
                format!("this is found to be of type `{}`", cx.show(expected)),
            );
        }
        Why::Branch(then) => {
            d.message = "`if` and `else` have incompatible types".to_string();
            d = d.label(cx.tail_span(then), "expected because of this");
        }
        Why::NoElse => {
            d.code = "E0317";
            d.message = "`if` may be missing an `else` clause".to_string();
            d = d
                .note("`if` expressions without `else` evaluate to `()`")
                .help("consider adding an `else` block that evaluates to the expected type");
        }
        Why::Return => d = because_of_return(cx, d, expected),
        Why::BlockEnd(last) => {
            let is_fn = matches!(cx.tcx.hir.def(cx.owner).kind, DefKind::Fn(_));
            let whole_body = cx.span(cx.body.value) == span;
            if is_fn && whole_body && cx.returns.borrow().len() == 1 {
                let ret = cx.returns.borrow().last().and_then(|r| r.span);
                if let Some(ret) = ret {
                    d.span = ret;
                    d = d.label(
                        cx.tcx.hir.def(cx.owner).span,
                        "implicitly returns `()` as its body has no tail or `return` expression",
                    );
                }
            }
            if let Some(last) = last {
                let ty = cx.expr_ty_adjusted(last);
                if cx.can_coerce(ty, expected) && !ty.is_never() {
                    let at = cx.span(last);
                    let semicolon = Span { lo: at.hi, hi: at.hi + 1, ..at };
                    d = d.label(semicolon, "help: remove this semicolon to return this value");
                }
            }
        }
        Why::Misc if e.is_some_and(|e| is_result(cx, e)) => d = because_of_return(cx, d, expected),
        Why::Misc | Why::Break | Why::Element | Why::Arm(None) => {}
    }
    cx.error(suggest(cx, d, expected, found, e));
}

/// E0308 at a pattern.
pub fn pattern(cx: &FnCtxt<'_, '_>, span: Span, expected: Ty, found: Ty, because: Option<Span>) {
    let (expected, found) = (cx.infcx.resolve(expected), cx.infcx.resolve(found));
    cx.tainted.set(true);
    if has_error(expected) || has_error(found) {
        return;
    }
    let mut d = base(cx, span, expected, found);
    if let Some(at) = because {
        d = d.label(at, format!("this expression has type `{}`", cx.show(expected)));
    }
    cx.error(d);
}

/// E0069: `return;` in a function with a result.
pub fn return_without_value(cx: &FnCtxt<'_, '_>, span: Span, expected: Ty) {
    let mut d = Diagnostic::error("E0069", span, "`return;` in a function whose return type is not `()`")
        .primary("return type is not `()`");
    if let Some(at) = cx.returns.borrow().last().and_then(|r| r.span) {
        d = d.label(at, format!("expected `{}` because of this return type", cx.show(expected)));
    }
    cx.error(d);
}
