//! Constants become their values.

use std::collections::HashMap;
use std::sync::Arc;

use cloudc_frontend::mir::{
    Callee, Constant, ConstantKind, FuncId, Operand, Rvalue, Statement, StatementKind, TerminatorKind,
};
use cloudc_frontend::mono::{Instance, Program};
use cloudc_frontend::symbol::Symbol;
use cloudc_frontend::ty::{Mutability, Ty, TyKind};

use super::run::ProgramPass;
use crate::interp::{Limits, Machine, NoHost, Outcome};
use crate::layout::Layouts;

/// Runs the functions that compute constants, once each, in the interpreter, and puts the value where they were called: as
/// a scalar, or as constant bytes if the value holds no pointers. Sizes and alignments become numbers as well.
///
/// A constant whose computation fails or takes too long stays a call: it fails, or takes long, where the program asks for it.
pub struct EvaluateConstants;

/// What one constant may use.
const LIMITS: Limits = Limits { steps: 1 << 22, depth: 1000, stack: 1 << 20, memory: 1 << 26 };

impl ProgramPass for EvaluateConstants {
    fn name(&self) -> &'static str {
        "evaluate-constants"
    }
    fn run(&self, program: &mut Program) -> bool {
        let values = evaluate(program);
        let mut changed = false;
        for function in program.functions.iter_mut() {
            let body = &mut function.body;
            for block in body.blocks.indices() {
                let TerminatorKind::Call { callee, destination, target: Some(target), .. } =
                    &body.blocks[block].terminator.kind
                else {
                    continue;
                };
                let Some(value) = values.of(callee) else { continue };
                let (destination, target) = (destination.clone(), *target);
                let span = body.blocks[block].terminator.span;
                let operand = match value {
                    Value::Operand(operand) => operand.clone(),
                    Value::Bytes(bytes, ty) => {
                        let kind = ConstantKind::Data(bytes.clone());
                        let ty = Ty::reference(*ty, Mutability::Not);
                        let pointer = body.add_local(ty);
                        let data = Rvalue::Use(Operand::Constant(Constant { kind, ty }));
                        body.blocks[block].statements.push(Statement::assign(pointer, data, span));
                        Operand::Copy(cloudc_frontend::mir::Place::local(pointer).deref())
                    }
                };
                let data = &mut body.blocks[block];
                let kind = StatementKind::Assign(destination, Rvalue::Use(operand));
                data.statements.push(Statement { kind, span });
                data.terminator.kind = TerminatorKind::Goto(target);
                changed = true;
            }
        }
        changed
    }
}

enum Value {
    Operand(Operand),
    /// Bytes of a value of this type.
    Bytes(Arc<[u8]>, Ty),
}

#[derive(Default)]
struct Values {
    functions: HashMap<FuncId, Value>,
    /// `size_of` and `align_of`.
    layouts: HashMap<(Symbol, Ty), Value>,
}

impl Values {
    fn of(&self, callee: &Callee) -> Option<&Value> {
        match callee {
            Callee::Func(f) => self.functions.get(f),
            Callee::Intrinsic(name, args) => {
                let ty = args.first()?.as_type()?;
                self.layouts.get(&(*name, ty))
            }
            _ => None,
        }
    }
}

fn evaluate(program: &Program) -> Values {
    let layouts = Layouts::new(program);
    let mut values = Values::default();
    for function in program.functions.iter() {
        for block in &function.body.blocks {
            if let TerminatorKind::Call { callee: Callee::Intrinsic(name, args), .. } = &block.terminator.kind
                && matches!(name.as_str(), "size_of" | "align_of")
                && let Some(ty) = args.first().and_then(|a| a.as_type())
            {
                values.layouts.entry((*name, ty)).or_insert_with(|| {
                    let layout = layouts.of(ty);
                    let n = if name.as_str() == "size_of" { layout.size } else { layout.align };
                    Value::Operand(Operand::usize(n))
                });
            }
        }
    }
    let mut machine = None;
    for (id, function) in program.functions.iter_enumerated() {
        if function.body.arg_count > 0 || function.body.blocks.is_empty() {
            continue;
        }
        let ty = function.body.return_ty();
        let (value, result) = match function.instance {
            Instance::ConstItem(..) | Instance::Promoted(..) => (id, ty),
            // A reference to a constant: its bytes are data.
            Instance::ConstRef(value) => match *ty.kind() {
                TyKind::Ref(_, to, Mutability::Not) => (value, to),
                _ => continue,
            },
            _ => continue,
        };
        if !holds_no_pointer(program, result) {
            continue;
        }
        let machine = machine.get_or_insert_with(|| Machine::new(&layouts, LIMITS));
        let Outcome::Returned(bytes) = machine.call(value, &[], &mut NoHost) else { continue };
        let value = if value != id {
            let kind = ConstantKind::Data(bytes.into());
            Value::Operand(Operand::Constant(Constant { kind, ty }))
        } else if result.scalar_bits().is_some() {
            let mut bits = [0; 16];
            bits[..bytes.len()].copy_from_slice(&bytes);
            Value::Operand(Operand::scalar(u128::from_le_bytes(bits), result))
        } else if bytes.is_empty() {
            Value::Operand(Operand::zero_sized(result))
        } else {
            Value::Bytes(bytes.into(), result)
        };
        values.functions.insert(id, value);
    }
    values
}

/// Whether the bytes of a value say all there is to it.
pub fn holds_no_pointer(program: &Program, ty: Ty) -> bool {
    match *ty.kind() {
        TyKind::Bool | TyKind::Char | TyKind::Int(_) | TyKind::Uint(_) | TyKind::Float(_) => true,
        TyKind::FnDef(..) => true,
        TyKind::Array(t, _) => holds_no_pointer(program, t),
        TyKind::Tuple(ts) => ts.iter().all(|t| holds_no_pointer(program, *t)),
        TyKind::Adt(..) | TyKind::Closure(..) => program.adts.get(&ty).is_some_and(|adt| {
            !program.is_lang(ty, "unsafe_cell")
                && adt.variants.iter().all(|v| v.fields.iter().all(|f| holds_no_pointer(program, f.1)))
        }),
        _ => false,
    }
}
