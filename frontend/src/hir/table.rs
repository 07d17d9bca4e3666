//! Append-only tables whose elements never move, so that a shared table can grow while elements are borrowed.
//!
//! Bodies of std are lowered when they are first asked for; their closures and constants become definitions
//! then, while the type checker holds references to older ones.

use std::cell::{Cell, OnceCell};

const FIRST: usize = 64;

/// An append-only table. Slot `i` lives in bucket `log2(i / 64 + 1)`; buckets double in size and never move.
/// The first elements may be loaded from elsewhere, each when it is first looked at.
pub struct Table<T> {
    buckets: [OnceCell<Box<[Slot<T>]>>; 26],
    len: Cell<usize>,
    /// How many elements are loaded, and how.
    loaded: usize,
    load: Option<Box<dyn Fn(usize) -> T>>,
}

type Slot<T> = OnceCell<Box<T>>;

impl<T> Default for Table<T> {
    fn default() -> Self {
        Table { buckets: [const { OnceCell::new() }; 26], len: Cell::new(0), loaded: 0, load: None }
    }
}

impl<T> Table<T> {
    /// A table that starts with `count` elements, made by `load` when they are first looked at.
    pub fn loaded_by(count: usize, load: impl Fn(usize) -> T + 'static) -> Self {
        let len = Cell::new(count);
        Table { len, loaded: count, load: Some(Box::new(load)), ..Self::default() }
    }
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
    /// Fills a reserved slot. Returns whether it was empty.
    pub fn set(&self, index: usize, value: T) -> bool {
        self.slot(index).set(Box::new(value)).is_ok()
    }
    fn slot(&self, index: usize) -> &Slot<T> {
        assert!(index < self.len(), "slot {index} of a table of {}", self.len());
        let (bucket, at) = place(index);
        let slots = || (0..FIRST << bucket).map(|_| OnceCell::new()).collect();
        &self.buckets[bucket].get_or_init(slots)[at]
    }
    /// The element, if its slot exists and is filled.
    pub fn get(&self, index: usize) -> Option<&T> {
        if index >= self.len() {
            return None;
        }
        let slot = self.slot(index);
        match &self.load {
            Some(load) if index < self.loaded => Some(slot.get_or_init(|| Box::new(load(index)))),
            _ => slot.get().map(|element| &**element),
        }
    }
    /// The element, mutably.
    pub fn get_mut(&mut self, index: usize) -> Option<&mut T> {
        self.get(index)?;
        let (bucket, at) = place(index);
        self.buckets[bucket].get_mut()?[at].get_mut().map(|element| &mut **element)
    }
    /// Appends an element.
    pub fn push(&self, value: T) -> usize {
        let index = self.reserve();
        let filled = self.set(index, value);
        debug_assert!(filled, "a new slot is empty");
        index
    }
    /// The filled elements in order.
    pub fn iter(&self) -> impl Iterator<Item = &T> + '_ {
        self.iter_from(0)
    }
    /// The filled elements from this place on.
    pub fn iter_from(&self, start: usize) -> impl Iterator<Item = &T> + '_ {
        (start..self.len()).filter_map(|i| self.get(i))
    }
}

/// The bucket of an element and its place there.
fn place(index: usize) -> (usize, usize) {
    let bucket = (index / FIRST + 1).ilog2() as usize;
    (bucket, index - ((FIRST << bucket) - FIRST))
}

impl<T> std::ops::Index<usize> for Table<T> {
    type Output = T;
    fn index(&self, index: usize) -> &T {
        self.get(index).expect("the element was set before it is asked for")
    }
}

impl<T> std::ops::IndexMut<usize> for Table<T> {
    fn index_mut(&mut self, index: usize) -> &mut T {
        self.get_mut(index).expect("the element was set before it is asked for")
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
        assert!(table.set(slot, 1), "still empty");
        assert!(table.iter().copied().eq(0..1000));
    }

    // Loaded elements come first, are loaded once, and can be changed like others.
    #[test]
    fn the_first_elements_are_loaded() {
        let mut table = Table::loaded_by(100, |i| vec![i]);
        assert_eq!(table.push(vec![7]), 100);
        assert_eq!((&table[99], &table[100], table.get(101)), (&vec![99], &vec![7], None));
        table.get_mut(99).expect("is there").push(5);
        assert_eq!((&table[99], table.iter_from(98).count()), (&vec![99, 5], 3));
    }
}
