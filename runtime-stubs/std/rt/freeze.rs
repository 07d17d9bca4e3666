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
//! now has: the copy's if the target is in P, the record's own if it is in D, which stays where it is. A marked word with
//! bit 62 set refers to a shared object (`share`): bits 40 to 61 its number, below them the offset in its elements.

use super::heap::keep;
use super::share::{self, SHARED, Shares};
use crate::intrinsics as i;
use crate::prelude::v1::*;

pub const HEADER: usize = 32;
/// Marks a word that points into D while D's final offset is not known yet.
const IN_D: u64 = 1 << 63;
/// The same for payload that is copied at the end only.
const IN_PIECES: u64 = 1 << 61;
/// From this length on payload is copied at the end only: until then a note of it is kept, which is shorter.
const PIECE: usize = 32;
/// Less than this is not looked for in shared objects.
const WORTH_FINDING: usize = 256;
/// Short payload is gathered in blocks of this size, each of which is filled and left: a buffer that grows would touch fresh
/// memory again and again.
const BLOCK: usize = 64 << 10;
/// No address in a record.
const NOWHERE: usize = usize::MAX;

/// A record under construction. Compiler-made glue calls its methods; offsets of P and D count from their starts.
#[lang = "freezer"]
pub struct Freezer {
    p: Vec<u8>,
    /// Full blocks of short payload, and the one that is filled.
    blocks: Vec<Vec<u8>>,
    d: Vec<u8>,
    marks: Vec<u64>,
    /// Payload that comes after the short one.
    pieces: Vec<Piece>,
    pieces_len: usize,
    /// Null if everything is to be copied.
    shares: *mut Shares,
    /// Values with room in P that are still to be written: of types that contain themselves, so that a long list takes no
    /// more stack than a short one.
    later: Vec<Later>,
}

/// Payload where it is now, and its offset behind the short payload. Nothing changes before it is copied.
struct Piece {
    from: *const u8,
    len: usize,
    at: usize,
}

/// A value, its offset in P, and the glue that writes it.
struct Later {
    value: *const u8,
    at: usize,
    write: fn(*const u8, &mut Freezer, usize),
}

/// Where the parts of a finished record are.
struct Plan {
    p_len: usize,
    d_at: usize,
    pieces_at: usize,
    bitmap_at: usize,
    total: usize,
}

