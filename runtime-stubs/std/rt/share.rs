//! Memory that several runs read: it becomes one object, however often a value that refers to it is frozen.
//!
//! In: a promise of the code inference made, that the elements of a slice do not change until it says so. Out: an object
//! for those elements, made when the first value refers to them. A value frozen for a run then holds references into
//! that object, which becomes one more input of the run. Elements that this run was itself given as such an object are
//! passed on under the name it has: through however many levels of runs, they are made an object once.

use super::abi::Name;
use super::freeze::{Root, copied_by_thaw, record, thaw_root};
use super::object;
use super::state;
use crate::intrinsics as i;
use crate::prelude::v1::*;

/// Less than this is copied into the value that refers to it.
const WORTH_SHARING: usize = 4096;

/// Marks an address in a record that is an offset into a shared object; then come the object's number and the offset.
pub const SHARED: u64 = 1 << 62;
const NUMBER: u32 = 40;

/// Elements that do not change for now.
pub struct Region {
    start: usize,
    end: usize,
    /// The object they are, once something referred to them.
    name: Option<Name>,
    make: fn(usize, usize) -> Name,
    /// What making the object takes, in units of work; 0 if nobody has asked.
    price: u64,
    price_of: fn(usize, usize) -> u64,
    /// Work that runs could have done if there had been an object.
    saved: u64,
}

/// Elements that this run was given as a shared object. They never change.
pub struct Given {
    start: usize,
    end: usize,
    input: usize,
}

/// Promises that elements do not change. `slot` is what the last promise about them gave, 0 if there is none.
#[lang = "share_slice"]
pub fn share_slice<T>(slot: usize, elements: &[T]) -> usize {
    let start = unsafe { i::slice_ptr(elements as *const [T]) } as usize;
    share_bytes(slot, start, elements.len() * crate::mem::size_of::<T>(), make::<T>, price_of::<T>)
}

#[inline(never)]
fn share_bytes(
    slot: usize,
    start: usize,
    size: usize,
    make: fn(usize, usize) -> Name,
    price_of: fn(usize, usize) -> u64,
) -> usize {
    if slot != 0 || size < WORTH_SHARING {
        return slot;
    }
    let regions = &mut state().regions_shared;
    regions.push(Region { start, end: start + size, name: None, make, price: 0, price_of, saved: 0 });
    regions.len()
}

#[lang = "share_vec"]
pub fn share_vec<T>(slot: usize, elements: &Vec<T>) -> usize {
    share_slice(slot, elements.as_slice())
}

#[lang = "share_str"]
pub fn share_str(slot: usize, text: &str) -> usize {
    share_slice(slot, text.as_bytes())
}

/// Ends the promise behind a slot that is not 0.
#[lang = "share_end"]
#[inline(never)]
pub fn share_end(slot: usize) {
    let regions = &mut state().regions_shared;
    regions[slot - 1].start = 0;
    regions[slot - 1].end = 0;
    while let Some(last) = regions.last() {
        if last.end != 0 {
            break;
        }
        regions.pop();
    }
}

fn make<T>(start: usize, end: usize) -> Name {
    let len = (end - start) / crate::mem::size_of::<T>();
    let elements: &[T] = unsafe { i::slice_from_raw_parts(start as *const T, len) };
    object::put_record(Root::of(&elements), 0 as *mut Shares)
}

/// Units of work for each byte of an object that is copied, hashed and laid in fresh memory, and for each byte of values that are
/// written one by one.
const COPIED: u64 = 2;
const WRITTEN: u64 = 3;
/// Work must be so many times what making objects for it takes: on one core that is all loss.
const WORTH: u64 = 10;

/// What making the object of these elements takes: a few of them tell of all.
fn price_of<T>(start: usize, end: usize) -> u64 {
    let size = crate::mem::size_of::<T>();
    if unsafe { i::is_plain::<T>() } {
        return (end - start) as u64 * COPIED;
    }
    written(start, (end - start) / size, size, |at| Root::of(unsafe { &*(at as *const T) }))
}

#[inline(never)]
fn written(start: usize, len: usize, size: usize, root_at: fn(usize) -> Root) -> u64 {
    let step = len / 8 + 1;
    let (mut bytes, mut count, mut k) = (0, 0, step / 2);
    while k < len {
        bytes += record(root_at(start + k * size), 0 as *mut Shares).len();
        count += 1;
        k += step;
    }
    (bytes / count * len) as u64 * WRITTEN
}

/// Objects that the values frozen for one run refer to, in the order of their first mention.
#[lang = "shares"]
pub struct Shares {
    /// Each with the number of the region, from 1, that it is made of when the value is sure to be needed; 0 if this run was given it.
    names: Vec<(Name, usize)>,
    /// Bytes of the values that refer to them.
    size: usize,
    /// Tells under which name this run was given an input: here, so that only images that ask for runs hold the code.
    input_name: fn(usize) -> Name,
}

#[lang = "shares_none"]
pub fn none() -> Shares {
    Shares { names: Vec::new(), size: 0, input_name: object::input_name }
}

