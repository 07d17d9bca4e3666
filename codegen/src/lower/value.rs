//! Values and places between two instructions.

use cloudc_analysis::layout::Prim;
use cloudc_frontend::mir::Local;
use cloudc_frontend::ty::Ty;

/// Where a local lives.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Home<Variable, Memory> {
    /// Nowhere: it has no bytes and nobody asks for its address.
    Nowhere,
    /// In one machine value.
    One(Part<Variable>),
    /// In two.
    Two(Part<Variable>, Part<Variable>),
    /// In memory: of the frame, or the caller's for a parameter in memory or the result.
    Memory(Memory),
}

/// A variable and the type of what it holds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part<Variable> {
    pub variable: Variable,
    pub prim: Prim,
}

impl<Variable: Copy, Memory> Home<Variable, Memory> {
    /// The variables it is kept in.
    pub fn parts(&self) -> impl Iterator<Item = Part<Variable>> + use<Variable, Memory> {
        let (first, second) = match *self {
            Home::One(v) => (Some(v), None),
            Home::Two(v, w) => (Some(v), Some(w)),
            Home::Nowhere | Home::Memory(_) => (None, None),
        };
        first.into_iter().chain(second)
    }
}

/// A value between two instructions.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Val<V> {
    /// No bytes.
    Zst,
    /// One machine value.
    One(V),
    /// Two.
    Two(V, V),
    /// In memory at this address.
    Mem(Addr<V>),
}

impl<V: Copy> Val<V> {
    /// A value of at most two machine values.
    pub fn of(parts: &[V]) -> Val<V> {
        match *parts {
            [] => Val::Zst,
            [x] => Val::One(x),
            [x, y, ..] => Val::Two(x, y),
        }
    }
}

/// An address with a constant offset.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Addr<V> {
    pub base: V,
    pub offset: u64,
}

impl<V> Addr<V> {
    /// The address itself.
    pub fn of(base: V) -> Addr<V> {
        Addr { base, offset: 0 }
    }
    /// So many bytes on.
    pub fn at(self, more: u64) -> Addr<V> {
        Addr { base: self.base, offset: self.offset + more }
    }
}

/// Where a path leads.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Spot<V> {
    /// Into a local kept in machine values, at this byte.
    Local(Local, u64),
    /// Into memory.
    Memory(Addr<V>),
}

impl<V> Spot<V> {
    /// So many bytes on.
    pub fn at(self, more: u64) -> Spot<V> {
        match self {
            Spot::Local(local, offset) => Spot::Local(local, offset + more),
            Spot::Memory(addr) => Spot::Memory(addr.at(more)),
        }
    }
}

/// A place while its path is followed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PlaceRef<V> {
    pub spot: Spot<V>,
    /// Length of the slice (or other extra word) if the type is unsized.
    pub meta: Option<V>,
    pub ty: Ty,
    pub variant: usize,
}

impl<V> PlaceRef<V> {
    /// A sized value of this type.
    pub fn new(spot: Spot<V>, ty: Ty) -> PlaceRef<V> {
        PlaceRef { spot, meta: None, ty, variant: 0 }
    }
}
