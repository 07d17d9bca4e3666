//! Blocks, jumps and calls.

use std::fmt::Write;

use cloudc_analysis::layout::Prim;
use cloudc_frontend::mir::BlockId;

use super::function::{FnCx, result_type};
use super::ir::{Label, Name, Value, machine_type};
use crate::lower::{Addr, Control, Memory, Scalars, Signature, Target, Val, Values};

impl Control for FnCx<'_, '_> {
    type Label = Label;

    fn block(&self, block: BlockId) -> Label {
        Label::Block(block)
    }

    fn new_label(&mut self) -> Label {
        self.w.new_label()
    }

    fn start(&mut self, label: Label) {
        self.w.label(label);
    }

    fn start_cold(&mut self, label: Label) {
        self.w.label(label);
    }

    fn jump(&mut self, to: Label) {
        self.w.line(format_args!("br label %{to}"));
    }

    fn branch(&mut self, condition: Value, yes: Label, no: Label) {
        let flag = self.flag(condition);
        self.w.line(format_args!("br i1 {flag}, label %{yes}, label %{no}"));
    }

    fn switch(&mut self, value: Value, cases: &[(u128, BlockId)], otherwise: BlockId) {
        let mut text = String::new();
        for (bits, target) in cases {
            let (bits, target) = (Value::bits(value.prim, *bits), Label::Block(*target));
            // Writing to a string cannot fail.
            let _ = write!(text, " {bits:#}, label %{target}");
        }
        let otherwise = Label::Block(otherwise);
        self.w.line(format_args!("switch {value:#}, label %{otherwise} [{text} ]"));
    }

    fn return_(&mut self, results: &[Value]) {
        match results {
            [] => self.w.line(format_args!("ret void")),
            [x] => self.w.line(format_args!("ret {x:#}")),
            [x, y, ..] => {
                let pair = format!("{{ {}, {} }}", machine_type(x.prim), machine_type(y.prim));
                let first = self.w.other(format_args!("insertvalue {pair} poison, {x:#}, 0"));
                let both = self.w.other(format_args!("insertvalue {pair} {first}, {y:#}, 1"));
                self.w.line(format_args!("ret {pair} {both}"));
            }
        }
    }

    fn abort(&mut self) {
        self.w.line(format_args!("call void @llvm.trap()"));
        self.unreachable();
    }

    fn unreachable(&mut self) {
        self.w.line(format_args!("unreachable"));
    }

    fn call(
        &mut self,
        callee: Target<Value>,
        signature: &Signature,
        args: &[Value],
    ) -> Result<Val<Value>, String> {
        let callee = match callee {
            Target::Func(func) => Value { prim: Prim::Ptr, name: Name::Function(func) },
            Target::Pointer(pointer) => pointer,
        };
        let result = result_type(signature);
        let mut text = String::new();
        for (index, (value, param)) in args.iter().zip(&signature.params).enumerate() {
            let value = self.reinterpret(*value, param.prim);
            // Writing to a string cannot fail.
            let _ = write!(text, "{}{value:#}", if index == 0 { "" } else { ", " });
        }
        let call = format_args!("call {result} {callee}({text})");
        let parts: Vec<_> = signature.results().collect();
        Ok(match parts[..] {
            [] => {
                self.w.line(call);
                Val::Zst
            }
            [prim] => Val::One(self.w.value(prim, call)),
            [first, second, ..] => {
                let both = self.w.other(call);
                let first = self.w.value(first, format_args!("extractvalue {result} {both}, 0"));
                Val::Two(first, self.w.value(second, format_args!("extractvalue {result} {both}, 1")))
            }
        })
    }

    fn host_call(&mut self, slot: Value, [a, b, c, d]: [Value; 4]) -> Value {
        let state = self.state();
        let host = self.w.value(Prim::Ptr, format_args!("load ptr, ptr {state}, align 8"));
        let table = self.w.value(Prim::Ptr, format_args!("load ptr, ptr {host}, align 8"));
        let calls = self.address(Addr { base: table, offset: 8 });
        let entry =
            self.w.value(Prim::Ptr, format_args!("getelementptr inbounds [8 x i8], ptr {calls}, {slot:#}"));
        let function = self.w.value(Prim::Ptr, format_args!("load ptr, ptr {entry}, align 8"));
        self.w.value(Prim::I64, format_args!("call i64 {function}({host:#}, {a:#}, {b:#}, {c:#}, {d:#})"))
    }
}
