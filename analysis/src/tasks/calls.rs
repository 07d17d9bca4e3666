//! Calls as tasks: independent calls in a straight line run beside each other.
//!
//! In: a function's body and what is known of its callees. Out: for each call worth it a spawn in place of the call, and a
//! wait before the first use of its result. A call stays where it is if nothing could run beside it.
//!
//! A result is waited for where its line ([`super::lines`]) ends at the latest, so no future lives across a branch or the edge
//! of a loop.

use std::collections::{BTreeMap, BTreeSet};

use cloudc_frontend::mir::{
    AggregateKind, BinOp, BlockId, Body, Callee, CastKind, FuncId, Local, Operand, Place, Rvalue, Statement,
    StatementKind, Terminator, TerminatorKind,
};
use cloudc_frontend::source::Span;
use cloudc_frontend::ty::{Mutability, Ty, TyKind};

use super::coordinate::emit_work;
use super::cost::{Costs, Sizes, Work, is_readable};
use super::emit::{Emit, name_bytes, site, u64_constant};
use super::explain::{self, Refusal};
use super::lines::{Line, Lines, Point};
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
    /// What lies between the call and the first use of its result.
    pub(super) line: Line,
    /// Where the call stands.
    pub span: Span,
}

/// Judges one call of a user's function.
///
/// # Errors
/// Why it cannot be a task.
pub(super) fn candidate(lines: &Lines<'_>, costs: &mut Costs, block: BlockId) -> Result<Candidate, Refusal> {
    let Lines { program, body, definitions, effects, .. } = *lines;
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
    let line = lines.behind(block, result, costs);
    Ok(Candidate { block, func: *func, inputs, result, work, line, span: data.terminator.span })
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
    for (i, a) in candidates.iter().enumerate().filter(|(_, c)| worth(c) && c.line.wait.is_some()) {
        for (j, b) in candidates.iter().enumerate() {
            // `b` starts while `a` runs, and does not need its result.
            let beside = i != j && a.line.ends_before_wait(b.block) && worth(b);
            if beside {
                chosen.insert(i);
                if b.line.wait.is_some() {
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
        let looked_at = is_only_looked_at(instances.program(), body, candidate.result);
        let ty = body.locals[candidate.result].ty;
        let take = lang(instances, if looked_at { "task_look" } else { "task_take" }, &[ty])?;
        let handle = body.add_local(name_ty);
        let flag = body.add_local(Ty::bool());
        in_place.push(spawn(instances, body, candidate, *task, handle, flag, options)?);
        handles.push(Handle { handle, flag, take });
    }
    let mut late = take_late(body, chosen);
    // From the last place to the first, so that splitting a block leaves earlier places where they are.
    let mut waits: BTreeMap<Point, Vec<usize>> = BTreeMap::new();
    for (i, (candidate, _)) in chosen.iter().enumerate() {
        waits.entry(candidate.line.wait?).or_default().push(i);
    }
    for (at, list) in waits.into_iter().rev() {
        if let Some(items) = late.remove(&at) {
            put_late(body, at, items);
        }
        for i in list.into_iter().rev() {
            wait(body, at, &chosen[i].0, &handles[i]);
        }
    }
    Some(in_place)
}

/// A run that was asked for, or a call that was made in place.
struct Handle {
    /// The name of the result, if it was asked for.
    handle: Local,
    /// Whether it was.
    flag: Local,
    /// What waits for the result.
    take: FuncId,
}

/// What is computed later than it stands.
enum Late {
    Statement(Statement),
    Call(Terminator),
}

/// Takes what is late out of its places; gives it in order, under the wait it follows: the last of those it needs.
fn take_late(body: &mut Body, chosen: &[(Candidate, TaskId)]) -> BTreeMap<Point, Vec<Late>> {
    let mut lines: BTreeMap<Point, &Line> = BTreeMap::new();
    for (candidate, _) in chosen {
        for &point in &candidate.line.late {
            let line = lines.entry(point).or_insert(&candidate.line);
            if candidate.line.compare_waits(line).is_gt() {
                *line = &candidate.line;
            }
        }
    }
    let mut points: Vec<(Point, &Line)> = lines.into_iter().collect();
    points.sort_by_key(|(point, line)| (line.wait, line.position(*point)));
    let mut late: BTreeMap<Point, Vec<Late>> = BTreeMap::new();
    for ((block, at), line) in points {
        let data = &mut body.blocks[block];
        let item = match data.statements.get_mut(at) {
            Some(statement) => {
                let nop = Statement { kind: StatementKind::Nop, span: statement.span };
                Late::Statement(std::mem::replace(statement, nop))
            }
            None => {
                let TerminatorKind::Call { target: Some(target), .. } = data.terminator.kind else {
                    continue;
                };
                let goto = Terminator { kind: TerminatorKind::Goto(target), span: data.terminator.span };
                Late::Call(std::mem::replace(&mut data.terminator, goto))
            }
        };
        late.entry(line.wait.unwrap_or((block, at))).or_default().push(item);
    }
    late
}

/// Puts what is late in front of a point.
fn put_late(body: &mut Body, (mut block, at): Point, items: Vec<Late>) {
    let rest = body.blocks[block].statements.split_off(at);
    let terminator = body.blocks[block].terminator.clone();
    for item in items {
        match item {
            Late::Statement(statement) => body.blocks[block].statements.push(statement),
            Late::Call(mut call) => {
                let next = body.add_block(Vec::new(), TerminatorKind::Unreachable);
                if let TerminatorKind::Call { target, .. } = &mut call.kind {
                    *target = Some(next);
                }
                body.blocks[block].terminator = call;
                block = next;
            }
        }
    }
    body.blocks[block].statements.extend(rest);
    body.blocks[block].terminator = terminator;
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
    let in_place = e.new_block();
    let mut units = candidate.work.as_constant().map(|units| u64_constant(units as u64));
    if options.mode != Mode::Always && units.is_none() {
        let work = emit_work(instances, &mut e, &candidate.work)?;
        units = Some(work.clone());
        let enough = Rvalue::Binary(BinOp::Ge, work, u64_constant(options.threshold()));
        let enough = e.value(Ty::bool(), enough);
        let yes = e.new_block();
        e.branch(enough, yes, in_place);
        e.block = yes;
    }
    let shares_ty = lang_ty(instances, "shares", &[])?;
    let none = lang(instances, "shares_none", &[])?;
    let shares = e.call(none, shares_ty, vec![]);
    let mut inputs = Vec::new();
    for (operand, ty) in &candidate.inputs {
        let held = match operand.place() {
            Some(place) => place.clone(),
            None => Place::local(e.value(*ty, Rvalue::Use(operand.clone()))),
        };
        inputs.push((held, *ty));
    }
    // Whether it pays to make objects of the arguments; numbers cost nothing.
    let is_number = |ty: Ty| ty.is_integral() || ty.is_float();
    let weighed: Vec<(Place, Ty)> = inputs.iter().filter(|(_, ty)| !is_number(*ty)).cloned().collect();
    if let Some(work) = units.filter(|_| options.mode != Mode::Always && !weighed.is_empty()) {
        for (held, ty) in weighed {
            let weigh = lang(instances, "share_weigh", &[ty])?;
            let args = vec![e.show(instances.program(), held, ty), e.borrow_mut(shares, shares_ty)];
            e.call(weigh, Ty::unit(), args);
        }
        let pay = lang(instances, "shares_pay", &[])?;
        let args = vec![e.borrow_mut(shares, shares_ty), work];
        let pays = e.call(pay, Ty::bool(), args);
        let yes = e.new_block();
        e.branch(pays, yes, in_place);
        e.block = yes;
    }
    // The names of the arguments.
    let name_ty = e.body.locals[handle].ty;
    let mut names = Vec::new();
    for (held, ty) in inputs {
        let put = lang(instances, "share_put", &[ty])?;
        let args = vec![e.show(instances.program(), held, ty), e.borrow_mut(shares, shares_ty)];
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

fn wait(body: &mut Body, (block, at): Point, candidate: &Candidate, handle: &Handle) {
    let rest = body.blocks[block].statements.split_off(at);
    let terminator = body.blocks[block].terminator.clone();
    let mut e = Emit { body, block, span: candidate.span };
    let (taking, after) = (e.new_block(), e.new_block());
    e.branch(handle.flag, taking, after);
    e.block = taking;
    e.call_into(handle.take, candidate.result, vec![Operand::Copy(handle.handle.into())]);
    e.goto(after);
    body.blocks[after].statements = rest;
    body.blocks[after].terminator = terminator;
}
