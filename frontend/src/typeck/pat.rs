//! Patterns, with default binding modes.

use crate::diag::Diagnostic;
use crate::hir::*;
use crate::source::Span;
use crate::ty::{Mutability, Ty, TyKind};

use super::diagnostics as diags;
use super::expectation::Expectation;
use super::fn_ctxt::FnCtxt;
use super::results::{BindingMode, ValueRes};

/// What is known while going down a pattern.
#[derive(Clone, Copy)]
struct Context {
    /// How a plain binding binds here.
    mode: BindingMode,
    /// Where the expected type comes from.
    because: Option<Span>,
    /// What the pattern is matched with.
    scrutinee: Option<ExprId>,
}

impl FnCtxt<'_, '_> {
    /// Checks a whole pattern against the type of what it is matched with.
    pub(super) fn check_pat_top(
        &self,
        pat: PatId,
        expected: Ty,
        because: Option<Span>,
        scrutinee: Option<ExprId>,
    ) {
        self.check_pat(pat, expected, Context { mode: BindingMode::Value, because, scrutinee });
    }

    fn check_pat(&self, pat: PatId, expected: Ty, mut cx: Context) {
        let p = &self.body.pats[pat];
        let mut expected = self.infcx.shallow(expected);
        let peels = match &p.kind {
            PatKind::Tuple(..)
            | PatKind::Struct { .. }
            | PatKind::TupleStruct(..)
            | PatKind::Slice { .. } => true,
            PatKind::Range { .. } => true,
            PatKind::Lit { lit, .. } => !matches!(lit, Lit::Str(_) | Lit::ByteStr(_)),
            PatKind::Path(path) => !self.is_const_path(path),
            _ => false,
        };
        if peels {
            expected = self.structurally_resolve(expected);
            let mut taken = Vec::new();
            while let TyKind::Ref(_, inner, m) = *expected.kind() {
                taken.push(expected);
                cx.mode = match (cx.mode, m) {
                    (BindingMode::Ref(Mutability::Not), _) => cx.mode,
                    (_, m) => BindingMode::Ref(m),
                };
                expected = self.structurally_resolve(inner);
            }
            if !taken.is_empty() {
                self.results.borrow_mut().pat_adjustments.insert(pat, taken);
            }
        }
        let ty = self.check_pat_kind(pat, p, expected, cx);
        self.write_pat_ty(pat, ty);
    }

