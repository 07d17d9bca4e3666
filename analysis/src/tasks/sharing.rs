//! Values that several runs read are frozen once: where the value was last written, not where a loop is run again.
//!
//! In: a function after the cut. Out: the same with promises and their ends (`rt::share`). Before each *site*, a call that
//! freezes values or leads to one, it promises that the elements of vectors, slices and texts the call may refer to do not
//! change for now. The promise ends where the variable that holds them is written, borrowed exclusively, moved or dropped;
//! for a reference also before the first site at which it is no longer alive, and where the function returns.
//!
//! Why a promise that stands is true: an object is made only when a frozen value refers to the elements, so a shared loan of
//! them is alive then, and no exclusive one can be. A later change of what a variable owns begins with one of the events
//! above. What a reference shows cannot change as long as the reference is used again later.

use std::collections::{BTreeMap, BTreeSet};

use cloudc_frontend::index::IndexVec;
use cloudc_frontend::mir::traversal::{Loop, LoopId, dominators, loop_tree};
use cloudc_frontend::mir::visit::{PlaceUse, Visitor};
use cloudc_frontend::mir::{
    BlockId, Body, Callee, FuncId, Local, Location, Operand, Place, Projection, Rvalue, Statement,
    StatementKind, Terminator, TerminatorKind,
};
use cloudc_frontend::mono::{AdtKind, Instance, Program};
use cloudc_frontend::ty::{Mutability, Ty, TyKind};

use super::emit::Emit;
use super::range::{lang, start_at};
use super::{Instances, boundary};
use crate::dataflow::{BitSet, Direction, GenKill, GenKillAnalysis, solve_gen_kill};
use crate::facts::liveness::Liveness;

/// How deep fields are searched for elements, and how many places of one variable are promised.
const DEPTH: u32 = 3;
const MOST_PLACES: usize = 4;

/// Puts promises into a function. `cut` says which functions freeze values in turn. `None` if std lacks a piece.
pub(super) fn insert(
    instances: &mut dyn Instances,
    body: &mut Body,
    cut: &dyn Fn(FuncId) -> bool,
) -> Option<()> {
    let plan = Plan::new(instances.program(), body, cut);
    if plan.held.is_empty() {
        return Some(());
    }
    plan.write(instances, body)
}

/// Elements a variable holds or shows.
struct Held {
    place: Place,
    ty: Ty,
}

/// What happens to a promise.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Act {
    End(usize),
    Begin(usize),
}

/// Where promises begin and end.
#[derive(Default)]
struct Plan {
    held: Vec<Held>,
    /// Before a statement; the number of statements is the terminator.
    acts: BTreeMap<(BlockId, usize), BTreeSet<Act>>,
    /// On all ways into the loop with this header promises end.
    entries: BTreeMap<BlockId, BTreeSet<usize>>,
    shape: Shape,
}

impl Plan {
    fn new(program: &Program, body: &Body, cut: &dyn Fn(FuncId) -> bool) -> Plan {
        let mut plan = Plan::default();
        let sites: Vec<BlockId> = body
            .blocks
            .indices()
            .filter(|&b| is_site(program, &body.blocks[b].terminator.kind, cut))
            .collect();
        if sites.is_empty() {
            return plan;
        }
        let unset = solve_gen_kill(&MaybeUnset, body);
        let live = solve_gen_kill(&Liveness, body);
        let (mut unset, mut live) = (unset.cursor(&MaybeUnset, body), live.cursor(&Liveness, body));
        // For each variable the sites before which its elements are promised, and those where they must not be.
        let mut begins: BTreeMap<Local, BTreeSet<BlockId>> = BTreeMap::new();
        let mut over: BTreeMap<Local, BTreeSet<BlockId>> = BTreeMap::new();
        let named = body.locals.iter_enumerated().skip(1).filter(|(_, l)| l.name.is_some());
        let named: Vec<(Local, bool)> =
            named.map(|(l, decl)| (l, boundary::borrows(program, decl.ty))).collect();
        let sources = Sources::new(body);
        for &site in &sites {
            let end = Location { block: site, statement: body.blocks[site].statements.len() };
            let from = sources.of(&body.blocks[site].terminator.kind);
            for &(local, borrows) in &named {
                let is_set = !unset.before(end).contains(local);
                if is_set && (!borrows || live.before(end).contains(local)) {
                    if from.contains(&local) {
                        begins.entry(local).or_default().insert(site);
                    }
                } else {
                    over.entry(local).or_default().insert(site);
                }
            }
        }
        plan.shape = Shape::new(body);
        for (local, sites) in begins {
            let first = plan.held.len();
            let mut found = Vec::new();
            elements(program, Place::local(local), body.locals[local].ty, DEPTH, &mut found);
            found.truncate(MOST_PLACES);
            plan.held.extend(found.into_iter().map(|(place, ty)| Held { place, ty }));
            let slots = first..plan.held.len();
            if slots.is_empty() {
                continue;
            }
            let Changes { mut ends, results, .. } = Changes::of(body, local);
            let reached = plan.shape.after(&sites);
            for site in &sites {
                let at = (*site, body.blocks[*site].statements.len());
                // What the call itself takes away is not promised to it.
                if !ends.contains(&at) {
                    plan.acts.entry(at).or_default().extend(slots.clone().map(Act::Begin));
                }
            }
            ends.extend(results);
            let gone = over.get(&local).into_iter().flatten();
            ends.extend(gone.map(|&b| (b, body.blocks[b].statements.len())));
            let returns = body.blocks.iter_enumerated();
            let returns = returns.filter(|(_, b)| matches!(b.terminator.kind, TerminatorKind::Return));
            ends.extend(returns.map(|(b, data)| (b, data.statements.len())));
            for at in ends {
                if !reached.contains(&at.0) {
                    continue;
                }
                match plan.shape.quiet_loop(at.0, &sites) {
                    Some(header) => plan.entries.entry(header).or_default().extend(slots.clone()),
                    None => plan.acts.entry(at).or_default().extend(slots.clone().map(Act::End)),
                }
            }
        }
        plan
    }

