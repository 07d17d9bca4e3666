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
    /// Whether the function can come to call itself, even if every call of a function that is not so marked is replaced by
    /// the body called: of the functions of a component enough are marked that no circle is left among the others.
    pub recursive: IndexVec<FuncId, bool>,
    /// How many call sites and mentions each function has in reachable bodies.
    pub mentions: IndexVec<FuncId, u32>,
}

/// Components with more members are marked as a whole: looking for the best to mark would take too long.
const LARGEST: usize = 64;

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
                        }
                        // The member entered last was called by the others.
                        result.order.extend(members.iter().rev());
                        if members.len() > 1 {
                            result.break_circles(program, components, members.len());
                        }
                        components += 1;
                    }
                }
            }
        }
    }
    result
}

impl CallOrder {
    /// Marks members of the component that ends `order`, and puts the others after those they call.
    fn break_circles(&mut self, program: &Program, component: u32, len: usize) {
        let start = self.order.len() - len;
        if len > LARGEST {
            self.order[start..].iter().for_each(|f| self.recursive[*f] = true);
            return;
        }
        let mut left = self.order.split_off(start);
        let mut calls: Vec<(FuncId, Vec<FuncId>)> = Vec::new();
        for &f in &left {
            let mut callees = mentioned(program, &program.functions[f].body);
            callees.retain(|c| self.component[*c] == component);
            calls.push((f, callees));
        }
        left.retain(|f| !self.recursive[*f]);
        let marked = self.recursive.clone();
        let mut settled = Vec::new();
        while !left.is_empty() {
            let recursive = &self.recursive;
            let is_ready = |f: &FuncId| {
                let callees = calls.iter().find(|(g, _)| g == f).map_or(&[][..], |c| &c.1);
                callees.iter().all(|c| recursive[*c] || settled.contains(c))
            };
            match left.iter().position(is_ready) {
                Some(ready) => settled.push(left.remove(ready)),
                // The first of those in a circle that the most others call.
                None => {
                    let callers = |f: &FuncId| calls.iter().filter(|(_, c)| c.contains(f)).count();
                    let most = left.iter().map(callers).max().unwrap_or(0);
                    let breaker = left.iter().position(|f| callers(f) == most).unwrap_or(0);
                    self.recursive[left.remove(breaker)] = true;
                }
            }
        }
        let breakers = calls.iter().map(|c| c.0).filter(|f| self.recursive[*f]);
        let (own, found): (Vec<FuncId>, Vec<FuncId>) = breakers.partition(|f| marked[*f]);
        self.order.extend(settled);
        self.order.extend(found);
        self.order.extend(own);
    }
}
