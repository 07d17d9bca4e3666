//! Accumulators of a chunk: what they start from, what is kept beside them, and what is handed over.

use std::collections::BTreeMap;

use cloudc_frontend::mir::{
    BlockId, Body, BorrowKind, Local, Operand, Place, Rvalue, Statement, StatementKind, TerminatorKind,
};
use cloudc_frontend::ty::{Ty, TyKind, UintTy};

use super::super::Instances;
use super::super::emit::Emit;
use super::super::flow::Definitions;
use super::super::roles::Role;
use super::{Outline, Passing, lang, lang_ty};

/// What a chunk keeps beside an accumulator.
#[derive(Clone, Copy, Debug)]
pub enum Extra {
    /// Nothing.
    None,
    /// Lowest and highest value so far.
    Extremes(Local, Local),
    /// Whether it was given a value.
    Given(Local),
    /// The terms so far.
    Terms(Local),
}

/// The variables whose value before the loop a chunk needs.
pub fn incoming(accumulators: &[(Local, Role)]) -> Vec<(Local, Passing)> {
    let mut list = Vec::new();
    for (local, role) in accumulators {
        match role {
            Role::Last => list.push((*local, Passing::Value)),
            Role::Best { with, .. } => {
                list.push((*local, Passing::Value));
                list.extend(with.iter().map(|l| (*l, Passing::Value)));
            }
            Role::Counts { through: true, .. } => list.push((*local, Passing::Reborrow)),
            Role::Counts { .. } | Role::Gather => list.push((*local, Passing::Reference)),
            _ => {}
        }
    }
    list
}

/// The `Join` type of an accumulator.
pub fn join_ty(instances: &mut dyn Instances, body: &Body, local: Local, role: &Role) -> Option<Ty> {
    let ty = body.locals[local].ty;
    let whole = accumulated_ty(body, local, role);
    match role {
        Role::Append { element, .. } => lang_ty(instances, "join_append", &[*element]),
        Role::AppendText { .. } => lang_ty(instances, "join_text", &[]),
        Role::Sum => lang_ty(instances, "join_sum", &[ty]),
        Role::Product => lang_ty(instances, "join_product", &[ty]),
        Role::Reduce(reduction) => lang_ty(instances, reduction.join(), &[ty]),
        Role::Terms { .. } => lang_ty(instances, "join_terms", &[ty]),
        Role::Last => lang_ty(instances, "join_last", &[ty]),
        Role::Best { with, .. } => {
            let with: Vec<Ty> = with.iter().map(|l| body.locals[*l].ty).collect();
            lang_ty(instances, "join_best", &[ty, Ty::tuple(&with)])
        }
        Role::Keyed { join, .. } => lang_ty(instances, join, &[whole]),
        Role::Counts { element, .. } => lang_ty(instances, "join_counts", &[*element]),
        Role::Gather => lang_ty(instances, "join_gathered", &[ty]),
        Role::Read | Role::With | Role::Window { .. } => None,
    }
}

/// The place that holds what is accumulated.
pub fn place(local: Local, role: &Role) -> Place {
    match role {
        Role::Append { through: true, .. }
        | Role::AppendText { through: true }
        | Role::Keyed { through: true, .. }
        | Role::Counts { through: true, .. } => Place::local(local).deref(),
        _ => Place::local(local),
    }
}

fn accumulated_ty(body: &Body, local: Local, role: &Role) -> Ty {
    body.place_ty(&place(local, role))
}

