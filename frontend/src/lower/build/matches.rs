//! `match`: tests in the order of the arms, merged into switches where neighbours test the same place.
//!
//! As in rustc a candidate goes into at most one branch of a test; the first that would belong to several waits,
//! with all after it, until the test's branches have failed. So the code is linear in the size of the patterns.

use super::pattern::{Binding, Flat, Test};
use super::*;
use crate::hir::DefId;
use crate::lower::const_value::ordered;
use crate::lower::thir::{Arm, PatConst, PatRange};
use crate::ty::{Args, GenericArg, TyKind};
use crate::typeck::results::BindingMode;

/// A way to match an arm.
pub(super) struct Candidate {
    tests: Vec<(PlaceBuilder, Test)>,
    pub bindings: Vec<Binding>,
    arm: usize,
    guarded: bool,
    /// Where control is when all tests hold; `None` if that is never reached.
    pub leaf: Option<BlockId>,
    /// Where control goes when the guard fails.
    otherwise: Option<BlockId>,
}

/// Where a candidate belongs after a test.
enum Branch {
    /// To the outcome with this number; the test is done with, or stays to be made.
    To { outcome: usize, done: bool },
    /// It could match after several outcomes.
    Undecided,
}

impl Builder<'_, '_> {
    pub(super) fn candidates(&self, flats: Vec<Flat>, arm: usize, guarded: bool) -> Vec<Candidate> {
        let new = |f: Flat| Candidate {
            tests: f.tests,
            bindings: f.bindings,
            arm,
            guarded,
            leaf: None,
            otherwise: None,
        };
        flats.into_iter().map(new).collect()
    }

    pub(super) fn match_into(&mut self, dest: &Place, value: ThirId, arms: &[Arm], span: Span) {
        let place = self.as_place_builder(value, true);
        let mut candidates = Vec::new();
        for (i, arm) in arms.iter().enumerate() {
            let flats = self.flatten(&place, &arm.pat);
            candidates.extend(self.candidates(flats, i, arm.guard.is_some()));
        }
        let order: Vec<usize> = (0..candidates.len()).collect();
        let scrutinee_span = self.thir.exprs[value].span;
        let unmatched = self.match_candidates(self.cur, &order, &mut candidates, scrutinee_span);
        // The arms are exhaustive.
        self.terminate_at(unmatched, TerminatorKind::Unreachable, span);
        let join = self.new_block();
        for (i, arm) in arms.iter().enumerate() {
            let mine: Vec<&Candidate> =
                candidates.iter().filter(|c| c.arm == i && c.leaf.is_some()).collect();
            if mine.is_empty() {
                continue;
            }
            self.push_scope(arm.scope, arm.span);
            self.declare(&arm.pat, None, false);
            let body = self.new_block();
            for candidate in mine {
                let Some(leaf) = candidate.leaf else { continue };
                self.cur = leaf;
                match arm.guard {
                    None => self.bind_all(&candidate.bindings, Some(arm.scope)),
                    Some(guard) => self.bind_with_guard(candidate, guard, arm),
                }
                self.goto(body, arm.pat.span);
            }
            self.cur = body;
            self.expr_into(dest, arm.body);
            self.pop_scope();
            self.goto(join, arm.span);
        }
        self.cur = join;
    }

    /// Binds by reference what the guard sees but may not take, runs the guard, then binds for real.
    fn bind_with_guard(&mut self, candidate: &Candidate, guard: ThirId, arm: &Arm) {
        let mut later = Vec::new();
        for binding in &candidate.bindings {
            let moves = binding.mode == BindingMode::Value && !self.tcx.is_copy(&self.env, binding.ty);
            if !moves {
                self.bind(binding, Some(arm.scope));
                continue;
            }
            let place = self.resolve(&binding.place, binding.span);
            let reference = self.new_temp(Ty::reference(binding.ty, Mutability::Not), binding.span);
            self.assign(reference, Rvalue::Ref(BorrowKind::Shared, place), binding.span);
            self.in_guard.insert(binding.var, reference);
            // What the guard binds is dropped before what the pattern does.
            if let Some(&local) = self.vars.get(&binding.var) {
                self.schedule_ends(Some(arm.scope), local);
            }
            later.push(binding);
        }
        let ((), failed) = self.in_if_then_outside(1, |b| b.then_else_break(guard));
        for binding in &later {
            self.in_guard.remove(&binding.var);
        }
        if let Some(otherwise) = candidate.otherwise {
            let kind = match failed {
                Some(failed) => {
                    let saved = std::mem::replace(&mut self.cur, failed);
                    self.goto(otherwise, arm.span);
                    self.cur = saved;
                    None
                }
                None => Some(TerminatorKind::Unreachable),
            };
            if let Some(kind) = kind {
                self.terminate_at(otherwise, kind, arm.span);
            }
        }
        for binding in later {
            self.bind(binding, Some(arm.scope));
        }
    }

