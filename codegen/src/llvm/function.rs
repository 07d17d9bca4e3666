//! One body to one LLVM function.
//!
//! Locals are memory in the frame, whole or one piece for each machine value; LLVM's first passes make registers of them.

use std::collections::HashMap;
use std::fmt::Write;

use cloudc_analysis::layout::{Abi, Layout, Prim};
use cloudc_frontend::index::{Idx, IndexVec};
use cloudc_frontend::mir::{BlockId, Body, FuncId, Local, Place, StatementKind};

use super::TaskCx;
use super::ir::{Label, Name, Value, Writer, machine_type};
use super::types::Signature;
use crate::operands::locals_in_memory;
use crate::passing::{parts, returned_in_registers};

/// Where a local lives.
#[derive(Clone, Copy, Debug)]
pub(super) enum Slot {
    /// Nowhere: it has no bytes and nobody asks for its address.
    Nowhere,
    /// In one machine value.
    One(Var),
    /// In two.
    Two(Var, Var),
    /// In memory: of the frame, or the caller's for a parameter in memory or the result.
    Memory(Value),
}

/// A piece of the frame that becomes a register, and its type.
#[derive(Clone, Copy, Debug)]
pub(super) struct Var {
    pub slot: Value,
    pub prim: Prim,
}

/// A value between two instructions.
#[derive(Clone, Copy, Debug)]
pub(super) enum Val {
    /// No bytes.
    Zst,
    /// One machine value.
    One(Value),
    /// Two.
    Two(Value, Value),
    /// In memory at this address.
    Mem(Addr),
}

/// An address with a constant offset.
#[derive(Clone, Copy, Debug)]
pub(super) struct Addr {
    pub base: Value,
    pub offset: u64,
}

/// The run's state, the first parameter of every function.
pub(super) const STATE: Value = Value { prim: Prim::Ptr, name: Name::Param(0) };

/// Everything needed while one function is made.
pub(super) struct FnCx<'a, 'c> {
    pub cx: &'a mut TaskCx<'c>,
    pub w: Writer,
    pub body: &'c Body,
    pub slots: IndexVec<Local, Slot>,
    /// The function, for debuggers.
    pub scope: Option<u32>,
    /// Where failed checks end, by the function they call and the failure site.
    pub failures: HashMap<(&'static str, u32), Label>,
}

/// Appends the function to the module.
pub(super) fn define(cx: &mut TaskCx<'_>, func: FuncId) -> Result<(), String> {
    let function = &cx.program.functions[func];
    let signature = cx.signature(&function.body);
    let scope = cx.subprogram(&function.name, &function.body);
    let mut f = FnCx {
        cx,
        w: Writer::default(),
        body: &function.body,
        slots: IndexVec::new(),
        scope,
        failures: HashMap::new(),
    };
    f.lower(&signature)?;
    let text = f.w.finish();
    cx.declare(func, &signature, scope);
    cx.text.push_str(&text);
    Ok(())
}

impl TaskCx<'_> {
    /// The head of a function's definition.
    fn declare(&mut self, func: FuncId, signature: &Signature, scope: Option<u32>) {
        let result = signature.result_text();
        let facts = self.result_facts(signature);
        // Writing to a string cannot fail.
        let _ = write!(self.text, "\ndefine internal{facts} {result} @f{}(", func.0);
        for (index, param) in signature.params.iter().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            let facts = self.param_facts(param);
            let _ = write!(self.text, "{comma}{}{facts} %p{index}", machine_type(param.prim));
        }
        let group = self.function_group(signature);
        let _ = write!(self.text, ") {group}");
        if let Some(scope) = scope {
            let _ = write!(self.text, " !dbg !{scope}");
        }
        self.text.push(' ');
    }
}

impl FnCx<'_, '_> {
    fn lower(&mut self, signature: &Signature) -> Result<(), String> {
        self.set_location(self.body.span);
        self.make_slots(signature)?;
        self.jump(Label::Block(BlockId(0)));
        for (block, data) in self.body.blocks.iter_enumerated() {
            self.w.label(Label::Block(block));
            for statement in &data.statements {
                self.set_location(statement.span);
                if let StatementKind::Assign(place, rvalue) = &statement.kind {
                    self.assign(place, rvalue)?;
                }
            }
            self.set_location(data.terminator.span);
            self.terminate(&data.terminator)?;
        }
        Ok(())
    }

    fn make_slots(&mut self, signature: &Signature) -> Result<(), String> {
        let in_memory = locals_in_memory(self.body);
        let mut params = signature
            .params
            .iter()
            .enumerate()
            .skip(1)
            .map(|(index, param)| Value { prim: param.prim, name: Name::Param(index as u32) });
        let missing = || "a signature has a value for every parameter".to_string();
        for (local, decl) in self.body.locals.iter_enumerated() {
            let layout = self.cx.layouts.of(decl.ty);
            let is_param = (1..=self.body.arg_count).contains(&local.index());
            let is_result = local.index() == 0;
            let is_given = if is_result {
                !returned_in_registers(layout.abi)
            } else {
                is_param && layout.abi == Abi::Memory
            };
            let slot = match layout.abi {
                _ if is_given => Slot::Memory(params.next().ok_or_else(missing)?),
                _ if in_memory[local] => Slot::Memory(self.frame_slot(&layout)?),
                Abi::Memory => Slot::Memory(self.frame_slot(&layout)?),
                Abi::Zst => Slot::Nowhere,
                Abi::Scalar(p) => Slot::One(self.variable(p)),
                Abi::Pair(p, q, _) => Slot::Two(self.variable(p), self.variable(q)),
            };
            self.slots.push(slot);
            if is_param && !is_given {
                let mut incoming = Vec::new();
                for _ in parts(layout.abi) {
                    incoming.push(params.next().ok_or_else(missing)?);
                }
                self.describe_parameter(local, &incoming);
                let value = match incoming[..] {
                    [x, y] => Val::Two(x, y),
                    [x] => Val::One(x),
                    _ => Val::Zst,
                };
                self.write_place(&Place::local(local), value);
            }
        }
        Ok(())
    }

    fn variable(&mut self, prim: Prim) -> Var {
        let slot = self.w.slot(format_args!("{}", machine_type(prim)), prim.size());
        Var { slot, prim }
    }

    /// Memory in the frame for a value of this layout.
    pub(super) fn frame_slot(&mut self, layout: &Layout) -> Result<Value, String> {
        if layout.size > 1 << 26 {
            return Err(format!("a value of {} bytes does not fit on the stack", layout.size));
        }
        Ok(self.w.slot(format_args!("[{} x i8]", layout.size), layout.align))
    }

    pub(super) fn jump(&mut self, target: Label) {
        self.w.line(format_args!("br label %{target}"));
    }

    /// Jumps by a `bool`.
    pub(super) fn branch(&mut self, condition: Value, yes: Label, no: Label) {
        let flag = self.flag(condition);
        self.w.line(format_args!("br i1 {flag}, label %{yes}, label %{no}"));
    }
}