    fn write(self, instances: &mut dyn Instances, body: &mut Body) -> Option<()> {
        let span = body.span;
        let slots: Vec<Local> = self.held.iter().map(|_| body.add_local(Ty::usize())).collect();
        let share_end = lang(instances, "share_end", &[])?;
        let old_blocks = body.blocks.len();
        for (header, ended) in &self.entries {
            let mut e = Emit::new(body, span);
            let before = e.block;
            ended.iter().for_each(|&k| end(&mut e, slots[k], share_end));
            e.goto(*header);
            let inside = self.shape.blocks_of(*header);
            for block in (0..old_blocks).map(|b| BlockId(b as u32)).filter(|b| !inside.contains(b)) {
                body.blocks[block].terminator.kind.for_successors_mut(|s| {
                    if s == header {
                        *s = before;
                    }
                });
            }
        }
        for ((block, at), acts) in self.acts.into_iter().rev() {
            let rest = body.blocks[block].statements.split_off(at);
            let terminator = body.blocks[block].terminator.clone();
            let mut e = Emit { body, block, span };
            for act in acts {
                match act {
                    Act::End(k) => end(&mut e, slots[k], share_end),
                    Act::Begin(k) => begin(instances, &mut e, slots[k], &self.held[k])?,
                }
            }
            let last = e.block;
            body.blocks[last].statements.extend(rest);
            body.blocks[last].terminator = terminator;
        }
        let mut e = Emit::new(body, span);
        let entry = e.block;
        for slot in slots {
            e.assign(slot, Rvalue::Use(Operand::usize(0)));
        }
        e.goto(BlockId(0));
        start_at(body, entry);
        Some(())
    }
}

fn begin(instances: &mut dyn Instances, e: &mut Emit<'_>, slot: Local, held: &Held) -> Option<()> {
    let (share, elements) = match held.ty.kind() {
        TyKind::Str => (lang(instances, "share_str", &[])?, e.borrow(held.place.clone(), held.ty)),
        TyKind::Slice(t) => (lang(instances, "share_slice", &[*t])?, e.borrow(held.place.clone(), held.ty)),
        TyKind::Adt(_, args) => {
            let t = args.first()?.as_type()?;
            (lang(instances, "share_vec", &[t])?, e.show(instances.program(), held.place.clone(), held.ty))
        }
        _ => return None,
    };
    let now = e.call(share, Ty::usize(), vec![Operand::Copy(slot.into()), elements]);
    e.assign(slot, Rvalue::Use(Operand::Copy(now.into())));
    Some(())
}

fn end(e: &mut Emit<'_>, slot: Local, share_end: FuncId) {
    let (stands, after) = (e.new_block(), e.new_block());
    let value = Operand::Copy(slot.into());
    e.end(TerminatorKind::Switch { value, targets: vec![(0, after)], otherwise: stands });
    e.block = stands;
    e.call(share_end, Ty::unit(), vec![Operand::Copy(slot.into())]);
    e.assign(slot, Rvalue::Use(Operand::usize(0)));
    e.goto(after);
    e.block = after;
}

