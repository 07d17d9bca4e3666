//! Ordered maps: sorted chunks of entries.
//!
//! Invariants: no chunk is empty, none is longer than `CHUNK`, and keys rise along and across the chunks. A lookup
//! is one binary search over the chunks and one within; an insertion moves at most one chunk and the chunk list.

use crate::borrow::Borrow;
use crate::cmp::Ordering;
use crate::fmt;
use crate::hash::{Hash, Hasher};
use crate::iter::{Extend, FromIterator, FusedIterator, Splittable};
use crate::ops::{Bound, Index, RangeBounds};
use crate::panicking::panic;
use crate::prelude::v1::*;
use crate::{mem, slice, vec};

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
    pub fn extract_if<F: FnMut(&K, &mut V) -> bool>(&mut self, mut pred: F) -> vec::IntoIter<(K, V)> {
        let mut out = Vec::new();
        let mut kept = BTreeMap::new();
        for (k, mut v) in mem::take(self) {
            if pred(&k, &mut v) {
                out.push((k, v));
            } else {
                let end = kept.end();
                kept.insert_at(end, k, v);
            }
        }
        *self = kept;
        out.into_iter()
    }
}

pub enum Entry<'a, K, V> {
    Vacant(VacantEntry<'a, K, V>),
    Occupied(OccupiedEntry<'a, K, V>),
}
pub struct VacantEntry<'a, K, V> {
    map: &'a mut BTreeMap<K, V>,
    at: Position,
    key: K,
}
pub struct OccupiedEntry<'a, K, V> {
    map: &'a mut BTreeMap<K, V>,
    at: Position,
}
impl<'a, K: Ord, V> Entry<'a, K, V> {
    pub fn or_insert(self, default: V) -> &'a mut V {
        match self {
            Entry::Occupied(e) => e.into_mut(),
            Entry::Vacant(e) => e.insert(default),
        }
    }
    pub fn or_insert_with<F: FnOnce() -> V>(self, default: F) -> &'a mut V {
        match self {
            Entry::Occupied(e) => e.into_mut(),
            Entry::Vacant(e) => e.insert(default()),
        }
    }
    pub fn or_insert_with_key<F: FnOnce(&K) -> V>(self, default: F) -> &'a mut V {
        match self {
            Entry::Occupied(e) => e.into_mut(),
            Entry::Vacant(e) => {
                let value = default(e.key());
                e.insert(value)
            }
        }
    }
    pub fn or_default(self) -> &'a mut V
    where
        V: Default,
    {
        match self {
            Entry::Occupied(e) => e.into_mut(),
            Entry::Vacant(e) => e.insert(V::default()),
        }
    }
    pub fn key(&self) -> &K {
        match self {
            Entry::Occupied(e) => e.key(),
            Entry::Vacant(e) => e.key(),
        }
    }
    pub fn and_modify<F: FnOnce(&mut V)>(mut self, f: F) -> Self {
        if let Entry::Occupied(e) = &mut self {
            f(e.get_mut());
        }
        self
    }
}
impl<'a, K, V> VacantEntry<'a, K, V> {
    pub fn key(&self) -> &K {
        &self.key
    }
    pub fn into_key(self) -> K {
        self.key
    }
    pub fn insert(self, value: V) -> &'a mut V {
        let map = self.map;
        let p = map.insert_at(self.at, self.key, value);
        &mut map.chunks[p.chunk][p.at].value
    }
}
impl<'a, K, V> OccupiedEntry<'a, K, V> {
    pub fn key(&self) -> &K {
        &self.map.item(self.at).key
    }
    pub fn get(&self) -> &V {
        &self.map.item(self.at).value
    }
    pub fn get_mut(&mut self) -> &mut V {
        &mut self.map.chunks[self.at.chunk][self.at.at].value
    }
    pub fn into_mut(self) -> &'a mut V {
        &mut self.map.chunks[self.at.chunk][self.at.at].value
    }
    pub fn insert(&mut self, value: V) -> V {
        mem::replace(self.get_mut(), value)
    }
    pub fn remove(self) -> V {
        self.map.remove_at(self.at).value
    }
    pub fn remove_entry(self) -> (K, V) {
        let e = self.map.remove_at(self.at);
        (e.key, e.value)
    }
}

