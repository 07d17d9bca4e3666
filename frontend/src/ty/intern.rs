//! The tables behind [`Ty`], [`Const`] and [`List`]: equal contents, equal pointers.

use std::fmt;
use std::hash::{BuildHasher, Hash, Hasher};
use std::ops::Deref;
use std::sync::{LazyLock, OnceLock, RwLock};

use hashbrown::HashTable;

pub use crate::hash::{FastHash, FastMap, FastSet};

use super::extent::Extent;
use super::{Clause, Const, ConstKind, Flags, GenericArg, InferTy, Ty, TyKind};
use crate::hir::DefId;

/// Everything of one sort that was interned.
pub struct Interner<D: ?Sized + 'static>(RwLock<HashTable<&'static D>>);

static TYPES: LazyLock<Interner<TyData>> = LazyLock::new(Interner::empty);
static CONSTS: LazyLock<Interner<ConstData>> = LazyLock::new(Interner::empty);

const POISON: &str = "an interner is never poisoned: nothing panics while it is held";

impl<D: ?Sized> Interner<D> {
    fn empty() -> Self {
        Interner(RwLock::default())
    }

    /// The only datum with this key, which is made if there is none. Looking it up hashes the key once.
    fn intern<K: Hash + Eq + ?Sized>(
        &self,
        key: &K,
        key_of: fn(&D) -> &K,
        make: impl FnOnce() -> Box<D>,
    ) -> &'static D {
        let hash = FastHash::default().hash_one(key);
        let is_it = |datum: &&'static D| key_of(datum) == key;
        if let Some(&found) = self.0.read().expect(POISON).find(hash, is_it) {
            return found;
        }
        // Made before the lock is taken: it may intern what it consists of.
        let made = make();
        let mut table = self.0.write().expect(POISON);
        if let Some(&found) = table.find(hash, is_it) {
            return found;
        }
        let leaked: &'static D = Box::leak(made);
        table.insert_unique(hash, leaked, |datum| FastHash::default().hash_one(key_of(datum)));
        leaked
    }
}

/// What a [`Ty`] points to.
pub struct TyData {
    pub(super) kind: TyKind,
    pub(super) flags: Flags,
    pub(super) extent: Extent,
}

/// What a [`Const`] points to.
pub struct ConstData {
    pub(super) kind: ConstKind,
    pub(super) flags: Flags,
    pub(super) extent: Extent,
}

pub(super) fn intern_ty(kind: TyKind) -> Ty {
    let make = || {
        let (flags, extent) = (Flags::of_kind(&kind), Extent::of_kind(&kind));
        Box::new(TyData { kind, flags, extent })
    };
    Ty(TYPES.intern(&kind, |datum| &datum.kind, make))
}

/// Variables with small numbers are asked for more often than all other types together: they are found by number.
pub(super) fn intern_infer(var: InferTy) -> Ty {
    static ANY: Numbered = [const { OnceLock::new() }; NUMBERED];
    static INT: Numbered = [const { OnceLock::new() }; NUMBERED];
    static FLOAT: Numbered = [const { OnceLock::new() }; NUMBERED];
    let known = match var {
        InferTy::Ty(n) => ANY.get(n as usize),
        InferTy::Int(n) => INT.get(n as usize),
        InferTy::Float(n) => FLOAT.get(n as usize),
    };
    let make = || intern_ty(TyKind::Infer(var));
    known.map_or_else(make, |known| *known.get_or_init(make))
}

/// More than most bodies have variables.
const NUMBERED: usize = 4096;
type Numbered = [OnceLock<Ty>; NUMBERED];

pub(super) fn intern_const(kind: ConstKind) -> Const {
    let make = || {
        let (flags, extent) = (Flags::of_const(&kind), Extent::of_const(&kind));
        Box::new(ConstData { kind, flags, extent })
    };
    Const(CONSTS.intern(&kind, |datum| &datum.kind, make))
}

/// What lists are made of. Each sort has a table of its own.
pub trait Element: Copy + Eq + Hash + Send + Sync + 'static {
    /// The table of this sort of lists.
    fn lists() -> &'static Interner<[Self]>;
}

macro_rules! elements {
    ($($element:ty),*) => { $(
        impl Element for $element {
            fn lists() -> &'static Interner<[Self]> {
                static LISTS: LazyLock<Interner<[$element]>> = LazyLock::new(Interner::empty);
                &LISTS
            }
        }
    )* };
}
elements!(Ty, GenericArg, Clause, (DefId, Ty));

/// An interned slice: `Copy`, equal contents are the same pointer.
pub struct List<T: 'static>(&'static [T]);

impl<T: Element> List<T> {
    /// Interns.
    pub fn new(elements: &[T]) -> Self {
        if elements.is_empty() {
            return List(&[]);
        }
        List(T::lists().intern(elements, |list| list, || elements.into()))
    }
    /// The elements, with the lifetime of the table.
    pub fn as_slice(self) -> &'static [T] {
        self.0
    }
}

impl<T> Clone for List<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for List<T> {}
impl<T> Deref for List<T> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        self.0
    }
}
impl<T> PartialEq for List<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0.len() == other.0.len() && (self.0.is_empty() || std::ptr::eq(self.0, other.0))
    }
}
impl<T> Eq for List<T> {}
impl<T> Hash for List<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.len().hash(state);
        if !self.0.is_empty() {
            self.0.as_ptr().hash(state);
        }
    }
}
impl<T: fmt::Debug> fmt::Debug for List<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0).finish()
    }
}
impl<T: Element> FromIterator<T> for List<T> {
    fn from_iter<I: IntoIterator<Item = T>>(iter: I) -> Self {
        List::new(&iter.into_iter().collect::<Vec<_>>())
    }
}
impl<T: 'static> IntoIterator for List<T> {
    type Item = &'static T;
    type IntoIter = std::slice::Iter<'static, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}
