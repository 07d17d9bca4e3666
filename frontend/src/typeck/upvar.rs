//! What closures capture, and which of the `Fn` traits they implement.
//!
//! As in rustc since edition 2021: every use of a place that starts at a variable from outside is collected (moved, borrowed,
//! borrowed mutably), cut where precision ends, and merged with the places above and below it.

use crate::hir::*;
use crate::source::Span;
use crate::ty::solve::builtin::{closure_kind, closure_kind_as_ty, closure_kind_ty, closure_upvars};
use crate::ty::{Mutability, Ty, TyKind};

use super::closure::Parts;
use super::fn_ctxt::FnCtxt;
use super::results::{
    AdjustKind, Adjustment, BindingMode, Capture, CaptureBy, CaptureProjection, ClosureInfo, ValueRes,
};

/// A step of a place.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Step {
    Field(usize),
    Deref,
    /// Indexing, or a field of one variant of several: precision ends here.
    Opaque,
}

/// A place: a variable (or a temporary) and a path.
#[derive(Clone, Debug)]
struct Place {
    local: Option<LocalId>,
    steps: Vec<(Step, Ty)>,
    base_ty: Ty,
}

impl Place {
    fn rvalue(ty: Ty) -> Place {
        Place { local: None, steps: Vec::new(), base_ty: ty }
    }
    fn ty(&self) -> Ty {
        self.steps.last().map_or(self.base_ty, |s| s.1)
    }
    fn with(&self, step: Step, ty: Ty) -> Place {
        let mut p = self.clone();
        p.steps.push((step, ty));
        p
    }
    /// The type the step with this index is taken from.
    fn ty_before(&self, index: usize) -> Ty {
        index.checked_sub(1).map_or(self.base_ty, |i| self.steps[i].1)
    }
}

/// How strongly a place is used.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Use {
    Shared,
    Mutable,
    Moved,
}

struct Found {
    place: Place,
    how: Use,
    span: Span,
}

struct Walker<'a, 't, 'h> {
    cx: &'a FnCtxt<'t, 'h>,
    upvars: Vec<LocalId>,
    found: Vec<Found>,
    kind: ClosureKind,
}

impl FnCtxt<'_, '_> {
    /// Analyses all closures of the body: inner ones before outer ones, and a closure before those that call it. How a
    /// call uses the closure it calls is known once that one's kind is.
    pub(super) fn analyze_closures(&self) {
        let order = self.closure_order.borrow().clone();
        for &e in &order {
            if let ExprKind::Closure(c) = &self.body.exprs[e].kind {
                self.analyze_closure(e, c);
                self.resolve_deferred_calls();
            }
        }
    }
    fn analyze_closure(&self, e: ExprId, c: &Closure) {
        let upvars = self.mentioned_upvars(c);
        let mut w = Walker { cx: self, upvars: upvars.clone(), found: Vec::new(), kind: ClosureKind::Fn };
        for (pat, _) in &c.params {
            let ty = self.pat_outer_ty(*pat);
            w.walk_pat(&Place::rvalue(ty), *pat);
        }
        w.consume(c.body);
        let mut captures: Vec<(Place, Use, Span)> = Vec::new();
        let kind = w.kind;
        for f in w.found {
            let (place, how) = cut(f.place, f.how, c.by_move);
            merge(&mut captures, place, how, f.span);
        }
        captures.sort_by_key(|(p, ..)| upvars.iter().position(|u| Some(*u) == p.local));
        let captures: Vec<Capture> = captures
            .into_iter()
            .filter_map(|(place, how, span)| {
                let place_ty = self.infcx.resolve(place.ty());
                let by = match how {
                    Use::Moved => CaptureBy::Value,
                    Use::Mutable => CaptureBy::Ref(Mutability::Mut),
                    Use::Shared => CaptureBy::Ref(Mutability::Not),
                };
                let field_ty = match by {
                    CaptureBy::Value => place_ty,
                    CaptureBy::Ref(m) => Ty::reference(place_ty, m),
                };
                let projections = place
                    .steps
                    .iter()
                    .map(|(s, ty)| match s {
                        Step::Field(i) => CaptureProjection::Field(*i, self.infcx.resolve(*ty)),
                        Step::Deref | Step::Opaque => CaptureProjection::Deref(self.infcx.resolve(*ty)),
                    })
                    .collect();
                Some(Capture { local: place.local?, projections, by, place_ty, field_ty, span })
            })
            .collect();

        let ty = self.expr_ty(e);
        let TyKind::Closure(_, args) = *ty.kind() else { return };
        let kind_ty = self.infcx.shallow(closure_kind_ty(args));
        if self.infcx.is_ty_var(kind_ty) {
            let _ = self.infcx.unify(kind_ty, closure_kind_as_ty(kind));
        }
        // A body that does more than its kind allows is reported by the checks of moves and mutability.
        let fields: Vec<Ty> = captures.iter().map(|c| c.field_ty).collect();
        let _ = self.infcx.unify(closure_upvars(args), Ty::tuple(&fields));
        let kind = closure_kind(self.infcx.shallow(closure_kind_ty(args))).unwrap_or(kind);
        self.results.borrow_mut().closures.insert(e, ClosureInfo { def: c.def, ty, kind, captures });
    }
    /// The type a pattern is matched with, before references were taken off.
    fn pat_outer_ty(&self, pat: PatId) -> Ty {
        let results = self.results.borrow();
        let outer = results.pat_adjustments.get(&pat).and_then(|a| a.first().copied());
        let ty = outer.or(results.pat_ty.get(&pat).copied()).unwrap_or(Ty::error());
        drop(results);
        self.infcx.resolve(ty)
    }
}

