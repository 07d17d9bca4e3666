//! What the code of a coordinator calls where inference put a task: spawn, wait, split a loop, join its parts.
//!
//! In: values of the program. Out: runs asked of the host, and their results in the program's order. A run that failed
//! ends the coordinator as the sequential program would have ended: the earliest failure in program order wins, and
//! text printed after the point where that run was asked for is taken back.

use super::abi::{self, Name};
use super::join::Join;
use super::object::{self, Fetched};
use super::share::{self, Shares};
use super::state;
use super::text;
use super::window::Windows;
use crate::intrinsics as i;
use crate::iter::Step;
use crate::ops::Range;
use crate::prelude::v1::*;

/// A run asked for whose success is required and not yet known.
pub struct Pending {
    name: Name,
    /// Length of the printed text when it was asked for.
    text_len: usize,
}

/// Asks for a run with one output.
#[lang = "task_call"]
pub fn call(image: &[u8; 32], inputs: &[Name], shares: &Shares, site: u32) -> Name {
    let mut inputs: Vec<Name> = Vec::from(inputs);
    shares.add_to(&mut inputs);
    let name = object::spawn(&Name(*image), inputs.as_slice(), 1, site)[0];
    let s = state();
    s.pending.push(Pending { name, text_len: s.text_len });
    s.settle = Some(settle);
    name
}

/// The result of a run, once it is there.
#[lang = "task_take"]
pub fn take<T>(name: Name) -> T {
    let result = wait(&name);
    let value = result.owned_value::<T>();
    result.release();
    value
}

/// The same, if it is only looked at from then on: where the object lies.
#[lang = "task_look"]
pub fn look<T>(name: Name) -> T {
    wait(&name).value::<T>()
}

/// The result of a required run; if it failed, this run ends as the earliest failure says.
#[inline(never)]
fn wait(name: &Name) -> Fetched {
    match object::fetch(name) {
        Some(result) => result,
        None => {
            settle();
            fail_as(name)
        }
    }
}

