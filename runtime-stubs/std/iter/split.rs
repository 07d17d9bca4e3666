//! Iterators that can be cut into consecutive pieces, for loops that run as ranges. Not for users.

use crate::iter::Iterator;
use crate::marker::Sized;

/// Iterating `it` equals iterating `it.slice(0, m)` and then `it.slice(m, it.extent())`, for every `m`.
#[lang = "Splittable"]
pub trait Splittable: Iterator + Sized {
    /// Position `k` of the extent is the `k`-th item. Types with this also implement `Indexed`.
    const INDEXED: bool;
    fn extent(&self) -> usize;
    fn slice(self, lo: usize, hi: usize) -> Self;
    /// Takes over what was written through `part`, a copy of this very piece made elsewhere. Iterators that hand out no
    /// exclusive references have nothing to take.
    fn restore(self, _part: Self) {}
}

/// Exactly one item for each position of the extent.
pub trait Indexed: Splittable {}
