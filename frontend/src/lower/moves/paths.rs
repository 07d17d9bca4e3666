//! Move paths: places that are moved from, or initialised, on their own.

use super::MoveCx;
use crate::hash::FastMap;
use crate::index::IndexVec;
use crate::mir::body::{Location, project_ty};
use crate::mir::*;
use crate::source::Span;
use crate::ty::{Args, GenericArg, Ty, TyKind};

crate::newtype_index!(
    /// A move path.
    PathId,
    "mp"
);

/// A move path.
#[derive(Clone, Debug)]
pub struct MovePath {
    /// The place.
    pub place: Place,
    /// Its type.
    pub ty: Ty,
    /// The path it is a part of.
    pub parent: Option<PathId>,
    /// Its parts that are paths.
    pub children: Vec<PathId>,
}

/// A step that does not depend on types, to look paths up by.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum Step {
    Deref,
    Field(u32),
    Downcast(u32),
    Element(u64),
}

/// A change of what is initialised.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Effect {
    /// The path and all its parts hold values.
    Init(PathId),
    /// Moved out.
    Move(PathId),
    /// Dropped.
    Drop(PathId),
    /// Its storage begins or ends.
    Storage(PathId),
}

/// A move out of a place that cannot be moved out of.
#[derive(Clone, Debug)]
pub struct IllegalMove {
    /// The place.
    pub place: Place,
    /// Number of steps of it that lead to what forbids the move.
    pub at: usize,
    /// Why.
    pub why: Forbidden,
    /// Where.
    pub span: Span,
}

/// Why a place cannot be moved out of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Forbidden {
    /// Behind a reference or raw pointer.
    Pointer,
    /// An element of an array or slice.
    Element,
    /// A field of a type that implements `Drop`.
    HasDrop,
}

/// All move paths of a body, and what each location does to them.
pub struct MoveData {
    /// The paths; the first ones are the locals, in order.
    pub paths: IndexVec<PathId, MovePath>,
    /// Effects of each statement, then of the terminator, by block.
    pub effects: IndexVec<BlockId, Vec<Vec<Effect>>>,
    /// Moves that are errors.
    pub illegal: Vec<IllegalMove>,
    lookup: FastMap<(PathId, Step), PathId>,
}

/// What is known of a place.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Found {
    /// The longest path that is a prefix of the place.
    pub path: PathId,
    /// Whether it is the whole place.
    pub exact: bool,
    /// Whether the rest of the place begins with an index, which may meet any element.
    pub indexed: bool,
}

impl MoveData {
    /// The longest path that is a prefix of a place.
    pub fn find(&self, place: &Place) -> Found {
        let mut path = PathId(place.local.0);
        for (i, step) in place.projection.iter().enumerate() {
            match step_of(*step).and_then(|s| self.lookup.get(&(path, s))) {
                Some(&child) => path = child,
                None => {
                    let indexed = matches!(
                        place.projection[i],
                        Projection::Index(_) | Projection::ConstantIndex { .. } | Projection::Subslice { .. }
                    );
                    return Found { path, exact: false, indexed };
                }
            }
        }
        Found { path, exact: true, indexed: false }
    }

    /// Calls `f` with a path and all parts of it.
    pub fn for_subtree(&self, path: PathId, f: &mut impl FnMut(PathId)) {
        f(path);
        for &child in &self.paths[path].children {
            self.for_subtree(child, f);
        }
    }

    /// The part of a path reached by a step, if it is a path.
    pub fn child(&self, path: PathId, step: Projection) -> Option<PathId> {
        self.lookup.get(&(path, step_of(step)?)).copied()
    }
}

fn step_of(step: Projection) -> Option<Step> {
    match step {
        Projection::Deref => Some(Step::Deref),
        Projection::Field(i, _) => Some(Step::Field(i)),
        Projection::Downcast(v) => Some(Step::Downcast(v)),
        Projection::ConstantIndex { offset, from_end: false } => Some(Step::Element(offset)),
        _ => None,
    }
}

/// Whether the type is `Box`.
pub fn is_box(cx: MoveCx<'_, '_>, ty: Ty) -> bool {
    matches!(ty.kind(), TyKind::Adt(def, _)
        if cx.tcx.hir.lang_items.get(&crate::symbol::Symbol::intern("owned_box")) == Some(def))
}

/// Whether the struct or enum implements `Drop` itself.
pub fn has_drop_impl(cx: MoveCx<'_, '_>, ty: Ty) -> bool {
    if !matches!(ty.kind(), TyKind::Adt(..)) || is_box(cx, ty) {
        return false;
    }
    match cx.tcx.hir.lang_items.get(&crate::symbol::Symbol::intern("drop")) {
        Some(&drop) => cx.tcx.implements(&cx.env, drop, Args::new(&[GenericArg::Type(ty)])),
        None => false,
    }
}

/// Finds the move paths of a body.
pub fn gather(cx: MoveCx<'_, '_>, body: &Body) -> MoveData {
    let paths = body
        .locals
        .iter_enumerated()
        .map(|(l, d)| MovePath { place: l.into(), ty: d.ty, parent: None, children: Vec::new() })
        .collect();
    let mut g = Gather {
        cx,
        data: MoveData { paths, effects: IndexVec::new(), illegal: Vec::new(), lookup: FastMap::default() },
        now: Vec::new(),
    };
    for (id, block) in body.blocks.iter_enumerated() {
        let mut effects = Vec::with_capacity(block.statements.len() + 1);
        for statement in &block.statements {
            g.statement(statement);
            effects.push(std::mem::take(&mut g.now));
        }
        debug_assert!(body.blocks.get(id).is_some());
        g.terminator(&block.terminator);
        effects.push(std::mem::take(&mut g.now));
        g.data.effects.push(effects);
    }
    g.data
}

