//! What the code of a coordinator calls where inference put a task: spawn, wait, split a loop, join its parts.
//!
//! In: values of the program. Out: runs asked of the host, and their results in the program's order. A run that failed
//! ends the coordinator as the sequential program would have ended: the earliest failure in program order wins, and
//! text printed after the point where that run was asked for is taken back.

use super::abi::{self, Buf, Name};
use super::object;
use super::state;
use crate::intrinsics as i;
use crate::prelude::v1::*;

/// A run asked for whose success is required and not yet known.
pub struct Pending {
    name: Name,
    /// Length of the printed text when it was asked for.
    text_len: usize,
}

/// Asks for a run with one output.
#[lang = "task_call"]
pub fn call(image: &[u8; 32], inputs: &[Name], site: u32) -> Name {
    let name = object::spawn(&Name(*image), inputs, 1, site)[0];
    let s = state();
    s.pending.push(Pending { name, text_len: s.text_len });
    s.settle = Some(settle);
    name
}

/// The result of a run, once it is there.
#[lang = "task_take"]
pub fn take<T>(name: Name) -> T {
    if !wait(&name) {
        settle();
    }
    object::get_owned::<T>(&name)
}

/// Whether the object came to be; waits.
fn wait(name: &Name) -> bool {
    if name.0[31] >= 0x80 {
        return true;
    }
    let mut buf = Buf::empty();
    let r = unsafe { i::host_call(abi::GET, name as *const Name as usize, 0, &mut buf as *mut Buf as usize, 0) };
    r >= 0
}

/// Waits for every required run in the order they were asked for; the first that failed ends this run.
pub fn settle() {
    let s = state();
    let pending = crate::mem::take(&mut s.pending);
    for p in pending.iter() {
        if !wait(&p.name) {
            s.text_len = p.text_len;
            super::hand_over_text(true);
            fail_as(&p.name);
        }
    }
}

/// Ends this run because the run behind `name` failed.
fn fail_as(name: &Name) -> ! {
    let failure = super::Failure {
        code: INPUT_FAILED,
        site: 0,
        msg: name as *const Name as *const u8,
        msg_len: 0,
        reserved: 0,
        detail: 0,
    };
    unsafe {
        i::host_call(abi::FAIL, &failure as *const super::Failure as usize, 0, 0, 0);
        i::abort()
    }
}

/// Failure code of a run whose input, or whose spawned run, failed.
const INPUT_FAILED: u32 = 32;

/// How many items of a loop go into one run; 0 if the loop is not worth splitting. `work` is the estimate for one
/// item, `threshold` the least work worth a boundary, `target` the work wanted in one run, `forced` the exact number
/// of runs for tests.
#[lang = "task_chunk"]
pub fn chunk_len(items: usize, work: u64, threshold: u64, target: u64, forced: u64) -> usize {
    if forced > 0 {
        let runs = forced as usize;
        return if items == 0 { 0 } else { (items - 1) / runs + 1 };
    }
    let work = if work == 0 { 1 } else { work };
    if items < 2 || work.saturating_mul(items as u64) < threshold {
        return 0;
    }
    let mut len = 1usize;
    while (len as u64).saturating_mul(work) < target && len < items {
        len = len * 2;
    }
    // At least four runs, at most 512.
    let quarter = (items + 3) / 4;
    if len > quarter {
        len = quarter;
    }
    let least = (items + 511) / 512;
    if len < least { least } else { len }
}

/// Runs a loop over `items` positions as chunks and joins their results in order into `total`. `false` if a chunk failed or
/// the join cannot be exact: then nothing has changed, and the caller runs the loop itself.
#[lang = "task_range"]
pub fn range<E, W: Windows, R: Join>(
    image: &[u8; 32],
    env: &E,
    windows: &W,
    items: usize,
    chunk: usize,
    site: u32,
    total: &mut R,
) -> bool {
    let env = object::put(env);
    let image = Name(*image);
    let mut names: Vec<Name> = Vec::new();
    let mut lo = 0;
    while lo < items {
        let hi = if items - lo < chunk { items } else { lo + chunk };
        let mut inputs: Vec<Name> = Vec::new();
        inputs.push(env);
        inputs.push(bounds_name(lo, hi));
        windows.put(lo, hi, &mut inputs);
        names.push(object::spawn(&image, inputs.as_slice(), 1, site)[0]);
        lo = hi;
    }
    let mut joined: Option<R> = None;
    for name in names.iter() {
        if !wait(name) {
            return false;
        }
        let part = object::get_owned::<R>(name);
        joined = match joined {
            None => Some(part),
            Some(mut before) => {
                if !before.fits(&part) {
                    return false;
                }
                before.merge(part);
                Some(before)
            }
        };
    }
    match joined {
        None => true,
        Some(part) => {
            let fits = total.fits(&part);
            if fits {
                total.merge(part);
            }
            fits
        }
    }
}

