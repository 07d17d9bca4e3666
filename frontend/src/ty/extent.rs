//! How large a type is: known when it is interned, so that whoever makes ever larger types can stop in time.

use super::*;

/// How many types and constants stand in one, and how deep they nest.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Extent {
    /// With repetitions: what a walk meets.
    pub nodes: u32,
    /// One for a type without parts.
    pub depth: u32,
}

impl Extent {
    /// The greatest that instances and the fields of their types may have. Depth is what ever larger types reach first
    /// if each holds the last one once, nodes if it holds it twice.
    pub const LIMIT: Extent = Extent { nodes: 1 << 18, depth: 96 };

    const LEAF: Extent = Extent { nodes: 1, depth: 1 };

    /// Whether one of the numbers is above the limit.
    pub fn is_over_limit(self) -> bool {
        self.nodes > Self::LIMIT.nodes || self.depth > Self::LIMIT.depth
    }
    /// Of generic arguments together.
    pub fn of_args(args: &[GenericArg]) -> Extent {
        let mut extent = Extent::LEAF;
        args.iter().for_each(|&a| extent.add_arg(a));
        extent
    }
    pub(super) fn of_kind(kind: &TyKind) -> Extent {
        let mut extent = Extent::LEAF;
        for_each_part(kind, &mut |arg| extent.add_arg(arg));
        extent
    }
    pub(super) fn of_const(kind: &ConstKind) -> Extent {
        match kind {
            ConstKind::Unevaluated(_, args) => Extent::of_args(args),
            _ => Extent::LEAF,
        }
    }
    fn add_arg(&mut self, arg: GenericArg) {
        let part = match arg {
            GenericArg::Region(_) => return,
            GenericArg::Type(t) => t.extent(),
            GenericArg::Const(c) => c.extent(),
        };
        self.nodes = self.nodes.saturating_add(part.nodes);
        self.depth = self.depth.max(part.depth.saturating_add(1));
    }
}

/// Calls `f` with the types, constants and regions a type is made of, one level down.
pub fn for_each_part(kind: &TyKind, f: &mut dyn FnMut(GenericArg)) {
    match *kind {
        TyKind::Adt(_, args)
        | TyKind::FnDef(_, args)
        | TyKind::Closure(_, args)
        | TyKind::Projection(_, args)
        | TyKind::Opaque(_, args) => args.iter().for_each(|&a| f(a)),
        TyKind::Array(t, n) => {
            f(GenericArg::Type(t));
            f(GenericArg::Const(n));
        }
        TyKind::Slice(t) | TyKind::RawPtr(t, _) | TyKind::Ref(_, t, _) => f(GenericArg::Type(t)),
        TyKind::Tuple(ts) => ts.iter().for_each(|&t| f(GenericArg::Type(t))),
        TyKind::FnPtr(sig) => {
            sig.inputs.iter().for_each(|&t| f(GenericArg::Type(t)));
            f(GenericArg::Type(sig.output));
        }
        TyKind::Dynamic(_, args, assoc, _) => {
            args.iter().for_each(|&a| f(a));
            assoc.iter().for_each(|&(_, t)| f(GenericArg::Type(t)));
        }
        primitive!() | TyKind::Param(_) | TyKind::Infer(_) | TyKind::Error => {}
    }
}
