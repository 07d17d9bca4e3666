//! Which locals may be read again.

use cloudc_frontend::mir::visit::{PlaceUse, Visitor};
use cloudc_frontend::mir::*;

use crate::dataflow::{Analysis, BitSet, Direction};

/// Locals that may be read again before they are overwritten.
///
/// Field-insensitive: writing `_1.0` does not end the life of `_1`, nor does it begin one. A borrow counts as a read;
/// what is read later through the pointer is not seen, so a borrowed local's life may be longer than told here.
pub struct Liveness;

impl Analysis for Liveness {
    type Domain = BitSet<Local>;
    const DIRECTION: Direction = Direction::Backward;

    fn bottom(&self, body: &Body) -> BitSet<Local> {
        BitSet::new(body.locals.len())
    }
    fn boundary(&self, _: &Body, _: &mut BitSet<Local>) {}
    fn join(&self, into: &mut BitSet<Local>, from: &BitSet<Local>) -> bool {
        into.union(from)
    }
    fn statement(&self, state: &mut BitSet<Local>, statement: &Statement, at: Location) {
        if let StatementKind::Assign(place, _) = &statement.kind
            && let Some(local) = place.as_local()
        {
            state.remove(local);
        }
        Reads(state).visit_statement(statement, at);
    }
    fn terminator(&self, state: &mut BitSet<Local>, terminator: &Terminator, at: Location) {
        if let TerminatorKind::Call { destination, .. } = &terminator.kind
            && let Some(local) = destination.as_local()
        {
            state.remove(local);
        }
        Reads(state).visit_terminator(terminator, at);
    }
}

struct Reads<'a>(&'a mut BitSet<Local>);

impl Visitor for Reads<'_> {
    fn visit_local(&mut self, local: &Local, how: PlaceUse, _: Location) {
        if how.is_read() {
            self.0.insert(*local);
        }
    }
}