/// Cuts a place where precision ends.
fn cut(mut place: Place, how: Use, by_move: bool) -> (Place, Use) {
    // Indexing and raw pointers.
    for i in 0..place.steps.len() {
        let raw = place.steps[i].0 == Step::Deref && matches!(place.ty_before(i).kind(), TyKind::RawPtr(..));
        if place.steps[i].0 == Step::Opaque || raw {
            place.steps.truncate(i);
            break;
        }
    }
    let first_deref = place.steps.iter().position(|s| s.0 == Step::Deref);
    if by_move {
        if let Some(i) = first_deref {
            place.steps.truncate(i);
        }
        return (place, Use::Moved);
    }
    match how {
        Use::Moved => {
            if let Some(i) = first_deref {
                place.steps.truncate(i);
            }
        }
        Use::Shared => {
            // Behind a shared reference that reference is all that is needed.
            if let Some(i) = place.steps.iter().rposition(|s| s.0 == Step::Deref)
                && matches!(place.ty_before(i).kind(), TyKind::Ref(_, _, Mutability::Not))
            {
                place.steps.truncate(i + 1);
            }
        }
        Use::Mutable => {}
    }
    (place, how)
}

fn same_steps(a: &[(Step, Ty)], b: &[(Step, Ty)]) -> bool {
    a.iter().zip(b).all(|(x, y)| x.0 == y.0)
}

/// Adds a captured place; one above swallows those below.
fn merge(captures: &mut Vec<(Place, Use, Span)>, place: Place, how: Use, span: Span) {
    let mut how = how;
    for (old, old_how, _) in captures.iter_mut() {
        if old.local == place.local
            && old.steps.len() <= place.steps.len()
            && same_steps(&old.steps, &place.steps)
        {
            *old_how = (*old_how).max(how);
            fix_moved(old, *old_how);
            return;
        }
    }
    captures.retain(|(old, old_how, _)| {
        let below = old.local == place.local
            && old.steps.len() > place.steps.len()
            && same_steps(&old.steps, &place.steps);
        if below {
            how = how.max(*old_how);
        }
        !below
    });
    captures.push((place, how, span));
}

/// A place that is moved must not lie behind a pointer.
fn fix_moved(place: &mut Place, how: Use) {
    if how == Use::Moved
        && let Some(i) = place.steps.iter().position(|s| s.0 == Step::Deref)
    {
        place.steps.truncate(i);
    }
}

