//! How blocks end: jumps, calls, assertions.

use std::fmt::Write;

use cloudc_analysis::layout::{Abi, Prim};
use cloudc_frontend::bug;
use cloudc_frontend::mir::{
    AssertMessage, BlockId, Callee, FuncId, Local, Operand, Place, Terminator, TerminatorKind,
};
use cloudc_frontend::source::Span;
use cloudc_frontend::ty::TyKind;

use super::function::{Addr, FnCx, STATE, Val};
use super::ir::{Label, Name, Value, machine_type};
use super::place::Spot;
use super::types::Signature;
use crate::passing::returned_in_registers;

impl FnCx<'_, '_> {
    pub(super) fn terminate(&mut self, terminator: &Terminator) -> Result<(), String> {
        match &terminator.kind {
            TerminatorKind::Goto(target) => self.jump(Label::Block(*target)),
            TerminatorKind::Switch { value, targets, otherwise } => {
                self.switch(value, targets, *otherwise)?
            }
            TerminatorKind::Return => self.return_(),
            TerminatorKind::Unreachable => self.unreachable(),
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

    pub(super) fn unreachable(&mut self) {
        self.w.line(format_args!("unreachable"));
    }

    fn switch(
        &mut self,
        value: &Operand,
        targets: &[(u128, BlockId)],
        otherwise: BlockId,
    ) -> Result<(), String> {
        let ty = self.body.operand_ty(value);
        let Val::One(value) = self.operand(value)? else { bug!("a switch is on one machine value") };
        let otherwise = Label::Block(otherwise);
        match *targets {
            [(0, target)] if *ty.kind() == TyKind::Bool => {
                self.branch(value, otherwise, Label::Block(target));
            }
            _ => {
                let mut cases = String::new();
                for (bits, target) in targets {
                    let (bits, target) = (Value::bits(value.prim, *bits), Label::Block(*target));
                    // Writing to a string cannot fail.
                    let _ = write!(cases, " {bits:#}, label %{target}");
                }
                self.w.line(format_args!("switch {value:#}, label %{otherwise} [{cases} ]"));
            }
        }
        Ok(())
    }

    fn return_(&mut self) {
        let ty = self.body.return_ty();
        if !returned_in_registers(self.cx.abi(ty)) {
            self.w.line(format_args!("ret void"));
            return;
        }
        match self.read_local(Local(0)) {
            Val::Zst => self.w.line(format_args!("ret void")),
            Val::One(x) => self.w.line(format_args!("ret {x:#}")),
            Val::Two(x, y) => {
                let pair = format!("{{ {}, {} }}", machine_type(x.prim), machine_type(y.prim));
                let first = self.w.other(format_args!("insertvalue {pair} poison, {x:#}, 0"));
                let both = self.w.other(format_args!("insertvalue {pair} {first}, {y:#}, 1"));
                self.w.line(format_args!("ret {pair} {both}"));
            }
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
            Callee::Intrinsic(name, generic) => {
                return self.intrinsic(name.as_str(), generic, args, destination, target);
            }
            Callee::Func(func) => {
                let signature = self.cx.signature(&self.cx.program.functions[*func].body);
                (Value { prim: Prim::Ptr, name: Name::Function(*func) }, signature)
            }
            Callee::Value(operand) => {
                let TyKind::FnPtr(sig) = self.body.operand_ty(operand).kind() else {
                    bug!("a call of a value that is no function pointer")
                };
                let Val::One(pointer) = self.operand(operand)? else {
                    bug!("a function pointer is one value")
                };
                (pointer, self.cx.pointer_signature(sig))
            }
            Callee::Def(def, _) => bug!("the callee `{def:?}` was not resolved"),
        };
        let mut values = vec![STATE];
        let mut through = None;
        if !returned_in_registers(signature.result) {
            let (addr, copy_back) = self.result_memory(destination, args, &signature)?;
            values.push(self.address(addr));
            through = Some((addr, copy_back));
        }
        for arg in args {
            self.push_arg(arg, destination, &mut values)?;
        }
        let result = self.call_machine(callee, &signature, &values);
        let Some(target) = target else {
            self.unreachable();
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
        self.jump(Label::Block(target));
        Ok(())
    }

    /// Calls with machine values. What is returned through memory counts as nothing.
    fn call_machine(&mut self, callee: Value, signature: &Signature, values: &[Value]) -> Val {
        let result = signature.result_text();
        let mut args = String::new();
        for (index, (value, param)) in values.iter().zip(&signature.params).enumerate() {
            let value = self.reinterpret(*value, param.prim);
            // Writing to a string cannot fail.
            let _ = write!(args, "{}{value:#}", if index == 0 { "" } else { ", " });
        }
        match signature.result {
            Abi::Scalar(p) => Val::One(self.w.value(p, format_args!("call {result} {callee}({args})"))),
            Abi::Pair(p, q, _) if returned_in_registers(signature.result) => {
                let both = self.w.other(format_args!("call {result} {callee}({args})"));
                let first = self.w.value(p, format_args!("extractvalue {result} {both}, 0"));
                Val::Two(first, self.w.value(q, format_args!("extractvalue {result} {both}, 1")))
            }
            _ => {
                self.w.line(format_args!("call void {callee}({args})"));
                Val::Zst
            }
        }
    }

    /// Where a result in memory goes, and whether it must be copied to its place afterwards: when the place is not in
    /// memory, or the callee could see it through an argument.
    fn result_memory(
        &mut self,
        destination: &Place,
        args: &[Operand],
        signature: &Signature,
    ) -> Result<(Addr, bool), String> {
        let seen = destination.is_indirect()
            || args.iter().any(|a| a.place().is_some_and(|p| p.local == destination.local));
        let at = self.place(destination);
        if let (Spot::Memory(addr), false) = (at.spot, seen) {
            return Ok((addr, false));
        }
        let layout = self.cx.layouts.of(signature.result_ty);
        Ok((Addr::of(self.frame_slot(&layout)?), true))
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
                values.push(self.address(addr));
            }
        }
        Ok(())
    }

    /// Calls a function of the task with machine values.
    pub(super) fn call_function(&mut self, func: FuncId, args: &[Value]) -> Val {
        let signature = self.cx.signature(&self.cx.program.functions[func].body);
        let values: Vec<Value> = [STATE].iter().chain(args).copied().collect();
        self.call_machine(Value { prim: Prim::Ptr, name: Name::Function(func) }, &signature, &values)
    }

    /// Calls a function of our std that takes machine values and returns one.
    pub(super) fn call_lang(&mut self, name: &str, args: &[Value]) -> Result<Value, String> {
        let func = self.cx.lang(name)?;
        match self.call_function(func, args) {
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
        let site = self.cx.site(span);
        let callee = message.lang_function();
        // Inlining repeats checks of one place: those that pass nothing but the place fail in one block.
        let known = self.failures.get(&(callee, site)).copied();
        let failed = known.unwrap_or_else(|| self.w.new_label());
        let target = Label::Block(target);
        if expected {
            self.branch(cond, target, failed);
        } else {
            self.branch(cond, failed, target);
        }
        if known.is_some() {
            return Ok(());
        }
        self.w.label(failed);
        let mut args = Vec::new();
        if let AssertMessage::BoundsCheck { len, index } = message {
            let (Val::One(len), Val::One(index)) = (self.operand(len)?, self.operand(index)?) else {
                bug!("lengths and indices are `usize`")
            };
            args.extend([index, len]);
        } else {
            self.failures.insert((callee, site), failed);
        }
        args.push(Value::bits(Prim::I32, site.into()));
        let func = self.cx.lang(callee)?;
        self.call_function(func, &args);
        self.unreachable();
        Ok(())
    }
}
