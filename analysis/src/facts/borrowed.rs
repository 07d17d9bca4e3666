//! Locals whose address is taken somewhere in the body: memory that calls and stores through pointers may change.
//!
//! Flow-insensitive: a borrow anywhere counts everywhere. A borrow of a part counts for the whole.

use cloudc_frontend::mir::visit::Visitor;
use cloudc_frontend::mir::{Body, Local};

use super::Mentions;
use crate::dataflow::BitSet;

/// The borrowed locals.
pub fn borrowed(body: &Body) -> BitSet<Local> {
    let mut found = BitSet::new(body.locals.len());
    Mentions(|local, how: cloudc_frontend::mir::visit::PlaceUse, _| {
        // A drop reads through the address.
        if how.is_borrow() || how == cloudc_frontend::mir::visit::PlaceUse::Drop {
            found.insert(local);
        }
    })
    .visit_body(body);
    found
}
