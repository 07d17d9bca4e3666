//! Which of the orders `a < b`, `a <= b` between integer locals and constants hold at a point.
//!
//! Forward, joined by intersection; the bottom is all of them. Facts come from the conditions of loops and branches, from
//! assertions passed, and from assignments: a copy keeps what is known of its source, a constant is compared with other
//! constants, one more than a number is above it. What may ever be known is found first, so that a state is a set of bits: the
//! orders that are asked for, and those from which they follow over assignments.
//!
//! A condition that is tested more than once is itself kept as an order, `0 < condition`.

use std::collections::HashMap;

use cloudc_frontend::index::IndexVec;
use cloudc_frontend::mir::{
    BinOp, BlockId, Body, Local, Location, Operand, Place, Rvalue, Statement, StatementKind, Terminator,
    TerminatorKind, UnOp,
};
use cloudc_frontend::ty::Ty;

use super::borrowed::borrowed;
use super::liveness::is_write;
use super::{in_statement, in_terminator};
use crate::dataflow::{Analysis, BitSet, Direction, Must};
use crate::scalar::Num;

/// One side of an order.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Term {
    /// A local of an integer type, or a condition.
    Local(Local),
    /// A number.
    Constant(i128),
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

/// What an assignment tells of the local assigned.
#[derive(Clone, Copy, Debug)]
enum Source {
    /// It is this.
    Same(Term),
    /// It is one more than this, wrapped.
    OneMore(Local),
}

/// The analysis.
pub struct Orders {
    borrowed: BitSet<Local>,
    facts: IndexVec<FactId, Fact>,
    known: HashMap<Fact, FactId>,
    /// Facts that end when a local is written.
    about: IndexVec<Local, Vec<FactId>>,
    /// What the condition of each block's terminator tells.
    outcomes: IndexVec<BlockId, Outcome>,
    /// Assignments that tell something.
    sources: HashMap<Location, (Local, Source)>,
    /// Largest value of each local's type, if that is an integer type.
    largest: IndexVec<Local, Option<i128>>,
}

/// No more facts than these are added because of assignments.
const FACTS: usize = 240;
/// Over how many facts an order may follow.
const STEPS: u32 = 3;

impl Orders {
    /// Prepares the analysis of a body.
    pub fn new(body: &Body) -> Self {
        let largest = |ty: Ty| match Num::of(ty)? {
            Num::Unsigned(bits) if bits <= 64 => Some((1i128 << bits) - 1),
            Num::Signed(bits) if bits <= 64 => Some((1i128 << (bits - 1)) - 1),
            _ => None,
        };
        let mut orders = Orders {
            borrowed: borrowed(body),
            facts: IndexVec::new(),
            known: HashMap::new(),
            about: body.locals.iter().map(|_| Vec::new()).collect(),
            outcomes: body.blocks.iter().map(|_| Outcome::default()).collect(),
            sources: HashMap::new(),
            largest: body.locals.iter().map(|d| largest(d.ty)).collect(),
        };
        let mut tests: IndexVec<Local, u32> = body.locals.iter().map(|_| 0).collect();
        for block in &body.blocks {
            if let Some(local) = condition(&block.terminator.kind) {
                tests[local] += 1;
            }
        }
        for block in body.blocks.indices() {
            orders.outcomes[block] = orders.outcome(body, block, &tests);
        }
        if !orders.is_empty() {
            orders.ask(body);
            orders.follow_assignments(body);
        }
        orders
    }

    /// Whether nothing can be known.
    pub fn is_empty(&self) -> bool {
        self.facts.is_empty()
    }

    /// What an operand stands for, if orders of it can be known.
    pub fn term(&self, body: &Body, operand: &Operand) -> Option<Term> {
        let ty = body.operand_ty(operand);
        if !ty.is_integral() {
            return None;
        }
        match operand.place() {
            Some(place) => place.as_local().filter(|l| !self.borrowed.contains(*l)).map(Term::Local),
            None => {
                let bits = operand.as_scalar()?;
                match Num::of(ty)? {
                    num @ Num::Signed(_) => Some(Term::Constant(num.signed(bits))),
                    _ => i128::try_from(bits).ok().map(Term::Constant),
                }
            }
        }
    }

