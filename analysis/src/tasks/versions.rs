//! The versions of functions that spawn, and the tasks they spawn.
//!
//! In: a user's function. Out: the same with guards and spawns where loops and calls are cut, or the function itself if
//! nothing is. Coarsest wins: a loop inside a loop that was cut is looked at only where the outer one runs in place, or
//! has so few rounds that they may be divided in turn.

use std::collections::{BTreeMap, BTreeSet};

use cloudc_frontend::mir::traversal::{Loop, LoopId, dominators, loop_tree};
use cloudc_frontend::mir::{BlockId, Body, Callee, FuncId, Local, Operand, TerminatorKind};
use cloudc_frontend::mono::{Function, Instance, Program};
use cloudc_frontend::source::Span;
use cloudc_frontend::ty::Ty;

use super::cost::items::for_each_position;
use super::cost::{Sizes, Work, handing, known_before, time};
use super::effects::Effects;
use super::emit::{Emit, empty_body};
use super::entry::{Infer, unique, value_form};
use super::explain::{self, Decision, Refusal, Subject, Verdict};
use super::flow::Definitions;
use super::iteration::Iteration;
use super::lines::Lines;
use super::range::{RangeTask, lang};
use super::roles::Role;
use super::{
    Form, Mode, Port, Spawn, Task, TaskId, TaskKind, boundary, calls, coordinate, counting, iteration, range,
    roles, sharing,
};

/// What a range takes of the budget for tasks within tasks; a call on a cycle takes 1.
const RANGE_COST: u32 = 3;

/// A loop that is cut.
struct CutLoop {
    iteration: Iteration,
    range: RangeTask,
    task: TaskId,
    /// The same whose runs may ask for runs.
    nested: Option<TaskId>,
    work: Work,
    /// What handing over the results of a round takes.
    handing: f64,
    span: Span,
}

