//! Questions to a body, and the small edits every pass needs.

use super::*;
use crate::index::Idx;
use crate::index::IndexVec;
use crate::mono::{Adt, AdtKind, Program};
use crate::source::Span;
use crate::ty::{List, TyKind};
use crate::ty::{Mutability, Ty};

/// A point in a body: before the statement with this index, or before the terminator if the index is their number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Location {
    /// The block.
    pub block: BlockId,
    /// Index of the statement.
    pub statement: usize,
}

impl Body {
    /// An empty body with these parameter types and result; no blocks yet.
    pub fn new(name: impl Into<String>, phase: Phase, inputs: &[Ty], output: Ty, span: Span) -> Body {
        let mut body = Body {
            phase,
            name: name.into(),
            arg_count: inputs.len(),
            locals: IndexVec::new(),
            blocks: IndexVec::new(),
            span,
        };
        body.add_local(output);
        for &ty in inputs {
            body.add_local(ty);
        }
        body
    }
    /// Adds a temporary.
    pub fn add_local(&mut self, ty: Ty) -> Local {
        let span = self.span;
        self.locals.push(LocalDecl { ty, mutability: Mutability::Mut, name: None, span })
    }
    /// Adds a block.
    pub fn add_block(&mut self, statements: Vec<Statement>, terminator: TerminatorKind) -> BlockId {
        let span = self.span;
        self.blocks.push(Block { statements, terminator: Terminator { kind: terminator, span } })
    }
    /// The parameters.
    pub fn args(&self) -> impl Iterator<Item = Local> + use<> {
        (1..=self.arg_count).map(Local::new)
    }
    /// Type of the result.
    pub fn return_ty(&self) -> Ty {
        self.locals[Local(0)].ty
    }
    /// Types of the parameters.
    pub fn arg_tys(&self) -> Vec<Ty> {
        self.args().map(|l| self.locals[l].ty).collect()
    }
    /// Type of a place.
    pub fn place_ty(&self, place: &Place) -> Ty {
        place.projection.iter().fold(self.locals[place.local].ty, |ty, &step| project_ty(ty, step))
    }
    /// Type of an operand.
    pub fn operand_ty(&self, operand: &Operand) -> Ty {
        match operand {
            Operand::Copy(p) | Operand::Move(p) => self.place_ty(p),
            Operand::Constant(c) => c.ty,
        }
    }
    /// Type of an rvalue of a monomorphic body.
    pub fn rvalue_ty(&self, program: &Program, rvalue: &Rvalue) -> Ty {
        match rvalue {
            Rvalue::Use(op) | Rvalue::Unary(_, op) => self.operand_ty(op),
            Rvalue::Repeat(op, n) => Ty::new(TyKind::Array(self.operand_ty(op), *n)),
            Rvalue::Ref(BorrowKind::Shared, p) => Ty::reference(self.place_ty(p), Mutability::Not),
            Rvalue::Ref(BorrowKind::Mut { .. }, p) => Ty::reference(self.place_ty(p), Mutability::Mut),
            Rvalue::RawRef(m, p) => Ty::raw_ptr(self.place_ty(p), *m),
            Rvalue::Len(_) => Ty::usize(),
            Rvalue::Cast(_, _, ty) => *ty,
            Rvalue::Binary(op, a, _) => {
                if op.is_comparison() {
                    Ty::bool()
                } else {
                    self.operand_ty(a)
                }
            }
            Rvalue::CheckedBinary(_, a, _) => Ty::tuple(&[self.operand_ty(a), Ty::bool()]),
            Rvalue::Discriminant(p) => program.discriminant_ty(self.place_ty(p)),
            Rvalue::Aggregate(kind, ops) => match kind {
                AggregateKind::Array(t) => Ty::array(*t, ops.len() as u64),
                AggregateKind::Tuple => {
                    Ty::new(TyKind::Tuple(ops.iter().map(|o| self.operand_ty(o)).collect::<List<Ty>>()))
                }
                AggregateKind::Adt(def, _, args) => Ty::new(TyKind::Adt(*def, *args)),
                AggregateKind::Closure(def, args) => Ty::new(TyKind::Closure(*def, *args)),
            },
        }
    }
    /// The statement or terminator there.
    pub fn span_at(&self, at: Location) -> Span {
        let block = &self.blocks[at.block];
        block.statements.get(at.statement).map_or(block.terminator.span, |s| s.span)
    }
    /// Deletes blocks for which `keep` says no, and renumbers the rest. No kept block may lead to a deleted one.
    pub fn retain_blocks(&mut self, mut keep: impl FnMut(BlockId) -> bool) {
        let mut new = Vec::with_capacity(self.blocks.len());
        let mut kept = 0..;
        self.blocks.raw.retain(|_| {
            let keep = keep(BlockId::new(new.len()));
            new.push(if keep { kept.next().map(BlockId::new) } else { None });
            keep
        });
        for block in self.blocks.iter_mut() {
            block.terminator.kind.for_successors_mut(|s| match new[s.index()] {
                Some(n) => *s = n,
                None => crate::bug!("{}: a kept block leads to a deleted one", self.name),
            });
        }
    }
    /// Deletes locals that are neither parameters nor the result and for which `keep` says no; renumbers the rest.
    /// No kept statement may mention a deleted local.
    pub fn retain_locals(&mut self, mut keep: impl FnMut(Local) -> bool) {
        struct Renumber(Vec<Local>);
        impl visit::VisitorMut for Renumber {
            fn visit_local(&mut self, local: &mut Local, _: visit::PlaceUse, _: Location) {
                *local = self.0[local.index()];
            }
        }
        let fixed = self.arg_count;
        let mut map = Vec::with_capacity(self.locals.len());
        let mut kept = IndexVec::new();
        for (i, decl) in std::mem::take(&mut self.locals).raw.into_iter().enumerate() {
            if i <= fixed || keep(Local::new(i)) {
                map.push(kept.push(decl));
            } else {
                map.push(Local(u32::MAX));
            }
        }
        self.locals = kept;
        visit::VisitorMut::visit_body(&mut Renumber(map), self);
    }
    /// Number of predecessors of each block; the entry has one more.
    pub fn predecessor_counts(&self) -> IndexVec<BlockId, u32> {
        let mut counts: IndexVec<BlockId, u32> = self.blocks.iter().map(|_| 0).collect();
        if !counts.is_empty() {
            counts[BlockId(0)] = 1;
        }
        for block in &self.blocks {
            block.terminator.kind.for_successors(|s| counts[s] += 1);
        }
        counts
    }
}

