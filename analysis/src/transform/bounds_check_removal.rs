//! Checks that an earlier test has already made.
//!
//! A forward analysis knows, at each point, which of the orders `a < b`, `a <= b` between integer locals and constants hold
//! on every path: from conditions of loops and branches, and from assertions passed. A comparison that follows from them
//! becomes a constant, and an addition of one to something below something else cannot overflow.

use std::collections::HashMap;

use cloudc_frontend::index::IndexVec;
use cloudc_frontend::mir::{
    AggregateKind, BinOp, BlockId, Body, Local, Location, Operand, Place, Rvalue, Statement, StatementKind,
    Terminator, TerminatorKind, UnOp,
};
use cloudc_frontend::ty::Ty;

use super::run::{MirPass, PassCx};
use crate::dataflow::{Analysis, BitSet, Direction, Must, solve};
use crate::facts::borrowed::borrowed;
use crate::facts::{in_statement, in_terminator, liveness::is_write};

/// As above.
pub struct BoundsCheckRemoval;

impl MirPass for BoundsCheckRemoval {
    fn name(&self) -> &'static str {
        "bounds-check-removal"
    }
    fn run(&self, _cx: &PassCx<'_>, body: &mut Body) -> bool {
        let orders = Orders::new(body);
        if orders.facts.is_empty() {
            return false;
        }
        let results = solve(&orders, body);
        let mut cursor = results.cursor(&orders, body);
        let mut edits: Vec<(Location, Edit)> = Vec::new();
        for (block, data) in body.blocks.iter_enumerated() {
            for (i, statement) in data.statements.iter().enumerate() {
                let at = Location { block, statement: i };
                let StatementKind::Assign(to, rvalue) = &statement.kind else { continue };
                match rvalue {
                    Rvalue::Binary(op, a, b) if op.is_comparison() => {
                        let (Some(x), Some(y)) = (orders.term(body, a), orders.term(body, b)) else {
                            continue;
                        };
                        if let Some(answer) = orders.decide(&cursor.before(at).0, *op, x, y) {
                            edits.push((at, Edit::Answer(answer)));
                        }
                    }
                    Rvalue::CheckedBinary(op, a, b) if to.as_local().is_some() => {
                        let (Some(x), Some(y)) = (orders.term(body, a), orders.term(body, b)) else {
                            continue;
                        };
                        if orders.fits(&cursor.before(at).0, body.operand_ty(a), *op, x, y) {
                            edits.push((at, Edit::Fits));
                        }
                    }
                    _ => {}
                }
            }
        }
        let changed = !edits.is_empty();
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

/// One side of an order.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum Term {
    Local(Local),
    /// Of an unsigned type.
    Constant(u128),
}

/// `a < b`, or `a <= b`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
struct Fact {
    a: Term,
    b: Term,
    strict: bool,
}

cloudc_frontend::newtype_index!(
    /// A fact that may hold somewhere.
    FactId,
    "order"
);

/// What follows if a condition holds, and if it does not.
#[derive(Clone, Default, Debug)]
struct Outcome {
    yes: Vec<FactId>,
    no: Vec<FactId>,
}

/// Orders that hold on every path. Forward, joined by intersection; the bottom is all of them.
struct Orders {
    borrowed: BitSet<Local>,
    facts: IndexVec<FactId, Fact>,
    known: HashMap<Fact, FactId>,
    /// Facts that end when a local is written.
    about: IndexVec<Local, Vec<FactId>>,
    /// What the condition of each block's terminator tells.
    outcomes: IndexVec<BlockId, Outcome>,
}

impl Orders {
    fn new(body: &Body) -> Self {
        let mut orders = Orders {
            borrowed: borrowed(body),
            facts: IndexVec::new(),
            known: HashMap::new(),
            about: body.locals.iter().map(|_| Vec::new()).collect(),
            outcomes: body.blocks.iter().map(|_| Outcome::default()).collect(),
        };
        for block in body.blocks.indices() {
            orders.outcomes[block] = orders.outcome(body, block);
        }
        orders
    }

