//! Variables a loop replaces: the best so far with what belongs to it, and the last of all.

use std::collections::BTreeMap;

use cloudc_frontend::mir::traversal::predecessors;
use cloudc_frontend::mir::visit::PlaceUse;
use cloudc_frontend::mir::{
    BinOp, BlockId, Local, Operand, Place, Projection, Rvalue, StatementKind, TerminatorKind,
};
use cloudc_frontend::ty::{Mutability, TyKind};

use super::super::flow::{Definition, live_at_starts, may_be_read_first};
use super::{Look, Role, Touch, is_copy};

impl Look<'_> {
    /// `if x < best { best = x; with = e; … }`: gives `best` and every local of `rest` that is replaced with it their roles.
    pub(super) fn best(
        &self,
        touches: &BTreeMap<Local, Vec<Touch>>,
        rest: &mut Vec<Local>,
        roles: &mut BTreeMap<Local, Role>,
    ) {
        for key in rest.clone() {
            let Some((how, chain)) = self.replaced_if_better(key, &touches[&key]) else { continue };
            let with: Vec<Local> = rest
                .iter()
                .copied()
                .filter(|&l| l != key && self.is_stored_in(l, &touches[&l], &chain))
                .collect();
            let replaced: Vec<Local> = with.iter().copied().chain([key]).collect();
            if self.only_replaces(&chain, &replaced) != Some(true) {
                continue;
            }
            rest.retain(|l| !replaced.contains(l));
            for &l in &with {
                roles.insert(l, Role::With);
            }
            roles.insert(key, Role::Best { how, with });
        }
    }

    /// The number of the comparison after which `key` takes the value compared with it, and the blocks that run then.
    fn replaced_if_better(&self, key: Local, touches: &[Touch]) -> Option<(u8, Vec<BlockId>)> {
        let ty = self.body.locals[key].ty;
        if !ty.is_integral() && !ty.is_float() && !matches!(ty.kind(), TyKind::Char) {
            return None;
        }
        let [_, _] = touches else { return None };
        let store = touches.iter().find(|t| t.how == PlaceUse::Store && t.place.projection.is_empty())?;
        touches.iter().find(|t| matches!(t.how, PlaceUse::Copy | PlaceUse::Move))?;
        // The comparison.
        let mut found = None;
        for &block in &self.iteration.region {
            for statement in &self.body.blocks[block].statements {
                let StatementKind::Assign(to, Rvalue::Binary(op, a, b)) = &statement.kind else { continue };
                let (x, how) = match (self.reads(a, key), self.reads(b, key)) {
                    (false, true) => (a, comparison(*op, false)?),
                    (true, false) => (b, comparison(*op, true)?),
                    _ => continue,
                };
                if found.replace((block, to.as_local()?, x, how)).is_some() {
                    return None;
                }
            }
        }
        let (block, flag, x, how) = found?;
        let TerminatorKind::Switch { value, targets, otherwise } = &self.body.blocks[block].terminator.kind
        else {
            return None;
        };
        let ([(0, no)], Some(on)) = (&targets[..], self.definitions.operand_origin(value)) else {
            return None;
        };
        if on != flag {
            return None;
        }
        // What takes its place is what was compared.
        let StatementKind::Assign(_, Rvalue::Use(new)) =
            &self.body.blocks[store.at.block].statements.get(store.at.statement)?.kind
        else {
            return None;
        };
        let (x, new) = (self.value_of(x)?, self.value_of(new)?);
        if x != new {
            return None;
        }
        if !self.is_used_once(flag) {
            return None;
        }
        let (yes, no) = (*otherwise, *no);
        let chain = self.straight_from(yes);
        if chain.contains(&store.at.block) {
            return (self.after(&chain)? == self.through_empty(no)).then_some((how, chain));
        }
        // `if x >= best {} else { best = x }`: the opposite, unless there are values that are not comparable.
        let chain = self.straight_from(no);
        let applies = chain.contains(&store.at.block)
            && !ty.is_float()
            && self.after(&chain)? == self.through_empty(yes);
        applies.then_some((3 - how, chain))
    }

    /// The block after a chain, if it is in the loop.
    fn after(&self, chain: &[BlockId]) -> Option<BlockId> {
        match self.body.blocks[*chain.last()?].terminator.kind {
            TerminatorKind::Goto(to) | TerminatorKind::Assert { target: to, .. } => {
                self.iteration.region.contains(&to).then(|| self.through_empty(to))
            }
            _ => None,
        }
    }

    /// The first block from here on that does something.
    fn through_empty(&self, mut block: BlockId) -> BlockId {
        for _ in 0..16 {
            match &self.body.blocks[block] {
                data if !data.statements.is_empty() || block == self.iteration.header => break,
                data => match data.terminator.kind {
                    TerminatorKind::Goto(to) => block = to,
                    _ => break,
                },
            }
        }
        block
    }

    /// Whether the blocks that run when a better value was found only replace these variables: whatever else happened there
    /// would depend on the rounds before.
    fn only_replaces(&self, chain: &[BlockId], replaced: &[Local]) -> Option<bool> {
        let live = &live_at_starts(self.body)[self.after(chain)?];
        for &block in chain {
            let data = &self.body.blocks[block];
            if !matches!(data.terminator.kind, TerminatorKind::Goto(_) | TerminatorKind::Assert { .. }) {
                return Some(false);
            }
            for statement in &data.statements {
                let StatementKind::Assign(to, rvalue) = &statement.kind else { continue };
                let borrows = matches!(rvalue, Rvalue::Ref(..) | Rvalue::RawRef(..));
                let is_own = to.as_local().is_some_and(|l| replaced.contains(&l) || !live.contains(&l));
                if borrows || !is_own {
                    return Some(false);
                }
            }
        }
        Some(true)
    }

    /// The place whose value an operand is, followed back through copies; nothing changes it within a round.
    fn value_of(&self, operand: &Operand) -> Option<Place> {
        let mut place = operand.place()?.clone();
        for _ in 0..16 {
            match self.definitions.of(place.local)?.0 {
                Definition::Assign(Rvalue::Use(from)) if from.place().is_some() => {
                    let mut from = from.place()?.clone();
                    from.projection.extend(place.projection.iter().cloned());
                    place = from;
                }
                _ => break,
            }
        }
        let mut ty = self.body.locals[place.local].ty;
        for (k, step) in place.projection.iter().enumerate() {
            let is_shared = matches!(ty.kind(), TyKind::Ref(_, _, Mutability::Not));
            if *step == Projection::Deref && !is_shared || matches!(step, Projection::Index(_)) {
                return None;
            }
            let part = Place { local: place.local, projection: place.projection[..=k].to_vec() };
            ty = self.body.place_ty(&part);
        }
        Some(place)
    }

    /// The blocks that run one after the other from here, if the first has one way in.
    fn straight_from(&self, first: BlockId) -> Vec<BlockId> {
        let ways_in = predecessors(self.body);
        let mut chain = Vec::new();
        let mut next = Some(first);
        while let Some(block) =
            next.filter(|b| ways_in[*b].len() == 1 && self.iteration.region.contains(b) && !chain.contains(b))
        {
            chain.push(block);
            next = match &self.body.blocks[block].terminator.kind {
                TerminatorKind::Goto(to) => Some(*to),
                TerminatorKind::Call { target, .. } => *target,
                TerminatorKind::Assert { target, .. } | TerminatorKind::Drop { target, .. } => Some(*target),
                _ => None,
            };
        }
        chain
    }

    /// Whether a local is only stored to, and only in these blocks.
    fn is_stored_in(&self, local: Local, touches: &[Touch], blocks: &[BlockId]) -> bool {
        is_copy(self.program, self.body.locals[local].ty)
            && touches.iter().all(|t| is_whole_store(t) && blocks.contains(&t.at.block))
    }

    /// Whether no round needs the value of the local from the round before.
    pub(super) fn is_last(&self, local: Local, touches: &[Touch]) -> bool {
        let changed = |t: &Touch| matches!(t.how, PlaceUse::BorrowMut | PlaceUse::RawRef);
        if !is_copy(self.program, self.body.locals[local].ty) || touches.iter().any(changed) {
            return false;
        }
        let stored = touches.iter().filter(|t| !t.how.is_read());
        let whole = stored.clone().count() > 0 && stored.clone().all(is_whole_store);
        let unread = touches.iter().all(is_whole_store);
        whole && (unread || !self.needed_next_round(local))
    }

    /// Whether the local may be read in a round before it is written there.
    fn needed_next_round(&self, local: Local) -> bool {
        let region = &self.iteration.region;
        may_be_read_first(self.body, self.iteration.header, local, |block| region.contains(&block))
    }
}

fn is_whole_store(touch: &Touch) -> bool {
    matches!(touch.how, PlaceUse::Store | PlaceUse::Result)
        && !touch.indirect
        && touch.place.projection.is_empty()
}

/// The number std's `Best` knows a comparison `x ⋈ best` by; with the operands swapped if the best came first.
fn comparison(op: BinOp, swapped: bool) -> Option<u8> {
    let how = match op {
        BinOp::Lt => 0,
        BinOp::Le => 1,
        BinOp::Gt => 2,
        BinOp::Ge => 3,
        _ => return None,
    };
    Some(if swapped { (how + 2) % 4 } else { how })
}
