//! Computes the values of constants at compile time.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use cloudc_frontend::mir::*;
use cloudc_frontend::mono::{Instance, Program};
use cloudc_frontend::symbol::Symbol;
use cloudc_frontend::ty::{Ty, TyKind};

use crate::interp::{Failure, Limits, Machine, NoHost, Outcome};
use crate::layout::Layouts;

/// What a constant's function always gives.
#[derive(Clone)]
enum Value {
    /// This operand.
    Operand(Operand),
    /// A copy of this constant data, of a type without pointers.
    Bytes(Arc<[u8]>),
}

/// Replaces calls of functions that compute constants by their values, as far as values without pointers (and strings)
/// go. Gives the constants whose evaluation fails: such a program does not compile.
pub fn evaluate_constants(program: &mut Program) -> Vec<(FuncId, Failure)> {
    let mut failures = Vec::new();
    let mut values: HashMap<FuncId, Value> = HashMap::new();
    {
        let program = &*program;
        let layouts = Layouts::new(program);
        let limits = Limits { steps: 20_000_000, depth: 2000, stack: 1 << 20, memory: 64 << 20 };
        for (id, f) in program.functions.iter_enumerated() {
            let target = match &f.instance {
                Instance::ConstItem(..) | Instance::Promoted(..) => id,
                // The value behind the reference is what is computed.
                Instance::ConstRef(value) => *value,
                _ => continue,
            };
            let ty = program.functions[target].body.return_ty();
            if !is_data(program, ty) && !is_str(ty) {
                continue;
            }
            let mut machine = Machine::new(&layouts, limits);
            match machine.call(target, &[], &mut NoHost) {
                Outcome::Returned(bytes) => {
                    let behind = matches!(f.instance, Instance::ConstRef(_));
                    if let Some(value) = value_of(&machine, f.body.return_ty(), ty, bytes, behind) {
                        values.insert(id, value);
                    }
                }
                Outcome::Panicked(failure) => failures.push((target, failure)),
                // What needs a heap or never ends is left to run time.
                _ => {}
            }
        }
    }
    let ids: Vec<FuncId> = program.functions.indices().collect();
    for id in ids {
        let mut body = std::mem::replace(
            &mut program.functions[id].body,
            Body::new("", Phase::Mono, &[], Ty::unit(), cloudc_frontend::source::Span::NONE),
        );
        replace_calls(&mut body, &values);
        program.functions[id].body = body;
    }
    let mut seen = HashSet::new();
    failures.retain(|(f, _)| seen.insert(*f));
    failures
}

fn value_of(machine: &Machine<'_, '_>, result: Ty, ty: Ty, bytes: Vec<u8>, behind: bool) -> Option<Value> {
    let constant = |kind| Some(Value::Operand(Operand::Constant(Constant { kind, ty: result })));
    if behind {
        return if is_str(ty) { None } else { constant(ConstantKind::Data(bytes.into())) };
    }
    if is_str(ty) {
        let word = |at: usize| bytes.get(at..at + 8)?.try_into().ok().map(u64::from_le_bytes);
        let text = machine.memory().slice(word(0)?, word(8)?).ok()?;
        return constant(ConstantKind::Str(Symbol::intern(std::str::from_utf8(text).ok()?)));
    }
    if bytes.is_empty() {
        return constant(ConstantKind::ZeroSized);
    }
    if ty.scalar_bits().is_some() && bytes.len() <= 16 {
        let mut wide = [0; 16];
        wide[..bytes.len()].copy_from_slice(&bytes);
        return constant(ConstantKind::Scalar(u128::from_le_bytes(wide)));
    }
    Some(Value::Bytes(bytes.into()))
}

fn is_str(ty: Ty) -> bool {
    matches!(ty.kind(), TyKind::Ref(_, to, _) if matches!(to.kind(), TyKind::Str))
}

/// Whether values of a type hold no pointers.
fn is_data(program: &Program, ty: Ty) -> bool {
    match ty.kind() {
        TyKind::Ref(..) | TyKind::RawPtr(..) | TyKind::FnPtr(_) | TyKind::Dynamic(..) | TyKind::Str => false,
        TyKind::Array(t, _) | TyKind::Slice(t) => is_data(program, *t),
        TyKind::Tuple(ts) => ts.iter().all(|t| is_data(program, *t)),
        TyKind::Adt(..) | TyKind::Closure(..) => program
            .adts
            .get(&ty)
            .is_some_and(|a| a.variants.iter().all(|v| v.fields.iter().all(|f| is_data(program, f.1)))),
        _ => true,
    }
}

fn replace_calls(body: &mut Body, values: &HashMap<FuncId, Value>) {
    for b in body.blocks.indices() {
        let TerminatorKind::Call { callee: Callee::Func(f), destination, target, .. } =
            &body.blocks[b].terminator.kind
        else {
            continue;
        };
        let (Some(value), Some(target)) = (values.get(f), *target) else { continue };
        let destination = destination.clone();
        let span = body.blocks[b].terminator.span;
        let rvalue = match value.clone() {
            Value::Operand(op) => Rvalue::Use(op),
            Value::Bytes(bytes) => {
                let ty = body.place_ty(&destination);
                let reference = Ty::reference(ty, cloudc_frontend::ty::Mutability::Not);
                let pointer = body.add_local(reference);
                let data = Constant { kind: ConstantKind::Data(bytes), ty: reference };
                let take = Rvalue::Use(Operand::Constant(data));
                body.blocks[b].statements.push(Statement::assign(pointer, take, span));
                Rvalue::Use(Operand::Copy(Place::local(pointer).deref()))
            }
        };
        let block = &mut body.blocks[b];
        block.statements.push(Statement::assign(destination, rvalue, span));
        block.terminator.kind = TerminatorKind::Goto(target);
    }
}
