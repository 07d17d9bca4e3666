//! Append-only tables whose elements never move, so that a shared table can grow while elements are borrowed.
//!
//! Bodies of std are lowered when they are first asked for; their closures and constants become definitions
//! then, while the type checker holds references to older ones.

use std::cell::{Cell, OnceCell};

const FIRST: usize = 64;

/// An append-only table. Slot `i` lives in bucket `log2(i / 64 + 1)`; buckets double in size and never move.
pub struct Table<T> {
    buckets: [OnceCell<Box<[OnceCell<T>]>>; 26],
    len: Cell<usize>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Table { buckets: [const { OnceCell::new() }; 26], len: Cell::new(0) }
    }
}

impl<T> Table<T> {
    /// Number of slots, filled or reserved.
    pub fn len(&self) -> usize {
        self.len.get()
    }
    /// Whether there is no slot.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// Appends an empty slot, to be filled once.
    pub fn reserve(&self) -> usize {
        let index = self.len.get();
        self.len.set(index + 1);
        index
    }
    /// The slot.
    pub fn slot(&self, index: usize) -> &OnceCell<T> {
        assert!(index < self.len(), "slot {index} of a table of {}", self.len());
        let bucket = (index / FIRST + 1).ilog2() as usize;
        let size = FIRST << bucket;
        let slots = self.buckets[bucket].get_or_init(|| (0..size).map(|_| OnceCell::new()).collect());
        &slots[index - (size - FIRST)]
    }
    /// The element, if its slot exists and is filled.
    pub fn get(&self, index: usize) -> Option<&T> {
        if index < self.len() { self.slot(index).get() } else { None }
    }
    /// Appends an element.
    pub fn push(&self, value: T) -> usize {
        let index = self.reserve();
        let filled = self.slot(index).set(value).is_ok();
        debug_assert!(filled, "a new slot is empty");
        index
    }
    /// The filled elements in order.
    pub fn iter(&self) -> impl Iterator<Item = &T> + '_ {
        (0..self.len()).filter_map(|i| self.get(i))
    }
}

impl<T> std::ops::Index<usize> for Table<T> {
    type Output = T;
    fn index(&self, index: usize) -> &T {
        self.slot(index).get().expect("the element was set before it is asked for")
    }
}

#[cfg(test)]
mod tests {
    use super::Table;

    // Elements keep their place over several buckets, and a reserved slot is skipped until it is filled.
    #[test]
    fn elements_stay_where_they_are() {
        let table = Table::default();
        let first = table.push(0);
        let slot = table.reserve();
        for i in 2..1000 {
            assert_eq!(table.push(i), i);
        }
        assert_eq!((table[first], table[999], table.get(slot), table.get(1000)), (0, 999, None, None));
        assert_eq!(table.iter().count(), 999);
        table.slot(slot).set(1).expect("still empty");
        assert!(table.iter().copied().eq(0..1000));
    }
}