impl Infer<'_> {
    /// The version of a user's function that spawns; the function itself if there is nothing to spawn in it. `budget` says
    /// how much deeper tasks may ask for tasks; it matters only on the way to functions that call themselves.
    pub(super) fn cut_version(&mut self, func: FuncId, budget: u32) -> FuncId {
        let mut original = self.instances.program().functions[func].clone();
        if original.is_std {
            return func;
        }
        let key = (func, budget);
        if let Some(&done) = self.cut.get(&key) {
            return done;
        }
        // Only a cycle that the search for cycles did not see could come back here.
        self.cut.insert(key, func);
        if counting::to_ranges(self.instances, &mut original.body).is_none() {
            return func;
        }
        let mut body = original.body.clone();
        let mut spawns = Vec::new();
        let loops = self.loops(func, &original.body, &original.name, budget);
        for cut in &loops {
            let placed = coordinate::insert(
                self.instances,
                &mut body,
                &cut.iteration,
                &cut.range,
                cut.task,
                cut.nested,
                &cut.work,
                cut.handing,
                &self.options,
                cut.span,
            );
            if placed.is_some() {
                let guard = format!(
                    "{} ≥ {}",
                    cut.work.show(self.instances.program(), &original.body),
                    time(self.options.threshold() as f64)
                );
                for task in [Some(cut.task), cut.nested].into_iter().flatten() {
                    spawns.push(Spawn {
                        task,
                        span: cut.span,
                        guard: Some(guard.clone()),
                        fan_out: format!("up to {}", coordinate::most_chunks(&cut.range)),
                    });
                }
            }
        }
        let inside: BTreeSet<BlockId> =
            loops.iter().flat_map(|l| l.iteration.region.iter().copied()).collect();
        let chosen = self.calls(func, &original.body, &inside, budget);
        let mut in_place = BTreeSet::new();
        if let Some(blocks) = calls::insert(self.instances, &mut body, &chosen, &self.options) {
            in_place.extend(blocks);
            for (candidate, task) in &chosen {
                let guard = candidate.work.as_constant().is_none();
                spawns.push(Spawn {
                    task: *task,
                    span: candidate.span,
                    guard: guard.then(|| {
                        format!(
                            "{} ≥ {}",
                            candidate.work.show(self.instances.program(), &original.body),
                            time(self.options.threshold() as f64)
                        )
                    }),
                    fan_out: "1".to_string(),
                });
            }
        }
        // Calls that stay go to the versions that spawn, unless a guard found too little work in them.
        in_place.extend(inside);
        spawns.extend(self.redirect(func, &mut body, &in_place, budget));
        if spawns.is_empty() {
            return func;
        }
        let reachable = cloudc_frontend::mir::traversal::reachable(&body);
        body.retain_blocks(|b| reachable[b]);
        let cut = &self.spawns;
        if sharing::insert(self.instances, &mut body, &|f| cut.contains_key(&f)).is_none() {
            return func;
        }
        self.ordinal += 1;
        let new = self.instances.program_mut().functions.push(Function {
            instance: Instance::Outlined(func, self.ordinal),
            name: format!("{}::steps", original.name),
            body,
            ..original
        });
        self.cut.insert(key, new);
        self.spawns.insert(new, spawns);
        new
    }

    /// What is left of a budget for a function called from another; `None` if it must not spawn.
    fn left_for(&self, caller: FuncId, callee: FuncId, budget: u32) -> Option<u32> {
        budget.checked_sub(u32::from(self.cycles.joins(caller, callee)))
    }

    /// Makes calls outside of some blocks go to the versions that spawn; gives what those spawn.
    fn redirect(
        &mut self,
        func: FuncId,
        body: &mut Body,
        but: &BTreeSet<BlockId>,
        budget: u32,
    ) -> Vec<Spawn> {
        let mut spawns = Vec::new();
        for block in body.blocks.indices() {
            let TerminatorKind::Call { callee: Callee::Func(callee), .. } =
                &body.blocks[block].terminator.kind
            else {
                continue;
            };
            let callee = *callee;
            if but.contains(&block) {
                continue;
            }
            let Some(left) = self.left_for(func, callee, budget) else { continue };
            let version = self.cut_version(callee, left);
            if version != callee {
                spawns.extend(self.spawns.get(&version).cloned().unwrap_or_default());
                if let TerminatorKind::Call { callee, .. } = &mut body.blocks[block].terminator.kind {
                    *callee = Callee::Func(version);
                }
            }
        }
        spawns
    }

    /// Cuts the outermost loops that may be cut, and judges all.
    fn loops(&mut self, func: FuncId, body: &Body, name: &str, budget: u32) -> Vec<CutLoop> {
        let tree = loop_tree(body, &dominators(body));
        let mut cut: Vec<CutLoop> = Vec::new();
        let mut taken: BTreeSet<LoopId> = BTreeSet::new();
        for id in tree.loops.indices() {
            let natural = &tree.loops[id];
            let span = body.blocks[natural.header].terminator.span;
            if natural.parent.is_some_and(|p| taken.contains(&p)) {
                taken.insert(id);
                let reason = Refusal::new("T109", "it runs inside the tasks of the loop around it");
                self.refuse(Subject::Loop, name, span, "inline", reason, String::new());
                continue;
            }
            match self.cut_loop(func, body, name, natural, span, budget) {
                Ok(found) => {
                    taken.insert(id);
                    cut.push(found);
                }
                Err((refusal, work)) => {
                    self.refuse(Subject::Loop, name, span, "serial", refusal, work);
                }
            }
        }
        cut
    }

    fn cut_loop(
        &mut self,
        func: FuncId,
        body: &Body,
        name: &str,
        natural: &Loop,
        span: Span,
        budget: u32,
    ) -> Result<CutLoop, (Refusal, String)> {
        let definitions = Definitions::new(body);
        let found = iteration::find(self.instances, body, &definitions, natural);
        let iteration = match found {
            Ok(iteration) => iteration,
            Err(refusal) => {
                let known = known_before(body, natural.header, &BTreeSet::new());
                return Err((refusal, self.round(body, &definitions, natural, &known).1));
            }
        };
        let roles = roles::find(self.instances.program(), body, &definitions, &iteration);
        // The guard may only use what is known before the loop starts.
        let used = roles.as_ref().map(|r| r.keys().copied().collect()).unwrap_or_default();
        let mut known = known_before(body, natural.header, &used);
        known.insert(iteration.iterator);
        let (estimate, mut shown) = self.round(body, &definitions, natural, &known);
        let measured = self.profile.work(span);
        if let Some(measured) = &measured {
            shown = measured.show(self.instances.program(), body);
        }
        let source = if measured.is_some() { ", as measured" } else { "" };
        // Loops are divided at positions, and measured for each.
        let share = for_each_position(iteration.iterator_ty);
        let work = measured.unwrap_or_else(|| estimate.scaled(share));
        let roles = roles.map_err(|r| (r, shown.clone()))?;
        let effects = self.region_effects(body, &iteration);
        if effects.ingress {
            return Err((explain::effect("depends on the world outside"), shown));
        }
        let program = self.instances.program();
        let steps = boundary::check_iterator(program, iteration.iterator_ty) == Ok(true);
        if !steps && !effects.emits && iteration.early.is_empty() && roles.values().all(|r| *r == Role::Read)
        {
            return Err((Refusal::new("T101", "it has no result"), shown));
        }
        let handing = handing::of_results(program, &roles) * share;
        if self.options.mode == Mode::Auto
            && self.options.chunks.is_none()
            && work.as_constant().is_some_and(|units| units <= 4.0 * handing)
        {
            return Err((explain::dear_to_hand_over(handing / share), shown));
        }
        self.ordinal += 1;
        let made =
            range::outline(self.instances, body, &iteration, &roles, func, self.ordinal, effects.emits, span);
        let Some(range) = made else {
            return Err((Refusal::new("T102", "it changes more variables than a task can hand over"), shown));
        };
        let shape = shape(&roles, &iteration, effects, steps);
        let inputs = range_inputs(self.instances.program(), body, &range, iteration.iterator_ty);
        let form = value_form(self.instances.program(), range.result);
        let mut outputs = vec![Port { name: "result".to_string(), ty: range.result, form }];
        if range.prints {
            outputs.push(Port { name: "text".to_string(), ty: Ty::str(), form: Form::Text });
        }
        let flat = Task {
            name: format!("{name}::loop"),
            kind: TaskKind::Range,
            root: range.root,
            inputs,
            outputs,
            text_output: range.prints.then_some(1),
            spawns: vec![],
            work: shown.clone(),
            effects,
            span,
        };
        let nested = self.nested(func, &flat, budget);
        let task = self.inferred.tasks.push(flat);
        let nested = nested.map(|n| self.inferred.tasks.push(n));
        let least = time(self.options.threshold() as f64);
        self.verdict(Verdict {
            subject: Subject::Loop,
            name: name.to_string(),
            span,
            decision: Decision::Task(task),
            shape,
            code: if self.options.mode == Mode::Always { "" } else { "T110" },
            reason: match shape {
                "disjoint" => "its rounds write to different places".to_string(),
                "append" => "its results are joined in order".to_string(),
                "keyed" => "what it adds under each key is added up in order".to_string(),
                "split" => "its terms are computed in parallel and then added in order".to_string(),
                "search" => "chunks look ahead; the first that leaves the loop decides".to_string(),
                "print" => "its text is joined in order".to_string(),
                _ => "its results are combined exactly".to_string(),
            },
            labels: vec![],
            hint: None,
            work: format!("{shown} for each item{source}; divided if all take {least} or more"),
        });
        Ok(CutLoop { iteration, range, task, nested, work, handing, span })
    }

    /// The work of one round of a loop over what is known before it, and as people read it.
    fn round(
        &mut self,
        body: &Body,
        definitions: &Definitions<'_>,
        natural: &Loop,
        known: &BTreeSet<Local>,
    ) -> (Work, String) {
        let program = self.instances.program();
        let is_known = |local: Local| known.contains(&local);
        let sizes = Sizes::closed(program, body, definitions, &is_known);
        let work = self.costs.blocks(&sizes, &natural.blocks, Some(natural.header)).combined();
        let shown = work.show(program, body);
        (work, shown)
    }

    /// A range task whose calls go to the versions that spawn, if there are any.
    fn nested(&mut self, func: FuncId, flat: &Task, budget: u32) -> Option<Task> {
        let left = budget.checked_sub(RANGE_COST)?;
        let mut root = self.instances.program().functions[flat.root].clone();
        let spawns = self.redirect(func, &mut root.body, &BTreeSet::new(), left);
        if spawns.is_empty() {
            return None;
        }
        self.ordinal += 1;
        root.instance = Instance::Outlined(func, self.ordinal);
        let root = self.instances.program_mut().functions.push(root);
        Some(Task { root, spawns: unique(spawns), ..flat.clone() })
    }

    fn region_effects(&self, body: &Body, iteration: &Iteration) -> Effects {
        let mut all = Effects::default();
        for &block in &iteration.region {
            match &body.blocks[block].terminator.kind {
                TerminatorKind::Call { callee: Callee::Func(f), .. } => {
                    all = all.union(self.effects.get(*f).copied().unwrap_or_default());
                }
                TerminatorKind::Call { callee: Callee::Value(_), .. } => all.ingress = true,
                TerminatorKind::Assert { .. } => all.panics = true,
                _ => {}
            }
        }
        all
    }

    /// Chooses the calls that become tasks, and judges all calls of the user's functions.
    fn calls(
        &mut self,
        caller: FuncId,
        body: &Body,
        inside_cut_loops: &BTreeSet<BlockId>,
        budget: u32,
    ) -> Vec<(calls::Candidate, TaskId)> {
        let definitions = Definitions::new(body);
        let lines = Lines::new(self.instances.program(), body, &definitions, &self.effects);
        let mut judged = Vec::new();
        for (block, data) in body.blocks.iter_enumerated() {
            let TerminatorKind::Call { callee: Callee::Func(func), .. } = &data.terminator.kind else {
                continue;
            };
            let function = &lines.program.functions[*func];
            let is_constant = matches!(
                function.instance,
                Instance::ConstItem(..) | Instance::ConstRef(_) | Instance::Promoted(..)
            );
            if function.is_std || is_constant || inside_cut_loops.contains(&block) {
                continue;
            }
            judged.push((*func, data.terminator.span, calls::candidate(&lines, &mut self.costs, block)));
        }
        let mut candidates = Vec::new();
        for (func, span, found) in judged {
            match found {
                Ok(mut candidate) => {
                    let measured = self.profile.work(self.instances.program().functions[func].span);
                    candidate.work = measured.unwrap_or(candidate.work);
                    candidates.push(candidate);
                }
                Err(refusal) => {
                    let work = self.costs.function(self.instances.program(), func);
                    let function = &self.instances.program().functions[func];
                    let (name, shown) =
                        (function.name.clone(), work.show(self.instances.program(), &function.body));
                    self.refuse(Subject::Call, &name, span, "inline", refusal, shown);
                }
            }
        }
        let chosen = calls::choose(&candidates, &self.options);
        let mut tasks = Vec::new();
        for (i, candidate) in candidates.into_iter().enumerate() {
            let name = self.instances.program().functions[candidate.func].name.clone();
            let shown = candidate.work.show(self.instances.program(), body);
            let left = self.left_for(caller, candidate.func, budget);
            let task = if chosen.contains(&i) { self.leaf(&candidate, left) } else { None };
            let Some(task) = task else {
                let threshold = self.options.threshold();
                let small = candidate.work.as_constant().is_some_and(|w| w < threshold as f64);
                let refusal = if small {
                    explain::too_small(&shown, threshold)
                } else {
                    Refusal::new("T109", "nothing else could run meanwhile")
                        .hint("calls run beside each other if they follow one another and none needs the result of the one before")
                };
                self.refuse(Subject::Call, &name, candidate.span, "inline", refusal, shown);
                continue;
            };
            self.verdict(Verdict {
                subject: Subject::Call,
                name,
                span: candidate.span,
                decision: Decision::Task(task),
                shape: "leaf",
                code: if candidate.work.as_constant().is_some() { "" } else { "T110" },
                reason: "independent calls follow before its result is needed".to_string(),
                labels: vec![],
                hint: None,
                work: shown,
            });
            tasks.push((candidate, task));
        }
        tasks
    }

    /// The task that calls a function with arguments of these types; it asks for runs in turn while a budget is left.
    fn leaf(&mut self, candidate: &calls::Candidate, budget: Option<u32>) -> Option<TaskId> {
        let callee = budget.map_or(candidate.func, |left| self.cut_version(candidate.func, left));
        if let Some(&task) = self.leaves.get(&callee) {
            return Some(task);
        }
        let spawns = unique(self.spawns.get(&callee).cloned().unwrap_or_default());
        let function = self.instances.program().functions[candidate.func].clone();
        let result_ty = function.body.return_ty();
        let mut body = empty_body(format!("{}::leaf", function.name), &[], Ty::unit(), candidate.span);
        let mut e = Emit { body: &mut body, block: BlockId(0), span: candidate.span };
        let mut args = Vec::new();
        let mut inputs = Vec::new();
        let shared = candidate.inputs.len() as u64;
        for (k, (_, ty)) in candidate.inputs.iter().enumerate() {
            let owned = boundary::owns_memory(self.instances.program(), *ty);
            let fetch = if owned { "rt_input_owned_sharing" } else { "rt_input_sharing" };
            let fetch = lang(self.instances, fetch, &[*ty])?;
            let at = vec![Operand::usize(k as u64), Operand::usize(shared)];
            args.push(Operand::Move(e.call(fetch, *ty, at).into()));
            let name = function.body.locals[Local(k as u32 + 1)].name;
            let name = name.map_or_else(|| format!("arg{k}"), |n| n.to_string());
            inputs.push(Port { name, ty: *ty, form: value_form(self.instances.program(), *ty) });
        }
        if function.track_caller {
            args.push(super::emit::site(candidate.span));
        }
        let result = e.call(callee, result_ty, args);
        let hand_over = lang(self.instances, "rt_output", &[result_ty])?;
        let reference = e.borrow(result, result_ty);
        e.call(hand_over, Ty::unit(), vec![Operand::usize(0), reference]);
        e.end(TerminatorKind::Return);
        let root = self.add_root(body, candidate.span);
        let task = self.inferred.tasks.push(Task {
            name: function.name.clone(),
            kind: TaskKind::Leaf,
            root,
            inputs,
            outputs: vec![Port {
                name: "result".to_string(),
                ty: result_ty,
                form: value_form(self.instances.program(), result_ty),
            }],
            text_output: None,
            spawns,
            work: self
                .costs
                .function(self.instances.program(), candidate.func)
                .show(self.instances.program(), &function.body),
            effects: self.effects[candidate.func],
            span: function.span,
        });
        self.leaves.insert(callee, task);
        Some(task)
    }
}

