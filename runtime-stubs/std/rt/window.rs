//! The parts of arrays that the chunks of a loop write.
//!
//! In: an array and how many elements one position of the loop owns. Out: for each chunk its own elements, and afterwards
//! all of them back in the array. A chunk that reaches for another element ends as a failure, and the loop runs in order.

use super::abi::Name;
use super::join::Join;
use super::object;
use crate::intrinsics as i;
use crate::iter::Splittable;
use crate::prelude::v1::*;

/// What a chunk gets: its part of the `k`-th array it writes.
#[lang = "range_window"]
pub fn range_window<T>(k: usize) -> Window<T> {
    object::input_owned::<Window<T>>(2 + k)
}

/// The part of an array that a chunk may read and write. Any other index ends the chunk, and the loop is run in order.
#[lang = "window"]
pub struct Window<T> {
    data: Vec<T>,
    base: usize,
    len: usize,
}

#[lang = "window_index_mut"]
#[track_caller]
pub fn window_index_mut<T>(w: &mut Window<T>, index: usize) -> &mut T {
    let at = index.wrapping_sub(w.base);
    if at >= w.data.len() {
        crate::panicking::panic_bounds_check(index, w.len);
    }
    unsafe { &mut *w.data.as_mut_ptr().add(at) }
}

#[lang = "window_index"]
#[track_caller]
pub fn window_index<T>(w: &Window<T>, index: usize) -> &T {
    let at = index.wrapping_sub(w.base);
    if at >= w.data.len() {
        crate::panicking::panic_bounds_check(index, w.len);
    }
    unsafe { &*w.data.as_ptr().add(at) }
}

#[lang = "window_len"]
pub fn window_len<T>(w: &Window<T>) -> usize {
    w.len
}

/// The result of a chunk for an array it wrote.
#[lang = "window_out"]
pub fn window_out<T>(w: Window<T>) -> Scatter<T> {
    let mut parts = Vec::new();
    parts.push((w.base, w.data));
    Scatter { parts }
}

/// An array a loop writes, as the coordinator sees it: position `p` of the loop owns the elements from
/// `(start + p) * stride` on, `stride` of them.
#[lang = "window_source"]
pub struct Source<'a, T> {
    array: &'a [T],
    stride: usize,
    /// The number position 0 has.
    start: usize,
}

#[lang = "window_of_vec"]
pub fn window_of_vec<T>(array: &Vec<T>, stride: usize, start: usize) -> Source<'_, T> {
    window_of_slice(array.as_slice(), stride, start)
}

#[lang = "window_of_slice"]
pub fn window_of_slice<T>(array: &[T], stride: usize, start: usize) -> Source<'_, T> {
    Source { array, stride, start }
}

/// Writes what the chunks wrote.
#[lang = "scatter_vec"]
pub fn scatter_vec<T>(array: &mut Vec<T>, from: Scatter<T>) {
    scatter_slice(array.as_mut_slice(), from)
}

#[lang = "scatter_slice"]
pub fn scatter_slice<T>(array: &mut [T], from: Scatter<T>) {
    for (base, data) in from.parts {
        if unsafe { i::is_plain::<T>() } && base <= array.len() && data.len() <= array.len() - base {
            unsafe { i::copy_nonoverlapping(data.as_ptr(), array.as_mut_ptr().add(base), data.len()) };
            continue;
        }
        let mut at = base;
        for value in data {
            array[at] = value;
            at += 1;
        }
    }
}

/// The arrays a loop writes: up to four of them.
pub trait Windows {
    fn put(&self, lo: usize, hi: usize, names: &mut Vec<Name>);
}

impl Windows for () {
    fn put(&self, _lo: usize, _hi: usize, _names: &mut Vec<Name>) {}
}

macro_rules! windows {
    ($($name:ident $index:tt),*) => {
        impl<$($name: Part),*> Windows for ($($name,)*) {
            fn put(&self, lo: usize, hi: usize, names: &mut Vec<Name>) {
                $(self.$index.put(lo, hi, names);)*
            }
        }
    };
}
windows! { A 0 }
windows! { A 0, B 1 }
windows! { A 0, B 1, C 2 }
windows! { A 0, B 1, C 2, D 3 }

