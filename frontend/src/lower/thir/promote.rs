//! Which borrowed values live in static memory.
//!
//! As in rustc `&<constant expression>` may be `'static`. It is only made so where the reference may leave the
//! statement: otherwise a temporary does, and is cheaper.

use super::expr::Cx;
use super::*;
use crate::hir;
use crate::mir::ConstantKind;
use crate::ty::TyKind;

/// Where the value of a shared borrow lives.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Promotion {
    /// In a place, or in a temporary that dies.
    No,
    /// In a temporary, though rustc puts it into static memory: nobody can tell.
    Temporary,
    /// In static memory.
    Static,
}

impl Cx<'_, '_> {
    /// Where the value of `&e` lives: in static memory if it is constant and the reference may leave the statement.
    pub(super) fn promotion(&self, mutability: Mutability, e: ThirId) -> Promotion {
        let constant = match mutability {
            Mutability::Not => !self.is_place(e) && self.is_promotable(e),
            // `&mut []` has nothing to share.
            Mutability::Mut => matches!(&self.exprs[e].kind, ExprKind::Array(es) if es.is_empty()),
        };
        match constant {
            false => Promotion::No,
            true if self.escapes => Promotion::Static,
            true => Promotion::Temporary,
        }
    }

    /// `&A[i]` of a constant array: the array lives in static memory.
    pub(super) fn promote_indexed(&mut self, place: ThirId) {
        let (mut root, mut indexed) = (place, false);
        loop {
            root = match self.exprs[root].kind {
                ExprKind::Scope(_, inner) | ExprKind::Field(inner, _) => inner,
                ExprKind::Index(of, _) => {
                    indexed = true;
                    of
                }
                _ => break,
            };
        }
        if indexed && self.escapes && !self.is_place(root) && self.is_promotable(root) {
            let Expr { ty, span, temp, .. } = self.exprs[root];
            let kind = std::mem::replace(&mut self.exprs[root].kind, ExprKind::Deref(root));
            let of = self.push(kind, ty, span, temp);
            let borrow = ExprKind::Borrow { kind: BorrowKind::Shared, of, promote: Promotion::Static };
            let reference = self.push(borrow, Ty::reference(ty, Mutability::Not), span, temp);
            self.exprs[root].kind = ExprKind::Deref(reference);
        }
    }

    pub(super) fn is_place(&self, e: ThirId) -> bool {
        match self.exprs[e].kind {
            ExprKind::Scope(_, inner) => self.is_place(inner),
            // Parts of promoted values are promoted with them.
            ExprKind::Field(of, _) => self.is_place(of),
            ExprKind::Var(_) | ExprKind::Deref(_) | ExprKind::Index(..) => true,
            _ => false,
        }
    }

    fn is_promotable(&self, e: ThirId) -> bool {
        let expr = &self.exprs[e];
        let all = |es: &[ThirId]| es.iter().all(|&e| self.is_promotable(e));
        match &expr.kind {
            ExprKind::Constant(c) => match c.kind {
                ConstantKind::Item(def, _) => self.is_plain(expr.ty) || self.is_plain_const(def, 8),
                _ => self.is_plain_itself(expr.ty),
            },
            ExprKind::Tuple(es) | ExprKind::Array(es) => all(es),
            ExprKind::Adt { fields, base: None, .. } => {
                self.is_plain_itself(expr.ty) && fields.iter().all(|&(_, e)| self.is_promotable(e))
            }
            ExprKind::Repeat(e, _) | ExprKind::Field(e, _) | ExprKind::Use(e) => self.is_promotable(*e),
            ExprKind::Unary(_, e) => self.is_promotable(*e),
            ExprKind::Binary(op, l, r) => {
                let divides = matches!(op, BinOp::Div | BinOp::Rem) && !expr.ty.is_float();
                all(&[*l, *r]) && (!divides || self.is_safe_divisor(*r))
            }
            ExprKind::Cast(CastKind::Prim(_) | CastKind::Unsize | CastKind::ReifyFn, e) => {
                self.is_promotable(*e)
            }
            ExprKind::Call { function: Function::Def(def, _), args, .. } => {
                self.is_promotable_fn(*def) && all(args)
            }
            ExprKind::Borrow { kind: BorrowKind::Shared, of, .. } => {
                !self.is_place(*of) && self.is_promotable(*of)
                    || matches!(self.exprs[*of].kind, ExprKind::Deref(inner) if self.is_promotable(inner))
            }
            ExprKind::Closure(info) => info.captures.is_empty(),
            ExprKind::Block(block) => {
                block.stmts.is_empty() && block.value.is_some_and(|e| self.is_promotable(e))
            }
            ExprKind::Scope(_, inner) => self.is_promotable(*inner),
            _ => false,
        }
    }

