//! Uses of what may have been moved, or was never there.

use std::collections::BTreeSet;

use super::MoveCx;
use super::flow::{Flow, State};
use super::paths::{Effect, Forbidden, IllegalMove, MoveData, PathId, effects_at, for_operands};
use crate::diag::ErrorReported;
use crate::hir::{ClosureKind, DefKind};
use crate::lower::errors::{e0381, e0382, e0507};
use crate::mir::body::Location;
use crate::mir::traversal::predecessors;
use crate::mir::*;
use crate::source::Span;
use crate::ty::{Mutability, TyKind};

/// Reports every use of a place that may be moved from or uninitialised.
pub fn check_moves(
    cx: MoveCx<'_, '_>,
    body: &Body,
    data: &MoveData,
    flow: &Flow,
) -> Result<(), ErrorReported> {
    let at = Location { block: BlockId(0), statement: 0 };
    let mut c = Checker {
        cx,
        body,
        data,
        reported: BTreeSet::new(),
        result: Ok(()),
        at,
        after_moves: State::default(),
    };
    let mut state = State::default();
    for (block, contents) in body.blocks.iter_enumerated() {
        let Some(entry) = &flow.entry[block] else { continue };
        state.copy_from(entry);
        for (statement, s) in contents.statements.iter().enumerate() {
            c.at = Location { block, statement };
            c.statement(&mut state, s);
        }
        c.at = Location { block, statement: contents.statements.len() };
        c.terminator(&mut state, &contents.terminator);
    }
    c.result
}

struct Checker<'a, 'h> {
    cx: MoveCx<'a, 'h>,
    body: &'a Body,
    data: &'a MoveData,
    reported: BTreeSet<PathId>,
    result: Result<(), ErrorReported>,
    at: Location,
    /// Memory for the state after the operands of a statement.
    after_moves: State,
}

/// How a place is used.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    Read,
    Borrow,
    /// A part of it is assigned.
    AssignPart,
}

impl Checker<'_, '_> {
    fn statement(&mut self, state: &mut State, statement: &Statement) {
        let span = statement.span;
        if let StatementKind::Assign(place, rvalue) = &statement.kind {
            // A value moved twice by one statement is found because each operand takes effect at once.
            let mut moved = std::mem::take(&mut self.after_moves);
            moved.copy_from(state);
            for_operands(rvalue, &mut |o| self.operand(&mut moved, o, Use::Read, span));
            match rvalue {
                Rvalue::Ref(_, p) | Rvalue::RawRef(_, p) => self.check(state, p, Use::Borrow, span),
                Rvalue::Len(p) | Rvalue::Discriminant(p) => self.check(state, p, Use::Read, span),
                _ => {}
            }
            self.destination(&moved, place, span);
            self.after_moves = moved;
        }
        for effect in effects_at(self.data, self.at) {
            state.apply(self.data, *effect);
        }
    }

    fn terminator(&mut self, state: &mut State, terminator: &Terminator) {
        let span = terminator.span;
        match &terminator.kind {
            TerminatorKind::Switch { value, .. } => self.operand(state, value, Use::Read, span),
            TerminatorKind::Assert { cond, .. } => self.operand(state, cond, Use::Read, span),
            TerminatorKind::Call { callee, args, destination, .. } => {
                if let Callee::Value(f) = callee {
                    self.operand(state, f, Use::Read, span);
                }
                for arg in args {
                    let span = arg.place().map_or(span, |p| self.cx.argument_span(p, span));
                    self.operand(state, arg, Use::Read, span);
                }
                self.destination(state, destination, span);
            }
            _ => {}
        }
    }

    fn operand(&mut self, state: &mut State, operand: &Operand, how: Use, span: Span) {
        let Some(place) = operand.place() else { return };
        let span = self.cx.operand_span(place, span, true);
        self.check(state, place, how, span);
        if matches!(operand, Operand::Move(_)) {
            let found = self.data.find(place);
            if found.exact {
                state.apply(self.data, Effect::Move(found.path));
            }
        }
    }

    /// Writing to a part needs the whole.
    fn destination(&mut self, state: &State, place: &Place, span: Span) {
        for step in &place.projection {
            if let Projection::Index(index) = step {
                self.check(state, &(*index).into(), Use::Read, span);
            }
        }
        let Some((last, rest)) = place.projection.split_last() else { return };
        let base = Place { local: place.local, projection: rest.to_vec() };
        let how = match last {
            Projection::Field(..) | Projection::Downcast(_) => Use::AssignPart,
            _ => Use::Read,
        };
        let found = self.data.find(&base);
        if state.may_be_uninit(found.path) {
            self.report(found.path, found.path, how, span);
        }
    }

