//! Which calls are worth a copy of the body.

use cloudc_frontend::mir::{Body, Callee, Rvalue, StatementKind, TerminatorKind};
use cloudc_frontend::mono::{Function, Instance};

/// What inlining is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Policy {
    /// Inference wants to see loops: consumers of iterators and closures they call go into the user's functions; whatever
    /// it knows by name stays a call.
    Inference,
    /// Code wants to be fast.
    Code,
    /// Code wants to be fast, and to stay the same when some other part of the program changes.
    Independent,
}

/// What the policy looks at beside the two functions.
#[derive(Clone, Copy, Debug)]
pub struct Site {
    /// Size of the callee.
    pub units: u32,
    /// Size of the caller so far.
    pub caller_units: u32,
    /// Whether the callee returns.
    pub returns: bool,
    /// Whether the call is on a way to a return.
    pub is_warm: bool,
    /// How often the callee is mentioned in the program.
    pub mentions: u32,
    /// How many bodies put in the call is inside of.
    pub depth: u8,
}

/// Consumers of iterators: their loop is what inference looks for.
const CONSUMERS: [&str; 24] = [
    "collect",
    "sum",
    "product",
    "fold",
    "count",
    "for_each",
    "extend",
    "min",
    "max",
    "min_by",
    "max_by",
    "min_by_key",
    "max_by_key",
    "last",
    "reduce",
    "partition",
    "unzip",
    "any",
    "all",
    "find",
    "find_map",
    "position",
    "rposition",
    "for",
];

/// Always put in, if the caller has not grown out of hand.
const SMALL: u32 = 60;
/// The same in a caller that is large already: what pays there is a loop around the call, and the calls in such loops are of
/// the smallest functions.
const SMALL_IN_LARGE: u32 = 30;
/// A caller larger than this is large.
const LARGE: u32 = 400;
/// With `#[inline]`.
const HINTED: u32 = 150;
/// Closures, and the steps of iterators.
const CLOSURE: u32 = 200;
/// Called from one place only.
const ONCE: u32 = 300;
/// A caller larger than this takes only what is smaller than the call.
const CALLER: u32 = 3000;
/// As large as the call itself.
const TINY: u32 = 10;

impl Policy {
    /// Whether the body of `callee` is to take the place of a call in `caller`.
    pub fn wants(self, caller: &Function, callee: &Function, site: &Site) -> bool {
        if callee.inline < 0 || !site.returns || site.depth > 24 {
            return false;
        }
        match self {
            Policy::Inference => wants_for_inference(caller, callee, site),
            Policy::Code => wants_for_code(callee, site),
            Policy::Independent => wants_for_code(callee, &Site { mentions: u32::MAX, ..*site }),
        }
    }
}

fn wants_for_code(callee: &Function, site: &Site) -> bool {
    if site.units <= TINY || callee.inline == 2 {
        return true;
    }
    // Calls inside what was put in have been judged where they stood, unless they became known here.
    if !site.is_warm || site.caller_units > CALLER || site.depth > 3 {
        return false;
    }
    let limit = if is_closure(callee) || is_step(callee) {
        CLOSURE
    } else if site.mentions == 1 {
        ONCE
    } else if callee.inline > 0 {
        HINTED
    } else if site.caller_units > LARGE {
        SMALL_IN_LARGE
    } else {
        SMALL
    };
    site.units <= limit
}

fn wants_for_inference(caller: &Function, callee: &Function, site: &Site) -> bool {
    if is_step(callee) {
        return false;
    }
    let is_room = site.caller_units <= CALLER;
    if let Some(skeleton) = callee.skeleton {
        return is_room && !caller.is_std && callee.is_std && CONSUMERS.contains(&skeleton.as_str());
    }
    if is_closure(callee) {
        return is_room && !caller.is_std && site.units <= CLOSURE;
    }
    // What is no larger than its call is seen through in any caller: operators are recognised by what they do.
    let is_tiny = site.units <= TINY;
    match callee.instance {
        Instance::CtorShim(..) | Instance::ClosureFnShim(..) | Instance::ReifyShim(_) => is_room || is_tiny,
        Instance::Item(..) => callee.is_std && (is_tiny || is_room && callee.inline == 2),
        Instance::Named(_) => callee.is_std && is_tiny,
        _ => false,
    }
}

fn is_closure(function: &Function) -> bool {
    matches!(function.instance, Instance::Closure(..) | Instance::ClosureFnShim(..))
}

/// `Iterator::next` and its like.
fn is_step(function: &Function) -> bool {
    let name = match function.instance {
        Instance::Item(def, _) => def.name(),
        Instance::Named(name) => name.as_str().rsplit("::").next().unwrap_or_default(),
        _ => return false,
    };
    matches!(name, "next" | "next_back")
}

/// The size of a body: about the instructions it becomes.
pub fn units(body: &Body) -> u32 {
    let mut units = 0;
    for block in &body.blocks {
        for statement in &block.statements {
            units += match &statement.kind {
                StatementKind::Assign(_, Rvalue::Aggregate(_, operands)) => operands.len() as u32,
                StatementKind::Assign(_, Rvalue::CheckedBinary(..) | Rvalue::Repeat(..)) => 2,
                StatementKind::Assign(..) => 1,
                _ => 0,
            };
        }
        units += match &block.terminator.kind {
            TerminatorKind::Goto(_) | TerminatorKind::Return | TerminatorKind::Unreachable => 0,
            TerminatorKind::Switch { targets, .. } => 1 + targets.len() as u32,
            TerminatorKind::Assert { .. } => 1,
            TerminatorKind::Call { callee: Callee::Intrinsic(..), .. } => 2,
            TerminatorKind::Call { args, target, .. } => {
                // A call that never returns is away from the path.
                if target.is_none() { 2 } else { 5 + args.len() as u32 }
            }
            TerminatorKind::Drop { .. } => 5,
        };
    }
    units
}
