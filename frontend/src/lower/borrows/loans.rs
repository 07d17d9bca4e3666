//! Loans: borrows of what a local owns.

use crate::lower::moves::MoveCx;
use crate::lower::moves::paths::is_box;
use crate::mir::body::{Location, project_ty};
use crate::mir::*;
use crate::source::Span;
use crate::ty::{GenericArg, Ty, TyKind};

/// A borrow.
#[derive(Clone, Debug)]
pub struct Loan {
    /// Where it is made.
    pub at: Location,
    /// How.
    pub kind: BorrowKind,
    /// Of what; no reference is followed on the way.
    pub place: Place,
    /// Where in the source.
    pub span: Span,
}

/// The loans of a body whose reference is put into a local.
pub fn collect(cx: MoveCx<'_, '_>, body: &Body) -> Vec<Loan> {
    let mut loans = Vec::new();
    for (block, contents) in body.blocks.iter_enumerated() {
        for (statement, s) in contents.statements.iter().enumerate() {
            if let StatementKind::Assign(to, Rvalue::Ref(kind, place)) = &s.kind
                && to.projection.is_empty()
                && regions(body.locals[to.local].ty) == Some(1)
                && pointer_on_the_way(cx, body, place).is_none()
            {
                let at = Location { block, statement };
                let span = cx.operand_span(place, s.span, false);
                loans.push(Loan { at, kind: *kind, place: place.clone(), span });
            }
        }
    }
    loans
}

/// The number of steps to the first reference or raw pointer a place follows.
pub fn pointer_on_the_way(cx: MoveCx<'_, '_>, body: &Body, place: &Place) -> Option<usize> {
    let mut ty = body.locals[place.local].ty;
    for (i, &step) in place.projection.iter().enumerate() {
        if step == Projection::Deref && !is_box(cx, ty) {
            return Some(i);
        }
        ty = project_ty(ty, step);
    }
    None
}

/// How many regions a type has; `None` if that cannot be seen.
pub fn regions(ty: Ty) -> Option<u32> {
    match ty.kind() {
        TyKind::Ref(_, to, _) => Some(1 + regions(*to)?),
        TyKind::Array(t, _) | TyKind::Slice(t) => regions(*t),
        TyKind::Tuple(ts) => ts.iter().try_fold(0, |n, &t| Some(n + regions(t)?)),
        TyKind::Adt(_, args) => args.iter().try_fold(0, |n, a| {
            Some(match a {
                GenericArg::Region(_) => n + 1,
                GenericArg::Type(t) => n + regions(*t)?,
                GenericArg::Const(_) => n,
            })
        }),
        TyKind::Closure(_, args) => {
            // Kind and signature say nothing; the arguments of the item around it and the captures do.
            let (inherited, own) = args.split_at(args.len().checked_sub(3)?);
            let mut n = 0;
            for a in inherited {
                n += match a {
                    GenericArg::Region(_) => 1,
                    GenericArg::Type(t) => regions(*t)?,
                    GenericArg::Const(_) => 0,
                };
            }
            Some(n + regions(own.last()?.as_type()?)?)
        }
        TyKind::Bool
        | TyKind::Char
        | TyKind::Int(_)
        | TyKind::Uint(_)
        | TyKind::Float(_)
        | TyKind::Str
        | TyKind::Never
        | TyKind::Param(_)
        | TyKind::FnDef(..)
        | TyKind::RawPtr(..) => Some(0),
        _ => None,
    }
}