/// Code that sets an accumulator to what a chunk starts from. `before` holds the values that were handed in.
pub fn start(
    instances: &mut dyn Instances,
    e: &mut Emit<'_>,
    local: Local,
    role: &Role,
    before: &BTreeMap<Local, Operand>,
) -> Option<Extra> {
    let ty = e.body.locals[local].ty;
    let whole = accumulated_ty(e.body, local, role);
    match role {
        Role::Append { element, .. } => {
            let neutral = lang(instances, "neutral_vec", &[*element])?;
            start_with(e, local, role, whole, |e| e.call(neutral, whole, vec![]));
        }
        Role::AppendText { .. } => {
            let neutral = lang(instances, "neutral_text", &[])?;
            start_with(e, local, role, whole, |e| e.call(neutral, whole, vec![]));
        }
        Role::Keyed { .. } => {
            let neutral = lang(instances, "fresh_default", &[whole])?;
            start_with(e, local, role, whole, |e| e.call(neutral, whole, vec![]));
        }
        Role::Counts { element, .. } => {
            let fresh = lang(instances, "fresh_counts", &[*element])?;
            let like = before.get(&local)?.clone();
            start_with(e, local, role, whole, |e| e.call(fresh, whole, vec![like]));
        }
        Role::Gather => {
            let fresh = lang(instances, "fresh_gatherer", &[whole])?;
            let like = before.get(&local)?.clone();
            start_with(e, local, role, whole, |e| e.call(fresh, whole, vec![like]));
        }
        Role::Reduce(reduction) => e.assign(local, Rvalue::Use(Operand::scalar(reduction.neutral(ty)?, ty))),
        Role::Sum | Role::Product => {
            let neutral = Operand::scalar(u128::from(*role == Role::Product), ty);
            e.assign(local, Rvalue::Use(neutral.clone()));
            let low = e.value(ty, Rvalue::Use(neutral.clone()));
            let high = e.value(ty, Rvalue::Use(neutral));
            return Some(Extra::Extremes(low, high));
        }
        Role::Terms { .. } => {
            let neutral = lang(instances, "neutral_vec", &[ty])?;
            let vec = lang_ty(instances, "Vec", &[ty])?;
            e.assign(local, Rvalue::Use(Operand::scalar(0, ty)));
            return Some(Extra::Terms(e.call(neutral, vec, vec![])));
        }
        Role::Last | Role::Best { .. } => {
            e.assign(local, Rvalue::Use(before.get(&local)?.clone()));
            if let Role::Best { with, .. } = role {
                for l in with {
                    e.assign(*l, Rvalue::Use(before.get(l)?.clone()));
                }
            }
            return Some(Extra::Given(e.value(Ty::bool(), Rvalue::Use(Operand::scalar(0, Ty::bool())))));
        }
        Role::Read | Role::With | Role::Window { .. } => return None,
    }
    Some(Extra::None)
}

