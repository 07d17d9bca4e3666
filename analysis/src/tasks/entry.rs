//! From entries to tasks: which loops and calls are cut, and the functions that begin a task.
//!
//! A function that holds a cut exists twice: as the user wrote it, for code inside a task, and with guards and spawns, for code
//! that an entry calls. Coarsest wins: a loop inside a loop that was cut is looked at only where the outer one runs in place.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use cloudc_frontend::index::IndexVec;
use cloudc_frontend::mir::Location;
use cloudc_frontend::mir::traversal::{LoopId, dominators, loop_tree};
use cloudc_frontend::mir::visit::VisitorMut;
use cloudc_frontend::mir::{BlockId, Body, Callee, FuncId, Local, Operand, Place, TerminatorKind};
use cloudc_frontend::mono::{Function, Instance, Program};
use cloudc_frontend::source::Span;
use cloudc_frontend::ty::{Ty, TyKind};

use super::cost::{Costs, Work};
use super::effects::{self, Effects};
use super::emit::{Emit, empty_body};
use super::explain::{self, Decision, Refusal, Subject, Verdict};
use super::flow::Definitions;
use super::iteration::Iteration;
use super::range::{RangeTask, lang};
use super::roles::Role;
use super::{
    Form, Inferred, Instances, Mode, Options, Port, Spawn, Task, TaskId, TaskKind, boundary, calls,
    coordinate, iteration, range, roles,
};

/// An entry asked for.
#[derive(Clone, Debug)]
pub struct EntryRequest {
    /// Its name.
    pub name: String,
    /// The function.
    pub func: FuncId,
    /// Names of its parameters.
    pub params: Vec<String>,
    /// Names of the fields of its result that become outputs of their own; empty for one output `result`.
    pub fields: Vec<String>,
    /// It begins as a program does (`main`, a test): its result is a status and no output, and it may read by name.
    pub is_program: bool,
    /// Where it is declared.
    pub span: Span,
}

/// Finds the tasks of a program.
///
/// # Errors
/// A message if std lacks something inference needs, or an entry's type cannot cross.
pub fn infer(
    instances: &mut dyn Instances,
    entries: &[EntryRequest],
    options: &Options,
) -> Result<Inferred, String> {
    let mut options = *options;
    if effects::sees_memory(instances.program()) {
        options.mode = Mode::Never;
    }
    let mut cx = Infer {
        effects: effects::of_program(instances.program()),
        instances,
        options,
        costs: Costs::default(),
        inferred: Inferred::default(),
        cut: HashMap::new(),
        judged: BTreeSet::new(),
        ordinal: 0,
        spawns: BTreeMap::new(),
        leaves: HashMap::new(),
    };
    for entry in entries {
        let func = if options.mode == Mode::Never { entry.func } else { cx.cut_version(entry.func) };
        cx.entry(entry, func)?;
    }
    cx.inferred.verdicts.sort_by_key(|v| (v.span, v.subject == Subject::Call));
    Ok(cx.inferred)
}

struct Infer<'a> {
    instances: &'a mut dyn Instances,
    effects: IndexVec<FuncId, Effects>,
    options: Options,
    costs: Costs,
    inferred: Inferred,
    /// The version with spawns of each function.
    cut: HashMap<FuncId, FuncId>,
    /// Spans that have a verdict.
    judged: BTreeSet<(Span, bool)>,
    ordinal: u32,
    /// Spawns of each version with spawns.
    spawns: BTreeMap<FuncId, Vec<Spawn>>,
    /// The task of each function that is called as one.
    leaves: HashMap<FuncId, TaskId>,
}

/// A loop that is cut.
struct CutLoop {
    iteration: Iteration,
    range: RangeTask,
    task: TaskId,
    work: Work,
    span: Span,
}

