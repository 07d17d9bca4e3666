//! Sizes, alignments, field offsets and enum encodings of monomorphic types.
//!
//! In: a type of a [`Program`]. Out: its [`Layout`], the same for the interpreter and every back end. The rules
//! follow rustc's: fields are reordered by falling alignment, an enum whose other variants are empty hides its tag in
//! a niche (`Option<&T>` is one word), a tag is the smallest integer that holds all discriminants. What `size_of`
//! shows therefore equals rustc's for ordinary types.

mod compute;

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use cloudc_frontend::bug;
use cloudc_frontend::mono::{Adt, AdtKind, Program};
use cloudc_frontend::ty::{Ty, TyKind};

/// A machine value.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Prim {
    /// Integer of 8 bits; also `bool`.
    I8,
    /// Integer of 16 bits.
    I16,
    /// Integer of 32 bits; also `char`.
    I32,
    /// Integer of 64 bits.
    I64,
    /// Integer of 128 bits, aligned to 16.
    I128,
    /// `f32`
    F32,
    /// `f64`
    F64,
    /// An address.
    Ptr,
}

impl Prim {
    /// Bytes; also the alignment.
    pub fn size(self) -> u64 {
        match self {
            Prim::I8 => 1,
            Prim::I16 => 2,
            Prim::I32 | Prim::F32 => 4,
            Prim::I64 | Prim::F64 | Prim::Ptr => 8,
            Prim::I128 => 16,
        }
    }
    /// The integer of this many bytes.
    pub fn int(bytes: u64) -> Prim {
        match bytes {
            1 => Prim::I8,
            2 => Prim::I16,
            4 => Prim::I32,
            8 => Prim::I64,
            16 => Prim::I128,
            _ => bug!("no integer has {bytes} bytes"),
        }
    }
}

/// How a value travels between instructions and calls.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Abi {
    /// No bytes.
    Zst,
    /// One machine value at offset 0.
    Scalar(Prim),
    /// Two machine values: the first at offset 0, the second at this offset.
    Pair(Prim, Prim, u64),
    /// In memory.
    Memory,
}

/// Where in a type unused bit patterns are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Niche {
    /// Offset of the machine value.
    pub offset: u64,
    /// The machine value.
    pub prim: Prim,
    /// First unused bit pattern.
    pub start: u128,
    /// How many follow (wrapping).
    pub available: u128,
}

/// A type's layout.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Layout {
    /// Bytes, a multiple of `align`.
    pub size: u64,
    /// Power of two.
    pub align: u64,
    /// How it travels.
    pub abi: Abi,
    /// What is inside.
    pub shape: Shape,
    /// Unused bit patterns, if any.
    pub niche: Option<Niche>,
    /// Whether no value of the type exists.
    pub uninhabited: bool,
}

/// What is inside a type.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Shape {
    /// A machine value, or two for a fat pointer.
    Scalar,
    /// Offsets of the fields in source order: struct, tuple, closure.
    Struct(Vec<u64>),
    /// Elements of this size.
    Array {
        /// Bytes from one element to the next.
        stride: u64,
        /// Elements.
        count: u64,
    },
    /// An enum: how variants are told apart, and the field offsets of each.
    Enum(Tag, Vec<Vec<u64>>),
    /// `str`, `[T]`, `dyn Trait`, or a struct that ends in one: no size of its own.
    Unsized(Vec<u64>),
}

/// How the variants of an enum are told apart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Tag {
    /// There is only one that can exist.
    Single(u32),
    /// An integer that holds the discriminant, truncated.
    Direct {
        /// Where.
        offset: u64,
        /// Of what size.
        prim: Prim,
    },
    /// Unused bit patterns of a field of the only variant with bytes stand for the others.
    Niche {
        /// Where.
        offset: u64,
        /// Of what size.
        prim: Prim,
        /// The variant that owns the field.
        dataful: u32,
        /// Bit pattern of the first of the others, in order of index, `dataful` left out.
        start: u128,
    },
}

