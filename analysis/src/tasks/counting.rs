//! `while i < n { …; i += 1 }` as what it is: a loop over the range `i..n`.
//!
//! In: a body before the cut. Out: the same in which such loops take their positions from a range, so that they are judged
//! like a `for`. A loop qualifies if its test only compares a variable with something the loop does not change, if
//! the variable is counted up by one in one place that every round passes once, and if nothing else writes it. It keeps its
//! variable, which after the loop holds what it always held.

use std::collections::BTreeSet;

use cloudc_frontend::mir::traversal::{Loop, dominators, loop_tree, reachable};
use cloudc_frontend::mir::visit::{PlaceUse, Visitor, VisitorMut};
use cloudc_frontend::mir::{
    BinOp, BlockId, Body, BorrowKind, Callee, Local, Location, Operand, Place, Projection, Rvalue, Statement,
    StatementKind, TerminatorKind,
};
use cloudc_frontend::mono::Program;
use cloudc_frontend::ty::{Ty, TyKind};

use super::Instances;
use super::emit::Emit;
use super::range::{lang, lang_ty};

/// A loop that counts.
struct Counting {
    header: BlockId,
    /// The blocks that make the test, the header first; nothing else is computed there.
    test: Vec<BlockId>,
    /// All its blocks.
    blocks: Vec<BlockId>,
    counter: Local,
    bound: Operand,
    /// Where a round goes on, and where control goes after the last.
    round: BlockId,
    exit: BlockId,
    /// Where the counter gets its next value.
    step: Location,
}

/// Rewrites all loops that count. `None` if std lacks a piece.
pub(super) fn to_ranges(instances: &mut dyn Instances, body: &mut Body) -> Option<()> {
    let dominators = dominators(body);
    let tree = loop_tree(body, &dominators);
    let found = tree.loops.indices().filter_map(|id| {
        let natural = &tree.loops[id];
        let counting = recognise(instances.program(), body, natural)?;
        let at = counting.step.block;
        let once =
            tree.innermost[at] == Some(id) && natural.latches.iter().all(|l| dominators.dominates(at, *l));
        once.then_some(counting)
    });
    let found: Vec<Counting> = found.collect();
    for counting in &found {
        rewrite(instances, body, counting)?;
    }
    if !found.is_empty() {
        let reachable = reachable(body);
        body.retain_blocks(|b| reachable[b]);
    }
    Some(())
}

/// The blocks from the header to the first decision, if all they do is to look at values and lengths.
fn test_blocks(program: &Program, body: &Body, header: BlockId) -> Option<Vec<BlockId>> {
    let mut blocks = vec![header];
    loop {
        let last = *blocks.last()?;
        let next = match &body.blocks[last].terminator.kind {
            TerminatorKind::Switch { .. } => return Some(blocks),
            TerminatorKind::Goto(next) => *next,
            TerminatorKind::Call { callee: Callee::Func(f), destination, target: Some(next), .. }
                if program.functions[*f].is_std && program.functions[*f].instance.is_named("len") =>
            {
                destination.as_local()?;
                *next
            }
            _ => return None,
        };
        if blocks.contains(&next) || blocks.len() > 8 {
            return None;
        }
        blocks.push(next);
    }
}

fn recognise(program: &Program, body: &Body, natural: &Loop) -> Option<Counting> {
    let inside = |b: &BlockId| natural.blocks.contains(b);
    let test = test_blocks(program, body, natural.header)?;
    let TerminatorKind::Switch { value, targets, otherwise } = &body.blocks[*test.last()?].terminator.kind
    else {
        return None;
    };
    let [(0, exit)] = targets[..] else { return None };
    let is_first = natural.header == BlockId(0);
    if is_first || inside(&exit) || !inside(otherwise) || !test.iter().all(inside) {
        return None;
    }
    let (result, mut made, mut compared) = (value.place()?.as_local()?, BTreeSet::new(), None);
    let mut statements = Vec::new();
    for &block in &test {
        let data = &body.blocks[block];
        for statement in &data.statements {
            let StatementKind::Assign(place, rvalue) = &statement.kind else { continue };
            let local = place.as_local()?;
            let is_pure = match rvalue {
                Rvalue::Ref(kind, _) => *kind == BorrowKind::Shared,
                Rvalue::Use(_) | Rvalue::Len(_) | Rvalue::Cast(..) | Rvalue::Binary(..) => true,
                _ => false,
            };
            if !is_pure || !made.insert(local) {
                return None;
            }
            if local == result {
                compared = match rvalue {
                    Rvalue::Binary(BinOp::Lt, a, b) => Some((a, b)),
                    Rvalue::Binary(BinOp::Gt, a, b) => Some((b, a)),
                    _ => None,
                };
            }
            statements.push(statement);
        }
        if let TerminatorKind::Call { destination, .. } = &data.terminator.kind
            && !made.insert(destination.as_local()?)
        {
            return None;
        }
    }
    let (low, bound) = compared?;
    let counter = copied(&statements, low.place()?.as_local()?);
    let is_integer = matches!(body.locals[counter].ty.kind(), TyKind::Int(_) | TyKind::Uint(_));
    if !is_integer || made.contains(&counter) || depends(&statements, bound, counter) {
        return None;
    }
    // What the test makes is for the test alone.
    let others = body.blocks.indices().filter(|b| !test.contains(b));
    if others.into_iter().any(|b| Reads::of(body, b).iter().any(|l| made.contains(l))) {
        return None;
    }
    // What it is made of stays as it is while the loop runs; only one place counts.
    let writes = Writes::of(body, &natural.blocks);
    let is_fixed = |l: &Local| *l == counter || made.contains(l) || !writes.any(*l);
    if writes.others.contains(&counter) || !test.iter().all(|b| Reads::of(body, *b).iter().all(is_fixed)) {
        return None;
    }
    let [step] = writes.stores.iter().filter(|(l, _)| *l == counter).map(|s| s.1).collect::<Vec<_>>()[..]
    else {
        return None;
    };
    adds_one(body, natural, step, counter).then(|| Counting {
        header: natural.header,
        blocks: natural.blocks.clone(),
        counter,
        bound: bound.clone(),
        round: *otherwise,
        exit,
        step,
        test,
    })
}

