//! Operators: E0369, E0368, E0600, E0604 …, E0608, E0614, E0067.

use crate::diag::Diagnostic;
use crate::hir::{BinOp, ExprId, UnOp};
use crate::ty::{Ty, TyKind};

use super::super::fn_ctxt::FnCtxt;

/// E0067: `1 += 2`.
pub fn bad_assign_target(cx: &FnCtxt<'_, '_>, lhs: ExprId) {
    cx.error(
        Diagnostic::error("E0067", cx.span(lhs), "invalid left-hand side of assignment")
            .primary("cannot assign to this expression"),
    );
}

/// E0369 and E0368: the operator's trait is not implemented.
pub fn not_applicable(
    cx: &FnCtxt<'_, '_>,
    e: ExprId,
    op: BinOp,
    assign: bool,
    lhs: ExprId,
    lhs_ty: Ty,
    rhs: ExprId,
    rhs_ty: Ty,
) {
    if super::mismatch::has_error(lhs_ty) || super::mismatch::has_error(rhs_ty) {
        cx.tainted.set(true);
        return;
    }
    let (l, r) = (cx.show(lhs_ty), cx.show(rhs_ty));
    let op_text = op.symbol();
    let mut d = if assign {
        Diagnostic::error(
            "E0368",
            cx.span(e),
            format!("binary assignment operation `{op_text}=` cannot be applied to type `{l}`"),
        )
        .label(cx.span(lhs), format!("cannot use `{op_text}=` on type `{l}`"))
    } else {
        let message = match op {
            BinOp::Add => format!("cannot add `{r}` to `{l}`"),
            BinOp::Sub => format!("cannot subtract `{r}` from `{l}`"),
            BinOp::Mul => format!("cannot multiply `{l}` by `{r}`"),
            BinOp::Div => format!("cannot divide `{l}` by `{r}`"),
            BinOp::Rem => format!("cannot calculate the remainder of `{l}` divided by `{r}`"),
            BinOp::BitAnd | BinOp::BitOr | BinOp::BitXor | BinOp::Shl | BinOp::Shr => {
                format!("no implementation for `{l} {op_text} {r}`")
            }
            _ => format!("binary operation `{op_text}` cannot be applied to type `{l}`"),
        };
        Diagnostic::error("E0369", cx.span(e), message)
            .label(cx.span(lhs), format!("`{l}`"))
            .label(cx.span(rhs), format!("`{r}`"))
    };
    match lhs_ty.kind() {
        TyKind::Adt(def, _) if !cx.tcx.is_std(*def) => {
            let (lang, _) = super::super::op::op_method(op, assign);
            let trait_name = match lang {
                "eq" => "PartialEq".to_string(),
                "partial_ord" => "PartialOrd".to_string(),
                _ => cx.lang_trait(lang).map_or(lang.to_string(), |t| t.path.to_string()),
            };
            d = d.note(format!("an implementation of `{trait_name}` might be missing for `{l}`"));
        }
        TyKind::Param(p) => {
            d = d.help(format!("consider restricting type parameter `{}` with the operator's trait", p.name));
        }
        TyKind::Ref(_, inner, _) if cx.is_scalar(cx.infcx.shallow(*inner)) && assign => {
            d = d.help(format!(
                "`{op_text}=` can be used on `{}` if you dereference the left-hand side: `*`",
                cx.show(*inner)
            ));
        }
        TyKind::Ref(_, inner, _) if matches!(inner.kind(), TyKind::Str) && op == BinOp::Add => {
            d = d
                .note("string concatenation requires an owned `String` on the left")
                .help("create an owned `String` from a string reference: `.to_owned()`");
        }
        _ => {}
    }
    cx.error(d);
}

/// E0614: `*x` of something that does not point.
pub fn cannot_deref(cx: &FnCtxt<'_, '_>, e: ExprId, ty: Ty) -> Ty {
    cx.error(
        Diagnostic::error("E0614", cx.span(e), format!("type `{}` cannot be dereferenced", cx.show(ty)))
            .primary("can't be dereferenced"),
    )
}

/// E0600: `-x` or `!x`.
pub fn unary(cx: &FnCtxt<'_, '_>, e: ExprId, op: UnOp, ty: Ty) -> Ty {
    let text = if op == UnOp::Neg { "-" } else { "!" };
    let mut d = Diagnostic::error(
        "E0600",
        cx.span(e),
        format!("cannot apply unary operator `{text}` to type `{}`", cx.show(ty)),
    )
    .primary(format!("cannot apply unary operator `{text}`"));
    if op == UnOp::Neg && ty.is_integral() {
        d = d.note("unsigned values cannot be negated");
    }
    cx.error(d)
}

/// E0608: `x[i]` of something without elements.
pub fn cannot_index(cx: &FnCtxt<'_, '_>, e: ExprId, ty: Ty, index: Ty) {
    if super::mismatch::has_error(ty) || super::mismatch::has_error(index) {
        cx.tainted.set(true);
        return;
    }
    let mut d = Diagnostic::error(
        "E0608",
        cx.span(e),
        format!("cannot index into a value of type `{}`", cx.show(ty)),
    );
    if let TyKind::Tuple(_) = ty.kind() {
        d = d.help("to access tuple elements, use `.0`, `.1` and so on");
    }
    if let TyKind::Array(..) | TyKind::Slice(_) = ty.kind() {
        d = Diagnostic::error(
            "E0277",
            cx.span(e),
            format!("the type `[_]` cannot be indexed by `{}`", cx.show(index)),
        )
        .primary("slice indices are of type `usize` or ranges of `usize`");
    }
    cx.error(d);
}
