//! Calls: which instance runs, and with which arguments.

use crate::hir::{ClosureKind, DefId, DefKind};
use crate::mir::*;
use crate::symbol::Symbol;
use crate::ty::{Args, Mutability, Resolved, Ty, TyKind};

use super::instantiate::Resolver;
use super::shape::closure_kind;
use super::type_name::type_name;
use super::{Collector, Instance};

impl Collector<'_, '_> {
    /// The instance that runs when `def` is called, if it is one function: not an intrinsic or a `Fn*` method.
    pub(super) fn callable(&mut self, def: DefId, args: Args) -> Option<Instance> {
        if let Some((ty, variant)) = self.constructor(def, args) {
            self.describe(ty);
            return Some(Instance::CtorShim(ty, variant));
        }
        match self.tcx.resolve_method(def, args) {
            Resolved::Item(def, args) => Some(Instance::Item(def, args)),
            Resolved::CloneShim(ty) => Some(Instance::CloneShim(ty)),
            Resolved::Virtual(def, args) => Some(Instance::Virtual(def, args)),
            _ => None,
        }
    }

    /// The type and variant that a constructor makes.
    pub(super) fn constructor(&self, def: DefId, args: Args) -> Option<(Ty, u32)> {
        let d = self.tcx.hir.def(def);
        match (&d.kind, d.parent) {
            (DefKind::Struct(_), _) => Some((Ty::new(TyKind::Adt(def, args)), 0)),
            (DefKind::Variant(n), Some(parent)) => Some((Ty::new(TyKind::Adt(parent, args)), *n)),
            _ => None,
        }
    }
}