    /// Tests candidates in order from `block`. Returns the block where none of them matched.
    pub(super) fn match_candidates(
        &mut self,
        block: BlockId,
        order: &[usize],
        candidates: &mut [Candidate],
        span: Span,
    ) -> BlockId {
        let mut block = block;
        let mut rest = order;
        while let Some(&first) = rest.first() {
            if candidates[first].tests.is_empty() {
                candidates[first].leaf = Some(block);
                block = self.new_block();
                if !candidates[first].guarded {
                    // Nothing after it is ever tried.
                    self.terminate_at(block, TerminatorKind::Unreachable, span);
                    return block;
                }
                candidates[first].otherwise = Some(block);
                rest = &rest[1..];
                continue;
            }
            let (place, test) = candidates[first].tests[0].clone();
            let options = self.options(&place, &test, rest, candidates);
            let mut branches: Vec<Vec<usize>> = vec![Vec::new(); options.len() + 1];
            let mut taken = 0;
            for &c in rest {
                let Some(at) = candidates[c].tests.iter().position(|t| t.0 == place) else { break };
                match branch_of(&test, &options, &candidates[c].tests[at].1) {
                    Branch::To { outcome, done } => {
                        if done {
                            candidates[c].tests.remove(at);
                        }
                        branches[outcome].push(c);
                        taken += 1;
                    }
                    Branch::Undecided => break,
                }
            }
            rest = &rest[taken..];
            let remaining = self.new_block();
            let blocks: Vec<BlockId> =
                branches.iter().map(|b| if b.is_empty() { remaining } else { self.new_block() }).collect();
            self.perform(block, &place, &test, &options, &blocks, span);
            for (list, &start) in branches.iter().zip(&blocks) {
                if !list.is_empty() {
                    let unmatched = self.match_candidates(start, list, candidates, span);
                    if self.is_open(unmatched) {
                        self.terminate_at(unmatched, TerminatorKind::Goto(remaining), span);
                    }
                }
            }
            block = remaining;
        }
        block
    }

    fn is_open(&self, block: BlockId) -> bool {
        self.body.blocks[block].terminator.kind == TerminatorKind::Goto(block)
    }

    /// The outcomes of a test before "otherwise": values of a switch, or that the test holds.
    fn options(
        &self,
        place: &PlaceBuilder,
        test: &Test,
        rest: &[usize],
        candidates: &[Candidate],
    ) -> Vec<Test> {
        let mut options = Vec::new();
        match test {
            Test::Variant(..) | Test::Int(..) => {
                for &c in rest {
                    match candidates[c].tests.iter().find(|t| t.0 == *place) {
                        Some((_, t @ (Test::Variant(..) | Test::Int(..)))) => {
                            if !options.contains(t) {
                                options.push(t.clone());
                            }
                        }
                        // A range may wait for the end of the switch.
                        Some((_, Test::Range(..))) => {}
                        _ => break,
                    }
                }
            }
            _ => options.push(test.clone()),
        }
        options
    }