impl Infer<'_> {
    /// The version of a user's function that spawns.
    fn cut_version(&mut self, func: FuncId) -> FuncId {
        if let Some(&done) = self.cut.get(&func) {
            return done;
        }
        let original = self.instances.program().functions[func].clone();
        if original.is_std {
            return func;
        }
        let copy = Function {
            instance: Instance::Outlined(func, u32::MAX),
            name: format!("{}::steps", original.name),
            ..original.clone()
        };
        let new = self.instances.program_mut().functions.push(copy);
        self.cut.insert(func, new);
        let mut body = original.body.clone();
        let mut spawns = Vec::new();
        let loops = self.loops(func, &original.body, &original.name);
        for cut in &loops {
            let placed = coordinate::insert(
                self.instances,
                &mut body,
                &cut.iteration,
                &cut.range,
                cut.task,
                &cut.work,
                &self.options,
                cut.span,
            );
            if placed.is_some() {
                spawns.push(Spawn {
                    task: cut.task,
                    span: cut.span,
                    guard: Some(format!("{} ≥ {}", cut.work.show(&original.body), self.options.threshold())),
                    fan_out: "up to 512".to_string(),
                });
            }
        }
        let inside: BTreeSet<BlockId> =
            loops.iter().flat_map(|l| l.iteration.region.iter().copied()).collect();
        let chosen = self.calls(&original.body, &inside);
        if calls::insert(self.instances, &mut body, &chosen, &self.options).is_some() {
            for (candidate, task) in &chosen {
                let guard = candidate.work.as_constant().is_none();
                spawns.push(Spawn {
                    task: *task,
                    span: candidate.span,
                    guard: guard.then(|| {
                        format!("{} ≥ {}", candidate.work.show(&original.body), self.options.threshold())
                    }),
                    fan_out: "1".to_string(),
                });
            }
        }
        // Calls that stay go to the versions that spawn.
        let callees: BTreeSet<FuncId> = body
            .blocks
            .iter()
            .filter_map(|b| match &b.terminator.kind {
                TerminatorKind::Call { callee: Callee::Func(f), .. } => Some(*f),
                _ => None,
            })
            .collect();
        let mut map = BTreeMap::new();
        for callee in callees {
            let version = self.cut_version(callee);
            spawns.extend(self.spawns.get(&version).cloned().unwrap_or_default());
            map.insert(callee, version);
        }
        if spawns.is_empty() {
            // Nothing in it or below it is cut: the function as it is will do.
            self.cut.insert(func, func);
            return func;
        }
        Redirect(&map).visit_body(&mut body);
        let reachable = cloudc_frontend::mir::traversal::reachable(&body);
        body.retain_blocks(|b| reachable[b]);
        self.instances.program_mut().functions[new].body = body;
        self.spawns.insert(new, spawns);
        new
    }

    /// Cuts the outermost loops that may be cut, and judges all.
    fn loops(&mut self, func: FuncId, body: &Body, name: &str) -> Vec<CutLoop> {
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
            match self.cut_loop(func, body, name, natural, span) {
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
        natural: &cloudc_frontend::mir::traversal::Loop,
        span: Span,
    ) -> Result<CutLoop, (Refusal, String)> {
        let definitions = Definitions::new(body);
        let round = self.costs.blocks(
            self.instances.program(),
            body,
            &definitions,
            &natural.blocks,
            Some(natural.header),
        );
        let found = iteration::find(self.instances, body, &definitions, natural);
        let iteration = found.map_err(|r| (r, round.show(body)))?;
        let program = self.instances.program();
        let roles =
            roles::find(program, body, &definitions, &iteration).map_err(|r| (r, round.show(body)))?;
        let effects = self.region_effects(body, &iteration);
        if effects.emits || effects.ingress {
            let what = if effects.emits { "prints" } else { "depends on the world outside" };
            return Err((explain::effect(what), round.show(body)));
        }
        if roles.values().all(|r| *r == Role::Read) {
            return Err((Refusal::new("T101", "it has no result"), round.show(body)));
        }
        // The guard may only use what is known before the loop starts.
        let outer = outer_locals(&roles, &iteration, body);
        let work = round.substitute(|size| {
            let (super::cost::Size::Value(l) | super::cost::Size::Len(l)) = size;
            outer.contains(&l).then(|| Work::size(size))
        });
        let shown = work.show(body);
        self.ordinal += 1;
        let made = range::outline(self.instances, body, &iteration, &roles, func, self.ordinal, span);
        let Some(range) = made else {
            return Err((Refusal::new("T102", "it changes more variables than a task can hand over"), shown));
        };
        let shape = shape(&roles);
        let inputs = range_inputs(self.instances.program(), body, &range);
        let task = self.inferred.tasks.push(Task {
            name: format!("{name}::loop"),
            kind: TaskKind::Range,
            root: range.root,
            inputs,
            outputs: vec![Port {
                name: "result".to_string(),
                ty: range.result,
                form: value_form(self.instances.program(), range.result),
            }],
            text_output: None,
            spawns: vec![],
            work: shown.clone(),
            effects,
            span,
        });
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
                _ => "its results are combined exactly".to_string(),
            },
            labels: vec![],
            hint: None,
            work: format!("{shown} for each item; chunks from {} units on", self.options.threshold()),
        });
        Ok(CutLoop { iteration, range, task, work, span })
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
        body: &Body,
        inside_cut_loops: &BTreeSet<BlockId>,
    ) -> Vec<(calls::Candidate, TaskId)> {
        let definitions = Definitions::new(body);
        let mut candidates = Vec::new();
        for (block, data) in body.blocks.iter_enumerated() {
            let TerminatorKind::Call { callee: Callee::Func(func), .. } = &data.terminator.kind else {
                continue;
            };
            let function = &self.instances.program().functions[*func];
            if function.is_std || inside_cut_loops.contains(&block) {
                continue;
            }
            let name = function.name.clone();
            let found =
                calls::candidate(self.instances, body, &definitions, &self.effects, &mut self.costs, block);
            match found {
                Ok(candidate) => candidates.push(candidate),
                Err(refusal) => {
                    let work = self.costs.function(self.instances.program(), *func);
                    let shown = work.show(&self.instances.program().functions[*func].body);
                    self.refuse(Subject::Call, &name, data.terminator.span, "inline", refusal, shown);
                }
            }
        }
        let chosen = calls::choose(&candidates, &self.options);
        let mut tasks = Vec::new();
        for (i, candidate) in candidates.into_iter().enumerate() {
            let name = self.instances.program().functions[candidate.func].name.clone();
            let shown = candidate.work.show(body);
            let task = if chosen.contains(&i) { self.leaf(&candidate) } else { None };
            let Some(task) = task else {
                let threshold = self.options.threshold();
                let small = candidate.work.as_constant().is_some_and(|w| w < threshold as f64);
                let refusal = if small {
                    explain::too_small(&shown, threshold)
                } else {
                    Refusal::new("T109", "nothing else could run meanwhile")
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

    /// The task that calls a function with arguments of these types.
    fn leaf(&mut self, candidate: &calls::Candidate) -> Option<TaskId> {
        if let Some(&task) = self.leaves.get(&candidate.func) {
            return Some(task);
        }
        let function = self.instances.program().functions[candidate.func].clone();
        let result_ty = function.body.return_ty();
        let mut body = empty_body(format!("{}::leaf", function.name), &[], Ty::unit(), candidate.span);
        let mut e = Emit { body: &mut body, block: BlockId(0), span: candidate.span };
        let mut args = Vec::new();
        let mut inputs = Vec::new();
        for (k, (_, ty)) in candidate.inputs.iter().enumerate() {
            let owned = boundary::owns_memory(self.instances.program(), *ty);
            let fetch = lang(self.instances, if owned { "rt_input_owned" } else { "rt_input" }, &[*ty])?;
            args.push(Operand::Move(e.call(fetch, *ty, vec![Operand::usize(k as u64)]).into()));
            let name = function.body.locals[Local(k as u32 + 1)].name;
            let name = name.map_or_else(|| format!("arg{k}"), |n| n.to_string());
            inputs.push(Port { name, ty: *ty, form: value_form(self.instances.program(), *ty) });
        }
        if function.track_caller {
            args.push(super::emit::site(candidate.span));
        }
        let result = e.call(candidate.func, result_ty, args);
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
            spawns: vec![],
            work: self.costs.function(self.instances.program(), candidate.func).show(&function.body),
            effects: self.effects[candidate.func],
            span: function.span,
        });
        self.leaves.insert(candidate.func, task);
        Some(task)
    }

    fn add_root(&mut self, body: Body, span: Span) -> FuncId {
        let name = body.name.clone();
        self.instances.program_mut().functions.push(Function {
            instance: Instance::Named(name.as_str().into()),
            name,
            body,
            track_caller: false,
            inline: -1,
            skeleton: None,
            is_std: false,
            span,
        })
    }

    /// The task of an entry.
    fn entry(&mut self, entry: &EntryRequest, func: FuncId) -> Result<(), String> {
        let missing = || "our std lacks a function of the run-time library".to_string();
        let function = self.instances.program().functions[func].clone();
        let effects = self.effects[entry.func];
        let mut body = empty_body(format!("{}::entry", entry.name), &[], Ty::unit(), entry.span);
        let mut e = Emit { body: &mut body, block: BlockId(0), span: entry.span };
        let (mut args, mut inputs) = (Vec::new(), Vec::new());
        for (k, ty) in function.body.arg_tys().into_iter().enumerate() {
            let name = entry.params.get(k).cloned().unwrap_or_else(|| format!("arg{k}"));
            let (value, form) = fetch(self.instances, &mut e, k, ty).ok_or_else(missing)?;
            args.push(value);
            inputs.push(Port { name, ty, form });
        }
        let result_ty = function.body.return_ty();
        let result = e.call(func, result_ty, args);
        let mut outputs = Vec::new();
        if !result_ty.is_unit() && entry.is_program {
            let report = lang(self.instances, "main_result", &[result_ty]).ok_or_else(missing)?;
            e.call(report, Ty::unit(), vec![Operand::Move(result.into())]);
        } else if entry.fields.is_empty() {
            if !result_ty.is_unit() {
                let form =
                    hand_over(self.instances, &mut e, 0, result.into(), result_ty).ok_or_else(missing)?;
                outputs.push(Port { name: "result".to_string(), ty: result_ty, form });
            }
        } else {
            let fields = self.instances.program().field_tys(result_ty, 0);
            for (k, (name, ty)) in entry.fields.iter().zip(fields).enumerate() {
                let place = Place::local(result).field(k, ty);
                let form = hand_over(self.instances, &mut e, k, place, ty).ok_or_else(missing)?;
                outputs.push(Port { name: name.clone(), ty, form });
            }
        }
        e.end(TerminatorKind::Return);
        let text_output = (entry.is_program || effects.emits || outputs.is_empty()).then(|| {
            outputs.push(Port { name: "stdout".to_string(), ty: Ty::str(), form: Form::Text });
            outputs.len() as u32 - 1
        });
        let root = self.add_root(body, entry.span);
        let work = self.costs.function(self.instances.program(), entry.func);
        let mut spawns = self.spawns.get(&func).cloned().unwrap_or_default();
        spawns.sort_by_key(|s| (s.task, s.span));
        spawns.dedup_by_key(|s| (s.task, s.span));
        self.inferred.tasks.push(Task {
            name: entry.name.clone(),
            kind: if entry.is_program { TaskKind::Program } else { TaskKind::Entry },
            root,
            inputs,
            outputs,
            text_output,
            spawns,
            work: work.show(&function.body),
            effects,
            span: entry.span,
        });
        Ok(())
    }

    fn refuse(
        &mut self,
        subject: Subject,
        name: &str,
        span: Span,
        shape: &'static str,
        refusal: Refusal,
        work: String,
    ) {
        self.verdict(Verdict {
            subject,
            name: name.to_string(),
            span,
            decision: Decision::Inline,
            shape,
            code: refusal.code,
            reason: refusal.reason,
            labels: refusal.labels,
            hint: refusal.hint,
            work,
        });
    }

    fn verdict(&mut self, verdict: Verdict) {
        if self.judged.insert((verdict.span, verdict.subject == Subject::Loop)) {
            self.inferred.verdicts.push(verdict);
        }
    }
}

/// `disjoint`, `append` or `reduce`.
fn shape(roles: &BTreeMap<Local, Role>) -> &'static str {
    if roles.values().any(|r| matches!(r, Role::Window { .. })) {
        "disjoint"
    } else if roles.values().any(|r| matches!(r, Role::Append { .. } | Role::AppendText { .. })) {
        "append"
    } else {
        "reduce"
    }
}

