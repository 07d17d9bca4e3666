//! What occurs somewhere inside a type: lets folds and searches stop early.

use super::*;

/// A set of facts about a type or constant. Facts of the parts are facts of the whole.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Flags(u8);

impl Flags {
    /// A type or const parameter.
    pub const PARAM: Flags = Flags(1);
    /// An inference variable.
    pub const INFER: Flags = Flags(2);
    /// A projection or a constant not yet evaluated: normalising may change the type.
    pub const PROJECTION: Flags = Flags(4);
    /// An opaque type.
    pub const OPAQUE: Flags = Flags(8);
    /// The error type.
    pub const ERROR: Flags = Flags(16);
    /// A region other than the erased one.
    pub const REGION: Flags = Flags(32);
    /// Nothing.
    pub const NONE: Flags = Flags(0);

    /// Whether any fact of `other` holds.
    pub fn has(self, other: Flags) -> bool {
        self.0 & other.0 != 0
    }
    /// Facts of both.
    pub fn or(self, other: Flags) -> Flags {
        Flags(self.0 | other.0)
    }
    /// Facts about generic arguments.
    pub fn of_args(args: &[GenericArg]) -> Flags {
        args.iter().fold(Flags::NONE, |f, a| {
            f.or(match a {
                GenericArg::Region(r) => Flags::of_region(*r),
                GenericArg::Type(t) => t.flags(),
                GenericArg::Const(c) => c.flags(),
            })
        })
    }
    fn of_region(r: Region) -> Flags {
        if r == Region::Erased { Flags::NONE } else { Flags::REGION }
    }
    fn of_types(types: &[Ty]) -> Flags {
        types.iter().fold(Flags::NONE, |f, t| f.or(t.flags()))
    }
    pub(super) fn of_kind(kind: &TyKind) -> Flags {
        match kind {
            primitive!() => Flags::NONE,
            TyKind::Adt(_, args) | TyKind::FnDef(_, args) | TyKind::Closure(_, args) => Flags::of_args(args),
            TyKind::Array(t, n) => t.flags().or(n.flags()),
            TyKind::Slice(t) | TyKind::RawPtr(t, _) => t.flags(),
            TyKind::Tuple(ts) => Flags::of_types(ts),
            TyKind::Ref(r, t, _) => Flags::of_region(*r).or(t.flags()),
            TyKind::FnPtr(sig) => Flags::of_types(&sig.inputs).or(sig.output.flags()),
            TyKind::Dynamic(_, args, assoc, r) => {
                let own = Flags::of_args(args).or(Flags::of_region(*r));
                assoc.iter().fold(own, |f, (_, t)| f.or(t.flags()))
            }
            TyKind::Param(_) => Flags::PARAM,
            TyKind::Projection(_, args) => Flags::of_args(args).or(Flags::PROJECTION),
            TyKind::Opaque(_, args) => Flags::of_args(args).or(Flags::OPAQUE),
            TyKind::Infer(_) => Flags::INFER,
            TyKind::Error => Flags::ERROR,
        }
    }
    pub(super) fn of_const(kind: &ConstKind) -> Flags {
        match kind {
            ConstKind::Value(..) => Flags::NONE,
            ConstKind::Param(_) => Flags::PARAM,
            ConstKind::Unevaluated(_, args) => Flags::of_args(args).or(Flags::PROJECTION),
            ConstKind::Infer(_) => Flags::INFER,
            ConstKind::Error => Flags::ERROR,
        }
    }
}
