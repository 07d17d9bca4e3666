//! Lowers a body: the state of doing so, blocks and statements.

use serde::{Deserialize, Serialize};

use super::pat::Bound;
use super::types::ImplTrait;
use super::*;

/// A body nobody has asked for.
#[derive(Serialize, Deserialize)]
pub(super) enum Unasked<W = PendingBody, L = Body> {
    /// It is lowered on demand.
    Waiting(W),
    /// It was lowered when the image of std was made.
    Lowered(L),
}

/// A body that is not lowered yet.
#[derive(Serialize, Deserialize)]
pub(super) struct PendingBody {
    pub(super) owner: DefId,
    /// The scope its owner is declared in.
    pub(super) module: ModId,
    /// Lifetimes of the functions and binders around.
    pub(super) lifetimes: Rc<[Symbol]>,
    /// Variables around a constant expression, which it cannot use.
    pub(super) outer_locals: Rc<[Symbol]>,
    pub(super) kind: PendingKind,
}

/// What is in a body.
#[derive(Serialize, Deserialize)]
pub(super) enum PendingKind {
    /// A function's parameters and block.
    Fn(Vec<ast::Pat>, ast::Block),
    /// The value of a constant or static.
    Const(ast::Expr),
}

impl PendingKind {
    /// Whether the outermost block declares items, which must be known before types are checked.
    pub(super) fn declares_items(&self) -> bool {
        match self {
            PendingKind::Fn(_, block) => block.stmts.iter().any(|s| matches!(s, ast::Stmt::Item(_))),
            PendingKind::Const(_) => false,
        }
    }
}

/// Something in scope inside a body, innermost last.
#[derive(Clone, Copy, Debug)]
pub(super) enum Entry {
    /// A variable.
    Local { name: Symbol, ctxt: u32, local: LocalId },
    /// Items of a block.
    Block(ModId),
}

/// A place `break` and `continue` may leave, innermost last.
#[derive(Clone, Copy, Debug)]
pub(super) enum LabelEntry {
    Loop(Option<ast::Ident>, LabelId),
    Block(ast::Ident, LabelId),
    /// Labels before this one are out of reach.
    Closure,
}

/// The state of lowering one item or body.
pub(super) struct Lower<'r> {
    pub(super) r: &'r mut Resolver,
    /// The innermost scope with items.
    pub(super) module: ModId,
    /// The scope the owner is declared in.
    pub(super) item_module: ModId,
    /// The item, associated item or constant being lowered: its generics are in scope.
    pub(super) owner: DefId,
    /// The owner, or the closure around.
    pub(super) parent_def: DefId,
    /// Whether this is a body.
    pub(super) in_body: bool,
    /// Whether generic parameters may be named: not in constants inside types, unless one is the whole constant.
    pub(super) params_usable: bool,
    /// Lifetimes in scope that are not parameters of the owner.
    pub(super) lifetimes: Vec<Symbol>,
    pub(super) impl_trait: ImplTrait,
    /// Whether this is in the bounds of an `impl Trait`.
    pub(super) in_impl_bounds: bool,
    /// Parameters made of `impl Trait` arguments.
    pub(super) synthetic: Vec<(GenericParam, Option<WherePredicate>)>,
    pub(super) entries: Vec<Entry>,
    pub(super) labels: Vec<LabelEntry>,
    pub(super) outer_locals: Rc<[Symbol]>,
    /// Scopes of blocks with items in this body.
    blocks: Vec<ModId>,
    next_label: u32,
    pub(super) exprs: IndexVec<ExprId, Expr>,
    pub(super) pats: IndexVec<PatId, Pat>,
    pub(super) locals: IndexVec<LocalId, LocalVar>,
}

impl Resolver {
    /// Lowers the bodies that must not wait, and those they contain.
    pub(super) fn lower_eager_bodies(&mut self) {
        while !self.eager.is_empty() {
            for id in std::mem::take(&mut self.eager) {
                let Some(unasked) = self.pending[id.index()].take() else { continue };
                let body = self.lower_unasked(unasked);
                let first = self.bodies[id.index()].set(body).is_ok();
                debug_assert!(first, "{id} is lowered once");
            }
        }
    }

    /// Lowers a body unless it is.
    pub(super) fn lower_unasked(&mut self, unasked: Unasked) -> Body {
        match unasked {
            Unasked::Waiting(pending) => self.lower_body(pending),
            Unasked::Lowered(body) => body,
        }
    }

    pub(super) fn lower_body(&mut self, pending: PendingBody) -> Body {
        let PendingBody { owner, module, lifetimes, outer_locals, kind } = pending;
        let mut lower = Lower::new(self, owner, module);
        lower.in_body = true;
        lower.lifetimes = lifetimes.to_vec();
        lower.outer_locals = outer_locals;
        let mut params = Vec::new();
        let (value, span) = match kind {
            PendingKind::Fn(pats, block) => {
                let span = block.span;
                let mut bound: Vec<Bound> = Vec::new();
                for pat in pats {
                    params.push(lower.parameter(pat, &mut bound));
                }
                lower.bring_into_scope(&bound);
                (lower.block_expr(block, None), span)
            }
            PendingKind::Const(value) => {
                let span = value.span;
                lower.params_usable = types::single_name(&value).is_some()
                    || lower.r.info(owner).kind != Kind::AnonConst
                    || !lower.r.crate_is_user(lower.r.info(owner).krate);
                (lower.expr(value), span)
            }
        };
        lower.finish(owner, params, value, span)
    }
}

