//! Loans, and where they are in force.

use super::constraints::{BySup, Outlives};
use super::regions::Vid;
use super::values::{Points, Values};
use crate::bits::BitSet;
use crate::hash::{FastMap, FastSet};
use crate::index::Idx;
use crate::mir::body::Location;
use crate::mir::visit::{PlaceUse, Visitor};
use crate::mir::*;
use crate::source::Span;
use crate::ty::Ty;

/// A borrow.
#[derive(Clone, Debug)]
pub struct Loan {
    /// The region of the reference.
    pub region: Vid,
    /// Where it is made.
    pub at: Location,
    /// How.
    pub kind: BorrowKind,
    /// Of what.
    pub place: Place,
    /// Types of the local and after each step.
    pub tys: Vec<Ty>,
    /// The borrow in the source.
    pub span: Span,
    /// The statement.
    pub statement: Span,
    /// The local that gets the reference.
    pub holder: Option<Local>,
}

/// Where each loan is in force.
pub struct InScope {
    /// By loan: the points.
    pub points: Vec<BitSet>,
    /// By loan: for a two-phase borrow the points until it is used, that of the use included.
    pub reserved: Vec<Option<BitSet>>,
    /// By loan: where a two-phase borrow is used first.
    pub activation: Vec<Option<Location>>,
}

/// Follows each loan from where it is made while its region lasts and nothing overwrites what was borrowed.
pub fn in_scope(body: &Body, points: &Points, values: &Values, loans: &[Loan]) -> InScope {
    let mut out = InScope { points: Vec::new(), reserved: Vec::new(), activation: Vec::new() };
    let assigned_once = assigned_once(body);
    for loan in loans {
        let set = follow(body, points, loan.at, &mut |p, at| {
            values.has_point(loan.region, p).then(|| !kills(body, at, &loan.place))
        });
        out.points.push(set);
        let (mut reserved, mut activation) = (None, None);
        // A temporary that several paths write may hold the borrow of another path at its use.
        if let (BorrowKind::Mut { two_phase: true }, Some(holder)) = (loan.kind, loan.holder)
            && assigned_once[holder.index()]
        {
            activation = first_use(body, loan.at, holder);
            if let Some(used) = activation {
                reserved = Some(follow(body, points, loan.at, &mut |_, at| Some(at != used)));
            }
        }
        out.reserved.push(reserved);
        out.activation.push(activation);
    }
    out
}

/// Points reached from after `from`. `enter` says whether a point belongs, and whether to go on from it.
fn follow(
    body: &Body,
    points: &Points,
    from: Location,
    enter: &mut dyn FnMut(usize, Location) -> Option<bool>,
) -> BitSet {
    let mut set = BitSet::new(points.count());
    let mut work: Vec<Location> = Vec::new();
    let after = |at: Location, work: &mut Vec<Location>| {
        if at.statement < body.blocks[at.block].statements.len() {
            work.push(Location { block: at.block, statement: at.statement + 1 });
        } else {
            body.blocks[at.block]
                .terminator
                .kind
                .for_successors(|block| work.push(Location { block, statement: 0 }));
        }
    };
    after(from, &mut work);
    while let Some(at) = work.pop() {
        let p = points.of(at);
        if set.has(p) {
            continue;
        }
        let Some(go_on) = enter(p, at) else { continue };
        set.set(p, true);
        if go_on {
            after(at, &mut work);
        }
    }
    set
}

/// Whether what happens at a location overwrites a borrowed place, so that the loan says nothing any more.
fn kills(body: &Body, at: Location, borrowed: &Place) -> bool {
    let block = &body.blocks[at.block];
    let written = match block.statements.get(at.statement).map(|s| &s.kind) {
        Some(StatementKind::Assign(place, _)) => place,
        Some(StatementKind::StorageDead(local) | StatementKind::StorageLive(local)) => {
            return *local == borrowed.local;
        }
        Some(StatementKind::Nop) => return false,
        None => match &block.terminator.kind {
            TerminatorKind::Call { destination, .. } => destination,
            _ => return false,
        },
    };
    written.local == borrowed.local
        && written.projection.len() <= borrowed.projection.len()
        && written.projection.iter().zip(&borrowed.projection).all(|(a, b)| match (a, b) {
            (Projection::Field(i, _), Projection::Field(j, _)) => i == j,
            (Projection::Deref, Projection::Deref) => true,
            (Projection::Downcast(i), Projection::Downcast(j)) => i == j,
            _ => false,
        })
}

/// By local: whether it is a temporary that one statement or call writes.
fn assigned_once(body: &Body) -> Vec<bool> {
    let mut written = vec![0u32; body.locals.len()];
    // The result is read by every `return` there is.
    written[0] = 2;
    for block in &body.blocks {
        for statement in &block.statements {
            if let StatementKind::Assign(place, _) = &statement.kind {
                written[place.local.index()] += 1;
            }
        }
        if let TerminatorKind::Call { destination, .. } = &block.terminator.kind {
            written[destination.local.index()] += 1;
        }
    }
    written.into_iter().map(|n| n == 1).collect()
}

/// The first location after `from` that reads a temporary.
fn first_use(body: &Body, from: Location, local: Local) -> Option<Location> {
    struct Find(Local, bool);
    impl Visitor for Find {
        fn visit_local(&mut self, local: &Local, how: PlaceUse, _: Location) {
            self.1 |= *local == self.0 && how.is_read();
        }
    }
    let mut seen = vec![false; body.blocks.len()];
    let mut work = vec![Location { block: from.block, statement: from.statement + 1 }];
    while let Some(start) = work.pop() {
        let block = &body.blocks[start.block];
        for statement in start.statement..=block.statements.len() {
            let at = Location { block: start.block, statement };
            let mut find = Find(local, false);
            match block.statements.get(statement) {
                Some(s) => find.visit_statement(s, at),
                None => find.visit_terminator(&block.terminator, at),
            }
            if find.1 {
                return Some(at);
            }
        }
        block.terminator.kind.for_successors(|b| {
            if !std::mem::replace(&mut seen[b.index()], true) {
                work.push(Location { block: b, statement: 0 });
            }
        });
    }
    None
}

/// The constraints from one region to another that satisfies `is_target`, shortest way.
pub fn path<'c>(
    constraints: &'c [Outlives],
    by_sup: &BySup,
    from: Vid,
    is_target: &mut dyn FnMut(Vid) -> bool,
) -> Option<(Vec<&'c Outlives>, Vid)> {
    let mut came: FastMap<Vid, u32> = FastMap::default();
    let mut queue = std::collections::VecDeque::from([from]);
    let mut seen = FastSet::from_iter([from]);
    while let Some(at) = queue.pop_front() {
        if is_target(at) {
            let mut list = Vec::new();
            let mut v = at;
            while let Some(&c) = came.get(&v) {
                list.push(&constraints[c as usize]);
                v = constraints[c as usize].sup;
                if v == from {
                    break;
                }
            }
            list.reverse();
            return Some((list, at));
        }
        for &c in by_sup.of(at) {
            let to = constraints[c as usize].sub;
            if seen.insert(to) {
                came.insert(to, c);
                queue.push_back(to);
            }
        }
    }
    None
}
