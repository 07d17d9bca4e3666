//! How blocks end: jumps, calls, assertions.

use cloudc_frontend::bug;
use cloudc_frontend::mir::{
    AssertMessage, BlockId, Callee, FuncId, Local, Operand, Place, Terminator, TerminatorKind,
};
use cloudc_frontend::source::Span;
use cloudc_frontend::ty::{Ty, TyKind};
use cranelift_codegen::ir::{self, InstBuilder, TrapCode, Value, types};
use cranelift_frontend::Switch;

use super::function::{FnCx, Slot, Val};
use super::place::Spot;
use super::types::PTR;
use crate::passing::returned_in_registers;

/// The trap of code that is never reached.
pub(super) const UNREACHABLE: TrapCode = TrapCode::unwrap_user(1);

impl FnCx<'_, '_, '_> {
    pub(super) fn terminate(&mut self, terminator: &Terminator) -> Result<(), String> {
        match &terminator.kind {
            TerminatorKind::Goto(target) => {
                self.b.ins().jump(self.blocks[*target], &[]);
            }
            TerminatorKind::Switch { value, targets, otherwise } => {
                self.switch(value, targets, *otherwise)?
            }
            TerminatorKind::Return => self.return_(),
            TerminatorKind::Unreachable => {
                self.b.ins().trap(UNREACHABLE);
            }
            TerminatorKind::Drop { place, .. } => {
                bug!("a drop of `{}` was not expanded", self.body.place_ty(place))
            }
            TerminatorKind::Call { callee, args, destination, target } => {
                self.call(callee, args, destination, *target)?;
            }
            TerminatorKind::Assert { cond, expected, message, target } => {
                self.assert(cond, *expected, message, *target, terminator.span)?;
            }
        }
        Ok(())
    }

    fn switch(
        &mut self,
        value: &Operand,
        targets: &[(u128, BlockId)],
        otherwise: BlockId,
    ) -> Result<(), String> {
        let Val::One(value) = self.operand(value)? else { bug!("a switch is on one machine value") };
        let otherwise = self.blocks[otherwise];
        if let [(bits, target)] = *targets {
            let target = self.blocks[target];
            if bits == 0 {
                self.b.ins().brif(value, otherwise, &[], target, &[]);
            } else {
                let ty = self.b.func.dfg.value_type(value);
                let bits = self.constant(cloudc_analysis::layout::Prim::int(ty.bytes() as u64), bits);
                let equal = self.b.ins().icmp(ir::condcodes::IntCC::Equal, value, bits);
                self.b.ins().brif(equal, target, &[], otherwise, &[]);
            }
            return Ok(());
        }
        let mut switch = Switch::new();
        for (bits, target) in targets {
            switch.set_entry(*bits, self.blocks[*target]);
        }
        switch.emit(&mut self.b, value, otherwise);
        Ok(())
    }

    fn return_(&mut self) {
        let ty = self.body.return_ty();
        if !returned_in_registers(self.cx.abi(ty)) {
            self.b.ins().return_(&[]);
            return;
        }
        let values = match self.read_local(Local(0)) {
            Val::Zst => vec![],
            Val::One(x) => vec![x],
            Val::Two(x, y) => vec![x, y],
            Val::Mem(_) => bug!("a `{ty}` is returned in registers"),
        };
        self.b.ins().return_(&values);
    }

    fn call(
        &mut self,
        callee: &Callee,
        args: &[Operand],
        destination: &Place,
        target: Option<BlockId>,
    ) -> Result<(), String> {
        let (callee, result_ty) = match callee {
            Callee::Intrinsic(name, generic) => {
                return self.intrinsic(name.as_str(), generic, args, destination, target);
            }
            Callee::Func(func) => {
                (CallTarget::Func(*func), self.cx.program.functions[*func].body.return_ty())
            }
            Callee::Value(operand) => {
                let TyKind::FnPtr(sig) = self.body.operand_ty(operand).kind() else {
                    bug!("a call of a value that is no function pointer")
                };
                let Val::One(pointer) = self.operand(operand)? else {
                    bug!("a function pointer is one value")
                };
                let signature = self.cx.pointer_signature(sig);
                let signature = self.b.import_signature(signature);
                (CallTarget::Pointer(pointer, signature), sig.output)
            }
            Callee::Def(def, _) => bug!("the callee `{def:?}` was not resolved"),
        };
        let result = self.cx.abi(result_ty);
        let mut values = vec![self.rt];
        let mut through = None;
        if !returned_in_registers(result) {
            let (addr, copy_back) = self.result_memory(destination, args, result_ty)?;
            let pointer = self.address(addr);
            values.push(pointer);
            through = Some((addr, copy_back));
        }
        for arg in args {
            self.push_arg(arg, destination, &mut values)?;
        }
        let call = match callee {
            CallTarget::Func(func) => {
                let reference = self.cx.reference(self.cx.functions[&func], self.b.func);
                self.b.ins().call(reference, &values)
            }
            CallTarget::Pointer(pointer, signature) => {
                self.b.ins().call_indirect(signature, pointer, &values)
            }
        };
        let Some(target) = target else {
            self.b.ins().trap(UNREACHABLE);
            return Ok(());
        };
        let results = self.b.inst_results(call).to_vec();
        match (through, results[..].as_ref()) {
            (Some((addr, true)), _) => {
                let value = self.load(addr, result);
                self.write_place(destination, value);
            }
            (Some(_), _) | (None, []) => {}
            (None, [x]) => self.write_place(destination, Val::One(*x)),
            (None, [x, y, ..]) => self.write_place(destination, Val::Two(*x, *y)),
        }
        self.b.ins().jump(self.blocks[target], &[]);
        Ok(())
    }

    /// Where a result in memory goes, and whether it must be copied to its place afterwards: when the place is not in
    /// memory, or the callee could see it through an argument.
    fn result_memory(
        &mut self,
        destination: &Place,
        args: &[Operand],
        ty: Ty,
    ) -> Result<(super::function::Addr, bool), String> {
        let seen = destination.is_indirect()
            || args.iter().any(|a| a.place().is_some_and(|p| p.local == destination.local));
        let at = self.place(destination);
        if let (Spot::Memory(addr), false) = (at.spot, seen) {
            return Ok((addr, false));
        }
        let layout = self.cx.layouts.of(ty);
        let Slot::Frame(slot) = self.frame_slot(&layout)? else { bug!("a frame slot is in the frame") };
        let base = self.b.ins().stack_addr(PTR, slot, 0);
        Ok((super::function::Addr { base, offset: 0 }, true))
    }

    /// Passes an argument. One in memory is passed by address; the callee owns what is there, so only a value moved
    /// out of a local may be passed where it lies.
    fn push_arg(
        &mut self,
        arg: &Operand,
        destination: &Place,
        values: &mut Vec<Value>,
    ) -> Result<(), String> {
        let ty = self.body.operand_ty(arg);
        match self.operand(arg)? {
            Val::Zst => {}
            Val::One(x) => values.push(x),
            Val::Two(x, y) => values.extend([x, y]),
            Val::Mem(addr) => {
                let in_place =
                    matches!(arg, Operand::Move(p) if !p.is_indirect() && p.local != destination.local);
                let addr = if in_place { addr } else { self.spill(ty, Val::Mem(addr))? };
                let pointer = self.address(addr);
                values.push(pointer);
            }
        }
        Ok(())
    }

    /// Calls a function of the task with machine values.
    pub(super) fn call_function(&mut self, func: FuncId, args: &[Value]) -> Result<ir::Inst, String> {
        let Some(&id) = self.cx.functions.get(&func) else {
            return Err(format!("`{}` is not part of the task", self.cx.program.functions[func].name));
        };
        let reference = self.cx.reference(id, self.b.func);
        let mut values = vec![self.rt];
        values.extend_from_slice(args);
        Ok(self.b.ins().call(reference, &values))
    }

    fn assert(
        &mut self,
        cond: &Operand,
        expected: bool,
        message: &AssertMessage,
        target: BlockId,
        span: Span,
    ) -> Result<(), String> {
        let Val::One(cond) = self.operand(cond)? else { bug!("an assertion is on a `bool`") };
        let site = self.cx.site(span);
        let callee = message.lang_function();
        // Inlining repeats checks of one place: those that pass nothing but the place fail in one block.
        let known = self.failures.get(&(callee, site)).copied();
        let failed = known.unwrap_or_else(|| self.b.create_block());
        let target = self.blocks[target];
        if expected {
            self.b.ins().brif(cond, target, &[], failed, &[]);
        } else {
            self.b.ins().brif(cond, failed, &[], target, &[]);
        }
        if known.is_some() {
            return Ok(());
        }
        self.b.set_cold_block(failed);
        self.b.switch_to_block(failed);
        let mut args = Vec::new();
        if let AssertMessage::BoundsCheck { len, index } = message {
            let (Val::One(len), Val::One(index)) = (self.operand(len)?, self.operand(index)?) else {
                bug!("lengths and indices are `usize`")
            };
            args.extend([index, len]);
        } else {
            self.failures.insert((callee, site), failed);
        }
        args.push(self.b.ins().iconst(types::I32, site as i64));
        let func = self.cx.lang(callee)?;
        self.call_function(func, &args)?;
        self.b.ins().trap(UNREACHABLE);
        Ok(())
    }
}

enum CallTarget {
    Func(FuncId),
    Pointer(Value, ir::SigRef),
}
