//! Which locals may hold the reference of which loan.
//!
//! Domain: for each local a set of loans; joined by union, forward, empty at bottom.

use std::collections::BTreeMap;

use super::loans::{Loan, pointer_on_the_way, regions};
use crate::index::{Idx, IndexVec};
use crate::lower::moves::MoveCx;
use crate::lower::moves::flow::BitSet;
use crate::lower::moves::paths::for_operands;
use crate::mir::body::Location;
use crate::mir::traversal::reverse_postorder;
use crate::mir::*;
use crate::ty::{GenericArg, Region, Ty, TyKind};

/// Loans held by each local that holds any.
pub type Held = BTreeMap<Local, BitSet>;

/// The state at the start of each block.
pub struct Carriers {
    entry: IndexVec<BlockId, Held>,
    by_location: BTreeMap<Location, usize>,
    count: usize,
}

/// Solves the equations.
pub fn solve(cx: MoveCx<'_, '_>, body: &Body, loans: &[Loan]) -> Carriers {
    let mut c = Carriers {
        entry: body.blocks.iter().map(|_| Held::new()).collect(),
        by_location: loans.iter().enumerate().map(|(i, l)| (l.at, i)).collect(),
        count: loans.len(),
    };
    let order = reverse_postorder(body);
    let mut position = vec![usize::MAX; body.blocks.len()];
    order.iter().enumerate().for_each(|(i, b)| position[b.index()] = i);
    let mut work: std::collections::BTreeSet<usize> = (0..order.len()).collect();
    while let Some(next) = work.pop_first() {
        let block = order[next];
        let mut held = c.entry[block].clone();
        for statement in 0..=body.blocks[block].statements.len() {
            c.step(cx, body, loans, Location { block, statement }, &mut held);
        }
        body.blocks[block].terminator.kind.for_successors(|to| {
            let mut changed = false;
            for (local, set) in &held {
                changed |= c.entry[to].entry(*local).or_insert_with(|| BitSet::new(c.count)).union(set);
            }
            if changed {
                work.insert(position[to.index()]);
            }
        });
    }
    c
}

impl Carriers {
    /// States before each location of a block.
    pub fn states(&self, cx: MoveCx<'_, '_>, body: &Body, loans: &[Loan], block: BlockId) -> Vec<Held> {
        let mut held = self.entry[block].clone();
        let mut out = Vec::new();
        for statement in 0..=body.blocks[block].statements.len() {
            out.push(held.clone());
            self.step(cx, body, loans, Location { block, statement }, &mut held);
        }
        out
    }

    fn step(&self, cx: MoveCx<'_, '_>, body: &Body, loans: &[Loan], at: Location, held: &mut Held) {
        let block = &body.blocks[at.block];
        match block.statements.get(at.statement) {
            Some(Statement { kind: StatementKind::Assign(to, rvalue), .. }) => {
                if let Some(local) = to.as_local() {
                    let set = self.of_rvalue(cx, body, at, rvalue, body.locals[local].ty, held);
                    self.forget(loans, held, local);
                    if let Some(set) = set {
                        held.insert(local, set);
                    }
                }
            }
            Some(Statement {
                kind: StatementKind::StorageLive(l) | StatementKind::StorageDead(l), ..
            }) => self.forget(loans, held, *l),
            Some(_) => {}
            None => {
                if let TerminatorKind::Call { callee, args, destination, .. } = &block.terminator.kind
                    && let Some(local) = destination.as_local()
                {
                    let set = of_call(cx, body, callee, args, body.locals[local].ty, held);
                    self.forget(loans, held, local);
                    if let Some(set) = set {
                        held.insert(local, set);
                    }
                }
            }
        }
    }

    /// A local gets a new value, or ends: it holds nothing, and nothing borrows what it is now.
    fn forget(&self, loans: &[Loan], held: &mut Held, local: Local) {
        held.remove(&local);
        for (i, loan) in loans.iter().enumerate() {
            if loan.place.local == local {
                held.values_mut().for_each(|set| set.set(i, false));
            }
        }
    }

