//! From entries to tasks: the functions that begin a task, which fetch its inputs and hand over its outputs.
//!
//! In: a program and its entries. Out: an [`Inferred`]. What an entry calls are versions of the user's functions that spawn
//! ([`super::versions`]); code inside tasks calls functions as the user wrote them, or versions with less left to divide.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use cloudc_frontend::index::IndexVec;
use cloudc_frontend::mir::{BlockId, Body, FuncId, Operand, Place, TerminatorKind};
use cloudc_frontend::mono::{Function, Instance, Program};
use cloudc_frontend::source::Span;
use cloudc_frontend::ty::{Ty, TyKind};

use super::cost::Costs;
use super::effects::{self, Effects};
use super::emit::{Emit, empty_body};
use super::explain::{Decision, Refusal, Subject, Verdict};
use super::range::lang;
use super::recursion::Cycles;
use super::{
    Form, Inferred, Instances, Mode, Options, Port, Profile, Spawn, Task, TaskId, TaskKind, boundary,
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
    profile: &Profile,
) -> Result<Inferred, String> {
    let mut options = *options;
    if effects::sees_memory(instances.program()) {
        options.mode = Mode::Never;
    }
    let costs = Costs::new(instances.program());
    let mut cx = Infer {
        effects: effects::of_program(instances.program()),
        cycles: Cycles::of(instances.program()),
        instances,
        options,
        profile,
        costs,
        inferred: Inferred::default(),
        cut: HashMap::new(),
        judged: BTreeSet::new(),
        ordinal: 0,
        spawns: BTreeMap::new(),
        leaves: HashMap::new(),
    };
    for entry in entries {
        let func = match options.mode {
            Mode::Never => entry.func,
            Mode::Always => cx.cut_version(entry.func, 4),
            // At most 64 calls deep in each other, or two loops.
            Mode::Auto => cx.cut_version(entry.func, 6),
        };
        cx.entry(entry, func)?;
    }
    cx.inferred.verdicts.sort_by_key(|v| (v.span, v.subject == Subject::Call));
    Ok(cx.inferred)
}

/// Inference under way.
pub(super) struct Infer<'a> {
    pub instances: &'a mut dyn Instances,
    pub effects: IndexVec<FuncId, Effects>,
    pub cycles: Cycles,
    pub options: Options,
    pub profile: &'a Profile,
    pub costs: Costs,
    pub inferred: Inferred,
    /// The version with spawns of each function and budget.
    pub cut: HashMap<(FuncId, u32), FuncId>,
    /// Spans that have a verdict.
    judged: BTreeSet<(Span, bool)>,
    pub ordinal: u32,
    /// Spawns of each version with spawns.
    pub spawns: BTreeMap<FuncId, Vec<Spawn>>,
    /// The task of each function or version that is called as one.
    pub leaves: HashMap<FuncId, TaskId>,
}

/// Each place once.
pub(super) fn unique(mut spawns: Vec<Spawn>) -> Vec<Spawn> {
    spawns.sort_by_key(|s| (s.task, s.span));
    spawns.dedup_by_key(|s| (s.task, s.span));
    spawns
}

impl Infer<'_> {
    pub(super) fn add_root(&mut self, body: Body, span: Span) -> FuncId {
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
        let spawns = unique(self.spawns.get(&func).cloned().unwrap_or_default());
        self.inferred.tasks.push(Task {
            name: entry.name.clone(),
            kind: if entry.is_program { TaskKind::Program } else { TaskKind::Entry },
            root,
            inputs,
            outputs,
            text_output,
            spawns,
            work: work.show(self.instances.program(), &function.body),
            effects,
            span: entry.span,
        });
        Ok(())
    }

    pub(super) fn refuse(
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

    pub(super) fn verdict(&mut self, verdict: Verdict) {
        if self.judged.insert((verdict.span, verdict.subject == Subject::Loop)) {
            self.inferred.verdicts.push(verdict);
        }
    }
}

/// How `rt_input` and `rt_output` let a value lie in its object.
pub(super) fn value_form(program: &Program, ty: Ty) -> Form {
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
