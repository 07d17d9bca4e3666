//! How values move between the locals of one body: single definitions, chains of moves, liveness at block starts.

use std::collections::{BTreeSet, HashMap};

use cloudc_frontend::index::{Idx, IndexVec};
use cloudc_frontend::mir::Location;
use cloudc_frontend::mir::traversal::postorder;
use cloudc_frontend::mir::visit::{PlaceUse, Visitor};
use cloudc_frontend::mir::{
    BlockId, Body, Callee, Local, Operand, Place, Rvalue, StatementKind, TerminatorKind,
};

/// What gives a local its value.
#[derive(Clone, Copy, Debug)]
pub enum Definition<'b> {
    /// An assignment.
    Assign(&'b Rvalue),
    /// The result of a call.
    Call(&'b Callee, &'b [Operand]),
}

/// The locals that get their value in exactly one place and are never changed through a borrow.
pub struct Definitions<'b> {
    found: HashMap<Local, (Definition<'b>, Location)>,
    /// Locals that are given a whole value in exactly one place, whatever changes them later.
    initial: HashMap<Local, (Definition<'b>, Location)>,
}

impl<'b> Definitions<'b> {
    /// Finds them.
    pub fn new(body: &'b Body) -> Self {
        struct Count {
            whole: IndexVec<Local, u32>,
            changed: IndexVec<Local, bool>,
        }
        impl Visitor for Count {
            fn visit_local(&mut self, local: &Local, how: PlaceUse, _at: Location) {
                match how {
                    PlaceUse::Store | PlaceUse::Result => self.whole[*local] += 1,
                    PlaceUse::PartStore | PlaceUse::BorrowMut | PlaceUse::RawRef => {
                        self.changed[*local] = true
                    }
                    _ => {}
                }
            }
        }
        let mut count = Count {
            whole: body.locals.iter().map(|_| 0).collect(),
            changed: body.locals.iter().map(|_| false).collect(),
        };
        count.visit_body(body);
        for arg in body.args() {
            count.whole[arg] += 2;
        }
        let mut found = HashMap::new();
        let mut initial = HashMap::new();
        for (block, data) in body.blocks.iter_enumerated() {
            for (i, statement) in data.statements.iter().enumerate() {
                if let StatementKind::Assign(place, rvalue) = &statement.kind
                    && let Some(local) = place.as_local()
                    && count.whole[local] == 1
                {
                    let definition = (Definition::Assign(rvalue), Location { block, statement: i });
                    initial.insert(local, definition);
                    if !count.changed[local] {
                        found.insert(local, definition);
                    }
                }
            }
            if let TerminatorKind::Call { callee, args, destination, .. } = &data.terminator.kind
                && let Some(local) = destination.as_local()
                && count.whole[local] == 1
            {
                let at = Location { block, statement: data.statements.len() };
                initial.insert(local, (Definition::Call(callee, args), at));
                if !count.changed[local] {
                    found.insert(local, (Definition::Call(callee, args), at));
                }
            }
        }
        Definitions { found, initial }
    }

    /// The only definition of a local.
    pub fn of(&self, local: Local) -> Option<(Definition<'b>, Location)> {
        self.found.get(&local).copied()
    }

    /// What a local was first given, whatever changes it later; moves of whole locals are followed.
    pub fn initial(&self, local: Local) -> Option<(Definition<'b>, Location)> {
        let mut found = self.initial.get(&local).copied()?;
        for _ in 0..64 {
            let (Definition::Assign(Rvalue::Use(operand)), _) = found else { break };
            let Some(from) = operand.place().and_then(Place::as_local) else { break };
            let Some(&next) = self.initial.get(&from) else { break };
            found = next;
        }
        Some(found)
    }

    /// Follows copies and moves of whole locals back to where the value was made.
    pub fn origin(&self, mut local: Local) -> Local {
        let mut steps = 0;
        while let Some((Definition::Assign(Rvalue::Use(operand)), _)) = self.of(local) {
            let Some(from) = operand.place().and_then(Place::as_local) else { break };
            local = from;
            steps += 1;
            if steps > 64 {
                break;
            }
        }
        local
    }

    /// The same for an operand that is a whole local.
    pub fn operand_origin(&self, operand: &Operand) -> Option<Local> {
        operand.place().and_then(Place::as_local).map(|l| self.origin(l))
    }

    /// The place a reference was made from, if the local is a temporary that holds `&place` or `&mut place`.
    pub fn borrowed(&self, local: Local) -> Option<&'b Place> {
        match self.of(self.origin(local))? {
            (Definition::Assign(Rvalue::Ref(_, place)), _) => Some(place),
            _ => None,
        }
    }
}

