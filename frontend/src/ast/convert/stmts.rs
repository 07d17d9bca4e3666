//! Blocks and statements. Macro calls among the statements are replaced by the statements they expand to, in the same
//! scope.

use crate::ast::cx::Cx;
use crate::ast::modules::Place;
use crate::ast::syntax::*;
use crate::ast::unsupported;

/// What a list of statements has become so far.
#[derive(Default)]
pub(in crate::ast) struct Statements {
    pub stmts: Vec<Stmt>,
    pub value: Option<Box<Expr>>,
}

impl Cx<'_> {
    /// A block, with the macros defined in it visible to its end.
    pub fn block(&mut self, block: &syn::Block) -> Block {
        let at = block.brace_token.span.open();
        let span = self.span(block.brace_token.span.join());
        let empty = Block { stmts: Vec::new(), value: None, span };
        self.deeper(at, |cx| {
            let scope = cx.macros.len();
            let mut out = Statements::default();
            cx.statements(&block.stmts, true, &mut out);
            cx.macros.truncate(scope);
            Block { stmts: out.stmts, value: out.value, span }
        })
        .unwrap_or(empty)
    }

    /// Statements of a block. `at_end`: nothing follows them in the block, so the last may be its value.
    pub fn statements(&mut self, stmts: &[syn::Stmt], at_end: bool, out: &mut Statements) {
        // What `cfg` removes does not count: the statement before it may be the value.
        let kept = |cx: &mut Self, stmt: &syn::Stmt| match stmt {
            syn::Stmt::Expr(expr, _) => cx.is_configured(expr_attrs(expr)),
            syn::Stmt::Macro(call) => cx.is_configured(&call.attrs),
            _ => true,
        };
        let stmts: Vec<&syn::Stmt> = stmts.iter().filter(|stmt| kept(self, stmt)).collect();
        for (i, stmt) in stmts.iter().copied().enumerate() {
            let last = at_end && i + 1 == stmts.len();
            match stmt {
                syn::Stmt::Local(local) => self.let_statement(local, out),
                syn::Stmt::Item(item) => {
                    let mut items = Vec::new();
                    self.items(std::slice::from_ref(item), &Place::default(), &mut items);
                    out.stmts.extend(items.into_iter().map(Stmt::Item));
                }
                syn::Stmt::Expr(syn::Expr::Verbatim(tokens), _) if tokens.is_empty() => {}
                syn::Stmt::Expr(syn::Expr::Macro(call), semi) => {
                    self.macro_statement(&call.mac, semi.is_some(), last, out);
                }
                syn::Stmt::Macro(call) => {
                    self.macro_statement(&call.mac, call.semi_token.is_some(), last, out);
                }
                syn::Stmt::Expr(expr, semi) => {
                    let expr = self.expr(expr);
                    out.push_expr(expr, semi.is_some(), last);
                }
            }
        }
    }

    fn let_statement(&mut self, local: &syn::Local, out: &mut Statements) {
        if !self.is_configured(&local.attrs) {
            return;
        }
        let span = self.span(local.let_token.span).to(self.span(local.semi_token.span));
        let (pat, ty) = match &local.pat {
            syn::Pat::Type(typed) => {
                let pat = self.pat(&typed.pat);
                (pat, Some(self.ty(&typed.ty)))
            }
            pat => (self.pat(pat), None),
        };
        let mut els = None;
        let init = local.init.as_ref().map(|init| {
            let value = self.expr(&init.expr);
            els = init.diverge.as_ref().and_then(|(token, diverge)| match diverge.as_ref() {
                syn::Expr::Block(block) => Some(self.block(&block.block)),
                _ => {
                    let span = self.span(token.span);
                    self.error(unsupported::unstable(span, "`else` without a block"));
                    None
                }
            });
            value
        });
        out.stmts.push(Stmt::Let(Let { pat, ty, init, els, span }));
    }
}

impl Statements {
    /// Adds an expression: the value of the block if it is its last statement and no semicolon follows.
    pub fn push_expr(&mut self, expr: Expr, semi: bool, last: bool) {
        if last && !semi {
            self.value = Some(Box::new(expr));
        } else {
            self.stmts.push(Stmt::Expr { expr, semi });
        }
    }
}

/// Attributes of a statement or an element of a list; those of operators stand on their first operand.
pub(super) fn expr_attrs(expr: &syn::Expr) -> &[syn::Attribute] {
    match expr {
        syn::Expr::Assign(e) => expr_attrs(&e.left),
        syn::Expr::Binary(e) => expr_attrs(&e.left),
        syn::Expr::Cast(e) => expr_attrs(&e.expr),
        syn::Expr::Array(e) => &e.attrs,
        syn::Expr::Await(e) => &e.attrs,
        syn::Expr::Block(e) => &e.attrs,
        syn::Expr::Break(e) => &e.attrs,
        syn::Expr::Call(e) => &e.attrs,
        syn::Expr::Closure(e) => &e.attrs,
        syn::Expr::Continue(e) => &e.attrs,
        syn::Expr::Field(e) => &e.attrs,
        syn::Expr::ForLoop(e) => &e.attrs,
        syn::Expr::If(e) => &e.attrs,
        syn::Expr::Index(e) => &e.attrs,
        syn::Expr::Lit(e) => &e.attrs,
        syn::Expr::Loop(e) => &e.attrs,
        syn::Expr::Macro(e) => &e.attrs,
        syn::Expr::Match(e) => &e.attrs,
        syn::Expr::MethodCall(e) => &e.attrs,
        syn::Expr::Paren(e) => &e.attrs,
        syn::Expr::Path(e) => &e.attrs,
        syn::Expr::Reference(e) => &e.attrs,
        syn::Expr::Repeat(e) => &e.attrs,
        syn::Expr::Return(e) => &e.attrs,
        syn::Expr::Struct(e) => &e.attrs,
        syn::Expr::Try(e) => &e.attrs,
        syn::Expr::Tuple(e) => &e.attrs,
        syn::Expr::Unary(e) => &e.attrs,
        syn::Expr::Unsafe(e) => &e.attrs,
        syn::Expr::While(e) => &e.attrs,
        _ => &[],
    }
}
