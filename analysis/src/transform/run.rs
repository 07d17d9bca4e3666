//! Runs passes: times them, shows bodies before and after, validates. Passes themselves do none of this.

use cloudc_frontend::bug;
use cloudc_frontend::index::IndexVec;
use cloudc_frontend::mir::print_body;
use cloudc_frontend::mir::validate::validate_body;
use cloudc_frontend::mir::{Body, FuncId, Phase};
use cloudc_frontend::mono::Program;
use cloudc_frontend::source::Span;
use indexmap::IndexMap;

/// What a pass may ask: the program around the body. The body itself is taken out of it while the pass runs.
pub struct PassCx<'p> {
    /// Shapes of types, signatures of other functions.
    pub program: &'p Program,
}

/// A change of one body that keeps what it does.
pub trait MirPass {
    /// As in dumps and timings.
    fn name(&self) -> &'static str;
    /// Changes the body; says whether it did.
    fn run(&self, cx: &PassCx<'_>, body: &mut Body) -> bool;
}

/// What people want to see of a run.
#[derive(Default)]
pub struct Instruments {
    /// Validate every body after every pass.
    pub validate: bool,
    /// `name & pass`: show functions whose name contains the one before and after passes whose name contains the other.
    pub dump: Option<String>,
    /// What `dump` asked for.
    pub dumps: Vec<Dump>,
    /// Nanoseconds since some moment; without it nothing is timed.
    pub clock: Option<fn() -> u64>,
    /// Of each pass: runs, runs that changed something, nanoseconds.
    pub times: IndexMap<&'static str, PassTime>,
}

/// A body as text.
#[derive(Clone, PartialEq, Debug)]
pub struct Dump {
    /// Function.
    pub function: String,
    /// Pass.
    pub pass: &'static str,
    /// Before it, or after it.
    pub after: bool,
    /// The text.
    pub text: String,
}

/// What a pass cost in all.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct PassTime {
    /// Bodies it ran on.
    pub runs: u64,
    /// Bodies it changed.
    pub changes: u64,
    /// Nanoseconds.
    pub nanoseconds: u64,
}

impl Instruments {
    fn wants(&self, function: &str, pass: &str) -> bool {
        self.dump.as_ref().is_some_and(|filter| {
            let (name, wanted) = filter.split_once('&').unwrap_or((filter, ""));
            function.contains(name.trim()) && pass.contains(wanted.trim())
        })
    }
    fn show(&mut self, program: &Program, func: FuncId, pass: &'static str, after: bool) {
        let function = &program.functions[func];
        if self.wants(&function.name, pass) {
            let (name, text) = (function.name.clone(), print_body(Some(program), &function.body));
            self.dumps.push(Dump { function: name, pass, after, text });
        }
    }
    /// Before a change made without a pass of its own.
    pub(super) fn begin(&mut self, program: &Program, func: FuncId, pass: &'static str) {
        self.show(program, func, pass, false);
    }
    /// After it.
    pub(super) fn end(
        &mut self,
        program: &Program,
        func: FuncId,
        pass: &'static str,
        start: u64,
        changed: bool,
    ) {
        self.record(pass, start, changed);
        self.show(program, func, pass, true);
        if changed {
            self.check(program, func, pass);
        }
    }
    pub(super) fn now(&self) -> u64 {
        self.clock.map_or(0, |clock| clock())
    }
    pub(super) fn record(&mut self, pass: &'static str, start: u64, changed: bool) {
        let nanoseconds = self.now().saturating_sub(start);
        let time = self.times.entry(pass).or_default();
        time.runs += 1;
        time.changes += u64::from(changed);
        time.nanoseconds += nanoseconds;
    }
    fn check(&self, program: &Program, func: FuncId, pass: &str) {
        if !self.validate {
            return;
        }
        let function = &program.functions[func];
        let violations = validate_body(Some(program), &function.body);
        if let Some(first) = violations.first() {
            bug!("after {pass}: {first}\n{}", print_body(Some(program), &function.body));
        }
    }
}

/// Runs passes on one body, in order; says whether any changed it.
pub fn run_passes(
    program: &mut Program,
    func: FuncId,
    passes: &[&dyn MirPass],
    instruments: &mut Instruments,
) -> bool {
    let mut any = false;
    for pass in passes {
        instruments.show(program, func, pass.name(), false);
        let mut body = take_body(program, func);
        let start = instruments.now();
        let changed = pass.run(&PassCx { program }, &mut body);
        program.functions[func].body = body;
        instruments.record(pass.name(), start, changed);
        instruments.show(program, func, pass.name(), true);
        if changed {
            instruments.check(program, func, pass.name());
        }
        any |= changed;
    }
    any
}

/// Takes a body out of the program; what stays has no blocks.
pub(super) fn take_body(program: &mut Program, func: FuncId) -> Body {
    let empty = Body {
        phase: Phase::Mono,
        name: String::new(),
        arg_count: 0,
        locals: IndexVec::new(),
        blocks: IndexVec::new(),
        span: Span::NONE,
    };
    std::mem::replace(&mut program.functions[func].body, empty)
}