/// One of them.
pub trait Part {
    fn put(&self, lo: usize, hi: usize, names: &mut Vec<Name>);
}

impl<T> Part for Source<'_, T> {
    fn put(&self, lo: usize, hi: usize, names: &mut Vec<Name>) {
        let len = self.array.len();
        let start = self.start.saturating_add(lo).saturating_mul(self.stride);
        let start = if start > len { len } else { start };
        let end = self.start.saturating_add(hi).saturating_mul(self.stride);
        let end = if end > len { len } else { end };
        let n = end - start;
        // A bitwise copy: it is only frozen, never dropped.
        let ptr = unsafe { i::offset(i::slice_ptr(self.array as *const [T]), start as isize) } as *mut T;
        let window = Window { data: unsafe { Vec::from_raw_parts(ptr, n, n) }, base: start, len };
        names.push(object::put(&window));
        crate::mem::forget(window);
    }
}

/// Arrays written.
#[lang = "join_scatter"]
pub struct Scatter<T> {
    parts: Vec<(usize, Vec<T>)>,
}

impl<T> Join for Scatter<T> {
    fn merge(&mut self, later: Self) {
        let mut later = later.parts;
        self.parts.append(&mut later);
    }
    fn copies() -> bool {
        unsafe { i::is_plain::<T>() }
    }
    fn keeps() -> bool {
        true
    }
}

#[lang = "scatter_none"]
pub fn scatter_none<T>() -> Scatter<T> {
    Scatter { parts: Vec::new() }
}


/// An iterator of exclusive references, as the coordinator sees it: a chunk gets its piece with copies of the elements.
#[lang = "stepped_source"]
pub struct SteppedSource<'a, I> {
    iterator: &'a I,
}

#[lang = "stepped"]
pub fn stepped<I>(iterator: &I) -> SteppedSource<'_, I> {
    SteppedSource { iterator }
}

/// A bitwise copy: the borrow checker has seen to it that nobody else uses what it refers to meanwhile.
fn piece<I: Splittable>(iterator: &I, lo: usize, hi: usize) -> I {
    unsafe { i::read(iterator as *const I) }.slice(lo, hi)
}

impl<I: Splittable> Part for SteppedSource<'_, I> {
    fn put(&self, lo: usize, hi: usize, names: &mut Vec<Name>) {
        let part = piece(self.iterator, lo, hi);
        names.push(object::put(&part));
        crate::mem::forget(part);
    }
}

/// What a chunk gets: its piece of the iterator, twice; the second keeps sight of all elements.
#[lang = "range_piece"]
pub fn range_piece<I>(k: usize) -> (I, I) {
    let piece = object::input_owned::<I>(2 + k);
    let all = unsafe { i::read(&piece as *const I) };
    (piece, all)
}

/// What chunks wrote through the references of an iterator.
#[lang = "join_stepped"]
pub struct Stepped<I> {
    parts: Vec<(usize, usize, I)>,
}

impl<I> Join for Stepped<I> {
    fn merge(&mut self, later: Self) {
        let mut later = later.parts;
        self.parts.append(&mut later);
    }
}

#[lang = "stepped_none"]
pub fn stepped_none<I>() -> Stepped<I> {
    Stepped { parts: Vec::new() }
}

#[lang = "stepped_out"]
pub fn stepped_out<I>(all: I, bounds: (usize, usize)) -> Stepped<I> {
    let mut parts = Vec::new();
    parts.push((bounds.0, bounds.1, all));
    Stepped { parts }
}

/// Puts what the chunks wrote where the iterator's references lead.
#[lang = "step_back"]
pub fn step_back<I: Splittable>(iterator: &I, from: Stepped<I>) {
    for (lo, hi, part) in from.parts {
        piece(iterator, lo, hi).restore(part);
    }
}
