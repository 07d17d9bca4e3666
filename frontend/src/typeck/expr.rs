//! Types of expressions.

use crate::diag::Diagnostic;
use crate::hir::*;
use crate::source::Span;
use crate::symbol::Symbol;
use crate::ty::lower_ty;
use crate::ty::{ConstKind, InferTy, List, Mutability, Ty, TyKind};

use super::coerce::{CoerceMany, Why};
use super::diagnostics as diags;
use super::expectation::Expectation;
use super::fn_ctxt::FnCtxt;
use super::results::{AdjustKind, Adjustment};

impl FnCtxt<'_, '_> {
    /// Checks an expression that nothing is expected of.
    pub fn check_expr(&self, e: ExprId) -> Ty {
        self.check_expr_with(e, Expectation::None)
    }
    /// Checks an expression that should have this type, without demanding it.
    pub fn check_expr_with_hint(&self, e: ExprId, expected: Expectation) -> Ty {
        self.check_expr_with(e, expected)
    }
    /// Checks an expression that must have exactly this type (`!` is turned into it).
    pub fn check_expr_has_type(&self, e: ExprId, expected: Ty) -> Ty {
        let mut ty = self.check_expr_with(e, Expectation::HasType(expected));
        if self.infcx.shallow(ty).is_never() && !self.infcx.shallow(expected).is_never() {
            let target = self.diverging_var(self.span(e));
            self.apply_adjustments(e, vec![Adjustment { kind: AdjustKind::NeverToAny, target }]);
            ty = target;
        }
        if self.infcx.unify(expected, ty).is_err() {
            diags::mismatch::report(self, self.span(e), expected, ty, Some(e));
            return Ty::error();
        }
        ty
    }
    /// Checks an expression and coerces it.
    pub fn check_expr_coercible_to_type(&self, e: ExprId, expected: Ty) -> Ty {
        let ty = self.check_expr_with(e, Expectation::HasType(expected));
        self.demand_coerce(e, ty, expected)
    }
    /// Checks an expression; what is expected is only a help.
    pub fn check_expr_with(&self, e: ExprId, expected: Expectation) -> Ty {
        if self.depth.get() > 400 {
            return self.error(Diagnostic::error("", self.span(e), "this expression is nested too deeply"));
        }
        self.depth.set(self.depth.get() + 1);
        let old = self.diverges.replace(false);
        let ty = self.check_expr_kind(e, expected);
        self.depth.set(self.depth.get() - 1);
        if self.infcx.shallow(ty).is_never() {
            self.diverges.set(true);
        }
        self.write_ty(e, ty);
        self.diverges.set(self.diverges.get() | old);
        ty
    }

