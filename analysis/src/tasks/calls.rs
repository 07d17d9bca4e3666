//! Calls as tasks: independent calls in a straight line run beside each other.
//!
//! In: a function's body and what is known of its callees. Out: for each call worth it a spawn in place of the call, and a
//! wait before the first use of its result. A call stays where it is if nothing could run beside it.
//!
//! A line is a chain of blocks with one way in and one way out. A result is waited for where the line ends at the
//! latest, so no future lives across a branch or the edge of a loop.

use std::collections::{BTreeMap, BTreeSet};

use cloudc_frontend::index::IndexVec;
use cloudc_frontend::mir::Location;
use cloudc_frontend::mir::traversal::predecessors;
use cloudc_frontend::mir::visit::{PlaceUse, Visitor};
use cloudc_frontend::mir::{
    AggregateKind, BinOp, BlockId, Body, Callee, CastKind, FuncId, Local, Operand, Place, Rvalue, Terminator,
    TerminatorKind,
};
use cloudc_frontend::source::Span;
use cloudc_frontend::ty::{Mutability, Ty, TyKind};

use super::coordinate::emit_work;
use super::cost::{Costs, Sizes, Work, is_readable};
use super::effects::Effects;
use super::emit::{Emit, name_bytes, site, u64_constant};
use super::explain::{self, Refusal};
use super::flow::Definitions;
use super::looked_at::is_only_looked_at;
use super::range::{lang, lang_ty};
use super::roles::name_of;
use super::{Instances, Mode, Options, TaskId, boundary, placeholder};

/// A call that could be a task.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The block it ends.
    pub block: BlockId,
    /// The function.
    pub func: FuncId,
    /// What is handed over: places of the caller whose values go in, with their types.
    pub inputs: Vec<(Operand, Ty)>,
    /// Where the result goes.
    pub result: Local,
    /// Estimated work, over locals of the caller.
    pub work: Work,
    /// Where the result is needed first: a block and a statement of it (its number of statements: the terminator).
    pub wait: (BlockId, usize),
    /// Blocks between the call and the wait.
    pub line: Vec<BlockId>,
    /// Where the call stands.
    pub span: Span,
}

/// Judges one call of a user's function.
///
/// # Errors
/// Why it cannot be a task.
pub fn candidate(
    instances: &dyn Instances,
    body: &Body,
    definitions: &Definitions<'_>,
    effects: &IndexVec<FuncId, Effects>,
    costs: &mut Costs,
    block: BlockId,
) -> Result<Candidate, Refusal> {
    let program = instances.program();
    let data = &body.blocks[block];
    let TerminatorKind::Call { callee: Callee::Func(func), args, destination, target } =
        &data.terminator.kind
    else {
        return Err(Refusal::new("T108", "the function called is not known"));
    };
    let function = &program.functions[*func];
    if effects[*func].emits {
        return Err(explain::effect("prints"));
    }
    if effects[*func].ingress {
        return Err(explain::effect("depends on the world outside, or calls through a pointer"));
    }
    let (Some(result), Some(_)) = (destination.as_local(), target) else {
        return Err(Refusal::new("T103", "its result goes into a part of a larger value"));
    };
    let result_ty = body.locals[result].ty;
    boundary::check(program, result_ty).map_err(|o| explain::cannot_cross("the result", &o))?;
    if matches!(result_ty.kind(), TyKind::Ref(..)) {
        return Err(Refusal::new("T103", "its result borrows from its arguments"));
    }
    let mut inputs = Vec::new();
    let hidden = usize::from(function.track_caller);
    for arg in &args[..args.len() - hidden] {
        let ty = body.operand_ty(arg);
        if let TyKind::Ref(_, _, Mutability::Mut) = ty.kind() {
            return Err(Refusal::new("T104", "it changes a variable of its caller through `&mut`")
                .hint("return the new value instead"));
        }
        let name = arg.place().map_or("an argument".to_string(), |p| name_of(program, body, p.local));
        boundary::check(program, ty).map_err(|o| explain::cannot_cross(&name, &o))?;
        inputs.push((arg.clone(), ty));
    }
    let mut work = costs.function(program, *func);
    let params: Vec<Local> = function.body.args().collect();
    // What is handed over is known here.
    let given: BTreeSet<Local> = args.iter().filter_map(|a| a.place().map(|p| p.local)).collect();
    let known = |l: Local| given.contains(&l) || body.args().any(|p| p == l && is_readable(body, p));
    let sizes = Sizes::closed(program, body, definitions, &known);
    work = work.substitute(|size| sizes.argument(args, &params, size)).combined();
    let (wait, line) = first_use(body, block, result);
    Ok(Candidate { block, func: *func, inputs, result, work, wait, line, span: data.terminator.span })
}