    fn check_pat_kind(&self, pat: PatId, p: &Pat, expected: Ty, cx: Context) -> Ty {
        match &p.kind {
            PatKind::Wild => expected,
            PatKind::Error => {
                self.tainted.set(true);
                Ty::error()
            }
            PatKind::Binding { local, by_ref, sub } => {
                let mode = match by_ref {
                    Some(m) => BindingMode::Ref(*m),
                    None if self.body.locals[*local].mutable => BindingMode::Value,
                    None => cx.mode,
                };
                self.results.borrow_mut().binding_modes.insert(pat, mode);
                let local_ty = match mode {
                    BindingMode::Value => expected,
                    BindingMode::Ref(m) => Ty::reference(expected, m),
                };
                let known = self.results.borrow().local_ty.get(local).copied();
                match known {
                    Some(known) => {
                        if self.infcx.unify(known, local_ty).is_err() {
                            diags::mismatch::pattern(self, p.span, known, local_ty, cx.because);
                        }
                    }
                    None => {
                        self.results.borrow_mut().local_ty.insert(*local, local_ty);
                    }
                }
                match sub {
                    Some(sub) => {
                        self.check_pat(*sub, expected, cx);
                    }
                    None if by_ref.is_none() => self.check_variant_name(*local, expected, p.span),
                    None => {}
                }
                expected
            }
            PatKind::Lit { lit, negated } => self.check_pat_lit(p.span, lit, *negated, expected, cx),
            PatKind::Range { lo, hi, .. } => {
                let ends = [(lo, false), (hi, true)];
                for (end, is_end) in ends.into_iter().filter_map(|(end, which)| Some((end.as_ref()?, which)))
                {
                    let ty = self.check_range_end(pat, is_end, end, p.span);
                    self.demand_pat_eq(p.span, expected, ty, cx);
                }
                let ty = self.infcx.shallow(expected);
                let ok = ty.is_integral()
                    || ty.is_float()
                    || self.is_numeric_var(ty)
                    || matches!(ty.kind(), TyKind::Char | TyKind::Error | TyKind::Infer(_));
                if !ok {
                    self.error(
                        Diagnostic::error(
                            "E0029",
                            p.span,
                            "only `char` and numeric types are allowed in range patterns",
                        )
                        .primary(format!(
                            "this is of type `{}` but it should be `char` or numeric",
                            self.show(ty)
                        )),
                    );
                }
                expected
            }
            PatKind::Path(path) => self.check_pat_path(pat, path, expected, cx),
            PatKind::TupleStruct(path, subs, rest) => {
                self.check_pat_tuple_struct(pat, p.span, path, subs, *rest, expected, cx)
            }
            PatKind::Struct { path, fields, rest } => {
                self.check_pat_struct(pat, p.span, path, fields, *rest, expected, cx)
            }
            PatKind::Tuple(subs, rest) => self.check_pat_tuple(p.span, subs, *rest, expected, cx),
            PatKind::Slice { before, rest, after } => {
                self.check_pat_slice(p.span, before, *rest, after, expected, cx)
            }
            PatKind::Ref(inner, m) => {
                let cx = Context { mode: BindingMode::Value, ..cx };
                let expected = self.structurally_resolve(expected);
                match *expected.kind() {
                    TyKind::Ref(_, to, found) if found == *m => {
                        self.check_pat(*inner, to, cx);
                        expected
                    }
                    TyKind::Error => {
                        self.check_pat(*inner, expected, cx);
                        expected
                    }
                    _ => {
                        let var = self.infcx.next_ty_var(p.span);
                        let ty = Ty::reference(var, *m);
                        if self.infcx.unify(expected, ty).is_err() {
                            diags::mismatch::pattern(self, p.span, expected, ty, cx.because);
                            let _ = self.infcx.unify(var, Ty::error());
                        }
                        self.check_pat(*inner, var, cx);
                        ty
                    }
                }
            }
            PatKind::Or(alternatives) => {
                for &a in alternatives {
                    self.check_pat(a, expected, cx);
                }
                expected
            }
        }
    }

