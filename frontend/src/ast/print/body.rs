//! Blocks, expressions and patterns.

use super::Printer;
use crate::ast::syntax::*;

impl Printer {
    pub(super) fn block(&mut self, block: &Block) {
        if block.stmts.is_empty() && block.value.is_none() {
            return self.put("{}");
        }
        self.put("{");
        self.indent += 1;
        for stmt in &block.stmts {
            self.line();
            match stmt {
                Stmt::Item(item) => self.item(item),
                Stmt::Expr { expr, semi } => {
                    self.expr(expr);
                    self.put(if *semi { ";" } else { "" });
                }
                Stmt::Let(local) => {
                    self.put("let ");
                    self.pat(&local.pat);
                    if let Some(ty) = &local.ty {
                        self.put(": ");
                        self.ty(ty);
                    }
                    if let Some(init) = &local.init {
                        self.put(" = ");
                        self.expr(init);
                    }
                    if let Some(els) = &local.els {
                        self.put(" else ");
                        self.block(els);
                    }
                    self.put(";");
                }
            }
        }
        if let Some(value) = &block.value {
            self.line();
            self.expr(value);
        }
        self.indent -= 1;
        self.line();
        self.put("}");
    }

    /// In parentheses, unless nothing can bind tighter.
    fn operand(&mut self, expr: &Expr) {
        let atom = matches!(
            expr.kind,
            ExprKind::Lit(_)
                | ExprKind::Path(..)
                | ExprKind::Call(..)
                | ExprKind::MethodCall { .. }
                | ExprKind::Field(..)
                | ExprKind::Index(..)
                | ExprKind::Tuple(_)
                | ExprKind::Array(_)
                | ExprKind::Repeat(..)
                | ExprKind::Try(_)
                | ExprKind::Underscore
                | ExprKind::Error
        );
        if atom {
            return self.expr(expr);
        }
        self.put("(");
        self.expr(expr);
        self.put(")");
    }

    fn infix(&mut self, left: &Expr, op: &str, right: &Expr) {
        self.operand(left);
        self.put(&format!(" {op} "));
        self.operand(right);
    }

    fn label(&mut self, label: &Option<Ident>) {
        if let Some(label) = label {
            self.ident(label);
            self.put(": ");
        }
    }

    fn call_args(&mut self, args: &[Expr]) {
        self.put("(");
        self.list(", ", args, Self::expr);
        self.put(")");
    }