fn start_with(
    e: &mut Emit<'_>,
    local: Local,
    role: &Role,
    ty: Ty,
    make: impl FnOnce(&mut Emit<'_>) -> Local,
) {
    let made = make(e);
    if place(local, role).projection.is_empty() {
        e.assign(local, Rvalue::Use(Operand::Move(made.into())));
    } else {
        // The variable is a reference: it now refers to the chunk's own.
        let held = e.value(ty, Rvalue::Use(Operand::Move(made.into())));
        e.assign(local, Rvalue::Ref(BorrowKind::Mut { two_phase: false }, held.into()));
    }
}

/// The fields of an accumulator's `Join`: in a chunk with what was kept, in the coordinator what holds before the loop.
pub fn fields(
    instances: &mut dyn Instances,
    e: &mut Emit<'_>,
    local: Local,
    role: &Role,
    extra: Extra,
) -> Option<Vec<Operand>> {
    let ty = e.body.locals[local].ty;
    let value = Operand::Copy(local.into());
    let given = match extra {
        Extra::Given(flag) => Operand::Copy(flag.into()),
        _ => Operand::scalar(0, Ty::bool()),
    };
    let number = |n: u8| Operand::scalar(n.into(), Ty::new(TyKind::Uint(UintTy::U8)));
    Some(match role {
        Role::Sum | Role::Product => match extra {
            Extra::Extremes(low, high) => [local, low, high].map(|l| Operand::Copy(l.into())).to_vec(),
            _ => vec![value; 3],
        },
        Role::Last => vec![value, given],
        Role::Best { how, with } => {
            let (with, _) = e.tuple(with.iter().map(|l| Operand::Copy((*l).into())).collect());
            vec![value, Operand::Copy(with.into()), given, number(*how)]
        }
        Role::Terms { how } => {
            let terms = match extra {
                Extra::Terms(terms) => terms,
                _ => {
                    let neutral = lang(instances, "neutral_vec", &[ty])?;
                    let vec = lang_ty(instances, "Vec", &[ty])?;
                    e.call(neutral, vec, vec![])
                }
            };
            vec![value, Operand::Move(terms.into()), number(*how)]
        }
        _ => vec![Operand::Move(place(local, role))],
    })
}

/// Code that gives the variables what was joined in field `k` of `total`.
pub fn take_over(e: &mut Emit<'_>, local: Local, role: &Role, joined: Place) {
    let to = place(local, role);
    let ty = e.body.place_ty(&to);
    e.assign(to, Rvalue::Use(Operand::Move(joined.clone().field(0, ty))));
    if let Role::Best { with, .. } = role {
        let tys: Vec<Ty> = with.iter().map(|l| e.body.locals[*l].ty).collect();
        for (i, l) in with.iter().enumerate() {
            let from = joined.clone().field(1, Ty::tuple(&tys)).field(i, tys[i]);
            e.assign(*l, Rvalue::Use(Operand::Move(from)));
        }
    }
}

impl Outline<'_> {
    /// Keeps what is kept beside accumulators up to date.
    pub(super) fn track(&mut self, instances: &mut dyn Instances) -> Option<()> {
        for (local, extra) in self.extra.clone() {
            match extra {
                Extra::None => {}
                Extra::Extremes(low, high) => self.track_extremes(instances, local, low, high)?,
                Extra::Given(flag) => self.track_given(local, flag),
                Extra::Terms(terms) => self.keep_terms(instances, local, terms)?,
            }
        }
        Some(())
    }

    /// After each store to a sum, its extremes are brought up to date.
    fn track_extremes(
        &mut self,
        instances: &mut dyn Instances,
        local: Local,
        low: Local,
        high: Local,
    ) -> Option<()> {
        let ty = self.body.locals[local].ty;
        let track = lang(instances, "track_sum", &[ty])?;
        for block in self.blocks() {
            // From the last to the first, so that earlier positions stay.
            for at in self.stores(block, local).into_iter().rev() {
                self.call_after(block, at, |e| {
                    let args = vec![e.borrow_mut(low, ty), e.borrow_mut(high, ty), e.borrow(local, ty)];
                    e.call(track, Ty::unit(), args);
                });
            }
        }
        Some(())
    }

    /// The blocks that have the loop's code.
    fn blocks(&self) -> Vec<BlockId> {
        self.pieces.values().flatten().copied().collect()
    }

    /// Positions of the statements of a block that store to a local.
    fn stores(&self, block: BlockId, local: Local) -> Vec<usize> {
        let statements = self.body.blocks[block].statements.iter().enumerate();
        statements
            .filter(|(_, s)| matches!(&s.kind, StatementKind::Assign(p, _) if p.as_local() == Some(local)))
            .map(|(i, _)| i)
            .collect()
    }

    /// Puts code with calls after a statement.
    fn call_after(&mut self, block: BlockId, at: usize, code: impl FnOnce(&mut Emit<'_>)) {
        let data = &mut self.body.blocks[block];
        let rest = data.statements.split_off(at + 1);
        let terminator = data.terminator.clone();
        let mut e = Emit { body: &mut self.body, block, span: self.span };
        code(&mut e);
        let after = e.block;
        self.body.blocks[after].statements.extend(rest);
        self.body.blocks[after].terminator = terminator;
        if let Some(pieces) = self.pieces.values_mut().find(|p| p.contains(&block)) {
            let here = pieces.iter().position(|p| *p == block).map_or(0, |i| i + 1);
            pieces.insert(here, after);
        }
    }

    /// Each store to the variable sets the flag.
    fn track_given(&mut self, local: Local, flag: Local) {
        let set = || Rvalue::Use(Operand::scalar(1, Ty::bool()));
        for block in self.blocks() {
            let stores = self.stores(block, local);
            let data = &mut self.body.blocks[block];
            for at in stores.into_iter().rev() {
                data.statements.insert(at + 1, Statement::assign(flag, set(), self.span));
            }
            if let TerminatorKind::Call { destination, .. } = &data.terminator.kind
                && destination.as_local() == Some(local)
            {
                data.statements.push(Statement::assign(flag, set(), self.span));
            }
        }
    }

    /// `s ⊕ e` becomes `e`, which is kept as a term.
    fn keep_terms(&mut self, instances: &mut dyn Instances, local: Local, terms: Local) -> Option<()> {
        let ty = self.body.locals[local].ty;
        let vec = self.body.locals[terms].ty;
        let push = lang(instances, "push_term", &[ty])?;
        let original = self.body.clone();
        let definitions = Definitions::new(&original);
        let is_it = |o: &Operand| {
            let place = o.place().and_then(Place::as_local);
            place.is_some_and(|l| l == local || definitions.origin(l) == local)
        };
        for block in self.blocks() {
            for at in (0..original.blocks[block].statements.len()).rev() {
                let StatementKind::Assign(to, Rvalue::Binary(_, a, b)) =
                    &original.blocks[block].statements[at].kind
                else {
                    continue;
                };
                let term = match (is_it(a), is_it(b)) {
                    (true, false) => b,
                    (false, true) => a,
                    _ => continue,
                };
                let statement = &mut self.body.blocks[block].statements[at];
                statement.kind = StatementKind::Assign(to.clone(), Rvalue::Use(term.clone()));
                let to = to.clone();
                self.call_after(block, at, |e| {
                    let args = vec![e.borrow_mut(terms, vec), Operand::Copy(to)];
                    e.call(push, Ty::unit(), args);
                });
            }
        }
        Some(())
    }
}
