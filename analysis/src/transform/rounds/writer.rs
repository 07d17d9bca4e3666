//! Writes blocks beside those of a body.

use cloudc_frontend::bug;
use cloudc_frontend::mir::body::element_ty;
use cloudc_frontend::mir::visit::{PlaceUse, VisitorMut};
use cloudc_frontend::mir::{
    AggregateKind, BinOp, Block, BlockId, Body, Callee, CastKind, Local, Location, Operand, Place, PrimCast,
    Rvalue, Statement, Terminator, TerminatorKind, UnOp,
};
use cloudc_frontend::source::Span;
use cloudc_frontend::symbol::Symbol;
use cloudc_frontend::ty::{Args, GenericArg, IntTy, Mutability, Ty, TyKind, UintTy};

use super::counting::Change;
use super::steps::{Step, StepKind};

/// Writes new blocks, one after another.
pub struct Writer<'b> {
    /// The body they are in.
    pub body: &'b mut Body,
    /// The block that is being written; it has no end yet.
    pub block: BlockId,
    /// Where what is written now stands in the source.
    pub span: Span,
}

impl Writer<'_> {
    /// A block that has no end yet.
    pub fn new_block(&mut self) -> BlockId {
        let terminator = Terminator { kind: TerminatorKind::Unreachable, span: self.span };
        self.body.blocks.push(Block { statements: Vec::new(), terminator })
    }
    /// Appends an assignment.
    pub fn assign(&mut self, to: Local, rvalue: Rvalue) {
        let span = self.span;
        self.body.blocks[self.block].statements.push(Statement::assign(to, rvalue, span));
    }
    /// Appends a copy of one local to another, if they are two.
    pub fn copy(&mut self, to: Local, from: Local) {
        if to != from {
            self.assign(to, Rvalue::Use(Operand::Copy(from.into())));
        }
    }
    /// Computes a new local.
    pub fn compute(&mut self, ty: Ty, rvalue: Rvalue) -> Operand {
        let to = self.body.add_local(ty);
        self.assign(to, rvalue);
        Operand::Copy(to.into())
    }
    /// Ends the block and goes on with another.
    pub fn end(&mut self, kind: TerminatorKind, next: BlockId) {
        self.body.blocks[self.block].terminator = Terminator { kind, span: self.span };
        self.block = next;
    }
    /// Ends the block with a jump and goes on with the block it leads to.
    pub fn enter(&mut self, next: BlockId) {
        self.end(TerminatorKind::Goto(next), next);
    }
    /// Calls an intrinsic that does nothing but compute its result.
    fn intrinsic(&mut self, name: &str, of: Ty, args: Vec<Operand>, result: Ty) -> Operand {
        let to = self.body.add_local(result);
        let next = self.new_block();
        let callee = Callee::Intrinsic(Symbol::intern(name), Args::new(&[GenericArg::Type(of)]));
        self.end(TerminatorKind::Call { callee, args, destination: to.into(), target: Some(next) }, next);
        Operand::Copy(to.into())
    }
    /// An integer as one of another type.
    fn convert(&mut self, number: Operand, ty: Ty) -> Operand {
        if self.body.operand_ty(&number) == ty {
            return number;
        }
        self.compute(ty, Rvalue::Cast(CastKind::Prim(PrimCast::IntToInt), number, ty))
    }
    /// A number, or a pointer, or the sum of a checked operation that fits, by this much more or less.
    fn further(&mut self, from: Local, by: Operand, up: bool) -> Rvalue {
        let ty = self.body.locals[from].ty;
        let op = if up { BinOp::Add } else { BinOp::Sub };
        match *ty.kind() {
            TyKind::Tuple(parts) => {
                let by = self.convert(by, parts[0]);
                let sum = Operand::Copy(Place::local(from).field(0, parts[0]));
                let sum = self.compute(parts[0], Rvalue::Binary(op, sum, by));
                Rvalue::Aggregate(AggregateKind::Tuple, vec![sum, Operand::scalar(0, Ty::bool())])
            }
            TyKind::RawPtr(to, _) => {
                let isize = Ty::new(TyKind::Int(IntTy::Isize));
                let mut by = self.convert(by, isize);
                if !up {
                    by = self.compute(isize, Rvalue::Unary(UnOp::Neg, by));
                }
                Rvalue::Use(self.intrinsic("offset", to, vec![Operand::Copy(from.into()), by], ty))
            }
            _ => {
                let by = self.convert(by, ty);
                Rvalue::Binary(op, Operand::Copy(from.into()), by)
            }
        }
    }
    /// A slice without so many elements at its front or back.
    fn shorter(&mut self, slice: Local, by: Operand, front: bool) -> Rvalue {
        let ty = self.body.locals[slice].ty;
        let (TyKind::Ref(_, to, mutability) | TyKind::RawPtr(to, mutability)) = *ty.kind() else {
            bug!("a slice is expected")
        };
        let of = element_ty(to);
        let content = Place::local(slice).deref();
        let raw = self.compute(Ty::raw_ptr(to, mutability), Rvalue::RawRef(mutability, content.clone()));
        let thin = Ty::raw_ptr(of, Mutability::Not);
        let mut begin = self.compute(thin, Rvalue::Cast(CastKind::Prim(PrimCast::PtrToPtr), raw, thin));
        if front {
            let isize = self.convert(by.clone(), Ty::new(TyKind::Int(IntTy::Isize)));
            begin = self.intrinsic("offset", of, vec![begin, isize], thin);
        }
        let length = self.compute(Ty::usize(), Rvalue::Len(content));
        let length = self.compute(Ty::usize(), Rvalue::Binary(BinOp::Sub, length, by));
        let name = match mutability {
            Mutability::Not => "slice_from_raw_parts",
            Mutability::Mut => {
                let thin = Ty::raw_ptr(of, mutability);
                begin = self.compute(thin, Rvalue::Cast(CastKind::Prim(PrimCast::PtrToPtr), begin, thin));
                "slice_from_raw_parts_mut"
            }
        };
        let now = self.intrinsic(name, of, vec![begin, length], Ty::reference(to, mutability));
        match (ty.kind(), now.place()) {
            (TyKind::RawPtr(..), Some(place)) => Rvalue::RawRef(mutability, place.deref()),
            _ => Rvalue::Use(now),
        }
    }
    /// What has been this in the first round and changes so, after so many rounds.
    pub fn changed(&mut self, first: Local, by: Operand, change: Change) -> Rvalue {
        match change {
            Change::None | Change::Unknown => Rvalue::Use(Operand::Copy(first.into())),
            Change::Front | Change::Back => self.shorter(first, by, change == Change::Front),
            Change::Up | Change::Down => self.further(first, by, change == Change::Up),
        }
    }
    /// Assigns the least of these differences.
    pub fn assign_least(&mut self, to: Local, differences: Vec<(Operand, Operand)>) {
        for (i, (from, take)) in differences.into_iter().enumerate() {
            let ty = self.body.operand_ty(&from);
            let mut left = self.compute(ty, Rvalue::Binary(BinOp::Sub, from, take));
            for ty in [unsigned(ty), Ty::usize()] {
                left = self.convert(left, ty);
            }
            if i == 0 {
                self.assign(to, Rvalue::Use(left));
                continue;
            }
            let less = Rvalue::Binary(BinOp::Lt, left.clone(), Operand::Copy(to.into()));
            let less = self.compute(Ty::bool(), less);
            let (set, next) = (self.new_block(), self.new_block());
            self.end(decide(less, set, next), set);
            self.assign(to, Rvalue::Use(left));
            self.enter(next);
        }
    }
    /// Lets edges that led from these blocks to one lead to another.
    pub fn redirect(&mut self, from: &[BlockId], old: BlockId, new: BlockId) {
        for &block in from {
            self.body.blocks[block].terminator.kind.for_successors_mut(|s| {
                if *s == old {
                    *s = new;
                }
            });
        }
    }
    /// Repeats a step under other names. A guard that is not passed leads to `left`.
    pub fn repeat(&mut self, step: &Step, to: Option<Local>, names: &dyn Fn(Local) -> Local, left: BlockId) {
        self.span = step.span;
        let at = Location { block: BlockId(0), statement: 0 };
        let mut rename = Rename(names);
        match (&step.kind, to) {
            (StepKind::Assign(_, rvalue), Some(to)) => {
                let mut rvalue = rvalue.clone();
                rename.visit_rvalue(&mut rvalue, at);
                self.assign(to, rvalue);
            }
            (StepKind::Call(_, name, types, args), Some(to)) => {
                let mut args = args.clone();
                args.iter_mut().for_each(|a| rename.visit_operand(a, at));
                let next = self.new_block();
                let callee = Callee::Intrinsic(*name, *types);
                self.end(
                    TerminatorKind::Call { callee, args, destination: to.into(), target: Some(next) },
                    next,
                );
            }
            (StepKind::Guard(guard), _) => {
                let mut value = guard.value.clone();
                rename.visit_operand(&mut value, at);
                let next = self.new_block();
                let way = |goes_on: bool| if goes_on { next } else { left };
                let targets = guard.targets.iter().map(|(bits, goes_on)| (*bits, way(*goes_on))).collect();
                let otherwise = way(guard.otherwise);
                self.end(TerminatorKind::Switch { value, targets, otherwise }, next);
            }
            _ => {}
        }
    }
}