/// Whether a call freezes values, or leads to one that does.
fn is_site(program: &Program, terminator: &TerminatorKind, cut: &dyn Fn(FuncId) -> bool) -> bool {
    let TerminatorKind::Call { callee: Callee::Func(func), .. } = terminator else { return false };
    cut(*func)
        || matches!(&program.functions[*func].instance, Instance::Item(def, _)
            if matches!(def.path.as_str(), "std::rt::tasks::range" | "std::rt::share::put"))
}

fn is_box(program: &Program, ty: Ty) -> bool {
    program.is_lang(ty, "owned_box")
}

/// The places below a variable where elements lie that can be an object: with their types, `Vec`, slice or `str`.
fn elements(program: &Program, place: Place, ty: Ty, depth: u32, found: &mut Vec<(Place, Ty)>) {
    let may_cross = |t: Ty| boundary::check(program, t).is_ok();
    match ty.kind() {
        TyKind::Str => found.push((place, ty)),
        TyKind::Slice(t) if may_cross(*t) => found.push((place, ty)),
        TyKind::Ref(_, to, _) => elements(program, place.deref(), *to, depth, found),
        TyKind::Adt(_, args) if program.is_lang(ty, "Vec") => {
            let element = args.first().and_then(|a| a.as_type()).filter(|t| may_cross(*t));
            found.extend(element.map(|_| (place, ty)));
        }
        // A ring is frozen in order, as a copy.
        TyKind::Adt(..) if program.is_lang(ty, "VecDeque") || is_box(program, ty) => {}
        TyKind::Adt(..) | TyKind::Tuple(..) if depth > 0 => {
            if matches!(ty.kind(), TyKind::Adt(..)) && !matches!(program.adt(ty).kind, AdtKind::Struct) {
                return;
            }
            for (i, field) in program.field_tys(ty, 0).into_iter().enumerate() {
                elements(program, place.field(i, field), field, depth - 1, found);
            }
        }
        _ => {}
    }
}

/// Where what a variable holds may begin to change.
struct Changes {
    local: Local,
    /// What lies behind the variable is only shown by it.
    shows: bool,
    /// Before these statements and terminators.
    ends: BTreeSet<(BlockId, usize)>,
    /// After calls that write it: where control goes on.
    results: BTreeSet<(BlockId, usize)>,
}

impl Changes {
    fn of(body: &Body, local: Local) -> Changes {
        let shows = matches!(body.locals[local].ty.kind(), TyKind::Ref(_, _, Mutability::Not));
        let mut changes = Changes { local, shows, ends: BTreeSet::new(), results: BTreeSet::new() };
        changes.visit_body(body);
        let calls = std::mem::take(&mut changes.results);
        for (block, _) in calls {
            body.blocks[block].terminator.kind.for_successors(|to| {
                changes.results.insert((to, 0));
            });
        }
        changes
    }
}

impl Visitor for Changes {
    fn visit_place(&mut self, place: &Place, how: PlaceUse, at: Location) {
        let is_changed = match how {
            PlaceUse::Copy | PlaceUse::Inspect | PlaceUse::Borrow => false,
            PlaceUse::Move | PlaceUse::BorrowMut | PlaceUse::RawRef => !self.shows,
            _ => !(self.shows && place.is_indirect()),
        };
        if place.local == self.local && is_changed {
            let set = if how == PlaceUse::Result { &mut self.results } else { &mut self.ends };
            set.insert((at.block, at.statement));
        }
        self.walk_place(place, how, at);
    }
    fn visit_local(&mut self, local: &Local, how: PlaceUse, at: Location) {
        if *local == self.local && how == PlaceUse::Storage {
            self.ends.insert((at.block, at.statement));
        }
    }
}

/// The control flow as promises need it.
#[derive(Default)]
struct Shape {
    successors: IndexVec<BlockId, Vec<BlockId>>,
    /// Innermost loop of each block.
    innermost: IndexVec<BlockId, Option<LoopId>>,
    loops: IndexVec<LoopId, Loop>,
}

