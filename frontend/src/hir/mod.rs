//! The program after names are resolved: definitions, items, and bodies in which every path says what it means.
//!
//! In: the AST of all crates (our `std` and the user's). Out: a [`Hir`], one table for all crates, indexed by
//! [`DefId`]. Types are still as written ([`HirTy`]); paths that need types (`Vec::new`, `T::Item`, `x.f`) are
//! resolved up to the part names alone can decide. Desugared already: `for`, `while`, `?`, `println!` and the
//! other built-in macros, derives, elided nothing.

pub mod body;
pub mod print;
pub mod table;

use std::cell::OnceCell;
use std::collections::HashMap;
use std::fmt;
use std::rc::{Rc, Weak};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::image::Image;
use crate::index::{Idx, IndexVec};
use crate::source::{Edition, Span};
use crate::symbol::Symbol;
use crate::ty::Mutability;

pub use body::*;
pub use table::Table;

/// A definition, in any crate. The index decides within a program; the path is for printing.
#[derive(Clone, Copy)]
pub struct DefId {
    /// Index into [`Hir::defs`].
    pub index: u32,
    /// Full path, as `std::vec::Vec` or `main::area`; impls are `{impl#n}`, closures `{closure#n}`.
    pub path: Symbol,
}

impl DefId {
    /// Last segment of the path.
    pub fn name(self) -> &'static str {
        let path = self.path.as_str();
        path.rsplit("::").next().unwrap_or(path)
    }
    /// Segment before the last.
    pub fn parent_name(self) -> &'static str {
        self.path.as_str().rsplit("::").nth(1).unwrap_or("")
    }
}
impl PartialEq for DefId {
    fn eq(&self, other: &Self) -> bool {
        // The path too: types are interned for the whole process, and programs checked one after the other in it
        // (tests do) must not share definitions.
        self.index == other.index && self.path == other.path
    }
}
impl Eq for DefId {}
impl std::hash::Hash for DefId {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.index.hash(state);
    }
}
impl PartialOrd for DefId {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for DefId {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.index.cmp(&other.index)
    }
}
impl fmt::Debug for DefId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.path, f)
    }
}

crate::newtype_index!(
    /// A crate of the compilation: 0 is our std, 1 the user's.
    CrateId,
    "crate"
);

/// All definitions and bodies.
#[derive(Default)]
pub struct Hir {
    /// Every definition, by `DefId::index`. Those inside bodies of std appear when the body is first asked for.
    pub defs: Rc<Table<Def>>,
    /// Bodies of functions, constants, statics, anonymous constants, by [`BodyId`]; closures are inside their
    /// body. Ask with [`Hir::body`].
    pub bodies: Rc<Table<OnceCell<Body>>>,
    /// Lowers the signatures and bodies nobody has asked for yet.
    pub source: Option<Rc<dyn OnDemand>>,
    /// Definitions with `#[lang = "…"]` (or our `#[skeleton = "…"]`, under `skeleton:…`), by name. The
    /// variants of an enum that is a lang item are lang items under their own names (`Some`, `Break`).
    pub lang_items: HashMap<Symbol, DefId>,
    /// The root module of each crate.
    pub roots: IndexVec<CrateId, DefId>,
    /// The editions of the crates that are not in the newest; ask with [`Hir::edition`].
    pub editions: HashMap<CrateId, Edition>,
    /// Our std, if it comes from an image. Its definitions are decoded when they are looked at.
    pub image: Option<Rc<Image>>,
}