/// Waits for every required run in the order they were asked for; the first that failed ends this run.
pub fn settle() {
    let s = state();
    let pending = crate::mem::take(&mut s.pending);
    for p in pending.iter() {
        if object::fetch(&p.name).is_none() {
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
/// of runs for tests, `handing` the work of handing over what one item gives, `most` the highest number of runs.
#[lang = "task_chunk"]
#[inline(never)]
pub fn chunk_len(
    items: usize,
    work: u64,
    threshold: u64,
    target: u64,
    forced: u64,
    handing: u64,
    most: usize,
) -> usize {
    if forced > 0 {
        let runs = forced as usize;
        return if items == 0 { 0 } else { (items - 1) / runs + 1 };
    }
    let work = if work == 0 { 1 } else { work };
    // Where results are the better part of the work, one core loses more than two can gain.
    if items < 2 || work / 4 <= handing || (work - handing).saturating_mul(items as u64) < threshold {
        return 0;
    }
    let mut len = 1usize;
    while (len as u64).saturating_mul(work) < target && len < items {
        len = len * 2;
    }
    // At least four runs.
    let quarter = (items + 3) / 4;
    if len > quarter {
        len = quarter;
    }
    let least = (items + most - 1) / most;
    if len < least { least } else { len }
}

/// Runs a loop over `items` positions as chunks and joins their results in order into `total`. Gives the position
/// up to which that was done: `items`, 0 if making objects of what the loop reads takes longer than the loop, or the first position of a chunk that failed, left the loop or cannot be joined
/// exactly; the caller goes on there by itself. `nested` is the task that may ask for runs in turn. `how`: 1 the loop may end
/// early, 2 its chunks print, 4 each copies what it is given, 8 it has
/// few chunks though there is much to do. `work` is the estimate for one item, 0 if the number of chunks is given: where each run would have
/// to copy much before it begins, chunks are made longer, or the loop is left as it is.
#[lang = "task_range"]
pub fn range<E, W: Windows, R: Join>(
    image: &[u8; 32],
    nested: &[u8; 32],
    env: &E,
    windows: &W,
    items: usize,
    chunk: usize,
    site: u32,
    total: &mut R,
    how: u64,
    work: u64,
) -> usize {
    let mut shares = share::none();
    let worth = work.saturating_mul(items as u64);
    let Some(env) = share::put_if_worth(env, &mut shares, worth) else { return 0 };
    let mut parts = Split { windows, total, items, joined: 0 };
    run_chunks(image, nested, env, &shares, items, chunk, site, &mut parts, how, work)
}

/// A chunk length with at least four times the work of copying so many bytes: a nanosecond for each word.
fn worth_copying(chunk: usize, work: u64, copied: usize) -> usize {
    if work == 0 {
        return chunk;
    }
    let least = (copied as u64 / 8).saturating_mul(10) / work;
    if (chunk as u64) < least { least as usize } else { chunk }
}

/// What differs from loop to loop when its chunks are run: kept apart so that a coordinator has `run_chunks` once.
trait Parts {
    /// Adds the names of the windows of a chunk to its inputs.
    fn put_windows(&self, lo: usize, hi: usize, inputs: &mut Vec<Name>);
    /// Adds the result of one of so many chunks to those before it, or says that it does not fit.
    fn join(&mut self, result: Fetched, chunks: usize) -> bool;
}

struct Split<'a, W, R> {
    windows: &'a W,
    total: &'a mut R,
    items: usize,
    joined: usize,
}

impl<W: Windows, R: Join> Parts for Split<'_, W, R> {
    fn put_windows(&self, lo: usize, hi: usize, inputs: &mut Vec<Name>) {
        self.windows.put(lo, hi, inputs);
    }
    fn join(&mut self, result: Fetched, chunks: usize) -> bool {
        let part = if R::copies() { result.value::<R>() } else { result.owned_value::<R>() };
        let fits = self.total.fits(&part);
        if fits {
            if self.joined == 0 {
                self.total.expect(&part, chunks, self.items);
            }
            self.joined += 1;
            self.total.merge(part);
            if !R::copies() || !R::keeps() {
                result.release();
            }
        }
        fits
    }
}

#[inline(never)]
fn run_chunks(
    image: &[u8; 32],
    nested: &[u8; 32],
    env: Name,
    shares: &Shares,
    items: usize,
    chunk: usize,
    site: u32,
    parts: &mut dyn Parts,
    how: u64,
    work: u64,
) -> usize {
    let copied = if how & 4 != 0 { shares.size() } else { 0 };
    let chunk = worth_copying(chunk, work, copied);
    if work != 0 && chunk.saturating_mul(2) > items {
        return 0;
    }
    // Few chunks may be of very different length: those may then divide their own work further.
    let few = if how & 8 != 0 { 4 } else { 64 };
    let image = Name(if (items - 1) / chunk < few { *nested } else { *image });
    let outputs = if how & 2 != 0 { 2 } else { 1 };
    let mut results: Vec<Name> = Vec::new();
    let mut asked = 0;
    let mut joined = 0;
    loop {
        // A loop that may end early is not run far ahead: at most as far again as it has come.
        let ahead = if how & 1 == 0 { usize::MAX } else if joined < 8 { 8 } else { joined };
        while asked - joined < ahead {
            let lo = asked.saturating_mul(chunk);
            if lo >= items {
                break;
            }
            let hi = if items - lo < chunk { items } else { lo + chunk };
            let mut inputs: Vec<Name> = Vec::with_capacity(4);
            inputs.push(env);
            inputs.push(bounds_name(lo, hi));
            parts.put_windows(lo, hi, &mut inputs);
            shares.add_to(&mut inputs);
            let mut names = object::spawn(&image, inputs.as_slice(), outputs, site);
            results.append(&mut names);
            asked += 1;
        }
        if joined == asked {
            return items;
        }
        let Some(result) = object::fetch(&results[joined * outputs]) else { return joined * chunk };
        if !parts.join(result, (items - 1) / chunk + 1) {
            return joined * chunk;
        }
        if outputs == 2 {
            let printed = object::get_bytes(&results[joined * outputs + 1]);
            text::print(unsafe { crate::str::from_utf8_unchecked(printed) });
        }
        joined += 1;
    }
}

/// Gives up a chunk that leaves its loop early; the loop itself then does so.
#[lang = "range_stop"]
pub fn range_stop() {
    super::fail(super::CODE_PANIC, 0, "the loop ends here", 0)
}

/// The positions of a chunk as a literal.
fn bounds_name(lo: usize, hi: usize) -> Name {
    object::put_bytes(object::bytes_of(&(lo as u64, hi as u64)))
}

/// The next position of a loop that counts.
#[lang = "range_next"]
pub fn next<T: Step>(positions: &mut Range<T>) -> Option<T> {
    positions.next()
}

#[lang = "work_mul"]
pub fn work_mul(a: u64, b: u64) -> u64 {
    a.saturating_mul(b)
}

/// About 1.6 to the power of `n`.
#[lang = "work_power"]
pub fn work_power(n: u64) -> u64 {
    let bits = if n > 60 { 41 } else { n * 17 / 25 };
    1u64 << bits
}

/// How often a length can be halved.
#[lang = "work_levels"]
pub fn work_levels(len: u64) -> u64 {
    (64 - len.leading_zeros()) as u64
}

#[lang = "work_div"]
pub fn work_div(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { a / b }
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

#[lang = "slice_of_vec"]
pub fn slice_of_vec<T>(v: &Vec<T>) -> &[T] {
    v.as_slice()
}

/// What a guard may ask the length of.
trait Measured {
    fn measure(&self) -> usize;
}

impl<T> Measured for [T] {
    fn measure(&self) -> usize {
        self.len()
    }
}

impl<T> Measured for Vec<T> {
    fn measure(&self) -> usize {
        self.len()
    }
}

impl Measured for str {
    fn measure(&self) -> usize {
        self.len()
    }
}

impl Measured for String {
    fn measure(&self) -> usize {
        self.len()
    }
}

impl<T: Measured + ?Sized> Measured for &T {
    fn measure(&self) -> usize {
        (**self).measure()
    }
}

/// The usual length of elements: the mean of at most eight, taken at even distances.
#[lang = "work_sample"]
pub fn work_sample<T: Measured>(elements: &[T]) -> u64 {
    let step = elements.len() / 8 + 1;
    let (mut sum, mut count, mut k) = (0u64, 0u64, step / 2);
    while k < elements.len() {
        sum = sum.saturating_add(elements[k].measure() as u64);
        count += 1;
        k += step;
    }
    if count == 0 { 0 } else { sum / count + 1 }
}

/// What a chunk gets: the values the loop reads. Shared objects begin with input `shared`.
#[lang = "range_env"]
#[inline(never)]
pub fn range_env<E>(shared: usize) -> E {
    share::input_shown::<E>(0, shared)
}

/// The same, if the loop owns a part of it and may change that.
#[lang = "range_env_owned"]
#[inline(never)]
pub fn range_env_owned<E>(shared: usize) -> E {
    object::input_owned_sharing::<E>(0, shared)
}

/// What a chunk gets: its positions.
#[lang = "range_bounds"]
#[inline(never)]
pub fn range_bounds() -> (usize, usize) {
    let ptr = unsafe { i::slice_ptr(object::input_bytes(1) as *const [u8]) } as *const u64;
    unsafe { (i::read(ptr) as usize, i::read(i::offset(ptr, 1)) as usize) }
}

/// What a chunk gives.
#[lang = "range_done"]
#[inline(never)]
pub fn range_done<R>(result: &R) {
    object::set_output::<R>(0, result)
}

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
