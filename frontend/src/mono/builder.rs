//! Bodies made by hand.

use crate::index::Idx;
use crate::mir::*;
use crate::source::Span;
use crate::ty::{Mutability, Ty};

/// A body under construction, with a block that is open.
pub(super) struct BodyBuilder {
    pub body: Body,
    statements: Vec<Statement>,
    current: BlockId,
}

impl BodyBuilder {
    pub fn new(inputs: &[Ty], output: Ty) -> Self {
        let mut body = Body::new("", Phase::Mono, inputs, output, Span::NONE);
        let current = body.add_block(Vec::new(), TerminatorKind::Unreachable);
        BodyBuilder { body, statements: Vec::new(), current }
    }
    pub fn arg(&self, n: usize) -> Place {
        Place::local(Local::new(n))
    }
    pub fn result(&self) -> Place {
        Place::local(Local(0))
    }
    pub fn local(&mut self, ty: Ty) -> Place {
        Place::local(self.body.add_local(ty))
    }
    pub fn assign(&mut self, place: &Place, rvalue: Rvalue) {
        self.statements.push(Statement::assign(place.clone(), rvalue, Span::NONE));
    }
    /// A new local with this value.
    pub fn temp(&mut self, ty: Ty, rvalue: Rvalue) -> Place {
        let place = self.local(ty);
        self.assign(&place, rvalue);
        place
    }
    /// A raw pointer to a place.
    pub fn pointer(&mut self, to: Place, ty: Ty) -> Place {
        self.temp(Ty::raw_ptr(ty, Mutability::Mut), Rvalue::RawRef(Mutability::Mut, to))
    }
    /// An empty block, not yet open.
    pub fn block(&mut self) -> BlockId {
        self.body.add_block(Vec::new(), TerminatorKind::Unreachable)
    }
    /// Ends the open block and opens another.
    pub fn end(&mut self, terminator: TerminatorKind, next: BlockId) {
        let block = &mut self.body.blocks[self.current];
        block.statements = std::mem::take(&mut self.statements);
        block.terminator = Terminator { kind: terminator, span: Span::NONE };
        self.current = next;
    }
    pub fn goto(&mut self, next: BlockId) {
        self.end(TerminatorKind::Goto(next), next);
    }
    pub fn current(&self) -> BlockId {
        self.current
    }
    pub fn call(&mut self, callee: Callee, args: Vec<Operand>, destination: &Place) {
        let next = self.block();
        let destination = destination.clone();
        self.end(TerminatorKind::Call { callee, args, destination, target: Some(next) }, next);
    }
    /// A call whose result is `()`.
    pub fn call_unit(&mut self, callee: Callee, args: Vec<Operand>) {
        let unit = self.local(Ty::unit());
        self.call(callee, args, &unit);
    }
    /// The value of an intrinsic.
    pub fn intrinsic(&mut self, name: &str, of: Ty, args: Vec<Operand>, ty: Ty) -> Place {
        let result = self.local(ty);
        let generic = crate::ty::Args::new(&[crate::ty::GenericArg::Type(of)]);
        self.call(Callee::Intrinsic(crate::symbol::Symbol::intern(name), generic), args, &result);
        result
    }
    /// Repeats what `body` builds for an index from 0 up to `count`.
    pub fn for_each(&mut self, count: Operand, body: impl FnOnce(&mut Self, Local)) {
        let i = self.temp(Ty::usize(), Rvalue::Use(Operand::usize(0)));
        let head = self.block();
        let inside = self.block();
        let after = self.block();
        self.goto(head);
        let more = self.temp(Ty::bool(), Rvalue::Binary(BinOp::Lt, Operand::Copy(i.clone()), count));
        let value = Operand::Copy(more);
        self.end(TerminatorKind::Switch { value, targets: vec![(0, after)], otherwise: inside }, inside);
        body(self, i.local);
        self.assign(&i, Rvalue::Binary(BinOp::Add, Operand::Copy(i.clone()), Operand::usize(1)));
        self.end(TerminatorKind::Goto(head), after);
    }
    /// Returns and gives the body.
    pub fn finish(mut self) -> Body {
        let current = self.current;
        self.end(TerminatorKind::Return, current);
        self.body
    }
}
