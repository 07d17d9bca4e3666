//! What is computed twice from the same values is computed once.

use std::collections::HashMap;

use cloudc_frontend::index::Idx;
use cloudc_frontend::mir::traversal::reverse_postorder;
use cloudc_frontend::mir::{BinOp, Body, Local, Location, Operand, Place, Projection, Rvalue, StatementKind};
use cloudc_frontend::mono::Program;

use super::run::{MirPass, PassCx};
use crate::facts::dominance::Dominance;
use crate::facts::memory::is_frozen;
use crate::facts::single::SingleDefinitions;

/// Replaces a computation by a copy of an equal one that dominates it.
pub struct CommonSubexpressions;

impl MirPass for CommonSubexpressions {
    fn name(&self) -> &'static str {
        "common-subexpressions"
    }
    fn run(&self, cx: &PassCx<'_>, body: &mut Body) -> bool {
        let dominance = Dominance::new(body);
        let singles = SingleDefinitions::new(body, &dominance);
        let mut seen: HashMap<u64, Vec<(Rvalue, Local, Location)>> = HashMap::new();
        let mut changed = false;
        for block in reverse_postorder(body) {
            for i in 0..body.blocks[block].statements.len() {
                let at = Location { block, statement: i };
                let StatementKind::Assign(place, rvalue) = &body.blocks[block].statements[i].kind else {
                    continue;
                };
                let Some(to) = place.as_local().filter(|l| singles.is_value(*l)) else { continue };
                let Some(key) = pure_key(cx.program, body, &singles, rvalue) else { continue };
                let rvalue = as_copies(rvalue);
                let equal = seen.entry(key).or_default();
                let found = equal.iter().find(|(r, l, def)| {
                    *r == rvalue && dominance.point(*def, at) && body.locals[*l].ty == body.locals[to].ty
                });
                match found {
                    Some(&(_, earlier, _)) => {
                        let copy = Rvalue::Use(Operand::Copy(earlier.into()));
                        body.blocks[block].statements[i].kind = StatementKind::Assign(to.into(), copy);
                        changed = true;
                    }
                    None => equal.push((rvalue, to, at)),
                }
            }
        }
        changed
    }
}

/// A number equal rvalues share, if the rvalue gives the same whenever it is computed: it depends on values only, and on
/// memory that does not change.
pub(super) fn pure_key(
    program: &Program,
    body: &Body,
    singles: &SingleDefinitions,
    rvalue: &Rvalue,
) -> Option<u64> {
    let place_key = |p: &Place| -> Option<u64> {
        let is_path =
            p.projection.iter().all(|s| matches!(s, Projection::Field(..) | Projection::Downcast(_)));
        let constant = singles.is_value(p.local) && (is_path || is_frozen(program, body, p));
        constant.then(|| {
            p.projection.iter().fold(mix(1, p.local.index() as u64), |key, step| match step {
                Projection::Field(n, _) => mix(key, *n as u64 + 2),
                _ => mix(key, 1),
            })
        })
    };
    let key = |o: &Operand| match o {
        Operand::Copy(p) | Operand::Move(p) => place_key(p),
        Operand::Constant(c) => Some(match &c.kind {
            cloudc_frontend::mir::ConstantKind::Scalar(bits) => mix(2, *bits as u64),
            _ => 3,
        }),
    };
    Some(match rvalue {
        Rvalue::Use(Operand::Copy(p)) if !p.projection.is_empty() => mix(place_key(p)?, 4),
        Rvalue::Len(p) if p.projection[..] == [Projection::Deref] && singles.is_value(p.local) => {
            mix(p.local.index() as u64, 5)
        }
        Rvalue::Cast(_, a, _) => mix(key(a)?, 6),
        Rvalue::Unary(_, a) => mix(key(a)?, 7),
        Rvalue::Binary(op, a, b) => mix(mix(key(a)?, key(b)?), 8 + op_number(*op)),
        Rvalue::CheckedBinary(op, a, b) => mix(mix(key(a)?, key(b)?), 64 + op_number(*op)),
        Rvalue::Discriminant(p) => mix(place_key(p)?, 9),
        _ => return None,
    })
}

fn op_number(op: BinOp) -> u64 {
    BinOp::ALL.iter().position(|o| *o == op).unwrap_or(0) as u64
}

fn mix(a: u64, b: u64) -> u64 {
    (a.rotate_left(23) ^ b).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The same with copies for moves.
fn as_copies(rvalue: &Rvalue) -> Rvalue {
    let copy = |o: &Operand| match o {
        Operand::Move(p) => Operand::Copy(p.clone()),
        other => other.clone(),
    };
    match rvalue {
        Rvalue::Use(a) => Rvalue::Use(copy(a)),
        Rvalue::Cast(k, a, t) => Rvalue::Cast(*k, copy(a), *t),
        Rvalue::Unary(op, a) => Rvalue::Unary(*op, copy(a)),
        Rvalue::Binary(op, a, b) => Rvalue::Binary(*op, copy(a), copy(b)),
        Rvalue::CheckedBinary(op, a, b) => Rvalue::CheckedBinary(*op, copy(a), copy(b)),
        other => other.clone(),
    }
}
