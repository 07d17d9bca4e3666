//! How values change from round to round of a loop, and for how many rounds its guards will be passed.
//!
//! Known are values that stay, integers and pointers that go up or down by one each round, wrapping, and slices that lose their
//! first or last element. A guard that has been passed once and compares such a number with one that stays will be passed as
//! often as their difference says.

use std::collections::{BTreeMap, BTreeSet};

use cloudc_frontend::mir::{
    BinOp, Body, CastKind, Local, Operand, Place, PrimCast, Projection, Rvalue, UnOp,
};
use cloudc_frontend::ty::{Ty, TyKind};

use super::carried::by_one;
use super::steps::{Guard, Step, StepKind};
use crate::scalar::Num;

/// How a value changes from round to round.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Change {
    /// It stays.
    None,
    /// A number is one more, a pointer points to the next element.
    Up,
    /// A number is one less, a pointer points to the element before.
    Down,
    /// A slice loses its first element.
    Front,
    /// A slice loses its last element.
    Back,
    /// Anything else.
    Unknown,
}

/// For which rounds a guard is passed, if it is passed once.
#[derive(Clone, Debug)]
pub enum Passed {
    /// For all.
    Always,
    /// For as many rounds as the difference of these integers says, as they are after this step of the first of them.
    Times {
        /// Index of the step.
        at: usize,
        /// Of this.
        from: Operand,
        /// And this.
        take: Operand,
    },
    /// That must be asked in each round.
    Unknown,
}

/// The rounds that are looked at.
#[derive(Clone, Copy)]
pub struct Rounds<'n> {
    /// What every round does, in order.
    pub steps: &'n [Step],
    /// What a round leaves to the next.
    pub carried: &'n [Local],
    /// Locals that may change in another way than by one of these steps.
    pub unknown: &'n BTreeSet<Local>,
    /// Whether nothing writes memory meanwhile.
    pub is_quiet: bool,
}

/// What is known of the rounds of a loop.
pub struct Counting<'n> {
    rounds: Rounds<'n>,
    /// How the value changes that each step computes.
    pub changes: Vec<Change>,
    /// How that changes with which a round begins.
    pub carried: BTreeMap<Local, Change>,
    /// For guards: when they are passed.
    pub passed: Vec<Passed>,
}

