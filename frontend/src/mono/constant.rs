//! Constants: values of items as functions that compute them, references to them.

use crate::index::Idx;
use crate::mir::*;
use crate::source::Span;
use crate::ty::{Const, ConstKind, Mutability, Ty, TyKind};

use super::builder::BodyBuilder;
use super::{Collector, Instance};

impl Collector<'_, '_> {
    /// The function that computes a constant's value; `None` if the constant is its own value.
    pub(super) fn constant_function(&mut self, kind: &ConstantKind) -> Option<FuncId> {
        match *kind {
            ConstantKind::Item(def, args) => {
                let (def, args) = self.tcx.resolve_const(def, args);
                Some(self.declare(Instance::ConstItem(def, args)))
            }
            ConstantKind::Promoted(def, n, args) => {
                let value = self.declare(Instance::Promoted(def, n, args));
                Some(self.declare(Instance::ConstRef(value)))
            }
            ConstantKind::Static(def) => {
                let value = self.declare(Instance::ConstItem(def, crate::ty::List::new(&[])));
                Some(self.declare(Instance::ConstRef(value)))
            }
            _ => None,
        }
    }

    /// The bits of a constant in a type.
    pub(super) fn const_scalar(&mut self, c: Const, span: Span) -> ConstantKind {
        match self.tcx.eval_const(c).kind() {
            ConstKind::Value(_, bits) => ConstantKind::Scalar(*bits),
            _ => {
                if self.tcx.diag.has_errors().is_ok() {
                    let message = format!("the value of `{c}` is not known here");
                    self.report(crate::diag::Diagnostic::error("", span, message));
                }
                ConstantKind::Scalar(0)
            }
        }
    }

    /// Result type of a function, whether or not its body is built.
    fn result_ty(&mut self, f: FuncId) -> Ty {
        match self.program.functions[f].instance.clone() {
            Instance::ConstItem(def, args) => self.mono_ty(self.tcx.subst(self.tcx.type_of(def), args)),
            // Promoted values are built before the references to them: they were declared first.
            _ => self.program.functions[f].body.return_ty(),
        }
    }

    /// `fn() -> &'static T`: computes the value, puts it on the heap for good. A later pass replaces calls by data
    /// where the value has no pointers.
    pub(super) fn const_ref(&mut self, value: FuncId) -> Body {
        let ty = self.result_ty(value);
        let reference = Ty::reference(ty, Mutability::Not);
        let mut b = BodyBuilder::new(&[], reference);
        let kept = if self.changes_once(ty) { self.kept_static(&mut b, value, ty) } else { None };
        let computed = b.local(ty);
        b.call(Callee::Func(value), Vec::new(), &computed);
        let pointer = Ty::raw_ptr(ty, Mutability::Mut);
        let place = match self.lang("exchange_malloc") {
            Some(alloc) => {
                let alloc = self.instantiate(alloc, crate::ty::List::new(&[]));
                let size = b.intrinsic("size_of", ty, Vec::new(), Ty::usize());
                let align = b.intrinsic("align_of", ty, Vec::new(), Ty::usize());
                let bytes = b.local(Ty::raw_ptr(Ty::u8(), Mutability::Mut));
                b.call(Callee::Func(alloc), vec![Operand::Copy(size), Operand::Copy(align)], &bytes);
                let cast = Rvalue::Cast(CastKind::Prim(PrimCast::PtrToPtr), Operand::Copy(bytes), pointer);
                let place = b.temp(pointer, cast);
                b.assign(&place.deref(), Rvalue::Use(Operand::Move(computed)));
                place.deref()
            }
            // Without an allocator only values without bytes can live for ever.
            None => computed,
        };
        if let Some(keep) = kept {
            let address = b.temp(pointer, Rvalue::RawRef(Mutability::Mut, place.clone()));
            let bytes = Ty::raw_ptr(Ty::u8(), Mutability::Mut);
            let address = b
                .temp(bytes, Rvalue::Cast(CastKind::Prim(PrimCast::PtrToPtr), Operand::Copy(address), bytes));
            b.call_unit(
                Callee::Func(keep),
                vec![Operand::usize(value.index() as u64), Operand::Copy(address)],
            );
        }
        let result = b.result();
        b.assign(&result, Rvalue::Ref(BorrowKind::Shared, place));
        b.finish()
    }

    /// Begins a function that hands out a static: if the run has computed its value already, returns that. Otherwise
    /// control goes on, and the function returned here wants to know the place of the value.
    fn kept_static(&mut self, b: &mut BodyBuilder, value: FuncId, ty: Ty) -> Option<FuncId> {
        let find = self.lang_func("rt_kept", &[])?;
        let keep = self.lang_func("rt_keep", &[])?;
        let bytes = b.local(Ty::raw_ptr(Ty::u8(), Mutability::Mut));
        b.call(Callee::Func(find), vec![Operand::usize(value.index() as u64)], &bytes);
        let address = b.temp(
            Ty::usize(),
            Rvalue::Cast(CastKind::Prim(PrimCast::PtrInt), Operand::Copy(bytes.clone()), Ty::usize()),
        );
        let (found, missing) = (b.block(), b.block());
        let targets = vec![(0, missing)];
        b.end(TerminatorKind::Switch { value: Operand::Copy(address), targets, otherwise: found }, found);
        let pointer = Ty::raw_ptr(ty, Mutability::Mut);
        let place =
            b.temp(pointer, Rvalue::Cast(CastKind::Prim(PrimCast::PtrToPtr), Operand::Copy(bytes), pointer));
        let result = b.result();
        b.assign(&result, Rvalue::Ref(BorrowKind::Shared, place.deref()));
        b.end(TerminatorKind::Return, missing);
        Some(keep)
    }

    /// Whether a constant of the type is written to after it is made, as a `LazyLock` and an
    /// `OnceLock` are: then there is one in a run.
    fn changes_once(&self, ty: Ty) -> bool {
        match *ty.kind() {
            TyKind::Array(t, _) | TyKind::Slice(t) => self.changes_once(t),
            TyKind::Tuple(ts) => ts.iter().any(|t| self.changes_once(*t)),
            TyKind::Adt(..) => self.program.adts.get(&ty).is_some_and(|a| {
                self.program.is_lang(ty, "LazyLock")
                    || self.program.is_lang(ty, "OnceLock")
                    || a.variants.iter().any(|v| v.fields.iter().any(|f| self.changes_once(f.1)))
            }),
            _ => false,
        }
    }

    /// Whether values of a type hold no pointers: their bytes may be constant data.
    pub fn is_pointer_free(&self, ty: Ty) -> bool {
        match *ty.kind() {
            TyKind::Ref(..) | TyKind::RawPtr(..) | TyKind::FnPtr(_) | TyKind::Dynamic(..) => false,
            TyKind::Array(t, _) | TyKind::Slice(t) => self.is_pointer_free(t),
            TyKind::Tuple(ts) => ts.iter().all(|t| self.is_pointer_free(*t)),
            TyKind::Adt(..) | TyKind::Closure(..) => self.program.adts.get(&ty).is_some_and(|a| {
                a.variants.iter().all(|v| v.fields.iter().all(|f| self.is_pointer_free(f.1)))
            }),
            _ => true,
        }
    }
}
