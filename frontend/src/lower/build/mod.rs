//! Typed expressions to MIR in [`Phase::Built`].
//!
//! In: a [`Thir`]. Out: a body whose evaluation order, temporaries and scopes are rustc's, with a `Drop` wherever a
//! scope ends, whether or not the value is still there (`moves::elaborate` finds out). Modelled on rustc's
//! `mir_build`: an expression is built as a place, an rvalue, an operand, a temporary, or into a destination,
//! whichever the context wants.
//!
//! The builder has one current block. After a `return` or `break` it is a fresh block that nothing reaches.

mod call;
mod closure;
mod condition;
mod into;
mod matches;
mod operand;
mod pattern;
mod place;
mod rvalue;
mod scope;
mod stmt;

use crate::diag::{Diagnostic, ErrorReported};
use crate::hash::{FastMap, FastSet};
use crate::hir::{self, LocalId};
use crate::index::IndexVec;
use crate::lower::thir::{BodyKind, ScopeId, Thir, ThirId};
use crate::mir::*;
use crate::source::Span;
use crate::ty::tcx::{ParamEnv, Tcx};
use crate::ty::{Mutability, Ty};
use crate::typeck::results::TypeckResults;

pub(super) use place::PlaceBuilder;
use scope::{Breakable, IfThen, Scope};

/// What a body is built from.
#[derive(Clone, Copy)]
pub struct Source<'a, 'h> {
    /// Types and definitions.
    pub tcx: &'a Tcx<'h>,
    /// Assumptions of the owner.
    pub env: ParamEnv,
    /// What checking found out.
    pub results: &'a TypeckResults,
    /// The HIR body: names of variables.
    pub hir: &'a hir::Body,
    /// The typed form.
    pub thir: &'a Thir,
}

/// A body with the values it puts into static memory.
pub struct Built {
    /// The body.
    pub body: Body,
    /// Bodies that compute promoted values, in the order of their numbers from `first_promoted`.
    pub promoted: Vec<Body>,
    /// Where operands stand that are read directly by a larger expression.
    pub operand_spans: Vec<(Place, Span)>,
    /// The whole expressions of calls that stand at a method's name.
    pub call_spans: FastMap<Span, Span>,
    /// Temporaries that hold what rustc promotes: they may be borrowed for ever.
    pub constant_temps: FastSet<Local>,
}

/// Builds a body. `first_promoted` is the number of the next promoted value of the owner.
pub fn build(
    source: Source<'_, '_>,
    kind: &BodyKind,
    name: String,
    first_promoted: usize,
) -> Result<Built, ErrorReported> {
    let mut b = Builder::new(source, kind.clone(), name, first_promoted);
    b.body_of_kind();
    b.finish()
}

/// Whether a definition stands in a part of our std whose arithmetic is not checked.
fn wraps(tcx: &Tcx<'_>, owner: hir::DefId) -> bool {
    let parents = std::iter::successors(Some(owner), |def| tcx.hir.def(*def).parent);
    tcx.is_std(owner) && parents.into_iter().any(|def| tcx.hir.def(def).attrs.wrapping_arithmetic)
}

pub(super) struct Builder<'a, 'h> {
    tcx: &'a Tcx<'h>,
    env: ParamEnv,
    results: &'a TypeckResults,
    hir: &'a hir::Body,
    thir: &'a Thir,
    kind: BodyKind,
    body: Body,
    /// The block being filled.
    cur: BlockId,
    scopes: Vec<Scope>,
    breakables: Vec<Breakable>,
    if_thens: Vec<IfThen>,
    vars: FastMap<LocalId, Local>,
    /// Variables of an arm while its guard is built: references to them.
    in_guard: FastMap<LocalId, Local>,
    return_block: BlockId,
    /// Locals of type `()` nobody reads: not written.
    sinks: FastSet<Local>,
    source: Source<'a, 'h>,
    first_promoted: usize,
    promoted: Vec<Body>,
    operand_spans: Vec<(Place, Span)>,
    call_spans: FastMap<Span, Span>,
    constant_temps: FastSet<Local>,
    failed: Option<ErrorReported>,
    /// Whether arithmetic wraps instead of being checked.
    wraps: bool,
}

impl<'a, 'h> Builder<'a, 'h> {
    fn new(source: Source<'a, 'h>, kind: BodyKind, name: String, first_promoted: usize) -> Self {
        let Source { tcx, env, results, hir, thir } = source;
        let body = Body {
            phase: Phase::Built,
            name,
            arg_count: 0,
            locals: IndexVec::new(),
            blocks: IndexVec::new(),
            span: thir.exprs[thir.value].span,
        };
        let mut b = Builder {
            tcx,
            env,
            results,
            hir,
            thir,
            kind,
            body,
            cur: BlockId(0),
            scopes: Vec::new(),
            breakables: Vec::new(),
            if_thens: Vec::new(),
            vars: FastMap::default(),
            in_guard: FastMap::default(),
            return_block: BlockId(0),
            sinks: FastSet::default(),
            source,
            first_promoted,
            promoted: Vec::new(),
            operand_spans: Vec::new(),
            call_spans: FastMap::default(),
            constant_temps: FastSet::default(),
            failed: None,
            wraps: wraps(tcx, hir.owner),
        };
        b.cur = b.new_block();
        b
    }

    fn finish(mut self) -> Result<Built, ErrorReported> {
        for (id, block) in self.body.blocks.iter_enumerated_mut() {
            // Blocks nothing continues are never reached.
            if block.terminator.kind == TerminatorKind::Goto(id) && block.statements.is_empty() {
                block.terminator.kind = TerminatorKind::Unreachable;
            }
        }
        match self.failed {
            Some(e) => Err(e),
            None => Ok(Built {
                body: self.body,
                promoted: self.promoted,
                operand_spans: self.operand_spans,
                call_spans: self.call_spans,
                constant_temps: self.constant_temps,
            }),
        }
    }