/// The variable a temporary of these statements is a copy of.
fn copied(statements: &[&Statement], mut local: Local) -> Local {
    for statement in statements.iter().rev() {
        if let StatementKind::Assign(place, Rvalue::Use(from)) = &statement.kind
            && place.as_local() == Some(local)
            && let Some(from) = from.place().and_then(Place::as_local)
        {
            local = from;
        }
    }
    local
}

/// Whether an operand may depend on a local, as far as these statements go.
fn depends(statements: &[&Statement], operand: &Operand, on: Local) -> bool {
    let Some(start) = operand.place().map(|p| p.local) else { return false };
    let mut from = BTreeSet::from([start]);
    for statement in statements.iter().rev() {
        if let StatementKind::Assign(place, rvalue) = &statement.kind
            && from.contains(&place.local)
        {
            let mut reads = Reads(BTreeSet::new());
            reads.visit_rvalue(rvalue, Location { block: BlockId(0), statement: 0 });
            from.extend(reads.0);
        }
    }
    from.contains(&on)
}

/// Whether the statement there adds one to the counter, checked or not.
fn adds_one(body: &Body, natural: &Loop, at: Location, counter: Local) -> bool {
    let is_one = |op: BinOp, a: &Operand, b: &Operand| {
        op == BinOp::Add && a.place().and_then(Place::as_local) == Some(counter) && b.as_scalar() == Some(1)
    };
    let Some(StatementKind::Assign(_, rvalue)) =
        body.blocks[at.block].statements.get(at.statement).map(|s| &s.kind)
    else {
        return false;
    };
    let from = match rvalue {
        Rvalue::Binary(op, a, b) => return is_one(*op, a, b),
        Rvalue::Use(operand) => operand.place(),
        _ => None,
    };
    let Some(from) = from else { return false };
    let sums =
        natural.blocks.iter().flat_map(|b| &body.blocks[*b].statements).filter_map(|s| match &s.kind {
            StatementKind::Assign(place, rvalue) if place.local == from.local => Some(rvalue),
            _ => None,
        });
    let sums: Vec<&Rvalue> = sums.collect();
    match (&sums[..], &from.projection[..]) {
        ([Rvalue::CheckedBinary(op, a, b)], [Projection::Field(0, _)]) | ([Rvalue::Binary(op, a, b)], []) => {
            is_one(*op, a, b)
        }
        _ => false,
    }
}

