//! The heap: bump allocation over granted regions, freed blocks kept in lists by size class.
//!
//! A block's size is a function of the size asked for, so no header is needed. Freeing an address outside the heap
//! does nothing: thawed values point into mapped inputs. Alignments above 16 are served by the bump pointer only and
//! never reused.

use super::{CLASSES, CODE_HEAP, MAX_REGIONS, State, abi, fail, state};
use crate::intrinsics as i;
use crate::prelude::v1::*;

/// The size class of a request and the size of its blocks. Classes 0..64 step by 16, later ones by a quarter.
fn class_of(size: usize) -> (usize, usize) {
    if size <= 1024 {
        let c = if size == 0 { 0 } else { (size - 1) >> 4 };
        return (c, (c + 1) << 4);
    }
    let top = 63 - (size - 1).leading_zeros() as usize;
    let quarter = top - 2;
    let step = (size - 1) >> quarter;
    let class = 64 + ((top - 10) << 2) + (step - 4);
    (class, (step + 1) << quarter)
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
    s.regions += 1;
    s.granted += cap;
}

fn owns(s: &State, addr: usize) -> bool {
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
    at as *mut u8
}

#[lang = "exchange_malloc"]
pub fn __rust_alloc(size: usize, align: usize) -> *mut u8 {
    let s = state();
    if align <= 16 && size <= (1 << 46) {
        let (class, block) = class_of(size);
        let head = s.free[class];
        if head != 0 {
            s.free[class] = unsafe { i::read(head as *const usize) };
            return head as *mut u8;
        }
        if (s.end as usize) - (s.bump as usize) < block {
            grow(s, block);
        }
        let p = s.bump;
        s.bump = unsafe { p.add(block) };
        return p;
    }
    if size > (1 << 46) {
        fail(CODE_HEAP, 0, "out of memory", size as u64);
    }
    let mut at = (s.bump as usize + align - 1) & !(align - 1);
    if at + size > s.end as usize {
        grow(s, size + align);
        at = (s.bump as usize + align - 1) & !(align - 1);
    }
    s.bump = ((at + size + 15) & !15) as *mut u8;
    at as *mut u8
}

#[inline(never)]
pub fn __rust_dealloc(ptr: *mut u8, size: usize, align: usize) {
    let s = state();
    let addr = ptr as usize;
    if size == 0 || align > 16 || !owns(s, addr) {
        return;
    }
    let (class, _) = class_of(size);
    if class < CLASSES {
        unsafe { i::write(addr as *mut usize, s.free[class]) };
        s.free[class] = addr;
    }
}

#[inline(never)]
pub fn __rust_realloc(ptr: *mut u8, old: usize, align: usize, new: usize) -> *mut u8 {
    let s = state();
    if align <= 16 && owns(s, ptr as usize) {
        let (old_class, old_block) = class_of(old);
        let (new_class, new_block) = class_of(new);
        if old_class == new_class {
            return ptr;
        }
        // The last block of the region grows in place.
        if ptr as usize + old_block == s.bump as usize && ptr as usize + new_block <= s.end as usize {
            s.bump = unsafe { ptr.add(new_block) };
            return ptr;
        }
    }
    let fresh = __rust_alloc(new, align);
    let n = if old < new { old } else { new };
    unsafe { i::copy_nonoverlapping(ptr as *const u8, fresh, n) };
    __rust_dealloc(ptr, old, align);
    fresh
}
