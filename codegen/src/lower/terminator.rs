//! How blocks end: jumps, calls, assertions.

use cloudc_analysis::layout::Prim;
use cloudc_frontend::bug;
use cloudc_frontend::mir::{
    AssertMessage, BlockId, Callee, FuncId, Local, Operand, Place, Terminator, TerminatorKind,
};
use cloudc_frontend::source::Span;
use cloudc_frontend::ty::{Ty, TyKind};

use super::signature::returned_in_registers;
use super::value::{Addr, Spot, Val};
use super::{Emit, Lower, Signature, Target, lang};

impl<E: Emit> Lower<'_, E> {
    pub(super) fn terminate(&mut self, terminator: &Terminator) -> Result<(), String> {
        match &terminator.kind {
            TerminatorKind::Goto(target) => self.goto(*target),
            TerminatorKind::Switch { value, targets, otherwise } => {
                self.switch(value, targets, *otherwise)?
            }
            TerminatorKind::Return => self.return_(),
            TerminatorKind::Unreachable => self.e.unreachable(),
            TerminatorKind::Drop { place, .. } => {
                bug!("a drop of `{}` was not expanded", self.body.place_ty(place))
            }
            TerminatorKind::Call { callee: Callee::Intrinsic(name, generic), args, destination, target } => {
                self.intrinsic(name.as_str(), generic, args, destination, *target)?;
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

    pub(super) fn goto(&mut self, block: BlockId) {
        let label = self.e.block(block);
        self.e.jump(label);
    }

    fn switch(
        &mut self,
        value: &Operand,
        targets: &[(u128, BlockId)],
        otherwise: BlockId,
    ) -> Result<(), String> {
        let ty = self.body.operand_ty(value);
        let Val::One(value) = self.operand(value)? else { bug!("a switch is on one machine value") };
        match *targets {
            [(0, target)] if *ty.kind() == TyKind::Bool => {
                let [yes, no] = [otherwise, target].map(|block| self.e.block(block));
                self.e.branch(value, yes, no);
            }
            _ => self.e.switch(value, targets, otherwise),
        }
        Ok(())
    }

    fn return_(&mut self) {
        let ty = self.body.return_ty();
        if !returned_in_registers(self.abi(ty)) {
            return self.e.return_(&[]);
        }
        match self.read_local(Local(0)) {
            Val::Zst => self.e.return_(&[]),
            Val::One(x) => self.e.return_(&[x]),
            Val::Two(x, y) => self.e.return_(&[x, y]),
            Val::Mem(_) => bug!("a `{ty}` is returned in registers"),
        }
    }

    fn call(
        &mut self,
        callee: &Callee,
        args: &[Operand],
        destination: &Place,
        target: Option<BlockId>,
    ) -> Result<(), String> {
        let (callee, signature) = match callee {
            Callee::Func(func) => (Target::Func(*func), self.signature(*func)),
            Callee::Value(operand) => {
                let TyKind::FnPtr(sig) = self.body.operand_ty(operand).kind() else {
                    bug!("a call of a value that is no function pointer")
                };
                let Val::One(pointer) = self.operand(operand)? else {
                    bug!("a function pointer is one value")
                };
                (Target::Pointer(pointer), Signature::of_pointer(self.layouts, sig))
            }
            Callee::Def(def, _) => bug!("the callee `{def:?}` was not resolved"),
            Callee::Intrinsic(name, _) => bug!("`{name}` is no function"),
        };
        let mut values = vec![self.e.state()];
        let mut through = None;
        if !returned_in_registers(signature.result) {
            let (addr, copy_back) = self.result_memory(destination, args, signature.result_ty)?;
            values.push(self.e.address(addr));
            through = Some((addr, copy_back));
        }
        for arg in args {
            self.push_arg(arg, destination, &mut values)?;
        }
        let result = self.e.call(callee, &signature, &values)?;
        let Some(target) = target else {
            self.e.unreachable();
            return Ok(());
        };
        match through {
            Some((addr, true)) => {
                let value = self.load(addr, signature.result_ty);
                self.write_place(destination, value);
            }
            Some((_, false)) => {}
            None if matches!(result, Val::Zst) => {}
            None => self.write_place(destination, result),
        }
        self.goto(target);
        Ok(())
    }

    /// Where a result in memory goes, and whether it must be copied to its place afterwards: when the place is not in
    /// memory, or the callee could see it through an argument.
    fn result_memory(
        &mut self,
        destination: &Place,
        args: &[Operand],
        ty: Ty,
    ) -> Result<(Addr<E::Value>, bool), String> {
        let seen = destination.is_indirect()
            || args.iter().any(|a| a.place().is_some_and(|p| p.local == destination.local));
        let at = self.place(destination);
        if let (Spot::Memory(addr), false) = (at.spot, seen) {
            return Ok((addr, false));
        }
        let frame = self.frame(&self.layouts.of(ty))?;
        Ok((Addr::of(self.e.address_of(frame)), true))
    }

    /// Passes an argument. One in memory is passed by address; the callee owns what is there, so only a value moved
    /// out of a local may be passed where it lies.
    fn push_arg(
        &mut self,
        arg: &Operand,
        destination: &Place,
        values: &mut Vec<E::Value>,
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
                values.push(self.e.address(addr));
            }
        }
        Ok(())
    }

    fn signature(&self, func: FuncId) -> Signature {
        Signature::of_body(self.layouts, &self.program.functions[func].body)
    }

    /// Calls a function of our std with machine values.
    fn call_std(&mut self, name: &str, args: &[E::Value]) -> Result<Val<E::Value>, String> {
        let func = lang(self.program, name)?;
        let mut values = vec![self.e.state()];
        values.extend_from_slice(args);
        let signature = self.signature(func);
        self.e.call(Target::Func(func), &signature, &values)
    }

    /// Calls a function of our std that takes machine values and returns one.
    pub(super) fn call_lang(&mut self, name: &str, args: &[E::Value]) -> Result<E::Value, String> {
        match self.call_std(name, args)? {
            Val::One(value) => Ok(value),
            _ => Err(format!("`{name}` returns one machine value")),
        }
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
        let site = self.site(span);
        let callee = message.lang_function();
        // Inlining repeats checks of one place: those that pass nothing but the place fail in one block.
        let known = self.failures.get(&(callee, site)).copied();
        let failed = known.unwrap_or_else(|| self.e.new_label());
        let target = self.e.block(target);
        if expected {
            self.e.branch(cond, target, failed);
        } else {
            self.e.branch(cond, failed, target);
        }
        if known.is_some() {
            return Ok(());
        }
        self.e.start_cold(failed);
        let mut args = Vec::new();
        if let AssertMessage::BoundsCheck { len, index } = message {
            let (Val::One(len), Val::One(index)) = (self.operand(len)?, self.operand(index)?) else {
                bug!("lengths and indices are `usize`")
            };
            args.extend([index, len]);
        } else {
            self.failures.insert((callee, site), failed);
        }
        args.push(self.e.constant(Prim::I32, site.into()));
        self.call_std(callee, &args)?;
        self.e.unreachable();
        Ok(())
    }
}
