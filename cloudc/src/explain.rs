//! `cloudc explain`: what is a task, what is not, why, and what would change it.

use std::fmt::Write as _;

use cloudc_analysis::tasks::{Decision, TaskKind, Verdict};
use cloudc_frontend::diag::{Diagnostic, Severity};
use serde::Serialize;

use crate::args::{ExplainArgs, ExplainFormat, TaskArgs, TaskMode};
use crate::front::{self, Front, Wanted};
use crate::render::{self, Style};
use crate::stop::{Stop, print};
use crate::timing::Timings;

/// Prints a verdict for every call and loop.
pub fn explain(args: &ExplainArgs, style: Style) -> Result<(), Stop> {
    let wanted = Wanted { tasks: Some(&args.tasks), hir: false };
    let (front, _) = front::compile(&args.source.path, wanted, style, &mut Timings::start())?;
    match args.format {
        ExplainFormat::Text => {
            let mut out = String::new();
            let renderer = style.stdout_renderer();
            for verdict in &front.inferred.verdicts {
                out.push_str(&render::human(&renderer, &front.sources, &verdict.diagnostic()));
                out.push_str("\n\n");
            }
            out.push_str(&summary(&front));
            print(out.as_bytes())?;
        }
        ExplainFormat::Json => {
            let list: Vec<JsonVerdict<'_>> =
                front.inferred.verdicts.iter().map(|v| JsonVerdict::new(&front, v)).collect();
            let text = serde_json::to_string_pretty(&list)
                .map_err(|e| Stop::world(format!("cannot write JSON: {e}")))?;
            print((text + "\n").as_bytes())?;
        }
    }
    warn_if_nothing(&front, &args.tasks, style);
    demand(&front, &args.demand, style)
}

/// Says so if nothing at all can run in parallel although there is something that could: with the reason that is closest to
/// being removed.
pub fn warn_if_nothing(front: &Front, args: &TaskArgs, style: Style) {
    let is_task = |v: &&Verdict| matches!(v.decision, Decision::Task(_));
    if args.tasks == TaskMode::Never || front.inferred.verdicts.iter().any(|v| is_task(&v)) {
        return;
    }
    // What is too small, or has nothing beside it, is no news.
    let reasons = front.inferred.verdicts.iter().filter(|v| !matches!(v.code, "T101" | "T109"));
    let Some(first) = reasons.min_by_key(|v| (subject(v) != "loop in", v.hint.is_none())) else { return };
    let message = "nothing in this program was found to run in parallel";
    let mut d = Diagnostic::warning(first.code, first.span, message).primary(&first.reason);
    d.labels.extend(first.labels.iter().cloned());
    d.helps.extend(first.hint.clone());
    render::print(style, &front.sources, &[d.note("`cloudc explain` says it for every call and loop")]);
}

/// One line for each verdict: the text of `--emit tasks`.
pub fn text(front: &Front) -> String {
    let mut out = String::new();
    for v in &front.inferred.verdicts {
        let at = front.sources.show(v.span);
        let decided = match v.decision {
            Decision::Task(id) => format!("{id} {}", v.shape),
            Decision::Inline => format!("{} {}", v.shape, v.code),
        };
        let _ = writeln!(out, "{at} {} {}: {}: {}", subject(v), v.name, decided.trim(), v.reason);
    }
    out + &summary(front)
}

fn summary(front: &Front) -> String {
    let tasks = &front.inferred.tasks;
    let count = |is: fn(TaskKind) -> bool| tasks.iter().filter(|t| is(t.kind)).count();
    format!(
        "{} calls and loops judged; tasks: {} entries, {} calls, {} loops\n",
        front.inferred.verdicts.len(),
        count(TaskKind::is_entry),
        count(|k| k == TaskKind::Leaf),
        count(|k| k == TaskKind::Range)
    )
}

fn subject(v: &Verdict) -> &'static str {
    match v.subject {
        cloudc_analysis::tasks::explain::Subject::Loop => "loop in",
        cloudc_analysis::tasks::explain::Subject::Call => "call of",
    }
}

/// Fails unless each function asked for is a task.
fn demand(front: &Front, functions: &[String], style: Style) -> Result<(), Stop> {
    let mut missing = Vec::new();
    for name in functions {
        let names = |full: &str| full == name || full.rsplit("::").next() == Some(name);
        let about: Vec<&Verdict> = front.inferred.verdicts.iter().filter(|v| names(&v.name)).collect();
        if about.is_empty() && !front.inferred.tasks.iter().any(|t| names(&t.name)) {
            return Err(Stop::usage(format!(
                "nothing is called or looped in `{name}`: --demand names no function of the program"
            )));
        }
        if about.iter().any(|v| matches!(v.decision, Decision::Task(_))) {
            continue;
        }
        for v in about {
            let message = format!("`{name}` is not a task, though --demand asks for it");
            let mut d = Diagnostic::error("T104", v.span, message).primary(&v.reason);
            d.code = v.code;
            d.severity = Severity::Error;
            d.labels = v.labels.clone();
            d.helps.extend(v.hint.clone());
            missing.push(d);
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    render::print(style, &front.sources, &missing);
    Err(Stop::Reported)
}

#[derive(Serialize)]
struct JsonVerdict<'a> {
    subject: &'a str,
    name: &'a str,
    at: String,
    task: Option<&'a str>,
    shape: &'a str,
    code: &'a str,
    reason: &'a str,
    labels: Vec<(String, &'a str)>,
    hint: Option<&'a str>,
    work: &'a str,
    /// The least work, in the same units, that is worth a boundary.
    threshold: u64,
}

impl<'a> JsonVerdict<'a> {
    fn new(front: &'a Front, v: &'a Verdict) -> Self {
        JsonVerdict {
            subject: if subject(v) == "loop in" { "loop" } else { "call" },
            name: &v.name,
            at: front.sources.show(v.span),
            task: match v.decision {
                Decision::Task(id) => Some(&front.inferred.tasks[id].name),
                Decision::Inline => None,
            },
            shape: v.shape,
            code: v.code,
            reason: &v.reason,
            labels: v.labels.iter().map(|(s, t)| (front.sources.show(*s), t.as_str())).collect(),
            hint: v.hint.as_deref(),
            work: &v.work,
            threshold: cloudc_analysis::tasks::Options::default().threshold(),
        }
    }
}
