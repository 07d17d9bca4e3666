//! Expressions as rvalues: operators with their checks, conversions, compound values.

use super::*;
use crate::lower::thir::ExprKind;
use crate::lower::thir::promote::Promotion;
use crate::ty::TyKind;

impl Builder<'_, '_> {
    /// Builds an rvalue that is used before anything else is built.
    pub(super) fn as_rvalue(&mut self, e: ThirId) -> Rvalue {
        let thir = self.thir;
        let expr = &thir.exprs[e];
        match &expr.kind {
            ExprKind::Repeat(of, n) => {
                if n.as_u64() == Some(0) {
                    // The value is made and dropped.
                    self.as_temp(*of, expr.temp);
                    let element = thir.exprs[*of].ty;
                    Rvalue::Aggregate(AggregateKind::Array(element), Vec::new())
                } else {
                    Rvalue::Repeat(self.as_operand(*of), *n)
                }
            }
            ExprKind::Binary(op, l, r) => {
                let mut operands = self.as_operands(&[*l, *r]).into_iter();
                match (operands.next(), operands.next()) {
                    (Some(l), Some(r)) => self.binary(*op, l, r, thir.exprs[e].ty, expr.span, self.lhs_ty(e)),
                    _ => Rvalue::Use(Operand::unit()),
                }
            }
            ExprKind::Unary(op, of) => {
                let operand = self.as_operand(*of);
                if *op == UnOp::Neg && expr.ty.is_signed() && !self.wraps {
                    let (operand, again) = self.twice(operand, expr.ty, expr.span);
                    let least = Operand::scalar(least_bits(expr.ty), expr.ty);
                    let is_least = self.new_temp(Ty::bool(), expr.span);
                    self.assign(is_least, Rvalue::Binary(BinOp::Eq, again, least), expr.span);
                    self.assert(is_least, false, AssertMessage::OverflowNeg, expr.span);
                    return Rvalue::Unary(*op, operand);
                }
                Rvalue::Unary(*op, operand)
            }
            ExprKind::Cast(kind, of) => {
                let from = thir.exprs[*of].ty;
                if let (CastKind::Prim(PrimCast::IntToInt), TyKind::Adt(..)) = (kind, from.kind()) {
                    return self.enum_to_int(*of, expr.ty, expr.span);
                }
                Rvalue::Cast(*kind, self.as_operand(*of), expr.ty)
            }
            ExprKind::Array(es) => {
                let element = match expr.ty.kind() {
                    TyKind::Array(t, _) => *t,
                    _ => Ty::error(),
                };
                Rvalue::Aggregate(AggregateKind::Array(element), self.as_operands(es))
            }
            ExprKind::Tuple(es) => match es[..] {
                [] => Rvalue::Use(Operand::unit()),
                _ => Rvalue::Aggregate(AggregateKind::Tuple, self.as_operands(es)),
            },
            ExprKind::Closure(info) => self.closure(info, expr.span),
            ExprKind::Borrow { kind, of, promote: promote @ (Promotion::No | Promotion::Temporary) } => {
                let place = self.as_place(*of);
                if *promote == Promotion::Temporary {
                    self.constant_temps.insert(place.local);
                }
                self.operand_spans.push((place.clone(), expr.span));
                Rvalue::Ref(*kind, place)
            }
            ExprKind::RawBorrow(mutability, of) => {
                let place = self.as_place(*of);
                Rvalue::RawRef(*mutability, place)
            }
            _ => Rvalue::Use(self.as_operand(e)),
        }
    }

    fn lhs_ty(&self, e: ThirId) -> Ty {
        match self.thir.exprs[e].kind {
            ExprKind::Binary(_, l, _) | ExprKind::AssignOp(_, l, _) => self.thir.exprs[l].ty,
            _ => Ty::error(),
        }
    }

    /// `e as i32` of an enum without fields: its discriminant.
    fn enum_to_int(&mut self, of: ThirId, to: Ty, span: Span) -> Rvalue {
        let TyKind::Adt(def, _) = *self.thir.exprs[of].ty.kind() else {
            return Rvalue::Use(Operand::unit());
        };
        let place = self.as_place(of);
        let ty = self.tcx.discriminant_ty(def);
        let discriminant = self.new_temp(ty, span);
        self.assign(discriminant, Rvalue::Discriminant(place), span);
        Rvalue::Cast(CastKind::Prim(PrimCast::IntToInt), Operand::Move(discriminant.into()), to)
    }

