//! Definitions: what each is, where it stands and who may name it.

use std::cell::OnceCell;
use std::fmt;
use std::rc::Weak;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{BodyId, CrateId, DefId, Generics, HirBound, HirPath, HirTy, OnDemand, PrimTy};
use crate::source::Span;
use crate::symbol::Symbol;

/// One definition.
#[derive(Debug)]
pub struct Def {
    /// Itself.
    pub id: DefId,
    /// Crate it is in.
    pub krate: CrateId,
    /// Enclosing definition (module, impl, trait, enum for variants, fn for inner items); `None` for crate roots.
    pub parent: Option<DefId>,
    /// Name; empty for impls and anonymous constants.
    pub name: Symbol,
    /// Span of the name, or of the head of the item.
    pub span: Span,
    /// From where it may be named.
    pub vis: Visibility,
    /// Attributes that matter.
    pub attrs: Attrs,
    /// What it is.
    pub kind: DefKind,
}

/// From where a definition may be named.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Visibility {
    /// Everywhere.
    Public,
    /// In this module and below it (private items: the module they are in; `pub(crate)`: the crate's root).
    Restricted(DefId),
}

/// Attributes that matter after parsing.
#[derive(Clone, Default, Debug, Serialize, Deserialize)]
pub struct Attrs {
    /// `#[lang = "…"]`
    pub lang: Option<Symbol>,
    /// `#[skeleton = "…"]` on iterator adaptors and consumers of our std.
    pub skeleton: Option<Symbol>,
    /// `#[wrapping_arithmetic]` on modules of our std: operators inside wrap instead of failing, as in Rust's own std, which
    /// is compiled without overflow checks.
    pub wrapping_arithmetic: bool,
    /// `#[track_caller]`
    pub track_caller: bool,
    /// `#[inline]` 1, `#[inline(always)]` 2, `#[inline(never)]` -1, none 0.
    pub inline: i8,
    /// `#[must_use]`
    pub must_use: bool,
    /// `#[repr(C)]`: fields stay in source order.
    pub repr_c: bool,
    /// `#[repr(align(n))]`
    pub repr_align: Option<u32>,
    /// `#[repr(u8)]` and so on: type of an enum's discriminant.
    pub repr_int: Option<PrimTy>,
    /// `#[test]`
    pub test: bool,
    /// `#[should_panic]`, with the expected text if given.
    pub should_panic: Option<Option<Symbol>>,
    /// `#[ignore]`, with the reason if given.
    pub ignore: Option<Option<Symbol>>,
}

/// What a definition is.
#[derive(Debug, Serialize, Deserialize)]
pub enum DefKind {
    /// A module.
    Mod,
    /// A struct (or a union, refused earlier).
    Struct(AdtDef),
    /// An enum.
    Enum(AdtDef),
    /// A variant of the enum `parent`, by index in its [`AdtDef::variants`].
    Variant(u32),
    /// A trait.
    Trait(TraitDef),
    /// `type A<T> = …;`
    TyAlias(Generics, HirTy),
    /// An associated type: in a trait (bounds on it, default), or in an impl (its value).
    AssocTy {
        /// Generic parameters of its own (none today) with the parent's.
        generics: Generics,
        /// Bounds in the trait.
        bounds: Vec<HirBound>,
        /// The value in an impl, the default in a trait.
        value: Option<HirTy>,
    },
    /// A function: free, inherent or trait method (declared or implemented), or intrinsic.
    Fn(LazyFn),
    /// `const`, associated or not; no value: declared in a trait.
    Const {
        /// Generics (of the impl or trait around it).
        generics: Generics,
        /// Its type.
        ty: HirTy,
        /// Its value.
        body: Option<BodyId>,
    },
    /// `static`, immutable.
    Static {
        /// Its type.
        ty: HirTy,
        /// Its value.
        body: BodyId,
    },
    /// An impl block.
    Impl(ImplDef),
    /// A type parameter, lifetime parameter or const parameter of `parent`, by index in its [`Generics::params`].
    GenericParam(u32),
    /// A constant in a type: array length, const argument, discriminant; or the inner body of an inline const.
    AnonConst {
        /// Its body.
        body: BodyId,
        /// The type it must have.
        ty: HirTy,
    },
    /// A closure; its expression is in the body of the function around it.
    Closure,
    /// `impl Trait` in return position of `parent`.
    Opaque(Vec<HirBound>),
    /// A name that stands for nothing (the item had an error that was reported).
    Error,
}

/// Structs and enums.
#[derive(Debug, Serialize, Deserialize)]
pub struct AdtDef {
    /// Generic parameters.
    pub generics: Generics,
    /// One for a struct.
    pub variants: Vec<VariantDef>,
}

