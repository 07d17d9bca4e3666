//! Constructors: how a value can begin, and which constructors a type has.

use std::rc::Rc;

use super::PatCx;
use crate::lower::const_value::{greatest, ordered};
use crate::lower::thir::{Pat, PatConst, PatKind};
use crate::mir::Constant;
use crate::ty::{IntTy, Ty, TyKind, UintTy};

/// How a value can begin.
#[derive(Clone, PartialEq, Debug)]
pub enum Constructor {
    /// The only one of a struct or tuple.
    Struct,
    /// `&`
    Ref,
    /// A variant.
    Variant(usize),
    /// Integers, `bool`s and `char`s from the first to the second, in the order of [`position`].
    Range(u128, u128),
    /// A slice or array of just this length.
    Slice(usize),
    /// A slice of at least this many elements: from the start, and from the end.
    VarSlice(usize, usize),
    /// A constant that only `==` knows.
    Opaque(Rc<Constant>),
    /// A float by its bits, or a range of floats.
    Float(u128, u128),
    /// Values of a type whose constructors cannot be counted, other than those in the column.
    Other,
    /// Anything.
    Wild,
    /// One of several patterns.
    Or,
}

/// A pattern as a tree of constructors.
#[derive(Clone, Debug)]
pub struct Tree {
    /// How it begins.
    pub head: Constructor,
    /// What it holds; the alternatives of [`Constructor::Or`].
    pub fields: Vec<Tree>,
}

impl Tree {
    /// `_`
    pub fn wild() -> Tree {
        Tree { head: Constructor::Wild, fields: Vec::new() }
    }

    /// A typed pattern as a tree.
    pub fn new(cx: &PatCx<'_, '_>, pat: &Pat) -> Tree {
        let positional = |fields: &[(usize, Pat)], count: usize| {
            let mut trees = vec![Tree::wild(); count];
            for (i, p) in fields {
                if let Some(slot) = trees.get_mut(*i) {
                    *slot = Tree::new(cx, p);
                }
            }
            trees
        };
        let (head, fields) = match &pat.kind {
            PatKind::Wild | PatKind::Error => (Constructor::Wild, Vec::new()),
            PatKind::Binding { sub, .. } => {
                return sub.as_ref().map_or_else(Tree::wild, |p| Tree::new(cx, p));
            }
            PatKind::Variant { variant, fields, .. } => {
                let head = Constructor::Variant(*variant);
                let count = head.field_tys(cx, pat.ty).len();
                (head, positional(fields, count))
            }
            PatKind::Leaf(fields) => {
                let count = Constructor::Struct.field_tys(cx, pat.ty).len();
                (Constructor::Struct, positional(fields, count))
            }
            PatKind::Deref(p) => (Constructor::Ref, vec![Tree::new(cx, p)]),
            PatKind::Constant(PatConst::Int(bits)) => {
                let at = position(*bits, pat.ty);
                (Constructor::Range(at, at), Vec::new())
            }
            PatKind::Constant(PatConst::Float(bits)) => (Constructor::Float(*bits, *bits), Vec::new()),
            PatKind::Constant(PatConst::Value(c)) => (Constructor::Opaque(Rc::new(c.clone())), Vec::new()),
            PatKind::Range(r) if pat.ty.is_float() => {
                (Constructor::Float(r.lo, r.hi.wrapping_add(1)), Vec::new())
            }
            PatKind::Range(r) => {
                let (least, most) = bounds(pat.ty);
                let lo = if r.has_lo { position(r.lo, pat.ty) } else { least };
                let hi = if r.has_hi { position(r.hi, pat.ty) } else { most };
                let hi = if r.inclusive { hi } else { hi.saturating_sub(1) };
                if lo > hi {
                    // Empty: rustc refuses it (E0030, E0579); it matches nothing.
                    return Tree { head: Constructor::Or, fields: Vec::new() };
                }
                (Constructor::Range(lo, hi), Vec::new())
            }
            PatKind::Slice { before, rest, after } => {
                let mut fields: Vec<Tree> = before.iter().map(|p| Tree::new(cx, p)).collect();
                let tail: Vec<Tree> = after.iter().map(|p| Tree::new(cx, p)).collect();
                let (from, to) = (fields.len(), tail.len());
                fields.extend(tail);
                match rest {
                    None => (Constructor::Slice(from + to), fields),
                    Some(_) => (Constructor::VarSlice(from, to), fields),
                }
            }
            PatKind::Or(ps) => (Constructor::Or, ps.iter().map(|p| Tree::new(cx, p)).collect()),
        };
        Tree { head, fields }
    }
}