    /// An operand that is used twice: saved if reading moves it.
    fn twice(&mut self, operand: Operand, ty: Ty, span: Span) -> (Operand, Operand) {
        match operand {
            Operand::Move(place) if self.body.locals[place.local].name.is_some() => {
                let temp = self.new_temp(ty, span);
                self.assign(temp, Rvalue::Use(Operand::Move(place)), span);
                (Operand::Copy(temp.into()), Operand::Copy(temp.into()))
            }
            Operand::Move(place) => (Operand::Copy(place.clone()), Operand::Copy(place)),
            other => (other.clone(), other),
        }
    }

    /// A built-in operator with the checks rustc makes in debug builds.
    pub(super) fn binary(
        &mut self,
        op: BinOp,
        l: Operand,
        r: Operand,
        ty: Ty,
        span: Span,
        operand_ty: Ty,
    ) -> Rvalue {
        if !operand_ty.is_integral() {
            return Rvalue::Binary(op, l, r);
        }
        match op {
            BinOp::Add | BinOp::Sub | BinOp::Mul | BinOp::Shl | BinOp::Shr if !self.wraps => {
                let pair = self.new_temp(Ty::tuple(&[ty, Ty::bool()]), span);
                self.assign(pair, Rvalue::CheckedBinary(op, l, r), span);
                let pair = Place::local(pair);
                let next = self.new_block();
                self.terminate(
                    TerminatorKind::Assert {
                        cond: Operand::Move(pair.field(1, Ty::bool())),
                        expected: false,
                        message: AssertMessage::Overflow(op),
                        target: next,
                    },
                    span,
                    next,
                );
                Rvalue::Use(Operand::Move(pair.field(0, ty)))
            }
            BinOp::Div | BinOp::Rem => {
                let (r, r_again) = self.twice(r, ty, span);
                let divisor = constant_bits(&r);
                if divisor.is_none_or(|bits| bits == 0) {
                    let is_zero = self.new_temp(Ty::bool(), span);
                    self.assign(
                        is_zero,
                        Rvalue::Binary(BinOp::Eq, r_again.clone(), Operand::scalar(0, ty)),
                        span,
                    );
                    let message = match op {
                        BinOp::Div => AssertMessage::DivisionByZero,
                        _ => AssertMessage::RemainderByZero,
                    };
                    self.assert(is_zero, false, message, span);
                }
                let minus_one = crate::lower::const_value::truncate(u128::MAX, ty);
                if ty.is_signed() && divisor.is_none_or(|bits| bits == minus_one) {
                    let (l, l_again) = self.twice(l, ty, span);
                    let is_minus_one = self.new_temp(Ty::bool(), span);
                    let is_least = self.new_temp(Ty::bool(), span);
                    let overflows = self.new_temp(Ty::bool(), span);
                    let minus_one = Operand::scalar(minus_one, ty);
                    let least = Operand::scalar(least_bits(ty), ty);
                    self.assign(is_minus_one, Rvalue::Binary(BinOp::Eq, r_again, minus_one), span);
                    self.assign(is_least, Rvalue::Binary(BinOp::Eq, l_again, least), span);
                    let both = Rvalue::Binary(
                        BinOp::BitAnd,
                        Operand::Move(is_minus_one.into()),
                        Operand::Move(is_least.into()),
                    );
                    self.assign(overflows, both, span);
                    self.assert(overflows, false, AssertMessage::Overflow(op), span);
                    return Rvalue::Binary(op, l, r);
                }
                Rvalue::Binary(op, l, r)
            }
            _ => Rvalue::Binary(op, l, r),
        }
    }
}

fn constant_bits(operand: &Operand) -> Option<u128> {
    match operand {
        Operand::Constant(Constant { kind: ConstantKind::Scalar(bits), .. }) => Some(*bits),
        _ => None,
    }
}

/// Bits of the least value of a signed type.
fn least_bits(ty: Ty) -> u128 {
    ty.scalar_bits().map_or(0, |n| 1u128 << (n - 1))
}