impl<'r> Lower<'r> {
    pub(super) fn new(r: &'r mut Resolver, owner: DefId, module: ModId) -> Self {
        let outer_locals = r.no_symbols.clone();
        Lower {
            r,
            module,
            item_module: module,
            owner,
            parent_def: owner,
            in_body: false,
            params_usable: true,
            lifetimes: Vec::new(),
            impl_trait: ImplTrait::Forbidden,
            in_impl_bounds: false,
            synthetic: Vec::new(),
            entries: Vec::new(),
            labels: Vec::new(),
            outer_locals,
            blocks: Vec::new(),
            next_label: 0,
            exprs: IndexVec::new(),
            pats: IndexVec::new(),
            locals: IndexVec::new(),
        }
    }

    fn finish(self, owner: DefId, params: Vec<PatId>, value: ExprId, span: Span) -> Body {
        let mut traits_in_scope = self.r.traits_in_scope(self.item_module);
        if !self.blocks.is_empty() {
            let mut traits = traits_in_scope.to_vec();
            let names: Vec<Symbol> = self.locals.iter().map(|local| local.name).collect();
            for block in self.blocks {
                traits.extend_from_slice(&self.r.traits_in_scope(block));
                // Inner functions are lowered after this body: now they can be told what they cannot capture.
                self.r.modules[block].locals.clone_from(&names);
            }
            traits.sort();
            traits.dedup();
            traits_in_scope = traits.into();
        }
        let (exprs, pats, locals) = (self.exprs, self.pats, self.locals);
        Body { owner, params, value, exprs, pats, locals, span, traits_in_scope }
    }

    pub(super) fn add_expr(&mut self, kind: ExprKind, span: Span) -> ExprId {
        self.exprs.push(Expr { kind, span })
    }

    pub(super) fn add_pat(&mut self, kind: PatKind, span: Span) -> PatId {
        self.pats.push(Pat { kind, span })
    }

    pub(super) fn new_label(&mut self) -> LabelId {
        self.next_label += 1;
        LabelId(self.next_label - 1)
    }

    /// Names of the variables in scope.
    pub(super) fn local_names(&self) -> Rc<[Symbol]> {
        if self.entries.is_empty() {
            return self.r.no_symbols.clone();
        }
        let names = self.entries.iter().filter_map(|entry| match entry {
            Entry::Local { name, .. } => Some(*name),
            Entry::Block(_) => None,
        });
        names.collect()
    }

    /// Puts the variables of a pattern in scope; the caller takes them out by truncating `entries`.
    pub(super) fn bring_into_scope(&mut self, bound: &[Bound]) {
        self.entries.extend(bound.iter().map(|b| Entry::Local {
            name: b.ident.name,
            ctxt: b.ident.ctxt,
            local: b.local,
        }));
    }

    /// A block as an expression, with its label if it has one.
    pub(super) fn block_expr(&mut self, block: ast::Block, label: Option<LabelId>) -> ExprId {
        let span = block.span;
        let block = self.block(block);
        self.add_expr(ExprKind::Block(block, label), span)
    }

    /// A block; what it declares is in scope inside it only.
    pub(super) fn block(&mut self, block: ast::Block) -> Block {
        let (mark, module) = (self.entries.len(), self.module);
        let has_items = block.stmts.iter().any(|s| matches!(s, ast::Stmt::Item(_)));
        let statements = if has_items { self.declare_items(block.stmts) } else { block.stmts };
        let mut stmts = Vec::with_capacity(statements.len());
        for stmt in statements {
            match stmt {
                ast::Stmt::Let(local) => stmts.push(self.let_stmt(local)),
                ast::Stmt::Expr { expr, semi } => {
                    let expr = self.expr(expr);
                    stmts.push(Stmt::Expr { expr, semi });
                }
                ast::Stmt::Item(_) => {}
            }
        }
        let value = block.value.map(|value| self.expr(*value));
        self.entries.truncate(mark);
        self.module = module;
        Block { stmts, value }
    }

    /// Collects and lowers the items among the statements and enters their scope. Returns the other statements.
    fn declare_items(&mut self, statements: Vec<ast::Stmt>) -> Vec<ast::Stmt> {
        let mut items = Vec::new();
        let mut rest = Vec::with_capacity(statements.len());
        for stmt in statements {
            match stmt {
                ast::Stmt::Item(item) => items.push(item),
                other => rest.push(other),
            }
        }
        let normal = self.r.modules[self.module].normal;
        let def = self.r.modules[normal].def;
        let scope = self.r.new_module(ModuleKind::Block(self.owner), def, Some(self.module));
        self.r.collect_items(items, scope, self.parent_def);
        self.r.resolve_imports();
        self.entries.push(Entry::Block(scope));
        self.blocks.push(scope);
        self.module = scope;
        for node in std::mem::take(&mut self.r.nodes) {
            self.r.lower_node(node);
        }
        rest
    }

    fn let_stmt(&mut self, local: ast::Let) -> Stmt {
        let ty = local.ty.map(|ty| self.ty(ty));
        let init = local.init.map(|init| self.expr(init));
        let els = local.els.map(|els| self.block_expr(els, None));
        let mut bound = Vec::new();
        let pat = self.pat(local.pat, "let binding", &mut bound);
        self.bring_into_scope(&bound);
        Stmt::Let { pat, ty, init, els, span: local.span }
    }
}
