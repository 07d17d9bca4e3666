//! One body to one Cranelift function: its frame, constants and variables.

use cloudc_analysis::layout::Prim;
use cloudc_frontend::index::IndexVec;
use cloudc_frontend::mir::{BlockId, FuncId};
use cranelift_codegen::Context;
use cranelift_codegen::ir::{self, InstBuilder, Value, types};
use cranelift_frontend::{FunctionBuilder, FunctionBuilderContext, Variable};

use super::code::{Code, CodeCx, Reference};
use super::types::{PTR, prim_type};
use crate::lower::{Emit, Signature, Values, lower};
use crate::sites::Sites;

/// Everything needed while one function is made.
pub(super) struct FnCx<'a, 'b, 'c> {
    pub cx: &'a mut CodeCx<'c>,
    pub b: FunctionBuilder<'b>,
    pub params: Vec<Value>,
    pub blocks: IndexVec<BlockId, ir::Block>,
}

/// Makes functions, one after another: memory that is used again.
pub(super) struct Maker {
    pub context: Context,
    pub builder: FunctionBuilderContext,
}

impl Maker {
    /// With nothing in it.
    pub fn new() -> Maker {
        Maker { context: Context::new(), builder: FunctionBuilderContext::new() }
    }

    /// The code of a function of the program.
    pub fn function(&mut self, mut cx: CodeCx<'_>, sites: &Sites, func: FuncId) -> Result<Code, String> {
        let layouts = cx.layouts;
        let function = &cx.program.functions[func];
        let signature = Signature::of_body(layouts, &function.body);
        self.context.func.signature = cx.machine_signature(&signature);
        let config = cx.isa.frontend_config();
        if cx.spans.is_some() {
            self.context.func.collect_debug_info();
        }
        let mut b = FunctionBuilder::new(&mut self.context.func, &mut self.builder);
        let entry = b.create_block();
        b.append_block_params_for_function_params(entry);
        b.switch_to_block(entry);
        let blocks = function.body.blocks.indices().map(|_| b.create_block()).collect();
        let params = b.block_params(entry).to_vec();
        let (mut f, failing) =
            lower(layouts, sites, func, &signature, FnCx { cx: &mut cx, b, params, blocks })?;
        f.b.seal_all_blocks();
        f.b.finalize(config);
        cx.compile(&mut self.context, &function.name, Some(&function.body), failing)
    }
}

impl Emit for FnCx<'_, '_, '_> {}

impl Values for FnCx<'_, '_, '_> {
    type Value = Value;
    type Variable = Variable;

    fn constant(&mut self, prim: Prim, bits: u128) -> Value {
        match prim {
            Prim::F32 => self.b.ins().f32const(f32::from_bits(bits as u32)),
            Prim::F64 => self.b.ins().f64const(f64::from_bits(bits as u64)),
            Prim::I128 => {
                let low = self.b.ins().iconst(types::I64, bits as u64 as i64);
                let high = self.b.ins().iconst(types::I64, (bits >> 64) as u64 as i64);
                self.b.ins().iconcat(low, high)
            }
            _ => {
                let ty = prim_type(prim);
                let shift = 64 - ty.bits();
                self.b.ins().iconst(ty, ((bits as u64 as i64) << shift) >> shift)
            }
        }
    }

    fn function(&mut self, func: FuncId) -> Result<Value, String> {
        let reference = self.function_reference(func);
        Ok(self.b.ins().func_addr(PTR, reference))
    }

    fn data(&mut self, bytes: &[u8], align: u64) -> Result<Value, String> {
        if bytes.is_empty() {
            return Ok(self.b.ins().iconst(PTR, align as i64));
        }
        let global = self.cx.data(bytes, align, self.b.func);
        Ok(self.b.ins().symbol_value(PTR, global))
    }

    fn parameter(&self, index: usize) -> Value {
        self.params[index]
    }

    fn variable(&mut self, prim: Prim) -> Variable {
        self.b.declare_var(prim_type(prim))
    }

    fn read_variable(&mut self, variable: Variable, _prim: Prim) -> Value {
        self.b.use_var(variable)
    }

    fn write_variable(&mut self, variable: Variable, value: Value) {
        self.b.def_var(variable, value);
    }

    /// Cranelift wants a definition on every path; MIR's validator has checked that reads follow writes.
    fn leave_undefined(&mut self, variable: Variable, prim: Prim) {
        let zero = self.constant(prim, 0);
        self.b.def_var(variable, zero);
    }
}

impl FnCx<'_, '_, '_> {
    /// A reference to a function of the program.
    pub(super) fn function_reference(&mut self, func: FuncId) -> ir::FuncRef {
        let signature = Signature::of_body(self.cx.layouts, &self.cx.program.functions[func].body);
        let signature = self.cx.machine_signature(&signature);
        self.cx.function(Reference::Function(func), signature, self.b.func)
    }
}