/// The rest of a first chunk, whole chunks, and the start of a last one.
struct Span<'a, K, V> {
    front: slice::Iter<'a, Item<K, V>>,
    middle: slice::Iter<'a, Vec<Item<K, V>>>,
    back: slice::Iter<'a, Item<K, V>>,
}
struct SpanMut<'a, K, V> {
    front: slice::IterMut<'a, Item<K, V>>,
    middle: slice::IterMut<'a, Vec<Item<K, V>>>,
    back: slice::IterMut<'a, Item<K, V>>,
}
impl<K, V> Clone for Span<'_, K, V> {
    fn clone(&self) -> Self {
        Span { front: self.front.clone(), middle: self.middle.clone(), back: self.back.clone() }
    }
}
macro_rules! span {
    ($($name:ident $item:ty, |$e:ident| $out:ty: $x:expr, $iter:ident;)*) => { $(
        impl<'a, K, V> $name<'a, K, V> {
            fn next(&mut self) -> Option<$out> {
                loop {
                    if let Some($e) = self.front.next() {
                        return Some($x);
                    }
                    match self.middle.next() {
                        Some(chunk) => self.front = chunk.$iter(),
                        None => {
                            return match self.back.next() {
                                Some($e) => Some($x),
                                None => None,
                            };
                        }
                    }
                }
            }
            fn next_back(&mut self) -> Option<$out> {
                loop {
                    if let Some($e) = self.back.next_back() {
                        return Some($x);
                    }
                    match self.middle.next_back() {
                        Some(chunk) => self.back = chunk.$iter(),
                        None => {
                            return match self.front.next_back() {
                                Some($e) => Some($x),
                                None => None,
                            };
                        }
                    }
                }
            }
        }
    )* };
}
span! {
    Span &'a Item<K, V>, |e| (&'a K, &'a V): (&e.key, &e.value), iter;
    SpanMut &'a mut Item<K, V>, |e| (&'a K, &'a mut V): (&e.key, &mut e.value), iter_mut;
}

pub struct Iter<'a, K, V> {
    span: Span<'a, K, V>,
    left: usize,
}
pub struct IterMut<'a, K, V> {
    span: SpanMut<'a, K, V>,
    left: usize,
}
pub struct Range<'a, K, V> {
    span: Span<'a, K, V>,
}
pub struct RangeMut<'a, K, V> {
    span: SpanMut<'a, K, V>,
}
macro_rules! counted {
    ($($name:ident $out:ty;)*) => { $(
        impl<'a, K, V> Iterator for $name<'a, K, V> {
            type Item = $out;
            fn next(&mut self) -> Option<$out> {
                if self.left == 0 {
                    return None;
                }
                self.left -= 1;
                self.span.next()
            }
            fn size_hint(&self) -> (usize, Option<usize>) { (self.left, Some(self.left)) }
        }
        impl<'a, K, V> DoubleEndedIterator for $name<'a, K, V> {
            fn next_back(&mut self) -> Option<$out> {
                if self.left == 0 {
                    return None;
                }
                self.left -= 1;
                self.span.next_back()
            }
        }
        impl<K, V> ExactSizeIterator for $name<'_, K, V> {}
        impl<K, V> FusedIterator for $name<'_, K, V> {}
    )* };
}
counted! { Iter (&'a K, &'a V); IterMut (&'a K, &'a mut V); }
macro_rules! uncounted {
    ($($name:ident $out:ty;)*) => { $(
        impl<'a, K, V> Iterator for $name<'a, K, V> {
            type Item = $out;
            fn next(&mut self) -> Option<$out> { self.span.next() }
        }
        impl<'a, K, V> DoubleEndedIterator for $name<'a, K, V> {
            fn next_back(&mut self) -> Option<$out> { self.span.next_back() }
        }
        impl<K, V> FusedIterator for $name<'_, K, V> {}
    )* };
}
uncounted! { Range (&'a K, &'a V); RangeMut (&'a K, &'a mut V); }
impl<K, V> Clone for Iter<'_, K, V> {
    fn clone(&self) -> Self {
        Iter { span: self.span.clone(), left: self.left }
    }
}
impl<K, V> Clone for Range<'_, K, V> {
    fn clone(&self) -> Self {
        Range { span: self.span.clone() }
    }
}

