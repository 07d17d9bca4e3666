//! How often each local is written, read and borrowed in a body.

use cloudc_frontend::index::IndexVec;
use cloudc_frontend::mir::visit::{PlaceUse, Visitor};
use cloudc_frontend::mir::*;

use crate::dataflow::BitSet;

/// Counts for one local.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct LocalUses {
    /// Overwritten as a whole, by an assignment or a call; a parameter has one at entry.
    pub writes: u32,
    /// A part of it overwritten.
    pub part_writes: u32,
    /// Read, in whole or part, or looked through as a pointer or index.
    pub reads: u32,
    /// A pointer to it, or to a part of it, taken.
    pub borrows: u32,
}

/// Counts of a whole body.
pub struct Uses {
    /// By local.
    pub locals: IndexVec<Local, LocalUses>,
}

impl Uses {
    /// Counts.
    pub fn of(body: &Body) -> Uses {
        let mut uses = Uses { locals: body.locals.iter().map(|_| LocalUses::default()).collect() };
        for arg in body.args() {
            uses.locals[arg].writes = 1;
        }
        uses.visit_body(body);
        uses
    }
    /// Whether no pointer to the local or a part of it is ever taken.
    pub fn is_private(&self, local: Local) -> bool {
        self.locals[local].borrows == 0
    }
    /// Whether the local gets its value once and keeps it.
    pub fn is_single(&self, local: Local) -> bool {
        let u = self.locals[local];
        u.writes == 1 && u.part_writes == 0 && u.borrows == 0
    }
}

/// Locals written once, before every read of them on every path. Only for these is "the value of the local" one thing
/// even in a loop: a local read before it is written again may still hold what an earlier iteration left.
pub fn written_first(body: &Body, uses: &Uses) -> BitSet<Local> {
    struct Writes(IndexVec<Local, Option<Location>>);
    impl Visitor for Writes {
        fn visit_local(&mut self, local: &Local, how: PlaceUse, at: Location) {
            if how.is_overwrite() {
                self.0[*local] = Some(at);
            }
        }
    }
    struct Reads<'a> {
        writes: &'a IndexVec<Local, Option<Location>>,
        dominators: traversal::Dominators,
        first: BitSet<Local>,
    }
    impl Visitor for Reads<'_> {
        fn visit_local(&mut self, local: &Local, how: PlaceUse, at: Location) {
            if !how.is_read() {
                return;
            }
            let before = match self.writes[*local] {
                Some(w) if w.block == at.block => w.statement < at.statement,
                Some(w) => self.dominators.dominates(w.block, at.block),
                // A parameter.
                None => true,
            };
            if !before {
                self.first.remove(*local);
            }
        }
    }
    let mut writes = Writes(body.locals.iter().map(|_| None).collect());
    writes.visit_body(body);
    let mut first = BitSet::new(body.locals.len());
    for l in body.locals.indices().filter(|l| uses.is_single(*l)) {
        first.insert(l);
    }
    let mut reads = Reads { writes: &writes.0, dominators: traversal::dominators(body), first };
    reads.visit_body(body);
    reads.first
}

impl Visitor for Uses {
    fn visit_local(&mut self, local: &Local, how: PlaceUse, _: Location) {
        let u = &mut self.locals[*local];
        match how {
            PlaceUse::Store | PlaceUse::Result => u.writes += 1,
            PlaceUse::PartStore => u.part_writes += 1,
            PlaceUse::Copy | PlaceUse::Move | PlaceUse::Inspect => u.reads += 1,
            PlaceUse::Borrow | PlaceUse::BorrowMut | PlaceUse::RawRef | PlaceUse::Drop => u.borrows += 1,
            PlaceUse::Storage => {}
        }
    }
}
