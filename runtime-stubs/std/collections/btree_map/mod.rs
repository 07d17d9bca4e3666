//! Ordered maps: sorted chunks of entries.
//!
//! Invariants: no chunk is empty, none is longer than `CHUNK`, and keys rise along and across the chunks. A lookup
//! is one binary search over the chunks and one within; an insertion moves at most one chunk and the chunk list.

mod entry;
mod iter;
mod owned;
mod traits;

pub use self::entry::{Entry, OccupiedEntry, VacantEntry};
pub use self::iter::{Iter, IterMut, Range, RangeMut};
pub use self::owned::{ExtractIf, IntoIter, IntoKeys, IntoValues, Keys, Values, ValuesMut};

use self::iter::{Span, SpanMut};
use crate::borrow::Borrow;
use crate::cmp::Ordering;
use crate::mem;
use crate::ops::{Bound, RangeBounds};
use crate::panicking::panic;
use crate::prelude::v1::*;

const CHUNK: usize = 128;

pub(crate) struct Item<K, V> {
    pub(crate) key: K,
    pub(crate) value: V,
}
impl<K: Clone, V: Clone> Clone for Item<K, V> {
    fn clone(&self) -> Self {
        Item { key: self.key.clone(), value: self.value.clone() }
    }
}

pub struct BTreeMap<K, V> {
    chunks: Vec<Vec<Item<K, V>>>,
    len: usize,
}

/// Chunk and place in it. The end is (number of chunks, 0).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Position {
    chunk: usize,
    at: usize,
}