impl Freezer {
    pub fn new(shares: *mut Shares) -> Freezer {
        Freezer {
            p: Vec::new(),
            blocks: Vec::new(),
            d: Vec::new(),
            marks: Vec::new(),
            pieces: Vec::new(),
            pieces_len: 0,
            shares,
            later: Vec::new(),
        }
    }
    /// Room for a value that holds pointers, zeroed.
    #[inline(never)]
    pub fn reserve_p(&mut self, size: usize, align: usize) -> usize {
        let align = if align < 8 { 8 } else { align };
        let at = (self.p.len() + align - 1) & !(align - 1);
        self.p.resize(at + size, 0);
        at
    }
    /// Copies pointer-free bytes, unless they are shared.
    #[inline(never)]
    pub fn reserve_d(&mut self, ptr: *const u8, len: usize, align: usize) -> usize {
        let shared = self.shared(ptr, len);
        if shared != NOWHERE {
            return shared;
        }
        if len >= PIECE {
            let at = (self.pieces_len + align - 1) & !(align - 1);
            self.pieces.push(Piece { from: ptr, len, at });
            self.pieces_len = at + len;
            return at | IN_PIECES as usize;
        }
        let mut at = (self.d.len() + align - 1) & !(align - 1);
        if at + len > BLOCK {
            self.d.resize(BLOCK, 0);
            self.blocks.push(crate::mem::replace(&mut self.d, Vec::with_capacity(BLOCK)));
            at = 0;
        }
        self.d.resize(at, 0);
        self.d.extend_from_slice(unsafe { i::slice_from_raw_parts(ptr, len) });
        self.blocks.len() * BLOCK + at
    }
    /// What stands for the bytes there if they are part of a shared object; else the highest number.
    #[inline(never)]
    pub fn shared(&mut self, ptr: *const u8, len: usize) -> usize {
        if self.shares.is_null() || len < WORTH_FINDING {
            return NOWHERE;
        }
        match unsafe { (*self.shares).find(ptr as usize, len) } {
            Some(word) => word,
            None => NOWHERE,
        }
    }
    /// Leaves a value to be written when those begun are done.
    #[inline(never)]
    pub fn defer(&mut self, value: *const u8, at: usize, write: fn(*const u8, &mut Freezer, usize)) {
        self.later.push(Later { value, at, write });
    }
    #[inline(never)]
    fn write_later(&mut self) {
        while let Some(next) = self.later.pop() {
            (next.write)(next.value, self, next.at);
        }
    }
    /// Writes plain bytes of a value in P.
    #[inline(never)]
    pub fn put_bytes(&mut self, at: usize, ptr: *const u8, len: usize) {
        unsafe { i::copy_nonoverlapping(ptr, self.p.as_mut_ptr().add(at), len) }
    }
    /// Writes a pointer in P. The address of no elements is written with `put_bytes` instead.
    #[inline(never)]
    pub fn put_pointer(&mut self, at: usize, target: usize, in_d: bool) {
        let target = target as u64;
        let word = if target & (SHARED | IN_PIECES) != 0 {
            target
        } else if in_d {
            target | IN_D
        } else {
            target + HEADER as u64
        };
        unsafe { i::write(self.p.as_mut_ptr().add(at) as *mut u64, word) };
        let index = at >> 3;
        while self.marks.len() <= index >> 6 {
            self.marks.push(0);
        }
        self.marks[index >> 6] |= 1u64 << (index & 63);
    }
    /// Decides where the parts go and makes the pointers into D final.
    #[inline(never)]
    fn plan(&mut self) -> Plan {
        let p_len = (self.p.len() + 7) & !7;
        self.p.resize(p_len, 0);
        let words = p_len >> 3;
        let bitmap_words = (words + 63) >> 6;
        self.marks.resize(bitmap_words, 0);
        let d_at = (HEADER + p_len + 15) & !15;
        let short_end = d_at + self.blocks.len() * BLOCK + self.d.len();
        let pieces_at = (short_end + 15) & !15;
        let d_end = if self.pieces_len == 0 { short_end } else { pieces_at + self.pieces_len };
        let bitmap_at = (d_end + 7) & !7;
        let mut base = 0;
        while base < words {
            let mut bits = self.marks[base >> 6];
            while bits != 0 {
                let w = base + bits.trailing_zeros() as usize;
                bits &= bits - 1;
                let slot = unsafe { self.p.as_mut_ptr().add(w * 8) as *mut u64 };
                let value = unsafe { i::read(slot as *const u64) };
                if value & IN_D != 0 {
                    unsafe { i::write(slot, (value & !IN_D) + d_at as u64) };
                } else if value & IN_PIECES != 0 {
                    unsafe { i::write(slot, (value & !IN_PIECES) + pieces_at as u64) };
                }
            }
            base += 64;
        }
        Plan { p_len, d_at, pieces_at, bitmap_at, total: bitmap_at + bitmap_words * 8 }
    }
    /// Writes the header and joins the parts at `start`, which has room for all of them.
    #[inline(never)]
    unsafe fn write(&self, plan: &Plan, root: usize, start: *mut u8) {
        unsafe {
            let header = start as *mut u64;
            i::write(header, plan.p_len as u64);
            i::write(header.add(1), plan.d_at as u64);
            i::write(header.add(2), plan.bitmap_at as u64);
            i::write(header.add(3), root as u64);
            i::copy_nonoverlapping(self.p.as_ptr(), start.add(HEADER), plan.p_len);
            clear(start, HEADER + plan.p_len, plan.d_at);
            let mut end = plan.d_at;
            for block in self.blocks.iter() {
                i::copy_nonoverlapping(block.as_ptr(), start.add(end), BLOCK);
                end += BLOCK;
            }
            i::copy_nonoverlapping(self.d.as_ptr(), start.add(end), self.d.len());
            end += self.d.len();
            for piece in self.pieces.iter() {
                let at = plan.pieces_at + piece.at;
                clear(start, end, at);
                i::copy_nonoverlapping(piece.from, start.add(at), piece.len);
                end = at + piece.len;
            }
            clear(start, end, plan.bitmap_at);
            let bitmap = start.add(plan.bitmap_at);
            i::copy_nonoverlapping(self.marks.as_ptr() as *const u8, bitmap, plan.total - plan.bitmap_at);
        }
    }
}

