//! Types of places with their regions, and which places overlap.

use super::context::BorrowCx;
use super::signature::Late;
use crate::mir::{Operand, Place, Projection};
use crate::ty::{Const, Mutability, Ty, TyKind};

/// Type of a place on the way.
#[derive(Clone, Copy, Debug)]
pub struct PlaceTy {
    /// The type.
    pub ty: Ty,
    /// The variant, after a downcast.
    pub variant: usize,
}

/// How deep an access goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Depth {
    /// The place itself, not what it points to.
    Shallow,
    /// All that can be reached from it.
    Deep,
    /// What its drop touches.
    Drop,
}

impl BorrowCx<'_, '_> {
    /// Type of a place.
    pub fn place_ty(&mut self, place: &Place) -> Ty {
        self.place_tys(place).last().map_or(Ty::error(), |p| p.ty)
    }

    /// Types of the local and after each step.
    pub fn place_tys(&mut self, place: &Place) -> Vec<PlaceTy> {
        use crate::index::Idx;
        let mut at = PlaceTy { ty: self.local_tys[place.local.index()], variant: 0 };
        let mut out = Vec::with_capacity(place.projection.len() + 1);
        out.push(at);
        for &step in &place.projection {
            at = self.step(at, step);
            out.push(at);
        }
        out
    }

    fn step(&mut self, at: PlaceTy, step: Projection) -> PlaceTy {
        let plain = |ty| PlaceTy { ty, variant: 0 };
        match (step, *at.ty.kind()) {
            (Projection::Downcast(v), _) => PlaceTy { ty: at.ty, variant: v as usize },
            (Projection::Deref, TyKind::Ref(_, t, _) | TyKind::RawPtr(t, _)) => plain(t),
            (Projection::Deref, TyKind::Adt(_, args)) => {
                plain(args.first().and_then(|a| a.as_type()).unwrap_or(Ty::error()))
            }
            (Projection::Field(i, _), TyKind::Adt(def, args)) => {
                let ty = self.tcx().field_ty_identity(def, at.variant, i as usize);
                plain(self.instantiate(ty, args, &mut Late::default()))
            }
            (Projection::Field(i, _), TyKind::Tuple(ts)) => {
                plain(ts.get(i as usize).copied().unwrap_or(Ty::error()))
            }
            (Projection::Field(i, _), TyKind::Closure(_, args)) => {
                let captures = args.last().and_then(|a| a.as_type()).map(|t| *t.kind());
                match captures {
                    Some(TyKind::Tuple(ts)) => plain(ts.get(i as usize).copied().unwrap_or(Ty::error())),
                    _ => plain(Ty::error()),
                }
            }
            (
                Projection::Index(_) | Projection::ConstantIndex { .. },
                TyKind::Array(t, _) | TyKind::Slice(t),
            ) => plain(t),
            (Projection::Subslice { from, to }, TyKind::Array(t, n)) => match n.as_u64() {
                Some(n) => {
                    plain(Ty::new(TyKind::Array(t, Const::usize(n.saturating_sub(from).saturating_sub(to)))))
                }
                None => plain(at.ty),
            },
            (Projection::Subslice { .. }, TyKind::Slice(_)) => plain(at.ty),
            (Projection::Field(_, ty), _) => plain(self.renumber(ty)),
            _ => plain(Ty::error()),
        }
    }

    /// Type of an operand.
    pub fn operand_ty(&mut self, operand: &Operand) -> Ty {
        match operand {
            Operand::Copy(p) | Operand::Move(p) => self.place_ty(p),
            Operand::Constant(c) => self.renumber(c.ty),
        }
    }
}

/// Whether accessing a place touches what a borrow borrowed. `tys` are the types along the borrowed place.
pub fn conflict(
    cx: &crate::lower::moves::MoveCx<'_, '_>,
    borrowed: &Place,
    tys: &[Ty],
    accessed: &Place,
    depth: Depth,
) -> bool {
    if borrowed.local != accessed.local {
        return false;
    }
    for (i, step) in borrowed.projection.iter().enumerate() {
        match accessed.projection.get(i) {
            Some(other) => match overlap(*step, *other) {
                Some(true) => {}
                Some(false) => return false,
                None => return true,
            },
            // The access is to what the borrowed place is a part of.
            None => match (step, tys[i].kind(), depth) {
                (Projection::Deref, _, Depth::Shallow) => return false,
                (Projection::Deref, TyKind::Ref(_, _, Mutability::Not), _) => return false,
                (Projection::Deref, TyKind::Ref(_, _, Mutability::Mut), Depth::Drop) => return false,
                (Projection::Field(..), TyKind::Adt(def, _), Depth::Drop) if has_drop_impl(cx, *def) => {
                    return true;
                }
                _ => {}
            },
        }
    }
    true
}

/// Whether steps from the same place meet; `None` if they do in a way that says nothing about what follows.
fn overlap(a: Projection, b: Projection) -> Option<bool> {
    use Projection::*;
    Some(match (a, b) {
        (Deref, Deref) => true,
        (Field(i, _), Field(j, _)) => i == j,
        (Downcast(i), Downcast(j)) => i == j,
        (Index(_), Index(_) | ConstantIndex { .. } | Subslice { .. })
        | (ConstantIndex { .. } | Subslice { .. }, Index(_)) => true,
        (ConstantIndex { offset: i, from_end: f }, ConstantIndex { offset: j, from_end: g }) => {
            // Counted from different ends, they come from one pattern, which tells them apart.
            f == g && i == j
        }
        (ConstantIndex { offset, from_end }, Subslice { from, to })
        | (Subslice { from, to }, ConstantIndex { offset, from_end }) => {
            if from_end {
                offset > to
            } else {
                offset >= from
            }
        }
        (Subslice { .. }, Subslice { .. }) => true,
        _ => return None,
    })
}

/// Whether an ADT implements `Drop` itself.
pub fn has_drop_impl(cx: &crate::lower::moves::MoveCx<'_, '_>, def: crate::hir::DefId) -> bool {
    let tcx = cx.tcx;
    let Some(drop) = tcx.lang.drop else { return false };
    let args = crate::ty::fold::erase_regions(tcx.identity_args(def));
    let ty = Ty::new(TyKind::Adt(def, args));
    let Some(found) = tcx.impls().of_trait.get(&drop) else { return false };
    match crate::ty::impls::SimpleType::of(ty) {
        Some(simple) => found.by_type.get(&simple).is_some_and(|l| !l.is_empty()),
        None => false,
    }
}

/// Whether a borrow of this place restricts nothing: it is behind a shared reference or raw pointer.
pub fn is_ignored(tys: &[Ty], place: &Place) -> bool {
    place.projection.iter().zip(tys).any(|(step, ty)| {
        *step == Projection::Deref
            && matches!(ty.kind(), TyKind::RawPtr(..) | TyKind::Ref(_, _, Mutability::Not))
    })
}

/// The types among generic arguments.
pub fn type_args(args: crate::ty::Args) -> impl Iterator<Item = Ty> {
    (0..args.len()).filter_map(move |i| args[i].as_type())
}
