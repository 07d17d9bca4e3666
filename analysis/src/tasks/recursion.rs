//! Functions that call themselves: which they are, and how much work one call of them stands for.
//!
//! In: a program. Out: for each function the cycle of calls it is on. The work of a tree of calls follows from an argument
//! that gets smaller with every call: a slice (every level looks at all of it once) or a number that is counted down.

use std::collections::BTreeSet;

use cloudc_frontend::index::IndexVec;
use cloudc_frontend::mir::traversal::{dominators, loop_tree};
use cloudc_frontend::mir::{
    BinOp, Body, Callee, FuncId, Local, Operand, Place, Projection, Rvalue, TerminatorKind,
};
use cloudc_frontend::mono::Program;
use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use super::cost::has_length;
use super::flow::{Definition, Definitions};

/// The cycles of calls of a program.
#[derive(Default)]
pub struct Cycles {
    /// The cycle a function is on.
    on: IndexVec<FuncId, Option<u32>>,
    /// Functions that are on a cycle or call one that is, however far down.
    reaching: IndexVec<FuncId, bool>,
}

impl Cycles {
    /// Finds them.
    pub fn of(program: &Program) -> Cycles {
        let mut graph: DiGraph<FuncId, ()> = DiGraph::new();
        let nodes: Vec<NodeIndex> = program.functions.indices().map(|f| graph.add_node(f)).collect();
        for (id, function) in program.functions.iter_enumerated() {
            for callee in callees(&function.body) {
                graph.update_edge(nodes[id.0 as usize], nodes[callee.0 as usize], ());
            }
        }
        let mut on: IndexVec<FuncId, Option<u32>> = program.functions.iter().map(|_| None).collect();
        let mut reaching: IndexVec<FuncId, bool> = program.functions.iter().map(|_| false).collect();
        // Callees come before callers.
        for (number, component) in tarjan_scc(&graph).into_iter().enumerate() {
            let members: Vec<FuncId> = component.iter().map(|&n| graph[n]).collect();
            let is_cycle =
                members.len() > 1 || callees(&program.functions[members[0]].body).any(|c| c == members[0]);
            let is_users = members.iter().any(|m| !program.functions[*m].is_std);
            let below = members.iter().any(|m| callees(&program.functions[*m].body).any(|c| reaching[c]));
            for member in members {
                on[member] = (is_cycle && is_users).then_some(number as u32);
                reaching[member] = below || is_cycle && is_users;
            }
        }
        Cycles { on, reaching }
    }

    /// Whether a call from one function to the other is part of a cycle.
    pub fn joins(&self, caller: FuncId, callee: FuncId) -> bool {
        let cycle = |f| self.on.get(f).copied().flatten();
        cycle(caller).is_some() && cycle(caller) == cycle(callee)
    }

    /// Whether a function leads to a cycle.
    pub fn reaches(&self, func: FuncId) -> bool {
        self.reaching.get(func).copied().unwrap_or(false)
    }
}

fn callees(body: &Body) -> impl Iterator<Item = FuncId> + '_ {
    body.blocks.iter().filter_map(|b| match &b.terminator.kind {
        TerminatorKind::Call { callee: Callee::Func(f), .. } => Some(*f),
        _ => None,
    })
}

/// How a function that calls itself directly does it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// Several calls on parts of this slice or text.
    Divides(Local),
    /// Several calls with this number made smaller by a constant.
    CountsDown(Local),
    /// Calls in a loop.
    Branches,
    /// Anything else.
    Unknown,
}

/// The shape of a function's calls of itself; `None` if there are none.
pub fn shape(program: &Program, func: FuncId) -> Option<Shape> {
    let body = &program.functions[func].body;
    let tree = loop_tree(body, &dominators(body));
    let mut calls: Vec<&[Operand]> = Vec::new();
    let mut in_loop = false;
    for (block, data) in body.blocks.iter_enumerated() {
        if let TerminatorKind::Call { callee: Callee::Func(f), args, .. } = &data.terminator.kind
            && *f == func
        {
            calls.push(args);
            in_loop |= tree.innermost[block].is_some();
        }
    }
    if calls.is_empty() {
        return None;
    }
    if in_loop {
        return Some(Shape::Branches);
    }
    if calls.len() < 2 {
        return Some(Shape::Unknown);
    }
    let definitions = Definitions::new(body);
    for (k, param) in body.args().enumerate() {
        let given = || calls.iter().filter_map(|args| args.get(k));
        let ty = body.locals[param].ty;
        if has_length(program, ty)
            && given().all(|a| a.place().is_some_and(|p| definitions.origin(p.local) != param))
        {
            return Some(Shape::Divides(param));
        }
        if ty.is_integral() && given().all(|a| is_less(&definitions, a, param)) {
            return Some(Shape::CountsDown(param));
        }
    }
    Some(Shape::Unknown)
}

/// Whether an argument is the parameter minus a constant.
fn is_less(definitions: &Definitions<'_>, argument: &Operand, param: Local) -> bool {
    let Some(place) = argument.place() else { return false };
    let mut local = definitions.origin(place.local);
    if let Some((Definition::Assign(Rvalue::Use(Operand::Copy(p) | Operand::Move(p))), _)) =
        definitions.of(local)
        && matches!(p.projection[..], [Projection::Field(0, _)])
    {
        local = p.local;
    }
    let Some((Definition::Assign(Rvalue::CheckedBinary(op, a, b) | Rvalue::Binary(op, a, b)), _)) =
        definitions.of(local)
    else {
        return false;
    };
    let from = a.place().and_then(Place::as_local).map(|l| definitions.origin(l));
    *op == BinOp::Sub && from == Some(param) && b.as_scalar().is_some_and(|n| n > 0)
}

/// The functions a body calls, without repetition.
pub fn called(body: &Body) -> BTreeSet<FuncId> {
    callees(body).collect()
}
