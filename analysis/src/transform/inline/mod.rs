//! Bodies take the place of calls.
//!
//! Functions are met callees first, so what is put in has been simplified already, and calls inside it have been judged.
//! [`policy`] decides, [`splice`] does it.

pub mod policy;
pub mod splice;

use cloudc_frontend::index::IndexVec;
use cloudc_frontend::mir::{BlockId, Body, Callee, FuncId, TerminatorKind};
use cloudc_frontend::mono::Program;

use super::run::{Instruments, take_body};
use crate::facts::calls::CallOrder;
pub use policy::{Policy, units};

/// What is known of functions that could be put in.
pub struct InlineCalls<'o> {
    /// What is wanted.
    pub policy: Policy,
    /// Recursion, number of mentions.
    pub order: &'o CallOrder,
    sizes: IndexVec<FuncId, Option<Size>>,
}

/// The size of a body.
#[derive(Clone, Copy)]
struct Size {
    units: u32,
    returns: bool,
}

impl<'o> InlineCalls<'o> {
    /// The name of the pass.
    pub const NAME: &'static str = "inline-calls";

    /// Nothing measured yet.
    pub fn new(policy: Policy, order: &'o CallOrder) -> Self {
        let sizes = order.component.iter().map(|_| None).collect();
        InlineCalls { policy, order, sizes }
    }

    /// To be called when a body has changed.
    pub fn forget_size(&mut self, func: FuncId) {
        self.sizes[func] = None;
    }

    fn size(&mut self, program: &Program, func: FuncId) -> Size {
        *self.sizes[func].get_or_insert_with(|| {
            let body = &program.functions[func].body;
            let returns = body.blocks.iter().any(|b| matches!(b.terminator.kind, TerminatorKind::Return));
            Size { units: units(body), returns }
        })
    }

    /// Puts bodies in place of calls of one function, as the policy wants; says whether there were any.
    pub fn run(&mut self, program: &mut Program, func: FuncId, instruments: &mut Instruments) -> bool {
        instruments.begin(program, func, Self::NAME);
        let start = instruments.now();
        let mut body = take_body(program, func);
        let mut own = units(&body);
        let warm = reaches_return(&body);
        let mut changed = false;
        // Blocks put in are met as well: a consumer put in calls closures this function knows.
        let mut depth: Vec<u8> = vec![0; body.blocks.len()];
        let mut next = 0;
        while next < body.blocks.len() {
            let block = BlockId(next as u32);
            next += 1;
            let TerminatorKind::Call { callee: Callee::Func(callee), .. } =
                body.blocks[block].terminator.kind
            else {
                continue;
            };
            if callee == func || self.order.recursive[callee] {
                continue;
            }
            let size = self.size(program, callee);
            let level = depth[block.0 as usize];
            let site = policy::Site {
                units: size.units,
                caller_units: own,
                returns: size.returns,
                is_warm: warm.get(block.0 as usize).copied().unwrap_or(true),
                mentions: self.order.mentions[callee],
                depth: level,
            };
            if !self.policy.wants(&program.functions[func], &program.functions[callee], &site)
                || !splice::fits(program, &body, block, callee)
            {
                continue;
            }
            splice::splice(program, func, &mut body, block, callee);
            depth.resize(body.blocks.len(), level + 1);
            own += size.units;
            changed = true;
        }
        program.functions[func].body = body;
        if changed {
            self.forget_size(func);
        }
        instruments.end(program, func, Self::NAME, start, changed);
        changed
    }
}

/// Blocks from which a return can be reached; the others lead to a panic.
fn reaches_return(body: &Body) -> Vec<bool> {
    let mut warm: Vec<bool> =
        body.blocks.iter().map(|b| matches!(b.terminator.kind, TerminatorKind::Return)).collect();
    let order = cloudc_frontend::mir::traversal::postorder(body);
    let mut changed = true;
    while changed {
        changed = false;
        for &block in &order {
            if warm[block.0 as usize] {
                continue;
            }
            let mut any = false;
            body.blocks[block].terminator.kind.for_successors(|s| any |= warm[s.0 as usize]);
            if any {
                warm[block.0 as usize] = true;
                changed = true;
            }
        }
    }
    warm
}