impl Resolver<'_, '_, '_> {
    /// Ends the open block with the call of a definition.
    pub fn call_def(
        &mut self,
        def: DefId,
        generic: Args,
        args: Vec<Operand>,
        destination: Place,
        target: Option<BlockId>,
    ) {
        if let Some((ty, variant)) = self.c.constructor(def, generic) {
            self.c.describe(ty);
            if let TyKind::Adt(adt, adt_args) = *ty.kind() {
                let kind = AggregateKind::Adt(adt, variant, adt_args);
                self.push(destination, Rvalue::Aggregate(kind, args));
            }
            return self.go_on(target);
        }
        match self.c.tcx.resolve_method(def, generic) {
            Resolved::Item(def, generic) => {
                let f = self.c.declare(Instance::Item(def, generic));
                self.call_func(f, args, destination, target);
            }
            Resolved::Virtual(def, generic) => {
                let mut args = args;
                if let Some(this) = args.first_mut()
                    && let object = self.body.operand_ty(this)
                    && matches!(object.kind(), TyKind::Dynamic(..))
                {
                    let place = self.operand_place(this.clone());
                    let pointer = self.temp(Ty::raw_ptr(object, Mutability::Mut));
                    self.push(pointer.clone(), Rvalue::RawRef(Mutability::Mut, place));
                    *this = Operand::Move(pointer);
                }
                let f = self.c.declare(Instance::Virtual(def, generic));
                self.call_func(f, args, destination, target);
            }
            Resolved::CloneShim(ty) => {
                if self.c.tcx.is_copy(&self.c.env, ty)
                    && let [arg] = &args[..]
                {
                    let place = self.operand_place(arg.clone()).deref();
                    self.push(destination, Rvalue::Use(Operand::Copy(place)));
                    return self.go_on(target);
                }
                let f = self.c.declare(Instance::CloneShim(ty));
                self.call_func(f, args, destination, target);
            }
            Resolved::Closure(closure, closure_args, called_as) => {
                self.call_closure(closure, closure_args, called_as, args, destination, target);
            }
            Resolved::FnPtr(ty) => self.call_fn_value(def, ty, args, destination, target),
            Resolved::Intrinsic(name, generic) => self.intrinsic(name, generic, args, destination, target),
        }
    }

    fn call_func(&mut self, f: FuncId, mut args: Vec<Operand>, destination: Place, target: Option<BlockId>) {
        if self.c.program.functions[f].track_caller {
            args.push(self.site_operand());
        }
        self.close(TerminatorKind::Call { callee: Callee::Func(f), args, destination, target });
    }

    /// The elements of the tuple that `Fn*` methods take as their last argument.
    fn untuple(&mut self, tuple: Operand) -> Vec<Operand> {
        let tys = match self.body.operand_ty(&tuple).kind() {
            TyKind::Tuple(ts) => *ts,
            _ => return vec![tuple],
        };
        if tys.is_empty() {
            return Vec::new();
        }
        let place = self.operand_place(tuple);
        tys.iter().enumerate().map(|(i, t)| Operand::Move(place.field(i, *t))).collect()
    }

    fn call_closure(
        &mut self,
        closure: DefId,
        closure_args: Args,
        called_as: ClosureKind,
        args: Vec<Operand>,
        destination: Place,
        target: Option<BlockId>,
    ) {
        let ty = Ty::new(TyKind::Closure(closure, closure_args));
        let own = closure_kind(closure_args).unwrap_or(called_as);
        let f = self.c.declare(Instance::Closure(closure, closure_args));
        let mut args = args.into_iter();
        let (Some(this), Some(tuple)) = (args.next(), args.next()) else {
            crate::bug!("a call of a closure has a receiver and a tuple of arguments")
        };
        let mut dropped = None;
        let this = match (called_as, own) {
            (ClosureKind::FnOnce, ClosureKind::FnOnce) => this,
            (ClosureKind::FnOnce, _) => {
                // The closure lives until its body has run, then it is dropped.
                let place = self.temp(ty);
                self.push(place.clone(), Rvalue::Use(this));
                let reference = self.reference(place.clone(), ty, own);
                dropped = self.c.drop_glue(ty).map(|glue| (place, glue));
                reference
            }
            (ClosureKind::FnMut, ClosureKind::Fn) => {
                let place = self.operand_place(this).deref();
                self.reference(place, ty, ClosureKind::Fn)
            }
            _ => this,
        };
        let mut all = vec![this];
        all.extend(self.untuple(tuple));
        match (dropped, target) {
            (Some((place, glue)), Some(target)) => {
                self.call_through(Callee::Func(f), all, destination);
                self.drop_call(place, ty, glue);
                self.close(TerminatorKind::Goto(target));
            }
            _ => self.close(TerminatorKind::Call { callee: Callee::Func(f), args: all, destination, target }),
        }
    }

    fn reference(&mut self, place: Place, ty: Ty, kind: ClosureKind) -> Operand {
        let (mutability, borrow) = match kind {
            ClosureKind::Fn => (Mutability::Not, BorrowKind::Shared),
            _ => (Mutability::Mut, BorrowKind::Mut { two_phase: false }),
        };
        let reference = self.temp(Ty::reference(ty, mutability));
        self.push(reference.clone(), Rvalue::Ref(borrow, place));
        Operand::Move(reference)
    }

    /// `Fn*::call*` of a function item or pointer.
    fn call_fn_value(
        &mut self,
        method: DefId,
        ty: Ty,
        args: Vec<Operand>,
        destination: Place,
        target: Option<BlockId>,
    ) {
        let mut args = args.into_iter();
        let (Some(this), Some(tuple)) = (args.next(), args.next()) else {
            crate::bug!("a call of a function value has a receiver and a tuple of arguments")
        };
        let untupled = self.untuple(tuple);
        match *ty.kind() {
            TyKind::FnDef(def, generic) => self.call_def(def, generic, untupled, destination, target),
            _ => {
                let by_value = method.name() == "call_once";
                let value = if by_value { this } else { Operand::Copy(self.operand_place(this).deref()) };
                let callee = Callee::Value(value);
                self.close(TerminatorKind::Call { callee, args: untupled, destination, target });
            }
        }
    }

    /// Intrinsics that MIR has other words for become those; the rest stay calls.
    fn intrinsic(
        &mut self,
        name: Symbol,
        generic: Args,
        args: Vec<Operand>,
        destination: Place,
        target: Option<BlockId>,
    ) {
        let ty = generic.first().and_then(|a| a.as_type()).unwrap_or(Ty::unit());
        let binary = |op: BinOp, args: &[Operand]| Rvalue::Binary(op, args[0].clone(), args[1].clone());
        let checked =
            |op: BinOp, args: &[Operand]| Rvalue::CheckedBinary(op, args[0].clone(), args[1].clone());
        let rvalue = match name.as_str() {
            "needs_drop" => {
                let needs = self.c.tcx.needs_drop(&self.c.env, ty);
                Rvalue::Use(Operand::scalar(needs as u128, Ty::bool()))
            }
            "is_plain" => {
                self.c.describe(ty);
                Rvalue::Use(Operand::scalar(self.c.program.is_plain(ty) as u128, Ty::bool()))
            }
            "type_name" => {
                let text = Symbol::intern(&type_name(self.c.tcx, ty));
                let str_ref = Ty::reference(Ty::str(), Mutability::Not);
                Rvalue::Use(Operand::Constant(Constant { kind: ConstantKind::Str(text), ty: str_ref }))
            }
            "type_id" => {
                let number = self.c.virtuals.type_number(ty);
                Rvalue::Use(Operand::scalar(number as u128, self.body.place_ty(&destination)))
            }
            "forget" => Rvalue::Use(Operand::unit()),
            "transmute" => {
                let to = self.body.place_ty(&destination);
                Rvalue::Cast(CastKind::Transmute, args[0].clone(), to)
            }
            "read" => Rvalue::Use(Operand::Copy(self.operand_place(args[0].clone()).deref())),
            "write" => {
                let to = self.operand_place(args[0].clone()).deref();
                self.push(to, Rvalue::Use(args[1].clone()));
                Rvalue::Use(Operand::unit())
            }
            "discriminant_value" => {
                let place = self.operand_place(args[0].clone()).deref();
                match *ty.kind() {
                    TyKind::Adt(def, _) if matches!(self.c.tcx.hir.def(def).kind, DefKind::Enum(_)) => {
                        let kind = self.c.tcx.discriminant_ty(def);
                        let temp = self.temp(kind);
                        self.push(temp.clone(), Rvalue::Discriminant(place));
                        let to = self.body.place_ty(&destination);
                        Rvalue::Cast(CastKind::Prim(PrimCast::IntToInt), Operand::Copy(temp), to)
                    }
                    _ => Rvalue::Use(Operand::scalar(0, self.body.place_ty(&destination))),
                }
            }
            "drop_in_place" => {
                if let (Some(glue), [pointer]) = (self.c.drop_glue(ty), &args[..]) {
                    let args = vec![pointer.clone()];
                    let callee = Callee::Func(glue);
                    return self.close(TerminatorKind::Call { callee, args, destination, target });
                }
                Rvalue::Use(Operand::unit())
            }
            "slice_len" => Rvalue::Len(self.operand_place(args[0].clone()).deref()),
            "slice_ptr" => {
                let to = self.body.place_ty(&destination);
                Rvalue::Cast(CastKind::Prim(PrimCast::PtrToPtr), args[0].clone(), to)
            }
            "slice_from_raw_parts" | "slice_from_raw_parts_mut" => {
                // The parts in locals of their own, so that passes can use them in place of the whole.
                let args = args
                    .into_iter()
                    .map(|arg| {
                        let temp = self.temp(self.body.operand_ty(&arg));
                        self.push(temp.clone(), Rvalue::Use(arg));
                        Operand::Copy(temp)
                    })
                    .collect();
                let callee = Callee::Intrinsic(name, generic);
                return self.close(TerminatorKind::Call { callee, args, destination, target });
            }
            "caller_location" => Rvalue::Use(self.site_operand()),
            "wrapping_add" => binary(BinOp::Add, &args),
            "wrapping_sub" => binary(BinOp::Sub, &args),
            "wrapping_mul" => binary(BinOp::Mul, &args),
            "unchecked_div" | "unchecked_rem" => {
                let op = if name == "unchecked_div" { BinOp::Div } else { BinOp::Rem };
                self.need_for_operator(op, ty);
                binary(op, &args)
            }
            "unchecked_shl" => binary(BinOp::Shl, &args),
            "unchecked_shr" => binary(BinOp::Shr, &args),
            "add_with_overflow" => checked(BinOp::Add, &args),
            "sub_with_overflow" => checked(BinOp::Sub, &args),
            "mul_with_overflow" => {
                self.need_for_operator(BinOp::Mul, ty);
                checked(BinOp::Mul, &args)
            }
            "unreachable" => return self.close(TerminatorKind::Unreachable),
            "freeze_glue" => {
                let f = self.c.freeze_glue(ty);
                return self.call_func(f, args, destination, target);
            }
            "size_of_val" if self.c.needs_size_function(ty) => {
                let f = self.c.size_function(ty);
                return self.call_func(f, args, destination, target);
            }
            _ => {
                if name == "ffma" {
                    self.c.lang_func(&format!("{ty}_fma"), &[]);
                }
                generic.iter().filter_map(|a| a.as_type()).for_each(|t| self.c.describe(t));
                let callee = Callee::Intrinsic(name, generic);
                return self.close(TerminatorKind::Call { callee, args, destination, target });
            }
        };
        self.push(destination, rvalue);
        self.go_on(target);
    }
}
