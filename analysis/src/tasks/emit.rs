//! Writes MIR by hand: statements and calls at the end of a block, in order.

use cloudc_frontend::mir::{
    AggregateKind, Block, BlockId, Body, BorrowKind, Callee, Constant, ConstantKind, FuncId, Local, Operand,
    Place, Projection, Rvalue, Statement, Terminator, TerminatorKind,
};
use cloudc_frontend::mono::Program;
use cloudc_frontend::source::Span;
use cloudc_frontend::ty::{Mutability, Ty, TyKind};

use crate::layout::Layouts;

/// Up to so many bytes are copied rather than borrowed: headers of vectors, pairs of them, small structs.
const SMALL: u64 = 64;

/// Appends code to a body.
pub struct Emit<'a> {
    /// The body.
    pub body: &'a mut Body,
    /// The block being filled.
    pub block: BlockId,
    /// Where the code stands.
    pub span: Span,
}

impl<'a> Emit<'a> {
    /// Starts in a new block.
    pub fn new(body: &'a mut Body, span: Span) -> Self {
        let block = body.add_block(Vec::new(), TerminatorKind::Unreachable);
        Emit { body, block, span }
    }
    /// A new temporary.
    pub fn local(&mut self, ty: Ty) -> Local {
        self.body.add_local(ty)
    }
    /// `place = rvalue`
    pub fn assign(&mut self, place: impl Into<Place>, rvalue: Rvalue) {
        let statement = Statement::assign(place, rvalue, self.span);
        self.body.blocks[self.block].statements.push(statement);
    }
    /// A temporary with this value.
    pub fn value(&mut self, ty: Ty, rvalue: Rvalue) -> Local {
        let local = self.local(ty);
        self.assign(local, rvalue);
        local
    }
    /// `&place`
    pub fn borrow(&mut self, place: impl Into<Place>, ty: Ty) -> Operand {
        let ty = Ty::reference(ty, Mutability::Not);
        Operand::Copy(self.value(ty, Rvalue::Ref(BorrowKind::Shared, place.into())).into())
    }
    /// A reference to a value that does not change while it is used. What is small is copied bit by bit, and the copy borrowed:
    /// so a variable may live in parts (`transform::ScalarReplacement`), in registers, where there is no task.
    pub fn show(&mut self, program: &Program, place: impl Into<Place>, ty: Ty) -> Operand {
        let place = place.into();
        let is_behind = place.projection.contains(&Projection::Deref);
        if is_behind || Layouts::new(program).of(ty).size > SMALL {
            return self.borrow(place, ty);
        }
        let copy = self.value(ty, Rvalue::Use(Operand::Copy(place)));
        self.borrow(copy, ty)
    }
    /// `&mut place`
    pub fn borrow_mut(&mut self, place: impl Into<Place>, ty: Ty) -> Operand {
        let ty = Ty::reference(ty, Mutability::Mut);
        Operand::Move(self.value(ty, Rvalue::Ref(BorrowKind::Mut { two_phase: false }, place.into())).into())
    }
    /// Calls a function; goes on in a new block with the result.
    pub fn call(&mut self, func: FuncId, result: Ty, args: Vec<Operand>) -> Local {
        let destination = self.local(result);
        self.call_into(func, destination, args);
        destination
    }
    /// Calls a function; goes on in a new block.
    pub fn call_into(&mut self, func: FuncId, destination: impl Into<Place>, args: Vec<Operand>) {
        let next = self.new_block();
        let destination = destination.into();
        self.end(TerminatorKind::Call { callee: Callee::Func(func), args, destination, target: Some(next) });
        self.block = next;
    }
    /// A new empty block; the current one stays current.
    pub fn new_block(&mut self) -> BlockId {
        self.body.add_block(Vec::new(), TerminatorKind::Unreachable)
    }
    /// Ends the current block.
    pub fn end(&mut self, kind: TerminatorKind) {
        self.body.blocks[self.block].terminator = Terminator { kind, span: self.span };
    }
    /// Ends the current block with a jump.
    pub fn goto(&mut self, target: BlockId) {
        self.end(TerminatorKind::Goto(target));
    }
    /// Ends the current block with a branch on a `bool`.
    pub fn branch(&mut self, on: Local, yes: BlockId, no: BlockId) {
        let value = Operand::Copy(on.into());
        self.end(TerminatorKind::Switch { value, targets: vec![(0, no)], otherwise: yes });
    }
    /// A tuple.
    pub fn tuple(&mut self, operands: Vec<Operand>) -> (Local, Ty) {
        let tys: Vec<Ty> = operands.iter().map(|o| self.body.operand_ty(o)).collect();
        let ty = Ty::tuple(&tys);
        (self.build(ty, AggregateKind::Tuple, operands), ty)
    }
    /// A struct of this type from its fields.
    pub fn structure(&mut self, ty: Ty, operands: Vec<Operand>) -> Operand {
        let TyKind::Adt(def, args) = ty.kind() else { cloudc_frontend::bug!("`{ty}` is no struct") };
        Operand::Move(self.build(ty, AggregateKind::Adt(*def, 0, *args), operands).into())
    }
    /// A value from its fields. They are stored one by one: so a variable that goes in as a whole may still live in parts
    /// (`transform::ScalarReplacement`) where there is no task.
    fn build(&mut self, ty: Ty, kind: AggregateKind, operands: Vec<Operand>) -> Local {
        if operands.is_empty() {
            return self.value(ty, Rvalue::Aggregate(kind, operands));
        }
        let whole = self.local(ty);
        for (k, operand) in operands.into_iter().enumerate() {
            let field = Place::local(whole).field(k, self.body.operand_ty(&operand));
            self.assign(field, Rvalue::Use(operand));
        }
        whole
    }
    /// A bitwise copy of a variable, to be borrowed or handed over in its place.
    pub fn copy_of(&mut self, local: Local, ty: Ty) -> Local {
        self.value(ty, Rvalue::Use(Operand::Copy(local.into())))
    }
}

/// A `u32` that stands for a place in the source.
pub fn site(span: Span) -> Operand {
    Operand::Constant(Constant { kind: ConstantKind::Site(span), ty: Ty::u32() })
}

/// A `&'static [u8; 32]`.
pub fn name_bytes(bytes: [u8; 32]) -> Operand {
    let ty = Ty::reference(Ty::array(Ty::u8(), 32), Mutability::Not);
    Operand::Constant(Constant { kind: ConstantKind::Data(bytes.as_slice().into()), ty })
}

/// A `u64` constant.
pub fn u64_constant(n: u64) -> Operand {
    Operand::scalar(n as u128, Ty::new(TyKind::Uint(cloudc_frontend::ty::UintTy::U64)))
}

/// An empty function body whose code starts in `bb0`.
pub fn empty_body(name: String, inputs: &[Ty], output: Ty, span: Span) -> Body {
    let mut body = Body::new(name, cloudc_frontend::mir::Phase::Mono, inputs, output, span);
    debug_assert_eq!(body.blocks.len(), 0);
    body.blocks.push(Block {
        statements: Vec::new(),
        terminator: Terminator { kind: TerminatorKind::Unreachable, span },
    });
    body
}
