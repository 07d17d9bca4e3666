//! The tables behind [`Ty`], [`Const`] and [`List`]: equal contents, equal pointers.

use std::any::{Any, TypeId};
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::{LazyLock, RwLock};

pub use crate::hash::{FastHash, FastMap, FastSet};

use super::extent::Extent;
use super::{Const, ConstKind, Flags, Ty, TyKind};

static TYPES: LazyLock<RwLock<FastMap<&'static TyKind, &'static TyData>>> = LazyLock::new(RwLock::default);
static CONSTS: LazyLock<RwLock<FastMap<&'static ConstKind, &'static ConstData>>> =
    LazyLock::new(RwLock::default);
static LISTS: LazyLock<RwLock<FastMap<TypeId, Box<dyn Any + Send + Sync>>>> = LazyLock::new(RwLock::default);

const POISON: &str = "an interner is never poisoned: nothing panics while it is held";

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
    if let Some(&found) = TYPES.read().expect(POISON).get(&kind) {
        return Ty(found);
    }
    let mut table = TYPES.write().expect(POISON);
    if let Some(&found) = table.get(&kind) {
        return Ty(found);
    }
    let (flags, extent) = (Flags::of_kind(&kind), Extent::of_kind(&kind));
    let leaked: &'static TyData = Box::leak(Box::new(TyData { kind, flags, extent }));
    table.insert(&leaked.kind, leaked);
    Ty(leaked)
}

pub(super) fn intern_const(kind: ConstKind) -> Const {
    if let Some(&found) = CONSTS.read().expect(POISON).get(&kind) {
        return Const(found);
    }
    let mut table = CONSTS.write().expect(POISON);
    if let Some(&found) = table.get(&kind) {
        return Const(found);
    }
    let (flags, extent) = (Flags::of_const(&kind), Extent::of_const(&kind));
    let leaked: &'static ConstData = Box::leak(Box::new(ConstData { kind, flags, extent }));
    table.insert(&leaked.kind, leaked);
    Const(leaked)
}

/// An interned slice: `Copy`, equal contents are the same pointer.
pub struct List<T: 'static>(&'static [T]);

impl<T: Copy + Eq + Hash + Send + Sync + 'static> List<T> {
    /// Interns.
    pub fn new(elements: &[T]) -> Self {
        if elements.is_empty() {
            return List(&[]);
        }
        let key = TypeId::of::<T>();
        if let Some(found) =
            LISTS.read().expect(POISON).get(&key).and_then(|t| set_of::<T>(&**t).get(elements).copied())
        {
            return List(found);
        }
        let mut lists = LISTS.write().expect(POISON);
        let table = lists.entry(key).or_insert_with(|| Box::new(FastSet::<&'static [T]>::default()));
        let Some(table) = table.downcast_mut::<FastSet<&'static [T]>>() else {
            crate::bug!("the list table of a type holds lists of that type")
        };
        if let Some(&found) = table.get(elements) {
            return List(found);
        }
        let leaked: &'static [T] = Box::leak(elements.to_vec().into_boxed_slice());
        table.insert(leaked);
        List(leaked)
    }
    /// The elements, with the lifetime of the table.
    pub fn as_slice(self) -> &'static [T] {
        self.0
    }
}

fn set_of<T: 'static>(table: &(dyn Any + Send + Sync)) -> &FastSet<&'static [T]> {
    match table.downcast_ref() {
        Some(set) => set,
        None => crate::bug!("the list table of a type holds lists of that type"),
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
impl<T: Copy + Eq + Hash + Send + Sync + 'static> FromIterator<T> for List<T> {
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
