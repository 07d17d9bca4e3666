//! Where each move path may hold a value, and where it may not.
//!
//! Domain: three sets a point, ordered by inclusion, joined by union, forward, empty at bottom. `init`: paths that may
//! hold a value. `uninit`: paths that may not. `assigned`: locals that may have been assigned since their storage
//! began. On the edge of a switch to one variant of an enum the parts of other variants hold nothing.

use super::MoveCx;
use super::paths::{Effect, MoveData, PathId, effects_at, switched_enum};
use crate::index::{Idx, IndexVec};
use crate::mir::body::Location;
use crate::mir::traversal::reverse_postorder;
use crate::mir::*;
use crate::ty::TyKind;

/// A set of indices.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BitSet(Vec<u64>);

impl BitSet {
    /// Empty, for indices below `n`.
    pub fn new(n: usize) -> BitSet {
        BitSet(vec![0; n.div_ceil(64)])
    }
    /// Whether it holds `i`.
    pub fn has(&self, i: usize) -> bool {
        self.0[i / 64] >> (i % 64) & 1 != 0
    }
    /// Puts `i` in or takes it out.
    pub fn set(&mut self, i: usize, to: bool) {
        let bit = 1u64 << (i % 64);
        if to { self.0[i / 64] |= bit } else { self.0[i / 64] &= !bit }
    }
    /// Puts in all below `n`.
    pub fn fill(&mut self, n: usize) {
        for (i, word) in self.0.iter_mut().enumerate() {
            let left = n.saturating_sub(i * 64);
            *word |= if left >= 64 { u64::MAX } else { (1u64 << left) - 1 };
        }
    }
    /// Takes everything out.
    pub fn clear(&mut self) {
        self.0.fill(0);
    }
    /// What it holds, in order.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.0
            .iter()
            .enumerate()
            .flat_map(|(i, &word)| (0..64).filter(move |b| word >> b & 1 != 0).map(move |b| i * 64 + b))
    }
    /// Adds all of `other`, which may be for fewer indices; whether that changed anything.
    pub fn union(&mut self, other: &BitSet) -> bool {
        let mut changed = false;
        for (a, b) in self.0.iter_mut().zip(&other.0) {
            changed |= *b & !*a != 0;
            *a |= b;
        }
        changed
    }
}

/// What holds at a point.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct State {
    init: BitSet,
    uninit: BitSet,
    assigned: BitSet,
}

impl State {
    /// Whether the path may hold a value.
    pub fn may_be_init(&self, path: PathId) -> bool {
        self.init.has(path.index())
    }
    /// Whether the path may hold none.
    pub fn may_be_uninit(&self, path: PathId) -> bool {
        self.uninit.has(path.index())
    }
    /// Whether the local may have been assigned.
    pub fn may_be_assigned(&self, local: Local) -> bool {
        self.assigned.has(local.index())
    }
    fn join(&mut self, other: &State) -> bool {
        let a = self.init.union(&other.init);
        let b = self.uninit.union(&other.uninit);
        let c = self.assigned.union(&other.assigned);
        a | b | c
    }
    /// Applies an effect.
    pub fn apply(&mut self, data: &MoveData, effect: Effect) {
        let (path, init) = match effect {
            Effect::Init(p) => (p, true),
            Effect::Move(p) | Effect::Drop(p) | Effect::Storage(p) => (p, false),
        };
        data.for_subtree(path, &mut |p| {
            self.init.set(p.index(), init);
            self.uninit.set(p.index(), !init);
        });
        match effect {
            Effect::Storage(p) => self.assigned.set(p.index(), false),
            Effect::Init(p) => self.assigned.set(data.paths[p].place.local.index(), true),
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
    let n = data.paths.len();
    let mut start =
        State { init: BitSet::new(n), uninit: BitSet::new(n), assigned: BitSet::new(body.locals.len()) };
    for (i, _) in data.paths.iter_enumerated() {
        start.uninit.set(i.index(), true);
    }
    for arg in 1..=body.arg_count {
        start.apply(data, Effect::Init(PathId(arg as u32)));
    }
    let order = reverse_postorder(body);
    let mut position = vec![usize::MAX; body.blocks.len()];
    order.iter().enumerate().for_each(|(i, b)| position[b.index()] = i);
    let mut entry: IndexVec<BlockId, Option<State>> = body.blocks.iter().map(|_| None).collect();
    entry[BlockId(0)] = Some(start);
    let mut work: std::collections::BTreeSet<usize> = (0..order.len()).collect();
    while let Some(next) = work.pop_first() {
        let block = order[next];
        let Some(mut state) = entry[block].clone() else { continue };
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
            data.for_subtree(child, &mut |p| state.init.set(p.index(), false));
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
