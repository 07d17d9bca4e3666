//! Hashing. `DefaultHasher` is SipHash-1-3 with zero keys, as in Rust, so that programs that print hashes agree.

use crate::borrow::{Cow, ToOwned};
use crate::fmt;
use crate::intrinsics as i;
use crate::marker::PhantomData;
use crate::prelude::v1::*;

pub trait Hash {
    fn hash<H: Hasher>(&self, state: &mut H);
    fn hash_slice<H: Hasher>(data: &[Self], state: &mut H)
    where
        Self: Sized,
    {
        for piece in data {
            piece.hash(state);
        }
    }
}

pub trait Hasher {
    fn finish(&self) -> u64;
    fn write(&mut self, bytes: &[u8]);
    fn write_u8(&mut self, i: u8) {
        self.write(&[i])
    }
    fn write_u16(&mut self, i: u16) {
        self.write(&i.to_ne_bytes())
    }
    fn write_u32(&mut self, i: u32) {
        self.write(&i.to_ne_bytes())
    }
    fn write_u64(&mut self, i: u64) {
        self.write(&i.to_ne_bytes())
    }
    fn write_u128(&mut self, i: u128) {
        self.write(&i.to_ne_bytes())
    }
    fn write_usize(&mut self, i: usize) {
        self.write(&i.to_ne_bytes())
    }
    fn write_i8(&mut self, i: i8) {
        self.write_u8(i as u8)
    }
    fn write_i16(&mut self, i: i16) {
        self.write_u16(i as u16)
    }
    fn write_i32(&mut self, i: i32) {
        self.write_u32(i as u32)
    }
    fn write_i64(&mut self, i: i64) {
        self.write_u64(i as u64)
    }
    fn write_i128(&mut self, i: i128) {
        self.write_u128(i as u128)
    }
    fn write_isize(&mut self, i: isize) {
        self.write_usize(i as usize)
    }
}
impl<H: Hasher + ?Sized> Hasher for &mut H {
    fn finish(&self) -> u64 {
        (**self).finish()
    }
    fn write(&mut self, bytes: &[u8]) {
        (**self).write(bytes)
    }
    fn write_u8(&mut self, i: u8) {
        (**self).write_u8(i)
    }
    fn write_u32(&mut self, i: u32) {
        (**self).write_u32(i)
    }
    fn write_u64(&mut self, i: u64) {
        (**self).write_u64(i)
    }
    fn write_usize(&mut self, i: usize) {
        (**self).write_usize(i)
    }
}

pub trait BuildHasher {
    type Hasher: Hasher;
    fn build_hasher(&self) -> Self::Hasher;
    fn hash_one<T: Hash>(&self, x: T) -> u64
    where
        Self: Sized,
    {
        let mut hasher = self.build_hasher();
        x.hash(&mut hasher);
        hasher.finish()
    }
}

pub struct BuildHasherDefault<H>(PhantomData<H>);
impl<H> BuildHasherDefault<H> {
    pub const fn new() -> Self {
        BuildHasherDefault(PhantomData)
    }
}
impl<H: Default + Hasher> BuildHasher for BuildHasherDefault<H> {
    type Hasher = H;
    fn build_hasher(&self) -> H {
        H::default()
    }
}
impl<H> Clone for BuildHasherDefault<H> {
    fn clone(&self) -> Self {
        BuildHasherDefault(PhantomData)
    }
}
impl<H> Default for BuildHasherDefault<H> {
    fn default() -> Self {
        BuildHasherDefault(PhantomData)
    }
}

/// What maps hash with: fixed, fast, and good enough in its low bits.
#[derive(Clone, Default, Debug)]
pub struct RandomState;
impl RandomState {
    pub fn new() -> RandomState {
        RandomState
    }
}
impl BuildHasher for RandomState {
    type Hasher = MapHasher;
    fn build_hasher(&self) -> MapHasher {
        MapHasher { state: 0 }
    }
}

/// Multiply and fold: each word is mixed in with one wide product.
#[derive(Clone, Debug)]
pub struct MapHasher {
    state: u64,
}
impl MapHasher {
    fn mix(&mut self, x: u64) {
        let a = (self.state ^ x ^ 0x9e37_79b9_7f4a_7c15) as u128;
        let p = a.wrapping_mul(0xa076_1d64_78bd_642f_e703_7ed1_a0b4_28db);
        self.state = (p as u64) ^ (p.wrapping_shr(64) as u64) ^ self.state.rotate_left(23);
    }
}
impl Hasher for MapHasher {
    fn finish(&self) -> u64 {
        let x = self.state;
        let y = (x ^ x.wrapping_shr(32)).wrapping_mul(0x9fb2_1c65_1e98_df25);
        y ^ y.wrapping_shr(29)
    }
    fn write(&mut self, bytes: &[u8]) {
        let n = bytes.len();
        let p = bytes.as_ptr();
        let mut at = 0;
        while n - at >= 8 {
            self.mix(unsafe { i::read(p.add(at) as *const Unaligned) }.get());
            at += 8;
        }
        if at < n {
            let mut last = 0u64;
            let mut shift = 0;
            while at < n {
                last |= (bytes[at] as u64).wrapping_shl(shift);
                shift += 8;
                at += 1;
            }
            self.mix(last);
        }
    }
    fn write_u8(&mut self, i: u8) {
        self.mix(i as u64)
    }
    fn write_u16(&mut self, i: u16) {
        self.mix(i as u64)
    }
    fn write_u32(&mut self, i: u32) {
        self.mix(i as u64)
    }
    fn write_u64(&mut self, i: u64) {
        self.mix(i)
    }
    fn write_u128(&mut self, i: u128) {
        self.mix(i as u64);
        self.mix(i.wrapping_shr(64) as u64)
    }
    fn write_usize(&mut self, i: usize) {
        self.mix(i as u64)
    }
}

