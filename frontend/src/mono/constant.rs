//! Constants: values of items as functions that compute them, references to them.

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
        let result = b.result();
        b.assign(&result, Rvalue::Ref(BorrowKind::Shared, place));
        b.finish()
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