/// What a block does first to the locals it mentions.
#[derive(Default, Clone)]
struct Firsts {
    /// Reads, or writes a part of.
    uses: BTreeSet<Local>,
    /// Overwrites; after using it, if it is in both.
    kills: BTreeSet<Local>,
}

impl Firsts {
    fn of(body: &Body, block: BlockId) -> Firsts {
        let mut firsts = Firsts::default();
        firsts.visit_block(block, &body.blocks[block]);
        firsts
    }
}

impl Visitor for Firsts {
    fn visit_local(&mut self, local: &Local, how: PlaceUse, _at: Location) {
        if how.is_read() || how == PlaceUse::PartStore {
            if !self.kills.contains(local) {
                self.uses.insert(*local);
            }
        } else if how.is_overwrite() {
            self.kills.insert(*local);
        }
    }
}

/// Whether a path from the start of a block, through some blocks only, may read a local before it is overwritten. Ways out of
/// these blocks do not count, also where they lead back to the first.
pub fn may_be_read_first(body: &Body, from: BlockId, local: Local, within: impl Fn(BlockId) -> bool) -> bool {
    let (mut seen, mut todo) = (BTreeSet::from([from]), vec![from]);
    while let Some(block) = todo.pop() {
        let firsts = Firsts::of(body, block);
        if firsts.uses.contains(&local) {
            return true;
        }
        if !firsts.kills.contains(&local) {
            let next = |s| {
                if within(s) && seen.insert(s) {
                    todo.push(s);
                }
            };
            body.blocks[block].terminator.kind.for_successors(next);
        }
    }
    false
}

/// Locals that may be read, on some path, before they are overwritten, at the start of each block.
pub fn live_at_starts(body: &Body) -> IndexVec<BlockId, BTreeSet<Local>> {
    let sets: IndexVec<BlockId, Firsts> =
        body.blocks.indices().map(|block| Firsts::of(body, block)).collect();
    let mut live: IndexVec<BlockId, BTreeSet<Local>> = body.blocks.iter().map(|_| BTreeSet::new()).collect();
    let order = postorder(body);
    let mut changed = true;
    while changed {
        changed = false;
        for &block in &order {
            let mut now = BTreeSet::new();
            body.blocks[block].terminator.kind.for_successors(|s| now.extend(live[s].iter().copied()));
            now.retain(|l| !sets[block].kills.contains(l));
            now.extend(sets[block].uses.iter().copied());
            if now != live[block] {
                live[block] = now;
                changed = true;
            }
        }
    }
    live
}

/// Blocks from which `return` can be reached.
pub fn reaches_return(body: &Body) -> IndexVec<BlockId, bool> {
    let mut reaches: IndexVec<BlockId, bool> =
        body.blocks.iter().map(|b| matches!(b.terminator.kind, TerminatorKind::Return)).collect();
    let mut changed = true;
    while changed {
        changed = false;
        for i in (0..body.blocks.len()).rev() {
            let block = BlockId::new(i);
            let mut any = false;
            body.blocks[block].terminator.kind.for_successors(|s| any |= reaches[s]);
            if any && !reaches[block] {
                reaches[block] = true;
                changed = true;
            }
        }
    }
    reaches
}
