//! `fn(*mut T)`: what happens when a value goes away.

use crate::hir::DefId;
use crate::mir::*;
use crate::mono::builder::BodyBuilder;
use crate::mono::{AdtKind, Collector, Instance};
use crate::ty::{Args, ConstKind, GenericArg, Mutability, Region, Ty, TyKind};

impl Collector<'_, '_> {
    pub(in crate::mono) fn drop_body(&mut self, ty: Ty) -> Body {
        self.describe(ty);
        let mut b = BodyBuilder::new(&[Ty::raw_ptr(ty, Mutability::Mut)], Ty::unit());
        let value = b.arg(1).deref();
        match *ty.kind() {
            TyKind::Tuple(ts) => self.drop_fields(&mut b, &value, &ts),
            TyKind::Closure(..) => {
                let fields = self.program.field_tys(ty, 0);
                self.drop_fields(&mut b, &value, &fields);
            }
            TyKind::Array(t, _) | TyKind::Slice(t) => {
                if let Some(glue) = self.drop_glue(t) {
                    let len = b.temp(Ty::usize(), Rvalue::Len(value.clone()));
                    b.for_each(Operand::Copy(len), |b, i| {
                        let element = b.pointer(value.project(Projection::Index(i)), t);
                        b.call_unit(Callee::Func(glue), vec![Operand::Move(element)]);
                    });
                }
            }
            TyKind::Adt(def, args) => self.drop_adt(&mut b, &value, ty, def, args),
            _ => {}
        }
        b.finish()
    }

    fn drop_adt(&mut self, b: &mut BodyBuilder, value: &Place, ty: Ty, def: DefId, args: Args) {
        if self.program.is_lang(ty, "owned_box") {
            let inside = body::project_ty(ty, Projection::Deref);
            self.drop_place(b, value.deref(), inside);
            if let Some(free) = self.lang("box_free") {
                let free = self.instantiate(free, Args::new(&[GenericArg::Type(inside)]));
                let pointer = b.pointer(value.deref(), inside);
                b.call_unit(Callee::Func(free), vec![Operand::Move(pointer)]);
            }
            return;
        }
        if let Some(method) = self.drop_method(def) {
            let args = self.drop_args(method, args);
            let f = self.declare(Instance::Item(method, args));
            let reference = b.temp(
                Ty::reference(ty, Mutability::Mut),
                Rvalue::Ref(BorrowKind::Mut { two_phase: false }, value.clone()),
            );
            b.call_unit(Callee::Func(f), vec![Operand::Move(reference)]);
        }
        let adt = self.program.adt(ty).clone();
        match adt.kind {
            AdtKind::Struct | AdtKind::Closure => {
                let fields = self.program.field_tys(ty, 0);
                self.drop_fields(b, value, &fields);
            }
            AdtKind::Enum(tag_ty) => {
                let needy: Vec<usize> = (0..adt.variants.len())
                    .filter(|&v| adt.variants[v].fields.iter().any(|f| self.tcx.needs_drop(&self.env, f.1)))
                    .collect();
                if needy.is_empty() {
                    return;
                }
                let tag = b.temp(tag_ty, Rvalue::Discriminant(value.clone()));
                let arms: Vec<BlockId> = needy.iter().map(|_| b.block()).collect();
                let end = b.block();
                let bits = tag_ty.scalar_bits().unwrap_or(64);
                let mask = u128::MAX >> (128 - bits);
                let targets = needy
                    .iter()
                    .zip(&arms)
                    .map(|(&v, &a)| (adt.variants[v].discriminant & mask, a))
                    .collect();
                b.end(TerminatorKind::Switch { value: Operand::Copy(tag), targets, otherwise: end }, arms[0]);
                for (i, &v) in needy.iter().enumerate() {
                    let fields: Vec<Ty> = adt.variants[v].fields.iter().map(|f| f.1).collect();
                    self.drop_fields(b, &value.project(Projection::Downcast(v as u32)), &fields);
                    b.end(TerminatorKind::Goto(end), arms.get(i + 1).copied().unwrap_or(end));
                }
            }
        }
    }

    fn drop_fields(&mut self, b: &mut BodyBuilder, value: &Place, fields: &[Ty]) {
        for (i, &ty) in fields.iter().enumerate() {
            self.drop_place(b, value.field(i, ty), ty);
        }
    }

    fn drop_place(&mut self, b: &mut BodyBuilder, place: Place, ty: Ty) {
        if let Some(glue) = self.drop_glue(ty) {
            let pointer = b.pointer(place, ty);
            b.call_unit(Callee::Func(glue), vec![Operand::Move(pointer)]);
        }
    }

    /// Arguments of the impl around `drop`, from those of the type: each parameter of the impl stands alone somewhere
    /// among the arguments of its self type.
    fn drop_args(&self, method: DefId, args: Args) -> Args {
        let Some(imp) = self.tcx.hir.def(method).parent else { return args };
        let TyKind::Adt(_, pattern) = *self.tcx.type_of(imp).kind() else { return args };
        let mut all = vec![GenericArg::Region(Region::Erased); self.tcx.generics_count(method)];
        for (pattern, &arg) in pattern.iter().zip(args.iter()) {
            let index = match pattern {
                GenericArg::Type(t) => match t.kind() {
                    TyKind::Param(p) => Some(p.index),
                    _ => None,
                },
                GenericArg::Const(c) => match c.kind() {
                    ConstKind::Param(p) => Some(p.index),
                    _ => None,
                },
                GenericArg::Region(_) => None,
            };
            if let Some(slot) = index.and_then(|i| all.get_mut(i as usize)) {
                *slot = arg;
            }
        }
        Args::new(&all)
    }

    /// `drop` of the `impl Drop` of a struct or enum.
    fn drop_method(&mut self, adt: DefId) -> Option<DefId> {
        let imp = self.tcx.drop_impl(adt)?;
        self.tcx.assoc_items(imp).first().copied()
    }
}