    fn demand_pat_eq(&self, span: Span, expected: Ty, found: Ty, cx: Context) -> bool {
        if self.infcx.unify(expected, found).is_ok() {
            return true;
        }
        diags::mismatch::pattern(self, span, expected, found, cx.because);
        false
    }
    fn check_pat_lit(&self, span: Span, lit: &Lit, negated: bool, expected: Ty, cx: Context) -> Ty {
        let expected = self.structurally_resolve(expected);
        let mut ty = self.check_lit(lit, span, Expectation::HasType(expected));
        // A byte string also matches slices.
        if let (Lit::ByteStr(_), TyKind::Ref(_, inner, _)) = (lit, expected.kind())
            && matches!(self.structurally_resolve(*inner).kind(), TyKind::Slice(_))
        {
            ty = Ty::reference(Ty::slice(Ty::u8()), Mutability::Not);
        }
        if negated && !(self.is_numeric_var(ty) || ty.is_signed() || ty.is_float()) {
            self.error(Diagnostic::error(
                "E0600",
                span,
                format!("cannot apply unary operator `-` to type `{}`", self.show(ty)),
            ));
        }
        self.demand_pat_eq(span, expected, ty, cx);
        ty
    }
    /// `Red` in a pattern for a `Color` is a variable: surely `Color::Red` is meant.
    fn check_variant_name(&self, local: LocalId, expected: Ty, span: Span) {
        let TyKind::Adt(adt, _) = *self.infcx.shallow(expected).kind() else { return };
        let name = self.body.locals[local].name;
        let is_variant = |v: &VariantDef| v.name == name && v.shape == VariantShape::Unit;
        if self.tcx.is_enum(adt) && self.tcx.variants(adt).iter().any(is_variant) {
            let of = adt.name();
            let message = format!(
                "pattern binding `{name}` is named the same as one of the variants of the type `{of}`"
            );
            self.error(
                Diagnostic::error("E0170", span, message)
                    .help(format!("to match on the variant, qualify the path: `{of}::{name}`")),
            );
        }
    }
    fn check_range_end(&self, pat: PatId, is_end: bool, end: &RangeEnd, span: Span) -> Ty {
        match end {
            RangeEnd::Lit(lit, _) => self.check_lit(lit, span, Expectation::None),
            RangeEnd::Path(path) => match self.resolve_value_path(path) {
                Some((res, ty)) => {
                    self.results.borrow_mut().range_ends.insert((pat, is_end), res);
                    ty
                }
                None => Ty::error(),
            },
        }
    }
    fn is_const_path(&self, path: &HirPath) -> bool {
        match path.res {
            Res::Def(def) if path.unresolved == 0 => {
                matches!(self.tcx.hir.def(def).kind, DefKind::Const { .. } | DefKind::Static { .. })
            }
            _ if path.unresolved > 0 => {
                // A variant is an upper-case name of an enum; constants of a type are not peeled for.
                self.relative_is_const(path)
            }
            _ => false,
        }
    }
    fn relative_is_const(&self, path: &HirPath) -> bool {
        let adt = match path.res {
            Res::SelfTy(imp) => self.tcx.type_of(imp),
            Res::Def(def) => self.tcx.type_of(def),
            _ => return true,
        };
        match (adt.kind(), path.segments.last()) {
            (TyKind::Adt(def, _), Some(last)) if self.tcx.is_enum(*def) => {
                !self.tcx.variants(*def).iter().any(|v| v.name == last.name)
            }
            _ => true,
        }
    }
    fn check_pat_path(&self, pat: PatId, path: &HirPath, expected: Ty, cx: Context) -> Ty {
        let Some((res, ty)) = self.resolve_value_path(path) else {
            self.tainted.set(true);
            return Ty::error();
        };
        match res {
            ValueRes::Ctor(adt, variant, _) => {
                if self.tcx.variants(adt)[variant].shape != VariantShape::Unit {
                    self.error(
                        Diagnostic::error(
                            "E0532",
                            path.span,
                            format!(
                                "expected unit struct, unit variant or constant, found tuple variant `{}`",
                                self.tcx.variants(adt)[variant].name
                            ),
                        )
                        .help("use the tuple variant pattern syntax instead: `Name(..)`"),
                    );
                    return Ty::error();
                }
            }
            ValueRes::Const(..) => {}
            _ => {
                self.error(
                    Diagnostic::error("E0532", path.span, "expected unit struct, unit variant or constant")
                        .primary("not a unit struct, unit variant or constant"),
                );
                return Ty::error();
            }
        }
        self.results.borrow_mut().pat_res.insert(pat, res);
        self.demand_pat_eq(path.span, expected, ty, cx);
        ty
    }
    fn check_pat_tuple_struct(
        &self,
        pat: PatId,
        span: Span,
        path: &HirPath,
        subs: &[PatId],
        rest: Option<usize>,
        expected: Ty,
        cx: Context,
    ) -> Ty {
        let give_up = || {
            for &s in subs {
                self.check_pat(s, Ty::error(), cx);
            }
            self.tainted.set(true);
            Ty::error()
        };
        let Some((res, _)) = self.resolve_value_path(path) else { return give_up() };
        let ValueRes::Ctor(adt, variant, args) = res else {
            self.error(
                Diagnostic::error("E0532", path.span, "expected tuple struct or tuple variant")
                    .primary("not a tuple struct or tuple variant"),
            );
            return give_up();
        };
        let def = &self.tcx.variants(adt)[variant];
        if def.shape != VariantShape::Tuple {
            self.error(
                Diagnostic::error(
                    "E0532",
                    path.span,
                    format!("expected tuple struct or tuple variant, found unit variant `{}`", def.name),
                )
                .primary("not a tuple struct or tuple variant"),
            );
            return give_up();
        }
        let ty = Ty::new(TyKind::Adt(adt, args));
        self.results.borrow_mut().pat_res.insert(pat, res);
        let ok = self.demand_pat_eq(span, expected, ty, cx);
        let n = def.fields.len();
        if (rest.is_none() && subs.len() != n) || subs.len() > n {
            diags::fields::pattern_count(self, span, subs, adt, variant);
            for &s in subs {
                self.check_pat(s, Ty::error(), cx);
            }
            return ty;
        }
        for (i, &sub) in subs.iter().enumerate() {
            let field = match rest {
                Some(at) if i >= at => i + n - subs.len(),
                _ => i,
            };
            let field_ty = if ok { self.field_ty(span, adt, variant, field, args) } else { Ty::error() };
            self.check_pat(sub, field_ty, cx);
        }
        ty
    }
    fn check_pat_struct(
        &self,
        pat: PatId,
        span: Span,
        path: &HirPath,
        fields: &[(crate::symbol::Symbol, Span, PatId)],
        rest: bool,
        expected: Ty,
        cx: Context,
    ) -> Ty {
        let Some((adt, variant, args)) = self.resolve_variant_path(path) else {
            for &(_, _, s) in fields {
                self.check_pat(s, Ty::error(), cx);
            }
            self.tainted.set(true);
            return Ty::error();
        };
        let ty = Ty::new(TyKind::Adt(adt, args));
        self.results.borrow_mut().pat_res.insert(pat, ValueRes::Ctor(adt, variant, args));
        let ok = self.demand_pat_eq(span, expected, ty, cx);
        let def = &self.tcx.variants(adt)[variant];
        let mut indices = Vec::new();
        let mut seen = vec![false; def.fields.len()];
        let mut failed = false;
        for &(name, at, sub) in fields {
            let Some(i) = def.fields.iter().position(|f| f.name == name) else {
                failed = true;
                diags::fields::unknown_in_pattern(self, at, name, adt, variant);
                self.check_pat(sub, Ty::error(), cx);
                indices.push(0);
                continue;
            };
            if seen[i] {
                self.error(
                    Diagnostic::error(
                        "E0025",
                        at,
                        format!("field `{name}` bound multiple times in the pattern"),
                    )
                    .primary(format!("multiple uses of `{name}` in pattern")),
                );
            }
            seen[i] = true;
            indices.push(i);
            if !self.tcx.is_enum(adt) && !self.is_accessible(def.fields[i].vis) {
                diags::fields::private_in_expr(self, at, name, adt);
            }
            let field_ty = if ok { self.field_ty(at, adt, variant, i, args) } else { Ty::error() };
            self.check_pat(sub, field_ty, cx);
        }
        self.results.borrow_mut().pat_fields.insert(pat, indices);
        if !rest && !failed {
            let missing: Vec<_> =
                def.fields.iter().zip(&seen).filter(|(_, s)| !**s).map(|(f, _)| f.name).collect();
            if !missing.is_empty() {
                diags::fields::missing_in_pattern(self, span, &missing);
            }
        }
        ty
    }
    fn check_pat_tuple(
        &self,
        span: Span,
        subs: &[PatId],
        rest: Option<usize>,
        expected: Ty,
        cx: Context,
    ) -> Ty {
        let expected = self.structurally_resolve(expected);
        let (ty, elements) = match (*expected.kind(), rest) {
            (TyKind::Tuple(ts), Some(_)) if ts.len() >= subs.len() => (expected, ts.to_vec()),
            _ => {
                let vars: Vec<Ty> =
                    subs.iter().map(|s| self.infcx.next_ty_var(self.body.pats[*s].span)).collect();
                let ty = Ty::tuple(&vars);
                if rest.is_some() && self.infcx.is_ty_var(expected) {
                    self.expect_resolved(span, expected);
                }
                if !self.demand_pat_eq(span, expected, ty, cx) {
                    for &s in subs {
                        self.check_pat(s, Ty::error(), cx);
                    }
                    return Ty::error();
                }
                (ty, vars)
            }
        };
        let n = elements.len();
        for (i, &sub) in subs.iter().enumerate() {
            let index = match rest {
                Some(at) if i >= at => i + n - subs.len(),
                _ => i,
            };
            self.check_pat(sub, elements.get(index).copied().unwrap_or(Ty::error()), cx);
        }
        ty
    }
    fn check_pat_slice(
        &self,
        span: Span,
        before: &[PatId],
        rest: Option<Option<PatId>>,
        after: &[PatId],
        expected: Ty,
        cx: Context,
    ) -> Ty {
        let expected = self.expect_resolved(span, expected);
        let count = (before.len() + after.len()) as u64;
        let (element, rest_ty) = match *expected.kind() {
            TyKind::Slice(t) => (t, expected),
            TyKind::Array(t, len) => {
                let len = self.infcx.shallow_const(len);
                let rest_ty = match (len.as_u64(), rest) {
                    (Some(n), Some(_)) if n >= count => Ty::array(t, n - count),
                    (Some(n), None) if n == count => Ty::error(),
                    (Some(n), _) => {
                        let at_least = if rest.is_some() { "at least " } else { "" };
                        self.error(
                            Diagnostic::error(
                                if rest.is_some() { "E0528" } else { "E0527" },
                                span,
                                format!("pattern requires {at_least}{count} elements but array has {n}"),
                            )
                            .primary(format!("expected {n} elements")),
                        );
                        Ty::error()
                    }
                    (None, None) => {
                        let _ = self.infcx.unify_const(len, crate::ty::Const::usize(count));
                        Ty::error()
                    }
                    (None, Some(_)) => self.error(Diagnostic::error(
                        "E0730",
                        span,
                        "cannot pattern-match on an array without a fixed length",
                    )),
                };
                (t, rest_ty)
            }
            TyKind::Error => (expected, expected),
            _ => {
                let mut d = Diagnostic::error(
                    "E0529",
                    span,
                    format!("expected an array or slice, found `{}`", self.show(expected)),
                )
                .primary(format!("pattern cannot match with input type `{}`", self.show(expected)));
                if cx.scrutinee.is_some() {
                    d = d.help("consider slicing here: `[..]`");
                }
                let e = self.error(d);
                (e, e)
            }
        };
        for &sub in before.iter().chain(after) {
            self.check_pat(sub, element, cx);
        }
        if let Some(Some(sub)) = rest {
            self.check_pat(sub, rest_ty, cx);
        }
        expected
    }

