//! What is true of a body or program, one fact a file. Facts change nothing; [`transform`](crate::transform) uses them.
//!
//! [`borrowed`] (whose address is taken), [`liveness`] (who may be read again), [`dominance`] and [`single`] (locals with one
//! definition, which can be reasoned about as values), [`orders`] (which numbers are below which), [`memory`] (what reads and
//! writes memory), [`calls`] (who calls whom).

pub mod borrowed;
pub mod calls;
pub mod dominance;
pub mod liveness;
pub mod memory;
pub mod orders;
pub mod single;

use cloudc_frontend::mir::visit::{PlaceUse, Visitor};
use cloudc_frontend::mir::{Local, Location, Statement, Terminator};

/// Calls a function with every mention of a local.
pub struct Mentions<F>(pub F);

impl<F: FnMut(Local, PlaceUse, Location)> Visitor for Mentions<F> {
    fn visit_local(&mut self, local: &Local, how: PlaceUse, at: Location) {
        (self.0)(*local, how, at);
    }
}

/// The mentions of locals in a statement.
pub fn in_statement(statement: &Statement, at: Location, f: impl FnMut(Local, PlaceUse, Location)) {
    Mentions(f).visit_statement(statement, at);
}

/// The mentions of locals in a terminator.
pub fn in_terminator(terminator: &Terminator, at: Location, f: impl FnMut(Local, PlaceUse, Location)) {
    Mentions(f).visit_terminator(terminator, at);
}