fn bounds_name(lo: usize, hi: usize) -> Name {
    let mut bytes: Vec<u8> = Vec::new();
    bytes.extend_from_slice(&(lo as u64).to_le_bytes());
    bytes.extend_from_slice(&(hi as u64).to_le_bytes());
    Name::literal(bytes.as_slice())
}

#[lang = "work_mul"]
pub fn work_mul(a: u64, b: u64) -> u64 {
    a.saturating_mul(b)
}

#[lang = "work_add"]
pub fn work_add(a: u64, b: u64) -> u64 {
    a.saturating_add(b)
}

#[lang = "len_of_vec"]
pub fn len_of_vec<T>(v: &Vec<T>) -> usize {
    v.len()
}

#[lang = "len_of_string"]
pub fn len_of_string(s: &String) -> usize {
    s.len()
}

#[lang = "len_of_str"]
pub fn len_of_str(s: &str) -> usize {
    s.len()
}

/// What a chunk gets: the values the loop reads.
#[lang = "range_env"]
pub fn range_env<E>() -> E {
    object::input_value::<E>(0)
}

/// The same, if the loop owns a part of it and may change that.
#[lang = "range_env_owned"]
pub fn range_env_owned<E>() -> E {
    object::input_owned::<E>(0)
}

/// What a chunk gets: its positions.
#[lang = "range_bounds"]
pub fn range_bounds() -> (usize, usize) {
    let ptr = unsafe { i::slice_ptr(object::input_bytes(1) as *const [u8]) } as *const u64;
    unsafe { (i::read(ptr) as usize, i::read(i::offset(ptr, 1)) as usize) }
}

/// What a chunk gets: its part of the `k`-th array it writes.
#[lang = "range_window"]
pub fn range_window<T>(k: usize) -> Window<T> {
    object::input_owned::<Window<T>>(2 + k)
}

/// What a chunk gives.
#[lang = "range_done"]
pub fn range_done<R>(result: &R) {
    object::set_output::<R>(0, result)
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
        let mut at = base;
        for value in data {
            array[at] = value;
            at += 1;
        }
    }
}

/// The arrays a loop writes: none, one or two of them.
pub trait Windows {
    fn put(&self, lo: usize, hi: usize, names: &mut Vec<Name>);
}

impl Windows for () {
    fn put(&self, _lo: usize, _hi: usize, _names: &mut Vec<Name>) {}
}

impl<T> Windows for (Source<'_, T>,) {
    fn put(&self, lo: usize, hi: usize, names: &mut Vec<Name>) {
        self.0.put(lo, hi, names)
    }
}

impl<T, U> Windows for (Source<'_, T>, Source<'_, U>) {
    fn put(&self, lo: usize, hi: usize, names: &mut Vec<Name>) {
        self.0.put(lo, hi, names);
        self.1.put(lo, hi, names);
    }
}

impl<T> Source<'_, T> {
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

/// Results of chunks: how the later one is added to the earlier one.
pub trait Join {
    /// Whether adding gives what the sequential loop gives, without overflow on the way.
    fn fits(&self, _later: &Self) -> bool {
        true
    }
    fn merge(&mut self, later: Self);
}

/// `v.push(e)`, `v.extend(e)`
#[lang = "join_append"]
pub struct Append<T>(pub Vec<T>);

impl<T> Join for Append<T> {
    fn merge(&mut self, later: Self) {
        if self.0.is_empty() {
            self.0 = later.0;
        } else {
            let mut later = later.0;
            self.0.append(&mut later);
        }
    }
}

/// `s.push(c)`, `s.push_str(e)`
#[lang = "join_text"]
pub struct AppendText(pub String);