fn range_inputs(program: &Program, body: &Body, range: &RangeTask) -> Vec<Port> {
    let mut inputs = vec![
        Port { name: "env".to_string(), ty: range.env, form: value_form(program, range.env) },
        Port {
            name: "positions".to_string(),
            ty: Ty::tuple(&[Ty::usize(), Ty::usize()]),
            form: Form::Literal,
        },
    ];
    for (local, element, ..) in &range.windows {
        let name = roles::name_of(body, *local);
        inputs.push(Port { name, ty: Ty::slice(*element), form: Form::Record });
    }
    inputs
}

/// Locals whose values are known before the loop starts.
fn outer_locals(roles: &BTreeMap<Local, Role>, iteration: &Iteration, body: &Body) -> BTreeSet<Local> {
    let mut outer: BTreeSet<Local> = roles.keys().copied().collect();
    outer.extend(body.args());
    outer.remove(&iteration.iterator);
    outer
}

/// How `rt_input` and `rt_output` let a value lie in its object.
fn value_form(program: &Program, ty: Ty) -> Form {
    if program.is_plain(ty) { Form::Raw } else { Form::Record }
}

/// Code that fetches input `k` as a value of this type.
fn fetch(instances: &mut dyn Instances, e: &mut Emit<'_>, k: usize, ty: Ty) -> Option<(Operand, Form)> {
    let index = vec![Operand::usize(k as u64)];
    let program = instances.program();
    let referred = match ty.kind() {
        TyKind::Ref(_, to, _) => Some(*to),
        _ => None,
    };
    let (name, args, form): (_, Vec<Ty>, _) = match (referred.map(Ty::kind), ty.kind()) {
        (Some(TyKind::Str), _) => ("input_str", vec![], Form::Raw),
        (Some(TyKind::Slice(t)), _) if boundary::is_pointer_free(program, *t) => {
            ("input_slice", vec![*t], Form::Raw)
        }
        (None, TyKind::Adt(..)) if program.is_lang(ty, "String") => ("input_string", vec![], Form::Raw),
        (None, TyKind::Adt(_, args)) if program.is_lang(ty, "Vec") => match args.first()?.as_type() {
            Some(t) if boundary::is_pointer_free(program, t) => ("rt_input_vec", vec![t], Form::Raw),
            _ => ("rt_input_owned", vec![ty], Form::Record),
        },
        _ if boundary::owns_memory(program, ty) => ("rt_input_owned", vec![ty], Form::Record),
        _ => ("rt_input", vec![ty], value_form(program, ty)),
    };
    let function = lang(instances, name, &args)?;
    Some((Operand::Move(e.call(function, ty, index).into()), form))
}