/// Where the result of the call that ends `block` is needed first, or where its line ends.
fn first_use(body: &Body, block: BlockId, result: Local) -> ((BlockId, usize), Vec<BlockId>) {
    struct Mentions(Local, bool);
    impl Visitor for Mentions {
        fn visit_local(&mut self, local: &Local, how: PlaceUse, _at: Location) {
            self.1 |= *local == self.0 && how != PlaceUse::Storage;
        }
    }
    let preds = predecessors(body);
    let mut line = Vec::new();
    let mut current = block;
    loop {
        let next = match &body.blocks[current].terminator.kind {
            TerminatorKind::Goto(next) => Some(*next),
            TerminatorKind::Call { target, .. } => *target,
            TerminatorKind::Assert { target, .. } | TerminatorKind::Drop { target, .. } => Some(*target),
            _ => None,
        };
        let Some(next) = next.filter(|n| preds[*n].len() == 1 && !line.contains(n) && *n != block) else {
            // The line ends here: wait before the terminator, unless this is the call itself.
            let at = body.blocks[current].statements.len();
            return if current == block { ((block, usize::MAX), line) } else { ((current, at), line) };
        };
        line.push(next);
        let data = &body.blocks[next];
        for (i, statement) in data.statements.iter().enumerate() {
            let mut mentions = Mentions(result, false);
            mentions.visit_statement(statement, Location { block: next, statement: i });
            if mentions.1 {
                return ((next, i), line);
            }
        }
        let mut mentions = Mentions(result, false);
        mentions
            .visit_terminator(&data.terminator, Location { block: next, statement: data.statements.len() });
        if mentions.1 {
            return ((next, data.statements.len()), line);
        }
        current = next;
    }
}

/// Picks the candidates that something can run beside.
pub fn choose(candidates: &[Candidate], options: &Options) -> BTreeSet<usize> {
    let threshold = options.threshold() as f64;
    let worth = |c: &Candidate| {
        options.mode == Mode::Always
            || c.work.guessed
            || c.work.as_constant().is_none_or(|units| units >= threshold)
    };
    let mut chosen = BTreeSet::new();
    for (i, a) in candidates.iter().enumerate().filter(|(_, c)| worth(c) && c.wait.1 != usize::MAX) {
        for (j, b) in candidates.iter().enumerate() {
            // `b` starts while `a` runs, and does not need its result.
            let beside = i != j && a.line.contains(&b.block) && b.block != a.wait.0 && worth(b);
            if beside {
                chosen.insert(i);
                if b.wait.1 != usize::MAX {
                    chosen.insert(j);
                }
            }
        }
        if options.mode == Mode::Always {
            chosen.insert(i);
        }
    }
    chosen
}

/// Puts spawns and waits in place of calls; gives the blocks with the calls that run in place if there is too little
/// work. `None` if std lacks a piece.
pub fn insert(
    instances: &mut dyn Instances,
    body: &mut Body,
    chosen: &[(Candidate, TaskId)],
    options: &Options,
) -> Option<Vec<BlockId>> {
    let mut handles = Vec::new();
    let mut in_place = Vec::new();
    let name_ty = lang_ty(instances, "task_name", &[])?;
    for (candidate, task) in chosen {
        let handle = body.add_local(name_ty);
        let flag = body.add_local(Ty::bool());
        in_place.push(spawn(instances, body, candidate, *task, handle, flag, options)?);
        handles.push((handle, flag));
    }
    // From the last place to the first, so that splitting a block leaves earlier places where they are.
    let mut waits: BTreeMap<(BlockId, usize), Vec<usize>> = BTreeMap::new();
    for (i, (candidate, _)) in chosen.iter().enumerate() {
        waits.entry(candidate.wait).or_default().push(i);
    }
    for ((block, at), list) in waits.into_iter().rev() {
        for i in list.into_iter().rev() {
            let (handle, flag) = handles[i];
            wait(instances, body, block, at, chosen[i].0.result, handle, flag, chosen[i].0.span)?;
        }
    }
    Some(in_place)
}

