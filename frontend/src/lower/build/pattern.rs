//! Patterns taken apart: what must be tested, in order, and what is bound then.

use super::*;
use crate::lower::thir::{Pat, PatConst, PatKind, PatRange};
use crate::ty::TyKind;
use crate::typeck::results::BindingMode;

/// One way to match a pattern: every or-pattern inside decided for one alternative.
#[derive(Clone)]
pub(super) struct Flat {
    /// What must hold; a test of a part comes after the test that the part exists.
    pub tests: Vec<(PlaceBuilder, Test)>,
    /// What is bound.
    pub bindings: Vec<Binding>,
}

#[derive(Clone)]
pub(super) struct Binding {
    pub var: LocalId,
    pub place: PlaceBuilder,
    pub mode: BindingMode,
    /// Type of the place.
    pub ty: Ty,
    pub span: Span,
}

/// A test of a place.
#[derive(Clone, PartialEq)]
pub(super) enum Test {
    /// The enum has this variant.
    Variant(hir::DefId, usize),
    /// The integer, `bool` or `char` has these bits.
    Int(u128, Ty),
    /// The value lies in the range.
    Range(PatRange, Ty),
    /// The value is equal to a constant.
    Eq(PatConst, Ty),
    /// The slice has at least this length, or exactly.
    Len { len: u64, exact: bool },
}

impl Builder<'_, '_> {
    /// All ways to match a pattern, in order.
    pub(super) fn flatten(&self, place: &PlaceBuilder, pat: &Pat) -> Vec<Flat> {
        self.flatten_into(place, pat, vec![Flat { tests: Vec::new(), bindings: Vec::new() }])
    }

    fn flatten_into(&self, place: &PlaceBuilder, pat: &Pat, mut acc: Vec<Flat>) -> Vec<Flat> {
        let mut test = |test: Test| acc.iter_mut().for_each(|f| f.tests.push((place.clone(), test.clone())));
        match &pat.kind {
            PatKind::Wild | PatKind::Error => acc,
            PatKind::Binding { local, mode, sub } => {
                for flat in &mut acc {
                    flat.bindings.push(Binding {
                        var: *local,
                        place: place.clone(),
                        mode: *mode,
                        ty: pat.ty,
                        span: pat.span,
                    });
                }
                match sub {
                    Some(sub) => self.flatten_into(place, sub, acc),
                    None => acc,
                }
            }
            PatKind::Variant { adt, variant, fields, .. } => {
                if self.tcx.variants(*adt).len() > 1 {
                    test(Test::Variant(*adt, *variant));
                }
                let place = place.project(Projection::Downcast(*variant as u32));
                self.flatten_fields(&place, fields, acc)
            }
            PatKind::Leaf(fields) => self.flatten_fields(place, fields, acc),
            PatKind::Deref(sub) => self.flatten_into(&place.deref(), sub, acc),
            PatKind::Constant(PatConst::Int(bits)) => {
                test(Test::Int(*bits, pat.ty));
                acc
            }
            PatKind::Constant(c) => {
                test(Test::Eq(c.clone(), pat.ty));
                acc
            }
            PatKind::Range(range) => {
                test(Test::Range(*range, pat.ty));
                acc
            }
            PatKind::Slice { before, rest, after } => {
                let (from, to) = (before.len() as u64, after.len() as u64);
                let array_len = match pat.ty.kind() {
                    TyKind::Array(_, n) => n.as_u64(),
                    _ => None,
                };
                if !matches!(pat.ty.kind(), TyKind::Array(..)) {
                    let exact = rest.is_none();
                    if exact || from + to > 0 {
                        test(Test::Len { len: from + to, exact });
                    }
                }
                for (i, sub) in before.iter().enumerate() {
                    let step = Projection::ConstantIndex { offset: i as u64, from_end: false };
                    acc = self.flatten_into(&place.project(step), sub, acc);
                }
                if let Some(Some(sub)) = rest {
                    acc = self.flatten_into(&place.project(Projection::Subslice { from, to }), sub, acc);
                }
                for (i, sub) in after.iter().enumerate() {
                    let back = to - i as u64;
                    let step = match array_len {
                        Some(n) => {
                            Projection::ConstantIndex { offset: n.saturating_sub(back), from_end: false }
                        }
                        None => Projection::ConstantIndex { offset: back, from_end: true },
                    };
                    acc = self.flatten_into(&place.project(step), sub, acc);
                }
                acc
            }
            PatKind::Or(alternatives) => {
                let mut all = Vec::with_capacity(acc.len() * alternatives.len());
                for flat in acc {
                    for alternative in alternatives {
                        all.extend(self.flatten_into(place, alternative, vec![flat.clone()]));
                    }
                }
                all
            }
        }
    }

