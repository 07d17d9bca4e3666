//! How values become bytes and back: `serde` with `postcard`, and what `serde` cannot know.
//!
//! A [`Symbol`] is its number in the image, a [`DefId`] its index; both need the image to be read, which is kept
//! for the time of one entry in a thread-local. A [`Span`] is written relative to the one before in its entry.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;

use serde::de::{DeserializeOwned, Error as _, SeqAccess, Visitor};
use serde::ser::SerializeTuple;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Image;
use super::sections::{Lists, Part};
use crate::hash::FastMap;
use crate::hir::DefId;
use crate::index::{Idx, IndexVec};
use crate::source::{FileId, Span};
use crate::symbol::Symbol;

thread_local! {
    /// The image that is being read.
    static READING: RefCell<Option<Rc<Image>>> = const { RefCell::new(None) };
    /// The symbols of the image that is being written.
    static WRITING: RefCell<Numbers> = RefCell::default();
    /// The span before, in this entry.
    static BEFORE: Cell<Span> = const { Cell::new(START) };
}

const START: Span = Span { file: FileId(0), lo: 0, hi: 0 };

/// Numbers of symbols in the order they are first met.
#[derive(Default)]
struct Numbers {
    by_symbol: FastMap<Symbol, u32>,
    symbols: Vec<Symbol>,
}

impl Numbers {
    fn number(&mut self, symbol: Symbol) -> u32 {
        *self.by_symbol.entry(symbol).or_insert_with(|| {
            self.symbols.push(symbol);
            self.symbols.len() as u32 - 1
        })
    }
}

/// Writes an image.
#[derive(Default)]
pub(crate) struct Writer {
    lists: Lists,
    numbers: Numbers,
}

impl Writer {
    /// Appends an entry to a part.
    pub fn put<T: Serialize>(&mut self, part: Part, value: &T) {
        let bytes = self.encode(value);
        self.lists.push(part, &bytes);
    }

    /// Appends an entry of these bytes.
    pub fn put_bytes(&mut self, part: Part, bytes: &[u8]) {
        self.lists.push(part, bytes);
    }

    /// Appends where the path of a definition ends: after that of its parent.
    pub fn put_path_end(&mut self, parent: Option<DefId>, name: Symbol) {
        let name = self.numbers.number(name);
        self.lists.push_path_end(parent.map(|p| p.index), name);
    }

    fn encode<T: Serialize>(&mut self, value: &T) -> Vec<u8> {
        WRITING.replace(std::mem::take(&mut self.numbers));
        BEFORE.set(START);
        let bytes = postcard::to_allocvec(value);
        self.numbers = WRITING.take();
        bytes.expect("everything in the compiler's tables can be written")
    }

    /// The bytes of the image.
    pub fn finish(mut self) -> Vec<u8> {
        for symbol in std::mem::take(&mut self.numbers.symbols) {
            self.lists.push(Part::Symbols, symbol.as_str().as_bytes());
        }
        self.lists.finish()
    }
}

/// Reads an entry.
pub(super) fn decode<T: DeserializeOwned>(image: &Rc<Image>, bytes: &[u8]) -> T {
    let outer = (READING.replace(Some(image.clone())), BEFORE.replace(START));
    let value = postcard::from_bytes(bytes);
    READING.set(outer.0);
    BEFORE.set(outer.1);
    match value {
        Ok(value) => value,
        Err(error) => crate::bug!("the image of std is damaged: {error}"),
    }
}

fn reading<T, E: serde::de::Error>(f: impl FnOnce(&Image) -> T) -> Result<T, E> {
    READING.with_borrow(|image| match image {
        Some(image) => Ok(f(image)),
        None => Err(E::custom("no image is being read")),
    })
}

impl Serialize for Symbol {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u32(WRITING.with_borrow_mut(|numbers| numbers.number(*self)))
    }
}
impl<'de> Deserialize<'de> for Symbol {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = u32::deserialize(deserializer)?;
        reading(|image| image.symbol(number))
    }
}

impl Serialize for DefId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u32(self.index)
    }
}
impl<'de> Deserialize<'de> for DefId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let index = u32::deserialize(deserializer)?;
        reading(|image| image.def_id(index))
    }
}

// Most spans are in the file of the one before and not far from it: two or three bytes. The first number is the
// signed distance of the starts, and in its lowest bit whether a number of the file follows.
impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let before = BEFORE.replace(*self);
        let distance = i64::from(self.lo) - i64::from(before.lo);
        let zigzag = ((distance << 1) ^ (distance >> 63)) as u64;
        let other_file = self.file != before.file;
        let mut tuple = serializer.serialize_tuple(2 + usize::from(other_file))?;
        tuple.serialize_element(&(zigzag << 1 | u64::from(other_file)))?;
        if other_file {
            tuple.serialize_element(&self.file)?;
        }
        tuple.serialize_element(&self.hi.wrapping_sub(self.lo))?;
        tuple.end()
    }
}
impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Parts;
        impl<'de> Visitor<'de> for Parts {
            type Value = Span;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a span")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Span, A::Error> {
                let short = || A::Error::custom("a span is cut off");
                let before = BEFORE.get();
                let first: u64 = seq.next_element()?.ok_or_else(short)?;
                let file = match first & 1 {
                    0 => before.file,
                    _ => seq.next_element()?.ok_or_else(short)?,
                };
                let zigzag = first >> 1;
                let distance = (zigzag >> 1) as i64 ^ -((zigzag & 1) as i64);
                let length: u32 = seq.next_element()?.ok_or_else(short)?;
                let lo = (i64::from(before.lo) + distance) as u32;
                let span = Span { file, lo, hi: lo.wrapping_add(length) };
                BEFORE.set(span);
                Ok(span)
            }
        }
        deserializer.deserialize_tuple(3, Parts)
    }
}

impl<I: Idx, T: Serialize> Serialize for IndexVec<I, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.raw.serialize(serializer)
    }
}
impl<'de, I: Idx, T: Deserialize<'de>> Deserialize<'de> for IndexVec<I, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(IndexVec::from_raw)
    }
}

/// An index as its number.
macro_rules! number {
    ($($index:ty),*) => {
        $(
            impl Serialize for $index {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    serializer.serialize_u32(self.0)
                }
            }
            impl<'de> Deserialize<'de> for $index {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    u32::deserialize(deserializer).map(Self)
                }
            }
        )*
    };
}

number!(
    FileId,
    crate::hir::CrateId,
    crate::hir::BodyId,
    crate::hir::ExprId,
    crate::hir::PatId,
    crate::hir::LocalId,
    crate::hir::LabelId,
    crate::resolve::ModId
);