    fn term(&self, body: &Body, operand: &Operand) -> Option<Term> {
        let ty = body.operand_ty(operand);
        if !ty.is_integral() {
            return None;
        }
        match operand.place() {
            Some(place) => place.as_local().filter(|l| !self.borrowed.contains(*l)).map(Term::Local),
            None if ty.is_signed() => None,
            None => operand.as_scalar().map(Term::Constant),
        }
    }

    fn fact(&mut self, a: Term, b: Term, strict: bool) -> FactId {
        let fact = Fact { a, b, strict };
        if let Some(&id) = self.known.get(&fact) {
            return id;
        }
        let id = self.facts.push(fact);
        self.known.insert(fact, id);
        for term in [a, b] {
            if let Term::Local(l) = term {
                self.about[l].push(id);
            }
        }
        id
    }

    /// What the terminator's condition tells: a comparison made in the same block of locals not written since.
    fn outcome(&mut self, body: &Body, block: BlockId) -> Outcome {
        let data = &body.blocks[block];
        let cond = match &data.terminator.kind {
            TerminatorKind::Switch { value, .. } => value,
            TerminatorKind::Assert { cond, .. } => cond,
            _ => return Outcome::default(),
        };
        let Some(mut cond) = cond.place().and_then(Place::as_local) else { return Outcome::default() };
        let ty = body.locals[cond].ty;
        if ty.is_integral() && !ty.is_signed() && !self.borrowed.contains(cond) {
            // A switch on the number itself: whatever is not zero is above it.
            let above = self.fact(Term::Constant(0), Term::Local(cond), true);
            return Outcome { yes: vec![above], no: vec![] };
        }
        if ty != Ty::bool() {
            return Outcome::default();
        }
        let mut inverted = false;
        for i in (0..data.statements.len()).rev() {
            let StatementKind::Assign(to, rvalue) = &data.statements[i].kind else { continue };
            if to.as_local() != Some(cond) {
                if to.local == cond {
                    break;
                }
                continue;
            }
            match rvalue {
                Rvalue::Use(from) | Rvalue::Unary(UnOp::Not, from) => {
                    inverted ^= matches!(rvalue, Rvalue::Unary(..));
                    match from.place().and_then(Place::as_local) {
                        Some(l) => cond = l,
                        None => break,
                    }
                }
                Rvalue::Binary(op, a, b) if op.is_comparison() => {
                    let (Some(x), Some(y)) = (self.term(body, a), self.term(body, b)) else { break };
                    if written_after(body, block, i, [x, y]) {
                        break;
                    }
                    let unsigned = !body.operand_ty(a).is_signed();
                    let mut outcome = self.told(*op, x, y, unsigned);
                    if inverted {
                        std::mem::swap(&mut outcome.yes, &mut outcome.no);
                    }
                    return outcome;
                }
                _ => break,
            }
        }
        Outcome::default()
    }

    fn told(&mut self, op: BinOp, x: Term, y: Term, unsigned: bool) -> Outcome {
        let (yes, no) = match op {
            BinOp::Lt => (vec![(x, y, true)], vec![(y, x, false)]),
            BinOp::Le => (vec![(x, y, false)], vec![(y, x, true)]),
            BinOp::Gt => (vec![(y, x, true)], vec![(x, y, false)]),
            BinOp::Ge => (vec![(y, x, false)], vec![(x, y, true)]),
            BinOp::Eq | BinOp::Ne => {
                let equal = vec![(x, y, false), (y, x, false)];
                let unequal = match (x, y) {
                    (Term::Constant(0), other) | (other, Term::Constant(0)) if unsigned => {
                        vec![(Term::Constant(0), other, true)]
                    }
                    _ => vec![],
                };
                if op == BinOp::Eq { (equal, unequal) } else { (unequal, equal) }
            }
            _ => return Outcome::default(),
        };
        let mut make = |list: Vec<(Term, Term, bool)>| {
            list.into_iter().map(|(a, b, strict)| self.fact(a, b, strict)).collect::<Vec<_>>()
        };
        Outcome { yes: make(yes), no: make(no) }
    }

