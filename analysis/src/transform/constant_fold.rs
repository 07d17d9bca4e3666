//! Computes what is known at compile time.

use cloudc_frontend::index::IndexVec;
use cloudc_frontend::mir::traversal::{predecessors, reverse_postorder};
use cloudc_frontend::mir::visit::{PlaceUse, VisitorMut};
use cloudc_frontend::mir::{
    AggregateKind, BinOp, BlockId, Body, Callee, CastKind, Constant, ConstantKind, Local, Location, Operand,
    Place, PrimCast, Rvalue, Statement, StatementKind, Terminator, TerminatorKind, UnOp,
};
use cloudc_frontend::ty::{Ty, TyKind};

use super::run::{MirPass, PassCx};
use crate::dataflow::BitSet;
use crate::facts::{borrowed, in_statement, in_terminator, liveness::is_write};
use crate::interp::{Computed, arithmetic};
use crate::scalar::{self, Num};

/// Computes operators and conversions of constants, neutral operands, lengths of arrays, discriminants of what was just
/// built, and calls of known function pointers.
///
/// What a local holds is followed through straight lines of blocks, as long as nobody took its address.
pub struct ConstantFold;

impl MirPass for ConstantFold {
    fn name(&self) -> &'static str {
        "constant-fold"
    }
    fn run(&self, _cx: &PassCx<'_>, body: &mut Body) -> bool {
        let borrowed = borrowed::borrowed(body);
        let preds = predecessors(body);
        let mut at_ends: IndexVec<BlockId, Vec<(Local, Constant)>> =
            body.blocks.iter().map(|_| Vec::new()).collect();
        let mut changed = false;
        for block in reverse_postorder(body) {
            let known = match preds[block][..] {
                [only] => at_ends[only].clone(),
                _ => Vec::new(),
            };
            let mut fold = Fold { borrowed: &borrowed, known, changed: false };
            let mut statements = std::mem::take(&mut body.blocks[block].statements);
            for (i, statement) in statements.iter_mut().enumerate() {
                let at = Location { block, statement: i };
                fold.visit_statement(statement, at);
                if let StatementKind::Assign(_, rvalue) = &mut statement.kind
                    && let Some(new) = fold_rvalue(body, rvalue)
                {
                    *rvalue = new;
                    fold.changed = true;
                }
                fold.learn(statement, at);
            }
            body.blocks[block].statements = statements;
            let at = Location { block, statement: body.blocks[block].statements.len() };
            let mut terminator = body.blocks[block].terminator.clone();
            fold.visit_terminator(&mut terminator, at);
            if let TerminatorKind::Call { callee, .. } = &mut terminator.kind
                && let Callee::Value(Operand::Constant(Constant { kind: ConstantKind::Func(f), .. })) = callee
            {
                *callee = Callee::Func(*f);
                fold.changed = true;
            }
            if let Some((statement, target)) = fold_call(body, &terminator) {
                body.blocks[block].statements.push(statement);
                terminator.kind = TerminatorKind::Goto(target);
                fold.changed = true;
            }
            in_terminator(&terminator, at, |local, how, _| {
                if is_write(how) {
                    fold.known.retain(|(l, _)| *l != local);
                }
            });
            body.blocks[block].terminator = terminator;
            changed |= fold.changed;
            let leads_on = {
                let mut any = false;
                body.blocks[block].terminator.kind.for_successors(|s| any |= preds[s].len() == 1);
                any
            };
            if leads_on {
                at_ends[block] = fold.known;
            }
        }
        changed
    }
}

/// How many locals are followed at once; more would cost more than it finds.
const FOLLOWED: usize = 24;

struct Fold<'a> {
    borrowed: &'a BitSet<Local>,
    known: Vec<(Local, Constant)>,
    changed: bool,
}

impl Fold<'_> {
    fn learn(&mut self, statement: &Statement, at: Location) {
        in_statement(statement, at, |local, how, _| {
            if is_write(how) {
                self.known.retain(|(l, _)| *l != local);
            }
        });
        if let StatementKind::Assign(place, Rvalue::Use(Operand::Constant(constant))) = &statement.kind
            && let Some(local) = place.as_local()
            && !self.borrowed.contains(local)
            && matches!(constant.kind, ConstantKind::Scalar(_))
            && self.known.len() < FOLLOWED
        {
            self.known.push((local, constant.clone()));
        }
    }
}

impl VisitorMut for Fold<'_> {
    fn visit_operand(&mut self, operand: &mut Operand, _at: Location) {
        if let Some(local) = operand.place().and_then(Place::as_local)
            && let Some((_, constant)) = self.known.iter().find(|(l, _)| *l == local)
        {
            *operand = Operand::Constant(constant.clone());
            self.changed = true;
        }
    }
    fn visit_place(&mut self, _place: &mut Place, _how: PlaceUse, _at: Location) {}
}

/// An arithmetic intrinsic of constants as an assignment, and where it goes on.
fn fold_call(body: &Body, terminator: &Terminator) -> Option<(Statement, BlockId)> {
    let TerminatorKind::Call { callee: Callee::Intrinsic(name, _), args, destination, target } =
        &terminator.kind
    else {
        return None;
    };
    let first = args.first()?;
    let ty = body.operand_ty(first);
    ty.scalar_bits()?;
    let mut values = [0; 3];
    if args.len() > values.len() {
        return None;
    }
    for (value, arg) in values.iter_mut().zip(args) {
        *value = arg.as_scalar()?;
    }
    let to = body.place_ty(destination);
    let bits = match arithmetic(name.as_str(), Num::of(ty)?, values)? {
        Computed::Same(bits) => bits,
        Computed::Count(n) => n as u128,
        Computed::Flagged(..) => return None,
    };
    if is_nan(to, bits) {
        return None;
    }
    let value = Rvalue::Use(Operand::scalar(bits, to));
    Some((Statement::assign(destination.clone(), value, terminator.span), (*target)?))
}

