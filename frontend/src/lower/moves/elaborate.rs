//! Makes drops exact.
//!
//! A `Drop` of what is certainly there stays, of what is certainly gone goes, of what may be there asks a flag: a
//! `bool` local that is true while the path holds a value. A value some parts of which were moved out is dropped part
//! by part. From here on every `Drop` drops a value that is there.

use std::collections::BTreeMap;

use super::MoveCx;
use super::flow::{Flow, State};
use super::paths::{Effect, MoveData, MovePath, PathId, is_box};
use crate::hir::DefKind;
use crate::mir::body::Location;
use crate::mir::*;
use crate::source::Span;
use crate::ty::{Args, GenericArg, Mutability, Ty, TyKind};

/// Elaborates all drops of a body.
pub fn elaborate(cx: MoveCx<'_, '_>, body: &mut Body, data: &MoveData, flow: &Flow) {
    let mut e = Elaborate { cx, data, flags: BTreeMap::new(), span: body.span };
    let drops: Vec<(BlockId, Place, BlockId, State)> = body
        .blocks
        .iter_enumerated()
        .filter_map(|(id, block)| match &block.terminator.kind {
            TerminatorKind::Drop { place, target } => {
                let at = Location { block: id, statement: block.statements.len() };
                Some((id, place.clone(), *target, flow.before(data, at)?))
            }
            _ => None,
        })
        .collect();
    for (_, place, _, state) in &drops {
        let found = data.find(place);
        if found.exact {
            e.collect_flags(body, found.path, state);
        }
    }
    for (block, place, target, state) in &drops {
        let found = data.find(place);
        if !found.exact {
            continue;
        }
        e.span = body.blocks[*block].terminator.span;
        let after = e.clear_flags(body, found.path, *target);
        let entry = e.drop_path(body, found.path, state, after);
        body.blocks[*block].terminator.kind = TerminatorKind::Goto(entry);
    }
    e.maintain_flags(body);
}

/// What a drop of a path has to do.
enum Style {
    /// Nothing is there.
    Dead,
    /// All of it is there.
    Static,
    /// All of it, or nothing.
    Conditional,
    /// Some parts may be gone.
    Open,
}

struct Elaborate<'a, 'h> {
    cx: MoveCx<'a, 'h>,
    data: &'a MoveData,
    flags: BTreeMap<PathId, Local>,
    span: Span,
}

impl Elaborate<'_, '_> {
    fn style(&self, path: PathId, state: &State) -> Style {
        let (mut live, mut dead) = (false, false);
        self.data.for_subtree(path, &mut |p| {
            live |= state.may_be_init(p);
            dead |= state.may_be_uninit(p);
        });
        match (live, dead, self.data.paths[path].children.is_empty()) {
            (false, _, _) => Style::Dead,
            (true, false, _) => Style::Static,
            (true, true, true) => Style::Conditional,
            (true, true, false) => Style::Open,
        }
    }

    fn is_conditional(state: &State, path: PathId) -> bool {
        state.may_be_init(path) && state.may_be_uninit(path)
    }

    fn collect_flags(&mut self, body: &mut Body, path: PathId, state: &State) {
        match self.style(path, state) {
            Style::Dead | Style::Static => {}
            Style::Conditional => self.flag(body, path),
            Style::Open => {
                if Self::is_conditional(state, path) {
                    self.flag(body, path);
                }
                let data = self.data;
                for &child in &data.paths[path].children {
                    self.collect_flags(body, child, state);
                }
            }
        }
    }

    fn flag(&mut self, body: &mut Body, path: PathId) {
        let span = self.span;
        self.flags.entry(path).or_insert_with(|| {
            body.locals.push(LocalDecl { ty: Ty::bool(), mutability: Mutability::Mut, name: None, span })
        });
    }

    fn block(&self, body: &mut Body, kind: TerminatorKind) -> BlockId {
        let terminator = Terminator { kind, span: self.span };
        body.blocks.push(Block { statements: Vec::new(), terminator })
    }

    /// A block that notes that the path is gone, then goes on.
    fn clear_flags(&self, body: &mut Body, path: PathId, target: BlockId) -> BlockId {
        let statements = self.set_flags(path, false, self.span);
        if statements.is_empty() {
            return target;
        }
        let block = self.block(body, TerminatorKind::Goto(target));
        body.blocks[block].statements = statements;
        block
    }

    fn set_flags(&self, path: PathId, to: bool, span: Span) -> Vec<Statement> {
        let mut out = Vec::new();
        if self.flags.is_empty() {
            return out;
        }
        self.data.for_subtree(path, &mut |p| {
            if let Some(&flag) = self.flags.get(&p) {
                let value = Rvalue::Use(Operand::scalar(to as u128, Ty::bool()));
                out.push(Statement { kind: StatementKind::Assign(flag.into(), value), span });
            }
        });
        out
    }