/// A struct's only variant, or a variant of an enum.
#[derive(Debug, Serialize, Deserialize)]
pub struct VariantDef {
    /// The `Variant` definition, or the struct itself.
    pub def: DefId,
    /// Name.
    pub name: Symbol,
    /// `S { a: T }`, `S(T)` or `S`.
    pub shape: VariantShape,
    /// Fields in source order.
    pub fields: Vec<FieldDef>,
    /// Explicit discriminant (an `AnonConst`).
    pub discriminant: Option<DefId>,
    /// Span of the whole variant.
    pub span: Span,
}

/// How a variant is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum VariantShape {
    /// `S { a: T }`
    Named,
    /// `S(T)`; the constructor is a function.
    Tuple,
    /// `S`; the constructor is a constant.
    Unit,
}

/// A field.
#[derive(Debug, Serialize, Deserialize)]
pub struct FieldDef {
    /// Name; `0`, `1` … in tuple structs.
    pub name: Symbol,
    /// Type.
    pub ty: HirTy,
    /// Visibility.
    pub vis: Visibility,
    /// Span of the name.
    pub span: Span,
}

/// A trait.
#[derive(Debug, Serialize, Deserialize)]
pub struct TraitDef {
    /// Parameters; index 0 is `Self`, then the written ones.
    pub generics: Generics,
    /// Supertraits and other bounds on `Self`.
    pub supertraits: Vec<HirBound>,
    /// Its associated types, constants and functions, in source order.
    pub items: Vec<DefId>,
}

/// An impl block.
#[derive(Debug, Serialize, Deserialize)]
pub struct ImplDef {
    /// Parameters.
    pub generics: Generics,
    /// The trait, unless inherent.
    pub of_trait: Option<HirPath>,
    /// The type.
    pub self_ty: HirTy,
    /// Its associated types, constants and functions, in source order.
    pub items: Vec<DefId>,
}

/// A function; derefs to its [`FnDef`], which is lowered when it is first looked at.
pub struct LazyFn {
    lowered: OnceCell<Box<FnDef>>,
    /// What lowers it, for functions of std.
    pending: Option<(DefId, Weak<dyn OnDemand>)>,
}

impl LazyFn {
    /// A function that is lowered.
    pub fn ready(f: FnDef) -> Self {
        LazyFn { lowered: OnceCell::from(Box::new(f)), pending: None }
    }
    /// A function that `source` lowers on demand; `source` lives as long as the [`Hir`].
    pub fn on_demand(def: DefId, source: Weak<dyn OnDemand>) -> Self {
        LazyFn { lowered: OnceCell::new(), pending: Some((def, source)) }
    }
    /// Whether it is lowered, or something will.
    pub(crate) fn is_ready(&self) -> bool {
        self.pending.is_some() || self.lowered.get().is_some()
    }
}

/// A function that is not lowered is stored as nothing.
impl Serialize for LazyFn {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.lowered.get().serialize(serializer)
    }
}
impl<'de> Deserialize<'de> for LazyFn {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let f = Option::<Box<FnDef>>::deserialize(deserializer)?;
        Ok(LazyFn { lowered: f.map_or_else(OnceCell::new, OnceCell::from), pending: None })
    }
}

impl std::ops::Deref for LazyFn {
    type Target = FnDef;
    fn deref(&self) -> &FnDef {
        self.lowered.get_or_init(|| {
            match self.pending.as_ref().and_then(|(def, source)| Some((*def, source.upgrade()?))) {
                Some((def, source)) => Box::new(source.lower_fn(def)),
                None => crate::bug!("a function is looked at that nobody can lower"),
            }
        })
    }
}

impl fmt::Debug for LazyFn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.lowered.fmt(f)
    }
}

/// What is known of a function.
#[derive(Debug, Serialize, Deserialize)]
pub struct FnDef {
    /// Parameters of its own; `parent` gives those of the impl or trait.
    pub generics: Generics,
    /// Parameter types as written (`self` forms spelled out: `Self`, `&Self`, `&mut Self`).
    pub inputs: Vec<HirTy>,
    /// Result type; `()` if none is written.
    pub output: HirTy,
    /// Whether the first parameter is `self`.
    pub has_self: bool,
    /// The body; `None` in a trait without default, and for intrinsics.
    pub body: Option<BodyId>,
    /// `extern "intrinsic"`: what the compiler itself does.
    pub intrinsic: bool,
    /// Declared `const fn`.
    pub is_const: bool,
    /// Declared `unsafe fn`.
    pub is_unsafe: bool,
}
