//! Putting what is known of variables into types, and naming variables by where they stand.

use super::super::fold::Folder;
use super::*;

pub(super) struct Resolver<'a, 't, 'h> {
    pub(super) cx: &'a InferCtxt<'t, 'h>,
}

impl Folder for Resolver<'_, '_, '_> {
    fn fold_ty(&mut self, ty: Ty) -> Ty {
        if !ty.flags().has(Flags::INFER) {
            return ty;
        }
        let known = self.cx.shallow(ty);
        if matches!(known.kind(), TyKind::Infer(_)) || !known.flags().has(Flags::INFER) {
            return known;
        }
        known.super_fold(self)
    }
    fn fold_const(&mut self, c: Const) -> Const {
        if !c.flags().has(Flags::INFER) {
            return c;
        }
        let known = self.cx.shallow_const(c);
        if matches!(known.kind(), ConstKind::Infer(_)) { known } else { known.super_fold(self) }
    }
}

/// Renames variables by order of appearance, so that questions that differ only in their variables are the same.
#[derive(Default)]
pub struct Canonical {
    seen: Vec<Ty>,
    consts: Vec<Const>,
}

impl Folder for Canonical {
    fn fold_ty(&mut self, ty: Ty) -> Ty {
        match *ty.kind() {
            TyKind::Infer(v) => {
                let n = match self.seen.iter().position(|t| *t == ty) {
                    Some(n) => n,
                    None => {
                        self.seen.push(ty);
                        self.seen.len() - 1
                    }
                } as u32;
                Ty::infer(match v {
                    InferTy::Ty(_) => InferTy::Ty(n),
                    InferTy::Int(_) => InferTy::Int(n),
                    InferTy::Float(_) => InferTy::Float(n),
                })
            }
            _ if ty.flags().has(Flags::INFER) => ty.super_fold(self),
            _ => ty,
        }
    }
    fn fold_const(&mut self, c: Const) -> Const {
        match *c.kind() {
            ConstKind::Infer(_) => {
                let n = match self.consts.iter().position(|t| *t == c) {
                    Some(n) => n,
                    None => {
                        self.consts.push(c);
                        self.consts.len() - 1
                    }
                };
                Const::new(ConstKind::Infer(n as u32))
            }
            _ => c.super_fold(self),
        }
    }
}