    /// Whether the pattern binds by reference explicitly.
    pub(super) fn binds_by_ref(&self, pat: PatId) -> bool {
        self.any_binding(pat, &mut |p| {
            matches!(self.body.pats[p].kind, PatKind::Binding { by_ref: Some(_), .. })
        })
    }
    /// Whether the pattern, checked, binds by mutable reference.
    pub(super) fn binds_by_mut_ref(&self, pat: PatId) -> bool {
        self.any_binding(pat, &mut |p| {
            self.results.borrow().binding_modes.get(&p) == Some(&BindingMode::Ref(Mutability::Mut))
        })
    }
    fn any_binding(&self, pat: PatId, f: &mut dyn FnMut(PatId) -> bool) -> bool {
        if let PatKind::Binding { .. } = self.body.pats[pat].kind
            && f(pat)
        {
            return true;
        }
        sub_patterns(&self.body.pats[pat].kind).into_iter().any(|p| self.any_binding(p, f))
    }
}

/// The patterns directly inside a pattern.
pub fn sub_patterns(kind: &PatKind) -> Vec<PatId> {
    match kind {
        PatKind::Binding { sub, .. } => sub.iter().copied().collect(),
        PatKind::TupleStruct(_, subs, _) | PatKind::Tuple(subs, _) | PatKind::Or(subs) => subs.clone(),
        PatKind::Struct { fields, .. } => fields.iter().map(|f| f.2).collect(),
        PatKind::Slice { before, rest, after } => before
            .iter()
            .copied()
            .chain(rest.iter().flatten().copied())
            .chain(after.iter().copied())
            .collect(),
        PatKind::Ref(p, _) => vec![*p],
        PatKind::Wild | PatKind::Lit { .. } | PatKind::Range { .. } | PatKind::Path(_) | PatKind::Error => {
            vec![]
        }
    }
}
