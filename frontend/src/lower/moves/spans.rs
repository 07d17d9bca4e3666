//! Where a body's operands are named in the source.
//!
//! In: the places a larger expression reads directly, in the order they were built. Each statement of a body is looked
//! up, by several analyses, so that what is named is kept sorted: by local, then by where it stands.

use crate::index::Idx;
use crate::mir::Place;
use crate::source::{FileId, Span};

/// The places that are read directly by a larger expression, with where they stand.
#[derive(Default)]
pub struct OperandSpans {
    named: Vec<Named>,
    /// Where those of each local begin, and where the last ones end.
    first: Vec<u32>,
}

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
        let locals = named.last().map_or(0, |n| n.place.local.index() + 1);
        let mut first = vec![0; locals + 1];
        named.iter().for_each(|n| first[n.place.local.index() + 1] += 1);
        for i in 0..locals {
            first[i + 1] += first[i];
        }
        OperandSpans { named, first }
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
        let all = self.of_local(place);
        let before = &all[start(all, within.file, 0)..start(all, within.file, within.lo + 1)];
        before.iter().rev().find(|n| n.place == *place && n.span.hi <= within.lo).map(|n| n.span)
    }

    fn inside<'s>(&'s self, place: &'s Place, within: Span) -> impl DoubleEndedIterator<Item = &'s Named> {
        let all = self.of_local(place);
        let from = start(all, within.file, within.lo);
        let to = start(all, within.file, within.hi + 1);
        all[from..to].iter().filter(move |n| n.place == *place && n.span.hi <= within.hi)
    }

    /// Those that name the local of `place`.
    fn of_local(&self, place: &Place) -> &[Named] {
        let local = place.local.index();
        match (self.first.get(local), self.first.get(local + 1)) {
            (Some(&from), Some(&to)) => &self.named[from as usize..to as usize],
            _ => &[],
        }
    }
}

/// The first that stands at `lo` of the file or behind.
fn start(named: &[Named], file: FileId, lo: u32) -> usize {
    named.partition_point(|n| (n.span.file, n.span.lo) < (file, lo))
}
