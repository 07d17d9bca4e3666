//! Looks through slices made from a pointer and a length.

use std::collections::HashMap;

use cloudc_frontend::index::Idx;
use cloudc_frontend::mir::*;
use cloudc_frontend::ty::TyKind;

use super::{MirPass, PassCx};
use crate::dataflow::BitSet;
use crate::facts::{Uses, written_first};

/// Uses the length that a slice was made with for `Len(*_s)`, and the pointer for `_s as *const T`. So the index of a
/// `Vec` is checked against its `len` field, and the slice in between goes away.
pub struct UseSliceParts;

impl MirPass for UseSliceParts {
    fn name(&self) -> &'static str {
        "use-slice-parts"
    }
    fn run(&self, _: &PassCx<'_>, body: &mut Body) {
        let Some(mut slices) = made_from_parts(body) else { return };
        let first = written_first(body, &Uses::of(body));
        add_aliases(body, &first, &mut slices);
        for b in body.blocks.indices() {
            for i in 0..body.blocks[b].statements.len() {
                let StatementKind::Assign(_, rvalue) = &body.blocks[b].statements[i].kind else { continue };
                let Some(new) = use_parts(body, &slices, rvalue) else { continue };
                if let StatementKind::Assign(_, rvalue) = &mut body.blocks[b].statements[i].kind {
                    *rvalue = new;
                }
            }
        }
    }
}

/// Locals that hold one slice made of parts that do not change.
fn made_from_parts(body: &Body) -> Option<HashMap<Local, (Operand, Operand)>> {
    let is_making = |t: &TerminatorKind| match t {
        TerminatorKind::Call { callee: Callee::Intrinsic(name, _), .. } => {
            name == "slice_from_raw_parts" || name == "slice_from_raw_parts_mut"
        }
        _ => false,
    };
    if !body.blocks.iter().any(|b| is_making(&b.terminator.kind)) {
        return None;
    }
    let first = written_first(body, &Uses::of(body));
    let stable = |op: &Operand| match op {
        Operand::Constant(_) => true,
        Operand::Copy(p) | Operand::Move(p) => p.as_local().is_some_and(|l| first.contains(l)),
    };
    let mut slices = HashMap::new();
    for block in &body.blocks {
        if let TerminatorKind::Call { args, destination, .. } = &block.terminator.kind
            && is_making(&block.terminator.kind)
            && let (Some(local), [pointer, len]) = (destination.as_local(), &args[..])
            && local.index() > body.arg_count
            && first.contains(local)
            && stable(pointer)
            && stable(len)
        {
            slices.insert(local, (pointer.clone(), len.clone()));
        }
    }
    (!slices.is_empty()).then_some(slices)
}

/// `_a = &raw const *_s` and `_a = copy _s` are the same slice.
fn add_aliases(body: &Body, first: &BitSet<Local>, slices: &mut HashMap<Local, (Operand, Operand)>) {
    for _ in 0..4 {
        let before = slices.len();
        for s in body.blocks.iter().flat_map(|b| &b.statements) {
            let StatementKind::Assign(to, rvalue) = &s.kind else { continue };
            let Some(to) = to.as_local().filter(|l| l.index() > body.arg_count && first.contains(*l)) else {
                continue;
            };
            let of = match rvalue {
                Rvalue::Ref(_, p) | Rvalue::RawRef(_, p) if p.projection[..] == [Projection::Deref] => {
                    p.local
                }
                Rvalue::Use(Operand::Copy(p) | Operand::Move(p)) if p.projection.is_empty() => p.local,
                _ => continue,
            };
            if let Some(parts) = slices.get(&of).cloned() {
                slices.entry(to).or_insert(parts);
            }
        }
        if slices.len() == before {
            break;
        }
    }
}

fn use_parts(body: &Body, slices: &HashMap<Local, (Operand, Operand)>, rvalue: &Rvalue) -> Option<Rvalue> {
    match rvalue {
        Rvalue::Len(p) if p.projection[..] == [Projection::Deref] => {
            Some(Rvalue::Use(as_copy(&slices.get(&p.local)?.1)))
        }
        Rvalue::Cast(CastKind::Prim(PrimCast::PtrToPtr), op, to) => {
            let (pointer, _) = slices.get(&op.place()?.as_local()?)?;
            // Only to a thin pointer is the length lost.
            let (behind, _) = to.builtin_deref()?;
            if matches!(behind.kind(), TyKind::Slice(_) | TyKind::Str) {
                return None;
            }
            let pointer = as_copy(pointer);
            Some(if body.operand_ty(&pointer) == *to {
                Rvalue::Use(pointer)
            } else {
                Rvalue::Cast(CastKind::Prim(PrimCast::PtrToPtr), pointer, *to)
            })
        }
        _ => None,
    }
}

/// The parts are read again.
fn as_copy(op: &Operand) -> Operand {
    match op {
        Operand::Move(p) => Operand::Copy(p.clone()),
        other => other.clone(),
    }
}
