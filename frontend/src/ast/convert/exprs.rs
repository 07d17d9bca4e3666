//! Expressions.

use super::literals::{is_negated, lit_token_span};
use super::stmts::expr_attrs;
use super::types::mutability;
use crate::ast::cx::Cx;
use crate::ast::expand::build::Build;
use crate::ast::syntax::*;
use crate::ast::unsupported;
use crate::diag::Diagnostic;
use crate::source::Span;

impl Cx<'_> {
    /// An expression.
    pub fn expr(&mut self, expr: &syn::Expr) -> Expr {
        let at = expr_start(expr);
        match self.deeper(at, |cx| cx.expr_inner(expr)) {
            Some(expr) => expr,
            None => Expr { kind: ExprKind::Error, span: self.span(at) },
        }
    }

    fn boxed(&mut self, expr: &syn::Expr) -> Box<Expr> {
        Box::new(self.expr(expr))
    }

    /// Expressions of a list, without what `cfg` removes.
    pub fn expr_list(&mut self, list: &syn::punctuated::Punctuated<syn::Expr, syn::Token![,]>) -> Vec<Expr> {
        let mut exprs = Vec::with_capacity(list.len());
        for expr in list {
            if self.is_configured(expr_attrs(expr)) {
                exprs.push(self.expr(expr));
            }
        }
        exprs
    }

    fn expr_inner(&mut self, expr: &syn::Expr) -> Expr {
        let (kind, span) = match expr {
            syn::Expr::Lit(lit) => return self.expr_lit(&lit.lit),
            syn::Expr::Path(path) => {
                let first = path.path.segments.first();
                let (qself, mut path) = self.qualified_path(path.qself.as_ref(), &path.path);
                if let ([segment], None, PathRoot::Relative, Some(first)) =
                    (path.segments.as_mut_slice(), &qself, path.root, first)
                {
                    segment.ident = self.local(&first.ident);
                }
                let span = path.span;
                (ExprKind::Path(qself, path), span)
            }
            syn::Expr::Call(call) => {
                let func = self.boxed(&call.func);
                let args = self.expr_list(&call.args);
                let span = func.span.to(self.span(call.paren_token.span.close()));
                (ExprKind::Call(func, args), span)
            }
            syn::Expr::MethodCall(call) => {
                let receiver = self.boxed(&call.receiver);
                let args_of_method = call.turbofish.as_ref().map(|args| self.generic_args(args));
                let segment = PathSegment { ident: self.ident(&call.method), args: args_of_method };
                let args = self.expr_list(&call.args);
                let span = receiver.span.to(self.span(call.paren_token.span.close()));
                (ExprKind::MethodCall { receiver, segment, args }, span)
            }
            syn::Expr::Field(field) => {
                let base = self.boxed(&field.base);
                let member = self.member(&field.member);
                let span = base.span.to(member.span);
                (ExprKind::Field(base, member), span)
            }
            syn::Expr::Index(index) => {
                let base = self.boxed(&index.expr);
                let at = self.boxed(&index.index);
                let span = base.span.to(self.span(index.bracket_token.span.close()));
                (ExprKind::Index(base, at), span)
            }
            syn::Expr::Binary(binary) => return self.expr_binary(binary),
            syn::Expr::Unary(unary) => {
                let inner = self.boxed(&unary.expr);
                let (op, token) = match &unary.op {
                    syn::UnOp::Deref(t) => (UnOp::Deref, t.span),
                    syn::UnOp::Not(t) => (UnOp::Not, t.span),
                    syn::UnOp::Neg(t) => (UnOp::Neg, t.span),
                    _ => return self.unstable_expr(expr, "this operator"),
                };
                let span = self.span(token).to(inner.span);
                (ExprKind::Unary(op, inner), span)
            }
            syn::Expr::Reference(reference) => {
                let inner = self.boxed(&reference.expr);
                let span = self.span(reference.and_token.span).to(inner.span);
                (ExprKind::Ref(mutability(reference.mutability.is_some()), inner), span)
            }
            syn::Expr::RawAddr(raw) => {
                let inner = self.boxed(&raw.expr);
                let span = self.span(raw.and_token.span).to(inner.span);
                self.refuse_in_user_crate(unsupported::raw_pointer(span));
                let mutable = matches!(raw.mutability, syn::PointerMutability::Mut(_));
                (ExprKind::RawRef(mutability(mutable), inner), span)
            }
            syn::Expr::Cast(cast) => {
                let inner = self.boxed(&cast.expr);
                let ty = self.ty(&cast.ty);
                let span = inner.span.to(ty.span);
                (ExprKind::Cast(inner, ty), span)
            }
            syn::Expr::Assign(assign) => {
                let (left, right) = (self.boxed(&assign.left), self.boxed(&assign.right));
                let span = left.span.to(right.span);
                (ExprKind::Assign(left, right), span)
            }
            syn::Expr::Struct(structure) => return self.expr_struct(structure),
            syn::Expr::Tuple(tuple) => {
                (ExprKind::Tuple(self.expr_list(&tuple.elems)), self.span(tuple.paren_token.span.join()))
            }
            syn::Expr::Array(array) => {
                (ExprKind::Array(self.expr_list(&array.elems)), self.span(array.bracket_token.span.join()))
            }
            syn::Expr::Repeat(repeat) => {
                let span = self.span(repeat.bracket_token.span.join());
                let value = self.boxed(&repeat.expr);
                let len = self.anon_const(&repeat.len);
                if let ExprKind::ConstBlock(each) = value.kind {
                    return self.repeated_const(*each.value, len, span);
                }
                (ExprKind::Repeat(value, len), span)
            }
            syn::Expr::Range(range) => {
                let start = range.start.as_deref().map(|e| self.boxed(e));
                let end = range.end.as_deref().map(|e| self.boxed(e));
                let (limits, dots) = self.range_limits(&range.limits);
                if end.is_none() && limits == RangeLimits::Closed {
                    self.error(
                        Diagnostic::error("E0586", dots, "inclusive range with no end")
                            .help("use `..` instead"),
                    );
                }
                let lo = start.as_ref().map_or(dots, |e| e.span);
                let hi = end.as_ref().map_or(dots, |e| e.span);
                (ExprKind::Range(start, end, limits), lo.to(hi))
            }
            syn::Expr::Try(question) => {
                let inner = self.boxed(&question.expr);
                let span = inner.span.to(self.span(question.question_token.span));
                (ExprKind::Try(inner), span)
            }
            syn::Expr::Paren(paren) => {
                let inner = self.expr(&paren.expr);
                return Expr { kind: inner.kind, span: self.span(paren.paren_token.span.join()) };
            }
            syn::Expr::Group(group) => return self.expr(&group.expr),
            syn::Expr::Macro(call) => return self.macro_expr(&call.mac),
            syn::Expr::Block(_)
            | syn::Expr::Unsafe(_)
            | syn::Expr::Const(_)
            | syn::Expr::If(_)
            | syn::Expr::Let(_)
            | syn::Expr::Match(_)
            | syn::Expr::Loop(_)
            | syn::Expr::While(_)
            | syn::Expr::ForLoop(_)
            | syn::Expr::Break(_)
            | syn::Expr::Continue(_)
            | syn::Expr::Return(_) => return self.expr_control(expr),
            syn::Expr::Closure(closure) => return self.expr_closure(closure),
            syn::Expr::Infer(infer) => (ExprKind::Underscore, self.span(infer.underscore_token.span)),
            syn::Expr::Async(block) => {
                let span = self.span(block.async_token.span);
                self.error(unsupported::asynchronous(span));
                (ExprKind::Error, span)
            }
            syn::Expr::Await(await_) => {
                let span = self.span(await_.await_token.span);
                self.error(unsupported::asynchronous(span));
                (ExprKind::Error, span)
            }
            syn::Expr::TryBlock(_) => return self.unstable_expr(expr, "a `try` block"),
            syn::Expr::Yield(_) => return self.unstable_expr(expr, "`yield`"),
            syn::Expr::Verbatim(tokens) => {
                let span = self.tokens_span(tokens);
                self.error(unsupported::unstable(span, "this form of expression"));
                (ExprKind::Error, span)
            }
            _ => return self.unstable_expr(expr, "this form of expression"),
        };
        Expr { kind, span }
    }

    fn unstable_expr(&mut self, expr: &syn::Expr, what: &str) -> Expr {
        let span = self.span(expr_start(expr));
        self.error(unsupported::unstable(span, what));
        Expr { kind: ExprKind::Error, span }
    }

    fn expr_lit(&mut self, lit: &syn::Lit) -> Expr {
        let span = self.lit_span(lit);
        let Some(value) = self.literal(lit) else { return Expr { kind: ExprKind::Error, span } };
        let expr = Expr { kind: ExprKind::Lit(value), span };
        match is_negated(lit) {
            true => Expr { kind: ExprKind::Unary(UnOp::Neg, Box::new(expr)), span },
            false => expr,
        }
    }

    fn expr_binary(&mut self, binary: &syn::ExprBinary) -> Expr {
        let (left, right) = (self.boxed(&binary.left), self.boxed(&binary.right));
        let span = left.span.to(right.span);
        let (op, assign) = match &binary.op {
            syn::BinOp::And(_) => return Expr { kind: ExprKind::And(left, right), span },
            syn::BinOp::Or(_) => return Expr { kind: ExprKind::Or(left, right), span },
            syn::BinOp::Add(_) => (BinOp::Add, false),
            syn::BinOp::Sub(_) => (BinOp::Sub, false),
            syn::BinOp::Mul(_) => (BinOp::Mul, false),
            syn::BinOp::Div(_) => (BinOp::Div, false),
            syn::BinOp::Rem(_) => (BinOp::Rem, false),
            syn::BinOp::BitXor(_) => (BinOp::BitXor, false),
            syn::BinOp::BitAnd(_) => (BinOp::BitAnd, false),
            syn::BinOp::BitOr(_) => (BinOp::BitOr, false),
            syn::BinOp::Shl(_) => (BinOp::Shl, false),
            syn::BinOp::Shr(_) => (BinOp::Shr, false),
            syn::BinOp::Eq(_) => (BinOp::Eq, false),
            syn::BinOp::Lt(_) => (BinOp::Lt, false),
            syn::BinOp::Le(_) => (BinOp::Le, false),
            syn::BinOp::Ne(_) => (BinOp::Ne, false),
            syn::BinOp::Ge(_) => (BinOp::Ge, false),
            syn::BinOp::Gt(_) => (BinOp::Gt, false),
            syn::BinOp::AddAssign(_) => (BinOp::Add, true),
            syn::BinOp::SubAssign(_) => (BinOp::Sub, true),
            syn::BinOp::MulAssign(_) => (BinOp::Mul, true),
            syn::BinOp::DivAssign(_) => (BinOp::Div, true),
            syn::BinOp::RemAssign(_) => (BinOp::Rem, true),
            syn::BinOp::BitXorAssign(_) => (BinOp::BitXor, true),
            syn::BinOp::BitAndAssign(_) => (BinOp::BitAnd, true),
            syn::BinOp::BitOrAssign(_) => (BinOp::BitOr, true),
            syn::BinOp::ShlAssign(_) => (BinOp::Shl, true),
            syn::BinOp::ShrAssign(_) => (BinOp::Shr, true),
            _ => {
                self.error(unsupported::unstable(span, "this operator"));
                return Expr { kind: ExprKind::Error, span };
            }
        };
        let kind =
            if assign { ExprKind::AssignOp(op, left, right) } else { ExprKind::Binary(op, left, right) };
        Expr { kind, span }
    }

    /// `..` or `..=` with its place.
    pub fn range_limits(&self, limits: &syn::RangeLimits) -> (RangeLimits, Span) {
        match limits {
            syn::RangeLimits::HalfOpen(t) => {
                (RangeLimits::HalfOpen, self.span(t.spans[0]).to(self.span(t.spans[1])))
            }
            syn::RangeLimits::Closed(t) => {
                (RangeLimits::Closed, self.span(t.spans[0]).to(self.span(t.spans[2])))
            }
        }
    }

    fn expr_struct(&mut self, structure: &syn::ExprStruct) -> Expr {
        let (qself, path) = self.qualified_path(structure.qself.as_ref(), &structure.path);
        let span = path.span.to(self.span(structure.brace_token.span.close()));
        let mut fields = Vec::new();
        for field in &structure.fields {
            if self.is_configured(&field.attrs) {
                let ident = self.member(&field.member);
                let value = self.expr(&field.expr);
                fields.push(FieldExpr { ident, value });
            }
        }
        let rest = match (&structure.rest, &structure.dot2_token) {
            (Some(base), _) => StructRest::Base(self.boxed(base)),
            (None, Some(dots)) => StructRest::Rest(self.span(dots.spans[0]).to(self.span(dots.spans[1]))),
            (None, None) => StructRest::None,
        };
        Expr { kind: ExprKind::Struct { qself, path, fields, rest }, span }
    }

    fn expr_closure(&mut self, closure: &syn::ExprClosure) -> Expr {
        let start = self.span(closure.capture.as_ref().map_or(closure.inputs_begin.span, |t| t.span));
        if let Some(token) = &closure.asyncness {
            let span = self.span(token.span);
            self.error(unsupported::asynchronous(span));
        }
        if let Some(token) = &closure.constness {
            let span = self.span(token.span);
            self.error(unsupported::unstable(span, "a `const` closure"));
        }
        if let Some(binder) = &closure.lifetimes {
            let span = self.span(binder.for_token.span);
            self.error(unsupported::unstable(span, "`for<…>` on a closure"));
        }
        let mut params = Vec::new();
        for input in &closure.inputs {
            params.push(match input {
                syn::Pat::Type(typed) => {
                    let pat = self.pat(&typed.pat);
                    (pat, Some(self.ty(&typed.ty)))
                }
                pat => (self.pat(pat), None),
            });
        }
        let output = self.return_type(&closure.output);
        let body = self.expr(&closure.body);
        let span = start.to(body.span);
        let closure = Closure { params, output, body, by_move: closure.capture.is_some() };
        Expr { kind: ExprKind::Closure(Box::new(closure)), span }
    }

    /// `[const { e }; N]`, which makes the value for each place.
    fn repeated_const(&mut self, each: Expr, len: AnonConst, span: Span) -> Expr {
        let build = Build { span, ctxt: self.new_mark(0, Span::NONE) };
        let closure = Closure { params: Vec::new(), output: None, body: each, by_move: false };
        let places = build.expr(ExprKind::Repeat(Box::new(build.tuple(Vec::new())), len));
        build.call_std("array::__repeat", vec![build.expr(ExprKind::Closure(Box::new(closure))), places])
    }

    fn expr_control(&mut self, expr: &syn::Expr) -> Expr {
        let start = self.span(expr_start(expr));
        let (kind, span) = match expr {
            syn::Expr::Block(block) => {
                let body = self.block(&block.block);
                let label = block.label.as_ref().map(|l| self.label(&l.name));
                let span = label.map_or(body.span, |l| l.span.to(body.span));
                (ExprKind::Block(body, label), span)
            }
            syn::Expr::Unsafe(block) => {
                self.refuse_in_user_crate(unsupported::unsafe_code(start));
                let body = self.block(&block.block);
                let span = start.to(body.span);
                (ExprKind::Block(body, None), span)
            }
            syn::Expr::Const(block) => {
                let body = self.block(&block.block);
                let span = start.to(body.span);
                let value = Box::new(Expr { span: body.span, kind: ExprKind::Block(body, None) });
                (ExprKind::ConstBlock(AnonConst { value }), span)
            }
            syn::Expr::If(branch) => {
                let cond = Box::new(self.condition(&branch.cond));
                let then = self.block(&branch.then_branch);
                let els = branch.else_branch.as_ref().map(|(_, e)| self.boxed(e));
                let span = start.to(els.as_ref().map_or(then.span, |e| e.span));
                (ExprKind::If(cond, then, els), span)
            }
            syn::Expr::Let(_) => {
                self.error(
                    Diagnostic::error("", start, "expected expression, found `let` statement")
                        .note("only supported directly in conditions of `if` and `while` expressions"),
                );
                (ExprKind::Error, start)
            }
            syn::Expr::Match(matching) => {
                let scrutinee = self.boxed(&matching.expr);
                let arms = matching.arms.iter().filter_map(|arm| self.arm(arm)).collect();
                let span = start.to(self.span(matching.brace_token.span.close()));
                (ExprKind::Match(scrutinee, arms, MatchOrigin::Written), span)
            }
            syn::Expr::Loop(looping) => {
                let label = looping.label.as_ref().map(|l| self.label(&l.name));
                let body = self.block(&looping.body);
                let span = start.to(body.span);
                (ExprKind::Loop(body, label), span)
            }
            syn::Expr::While(looping) => {
                let label = looping.label.as_ref().map(|l| self.label(&l.name));
                let cond = Box::new(self.condition(&looping.cond));
                let body = self.block(&looping.body);
                let span = start.to(body.span);
                (ExprKind::While(cond, body, label), span)
            }
            syn::Expr::ForLoop(looping) => {
                let label = looping.label.as_ref().map(|l| self.label(&l.name));
                let pat = Box::new(self.pat(&looping.pat));
                let iter = self.boxed(&looping.expr);
                let body = self.block(&looping.body);
                let span = start.to(body.span);
                (ExprKind::ForLoop { pat, iter, body, label }, span)
            }
            syn::Expr::Break(jump) => {
                let label = jump.label.as_ref().map(|l| self.label(l));
                let value = jump.expr.as_deref().map(|e| self.boxed(e));
                let end = value.as_ref().map(|e| e.span).or(label.map(|l| l.span)).unwrap_or(start);
                (ExprKind::Break(label, value), start.to(end))
            }
            syn::Expr::Continue(jump) => {
                let label = jump.label.as_ref().map(|l| self.label(l));
                (ExprKind::Continue(label), start.to(label.map_or(start, |l| l.span)))
            }
            syn::Expr::Return(jump) => {
                let value = jump.expr.as_deref().map(|e| self.boxed(e));
                let end = value.as_ref().map_or(start, |e| e.span);
                (ExprKind::Return(value), start.to(end))
            }
            _ => return self.unstable_expr(expr, "this form of expression"),
        };
        Expr { kind, span }
    }

    /// A condition: `let p = e` may stand in it and on both sides of its outer `&&`.
    pub fn condition(&mut self, expr: &syn::Expr) -> Expr {
        let at = expr_start(expr);
        match expr {
            syn::Expr::Let(condition) => {
                let pat = Box::new(self.pat(&condition.pat));
                let value = self.boxed(&condition.expr);
                let span = self.span(at).to(value.span);
                Expr { kind: ExprKind::Let(pat, value), span }
            }
            syn::Expr::Binary(binary) if matches!(binary.op, syn::BinOp::And(_)) => {
                let sides = self.deeper(at, |cx| (cx.condition(&binary.left), cx.condition(&binary.right)));
                let Some((left, right)) = sides else {
                    return Expr { kind: ExprKind::Error, span: self.span(at) };
                };
                let span = left.span.to(right.span);
                Expr { kind: ExprKind::And(Box::new(left), Box::new(right)), span }
            }
            _ => self.expr(expr),
        }
    }

    fn arm(&mut self, arm: &syn::Arm) -> Option<Arm> {
        if !self.is_configured(&arm.attrs) {
            return None;
        }
        let (pat, guard) = match &arm.pat {
            syn::Pat::Guard(guard) => {
                let pat = self.pat(&guard.pat);
                (pat, Some(self.condition(&guard.guard)))
            }
            pat => (self.pat(pat), None),
        };
        let body = self.expr(&arm.body);
        let span = pat.span.to(body.span);
        Some(Arm { pat, guard, body, span })
    }
}

