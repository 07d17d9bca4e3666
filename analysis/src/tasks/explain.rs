//! What was decided for a call or a loop, and why: the text of `cloudc explain`.

use cloudc_frontend::diag::Diagnostic;
use cloudc_frontend::source::Span;

use super::TaskId;

/// What is judged.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Subject {
    /// A loop.
    Loop,
    /// A call.
    Call,
}

/// The decision.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Decision {
    /// It is a task, possibly only when the guard says so.
    Task(TaskId),
    /// It stays where it is.
    Inline,
}

/// A verdict.
#[derive(Clone, PartialEq, Debug)]
pub struct Verdict {
    /// What is judged.
    pub subject: Subject,
    /// The function called, or the function around the loop.
    pub name: String,
    /// Where.
    pub span: Span,
    /// What was decided.
    pub decision: Decision,
    /// `disjoint`, `reduce`, `append`, `leaf`; or `serial`, `inline`.
    pub shape: &'static str,
    /// Reason code (`T101` …) of a refusal or guard; empty for a plain task.
    pub code: &'static str,
    /// The reason.
    pub reason: String,
    /// Places that show the reason.
    pub labels: Vec<(Span, String)>,
    /// What would change it.
    pub hint: Option<String>,
    /// Estimated work: an expression over sizes.
    pub work: String,
}

impl Verdict {
    /// As a remark.
    pub fn diagnostic(&self) -> Diagnostic {
        // The types a function was made for are long and seldom the point.
        let name = self.name.split("::<").next().unwrap_or_default();
        let subject = match self.subject {
            Subject::Loop => format!("loop in `{name}`"),
            Subject::Call => format!("call of `{name}`"),
        };
        let decided = match self.decision {
            Decision::Task(task) => format!("task {task}, {}", self.shape),
            Decision::Inline => format!("runs in place, {}", self.shape),
        };
        let mut d =
            Diagnostic::remark(self.code, self.span, format!("{subject}: {decided}")).primary(&self.reason);
        for (span, text) in &self.labels {
            d = d.label(*span, text);
        }
        if !self.work.is_empty() {
            d = d.note(format!("estimated work: {}", self.work));
        }
        if let Some(hint) = &self.hint {
            d = d.help(hint);
        }
        d
    }
}

/// Why something is no task.
#[derive(Clone, PartialEq, Debug)]
pub struct Refusal {
    /// `T101` …
    pub code: &'static str,
    /// Why.
    pub reason: String,
    /// Places that show it.
    pub labels: Vec<(Span, String)>,
    /// What would change it.
    pub hint: Option<String>,
}

impl Refusal {
    /// With this reason.
    pub fn new(code: &'static str, reason: impl Into<String>) -> Self {
        Refusal { code, reason: reason.into(), labels: Vec::new(), hint: None }
    }
    /// Adds a place.
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push((span, text.into()));
        self
    }
    /// Adds what would change it.
    pub fn hint(mut self, text: impl Into<String>) -> Self {
        self.hint = Some(text.into());
        self
    }
}

/// T101: not enough work.
pub fn too_small(work: &str, threshold: u64) -> Refusal {
    let least = super::cost::time(threshold as f64);
    let work = work.trim_start_matches('~');
    Refusal::new("T101", format!("too small: about {work} of work, a task pays from {least} on"))
}

/// T101: the results are as much work as the loop.
pub fn dear_to_hand_over(units: f64) -> Refusal {
    let time = super::cost::time(units);
    Refusal::new(
        "T101",
        format!("handing over what a round gives takes {time}, more than a quarter of what the round takes"),
    )
}

/// T102: a value cannot cross.
pub fn cannot_cross(name: &str, obstacle: &super::boundary::Obstacle) -> Refusal {
    let path: Vec<String> = obstacle.path.iter().map(ToString::to_string).collect();
    let refusal = Refusal::new("T102", format!("`{name}` cannot go to another task: {}", obstacle.why));
    match obstacle.instead {
        Some(instead) => refusal.hint(instead),
        None if path.len() < 2 => refusal,
        None => refusal.hint(format!("the type is reached through {}", path.join(" → "))),
    }
}

/// T104: an iteration needs what the one before it made.
pub fn carried(name: &str, write: Option<Span>, read: Option<Span>) -> Refusal {
    let mut r = Refusal::new("T104", format!("each iteration needs the `{name}` of the one before"));
    if let Some(write) = write {
        r = r.label(write, format!("`{name}` is changed here"));
    }
    if let Some(read) = read
        && Some(read) != write
    {
        r = r.label(read, "and used here by the next iteration, or after the loop");
    }
    r.hint(format!("give every iteration its own `{name}` and combine them after the loop"))
}

/// T105: floating-point sums keep their order.
pub fn float_order(name: &str, at: Span) -> Refusal {
    Refusal::new("T105", format!("adding floats in another order would change `{name}`"))
        .label(at, "added here")
        .hint("collect the terms first and add them afterwards: the terms are then computed in parallel")
}

/// T106: it depends on the outside, or prints.
pub fn effect(what: &str) -> Refusal {
    Refusal::new("T106", format!("it {what}, which must happen in program order"))
}

/// T107: the loop may end early.
pub fn early_exit(at: Span) -> Refusal {
    Refusal::new("T107", "the loop may end before its last item").label(at, "it is left here")
}

/// T108: the number or place of the items is not known beforehand.
pub fn unknown_items(what: &str) -> Refusal {
    Refusal::new("T108", format!("{what}, so its items cannot be divided beforehand"))
        .hint("loop over a range, a slice, a vector or an adaptor of them")
}