/// Code that makes a place output `k`.
fn hand_over(
    instances: &mut dyn Instances,
    e: &mut Emit<'_>,
    k: usize,
    place: Place,
    ty: Ty,
) -> Option<Form> {
    let program = instances.program();
    let (name, args, form): (_, Vec<Ty>, _) = match ty.kind() {
        TyKind::Adt(..) if program.is_lang(ty, "String") => ("output_string", vec![], Form::Raw),
        TyKind::Adt(_, args) if program.is_lang(ty, "Vec") => match args.first()?.as_type() {
            Some(t) if boundary::is_pointer_free(program, t) => ("output_vec", vec![t], Form::Raw),
            _ => ("rt_output", vec![ty], Form::Record),
        },
        _ => ("rt_output", vec![ty], value_form(program, ty)),
    };
    let function = lang(instances, name, &args)?;
    let reference = e.borrow(place, ty);
    e.call(function, Ty::unit(), vec![Operand::usize(k as u64), reference]);
    Some(form)
}

/// Redirects calls.
struct Redirect<'a>(&'a BTreeMap<FuncId, FuncId>);

impl VisitorMut for Redirect<'_> {
    fn visit_callee(&mut self, callee: &mut Callee, at: Location) {
        if let Callee::Func(func) = callee
            && let Some(&new) = self.0.get(func)
        {
            *func = new;
        }
        self.walk_callee(callee, at);
    }
}
