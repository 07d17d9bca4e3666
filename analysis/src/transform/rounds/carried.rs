//! How one round changes what it carries to the next.

use std::collections::BTreeMap;

use cloudc_frontend::mir::{BinOp, Body, Local, Operand, Place, Projection, Rvalue};
use cloudc_frontend::ty::TyKind;

use super::counting::{Change, is_slice, same_steps};
use super::steps::{Step, StepKind};
use crate::scalar::Num;

/// A value in terms of that of a local where the round began.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Start {
    /// The number, and this much.
    Number(i128),
    /// The length of the slice, and this much.
    Length(i128),
    /// The pointer, or where the slice begins, and this many elements.
    Pointer(i128),
    /// A slice that begins so many elements later and is so much longer.
    Slice(i128, i128),
}

impl Start {
    fn plus(self, more: i128) -> Option<Start> {
        match self {
            Start::Number(n) => Some(Start::Number(n + more)),
            Start::Length(n) => Some(Start::Length(n + more)),
            Start::Pointer(n) => Some(Start::Pointer(n + more)),
            Start::Slice(..) => None,
        }
    }
}

/// How a round changes a local that it carries to the next.
pub fn by_one(body: &Body, round: &[Step], local: Local) -> Change {
    let ty = body.locals[local].ty;
    let start = match ty.kind() {
        _ if ty.is_integral() => Start::Number(0),
        TyKind::Ref(_, to, _) if matches!(to.kind(), TyKind::Slice(_)) => Start::Slice(0, 0),
        TyKind::RawPtr(to, _) if to.is_integral() || to.is_float() => Start::Pointer(0),
        _ => return Change::Unknown,
    };
    let mut known: BTreeMap<Local, Start> = BTreeMap::from([(local, start)]);
    for step in round {
        let value = in_terms_of(body, &known, step);
        if let Some(to) = step.target() {
            known.remove(&to);
            known.extend(value.map(|v| (to, v)));
        }
    }
    match known.get(&local) {
        Some(Start::Number(0) | Start::Pointer(0) | Start::Slice(0, 0)) => Change::None,
        Some(Start::Number(1) | Start::Pointer(1)) => Change::Up,
        Some(Start::Number(-1) | Start::Pointer(-1)) => Change::Down,
        Some(Start::Slice(1, -1)) => Change::Front,
        Some(Start::Slice(0, -1)) => Change::Back,
        _ => Change::Unknown,
    }
}

fn in_terms_of(body: &Body, known: &BTreeMap<Local, Start>, step: &Step) -> Option<Start> {
    let of = |o: &Operand| match o.place()?.projection[..] {
        [] | [Projection::Field(0, _)] => known.get(&o.place()?.local).copied(),
        _ => None,
    };
    let constant = |o: &Operand| Some(Num::of(body.operand_ty(o))?.signed(o.as_scalar()?));
    let behind = |place: &Place| match place.projection[..] {
        [Projection::Deref] => known.get(&place.local).copied(),
        _ => None,
    };
    match &step.kind {
        StepKind::Assign(_, Rvalue::Use(from)) => of(from),
        StepKind::Assign(_, Rvalue::Ref(_, place) | Rvalue::RawRef(_, place)) => behind(place),
        StepKind::Assign(_, Rvalue::Len(place)) => match behind(place)? {
            Start::Slice(_, length) => Some(Start::Length(length)),
            _ => None,
        },
        StepKind::Assign(_, Rvalue::Cast(kind, from, ty))
            if same_steps(*kind, body.operand_ty(from), *ty) =>
        {
            match of(from)? {
                Start::Slice(from, _) if !is_slice(*ty) => Some(Start::Pointer(from)),
                same => Some(same),
            }
        }
        StepKind::Assign(
            _,
            Rvalue::Binary(op @ (BinOp::Add | BinOp::Sub), a, b)
            | Rvalue::CheckedBinary(op @ (BinOp::Add | BinOp::Sub), a, b),
        ) => {
            let more = constant(b)?;
            of(a)?.plus(if *op == BinOp::Add { more } else { -more })
        }
        StepKind::Call(_, name, _, args) => match (name.as_str(), &args[..]) {
            ("offset", [from, by]) => of(from)?.plus(constant(by)?),
            ("slice_from_raw_parts" | "slice_from_raw_parts_mut", [from, length]) => {
                match (of(from)?, of(length)?) {
                    (Start::Pointer(from), Start::Length(length)) => Some(Start::Slice(from, length)),
                    _ => None,
                }
            }
            _ => None,
        },
        _ => None,
    }
}