    fn check(&mut self, state: &State, place: &Place, how: Use, span: Span) {
        for step in &place.projection {
            if let Projection::Index(index) = step {
                self.check(state, &(*index).into(), Use::Read, span);
            }
        }
        let found = self.data.find(place);
        if state.may_be_uninit(found.path) {
            return self.report(found.path, found.path, how, span);
        }
        // The parent of a part may be gone while the part was given a value again: then the part is there.
        if found.exact || found.indexed {
            let mut gone = None;
            self.data.for_subtree(found.path, &mut |p| {
                if state.may_be_uninit(p) && gone.is_none() {
                    gone = Some(p);
                }
            });
            if let Some(part) = gone {
                self.report(found.path, part, how, span);
            }
        }
    }

    fn report(&mut self, used: PathId, gone: PathId, how: Use, span: Span) {
        let place = &self.data.paths[used].place;
        let Some(name) = self.cx.describe(self.body, place) else { return };
        if !self.reported.insert(PathId(place.local.0)) {
            return;
        }
        let moves = self.moves_reaching(gone);
        let error = if moves.is_empty() {
            self.uninitialised(used, &name, how, span)
        } else {
            self.moved(used, gone, &name, how, span, &moves)
        };
        self.result = Err(error);
    }

    fn uninitialised(&self, used: PathId, name: &str, how: Use, span: Span) -> ErrorReported {
        let local = self.data.paths[used].place.local;
        let decl = &self.body.locals[local];
        // Whether some path does assign it.
        let sometimes = self
            .data
            .effects
            .iter()
            .flatten()
            .flatten()
            .any(|e| matches!(e, Effect::Init(p) if self.data.paths[*p].place.local == local));
        self.cx.tcx.diag.emit_error(
            e0381::Uninitialised {
                span,
                name,
                declared: decl.span,
                partly: how == Use::AssignPart,
                sometimes,
            }
            .diagnostic(),
        )
    }

    fn moved(
        &self,
        used: PathId,
        gone: PathId,
        name: &str,
        how: Use,
        span: Span,
        moves: &[(Location, PathId)],
    ) -> ErrorReported {
        let partial = used != gone && !moves.iter().any(|(_, p)| *p == used);
        let moved_path = &self.data.paths[moves[0].1];
        let moved_name = self.cx.describe(self.body, &moved_path.place);
        let local = self.data.paths[used].place.local;
        let sites: Vec<e0382::Site> = moves.iter().map(|(at, path)| self.site(*at, *path, span)).collect();
        let verb = match how {
            Use::Borrow => e0382::Verb::Borrow,
            Use::AssignPart => e0382::Verb::AssignPart,
            Use::Read => e0382::Verb::Use,
        };
        self.cx.tcx.diag.emit_error(
            e0382::UseAfterMove {
                span,
                name,
                verb,
                partial,
                moved_name: moved_name.as_deref().unwrap_or(name),
                moved_ty: moved_path.ty,
                declared: self.body.locals[local].name.map(|_| self.body.locals[local].span),
                sites: &sites,
                can_clone: self.can_clone(moved_path.ty),
            }
            .diagnostic(),
        )
    }

    fn can_clone(&self, ty: crate::ty::Ty) -> bool {
        let args = crate::ty::Args::new(&[crate::ty::GenericArg::Type(ty)]);
        match self.cx.tcx.hir.lang_items.get(&crate::symbol::Symbol::intern("clone")) {
            Some(&clone) => self.cx.tcx.implements(&self.cx.env, clone, args),
            None => false,
        }
    }

    /// What the code at a move does.
    fn site(&self, at: Location, path: PathId, use_span: Span) -> e0382::Site {
        let block = &self.body.blocks[at.block];
        let moved = &self.data.paths[path].place;
        let span = match block.statements.get(at.statement) {
            Some(s) => self.cx.operand_span(moved, s.span, at == self.at),
            None => self.cx.argument_span(moved, block.terminator.span),
        };
        let mut kind = e0382::SiteKind::Plain;
        if let Some(statement) = block.statements.get(at.statement) {
            if let StatementKind::Assign(_, Rvalue::Aggregate(AggregateKind::Closure(..), _)) =
                &statement.kind
            {
                kind = e0382::SiteKind::Closure;
            }
        } else if let TerminatorKind::Call { callee: Callee::Def(def, _), .. } = &block.terminator.kind
            && let DefKind::Fn(f) = &self.cx.tcx.hir.def(*def).kind
            && f.has_self
        {
            kind = if def.name() == "into_iter" {
                e0382::SiteKind::IntoIter
            } else {
                e0382::SiteKind::Method(def.name().to_string())
            };
        }
        e0382::Site {
            span,
            kind,
            in_loop: span == use_span || self.reaches(self.at, at) && !self.reaches_forward(at),
        }
    }

    /// Whether control can go from one location to the other.
    fn reaches(&self, from: Location, to: Location) -> bool {
        if from.block == to.block && from.statement < to.statement {
            return true;
        }
        let mut seen = BTreeSet::new();
        let mut work = self.body.blocks[from.block].terminator.kind.successors();
        while let Some(block) = work.pop() {
            if block == to.block {
                return true;
            }
            if seen.insert(block) {
                work.extend(self.body.blocks[block].terminator.kind.successors());
            }
        }
        false
    }

