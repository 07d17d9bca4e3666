//! Checks that an earlier test has already made.
//!
//! A comparison that follows from the [`Orders`] that hold becomes a constant, a test of a condition that was tested before is
//! decided, and an addition of one to something below something else cannot overflow.

use cloudc_frontend::mir::{
    AggregateKind, BlockId, Body, Location, Operand, Place, Rvalue, Statement, StatementKind, TerminatorKind,
};
use cloudc_frontend::ty::Ty;

use super::run::{MirPass, PassCx};
use crate::dataflow::solve;
use crate::facts::orders::Orders;

/// As above.
pub struct BoundsCheckRemoval;

impl MirPass for BoundsCheckRemoval {
    fn name(&self) -> &'static str {
        "bounds-check-removal"
    }
    fn run(&self, _cx: &PassCx<'_>, body: &mut Body) -> bool {
        let orders = Orders::new(body);
        if orders.is_empty() {
            return false;
        }
        let results = solve(&orders, body);
        let mut cursor = results.cursor(&orders, body);
        let mut edits: Vec<(Location, Edit)> = Vec::new();
        // Conditions whose value is known where they are tested.
        let mut tested: Vec<(BlockId, bool)> = Vec::new();
        for (block, data) in body.blocks.iter_enumerated() {
            for (i, statement) in data.statements.iter().enumerate() {
                let at = Location { block, statement: i };
                let StatementKind::Assign(to, rvalue) = &statement.kind else { continue };
                match rvalue {
                    Rvalue::Binary(op, a, b) if op.is_comparison() => {
                        let (Some(x), Some(y)) = (orders.term(body, a), orders.term(body, b)) else {
                            continue;
                        };
                        if let Some(answer) = orders.decide(cursor.before(at), *op, x, y) {
                            edits.push((at, Edit::Answer(answer)));
                        }
                    }
                    Rvalue::CheckedBinary(op, a, b) if to.as_local().is_some() => {
                        let (Some(x), Some(y)) = (orders.term(body, a), orders.term(body, b)) else {
                            continue;
                        };
                        if orders.fits(cursor.before(at), body.operand_ty(a), *op, x, y) {
                            edits.push((at, Edit::Fits));
                        }
                    }
                    _ => {}
                }
            }
            let end = Location { block, statement: data.statements.len() };
            if let TerminatorKind::Switch { value: cond, .. } | TerminatorKind::Assert { cond, .. } =
                &data.terminator.kind
                && let Some(local) = cond.place().and_then(Place::as_local)
                && body.locals[local].ty == Ty::bool()
                && let Some(truth) = orders.truth(cursor.before(end), local)
            {
                tested.push((block, truth));
            }
        }
        let changed = !edits.is_empty() || !tested.is_empty();
        for (block, truth) in tested {
            if let TerminatorKind::Switch { value: cond, .. } | TerminatorKind::Assert { cond, .. } =
                &mut body.blocks[block].terminator.kind
            {
                *cond = Operand::scalar(truth as u128, Ty::bool());
            }
        }
        for (at, edit) in edits.into_iter().rev() {
            let statement = &body.blocks[at.block].statements[at.statement];
            let StatementKind::Assign(to, rvalue) = statement.kind.clone() else { continue };
            let span = statement.span;
            match (edit, rvalue) {
                (Edit::Answer(answer), _) => {
                    let answer = Rvalue::Use(Operand::scalar(answer as u128, Ty::bool()));
                    body.blocks[at.block].statements[at.statement] = Statement::assign(to, answer, span);
                }
                (Edit::Fits, Rvalue::CheckedBinary(op, a, b)) => {
                    let ty = body.operand_ty(&a);
                    let sum = Place::local(body.add_local(ty));
                    let no = Operand::scalar(0, Ty::bool());
                    let pair = Rvalue::Aggregate(AggregateKind::Tuple, vec![Operand::Copy(sum.clone()), no]);
                    let statements = &mut body.blocks[at.block].statements;
                    statements[at.statement] = Statement::assign(to, pair, span);
                    statements.insert(at.statement, Statement::assign(sum, Rvalue::Binary(op, a, b), span));
                }
                (Edit::Fits, _) => {}
            }
        }
        changed
    }
}

enum Edit {
    /// The comparison has this result.
    Answer(bool),
    /// The checked operation does not overflow.
    Fits,
}