    fn check_expr_kind(&self, e: ExprId, expected: Expectation) -> Ty {
        let span = self.span(e);
        match &self.body.exprs[e].kind {
            ExprKind::Lit(lit) => self.check_lit(lit, span, expected),
            ExprKind::Path(path) => self.check_expr_path(e, path),
            ExprKind::Call(callee, args) => self.check_call(e, *callee, args, expected),
            ExprKind::MethodCall { receiver, segment, args } => {
                self.check_method_call(e, *receiver, segment, args, expected)
            }
            ExprKind::Field(base, name, at) => self.check_field(e, *base, *name, *at),
            ExprKind::Index(base, index) => self.check_index(e, *base, *index),
            ExprKind::Binary(op, lhs, rhs) => self.check_binop(e, *op, *lhs, *rhs),
            ExprKind::Lazy { lhs, rhs, .. } => {
                self.check_expr_coercible_to_type(*lhs, Ty::bool());
                let after_lhs = self.diverges.get();
                self.check_expr_coercible_to_type(*rhs, Ty::bool());
                // The right side may not run.
                self.diverges.set(after_lhs);
                Ty::bool()
            }
            ExprKind::Unary(op, inner) => self.check_unary(e, *op, *inner, expected),
            ExprKind::Ref(m, inner) => self.check_ref(*m, *inner, expected),
            ExprKind::RawRef(m, inner) => {
                let ty = self.check_expr(*inner);
                if *m == Mutability::Mut {
                    self.convert_place_derefs_to_mutable(*inner);
                }
                Ty::raw_ptr(ty, *m)
            }
            ExprKind::Cast(inner, ty) => self.check_cast(e, *inner, ty),
            ExprKind::Ascribe(inner, ty) => {
                let ty = self.lower_ty(ty);
                self.check_expr_coercible_to_type(*inner, ty);
                ty
            }
            ExprKind::Assign(lhs, rhs) => self.check_assign(span, *lhs, *rhs),
            ExprKind::AssignOp(op, lhs, rhs) => self.check_assign_op(e, *op, *lhs, *rhs),
            ExprKind::Struct { path, fields, base } => {
                self.check_struct_expr(e, path, fields, *base, expected)
            }
            ExprKind::Tuple(elements) => {
                let hints = match expected.to_option(self).map(|t| *self.structurally_resolve(t).kind()) {
                    Some(TyKind::Tuple(ts)) => Some(ts),
                    _ => None,
                };
                let types: Vec<Ty> = elements
                    .iter()
                    .enumerate()
                    .map(|(i, &element)| match hints.and_then(|h| h.get(i).copied()) {
                        Some(hint) => {
                            let ty = self.check_expr_with(element, Expectation::HasType(hint));
                            match self.try_coerce(element, ty, hint) {
                                Ok(t) => t,
                                Err(_) => {
                                    diags::mismatch::report(
                                        self,
                                        self.span(element),
                                        hint,
                                        ty,
                                        Some(element),
                                    );
                                    Ty::error()
                                }
                            }
                        }
                        None => self.check_expr_coercible_to_type(
                            element,
                            self.infcx.next_ty_var(self.span(element)),
                        ),
                    })
                    .collect();
                for (ty, element) in types.iter().zip(elements) {
                    self.require_sized(*ty, self.span(*element));
                }
                Ty::tuple(&types)
            }
            ExprKind::Array(elements) => self.check_array(span, elements, expected),
            ExprKind::Repeat(element, count) => self.check_repeat(span, *element, count, expected),
            ExprKind::Block(block, label) => self.check_block(e, block, *label, expected),
            ExprKind::If(c, then, els) => self.check_if(*c, *then, *els, span, expected),
            ExprKind::Let(pat, init) => {
                self.check_let(*pat, None, Some(*init));
                Ty::bool()
            }
            ExprKind::Match(scrutinee, arms, source) => {
                self.check_match(e, *scrutinee, arms, *source, expected)
            }
            ExprKind::Loop(body, label, source) => self.check_loop(*body, *label, *source, expected),
            ExprKind::Break(label, value) => self.check_break(span, *label, *value),
            ExprKind::Continue(_) => Ty::never(),
            ExprKind::Return(value) => self.check_return(span, *value),
            ExprKind::Closure(c) => self.check_closure(e, c, expected),
            ExprKind::Error => {
                self.tainted.set(true);
                Ty::error()
            }
        }
    }

    /// The type of a literal.
    pub fn check_lit(&self, lit: &Lit, span: Span, expected: Expectation) -> Ty {
        match lit {
            Lit::Bool(_) => Ty::bool(),
            Lit::Char(_) => Ty::new(TyKind::Char),
            Lit::Str(_) => Ty::reference(Ty::str(), Mutability::Not),
            Lit::ByteStr(bytes) => Ty::reference(Ty::array(Ty::u8(), bytes.len() as u64), Mutability::Not),
            Lit::Int(_, Some(p)) => lower_ty::prim_ty(*p),
            Lit::Int(_, None) => {
                let hint = expected.to_option(self).map(|t| self.infcx.shallow(t));
                match hint.map(|t| (t, t.kind())) {
                    Some((t, TyKind::Int(_) | TyKind::Uint(_))) => t,
                    Some((_, TyKind::Char)) if matches!(expected, Expectation::Castable(_)) => Ty::u8(),
                    Some((_, TyKind::RawPtr(..) | TyKind::FnPtr(_)))
                        if matches!(expected, Expectation::Castable(_)) =>
                    {
                        Ty::usize()
                    }
                    _ => self.infcx.next_int_var(span),
                }
            }
            Lit::Float(_, Some(f)) => Ty::new(TyKind::Float(*f)),
            Lit::Float(_, None) => {
                let hint = expected.to_option(self).map(|t| self.infcx.shallow(t));
                match hint {
                    Some(t) if t.is_float() => t,
                    _ => self.infcx.next_float_var(span),
                }
            }
        }
    }

