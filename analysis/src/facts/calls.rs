//! Who calls whom.

use cloudc_frontend::index::{Idx, IndexVec};
use cloudc_frontend::mir::visit::Visitor;
use cloudc_frontend::mir::{
    Body, Callee, Constant, ConstantKind, FuncId, Location, Terminator, TerminatorKind,
};
use cloudc_frontend::mono::Program;
use cloudc_frontend::symbol::Symbol;

/// Functions that a body calls or takes the address of, and lang functions its assertions call, in order of mention.
pub fn mentioned(program: &Program, body: &Body) -> Vec<FuncId> {
    struct Find<'p> {
        program: &'p Program,
        found: Vec<FuncId>,
    }
    impl Visitor for Find<'_> {
        fn visit_callee(&mut self, callee: &Callee, at: Location) {
            if let Callee::Func(f) = callee {
                self.found.push(*f);
            }
            self.walk_callee(callee, at);
        }
        fn visit_constant(&mut self, constant: &Constant, _at: Location) {
            if let ConstantKind::Func(f) = constant.kind {
                self.found.push(f);
            }
        }
        fn visit_terminator(&mut self, terminator: &Terminator, at: Location) {
            if let TerminatorKind::Assert { message, .. } = &terminator.kind {
                let name = Symbol::intern(message.lang_function());
                self.found.extend(self.program.lang_funcs.get(&name).copied());
            }
            self.walk_terminator(terminator, at);
        }
    }
    let mut find = Find { program, found: Vec::new() };
    find.visit_body(body);
    find.found
}

/// The functions reachable from some, callees before callers as far as there is no recursion, and the component of
/// mutual recursion each belongs to.
pub struct CallOrder {
    /// Callees first.
    pub order: Vec<FuncId>,
    /// Number of the component; `u32::MAX` if not reachable.
    pub component: IndexVec<FuncId, u32>,
    /// Whether the function can come to call itself.
    pub recursive: IndexVec<FuncId, bool>,
    /// How many call sites and mentions each function has in reachable bodies.
    pub mentions: IndexVec<FuncId, u32>,
}

/// Tarjan's components, which come callees first.
pub fn call_order(program: &Program, roots: &[FuncId]) -> CallOrder {
    let n = program.functions.len();
    let mut result = CallOrder {
        order: Vec::new(),
        component: (0..n).map(|_| u32::MAX).collect(),
        recursive: (0..n).map(|_| false).collect(),
        mentions: (0..n).map(|_| 0).collect(),
    };
    let mut index: IndexVec<FuncId, u32> = (0..n).map(|_| u32::MAX).collect();
    let mut low = index.clone();
    let mut waiting: Vec<FuncId> = Vec::new();
    let mut is_waiting = vec![false; n];
    let (mut clock, mut components) = (0, 0);
    for &root in roots {
        if index[root] != u32::MAX {
            continue;
        }
        let mut stack: Vec<(FuncId, Vec<FuncId>, usize)> = Vec::new();
        let mut enter = Some(root);
        loop {
            if let Some(f) = enter.take() {
                index[f] = clock;
                low[f] = clock;
                clock += 1;
                waiting.push(f);
                is_waiting[f.index()] = true;
                let callees = mentioned(program, &program.functions[f].body);
                for &callee in &callees {
                    result.mentions[callee] += 1;
                    result.recursive[f] |= callee == f;
                }
                stack.push((f, callees, 0));
            }
            let Some((f, callees, next)) = stack.last_mut() else { break };
            match callees.get(*next) {
                Some(&callee) => {
                    *next += 1;
                    if index[callee] == u32::MAX {
                        enter = Some(callee);
                    } else if is_waiting[callee.index()] {
                        low[*f] = low[*f].min(index[callee]);
                    }
                }
                None => {
                    let f = *f;
                    stack.pop();
                    if let Some((caller, ..)) = stack.last() {
                        low[*caller] = low[*caller].min(low[f]);
                    }
                    if low[f] == index[f] {
                        let from = waiting.iter().rposition(|&w| w == f).unwrap_or(0);
                        let members = waiting.split_off(from);
                        for &m in &members {
                            is_waiting[m.index()] = false;
                            result.component[m] = components;
                            result.recursive[m] |= members.len() > 1;
                        }
                        // The member entered last was called by the others.
                        result.order.extend(members.into_iter().rev());
                        components += 1;
                    }
                }
            }
        }
    }
    result
}
