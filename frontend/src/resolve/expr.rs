//! Expressions: paths and labels resolved, the plain forms carried over, the others handed to `desugar`.

use super::body::{LabelEntry, Lower};
use super::path::Source;
use super::suggest::Best;
use super::*;

impl Lower<'_> {
    /// Lowers an expression.
    pub(super) fn expr(&mut self, expr: ast::Expr) -> ExprId {
        let span = expr.span;
        let kind = match expr.kind {
            ast::ExprKind::Lit(lit) => ExprKind::Lit(lit),
            ast::ExprKind::Path(qself, path) => {
                ExprKind::Path(self.path(qself, path, Source::Expr { call: false }))
            }
            ast::ExprKind::Call(callee, args) => {
                let callee = self.callee(*callee);
                ExprKind::Call(callee, self.exprs(args))
            }
            ast::ExprKind::MethodCall { receiver, segment, args } => {
                let receiver = self.expr(*receiver);
                let segment = self.segment(segment, None);
                ExprKind::MethodCall { receiver, segment, args: self.exprs(args) }
            }
            ast::ExprKind::Field(of, ident) => ExprKind::Field(self.expr(*of), ident.name, ident.span),
            ast::ExprKind::Index(of, index) => {
                let of = self.expr(*of);
                ExprKind::Index(of, self.expr(*index))
            }
            ast::ExprKind::Binary(op, lhs, rhs) => {
                let lhs = self.expr(*lhs);
                ExprKind::Binary(op, lhs, self.expr(*rhs))
            }
            ast::ExprKind::And(lhs, rhs) => self.lazy(false, *lhs, *rhs),
            ast::ExprKind::Or(lhs, rhs) => self.lazy(true, *lhs, *rhs),
            ast::ExprKind::Unary(op, of) => ExprKind::Unary(op, self.expr(*of)),
            ast::ExprKind::Ref(mutability, of) => ExprKind::Ref(mutability, self.expr(*of)),
            ast::ExprKind::RawRef(mutability, of) => ExprKind::RawRef(mutability, self.expr(*of)),
            ast::ExprKind::Cast(of, ty) => {
                let of = self.expr(*of);
                ExprKind::Cast(of, self.ty(ty))
            }
            ast::ExprKind::Assign(lhs, rhs) => return self.assign(*lhs, *rhs, span),
            ast::ExprKind::AssignOp(op, lhs, rhs) => {
                let lhs = self.expr(*lhs);
                ExprKind::AssignOp(op, lhs, self.expr(*rhs))
            }
            ast::ExprKind::Struct { qself, path, fields, rest } => {
                let path = self.path(qself, path, Source::Struct);
                let fields = fields.into_iter().map(|field| FieldExpr {
                    name: field.ident.name,
                    span: field.ident.span,
                    value: self.expr(field.value),
                });
                let fields = fields.collect();
                let base = match rest {
                    ast::StructRest::None => None,
                    ast::StructRest::Base(base) => Some(self.expr(*base)),
                    ast::StructRest::Rest(rest) => {
                        self.r.diag.emit_error(diagnostics::misplaced_struct_rest(rest));
                        Some(self.add_expr(ExprKind::Error, rest))
                    }
                };
                ExprKind::Struct { path, fields, base }
            }
            ast::ExprKind::Tuple(of) => ExprKind::Tuple(self.exprs(of)),
            ast::ExprKind::Array(of) => ExprKind::Array(self.exprs(of)),
            ast::ExprKind::Repeat(of, len) => {
                let of = self.expr(*of);
                ExprKind::Repeat(of, self.array_len(len, span))
            }
            ast::ExprKind::Block(block, None) => ExprKind::Block(self.block(block), None),
            ast::ExprKind::Block(block, Some(label)) => {
                let id = self.new_label();
                self.labels.push(LabelEntry::Block(label, id));
                let block = self.block(block);
                self.labels.pop();
                ExprKind::Block(block, Some(id))
            }
            // Evaluated where it stands: its value is the same each time.
            ast::ExprKind::ConstBlock(value) => return self.expr(*value.value),
            ast::ExprKind::If(condition, then, otherwise) => {
                let mark = self.entries.len();
                let condition = self.condition(*condition);
                let then = self.block_expr(then, None);
                self.entries.truncate(mark);
                let otherwise = otherwise.map(|otherwise| self.expr(*otherwise));
                ExprKind::If(condition, then, otherwise)
            }
            ast::ExprKind::Let(..) => {
                self.r.diag.emit_error(diagnostics::misplaced_let(span));
                ExprKind::Error
            }
            ast::ExprKind::Match(of, arms, origin) => {
                let of = self.expr(*of);
                let arms = arms.into_iter().map(|arm| self.arm(arm)).collect();
                let source = match origin {
                    ast::MatchOrigin::Written => MatchSource::Match,
                    ast::MatchOrigin::Builtin => MatchSource::Desugar,
                };
                ExprKind::Match(of, arms, source)
            }
            ast::ExprKind::Loop(block, label) => {
                let id = self.new_label();
                self.labels.push(LabelEntry::Loop(label, id));
                let body = self.block_expr(block, None);
                self.labels.pop();
                ExprKind::Loop(body, id, LoopSource::Loop)
            }
            ast::ExprKind::While(condition, body, label) => {
                return self.while_loop(*condition, body, label, span);
            }
            ast::ExprKind::ForLoop { pat, iter, body, label } => {
                return self.for_loop(*pat, *iter, body, label, span);
            }
            ast::ExprKind::Range(lo, hi, limits) => return self.range(lo, hi, limits, span),
            ast::ExprKind::Try(of) => return self.question_mark(*of, span),
            ast::ExprKind::Break(label, value) => {
                let value = value.map(|value| self.expr(*value));
                match self.jump_target("break", label, span) {
                    Some(id) => ExprKind::Break(id, value),
                    None => ExprKind::Error,
                }
            }
            ast::ExprKind::Continue(label) => match self.jump_target("continue", label, span) {
                Some(id) => ExprKind::Continue(id),
                None => ExprKind::Error,
            },
            ast::ExprKind::Return(value) => ExprKind::Return(value.map(|value| self.expr(*value))),
            ast::ExprKind::Closure(closure) => self.closure(*closure, span),
            ast::ExprKind::Underscore => {
                self.r.diag.emit_error(diagnostics::misplaced_underscore(span));
                ExprKind::Error
            }
            ast::ExprKind::Error => ExprKind::Error,
        };
        self.add_expr(kind, span)
    }

    pub(super) fn exprs(&mut self, of: Vec<ast::Expr>) -> Vec<ExprId> {
        of.into_iter().map(|e| self.expr(e)).collect()
    }

    fn callee(&mut self, callee: ast::Expr) -> ExprId {
        match callee.kind {
            ast::ExprKind::Path(qself, path) => {
                let path = self.path(qself, path, Source::Expr { call: true });
                self.add_expr(ExprKind::Path(path), callee.span)
            }
            _ => self.expr(callee),
        }
    }

    fn lazy(&mut self, is_or: bool, lhs: ast::Expr, rhs: ast::Expr) -> ExprKind {
        let lhs = self.expr(lhs);
        ExprKind::Lazy { is_or, lhs, rhs: self.expr(rhs) }
    }

    /// The condition of `if`, `while` or a guard. Variables of its `let`s stay in scope: the caller ends that.
    pub(super) fn condition(&mut self, condition: ast::Expr) -> ExprId {
        let span = condition.span;
        match condition.kind {
            ast::ExprKind::And(lhs, rhs) => {
                let lhs = self.condition(*lhs);
                let rhs = self.condition(*rhs);
                self.add_expr(ExprKind::Lazy { is_or: false, lhs, rhs }, span)
            }
            ast::ExprKind::Let(pat, init) => {
                let init = self.expr(*init);
                let mut bound = Vec::new();
                let pat = self.pat(*pat, "let binding", &mut bound);
                self.bring_into_scope(&bound);
                self.add_expr(ExprKind::Let(pat, init), span)
            }
            _ => self.expr(condition),
        }
    }

    fn arm(&mut self, arm: ast::Arm) -> Arm {
        let mark = self.entries.len();
        let mut bound = Vec::new();
        let pat = self.pat(arm.pat, "match binding", &mut bound);
        self.bring_into_scope(&bound);
        let guard = arm.guard.map(|guard| self.condition(guard));
        let body = self.expr(arm.body);
        self.entries.truncate(mark);
        Arm { pat, guard, body, span: arm.span }
    }

    fn closure(&mut self, closure: ast::Closure, span: Span) -> ExprKind {
        let def = self.r.new_unnamed_def(self.parent_def, "closure", span, Kind::Closure);
        self.r.finish_def(def, Attrs::default(), DefKind::Closure);
        let outer = std::mem::replace(&mut self.parent_def, def);
        let mark = self.entries.len();
        let mut bound = Vec::new();
        let mut params = Vec::with_capacity(closure.params.len());
        for (pat, ty) in closure.params {
            let ty = ty.map(|ty| self.ty(ty));
            params.push((self.parameter(pat, &mut bound), ty));
        }
        let output = closure.output.map(|ty| self.ty(ty));
        self.bring_into_scope(&bound);
        self.labels.push(LabelEntry::Closure);
        let body = self.expr(closure.body);
        self.labels.pop();
        self.entries.truncate(mark);
        self.parent_def = outer;
        ExprKind::Closure(Box::new(Closure { def, params, output, body, by_move: closure.by_move }))
    }

    /// What `break` or `continue` leaves.
    fn jump_target(&mut self, keyword: &str, label: Option<ast::Ident>, span: Span) -> Option<LabelId> {
        let found = match label {
            Some(label) => self.labelled(keyword, label),
            None => self.innermost_loop(keyword, span),
        };
        found.map_err(|d| self.r.diag.emit_error(d)).ok()
    }

    fn innermost_loop(&self, keyword: &str, span: Span) -> Result<LabelId, crate::diag::Diagnostic> {
        match self.labels.last() {
            Some(LabelEntry::Loop(_, id)) => Ok(*id),
            Some(LabelEntry::Block(..)) => {
                let in_loop = self.labels.iter().rev().find(|l| !matches!(l, LabelEntry::Block(..)));
                match in_loop {
                    Some(LabelEntry::Closure) => Err(diagnostics::inside_closure(keyword, span)),
                    _ => Err(diagnostics::unlabeled_in_block(keyword, span)),
                }
            }
            Some(LabelEntry::Closure) => Err(diagnostics::inside_closure(keyword, span)),
            None => Err(diagnostics::outside_loop(keyword, span)),
        }
    }

    /// Whether a label used with one mark may be the one declared with another: the macro was defined inside it.
    fn marks_meet(&self, used: u32, declared: u32) -> bool {
        let marks = self.r.marks(self.r.info(self.owner).krate);
        let mut at = used;
        while at != declared {
            match marks.get(at as usize) {
                Some(mark) if at != 0 && !mark.definition.is_none() => at = mark.parent,
                _ => return false,
            }
        }
        true
    }

    fn labelled(&self, keyword: &str, label: ast::Ident) -> Result<LabelId, crate::diag::Diagnostic> {
        let mut reachable = true;
        let mut similar = Best::new(label.name);
        for entry in self.labels.iter().rev() {
            let (ident, id, is_loop) = match *entry {
                LabelEntry::Loop(Some(ident), id) => (ident, id, true),
                LabelEntry::Block(ident, id) => (ident, id, false),
                LabelEntry::Loop(None, _) => continue,
                LabelEntry::Closure => {
                    reachable = false;
                    continue;
                }
            };
            if ident.name != label.name || !self.marks_meet(label.ctxt, ident.ctxt) {
                if reachable {
                    similar.offer(ident.name, "label");
                }
                continue;
            }
            return match (reachable, is_loop || keyword == "break") {
                (false, _) => Err(diagnostics::unreachable_label(label)),
                (true, true) => Ok(id),
                (true, false) => Err(diagnostics::continue_to_block(label.span)),
            };
        }
        Err(diagnostics::undeclared_label(label, similar.name()))
    }
}