    /// Emits a test: `blocks` are the targets of the options, then of everything else.
    fn perform(
        &mut self,
        block: BlockId,
        place: &PlaceBuilder,
        test: &Test,
        options: &[Test],
        blocks: &[BlockId],
        span: Span,
    ) {
        let place = self.resolve(place, span);
        let saved = std::mem::replace(&mut self.cur, block);
        let otherwise = blocks.last().copied().unwrap_or(block);
        match test {
            Test::Variant(adt, _) => {
                let ty = self.tcx.discriminant_ty(*adt);
                let discriminant = self.new_temp(ty, span);
                self.assign(discriminant, Rvalue::Discriminant(place), span);
                let targets = options.iter().zip(blocks).filter_map(|(o, &b)| match o {
                    Test::Variant(_, v) => Some((self.tcx.discriminant(*adt, *v), b)),
                    _ => None,
                });
                let targets = targets.collect();
                // With every variant named nothing else can be.
                let otherwise = if options.len() == self.tcx.variants(*adt).len() {
                    self.unreachable_block(span)
                } else {
                    otherwise
                };
                let value = Operand::Move(discriminant.into());
                self.terminate_at(self.cur, TerminatorKind::Switch { value, targets, otherwise }, span);
            }
            Test::Int(_, ty) => {
                let mut targets: Vec<(u128, BlockId)> = Vec::new();
                for (option, &target) in options.iter().zip(blocks) {
                    if let Test::Int(bits, _) = option {
                        targets.push((*bits, target));
                    }
                }
                let mut otherwise = otherwise;
                if matches!(ty.kind(), TyKind::Bool) && targets.len() == 2 {
                    targets.sort_by_key(|t| t.0);
                    otherwise = targets[1].1;
                    targets.truncate(1);
                }
                let value = Operand::Copy(place);
                self.terminate_at(self.cur, TerminatorKind::Switch { value, targets, otherwise }, span);
            }
            Test::Range(range, ty) => {
                let value = Operand::Copy(place);
                let hi = if range.inclusive { BinOp::Le } else { BinOp::Lt };
                let bounds = [(range.has_lo, BinOp::Ge, range.lo), (range.has_hi, hi, range.hi)];
                for (present, op, bits) in bounds {
                    if present {
                        let next = self.new_block();
                        let rvalue = Rvalue::Binary(op, value.clone(), Operand::scalar(bits, *ty));
                        self.branch_on(rvalue, next, otherwise, span);
                        self.cur = next;
                    }
                }
                self.goto(blocks[0], span);
            }
            Test::Len { len, exact } => {
                let actual = self.new_temp(Ty::usize(), span);
                self.assign(actual, Rvalue::Len(place), span);
                let op = if *exact { BinOp::Eq } else { BinOp::Ge };
                let len = Operand::scalar(*len as u128, Ty::usize());
                self.branch_on(
                    Rvalue::Binary(op, Operand::Move(actual.into()), len),
                    blocks[0],
                    otherwise,
                    span,
                );
            }
            Test::Eq(PatConst::Value(constant), ty) => {
                self.compare(place, constant, *ty, blocks[0], otherwise, span)
            }
            Test::Eq(PatConst::Float(bits) | PatConst::Int(bits), ty) => {
                let rvalue = Rvalue::Binary(BinOp::Eq, Operand::Copy(place), Operand::scalar(*bits, *ty));
                self.branch_on(rvalue, blocks[0], otherwise, span);
            }
        }
        self.cur = saved;
    }

    fn unreachable_block(&mut self, span: Span) -> BlockId {
        let block = self.new_block();
        self.terminate_at(block, TerminatorKind::Unreachable, span);
        block
    }

    fn branch_on(&mut self, cond: Rvalue, then: BlockId, els: BlockId, span: Span) {
        let temp = self.new_temp(Ty::bool(), span);
        self.assign(temp, cond, span);
        let value = Operand::Move(temp.into());
        self.terminate_at(
            self.cur,
            TerminatorKind::Switch { value, targets: vec![(0, els)], otherwise: then },
            span,
        );
    }

