//! What functions do besides computing their results: panic, run forever, print, ask the outside.
//!
//! In: a program. Out: the effects of every function, bottom-up over the call graph. A call through a pointer is
//! assumed to do everything.

use cloudc_frontend::index::IndexVec;
use cloudc_frontend::mir::{Callee, FuncId, TerminatorKind};
use cloudc_frontend::mono::{Function, Program};
use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};

/// A set of effects.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Effects {
    /// May panic.
    pub panics: bool,
    /// May not terminate: it has a loop without a known bound, or recursion.
    pub diverges: bool,
    /// Prints.
    pub emits: bool,
    /// Depends on something outside: arguments, files, standard input, or a call through a pointer.
    pub ingress: bool,
}

impl Effects {
    /// Both.
    pub fn union(self, other: Effects) -> Effects {
        Effects {
            panics: self.panics || other.panics,
            diverges: self.diverges || other.diverges,
            emits: self.emits || other.emits,
            ingress: self.ingress || other.ingress,
        }
    }
    /// Names, for people and manifests.
    pub fn names(self) -> Vec<&'static str> {
        [(self.panics, "panic"), (self.diverges, "diverge"), (self.emits, "emit"), (self.ingress, "ingress")]
            .into_iter()
            .filter_map(|(has, name)| has.then_some(name))
            .collect()
    }
}

/// Effects of every function of a program.
pub fn of_program(program: &Program) -> IndexVec<FuncId, Effects> {
    let mut graph: DiGraph<FuncId, ()> = DiGraph::new();
    let nodes: Vec<NodeIndex> = program.functions.indices().map(|f| graph.add_node(f)).collect();
    let mut effects: IndexVec<FuncId, Effects> = IndexVec::new();
    for (id, function) in program.functions.iter_enumerated() {
        effects.push(own(function));
        for callee in callees(function) {
            graph.update_edge(nodes[id.0 as usize], nodes[callee.0 as usize], ());
        }
    }
    // Callees come before callers.
    for component in tarjan_scc(&graph) {
        let members: Vec<FuncId> = component.iter().map(|&n| graph[n]).collect();
        let mut all = Effects::default();
        for &member in &members {
            if known(&program.functions[member]).is_some() {
                continue;
            }
            let inner = callees(&program.functions[member]).map(|c| effects[c]);
            all = inner.fold(all.union(effects[member]), Effects::union);
        }
        all.diverges |= members.len() > 1 || callees(&program.functions[members[0]]).any(|c| c == members[0]);
        for member in members {
            effects[member] = known(&program.functions[member]).unwrap_or(all);
        }
    }
    effects
}

/// Whether a program asks for the room in its buffers, or has a static that is made once in a run. What has been sent from
/// task to task has no room to spare, and each task would make a static of its own: such a program must stay in one piece.
pub fn sees_memory(program: &Program) -> bool {
    let marks = ["std::rt::room", "std::rt::kept::once"];
    program.functions.iter().any(|f| f.is_std && marks.contains(&f.name.as_str()))
}

fn callees(function: &Function) -> impl Iterator<Item = FuncId> + '_ {
    function.body.blocks.iter().filter_map(|b| match &b.terminator.kind {
        TerminatorKind::Call { callee: Callee::Func(f), .. } => Some(*f),
        _ => None,
    })
}

/// Effects of the functions of our run-time library through which all effects go.
fn known(function: &Function) -> Option<Effects> {
    if !function.is_std {
        return None;
    }
    let name = function.name.as_str();
    let none = Effects::default();
    if name.starts_with("std::rt::text::") || name.starts_with("std::io::__") {
        Some(Effects { emits: true, ..none })
    } else if name.starts_with("std::rt::fail") || name.starts_with("std::panicking::") {
        Some(Effects { panics: true, ..none })
    } else if name.starts_with("std::rt::heap::") {
        Some(none)
    } else if name.starts_with("std::rt::") || name.starts_with("std::env::") || name.starts_with("std::fs::")
    {
        Some(Effects { ingress: true, panics: true, ..none })
    } else {
        None
    }
}

fn own(function: &Function) -> Effects {
    let mut effects = Effects::default();
    for block in &function.body.blocks {
        match &block.terminator.kind {
            TerminatorKind::Assert { .. } => effects.panics = true,
            TerminatorKind::Call { callee: Callee::Value(_), .. } => {
                effects = Effects { panics: true, diverges: true, emits: true, ingress: true };
            }
            TerminatorKind::Call { callee: Callee::Intrinsic(name, _), .. } if *name == "host_call" => {
                effects.ingress = true;
            }
            _ => {}
        }
    }
    effects
}