/// Type of a place one step further.
pub fn project_ty(ty: Ty, step: Projection) -> Ty {
    match step {
        Projection::Deref => match ty.kind() {
            TyKind::Ref(_, to, _) | TyKind::RawPtr(to, _) => *to,
            // The only struct with a built-in dereference is `Box`.
            TyKind::Adt(_, args) => match args.iter().find_map(|a| a.as_type()) {
                Some(t) => t,
                None => crate::bug!("dereference of `{ty}`"),
            },
            TyKind::Error => ty,
            _ => crate::bug!("dereference of `{ty}`"),
        },
        Projection::Field(_, ty) => ty,
        Projection::Downcast(_) => ty,
        Projection::Index(_) | Projection::ConstantIndex { .. } => element_ty(ty),
        Projection::Subslice { from, to } => match ty.kind() {
            TyKind::Array(t, n) => match n.as_u64() {
                Some(n) => Ty::array(*t, n - from - to),
                None => Ty::slice(*t),
            },
            _ => ty,
        },
    }
}

/// Element type of an array or slice.
pub fn element_ty(ty: Ty) -> Ty {
    match ty.kind() {
        TyKind::Array(t, _) | TyKind::Slice(t) => *t,
        TyKind::Error => ty,
        _ => crate::bug!("element of `{ty}`"),
    }
}

