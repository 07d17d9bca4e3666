//! What the language itself implements: `Sized`, `Copy` and `Clone` of compound types, calls, unsizing.

use crate::hir::{ClosureKind, DefKind};

use super::select::Candidate;
use super::*;

/// Whether the language decides an obligation.
pub enum Builtin {
    /// It holds by this rule.
    Yes(Candidate),
    /// It does not hold (unless assumed).
    No,
    /// More must be known first.
    Unknown,
    /// Impls decide.
    NotBuiltin,
}

fn if_all(types: impl IntoIterator<Item = Ty>) -> Builtin {
    Builtin::Yes(Candidate::Builtin(types.into_iter().collect()))
}

impl InferCtxt<'_, '_> {
    pub(super) fn assemble_builtin(&self, tr: TraitRef, this: Ty) -> Builtin {
        let lang = &self.tcx.lang;
        let def = Some(tr.trait_def);
        if lang.is_auto(tr.trait_def) {
            return if_all([]);
        }
        if def == lang.sized {
            return self.builtin_sized(this);
        }
        if def == lang.copy || def == lang.clone {
            return self.builtin_copy_clone(this, def == lang.copy);
        }
        if let Some(kind) = lang.fn_trait_kind(tr.trait_def) {
            return self.builtin_call(this, kind);
        }
        if def == lang.tuple_trait {
            return match this.kind() {
                TyKind::Tuple(_) => if_all([]),
                TyKind::Infer(_) => Builtin::Unknown,
                _ => Builtin::No,
            };
        }
        if def == lang.unsize {
            return Builtin::Yes(Candidate::Unsize);
        }
        Builtin::NotBuiltin
    }
    /// `Sized` of types where it needs no thought.
    pub(super) fn quick_sized(&self, tr: TraitRef) -> Option<Eval> {
        if Some(tr.trait_def) != self.tcx.lang.sized {
            return None;
        }
        self.quick_sized_ty(tr.args.first()?.as_type()?)
    }
    /// Whether the clause of a generic definition, with these arguments, is such a `Sized` that holds.
    pub fn is_quickly_sized(&self, clause: &Clause, args: Args) -> bool {
        if let Clause::Trait(tr) = clause
            && Some(tr.trait_def) == self.tcx.lang.sized
            && let Some(GenericArg::Type(ty)) = tr.args.first()
        {
            return self.quick_sized_ty(self.shallow(fold::subst(*ty, args))) == Some(Eval::Holds);
        }
        false
    }
    fn quick_sized_ty(&self, ty: Ty) -> Option<Eval> {
        match ty.kind() {
            TyKind::Bool
            | TyKind::Char
            | TyKind::Int(_)
            | TyKind::Uint(_)
            | TyKind::Float(_)
            | TyKind::Never
            | TyKind::Ref(..)
            | TyKind::RawPtr(..)
            | TyKind::FnDef(..)
            | TyKind::FnPtr(_)
            | TyKind::Array(..)
            | TyKind::Closure(..)
            | TyKind::Infer(InferTy::Int(_) | InferTy::Float(_)) => Some(Eval::Holds),
            TyKind::Adt(def, _) if self.tcx.sized_constraint(*def).is_none() => Some(Eval::Holds),
            TyKind::Str | TyKind::Slice(_) | TyKind::Dynamic(..) => Some(Eval::Fails),
            _ => None,
        }
    }
    fn builtin_sized(&self, this: Ty) -> Builtin {
        match *this.kind() {
            TyKind::Str | TyKind::Slice(_) | TyKind::Dynamic(..) => Builtin::No,
            TyKind::Tuple(ts) => if_all(ts.last().copied()),
            TyKind::Adt(def, args) => if_all(self.tcx.sized_constraint(def).map(|t| fold::subst(t, args))),
            TyKind::Param(_) | TyKind::Projection(..) | TyKind::Opaque(..) => Builtin::No,
            TyKind::Infer(InferTy::Ty(_)) => Builtin::Unknown,
            _ => if_all([]),
        }
    }
    fn builtin_copy_clone(&self, this: Ty, copy: bool) -> Builtin {
        match *this.kind() {
            TyKind::Never | TyKind::FnDef(..) | TyKind::FnPtr(_) | TyKind::Error => if_all([]),
            TyKind::Infer(InferTy::Int(_) | InferTy::Float(_)) => if_all([]),
            TyKind::Ref(_, _, Mutability::Not) => if_all([]),
            TyKind::Ref(_, _, Mutability::Mut) => Builtin::No,
            TyKind::Tuple(ts) => if_all(ts.iter().copied()),
            TyKind::Array(t, _) => if_all([t]),
            TyKind::Closure(_, args) => {
                let upvars = self.shallow(closure_upvars(args));
                match *upvars.kind() {
                    TyKind::Tuple(ts) => if_all(ts.iter().copied()),
                    TyKind::Infer(_) => Builtin::Unknown,
                    _ => Builtin::No,
                }
            }
            TyKind::Str | TyKind::Slice(_) | TyKind::Dynamic(..) if copy => Builtin::No,
            _ => Builtin::NotBuiltin,
        }
    }
    fn builtin_call(&self, this: Ty, kind: ClosureKind) -> Builtin {
        match *this.kind() {
            TyKind::Closure(_, args) => {
                let TyKind::FnPtr(sig) = *self.shallow(closure_sig_ty(args)).kind() else {
                    return Builtin::Unknown;
                };
                match closure_kind(self.shallow(closure_kind_ty(args))) {
                    Some(found) if found <= kind => Builtin::Yes(Candidate::Callable(sig)),
                    Some(_) => Builtin::No,
                    None if kind == ClosureKind::FnOnce => Builtin::Yes(Candidate::Callable(sig)),
                    None => Builtin::Unknown,
                }
            }
            TyKind::FnDef(def, args) => {
                Builtin::Yes(Candidate::Callable(fold::subst(self.tcx.fn_sig_erased(def), args)))
            }
            TyKind::FnPtr(sig) => Builtin::Yes(Candidate::Callable(sig)),
            _ => Builtin::NotBuiltin,
        }
    }
    /// What must hold for `from: Unsize<to>`; types are unified.
    pub(super) fn confirm_unsize(
        &self,
        ob: &Obligation,
        tr: TraitRef,
    ) -> Result<Vec<Obligation>, NoSolution> {
        let from = tr.args.first().and_then(|a| a.as_type()).ok_or(NoSolution)?;
        let to = tr.args.get(1).and_then(|a| a.as_type()).ok_or(NoSolution)?;
        let mut out = Vec::new();
        self.unsize(ob, from, to, &mut out)?;
        Ok(out)
    }
    /// Unifies what must be equal for `from` to become `to` behind a pointer, and adds what must hold.
    pub fn unsize(
        &self,
        ob: &Obligation,
        from: Ty,
        to: Ty,
        out: &mut Vec<Obligation>,
    ) -> Result<(), NoSolution> {
        let (from, to) = (self.shallow(from), self.shallow(to));
        match (from.kind(), to.kind()) {
            (TyKind::Array(t, _), TyKind::Slice(u)) => self.unify(*t, *u).map_err(|_| NoSolution),
            (TyKind::Dynamic(d, a, ..), TyKind::Dynamic(e, b, ..)) if d == e => {
                self.unify_args(*a, *b).map_err(|_| NoSolution)
            }
            (TyKind::Infer(InferTy::Ty(_)), _) | (_, TyKind::Infer(_)) => Err(NoSolution),
            (_, TyKind::Dynamic(trait_def, args, assoc, _)) => {
                let mut all = vec![GenericArg::Type(from)];
                all.extend(args.iter());
                let args = List::new(&all);
                let tr = TraitRef { trait_def: *trait_def, args };
                out.push(self.nested(ob, ob.ancestors.clone(), Clause::Trait(tr)));
                for (item, ty) in assoc.iter() {
                    let owner = self.tcx.hir.def(*item).parent.unwrap_or(*trait_def);
                    let owner_args = self
                        .tcx
                        .elaborate(vec![Clause::Trait(tr)])
                        .into_iter()
                        .find_map(|c| match c {
                            Clause::Trait(t) if t.trait_def == owner => Some(t.args),
                            _ => None,
                        })
                        .unwrap_or(args);
                    out.push(self.nested(
                        ob,
                        ob.ancestors.clone(),
                        Clause::Projection(*item, owner_args, *ty),
                    ));
                }
                if !matches!(from.kind(), TyKind::Dynamic(..))
                    && let Some(sized) = self.tcx.lang.sized
                {
                    let args = List::new(&[GenericArg::Type(from)]);
                    let tr = TraitRef { trait_def: sized, args };
                    out.push(self.nested(ob, ob.ancestors.clone(), Clause::Trait(tr)));
                }
                Ok(())
            }
            // `RefCell<T>` to `RefCell<dyn Trait>`: parameters of the last field alone change, all others are the same.
            (TyKind::Adt(d, a), TyKind::Adt(e, b)) if d == e => {
                let DefKind::Struct(adt) = &self.tcx.hir.def(*d).kind else { return Err(NoSolution) };
                let fields = adt.variants.first().map_or(0, |v| v.fields.len());
                let Some(last) = fields.checked_sub(1) else { return Err(NoSolution) };
                let field = |i| self.tcx.field_ty_identity(*d, 0, i);
                let may_change =
                    |index| mentions(field(last), index) && !(0..last).any(|i| mentions(field(i), index));
                let (mut from_args, mut to_args) = (Vec::new(), Vec::new());
                for (i, (x, y)) in a.iter().zip(b.iter()).enumerate() {
                    if !may_change(i as u32) {
                        from_args.push(*x);
                        to_args.push(*y);
                    }
                }
                if from_args.len() == a.len() {
                    return Err(NoSolution);
                }
                self.unify_args(List::new(&from_args), List::new(&to_args)).map_err(|_| NoSolution)?;
                self.unsize(ob, fold::subst(field(last), *a), fold::subst(field(last), *b), out)
            }
            _ => Err(NoSolution),
        }
    }
}

