//! Closures: what is expected of their signature, their type, their body.

use crate::diag::Diagnostic;
use crate::hir::*;
use crate::source::Span;
use crate::ty::solve::builtin::closure_kind_as_ty;
use crate::ty::{Args, Clause, FnSig, GenericArg, InferTy, List, Ty, TyKind};

use super::coerce::CoerceMany;
use super::expectation::Expectation;
use super::fn_ctxt::{FnCtxt, ReturnCtxt};
use super::pat::sub_patterns;

impl FnCtxt<'_, '_> {
    /// Checks a closure expression.
    pub(super) fn check_closure(&self, e: ExprId, c: &Closure, expected: Expectation) -> Ty {
        let span = self.span(e);
        let (expected_sig, kind) = match expected.to_option(self) {
            Some(ty) => self.deduce_signature(ty),
            None => (None, None),
        };
        if expected_sig.is_none() {
            self.results.borrow_mut().unguided_closures.insert(c.def);
        }
        let sig = self.closure_sig(span, c, expected_sig);
        let kind_ty = match kind {
            Some(k) => closure_kind_as_ty(k),
            None => self.infcx.next_ty_var(span),
        };
        let mut args = self.tcx.identity_args_erased(self.owner).to_vec();
        args.push(GenericArg::Type(kind_ty));
        args.push(GenericArg::Type(Ty::new(TyKind::FnPtr(sig))));
        args.push(GenericArg::Type(self.infcx.next_ty_var(span)));
        let ty = Ty::new(TyKind::Closure(c.def, List::new(&args)));
        self.results.borrow_mut().closure_exprs.insert(c.def, e);
        self.write_ty(e, ty);

        let diverges = self.diverges.replace(false);
        for ((pat, written), &ty) in c.params.iter().zip(sig.inputs.iter()) {
            self.check_pat_top(*pat, ty, written.as_ref().map(|t| t.span), None);
        }
        self.returns.borrow_mut().push(ReturnCtxt {
            coercion: CoerceMany::new(sig.output).into(),
            ty: sig.output,
            span: c.output.as_ref().map(|t| t.span),
            is_closure: true,
        });
        self.check_return_expr(c.body);
        let done = self.returns.borrow_mut().pop();
        if let Some(ret) = done {
            let actual = ret.coercion.into_inner().complete(self);
            if !actual.is_never() {
                self.demand_eq(self.span(c.body), sig.output, actual);
            } else {
                let _ = self.infcx.unify(sig.output, actual);
            }
        }
        self.diverges.set(diverges);
        self.closure_order.borrow_mut().push(e);
        ty
    }

    /// The signature: written types, completed by what is expected.
    fn closure_sig(&self, span: Span, c: &Closure, expected: Option<FnSig>) -> FnSig {
        let expected = match expected {
            Some(sig) if sig.inputs.len() != c.params.len() => {
                let s = |n: usize| if n == 1 { "" } else { "s" };
                let (want, have) = (sig.inputs.len(), c.params.len());
                self.error(
                    Diagnostic::error(
                        "E0593",
                        span,
                        format!(
                            "closure is expected to take {want} argument{}, but it takes {have} argument{}",
                            s(want),
                            s(have)
                        ),
                    )
                    .primary(format!("expected closure that takes {want} argument{}", s(want))),
                );
                let error = Ty::error();
                return FnSig { inputs: c.params.iter().map(|_| error).collect(), output: error };
            }
            other => other,
        };
        let inputs: List<Ty> = c
            .params
            .iter()
            .enumerate()
            .map(|(i, (pat, written))| {
                let expected = expected.map(|s| s.inputs[i]);
                match (written, expected) {
                    (Some(t), Some(expected)) => {
                        let ty = self.lower_ty(t);
                        if self.infcx.unify(expected, ty).is_err() {
                            self.error(
                                Diagnostic::error("E0631", span, "type mismatch in closure arguments")
                                    .primary("found signature defined here")
                                    .label(
                                        t.span,
                                        format!(
                                            "expected `{}`, found `{}`",
                                            self.show(expected),
                                            self.show(ty)
                                        ),
                                    ),
                            );
                        }
                        ty
                    }
                    (Some(t), None) => self.lower_ty(t),
                    (None, Some(expected)) => expected,
                    (None, None) => self.infcx.next_ty_var(self.body.pats[*pat].span),
                }
            })
            .collect();
        let output = match (&c.output, expected) {
            (Some(t), expected) => {
                let ty = self.lower_ty(t);
                if let Some(sig) = expected {
                    // The obligation that expects it says so if it differs.
                    let _ = self.infcx.unify(sig.output, ty);
                }
                ty
            }
            (None, Some(sig)) => sig.output,
            (None, None) => self.infcx.next_ty_var(span),
        };
        FnSig { inputs, output }
    }

