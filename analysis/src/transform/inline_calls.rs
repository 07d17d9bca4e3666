//! Puts small callees into their callers.

use cloudc_frontend::index::Idx;
use cloudc_frontend::mir::visit::{PlaceUse, VisitorMut};
use cloudc_frontend::mir::*;
use cloudc_frontend::mono::{Function, Instance};

use super::{MirPass, PassCx};

/// Replaces calls of small functions by their bodies. Callees come first (`bottom_up`), so a body put in is finished,
/// and what it still calls was found too large.
pub struct InlineCalls {
    /// Cost up to which a function without a hint is inlined.
    pub limit: u32,
    /// Leaves calls of iterator adaptors and consumers alone, so that inference sees them.
    pub keep_skeletons: bool,
}

/// Cost of a caller past which nothing more is put in, except what must be.
const CALLER_LIMIT: u32 = 4000;
/// Cost up to which even `#[inline(always)]` is obeyed.
const ALWAYS_LIMIT: u32 = 2000;

impl MirPass for InlineCalls {
    fn name(&self) -> &'static str {
        "inline-calls"
    }
    fn run(&self, cx: &PassCx<'_>, body: &mut Body) {
        let mut size = cost(body);
        let count = body.blocks.len();
        for b in (0..count).map(BlockId::new) {
            let TerminatorKind::Call { callee: Callee::Func(f), .. } = body.blocks[b].terminator.kind else {
                continue;
            };
            if f == cx.function {
                continue;
            }
            let callee = &cx.program.functions[f];
            let callee_cost = cost(&callee.body);
            if self.wants(f, callee, callee_cost, size) {
                inline(body, b, &callee.body);
                size += callee_cost;
            }
        }
    }
}

impl InlineCalls {
    fn wants(&self, f: FuncId, callee: &Function, callee_cost: u32, caller_cost: u32) -> bool {
        if callee.body.blocks.is_empty() || callee.inline < 0 || calls(&callee.body, f) {
            return false;
        }
        if self.keep_skeletons && callee.skeleton.is_some() {
            return false;
        }
        let is_small_by_kind =
            matches!(callee.instance, Instance::Closure(..)) || callee.name.ends_with("::next");
        let limit = match callee.inline {
            2 => return callee_cost <= ALWAYS_LIMIT,
            1 => self.limit * 2,
            _ if is_small_by_kind => self.limit * 2,
            _ => self.limit,
        };
        // What only panics stays out of line.
        if callee.body.return_ty().is_never() {
            return false;
        }
        callee_cost <= limit && caller_cost <= CALLER_LIMIT
    }
}

/// Whether a body calls itself: inlining it would only unroll.
fn calls(body: &Body, function: FuncId) -> bool {
    body.blocks.iter().any(|b| {
        matches!(&b.terminator.kind, TerminatorKind::Call { callee: Callee::Func(f), .. } if *f == function)
    })
}

/// Rough size of the code of a body: what inlining it costs.
pub fn cost(body: &Body) -> u32 {
    let statement = |s: &Statement| match &s.kind {
        StatementKind::Assign(_, rvalue) => match rvalue {
            Rvalue::Use(Operand::Constant(_)) => 1,
            Rvalue::Use(_) | Rvalue::Ref(..) | Rvalue::RawRef(..) | Rvalue::Len(_) => 1,
            Rvalue::Aggregate(_, ops) => ops.len() as u32,
            Rvalue::Repeat(..) => 5,
            Rvalue::CheckedBinary(..) => 2,
            _ => 1,
        },
        _ => 0,
    };
    let terminator = |t: &TerminatorKind| match t {
        TerminatorKind::Call { callee: Callee::Intrinsic(..), args, .. } => 1 + args.len() as u32,
        TerminatorKind::Call { args, .. } => 5 + args.len() as u32,
        TerminatorKind::Switch { targets, .. } => targets.len() as u32,
        TerminatorKind::Assert { .. } => 2,
        TerminatorKind::Drop { .. } => 5,
        _ => 0,
    };
    body.blocks
        .iter()
        .map(|b| b.statements.iter().map(statement).sum::<u32>() + terminator(&b.terminator.kind))
        .sum()
}

/// Replaces the call at the end of a block by the callee's body.
fn inline(body: &mut Body, b: BlockId, callee: &Body) {
    let span = body.blocks[b].terminator.span;
    let call = std::mem::replace(
        &mut body.blocks[b].terminator,
        Terminator { kind: TerminatorKind::Unreachable, span },
    );
    let TerminatorKind::Call { args, destination, target, .. } = call.kind else { return };
    let first_local = body.locals.len();
    let first_block = body.blocks.len();
    for (l, decl) in callee.locals.iter_enumerated() {
        let mut decl = decl.clone();
        // The names of the caller are what people look for.
        if l.index() <= callee.arg_count {
            decl.name = None;
        }
        body.locals.push(decl);
    }
    // A destination behind a pointer or index is evaluated before the call; what it is made of may change inside.
    let plain = destination.projection.iter().all(|s| matches!(s, Projection::Field(..)));
    let (destination, pointer) = if plain {
        (destination, None)
    } else {
        let ty = body.place_ty(&destination);
        let pointer =
            body.add_local(cloudc_frontend::ty::Ty::raw_ptr(ty, cloudc_frontend::ty::Mutability::Mut));
        (Place::local(pointer).deref(), Some((pointer, destination)))
    };
    if let Some((pointer, place)) = pointer {
        let take = Rvalue::RawRef(cloudc_frontend::ty::Mutability::Mut, place);
        body.blocks[b].statements.push(Statement::assign(pointer, take, span));
    }
    for (i, arg) in args.into_iter().enumerate() {
        let local = Local::new(first_local + 1 + i);
        body.blocks[b].statements.push(Statement::assign(local, Rvalue::Use(arg), span));
    }
    body.blocks[b].terminator.kind = TerminatorKind::Goto(BlockId::new(first_block));
    for block in &callee.blocks {
        let mut block = block.clone();
        let at = Location { block: BlockId(0), statement: 0 };
        Shift { locals: first_local }.visit_block(at.block, &mut block);
        block.terminator.kind.for_successors_mut(|s| *s = BlockId::new(s.index() + first_block));
        if let TerminatorKind::Return = block.terminator.kind {
            block.terminator.kind = match target {
                Some(target) => {
                    let result = Place::local(Local::new(first_local));
                    let copy = Rvalue::Use(Operand::Move(result));
                    block.statements.push(Statement::assign(destination.clone(), copy, span));
                    TerminatorKind::Goto(target)
                }
                None => TerminatorKind::Unreachable,
            };
        }
        body.blocks.push(block);
    }
}

struct Shift {
    locals: usize,
}

impl VisitorMut for Shift {
    fn visit_local(&mut self, local: &mut Local, _: PlaceUse, _: Location) {
        *local = Local::new(local.index() + self.locals);
    }
}
