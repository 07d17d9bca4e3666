//! HIR patterns to typed patterns.

use super::expr::Cx;
use super::*;
use crate::hir::{self, Lit, PatId, RangeEnd};
use crate::lower::const_value::{greatest, literal_bits, ordered};
use crate::mir::ConstantKind;
use crate::ty::{ConstKind, TyKind};
use crate::typeck::results::ValueRes;

impl<'a, 'h> Cx<'a, 'h> {
    /// A pattern, wrapped in the references that default binding modes took off.
    pub(super) fn pattern(&mut self, p: PatId) -> Pat {
        let span = self.hir.pats[p].span;
        let Some(&ty) = self.results.pat_ty.get(&p) else {
            self.missing(span, "the type of a pattern");
            return Pat { kind: PatKind::Error, ty: Ty::error(), span };
        };
        let kind = self.pattern_kind(p, ty, span);
        let mut pat = Pat { kind, ty, span };
        for &reference in self.results.pat_adjustments.get(&p).into_iter().flatten().rev() {
            pat = Pat { kind: PatKind::Deref(Box::new(pat)), ty: reference, span };
        }
        pat
    }

    fn pattern_kind(&mut self, p: PatId, ty: Ty, span: Span) -> PatKind {
        let hir: &'a hir::Body = self.hir;
        match &hir.pats[p].kind {
            hir::PatKind::Wild => PatKind::Wild,
            hir::PatKind::Binding { local, by_ref, sub } => {
                let mode = self.results.binding_modes.get(&p).copied().unwrap_or(match by_ref {
                    Some(m) => BindingMode::Ref(*m),
                    None => BindingMode::Value,
                });
                PatKind::Binding { local: *local, mode, sub: sub.map(|s| Box::new(self.pattern(s))) }
            }
            hir::PatKind::Lit { lit, negated } => self.literal_pattern(lit, *negated, ty, span),
            hir::PatKind::Range { lo, hi, inclusive } => {
                let least = ordered(0, ty);
                let (has_lo, has_hi) = (lo.is_some(), hi.is_some());
                let lo = lo.as_ref().map_or(Some(least), |end| self.range_end(p, false, end, ty));
                let hi = hi
                    .as_ref()
                    .map_or(Some(ordered(greatest(ty), ty)), |end| self.range_end(p, true, end, ty));
                match (lo, hi) {
                    (Some(lo), Some(hi)) => {
                        PatKind::Range(PatRange { lo, hi, inclusive: *inclusive || !has_hi, has_lo, has_hi })
                    }
                    _ => {
                        self.missing(span, "the end of a range pattern");
                        PatKind::Error
                    }
                }
            }
            hir::PatKind::Path(_) => match self.results.pat_res.get(&p).copied() {
                Some(ValueRes::Ctor(def, variant, _)) => self.constructor(def, variant, Vec::new(), ty),
                Some(ValueRes::Const(def, args)) => self.constant_pattern(def, args, ty),
                _ => {
                    self.missing(span, "what a pattern means");
                    PatKind::Error
                }
            },
            hir::PatKind::TupleStruct(_, ps, rest) => {
                let Some(&ValueRes::Ctor(def, variant, _)) = self.results.pat_res.get(&p) else {
                    self.missing(span, "what a pattern means");
                    return PatKind::Error;
                };
                let count = self.tcx.variants(def)[variant].fields.len();
                let fields = self.positional(ps, *rest, count);
                self.constructor(def, variant, fields, ty)
            }
            hir::PatKind::Struct { fields, .. } => {
                let (Some(&ValueRes::Ctor(def, variant, _)), Some(indices)) =
                    (self.results.pat_res.get(&p), self.results.pat_fields.get(&p))
                else {
                    self.missing(span, "what a pattern means");
                    return PatKind::Error;
                };
                let fields = indices.iter().zip(fields).map(|(&i, f)| (i, self.pattern(f.2))).collect();
                self.constructor(def, variant, fields, ty)
            }
            hir::PatKind::Tuple(ps, rest) => {
                let count = match ty.kind() {
                    TyKind::Tuple(ts) => ts.len(),
                    _ => ps.len(),
                };
                PatKind::Leaf(self.positional(ps, *rest, count))
            }
            hir::PatKind::Slice { before, rest, after } => PatKind::Slice {
                before: before.iter().map(|&p| self.pattern(p)).collect(),
                rest: rest.as_ref().map(|r| r.map(|p| Box::new(self.pattern(p)))),
                after: after.iter().map(|&p| self.pattern(p)).collect(),
            },
            hir::PatKind::Ref(sub, _) => PatKind::Deref(Box::new(self.pattern(*sub))),
            hir::PatKind::Or(ps) => PatKind::Or(ps.iter().map(|&p| self.pattern(p)).collect()),
            hir::PatKind::Error => {
                self.missing(span, "a pattern");
                PatKind::Error
            }
        }
    }