impl<'n> Counting<'n> {
    /// Finds it out.
    pub fn new(body: &Body, rounds: Rounds<'n>) -> Counting<'n> {
        let round = rounds.steps;
        let mut state = State { body, rounds, values: BTreeMap::new() };
        for &local in rounds.carried {
            let change = match rounds.unknown.contains(&local) {
                true => Change::Unknown,
                false => by_one(body, round, local),
            };
            state.values.insert(local, change);
        }
        let carried = state.values.clone();
        let mut counting = Counting { rounds, changes: Vec::new(), carried, passed: Vec::new() };
        for step in round {
            let value = state.of_step(step);
            state.values.extend(step.target().map(|to| (to, value)));
            counting.changes.push(value);
            let passed = match &step.kind {
                StepKind::Guard(_) if value == Change::None => Passed::Always,
                StepKind::Guard(guard) => counting.times(body, &state, guard).unwrap_or(Passed::Unknown),
                _ => Passed::Always,
            };
            counting.passed.push(passed);
        }
        // A checked sum is known with its flag only where the flag is.
        let known =
            |at: usize| counting.passed.iter().any(|p| matches!(p, Passed::Times { at: a, .. } if *a == at));
        let unknown: Vec<usize> = (0..round.len())
            .filter(|at| {
                matches!(round[*at].kind, StepKind::Assign(_, Rvalue::CheckedBinary(..))) && !known(*at)
            })
            .filter(|at| counting.changes[*at] != Change::None)
            .collect();
        unknown.into_iter().for_each(|at| counting.changes[at] = Change::Unknown);
        counting.drop_weaker_limits();
        counting
    }

    /// A sum that stays below something does not overflow.
    fn drop_weaker_limits(&mut self) {
        let sum_of = |o: &Operand| {
            let place = o.place()?;
            let copied =
                place.as_local().and_then(|l| self.definition(l)).map(|at| &self.rounds.steps[at].kind);
            match copied {
                Some(StepKind::Assign(_, Rvalue::Use(from))) => from.place().cloned(),
                _ => Some(place.clone()),
            }
        };
        let compared = self.passed.iter().filter_map(|p| match p {
            Passed::Times { at, take, .. } => match &self.rounds.steps[*at].kind {
                StepKind::Assign(_, Rvalue::Binary(op, ..)) if !matches!(op, BinOp::Eq | BinOp::Ne) => {
                    sum_of(take)
                }
                _ => None,
            },
            _ => None,
        });
        let compared: Vec<Place> = compared.collect();
        for passed in &mut self.passed {
            if let Passed::Times { at, from, take } = passed
                && from.as_scalar().is_some()
                && matches!(
                    self.rounds.steps[*at].kind,
                    StepKind::Assign(_, Rvalue::CheckedBinary(BinOp::Add, ..))
                )
                && take.place().is_some_and(|p| compared.contains(p))
            {
                *passed = Passed::Always;
            }
        }
    }

    /// For how many rounds a guard is passed that was passed once, if a difference says it.
    fn times(&self, body: &Body, state: &State<'_>, guard: &Guard) -> Option<Passed> {
        // Whether the way goes on if the value is not zero.
        let mut wanted = match guard.targets[..] {
            [(0, goes_on)] if goes_on != guard.otherwise => !goes_on,
            _ => return None,
        };
        let place = guard.value.place()?;
        if let ([Projection::Field(1, _)], false) = (&place.projection[..], wanted) {
            return self.fits(body, state, place.local);
        }
        let mut local = place.as_local()?;
        let ty = body.locals[local].ty;
        if ty != Ty::bool() {
            // A number that is branched on is compared with zero.
            let at = self.definition(local)?;
            let zero = Operand::scalar(0, ty);
            return wanted.then(|| state.limit(BinOp::Ne, guard.value.clone(), zero, at)).flatten();
        }
        loop {
            let at = self.definition(local)?;
            let StepKind::Assign(_, rvalue) = &self.rounds.steps[at].kind else { return None };
            match rvalue {
                Rvalue::Use(from) | Rvalue::Unary(UnOp::Not, from) => {
                    wanted ^= matches!(rvalue, Rvalue::Unary(..));
                    let place = from.place()?;
                    match place.projection[..] {
                        [] => local = place.local,
                        [Projection::Field(1, _)] if !wanted => return self.fits(body, state, place.local),
                        _ => return None,
                    }
                }
                Rvalue::Binary(op, a, b) => {
                    let op = if wanted { *op } else { negated(*op)? };
                    return state.limit(op, a.clone(), b.clone(), at);
                }
                _ => return None,
            }
        }
    }

    /// For how many rounds a checked operation does not overflow. Numbers wrap when they grow, so that the sum says nothing
    /// unless what is added cannot be negative.
    fn fits(&self, body: &Body, state: &State<'_>, pair: Local) -> Option<Passed> {
        let at = self.definition(pair)?;
        let StepKind::Assign(_, Rvalue::CheckedBinary(op, a, b)) = &self.rounds.steps[at].kind else {
            return None;
        };
        let ty = body.operand_ty(a);
        let result = Operand::Copy(Place::local(pair).field(0, ty));
        let is_natural = |o: &Operand| {
            !ty.is_signed()
                || matches!((o.as_scalar(), Num::of(ty)), (Some(bits), Some(num)) if num.signed(bits) >= 0)
        };
        let most = || {
            let bits = Num::of(ty)?.bits() - u32::from(ty.is_signed());
            Some(Operand::scalar(u128::MAX >> (128 - bits), ty))
        };
        match (op, self.changes[at]) {
            (BinOp::Add, Change::Up) if is_natural(a) || is_natural(b) => {
                Some(Passed::Times { at, from: most()?, take: result })
            }
            // What has been large enough once only grows.
            (BinOp::Sub, Change::Up) if !ty.is_signed() && state.of(b) == Change::None => {
                Some(Passed::Times { at, from: most()?, take: a.clone() })
            }
            (BinOp::Sub, Change::Down) if !ty.is_signed() && state.of(b) == Change::None => {
                Some(Passed::Times { at, from: result, take: Operand::scalar(0, ty) })
            }
            _ => None,
        }
        .filter(|_| Num::of(ty).is_some_and(|n| n.bits() <= 64))
    }

    fn definition(&self, local: Local) -> Option<usize> {
        let is_known = !self.rounds.unknown.contains(&local);
        self.rounds.steps.iter().position(|s| s.target() == Some(local)).filter(|_| is_known)
    }
}

/// What is known where a step is made.
struct State<'b> {
    body: &'b Body,
    rounds: Rounds<'b>,
    values: BTreeMap<Local, Change>,
}