/// Computes layouts of the types of one program and remembers them.
pub struct Layouts<'p> {
    program: &'p Program,
    known: RefCell<HashMap<Ty, Rc<Layout>>>,
}

impl<'p> Layouts<'p> {
    /// For the types of this program.
    pub fn new(program: &'p Program) -> Self {
        Self { program, known: RefCell::default() }
    }

    /// The program.
    pub fn program(&self) -> &'p Program {
        self.program
    }

    /// The shape of a struct, enum or closure type.
    pub fn adt(&self, ty: Ty) -> &'p Adt {
        match self.program.adts.get(&ty) {
            Some(adt) => adt,
            None => bug!("the program does not describe `{ty}`"),
        }
    }

    /// The layout of a type without parameters.
    pub fn of(&self, ty: Ty) -> Rc<Layout> {
        if let Some(layout) = self.known.borrow().get(&ty) {
            return layout.clone();
        }
        let layout = Rc::new(self.compute(ty));
        self.known.borrow_mut().insert(ty, layout.clone());
        layout
    }

    /// Types of the fields of a struct, tuple, closure (`variant` 0) or variant.
    pub fn field_tys(&self, ty: Ty, variant: usize) -> Vec<Ty> {
        match ty.kind() {
            TyKind::Tuple(elements) => elements.to_vec(),
            _ => self.adt(ty).variants[variant].fields.iter().map(|f| f.1).collect(),
        }
    }

    /// Offset of a field of a struct, tuple, closure or variant.
    pub fn field_offset(&self, ty: Ty, variant: usize, field: usize) -> u64 {
        match &self.of(ty).shape {
            Shape::Struct(offsets) | Shape::Unsized(offsets) => offsets[field],
            Shape::Enum(_, variants) => variants[variant][field],
            shape => bug!("`{ty}` has no fields: {shape:?}"),
        }
    }

    /// Whether the type has a size of its own.
    pub fn is_sized(&self, ty: Ty) -> bool {
        self.unsized_tail(ty).is_none()
    }

    /// What makes a type unsized: `str`, a slice or `dyn` type at its end.
    pub fn unsized_tail(&self, ty: Ty) -> Option<Ty> {
        match ty.kind() {
            TyKind::Str | TyKind::Slice(_) | TyKind::Dynamic(..) => Some(ty),
            TyKind::Tuple(elements) => self.unsized_tail(*elements.last()?),
            TyKind::Adt(..) => {
                let adt = self.adt(ty);
                match (adt.kind, adt.variants.first()) {
                    (AdtKind::Struct, Some(v)) => self.unsized_tail(v.fields.last()?.1),
                    _ => None,
                }
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::compute::tag_prim;
    use super::*;

    fn size(ty: Ty) -> (u64, u64) {
        let program = Program::default();
        let layouts = Layouts::new(&program);
        let layout = layouts.of(ty);
        (layout.size, layout.align)
    }

    /// Tuples are laid out as rustc lays them out.
    #[test]
    fn tuples_are_reordered_by_alignment() {
        let (u8, u32) = (Ty::u8(), Ty::u32());
        assert_eq!(size(Ty::tuple(&[u8, u32, u8])), (8, 4));
        assert_eq!(size(Ty::tuple(&[u8, u8, u8])), (3, 1));
        assert_eq!(size(Ty::tuple(&[Ty::usize(), u8])), (16, 8));
    }

    #[test]
    fn references_to_slices_have_two_words() {
        let slice = Ty::reference(Ty::slice(Ty::u8()), cloudc_frontend::ty::Mutability::Not);
        assert_eq!(size(slice), (16, 8));
    }

    #[test]
    fn tags_are_as_small_as_their_discriminants_allow() {
        assert_eq!(tag_prim([0, 1, 255].into_iter()), Prim::I8);
        assert_eq!(tag_prim([0, 256].into_iter()), Prim::I16);
        assert_eq!(tag_prim([u64::MAX as u128, 127].into_iter()), Prim::I8);
        assert_eq!(tag_prim([u64::MAX as u128, 128].into_iter()), Prim::I16);
    }
}