fn rewrite(instances: &mut dyn Instances, body: &mut Body, found: &Counting) -> Option<()> {
    let ty = body.locals[found.counter].ty;
    let range_ty = lang_ty(instances, "Range", &[ty])?;
    let next = lang(instances, "range_next", &[ty])?;
    let item_ty = instances.program().functions[next].body.return_ty();
    let span = body.blocks[found.header].terminator.span;
    let old_blocks = body.blocks.len();
    // A name of its own for the position, wherever it has not been counted up yet.
    let item = body.add_local(ty);
    let after = after_step(body, found);
    for &block in found.blocks.iter().filter(|b| !found.test.contains(b)) {
        let limit = match block {
            _ if block == found.step.block => found.step.statement,
            _ if after.contains(&block) => 0,
            _ => usize::MAX,
        };
        let mut rename = Rename { from: found.counter, to: item, limit };
        rename.visit_block(block, &mut body.blocks[block]);
    }
    // Before the loop the test is made once, for its bound.
    let before = copy_chain(body, &found.test);
    let last = BlockId((body.blocks.len() - 1) as u32);
    let mut e = Emit { body, block: last, span };
    let ends = vec![Operand::Copy(found.counter.into()), copy(&found.bound)];
    let whole = e.structure(range_ty, ends);
    let range = e.value(range_ty, Rvalue::Use(whole));
    e.goto(found.header);
    // The first block asks for the next position.
    let decide = e.new_block();
    let round = e.new_block();
    e.block = found.header;
    e.body.blocks[found.header].statements.clear();
    let given = e.local(item_ty);
    let range = e.borrow_mut(range, range_ty);
    let call = Callee::Func(next);
    e.end(TerminatorKind::Call {
        callee: call,
        args: vec![range],
        destination: given.into(),
        target: Some(decide),
    });
    e.block = decide;
    let tag_ty = instances.program().discriminant_ty(item_ty);
    let tag = e.value(tag_ty, Rvalue::Discriminant(given.into()));
    let value = Operand::Copy(tag.into());
    e.end(TerminatorKind::Switch { value, targets: vec![(0, found.exit)], otherwise: round });
    e.block = round;
    let position = Place::local(given).project(Projection::Downcast(1)).field(0, ty);
    e.assign(item, Rvalue::Use(Operand::Copy(position)));
    e.assign(found.counter, Rvalue::Use(Operand::Copy(item.into())));
    e.goto(found.round);
    for block in (0..old_blocks).map(|b| BlockId(b as u32)).filter(|b| !found.blocks.contains(b)) {
        body.blocks[block].terminator.kind.for_successors_mut(|s| {
            if *s == found.header {
                *s = before;
            }
        });
    }
    Some(())
}

/// Copies of blocks that run one after another; the first of them.
fn copy_chain(body: &mut Body, blocks: &[BlockId]) -> BlockId {
    let first = BlockId(body.blocks.len() as u32);
    for (i, &block) in blocks.iter().enumerate() {
        let mut copy = body.blocks[block].clone();
        let next = BlockId(first.0 + i as u32 + 1);
        if i + 1 < blocks.len() {
            copy.terminator.kind.for_successors_mut(|s| *s = next);
        }
        body.blocks.push(copy);
    }
    first
}

fn copy(operand: &Operand) -> Operand {
    match operand.place() {
        Some(place) => Operand::Copy(place.clone()),
        None => operand.clone(),
    }
}

/// Blocks that may run after the counter was counted up, in the same round.
fn after_step(body: &Body, found: &Counting) -> BTreeSet<BlockId> {
    let mut reached = BTreeSet::new();
    let mut work = body.blocks[found.step.block].terminator.kind.successors();
    while let Some(block) = work.pop() {
        if block != found.header && found.blocks.contains(&block) && reached.insert(block) {
            work.extend(body.blocks[block].terminator.kind.successors());
        }
    }
    reached
}

/// Replaces reads of a local before a statement of the block.
struct Rename {
    from: Local,
    to: Local,
    limit: usize,
}

impl VisitorMut for Rename {
    fn visit_place(&mut self, place: &mut Place, how: PlaceUse, at: Location) {
        if at.statement < self.limit {
            if place.local == self.from && !how.is_overwrite() {
                place.local = self.to;
            }
            for step in &mut place.projection {
                if let Projection::Index(local) = step
                    && *local == self.from
                {
                    *local = self.to;
                }
            }
        }
    }
    fn visit_ty(&mut self, _ty: &mut Ty) {}
}

/// The locals that are read.
struct Reads(BTreeSet<Local>);

impl Reads {
    fn of(body: &Body, block: BlockId) -> BTreeSet<Local> {
        let mut reads = Reads(BTreeSet::new());
        reads.visit_block(block, &body.blocks[block]);
        reads.0
    }
}

impl Visitor for Reads {
    fn visit_local(&mut self, local: &Local, how: PlaceUse, _at: Location) {
        if how.is_read() {
            self.0.insert(*local);
        }
    }
}

/// What the blocks of a loop write: whole locals by statements, and all other ways.
struct Writes {
    stores: Vec<(Local, Location)>,
    others: BTreeSet<Local>,
}

impl Writes {
    fn of(body: &Body, blocks: &[BlockId]) -> Writes {
        let mut writes = Writes { stores: Vec::new(), others: BTreeSet::new() };
        for &block in blocks {
            writes.visit_block(block, &body.blocks[block]);
        }
        writes
    }
    fn any(&self, local: Local) -> bool {
        self.others.contains(&local) || self.stores.iter().any(|s| s.0 == local)
    }
}

impl Visitor for Writes {
    fn visit_place(&mut self, place: &Place, how: PlaceUse, at: Location) {
        match how {
            PlaceUse::Store if place.projection.is_empty() => self.stores.push((place.local, at)),
            PlaceUse::Copy | PlaceUse::Inspect | PlaceUse::Borrow => {}
            PlaceUse::Move if place.projection.is_empty() => {}
            _ => {
                self.others.insert(place.local);
            }
        }
        self.walk_place(place, how, at);
    }
    fn visit_local(&mut self, local: &Local, how: PlaceUse, _at: Location) {
        if matches!(how, PlaceUse::Storage) {
            self.others.insert(*local);
        }
    }
}