impl Program {
    /// The shape of a struct, enum or closure type.
    pub fn adt(&self, ty: Ty) -> &Adt {
        match self.adts.get(&ty) {
            Some(adt) => adt,
            None => crate::bug!("the program does not know the shape of `{ty}`"),
        }
    }
    /// Type of the discriminant of an enum (`isize` for anything else).
    pub fn discriminant_ty(&self, ty: Ty) -> Ty {
        match self.adts.get(&ty).map(|a| a.kind) {
            Some(AdtKind::Enum(t)) => t,
            _ => Ty::new(TyKind::Int(crate::ty::IntTy::Isize)),
        }
    }
    /// Types of the fields of a struct, closure, tuple, or variant.
    pub fn field_tys(&self, ty: Ty, variant: usize) -> Vec<Ty> {
        match ty.kind() {
            TyKind::Tuple(ts) => ts.to_vec(),
            TyKind::Adt(..) | TyKind::Closure(..) => self
                .adt(ty)
                .variants
                .get(variant)
                .map(|v| v.fields.iter().map(|f| f.1).collect())
                .unwrap_or_default(),
            _ => Vec::new(),
        }
    }
    /// The text or slice that a type is: itself, or through structs of one field, as `Path` is a text.
    pub fn unsized_content(&self, ty: Ty) -> Option<Ty> {
        match ty.kind() {
            TyKind::Str | TyKind::Slice(_) => Some(ty),
            TyKind::Adt(..) => match &self.adts.get(&ty)?.variants[..] {
                [variant] if variant.fields.len() == 1 => self.unsized_content(variant.fields[0].1),
                _ => None,
            },
            _ => None,
        }
    }
    /// The function with this name.
    pub fn function_named(&self, name: &str) -> Option<FuncId> {
        self.functions.iter_enumerated().find(|(_, f)| f.name == name).map(|(id, _)| id)
    }
    /// Whether a type is the lang item `name`.
    pub fn is_lang(&self, ty: Ty, name: &str) -> bool {
        matches!(ty.kind(), TyKind::Adt(..))
            && self.adts.get(&ty).is_some_and(|a| a.lang.is_some_and(|l| l == name))
    }
}

impl BinOp {
    /// Whether the result is a `bool`.
    pub fn is_comparison(self) -> bool {
        matches!(self, BinOp::Eq | BinOp::Ne | BinOp::Lt | BinOp::Le | BinOp::Gt | BinOp::Ge)
    }
    /// As in the text form.
    pub fn text(self) -> &'static str {
        match self {
            BinOp::Add => "Add",
            BinOp::Sub => "Sub",
            BinOp::Mul => "Mul",
            BinOp::Div => "Div",
            BinOp::Rem => "Rem",
            BinOp::BitAnd => "BitAnd",
            BinOp::BitOr => "BitOr",
            BinOp::BitXor => "BitXor",
            BinOp::Shl => "Shl",
            BinOp::Shr => "Shr",
            BinOp::Eq => "Eq",
            BinOp::Ne => "Ne",
            BinOp::Lt => "Lt",
            BinOp::Le => "Le",
            BinOp::Gt => "Gt",
            BinOp::Ge => "Ge",
        }
    }
    /// All of them.
    pub const ALL: [BinOp; 16] = [
        BinOp::Add,
        BinOp::Sub,
        BinOp::Mul,
        BinOp::Div,
        BinOp::Rem,
        BinOp::BitAnd,
        BinOp::BitOr,
        BinOp::BitXor,
        BinOp::Shl,
        BinOp::Shr,
        BinOp::Eq,
        BinOp::Ne,
        BinOp::Lt,
        BinOp::Le,
        BinOp::Gt,
        BinOp::Ge,
    ];
}

