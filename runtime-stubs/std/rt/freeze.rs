//! Values as bytes that another task can use in place: the record form.
//!
//! ```text
//!  0  u64  length of P in bytes, a multiple of 8; the root is at its start
//!  8  u64  offset of D, a multiple of 16
//! 16  u64  offset of the bitmap, a multiple of 8
//! 24  u64  size of the root
//! 32  P    the root, then every element that holds a pointer
//!     D    pointer-free payload
//!     bitmap, one bit for each 8-byte word of P, lowest bit first: this word is an offset from the record's start
//! ```
//! Little-endian, padding zero. Thawing copies P to the heap and adds to each marked word the address its target
//! now has: the copy's if the target is in P, the record's own if it is in D, which stays where it is.

use super::heap::keep;
use crate::intrinsics as i;
use crate::prelude::v1::*;

pub const HEADER: usize = 32;
/// Marks a word that points into D while D's final offset is not known yet.
const IN_D: u64 = 1 << 63;

/// A record under construction. Compiler-made glue calls its methods; offsets of P and D count from their starts.
#[lang = "freezer"]
pub struct Freezer {
    p: Vec<u8>,
    d: Vec<u8>,
    marks: Vec<u64>,
}

impl Freezer {
    pub fn new() -> Freezer {
        Freezer { p: Vec::new(), d: Vec::new(), marks: Vec::new() }
    }
    /// Room for a value that holds pointers, zeroed.
    #[inline(never)]
    pub fn reserve_p(&mut self, size: usize, align: usize) -> usize {
        let align = if align < 8 { 8 } else { align };
        let at = (self.p.len() + align - 1) & !(align - 1);
        self.p.resize(at + size, 0);
        at
    }
    /// Copies pointer-free bytes.
    #[inline(never)]
    pub fn reserve_d(&mut self, ptr: *const u8, len: usize, align: usize) -> usize {
        let at = (self.d.len() + align - 1) & !(align - 1);
        self.d.resize(at, 0);
        self.d.extend_from_slice(unsafe { i::slice_from_raw_parts(ptr, len) });
        at
    }
    /// Writes plain bytes of a value in P.
    #[inline(never)]
    pub fn put_bytes(&mut self, at: usize, ptr: *const u8, len: usize) {
        unsafe { i::copy_nonoverlapping(ptr, self.p.as_mut_ptr().add(at), len) }
    }
    /// Writes a pointer in P. The address of no elements is written with `put_bytes` instead.
    #[inline(never)]
    pub fn put_pointer(&mut self, at: usize, target: usize, in_d: bool) {
        let word = if in_d { target as u64 | IN_D } else { (target + HEADER) as u64 };
        unsafe { i::write(self.p.as_mut_ptr().add(at) as *mut u64, word) };
        let index = at >> 3;
        while self.marks.len() <= index >> 6 {
            self.marks.push(0);
        }
        self.marks[index >> 6] |= 1u64 << (index & 63);
    }
    /// Writes the header and joins the parts.
    #[inline(never)]
    pub fn finish(mut self, root: usize) -> Vec<u8> {
        let p_len = (self.p.len() + 7) & !7;
        self.p.resize(p_len, 0);
        let words = p_len >> 3;
        let bitmap_words = (words + 63) >> 6;
        self.marks.resize(bitmap_words, 0);
        let d_at = (HEADER + p_len + 15) & !15;
        let bitmap_at = (d_at + self.d.len() + 7) & !7;
        let mut w = 0;
        while w < words {
            if self.marks[w >> 6] >> (w & 63) & 1 == 1 {
                let slot = unsafe { self.p.as_mut_ptr().add(w * 8) as *mut u64 };
                let value = unsafe { i::read(slot as *const u64) };
                if value & IN_D != 0 {
                    unsafe { i::write(slot, (value & !IN_D) + d_at as u64) };
                }
            }
            w += 1;
        }
        let mut out: Vec<u8> = Vec::new();
        out.resize(bitmap_at + bitmap_words * 8, 0);
        unsafe {
            let start = out.as_mut_ptr();
            let header = start as *mut u64;
            i::write(header, p_len as u64);
            i::write(header.add(1), d_at as u64);
            i::write(header.add(2), bitmap_at as u64);
            i::write(header.add(3), root as u64);
            i::copy_nonoverlapping(self.p.as_ptr(), start.add(HEADER), p_len);
            i::copy_nonoverlapping(self.d.as_ptr(), start.add(d_at), self.d.len());
            i::copy_nonoverlapping(self.marks.as_ptr() as *const u8, start.add(bitmap_at), bitmap_words * 8);
        }
        out
    }
}

/// The record form of a value.
#[lang = "rt_freeze"]
pub fn freeze<T>(value: &T) -> Vec<u8> {
    let mut out = Freezer::new();
    let size = crate::mem::size_of::<T>();
    let at = out.reserve_p(size, crate::mem::align_of::<T>());
    unsafe { i::freeze_glue(value as *const T, &mut out, at) };
    out.finish(size)
}

/// The value whose record form is at `ptr`; the record must outlive it.
#[lang = "rt_thaw"]
pub unsafe fn thaw<T>(ptr: *const u8, _len: usize) -> T {
    unsafe { i::read(thaw_root(ptr) as *const T) }
}

/// Copies P to the heap, its pointers made addresses; gives where the root now is.
#[inline(never)]
unsafe fn thaw_root(ptr: *const u8) -> *mut u8 {
    unsafe {
        let header = ptr as *const u64;
        let p_len = i::read(header) as usize;
        let d_at = i::read(header.add(1)) as usize;
        let bitmap = ptr.add(i::read(header.add(2)) as usize) as *const u64;
        let copy = keep(p_len);
        i::copy_nonoverlapping(ptr.add(HEADER), copy, p_len);
        let words = p_len >> 3;
        let mut base = 0;
        while base < words {
            let mut bits = i::read(bitmap.add(base >> 6));
            while bits != 0 {
                let w = base + bits.trailing_zeros() as usize;
                bits &= bits - 1;
                let slot = copy.add(w * 8) as *mut usize;
                let offset = i::read(slot as *const usize);
                let address = if offset < d_at { copy as usize + (offset - HEADER) } else { ptr as usize + offset };
                i::write(slot, address);
            }
            base += 64;
        }
        copy
    }
}