    /// Whether a division by this constant is always defined.
    fn is_safe_divisor(&self, e: ThirId) -> bool {
        match &self.exprs[e].kind {
            ExprKind::Scope(_, inner) | ExprKind::Use(inner) => self.is_safe_divisor(*inner),
            ExprKind::Constant(c) => matches!(c.kind, ConstantKind::Scalar(bits) if bits != 0),
            _ => false,
        }
    }

    /// The functions of std that rustc runs for a promoted value.
    fn is_promotable_fn(&self, def: DefId) -> bool {
        const PROMOTABLE: [&str; 8] = [
            "size_of",
            "align_of",
            "min_value",
            "max_value",
            "from_secs",
            "from_millis",
            "from_micros",
            "from_nanos",
        ];
        self.tcx.is_std(def) && PROMOTABLE.contains(&def.name())
    }

    /// Whether values of the type need no drop and never change behind a shared reference.
    fn is_plain(&self, ty: Ty) -> bool {
        !self.tcx.needs_drop(&self.env, ty) && self.is_freeze(ty)
    }

    /// The same of the type alone, whatever its fields hold.
    fn is_plain_itself(&self, ty: Ty) -> bool {
        match *ty.kind() {
            TyKind::Adt(def, _) => self.is_plain_adt(def),
            _ => true,
        }
    }

    fn is_plain_adt(&self, def: DefId) -> bool {
        let is_cell = self.tcx.hir.def(def).attrs.lang.is_some_and(|l| l == "unsafe_cell");
        !is_cell && self.tcx.drop_impl(def).is_none()
    }

    /// Whether a constant is written as a value without drop and cells, though its type may have some: `None`.
    fn is_plain_const(&self, def: DefId, depth: u32) -> bool {
        if depth == 0 || self.tcx.trait_of_item(def).is_some() {
            return false;
        }
        self.tcx.body_of(def).is_some_and(|body| self.is_plain_value(body, body.value, depth))
    }

    fn is_plain_value(&self, body: &hir::Body, e: hir::ExprId, depth: u32) -> bool {
        let all = |es: &[hir::ExprId]| es.iter().all(|&e| self.is_plain_value(body, e, depth));
        match &body.exprs[e].kind {
            hir::ExprKind::Lit(_) => true,
            hir::ExprKind::Tuple(es) | hir::ExprKind::Array(es) => all(es),
            hir::ExprKind::Call(f, args) => self.is_plain_value(body, *f, depth) && all(args),
            hir::ExprKind::Path(path) => match path.res {
                hir::Res::Ctor(def) => self.is_plain_adt(self.tcx.variant_of(def).0),
                hir::Res::Def(def) if matches!(self.tcx.hir.def(def).kind, hir::DefKind::Const { .. }) => {
                    self.is_plain_const(def, depth - 1)
                }
                _ => false,
            },
            _ => false,
        }
    }

    /// Whether a value of the type can never change behind a shared reference.
    pub(super) fn is_freeze(&self, ty: Ty) -> bool {
        match ty.kind() {
            TyKind::Adt(def, args) => {
                if self.tcx.hir.def(*def).attrs.lang.is_some_and(|l| l == "unsafe_cell") {
                    return false;
                }
                // Pointers are frozen whatever they point to; recursion goes through them.
                self.tcx.variants(*def).iter().enumerate().all(|(v, variant)| {
                    (0..variant.fields.len()).all(|f| self.is_freeze(self.field_ty(*def, v, f, *args)))
                })
            }
            TyKind::Array(t, _) | TyKind::Slice(t) => self.is_freeze(*t),
            TyKind::Tuple(ts) => ts.iter().all(|&t| self.is_freeze(t)),
            TyKind::Param(_) | TyKind::Projection(..) | TyKind::Opaque(..) | TyKind::Closure(..) => false,
            _ => true,
        }
    }
}
