//! Locals that may be read again before they are overwritten.
//!
//! Backward, over sets of locals joined by union; the bottom is the empty set. Field-insensitive: writing `_1.0` does not
//! end the life of `_1`. Reads through pointers are not seen: a borrowed local counts as read where it is borrowed only.

use cloudc_frontend::mir::visit::PlaceUse;
use cloudc_frontend::mir::{Body, Local, Location, Statement, StatementKind, Terminator, TerminatorKind};

use super::{in_statement, in_terminator};
use crate::dataflow::{Analysis, BitSet, Direction, GenKill, GenKillAnalysis};

/// Liveness as above.
pub struct Liveness;

impl GenKillAnalysis for Liveness {
    type Index = Local;
    const DIRECTION: Direction = Direction::Backward;

    fn bound(&self, body: &Body) -> usize {
        body.locals.len()
    }
    fn statement_effect(&self, to: &mut impl GenKill<Local>, statement: &Statement, at: Location) {
        if let Some(local) = overwritten(statement) {
            to.kill(local);
        }
        in_statement(statement, at, |local, how, _| {
            if how.is_read() {
                to.add(local);
            }
        });
    }
    fn terminator_effect(&self, to: &mut impl GenKill<Local>, terminator: &Terminator, at: Location) {
        if let TerminatorKind::Call { destination, .. } = &terminator.kind
            && let Some(local) = destination.as_local()
        {
            to.kill(local);
        }
        in_terminator(terminator, at, |local, how, _| {
            if how.is_read() {
                to.add(local);
            }
        });
    }
}

/// The local a statement overwrites as a whole.
pub fn overwritten(statement: &Statement) -> Option<Local> {
    match &statement.kind {
        StatementKind::Assign(place, _) => place.as_local(),
        _ => None,
    }
}

/// Locals whose value may matter: what only feeds values that do not matter is not live either, not even around a loop.
///
/// Backward, joined by union. Borrowed locals always matter.
pub struct StrongLiveness {
    /// Locals whose address is taken.
    pub borrowed: BitSet<Local>,
}

impl StrongLiveness {
    /// Whether a statement changes nothing that matters afterwards.
    pub fn is_dead(&self, after: &BitSet<Local>, statement: &Statement) -> bool {
        match &statement.kind {
            StatementKind::Assign(place, _) => {
                !place.is_indirect() && !after.contains(place.local) && !self.borrowed.contains(place.local)
            }
            _ => false,
        }
    }
}

impl Analysis for StrongLiveness {
    type Domain = BitSet<Local>;
    const DIRECTION: Direction = Direction::Backward;

    fn bottom(&self, body: &Body) -> BitSet<Local> {
        BitSet::new(body.locals.len())
    }
    fn statement(&self, state: &mut BitSet<Local>, statement: &Statement, at: Location) {
        if !self.is_dead(state, statement) {
            Liveness.statement_effect(state, statement, at);
        }
    }
    fn terminator(&self, state: &mut BitSet<Local>, terminator: &Terminator, at: Location) {
        Liveness.terminator_effect(state, terminator, at);
    }
}

/// Whether a mention writes.
pub fn is_write(how: PlaceUse) -> bool {
    how.is_overwrite() || how == PlaceUse::PartStore
}
