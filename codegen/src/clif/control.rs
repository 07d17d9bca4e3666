//! Blocks, jumps and calls.

use cloudc_analysis::layout::Prim;
use cloudc_frontend::mir::BlockId;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{self, AbiParam, InstBuilder, MemFlagsData, TrapCode, Value, types};
use cranelift_frontend::Switch;

use super::function::FnCx;
use super::types::PTR;
use crate::lower::{Control, Signature, Target, Val, Values};

/// The trap of code that is never reached.
const UNREACHABLE: TrapCode = TrapCode::unwrap_user(1);

impl Control for FnCx<'_, '_, '_> {
    type Label = ir::Block;

    fn block(&self, block: BlockId) -> ir::Block {
        self.blocks[block]
    }

    fn new_label(&mut self) -> ir::Block {
        self.b.create_block()
    }

    fn start(&mut self, label: ir::Block) {
        self.b.switch_to_block(label);
    }

    fn start_cold(&mut self, label: ir::Block) {
        self.b.set_cold_block(label);
        self.b.switch_to_block(label);
    }

    fn jump(&mut self, to: ir::Block) {
        self.b.ins().jump(to, &[]);
    }

    fn branch(&mut self, condition: Value, yes: ir::Block, no: ir::Block) {
        self.b.ins().brif(condition, yes, &[], no, &[]);
    }

    fn switch(&mut self, value: Value, cases: &[(u128, BlockId)], otherwise: BlockId) {
        let otherwise = self.blocks[otherwise];
        match *cases {
            [(0, target)] => self.branch(value, otherwise, self.blocks[target]),
            [(bits, target)] => {
                let ty = self.b.func.dfg.value_type(value);
                let bits = self.constant(Prim::int(ty.bytes().into()), bits);
                let equal = self.b.ins().icmp(IntCC::Equal, value, bits);
                self.branch(equal, self.blocks[target], otherwise);
            }
            _ => {
                let mut switch = Switch::new();
                for (bits, target) in cases {
                    switch.set_entry(*bits, self.blocks[*target]);
                }
                switch.emit(&mut self.b, value, otherwise);
            }
        }
    }

    fn return_(&mut self, results: &[Value]) {
        self.b.ins().return_(results);
    }

    fn abort(&mut self) {
        self.unreachable();
    }

    fn unreachable(&mut self) {
        self.b.ins().trap(UNREACHABLE);
    }

    fn call(
        &mut self,
        callee: Target<Value>,
        signature: &Signature,
        args: &[Value],
    ) -> Result<Val<Value>, String> {
        let call = match callee {
            Target::Func(func) => {
                let reference = self.function_reference(func);
                self.b.ins().call(reference, args)
            }
            Target::Pointer(pointer) => {
                let signature = self.cx.machine_signature(signature);
                let signature = self.b.import_signature(signature);
                self.b.ins().call_indirect(signature, pointer, args)
            }
        };
        Ok(Val::of(self.b.inst_results(call)))
    }

    fn host_call(&mut self, slot: Value, args: [Value; 4]) -> Value {
        let flags = MemFlagsData::trusted();
        let state = self.state();
        let host = self.b.ins().load(PTR, flags, state, 0);
        let table = self.b.ins().load(PTR, flags, host, 0);
        let offset = self.b.ins().ishl_imm_u(slot, 3);
        let entry = self.b.ins().iadd(table, offset);
        let function = self.b.ins().load(PTR, flags, entry, 8);
        let mut signature = self.cx.empty_signature();
        signature.params = (0..5).map(|_| AbiParam::new(PTR)).collect();
        signature.returns.push(AbiParam::new(types::I64));
        let signature = self.b.import_signature(signature);
        let [a, b, c, d] = args;
        let call = self.b.ins().call_indirect(signature, function, &[host, a, b, c, d]);
        self.b.inst_results(call)[0]
    }
}
