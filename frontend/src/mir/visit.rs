//! Walks over bodies. [`Visitor`] looks, [`VisitorMut`] changes; both call the same methods in the same order.
//!
//! Override a `visit_*` method and call the `walk_*` of the same name to go on inside.

use super::*;
use crate::index::Idx;
use crate::ty::{Args, Const, Ty};

/// What is done with a place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PlaceUse {
    /// Read; it stays.
    Copy,
    /// Read; it is uninitialised afterwards.
    Move,
    /// Its length or discriminant is read, or it is an index, or a pointer on the way to another place.
    Inspect,
    /// Overwritten by an assignment.
    Store,
    /// Overwritten by the result of a call.
    Result,
    /// A part of it is overwritten (only for locals).
    PartStore,
    /// Dropped.
    Drop,
    /// Borrowed shared.
    Borrow,
    /// Borrowed exclusively.
    BorrowMut,
    /// A raw pointer to it is taken.
    RawRef,
    /// Its storage begins or ends (only for locals).
    Storage,
}

impl PlaceUse {
    /// Whether the value is overwritten as a whole.
    pub fn is_overwrite(self) -> bool {
        matches!(self, PlaceUse::Store | PlaceUse::Result)
    }
    /// Whether a pointer to it comes into being.
    pub fn is_borrow(self) -> bool {
        matches!(self, PlaceUse::Borrow | PlaceUse::BorrowMut | PlaceUse::RawRef)
    }
    /// Whether its old value matters.
    pub fn is_read(self) -> bool {
        matches!(self, PlaceUse::Copy | PlaceUse::Move | PlaceUse::Inspect | PlaceUse::Drop)
            || self.is_borrow()
    }
}

