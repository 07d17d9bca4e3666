//! Constants become their values.

use std::collections::HashMap;
use std::sync::Arc;

use cloudc_frontend::mir::{
    Callee, Constant, ConstantKind, FuncId, Operand, Rvalue, Statement, StatementKind, TerminatorKind,
};
use cloudc_frontend::mono::{Instance, Program};
use cloudc_frontend::symbol::Symbol;
use cloudc_frontend::ty::{Mutability, Ty, TyKind};

use super::run::Instruments;
use crate::interp::{Failure, Limits, Machine, NoHost, Outcome, tag_place};
use crate::layout::Layouts;

/// What all constants together may use.
const LIMITS: Limits = Limits { steps: 1 << 24, depth: 1000, stack: 1 << 20, memory: 1 << 26 };

/// Runs the functions that compute constants, once each, in the interpreter, and puts the value where they were called: as
/// a scalar or string, or as constant bytes if the value holds no pointers. Sizes and alignments become numbers as well.
///
/// Gives the constants whose evaluation fails: a program that uses them does not compile. One that takes too long, or needs
/// a heap, stays a call.
pub fn evaluate_constants(program: &mut Program, instruments: &mut Instruments) -> Vec<(FuncId, Failure)> {
    let start = instruments.now();
    let (values, failures) = evaluate(program);
    let changed = replace_calls(program, &values);
    instruments.record("evaluate-constants", start, changed);
    failures
}

fn replace_calls(program: &mut Program, values: &Values) -> bool {
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

enum Value {
    Operand(Operand),
    /// Bytes of a value of this type.
    Bytes(Arc<[u8]>, Ty),
}

#[derive(Default)]
struct Values {
    functions: HashMap<FuncId, Value>,
    /// Intrinsics that ask for a layout.
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

fn evaluate(program: &Program) -> (Values, Vec<(FuncId, Failure)>) {
    let layouts = Layouts::new(program);
    let mut values = Values::default();
    for function in program.functions.iter() {
        for block in &function.body.blocks {
            if let TerminatorKind::Call { callee: Callee::Intrinsic(name, args), .. } = &block.terminator.kind
                && let Some(ty) = args.first().and_then(|a| a.as_type())
                && let Some(n) = layout_number(&layouts, name.as_str(), ty)
            {
                values.layouts.insert((*name, ty), Value::Operand(Operand::usize(n)));
            }
        }
    }
    let mut machine = None;
    let mut failures: Vec<(FuncId, Failure)> = Vec::new();
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
        let is_str = ty == Ty::reference(Ty::str(), Mutability::Not) && value == id;
        if !is_str && !holds_no_pointer(program, result) {
            continue;
        }
        let machine = machine.get_or_insert_with(|| Machine::new(&layouts, LIMITS));
        let bytes = match machine.call(value, &[], &mut NoHost) {
            Outcome::Returned(bytes) => bytes,
            Outcome::Panicked(failure) => {
                if failures.iter().all(|(f, _)| *f != value) {
                    failures.push((value, failure));
                }
                continue;
            }
            _ => continue,
        };
        let value = if is_str {
            let Some(text) = text_at(machine, &bytes) else { continue };
            Value::Operand(Operand::Constant(Constant { kind: ConstantKind::Str(text), ty }))
        } else if value != id {
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
    (values, failures)
}

/// What an intrinsic that asks for a layout answers.
fn layout_number(layouts: &Layouts<'_>, name: &str, ty: Ty) -> Option<u64> {
    Some(match name {
        "size_of" => layouts.of(ty).size,
        "align_of" => layouts.of(ty).align,
        "size_of_val" if layouts.is_sized(ty) => layouts.of(ty).size,
        "tag_offset" => tag_place(layouts, ty).0,
        "tag_size" => tag_place(layouts, ty).1,
        _ => return None,
    })
}

/// The text a `&str` in these bytes points to.
fn text_at(machine: &Machine<'_, '_>, bytes: &[u8]) -> Option<Symbol> {
    let word = |at: usize| bytes.get(at..at + 8)?.try_into().ok().map(u64::from_le_bytes);
    let text = machine.memory().slice(word(0)?, word(8)?).ok()?;
    Some(Symbol::intern(std::str::from_utf8(text).ok()?))
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