    /// The result of a comparison, if it follows from what holds.
    pub fn decide(&self, holds: &Must<FactId>, op: BinOp, x: Term, y: Term) -> Option<bool> {
        let less = |a, b, strict| self.follows(&holds.0, a, b, strict, STEPS);
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
    pub fn fits(&self, holds: &Must<FactId>, ty: Ty, op: BinOp, x: Term, y: Term) -> bool {
        let less = |a, b| self.follows(&holds.0, a, b, false, STEPS);
        match (op, x, y) {
            (BinOp::Add, Term::Local(x), Term::Constant(more)) if more > 0 => {
                (more == 1 && self.is_below_something(&holds.0, x))
                    || self.largest[x].is_some_and(|most| less(Term::Local(x), Term::Constant(most - more)))
            }
            (BinOp::Sub, _, Term::Constant(1)) if ty.is_signed() => {
                holds.0.iter().any(|id| self.facts[id].strict && self.facts[id].b == x)
            }
            (BinOp::Sub, ..) if !ty.is_signed() => less(y, x),
            _ => false,
        }
    }

    /// The value of a condition, if it was tested before.
    pub fn truth(&self, holds: &Must<FactId>, condition: Local) -> Option<bool> {
        let (zero, it) = (Term::Constant(0), Term::Local(condition));
        let holds =
            |a, b, strict| self.known.get(&Fact { a, b, strict }).is_some_and(|f| holds.0.contains(*f));
        match (holds(zero, it, true), holds(it, zero, false)) {
            (true, false) => Some(true),
            (false, true) => Some(false),
            _ => None,
        }
    }

    fn is_below_something(&self, holds: &BitSet<FactId>, x: Local) -> bool {
        holds.iter().any(|id| self.facts[id].strict && self.facts[id].a == Term::Local(x))
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

    /// Makes the orders that comparisons and checked operations are about facts.
    fn ask(&mut self, body: &Body) {
        for block in &body.blocks {
            for statement in &block.statements {
                let StatementKind::Assign(_, rvalue) = &statement.kind else { continue };
                let (op, a, b) = match rvalue {
                    Rvalue::Binary(op, a, b) if op.is_comparison() => (*op, a, b),
                    Rvalue::CheckedBinary(op @ BinOp::Sub, a, b) => (*op, a, b),
                    _ => continue,
                };
                let (Some(x), Some(y)) = (self.term(body, a), self.term(body, b)) else { continue };
                let pairs: &[(Term, Term, bool)] = match op {
                    BinOp::Lt => &[(x, y, true), (y, x, false)],
                    BinOp::Le => &[(x, y, false), (y, x, true)],
                    BinOp::Gt => &[(y, x, true), (x, y, false)],
                    BinOp::Ge => &[(y, x, false), (x, y, true)],
                    BinOp::Sub => &[(y, x, false)],
                    _ => &[(x, y, true), (y, x, true)],
                };
                for &(a, b, strict) in pairs {
                    if !matches!((a, b), (Term::Constant(_), Term::Constant(_))) {
                        self.fact(a, b, strict);
                    }
                }
            }
        }
    }

    /// Adds facts about what is assigned to a local to those about the local.
    fn follow_assignments(&mut self, body: &Body) {
        let mut assigned: IndexVec<Local, Vec<Source>> = body.locals.iter().map(|_| Vec::new()).collect();
        for (block, data) in body.blocks.iter_enumerated() {
            for (i, statement) in data.statements.iter().enumerate() {
                if let Some((to, source)) = self.assignment(body, statement) {
                    assigned[to].push(source);
                    self.sources.insert(Location { block, statement: i }, (to, source));
                }
            }
        }
        let limit = self.facts.len() + FACTS;
        let mut next = 0;
        while next < self.facts.len() && self.facts.len() < limit {
            let fact = self.facts[FactId(next as u32)];
            next += 1;
            for side in [fact.a, fact.b] {
                let Term::Local(to) = side else { continue };
                for &source in &assigned[to] {
                    let Some(Fact { a, b, strict }) = before_assignment(fact, to, source) else { continue };
                    if a != b && !matches!((a, b), (Term::Constant(_), Term::Constant(_))) {
                        self.fact(a, b, strict);
                    }
                }
            }
        }
    }

    /// The local a statement assigns something to that is known in terms of others.
    fn assignment(&self, body: &Body, statement: &Statement) -> Option<(Local, Source)> {
        let StatementKind::Assign(to, rvalue) = &statement.kind else { return None };
        let to = to.as_local().filter(|l| !self.borrowed.contains(*l))?;
        let source = match rvalue {
            Rvalue::Use(operand) => Source::Same(self.term(body, operand)?),
            Rvalue::Binary(BinOp::Add, a, b) if b.as_scalar() == Some(1) => match self.term(body, a)? {
                Term::Local(from) => Source::OneMore(from),
                Term::Constant(_) => return None,
            },
            _ => return None,
        };
        Some((to, source))
    }

    /// What the terminator's condition tells: a comparison made in the same block of locals not written since.
    fn outcome(&mut self, body: &Body, block: BlockId, tests: &IndexVec<Local, u32>) -> Outcome {
        let data = &body.blocks[block];
        let Some(mut cond) = condition(&data.terminator.kind) else { return Outcome::default() };
        let ty = body.locals[cond].ty;
        if self.borrowed.contains(cond) {
            return Outcome::default();
        }
        if ty.is_integral() && !ty.is_signed() {
            // A switch on the number itself: whatever is not zero is above it.
            let above = self.fact(Term::Constant(0), Term::Local(cond), true);
            return Outcome { yes: vec![above], no: vec![] };
        }
        if ty != Ty::bool() {
            return Outcome::default();
        }
        let mut outcome = Outcome::default();
        if tests[cond] > 1 {
            outcome.yes.push(self.fact(Term::Constant(0), Term::Local(cond), true));
            outcome.no.push(self.fact(Term::Local(cond), Term::Constant(0), false));
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
                    let mut told = self.told(*op, x, y, unsigned);
                    if inverted {
                        std::mem::swap(&mut told.yes, &mut told.no);
                    }
                    outcome.yes.extend(told.yes);
                    outcome.no.extend(told.no);
                    break;
                }
                _ => break,
            }
        }
        outcome
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
}

/// The local a terminator tests.
fn condition(terminator: &TerminatorKind) -> Option<Local> {
    match terminator {
        TerminatorKind::Switch { value: cond, .. } | TerminatorKind::Assert { cond, .. } => {
            cond.place().and_then(Place::as_local)
        }
        _ => None,
    }
}

/// What must hold before `to` is assigned so that `fact` holds afterwards.
fn before_assignment(fact: Fact, to: Local, source: Source) -> Option<Fact> {
    let to = Term::Local(to);
    match source {
        Source::Same(from) if fact.a == to => Some(Fact { a: from, ..fact }),
        Source::Same(from) if fact.b == to => Some(Fact { b: from, ..fact }),
        // From `from < b` follows `from + 1 <= b`, and from `a <= from` `a < from + 1`, unless the sum wraps.
        Source::OneMore(from) if fact.a == to && !fact.strict => {
            Some(Fact { a: Term::Local(from), b: fact.b, strict: true })
        }
        Source::OneMore(from) if fact.b == to => {
            Some(Fact { a: fact.a, b: Term::Local(from), strict: false })
        }
        _ => None,
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
        let gained = self.gained(&state.0, at);
        in_statement(statement, at, |local, how, _| self.end(state, local, is_write(how)));
        gained.into_iter().for_each(|id| {
            state.0.insert(id);
        });
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

    /// What holds of a local after the assignment at this place, by what holds before.
    fn gained(&self, holds: &BitSet<FactId>, at: Location) -> Vec<FactId> {
        let Some(&(to, source)) = self.sources.get(&at) else { return Vec::new() };
        if let Source::OneMore(from) = source {
            let below_most = self.largest[from].is_some_and(|most| {
                self.follows(holds, Term::Local(from), Term::Constant(most - 1), false, STEPS)
            });
            if !below_most && !self.is_below_something(holds, from) {
                return Vec::new();
            }
        }
        let about = self.about[to].iter().copied();
        about
            .filter(|id| {
                let before = before_assignment(self.facts[*id], to, source);
                before.is_some_and(|f| self.follows(holds, f.a, f.b, f.strict, STEPS - 1))
            })
            .collect()
    }
}