    fn of_rvalue(
        &self,
        cx: MoveCx<'_, '_>,
        body: &Body,
        at: Location,
        rvalue: &Rvalue,
        ty: Ty,
        held: &Held,
    ) -> Option<BitSet> {
        if regions(ty) != Some(1) {
            return None;
        }
        match rvalue {
            Rvalue::Ref(_, place) => {
                if let Some(&loan) = self.by_location.get(&at) {
                    let mut set = BitSet::new(self.count);
                    set.set(loan, true);
                    return Some(set);
                }
                // A reborrow of what a carrier points to.
                let first = pointer_on_the_way(cx, body, place)?;
                let rest = &place.projection[first + 1..];
                let simple =
                    regions(body.locals[place.local].ty) == Some(1) && !rest.contains(&Projection::Deref);
                if simple { held.get(&place.local).cloned() } else { None }
            }
            Rvalue::Use(o) | Rvalue::Cast(CastKind::Unsize, o, _) => held_by(body, o, held),
            Rvalue::Aggregate(..) => {
                let mut found = None;
                for_operands(rvalue, &mut |o| {
                    if found.is_none() {
                        found = held_by(body, o, held);
                    }
                });
                found
            }
            _ => None,
        }
    }
}

/// Loans of an operand that is a carrier, or the one part of it that has a region.
fn held_by(body: &Body, operand: &Operand, held: &Held) -> Option<BitSet> {
    let place = operand.place()?;
    let direct = !place.projection.contains(&Projection::Deref);
    let one = regions(body.locals[place.local].ty) == Some(1) && regions(body.place_ty(place)) == Some(1);
    if direct && one { held.get(&place.local).cloned() } else { None }
}

/// Loans of a call's result: those of the argument its only region comes from, by the signature.
fn of_call(
    cx: MoveCx<'_, '_>,
    body: &Body,
    callee: &Callee,
    args: &[Operand],
    ty: Ty,
    held: &Held,
) -> Option<BitSet> {
    if regions(ty) != Some(1) {
        return None;
    }
    let Callee::Def(def, _) = callee else { return None };
    let sig = cx.tcx.fn_sig(*def);
    let mut named = Vec::new();
    signature_regions(sig.output, &mut named)?;
    let &[region] = &named[..] else { return None };
    if !matches!(region, Region::Bound(_)) {
        return None;
    }
    let mut from = None;
    for (i, &input) in sig.inputs.iter().enumerate() {
        let mut inside = Vec::new();
        let visible = signature_regions(input, &mut inside).is_some();
        if !visible || inside.contains(&region) {
            // The region must come from one place only, and plainly.
            if from.is_some() || !visible || !matches!(input.kind(), TyKind::Ref(r, ..) if *r == region) {
                return None;
            }
            from = Some(i);
        }
    }
    held_by(body, args.get(from?)?, held)
}

/// Regions written in a type of a signature; `None` if not all can be seen.
fn signature_regions(ty: Ty, out: &mut Vec<Region>) -> Option<()> {
    match ty.kind() {
        TyKind::Ref(r, to, _) => {
            out.push(*r);
            signature_regions(*to, out)
        }
        TyKind::Array(t, _) | TyKind::Slice(t) | TyKind::RawPtr(t, _) => signature_regions(*t, out),
        TyKind::Tuple(ts) => ts.iter().try_for_each(|&t| signature_regions(t, out)),
        TyKind::Adt(_, args) => args.iter().try_for_each(|a| match a {
            GenericArg::Region(r) => {
                out.push(*r);
                Some(())
            }
            GenericArg::Type(t) => signature_regions(*t, out),
            GenericArg::Const(_) => Some(()),
        }),
        // What a parameter or projection stands for has regions of its own, which are counted in the result's type.
        TyKind::Param(_) | TyKind::Projection(..) => Some(()),
        TyKind::FnPtr(_) | TyKind::Dynamic(..) | TyKind::Opaque(..) | TyKind::Closure(..) => None,
        _ => Some(()),
    }
}