impl State<'_> {
    fn local(&self, local: Local) -> Change {
        if self.rounds.unknown.contains(&local) {
            return Change::Unknown;
        }
        // What no step writes stays.
        let is_written = || self.rounds.steps.iter().any(|s| s.target() == Some(local));
        self.values.get(&local).copied().unwrap_or(if is_written() { Change::Unknown } else { Change::None })
    }
    fn of(&self, operand: &Operand) -> Change {
        let Some(place) = operand.place() else { return Change::None };
        if !self.rounds.is_quiet && place.is_indirect() {
            return Change::Unknown;
        }
        let is_sum = matches!(place.projection[..], [Projection::Field(0, _)])
            && matches!(self.body.locals[place.local].ty.kind(), TyKind::Tuple(_));
        if place.projection.is_empty() || is_sum {
            return self.local(place.local);
        }
        let indices = place.projection.iter().filter_map(|p| match p {
            Projection::Index(i) => Some(*i),
            _ => None,
        });
        let stays = indices.chain([place.local]).all(|l| self.local(l) == Change::None);
        if stays { Change::None } else { Change::Unknown }
    }
    /// How what a step computes changes.
    fn of_step(&self, step: &Step) -> Change {
        if !self.rounds.is_quiet && step.reads_memory() {
            return Change::Unknown;
        }
        let mut stays = true;
        step.for_reads(|l| stays &= self.local(l) == Change::None);
        if stays {
            return Change::None;
        }
        match &step.kind {
            StepKind::Assign(_, Rvalue::Use(from)) => self.of(from),
            StepKind::Assign(_, Rvalue::Ref(_, place) | Rvalue::RawRef(_, place)) => {
                match (&place.projection[..], self.local(place.local)) {
                    ([Projection::Deref], change @ (Change::Front | Change::Back)) => change,
                    _ => Change::Unknown,
                }
            }
            StepKind::Assign(_, Rvalue::Len(place)) if place.projection[..] == [Projection::Deref] => {
                match self.local(place.local) {
                    Change::Front | Change::Back => Change::Down,
                    _ => Change::Unknown,
                }
            }
            StepKind::Assign(
                _,
                Rvalue::Binary(op @ (BinOp::Add | BinOp::Sub), a, b)
                | Rvalue::CheckedBinary(op @ (BinOp::Add | BinOp::Sub), a, b),
            ) if self.body.operand_ty(a).is_integral() => sum(*op, self.of(a), self.of(b)),
            StepKind::Assign(_, Rvalue::Cast(kind, from, ty)) => {
                match (same_steps(*kind, self.body.operand_ty(from), *ty), self.of(from)) {
                    (true, change @ (Change::Up | Change::Down)) => change,
                    (true, Change::Front) if !is_slice(*ty) => Change::Up,
                    (true, Change::Back) if !is_slice(*ty) => Change::None,
                    _ => Change::Unknown,
                }
            }
            StepKind::Call(_, name, _, args) => match (name.as_str(), &args[..]) {
                ("offset", [from, by]) => sum(BinOp::Add, self.of(from), self.of(by)),
                ("slice_from_raw_parts" | "slice_from_raw_parts_mut", [from, length]) => {
                    match (self.of(from), self.of(length)) {
                        (Change::Up, Change::Down) => Change::Front,
                        (Change::None, Change::Down) => Change::Back,
                        _ => Change::Unknown,
                    }
                }
                _ => Change::Unknown,
            },
            _ => Change::Unknown,
        }
    }
    /// For how many rounds `a op b` holds.
    fn limit(&self, op: BinOp, a: Operand, b: Operand, at: usize) -> Option<Passed> {
        let ty = self.body.operand_ty(&a);
        if !ty.is_integral() || Num::of(ty).is_none_or(|n| n.bits() > 64) {
            return None;
        }
        let (op, moving, still) = match (self.of(&a), self.of(&b)) {
            (change, Change::None) => (op, (a, change), b),
            (Change::None, change) => (mirrored(op), (b, change), a),
            _ => return None,
        };
        match (op, moving) {
            (BinOp::Lt | BinOp::Le | BinOp::Ne, (v, Change::Up)) => {
                Some(Passed::Times { at, from: still, take: v })
            }
            (BinOp::Gt | BinOp::Ge | BinOp::Ne, (v, Change::Down)) => {
                Some(Passed::Times { at, from: v, take: still })
            }
            _ => None,
        }
    }
}

