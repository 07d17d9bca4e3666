//! Matching values at compile time.

use crate::hir::*;
use crate::ty::{Const, ConstKind, Ty, fold};

use super::super::results::ValueRes;
use super::{Frame, Run, Stop, Value, signed, truncate};

impl Frame<'_, '_> {
    fn lit_bits(&self, lit: &Lit, negated: bool, ty: Ty) -> Option<u128> {
        let width = ty.scalar_bits()?;
        match lit {
            Lit::Bool(b) => Some(u128::from(*b)),
            Lit::Char(c) => Some(*c as u128),
            Lit::Int(n, _) if negated => Some(truncate(n.wrapping_neg(), width)),
            Lit::Int(n, _) => Some(*n),
            _ => None,
        }
    }
    pub(super) fn matches(&mut self, pat: PatId, value: &Value) -> Run<bool> {
        let p = &self.body.pats[pat];
        let cannot =
            || Err(Stop::Cannot(p.span, "this pattern cannot be used in a constant here".to_string()));
        let ty = fold::subst(self.results.pat_ty.get(&pat).copied().unwrap_or(Ty::error()), self.args);
        match (&p.kind, value) {
            (PatKind::Wild, _) => Ok(true),
            (PatKind::Binding { local, sub, .. }, _) => {
                self.locals.insert(*local, value.clone());
                sub.map_or(Ok(true), |s| self.matches(s, value))
            }
            (PatKind::Lit { lit, negated }, Value::Bits(b)) => {
                Ok(self.lit_bits(lit, *negated, ty) == Some(*b))
            }
            (PatKind::Range { lo, hi, inclusive }, Value::Bits(b)) => {
                let width = ty.scalar_bits().unwrap_or(128);
                let key = |x: u128| {
                    if ty.is_signed() { (signed(x, width) as u128) ^ (1 << 127) } else { x }
                };
                let end = |e: &Option<RangeEnd>| match e {
                    Some(RangeEnd::Lit(lit, neg)) => Some(self.lit_bits(lit, *neg, ty)),
                    Some(RangeEnd::Path(_)) => Some(None),
                    None => None,
                };
                let (lo, hi) = (end(lo), end(hi));
                if lo == Some(None) || hi == Some(None) {
                    return cannot();
                }
                let above = lo.flatten().is_none_or(|l| key(l) <= key(*b));
                let below = hi
                    .flatten()
                    .is_none_or(|h| if *inclusive { key(*b) <= key(h) } else { key(*b) < key(h) });
                Ok(above && below)
            }
            (PatKind::Path(_), _) => match (self.results.pat_res.get(&pat).copied(), value) {
                (Some(ValueRes::Ctor(_, v, _)), Value::Many(found, _)) => Ok(v == *found),
                (Some(ValueRes::Const(def, args)), _) => {
                    let args = fold::subst(args, self.args);
                    let c = Const::new(ConstKind::Unevaluated(def, args));
                    match (self.tcx.try_const(c, def, args, *self.steps).map(|c| *c.kind()), value) {
                        (Ok(ConstKind::Value(_, x)), Value::Bits(b)) => Ok(x == *b),
                        _ => cannot(),
                    }
                }
                _ => cannot(),
            },
            (PatKind::TupleStruct(_, subs, None), Value::Many(found, list)) => {
                match self.results.pat_res.get(&pat).copied() {
                    Some(ValueRes::Ctor(_, v, _)) if v == *found => self.match_all(subs, list),
                    Some(ValueRes::Ctor(..)) => Ok(false),
                    _ => cannot(),
                }
            }
            (PatKind::Tuple(subs, None), Value::Many(_, list)) => self.match_all(subs, list),
            (PatKind::Struct { fields, .. }, Value::Many(found, list)) => {
                if !matches!(self.results.pat_res.get(&pat), Some(ValueRes::Ctor(_, v, _)) if v == found) {
                    return Ok(false);
                }
                let indices = self.results.pat_fields.get(&pat).cloned().unwrap_or_default();
                for (f, i) in fields.iter().zip(indices) {
                    match list.get(i) {
                        Some(v) if self.matches(f.2, v)? => {}
                        _ => return Ok(false),
                    }
                }
                Ok(true)
            }
            (PatKind::Ref(sub, _), _) => self.matches(*sub, value),
            (PatKind::Or(list), _) => {
                for &p in list {
                    if self.matches(p, value)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            (PatKind::Error, _) => Err(Stop::Reported),
            _ => cannot(),
        }
    }
    fn match_all(&mut self, pats: &[PatId], values: &[Value]) -> Run<bool> {
        for (p, v) in pats.iter().zip(values) {
            if !self.matches(*p, v)? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
