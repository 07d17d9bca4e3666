//! One body to one LLVM function: its head, constants and variables.
//!
//! Variables are memory in the frame, one piece for each machine value; LLVM's first passes make registers of them.

use std::fmt::Write;

use cloudc_analysis::layout::Prim;
use cloudc_frontend::mir::{Body, FuncId};

use super::TaskCx;
use super::ir::{Name, Value, Writer, machine_type};
use crate::lower::{Emit, Failing, Signature, Values, lower};
use crate::sites::Sites;

/// Everything needed while one function is made.
pub(super) struct FnCx<'a, 'c> {
    pub cx: &'a mut TaskCx<'c>,
    pub w: Writer,
    pub body: &'c Body,
    /// The types of the parameters.
    pub params: Vec<Prim>,
    /// The function, for debuggers.
    pub scope: Option<u32>,
}

/// Appends the function to the module; gives where it may fail.
pub(super) fn define(cx: &mut TaskCx<'_>, sites: &Sites, func: FuncId) -> Result<Failing, String> {
    let (program, layouts) = (cx.program, cx.layouts);
    let function = &program.functions[func];
    let signature = Signature::of_body(layouts, &function.body);
    let scope = cx.subprogram(&function.name, &function.body);
    let params = signature.params.iter().map(|param| param.prim).collect();
    let f = FnCx { cx, w: Writer::default(), body: &function.body, params, scope };
    let (f, failing) = lower(layouts, sites, func, &signature, f)?;
    let text = f.w.finish();
    cx.declare(func, &signature, scope);
    cx.text.push_str(&text);
    Ok(failing)
}

impl TaskCx<'_> {
    /// The head of a function's definition.
    fn declare(&mut self, func: FuncId, signature: &Signature, scope: Option<u32>) {
        let result = result_type(signature);
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

/// `void`, a machine type, or a pair of them.
pub(super) fn result_type(signature: &Signature) -> String {
    let parts: Vec<_> = signature.results().map(machine_type).collect();
    match parts[..] {
        [] => "void".to_string(),
        [one] => one.to_string(),
        _ => format!("{{ {} }}", parts.join(", ")),
    }
}

impl Emit for FnCx<'_, '_> {}

impl Values for FnCx<'_, '_> {
    type Value = Value;
    type Variable = Value;

    fn constant(&mut self, prim: Prim, bits: u128) -> Value {
        Value::bits(prim, bits)
    }

    fn function(&mut self, func: FuncId) -> Result<Value, String> {
        Ok(Value { prim: Prim::Ptr, name: Name::Function(func) })
    }

    fn data(&mut self, bytes: &[u8], align: u64) -> Result<Value, String> {
        Ok(self.cx.data(bytes, align))
    }

    fn parameter(&self, index: usize) -> Value {
        Value { prim: self.params[index], name: Name::Param(index as u32) }
    }

    fn variable(&mut self, prim: Prim) -> Value {
        self.w.slot(format_args!("{}", machine_type(prim)), prim.size())
    }

    fn read_variable(&mut self, variable: Value, prim: Prim) -> Value {
        self.w.value(prim, format_args!("load {}, ptr {variable}", machine_type(prim)))
    }

    fn write_variable(&mut self, variable: Value, value: Value) {
        self.w.line(format_args!("store {value:#}, ptr {variable}"));
    }

    fn leave_undefined(&mut self, _variable: Value, _prim: Prim) {}
}
