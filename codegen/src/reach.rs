//! Which functions a task needs: everything its root calls or takes the address of, in a fixed order.

use std::collections::HashSet;

use cloudc_frontend::mir::needs::lang_callees;
use cloudc_frontend::mir::{
    Body, Callee, ConstantKind, FuncId, Operand, Rvalue, StatementKind, TerminatorKind,
};
use cloudc_frontend::mono::Program;

/// Breadth first from the roots; each function once.
pub fn reachable(program: &Program, roots: &[FuncId]) -> Vec<FuncId> {
    let mut seen: HashSet<FuncId> = roots.iter().copied().collect();
    let mut order = roots.to_vec();
    let mut next = 0;
    while let Some(&func) = order.get(next) {
        next += 1;
        let mut found = Vec::new();
        mentioned(program, &program.functions[func].body, &mut found);
        order.extend(found.into_iter().filter(|&f| seen.insert(f)));
    }
    order
}

fn mentioned(program: &Program, body: &Body, found: &mut Vec<FuncId>) {
    found.extend(lang_callees(program, body));
    for block in &body.blocks {
        for statement in &block.statements {
            let StatementKind::Assign(_, rvalue) = &statement.kind else { continue };
            match rvalue {
                Rvalue::Use(o) | Rvalue::Repeat(o, _) | Rvalue::Cast(_, o, _) | Rvalue::Unary(_, o) => {
                    operand(o, found)
                }
                Rvalue::Binary(_, a, b) | Rvalue::CheckedBinary(_, a, b) => {
                    operand(a, found);
                    operand(b, found);
                }
                Rvalue::Aggregate(_, operands) => operands.iter().for_each(|o| operand(o, found)),
                Rvalue::Ref(..) | Rvalue::RawRef(..) | Rvalue::Len(_) | Rvalue::Discriminant(_) => {}
            }
        }
        let TerminatorKind::Call { callee, args, .. } = &block.terminator.kind else { continue };
        match callee {
            Callee::Func(f) => found.push(*f),
            Callee::Value(o) => operand(o, found),
            Callee::Def(..) | Callee::Intrinsic(..) => {}
        }
        args.iter().for_each(|o| operand(o, found));
    }
}

fn operand(operand: &Operand, found: &mut Vec<FuncId>) {
    if let Operand::Constant(c) = operand
        && let ConstantKind::Func(f) = c.kind
    {
        found.push(f);
    }
}