fn spawn(
    instances: &mut dyn Instances,
    body: &mut Body,
    candidate: &Candidate,
    task: TaskId,
    handle: Local,
    flag: Local,
    options: &Options,
) -> Option<BlockId> {
    let call = body.blocks[candidate.block].terminator.clone();
    let TerminatorKind::Call { target: Some(target), .. } = call.kind else { return None };
    let span = candidate.span;
    let mut e = Emit::new(body, span);
    let start = e.block;
    let always = options.mode == Mode::Always || candidate.work.as_constant().is_some();
    let in_place = e.new_block();
    if !always {
        let units = emit_work(instances, &mut e, &candidate.work)?;
        let enough = Rvalue::Binary(BinOp::Ge, units, u64_constant(options.threshold()));
        let enough = e.value(Ty::bool(), enough);
        let yes = e.new_block();
        e.branch(enough, yes, in_place);
        e.block = yes;
    }
    // The names of the arguments.
    let name_ty = e.body.locals[handle].ty;
    let mut names = Vec::new();
    let shares_ty = lang_ty(instances, "shares", &[])?;
    let none = lang(instances, "shares_none", &[])?;
    let shares = e.call(none, shares_ty, vec![]);
    for (operand, ty) in &candidate.inputs {
        let held = match operand.place() {
            Some(place) => place.clone(),
            None => Place::local(e.value(*ty, Rvalue::Use(operand.clone()))),
        };
        let put = lang(instances, "share_put", &[*ty])?;
        let args = vec![e.borrow(held, *ty), e.borrow_mut(shares, shares_ty)];
        names.push(Operand::Copy(e.call(put, name_ty, args).into()));
    }
    let array_ty = Ty::array(name_ty, names.len() as u64);
    let array = e.value(array_ty, Rvalue::Aggregate(AggregateKind::Array(name_ty), names));
    let reference = e.borrow(array, array_ty);
    let slice_ty = Ty::reference(Ty::slice(name_ty), Mutability::Not);
    let slice = e.value(slice_ty, Rvalue::Cast(CastKind::Unsize, reference, slice_ty));
    let task_call = lang(instances, "task_call", &[])?;
    let shares = e.borrow(shares, shares_ty);
    let args = vec![name_bytes(placeholder(task)), Operand::Copy(slice.into()), shares, site(span)];
    e.call_into(task_call, handle, args);
    e.assign(flag, Rvalue::Use(Operand::scalar(1, Ty::bool())));
    e.goto(target);
    e.block = in_place;
    e.assign(flag, Rvalue::Use(Operand::scalar(0, Ty::bool())));
    body.blocks[in_place].terminator = call;
    body.blocks[candidate.block].terminator = Terminator { kind: TerminatorKind::Goto(start), span };
    Some(in_place)
}

fn wait(
    instances: &mut dyn Instances,
    body: &mut Body,
    block: BlockId,
    at: usize,
    result: Local,
    handle: Local,
    flag: Local,
    span: Span,
) -> Option<()> {
    let ty = body.locals[result].ty;
    let looked_at = is_only_looked_at(instances.program(), body, result);
    let take = lang(instances, if looked_at { "task_look" } else { "task_take" }, &[ty])?;
    let rest = body.blocks[block].statements.split_off(at);
    let terminator = body.blocks[block].terminator.clone();
    let mut e = Emit { body, block, span };
    let (taking, after) = (e.new_block(), e.new_block());
    e.branch(flag, taking, after);
    e.block = taking;
    e.call_into(take, result, vec![Operand::Copy(handle.into())]);
    e.goto(after);
    body.blocks[after].statements = rest;
    body.blocks[after].terminator = terminator;
    Some(())
}