/// What a loop that is cut is called.
fn shape(
    roles: &BTreeMap<Local, Role>,
    iteration: &Iteration,
    effects: Effects,
    steps: bool,
) -> &'static str {
    let any = |is: fn(&Role) -> bool| roles.values().any(is);
    if !iteration.early.is_empty() {
        "search"
    } else if steps || any(|r| matches!(r, Role::Window { .. })) {
        "disjoint"
    } else if any(|r| matches!(r, Role::Keyed { .. } | Role::Counts { .. })) {
        "keyed"
    } else if any(|r| matches!(r, Role::Append { .. } | Role::AppendText { .. })) {
        "append"
    } else if any(|r| matches!(r, Role::Terms { .. })) {
        "split"
    } else if effects.emits && roles.values().all(|r| *r == Role::Read) {
        "print"
    } else {
        "reduce"
    }
}

fn range_inputs(program: &Program, body: &Body, range: &RangeTask, iterator_ty: Ty) -> Vec<Port> {
    let mut inputs = vec![
        Port { name: "env".to_string(), ty: range.env, form: value_form(program, range.env) },
        Port {
            name: "positions".to_string(),
            ty: Ty::tuple(&[Ty::usize(), Ty::usize()]),
            form: Form::Literal,
        },
    ];
    for (local, element, ..) in &range.windows {
        let name = roles::name_of(program, body, *local);
        inputs.push(Port { name, ty: Ty::slice(*element), form: Form::Record });
    }
    if range.steps {
        inputs.push(Port { name: "items".to_string(), ty: iterator_ty, form: Form::Record });
    }
    inputs
}
