//! Sugar: `for`, `while`, `?`, ranges, destructuring assignment. The shapes are those of [`crate::hir::body`].

use super::body::{LabelEntry, Lower};
use super::path::Source;
use super::*;
use crate::ty::Mutability;

impl Lower<'_> {
    /// `loop { if condition { body } else { break } }`
    pub(super) fn while_loop(
        &mut self,
        condition: ast::Expr,
        body: ast::Block,
        label: Option<ast::Ident>,
        span: Span,
    ) -> ExprId {
        let id = self.new_label();
        self.labels.push(LabelEntry::Loop(label, id));
        let mark = self.entries.len();
        let condition = self.condition(condition);
        let body = self.block_expr(body, None);
        self.entries.truncate(mark);
        self.labels.pop();
        let exit = self.add_expr(ExprKind::Break(id, None), span);
        let step = self.add_expr(ExprKind::If(condition, body, Some(exit)), span);
        let body = Block { stmts: Vec::new(), value: Some(step) };
        let body = self.add_expr(ExprKind::Block(body, None), span);
        self.add_expr(ExprKind::Loop(body, id, LoopSource::While), span)
    }

    /// `match IntoIterator::into_iter(iter) { mut it => loop { match Iterator::next(&mut it) { None => break,
    /// Some(pat) => body } } }`
    pub(super) fn for_loop(
        &mut self,
        pat: ast::Pat,
        iter: ast::Expr,
        body: ast::Block,
        label: Option<ast::Ident>,
        span: Span,
    ) -> ExprId {
        let iter_span = iter.span;
        let iter = self.expr(iter);
        let into_iter = self.lang_path("into_iter", iter_span);
        let iter = self.call(into_iter, vec![iter], iter_span);

        let (it, it_pat) = self.fresh("iter", true, iter_span);
        let id = self.new_label();
        let mark = self.entries.len();
        let pat_span = pat.span;
        let mut bound = Vec::new();
        let pat = self.pat(pat, "for binding", &mut bound);
        self.bring_into_scope(&bound);
        self.labels.push(LabelEntry::Loop(label, id));
        let body_span = body.span;
        let body = self.block_expr(body, None);
        self.labels.pop();
        self.entries.truncate(mark);

        let it = self.local(it, "iter", iter_span);
        let it = self.add_expr(ExprKind::Ref(Mutability::Mut, it), iter_span);
        let next = self.lang_path("next", iter_span);
        let next = self.call(next, vec![it], iter_span);
        let none = self.lang_path("None", span);
        let none = self.add_pat(PatKind::Path(none), span);
        let some = self.lang_path("Some", pat_span);
        let some = self.add_pat(PatKind::TupleStruct(some, vec![pat], None), pat_span);
        let exit = self.add_expr(ExprKind::Break(id, None), span);
        let arms = vec![
            Arm { pat: none, guard: None, body: exit, span },
            Arm { pat: some, guard: None, body, span: pat_span.to(body_span) },
        ];
        let step = self.add_expr(ExprKind::Match(next, arms, MatchSource::ForNext), span);
        let body = Block { stmts: Vec::new(), value: Some(step) };
        let body = self.add_expr(ExprKind::Block(body, None), span);
        let body = self.add_expr(ExprKind::Loop(body, id, LoopSource::For), span);
        let arm = Arm { pat: it_pat, guard: None, body, span };
        self.add_expr(ExprKind::Match(iter, vec![arm], MatchSource::ForOuter), span)
    }

    /// `match Try::branch(of) { Continue(v) => v, Break(r) => return FromResidual::from_residual(r) }`
    pub(super) fn question_mark(&mut self, of: ast::Expr, span: Span) -> ExprId {
        let of = self.expr(of);
        let branch = self.lang_path("branch", span);
        let of = self.call(branch, vec![of], span);

        let (v, v_pat) = self.fresh("val", false, span);
        let go_on = self.lang_path("Continue", span);
        let go_on = self.add_pat(PatKind::TupleStruct(go_on, vec![v_pat], None), span);
        let v = self.local(v, "val", span);

        let (r, r_pat) = self.fresh("residual", false, span);
        let leave = self.lang_path("Break", span);
        let leave = self.add_pat(PatKind::TupleStruct(leave, vec![r_pat], None), span);
        let r = self.local(r, "residual", span);
        let from_residual = self.lang_path("from_residual", span);
        let r = self.call(from_residual, vec![r], span);
        let r = self.add_expr(ExprKind::Return(Some(r)), span);

        let arms = vec![
            Arm { pat: go_on, guard: None, body: v, span },
            Arm { pat: leave, guard: None, body: r, span },
        ];
        self.add_expr(ExprKind::Match(of, arms, MatchSource::Question), span)
    }

    /// A struct expression of the range's type; `RangeInclusive::new(a, b)` for `a..=b`.
    pub(super) fn range(
        &mut self,
        lo: Option<Box<ast::Expr>>,
        hi: Option<Box<ast::Expr>>,
        limits: ast::RangeLimits,
        span: Span,
    ) -> ExprId {
        let lo = lo.map(|lo| self.expr(*lo));
        let hi = hi.map(|hi| self.expr(*hi));
        let closed = limits == ast::RangeLimits::Closed;
        let name = match (lo, hi) {
            (Some(lo), Some(hi)) if closed => {
                let mut path = self.lang_path("RangeInclusiveStruct", span);
                path.segments.push(PathSegment { name: Symbol::intern("new"), args: None, span });
                path.unresolved = 1;
                return self.call(path, vec![lo, hi], span);
            }
            (None, None) => {
                let mut path = self.lang_path("RangeFull", span);
                if let Res::Def(def) = path.res {
                    path.res = Res::Ctor(def);
                }
                return self.add_expr(ExprKind::Path(path), span);
            }
            (Some(_), Some(_)) => "Range",
            (Some(_), None) => "RangeFrom",
            (None, Some(_)) if closed => "RangeToInclusive",
            (None, Some(_)) => "RangeTo",
        };
        let ends = [("start", lo), ("end", hi)].into_iter();
        let fields = ends.filter_map(|(name, value)| {
            value.map(|value| FieldExpr { name: Symbol::intern(name), span, value })
        });
        let fields = fields.collect();
        let path = self.lang_path(name, span);
        self.add_expr(ExprKind::Struct { path, fields, base: None }, span)
    }

    /// An assignment; `(a, b.c) = e` becomes `{ let (lhs, lhs) = e; a = lhs; b.c = lhs; }`.
    pub(super) fn assign(&mut self, lhs: ast::Expr, rhs: ast::Expr, span: Span) -> ExprId {
        if !is_destructuring(&lhs) {
            let lhs = self.expr(lhs);
            let rhs = self.expr(rhs);
            return self.add_expr(ExprKind::Assign(lhs, rhs), span);
        }
        let init = self.expr(rhs);
        let mut assignments = Vec::new();
        let pat = self.assignee(lhs, &mut assignments);
        let mut stmts = vec![Stmt::Let { pat, ty: None, init: Some(init), els: None, span }];
        for (lhs, local) in assignments {
            let span = self.exprs[lhs].span;
            let rhs = self.local(local, "lhs", span);
            let expr = self.add_expr(ExprKind::Assign(lhs, rhs), span);
            stmts.push(Stmt::Expr { expr, semi: true });
        }
        self.add_expr(ExprKind::Block(Block { stmts, value: None }, None), span)
    }

    /// The pattern for the left side of a destructuring assignment; what it holds is assigned afterwards.
    fn assignee(&mut self, lhs: ast::Expr, assignments: &mut Vec<(ExprId, LocalId)>) -> PatId {
        let span = lhs.span;
        let kind = match lhs.kind {
            ast::ExprKind::Underscore => PatKind::Wild,
            ast::ExprKind::Tuple(of) => {
                let (of, rest) = self.assignees(of, assignments);
                PatKind::Tuple(of, rest)
            }
            ast::ExprKind::Array(of) => {
                let (mut before, rest) = self.assignees(of, assignments);
                let after = rest.map_or_else(Vec::new, |at| before.split_off(at));
                PatKind::Slice { before, rest: rest.map(|_| None), after }
            }
            ast::ExprKind::Call(callee, args) => match callee.kind {
                ast::ExprKind::Path(qself, path) => {
                    let path = self.path(qself, path, Source::TupleStruct);
                    let (of, rest) = self.assignees(args, assignments);
                    PatKind::TupleStruct(path, of, rest)
                }
                _ => {
                    self.r.diag.emit_error(diagnostics::invalid_assignment(span));
                    PatKind::Error
                }
            },
            ast::ExprKind::Struct { qself, path, fields, rest } => {
                let path = self.path(qself, path, Source::Struct);
                let fields = fields.into_iter().map(|field| {
                    (field.ident.name, field.ident.span, self.assignee(field.value, assignments))
                });
                let fields = fields.collect();
                if let ast::StructRest::Base(base) = &rest {
                    self.r.diag.emit_error(diagnostics::invalid_assignment(base.span));
                }
                PatKind::Struct { path, fields, rest: !matches!(rest, ast::StructRest::None) }
            }
            _ => {
                let lhs = self.expr(lhs);
                let (local, pat) = self.fresh("lhs", false, span);
                assignments.push((lhs, local));
                return pat;
            }
        };
        self.add_pat(kind, span)
    }

    fn assignees(
        &mut self,
        of: Vec<ast::Expr>,
        assignments: &mut Vec<(ExprId, LocalId)>,
    ) -> (Vec<PatId>, Option<usize>) {
        let mut rest: Option<(usize, Span)> = None;
        let mut lowered = Vec::with_capacity(of.len());
        for expr in of {
            if let ast::ExprKind::Range(None, None, ast::RangeLimits::HalfOpen) = expr.kind {
                match rest {
                    None => rest = Some((lowered.len(), expr.span)),
                    Some((_, first)) => {
                        self.r.diag.emit_error(diagnostics::second_rest(expr.span, first));
                    }
                }
                continue;
            }
            lowered.push(self.assignee(expr, assignments));
        }
        (lowered, rest.map(|(at, _)| at))
    }

    /// A variable no name refers to, with the pattern that binds it.
    fn fresh(&mut self, name: &str, mutable: bool, span: Span) -> (LocalId, PatId) {
        let local = self.locals.push(LocalVar { name: Symbol::intern(name), mutable, span });
        let pat = self.add_pat(PatKind::Binding { local, by_ref: None, sub: None }, span);
        (local, pat)
    }

    fn local(&mut self, local: LocalId, name: &str, span: Span) -> ExprId {
        let segments = vec![PathSegment { name: Symbol::intern(name), args: None, span }];
        let path = HirPath { qself: None, res: Res::Local(local), segments, unresolved: 0, span };
        self.add_expr(ExprKind::Path(path), span)
    }

    fn call(&mut self, callee: HirPath, args: Vec<ExprId>, span: Span) -> ExprId {
        let callee = self.add_expr(ExprKind::Path(callee), span);
        self.add_expr(ExprKind::Call(callee, args), span)
    }

    /// A path to a lang item: a method of a trait, a variant or a type.
    fn lang_path(&mut self, name: &str, span: Span) -> HirPath {
        let Some(&def) = self.r.lang_items.get(&Symbol::intern(name)) else {
            self.r.diag.emit_error(diagnostics::no_lang_item(name, span));
            let segments = vec![PathSegment { name: Symbol::intern(name), args: None, span }];
            return HirPath { qself: None, res: Res::Error, segments, unresolved: 0, span };
        };
        let info = self.r.info(def);
        let res = match info.kind {
            Kind::Variant(_) => Res::Ctor(def),
            _ => Res::Def(def),
        };
        let mut segments = Vec::with_capacity(2);
        if let (Kind::Variant(_) | Kind::AssocFn { .. }, Some(parent)) = (info.kind, info.parent) {
            segments.push(PathSegment { name: self.r.info(parent).name, args: None, span });
        }
        segments.push(PathSegment { name: self.r.info(def).name, args: None, span });
        HirPath { qself: None, res, segments, unresolved: 0, span }
    }
}

fn is_destructuring(lhs: &ast::Expr) -> bool {
    matches!(
        lhs.kind,
        ast::ExprKind::Underscore
            | ast::ExprKind::Tuple(_)
            | ast::ExprKind::Array(_)
            | ast::ExprKind::Struct { .. }
            | ast::ExprKind::Call(..)
    )
}