    /// Whether the move comes before the use without going round a loop: it dominates it in the source.
    fn reaches_forward(&self, at: Location) -> bool {
        self.body.span_at(at).lo < self.body.span_at(self.at).lo
    }

    /// Moves of the path, what it is in, or parts of it, from which control reaches the use without it being filled
    /// again.
    fn moves_reaching(&self, path: PathId) -> Vec<(Location, PathId)> {
        let mut related = BTreeSet::new();
        self.data.for_subtree(path, &mut |p| {
            related.insert(p);
        });
        let mut filled = BTreeSet::from([path]);
        let mut up = self.data.paths[path].parent;
        while let Some(p) = up {
            related.insert(p);
            filled.insert(p);
            up = self.data.paths[p].parent;
        }
        let preds = predecessors(self.body);
        let mut found = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut work = vec![self.at];
        while let Some(at) = work.pop() {
            // Goes backward through the block from before `at`.
            let mut stopped = false;
            for statement in (0..at.statement).rev() {
                let here = Location { block: at.block, statement };
                for effect in effects_at(self.data, here).iter().rev() {
                    match effect {
                        Effect::Move(p) if related.contains(p) => {
                            found.insert((here, *p));
                            stopped = true;
                        }
                        Effect::Init(p) if filled.contains(p) => stopped = true,
                        Effect::Storage(p) if filled.contains(p) => stopped = true,
                        _ => {}
                    }
                    if stopped {
                        break;
                    }
                }
                if stopped {
                    break;
                }
            }
            if stopped {
                continue;
            }
            for &p in &preds[at.block] {
                if seen.insert(p) {
                    work.push(Location { block: p, statement: self.body.blocks[p].statements.len() + 1 });
                }
            }
        }
        // The same statement may move twice.
        if found.is_empty() {
            for effect in effects_at(self.data, self.at) {
                if let Effect::Move(p) = effect
                    && related.contains(p)
                {
                    found.insert((self.at, *p));
                }
            }
        }
        found.into_iter().collect()
    }
}

/// Reports a move out of a place that cannot be moved out of.
pub fn report_illegal(cx: MoveCx<'_, '_>, body: &Body, error: &IllegalMove) -> ErrorReported {
    let IllegalMove { place, at, why, span } = error;
    let base = Place { local: place.local, projection: place.projection[..*at].to_vec() };
    let base_ty = body.place_ty(&base);
    let ty = body.place_ty(place);
    let name = cx.describe(body, place);
    let from = match why {
        Forbidden::HasDrop => e0507::From::HasDrop(base_ty),
        Forbidden::Element => match base_ty.kind() {
            TyKind::Array(..) => e0507::From::Element(base_ty, "array"),
            _ => e0507::From::Element(base_ty, "slice"),
        },
        Forbidden::Pointer => match (cx.closure, cx.captured(place)) {
            (Some((_, kind)), Some((capture, steps))) if *at < steps => e0507::From::Captured(
                cx.describe_capture(capture),
                if kind == ClosureKind::Fn { "Fn" } else { "FnMut" },
            ),
            _ => pointer_origin(cx, body, &base, base_ty),
        },
    };
    let span = cx.operand_span(place, *span, true);
    cx.tcx.diag.emit_error(e0507::MoveOut { span, name: name.as_deref(), ty, from }.diagnostic())
}

/// What the pointer that was moved out of is.
fn pointer_origin(cx: MoveCx<'_, '_>, body: &Body, base: &Place, base_ty: crate::ty::Ty) -> e0507::From {
    if let Some(local) = base.as_local()
        && body.locals[local].name.is_none()
    {
        // A temporary that holds the result of `index` or `deref`.
        for block in body.blocks.iter() {
            match &block.terminator.kind {
                TerminatorKind::Call { callee: Callee::Def(def, args), destination, .. }
                    if destination.as_local() == Some(local) =>
                {
                    let of = args.first().and_then(|a| a.as_type());
                    return match (def.name(), of) {
                        ("index" | "index_mut", Some(of)) => e0507::From::IndexOf(of),
                        ("deref" | "deref_mut", Some(of)) => e0507::From::Inside(of),
                        _ => e0507::From::Reference(Mutability::Not),
                    };
                }
                _ => {}
            }
            for statement in &block.statements {
                if let StatementKind::Assign(to, Rvalue::Use(Operand::Constant(c))) = &statement.kind
                    && to.as_local() == Some(local)
                    && let ConstantKind::Static(def) = c.kind
                {
                    return e0507::From::Static(cx.tcx.hir.def(def).name.as_str().to_string());
                }
            }
        }
    }
    match base_ty.kind() {
        TyKind::RawPtr(..) => e0507::From::RawPointer,
        TyKind::Ref(_, _, m) => e0507::From::Reference(*m),
        _ => e0507::From::Reference(Mutability::Not),
    }
}
