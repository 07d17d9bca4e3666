//! Computes what is known.

use std::collections::HashMap;

use cloudc_frontend::index::Idx;
use cloudc_frontend::mir::visit::VisitorMut;
use cloudc_frontend::mir::*;
use cloudc_frontend::ty::{Ty, TyKind};

use super::{MirPass, PassCx};
use crate::facts::Uses;
use crate::interp::{Computed, arithmetic, tag_place};
use crate::scalar::{self, Num};

/// Replaces rvalues with constant operands by their value, uses of locals that hold one constant by it, and intrinsics
/// that ask for a layout by the answer.
pub struct FoldConstants;

impl MirPass for FoldConstants {
    fn name(&self) -> &'static str {
        "fold-constants"
    }
    fn run(&self, cx: &PassCx<'_>, body: &mut Body) {
        // Each round folds what the last one made constant.
        for _ in 0..4 {
            fold_intrinsics(cx, body);
            fold_rvalues(cx, body);
            if !propagate(body) {
                break;
            }
        }
    }
}

fn fold_intrinsics(cx: &PassCx<'_>, body: &mut Body) {
    for block in body.blocks.iter_mut() {
        let TerminatorKind::Call { callee: Callee::Intrinsic(name, generic), args, destination, target } =
            &block.terminator.kind
        else {
            continue;
        };
        let Some(target) = *target else { continue };
        let ty = generic.first().and_then(|a| a.as_type());
        let known = ty.and_then(|ty| match name.as_str() {
            "size_of" => Some(Operand::usize(cx.layouts.of(ty).size)),
            "align_of" => Some(Operand::usize(cx.layouts.of(ty).align)),
            "tag_offset" => Some(Operand::usize(tag_place(cx.layouts, ty).0)),
            "tag_size" => Some(Operand::usize(tag_place(cx.layouts, ty).1)),
            "size_of_val" if cx.layouts.is_sized(ty) => Some(Operand::usize(cx.layouts.of(ty).size)),
            name => {
                let num = Num::of(ty)?;
                let mut values = [0; 3];
                for (value, arg) in values.iter_mut().zip(args) {
                    *value = arg.as_scalar()?;
                }
                match arithmetic(name, num, values).filter(|_| !args.is_empty())? {
                    Computed::Same(bits) => Some(Operand::scalar(bits, ty)),
                    Computed::Count(n) => Some(Operand::scalar(n as u128, Ty::u32())),
                    Computed::Flagged(..) => None,
                }
            }
        });
        if let Some(value) = known {
            let span = block.terminator.span;
            block.statements.push(Statement::assign(destination.clone(), Rvalue::Use(value), span));
            block.terminator.kind = TerminatorKind::Goto(target);
        }
    }
}

fn fold_rvalues(cx: &PassCx<'_>, body: &mut Body) {
    for b in body.blocks.indices() {
        for i in 0..body.blocks[b].statements.len() {
            let StatementKind::Assign(place, rvalue) = &body.blocks[b].statements[i].kind else { continue };
            let Some(new) = fold(cx, body, place, rvalue) else { continue };
            if let StatementKind::Assign(_, rvalue) = &mut body.blocks[b].statements[i].kind {
                *rvalue = new;
            }
        }
    }
}

fn fold(cx: &PassCx<'_>, body: &Body, place: &Place, rvalue: &Rvalue) -> Option<Rvalue> {
    let constant = |bits, ty| Some(Rvalue::Use(Operand::scalar(bits, ty)));
    match rvalue {
        Rvalue::Binary(op, a, b) => {
            let ty = body.operand_ty(a);
            let (Some(x), Some(y)) = (a.as_scalar(), b.as_scalar()) else { return simplify(*op, ty, a, b) };
            let bits = scalar::binary(*op, Num::of(ty)?, x, y)?;
            // What a NaN looks like is the target's affair.
            let result = if op.is_comparison() { Ty::bool() } else { ty };
            if result.is_float() && is_nan(bits, result) {
                return None;
            }
            constant(bits, result)
        }
        Rvalue::CheckedBinary(op, a, b) => {
            let ty = body.operand_ty(a);
            let (bits, flag) = scalar::checked(*op, Num::of(ty)?, a.as_scalar()?, b.as_scalar()?)?;
            let parts = vec![Operand::scalar(bits, ty), Operand::scalar(flag as u128, Ty::bool())];
            Some(Rvalue::Aggregate(AggregateKind::Tuple, parts))
        }
        Rvalue::Unary(op, a) => {
            let ty = body.operand_ty(a);
            constant(scalar::unary(*op, Num::of(ty)?, a.as_scalar()?), ty)
        }
        Rvalue::Cast(CastKind::Prim(kind), a, to) => {
            if matches!(kind, PrimCast::PtrToPtr | PrimCast::PtrInt | PrimCast::Coercion) {
                return None;
            }
            let from = Num::of(body.operand_ty(a))?;
            let bits = scalar::convert(from, Num::of(*to)?, a.as_scalar()?);
            if to.is_float() && is_nan(bits, *to) {
                return None;
            }
            constant(bits, *to)
        }
        Rvalue::Cast(CastKind::Transmute, a, to) if body.operand_ty(a) == *to => Some(Rvalue::Use(a.clone())),
        Rvalue::Len(p) => match body.place_ty(p).kind() {
            TyKind::Array(_, n) => Some(Rvalue::Use(Operand::usize(n.as_u64()?))),
            _ => None,
        },
        // A type without bytes has one value.
        Rvalue::Use(Operand::Copy(_) | Operand::Move(_)) => {
            let ty = body.place_ty(place);
            let plain = matches!(ty.kind(), TyKind::Tuple(_) | TyKind::FnDef(..) | TyKind::Adt(..));
            (plain && cx.layouts.of(ty).abi == crate::layout::Abi::Zst && !cx.layouts.of(ty).uninhabited)
                .then(|| Rvalue::Use(Operand::zero_sized(ty)))
        }
        _ => None,
    }
}