impl Shape {
    fn new(body: &Body) -> Shape {
        let successors = body.blocks.iter().map(|b| b.terminator.kind.successors()).collect();
        let tree = loop_tree(body, &dominators(body));
        Shape { successors, innermost: tree.innermost, loops: tree.loops }
    }
    /// Blocks that may run after one of these.
    fn after(&self, blocks: &BTreeSet<BlockId>) -> BTreeSet<BlockId> {
        let mut reached = BTreeSet::new();
        let mut work: Vec<BlockId> =
            blocks.iter().flat_map(|b| self.successors[*b].iter().copied()).collect();
        while let Some(block) = work.pop() {
            if reached.insert(block) {
                work.extend(self.successors[block].iter().copied());
            }
        }
        reached
    }
    /// The header of the outermost loop around a block in which nothing is promised; not the function's first block.
    fn quiet_loop(&self, block: BlockId, sites: &BTreeSet<BlockId>) -> Option<BlockId> {
        let mut quiet = None;
        let mut at = self.innermost[block];
        while let Some(id) = at {
            let natural = &self.loops[id];
            if natural.header == BlockId(0) || natural.blocks.iter().any(|b| sites.contains(b)) {
                break;
            }
            quiet = Some(natural.header);
            at = natural.parent;
        }
        quiet
    }
    fn blocks_of(&self, header: BlockId) -> &[BlockId] {
        self.loops.iter().find(|l| l.header == header).map_or(&[], |l| &l.blocks)
    }
}

/// From which locals the value of each local may come.
struct Sources(IndexVec<Local, BTreeSet<Local>>);

impl Sources {
    fn new(body: &Body) -> Sources {
        struct Mentioned(BTreeSet<Local>);
        impl Visitor for Mentioned {
            fn visit_local(&mut self, local: &Local, how: PlaceUse, _at: Location) {
                if how != PlaceUse::Storage {
                    self.0.insert(*local);
                }
            }
        }
        let mut from: IndexVec<Local, BTreeSet<Local>> =
            body.locals.iter().map(|_| BTreeSet::new()).collect();
        for (block, data) in body.blocks.iter_enumerated() {
            for (statement, s) in data.statements.iter().enumerate() {
                if let StatementKind::Assign(place, rvalue) = &s.kind {
                    let mut mentioned = Mentioned(BTreeSet::new());
                    mentioned.visit_rvalue(rvalue, Location { block, statement });
                    from[place.local].extend(mentioned.0);
                }
            }
            if let TerminatorKind::Call { destination, args, .. } = &data.terminator.kind {
                let args = args.iter().filter_map(Operand::place).map(|p| p.local);
                from[destination.local].extend(args);
            }
        }
        Sources(from)
    }
    /// What the arguments of a call may come from.
    fn of(&self, terminator: &TerminatorKind) -> BTreeSet<Local> {
        let TerminatorKind::Call { args, .. } = terminator else { return BTreeSet::new() };
        let mut work: Vec<Local> = args.iter().filter_map(Operand::place).map(|p| p.local).collect();
        let mut found = BTreeSet::new();
        while let Some(local) = work.pop() {
            if found.insert(local) {
                work.extend(self.0[local].iter().copied());
            }
        }
        found
    }
}

/// Locals that may have no value: never given one, moved, or out of scope. Forward, joined by union.
struct MaybeUnset;

impl MaybeUnset {
    fn moved(to: &mut impl GenKill<Local>, visit: impl FnOnce(&mut Moves)) {
        let mut moves = Moves(Vec::new());
        visit(&mut moves);
        moves.0.into_iter().for_each(|local| to.add(local));
    }
}

struct Moves(Vec<Local>);

impl Visitor for Moves {
    fn visit_place(&mut self, place: &Place, how: PlaceUse, at: Location) {
        let behind_reference = place.projection.contains(&Projection::Deref);
        if matches!(how, PlaceUse::Move | PlaceUse::Drop) && !behind_reference {
            self.0.push(place.local);
        }
        self.walk_place(place, how, at);
    }
    fn visit_local(&mut self, local: &Local, how: PlaceUse, _at: Location) {
        if how == PlaceUse::Storage {
            self.0.push(*local);
        }
    }
}

impl GenKillAnalysis for MaybeUnset {
    type Index = Local;
    const DIRECTION: Direction = Direction::Forward;

    fn bound(&self, body: &Body) -> usize {
        body.locals.len()
    }
    fn at_boundary(&self, body: &Body, state: &mut BitSet<Local>) {
        body.locals.indices().for_each(|l| {
            state.insert(l);
        });
        body.args().for_each(|l| {
            state.remove(l);
        });
    }
    fn statement_effect(&self, to: &mut impl GenKill<Local>, statement: &Statement, at: Location) {
        Self::moved(to, |m| m.visit_statement(statement, at));
        if let StatementKind::Assign(place, _) = &statement.kind
            && let Some(local) = place.as_local()
        {
            to.kill(local);
        }
    }
    fn terminator_effect(&self, to: &mut impl GenKill<Local>, terminator: &Terminator, at: Location) {
        Self::moved(to, |m| m.visit_terminator(terminator, at));
        if let TerminatorKind::Call { destination, .. } = &terminator.kind
            && let Some(local) = destination.as_local()
        {
            to.kill(local);
        }
    }
}