/// Padding.
unsafe fn clear(start: *mut u8, from: usize, to: usize) {
    unsafe { i::write_bytes(start.add(from), 0, to - from) }
}

/// A value whose type is forgotten: what is done for values of all types is then there once.
#[derive(Clone, Copy)]
pub struct Root {
    value: *const u8,
    size: usize,
    align: usize,
    glue: fn(*const u8, &mut Freezer, usize),
}

impl Root {
    pub fn of<T>(value: &T) -> Root {
        let (size, align) = (crate::mem::size_of::<T>(), crate::mem::align_of::<T>());
        Root { value: value as *const T as *const u8, size, align, glue: glue::<T> }
    }
}

fn glue<T>(value: *const u8, out: &mut Freezer, at: usize) {
    unsafe { i::freeze_glue(value as *const T, out, at) }
}

/// The record of a value, ready to be written.
pub fn record(root: Root, shares: *mut Shares) -> Record {
    let mut out = Freezer::new(shares);
    let at = out.reserve_p(root.size, root.align);
    (root.glue)(root.value, &mut out, at);
    out.write_later();
    Record { plan: out.plan(), parts: out, root: root.size }
}

/// A finished record in parts.
pub struct Record {
    parts: Freezer,
    plan: Plan,
    root: usize,
}

impl Record {
    pub fn len(&self) -> usize {
        self.plan.total
    }
    /// Joins the parts at `start`, where there is room for all of them.
    pub unsafe fn write(&self, start: *mut u8) {
        unsafe { self.parts.write(&self.plan, self.root, start) }
    }
}

/// The value whose record form is at `ptr`; the record must outlive it. If it refers to shared objects, they begin with
/// input `shared`.
#[lang = "rt_thaw"]
pub unsafe fn thaw<T>(ptr: *const u8, shared: usize) -> T {
    unsafe { i::read(thaw_root(ptr, shared, false) as *const T) }
}

/// The same as a value that may be changed: its payload is copied too.
pub unsafe fn thaw_owned<T>(ptr: *const u8, shared: usize) -> T {
    unsafe { i::read(thaw_root(ptr, shared, true) as *const T) }
}

/// The length of P of the record at `ptr`, which is what thawing copies.
pub unsafe fn copied_by_thaw(ptr: *const u8) -> usize {
    unsafe { i::read(ptr as *const u64) as usize }
}

/// Copies P to the heap, its pointers made addresses, and D too if the value is to be `owned`; gives where the root now is.
#[inline(never)]
pub unsafe fn thaw_root(ptr: *const u8, shared: usize, owned: bool) -> *const u8 {
    unsafe {
        let header = ptr as *const u64;
        let p_len = i::read(header) as usize;
        let d_at = i::read(header.add(1)) as usize;
        let bitmap_at = i::read(header.add(2)) as usize;
        let bitmap = ptr.add(bitmap_at) as *const u64;
        let mut payload = ptr as usize + d_at;
        if owned && bitmap_at > d_at {
            let own = keep(bitmap_at - d_at);
            i::copy_nonoverlapping(ptr.add(d_at), own, bitmap_at - d_at);
            payload = own as usize;
        }
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
                let address = if offset < d_at {
                    copy as usize + (offset - HEADER)
                } else if offset as u64 & SHARED == 0 {
                    payload + (offset - d_at)
                } else {
                    share::address(offset, shared)
                };
                i::write(slot, address);
            }
            base += 64;
        }
        copy as *const u8
    }
}