/// A simpler form of an rvalue.
fn fold_rvalue(body: &Body, rvalue: &Rvalue) -> Option<Rvalue> {
    let constant = |bits: u128, ty: Ty| Some(Rvalue::Use(Operand::scalar(bits, ty)));
    match rvalue {
        Rvalue::Binary(op, a, b) => {
            let ty = body.operand_ty(a);
            let num = Num::of(ty)?;
            match (a.as_scalar(), b.as_scalar()) {
                (Some(x), Some(y)) => {
                    let bits = scalar::binary(*op, num, x, y)?;
                    let ty = if op.is_comparison() { Ty::bool() } else { ty };
                    // Which NaN comes out is for the machine to say.
                    (!is_nan(ty, bits)).then(|| Rvalue::Use(Operand::scalar(bits, ty)))
                }
                (None, None) => None,
                _ if ty.is_float() => None,
                _ => neutral(*op, ty, a, b),
            }
        }
        Rvalue::CheckedBinary(op, a, b) => {
            let ty = body.operand_ty(a);
            let num = Num::of(ty)?;
            let pair = |value: Operand, flag: bool| {
                let flag = Operand::scalar(flag as u128, Ty::bool());
                Some(Rvalue::Aggregate(AggregateKind::Tuple, vec![value, flag]))
            };
            match (a.as_scalar(), b.as_scalar()) {
                (Some(x), Some(y)) => {
                    let (bits, flag) = scalar::checked(*op, num, x, y)?;
                    pair(Operand::scalar(bits, ty), flag)
                }
                (_, Some(0)) if matches!(op, BinOp::Add | BinOp::Sub) => pair(a.clone(), false),
                (_, Some(1)) if *op == BinOp::Mul => pair(a.clone(), false),
                (Some(0), _) if *op == BinOp::Add => pair(b.clone(), false),
                (Some(1), _) if *op == BinOp::Mul => pair(b.clone(), false),
                _ => None,
            }
        }
        Rvalue::Unary(op, a) => {
            let ty = body.operand_ty(a);
            let bits = scalar::unary(*op, Num::of(ty)?, a.as_scalar()?);
            (!(is_nan(ty, bits) && *op == UnOp::Neg)).then(|| Rvalue::Use(Operand::scalar(bits, ty)))
        }
        Rvalue::Cast(kind, a, to) => {
            let from = body.operand_ty(a);
            if from == *to && !matches!(kind, CastKind::Unsize) {
                return Some(Rvalue::Use(a.clone()));
            }
            let bits = a.as_scalar()?;
            let plain = |ty: Ty| ty.scalar_bits().is_some();
            if !plain(from) || !plain(*to) {
                return None;
            }
            match kind {
                CastKind::Prim(
                    PrimCast::IntToInt | PrimCast::IntToFloat | PrimCast::FloatToInt | PrimCast::FloatToFloat,
                ) => {
                    let new = scalar::convert(Num::of(from)?, Num::of(*to)?, bits);
                    if is_nan(*to, new) { None } else { constant(new, *to) }
                }
                CastKind::Transmute if from.scalar_bits() == to.scalar_bits() => constant(bits, *to),
                _ => None,
            }
        }
        Rvalue::Len(place) => match body.place_ty(place).kind() {
            TyKind::Array(_, n) => constant(n.as_u64()? as u128, Ty::usize()),
            _ => None,
        },
        _ => None,
    }
}

fn is_nan(ty: Ty, bits: u128) -> bool {
    match Num::of(ty) {
        Some(Num::F32) => f32::from_bits(bits as u32).is_nan(),
        Some(Num::F64) => f64::from_bits(bits as u64).is_nan(),
        _ => false,
    }
}

/// `x + 0` and its like, of integers and `bool`.
fn neutral(op: BinOp, ty: Ty, a: &Operand, b: &Operand) -> Option<Rvalue> {
    let same = |o: &Operand| Some(Rvalue::Use(o.clone()));
    let zero = || Some(Rvalue::Use(Operand::scalar(0, ty)));
    let is_bool = ty == Ty::bool();
    match (a.as_scalar(), op, b.as_scalar()) {
        (None, BinOp::Add | BinOp::Sub | BinOp::BitOr | BinOp::BitXor | BinOp::Shl | BinOp::Shr, Some(0)) => {
            same(a)
        }
        (Some(0), BinOp::Add | BinOp::BitOr | BinOp::BitXor, None) => same(b),
        (None, BinOp::Mul | BinOp::Div, Some(1)) => same(a),
        (Some(1), BinOp::Mul, None) => same(b),
        (None, BinOp::Mul | BinOp::BitAnd, Some(0)) => zero(),
        (Some(0), BinOp::Mul | BinOp::BitAnd, None) => zero(),
        (None, BinOp::Eq | BinOp::BitAnd, Some(1)) if is_bool => same(a),
        (None, BinOp::Ne, Some(0)) if is_bool => same(a),
        (None, BinOp::Eq, Some(0)) | (None, BinOp::Ne, Some(1)) if is_bool => {
            Some(Rvalue::Unary(UnOp::Not, a.clone()))
        }
        // Nothing is below zero, and everything is at least that.
        (None, BinOp::Lt, Some(0)) if !ty.is_signed() => Some(Rvalue::Use(Operand::scalar(0, Ty::bool()))),
        (None, BinOp::Ge, Some(0)) if !ty.is_signed() => Some(Rvalue::Use(Operand::scalar(1, Ty::bool()))),
        _ => None,
    }
}