    /// `PartialEq::eq(&place, &constant)`; strings are compared as `str`.
    fn compare(
        &mut self,
        place: Place,
        constant: &Constant,
        ty: Ty,
        then: BlockId,
        els: BlockId,
        span: Span,
    ) {
        let Some(eq) = self.eq_method() else {
            return self.missing(span, "`PartialEq::eq`");
        };
        let constant = Operand::Constant(constant.clone());
        let (compared, args) = match ty.builtin_deref() {
            Some((inner, _)) if matches!(inner.kind(), TyKind::Str) => {
                (inner, vec![Operand::Copy(place), constant])
            }
            _ => {
                let temp = self.new_temp(ty, span);
                self.assign(temp, Rvalue::Use(constant), span);
                let mut args = Vec::new();
                for place in [place, temp.into()] {
                    let reference = self.new_temp(Ty::reference(ty, Mutability::Not), span);
                    self.assign(reference, Rvalue::Ref(BorrowKind::Shared, place), span);
                    args.push(Operand::Move(reference.into()));
                }
                (ty, args)
            }
        };
        let generic = Args::new(&[GenericArg::Type(compared), GenericArg::Type(compared)]);
        let result = self.new_temp(Ty::bool(), span);
        let next = self.new_block();
        let callee = Callee::Def(eq, generic);
        self.terminate(
            TerminatorKind::Call { callee, args, destination: result.into(), target: Some(next) },
            span,
            next,
        );
        let value = Operand::Move(result.into());
        self.terminate_at(
            self.cur,
            TerminatorKind::Switch { value, targets: vec![(0, els)], otherwise: then },
            span,
        );
    }

    fn eq_method(&self) -> Option<DefId> {
        let hir = self.tcx.hir;
        let partial_eq = *hir.lang_items.get(&crate::symbol::Symbol::intern("eq"))?;
        match &hir.def(partial_eq).kind {
            hir::DefKind::Trait(t) => t.items.iter().copied().find(|i| i.name() == "eq"),
            _ => None,
        }
    }
}

/// Where a candidate that makes the test `own` on the tested place belongs.
fn branch_of(test: &Test, options: &[Test], own: &Test) -> Branch {
    let done = |outcome| Branch::To { outcome, done: true };
    let keep = |outcome| Branch::To { outcome, done: false };
    let otherwise = options.len();
    match (test, own) {
        (Test::Variant(..), Test::Variant(..)) | (Test::Int(..), Test::Int(..)) => {
            match options.iter().position(|o| o == own) {
                Some(i) => done(i),
                None => Branch::Undecided,
            }
        }
        (Test::Int(..), Test::Range(range, ty)) => {
            let hit = options.iter().any(|o| matches!(o, Test::Int(bits, _) if contains(range, *bits, *ty)));
            if hit { Branch::Undecided } else { keep(otherwise) }
        }
        (Test::Range(a, _), Test::Range(b, _)) if a == b => done(0),
        (Test::Range(a, ty), Test::Range(b, _)) if !ty.is_float() && disjoint(a, b, *ty) => keep(1),
        (Test::Range(range, ty), Test::Int(bits, _)) if !contains(range, *bits, *ty) => keep(1),
        (Test::Eq(a, _), Test::Eq(b, _)) if a == b => done(0),
        (Test::Eq(PatConst::Value(a), _), Test::Eq(PatConst::Value(b), _)) => match (&a.kind, &b.kind) {
            (ConstantKind::Str(a), ConstantKind::Str(b)) if a != b => keep(1),
            _ => Branch::Undecided,
        },
        (Test::Len { len: t, exact: true }, Test::Len { len: c, exact: true }) => {
            if t == c {
                done(0)
            } else {
                keep(1)
            }
        }
        (Test::Len { len: t, exact: false }, Test::Len { len: c, exact: false }) => {
            if t == c {
                done(0)
            } else if t < c {
                keep(0)
            } else {
                Branch::Undecided
            }
        }
        (Test::Len { len: t, exact: true }, Test::Len { len: c, exact: false }) => {
            if t < c {
                keep(1)
            } else {
                Branch::Undecided
            }
        }
        (Test::Len { len: t, exact: false }, Test::Len { len: c, exact: true }) => {
            if c < t {
                keep(1)
            } else {
                keep(0)
            }
        }
        _ => Branch::Undecided,
    }
}

fn contains(range: &PatRange, bits: u128, ty: Ty) -> bool {
    let (lo, hi, x) = (ordered(range.lo, ty), ordered(range.hi, ty), ordered(bits, ty));
    lo <= x && (x < hi || range.inclusive && x == hi)
}

fn disjoint(a: &PatRange, b: &PatRange, ty: Ty) -> bool {
    let before = |x: &PatRange, y: &PatRange| {
        let (end, start) = (ordered(x.hi, ty), ordered(y.lo, ty));
        end < start || end == start && !x.inclusive
    };
    before(a, b) || before(b, a)
}