/// Some token near the start of an expression: its first, for those that start with a word.
pub(in crate::ast) fn expr_start(expr: &syn::Expr) -> proc_macro2::Span {
    match expr {
        syn::Expr::Array(e) => e.bracket_token.span.open(),
        syn::Expr::Assign(e) => e.eq_token.span,
        syn::Expr::Async(e) => e.async_token.span,
        syn::Expr::Await(e) => e.await_token.span,
        syn::Expr::Block(e) => e.block.brace_token.span.open(),
        syn::Expr::Break(e) => e.break_token.span,
        syn::Expr::Call(e) => e.paren_token.span.open(),
        syn::Expr::Cast(e) => e.as_token.span,
        syn::Expr::Closure(e) => e.inputs_begin.span,
        syn::Expr::Const(e) => e.const_token.span,
        syn::Expr::Continue(e) => e.continue_token.span,
        syn::Expr::Field(e) => e.dot_token.span,
        syn::Expr::ForLoop(e) => e.for_token.span,
        syn::Expr::If(e) => e.if_token.span,
        syn::Expr::Index(e) => e.bracket_token.span.open(),
        syn::Expr::Infer(e) => e.underscore_token.span,
        syn::Expr::Let(e) => e.let_token.span,
        syn::Expr::Lit(e) => lit_token_span(&e.lit),
        syn::Expr::Loop(e) => e.loop_token.span,
        syn::Expr::Macro(e) => e.mac.bang_token.span,
        syn::Expr::Match(e) => e.match_token.span,
        syn::Expr::MethodCall(e) => e.method.span(),
        syn::Expr::Paren(e) => e.paren_token.span.open(),
        syn::Expr::Path(e) => {
            e.path.segments.first().map_or_else(proc_macro2::Span::call_site, |segment| segment.ident.span())
        }
        syn::Expr::RawAddr(e) => e.and_token.span,
        syn::Expr::Reference(e) => e.and_token.span,
        syn::Expr::Repeat(e) => e.bracket_token.span.open(),
        syn::Expr::Return(e) => e.return_token.span,
        syn::Expr::Struct(e) => e.brace_token.span.open(),
        syn::Expr::Try(e) => e.question_token.span,
        syn::Expr::TryBlock(e) => e.try_token.span,
        syn::Expr::Tuple(e) => e.paren_token.span.open(),
        syn::Expr::Unsafe(e) => e.unsafe_token.span,
        syn::Expr::While(e) => e.while_token.span,
        syn::Expr::Yield(e) => e.yield_token.span,
        _ => proc_macro2::Span::call_site(),
    }
}