/// Other names for locals; what was moved is copied, since the original moves it once more.
struct Rename<'n>(&'n dyn Fn(Local) -> Local);

impl VisitorMut for Rename<'_> {
    fn visit_local(&mut self, local: &mut Local, _how: PlaceUse, _at: Location) {
        *local = (self.0)(*local);
    }
    fn visit_operand(&mut self, operand: &mut Operand, at: Location) {
        if let Operand::Move(place) = operand {
            *operand = Operand::Copy(std::mem::replace(place, Place::local(Local(0))));
        }
        self.walk_operand(operand, at);
    }
    fn visit_ty(&mut self, _ty: &mut Ty) {}
}

/// A jump that depends on a condition.
pub fn decide(value: Operand, yes: BlockId, no: BlockId) -> TerminatorKind {
    TerminatorKind::Switch { value, targets: vec![(0, no)], otherwise: yes }
}

/// The unsigned type as wide as an integer type.
fn unsigned(ty: Ty) -> Ty {
    let TyKind::Int(int) = ty.kind() else { return ty };
    Ty::new(TyKind::Uint(match int {
        IntTy::I8 => UintTy::U8,
        IntTy::I16 => UintTy::U16,
        IntTy::I32 => UintTy::U32,
        IntTy::I64 => UintTy::U64,
        IntTy::I128 => UintTy::U128,
        IntTy::Isize => UintTy::Usize,
    }))
}
