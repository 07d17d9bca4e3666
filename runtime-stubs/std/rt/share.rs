//! Memory that several runs read: it becomes one object, however often a value that refers to it is frozen.
//!
//! In: a promise of the code inference made, that the elements of a slice do not change until it says so. Out: an object
//! for those elements, made when the first value refers to them. A value frozen for a run then holds references into
//! that object, which becomes one more input of the run.

use super::abi::Name;
use super::freeze::{Root, thaw};
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
    /// The object they are, once something referred to them, and how much of it is copied where it is used.
    name: Option<(Name, usize)>,
    make: fn(usize, usize) -> (Name, usize),
}

/// Promises that elements do not change. `slot` is what the last promise about them gave, 0 if there is none.
#[lang = "share_slice"]
pub fn share_slice<T>(slot: usize, elements: &[T]) -> usize {
    let start = unsafe { i::slice_ptr(elements as *const [T]) } as usize;
    share_bytes(slot, start, elements.len() * crate::mem::size_of::<T>(), make::<T>)
}

#[inline(never)]
fn share_bytes(slot: usize, start: usize, size: usize, make: fn(usize, usize) -> (Name, usize)) -> usize {
    if slot != 0 || size < WORTH_SHARING {
        return slot;
    }
    let regions = &mut state().regions_shared;
    regions.push(Region { start, end: start + size, name: None, make });
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

fn make<T>(start: usize, end: usize) -> (Name, usize) {
    let len = (end - start) / crate::mem::size_of::<T>();
    let elements: &[T] = unsafe { i::slice_from_raw_parts(start as *const T, len) };
    object::put_record(Root::of(&elements), 0 as *mut Shares)
}

/// Objects that the values frozen for one run refer to, in the order of their first mention.
#[lang = "shares"]
pub struct Shares {
    names: Vec<Name>,
    /// Bytes that each run copies before it can use them.
    copied: usize,
}

#[lang = "shares_none"]
pub fn none() -> Shares {
    Shares { names: Vec::new(), copied: 0 }
}

impl Shares {
    pub fn names(&self) -> &[Name] {
        self.names.as_slice()
    }
    /// Bytes that each run copies before it can use what it is given.
    pub fn copied(&self) -> usize {
        self.copied
    }
    /// What stands for an address in a record, if the bytes there are part of a shared object.
    pub fn find(&mut self, address: usize, len: usize) -> Option<usize> {
        let regions = &mut state().regions_shared;
        let mut k = 0;
        while k < regions.len() {
            let (start, end) = (regions[k].start, regions[k].end);
            if address >= start && address + len <= end {
                let (name, copied) = match regions[k].name {
                    Some(made) => made,
                    None => {
                        let made = (regions[k].make)(start, end);
                        regions[k].name = Some(made);
                        made
                    }
                };
                return Some((SHARED as usize) | self.number(name, copied) << NUMBER | (address - start));
            }
            k += 1;
        }
        None
    }
    fn number(&mut self, name: Name, copied: usize) -> usize {
        let mut k = 0;
        while k < self.names.len() {
            if self.names[k] == name {
                return k;
            }
            k += 1;
        }
        self.names.push(name);
        self.copied += copied;
        k
    }
}

/// Makes a value an object for a run; what it refers to and is shared becomes an object of its own.
#[lang = "share_put"]
pub fn put<T>(value: &T, shares: &mut Shares) -> Name {
    if unsafe { i::is_plain::<T>() } {
        return object::put(value);
    }
    let (name, copied) = object::put_record(Root::of(value), shares as *mut Shares);
    shares.copied += copied;
    name
}

/// Where the elements of the shared object that is input `k` are.
pub fn base(k: usize) -> usize {
    let bases = &mut state().bases_shared;
    while bases.len() <= k {
        bases.push(0);
    }
    if bases[k] == 0 {
        let record = unsafe { i::slice_ptr(object::input_bytes(k) as *const [u8]) };
        let elements: &[u8] = unsafe { thaw(record, usize::MAX) };
        state().bases_shared[k] = unsafe { i::slice_ptr(elements as *const [u8]) } as usize;
    }
    state().bases_shared[k]
}

/// The address a marked word of a record stands for, in a run whose shared objects begin with input `first`.
pub fn address(word: usize, first: usize) -> usize {
    let word = word & !(SHARED as usize);
    base(first + (word >> NUMBER)) + (word & ((1 << NUMBER) - 1))
}
