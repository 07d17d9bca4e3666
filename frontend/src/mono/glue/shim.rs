//! Adapters: constructors and closures as functions, functions without their hidden parameter, the program's start.

use crate::hir::{ClosureKind, DefId};
use crate::mir::*;
use crate::mono::builder::BodyBuilder;
use crate::mono::shape::{closure_kind, closure_part};
use crate::mono::{Collector, Instance};
use crate::ty::{Args, GenericArg, List, Mutability, Ty, TyKind};

impl Collector<'_, '_> {
    pub(in crate::mono) fn ctor_shim(&mut self, ty: Ty, variant: u32) -> Body {
        self.describe(ty);
        let fields = self.program.field_tys(ty, variant as usize);
        let mut b = BodyBuilder::new(&fields, ty);
        if let TyKind::Adt(def, args) = *ty.kind() {
            let ops = (1..=fields.len()).map(|n| Operand::Move(b.arg(n))).collect();
            let result = b.result();
            b.assign(&result, Rvalue::Aggregate(AggregateKind::Adt(def, variant, args), ops));
        }
        b.finish()
    }

    pub(in crate::mono) fn closure_fn_shim(&mut self, def: DefId, args: Args) -> Body {
        let ty = Ty::new(TyKind::Closure(def, args));
        let (inputs, output) = match closure_part(args, 2).kind() {
            TyKind::FnPtr(sig) => (sig.inputs.to_vec(), sig.output),
            _ => (Vec::new(), Ty::unit()),
        };
        let f = self.declare(Instance::Closure(def, args));
        let mut b = BodyBuilder::new(&inputs, output);
        let closure = b.temp(ty, Rvalue::Aggregate(AggregateKind::Closure(def, args), Vec::new()));
        let this = match closure_kind(args) {
            Some(ClosureKind::FnOnce) | None => Operand::Move(closure),
            Some(kind) => {
                let (m, borrow) = match kind {
                    ClosureKind::Fn => (Mutability::Not, BorrowKind::Shared),
                    _ => (Mutability::Mut, BorrowKind::Mut { two_phase: false }),
                };
                Operand::Move(b.temp(Ty::reference(ty, m), Rvalue::Ref(borrow, closure)))
            }
        };
        let mut ops = vec![this];
        ops.extend((1..=inputs.len()).map(|n| Operand::Move(b.arg(n))));
        let result = b.result();
        b.call(Callee::Func(f), ops, &result);
        b.finish()
    }

    /// Calls a `#[track_caller]` function as if from its own declaration.
    pub(in crate::mono) fn reify_shim(&mut self, f: FuncId) -> Body {
        let function = &self.program.functions[f];
        let (inputs, output) = match function.instance.clone() {
            Instance::Item(def, args) | Instance::Virtual(def, args) => {
                let sig = self.mono_sig(def, args);
                (sig.inputs.to_vec(), sig.output)
            }
            other => crate::bug!("{other:?} takes no source position"),
        };
        let span = self.program.functions[f].span;
        let mut b = BodyBuilder::new(&inputs, output);
        let mut ops: Vec<Operand> = (1..=inputs.len()).map(|n| Operand::Move(b.arg(n))).collect();
        ops.push(Operand::Constant(Constant { kind: ConstantKind::Site(span), ty: Ty::u32() }));
        let result = b.result();
        b.call(Callee::Func(f), ops, &result);
        b.finish()
    }

    /// `start::<T, fn() -> T {main}>(main)`
    pub(in crate::mono) fn main_body(&mut self, main: DefId) -> Body {
        let none: Args = List::new(&[]);
        let output = self.mono_sig(main, none).output;
        let item = Ty::new(TyKind::FnDef(main, none));
        let mut b = BodyBuilder::new(&[], Ty::unit());
        if let Some(start) = self.lang("start") {
            let f = self.instantiate(start, Args::new(&[GenericArg::Type(output), GenericArg::Type(item)]));
            b.call_unit(Callee::Func(f), vec![Operand::zero_sized(item)]);
        }
        b.finish()
    }
}
