//! Lang items the type checker knows, looked up once. Any may be missing: tests use small libraries.

use crate::hir::Hir;
use crate::symbol::Symbol;

use super::*;

macro_rules! lang_items {
    ($($(#[$meta:meta])* $field:ident = $name:literal,)*) => {
        /// Definitions of the lang items that exist.
        #[derive(Clone, Debug)]
        pub struct LangItems {
            $($(#[$meta])* pub $field: Option<DefId>,)*
        }
        impl LangItems {
            pub(super) fn new(hir: &Hir) -> Self {
                let get = |name: &str| hir.lang_items.get(&Symbol::intern(name)).copied();
                LangItems { $($field: get($name),)* }
            }
        }
    };
}

lang_items! {
    /// `Sized`
    sized = "sized",
    /// `Copy`
    copy = "copy",
    /// `Clone`
    clone = "clone",
    /// `Send`
    send = "send",
    /// `Sync`
    sync = "sync",
    /// `Unpin`
    unpin = "unpin",
    /// `Tuple`
    tuple_trait = "tuple_trait",
    /// `Unsize`
    unsize = "unsize",
    /// `CoerceUnsized`
    coerce_unsized = "coerce_unsized",
    /// `Drop`
    drop = "drop",
    /// `Deref`
    deref = "deref",
    /// `Deref::Target`
    deref_target = "deref_target",
    /// `DerefMut`
    deref_mut = "deref_mut",
    /// `Index`
    index = "index",
    /// `IndexMut`
    index_mut = "index_mut",
    /// `Fn`
    fn_trait = "fn",
    /// `FnMut`
    fn_mut = "fn_mut",
    /// `FnOnce`
    fn_once = "fn_once",
    /// `FnOnce::Output`
    fn_once_output = "fn_once_output",
    /// `Box`
    owned_box = "owned_box",
    /// `Pin`
    pin = "pin",
    /// `String`
    string = "String",
    /// `PhantomData`
    phantom_data = "phantom_data",
    /// `ManuallyDrop`
    manually_drop = "manually_drop",
    /// `Iterator`
    iterator = "iterator",
    /// `Iterator` by its other name.
    iterator_trait = "Iterator",
    /// `Try`
    try_trait = "Try",
    /// `PartialEq`
    eq = "eq",
    /// `PartialOrd`
    partial_ord = "partial_ord",
    /// `Termination`
    termination = "termination",
}

impl LangItems {
    /// Whether the trait holds for every type: threads share nothing, so nothing depends on it.
    pub fn is_auto(&self, trait_def: DefId) -> bool {
        let def = Some(trait_def);
        def == self.send || def == self.sync || def == self.unpin
    }
    /// Which of the `Fn` traits this is.
    pub fn fn_trait_kind(&self, trait_def: DefId) -> Option<crate::hir::ClosureKind> {
        use crate::hir::ClosureKind;
        let def = Some(trait_def);
        if def == self.fn_trait {
            Some(ClosureKind::Fn)
        } else if def == self.fn_mut {
            Some(ClosureKind::FnMut)
        } else if def == self.fn_once {
            Some(ClosureKind::FnOnce)
        } else {
            None
        }
    }
}