    /// What a closure of this expected type should look like.
    fn deduce_signature(&self, expected: Ty) -> (Option<FnSig>, Option<ClosureKind>) {
        let expected = self.infcx.shallow(expected);
        match *expected.kind() {
            TyKind::FnPtr(sig) => (Some(sig), Some(ClosureKind::Fn)),
            TyKind::Opaque(..) => {
                let mut bounds = Vec::new();
                self.infcx.for_each_bound_of(expected, &mut |clause| bounds.push(clause));
                self.deduce_from_clauses(bounds)
            }
            TyKind::Dynamic(principal, args, assoc, _) => {
                let kind = self.tcx.lang.fn_trait_kind(principal);
                let output =
                    assoc.iter().find(|(d, _)| Some(*d) == self.tcx.lang.fn_once_output).map(|a| a.1);
                let inputs = args.first().and_then(|a| a.as_type()).map(|t| *self.infcx.shallow(t).kind());
                let sig = match (kind, inputs, output) {
                    (Some(_), Some(TyKind::Tuple(inputs)), Some(output)) => Some(FnSig { inputs, output }),
                    _ => None,
                };
                (sig, kind)
            }
            TyKind::Infer(InferTy::Ty(vid)) => {
                let root = self.infcx.root(vid);
                let mut clauses = Vec::new();
                let is_self = |args: Args| {
                    let this = args.first().and_then(|a| a.as_type()).map(|t| *self.infcx.shallow(t).kind());
                    matches!(this, Some(TyKind::Infer(InferTy::Ty(v))) if self.infcx.root(v) == root)
                };
                for ob in self.fulfill.borrow().pending() {
                    match ob.clause {
                        Clause::Trait(tr) if is_self(tr.args) => clauses.push(ob.clause),
                        Clause::Projection(_, args, _) if is_self(args) => clauses.push(ob.clause),
                        _ => {}
                    }
                }
                // The hidden type of `impl Fn` is a variable with the bounds of the opaque type.
                for (def, var) in self.infcx.defining.borrow().iter() {
                    let same = matches!(self.infcx.shallow(*var).kind(), TyKind::Infer(InferTy::Ty(v)) if self.infcx.root(*v) == root);
                    if same {
                        clauses.extend(self.tcx.item_bounds(*def).iter().map(|c| c.0));
                    }
                }
                self.deduce_from_clauses(clauses)
            }
            _ => (None, None),
        }
    }
    fn deduce_from_clauses(&self, clauses: Vec<Clause>) -> (Option<FnSig>, Option<ClosureKind>) {
        let mut sig = None;
        let mut weak = None;
        let mut kind: Option<ClosureKind> = None;
        for clause in self.tcx.elaborate(clauses) {
            match clause {
                Clause::Projection(def, args, output) if Some(def) == self.tcx.lang.fn_once_output => {
                    if let (None, Some(inputs)) = (sig, self.tupled(args)) {
                        sig = Some(FnSig { inputs, output: self.infcx.resolve(output) });
                    }
                }
                Clause::Trait(tr) => {
                    if let Some(k) = self.tcx.lang.fn_trait_kind(tr.trait_def) {
                        kind = Some(kind.map_or(k, |old| old.min(k)));
                        if let (None, Some(inputs)) = (weak, self.tupled(tr.args)) {
                            weak = Some(inputs);
                        }
                    }
                }
                Clause::Projection(..) => {}
            }
        }
        let sig = sig
            .or_else(|| weak.map(|inputs| FnSig { inputs, output: self.infcx.next_ty_var(self.body.span) }));
        (sig, kind)
    }
    fn tupled(&self, args: Args) -> Option<List<Ty>> {
        match *self.infcx.resolve(args.get(1)?.as_type()?).kind() {
            TyKind::Tuple(ts) => Some(ts),
            _ => None,
        }
    }

