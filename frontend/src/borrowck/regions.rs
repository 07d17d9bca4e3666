//! Region variables, and types that mention them.
//!
//! Types in MIR have erased regions. [`Renumber`] puts a variable in the place of each. The sets of `fn` pointers, of
//! `dyn Fn` and of closure signatures keep theirs erased: they are bound there, and made anew at each call.

use crate::hir::DefId;
use crate::ty::fold::{Fold, Folder, erase_regions};
use crate::ty::{Args, GenericArg, List, Region, Tcx, Ty, TyKind};

/// A region variable.
pub type Vid = u32;

/// `'static`
pub const STATIC: Vid = 0;
/// The end of the body, as whoever calls it sees it: after everything in it, before the end of any lifetime parameter.
pub const BODY_END: Vid = 1;

/// Where a region variable comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Origin {
    /// `'static`
    Static,
    /// The end of the body.
    BodyEnd,
    /// A lifetime parameter of the function.
    Named(Region),
    /// A region in the type of what a closure captured, by its number.
    Capture(u32),
    /// A region in a closure's signature, by its number.
    Signature(u32),
    /// The borrow of the closure itself while it is called.
    ClosureSelf,
    /// To be found out.
    Unknown,
}

impl Origin {
    /// Whether it is given from outside.
    pub fn is_universal(self) -> bool {
        self != Origin::Unknown
    }
}

/// The variable a region of a renumbered type is.
pub fn vid(region: Region) -> Option<Vid> {
    match region {
        Region::Var(v) => Some(v),
        Region::Static => Some(STATIC),
        _ => None,
    }
}

/// Replaces every region by what `next` says.
pub struct Renumber<'a, 'h, F> {
    /// Types and definitions.
    pub tcx: &'a Tcx<'h>,
    /// Gives the new region for an old one.
    pub next: F,
}

impl<F: FnMut(Region) -> Region> Folder for Renumber<'_, '_, F> {
    fn fold_ty(&mut self, ty: Ty) -> Ty {
        match *ty.kind() {
            TyKind::FnPtr(_) => erase_regions(ty),
            TyKind::Dynamic(def, args, assoc, r) if self.tcx.lang.fn_trait_kind(def).is_some() => {
                let args = erase_regions(args);
                let assoc = assoc.iter().map(|&(d, t)| (d, erase_regions(t))).collect();
                Ty::new(TyKind::Dynamic(def, args, assoc, (self.next)(r)))
            }
            TyKind::Closure(def, args) if args.len() >= 3 => {
                let n = args.len();
                let mut new: Vec<GenericArg> = args[..n - 1].iter().map(|&a| erase_regions(a)).collect();
                new.push(args[n - 1].fold_with(self));
                Ty::new(TyKind::Closure(def, List::new(&new)))
            }
            TyKind::Opaque(def, args) | TyKind::Projection(def, args) if self.tcx.as_opaque(ty).is_some() => {
                let mut new = args.fold_with(self).to_vec();
                let wanted = self.tcx.opaque_arg_count(def);
                while new.len() < wanted {
                    new.push(GenericArg::Region((self.next)(Region::Erased)));
                }
                with_opaque_args(ty, def, List::new(&new))
            }
            _ => ty.super_fold(self),
        }
    }
    fn fold_region(&mut self, r: Region) -> Region {
        (self.next)(r)
    }
}

/// The `impl Trait` type `ty` with other arguments.
pub(super) fn with_opaque_args(ty: Ty, def: DefId, args: Args) -> Ty {
    Ty::new(match ty.kind() {
        TyKind::Projection(..) => TyKind::Projection(def, args),
        _ => TyKind::Opaque(def, args),
    })
}

/// Calls `f` with each region of a renumbered type, in the order [`Renumber`] makes them.
pub fn for_each_region(ty: Ty, f: &mut dyn FnMut(Vid)) {
    let mut each = |r: Region| {
        if let Some(v) = vid(r) {
            f(v)
        }
    };
    walk_regions(ty, &mut each);
}

fn walk_regions(ty: Ty, f: &mut dyn FnMut(Region)) {
    match *ty.kind() {
        TyKind::Ref(r, t, _) => {
            f(r);
            walk_regions(t, f);
        }
        TyKind::Adt(_, args)
        | TyKind::FnDef(_, args)
        | TyKind::Projection(_, args)
        | TyKind::Opaque(_, args) => walk_args(args, f),
        TyKind::Closure(_, args) => {
            if let Some(GenericArg::Type(t)) = args.last() {
                walk_regions(*t, f);
            }
        }
        TyKind::Array(t, _) | TyKind::Slice(t) | TyKind::RawPtr(t, _) => walk_regions(t, f),
        TyKind::Tuple(ts) => ts.iter().for_each(|&t| walk_regions(t, f)),
        TyKind::Dynamic(_, args, assoc, r) => {
            walk_args(args, f);
            assoc.iter().for_each(|&(_, t)| walk_regions(t, f));
            f(r);
        }
        _ => {}
    }
}

fn walk_args(args: Args, f: &mut dyn FnMut(Region)) {
    for arg in args.iter() {
        match *arg {
            GenericArg::Region(r) => f(r),
            GenericArg::Type(t) => walk_regions(t, f),
            GenericArg::Const(_) => {}
        }
    }
}

/// Whether a type, regions erased or not, has a place for a region that is tracked.
pub fn has_regions(ty: Ty) -> bool {
    match *ty.kind() {
        TyKind::Ref(..) | TyKind::Dynamic(..) | TyKind::Opaque(..) => true,
        TyKind::Adt(_, args) | TyKind::FnDef(_, args) | TyKind::Projection(_, args) => {
            args.iter().any(|a| match *a {
                GenericArg::Region(_) => true,
                GenericArg::Type(t) => has_regions(t),
                GenericArg::Const(_) => false,
            })
        }
        TyKind::Closure(_, args) => matches!(args.last(), Some(GenericArg::Type(t)) if has_regions(*t)),
        TyKind::Array(t, _) | TyKind::Slice(t) | TyKind::RawPtr(t, _) => has_regions(t),
        TyKind::Tuple(ts) => ts.iter().any(|&t| has_regions(t)),
        _ => false,
    }
}