    /// Where to go to drop what is left of a path and then go to `next`.
    fn drop_path(&mut self, body: &mut Body, path: PathId, state: &State, next: BlockId) -> BlockId {
        let data = self.data;
        let MovePath { place, ty, .. } = &data.paths[path];
        // A variant is not dropped on its own: its enum is.
        match self.style(path, state) {
            Style::Dead => next,
            Style::Static => self.drop_value(body, place, *ty, next),
            Style::Conditional => {
                let drop = self.drop_value(body, place, *ty, next);
                self.guard(body, path, drop, next)
            }
            Style::Open => self.open_drop(body, path, state, next),
        }
    }

    fn drop_value(&self, body: &mut Body, place: &Place, ty: Ty, next: BlockId) -> BlockId {
        if !self.cx.tcx.needs_drop(&self.cx.env, ty) {
            return next;
        }
        self.block(body, TerminatorKind::Drop { place: place.clone(), target: next })
    }

    /// Asks the flag of a path.
    fn guard(&self, body: &mut Body, path: PathId, then: BlockId, els: BlockId) -> BlockId {
        if then == els {
            return els;
        }
        match self.flags.get(&path) {
            Some(&flag) => {
                let value = Operand::Copy(flag.into());
                self.block(body, TerminatorKind::Switch { value, targets: vec![(0, els)], otherwise: then })
            }
            None => then,
        }
    }

    /// What belongs to the path itself, not to a part that is a path: there exactly when the path's own bit says so.
    fn drop_own(
        &self,
        body: &mut Body,
        path: PathId,
        state: &State,
        place: &Place,
        ty: Ty,
        next: BlockId,
    ) -> BlockId {
        if !state.may_be_init(path) {
            return next;
        }
        let drop = self.drop_value(body, place, ty, next);
        if Self::is_conditional(state, path) { self.guard(body, path, drop, next) } else { drop }
    }

    fn open_drop(&mut self, body: &mut Body, path: PathId, state: &State, next: BlockId) -> BlockId {
        let data = self.data;
        let place = data.paths[path].place.clone();
        let ty = data.paths[path].ty;
        if let Some(Projection::Downcast(v)) = place.projection.last() {
            return self.drop_fields(body, path, state, &place, &self.variant_fields(ty, *v), next);
        }
        if is_box(self.cx, ty) {
            let Some(inside) = data.child(path, Projection::Deref) else {
                return self.drop_own(body, path, state, &place, ty, next);
            };
            let free = self.free_box(body, &place, ty, next);
            let free = if !state.may_be_init(path) {
                next
            } else if Self::is_conditional(state, path) {
                self.guard(body, path, free, next)
            } else {
                free
            };
            return self.drop_path(body, inside, state, free);
        }
        match ty.kind() {
            TyKind::Adt(def, _) if matches!(self.cx.tcx.hir.def(*def).kind, DefKind::Enum(_)) => {
                self.drop_variants(body, path, state, &place, ty, next)
            }
            TyKind::Array(element, n) => {
                let fields: Vec<(Projection, Ty)> = (0..n.as_u64().unwrap_or(0))
                    .map(|offset| (Projection::ConstantIndex { offset, from_end: false }, *element))
                    .collect();
                self.drop_fields(body, path, state, &place, &fields, next)
            }
            _ => self.drop_fields(body, path, state, &place, &self.variant_fields(ty, 0), next),
        }
    }

    /// Fields in order; each may be a path of its own.
    fn drop_fields(
        &mut self,
        body: &mut Body,
        path: PathId,
        state: &State,
        place: &Place,
        fields: &[(Projection, Ty)],
        next: BlockId,
    ) -> BlockId {
        let mut next = next;
        for &(step, ty) in fields.iter().rev() {
            next = match self.data.child(path, step) {
                Some(child) => self.drop_path(body, child, state, next),
                None => self.drop_own(body, path, state, &place.project(step), ty, next),
            };
        }
        next
    }

    fn drop_variants(
        &mut self,
        body: &mut Body,
        path: PathId,
        state: &State,
        place: &Place,
        ty: Ty,
        next: BlockId,
    ) -> BlockId {
        let TyKind::Adt(def, _) = *ty.kind() else { return next };
        let mut targets = Vec::new();
        for v in 0..self.cx.tcx.variants(def).len() {
            let fields = self.variant_fields(ty, v as u32);
            let variant = place.project(Projection::Downcast(v as u32));
            let to = match self.data.child(path, Projection::Downcast(v as u32)) {
                // The variant's own bit is the enum's; its fields are asked one by one.
                Some(child) => self.drop_fields(body, child, state, &variant, &fields, next),
                None => fields.iter().rev().fold(next, |next, &(step, field_ty)| {
                    self.drop_own(body, path, state, &variant.project(step), field_ty, next)
                }),
            };
            targets.push((self.cx.tcx.discriminant(def, v), to));
        }
        targets.retain(|t| t.1 != next);
        if targets.is_empty() {
            return next;
        }
        let discriminant_ty = self.cx.tcx.discriminant_ty(def);
        let discriminant = body.locals.push(LocalDecl {
            ty: discriminant_ty,
            mutability: Mutability::Mut,
            name: None,
            span: self.span,
        });
        let value = Operand::Move(discriminant.into());
        let switch = self.block(body, TerminatorKind::Switch { value, targets, otherwise: next });
        let read = StatementKind::Assign(discriminant.into(), Rvalue::Discriminant(place.clone()));
        body.blocks[switch].statements.push(Statement { kind: read, span: self.span });
        // The discriminant may be read only if some variant was ever there.
        if Self::is_conditional(state, path) { self.guard(body, path, switch, next) } else { switch }
    }