/// Where a value stands among the values of its type: 0 is the least. For `isize` and `usize` there is a value
/// before and after those of any width, since programs must not count on it.
pub fn position(bits: u128, ty: Ty) -> u128 {
    ordered(bits, ty) + matches!(ty.kind(), TyKind::Int(IntTy::Isize)) as u128
}

/// First and last position of a type.
pub fn bounds(ty: Ty) -> (u128, u128) {
    match ty.kind() {
        TyKind::Int(IntTy::Isize) => (0, greatest(ty) + 2),
        TyKind::Uint(UintTy::Usize) => (0, greatest(ty) + 1),
        _ => (0, greatest(ty)),
    }
}

impl Constructor {
    /// Types of the fields of a value that begins like this.
    pub fn field_tys(&self, cx: &PatCx<'_, '_>, ty: Ty) -> Vec<Ty> {
        match (self, ty.kind()) {
            (Constructor::Struct, TyKind::Tuple(ts)) => ts.to_vec(),
            (Constructor::Struct, TyKind::Adt(def, args)) => {
                let count = cx.tcx.variants(*def).first().map_or(0, |v| v.fields.len());
                (0..count).map(|f| cx.field_ty(*def, 0, f, *args)).collect()
            }
            (Constructor::Variant(v), TyKind::Adt(def, args)) => {
                let count = cx.tcx.variants(*def).get(*v).map_or(0, |v| v.fields.len());
                (0..count).map(|f| cx.field_ty(*def, *v, f, *args)).collect()
            }
            (Constructor::Ref, TyKind::Ref(_, to, _)) => vec![*to],
            // Box patterns do not exist; a dereference of anything else holds something unknown.
            (Constructor::Ref, _) => vec![Ty::error()],
            (Constructor::Slice(n), TyKind::Array(t, _) | TyKind::Slice(t)) => vec![*t; *n],
            (Constructor::VarSlice(a, b), TyKind::Array(t, _) | TyKind::Slice(t)) => vec![*t; a + b],
            _ => Vec::new(),
        }
    }

    /// Whether every value that begins like `other` (of a split set) begins like this.
    pub fn covers(&self, other: &Constructor) -> bool {
        match (self, other) {
            (Constructor::Wild, _) => true,
            (Constructor::Range(a, b), Constructor::Range(c, d)) => a <= c && d <= b,
            (Constructor::VarSlice(a, b), Constructor::Slice(n)) => a + b <= *n,
            (Constructor::VarSlice(a, b), Constructor::VarSlice(c, d)) => a <= c && b <= d,
            (a, b) => a == b,
        }
    }
}

