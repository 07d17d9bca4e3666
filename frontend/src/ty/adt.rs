//! Structs and enums: variants, fields, discriminants, and what values of a type need.

use std::rc::Rc;

use crate::diag::Diagnostic;
use crate::hir::{DefKind, PrimTy, VariantDef};

use super::tcx::Cache;
use super::*;

impl<'h> Tcx<'h> {
    /// The variants of a struct (one) or enum.
    pub fn variants(&self, adt: DefId) -> &'h [VariantDef] {
        match &self.hir.def(adt).kind {
            DefKind::Struct(a) | DefKind::Enum(a) => &a.variants,
            _ => &[],
        }
    }
    /// Whether the definition is an enum.
    pub fn is_enum(&self, adt: DefId) -> bool {
        matches!(self.hir.def(adt).kind, DefKind::Enum(_))
    }
    /// The ADT and variant index behind a struct, variant, or constructor.
    pub fn variant_of(&self, def: DefId) -> (DefId, usize) {
        let d = self.hir.def(def);
        match (&d.kind, d.parent) {
            (DefKind::Variant(i), Some(parent)) => (parent, *i as usize),
            _ => (def, 0),
        }
    }
    /// Type of a field with the ADT's arguments put in; not normalised.
    pub fn field_ty(&self, adt: DefId, variant: usize, field: usize, args: Args) -> Ty {
        fold::subst(self.field_ty_identity(adt, variant, field), args)
    }
    /// The same with regions erased.
    pub fn field_ty_erased(&self, adt: DefId, variant: usize, field: usize, args: Args) -> Ty {
        let key = (adt, variant as u32, field as u32);
        let cached = self.caches.fields_erased.borrow().get(&key).copied();
        let ty = cached.unwrap_or_else(|| {
            let ty = fold::erase_regions(self.field_ty_identity(adt, variant, field));
            self.caches.fields_erased.borrow_mut().insert(key, ty);
            ty
        });
        fold::subst(ty, args)
    }
    /// Type of the discriminants of an enum.
    pub fn discriminant_ty(&self, adt: DefId) -> Ty {
        match self.hir.def(adt).attrs.repr_int {
            Some(PrimTy::Int(int)) => Ty::new(TyKind::Int(int)),
            Some(PrimTy::Uint(uint)) => Ty::new(TyKind::Uint(uint)),
            _ => Ty::new(TyKind::Int(IntTy::Isize)),
        }
    }
    /// A variant's discriminant, as bits of [`Tcx::discriminant_ty`]. Only what it needs is evaluated: it may be written
    /// with the help of other variants of the enum.
    pub fn discriminant(&self, adt: DefId, variant: usize) -> u128 {
        if let Some(all) = self.caches.discriminants.borrow().get(&adt) {
            return all.get(variant).copied().unwrap_or(0);
        }
        let variants = self.variants(adt);
        let upto = &variants[..variants.len().min(variant + 1)];
        let written = upto.iter().enumerate().rev().find_map(|(i, v)| Some((i, v.discriminant?)));
        let (from, bits) = match written {
            Some((i, def)) => (i, self.written_discriminant(def).unwrap_or(0)),
            None => (0, 0),
        };
        bits.wrapping_add((variant - from) as u128) & self.discriminant_mask(adt)
    }
    fn discriminant_mask(&self, adt: DefId) -> u128 {
        u128::MAX >> (128 - self.discriminant_ty(adt).scalar_bits().unwrap_or(64))
    }
    fn written_discriminant(&self, def: DefId) -> Option<u128> {
        let ConstKind::Value(ty, bits) = self.eval_const(self.anon_const(def)).kind() else { return None };
        Some(match (ty.scalar_bits(), ty.is_signed()) {
            (Some(n), true) if n < 128 => ((*bits << (128 - n)) as i128 >> (128 - n)) as u128,
            _ => *bits,
        })
    }
    /// Reports discriminants that are too great or assigned twice.
    pub fn check_discriminants(&self, adt: DefId) {
        let all = self.compute_discriminants(adt);
        self.caches.discriminants.borrow_mut().insert(adt, all);
    }
    fn compute_discriminants(&self, adt: DefId) -> Rc<[u128]> {
        let mask = self.discriminant_mask(adt);
        let mut out: Vec<u128> = Vec::new();
        let mut next: u128 = 0;
        let ty = self.discriminant_ty(adt);
        // One more than the greatest.
        let end = if ty.is_signed() { (mask >> 1) + 1 } else { 0 };
        for (i, v) in self.variants(adt).iter().enumerate() {
            if v.discriminant.is_none() && i > 0 && next == end {
                let message = "enum discriminant overflowed";
                self.error(
                    Diagnostic::error("E0370", v.span, message)
                        .primary(format!("overflowed on value after the greatest `{ty}`")),
                );
            }
            if let Some(bits) = v.discriminant.and_then(|def| self.written_discriminant(def)) {
                next = bits & mask;
            }
            if let Some(i) = out.iter().position(|&d| d == next) {
                let name = self.variants(adt)[i].name;
                self.error(
                    Diagnostic::error(
                        "E0081",
                        v.span,
                        format!("discriminant value `{}` assigned more than once", next as i64),
                    )
                    .label(
                        self.variants(adt)[i].span,
                        format!("`{}` assigned here to `{name}`", next as i64),
                    ),
                );
            }
            out.push(next);
            next = next.wrapping_add(1) & mask;
        }
        out.into()
    }
    /// The type in an ADT whose size decides whether the ADT has one; `None` if it always has.
    pub fn sized_constraint(&self, adt: DefId) -> Option<Ty> {
        if let Some(&found) = self.caches.sized_constraint.borrow().get(&adt) {
            return found;
        }
        self.caches.sized_constraint.borrow_mut().insert(adt, None);
        let last = match &self.hir.def(adt).kind {
            DefKind::Struct(a) => a.variants.first().and_then(|v| v.fields.len().checked_sub(1)),
            _ => None,
        };
        let result = last.and_then(|i| {
            let args = self.identity_args_erased(adt);
            let ty = self.field_ty_erased(adt, 0, i, args);
            self.tail_constraint(adt, ty)
        });
        self.caches.sized_constraint.borrow_mut().insert(adt, result);
        result
    }
    fn tail_constraint(&self, adt: DefId, ty: Ty) -> Option<Ty> {
        match *ty.kind() {
            TyKind::Str | TyKind::Slice(_) | TyKind::Dynamic(..) => Some(ty),
            TyKind::Param(_) | TyKind::Projection(..) => {
                let assumed = self.predicates_of(adt).iter().any(|(c, _)| match c {
                    Clause::Trait(tr) => {
                        Some(tr.trait_def) == self.lang.sized
                            && tr.args.first() == Some(&GenericArg::Type(ty))
                    }
                    Clause::Projection(..) => false,
                });
                (!assumed).then_some(ty)
            }
            TyKind::Adt(def, args) => self.sized_constraint(def).map(|t| fold::subst(t, args)),
            TyKind::Tuple(ts) => self.tail_constraint(adt, *ts.last()?),
            _ => None,
        }
    }
    /// Whether the type is `Copy`.
    pub fn is_copy(&self, env: &ParamEnv, ty: Ty) -> bool {
        match *ty.kind() {
            TyKind::Bool
            | TyKind::Char
            | TyKind::Int(_)
            | TyKind::Uint(_)
            | TyKind::Float(_)
            | TyKind::Never
            | TyKind::RawPtr(..)
            | TyKind::FnDef(..)
            | TyKind::FnPtr(_)
            | TyKind::Ref(_, _, Mutability::Not)
            | TyKind::Error => true,
            TyKind::Ref(_, _, Mutability::Mut) | TyKind::Str | TyKind::Slice(_) | TyKind::Dynamic(..) => {
                false
            }
            TyKind::Array(t, _) => self.is_copy(env, t),
            TyKind::Tuple(ts) => {
                remember_large(&self.caches.is_copy, env, ty, || ts.iter().all(|t| self.is_copy(env, *t)))
            }
            _ => match self.lang.copy {
                Some(copy) => self.implements(env, copy, List::new(&[GenericArg::Type(ty)])),
                None => false,
            },
        }
    }
    /// Whether the type is `Sized`.
    pub fn is_sized(&self, env: &ParamEnv, ty: Ty) -> bool {
        match self.lang.sized {
            Some(sized) => self.implements(env, sized, List::new(&[GenericArg::Type(ty)])),
            None => !matches!(ty.kind(), TyKind::Str | TyKind::Slice(_) | TyKind::Dynamic(..)),
        }
    }
    /// Whether dropping a value of the type does anything; `true` if a parameter decides it.
    pub fn needs_drop(&self, env: &ParamEnv, ty: Ty) -> bool {
        match *ty.kind() {
            primitive!()
            | TyKind::Ref(..)
            | TyKind::RawPtr(..)
            | TyKind::FnDef(..)
            | TyKind::FnPtr(_)
            | TyKind::Infer(_)
            | TyKind::Error => false,
            TyKind::Dynamic(..) => true,
            TyKind::Array(_, n) if n.as_u64() == Some(0) => false,
            TyKind::Array(t, _) | TyKind::Slice(t) => self.needs_drop(env, t),
            TyKind::Tuple(ts) => remember_large(&self.caches.needs_drop, env, ty, || {
                ts.iter().any(|t| self.needs_drop(env, *t))
            }),
            TyKind::Closure(_, args) => self.needs_drop(env, solve::builtin::closure_upvars(args)),
            TyKind::Param(_) => !self.is_copy(env, ty),
            TyKind::Projection(..) | TyKind::Opaque(..) => {
                let normal = self.normalize(env, ty);
                if normal == ty { !self.is_copy(env, ty) } else { self.needs_drop(env, normal) }
            }
            TyKind::Adt(def, args) => {
                if Some(def) == self.lang.manually_drop || Some(def) == self.lang.phantom_data {
                    return false;
                }
                if Some(def) == self.lang.owned_box || self.drop_impl(def).is_some() {
                    return true;
                }
                let key = (*env, ty);
                if let Some(&known) = self.caches.needs_drop.borrow().get(&key) {
                    return known;
                }
                // A type inside itself adds nothing: the pointer between decides.
                self.caches.needs_drop.borrow_mut().insert(key, false);
                let result = self.variants(def).iter().enumerate().any(|(v, variant)| {
                    (0..variant.fields.len()).any(|f| {
                        let field = self.field_ty_erased(def, v, f, args);
                        self.needs_drop(env, self.normalize(env, field))
                    })
                });
                self.caches.needs_drop.borrow_mut().insert(key, result);
                result
            }
        }
    }
    /// The `impl Drop` of a struct or enum.
    pub fn drop_impl(&self, adt: DefId) -> Option<DefId> {
        let drop = self.lang.drop?;
        self.impls().of_trait.get(&drop)?.by_type.get(&impls::SimpleType::Adt(adt))?.first().copied()
    }
}

/// What is found out about a type. One in which the same parts may stand many times is asked about once.
fn remember_large(
    cache: &Cache<(ParamEnv, Ty), bool>,
    env: &ParamEnv,
    ty: Ty,
    find_out: impl FnOnce() -> bool,
) -> bool {
    const LARGE: u32 = 32;
    if ty.extent().nodes < LARGE {
        return find_out();
    }
    let known = cache.borrow().get(&(*env, ty)).copied();
    known.unwrap_or_else(|| {
        let found = find_out();
        cache.borrow_mut().insert((*env, ty), found);
        found
    })
}
