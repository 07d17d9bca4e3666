//! Two locals that hold one value after the other become one: `_5 = Add(_2, 1); _2 = _5` computes into `_2`.

use std::collections::HashSet;

use cloudc_frontend::index::{Idx, IndexVec};
use cloudc_frontend::mir::visit::{PlaceUse, VisitorMut};
use cloudc_frontend::mir::{
    Body, Callee, Local, Location, Operand, Place, Rvalue, StatementKind, TerminatorKind,
};
use cloudc_frontend::ty::Ty;

use super::run::{MirPass, PassCx};
use crate::dataflow::{BitSet, solve_gen_kill};
use crate::facts::borrowed::borrowed;
use crate::facts::liveness::{Liveness, is_write};
use crate::facts::{in_statement, in_terminator};

/// Joins the two sides of copies between locals of which neither is written while the other may be read.
pub struct DestinationPropagation;

impl MirPass for DestinationPropagation {
    fn name(&self) -> &'static str {
        "destination-propagation"
    }
    fn run(&self, _cx: &PassCx<'_>, body: &mut Body) -> bool {
        let borrowed = borrowed(body);
        let mut pairs: Vec<(Local, Local)> = Vec::new();
        let mut seen = HashSet::new();
        for block in &body.blocks {
            for statement in &block.statements {
                if let StatementKind::Assign(to, Rvalue::Use(from)) = &statement.kind
                    && let (Some(to), Some(from)) = (to.as_local(), from.place().and_then(Place::as_local))
                    && to != from
                    && body.locals[to].ty == body.locals[from].ty
                    && !borrowed.contains(to)
                    && !borrowed.contains(from)
                    && (is_free(body, to) || is_free(body, from))
                    && seen.insert((to.min(from), to.max(from)))
                {
                    pairs.push((to, from));
                }
            }
        }
        if pairs.is_empty() {
            return false;
        }
        interfering(body, &mut pairs);
        // Each local takes part in one merge a round, so that what was found stays true.
        let mut target: IndexVec<Local, Local> = body.locals.indices().collect();
        let mut taken: BitSet<Local> = BitSet::new(body.locals.len());
        let mut changed = false;
        for (to, from) in pairs {
            if taken.contains(to) || taken.contains(from) {
                continue;
            }
            taken.insert(to);
            taken.insert(from);
            let (kept, gone) = if is_free(body, from) { (to, from) } else { (from, to) };
            target[gone] = kept;
            if body.locals[kept].name.is_none() {
                body.locals[kept].name = body.locals[gone].name;
            }
            changed = true;
        }
        if changed {
            Rename(target).visit_body(body);
            for block in body.blocks.iter_mut() {
                block.statements.retain(|s| match &s.kind {
                    StatementKind::Assign(to, Rvalue::Use(from)) => from.place() != Some(to),
                    _ => true,
                });
            }
        }
        changed
    }
}

/// Whether the local may be renamed.
fn is_free(body: &Body, local: Local) -> bool {
    local.index() > body.arg_count
}

/// Drops the pairs of which one is written while the other is live.
fn interfering(body: &Body, pairs: &mut Vec<(Local, Local)>) {
    let results = solve_gen_kill(&Liveness, body);
    let mut cursor = results.cursor(&Liveness, body);
    let mut partners: IndexVec<Local, Vec<usize>> = body.locals.iter().map(|_| Vec::new()).collect();
    for (i, &(a, b)) in pairs.iter().enumerate() {
        partners[a].push(i);
        partners[b].push(i);
    }
    let mut bad = vec![false; pairs.len()];
    let mut written = Vec::new();
    let mut check = |local: Local, copied_from: Option<Local>, live: &BitSet<Local>| {
        for &i in &partners[local] {
            let other = if pairs[i].0 == local { pairs[i].1 } else { pairs[i].0 };
            if live.contains(other) && copied_from != Some(other) {
                bad[i] = true;
            }
        }
    };
    // Parameters are written at the entry.
    let at_entry = cursor.before(Location { block: cloudc_frontend::mir::BlockId(0), statement: 0 }).clone();
    for arg in body.args() {
        check(arg, None, &at_entry);
    }
    for (block, data) in body.blocks.iter_enumerated() {
        let end = Location { block, statement: data.statements.len() };
        written.clear();
        in_terminator(&data.terminator, end, |local, how, _| {
            if is_write(how) {
                written.push(local);
            }
        });
        if let TerminatorKind::Call { args, callee, .. } = &data.terminator.kind {
            for &local in written.iter().filter(|l| !partners[**l].is_empty()) {
                let mut live = cursor.after(end).clone();
                // A call may write its result before it is done with arguments in memory.
                if body.locals[local].ty.scalar_bits().is_none() || !matches!(callee, Callee::Intrinsic(..)) {
                    for arg in args.iter().filter_map(Operand::place) {
                        live.insert(arg.local);
                    }
                }
                check(local, None, &live);
            }
        }
        for (i, statement) in data.statements.iter().enumerate().rev() {
            let at = Location { block, statement: i };
            written.clear();
            in_statement(statement, at, |local, how, _| {
                if is_write(how) {
                    written.push(local);
                }
            });
            let copied_from = match &statement.kind {
                StatementKind::Assign(_, Rvalue::Use(from)) => from.place().and_then(Place::as_local),
                _ => None,
            };
            for &local in &written {
                check(local, copied_from, cursor.after(at));
            }
        }
    }
    let mut i = 0;
    pairs.retain(|_| {
        i += 1;
        !bad[i - 1]
    });
}

struct Rename(IndexVec<Local, Local>);

impl VisitorMut for Rename {
    fn visit_local(&mut self, local: &mut Local, _how: PlaceUse, _at: Location) {
        *local = self.0[*local];
    }
    fn visit_ty(&mut self, _ty: &mut Ty) {}
}
