//! Changes of bodies and programs that keep what they do, and the order in which they run.
//!
//! In: a monomorphic [`Program`]. Out: the same program, simpler. [`for_inference`] prepares it for task inference, lightly:
//! whatever inference knows by name is still a call afterwards. [`for_codegen`] makes the functions a task needs fast.
//!
//! What holds in the programs we are given, and passes rely on: a reference is valid while it is used; nobody changes what
//! lies behind a shared reference, cells aside; a local whose address is never taken is changed by its own statements only.
//! Everything else about memory is unknown: any call and any store through a pointer may change whatever has an address.

pub mod bounds_check_removal;
pub mod cfg;
pub mod cleanup;
pub mod common_subexpressions;
pub mod constant_fold;
pub mod copy_propagation;
pub mod dead_stores;
pub mod destination_propagation;
pub mod evaluate_constants;
pub mod hoist_guards;
pub mod inline;
pub mod interleave;
pub mod invariant_loads;
pub mod invert_loops;
pub mod jump_threading;
pub mod lower_intrinsics;
mod rounds;
pub mod run;
pub mod scalar_replacement;

use cloudc_frontend::mir::{FuncId, Phase};
use cloudc_frontend::mono::Program;

pub use bounds_check_removal::BoundsCheckRemoval;
pub use cfg::{RemoveUnreachableBlocks, SimplifyCfg};
pub use cleanup::{RemoveNops, RemoveUnusedLocals};
pub use common_subexpressions::CommonSubexpressions;
pub use constant_fold::ConstantFold;
pub use copy_propagation::{CopyPropagation, PropagateBeforeInference};
pub use dead_stores::DeadStores;
pub use destination_propagation::DestinationPropagation;
pub use evaluate_constants::evaluate_constants;
pub use hoist_guards::HoistGuards;
pub use inline::{InlineCalls, Policy};
pub use interleave::InterleaveLoops;
pub use invariant_loads::HoistInvariantLoads;
pub use invert_loops::InvertLoops;
pub use jump_threading::JumpThreading;
pub use lower_intrinsics::LowerIntrinsics;
pub use run::{Instruments, MirPass, PassCx, run_passes};
pub use scalar_replacement::ScalarReplacement;

use crate::facts::calls::call_order;
use crate::interp::Failure;

/// Every pass over one body, by name, for tests and dumps.
pub const BODY_PASSES: [&dyn MirPass; 18] = [
    &RemoveNops,
    &RemoveUnreachableBlocks,
    &SimplifyCfg,
    &LowerIntrinsics,
    &CopyPropagation,
    &PropagateBeforeInference,
    &ConstantFold,
    &ScalarReplacement,
    &DeadStores,
    &JumpThreading,
    &CommonSubexpressions,
    &BoundsCheckRemoval,
    &HoistGuards,
    &InterleaveLoops,
    &InvertLoops,
    &HoistInvariantLoads,
    &DestinationPropagation,
    &RemoveUnusedLocals,
];

/// The pass of this name.
pub fn pass_named(name: &str) -> Option<&'static dyn MirPass> {
    BODY_PASSES.into_iter().find(|p| p.name() == name)
}

/// Prepares all functions for inference. Afterwards every body is in [`Phase::Simple`]. Gives the constants whose
/// evaluation fails: such a program does not compile.
pub fn for_inference(program: &mut Program, instruments: &mut Instruments) -> Vec<(FuncId, Failure)> {
    let failures = evaluate_constants(program, instruments);
    // From here on constants without pointers are values.
    let all: Vec<FuncId> = program.functions.indices().collect();
    let order = call_order(program, &all);
    let mut inliner = InlineCalls::new(Policy::Inference, &order);
    for &func in &order.order {
        run_passes(program, func, &[&RemoveNops, &SimplifyCfg], instruments);
        if inliner.run(program, func, instruments) {
            run_passes(program, func, &[&SimplifyCfg], instruments);
        }
        for _ in 0..3 {
            let passes: [&dyn MirPass; 5] =
                [&PropagateBeforeInference, &ConstantFold, &ScalarReplacement, &DeadStores, &SimplifyCfg];
            if !run_passes(program, func, &passes, instruments) {
                break;
            }
        }
        run_passes(program, func, &[&RemoveUnusedLocals], instruments);
        inliner.forget_size(func);
        program.functions[func].body.phase = Phase::Simple;
    }
    // From here on consumers of iterators are loops around a call of `next`, in the functions of users.
    failures
}

/// Optimises the functions that these roots and the runtime need, for [`Policy::Code`] or [`Policy::Independent`]. Afterwards their
/// bodies are in [`Phase::Lean`].
pub fn for_codegen(program: &mut Program, roots: &[FuncId], policy: Policy, instruments: &mut Instruments) {
    // What fails is still a call, and fails when it is run.
    evaluate_constants(program, instruments);
    let mut roots = roots.to_vec();
    roots.extend(program.lang_funcs.values());
    let order = call_order(program, &roots);
    let mut inliner = InlineCalls::new(policy, &order);
    for &func in &order.order {
        run_passes(program, func, &[&RemoveNops, &LowerIntrinsics, &SimplifyCfg], instruments);
        inliner.run(program, func, instruments);
        simplify(program, func, instruments);
        // A function pointer may have turned out to be one function, whose call may go in as well.
        if inliner.run(program, func, instruments) {
            simplify(program, func, instruments);
        }
        inliner.forget_size(func);
    }
    // From here on bodies are as small as they get; what follows trades size for speed.
    for &func in &call_order(program, &roots).order {
        let passes: [&dyn MirPass; 8] = [
            &HoistInvariantLoads,
            &CommonSubexpressions,
            &CopyPropagation,
            &BoundsCheckRemoval,
            &HoistGuards,
            &InterleaveLoops,
            &InvertLoops,
            &SimplifyCfg,
        ];
        run_passes(program, func, &passes, instruments);
        simplify(program, func, instruments);
        // One merge of a local makes room for the next.
        for _ in 0..4 {
            if !run_passes(program, func, &[&DestinationPropagation], instruments) {
                break;
            }
        }
        run_passes(program, func, &[&DeadStores, &SimplifyCfg, &RemoveUnusedLocals], instruments);
        program.functions[func].body.phase = Phase::Lean;
    }
}

/// Repeats what helps each other until nothing changes, a few times at most.
fn simplify(program: &mut Program, func: FuncId, instruments: &mut Instruments) {
    let passes: [&dyn MirPass; 9] = [
        &CopyPropagation,
        &ConstantFold,
        &DeadStores,
        &ScalarReplacement,
        &SimplifyCfg,
        &JumpThreading,
        &SimplifyCfg,
        &CommonSubexpressions,
        &BoundsCheckRemoval,
    ];
    // A pass need not look again at what it left as it is.
    let mut version = 0;
    let mut settled: Vec<(&str, u32)> = Vec::new();
    for _ in 0..6 {
        let before = version;
        for pass in passes {
            if settled.contains(&(pass.name(), version)) {
                continue;
            }
            if run_passes(program, func, &[pass], instruments) {
                version += 1;
            } else {
                settled.push((pass.name(), version));
            }
        }
        run_passes(program, func, &[&RemoveUnusedLocals], instruments);
        if version == before {
            break;
        }
    }
}