fn mentions(ty: Ty, index: u32) -> bool {
    let mut found = false;
    ty.walk(&mut |t| found |= matches!(t.kind(), TyKind::Param(p) if p.index == index));
    found
}

/// The kind part of a closure's arguments.
pub fn closure_kind_ty(args: Args) -> Ty {
    closure_part(args, 3)
}
/// The signature part of a closure's arguments, a `FnPtr`.
pub fn closure_sig_ty(args: Args) -> Ty {
    closure_part(args, 2)
}
/// The captures part of a closure's arguments, a tuple.
pub fn closure_upvars(args: Args) -> Ty {
    closure_part(args, 1)
}
fn closure_part(args: Args, from_end: usize) -> Ty {
    args.len().checked_sub(from_end).and_then(|i| args[i].as_type()).unwrap_or(Ty::error())
}
/// The kind a kind type stands for.
pub fn closure_kind(ty: Ty) -> Option<ClosureKind> {
    match ty.kind() {
        TyKind::Int(IntTy::I8) => Some(ClosureKind::Fn),
        TyKind::Int(IntTy::I16) => Some(ClosureKind::FnMut),
        TyKind::Int(IntTy::I32) => Some(ClosureKind::FnOnce),
        _ => None,
    }
}
/// The type that stands for a kind.
pub fn closure_kind_as_ty(kind: ClosureKind) -> Ty {
    Ty::new(TyKind::Int(match kind {
        ClosureKind::Fn => IntTy::I8,
        ClosureKind::FnMut => IntTy::I16,
        ClosureKind::FnOnce => IntTy::I32,
    }))
}
