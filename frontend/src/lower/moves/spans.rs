//! Where a body's operands are named in the source.
//!
//! In: the places a larger expression reads directly, in the order they were built. Each statement of a body is looked
//! up, by several analyses, so that what is named is kept sorted: by local, then by where it stands.

use crate::mir::Place;
use crate::source::{FileId, Span};

/// The places that are read directly by a larger expression, with where they stand.
#[derive(Default)]
pub struct OperandSpans(Vec<Named>);

struct Named {
    place: Place,
    span: Span,
    /// How many were built before.
    order: usize,
}

impl OperandSpans {
    /// Of places in the order they were built.
    pub fn new(built: Vec<(Place, Span)>) -> OperandSpans {
        let mut named: Vec<Named> = built
            .into_iter()
            .enumerate()
            .map(|(order, (place, span))| Named { place, span, order })
            .collect();
        named.sort_by_key(|n| (n.place.local, n.span.file, n.span.lo));
        OperandSpans(named)
    }

    /// Where a place is named for the last time in the text at `within`.
    pub fn last_within(&self, place: &Place, within: Span) -> Option<Span> {
        self.inside(place, within).next_back().map(|n| n.span)
    }

    /// Where it is named there by what was built first.
    pub fn first_within(&self, place: &Place, within: Span) -> Option<Span> {
        self.inside(place, within).min_by_key(|n| n.order).map(|n| n.span)
    }

    /// Where it is named for the last time before `within`.
    pub fn last_before(&self, place: &Place, within: Span) -> Option<Span> {
        let before =
            &self.0[self.start(place, within.file, 0)..self.start(place, within.file, within.lo + 1)];
        before.iter().rev().find(|n| n.place == *place && n.span.hi <= within.lo).map(|n| n.span)
    }

    fn inside<'s>(&'s self, place: &'s Place, within: Span) -> impl DoubleEndedIterator<Item = &'s Named> {
        let from = self.start(place, within.file, within.lo);
        let to = self.start(place, within.file, within.hi + 1);
        self.0[from..to].iter().filter(move |n| n.place == *place && n.span.hi <= within.hi)
    }

    /// The first that names the local of `place` at `lo` of the file or behind.
    fn start(&self, place: &Place, file: FileId, lo: u32) -> usize {
        self.0.partition_point(|n| (n.place.local, n.span.file, n.span.lo) < (place.local, file, lo))
    }
}