impl Walker<'_, '_, '_> {
    fn resolve(&self, ty: Ty) -> Ty {
        self.cx.infcx.resolve(ty)
    }
    fn adjustments(&self, e: ExprId) -> Vec<Adjustment> {
        self.cx.results.borrow().adjustments.get(&e).cloned().unwrap_or_default()
    }
    fn overloaded(&self, e: ExprId) -> bool {
        self.cx.results.borrow().callee.contains_key(&e)
    }

    fn cat(&self, e: ExprId) -> Place {
        let steps = self.adjustments(e);
        let mut place = self.cat_unadjusted(e);
        for s in &steps {
            place = self.cat_adjusted(place, s);
        }
        place
    }
    fn cat_adjusted(&self, before: Place, step: &Adjustment) -> Place {
        let target = self.resolve(step.target);
        match step.kind {
            AdjustKind::Deref => before.with(Step::Deref, target),
            AdjustKind::OverloadedDeref(m, ..) => {
                Place::rvalue(Ty::reference(target, m)).with(Step::Deref, target)
            }
            _ => Place::rvalue(target),
        }
    }
    fn cat_unadjusted(&self, e: ExprId) -> Place {
        let ty = self.cx.expr_ty(e);
        match &self.cx.body.exprs[e].kind {
            ExprKind::Path(HirPath { res: Res::Local(l), .. }) => {
                Place { local: Some(*l), steps: Vec::new(), base_ty: self.resolve(self.cx.local_ty(*l)) }
            }
            ExprKind::Field(base, ..) => {
                let index = self.cx.results.borrow().field_index.get(&e).copied().unwrap_or(0);
                self.cat(*base).with(Step::Field(index), ty)
            }
            ExprKind::Index(base, _) if !self.overloaded(e) => self.cat(*base).with(Step::Opaque, ty),
            ExprKind::Unary(UnOp::Deref, base) if !self.overloaded(e) => {
                self.cat(*base).with(Step::Deref, ty)
            }
            ExprKind::Ascribe(inner, _) => self.cat(*inner),
            _ => Place::rvalue(ty),
        }
    }

    fn used(&mut self, place: &Place, how: Use, span: Span) {
        let Some(local) = place.local else { return };
        if !self.upvars.contains(&local) {
            return;
        }
        let needs = match how {
            Use::Shared => ClosureKind::Fn,
            // Writing behind a shared reference (an error elsewhere) asks nothing of the closure.
            Use::Mutable => ClosureKind::FnMut,
            Use::Moved => ClosureKind::FnOnce,
        };
        self.kind = self.kind.max(needs);
        self.found.push(Found { place: place.clone(), how, span });
    }
    fn consume_place(&mut self, place: &Place, span: Span) {
        if place.local.is_none() {
            return;
        }
        let how = if self.cx.is_copy(place.ty()) { Use::Shared } else { Use::Moved };
        self.used(place, how, span);
    }
    fn borrow_place(&mut self, place: &Place, m: Mutability, span: Span) {
        self.used(place, if m == Mutability::Mut { Use::Mutable } else { Use::Shared }, span);
    }

    fn consume(&mut self, e: ExprId) {
        let place = self.cat(e);
        self.consume_place(&place, self.cx.span(e));
        self.walk(e);
    }
    fn borrow(&mut self, e: ExprId, m: Mutability) {
        let place = self.cat(e);
        self.borrow_place(&place, m, self.cx.span(e));
        self.walk(e);
    }
    /// What happens while the expression becomes a place, not counting the use of the place itself.
    fn walk(&mut self, e: ExprId) {
        let span = self.cx.span(e);
        let mut place = self.cat_unadjusted(e);
        for step in self.adjustments(e) {
            match step.kind {
                AdjustKind::Deref => {}
                AdjustKind::OverloadedDeref(m, ..) | AdjustKind::BorrowToRaw(m) => {
                    self.borrow_place(&place, m, span);
                }
                AdjustKind::Borrow { mutability, .. } => self.borrow_place(&place, mutability, span),
                AdjustKind::NeverToAny
                | AdjustKind::ReifyFn
                | AdjustKind::ClosureToFn
                | AdjustKind::MutToConst
                | AdjustKind::Unsize => self.consume_place(&place, span),
            }
            place = self.cat_adjusted(place, &step);
        }
        match &self.cx.body.exprs[e].kind {
            ExprKind::Ref(m, inner) | ExprKind::RawRef(m, inner) => self.borrow(*inner, *m),
            ExprKind::Field(base, ..) | ExprKind::Unary(UnOp::Deref, base) => self.walk(*base),
            ExprKind::Index(base, index) => {
                self.walk(*base);
                self.consume(*index);
            }
            ExprKind::Assign(lhs, rhs) => {
                self.consume(*rhs);
                self.borrow(*lhs, Mutability::Mut);
            }
            ExprKind::AssignOp(_, lhs, rhs) => {
                if self.overloaded(e) {
                    self.consume(*lhs);
                } else {
                    self.borrow(*lhs, Mutability::Mut);
                }
                self.consume(*rhs);
            }
            ExprKind::Struct { fields, base, .. } => {
                for f in fields {
                    self.consume(f.value);
                }
                if let Some(base) = base {
                    self.struct_update(e, *base);
                }
            }
            ExprKind::Let(pat, init) => self.matched(*init, &[*pat]),
            ExprKind::Match(scrutinee, arms, _) => {
                let pats: Vec<PatId> = arms.iter().map(|a| a.pat).collect();
                self.matched(*scrutinee, &pats);
                for arm in arms {
                    if let Some(guard) = arm.guard {
                        self.consume(guard);
                    }
                    self.consume(arm.body);
                }
            }
            ExprKind::Block(block, _) => {
                for stmt in &block.stmts {
                    match stmt {
                        Stmt::Let { pat, init, els, .. } => {
                            if let Some(init) = init {
                                self.matched(*init, &[*pat]);
                            }
                            if let Some(els) = els {
                                self.consume(*els);
                            }
                        }
                        Stmt::Expr { expr, .. } => self.consume(*expr),
                    }
                }
                if let Some(v) = block.value {
                    self.consume(v);
                }
            }
            ExprKind::Ascribe(inner, _) => self.walk(*inner),
            ExprKind::Closure(_) => {
                let captures = self.cx.results.borrow().closures.get(&e).map(|c| c.captures.clone());
                for c in captures.unwrap_or_default() {
                    let base_ty = self.resolve(self.cx.local_ty(c.local));
                    let steps = c
                        .projections
                        .iter()
                        .map(|p| match *p {
                            CaptureProjection::Field(i, t) => (Step::Field(i), t),
                            CaptureProjection::Deref(t) => (Step::Deref, t),
                        })
                        .collect();
                    let place = Place { local: Some(c.local), steps, base_ty };
                    match c.by {
                        CaptureBy::Value => self.consume_place(&place, c.span),
                        CaptureBy::Ref(m) => self.borrow_place(&place, m, c.span),
                    }
                }
            }
            kind => {
                let mut parts = Parts::default();
                parts.of(kind);
                for part in parts.exprs {
                    self.consume(part);
                }
            }
        }
    }
    fn struct_update(&mut self, e: ExprId, base: ExprId) {
        let given = self.cx.results.borrow().struct_fields.get(&e).cloned().unwrap_or_default();
        let place = self.cat(base);
        if let TyKind::Adt(adt, args) = *place.ty().kind() {
            let count = self.cx.tcx.variants(adt).first().map_or(0, |v| v.fields.len());
            for i in (0..count).filter(|i| !given.contains(i)) {
                let ty = self.resolve(self.cx.field_ty(self.cx.span(base), adt, 0, i, args));
                self.consume_place(&place.with(Step::Field(i), ty), self.cx.span(base));
            }
        }
        self.walk(base);
    }
    fn matched(&mut self, scrutinee: ExprId, pats: &[PatId]) {
        self.walk(scrutinee);
        let place = self.cat(scrutinee);
        for &pat in pats {
            self.walk_pat(&place, pat);
        }
    }
    fn walk_pat(&mut self, place: &Place, pat: PatId) {
        let mut place = place.clone();
        let taken = self.cx.results.borrow().pat_adjustments.get(&pat).cloned().unwrap_or_default();
        for ty in taken {
            if let TyKind::Ref(_, inner, _) = *self.resolve(ty).kind() {
                place = place.with(Step::Deref, inner);
            }
        }
        let p = &self.cx.body.pats[pat];
        match &p.kind {
            PatKind::Wild | PatKind::Error => {}
            PatKind::Binding { sub, .. } => {
                let mode = self.cx.results.borrow().binding_modes.get(&pat).copied();
                match mode {
                    Some(BindingMode::Ref(m)) => self.borrow_place(&place, m, p.span),
                    _ => self.consume_place(&place, p.span),
                }
                if let Some(sub) = sub {
                    self.walk_pat(&place, *sub);
                }
            }
            PatKind::Lit { .. } | PatKind::Range { .. } => self.borrow_place(&place, Mutability::Not, p.span),
            PatKind::Path(_) => {
                if self.reads_variant(pat) {
                    self.borrow_place(&place, Mutability::Not, p.span);
                }
            }
            PatKind::TupleStruct(_, subs, rest) => {
                let Some((adt, variant, args)) = self.pat_ctor(pat) else { return };
                let place = self.enter_variant(place, adt, p.span);
                let n = self.cx.tcx.variants(adt)[variant].fields.len();
                for (i, &sub) in subs.iter().enumerate() {
                    let field = match rest {
                        Some(at) if i >= *at => i + n - subs.len().min(n),
                        _ => i,
                    };
                    if field >= n {
                        continue;
                    }
                    let ty = self.resolve(self.cx.field_ty(p.span, adt, variant, field, args));
                    let step = if self.several_variants(adt) { Step::Opaque } else { Step::Field(field) };
                    self.walk_pat(&place.with(step, ty), sub);
                }
            }
            PatKind::Struct { fields, .. } => {
                let Some((adt, variant, args)) = self.pat_ctor(pat) else { return };
                let place = self.enter_variant(place, adt, p.span);
                let indices = self.cx.results.borrow().pat_fields.get(&pat).cloned().unwrap_or_default();
                for (&(.., sub), field) in fields.iter().zip(indices) {
                    let ty = self.resolve(self.cx.field_ty(p.span, adt, variant, field, args));
                    let step = if self.several_variants(adt) { Step::Opaque } else { Step::Field(field) };
                    self.walk_pat(&place.with(step, ty), sub);
                }
            }
            PatKind::Tuple(subs, rest) => {
                let TyKind::Tuple(types) = *self.resolve(place.ty()).kind() else { return };
                for (i, &sub) in subs.iter().enumerate() {
                    let field = match rest {
                        Some(at) if i >= *at => i + types.len() - subs.len().min(types.len()),
                        _ => i,
                    };
                    if let Some(&ty) = types.get(field) {
                        self.walk_pat(&place.with(Step::Field(field), ty), sub);
                    }
                }
            }
            PatKind::Slice { before, rest, after } => {
                if matches!(place.ty().kind(), TyKind::Slice(_)) {
                    self.borrow_place(&place, Mutability::Not, p.span);
                }
                for &sub in before.iter().chain(rest.iter().flatten()).chain(after) {
                    let ty = self.cx.pat_outer_ty(sub);
                    self.walk_pat(&place.with(Step::Opaque, ty), sub);
                }
            }
            PatKind::Ref(sub, _) => {
                if let TyKind::Ref(_, inner, _) = *self.resolve(place.ty()).kind() {
                    self.walk_pat(&place.with(Step::Deref, inner), *sub);
                }
            }
            PatKind::Or(alternatives) => {
                for &a in alternatives {
                    self.walk_pat(&place, a);
                }
            }
        }
    }
    fn several_variants(&self, adt: DefId) -> bool {
        self.cx.tcx.variants(adt).len() > 1
    }
    fn enter_variant(&mut self, place: Place, adt: DefId, span: Span) -> Place {
        if self.several_variants(adt) {
            self.borrow_place(&place, Mutability::Not, span);
        }
        place
    }
    fn pat_ctor(&self, pat: PatId) -> Option<(DefId, usize, crate::ty::Args)> {
        match self.cx.results.borrow().pat_res.get(&pat).copied() {
            Some(ValueRes::Ctor(adt, v, args)) => Some((adt, v, self.cx.infcx.resolve(args))),
            _ => None,
        }
    }
    fn reads_variant(&self, pat: PatId) -> bool {
        match self.cx.results.borrow().pat_res.get(&pat).copied() {
            Some(ValueRes::Ctor(adt, ..)) => self.several_variants(adt),
            _ => true,
        }
    }
}
