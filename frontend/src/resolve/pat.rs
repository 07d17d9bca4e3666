//! Patterns: which identifiers are variables and which name constants, and that alternatives bind the same.

use super::body::Lower;
use super::path::Source;
use super::*;
use crate::ty::Mutability;

/// A variable bound by the pattern at hand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bound {
    pub(super) ident: ast::Ident,
    pub(super) local: LocalId,
    by_ref: Option<Mutability>,
    mutable: bool,
}

/// The variables of a pattern while it is lowered.
struct Bindings<'b> {
    /// What the variables are called in messages.
    what: &'static str,
    /// Those bound so far in the same alternative.
    bound: &'b mut Vec<Bound>,
    /// Of these, how many belong to earlier parameters.
    earlier_params: usize,
    /// Those of alternatives that were lowered before, which the same names in this one share.
    alternatives: Vec<Bound>,
}

impl Lower<'_> {
    /// A pattern of its own; its variables (called `what` in messages) are added to `bound`.
    pub(super) fn pat(&mut self, pat: ast::Pat, what: &'static str, bound: &mut Vec<Bound>) -> PatId {
        self.pattern(pat, &mut Bindings { what, bound, earlier_params: 0, alternatives: Vec::new() })
    }

    /// A parameter; `bound` has the variables of those before it.
    pub(super) fn parameter(&mut self, pat: ast::Pat, bound: &mut Vec<Bound>) -> PatId {
        let earlier_params = bound.len();
        let what = "function parameter";
        self.pattern(pat, &mut Bindings { what, bound, earlier_params, alternatives: Vec::new() })
    }

    fn pattern(&mut self, pat: ast::Pat, bindings: &mut Bindings<'_>) -> PatId {
        let span = pat.span;
        let kind = match pat.kind {
            ast::PatKind::Wild => PatKind::Wild,
            ast::PatKind::Rest => {
                self.r.diag.emit_error(diagnostics::misplaced_rest(span));
                PatKind::Error
            }
            ast::PatKind::Ident { by_ref, mutable, ident, sub } => {
                let plain = by_ref.is_none() && !mutable && sub.is_none();
                let constant = if plain { self.constant_named(ident, bindings.what) } else { None };
                match constant {
                    Some(res) => {
                        let segments = vec![PathSegment { name: ident.name, args: None, span }];
                        PatKind::Path(HirPath { qself: None, res, segments, unresolved: 0, span })
                    }
                    None => {
                        let local = self.bind(ident, by_ref, mutable, bindings);
                        let sub = sub.map(|sub| self.pattern(*sub, bindings));
                        PatKind::Binding { local, by_ref, sub }
                    }
                }
            }
            ast::PatKind::Lit { lit, negated } => PatKind::Lit { lit, negated },
            ast::PatKind::Range(lo, hi, limits) => {
                let lo = lo.map(|end| self.range_end(*end));
                let hi = hi.map(|end| self.range_end(*end));
                if matches!(lo, Some(None)) || matches!(hi, Some(None)) {
                    PatKind::Error
                } else {
                    let inclusive = limits == ast::RangeLimits::Closed;
                    PatKind::Range { lo: lo.flatten(), hi: hi.flatten(), inclusive }
                }
            }
            ast::PatKind::Path(qself, path) => PatKind::Path(self.path(qself, path, Source::Pat)),
            ast::PatKind::TupleStruct(qself, path, of) => {
                let path = self.path(qself, path, Source::TupleStruct);
                let (of, rest) = self.patterns(of, bindings);
                PatKind::TupleStruct(path, of, rest)
            }
            ast::PatKind::Struct { qself, path, fields, rest } => {
                let path = self.path(qself, path, Source::Struct);
                let fields = fields.into_iter();
                let fields = fields.map(|(name, pat)| (name.name, name.span, self.pattern(pat, bindings)));
                PatKind::Struct { path, fields: fields.collect(), rest }
            }
            ast::PatKind::Tuple(of) => {
                let (of, rest) = self.patterns(of, bindings);
                PatKind::Tuple(of, rest)
            }
            ast::PatKind::Slice(of) => self.slice(of, bindings),
            ast::PatKind::Ref(of, mutability) => PatKind::Ref(self.pattern(*of, bindings), mutability),
            ast::PatKind::Or(of) => self.or_pattern(of, bindings),
            ast::PatKind::Error => PatKind::Error,
        };
        self.add_pat(kind, span)
    }

    /// Patterns in parentheses, with the position of `..`.
    fn patterns(&mut self, of: Vec<ast::Pat>, bindings: &mut Bindings<'_>) -> (Vec<PatId>, Option<usize>) {
        let mut rest: Option<(usize, Span)> = None;
        let mut lowered = Vec::with_capacity(of.len());
        for pat in of {
            if matches!(pat.kind, ast::PatKind::Rest) {
                match rest {
                    None => rest = Some((lowered.len(), pat.span)),
                    Some((_, first)) => {
                        self.r.diag.emit_error(diagnostics::second_rest(pat.span, first));
                    }
                }
                continue;
            }
            lowered.push(self.pattern(pat, bindings));
        }
        (lowered, rest.map(|(at, _)| at))
    }

    fn slice(&mut self, of: Vec<ast::Pat>, bindings: &mut Bindings<'_>) -> PatKind {
        let (mut before, mut after) = (Vec::new(), Vec::new());
        let mut rest: Option<(Option<PatId>, Span)> = None;
        for pat in of {
            let span = pat.span;
            let found = match pat.kind {
                ast::PatKind::Rest => Some(None),
                ast::PatKind::Ident { by_ref, mutable, ident, sub: Some(sub) }
                    if matches!(sub.kind, ast::PatKind::Rest) =>
                {
                    let local = self.bind(ident, by_ref, mutable, bindings);
                    Some(Some(self.add_pat(PatKind::Binding { local, by_ref, sub: None }, span)))
                }
                kind => {
                    let pat = self.pattern(ast::Pat { kind, span }, bindings);
                    if rest.is_none() {
                        before.push(pat)
                    } else {
                        after.push(pat)
                    }
                    None
                }
            };
            match (found, rest) {
                (Some(_), Some((_, first))) => {
                    self.r.diag.emit_error(diagnostics::second_rest(span, first));
                }
                (Some(found), None) => rest = Some((found, span)),
                (None, _) => {}
            }
        }
        PatKind::Slice { before, rest: rest.map(|(pat, _)| pat), after }
    }

    fn or_pattern(&mut self, of: Vec<ast::Pat>, bindings: &mut Bindings<'_>) -> PatKind {
        let base = bindings.bound.len();
        let shared = bindings.alternatives.len();
        let mut lowered = Vec::with_capacity(of.len());
        let mut spans: Vec<(Span, Vec<Bound>)> = Vec::with_capacity(of.len());
        let mut all: Vec<Bound> = Vec::new();
        for pat in of {
            let span = pat.span;
            lowered.push(self.pattern(pat, bindings));
            let own = bindings.bound.split_off(base);
            for bound in &own {
                match all.iter().find(|b| same(b.ident, bound.ident)) {
                    None => {
                        all.push(*bound);
                        bindings.alternatives.push(*bound);
                    }
                    Some(first) => {
                        if (first.by_ref, first.mutable) != (bound.by_ref, bound.mutable) {
                            let d = diagnostics::inconsistent_binding(bound.ident, first.ident.span);
                            self.r.diag.emit_error(d);
                        }
                    }
                }
            }
            spans.push((span, own));
        }
        for bound in &all {
            for (span, own) in &spans {
                if !own.iter().any(|b| same(b.ident, bound.ident)) {
                    let d = diagnostics::not_bound_in_all(bound.ident.name, *span, bound.ident.span);
                    self.r.diag.emit_error(d);
                }
            }
        }
        bindings.alternatives.truncate(shared);
        bindings.bound.extend(all);
        PatKind::Or(lowered)
    }

    /// Declares a variable, or finds the one an earlier alternative declared.
    fn bind(
        &mut self,
        ident: ast::Ident,
        by_ref: Option<Mutability>,
        mutable: bool,
        bindings: &mut Bindings<'_>,
    ) -> LocalId {
        if let Some(at) = bindings.bound.iter().position(|b| same(b.ident, ident)) {
            let d = if at < bindings.earlier_params {
                diagnostics::duplicate_parameter(ident)
            } else {
                diagnostics::duplicate_binding(ident)
            };
            self.r.diag.emit_error(d);
            return bindings.bound[at].local;
        }
        let shared = bindings.alternatives.iter().find(|b| same(b.ident, ident));
        let local = match shared {
            Some(first) => first.local,
            None => self.locals.push(LocalVar { name: ident.name, mutable, span: ident.span }),
        };
        bindings.bound.push(Bound { ident, local, by_ref, mutable });
        local
    }

    /// The constant, unit struct or unit variant a plain identifier in a pattern means. Reports names that a
    /// variable cannot have.
    fn constant_named(&mut self, ident: ast::Ident, what: &str) -> Option<Res> {
        if ident.name == self.r.kw.self_value {
            return None;
        }
        let in_block = self.r.lookup_in_scopes(self.module, ident.name, Ns::Value, None)?;
        let res = in_block.res;
        match res {
            Res::Ctor(_) if self.r.accepts(Source::Pat, res) => Some(res),
            Res::Def(def) => match self.r.info(def).kind {
                Kind::Const | Kind::AssocConst => Some(res),
                Kind::Static => {
                    let d = diagnostics::binding_shadows(ident, what, "static", self.r.info(def).span);
                    self.r.diag.emit_error(d);
                    Some(Res::Error)
                }
                _ => None,
            },
            Res::Ctor(def) => {
                let d = diagnostics::binding_shadows(ident, what, self.r.descr(res), self.r.info(def).span);
                self.r.diag.emit_error(d);
                Some(Res::Error)
            }
            _ => None,
        }
    }

    /// An end of a range pattern; the parser let through only literals and paths.
    fn range_end(&mut self, end: ast::Expr) -> Option<RangeEnd> {
        match end.kind {
            ast::ExprKind::Lit(lit) => Some(RangeEnd::Lit(lit, false)),
            ast::ExprKind::Unary(UnOp::Neg, of) => match of.kind {
                ast::ExprKind::Lit(lit) => Some(RangeEnd::Lit(lit, true)),
                _ => self.bad_range_end(end.span),
            },
            ast::ExprKind::Path(qself, path) => {
                let source = Source::Expr { call: false };
                Some(RangeEnd::Path(self.path(qself, path, source)))
            }
            ast::ExprKind::Error => None,
            _ => self.bad_range_end(end.span),
        }
    }

    fn bad_range_end(&mut self, span: Span) -> Option<RangeEnd> {
        self.r.diag.emit_error(diagnostics::bad_range_end(span));
        None
    }
}

fn same(a: ast::Ident, b: ast::Ident) -> bool {
    a.name == b.name && a.ctxt == b.ctxt
}