macro_rules! visitor {
    ($(#[$doc:meta])* $name:ident, $($mutability:ident)?) => {
        $(#[$doc])*
        #[allow(missing_docs)]
        pub trait $name {
            fn visit_body(&mut self, body: &$($mutability)? Body) {
                self.walk_body(body);
            }
            fn visit_block(&mut self, id: BlockId, block: &$($mutability)? Block) {
                self.walk_block(id, block);
            }
            fn visit_statement(&mut self, statement: &$($mutability)? Statement, at: Location) {
                self.walk_statement(statement, at);
            }
            fn visit_terminator(&mut self, terminator: &$($mutability)? Terminator, at: Location) {
                self.walk_terminator(terminator, at);
            }
            fn visit_rvalue(&mut self, rvalue: &$($mutability)? Rvalue, at: Location) {
                self.walk_rvalue(rvalue, at);
            }
            fn visit_operand(&mut self, operand: &$($mutability)? Operand, at: Location) {
                self.walk_operand(operand, at);
            }
            fn visit_constant(&mut self, constant: &$($mutability)? Constant, at: Location) {
                self.walk_constant(constant, at);
            }
            fn visit_callee(&mut self, callee: &$($mutability)? Callee, at: Location) {
                self.walk_callee(callee, at);
            }
            fn visit_place(&mut self, place: &$($mutability)? Place, how: PlaceUse, at: Location) {
                self.walk_place(place, how, at);
            }
            /// A local: the base of a place (how the place uses it, as far as no pointer is between), or an index.
            fn visit_local(&mut self, _local: &$($mutability)? Local, _how: PlaceUse, _at: Location) {}
            fn visit_ty(&mut self, _ty: &$($mutability)? Ty) {}
            fn visit_args(&mut self, _args: &$($mutability)? Args) {}
            fn visit_const(&mut self, _constant: &$($mutability)? Const) {}

            fn walk_body(&mut self, body: &$($mutability)? Body) {
                for local in & $($mutability)? body.locals.raw {
                    self.visit_ty(& $($mutability)? local.ty);
                }
                for (i, block) in (& $($mutability)? body.blocks.raw).into_iter().enumerate() {
                    self.visit_block(BlockId::new(i), block);
                }
            }
            fn walk_block(&mut self, id: BlockId, block: &$($mutability)? Block) {
                let mut at = Location { block: id, statement: 0 };
                for statement in & $($mutability)? block.statements {
                    self.visit_statement(statement, at);
                    at.statement += 1;
                }
                self.visit_terminator(& $($mutability)? block.terminator, at);
            }
            /// The right-hand side first, then the place, as at run time.
            fn walk_statement(&mut self, statement: &$($mutability)? Statement, at: Location) {
                match & $($mutability)? statement.kind {
                    StatementKind::Assign(place, rvalue) => {
                        self.visit_rvalue(rvalue, at);
                        self.visit_place(place, PlaceUse::Store, at);
                    }
                    StatementKind::StorageLive(l) | StatementKind::StorageDead(l) => {
                        self.visit_local(l, PlaceUse::Storage, at);
                    }
                    StatementKind::Nop => {}
                }
            }
            fn walk_terminator(&mut self, terminator: &$($mutability)? Terminator, at: Location) {
                match & $($mutability)? terminator.kind {
                    TerminatorKind::Goto(_) | TerminatorKind::Unreachable => {}
                    TerminatorKind::Return => {
                        #[allow(unused_mut)]
                        let mut result = Local(0);
                        self.visit_local(& $($mutability)? result, PlaceUse::Move, at);
                    }
                    TerminatorKind::Switch { value, .. } => self.visit_operand(value, at),
                    TerminatorKind::Drop { place, .. } => self.visit_place(place, PlaceUse::Drop, at),
                    TerminatorKind::Call { callee, args, destination, .. } => {
                        self.visit_callee(callee, at);
                        for arg in args {
                            self.visit_operand(arg, at);
                        }
                        self.visit_place(destination, PlaceUse::Result, at);
                    }
                    TerminatorKind::Assert { cond, message, .. } => {
                        self.visit_operand(cond, at);
                        if let AssertMessage::BoundsCheck { len, index } = message {
                            self.visit_operand(len, at);
                            self.visit_operand(index, at);
                        }
                    }
                }
            }
            fn walk_rvalue(&mut self, rvalue: &$($mutability)? Rvalue, at: Location) {
                match rvalue {
                    Rvalue::Use(op) | Rvalue::Unary(_, op) => self.visit_operand(op, at),
                    Rvalue::Repeat(op, n) => {
                        self.visit_operand(op, at);
                        self.visit_const(n);
                    }
                    Rvalue::Ref(BorrowKind::Shared, place) => self.visit_place(place, PlaceUse::Borrow, at),
                    Rvalue::Ref(BorrowKind::Mut { .. }, place) => {
                        self.visit_place(place, PlaceUse::BorrowMut, at);
                    }
                    Rvalue::RawRef(_, place) => self.visit_place(place, PlaceUse::RawRef, at),
                    Rvalue::Len(place) | Rvalue::Discriminant(place) => {
                        self.visit_place(place, PlaceUse::Inspect, at);
                    }
                    Rvalue::Cast(_, op, ty) => {
                        self.visit_operand(op, at);
                        self.visit_ty(ty);
                    }
                    Rvalue::Binary(_, a, b) | Rvalue::CheckedBinary(_, a, b) => {
                        self.visit_operand(a, at);
                        self.visit_operand(b, at);
                    }
                    Rvalue::Aggregate(kind, ops) => {
                        match kind {
                            AggregateKind::Array(ty) => self.visit_ty(ty),
                            AggregateKind::Tuple => {}
                            AggregateKind::Adt(_, _, args) | AggregateKind::Closure(_, args) => {
                                self.visit_args(args);
                            }
                        }
                        for op in ops {
                            self.visit_operand(op, at);
                        }
                    }
                }
            }
            fn walk_operand(&mut self, operand: &$($mutability)? Operand, at: Location) {
                match operand {
                    Operand::Copy(place) => self.visit_place(place, PlaceUse::Copy, at),
                    Operand::Move(place) => self.visit_place(place, PlaceUse::Move, at),
                    Operand::Constant(constant) => self.visit_constant(constant, at),
                }
            }
            fn walk_constant(&mut self, constant: &$($mutability)? Constant, _at: Location) {
                match & $($mutability)? constant.kind {
                    ConstantKind::Param(c) => self.visit_const(c),
                    ConstantKind::Item(_, args) | ConstantKind::Promoted(_, _, args) => self.visit_args(args),
                    _ => {}
                }
                self.visit_ty(& $($mutability)? constant.ty);
            }
            fn walk_callee(&mut self, callee: &$($mutability)? Callee, at: Location) {
                match callee {
                    Callee::Def(_, args) | Callee::Intrinsic(_, args) => self.visit_args(args),
                    Callee::Func(_) => {}
                    Callee::Value(op) => self.visit_operand(op, at),
                }
            }
            fn walk_place(&mut self, place: &$($mutability)? Place, how: PlaceUse, at: Location) {
                let base = match (place.is_indirect(), place.projection.is_empty()) {
                    (true, _) => PlaceUse::Inspect,
                    (false, false) if how.is_overwrite() => PlaceUse::PartStore,
                    _ => how,
                };
                self.visit_local(& $($mutability)? place.local, base, at);
                for step in & $($mutability)? place.projection {
                    match step {
                        Projection::Field(_, ty) => self.visit_ty(ty),
                        Projection::Index(local) => self.visit_local(local, PlaceUse::Inspect, at),
                        _ => {}
                    }
                }
            }
        }
    };
}

visitor!(
    /// Looks at every part of a body.
    Visitor,
);
visitor!(
    /// Changes every part of a body. The result local of `return` is visited through a copy: it cannot be renamed.
    VisitorMut,
    mut
);
