//! The heap: bump allocation over granted regions, freed blocks kept in lists by size class.
//!
//! A block's size is a function of the size asked for, so no header is needed. Freeing an address outside the heap
//! does nothing: thawed values point into mapped inputs. Alignments above 16 are served by the bump pointer only and
//! never reused.

use super::{CODE_HEAP, MAX_REGIONS, State, abi, fail, state};
use crate::intrinsics as i;
use crate::prelude::v1::*;

/// Requests up to this size are served from lists of multiples of 16 bytes.
const SMALL: usize = 1024;

/// The size class of a request and the size of its blocks. Classes 0..=64 step by 16, later ones by a quarter.
fn class_of(size: usize) -> (usize, usize) {
    if size <= SMALL {
        let c = small_class(size);
        return (c, c << 4);
    }
    let top = 63 - (size - 1).leading_zeros() as usize;
    let quarter = top - 2;
    let step = (size - 1) >> quarter;
    let class = 65 + ((top - 10) << 2) + (step - 4);
    (class, (step + 1) << quarter)
}

fn small_class(size: usize) -> usize {
    unsafe { i::wrapping_add(size, 15) >> 4 }
}

/// The first free block of a class, which holds the address of the next.
fn list(s: &mut State, class: usize) -> &mut usize {
    unsafe { &mut *(&raw mut s.free as *mut usize).add(class) }
}

fn grow(s: &mut State, need: usize) {
    let mut want = s.granted;
    if want < need {
        want = need;
    }
    if want < 65536 {
        want = 65536;
    }
    if s.regions >= MAX_REGIONS {
        fail(CODE_HEAP, 0, "out of memory", need as u64);
    }
    let mut buf = abi::Buf::empty();
    let r = unsafe { i::host_call(abi::GRANT, abi::GRANT_HEAP, 0, want, &mut buf as *mut abi::Buf as usize) };
    if r < 0 {
        // The host may refuse a doubling and still have what is needed now.
        let r = unsafe { i::host_call(abi::GRANT, abi::GRANT_HEAP, 0, need, &mut buf as *mut abi::Buf as usize) };
        if r < 0 {
            fail(CODE_HEAP, 0, "out of memory", need as u64);
        }
    }
    let cap = buf.cap as usize;
    s.bump = buf.ptr;
    s.end = unsafe { buf.ptr.add(cap) };
    s.low[s.regions] = buf.ptr as usize;
    s.high[s.regions] = buf.ptr as usize + cap;
    s.last_low = buf.ptr as usize;
    s.last_size = cap;
    s.regions += 1;
    s.granted += cap;
}

/// Whether an address lies in the last region, which is as large as all others together.
fn is_in_last(s: &State, addr: usize) -> bool {
    unsafe { i::wrapping_sub(addr, s.last_low) < s.last_size }
}

fn owns(s: &State, addr: usize) -> bool {
    if is_in_last(s, addr) {
        return true;
    }
    let mut k = s.regions;
    while k > 0 {
        k -= 1;
        if addr >= s.low[k] && addr < s.high[k] {
            return true;
        }
    }
    false
}

/// Memory for a value that was made elsewhere in one piece. Its parts are freed one by one and have no size class, so it is
/// taken from the end of a region and counts as outside the heap: freeing in it does nothing.
pub fn keep(size: usize) -> *mut u8 {
    let s = state();
    let need = size + 32;
    if (s.end as usize) - (s.bump as usize) < need {
        grow(s, need);
    }
    let at = (s.end as usize - size) & !15;
    s.end = at as *mut u8;
    s.high[s.regions - 1] = at;
    s.last_size = at - s.last_low;
    at as *mut u8
}

/// Memory for one value: what is free in its class is taken where the call stands.
#[inline]
pub fn alloc_one(size: usize, align: usize) -> *mut u8 {
    if size <= SMALL && align <= 16 {
        let first = list(state(), small_class(size));
        let block = *first;
        if block != 0 {
            *first = unsafe { i::read(block as *const usize) };
            return block as *mut u8;
        }
    }
    __rust_alloc(size, align)
}

/// Frees what `alloc_one` gave; `size` is not 0.
#[inline]
pub fn free_one(ptr: *mut u8, size: usize) {
    let s = state();
    let addr = ptr as usize;
    if size <= SMALL && is_in_last(s, addr) {
        let first = list(s, small_class(size));
        unsafe { i::write(addr as *mut usize, *first) };
        *first = addr;
    } else {
        __rust_dealloc(ptr, size, 16);
    }
}

#[lang = "exchange_malloc"]
#[inline(never)]
pub fn __rust_alloc(size: usize, align: usize) -> *mut u8 {
    let s = state();
    if size > (1 << 46) {
        fail(CODE_HEAP, 0, "out of memory", size as u64);
    }
    let (class, block) = class_of(size);
    if align <= 16 {
        let first = list(s, class);
        let head = *first;
        if head != 0 {
            *first = unsafe { i::read(head as *const usize) };
            return head as *mut u8;
        }
        if unsafe { i::wrapping_sub(s.end as usize, s.bump as usize) } < block {
            grow(s, block);
        }
        let p = s.bump;
        s.bump = unsafe { p.add(block) };
        return p;
    }
    // Room for a whole block of its class, in case it is freed as one.
    let mut at = (s.bump as usize + align - 1) & !(align - 1);
    if at + block > s.end as usize {
        grow(s, block + align);
        at = (s.bump as usize + align - 1) & !(align - 1);
    }
    s.bump = ((at + block + 15) & !15) as *mut u8;
    at as *mut u8
}

#[inline(never)]
pub fn __rust_dealloc(ptr: *mut u8, size: usize, align: usize) {
    let s = state();
    let addr = ptr as usize;
    if size == 0 || align > 16 || !owns(s, addr) {
        return;
    }
    let first = list(s, class_of(size).0);
    unsafe { i::write(addr as *mut usize, *first) };
    *first = addr;
}

#[inline(never)]
pub fn __rust_realloc(ptr: *mut u8, old: usize, align: usize, new: usize) -> *mut u8 {
    let s = state();
    let is_ours = align <= 16 && owns(s, ptr as usize);
    let (old_class, old_block) = class_of(old);
    if is_ours {
        let (new_class, new_block) = class_of(new);
        if old_class == new_class {
            return ptr;
        }
        // The last block of the region grows in place.
        let next = unsafe { i::wrapping_add(ptr as usize, old_block) };
        let room = unsafe { i::wrapping_sub(s.end as usize, ptr as usize) };
        if next == s.bump as usize && new_block <= room {
            s.bump = unsafe { ptr.add(new_block) };
            return ptr;
        }
    }
    let fresh = alloc_one(new, align);
    let n = if old < new { old } else { new };
    unsafe { i::copy_nonoverlapping(ptr as *const u8, fresh, n) };
    if is_ours && old != 0 {
        let first = list(s, old_class);
        unsafe { i::write(ptr as *mut usize, *first) };
        *first = ptr as usize;
    }
    fresh
}
