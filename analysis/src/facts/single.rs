//! Locals that are values: given in one place, never changed, never borrowed, and read only after that place.
//!
//! Between the definition of such a local and any of its reads no other value can come in, so equations between them
//! (`_5` is a copy of `_3`, `_7` is `&_2.0`) hold wherever they are read.

use cloudc_frontend::index::{Idx, IndexVec};
use cloudc_frontend::mir::visit::{PlaceUse, Visitor};
use cloudc_frontend::mir::{Body, Local, Location};

use super::Mentions;
use super::dominance::Dominance;

/// Where a value comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Origin {
    /// It is a parameter.
    Parameter,
    /// The statement, or the call that ends the block.
    At(Location),
}

/// The locals that are values.
pub struct SingleDefinitions {
    origins: IndexVec<Local, Option<Origin>>,
    /// How often each local is read.
    pub reads: IndexVec<Local, u32>,
}

impl SingleDefinitions {
    /// Finds them.
    pub fn new(body: &Body, dominance: &Dominance) -> Self {
        let mut origins: IndexVec<Local, Option<Origin>> = body.locals.iter().map(|_| None).collect();
        let mut spoiled: IndexVec<Local, bool> = body.locals.iter().map(|_| false).collect();
        let mut reads: IndexVec<Local, u32> = body.locals.iter().map(|_| 0).collect();
        for arg in body.args() {
            origins[arg] = Some(Origin::Parameter);
        }
        Mentions(|local: Local, how: PlaceUse, at: Location| match how {
            PlaceUse::Store | PlaceUse::Result => {
                spoiled[local] |= origins[local].is_some();
                origins[local] = Some(Origin::At(at));
            }
            PlaceUse::Storage => {}
            PlaceUse::Copy | PlaceUse::Move | PlaceUse::Inspect => reads[local] += 1,
            _ => spoiled[local] = true,
        })
        .visit_body(body);
        // `_0` is read by `return`, which no equation may replace; that is fine, but it must be defined before.
        Mentions(|local: Local, how: PlaceUse, at: Location| {
            if how.is_read() && !spoiled[local] {
                match origins[local] {
                    Some(Origin::Parameter) => {}
                    Some(Origin::At(def)) => {
                        spoiled[local] |= dominance.is_reachable(at.block) && !dominance.point(def, at);
                    }
                    None => spoiled[local] = true,
                }
            }
        })
        .visit_body(body);
        for i in 0..origins.len() {
            if spoiled[Local::new(i)] {
                origins[Local::new(i)] = None;
            }
        }
        SingleDefinitions { origins, reads }
    }
    /// Where the local's value comes from, if it is a value.
    pub fn origin(&self, local: Local) -> Option<Origin> {
        self.origins[local]
    }
    /// Whether the local is a value.
    pub fn is_value(&self, local: Local) -> bool {
        self.origins[local].is_some()
    }
}
