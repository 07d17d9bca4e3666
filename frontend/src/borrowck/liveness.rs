//! Where the regions in the types of variables must hold: where the variable may be used later, and where it may be
//! dropped later and the drop looks at them.
//!
//! Backward from each use to the definitions, one variable at a time; only variables whose types have regions to be
//! found out are looked at. A variable that is surely moved out of is not dropped.

use super::context::BorrowCx;
use super::drops::dropped_regions;
use super::regions::Vid;
use super::values::Points;
use crate::bits::BitSet;
use crate::index::{Idx, IndexVec};
use crate::lower::moves::flow::{Flow, State};
use crate::lower::moves::paths::{MoveData, PathId, effects_at};
use crate::mir::body::Location;
use crate::mir::traversal::predecessors;
use crate::mir::visit::{PlaceUse, Visitor};
use crate::mir::*;

/// What is done to each variable that matters, and where.
#[derive(Default, Clone)]
struct Accesses {
    uses: Vec<usize>,
    drops: Vec<usize>,
    defs: Vec<usize>,
}

/// Liveness of the variables whose types have regions.
pub struct Live {
    /// For each variable: its regions, and where they must hold.
    pub facts: Vec<(Vec<Vid>, BitSet)>,
    /// Points at which a variable may be used later, by variable.
    pub used: Vec<Option<BitSet>>,
    /// Points at which a variable may be dropped later, with the regions the drop looks at.
    pub dropped: Vec<Option<(Vec<Vid>, BitSet)>>,
}

/// Computes it.
pub fn compute(b: &mut BorrowCx<'_, '_>, points: &Points, data: &MoveData, flow: &Flow) -> Live {
    let body = b.body;
    let n = body.locals.len();
    let mut regions: Vec<Vec<Vid>> = Vec::with_capacity(n);
    for (local, _) in body.locals.iter_enumerated() {
        let mut own = b.regions_of_local(local);
        own.retain(|&v| !b.origins[v as usize].is_universal());
        regions.push(own);
    }
    let mut collect = Collect { points, accesses: vec![Accesses::default(); n], wanted: &regions };
    for (block, contents) in body.blocks.iter_enumerated() {
        for (statement, s) in contents.statements.iter().enumerate() {
            collect.visit_statement(s, Location { block, statement });
        }
        let at = Location { block, statement: contents.statements.len() };
        collect.visit_terminator(&contents.terminator, at);
        if contents.terminator.kind == TerminatorKind::Return {
            collect.accesses[0].uses.push(points.of(at));
        }
    }
    let accesses = collect.accesses;
    let droppable: Vec<Local> = body
        .locals
        .iter_enumerated()
        .map(|(l, _)| l)
        .filter(|l| !regions[l.index()].is_empty() && !accesses[l.index()].drops.is_empty())
        .collect();
    let init = initialised(b, points, data, flow, &droppable);
    let preds = predecessors(body);
    let mut live = Live { facts: Vec::new(), used: vec![None; n], dropped: vec![None; n] };
    let mut defs = BitSet::new(points.count());
    let mut next_droppable = droppable.iter().enumerate().peekable();
    for (i, own) in regions.into_iter().enumerate() {
        if own.is_empty() {
            continue;
        }
        let a = &accesses[i];
        a.defs.iter().for_each(|&p| defs.set(p, true));
        let used = backward(points, &preds, body, &a.uses, &defs, None);
        live.facts.push((own, used.clone()));
        live.used[i] = Some(used);
        if let Some((at, _)) = next_droppable.next_if(|(_, l)| l.index() == i) {
            let mut looked_at = dropped_regions(b, b.local_tys[i]);
            looked_at.retain(|&v| !b.origins[v as usize].is_universal());
            if !looked_at.is_empty() {
                let dropped = backward(points, &preds, body, &a.drops, &defs, Some(&init[at]));
                live.facts.push((looked_at.clone(), dropped.clone()));
                live.dropped[i] = Some((looked_at, dropped));
            }
        }
        a.defs.iter().for_each(|&p| defs.set(p, false));
    }
    live
}

/// Points from which control may come to one of `uses` without meeting a definition, within `only`.
fn backward(
    points: &Points,
    preds: &IndexVec<BlockId, Vec<BlockId>>,
    body: &Body,
    uses: &[usize],
    defs: &BitSet,
    only: Option<&BitSet>,
) -> BitSet {
    let mut live = BitSet::new(points.count());
    let mut work: Vec<usize> = uses.to_vec();
    while let Some(mut point) = work.pop() {
        loop {
            if live.has(point) || only.is_some_and(|o| !o.has(point)) {
                break;
            }
            live.set(point, true);
            if points.is_start(point) {
                for &p in &preds[points.location(point).block] {
                    let end = points.of(Location { block: p, statement: body.blocks[p].statements.len() });
                    if !defs.has(end) {
                        work.push(end);
                    }
                }
                break;
            }
            point -= 1;
            if defs.has(point) {
                break;
            }
        }
    }
    live
}

/// For each of the variables, the points before which it or a part of it may hold a value.
fn initialised(
    b: &BorrowCx<'_, '_>,
    points: &Points,
    data: &MoveData,
    flow: &Flow,
    locals: &[Local],
) -> Vec<BitSet> {
    let mut out: Vec<BitSet> = locals.iter().map(|_| BitSet::new(points.count())).collect();
    if locals.is_empty() {
        return out;
    }
    let trees: Vec<Vec<PathId>> = locals
        .iter()
        .map(|l| {
            let mut tree = Vec::new();
            data.for_subtree(PathId(l.0), &mut |p| tree.push(p));
            tree
        })
        .collect();
    let mut state = State::default();
    for (block, contents) in b.body.blocks.iter_enumerated() {
        let Some(entry) = &flow.entry[block] else { continue };
        state.copy_from(entry);
        for statement in 0..=contents.statements.len() {
            let at = Location { block, statement };
            for (i, tree) in trees.iter().enumerate() {
                if tree.iter().any(|&p| state.may_be_init(p)) {
                    out[i].set(points.of(at), true);
                }
            }
            for effect in effects_at(data, at) {
                state.apply(data, *effect);
            }
        }
    }
    out
}

struct Collect<'a> {
    points: &'a Points,
    accesses: Vec<Accesses>,
    wanted: &'a [Vec<Vid>],
}

impl Visitor for Collect<'_> {
    fn visit_local(&mut self, local: &Local, how: PlaceUse, at: Location) {
        if self.wanted[local.index()].is_empty() {
            return;
        }
        let point = self.points.of(at);
        let a = &mut self.accesses[local.index()];
        match how {
            PlaceUse::Store | PlaceUse::Result | PlaceUse::Storage => a.defs.push(point),
            PlaceUse::Drop => a.drops.push(point),
            PlaceUse::PartStore => {}
            _ => a.uses.push(point),
        }
    }
}