impl<K, V> BTreeMap<K, V> {
    pub const fn new() -> BTreeMap<K, V> {
        BTreeMap { chunks: Vec::new(), len: 0 }
    }
    pub fn len(&self) -> usize {
        self.len
    }
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }
    pub fn clear(&mut self) {
        self.chunks.clear();
        self.len = 0;
    }
    pub fn iter(&self) -> Iter<'_, K, V> {
        Iter { span: self.span(Position { chunk: 0, at: 0 }, self.end()), left: self.len }
    }
    pub fn iter_mut(&mut self) -> IterMut<'_, K, V> {
        let left = self.len;
        let end = self.end();
        IterMut { span: self.span_mut(Position { chunk: 0, at: 0 }, end), left }
    }
    pub fn keys(&self) -> Keys<'_, K, V> {
        Keys { inner: self.iter() }
    }
    pub fn values(&self) -> Values<'_, K, V> {
        Values { inner: self.iter() }
    }
    pub fn values_mut(&mut self) -> ValuesMut<'_, K, V> {
        ValuesMut { inner: self.iter_mut() }
    }
    pub fn into_keys(self) -> IntoKeys<K, V> {
        IntoKeys { inner: self.into_iter() }
    }
    pub fn into_values(self) -> IntoValues<K, V> {
        IntoValues { inner: self.into_iter() }
    }
    fn end(&self) -> Position {
        Position { chunk: self.chunks.len(), at: 0 }
    }
    fn item(&self, p: Position) -> &Item<K, V> {
        &self.chunks[p.chunk][p.at]
    }
    fn span(&self, lo: Position, hi: Position) -> Span<'_, K, V> {
        if lo.chunk >= self.chunks.len() || lo >= hi {
            return Span { front: [].iter(), middle: [].iter(), back: [].iter() };
        }
        if lo.chunk == hi.chunk {
            return Span { front: self.chunks[lo.chunk][lo.at..hi.at].iter(), middle: [].iter(), back: [].iter() };
        }
        let back = if hi.at == 0 { [].iter() } else { self.chunks[hi.chunk][..hi.at].iter() };
        Span { front: self.chunks[lo.chunk][lo.at..].iter(), middle: self.chunks[lo.chunk + 1..hi.chunk].iter(), back }
    }
    fn span_mut(&mut self, lo: Position, hi: Position) -> SpanMut<'_, K, V> {
        let n = self.chunks.len();
        if lo.chunk >= n || lo >= hi {
            return SpanMut { front: [].iter_mut(), middle: [].iter_mut(), back: [].iter_mut() };
        }
        if lo.chunk == hi.chunk {
            let front = self.chunks[lo.chunk][lo.at..hi.at].iter_mut();
            return SpanMut { front, middle: [].iter_mut(), back: [].iter_mut() };
        }
        let (head, tail) = self.chunks.split_at_mut(hi.chunk);
        let back = if hi.at == 0 { [].iter_mut() } else { tail[0][..hi.at].iter_mut() };
        let (first, middle) = head[lo.chunk..].split_at_mut(1);
        SpanMut { front: first[0][lo.at..].iter_mut(), middle: middle.iter_mut(), back }
    }
    /// Takes the entry at `p` out, and its chunk with the last entry of it.
    fn remove_at(&mut self, p: Position) -> Item<K, V> {
        let item = self.chunks[p.chunk].remove(p.at);
        if self.chunks[p.chunk].is_empty() {
            self.chunks.remove(p.chunk);
        }
        self.len -= 1;
        item
    }
    /// Puts an entry where the search for its key ended, and gives where it went.
    fn insert_at(&mut self, p: Position, key: K, value: V) -> Position {
        let mut p = p;
        self.len += 1;
        if self.chunks.is_empty() {
            self.chunks.push(Vec::new());
        } else if p.chunk == self.chunks.len() {
            p = Position { chunk: p.chunk - 1, at: self.chunks[p.chunk - 1].len() };
        }
        if self.chunks[p.chunk].len() == CHUNK {
            // A rising sequence fills its chunks whole.
            let last = p.chunk + 1 == self.chunks.len() && p.at == CHUNK;
            let cut = if last { CHUNK } else { CHUNK / 2 };
            let tail = self.chunks[p.chunk].split_off(cut);
            self.chunks.insert(p.chunk + 1, tail);
            if p.at >= cut && (p.at > cut || last) {
                p = Position { chunk: p.chunk + 1, at: p.at - cut };
            }
        }
        self.chunks[p.chunk].insert(p.at, Item { key, value });
        p
    }
    pub fn first_key_value(&self) -> Option<(&K, &V)> {
        self.iter().next()
    }
    pub fn last_key_value(&self) -> Option<(&K, &V)> {
        self.iter().next_back()
    }
    pub fn pop_first(&mut self) -> Option<(K, V)> {
        if self.len == 0 {
            return None;
        }
        let item = self.remove_at(Position { chunk: 0, at: 0 });
        Some((item.key, item.value))
    }
    pub fn pop_last(&mut self) -> Option<(K, V)> {
        if self.len == 0 {
            return None;
        }
        let p = self.last_position();
        let item = self.remove_at(p);
        Some((item.key, item.value))
    }
    fn last_position(&self) -> Position {
        let chunk = self.chunks.len() - 1;
        Position { chunk, at: self.chunks[chunk].len() - 1 }
    }
    pub fn first_entry(&mut self) -> Option<OccupiedEntry<'_, K, V>> {
        if self.len == 0 { None } else { Some(OccupiedEntry { map: self, at: Position { chunk: 0, at: 0 } }) }
    }
    pub fn last_entry(&mut self) -> Option<OccupiedEntry<'_, K, V>> {
        if self.len == 0 {
            return None;
        }
        let at = self.last_position();
        Some(OccupiedEntry { map: self, at })
    }
    pub fn retain<F: FnMut(&K, &mut V) -> bool>(&mut self, mut f: F) {
        let mut left = 0;
        for chunk in &mut self.chunks {
            chunk.retain_mut(|e| f(&e.key, &mut e.value));
            left += chunk.len();
        }
        self.chunks.retain(|c| !c.is_empty());
        self.len = left;
    }
    /// The position of `key`, or where it would go.
    fn search<Q: Ord + ?Sized>(&self, key: &Q) -> Result<Position, Position>
    where
        K: Borrow<Q>,
    {
        let mut lo = 0;
        let mut hi = self.chunks.len();
        // The first chunk whose last key is not below `key`.
        while lo < hi {
            let mid = (lo + hi) / 2;
            let chunk = &self.chunks[mid];
            if chunk[chunk.len() - 1].key.borrow() < key {
                lo = mid + 1;
            } else {
                hi = mid;
            }
        }
        if lo == self.chunks.len() {
            return Err(self.end());
        }
        let chunk = &self.chunks[lo];
        let mut a = 0;
        let mut b = chunk.len();
        while a < b {
            let mid = (a + b) / 2;
            match chunk[mid].key.borrow().cmp(key) {
                Ordering::Less => a = mid + 1,
                Ordering::Equal => return Ok(Position { chunk: lo, at: mid }),
                Ordering::Greater => b = mid,
            }
        }
        Err(Position { chunk: lo, at: a })
    }
    fn after(&self, p: Position) -> Position {
        if p.at + 1 == self.chunks[p.chunk].len() {
            Position { chunk: p.chunk + 1, at: 0 }
        } else {
            Position { chunk: p.chunk, at: p.at + 1 }
        }
    }
    #[track_caller]
    fn limits<Q: Ord + ?Sized, R: RangeBounds<Q>>(&self, range: &R, set: bool) -> (Position, Position)
    where
        K: Borrow<Q>,
    {
        if self.len == 0 {
            return (self.end(), self.end());
        }
        match (range.start_bound(), range.end_bound()) {
            (Bound::Excluded(s), Bound::Excluded(e)) if *s == *e => {
                panic(if set {
                    "range start and end are equal and excluded in BTreeSet"
                } else {
                    "range start and end are equal and excluded in BTreeMap"
                })
            }
            (Bound::Included(s) | Bound::Excluded(s), Bound::Included(e) | Bound::Excluded(e)) if *s > *e => {
                panic(if set {
                    "range start is greater than range end in BTreeSet"
                } else {
                    "range start is greater than range end in BTreeMap"
                })
            }
            _ => {}
        }
        let lo = match range.start_bound() {
            Bound::Unbounded => Position { chunk: 0, at: 0 },
            Bound::Included(k) => match self.search(k) {
                Ok(p) | Err(p) => p,
            },
            Bound::Excluded(k) => match self.search(k) {
                Ok(p) => self.after(p),
                Err(p) => p,
            },
        };
        let hi = match range.end_bound() {
            Bound::Unbounded => self.end(),
            Bound::Excluded(k) => match self.search(k) {
                Ok(p) | Err(p) => p,
            },
            Bound::Included(k) => match self.search(k) {
                Ok(p) => self.after(p),
                Err(p) => p,
            },
        };
        (lo, hi)
    }
    #[track_caller]
    pub fn range<T: Ord + ?Sized, R: RangeBounds<T>>(&self, range: R) -> Range<'_, K, V>
    where
        K: Borrow<T>,
    {
        let (lo, hi) = self.limits(&range, false);
        Range { span: self.span(lo, hi) }
    }
    /// `range`, with the messages of a set.
    #[track_caller]
    pub(crate) fn range_of_set<T: Ord + ?Sized, R: RangeBounds<T>>(&self, range: R) -> Range<'_, K, V>
    where
        K: Borrow<T>,
    {
        let (lo, hi) = self.limits(&range, true);
        Range { span: self.span(lo, hi) }
    }
    #[track_caller]
    pub fn range_mut<T: Ord + ?Sized, R: RangeBounds<T>>(&mut self, range: R) -> RangeMut<'_, K, V>
    where
        K: Borrow<T>,
    {
        let (lo, hi) = self.limits(&range, false);
        RangeMut { span: self.span_mut(lo, hi) }
    }
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        match self.search(key) {
            Ok(p) => Some(&self.item(p).value),
            Err(_) => None,
        }
    }
    pub fn get_key_value<Q: Ord + ?Sized>(&self, key: &Q) -> Option<(&K, &V)>
    where
        K: Borrow<Q>,
    {
        match self.search(key) {
            Ok(p) => {
                let e = self.item(p);
                Some((&e.key, &e.value))
            }
            Err(_) => None,
        }
    }
    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.search(key).is_ok()
    }
    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        match self.search(key) {
            Ok(p) => Some(&mut self.chunks[p.chunk][p.at].value),
            Err(_) => None,
        }
    }
    #[skeleton = "insert"]
    pub fn insert(&mut self, key: K, value: V) -> Option<V>
    where
        K: Ord,
    {
        match self.search(&key) {
            Ok(p) => Some(mem::replace(&mut self.chunks[p.chunk][p.at].value, value)),
            Err(p) => {
                self.insert_at(p, key, value);
                None
            }
        }
    }
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        match self.search(key) {
            Ok(p) => Some(self.remove_at(p).value),
            Err(_) => None,
        }
    }
    pub fn remove_entry<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<(K, V)>
    where
        K: Borrow<Q>,
    {
        match self.search(key) {
            Ok(p) => {
                let e = self.remove_at(p);
                Some((e.key, e.value))
            }
            Err(_) => None,
        }
    }
    #[skeleton = "entry"]
    pub fn entry(&mut self, key: K) -> Entry<'_, K, V>
    where
        K: Ord,
    {
        match self.search(&key) {
            Ok(at) => Entry::Occupied(OccupiedEntry { map: self, at }),
            Err(at) => Entry::Vacant(VacantEntry { map: self, at, key }),
        }
    }
    pub fn append(&mut self, other: &mut BTreeMap<K, V>)
    where
        K: Ord,
    {
        for (k, v) in mem::take(other) {
            self.insert(k, v);
        }
    }
    pub fn split_off<Q: Ord + ?Sized>(&mut self, key: &Q) -> BTreeMap<K, V>
    where
        K: Borrow<Q>,
    {
        let p = match self.search(key) {
            Ok(p) | Err(p) => p,
        };
        let mut tail = BTreeMap::new();
        if p.chunk == self.chunks.len() {
            return tail;
        }
        if p.at > 0 {
            tail.chunks.push(self.chunks[p.chunk].split_off(p.at));
        }
        let mut rest = self.chunks.split_off(if p.at > 0 { p.chunk + 1 } else { p.chunk });
        tail.chunks.append(&mut rest);
        for c in &tail.chunks {
            tail.len += c.len();
        }
        self.len -= tail.len;
        tail
    }
    #[track_caller]
    pub fn extract_if<F: FnMut(&K, &mut V) -> bool, R: RangeBounds<K>>(
        &mut self,
        range: R,
        pred: F,
    ) -> ExtractIf<'_, K, V, R, F>
    where
        K: Ord,
    {
        let (at, _) = self.limits(&range, false);
        ExtractIf { map: self, at, range, pred }
    }
}