    fn variant_fields(&self, ty: Ty, variant: u32) -> Vec<(Projection, Ty)> {
        let tys: Vec<Ty> = match ty.kind() {
            TyKind::Tuple(ts) => ts.to_vec(),
            TyKind::Adt(def, args) => {
                let count = self.cx.tcx.variants(*def).get(variant as usize).map_or(0, |v| v.fields.len());
                let field = |f| {
                    let ty = self.cx.tcx.field_ty(*def, variant as usize, f, *args);
                    self.cx.tcx.erase_regions(self.cx.tcx.normalize(&self.cx.env, ty))
                };
                (0..count).map(field).collect()
            }
            // The last argument of a closure type is the tuple of its captures.
            TyKind::Closure(_, args) => match args.last().and_then(|a| a.as_type()).map(|t| t.kind()) {
                Some(TyKind::Tuple(ts)) => ts.to_vec(),
                _ => Vec::new(),
            },
            _ => Vec::new(),
        };
        tys.into_iter().enumerate().map(|(i, t)| (Projection::Field(i as u32, t), t)).collect()
    }

    /// Frees a box whose contents are gone.
    fn free_box(&self, body: &mut Body, place: &Place, ty: Ty, next: BlockId) -> BlockId {
        let TyKind::Adt(_, args) = *ty.kind() else { return next };
        let Some(&free) = self.cx.tcx.hir.lang_items.get(&crate::symbol::Symbol::intern("box_free")) else {
            return next;
        };
        let Some(inside) = args.iter().find_map(|a| a.as_type()) else { return next };
        let span = self.span;
        let mut local =
            |ty| body.locals.push(LocalDecl { ty, mutability: Mutability::Mut, name: None, span });
        let pointer = local(Ty::raw_ptr(inside, Mutability::Mut));
        let result = local(Ty::unit());
        let block = self.block(
            body,
            TerminatorKind::Call {
                callee: Callee::Def(free, Args::new(&[GenericArg::Type(inside)])),
                args: vec![Operand::Move(pointer.into())],
                destination: result.into(),
                target: Some(next),
            },
        );
        let take = StatementKind::Assign(pointer.into(), Rvalue::RawRef(Mutability::Mut, place.deref()));
        body.blocks[block].statements.push(Statement { kind: take, span });
        block
    }

    /// Sets flags where paths are filled and emptied.
    fn maintain_flags(&self, body: &mut Body) {
        if self.flags.is_empty() {
            return;
        }
        for (id, effects) in self.data.effects.iter_enumerated() {
            let span = body.blocks[id].terminator.span;
            let old = std::mem::take(&mut body.blocks[id].statements);
            let mut new = Vec::with_capacity(old.len());
            let count = effects.len().saturating_sub(1);
            for (i, statement) in old.into_iter().enumerate() {
                let span = statement.span;
                new.push(statement);
                for effect in effects.get(i).filter(|_| i < count).into_iter().flatten() {
                    match effect {
                        Effect::Init(p) => new.extend(self.set_flags(*p, true, span)),
                        Effect::Move(p) => new.extend(self.set_flags(*p, false, span)),
                        Effect::Drop(_) | Effect::Storage(_) => {}
                    }
                }
            }
            let mut after = Vec::new();
            for effect in effects.last().into_iter().flatten() {
                match effect {
                    Effect::Move(p) => new.extend(self.set_flags(*p, false, span)),
                    Effect::Init(p) => after.extend(self.set_flags(*p, true, span)),
                    Effect::Drop(_) | Effect::Storage(_) => {}
                }
            }
            body.blocks[id].statements = new;
            if !after.is_empty()
                && let TerminatorKind::Call { target: Some(target), .. } = body.blocks[id].terminator.kind
            {
                let edge = self.block(body, TerminatorKind::Goto(target));
                body.blocks[edge].statements = after;
                if let TerminatorKind::Call { target, .. } = &mut body.blocks[id].terminator.kind {
                    *target = Some(edge);
                }
            }
        }
        let span = body.span;
        let set = |local: Local, to: bool| Statement {
            kind: StatementKind::Assign(local.into(), Rvalue::Use(Operand::scalar(to as u128, Ty::bool()))),
            span,
        };
        let is_arg = |path: PathId| {
            let local = self.data.paths[path].place.local.0 as usize;
            local >= 1 && local <= body.arg_count
        };
        let start: Vec<Statement> = self.flags.iter().map(|(&path, &flag)| set(flag, is_arg(path))).collect();
        body.blocks[BlockId(0)].statements.splice(0..0, start);
    }
}
