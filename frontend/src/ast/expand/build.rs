//! Makes trees for what built-in macros and derives expand to.

use crate::ast::syntax::*;
use crate::source::Span;
use crate::symbol::Symbol;

/// Makes nodes at one place, with one mark for the variables it names.
#[derive(Clone, Copy)]
pub struct Build {
    /// Place of every node.
    pub span: Span,
    /// Mark of every identifier.
    pub ctxt: u32,
}

impl Build {
    /// The same at another place.
    pub fn at(self, span: Span) -> Build {
        Build { span, ..self }
    }

    pub fn ident(self, name: &str) -> Ident {
        Ident { name: Symbol::intern(name), span: self.span, ctxt: self.ctxt }
    }

    /// A name of an item, field or method, which has no mark.
    pub fn name(self, name: &str) -> Ident {
        Ident { ctxt: 0, ..self.ident(name) }
    }

    pub fn expr(self, kind: ExprKind) -> Expr {
        Expr { kind, span: self.span }
    }

    pub fn pat(self, kind: PatKind) -> Pat {
        Pat { kind, span: self.span }
    }

    pub fn ty(self, kind: TyKind) -> Ty {
        Ty { kind, span: self.span }
    }

    fn segments(self, path: &str) -> Vec<PathSegment> {
        path.split("::").map(|name| PathSegment { ident: self.name(name), args: None }).collect()
    }

    /// `a::b` in our std.
    pub fn std_path(self, path: &str) -> Path {
        Path { root: PathRoot::Std, segments: self.segments(path), span: self.span }
    }

    /// `a::b` in scope; for items.
    pub fn path(self, path: &str) -> Path {
        Path { root: PathRoot::Relative, segments: self.segments(path), span: self.span }
    }

    /// `a::b` in our std, as a value.
    pub fn std(self, path: &str) -> Expr {
        self.expr(ExprKind::Path(None, self.std_path(path)))
    }

    /// A call of a function of our std.
    pub fn call_std(self, path: &str, args: Vec<Expr>) -> Expr {
        self.expr(ExprKind::Call(Box::new(self.std(path)), args))
    }

    /// A variable as a value.
    pub fn local(self, name: &str) -> Expr {
        let segment = PathSegment { ident: self.ident(name), args: None };
        let path = Path { root: PathRoot::Relative, segments: vec![segment], span: self.span };
        self.expr(ExprKind::Path(None, path))
    }

    /// `self`
    pub fn self_value(self) -> Expr {
        Build { ctxt: 0, ..self }.local("self")
    }

    /// A variable as a pattern.
    pub fn binding(self, name: &str) -> Pat {
        self.pat(PatKind::Ident { by_ref: None, mutable: false, ident: self.ident(name), sub: None })
    }

    /// `mut name` as a pattern.
    pub fn mut_binding(self, name: &str) -> Pat {
        self.pat(PatKind::Ident { by_ref: None, mutable: true, ident: self.ident(name), sub: None })
    }

    pub fn str(self, text: &str) -> Expr {
        self.expr(ExprKind::Lit(Lit::Str(Symbol::intern(text))))
    }

    pub fn int(self, value: u128) -> Expr {
        self.expr(ExprKind::Lit(Lit::Int(value, None)))
    }

    pub fn bool(self, value: bool) -> Expr {
        self.expr(ExprKind::Lit(Lit::Bool(value)))
    }

    pub fn addr_of(self, expr: Expr) -> Expr {
        self.expr(ExprKind::Ref(Mutability::Not, Box::new(expr)))
    }

    pub fn mut_addr_of(self, expr: Expr) -> Expr {
        self.expr(ExprKind::Ref(Mutability::Mut, Box::new(expr)))
    }

    pub fn deref(self, expr: Expr) -> Expr {
        self.expr(ExprKind::Unary(UnOp::Deref, Box::new(expr)))
    }

    pub fn not(self, expr: Expr) -> Expr {
        self.expr(ExprKind::Unary(UnOp::Not, Box::new(expr)))
    }

    pub fn binary(self, op: BinOp, left: Expr, right: Expr) -> Expr {
        self.expr(ExprKind::Binary(op, Box::new(left), Box::new(right)))
    }

    pub fn tuple(self, exprs: Vec<Expr>) -> Expr {
        self.expr(ExprKind::Tuple(exprs))
    }

    pub fn field(self, base: Expr, name: Symbol) -> Expr {
        let ident = Ident { name, span: self.span, ctxt: 0 };
        self.expr(ExprKind::Field(Box::new(base), ident))
    }

    pub fn method(self, receiver: Expr, name: &str, args: Vec<Expr>) -> Expr {
        let segment = PathSegment { ident: self.name(name), args: None };
        self.expr(ExprKind::MethodCall { receiver: Box::new(receiver), segment, args })
    }

    pub fn block(self, stmts: Vec<Stmt>, value: Option<Expr>) -> Block {
        Block { stmts, value: value.map(Box::new), span: self.span }
    }

    pub fn block_expr(self, stmts: Vec<Stmt>, value: Option<Expr>) -> Expr {
        self.expr(ExprKind::Block(self.block(stmts, value), None))
    }

    /// `expr;`
    pub fn semi(self, expr: Expr) -> Stmt {
        Stmt::Expr { expr, semi: true }
    }

    /// `let pat = init;`
    pub fn let_(self, pat: Pat, init: Expr) -> Stmt {
        Stmt::Let(Let { pat, ty: None, init: Some(init), els: None, span: self.span })
    }

    pub fn arm(self, pat: Pat, body: Expr) -> Arm {
        Arm { pat, guard: None, body, span: self.span }
    }

    pub fn match_(self, scrutinee: Expr, arms: Vec<Arm>) -> Expr {
        self.expr(ExprKind::Match(Box::new(scrutinee), arms, MatchOrigin::Builtin))
    }

    /// `if cond { then }`
    pub fn if_(self, cond: Expr, then: Expr) -> Expr {
        self.expr(ExprKind::If(Box::new(cond), self.block(Vec::new(), Some(then)), None))
    }

    pub fn some(self, value: Expr) -> Expr {
        self.call_std("option::Option::Some", vec![value])
    }

    pub fn none(self) -> Expr {
        self.std("option::Option::None")
    }
}