    fn body_of_kind(&mut self) {
        let thir = self.thir;
        let span = self.body.span;
        self.body.locals.push(LocalDecl { ty: thir.output, mutability: Mutability::Mut, name: None, span });
        if let BodyKind::Closure(info, kind) = &self.kind {
            let ty = match kind {
                hir::ClosureKind::Fn => Ty::reference(info.ty, Mutability::Not),
                hir::ClosureKind::FnMut => Ty::reference(info.ty, Mutability::Mut),
                hir::ClosureKind::FnOnce => info.ty,
            };
            self.body.locals.push(LocalDecl { ty, mutability: Mutability::Not, name: None, span });
        }
        let first_param = self.body.locals.len();
        for param in &thir.params {
            let span = param.pat.span;
            self.body.locals.push(LocalDecl { ty: param.ty, mutability: Mutability::Mut, name: None, span });
        }
        self.body.arg_count = self.body.locals.len() - 1;
        self.return_block = self.new_block();
        self.terminate_at(self.return_block, TerminatorKind::Return, span);
        // `ScopeId(0)` is the scope of the parameters.
        self.in_scope(ScopeId(0), span, |b| {
            if first_param > 1 {
                b.schedule_value_drop(Some(ScopeId(0)), Local(1));
            }
            for (i, param) in thir.params.iter().enumerate() {
                let local = Local((first_param + i) as u32);
                b.schedule_value_drop(Some(ScopeId(0)), local);
                b.bind_parameter(&param.pat, local);
            }
            b.expr_into(&Place::local(Local(0)), thir.value);
        });
        self.goto(self.return_block, span);
    }

    /// Builds the body that computes a promoted value, and returns its number.
    fn promote(&mut self, e: ThirId) -> u32 {
        let number = self.first_promoted + self.promoted.len();
        let ty = self.thir.exprs[e].ty;
        let span = self.thir.exprs[e].span;
        let name = format!("{}::{{promoted#{number}}}", self.body.name);
        let mut inner = Builder::new(self.source, BodyKind::Const, name, number + 1);
        inner.body.span = span;
        inner.body.locals.push(LocalDecl { ty, mutability: Mutability::Mut, name: None, span });
        inner.return_block = inner.new_block();
        inner.terminate_at(inner.return_block, TerminatorKind::Return, span);
        inner.expr_into(&Place::local(Local(0)), e);
        inner.goto(inner.return_block, span);
        match inner.finish() {
            Ok(built) => {
                self.promoted.push(built.body);
                self.promoted.extend(built.promoted);
            }
            Err(e) => self.failed = Some(e),
        }
        number as u32
    }

    /// Notes that something could not be built; told only if no error was reported that explains it.
    fn missing(&mut self, span: Span, what: &str) {
        if self.failed.is_none() {
            self.failed = Some(match self.tcx.diag.has_errors() {
                Err(e) => e,
                Ok(()) => self.tcx.diag.emit_error(
                    Diagnostic::error("C0001", span, format!("the compiler lost track of {what}"))
                        .note("this is a bug of cloudc"),
                ),
            });
        }
    }

    fn new_block(&mut self) -> BlockId {
        let id = self.body.blocks.next_index();
        // A jump to itself marks a block that is not terminated yet.
        let terminator = Terminator { kind: TerminatorKind::Goto(id), span: self.body.span };
        self.body.blocks.push(Block { statements: Vec::new(), terminator })
    }

    fn terminate_at(&mut self, block: BlockId, kind: TerminatorKind, span: Span) {
        self.body.blocks[block].terminator = Terminator { kind, span };
    }

    /// Ends the current block and goes on in another.
    fn terminate(&mut self, kind: TerminatorKind, span: Span, next: BlockId) {
        self.terminate_at(self.cur, kind, span);
        self.cur = next;
    }

    fn goto(&mut self, target: BlockId, span: Span) {
        self.terminate_at(self.cur, TerminatorKind::Goto(target), span);
    }

    /// Ends the current block for good and goes on in one that nothing reaches.
    fn diverge(&mut self, kind: TerminatorKind, span: Span) {
        let next = self.new_block();
        self.terminate(kind, span, next);
    }

    fn push(&mut self, kind: StatementKind, span: Span) {
        self.body.blocks[self.cur].statements.push(Statement { kind, span });
    }

    fn assign(&mut self, place: impl Into<Place>, rvalue: Rvalue, span: Span) {
        self.push(StatementKind::Assign(place.into(), rvalue), span);
    }

    fn assign_unit(&mut self, place: &Place, span: Span) {
        if !self.sinks.contains(&place.local) {
            self.assign(place.clone(), Rvalue::Use(Operand::unit()), span);
        }
    }

    fn new_temp(&mut self, ty: Ty, span: Span) -> Local {
        self.body.locals.push(LocalDecl { ty, mutability: Mutability::Mut, name: None, span })
    }

    /// A place for a value of type `()` that nobody reads.
    fn sink(&mut self, span: Span) -> Place {
        let local = match self.sinks.iter().min() {
            Some(&local) => local,
            None => {
                let local = self.new_temp(Ty::unit(), span);
                self.sinks.insert(local);
                local
            }
        };
        Place::local(local)
    }

    fn needs_drop(&self, ty: Ty) -> bool {
        self.tcx.needs_drop(&self.env, ty)
    }

    /// Reads a place: copies if the type allows it.
    fn consume(&self, place: Place, ty: Ty) -> Operand {
        if self.tcx.is_copy(&self.env, ty) { Operand::Copy(place) } else { Operand::Move(place) }
    }
}