    /// Whether `a < b` (or `a <= b`) follows from the facts that hold, over at most two others.
    fn follows(&self, holds: &BitSet<FactId>, a: Term, b: Term, strict: bool, depth: u32) -> bool {
        if a == b && !strict {
            return true;
        }
        if let (Term::Constant(x), Term::Constant(y)) = (a, b) {
            return if strict { x < y } else { x <= y };
        }
        if depth == 0 {
            return false;
        }
        holds.iter().any(|id| {
            let fact = self.facts[id];
            let starts = match (a, fact.a) {
                // `3 < b` because `5 < b`; strictly below a larger constant only helps a strict start.
                (Term::Constant(x), Term::Constant(y)) => x <= y,
                (a, b) => a == b,
            };
            let gained =
                fact.strict || matches!((a, fact.a), (Term::Constant(x), Term::Constant(y)) if x < y);
            starts && self.follows(holds, fact.b, b, strict && !gained, depth - 1)
        })
    }

    fn decide(&self, holds: &BitSet<FactId>, op: BinOp, x: Term, y: Term) -> Option<bool> {
        let less = |a, b, strict| self.follows(holds, a, b, strict, 3);
        let (yes, no) = match op {
            BinOp::Lt => (less(x, y, true), less(y, x, false)),
            BinOp::Le => (less(x, y, false), less(y, x, true)),
            BinOp::Gt => (less(y, x, true), less(x, y, false)),
            BinOp::Ge => (less(y, x, false), less(x, y, true)),
            BinOp::Eq => (false, less(x, y, true) || less(y, x, true)),
            BinOp::Ne => (less(x, y, true) || less(y, x, true), false),
            _ => return None,
        };
        // Both at once holds only where no path leads.
        if yes == no { None } else { Some(yes) }
    }

    /// Whether a checked operation cannot overflow.
    fn fits(&self, holds: &BitSet<FactId>, ty: Ty, op: BinOp, x: Term, y: Term) -> bool {
        match (op, y) {
            (BinOp::Add, Term::Constant(1)) => {
                holds.iter().any(|id| self.facts[id].strict && self.facts[id].a == x)
            }
            (BinOp::Sub, _) if !ty.is_signed() => self.follows(holds, y, x, false, 3),
            _ => false,
        }
    }
}

fn written_after(body: &Body, block: BlockId, i: usize, terms: [Term; 2]) -> bool {
    let mut written = false;
    for (n, statement) in body.blocks[block].statements.iter().enumerate().skip(i) {
        in_statement(statement, Location { block, statement: n }, |local, how, _| {
            written |= is_write(how) && terms.contains(&Term::Local(local));
        });
    }
    written
}

impl Analysis for Orders {
    type Domain = Must<FactId>;
    const DIRECTION: Direction = Direction::Forward;

    fn bottom(&self, _body: &Body) -> Must<FactId> {
        Must(BitSet::full(self.facts.len()))
    }
    fn boundary(&self, _body: &Body, state: &mut Must<FactId>) {
        state.0 = BitSet::new(self.facts.len());
    }
    fn statement(&self, state: &mut Must<FactId>, statement: &Statement, at: Location) {
        in_statement(statement, at, |local, how, _| self.end(state, local, is_write(how)));
    }
    fn terminator(&self, state: &mut Must<FactId>, terminator: &Terminator, at: Location) {
        in_terminator(terminator, at, |local, how, _| self.end(state, local, is_write(how)));
    }
    fn edge(&self, state: &mut Must<FactId>, body: &Body, from: BlockId, n: usize) {
        let outcome = &self.outcomes[from];
        let holds = match &body.blocks[from].terminator.kind {
            TerminatorKind::Switch { targets, .. } => match (targets.get(n), &targets[..]) {
                (Some((bits, _)), _) => Some(*bits != 0),
                (None, [(bits, _)]) => Some(*bits == 0),
                // All other values: not zero if zero has a way of its own.
                (None, many) => many.iter().any(|t| t.0 == 0).then_some(true),
            },
            TerminatorKind::Assert { expected, .. } => Some(*expected),
            _ => None,
        };
        let told = match holds {
            Some(true) => &outcome.yes,
            Some(false) => &outcome.no,
            None => return,
        };
        told.iter().for_each(|id| {
            state.0.insert(*id);
        });
    }
}

impl Orders {
    fn end(&self, state: &mut Must<FactId>, local: Local, written: bool) {
        if written {
            for id in &self.about[local] {
                state.0.remove(*id);
            }
        }
    }
}
