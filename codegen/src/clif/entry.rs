//! The image's entry: sets up the run's state on the stack, runs the task, hands over what it printed.

use cloudc_frontend::mir::{FuncId, Local};
use cranelift_codegen::ir::{AbiParam, InstBuilder, StackSlotData, StackSlotKind, types};
use cranelift_frontend::FunctionBuilder;

use super::code::{Code, CodeCx, Reference};
use super::function::Maker;
use super::types::PTR;
use crate::TaskRequest;
use crate::lower::{Failing, Signature};

impl Maker {
    /// The code of `entry(cx: *const Ctx) -> i64` (`docs/abi.md` §4).
    pub(super) fn entry(
        &mut self,
        cx: CodeCx<'_>,
        request: &TaskRequest<'_>,
        [start, finish]: [FuncId; 2],
    ) -> Result<Code, String> {
        let mut signature = cx.empty_signature();
        signature.params.push(AbiParam::new(PTR));
        signature.returns.push(AbiParam::new(types::I64));
        self.context.func.signature = signature;
        let state_ty = cx.program.functions[start].body.locals[Local(1)].ty;
        let Some((state_ty, _)) = state_ty.builtin_deref() else {
            return Err("the first parameter of `rt_start` points to the run's state".to_string());
        };
        let state = cx.layouts.of(state_ty);
        let config = cx.isa.frontend_config();
        let mut b = FunctionBuilder::new(&mut self.context.func, &mut self.builder);
        let block = b.create_block();
        b.append_block_params_for_function_params(block);
        b.switch_to_block(block);
        let host = b.block_params(block)[0];
        let slot = StackSlotData::new(
            StackSlotKind::ExplicitSlot,
            state.size as u32,
            state.align.trailing_zeros() as u8,
        );
        let slot = b.create_sized_stack_slot(slot);
        let rt = b.ins().stack_addr(PTR, slot, 0);
        let text = b.ins().iconst(PTR, request.note.text_output.map_or(-1, i64::from));
        let named = b.ins().iconst(PTR, request.note.named_inputs.map_or(-1, i64::from));
        // The state is both the hidden first parameter and the first declared one.
        let mut started = vec![rt, rt, host, text, named];
        started.truncate(cx.program.functions[start].body.arg_count + 1);
        for (func, args) in [(start, started), (request.root, vec![rt]), (finish, vec![rt])] {
            let signature = Signature::of_body(cx.layouts, &cx.program.functions[func].body);
            let signature = cx.machine_signature(&signature);
            let reference = cx.function(Reference::Function(func), signature, b.func);
            b.ins().call(reference, &args);
        }
        let ok = b.ins().iconst(types::I64, 0);
        b.ins().return_(&[ok]);
        b.seal_all_blocks();
        b.finalize(config);
        cx.compile(&mut self.context, "entry", None, Failing::new())
    }
}