/// The constructors of a type, split so that each one of the column covers it or does not meet it.
pub fn split(cx: &PatCx<'_, '_>, ty: Ty, column: &[&Constructor]) -> Vec<Constructor> {
    match ty.kind() {
        TyKind::Never => Vec::new(),
        TyKind::Tuple(_) => vec![Constructor::Struct],
        TyKind::Ref(..) if column.iter().any(|c| matches!(c, Constructor::Opaque(_))) => opaque(column),
        TyKind::Ref(_, to, _) if matches!(to.kind(), TyKind::Str) => opaque(column),
        TyKind::Ref(..) => vec![Constructor::Ref],
        TyKind::Adt(..) if column.iter().any(|c| matches!(c, Constructor::Opaque(_))) => opaque(column),
        TyKind::Adt(..) if column.iter().any(|c| matches!(c, Constructor::Ref)) => vec![Constructor::Ref],
        TyKind::Adt(def, args) => match &cx.tcx.hir.def(*def).kind {
            crate::hir::DefKind::Enum(_) => (0..cx.tcx.variants(*def).len())
                .filter(|&v| !is_variant_empty(cx, *def, v, *args, 0))
                .map(Constructor::Variant)
                .collect(),
            _ => vec![Constructor::Struct],
        },
        TyKind::Bool | TyKind::Int(_) | TyKind::Uint(_) => {
            let (lo, hi) = bounds(ty);
            split_range(lo, hi, column)
        }
        TyKind::Char => {
            let mut out = split_range(0, 0xd7ff, column);
            out.extend(split_range(0xe000, 0x10_ffff, column));
            out
        }
        TyKind::Array(_, n) if n.as_u64().is_some() => {
            split_array(n.as_u64().map_or(0, |n| n as usize), column)
        }
        TyKind::Array(..) | TyKind::Slice(_) => split_slices(column),
        _ => opaque(column),
    }
}

fn opaque(column: &[&Constructor]) -> Vec<Constructor> {
    let mut out: Vec<Constructor> = Vec::new();
    for c in column {
        if **c != Constructor::Wild && !out.contains(c) {
            out.push((*c).clone());
        }
    }
    out.push(Constructor::Other);
    out
}

fn split_range(lo: u128, hi: u128, column: &[&Constructor]) -> Vec<Constructor> {
    // Positions at which some range of the column begins, or has just ended.
    let mut cuts = vec![lo];
    for c in column {
        if let Constructor::Range(a, b) = c {
            if *a > lo && *a <= hi {
                cuts.push(*a);
            }
            if *b >= lo && *b < hi {
                cuts.push(b + 1);
            }
        }
    }
    cuts.sort_unstable();
    cuts.dedup();
    let ends = cuts.iter().skip(1).map(|c| c - 1).chain([hi]);
    cuts.iter().zip(ends).map(|(&a, b)| Constructor::Range(a, b)).collect()
}

/// A long array is looked at only as far as the patterns go.
fn split_array(n: usize, column: &[&Constructor]) -> Vec<Constructor> {
    let whole = column.iter().any(|c| matches!(c, Constructor::Slice(_)));
    match split_slices(column).pop() {
        Some(Constructor::VarSlice(from, to)) if n > 32 && !whole => vec![Constructor::VarSlice(from, to)],
        _ => vec![Constructor::Slice(n)],
    }
}

fn split_slices(column: &[&Constructor]) -> Vec<Constructor> {
    let (mut longest, mut from, mut to) = (0, 0, 0);
    for c in column {
        match c {
            Constructor::Slice(n) => longest = longest.max(n + 1),
            Constructor::VarSlice(a, b) => (from, to) = (from.max(*a), to.max(*b)),
            _ => {}
        }
    }
    if from + to < longest {
        from = longest - to;
    }
    (0..from + to).map(Constructor::Slice).chain([Constructor::VarSlice(from, to)]).collect()
}

fn is_variant_empty(
    cx: &PatCx<'_, '_>,
    def: crate::hir::DefId,
    variant: usize,
    args: crate::ty::Args,
    depth: u32,
) -> bool {
    let count = cx.tcx.variants(def)[variant].fields.len();
    (0..count).any(|f| is_empty(cx, cx.field_ty(def, variant, f, args), depth + 1))
}

/// Whether the type has no values, as far as can be seen without going through pointers.
pub fn is_empty(cx: &PatCx<'_, '_>, ty: Ty, depth: u32) -> bool {
    if depth > 8 {
        return false;
    }
    match ty.kind() {
        TyKind::Never => true,
        TyKind::Tuple(ts) => ts.iter().any(|&t| is_empty(cx, t, depth + 1)),
        TyKind::Array(t, n) => n.as_u64().is_some_and(|n| n > 0) && is_empty(cx, *t, depth + 1),
        TyKind::Adt(def, args) => {
            let count = cx.tcx.variants(*def).len();
            (0..count).all(|v| is_variant_empty(cx, *def, v, *args, depth))
        }
        _ => false,
    }
}