    /// The variables from outside that a closure mentions, in order.
    pub(super) fn mentioned_upvars(&self, c: &Closure) -> Vec<LocalId> {
        let mut bound = Vec::new();
        let mut used = Vec::new();
        for (pat, _) in &c.params {
            self.collect_bound(*pat, &mut bound);
        }
        self.collect_locals(c.body, &mut bound, &mut used);
        used.retain(|l| !bound.contains(l));
        used
    }
    fn collect_bound(&self, pat: PatId, bound: &mut Vec<LocalId>) {
        let kind = &self.body.pats[pat].kind;
        if let PatKind::Binding { local, .. } = kind {
            bound.push(*local);
        }
        for p in sub_patterns(kind) {
            self.collect_bound(p, bound);
        }
    }
    fn collect_locals(&self, e: ExprId, bound: &mut Vec<LocalId>, used: &mut Vec<LocalId>) {
        let kind = &self.body.exprs[e].kind;
        if let ExprKind::Path(HirPath { res: Res::Local(l), .. }) = kind
            && !used.contains(l)
        {
            used.push(*l);
        }
        let mut parts = Parts::default();
        parts.of(kind);
        for p in parts.pats {
            self.collect_bound(p, bound);
        }
        for e in parts.exprs {
            self.collect_locals(e, bound, used);
        }
    }
}

/// What is directly inside an expression.
#[derive(Default)]
pub struct Parts {
    /// Expressions, in the order they are evaluated.
    pub exprs: Vec<ExprId>,
    /// Patterns.
    pub pats: Vec<PatId>,
}

impl Parts {
    /// Collects the parts of an expression.
    pub fn of(&mut self, kind: &ExprKind) {
        match kind {
            ExprKind::Lit(_) | ExprKind::Path(_) | ExprKind::Continue(_) | ExprKind::Error => {}
            ExprKind::Call(f, args) => {
                self.exprs.push(*f);
                self.exprs.extend(args);
            }
            ExprKind::MethodCall { receiver, args, .. } => {
                self.exprs.push(*receiver);
                self.exprs.extend(args);
            }
            ExprKind::Field(e, ..)
            | ExprKind::Unary(_, e)
            | ExprKind::Ref(_, e)
            | ExprKind::RawRef(_, e)
            | ExprKind::Cast(e, _)
            | ExprKind::Ascribe(e, _)
            | ExprKind::Repeat(e, _)
            | ExprKind::Loop(e, ..) => self.exprs.push(*e),
            ExprKind::Index(a, b)
            | ExprKind::Binary(_, a, b)
            | ExprKind::Lazy { lhs: a, rhs: b, .. }
            | ExprKind::Assign(a, b)
            | ExprKind::AssignOp(_, a, b) => self.exprs.extend([*a, *b]),
            ExprKind::Struct { fields, base, .. } => {
                self.exprs.extend(fields.iter().map(|f| f.value));
                self.exprs.extend(base);
            }
            ExprKind::Tuple(list) | ExprKind::Array(list) => self.exprs.extend(list),
            ExprKind::Block(block, _) => {
                for stmt in &block.stmts {
                    match stmt {
                        Stmt::Let { pat, init, els, .. } => {
                            self.pats.push(*pat);
                            self.exprs.extend(init);
                            self.exprs.extend(els);
                        }
                        Stmt::Expr { expr, .. } => self.exprs.push(*expr),
                    }
                }
                self.exprs.extend(block.value);
            }
            ExprKind::If(c, a, b) => {
                self.exprs.extend([*c, *a]);
                self.exprs.extend(b);
            }
            ExprKind::Let(p, e) => {
                self.pats.push(*p);
                self.exprs.push(*e);
            }
            ExprKind::Match(e, arms, _) => {
                self.exprs.push(*e);
                for arm in arms {
                    self.pats.push(arm.pat);
                    self.exprs.extend(arm.guard);
                    self.exprs.push(arm.body);
                }
            }
            ExprKind::Break(_, e) | ExprKind::Return(e) => self.exprs.extend(e),
            ExprKind::Closure(c) => {
                self.pats.extend(c.params.iter().map(|p| p.0));
                self.exprs.push(c.body);
            }
        }
    }
}