    fn positional(&mut self, ps: &[PatId], rest: Option<usize>, count: usize) -> Vec<(usize, Pat)> {
        let gap = rest.unwrap_or(ps.len());
        let after = ps.len().saturating_sub(gap);
        ps.iter()
            .enumerate()
            .map(|(i, &p)| {
                let index = if i < gap { i } else { count.saturating_sub(after) + (i - gap) };
                (index, self.pattern(p))
            })
            .collect()
    }

    fn constructor(&mut self, def: DefId, variant: usize, fields: Vec<(usize, Pat)>, ty: Ty) -> PatKind {
        match (&self.tcx.hir.def(def).kind, ty.kind()) {
            (hir::DefKind::Enum(_), TyKind::Adt(_, args)) => {
                PatKind::Variant { adt: def, args: *args, variant, fields }
            }
            _ => PatKind::Leaf(fields),
        }
    }

    fn literal_pattern(&mut self, lit: &Lit, negated: bool, ty: Ty, span: Span) -> PatKind {
        match lit {
            Lit::Str(text) => {
                PatKind::Constant(PatConst::Value(Constant { kind: ConstantKind::Str(*text), ty }))
            }
            // Compared byte by byte.
            Lit::ByteStr(bytes) => {
                let before = bytes
                    .iter()
                    .map(|&b| Pat { kind: PatKind::Constant(PatConst::Int(b as u128)), ty: Ty::u8(), span })
                    .collect();
                let inner = ty.builtin_deref().map_or(ty, |(t, _)| t);
                let slice = PatKind::Slice { before, rest: None, after: Vec::new() };
                PatKind::Deref(Box::new(Pat { kind: slice, ty: inner, span }))
            }
            _ => match literal_bits(lit, negated, ty) {
                Some(bits) if ty.is_float() => PatKind::Constant(PatConst::Float(bits)),
                Some(bits) => PatKind::Constant(PatConst::Int(bits)),
                None => {
                    self.missing(span, "a literal pattern");
                    PatKind::Error
                }
            },
        }
    }

    fn constant_pattern(&mut self, def: DefId, args: Args, ty: Ty) -> PatKind {
        if (ty.is_integral() || matches!(ty.kind(), TyKind::Bool | TyKind::Char))
            && let ConstKind::Value(_, bits) =
                self.tcx.eval_const(Const::new(ConstKind::Unevaluated(def, args))).kind()
        {
            return PatKind::Constant(PatConst::Int(*bits));
        }
        PatKind::Constant(PatConst::Value(Constant { kind: ConstantKind::Item(def, args), ty }))
    }

    fn range_end(&mut self, p: PatId, is_end: bool, end: &RangeEnd, ty: Ty) -> Option<u128> {
        match end {
            RangeEnd::Lit(lit, negated) => literal_bits(lit, *negated, ty),
            RangeEnd::Path(_) => match self.results.range_ends.get(&(p, is_end)).copied()? {
                ValueRes::Const(def, args) => {
                    let c = Const::new(ConstKind::Unevaluated(def, args));
                    match self.tcx.eval_const(c).kind() {
                        ConstKind::Value(_, bits) => Some(*bits),
                        _ => None,
                    }
                }
                _ => None,
            },
        }
    }
}