    fn check_ref(&self, m: Mutability, inner: ExprId, expected: Expectation) -> Ty {
        let hint = match expected
            .only_has_type(self)
            .or(expected.to_option(self))
            .map(|t| *self.infcx.shallow(t).kind())
        {
            Some(TyKind::Ref(_, to, _) | TyKind::RawPtr(to, _)) => {
                if self.is_place_expr(inner) {
                    // A place may be coerced through the reference later; its own type decides.
                    Expectation::None
                } else {
                    Expectation::rvalue_hint(self, to)
                }
            }
            _ => Expectation::None,
        };
        let ty = self.check_expr_with(inner, hint);
        if m == Mutability::Mut {
            self.convert_place_derefs_to_mutable(inner);
        }
        Ty::reference(ty, m)
    }
    /// Whether the expression denotes a place in memory.
    pub fn is_place_expr(&self, e: ExprId) -> bool {
        match &self.body.exprs[e].kind {
            ExprKind::Path(path) => {
                matches!(path.res, Res::Local(_))
                    || matches!(path.res, Res::Def(d) if matches!(self.tcx.hir.def(d).kind, DefKind::Static { .. }))
            }
            ExprKind::Field(..) | ExprKind::Index(..) | ExprKind::Unary(UnOp::Deref, _) => true,
            _ => false,
        }
    }

    fn check_assign(&self, span: Span, lhs: ExprId, rhs: ExprId) -> Ty {
        let lhs_ty = self.check_expr(lhs);
        self.convert_place_derefs_to_mutable(lhs);
        if !self.is_place_expr(lhs) && !lhs_ty.is_error() {
            self.error(
                Diagnostic::error("E0070", self.span(lhs), "invalid left-hand side of assignment")
                    .primary("cannot assign to this expression"),
            );
        }
        self.check_expr_coercible_to_type(rhs, lhs_ty);
        self.require_sized(lhs_ty, span);
        Ty::unit()
    }

    fn check_array(&self, span: Span, elements: &[ExprId], expected: Expectation) -> Ty {
        let hint = match expected.to_option(self).map(|t| *self.structurally_resolve(t).kind()) {
            Some(TyKind::Array(t, _) | TyKind::Slice(t)) => Some(t),
            _ => None,
        };
        let element_ty = if elements.is_empty() {
            hint.unwrap_or_else(|| self.infcx.next_ty_var(span))
        } else {
            let target = hint.unwrap_or_else(|| self.infcx.next_ty_var(span));
            let mut coercion = CoerceMany::new(target);
            for &e in elements {
                let expected = match hint {
                    Some(t) => Expectation::HasType(t),
                    None => {
                        let merged = self.infcx.shallow(coercion.merged_ty());
                        if self.infcx.is_ty_var(merged) {
                            Expectation::None
                        } else {
                            Expectation::HasType(merged)
                        }
                    }
                };
                let ty = self.check_expr_with(e, expected);
                coercion.coerce(self, Some(e), ty, Why::Element);
            }
            coercion.complete(self)
        };
        self.require_sized(element_ty, span);
        Ty::array(element_ty, elements.len() as u64)
    }
    fn check_repeat(&self, span: Span, element: ExprId, count: &HirConst, expected: Expectation) -> Ty {
        let count = lower_ty::lower_const(self, count, span);
        let count = self.tcx.eval_const(count);
        let hint = match expected.to_option(self).map(|t| *self.structurally_resolve(t).kind()) {
            Some(TyKind::Array(t, _) | TyKind::Slice(t)) => Some(t),
            _ => None,
        };
        let ty = match hint {
            Some(t) => {
                self.check_expr_coercible_to_type(element, t);
                t
            }
            None => {
                let var = self.infcx.next_ty_var(span);
                self.check_expr_has_type(element, var);
                var
            }
        };
        if matches!(count.kind(), ConstKind::Error) {
            self.tainted.set(true);
        }
        let once = matches!(count.kind(), ConstKind::Value(_, 0 | 1));
        if !once && !self.is_const_operand(element) {
            self.register_bound(
                ty,
                self.tcx.lang.copy,
                crate::ty::solve::Cause {
                    span: self.span(element),
                    code: crate::ty::solve::CauseCode::RepeatCopy,
                },
            );
        }
        Ty::new(TyKind::Array(ty, count))
    }
    /// A path to a constant may be repeated whatever its type.
    fn is_const_operand(&self, e: ExprId) -> bool {
        matches!(self.results.borrow().path_res.get(&e), Some(super::results::ValueRes::Const(..)))
    }