impl Join for AppendText {
    fn merge(&mut self, later: Self) {
        self.0.push_str(later.0.as_str());
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
}

#[lang = "scatter_none"]
pub fn scatter_none<T>() -> Scatter<T> {
    Scatter { parts: Vec::new() }
}

#[lang = "neutral_vec"]
pub fn neutral_vec<T>() -> Vec<T> {
    Vec::new()
}

#[lang = "neutral_text"]
pub fn neutral_text() -> String {
    String::new()
}

/// `s += e` with overflow checks: the sum with the lowest and highest value it had on the way, counted from 0.
#[lang = "join_sum"]
pub struct Sum<T> {
    pub sum: T,
    pub low: T,
    pub high: T,
}

/// Keeps track of the extremes of a running sum.
#[lang = "track_sum"]
pub fn track_sum<T: Copy + PartialOrd>(low: &mut T, high: &mut T, value: &T) {
    if *value < *low {
        *low = *value;
    }
    if *high < *value {
        *high = *value;
    }
}

/// `s &= e`, `s |= e`, `s ^= e`, and wrapping `+`.
#[lang = "join_and"]
pub struct And<T>(pub T);
#[lang = "join_or"]
pub struct Or<T>(pub T);
#[lang = "join_xor"]
pub struct Xor<T>(pub T);
#[lang = "join_wrapping_sum"]
pub struct WrappingSum<T>(pub T);

macro_rules! joins {
    ($($t:ty)*) => {$(
        impl Join for Sum<$t> {
            fn fits(&self, later: &Self) -> bool {
                self.sum.checked_add(later.low).is_some() && self.sum.checked_add(later.high).is_some()
            }
            fn merge(&mut self, later: Self) {
                let low = self.sum + later.low;
                let high = self.sum + later.high;
                if low < self.low {
                    self.low = low;
                }
                if self.high < high {
                    self.high = high;
                }
                self.sum += later.sum;
            }
        }
        impl Join for And<$t> {
            fn merge(&mut self, later: Self) {
                self.0 &= later.0;
            }
        }
        impl Join for Or<$t> {
            fn merge(&mut self, later: Self) {
                self.0 |= later.0;
            }
        }
        impl Join for Xor<$t> {
            fn merge(&mut self, later: Self) {
                self.0 ^= later.0;
            }
        }
        impl Join for WrappingSum<$t> {
            fn merge(&mut self, later: Self) {
                self.0 = self.0.wrapping_add(later.0);
            }
        }
    )*};
}
joins! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }

impl Join for () {
    fn merge(&mut self, _later: Self) {}
}

macro_rules! tuple_joins {
    ($($name:ident $index:tt),*) => {
        impl<$($name: Join),*> Join for ($($name,)*) {
            fn fits(&self, later: &Self) -> bool {
                true $(&& self.$index.fits(&later.$index))*
            }
            fn merge(&mut self, later: Self) {
                $(self.$index.merge(later.$index);)*
            }
        }
    };
}
tuple_joins! { A 0 }
tuple_joins! { A 0, B 1 }
tuple_joins! { A 0, B 1, C 2 }
tuple_joins! { A 0, B 1, C 2, D 3 }
tuple_joins! { A 0, B 1, C 2, D 3, E 4 }
tuple_joins! { A 0, B 1, C 2, D 3, E 4, F 5 }

/// Input `k`, which is text.
#[lang = "input_str"]
pub fn input_str(k: usize) -> &'static str {
    match crate::str::from_utf8(object::input_bytes(k)) {
        Ok(text) => text,
        Err(_) => super::fail(super::CODE_CONVERSION, 0, "an input is not UTF-8", k as u64),
    }
}

#[lang = "input_string"]
pub fn input_string(k: usize) -> String {
    // A copy: the text itself belongs to the input.
    String::from(input_str(k))
}

/// Input `k`, which is a sequence of elements without pointers.
#[lang = "input_slice"]
pub fn input_slice<T>(k: usize) -> &'static [T] {
    let bytes = object::input_bytes(k);
    let size = crate::mem::size_of::<T>();
    let len = if size == 0 { 0 } else { bytes.len() / size };
    unsafe { i::slice_from_raw_parts(i::slice_ptr(bytes as *const [u8]) as *const T, len) }
}

#[lang = "output_string"]
pub fn output_string(k: usize, text: &String) {
    object::set_output_raw(k, text.as_bytes())
}

#[lang = "output_vec"]
pub fn output_vec<T>(k: usize, values: &Vec<T>) {
    object::set_output_raw(k, values.as_slice())
}