impl Shares {
    /// Adds their names to the inputs of a run.
    #[inline(never)]
    pub fn add_to(&self, inputs: &mut Vec<Name>) {
        for (name, _) in self.names.iter() {
            inputs.push(*name);
        }
    }
    /// Bytes of the values that refer to them.
    pub fn size(&self) -> usize {
        self.size
    }
    /// What stands for an address in a record, if the bytes there are part of a shared object.
    pub fn find(&mut self, address: usize, len: usize) -> Option<usize> {
        for given in state().given_shared.iter() {
            if address >= given.start && address + len <= given.end {
                return Some(self.word((self.input_name)(given.input), 0, address - given.start));
            }
        }
        let regions = &mut state().regions_shared;
        let mut k = 0;
        while k < regions.len() {
            let (start, end) = (regions[k].start, regions[k].end);
            if address >= start && address + len <= end {
                return Some(self.word(Name([0; 32]), k + 1, address - start));
            }
            k += 1;
        }
        None
    }
    /// What stands for an offset in the elements of a shared object.
    #[inline(never)]
    fn word(&mut self, name: Name, region: usize, offset: usize) -> usize {
        let mut k = 0;
        for (known, from) in self.names.iter() {
            if *from == region && (region != 0 || *known == name) {
                break;
            }
            k += 1;
        }
        if k == self.names.len() {
            self.names.push((name, region));
        }
        (SHARED as usize) | k << NUMBER | offset
    }
    /// Makes the objects that are not there yet.
    #[inline(never)]
    fn make(&mut self) {
        for (name, from) in self.names.iter_mut() {
            if *from != 0 {
                let region = region(*from);
                *name = match region.name {
                    Some(made) => made,
                    None => (region.make)(region.start, region.end),
                };
                region.name = Some(*name);
            }
        }
    }
    /// Whether so much work pays for the objects that are not there yet: with what they could have been used for before, it is
    /// ten times what making them takes.
    fn pays(&self, work: u64) -> bool {
        let mut pays = true;
        for (_, from) in self.names.iter() {
            if *from == 0 {
                continue;
            }
            let region = region(*from);
            if region.name.is_none() {
                if region.price == 0 {
                    region.price = (region.price_of)(region.start, region.end);
                }
                region.saved = region.saved.saturating_add(work);
                pays &= region.saved / WORTH >= region.price;
            }
        }
        pays
    }
}

/// A promise by its number, from 1.
#[inline(never)]
fn region(number: usize) -> &'static mut Region {
    &mut state().regions_shared[number - 1]
}

/// Makes a value an object for the runs of a loop that stands for so much work, 0 if that does not matter. `None`: it is less
/// than what that takes.
pub fn put_if_worth<T>(value: &T, shares: &mut Shares, work: u64) -> Option<Name> {
    if unsafe { i::is_plain::<T>() } {
        return Some(object::put(value));
    }
    put_root(Root::of(value), shares, work)
}

#[inline(never)]
fn put_root(root: Root, shares: &mut Shares, work: u64) -> Option<Name> {
    let record = record(root, shares as *mut Shares);
    if work != 0 && (!shares.pays(work) || work / WORTH < record.len() as u64 * COPIED) {
        return None;
    }
    shares.make();
    shares.size += record.len();
    Some(object::put_finished(record))
}

/// Adds what a call would be given to what `pay` judges; nothing is made of it yet.
#[lang = "share_weigh"]
pub fn weigh<T>(value: &T, shares: &mut Shares) {
    if !unsafe { i::is_plain::<T>() } {
        weigh_root(Root::of(value), shares)
    }
}

#[inline(never)]
fn weigh_root(root: Root, shares: &mut Shares) {
    shares.size += record(root, shares as *mut Shares).len();
}

/// Whether a call that stands for so much work pays for making objects of what it is given.
#[lang = "shares_pay"]
pub fn pay(shares: &mut Shares, work: u64) -> bool {
    shares.pays(work) && work / WORTH >= shares.size as u64 * COPIED
}

/// Makes a value an object for a run; what it refers to and is shared becomes an object of its own.
#[lang = "share_put"]
pub fn put<T>(value: &T, shares: &mut Shares) -> Name {
    if unsafe { i::is_plain::<T>() } {
        return object::put(value);
    }
    let name = object::put_record(Root::of(value), shares as *mut Shares);
    shares.make();
    name
}

/// Where the elements of the shared object that is input `k` are.
fn base(k: usize) -> usize {
    for given in state().given_shared.iter() {
        if given.input == k {
            return given.start;
        }
    }
    let record = unsafe { i::slice_ptr(object::input_bytes(k) as *const [u8]) };
    let root = root_in_place(record, k, usize::MAX);
    let elements = unsafe { i::read(root as *const &[u8]) };
    let start = unsafe { i::slice_ptr(elements as *const [u8]) } as usize;
    // They lie in P behind the root, or in D.
    let p_end = root as usize + unsafe { copied_by_thaw(record) };
    let d_end = record as usize + object::input_bytes(k).len();
    let end = if start >= root as usize && start < p_end { p_end } else { d_end };
    state().given_shared.push(Given { start, end, input: k });
    start
}

/// The root of the record that is input `k`, which nobody changes: where the host keeps it for all runs, or thawed.
fn root_in_place(record: *const u8, k: usize, shared: usize) -> *const u8 {
    if unsafe { copied_by_thaw(record) } >= WORTH_SHARING {
        if let Some(root) = object::input_addressed(k, shared) {
            return root;
        }
    }
    unsafe { thaw_root(record, shared, false) }
}

/// Input `k`, a value that only shows others and is given to many runs. Its shared objects begin with input `shared`.
pub fn input_shown<T>(k: usize, shared: usize) -> T {
    let start = unsafe { i::slice_ptr(object::input_bytes(k) as *const [u8]) };
    if unsafe { i::is_plain::<T>() } {
        return unsafe { i::read(start as *const T) };
    }
    unsafe { i::read(root_in_place(start, k, shared) as *const T) }
}

/// The address a marked word of a record stands for, in a run whose shared objects begin with input `first`.
pub fn address(word: usize, first: usize) -> usize {
    let word = word & !(SHARED as usize);
    base(first + (word >> NUMBER)) + (word & ((1 << NUMBER) - 1))
}