    /// Whether the last field of the last field … is a slice, text or trait object.
    fn ends_unsized(&self, ty: Ty) -> bool {
        const DEPTH: usize = 32;
        let mut ty = ty;
        for _ in 0..DEPTH {
            ty = self.infcx.shallow(ty);
            match *ty.kind() {
                TyKind::Slice(_) | TyKind::Str | TyKind::Dynamic(..) => return true,
                TyKind::Adt(def, args) if !self.tcx.is_enum(def) => {
                    let last = self.tcx.variants(def).first().and_then(|v| v.fields.len().checked_sub(1));
                    let Some(last) = last else { return false };
                    ty = self.tcx.field_ty_erased(def, 0, last, args);
                }
                _ => return false,
            }
        }
        false
    }

    fn check_struct_expr(
        &self,
        e: ExprId,
        path: &HirPath,
        fields: &[FieldExpr],
        base: Option<ExprId>,
        expected: Expectation,
    ) -> Ty {
        let span = self.span(e);
        let Some((adt, variant, args)) = self.resolve_variant_path(path) else {
            for f in fields {
                self.check_expr(f.value);
            }
            if let Some(b) = base {
                self.check_expr(b);
            }
            return Ty::error();
        };
        let ty = Ty::new(TyKind::Adt(adt, args));
        self.results.borrow_mut().path_res.insert(e, super::results::ValueRes::Ctor(adt, variant, args));
        self.register_predicates(path.span, adt, args, None);
        // What is expected decides about the types of the fields if it can; a struct that is to become unsized later has
        // others now.
        if let Some(wanted) = expected.only_has_type(self)
            && !self.ends_unsized(wanted)
        {
            let _ = self.infcx.commit_if_ok(|| self.infcx.unify(wanted, ty));
        }
        let def = &self.tcx.variants(adt)[variant];
        let mut seen: Vec<Option<Span>> = vec![None; def.fields.len()];
        let mut indices = Vec::new();
        let mut failed = false;
        for f in fields {
            let Some(i) = def.fields.iter().position(|d| d.name == f.name) else {
                failed = true;
                diags::fields::unknown_in_expr(self, f, adt, variant);
                self.check_expr(f.value);
                indices.push(0);
                continue;
            };
            indices.push(i);
            if let Some(before) = seen[i] {
                self.error(
                    Diagnostic::error(
                        "E0062",
                        f.span,
                        format!("field `{}` specified more than once", f.name),
                    )
                    .primary("used more than once")
                    .label(before, format!("first use of `{}`", f.name)),
                );
            }
            seen[i] = Some(f.span);
            if !self.tcx.is_enum(adt) && !self.is_accessible(def.fields[i].vis) {
                diags::fields::private_in_expr(self, f.span, f.name, adt);
            }
            let field_ty = self.field_ty(f.span, adt, variant, i, args);
            let found = self.check_expr_with(f.value, Expectation::HasType(field_ty));
            self.demand_coerce(f.value, found, field_ty);
        }
        self.results.borrow_mut().struct_fields.insert(e, indices);
        match base {
            Some(base) => {
                if self.tcx.is_enum(adt) {
                    self.check_expr(base);
                    self.error(Diagnostic::error(
                        "E0436",
                        self.span(base),
                        "functional record update syntax requires a struct",
                    ));
                } else {
                    self.check_expr_has_type(base, ty);
                    for (field, _) in def.fields.iter().zip(&seen).filter(|(_, s)| s.is_none()) {
                        if !self.is_accessible(field.vis) {
                            diags::fields::private_in_expr(self, self.span(base), field.name, adt);
                        }
                    }
                }
            }
            None => {
                let missing: Vec<Symbol> =
                    def.fields.iter().zip(&seen).filter(|(_, s)| s.is_none()).map(|(d, _)| d.name).collect();
                if !missing.is_empty() && !failed {
                    diags::fields::missing_in_expr(self, path.span, &missing, adt, variant);
                }
            }
        }
        self.require_sized(ty, span);
        ty
    }

    /// Whether a type is an unknown number.
    pub fn is_numeric_var(&self, ty: Ty) -> bool {
        matches!(self.infcx.shallow(ty).kind(), TyKind::Infer(InferTy::Int(_) | InferTy::Float(_)))
    }
    /// A tuple of these types as a type.
    pub fn tuple_of(&self, types: &[Ty]) -> Ty {
        Ty::new(TyKind::Tuple(List::new(types)))
    }
}
