//! One body to one Cranelift function.

use cloudc_analysis::layout::{Abi, Layout};
use cloudc_frontend::index::{Idx, IndexVec};
use cloudc_frontend::mir::{BlockId, Body, FuncId, Local, Place, StatementKind};
use cloudc_frontend::source::Span;
use cranelift_codegen::Context;
use cranelift_codegen::ir::{self, InstBuilder, StackSlotData, StackSlotKind, Value};
use cranelift_frontend::{FunctionBuilder, FunctionBuilderContext, Variable};
use cranelift_module::Module;
use std::collections::HashMap;
use std::rc::Rc;

use super::types::{PTR, prim_type};
use super::{TaskCx, debug};
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
    /// In the frame.
    Frame(ir::StackSlot),
    /// In memory the caller owns or gave: a parameter in memory, or the result.
    Behind(Variable),
}

impl Slot {
    fn variables(self) -> impl Iterator<Item = Var> {
        let (first, second) = match self {
            Slot::One(v) => (Some(v), None),
            Slot::Two(v, w) => (Some(v), Some(w)),
            _ => (None, None),
        };
        first.into_iter().chain(second)
    }
}

/// A variable of Cranelift's and its type.
#[derive(Clone, Copy, Debug)]
pub(super) struct Var {
    pub variable: Variable,
    pub ty: ir::Type,
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
    pub offset: i32,
}

/// Everything needed while one function is made.
pub(super) struct FnCx<'a, 'b, 'c> {
    pub cx: &'a mut TaskCx<'c>,
    pub b: FunctionBuilder<'b>,
    pub body: &'c Body,
    pub slots: IndexVec<Local, Slot>,
    pub blocks: IndexVec<BlockId, ir::Block>,
    /// The run's state.
    pub rt: Value,
    /// Blocks in which failed checks end, by the function they call and the failure site.
    pub failures: HashMap<(&'static str, u32), ir::Block>,
}

pub(super) fn define(
    cx: &mut TaskCx<'_>,
    func: FuncId,
    context: &mut Context,
    builder_context: &mut FunctionBuilderContext,
) -> Result<(), String> {
    let program = cx.program;
    let function = &program.functions[func];
    let id = cx.functions[&func];
    context.func.signature = cx.signature(&function.body);
    let config = cx.module.target_config();
    if cx.debug.is_some() {
        context.func.collect_debug_info();
    }
    let b = FunctionBuilder::new(&mut context.func, builder_context);
    let rt = Value::from_u32(0);
    let mut f = FnCx {
        cx,
        b,
        body: &function.body,
        slots: IndexVec::new(),
        blocks: IndexVec::new(),
        rt,
        failures: HashMap::new(),
    };
    f.lower()?;
    f.b.seal_all_blocks();
    f.b.finalize(config);
    cx.define(id, context, &function.name, Some(&function.body))
}

impl FnCx<'_, '_, '_> {
    fn lower(&mut self) -> Result<(), String> {
        let entry = self.b.create_block();
        self.b.append_block_params_for_function_params(entry);
        self.b.switch_to_block(entry);
        self.blocks = self.body.blocks.indices().map(|_| self.b.create_block()).collect();
        let mut params = self.b.block_params(entry).to_vec().into_iter();
        let Some(rt) = params.next() else { return Err("a function has a state parameter".to_string()) };
        self.rt = rt;
        self.set_location(self.body.span);
        self.make_slots(&mut params)?;
        self.b.ins().jump(self.blocks[BlockId(0)], &[]);
        for (block, data) in self.body.blocks.iter_enumerated() {
            self.b.switch_to_block(self.blocks[block]);
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

    /// What follows is code for this position.
    fn set_location(&mut self, span: Span) {
        let location = self.cx.location(span);
        self.b.set_srcloc(location);
    }

    fn make_slots(&mut self, params: &mut impl Iterator<Item = Value>) -> Result<(), String> {
        let in_memory = locals_in_memory(self.body);
        let missing = || "a signature has a value for every parameter".to_string();
        for (local, decl) in self.body.locals.iter_enumerated() {
            let layout = self.cx.layouts.of(decl.ty);
            let is_param = (1..=self.body.arg_count).contains(&local.index());
            let is_result = local.index() == 0;
            let slot = match layout.abi {
                Abi::Memory if is_param || (is_result && !returned_in_registers(layout.abi)) => {
                    let pointer = self.b.declare_var(PTR);
                    let value = params.next().ok_or_else(missing)?;
                    self.b.def_var(pointer, value);
                    Slot::Behind(pointer)
                }
                abi if is_result && !returned_in_registers(abi) => {
                    let pointer = self.b.declare_var(PTR);
                    let value = params.next().ok_or_else(missing)?;
                    self.b.def_var(pointer, value);
                    Slot::Behind(pointer)
                }
                _ if in_memory[local] || matches!(layout.abi, Abi::Memory) => self.frame_slot(&layout)?,
                Abi::Zst => Slot::Nowhere,
                Abi::Scalar(p) => Slot::One(self.variable(prim_type(p))),
                Abi::Pair(x, y, _) => Slot::Two(self.variable(prim_type(x)), self.variable(prim_type(y))),
                Abi::Memory => return Err("a memory slot was made above".to_string()),
            };
            self.slots.push(slot);
            if is_param {
                let incoming = match layout.abi {
                    Abi::Zst => Val::Zst,
                    Abi::Scalar(_) => Val::One(params.next().ok_or_else(missing)?),
                    Abi::Pair(..) => {
                        let first = params.next().ok_or_else(missing)?;
                        Val::Two(first, params.next().ok_or_else(missing)?)
                    }
                    Abi::Memory => continue,
                };
                if self.cx.debug.is_some() {
                    let (first, second) = match incoming {
                        Val::One(value) => (Some(value), None),
                        Val::Two(first, second) => (Some(first), Some(second)),
                        Val::Zst | Val::Mem(_) => (None, None),
                    };
                    for (part, value) in first.into_iter().chain(second).enumerate() {
                        self.b.set_val_label(value, debug::label(local, part));
                    }
                }
                self.write_place(&Place::local(local), incoming);
            } else {
                // Cranelift wants a definition on every path; MIR's validator has checked that reads follow writes.
                for (part, variable) in slot.variables().enumerate() {
                    let zero = self.zero(layout.abi, part);
                    self.b.def_var(variable.variable, zero);
                }
            }
        }
        Ok(())
    }

    fn variable(&mut self, ty: ir::Type) -> Var {
        Var { variable: self.b.declare_var(ty), ty }
    }

    /// A zero for one part of a shape.
    pub(super) fn zero(&mut self, abi: Abi, part: usize) -> Value {
        match parts(abi).nth(part) {
            Some(prim) => self.constant(prim, 0),
            None => self.b.ins().iconst(PTR, 0),
        }
    }

    pub(super) fn frame_slot(&mut self, layout: &Rc<Layout>) -> Result<Slot, String> {
        let size = u32::try_from(layout.size).ok().filter(|&s| s <= 1 << 26);
        let Some(size) = size else {
            return Err(format!("a value of {} bytes does not fit on the stack", layout.size));
        };
        let align = layout.align.trailing_zeros() as u8;
        let data = StackSlotData::new(StackSlotKind::ExplicitSlot, size, align);
        Ok(Slot::Frame(self.b.create_sized_stack_slot(data)))
    }
}