/// Takes the chunks apart one after the other.
pub struct IntoIter<K, V> {
    chunks: vec::IntoIter<Vec<Item<K, V>>>,
    front: vec::IntoIter<Item<K, V>>,
    back: vec::IntoIter<Item<K, V>>,
    left: usize,
}
impl<K, V> Iterator for IntoIter<K, V> {
    type Item = (K, V);
    fn next(&mut self) -> Option<(K, V)> {
        loop {
            if let Some(e) = self.front.next() {
                self.left -= 1;
                return Some((e.key, e.value));
            }
            match self.chunks.next() {
                Some(c) => self.front = c.into_iter(),
                None => {
                    let e = self.back.next()?;
                    self.left -= 1;
                    return Some((e.key, e.value));
                }
            }
        }
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}
impl<K, V> DoubleEndedIterator for IntoIter<K, V> {
    fn next_back(&mut self) -> Option<(K, V)> {
        loop {
            if let Some(e) = self.back.next_back() {
                self.left -= 1;
                return Some((e.key, e.value));
            }
            match self.chunks.next_back() {
                Some(c) => self.back = c.into_iter(),
                None => {
                    let e = self.front.next_back()?;
                    self.left -= 1;
                    return Some((e.key, e.value));
                }
            }
        }
    }
}
impl<K, V> ExactSizeIterator for IntoIter<K, V> {}
impl<K, V> FusedIterator for IntoIter<K, V> {}

macro_rules! part {
    ($($name:ident [$($l:lifetime)*] $inner:ident, $out:ty, ($k:pat, $v:pat) => $x:expr;)*) => { $(
        pub struct $name<$($l,)* K, V> {
            inner: $inner<$($l,)* K, V>,
        }
        impl<$($l,)* K, V> Iterator for $name<$($l,)* K, V> {
            type Item = $out;
            fn next(&mut self) -> Option<$out> {
                match self.inner.next() {
                    Some(($k, $v)) => Some($x),
                    None => None,
                }
            }
            fn size_hint(&self) -> (usize, Option<usize>) { self.inner.size_hint() }
        }
        impl<$($l,)* K, V> DoubleEndedIterator for $name<$($l,)* K, V> {
            fn next_back(&mut self) -> Option<$out> {
                match self.inner.next_back() {
                    Some(($k, $v)) => Some($x),
                    None => None,
                }
            }
        }
        impl<$($l,)* K, V> ExactSizeIterator for $name<$($l,)* K, V> {}
        impl<$($l,)* K, V> FusedIterator for $name<$($l,)* K, V> {}
    )* };
}
part! {
    Keys ['a] Iter, &'a K, (k, _) => k;
    Values ['a] Iter, &'a V, (_, v) => v;
    ValuesMut ['a] IterMut, &'a mut V, (_, v) => v;
    IntoKeys [] IntoIter, K, (k, _) => k;
    IntoValues [] IntoIter, V, (_, v) => v;
}
impl<K, V> Clone for Keys<'_, K, V> {
    fn clone(&self) -> Self {
        Keys { inner: self.inner.clone() }
    }
}
impl<K, V> Clone for Values<'_, K, V> {
    fn clone(&self) -> Self {
        Values { inner: self.inner.clone() }
    }
}

impl<K, V> IntoIterator for BTreeMap<K, V> {
    type Item = (K, V);
    type IntoIter = IntoIter<K, V>;
    fn into_iter(self) -> IntoIter<K, V> {
        IntoIter {
            left: self.len,
            chunks: self.chunks.into_iter(),
            front: Vec::new().into_iter(),
            back: Vec::new().into_iter(),
        }
    }
}
impl<'a, K, V> IntoIterator for &'a BTreeMap<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = Iter<'a, K, V>;
    fn into_iter(self) -> Iter<'a, K, V> {
        self.iter()
    }
}
impl<'a, K, V> IntoIterator for &'a mut BTreeMap<K, V> {
    type Item = (&'a K, &'a mut V);
    type IntoIter = IterMut<'a, K, V>;
    fn into_iter(self) -> IterMut<'a, K, V> {
        self.iter_mut()
    }
}
impl<K: Clone, V: Clone> Clone for BTreeMap<K, V> {
    fn clone(&self) -> Self {
        BTreeMap { chunks: self.chunks.clone(), len: self.len }
    }
}
impl<K, V> Default for BTreeMap<K, V> {
    fn default() -> Self {
        BTreeMap::new()
    }
}
impl<K: PartialEq, V: PartialEq> PartialEq for BTreeMap<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.len == other.len && self.iter().eq(other.iter())
    }
}
impl<K: Eq, V: Eq> Eq for BTreeMap<K, V> {}
impl<K: PartialOrd, V: PartialOrd> PartialOrd for BTreeMap<K, V> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        self.iter().partial_cmp(other.iter())
    }
}
impl<K: Ord, V: Ord> Ord for BTreeMap<K, V> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.iter().cmp(other.iter())
    }
}
impl<K: Hash, V: Hash> Hash for BTreeMap<K, V> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_usize(self.len);
        for e in self.iter() {
            e.hash(state);
        }
    }
}
impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for BTreeMap<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}
impl<K: Borrow<Q> + Ord, Q: Ord + ?Sized, V> Index<&Q> for BTreeMap<K, V> {
    type Output = V;
    #[track_caller]
    fn index(&self, key: &Q) -> &V {
        match self.get(key) {
            Some(v) => v,
            None => panic("no entry found for key"),
        }
    }
}
impl<K: Ord, V> FromIterator<(K, V)> for BTreeMap<K, V> {
    #[skeleton = "collect"]
    fn from_iter<T: IntoIterator<Item = (K, V)>>(iter: T) -> Self {
        let mut map = BTreeMap::new();
        for (k, v) in iter {
            map.insert(k, v);
        }
        map
    }
}
impl<K: Ord, V> Extend<(K, V)> for BTreeMap<K, V> {
    #[skeleton = "extend"]
    fn extend<T: IntoIterator<Item = (K, V)>>(&mut self, iter: T) {
        for (k, v) in iter {
            self.insert(k, v);
        }
    }
}
impl<'a, K: Ord + Copy, V: Copy> Extend<(&'a K, &'a V)> for BTreeMap<K, V> {
    fn extend<T: IntoIterator<Item = (&'a K, &'a V)>>(&mut self, iter: T) {
        for (k, v) in iter {
            self.insert(*k, *v);
        }
    }
}
impl<K: Ord, V, const N: usize> From<[(K, V); N]> for BTreeMap<K, V> {
    fn from(a: [(K, V); N]) -> Self {
        BTreeMap::from_iter(a)
    }
}
impl<'a, K, V> Splittable for Iter<'a, K, V> {
    const INDEXED: bool = true;
    fn extent(&self) -> usize {
        self.left
    }
    /// Whole chunks are skipped without looking into them.
    fn slice(mut self, lo: usize, hi: usize) -> Self {
        let n = self.left;
        let mut k = 0;
        while k < lo {
            let here = self.span.front.len();
            if here == 0 {
                match self.span.middle.next() {
                    Some(c) => self.span.front = c.iter(),
                    None => self.span.front = mem::take(&mut self.span.back),
                }
            } else {
                let step = if here < lo - k { here } else { lo - k };
                self.span.front.nth(step - 1);
                k += step;
            }
        }
        k = n;
        while k > hi {
            let here = self.span.back.len();
            if here == 0 {
                match self.span.middle.next_back() {
                    Some(c) => self.span.back = c.iter(),
                    None => self.span.back = mem::take(&mut self.span.front),
                }
            } else {
                let step = if here < k - hi { here } else { k - hi };
                self.span.back.nth_back(step - 1);
                k -= step;
            }
        }
        self.left = hi - lo;
        self
    }
}
impl<K, V> crate::iter::Indexed for Iter<'_, K, V> {}