struct Gather<'a, 'h> {
    cx: MoveCx<'a, 'h>,
    data: MoveData,
    now: Vec<Effect>,
}

impl Gather<'_, '_> {
    fn statement(&mut self, statement: &Statement) {
        match &statement.kind {
            StatementKind::Assign(place, rvalue) => {
                for_operands(rvalue, &mut |o| self.operand(o, statement.span));
                self.init(place);
            }
            StatementKind::StorageLive(local) | StatementKind::StorageDead(local) => {
                self.now.push(Effect::Storage(PathId(local.0)))
            }
            StatementKind::Nop => {}
        }
    }

    fn terminator(&mut self, terminator: &Terminator) {
        let span = terminator.span;
        match &terminator.kind {
            TerminatorKind::Switch { value, .. } => self.operand(value, span),
            TerminatorKind::Drop { place, .. } => {
                if let Ok(paths) = self.path(place) {
                    self.now.extend(paths.into_iter().map(Effect::Drop));
                }
            }
            TerminatorKind::Call { callee, args, destination, .. } => {
                if let Callee::Value(f) = callee {
                    self.operand(f, span);
                }
                for arg in args {
                    self.operand(arg, span);
                }
                self.init(destination);
            }
            TerminatorKind::Assert { cond, .. } => self.operand(cond, span),
            _ => {}
        }
    }

    fn operand(&mut self, operand: &Operand, span: Span) {
        let Operand::Move(place) = operand else { return };
        match self.path(place) {
            Ok(paths) => self.now.extend(paths.into_iter().map(Effect::Move)),
            Err((at, why)) => self.data.illegal.push(IllegalMove { place: place.clone(), at, why, span }),
        }
    }

    fn init(&mut self, place: &Place) {
        if let Ok(paths) = self.path(place) {
            self.now.extend(paths.into_iter().map(Effect::Init));
        }
    }

    /// The path of a place, made if it is new; several for a part of an array.
    fn path(&mut self, place: &Place) -> Result<Vec<PathId>, (usize, Forbidden)> {
        let mut path = PathId(place.local.0);
        // Type of the enum, while the path stands at a variant of it.
        let mut ty = self.data.paths[path].ty;
        for (i, &step) in place.projection.iter().enumerate() {
            match step {
                Projection::Deref if !is_box(self.cx, ty) => return Err((i, Forbidden::Pointer)),
                Projection::Field(..) | Projection::Downcast(_) if has_drop_impl(self.cx, ty) => {
                    return Err((i, Forbidden::HasDrop));
                }
                Projection::Index(_) => return Err((i, Forbidden::Element)),
                Projection::ConstantIndex { .. } | Projection::Subslice { .. }
                    if !matches!(ty.kind(), TyKind::Array(..)) =>
                {
                    return Err((i, Forbidden::Element));
                }
                Projection::ConstantIndex { from_end: true, .. } => return Err((i, Forbidden::Element)),
                Projection::Subslice { from, to } => {
                    let n = match ty.kind() {
                        TyKind::Array(_, n) => n.as_u64().unwrap_or(from + to),
                        _ => from + to,
                    };
                    let elements = from..n.saturating_sub(to);
                    let element = project_ty(ty, Projection::ConstantIndex { offset: 0, from_end: false });
                    return Ok(elements
                        .map(|offset| {
                            self.child(path, Projection::ConstantIndex { offset, from_end: false }, element)
                        })
                        .collect());
                }
                _ => {}
            }
            ty = project_ty(ty, step);
            path = self.child(path, step, ty);
        }
        Ok(vec![path])
    }

    fn child(&mut self, parent: PathId, step: Projection, ty: Ty) -> PathId {
        let Some(key) = step_of(step) else { return parent };
        if let Some(&known) = self.data.lookup.get(&(parent, key)) {
            return known;
        }
        let place = self.data.paths[parent].place.project(step);
        let id = self.data.paths.push(MovePath { place, ty, parent: Some(parent), children: Vec::new() });
        self.data.paths[parent].children.push(id);
        self.data.lookup.insert((parent, key), id);
        id
    }
}

/// Calls `f` with each operand of an rvalue, in order.
pub fn for_operands<'r>(rvalue: &'r Rvalue, f: &mut dyn FnMut(&'r Operand)) {
    match rvalue {
        Rvalue::Use(o) | Rvalue::Repeat(o, _) | Rvalue::Cast(_, o, _) | Rvalue::Unary(_, o) => f(o),
        Rvalue::Binary(_, a, b) | Rvalue::CheckedBinary(_, a, b) => {
            f(a);
            f(b);
        }
        Rvalue::Aggregate(_, operands) => operands.iter().for_each(f),
        Rvalue::Ref(..) | Rvalue::RawRef(..) | Rvalue::Len(_) | Rvalue::Discriminant(_) => {}
    }
}

/// The place whose discriminant the block's switch looks at.
pub fn switched_enum(block: &Block) -> Option<&Place> {
    let TerminatorKind::Switch { value, .. } = &block.terminator.kind else { return None };
    let local = value.place()?.as_local()?;
    match &block.statements.last()?.kind {
        StatementKind::Assign(to, Rvalue::Discriminant(place)) if to.as_local() == Some(local) => Some(place),
        _ => None,
    }
}

/// A location as a pair of indices into [`MoveData::effects`].
pub fn effects_at(data: &MoveData, at: Location) -> &[Effect] {
    data.effects[at.block].get(at.statement).map_or(&[], |e| &e[..])
}