    fn flatten_fields(&self, place: &PlaceBuilder, fields: &[(usize, Pat)], mut acc: Vec<Flat>) -> Vec<Flat> {
        for (index, sub) in fields {
            acc = self.flatten_into(&place.field(*index, sub.ty), sub, acc);
        }
        acc
    }

    /// Makes the locals of a pattern's variables; with `live` their storage begins and ends with `scope`.
    pub(super) fn declare(&mut self, pat: &Pat, scope: Option<ScopeId>, live: bool) {
        for (var, mode, ty, span) in pat.bindings() {
            let ty = self.results.local_ty.get(&var).copied().unwrap_or(match mode {
                BindingMode::Value => ty,
                BindingMode::Ref(m) => Ty::reference(ty, m),
            });
            let decl = &self.hir.locals[var];
            let mutability = if decl.mutable { Mutability::Mut } else { Mutability::Not };
            let local = self.body.locals.push(LocalDecl { ty, mutability, name: Some(decl.name), span });
            self.vars.insert(var, local);
            if live {
                self.storage_live(scope, local, span);
                self.schedule_value_drop(scope, local);
            }
        }
    }

    /// A parameter: a plain variable is the parameter's local itself.
    pub(super) fn bind_parameter(&mut self, pat: &Pat, local: Local) {
        if let PatKind::Binding { local: var, mode: BindingMode::Value, sub: None } = pat.kind {
            let decl = &self.hir.locals[var];
            let mutability = if decl.mutable { Mutability::Mut } else { Mutability::Not };
            let argument = &mut self.body.locals[local];
            (argument.mutability, argument.name) = (mutability, Some(decl.name));
            self.vars.insert(var, local);
            return;
        }
        self.declare(pat, None, false);
        self.bind_irrefutable(pat, local.into(), Some(ScopeId(0)));
    }

    /// Binds the variables of a pattern that always matches.
    pub(super) fn bind_irrefutable(&mut self, pat: &Pat, place: PlaceBuilder, scope: Option<ScopeId>) {
        if let Some(unmatched) = self.bind_refutable(pat, place, scope) {
            self.terminate_at(unmatched, TerminatorKind::Unreachable, pat.span);
        }
    }

    /// Binds the variables of a pattern if it matches. Returns where control goes if not, if it may.
    pub(super) fn bind_refutable(
        &mut self,
        pat: &Pat,
        place: PlaceBuilder,
        scope: Option<ScopeId>,
    ) -> Option<BlockId> {
        let mut flats = self.flatten(&place, pat);
        if flats.len() == 1 && flats[0].tests.is_empty() {
            let bindings = std::mem::take(&mut flats[0].bindings);
            self.bind_all(&bindings, scope);
            return None;
        }
        let mut candidates = self.candidates(flats, 0, false);
        let order: Vec<usize> = (0..candidates.len()).collect();
        let unmatched = self.match_candidates(self.cur, &order, &mut candidates, pat.span);
        let join = self.new_block();
        for candidate in &candidates {
            if let Some(leaf) = candidate.leaf {
                self.cur = leaf;
                self.bind_all(&candidate.bindings, scope);
                self.goto(join, pat.span);
            }
        }
        self.cur = join;
        Some(unmatched)
    }

    pub(super) fn bind_all(&mut self, bindings: &[Binding], scope: Option<ScopeId>) {
        for binding in bindings {
            self.bind(binding, scope);
        }
    }

    /// Moves, copies or borrows a place into its variable.
    pub(super) fn bind(&mut self, binding: &Binding, scope: Option<ScopeId>) {
        let Some(&local) = self.vars.get(&binding.var) else {
            return self.missing(binding.span, "a variable");
        };
        let place = self.resolve(&binding.place, binding.span);
        self.storage_live(scope, local, binding.span);
        let rvalue = match binding.mode {
            BindingMode::Value => Rvalue::Use(self.consume(place, binding.ty)),
            BindingMode::Ref(Mutability::Not) => Rvalue::Ref(BorrowKind::Shared, place),
            BindingMode::Ref(Mutability::Mut) => Rvalue::Ref(BorrowKind::Mut { two_phase: false }, place),
        };
        self.assign(local, rvalue, binding.span);
        self.schedule_value_drop(scope, local);
    }
}