    pub(super) fn expr(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Lit(lit) => self.lit(lit),
            ExprKind::Path(qself, path) => self.qualified(qself.as_ref(), path),
            ExprKind::Call(function, args) => {
                self.operand(function);
                self.call_args(args);
            }
            ExprKind::MethodCall { receiver, segment, args } => {
                self.operand(receiver);
                self.put(".");
                self.path_segment(segment);
                self.call_args(args);
            }
            ExprKind::Field(base, ident) => {
                self.operand(base);
                self.put(".");
                self.ident(ident);
            }
            ExprKind::Index(base, index) => {
                self.operand(base);
                self.put("[");
                self.expr(index);
                self.put("]");
            }
            ExprKind::Binary(op, left, right) => self.infix(left, op.symbol(), right),
            ExprKind::And(left, right) => self.infix(left, "&&", right),
            ExprKind::Or(left, right) => self.infix(left, "||", right),
            ExprKind::Unary(op, inner) => {
                self.put(match op {
                    UnOp::Neg => "-",
                    UnOp::Not => "!",
                    UnOp::Deref => "*",
                });
                self.operand(inner);
            }
            ExprKind::Ref(mutability, inner) => {
                self.put(if *mutability == Mutability::Mut { "&mut " } else { "&" });
                self.operand(inner);
            }
            ExprKind::RawRef(mutability, inner) => {
                self.put(if *mutability == Mutability::Mut { "&raw mut " } else { "&raw const " });
                self.operand(inner);
            }
            ExprKind::Cast(inner, ty) => {
                self.operand(inner);
                self.put(" as ");
                self.ty(ty);
            }
            ExprKind::Assign(left, right) => self.infix(left, "=", right),
            ExprKind::AssignOp(op, left, right) => self.infix(left, &format!("{}=", op.symbol()), right),
            ExprKind::Struct { qself, path, fields, rest } => {
                self.qualified(qself.as_ref(), path);
                self.put(" { ");
                self.list(", ", fields, |p, field| {
                    p.ident(&field.ident);
                    p.put(": ");
                    p.expr(&field.value);
                });
                let comma = if fields.is_empty() { "" } else { ", " };
                match rest {
                    StructRest::None => {}
                    StructRest::Base(base) => {
                        self.put(&format!("{comma}.."));
                        self.expr(base);
                    }
                    StructRest::Rest(_) => self.put(&format!("{comma}..")),
                }
                self.put(" }");
            }
            ExprKind::Tuple(exprs) => {
                self.put("(");
                self.list(", ", exprs, Self::expr);
                self.put(if exprs.len() == 1 { ",)" } else { ")" });
            }
            ExprKind::Array(exprs) => {
                self.put("[");
                self.list(", ", exprs, Self::expr);
                self.put("]");
            }
            ExprKind::Repeat(value, len) => {
                self.put("[");
                self.expr(value);
                self.put("; ");
                self.expr(&len.value);
                self.put("]");
            }
            ExprKind::Range(start, end, limits) => {
                if let Some(start) = start {
                    self.operand(start);
                }
                self.put(if *limits == RangeLimits::HalfOpen { ".." } else { "..=" });
                if let Some(end) = end {
                    self.operand(end);
                }
            }
            ExprKind::Try(inner) => {
                self.operand(inner);
                self.put("?");
            }
            ExprKind::Underscore => self.put("_"),
            ExprKind::Error => self.put("{error}"),
            _ => self.control(expr),
        }
    }

    fn control(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Block(block, label) => {
                self.label(label);
                self.block(block);
            }
            ExprKind::ConstBlock(value) => {
                self.put("const ");
                self.expr(&value.value);
            }
            ExprKind::If(cond, then, els) => {
                self.put("if ");
                self.expr(cond);
                self.put(" ");
                self.block(then);
                if let Some(els) = els {
                    self.put(" else ");
                    self.expr(els);
                }
            }
            ExprKind::Let(pat, value) => {
                self.put("let ");
                self.pat(pat);
                self.put(" = ");
                self.operand(value);
            }
            ExprKind::Match(scrutinee, arms, _) => {
                self.put("match ");
                self.expr(scrutinee);
                self.put(" ");
                self.braces(arms, |p, arm| {
                    p.pat(&arm.pat);
                    if let Some(guard) = &arm.guard {
                        p.put(" if ");
                        p.expr(guard);
                    }
                    p.put(" => ");
                    p.expr(&arm.body);
                    p.put(",");
                });
            }
            ExprKind::Loop(body, label) => {
                self.label(label);
                self.put("loop ");
                self.block(body);
            }
            ExprKind::While(cond, body, label) => {
                self.label(label);
                self.put("while ");
                self.expr(cond);
                self.put(" ");
                self.block(body);
            }
            ExprKind::ForLoop { pat, iter, body, label } => {
                self.label(label);
                self.put("for ");
                self.pat(pat);
                self.put(" in ");
                self.expr(iter);
                self.put(" ");
                self.block(body);
            }
            ExprKind::Break(label, value) => {
                self.put("break");
                self.jump(label, value.as_deref());
            }
            ExprKind::Continue(label) => {
                self.put("continue");
                self.jump(label, None);
            }
            ExprKind::Return(value) => {
                self.put("return");
                self.jump(&None, value.as_deref());
            }
            ExprKind::Closure(closure) => {
                self.put(if closure.by_move { "move |" } else { "|" });
                self.list(", ", &closure.params, |p, (pat, ty)| {
                    p.pat(pat);
                    if let Some(ty) = ty {
                        p.put(": ");
                        p.ty(ty);
                    }
                });
                self.put("| ");
                if let Some(output) = &closure.output {
                    self.put("-> ");
                    self.ty(output);
                    self.put(" ");
                }
                self.expr(&closure.body);
            }
            _ => {}
        }
    }

    fn jump(&mut self, label: &Option<Ident>, value: Option<&Expr>) {
        if let Some(label) = label {
            self.put(" ");
            self.ident(label);
        }
        if let Some(value) = value {
            self.put(" ");
            self.expr(value);
        }
    }

    fn lit(&mut self, lit: &Lit) {
        let text = match lit {
            Lit::Bool(b) => b.to_string(),
            Lit::Char(c) => format!("{c:?}"),
            Lit::Int(n, None) => n.to_string(),
            Lit::Int(n, Some(ty)) => format!("{n}{}", prim_name(*ty)),
            Lit::Float(digits, None) => digits.to_string(),
            Lit::Float(digits, Some(ty)) => format!("{digits}{}", format!("{ty:?}").to_lowercase()),
            Lit::Str(text) => format!("{:?}", text.as_str()),
            Lit::ByteStr(bytes) => format!("b\"{}\"", bytes.escape_ascii()),
        };
        self.put(&text);
    }

    pub(super) fn pat(&mut self, pat: &Pat) {
        match &pat.kind {
            PatKind::Wild => self.put("_"),
            PatKind::Rest => self.put(".."),
            PatKind::Ident { by_ref, mutable, ident, sub } => {
                self.put(match by_ref {
                    Some(Mutability::Mut) => "ref mut ",
                    Some(Mutability::Not) => "ref ",
                    None if *mutable => "mut ",
                    None => "",
                });
                self.ident(ident);
                if let Some(sub) = sub {
                    self.put(" @ ");
                    self.pat(sub);
                }
            }
            PatKind::Lit { lit, negated } => {
                self.put(if *negated { "-" } else { "" });
                self.lit(lit);
            }
            PatKind::Range(lo, hi, limits) => {
                if let Some(lo) = lo {
                    self.expr(lo);
                }
                self.put(if *limits == RangeLimits::HalfOpen { ".." } else { "..=" });
                if let Some(hi) = hi {
                    self.expr(hi);
                }
            }
            PatKind::Path(qself, path) => self.qualified(qself.as_ref(), path),
            PatKind::TupleStruct(qself, path, pats) => {
                self.qualified(qself.as_ref(), path);
                self.put("(");
                self.list(", ", pats, Self::pat);
                self.put(")");
            }
            PatKind::Struct { qself, path, fields, rest } => {
                self.qualified(qself.as_ref(), path);
                self.put(" { ");
                self.list(", ", fields, |p, (ident, pat)| {
                    p.ident(ident);
                    p.put(": ");
                    p.pat(pat);
                });
                let comma = if fields.is_empty() { "" } else { ", " };
                self.put(&if *rest { format!("{comma}.. }}") } else { " }".into() });
            }
            PatKind::Tuple(pats) => {
                self.put("(");
                self.list(", ", pats, Self::pat);
                self.put(if pats.len() == 1 { ",)" } else { ")" });
            }
            PatKind::Slice(pats) => {
                self.put("[");
                self.list(", ", pats, Self::pat);
                self.put("]");
            }
            PatKind::Ref(inner, mutability) => {
                self.put(if *mutability == Mutability::Mut { "&mut " } else { "&" });
                self.pat(inner);
            }
            PatKind::Or(pats) => {
                self.put("(");
                self.list(" | ", pats, Self::pat);
                self.put(")");
            }
            PatKind::Error => self.put("{error}"),
        }
    }
}

fn prim_name(ty: crate::hir::PrimTy) -> String {
    use crate::hir::PrimTy;
    match ty {
        PrimTy::Bool => "bool".into(),
        PrimTy::Char => "char".into(),
        PrimTy::Str => "str".into(),
        PrimTy::Int(t) => format!("{t:?}").to_lowercase(),
        PrimTy::Uint(t) => format!("{t:?}").to_lowercase(),
        PrimTy::Float(t) => format!("{t:?}").to_lowercase(),
    }
}
