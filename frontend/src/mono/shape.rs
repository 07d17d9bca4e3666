//! Shapes of structs, enums and closures: what layouts are computed from.

use crate::diag::Diagnostic;
use crate::hir::{ClosureKind, DefKind};
use crate::source::Span;
use crate::symbol::Symbol;
use crate::ty::{Args, GenericArg, IntTy, List, Ty, TyKind};

use super::{Adt, AdtKind, Collector, Variant};

impl Collector<'_, '_> {
    /// Makes the program know the shape of a type and of everything in it.
    pub fn describe(&mut self, ty: Ty) {
        match *ty.kind() {
            TyKind::Array(t, _) | TyKind::Slice(t) | TyKind::Ref(_, t, _) | TyKind::RawPtr(t, _) => {
                self.describe(t);
            }
            TyKind::Tuple(ts) if self.tuples.insert(ts) => ts.iter().for_each(|t| self.describe(*t)),
            TyKind::Adt(def, args) if !self.program.adts.contains_key(&ty) => {
                if ty.extent().is_over_limit() {
                    let own = self.tcx.hir.def(def).span;
                    let span = if self.asked_at == Span::NONE { own } else { self.asked_at };
                    let error = Diagnostic::error("", span, format!("the type `{ty}` is too large"));
                    return self.report_endless(error.note("types here grow without end"));
                }
                let adt = self.adt_shape(ty, def, args);
                self.describe_new(ty, adt);
            }
            TyKind::Closure(def, args) if !self.program.adts.contains_key(&ty) => {
                let fields = match closure_part(args, 1).kind() {
                    TyKind::Tuple(ts) => *ts,
                    _ => List::new(&[]),
                };
                let field = |(i, t): (usize, &Ty)| (Symbol::intern(&i.to_string()), *t);
                let adt = Adt {
                    name: def.path.to_string(),
                    def,
                    kind: AdtKind::Closure,
                    variants: vec![Variant {
                        name: Symbol::intern("closure"),
                        discriminant: 0,
                        fields: fields.iter().enumerate().map(field).collect(),
                    }],
                    lang: None,
                    repr_c: false,
                    tail_may_be_unsized: false,
                    repr_align: 1,
                    needs_drop: self.tcx.needs_drop(&self.env, ty),
                    is_copy: self.tcx.is_copy(&self.env, ty),
                };
                self.describe_new(ty, adt);
            }
            _ => {}
        }
    }

    fn describe_new(&mut self, ty: Ty, adt: Adt) {
        let fields: Vec<Ty> = adt.variants.iter().flat_map(|v| v.fields.iter().map(|f| f.1)).collect();
        self.program.adts.insert(ty, adt);
        for field in fields {
            self.describe(field);
        }
    }

    fn adt_shape(&self, ty: Ty, def: crate::hir::DefId, args: Args) -> Adt {
        let tcx = self.tcx;
        let d = tcx.hir.def(def);
        let is_enum = matches!(d.kind, DefKind::Enum(_));
        let variants = tcx
            .variants(def)
            .iter()
            .enumerate()
            .map(|(v, variant)| Variant {
                name: variant.name,
                discriminant: if is_enum { tcx.discriminant(def, v) } else { 0 },
                fields: variant
                    .fields
                    .iter()
                    .enumerate()
                    .map(|(f, field)| (field.name, self.mono_ty(tcx.field_ty(def, v, f, args))))
                    .collect(),
            })
            .collect();
        Adt {
            name: def.path.to_string(),
            def,
            kind: if is_enum { AdtKind::Enum(tcx.discriminant_ty(def)) } else { AdtKind::Struct },
            variants,
            lang: d.attrs.lang,
            repr_c: d.attrs.repr_c,
            tail_may_be_unsized: tcx.sized_constraint(def).is_some(),
            repr_align: d.attrs.repr_align.map_or(1, u64::from),
            needs_drop: tcx.needs_drop(&self.env, ty),
            is_copy: tcx.is_copy(&self.env, ty),
        }
    }

    /// The normal form of a type without parameters.
    pub(super) fn mono_ty(&self, ty: Ty) -> Ty {
        let ty = self.tcx.normalize(&self.env, self.tcx.erase_regions(ty));
        crate::ty::fold::Fold::fold_with(ty, &mut EvalConsts(self.tcx))
    }
}

impl Collector<'_, '_> {
    /// The normal form of arguments without parameters.
    pub(super) fn mono_args(&self, args: Args) -> Args {
        let arg = |a: &GenericArg| match *a {
            GenericArg::Region(_) => GenericArg::Region(crate::ty::Region::Erased),
            GenericArg::Type(t) => GenericArg::Type(self.mono_ty(t)),
            GenericArg::Const(c) => GenericArg::Const(match c.kind() {
                crate::ty::ConstKind::Unevaluated(..) => self.tcx.eval_const(c),
                _ => c,
            }),
        };
        args.iter().map(arg).collect()
    }
}

/// Of a closure's arguments the kind (3), the signature as a `FnPtr` (2) or the tuple of captures (1).
pub(super) fn closure_part(args: Args, from_end: usize) -> Ty {
    args.len().checked_sub(from_end).and_then(|i| args[i].as_type()).unwrap_or(Ty::error())
}

/// The weakest trait a closure implements.
pub(super) fn closure_kind(args: Args) -> Option<ClosureKind> {
    match closure_part(args, 3).kind() {
        TyKind::Int(IntTy::I8) => Some(ClosureKind::Fn),
        TyKind::Int(IntTy::I16) => Some(ClosureKind::FnMut),
        TyKind::Int(IntTy::I32) => Some(ClosureKind::FnOnce),
        _ => None,
    }
}

/// Evaluates constants in types.
pub(super) struct EvalConsts<'t, 'h>(pub &'t crate::ty::Tcx<'h>);

impl crate::ty::fold::Folder for EvalConsts<'_, '_> {
    fn fold_ty(&mut self, ty: Ty) -> Ty {
        if ty.flags().has(crate::ty::Flags::PROJECTION) { ty.super_fold(self) } else { ty }
    }
    fn fold_const(&mut self, c: crate::ty::Const) -> crate::ty::Const {
        match c.kind() {
            crate::ty::ConstKind::Unevaluated(..) => self.0.eval_const(c),
            _ => c,
        }
    }
}
