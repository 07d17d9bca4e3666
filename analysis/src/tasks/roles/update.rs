//! Variables a loop only updates: `s = s ⊕ e` in all its spellings.

use cloudc_frontend::mir::visit::PlaceUse;
use cloudc_frontend::mir::{
    BinOp, Callee, Local, Operand, Place, Projection, Rvalue, StatementKind, TerminatorKind,
};
use cloudc_frontend::ty::{Ty, TyKind, UintTy};

use super::super::flow::Definition;
use super::{Look, Role, Touch};

/// Operators that join partial results exactly, in any grouping.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reduction {
    /// `&=`
    And,
    /// `|=`
    Or,
    /// `^=`
    Xor,
    /// `wrapping_add`
    WrappingSum,
    /// `wrapping_mul`
    WrappingProduct,
    /// `s = s.min(e)`
    Least,
    /// `s = s.max(e)`
    Greatest,
}

impl Reduction {
    /// The lang name of its `Join`.
    pub fn join(self) -> &'static str {
        match self {
            Reduction::And => "join_and",
            Reduction::Or => "join_or",
            Reduction::Xor => "join_xor",
            Reduction::WrappingSum => "join_wrapping_sum",
            Reduction::WrappingProduct => "join_wrapping_product",
            Reduction::Least => "join_least",
            Reduction::Greatest => "join_greatest",
        }
    }

    /// The value that changes nothing, as bits of the type.
    pub fn neutral(self, ty: Ty) -> Option<u128> {
        let bits = ty.scalar_bits()?;
        let all = u128::MAX >> (128 - bits);
        Some(match (self, ty.kind()) {
            (Reduction::And, TyKind::Bool) | (Reduction::WrappingProduct, _) => 1,
            (Reduction::And, _) => all,
            // A NaN loses against every number.
            (Reduction::Least | Reduction::Greatest, TyKind::Float(_)) if bits == 32 => 0x7fc0_0000,
            (Reduction::Least | Reduction::Greatest, TyKind::Float(_)) => 0x7ff8 << 48,
            (Reduction::Least, TyKind::Uint(_)) => all,
            (Reduction::Least, _) => all >> 1,
            (Reduction::Greatest, TyKind::Int(_)) => 1 << (bits - 1),
            _ => 0,
        })
    }
}

/// Numbers `f64` operators are known by in std's `Terms`.
fn term_operator(op: BinOp) -> Option<u8> {
    match op {
        BinOp::Add => Some(0),
        BinOp::Sub => Some(1),
        BinOp::Mul => Some(2),
        BinOp::Div => Some(3),
        _ => None,
    }
}

