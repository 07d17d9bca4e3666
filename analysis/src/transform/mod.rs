//! Transforms of bodies, one pass a file.
//!
//! A pass is a unit struct named for its effect; [`run_passes`] times, dumps and validates. [`optimize`] is the order in
//! which a program is made fast before code generation; [`prepare`] what happens before inference looks at it.

mod constant_fold;
mod copy_propagation;
mod dead_stores;
mod evaluate_constants;
mod inline_calls;
mod invert_loops;
mod jump_threading;
mod named;
mod reference_propagation;
mod remove;
mod scalar_replacement;
mod simplify_cfg;
mod slice_parts;

use std::cell::RefCell;
use std::time::Duration;

use cloudc_frontend::bug;
use cloudc_frontend::index::Idx;
use cloudc_frontend::mir::visit::Visitor;
use cloudc_frontend::mir::{Body, Callee, Constant, ConstantKind, FuncId, Location, Phase};
use cloudc_frontend::mono::Program;
use cloudc_frontend::source::Span;
use cloudc_frontend::ty::Ty;

use crate::interp::Failure;
use crate::layout::Layouts;

pub use constant_fold::FoldConstants;
pub use copy_propagation::PropagateCopies;
pub use dead_stores::RemoveDeadStores;
pub use evaluate_constants::evaluate_constants;
pub use inline_calls::{InlineCalls, cost};
pub use invert_loops::InvertLoops;
pub use jump_threading::ThreadJumps;
pub use named::pass_named;
pub use reference_propagation::PropagateReferences;
pub use remove::{RemoveNops, RemoveStorage, RemoveUnreachableBlocks, RemoveUnusedLocals};
pub use scalar_replacement::ReplaceAggregates;
pub use simplify_cfg::SimplifyCfg;
pub use slice_parts::UseSliceParts;

/// What passes may look at besides the body they change. The body is out of the program meanwhile.
pub struct PassCx<'a> {
    /// The program; the function being changed has no blocks in it.
    pub program: &'a Program,
    /// Layouts of its types.
    pub layouts: &'a Layouts<'a>,
    /// The function being changed.
    pub function: FuncId,
}

/// A change of a body that keeps its meaning.
pub trait MirPass {
    /// Name in dumps and timings.
    fn name(&self) -> &'static str;
    /// Changes the body.
    fn run(&self, cx: &PassCx<'_>, body: &mut Body);
}

/// What the runner does besides running.
#[derive(Default)]
pub struct Observer<'a> {
    /// Whether to validate after each pass.
    pub validate: bool,
    /// Reads the clock, if passes are to be timed.
    pub clock: Option<&'a dyn Fn() -> Duration>,
    /// Time spent by pass, in the order the passes first ran.
    pub times: RefCell<indexmap::IndexMap<&'static str, Duration>>,
    /// Called with pass name and body, before (`false`) and after (`true`) each pass.
    pub dump: Option<&'a dyn Fn(&'static str, bool, &Body)>,
}

/// Runs passes over one function, in order; then the function is in `phase`.
pub fn run_passes(
    observer: &Observer<'_>,
    program: &mut Program,
    function: FuncId,
    passes: &[&dyn MirPass],
    phase: Phase,
) {
    let hollow = Body::new("", Phase::Mono, &[], Ty::unit(), Span::NONE);
    let mut body = std::mem::replace(&mut program.functions[function].body, hollow);
    let layouts = Layouts::new(program);
    let cx = PassCx { program, layouts: &layouts, function };
    for pass in passes {
        if let Some(dump) = observer.dump {
            dump(pass.name(), false, &body);
        }
        let start = observer.clock.map(|clock| clock());
        pass.run(&cx, &mut body);
        if let (Some(start), Some(clock)) = (start, observer.clock) {
            *observer.times.borrow_mut().entry(pass.name()).or_default() += clock().saturating_sub(start);
        }
        if let Some(dump) = observer.dump {
            dump(pass.name(), true, &body);
        }
        if observer.validate {
            let wrong = validate(program, function, &body);
            if !wrong.is_empty() {
                let text = cloudc_frontend::mir::print_body(Some(program), &body);
                bug!("`{}` broke a body:\n{}\n{text}", pass.name(), wrong.join("\n"));
            }
        }
    }
    body.phase = body.phase.max(phase);
    program.functions[function].body = body;
}