impl Hir {
    /// What the crate of a definition is written in.
    pub fn edition(&self, id: DefId) -> Edition {
        self.editions.get(&self.def(id).krate).copied().unwrap_or_default()
    }
    /// The definition.
    pub fn def(&self, id: DefId) -> &Def {
        &self.defs[id.index as usize]
    }
    /// The body, lowered now if this is the first time it is asked for.
    pub fn body(&self, id: BodyId) -> &Body {
        self.bodies[id.index()].get_or_init(|| match &self.source {
            Some(source) => source.lower_body(id),
            None => crate::bug!("no source for {id}"),
        })
    }
    /// The body of a function, constant, static or anonymous constant, if it has one.
    pub fn body_id_of(&self, def: DefId) -> Option<BodyId> {
        match &self.def(def).kind {
            DefKind::Fn(f) => f.body,
            DefKind::Const { body, .. } => *body,
            DefKind::Static { body, .. } | DefKind::AnonConst { body, .. } => Some(*body),
            _ => None,
        }
    }
    /// The generic parameters a definition declares.
    pub fn generics(&self, def: DefId) -> Option<&Generics> {
        match &self.def(def).kind {
            DefKind::Struct(adt) | DefKind::Enum(adt) => Some(&adt.generics),
            DefKind::Trait(t) => Some(&t.generics),
            DefKind::TyAlias(generics, _)
            | DefKind::AssocTy { generics, .. }
            | DefKind::Const { generics, .. } => Some(generics),
            DefKind::Fn(f) => Some(&f.generics),
            DefKind::Impl(i) => Some(&i.generics),
            _ => None,
        }
    }
    /// Whether something of this visibility may be named inside `from` (a body's owner, an item, a module).
    pub fn is_accessible(&self, vis: Visibility, from: DefId) -> bool {
        let Visibility::Restricted(within) = vis else { return true };
        let mut at = Some(from);
        while let Some(def) = at {
            if def == within {
                return true;
            }
            at = self.def(def).parent;
        }
        false
    }
    /// A lang item our std must have.
    pub fn lang(&self, name: &str) -> DefId {
        match self.lang_items.get(&Symbol::intern(name)) {
            Some(&def) => def,
            None => crate::bug!("std has no lang item `{name}`"),
        }
    }
    /// All definitions of a crate in order. For all crates but std this does not look at std.
    pub fn defs_of(&self, krate: CrateId) -> impl Iterator<Item = &Def> + '_ {
        let stored = self.image.as_ref().map_or(0, |image| image.def_count());
        let first = if krate == CrateId::new(0) { 0 } else { stored };
        self.defs.iter_from(first).filter(move |def| def.krate == krate)
    }
    /// Whether a definition is in this crate; cheap for definitions of std nobody has looked at.
    pub fn is_in(&self, def: DefId, krate: CrateId) -> bool {
        match &self.image {
            Some(image) if (def.index as usize) < image.def_count() => krate == CrateId::new(0),
            _ => self.def(def).krate == krate,
        }
    }
    /// All definitions in order, with all of std.
    pub fn def_ids(&self) -> impl Iterator<Item = DefId> + '_ {
        self.defs.iter().map(|d| d.id)
    }
}

/// Lowers parts of std on demand: std is large and a program reaches little of it. An error in it is a bug of ours.
pub trait OnDemand {
    /// Lowers a function's signature; once for each.
    fn lower_fn(&self, def: DefId) -> FnDef;
    /// Lowers a body; once for each.
    fn lower_body(&self, id: BodyId) -> Body;
}

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

/// Generic parameters of a definition. Indices count the parents' parameters first.
#[derive(Default, Debug, Serialize, Deserialize)]
pub struct Generics {
    /// The definition whose parameters come first (impl or trait of a method).
    pub parent: Option<DefId>,
    /// How many parameters the parents have.
    pub parent_count: u32,
    /// Own parameters: `Self` of a trait first, then lifetimes, then types and constants as written. Lifetimes of
    /// functions are not listed: they are never passed explicitly. `impl Trait` arguments are added at the end.
    pub params: Vec<GenericParam>,
    /// Where clauses, with bounds written on parameters moved here.
    pub predicates: Vec<WherePredicate>,
    /// The lifetimes a function declares.
    pub lifetimes: Vec<Symbol>,
    /// `'a: 'b`, with where it is written.
    pub outlives: Vec<(Symbol, Symbol, Span)>,
}

/// A generic parameter.
#[derive(Debug, Serialize, Deserialize)]
pub struct GenericParam {
    /// Its definition.
    pub def: DefId,
    /// Name (`'a` with the quote for lifetimes).
    pub name: Symbol,
    /// Kind.
    pub kind: GenericParamKind,
    /// Where.
    pub span: Span,
}

/// Kinds of generic parameters.
#[derive(Debug, Serialize, Deserialize)]
pub enum GenericParamKind {
    /// `'a`
    Lifetime,
    /// `T`, with its default; `synthetic` for `impl Trait` arguments.
    Type {
        /// `= T`
        default: Option<HirTy>,
        /// From an `impl Trait` argument: cannot be given with turbofish.
        synthetic: bool,
    },
    /// `const N: T`, with its default (an `AnonConst`).
    Const {
        /// Its type.
        ty: HirTy,
        /// `= 3`
        default: Option<DefId>,
    },
}

