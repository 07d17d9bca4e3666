//! How often a loop goes round: the items of its iterator, or where a variable that is counted starts and ends.

use cloudc_frontend::mir::{
    BinOp, BlockId, Body, Callee, Local, Operand, Place, Projection, Rvalue, StatementKind, TerminatorKind,
};
use cloudc_frontend::ty::TyKind;

use super::sizes::Sizes;
use super::work::Work;
use super::{HALVING, STEPS, TEXT_ITEMS};

/// How often the loop made of these blocks, its header first, goes round.
/// `own` are those that belong to no loop inside;
/// `unknown` is what is assumed of a loop without an iterator if nothing is known.
pub fn of_loop(
    sizes: &Sizes<'_>,
    header: BlockId,
    own: &[BlockId],
    blocks: &[BlockId],
    unknown: f64,
) -> Work {
    let body = sizes.body;
    if sizes.is_step {
        // An adaptor that goes on until there is something to give.
        return Work::guess(STEPS);
    }
    for &block in own {
        if let TerminatorKind::Call { callee: Callee::Func(func), args, .. } =
            &body.blocks[block].terminator.kind
            && sizes.program.functions[*func].instance.is_named("next")
            && let Some(iterator) = args.first().and_then(|i| iterated(sizes, i))
        {
            let is_text = match body.place_ty(&iterator).kind() {
                TyKind::Adt(def, _) => def.path.as_str().starts_with("std::str"),
                _ => false,
            };
            let unknown = if is_text { TEXT_ITEMS } else { sizes.unknown_trips };
            return sizes.items(&iterator).unwrap_or_else(|| Work::guess(unknown));
        }
    }
    counted(sizes, header, blocks).unwrap_or_else(|| Work::guess(unknown))
}

/// The place of the iterator that `next` is called with.
fn iterated(sizes: &Sizes<'_>, argument: &Operand) -> Option<Place> {
    let local = argument.place()?.as_local()?;
    Some(sizes.definitions.borrowed(local).cloned().unwrap_or_else(|| Place::local(local).deref()))
}

/// The rounds of a loop whose first test compares a variable that every round changes in the same way.
fn counted(sizes: &Sizes<'_>, header: BlockId, blocks: &[BlockId]) -> Option<Work> {
    let body = sizes.body;
    let mut block = header;
    let test = loop {
        match &body.blocks[block].terminator.kind {
            TerminatorKind::Goto(next) | TerminatorKind::Call { target: Some(next), .. }
                if blocks.contains(next) && *next != header =>
            {
                block = *next;
            }
            TerminatorKind::Switch { value, .. } => break value,
            _ => return None,
        }
    };
    let result = test.place()?.as_local()?;
    let (op, a, b) = body.blocks[block].statements.iter().rev().find_map(|s| match &s.kind {
        StatementKind::Assign(place, Rvalue::Binary(op, a, b)) if place.as_local() == Some(result) => {
            Some((*op, a, b))
        }
        _ => None,
    })?;
    let (low, high) = match op {
        BinOp::Lt | BinOp::Le | BinOp::Ne => (a, b),
        BinOp::Gt | BinOp::Ge => (b, a),
        _ => return None,
    };
    // `while i < n { i += step }`, or `while n > 0 { n -= step }` and `while n > 0 { n /= 10 }`.
    let variable = |operand: &Operand| copied(body, block, operand.place()?.as_local()?);
    if let Some(step) = variable(low).and_then(|l| change(body, blocks, l)) {
        return match step {
            Change::Up(by) => Some(sizes.value(high)?.scaled(1.0 / by)),
            Change::Down(_) | Change::Scaled if op == BinOp::Ne => from_start(sizes, variable(low)?, step),
            _ => None,
        };
    }
    let high = variable(high)?;
    from_start(sizes, high, change(body, blocks, high)?)
}

fn from_start(sizes: &Sizes<'_>, variable: Local, change: Change) -> Option<Work> {
    match change {
        Change::Down(by) => {
            let start = sizes.definitions.initial(variable).map(|d| d.0);
            let start = match start {
                Some(super::super::flow::Definition::Assign(Rvalue::Use(from))) => sizes.value(from),
                _ => sizes.value(&Operand::Copy(variable.into())),
            };
            Some(start?.scaled(1.0 / by))
        }
        Change::Scaled => Some(Work::guess(HALVING)),
        Change::Up(_) => None,
    }
}

/// The variable that a temporary of a block is a copy of, or the local itself.
fn copied(body: &Body, block: BlockId, local: Local) -> Option<Local> {
    let copy = body.blocks[block].statements.iter().rev().find_map(|s| match &s.kind {
        StatementKind::Assign(place, Rvalue::Use(from)) if place.as_local() == Some(local) => {
            from.place()?.as_local()
        }
        _ => None,
    });
    Some(copy.unwrap_or(local))
}

/// What a round does to a variable.
#[derive(Clone, Copy)]
enum Change {
    Up(f64),
    Down(f64),
    /// Divided, shifted or multiplied.
    Scaled,
}

fn change(body: &Body, blocks: &[BlockId], variable: Local) -> Option<Change> {
    let statements = || blocks.iter().flat_map(|b| &body.blocks[*b].statements);
    let made = |local: Local| {
        statements().find_map(|s| match &s.kind {
            StatementKind::Assign(place, rvalue) if place.as_local() == Some(local) => Some(rvalue),
            _ => None,
        })
    };
    let mut rvalue = made(variable)?;
    for _ in 0..4 {
        match rvalue {
            Rvalue::Binary(op, a, b) | Rvalue::CheckedBinary(op, a, b) => {
                let from = a.place()?.as_local()?;
                let is_own = from == variable
                    || matches!(made(from), Some(Rvalue::Use(o)) if o.place().and_then(Place::as_local) == Some(variable));
                let by = b.as_scalar().map(|n| (n as f64).max(1.0));
                return match (is_own, op) {
                    (false, _) => None,
                    (_, BinOp::Add) => Some(Change::Up(by.unwrap_or(1.0))),
                    (_, BinOp::Sub) => Some(Change::Down(by.unwrap_or(1.0))),
                    (_, BinOp::Div | BinOp::Shr | BinOp::Shl | BinOp::Mul) => Some(Change::Scaled),
                    _ => None,
                };
            }
            Rvalue::Use(from) => {
                let place = from.place()?;
                match place.projection[..] {
                    [] | [Projection::Field(0, _)] => rvalue = made(place.local)?,
                    _ => return None,
                }
            }
            _ => return None,
        }
    }
    None
}