/// Violations, with recursive calls left out: the callee's declaration is in the body itself.
fn validate(program: &Program, function: FuncId, body: &Body) -> Vec<String> {
    struct Recursive(FuncId, bool);
    impl Visitor for Recursive {
        fn visit_callee(&mut self, callee: &Callee, _: Location) {
            self.1 |= matches!(callee, Callee::Func(f) if *f == self.0);
        }
    }
    let mut recursive = Recursive(function, false);
    recursive.visit_body(body);
    if recursive.1 { Vec::new() } else { cloudc_frontend::mir::validate::validate_body(Some(program), body) }
}

/// What inference gets: small callees put in, library loops whole.
const PREPARE: [&dyn MirPass; 12] = [
    &SimplifyCfg,
    &FoldConstants,
    &SimplifyCfg,
    &InlineCalls { limit: 50, keep_skeletons: true },
    // From here on calls are calls of what inference knows or of what is large.
    &SimplifyCfg,
    &PropagateCopies,
    &PropagateReferences,
    &FoldConstants,
    &RemoveDeadStores,
    &SimplifyCfg,
    &RemoveNops,
    &RemoveUnusedLocals,
];

/// What code generation gets.
const OPTIMIZE: [&dyn MirPass; 39] = [
    &RemoveStorage,
    &SimplifyCfg,
    &FoldConstants,
    &SimplifyCfg,
    &InlineCalls { limit: 60, keep_skeletons: false },
    // From here on one body; each round exposes work for the next.
    &SimplifyCfg,
    &PropagateCopies,
    &PropagateReferences,
    &PropagateCopies,
    &FoldConstants,
    &RemoveDeadStores,
    // From here on what is still borrowed is borrowed for good, as far as one round sees.
    &ReplaceAggregates,
    &PropagateCopies,
    &PropagateReferences,
    &UseSliceParts,
    &FoldConstants,
    &RemoveDeadStores,
    &SimplifyCfg,
    &ThreadJumps,
    &SimplifyCfg,
    &PropagateCopies,
    &PropagateReferences,
    &UseSliceParts,
    &RemoveDeadStores,
    &ReplaceAggregates,
    &PropagateCopies,
    &PropagateReferences,
    &UseSliceParts,
    &FoldConstants,
    &RemoveDeadStores,
    &SimplifyCfg,
    &ThreadJumps,
    &SimplifyCfg,
    // From here on only the shape of loops changes.
    &PropagateCopies,
    &RemoveDeadStores,
    &SimplifyCfg,
    &InvertLoops,
    &RemoveNops,
    &RemoveUnusedLocals,
];

/// Makes a program simple enough for inference. Gives the constants whose evaluation fails.
pub fn prepare(observer: &Observer<'_>, program: &mut Program) -> Vec<(FuncId, Failure)> {
    let failures = evaluate_constants(program);
    for function in bottom_up(program) {
        run_passes(observer, program, function, &PREPARE, Phase::Simple);
    }
    failures
}

/// Makes a program fast: after this only code generation follows. Gives the constants whose evaluation fails.
pub fn optimize(observer: &Observer<'_>, program: &mut Program) -> Vec<(FuncId, Failure)> {
    let failures = evaluate_constants(program);
    for function in bottom_up(program) {
        run_passes(observer, program, function, &OPTIMIZE, Phase::Lean);
    }
    failures
}

/// Callees before callers, as far as recursion allows; deterministic.
pub fn bottom_up(program: &Program) -> Vec<FuncId> {
    struct Callees(Vec<FuncId>);
    impl Visitor for Callees {
        fn visit_callee(&mut self, callee: &Callee, at: Location) {
            if let Callee::Func(f) = callee {
                self.0.push(*f);
            }
            self.walk_callee(callee, at);
        }
        fn visit_constant(&mut self, constant: &Constant, at: Location) {
            if let ConstantKind::Func(f) = constant.kind {
                self.0.push(f);
            }
            self.walk_constant(constant, at);
        }
    }
    let mut graph = petgraph::graph::DiGraph::<(), ()>::new();
    for _ in &program.functions {
        graph.add_node(());
    }
    for (id, f) in program.functions.iter_enumerated() {
        let mut callees = Callees(Vec::new());
        callees.visit_body(&f.body);
        callees.0.dedup();
        for callee in callees.0 {
            graph.add_edge((id.index() as u32).into(), (callee.index() as u32).into(), ());
        }
    }
    let components = petgraph::algo::tarjan_scc(&graph);
    components.into_iter().flatten().map(|n| FuncId::new(n.index())).collect()
}