impl Look<'_> {
    /// The role of a number that every touch updates in the same way.
    pub(super) fn accumulator(&self, local: Local, touches: &[Touch]) -> Option<Role> {
        let ty = self.body.locals[local].ty;
        if !ty.is_integral() && !ty.is_float() && !matches!(ty.kind(), TyKind::Bool) {
            return None;
        }
        let mut role = None;
        let (mut stores, mut reads) = (0, 0);
        for touch in touches {
            if touch.indirect || !touch.place.projection.is_empty() {
                return None;
            }
            match touch.how {
                PlaceUse::Copy | PlaceUse::Move => reads += 1,
                PlaceUse::Store | PlaceUse::Result => {
                    let found = self.update(local, touch)?;
                    if role.as_ref().is_some_and(|r| *r != found) {
                        return None;
                    }
                    role = Some(found);
                    stores += 1;
                }
                _ => return None,
            }
        }
        // Every read feeds an update.
        (reads == stores).then_some(role).flatten()
    }

    /// The form of the update that a store to `local` ends.
    fn update(&self, local: Local, store: &Touch) -> Option<Role> {
        let block = &self.body.blocks[store.at.block];
        let Some(statement) = block.statements.get(store.at.statement) else {
            let TerminatorKind::Call { callee, args, .. } = &block.terminator.kind else { return None };
            return self.update_call(local, callee, args);
        };
        let StatementKind::Assign(_, rvalue) = &statement.kind else { return None };
        self.update_rvalue(local, rvalue)
    }

    /// Whether an operand is the variable, or a copy made in this round that nothing else uses.
    pub(super) fn reads(&self, operand: &Operand, local: Local) -> bool {
        let Some(mut from) = operand.place().and_then(Place::as_local) else { return false };
        for _ in 0..16 {
            if from == local {
                return true;
            }
            let Some((Definition::Assign(Rvalue::Use(next)), _)) = self.definitions.of(from) else {
                return false;
            };
            let Some(next) = next.place().and_then(Place::as_local) else { return false };
            if !self.is_used_once(from) {
                return false;
            }
            from = next;
        }
        false
    }

    /// Whether a value is used in one place only; whether it overflowed does not count.
    pub(super) fn is_used_once(&self, local: Local) -> bool {
        let uses = self
            .mentions(local)
            .into_iter()
            .filter(|t| t.how.is_read() && !matches!(t.place.projection[..], [Projection::Field(1, _)]));
        uses.count() == 1
    }

    fn update_rvalue(&self, local: Local, rvalue: &Rvalue) -> Option<Role> {
        let is_float = self.body.locals[local].ty.is_float();
        match rvalue {
            Rvalue::Use(operand) => {
                let place = operand.place()?;
                // A partial result that is used otherwise ties this round to those before.
                if !self.is_used_once(place.local) {
                    return None;
                }
                // `s = move _t.0` with `_t = CheckedBinary(Add, s, e)`, or `s = move _t`.
                match (self.definitions.of(place.local)?.0, &place.projection[..]) {
                    (Definition::Assign(checked @ Rvalue::CheckedBinary(..)), [Projection::Field(0, _)]) => {
                        self.update_rvalue(local, checked)
                    }
                    (Definition::Assign(inner @ (Rvalue::Binary(..) | Rvalue::Use(_))), []) => {
                        self.update_rvalue(local, inner)
                    }
                    (Definition::Call(callee, args), []) => self.update_call(local, callee, args),
                    _ => None,
                }
            }
            Rvalue::CheckedBinary(op, a, b) if self.reads(a, local) != self.reads(b, local) => match op {
                BinOp::Add => Some(Role::Sum),
                BinOp::Mul => Some(Role::Product),
                _ => None,
            },
            Rvalue::Binary(op, a, b) if self.reads(a, local) != self.reads(b, local) => match op {
                _ if is_float => {
                    let commutes = matches!(op, BinOp::Add | BinOp::Mul);
                    let how = term_operator(*op)?;
                    (commutes || self.reads(a, local)).then_some(Role::Terms { how })
                }
                BinOp::BitAnd => Some(Role::Reduce(Reduction::And)),
                BinOp::BitOr => Some(Role::Reduce(Reduction::Or)),
                BinOp::BitXor => Some(Role::Reduce(Reduction::Xor)),
                // Without a check, numbers wrap.
                BinOp::Add => Some(Role::Reduce(Reduction::WrappingSum)),
                BinOp::Mul => Some(Role::Reduce(Reduction::WrappingProduct)),
                _ => None,
            },
            _ => None,
        }
    }

    fn update_call(&self, local: Local, callee: &Callee, args: &[Operand]) -> Option<Role> {
        let name = match callee {
            Callee::Intrinsic(name, _) => name.as_str(),
            Callee::Func(func) if self.program.functions[*func].is_std => {
                self.program.functions[*func].skeleton.map_or("", |s| s.as_str())
            }
            _ => return None,
        };
        let [a, b] = args else { return None };
        let first = self.reads(a, local);
        if first == self.reads(b, local) {
            return None;
        }
        let ty = self.body.locals[local].ty;
        // With floats, the earlier of two equal values stays only if it comes first.
        let ordered = ty.is_integral() || ty.is_float() && first;
        match name {
            "wrapping_add" => Some(Role::Reduce(Reduction::WrappingSum)),
            "wrapping_mul" => Some(Role::Reduce(Reduction::WrappingProduct)),
            "least" if ordered => Some(Role::Reduce(Reduction::Least)),
            "greatest" if ordered => Some(Role::Reduce(Reduction::Greatest)),
            _ => None,
        }
    }

    /// Whether adding values of this form to a number never makes it smaller.
    pub(super) fn grows(&self, ty: Ty, by: &Operand) -> bool {
        match ty.kind() {
            TyKind::Uint(
                UintTy::U8 | UintTy::U16 | UintTy::U32 | UintTy::U64 | UintTy::U128 | UintTy::Usize,
            ) => true,
            TyKind::Int(_) => match (by.as_scalar(), ty.scalar_bits()) {
                (Some(n), Some(bits)) => n >> (bits - 1) & 1 == 0,
                _ => false,
            },
            _ => false,
        }
    }
}