/// `T: Bound + Bound`
#[derive(Debug, Serialize, Deserialize)]
pub struct WherePredicate {
    /// Left of the colon.
    pub bounded: HirTy,
    /// Right of it.
    pub bounds: Vec<HirBound>,
    /// Where.
    pub span: Span,
}

/// A bound.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum HirBound {
    /// `Trait<Args, Assoc = T>`; `Fn(A) -> B` is `Fn<(A,), Output = B>`.
    Trait(HirPath),
    /// `?Sized`
    MaybeSized,
    /// `'a`
    Lifetime(Symbol),
    /// `use<'a, T>`: the lifetimes in it.
    Use(Vec<Symbol>),
}

/// A type as written, names resolved.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HirTy {
    /// What.
    pub kind: HirTyKind,
    /// Where.
    pub span: Span,
}

/// What a written type is.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum HirTyKind {
    /// A path to a struct, enum, alias, parameter, primitive, `Self`, associated type.
    Path(HirPath),
    /// `&'a mut T`
    Ref(Option<Symbol>, Box<HirTy>, Mutability),
    /// `*mut T`
    RawPtr(Box<HirTy>, Mutability),
    /// `[T]`
    Slice(Box<HirTy>),
    /// `[T; N]`
    Array(Box<HirTy>, HirConst),
    /// `(A, B)`
    Tuple(Vec<HirTy>),
    /// `fn(A) -> B`
    FnPtr(Vec<HirTy>, Box<HirTy>),
    /// `!`
    Never,
    /// `_`
    Infer,
    /// `impl Trait` in return position.
    Opaque(DefId),
    /// `dyn Trait + Auto + 'a`
    Dyn(Vec<HirPath>, Option<Symbol>),
    /// Follows an error that was reported.
    Error,
}

/// A constant in a type.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum HirConst {
    /// An expression, or a literal.
    Anon(DefId),
    /// A const parameter.
    Param(DefId),
    /// `_`
    Infer,
}

/// A path with generic arguments.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HirPath {
    /// `<T as …>::`: the self type. With a trait in `res`/segments it is the trait's `Self`; without one, the whole
    /// path is relative to this type.
    pub qself: Option<Box<HirTy>>,
    /// What the resolved prefix means. Items of traits are resolved by name: of `Default::default` and of
    /// `<T as Iterator>::Item` it is the associated function or type, and `unresolved` is 0.
    pub res: Res,
    /// All segments as written (of `a::b::C::<T>::new`: `a`, `b`, `C<T>`, `new`).
    pub segments: Vec<PathSegment>,
    /// How many of the last segments names alone could not resolve (`new` above: 1); they are associated items of
    /// what `res` is.
    pub unresolved: usize,
    /// Whole path.
    pub span: Span,
}

/// A segment of a path.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PathSegment {
    /// Name.
    pub name: Symbol,
    /// Generic arguments, if written.
    pub args: Option<HirArgs>,
    /// Where.
    pub span: Span,
}

/// Written generic arguments.
#[derive(Clone, Default, Debug, Serialize, Deserialize)]
pub struct HirArgs {
    /// In order.
    pub args: Vec<HirGenericArg>,
    /// `Assoc = T`
    pub bindings: Vec<(Symbol, HirTy)>,
    /// `Assoc: Bound`
    pub constraints: Vec<(Symbol, Vec<HirBound>)>,
}

/// A written generic argument.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum HirGenericArg {
    /// `'a`
    Lifetime(Symbol),
    /// A type; a single-segment path that could be a constant is decided by the resolver.
    Type(HirTy),
    /// A constant.
    Const(HirConst),
}

/// What a path means.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Res {
    /// A definition: struct, enum, variant, fn, const, trait, alias, module, parameter …
    Def(DefId),
    /// The constructor of a tuple or unit struct or variant (value namespace); the struct or variant.
    Ctor(DefId),
    /// A local variable.
    Local(LocalId),
    /// A primitive type.
    Prim(PrimTy),
    /// `Self` in an impl: the impl. As a value (`Self(x)`, `Self`) too.
    SelfTy(DefId),
    /// `Self` in a trait: the trait.
    SelfTrait(DefId),
    /// Follows an error that was reported.
    Error,
}

/// A primitive type by name.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum PrimTy {
    Bool,
    Char,
    Str,
    Int(crate::ty::IntTy),
    Uint(crate::ty::UintTy),
    Float(crate::ty::FloatTy),
}