/// Eight bytes at any address.
#[derive(Clone, Copy)]
struct Unaligned([u8; 8]);
impl Unaligned {
    fn get(self) -> u64 {
        u64::from_le_bytes(self.0)
    }
}

/// SipHash-1-3.
#[derive(Clone)]
pub struct DefaultHasher {
    v0: u64,
    v1: u64,
    v2: u64,
    v3: u64,
    tail: u64,
    tail_len: u32,
    length: u64,
}
impl DefaultHasher {
    pub fn new() -> DefaultHasher {
        DefaultHasher {
            v0: 0x736f_6d65_7073_6575,
            v1: 0x646f_7261_6e64_6f6d,
            v2: 0x6c79_6765_6e65_7261,
            v3: 0x7465_6462_7974_6573,
            tail: 0,
            tail_len: 0,
            length: 0,
        }
    }
    fn round(&mut self) {
        self.v0 = self.v0.wrapping_add(self.v1);
        self.v1 = self.v1.rotate_left(13) ^ self.v0;
        self.v0 = self.v0.rotate_left(32);
        self.v2 = self.v2.wrapping_add(self.v3);
        self.v3 = self.v3.rotate_left(16) ^ self.v2;
        self.v0 = self.v0.wrapping_add(self.v3);
        self.v3 = self.v3.rotate_left(21) ^ self.v0;
        self.v2 = self.v2.wrapping_add(self.v1);
        self.v1 = self.v1.rotate_left(17) ^ self.v2;
        self.v2 = self.v2.rotate_left(32);
    }
    fn word(&mut self, m: u64) {
        self.v3 ^= m;
        self.round();
        self.v0 ^= m;
    }
}
impl fmt::Debug for DefaultHasher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DefaultHasher")
    }
}
impl Default for DefaultHasher {
    fn default() -> DefaultHasher {
        DefaultHasher::new()
    }
}
impl Hasher for DefaultHasher {
    fn write(&mut self, bytes: &[u8]) {
        self.length = self.length.wrapping_add(bytes.len() as u64);
        for b in bytes {
            self.tail |= (*b as u64).wrapping_shl(8 * self.tail_len);
            self.tail_len += 1;
            if self.tail_len == 8 {
                let m = self.tail;
                self.word(m);
                self.tail = 0;
                self.tail_len = 0;
            }
        }
    }
    fn finish(&self) -> u64 {
        let mut s = self.clone();
        let b = (self.length & 0xff).wrapping_shl(56) | self.tail;
        s.word(b);
        s.v2 ^= 0xff;
        s.round();
        s.round();
        s.round();
        s.v0 ^ s.v1 ^ s.v2 ^ s.v3
    }
}

macro_rules! integer_hash {
    ($($t:ident $write:ident;)*) => { $(
        impl Hash for $t {
            fn hash<H: Hasher>(&self, state: &mut H) { state.$write(*self) }
            fn hash_slice<H: Hasher>(data: &[$t], state: &mut H) {
                let n = crate::mem::size_of::<$t>() * data.len();
                state.write(unsafe { i::slice_from_raw_parts(data.as_ptr() as *const u8, n) })
            }
        }
    )* };
}
integer_hash! {
    u8 write_u8; u16 write_u16; u32 write_u32; u64 write_u64; u128 write_u128; usize write_usize;
    i8 write_i8; i16 write_i16; i32 write_i32; i64 write_i64; i128 write_i128; isize write_isize;
}
impl Hash for bool {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u8(*self as u8)
    }
}
impl Hash for char {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u32(*self as u32)
    }
}
impl Hash for str {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write(self.as_bytes());
        state.write_u8(0xff);
    }
}
impl Hash for ! {
    fn hash<H: Hasher>(&self, _state: &mut H) {
        *self
    }
}
impl Hash for () {
    fn hash<H: Hasher>(&self, _state: &mut H) {}
}
impl<T: Hash> Hash for [T] {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_usize(self.len());
        Hash::hash_slice(self, state)
    }
}
impl<T: ?Sized + Hash> Hash for &T {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (**self).hash(state)
    }
}
impl<T: ?Sized + Hash> Hash for &mut T {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (**self).hash(state)
    }
}
impl<B: ?Sized + Hash + ToOwned> Hash for Cow<'_, B> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        Hash::hash(&**self, state)
    }
}
impl<H> fmt::Debug for BuildHasherDefault<H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BuildHasherDefault")
    }
}