impl TerminatorKind {
    /// Calls `f` with each block control may go to.
    pub fn for_successors(&self, mut f: impl FnMut(BlockId)) {
        match self {
            TerminatorKind::Goto(b) => f(*b),
            TerminatorKind::Switch { targets, otherwise, .. } => {
                targets.iter().for_each(|(_, b)| f(*b));
                f(*otherwise);
            }
            TerminatorKind::Return | TerminatorKind::Unreachable => {}
            TerminatorKind::Drop { target, .. } | TerminatorKind::Assert { target, .. } => f(*target),
            TerminatorKind::Call { target, .. } => target.iter().for_each(|b| f(*b)),
        }
    }
    /// The one with this number in that order.
    pub fn successor(&self, n: usize) -> Option<BlockId> {
        match self {
            TerminatorKind::Switch { targets, otherwise, .. } => match targets.get(n) {
                Some((_, b)) => Some(*b),
                None => (n == targets.len()).then_some(*otherwise),
            },
            TerminatorKind::Return | TerminatorKind::Unreachable => None,
            TerminatorKind::Goto(b)
            | TerminatorKind::Drop { target: b, .. }
            | TerminatorKind::Assert { target: b, .. } => (n == 0).then_some(*b),
            TerminatorKind::Call { target, .. } => target.filter(|_| n == 0),
        }
    }
    /// The same, to be redirected.
    pub fn for_successors_mut(&mut self, mut f: impl FnMut(&mut BlockId)) {
        match self {
            TerminatorKind::Goto(b) => f(b),
            TerminatorKind::Switch { targets, otherwise, .. } => {
                targets.iter_mut().for_each(|(_, b)| f(b));
                f(otherwise);
            }
            TerminatorKind::Return | TerminatorKind::Unreachable => {}
            TerminatorKind::Drop { target, .. } | TerminatorKind::Assert { target, .. } => f(target),
            TerminatorKind::Call { target, .. } => target.iter_mut().for_each(f),
        }
    }
}

impl Statement {
    /// `place = rvalue` at a span.
    pub fn assign(place: impl Into<Place>, rvalue: Rvalue, span: Span) -> Statement {
        Statement { kind: StatementKind::Assign(place.into(), rvalue), span }
    }
}

impl Operand {
    /// A value without bytes.
    pub fn zero_sized(ty: Ty) -> Operand {
        Operand::Constant(Constant { kind: ConstantKind::ZeroSized, ty })
    }
    /// A `usize`.
    pub fn usize(n: u64) -> Operand {
        Operand::scalar(n as u128, Ty::usize())
    }
    /// Bits of a scalar constant.
    pub fn as_scalar(&self) -> Option<u128> {
        match self {
            Operand::Constant(Constant { kind: ConstantKind::Scalar(bits), .. }) => Some(*bits),
            _ => None,
        }
    }
}

impl AssertMessage {
    /// The lang item of our std that a failed assertion calls: with the position alone, or `index, len` before it.
    pub fn lang_function(&self) -> &'static str {
        match self {
            AssertMessage::Overflow(op) => match op {
                BinOp::Add => "panic_add_overflow",
                BinOp::Sub => "panic_sub_overflow",
                BinOp::Mul => "panic_mul_overflow",
                BinOp::Div => "panic_div_overflow",
                BinOp::Rem => "panic_rem_overflow",
                BinOp::Shl => "panic_shl_overflow",
                BinOp::Shr => "panic_shr_overflow",
                other => crate::bug!("{other:?} does not overflow"),
            },
            AssertMessage::OverflowNeg => "panic_neg_overflow",
            AssertMessage::DivisionByZero => "panic_div_by_zero",
            AssertMessage::RemainderByZero => "panic_rem_by_zero",
            AssertMessage::BoundsCheck { .. } => "panic_bounds_check",
        }
    }

    /// Failure code of the task ABI and text, as Rust words it. A bounds check's text has numbers in it and is made
    /// at run time.
    pub fn code_and_text(&self) -> (u32, &'static str) {
        match self {
            AssertMessage::Overflow(op) => (
                3,
                match op {
                    BinOp::Add => "attempt to add with overflow",
                    BinOp::Sub => "attempt to subtract with overflow",
                    BinOp::Mul => "attempt to multiply with overflow",
                    BinOp::Div => "attempt to divide with overflow",
                    BinOp::Rem => "attempt to calculate the remainder with overflow",
                    BinOp::Shl => "attempt to shift left with overflow",
                    BinOp::Shr => "attempt to shift right with overflow",
                    _ => "arithmetic overflow",
                },
            ),
            AssertMessage::OverflowNeg => (3, "attempt to negate with overflow"),
            AssertMessage::DivisionByZero => (4, "attempt to divide by zero"),
            AssertMessage::RemainderByZero => {
                (4, "attempt to calculate the remainder with a divisor of zero")
            }
            AssertMessage::BoundsCheck { .. } => (2, "index out of bounds"),
        }
    }
}
