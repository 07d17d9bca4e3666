//! Expressions, statements and patterns as text.

use super::text::{args_text, lit_text, local_text, mut_text};
use super::*;
use crate::ty::Mutability;

impl Printer<'_> {
    pub(super) fn path(&self, body: &Body, path: &HirPath) -> String {
        path_text(self.hir, path, Some(body))
    }

    fn exprs(&mut self, body: &Body, of: &[ExprId]) {
        for (i, e) in of.iter().enumerate() {
            if i > 0 {
                self.put(", ");
            }
            self.expr(body, *e);
        }
    }

    fn braced(&mut self, body: &Body, e: ExprId) {
        if matches!(body.exprs[e].kind, ExprKind::Block(..)) {
            return self.expr(body, e);
        }
        self.put("{ ");
        self.expr(body, e);
        self.put(" }");
    }

    pub(super) fn expr(&mut self, body: &Body, e: ExprId) {
        match &body.exprs[e].kind {
            ExprKind::Lit(lit) => self.put(lit_text(lit)),
            ExprKind::Path(path) => self.put(self.path(body, path)),
            ExprKind::Call(callee, args) => {
                self.expr(body, *callee);
                self.put("(");
                self.exprs(body, args);
                self.put(")");
            }
            ExprKind::MethodCall { receiver, segment, args } => {
                self.operand(body, *receiver);
                let turbofish = args_text(self.hir, &segment.args);
                let colons = if turbofish.is_empty() { "" } else { "::" };
                self.put(format!(".{}{colons}{turbofish}(", segment.name));
                self.exprs(body, args);
                self.put(")");
            }
            ExprKind::Field(of, name, _) => {
                self.operand(body, *of);
                self.put(format!(".{name}"));
            }
            ExprKind::Index(of, index) => {
                self.operand(body, *of);
                self.put("[");
                self.expr(body, *index);
                self.put("]");
            }
            ExprKind::Binary(op, lhs, rhs) => self.infix(body, *lhs, op.symbol(), *rhs),
            ExprKind::Lazy { is_or, lhs, rhs } => {
                self.infix(body, *lhs, if *is_or { "||" } else { "&&" }, *rhs);
            }
            ExprKind::Assign(lhs, rhs) => self.infix(body, *lhs, "=", *rhs),
            ExprKind::AssignOp(op, lhs, rhs) => {
                self.infix(body, *lhs, &format!("{}=", op.symbol()), *rhs);
            }
            ExprKind::Unary(op, of) => {
                self.put(match op {
                    UnOp::Neg => "-",
                    UnOp::Not => "!",
                    UnOp::Deref => "*",
                });
                self.operand(body, *of);
            }
            ExprKind::Ref(mutability, of) => {
                self.put(format!("&{}", mut_text(*mutability)));
                self.operand(body, *of);
            }
            ExprKind::RawRef(mutability, of) => {
                self.put(if *mutability == Mutability::Mut { "&raw mut " } else { "&raw const " });
                self.operand(body, *of);
            }
            ExprKind::Cast(of, ty) => {
                self.operand(body, *of);
                self.put(format!(" as {}", self.ty(ty)));
            }
            ExprKind::Ascribe(of, ty) => {
                self.operand(body, *of);
                self.put(format!(": {}", self.ty(ty)));
            }
            ExprKind::Struct { path, fields, base } => {
                self.put(format!("{} {{ ", self.path(body, path)));
                for field in fields {
                    self.put(format!("{}: ", field.name));
                    self.expr(body, field.value);
                    self.put(", ");
                }
                if let Some(base) = base {
                    self.put("..");
                    self.expr(body, *base);
                }
                self.put(" }");
            }
            ExprKind::Tuple(of) => {
                self.put("(");
                self.exprs(body, of);
                self.put(if of.len() == 1 { ",)" } else { ")" });
            }
            ExprKind::Array(of) => {
                self.put("[");
                self.exprs(body, of);
                self.put("]");
            }
            ExprKind::Repeat(of, n) => {
                self.put("[");
                self.expr(body, *of);
                self.put(format!("; {}]", const_text(self.hir, n)));
            }
            ExprKind::Block(block, label) => {
                if let Some(label) = label {
                    self.put(format!("'{label}: "));
                }
                self.block(body, block);
            }
            ExprKind::If(condition, then, otherwise) => {
                self.put("if ");
                self.expr(body, *condition);
                self.put(" ");
                self.braced(body, *then);
                if let Some(otherwise) = otherwise {
                    self.put(" else ");
                    self.braced(body, *otherwise);
                }
            }
            ExprKind::Let(pat, init) => {
                self.put(format!("let {} = ", self.pat(body, *pat)));
                self.expr(body, *init);
            }
            ExprKind::Match(of, arms, _) => {
                self.put("match ");
                self.expr(body, *of);
                self.put(" {");
                self.depth += 1;
                for arm in arms {
                    self.line();
                    self.put(self.pat(body, arm.pat));
                    if let Some(guard) = arm.guard {
                        self.put(" if ");
                        self.expr(body, guard);
                    }
                    self.put(" => ");
                    self.expr(body, arm.body);
                    self.put(",");
                }
                self.depth -= 1;
                self.line();
                self.put("}");
            }
            ExprKind::Loop(of, label, _) => {
                self.put(format!("'{label}: loop "));
                self.braced(body, *of);
            }
            ExprKind::Break(label, value) => {
                self.put(format!("break '{label}"));
                self.optional(body, *value);
            }
            ExprKind::Continue(label) => self.put(format!("continue '{label}")),
            ExprKind::Return(value) => {
                self.put("return");
                self.optional(body, *value);
            }
            ExprKind::Closure(closure) => {
                let params = list(&closure.params, |(pat, ty)| {
                    let ty = ty.as_ref().map_or(String::new(), |t| format!(": {}", self.ty(t)));
                    format!("{}{ty}", self.pat(body, *pat))
                });
                let output = closure.output.as_ref().map_or(String::new(), |t| format!("-> {} ", self.ty(t)));
                self.put(format!("{}|{params}| {output}", if closure.by_move { "move " } else { "" }));
                self.expr(body, closure.body);
            }
            ExprKind::Error => self.put("{error}"),
        }
    }

    fn optional(&mut self, body: &Body, value: Option<ExprId>) {
        if let Some(value) = value {
            self.put(" ");
            self.expr(body, value);
        }
    }

    /// An expression that binds as tightly as a path, in parentheses if it does not.
    fn operand(&mut self, body: &Body, e: ExprId) {
        let tight = matches!(
            body.exprs[e].kind,
            ExprKind::Lit(_)
                | ExprKind::Path(_)
                | ExprKind::Call(..)
                | ExprKind::MethodCall { .. }
                | ExprKind::Field(..)
                | ExprKind::Index(..)
                | ExprKind::Tuple(_)
                | ExprKind::Array(_)
                | ExprKind::Repeat(..)
                | ExprKind::Error
        );
        if tight {
            return self.expr(body, e);
        }
        self.put("(");
        self.expr(body, e);
        self.put(")");
    }

    fn infix(&mut self, body: &Body, lhs: ExprId, op: &str, rhs: ExprId) {
        self.operand(body, lhs);
        self.put(format!(" {op} "));
        self.operand(body, rhs);
    }

    fn block(&mut self, body: &Body, block: &Block) {
        if block.stmts.is_empty() && block.value.is_none() {
            return self.put("{}");
        }
        self.put("{");
        self.depth += 1;
        for stmt in &block.stmts {
            self.line();
            match stmt {
                Stmt::Let { pat, ty, init, els, .. } => {
                    self.put(format!("let {}", self.pat(body, *pat)));
                    if let Some(ty) = ty {
                        self.put(format!(": {}", self.ty(ty)));
                    }
                    if let Some(init) = init {
                        self.put(" = ");
                        self.expr(body, *init);
                    }
                    if let Some(els) = els {
                        self.put(" else ");
                        self.expr(body, *els);
                    }
                    self.put(";");
                }
                Stmt::Expr { expr, semi } => {
                    self.expr(body, *expr);
                    self.put(if *semi { ";" } else { "" });
                }
            }
        }
        if let Some(value) = block.value {
            self.line();
            self.expr(body, value);
        }
        self.depth -= 1;
        self.line();
        self.put("}");
    }

    pub(super) fn pat(&self, body: &Body, pat: PatId) -> String {
        let pats = |of: &[PatId], rest: Option<usize>| {
            let mut parts: Vec<String> = of.iter().map(|p| self.pat(body, *p)).collect();
            if let Some(at) = rest {
                parts.insert(at.min(parts.len()), "..".to_string());
            }
            parts.join(", ")
        };
        match &body.pats[pat].kind {
            PatKind::Wild => "_".to_string(),
            PatKind::Binding { local, by_ref, sub } => {
                let by_ref = match by_ref {
                    Some(Mutability::Mut) => "ref mut ",
                    Some(Mutability::Not) => "ref ",
                    None => "",
                };
                let mutable = if body.locals[*local].mutable { "mut " } else { "" };
                let sub = sub.map_or(String::new(), |p| format!(" @ {}", self.pat(body, p)));
                format!("{by_ref}{mutable}{}{sub}", local_text(body, *local))
            }
            PatKind::Lit { lit, negated } => format!("{}{}", if *negated { "-" } else { "" }, lit_text(lit)),
            PatKind::Range { lo, hi, inclusive } => {
                let end = |end: &Option<RangeEnd>| match end {
                    Some(RangeEnd::Lit(lit, negated)) => {
                        format!("{}{}", if *negated { "-" } else { "" }, lit_text(lit))
                    }
                    Some(RangeEnd::Path(path)) => self.path(body, path),
                    None => String::new(),
                };
                format!("{}{}{}", end(lo), if *inclusive { "..=" } else { ".." }, end(hi))
            }
            PatKind::Path(path) => self.path(body, path),
            PatKind::TupleStruct(path, of, rest) => {
                format!("{}({})", self.path(body, path), pats(of, *rest))
            }
            PatKind::Struct { path, fields, rest } => {
                let mut parts: Vec<String> =
                    fields.iter().map(|(name, _, p)| format!("{name}: {}", self.pat(body, *p))).collect();
                if *rest {
                    parts.push("..".to_string());
                }
                format!("{} {{ {} }}", self.path(body, path), parts.join(", "))
            }
            PatKind::Tuple(of, rest) => format!("({})", pats(of, *rest)),
            PatKind::Slice { before, rest, after } => {
                let mut parts: Vec<String> = before.iter().map(|p| self.pat(body, *p)).collect();
                match rest {
                    Some(Some(p)) => parts.push(format!("{} @ ..", self.pat(body, *p))),
                    Some(None) => parts.push("..".to_string()),
                    None => {}
                }
                parts.extend(after.iter().map(|p| self.pat(body, *p)));
                format!("[{}]", parts.join(", "))
            }
            PatKind::Ref(of, mutability) => format!("&{}{}", mut_text(*mutability), self.pat(body, *of)),
            PatKind::Or(of) => of.iter().map(|p| self.pat(body, *p)).collect::<Vec<_>>().join(" | "),
            PatKind::Error => "{error}".to_string(),
        }
    }
}
