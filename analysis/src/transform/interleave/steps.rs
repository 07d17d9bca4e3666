//! A straight way through a body as a list of steps, which can be repeated elsewhere under other names.

use cloudc_frontend::bug;
use cloudc_frontend::mir::body::element_ty;
use cloudc_frontend::mir::visit::{PlaceUse, Visitor, VisitorMut};
use cloudc_frontend::mir::{
    AggregateKind, BinOp, Block, BlockId, Body, Callee, CastKind, Local, Location, Operand, Place, PrimCast,
    Projection, Rvalue, Statement, StatementKind, Terminator, TerminatorKind, UnOp,
};
use cloudc_frontend::source::Span;
use cloudc_frontend::symbol::Symbol;
use cloudc_frontend::ty::{Args, GenericArg, IntTy, Mutability, Ty, TyKind};

use crate::facts::Mentions;
use crate::facts::memory::{Effect, intrinsic_effect};

/// A step.
#[derive(Clone, Debug)]
pub struct Step {
    /// What is done.
    pub kind: StepKind,
    /// Where it stands in the source.
    pub span: Span,
}

/// What a step does.
#[derive(Clone, Debug)]
pub enum StepKind {
    /// A local gets a value.
    Assign(Local, Rvalue),
    /// A local gets the result of an intrinsic that does nothing else.
    Call(Local, Symbol, Args, Vec<Operand>),
    /// The way goes on for these values only.
    Guard(Guard),
    /// Something that cannot be repeated; it changes this local.
    Other(Local),
}

/// The decision at the end of a block: where the way goes on, and where it is left.
#[derive(Clone, Debug)]
pub struct Guard {
    /// What is looked at.
    pub value: Operand,
    /// For each value whether the way goes on.
    pub targets: Vec<(u128, bool)>,
    /// Whether it goes on for all other values.
    pub otherwise: bool,
}

impl Step {
    /// The local that gets a value.
    pub fn target(&self) -> Option<Local> {
        match self.kind {
            StepKind::Assign(to, _) | StepKind::Call(to, ..) => Some(to),
            _ => None,
        }
    }
    /// Calls a function with each local that is read.
    pub fn for_reads(&self, mut f: impl FnMut(Local)) {
        let at = Location { block: BlockId(0), statement: 0 };
        let mut reads = Mentions(|local: Local, _: PlaceUse, _: Location| f(local));
        match &self.kind {
            StepKind::Assign(_, rvalue) => reads.visit_rvalue(rvalue, at),
            StepKind::Call(.., args) => args.iter().for_each(|a| reads.visit_operand(a, at)),
            StepKind::Guard(guard) => reads.visit_operand(&guard.value, at),
            StepKind::Other(_) => {}
        }
    }
    /// Whether memory behind a pointer is read, or a division made: what may be done only where its guards have been passed.
    pub fn needs_its_guards(&self) -> bool {
        struct Indirect(bool);
        impl Visitor for Indirect {
            fn visit_place(&mut self, place: &Place, _how: PlaceUse, _at: Location) {
                self.0 |= place.is_indirect()
                    || place.projection.iter().any(|p| !matches!(p, Projection::Field(..)));
            }
        }
        match &self.kind {
            StepKind::Assign(_, Rvalue::Binary(BinOp::Div | BinOp::Rem, ..)) => true,
            StepKind::Assign(_, rvalue) => {
                let mut found = Indirect(false);
                found.visit_rvalue(rvalue, Location { block: BlockId(0), statement: 0 });
                found.0
            }
            _ => false,
        }
    }
}

/// Appends the steps of a block that goes on to `next`.
pub fn push_steps(body: &Body, block: BlockId, next: BlockId, steps: &mut Vec<Step>) {
    let data = &body.blocks[block];
    for statement in &data.statements {
        if let StatementKind::Assign(place, rvalue) = &statement.kind {
            let kind = match place.as_local() {
                Some(to) => StepKind::Assign(to, rvalue.clone()),
                None => StepKind::Other(place.local),
            };
            steps.push(Step { kind, span: statement.span });
        }
    }
    let span = data.terminator.span;
    let kind = match &data.terminator.kind {
        TerminatorKind::Switch { value, targets, otherwise } => StepKind::Guard(Guard {
            value: value.clone(),
            targets: targets.iter().map(|(bits, to)| (*bits, *to == next)).collect(),
            otherwise: *otherwise == next,
        }),
        TerminatorKind::Assert { cond, expected, .. } => StepKind::Guard(Guard {
            value: cond.clone(),
            targets: vec![(0, !expected)],
            otherwise: *expected,
        }),
        TerminatorKind::Call { callee, args, destination, .. } => match (callee, destination.as_local()) {
            (Callee::Intrinsic(name, types), Some(to)) if intrinsic_effect(*name) == Effect::None => {
                StepKind::Call(to, *name, *types, args.clone())
            }
            _ => StepKind::Other(destination.local),
        },
        TerminatorKind::Drop { place, .. } => StepKind::Other(place.local),
        TerminatorKind::Goto(_) | TerminatorKind::Return | TerminatorKind::Unreachable => return,
    };
    steps.push(Step { kind, span });
}

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
    pub fn convert(&mut self, number: Operand, ty: Ty) -> Operand {
        if self.body.operand_ty(&number) == ty {
            return number;
        }
        self.compute(ty, Rvalue::Cast(CastKind::Prim(PrimCast::IntToInt), number, ty))
    }
    /// A number, or a pointer, or the sum of a checked operation that fits, by this much more or less.
    pub fn further(&mut self, from: Local, by: Operand, up: bool) -> Rvalue {
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
    pub fn shorter(&mut self, slice: Local, by: Operand, front: bool) -> Rvalue {
        let ty = self.body.locals[slice].ty;
        let (TyKind::Ref(_, to, _) | TyKind::RawPtr(to, _)) = *ty.kind() else { bug!("a slice is expected") };
        let of = element_ty(to);
        let content = Place::local(slice).deref();
        let raw =
            self.compute(Ty::raw_ptr(to, Mutability::Not), Rvalue::RawRef(Mutability::Not, content.clone()));
        let thin = Ty::raw_ptr(of, Mutability::Not);
        let mut begin = self.compute(thin, Rvalue::Cast(CastKind::Prim(PrimCast::PtrToPtr), raw, thin));
        if front {
            let isize = self.convert(by.clone(), Ty::new(TyKind::Int(IntTy::Isize)));
            begin = self.intrinsic("offset", of, vec![begin, isize], thin);
        }
        let length = self.compute(Ty::usize(), Rvalue::Len(content));
        let length = self.compute(Ty::usize(), Rvalue::Binary(BinOp::Sub, length, by));
        let shared = Ty::reference(to, Mutability::Not);
        let now = self.intrinsic("slice_from_raw_parts", of, vec![begin, length], shared);
        match (ty.kind(), now.place()) {
            (TyKind::RawPtr(_, mutability), Some(place)) => Rvalue::RawRef(*mutability, place.deref()),
            _ => Rvalue::Use(now),
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