fn sum(op: BinOp, a: Change, b: Change) -> Change {
    match (op, a, b) {
        (_, change, Change::None) | (BinOp::Add, Change::None, change) => change,
        (BinOp::Sub, Change::None, Change::Up) => Change::Down,
        (BinOp::Sub, Change::None, Change::Down) => Change::Up,
        _ => Change::Unknown,
    }
}

fn negated(op: BinOp) -> Option<BinOp> {
    Some(match op {
        BinOp::Lt => BinOp::Ge,
        BinOp::Ge => BinOp::Lt,
        BinOp::Gt => BinOp::Le,
        BinOp::Le => BinOp::Gt,
        BinOp::Eq => BinOp::Ne,
        BinOp::Ne => BinOp::Eq,
        _ => return None,
    })
}

fn mirrored(op: BinOp) -> BinOp {
    match op {
        BinOp::Lt => BinOp::Gt,
        BinOp::Gt => BinOp::Lt,
        BinOp::Le => BinOp::Ge,
        BinOp::Ge => BinOp::Le,
        other => other,
    }
}

/// Whether what a conversion gives goes up and down by one when what it is given does.
pub(super) fn same_steps(kind: CastKind, from: Ty, to: Ty) -> bool {
    match kind {
        CastKind::Prim(PrimCast::IntToInt) => Num::of(from).map(Num::bits) == Num::of(to).map(Num::bits),
        CastKind::Prim(PrimCast::PtrToPtr) => element(from).is_some() && element(from) == element(to),
        _ => false,
    }
}

/// What a pointer points to; of a slice, its elements.
pub fn element(ty: Ty) -> Option<Ty> {
    let (TyKind::Ref(_, to, _) | TyKind::RawPtr(to, _)) = *ty.kind() else { return None };
    match to.kind() {
        TyKind::Slice(of) => Some(*of),
        _ => Some(to),
    }
}

pub(super) fn is_slice(ty: Ty) -> bool {
    matches!(ty.kind(), TyKind::Ref(_, to, _) | TyKind::RawPtr(to, _) if matches!(to.kind(), TyKind::Slice(_)))
}