/// Operators with a neutral or deciding constant, on integers and `bool`.
fn simplify(op: BinOp, ty: Ty, a: &Operand, b: &Operand) -> Option<Rvalue> {
    if ty.is_float() || ty.scalar_bits().is_none() {
        return None;
    }
    let ones = if *ty.kind() == TyKind::Bool { 1 } else { u128::MAX >> (128 - ty.scalar_bits()?) };
    let keep = |o: &Operand| Some(Rvalue::Use(o.clone()));
    match (op, a.as_scalar(), b.as_scalar()) {
        (BinOp::BitAnd, Some(0), _) | (BinOp::BitOr, Some(_), _) if a.as_scalar() == decides(op, ones) => {
            keep(a)
        }
        (BinOp::BitAnd, _, Some(0)) | (BinOp::BitOr, _, Some(_)) if b.as_scalar() == decides(op, ones) => {
            keep(b)
        }
        (BinOp::Mul, Some(0), _) => keep(a),
        (BinOp::Mul, _, Some(0)) => keep(b),
        (BinOp::BitAnd, Some(n), _) if n == ones => keep(b),
        (BinOp::BitAnd, _, Some(n)) if n == ones => keep(a),
        (BinOp::Add | BinOp::BitOr | BinOp::BitXor, Some(0), _) | (BinOp::Mul, Some(1), _) => keep(b),
        (BinOp::Add | BinOp::Sub | BinOp::BitOr | BinOp::BitXor | BinOp::Shl | BinOp::Shr, _, Some(0))
        | (BinOp::Mul | BinOp::Div, _, Some(1)) => keep(a),
        // `b == true` is `b`, `b != false` too.
        (BinOp::Eq, _, Some(1)) | (BinOp::Ne, _, Some(0)) if *ty.kind() == TyKind::Bool => keep(a),
        _ => None,
    }
}

/// The constant that decides an operator whatever the other operand is.
fn decides(op: BinOp, ones: u128) -> Option<u128> {
    match op {
        BinOp::BitAnd => Some(0),
        BinOp::BitOr => Some(ones),
        _ => None,
    }
}

fn is_nan(bits: u128, ty: Ty) -> bool {
    match ty.scalar_bits() {
        Some(32) => f32::from_bits(bits as u32).is_nan(),
        _ => f64::from_bits(bits as u64).is_nan(),
    }
}

/// Puts constants in place of locals that hold one all their life. Whether there were any.
fn propagate(body: &mut Body) -> bool {
    let uses = Uses::of(body);
    let mut known: HashMap<Local, Constant> = HashMap::new();
    let mut parts: HashMap<Local, Vec<Option<Constant>>> = HashMap::new();
    for block in &body.blocks {
        for s in &block.statements {
            let StatementKind::Assign(place, rvalue) = &s.kind else { continue };
            let Some(local) = place.as_local().filter(|l| l.index() > body.arg_count && uses.is_single(*l))
            else {
                continue;
            };
            match rvalue {
                Rvalue::Use(Operand::Constant(c)) if uses.locals[local].reads > 0 => {
                    known.insert(local, c.clone());
                }
                Rvalue::Aggregate(AggregateKind::Tuple, ops) if uses.locals[local].reads > 0 => {
                    let of = |o: &Operand| match o {
                        Operand::Constant(c) => Some(c.clone()),
                        _ => None,
                    };
                    if ops.iter().any(|o| of(o).is_some()) {
                        parts.insert(local, ops.iter().map(of).collect());
                    }
                }
                _ => {}
            }
        }
    }
    if known.is_empty() && parts.is_empty() {
        return false;
    }
    let mut put = PutConstants { known, parts, changed: false };
    put.visit_body(body);
    put.changed
}

struct PutConstants {
    known: HashMap<Local, Constant>,
    parts: HashMap<Local, Vec<Option<Constant>>>,
    changed: bool,
}

impl VisitorMut for PutConstants {
    fn visit_operand(&mut self, operand: &mut Operand, at: Location) {
        if let Operand::Copy(p) | Operand::Move(p) = operand {
            let constant = match p.projection[..] {
                [] => self.known.get(&p.local).cloned(),
                [Projection::Field(n, _)] => {
                    self.parts.get(&p.local).and_then(|ps| ps.get(n as usize).cloned().flatten())
                }
                _ => None,
            };
            if let Some(constant) = constant {
                *operand = Operand::Constant(constant);
                self.changed = true;
                return;
            }
        }
        self.walk_operand(operand, at);
    }
    fn visit_place(&mut self, place: &mut Place, how: visit::PlaceUse, at: Location) {
        // An index that is a small constant needs no local.
        for step in &mut place.projection {
            if let Projection::Index(l) = step
                && let Some(Constant { kind: ConstantKind::Scalar(n), .. }) = self.known.get(l)
                && let Ok(offset) = u64::try_from(*n)
            {
                *step = Projection::ConstantIndex { offset, from_end: false };
                self.changed = true;
            }
        }
        self.walk_place(place, how, at);
    }
}
