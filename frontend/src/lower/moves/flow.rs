//! Where each move path may hold a value, and where it may not.
//!
//! Domain: three sets a point, ordered by inclusion, joined by union, forward, empty at bottom. `init`: paths that may
//! hold a value. `uninit`: paths that may not. `assigned`: locals that may have been assigned since their storage
//! began. On the edge of a switch to one variant of an enum the parts of other variants hold nothing.

use super::MoveCx;
use super::paths::{Effect, MoveData, PathId, effects_at, switched_enum};
use crate::bits::BitSet;
use crate::index::{Idx, IndexVec};
use crate::mir::body::Location;
use crate::mir::traversal::reverse_postorder;
use crate::mir::*;
use crate::ty::TyKind;

/// What holds at a point.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct State {
    /// One set, as states are copied all the time: for each path whether it may hold a value and whether it may not, then
    /// for each local whether it may have been assigned.
    bits: BitSet,
    paths: usize,
}

impl State {
    /// No path holds a value.
    fn new(paths: usize, locals: usize) -> State {
        let mut state = State { bits: BitSet::new(2 * paths + locals), paths };
        (0..paths).for_each(|p| state.bits.set(2 * p + 1, true));
        state
    }
    /// Whether the path may hold a value.
    pub fn may_be_init(&self, path: PathId) -> bool {
        self.bits.has(2 * path.index())
    }
    /// Whether the path may hold none.
    pub fn may_be_uninit(&self, path: PathId) -> bool {
        self.bits.has(2 * path.index() + 1)
    }
    /// Whether the local may have been assigned.
    pub fn may_be_assigned(&self, local: Local) -> bool {
        self.bits.has(2 * self.paths + local.index())
    }
    /// Makes it equal to `other`, without new memory if it was one of the same body before.
    pub fn copy_from(&mut self, other: &State) {
        self.bits.copy_from(&other.bits);
        self.paths = other.paths;
    }
    fn join(&mut self, other: &State) -> bool {
        self.bits.union(&other.bits)
    }
    /// Applies an effect.
    pub fn apply(&mut self, data: &MoveData, effect: Effect) {
        let (path, init) = match effect {
            Effect::Init(p) => (p, true),
            Effect::Move(p) | Effect::Drop(p) | Effect::Storage(p) => (p, false),
        };
        data.for_subtree(path, &mut |p| {
            self.bits.set(2 * p.index(), init);
            self.bits.set(2 * p.index() + 1, !init);
        });
        let assigned = 2 * self.paths;
        match effect {
            Effect::Storage(p) => self.bits.set(assigned + p.index(), false),
            Effect::Init(p) => self.bits.set(assigned + data.paths[p].place.local.index(), true),
            _ => {}
        }
    }
}

/// States at the start of each block; `None` where control never comes.
pub struct Flow {
    /// By block.
    pub entry: IndexVec<BlockId, Option<State>>,
}

/// Solves the equations.
pub fn solve(cx: MoveCx<'_, '_>, body: &Body, data: &MoveData) -> Flow {
    let mut start = State::new(data.paths.len(), body.locals.len());
    for arg in 1..=body.arg_count {
        start.apply(data, Effect::Init(PathId(arg as u32)));
    }
    let order = reverse_postorder(body);
    let mut position = vec![usize::MAX; body.blocks.len()];
    order.iter().enumerate().for_each(|(i, b)| position[b.index()] = i);
    let mut entry: IndexVec<BlockId, Option<State>> = body.blocks.iter().map(|_| None).collect();
    entry[BlockId(0)] = Some(start);
    let mut work: std::collections::BTreeSet<usize> = (0..order.len()).collect();
    let mut state = State::default();
    while let Some(next) = work.pop_first() {
        let block = order[next];
        let Some(known) = &entry[block] else { continue };
        state.copy_from(known);
        for effect in data.effects[block].iter().flatten() {
            state.apply(data, *effect);
        }
        let mut send = |to: BlockId, state: &State| {
            let changed = match &mut entry[to] {
                Some(known) => known.join(state),
                slot => {
                    *slot = Some(state.clone());
                    true
                }
            };
            if changed {
                work.insert(position[to.index()]);
            }
        };
        match (switched_enum(&body.blocks[block]), &body.blocks[block].terminator.kind) {
            (Some(place), TerminatorKind::Switch { targets, otherwise, .. }) if data.find(place).exact => {
                let path = data.find(place).path;
                let named: Vec<u32> =
                    targets.iter().filter_map(|t| variant_of(cx, data, path, t.0)).collect();
                for (value, to) in targets {
                    let variant = variant_of(cx, data, path, *value);
                    send(*to, &only_variants(data, &state, path, |v| Some(v) == variant));
                }
                send(*otherwise, &only_variants(data, &state, path, |v| !named.contains(&v)));
            }
            (_, terminator) => terminator.for_successors(|to| send(to, &state)),
        }
    }
    Flow { entry }
}

/// The variant of the enum at `path` with this discriminant.
fn variant_of(cx: MoveCx<'_, '_>, data: &MoveData, path: PathId, value: u128) -> Option<u32> {
    let TyKind::Adt(def, _) = *data.paths[path].ty.kind() else { return None };
    (0..cx.tcx.variants(def).len()).find(|&v| cx.tcx.discriminant(def, v) == value).map(|v| v as u32)
}

/// The state on an edge where the enum at `path` is one of these variants: parts of others hold nothing.
fn only_variants(data: &MoveData, state: &State, path: PathId, keep: impl Fn(u32) -> bool) -> State {
    let mut state = state.clone();
    for &child in &data.paths[path].children {
        if let Some(Projection::Downcast(v)) = data.paths[child].place.projection.last()
            && !keep(*v)
        {
            data.for_subtree(child, &mut |p| state.bits.set(2 * p.index(), false));
        }
    }
    state
}

impl Flow {
    /// The state before a location.
    pub fn before(&self, data: &MoveData, at: Location) -> Option<State> {
        let mut state = self.entry[at.block].clone()?;
        for statement in 0..at.statement {
            for effect in effects_at(data, Location { block: at.block, statement }) {
                state.apply(data, *effect);
            }
        }
        Some(state)
    }
}
