//! Making types equal.

use super::*;

impl InferCtxt<'_, '_> {
    /// Makes two types equal; no effect if they cannot be.
    pub fn unify(&self, a: Ty, b: Ty) -> Result<(), TypeMismatch> {
        if a == b {
            return Ok(());
        }
        self.commit_if_ok(|| self.unify_ty(a, b))
    }
    /// Makes two argument lists equal; no effect if they cannot be.
    pub fn unify_args(&self, a: Args, b: Args) -> Result<(), TypeMismatch> {
        if a == b {
            return Ok(());
        }
        self.commit_if_ok(|| self.unify_arg_lists(a, b))
    }
    /// Whether two types could be made equal.
    pub fn can_unify(&self, a: Ty, b: Ty) -> bool {
        a == b || self.probe(|| self.unify_ty(a, b).is_ok())
    }

    fn unify_ty(&self, a: Ty, b: Ty) -> Result<(), TypeMismatch> {
        let (a, b) = (self.shallow(a), self.shallow(b));
        if a == b {
            return Ok(());
        }
        match (a.kind(), b.kind()) {
            (
                TyKind::Infer(InferTy::Ty(x) | InferTy::Int(x) | InferTy::Float(x)),
                TyKind::Infer(InferTy::Ty(y) | InferTy::Int(y) | InferTy::Float(y)),
            ) => {
                self.enter_new_state();
                self.types.borrow_mut().unify_var_var(TyVid(*x), TyVid(*y)).map_err(|()| TypeMismatch)
            }
            (TyKind::Infer(InferTy::Int(_) | InferTy::Float(_)), TyKind::Error)
            | (TyKind::Error, TyKind::Infer(InferTy::Int(_) | InferTy::Float(_))) => Ok(()),
            (TyKind::Infer(v), _) => self.bind(*v, b),
            (_, TyKind::Infer(v)) => self.bind(*v, a),
            (TyKind::Error, _) | (_, TyKind::Error) => Ok(()),
            (TyKind::Adt(d1, a1), TyKind::Adt(d2, a2))
            | (TyKind::FnDef(d1, a1), TyKind::FnDef(d2, a2))
            | (TyKind::Closure(d1, a1), TyKind::Closure(d2, a2))
            | (TyKind::Projection(d1, a1), TyKind::Projection(d2, a2))
            | (TyKind::Opaque(d1, a1), TyKind::Opaque(d2, a2))
                if d1 == d2 =>
            {
                self.unify_arg_lists(*a1, *a2)
            }
            (TyKind::Array(t1, n1), TyKind::Array(t2, n2)) => {
                self.unify_ty(*t1, *t2)?;
                self.unify_const(*n1, *n2)
            }
            (TyKind::Slice(t1), TyKind::Slice(t2)) => self.unify_ty(*t1, *t2),
            (TyKind::Ref(_, t1, m1), TyKind::Ref(_, t2, m2))
            | (TyKind::RawPtr(t1, m1), TyKind::RawPtr(t2, m2))
                if m1 == m2 =>
            {
                self.unify_ty(*t1, *t2)
            }
            (TyKind::Tuple(t1), TyKind::Tuple(t2)) => self.unify_types(t1, t2),
            (TyKind::FnPtr(s1), TyKind::FnPtr(s2)) => {
                self.unify_types(&s1.inputs, &s2.inputs)?;
                self.unify_ty(s1.output, s2.output)
            }
            (TyKind::Dynamic(d1, a1, p1, _), TyKind::Dynamic(d2, a2, p2, _))
                if d1 == d2 && p1.len() == p2.len() =>
            {
                self.unify_arg_lists(*a1, *a2)?;
                for ((x, t1), (y, t2)) in p1.iter().zip(p2.iter()) {
                    if x != y {
                        return Err(TypeMismatch);
                    }
                    self.unify_ty(*t1, *t2)?;
                }
                Ok(())
            }
            (TyKind::Opaque(d, _), _) => self.define_opaque(*d, b),
            (_, TyKind::Opaque(d, _)) => self.define_opaque(*d, a),
            _ => Err(TypeMismatch),
        }
    }
    fn define_opaque(&self, def: DefId, ty: Ty) -> Result<(), TypeMismatch> {
        let var = self.defining.borrow().iter().find(|(d, _)| *d == def).map(|(_, t)| *t);
        match var {
            Some(var) => self.unify_ty(var, ty),
            None => Err(TypeMismatch),
        }
    }
    fn unify_types(&self, a: &[Ty], b: &[Ty]) -> Result<(), TypeMismatch> {
        if a.len() != b.len() {
            return Err(TypeMismatch);
        }
        a.iter().zip(b).try_for_each(|(x, y)| self.unify_ty(*x, *y))
    }
    fn unify_arg_lists(&self, a: Args, b: Args) -> Result<(), TypeMismatch> {
        if a == b {
            return Ok(());
        }
        if a.len() != b.len() {
            return Err(TypeMismatch);
        }
        for (x, y) in a.iter().zip(b.iter()) {
            match (*x, *y) {
                (GenericArg::Type(x), GenericArg::Type(y)) => self.unify_ty(x, y)?,
                (GenericArg::Const(x), GenericArg::Const(y)) => self.unify_const(x, y)?,
                (GenericArg::Region(_), GenericArg::Region(_)) => {}
                _ => return Err(TypeMismatch),
            }
        }
        Ok(())
    }
    /// Makes two constants equal.
    pub fn unify_const(&self, a: Const, b: Const) -> Result<(), TypeMismatch> {
        let (a, b) = (self.shallow_const(a), self.shallow_const(b));
        if a == b {
            return Ok(());
        }
        match (a.kind(), b.kind()) {
            (ConstKind::Infer(x), ConstKind::Infer(y)) => {
                self.enter_new_state();
                self.consts.borrow_mut().unify_var_var(ConstVid(*x), ConstVid(*y)).map_err(|()| TypeMismatch)
            }
            (ConstKind::Infer(v), _) => self.bind_const(*v, b),
            (_, ConstKind::Infer(v)) => self.bind_const(*v, a),
            (ConstKind::Error, _) | (_, ConstKind::Error) => Ok(()),
            (ConstKind::Unevaluated(..), _) | (_, ConstKind::Unevaluated(..)) => {
                let (x, y) = (self.tcx.eval_const(a), self.tcx.eval_const(b));
                let same =
                    x == y || matches!(x.kind(), ConstKind::Error) || matches!(y.kind(), ConstKind::Error);
                if same { Ok(()) } else { Err(TypeMismatch) }
            }
            _ => Err(TypeMismatch),
        }
    }
    fn bind_const(&self, v: u32, c: Const) -> Result<(), TypeMismatch> {
        self.enter_new_state();
        self.consts
            .borrow_mut()
            .unify_var_value(ConstVid(v), ConstVarValue(Some(c)))
            .map_err(|()| TypeMismatch)
    }
    fn bind(&self, v: InferTy, ty: Ty) -> Result<(), TypeMismatch> {
        let vid = match v {
            InferTy::Ty(v) => v,
            InferTy::Int(v) if ty.is_integral() => v,
            InferTy::Float(v) if ty.is_float() => v,
            _ => return Err(TypeMismatch),
        };
        let ty = self.resolve(ty);
        if ty.flags().has(Flags::INFER) && self.occurs(vid, ty) {
            return Err(TypeMismatch);
        }
        self.enter_new_state();
        self.types.borrow_mut().unify_var_value(TyVid(vid), TyVarValue::Known(ty)).map_err(|()| TypeMismatch)
    }
    fn occurs(&self, vid: u32, ty: Ty) -> bool {
        let root = self.root(vid);
        let mut found = false;
        ty.walk(&mut |t| {
            if let TyKind::Infer(InferTy::Ty(v) | InferTy::Int(v) | InferTy::Float(v)) = *t.kind() {
                found |= self.root(v) == root;
            }
        });
        found
    }
}
