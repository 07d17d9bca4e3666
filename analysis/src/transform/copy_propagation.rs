//! Names for the same thing become one name.
//!
//! A local that is a value (`facts::single`) and holds a copy of another value, a constant, or the address of a place is
//! replaced by what it holds: `_2 = &_1.0; use (*_2).x` becomes `use _1.0.x`. What is no longer read goes with `DeadStores`.
//!
//! The length and the pointer of a slice just made of a pointer and a length are those two.
//!
//! An address is followed only if its place is the same place wherever the address is read: a path of fields from a local,
//! or through one pointer that is itself a value. A second dereference could read another pointer by then.

use cloudc_frontend::index::IndexVec;
use cloudc_frontend::mir::traversal::reverse_postorder;
use cloudc_frontend::mir::visit::{PlaceUse, VisitorMut};
use cloudc_frontend::mir::{
    BlockId, Body, BorrowKind, Callee, CastKind, Constant, Local, Location, Operand, Place, PrimCast,
    Projection, Rvalue, Statement, StatementKind, TerminatorKind,
};
use cloudc_frontend::mono::Program;
use cloudc_frontend::ty::{Mutability, Ty, TyKind};

use super::run::{MirPass, PassCx};
use crate::facts::dominance::Dominance;
use crate::facts::memory::is_frozen;
use crate::facts::single::SingleDefinitions;

/// As above.
pub struct CopyPropagation;

/// The same before inference: a raw pointer read through an exclusive borrow stays so. `(*_2).ptr` of `_2 = &mut _1` may be
/// written through, which a copy of `_1.ptr` would no longer show.
pub struct PropagateBeforeInference;

impl MirPass for CopyPropagation {
    fn name(&self) -> &'static str {
        "copy-propagation"
    }
    fn run(&self, cx: &PassCx<'_>, body: &mut Body) -> bool {
        propagate(cx, body, false)
    }
}

impl MirPass for PropagateBeforeInference {
    fn name(&self) -> &'static str {
        "propagate-before-inference"
    }
    fn run(&self, cx: &PassCx<'_>, body: &mut Body) -> bool {
        propagate(cx, body, true)
    }
}

fn propagate(cx: &PassCx<'_>, body: &mut Body, keeps_exclusive: bool) -> bool {
    let dominance = Dominance::new(body);
    let singles = SingleDefinitions::new(body, &dominance);
    let known = body.locals.iter().map(|_| Known::default()).collect();
    let mut pass = Propagate { program: cx.program, singles, known, keeps_exclusive, changed: false };
    for block in reverse_postorder(body) {
        let mut statements = std::mem::take(&mut body.blocks[block].statements);
        for (i, statement) in statements.iter_mut().enumerate() {
            pass.visit_statement(statement, Location { block, statement: i });
            pass.take_parts(body, statement);
            pass.learn(body, statement);
        }
        let data = &mut body.blocks[block];
        data.statements = statements;
        let at = Location { block, statement: data.statements.len() };
        pass.visit_terminator(&mut data.terminator, at);
        pass.learn_parts(body, block);
    }
    pass.changed
}

/// What a value is equal to.
#[derive(Clone, Default)]
struct Known {
    constant: Option<Constant>,
    /// Another value; whether it was moved all the way, so that nobody else reads it.
    copy: Option<(Local, bool)>,
    /// It points to this place.
    address: Option<Place>,
    /// It may be written through.
    exclusive: bool,
    /// It is a slice made of this pointer and this length.
    parts: Option<(Operand, Operand)>,
}

struct Propagate<'p> {
    program: &'p Program,
    singles: SingleDefinitions,
    known: IndexVec<Local, Known>,
    /// Whether raw pointers read through exclusive borrows stay so.
    keeps_exclusive: bool,
    changed: bool,
}

impl Propagate<'_> {
    fn learn(&mut self, body: &mut Body, statement: &Statement) {
        let StatementKind::Assign(place, rvalue) = &statement.kind else { return };
        let Some(to) = place.as_local().filter(|l| self.singles.is_value(*l)) else { return };
        let known = match rvalue {
            Rvalue::Use(Operand::Constant(c)) if c.ty == body.locals[to].ty => {
                Known { constant: Some(c.clone()), ..Known::default() }
            }
            Rvalue::Use(operand) => {
                let Some(from) = operand.place().and_then(Place::as_local) else { return };
                if !self.singles.is_value(from) || body.locals[from].ty != body.locals[to].ty {
                    return;
                }
                if body.locals[from].name.is_none() {
                    body.locals[from].name = body.locals[to].name;
                }
                let moved = matches!(operand, Operand::Move(_));
                Known { copy: Some((from, moved)), constant: None, ..self.known[from].clone() }
            }
            Rvalue::Ref(_, of) | Rvalue::RawRef(_, of) if self.is_stable(of) => {
                let exclusive = match rvalue {
                    Rvalue::Ref(kind, _) => *kind != BorrowKind::Shared,
                    _ => true,
                };
                let parts = match of.projection[..] {
                    [Projection::Deref] => self.known[of.local].parts.clone(),
                    _ => None,
                };
                Known { address: Some(of.clone()), exclusive, parts, ..Known::default() }
            }
            Rvalue::Cast(kind, operand, ty) => {
                let same_bits = matches!(
                    kind,
                    CastKind::Prim(PrimCast::PtrToPtr | PrimCast::Coercion) | CastKind::Transmute
                );
                let from = operand.place().and_then(Place::as_local);
                let of = from.and_then(|l| self.known[l].address.clone());
                match (of, ty.builtin_deref()) {
                    (Some(of), Some((pointee, _))) if same_bits && body.place_ty(&of) == pointee => {
                        let exclusive = from.is_some_and(|l| self.known[l].exclusive);
                        Known { address: Some(of), exclusive, ..Known::default() }
                    }
                    _ => return,
                }
            }
            _ => return,
        };
        self.known[to] = known;
    }

    /// Length and pointer of a slice made of parts are the parts.
    fn take_parts(&mut self, body: &Body, statement: &mut Statement) {
        let StatementKind::Assign(_, rvalue) = &mut statement.kind else { return };
        let new = match rvalue {
            Rvalue::Len(of) if of.projection == [Projection::Deref] => {
                self.known[of.local].parts.as_ref().map(|(_, len)| Rvalue::Use(len.clone()))
            }
            Rvalue::Cast(kind @ CastKind::Prim(PrimCast::PtrToPtr), operand, ty) => {
                let from = operand.place().and_then(Place::as_local);
                let thin = ty.builtin_deref().is_some_and(|(t, _)| !mentions_unsized(t));
                from.filter(|_| thin).and_then(|l| self.known[l].parts.as_ref()).map(|(pointer, _)| {
                    if body.operand_ty(pointer) == *ty {
                        Rvalue::Use(pointer.clone())
                    } else {
                        Rvalue::Cast(*kind, pointer.clone(), *ty)
                    }
                })
            }
            _ => None,
        };
        if let Some(new) = new {
            *rvalue = new;
            self.changed = true;
        }
    }

    fn learn_parts(&mut self, body: &Body, block: BlockId) {
        if let TerminatorKind::Call { callee: Callee::Intrinsic(name, _), args, destination, .. } =
            &body.blocks[block].terminator.kind
            && matches!(name.as_str(), "slice_from_raw_parts" | "slice_from_raw_parts_mut")
            && let Some(to) = destination.as_local().filter(|l| self.singles.is_value(*l))
            && let [pointer, len] = &args[..]
            && let (Some(pointer), Some(len)) = (self.lasting(body, pointer), self.lasting(body, len))
        {
            self.known[to].parts = Some((pointer, len));
        }
    }

    /// The operand, if it gives the same wherever it is read from here on.
    fn lasting(&self, body: &Body, operand: &Operand) -> Option<Operand> {
        let Some(place) = operand.place() else { return Some(operand.clone()) };
        let path = place.projection.iter().all(|p| matches!(p, Projection::Field(..)));
        let lasts = self.singles.is_value(place.local) && (path || is_frozen(self.program, body, place));
        lasts.then(|| Operand::Copy(place.clone()))
    }

    /// Whether the place is the same place wherever its address, taken here, is known.
    fn is_stable(&self, place: &Place) -> bool {
        let through = match place.projection.iter().position(|p| *p == Projection::Deref) {
            None => true,
            Some(0) => {
                self.singles.is_value(place.local) && !place.projection[1..].contains(&Projection::Deref)
            }
            Some(_) => false,
        };
        through
            && place.projection.iter().all(|step| match step {
                Projection::Index(l) => self.singles.is_value(*l),
                Projection::ConstantIndex { from_end, .. } => !from_end,
                Projection::Subslice { .. } => false,
                _ => true,
            })
    }
}

impl VisitorMut for Propagate<'_> {
    fn visit_operand(&mut self, operand: &mut Operand, at: Location) {
        if let Some(place) = operand.place() {
            if let Some(local) = place.as_local()
                && let Some(constant) = &self.known[local].constant
            {
                *operand = Operand::Constant(constant.clone());
                self.changed = true;
                return;
            }
            if let (Operand::Move(place), false) = (&*operand, place.is_indirect())
                && let Some((_, false)) = self.known[place.local].copy
            {
                *operand = Operand::Copy(place.clone());
            }
        }
        self.walk_operand(operand, at);
    }
    fn visit_place(&mut self, place: &mut Place, how: PlaceUse, at: Location) {
        if !place.projection.is_empty() || !how.is_overwrite() {
            if let Some((from, _)) = self.known[place.local].copy {
                place.local = from;
                self.changed = true;
            }
            if let ([Projection::Deref, rest @ ..], Some(of)) =
                (&place.projection[..], &self.known[place.local].address)
                && !(self.keeps_exclusive && self.known[place.local].exclusive && ends_in_pointer(rest))
            {
                let projection = of.projection.iter().chain(rest).copied().collect();
                *place = Place { local: of.local, projection };
                self.changed = true;
            }
        }
        for step in &mut place.projection {
            if let Projection::Index(local) = step
                && let Some((from, _)) = self.known[*local].copy
            {
                *local = from;
                self.changed = true;
            }
        }
        let _ = at;
    }
    fn visit_ty(&mut self, _ty: &mut Ty) {}
}

/// Whether the path leads to a raw pointer that may be written through.
fn ends_in_pointer(path: &[Projection]) -> bool {
    let ty =
        path.iter().rev().find_map(|p| if let Projection::Field(_, ty) = p { Some(ty.kind()) } else { None });
    matches!(ty, Some(TyKind::RawPtr(_, Mutability::Mut)))
}

/// Whether a pointer to the type may be wide: there is an unsized type in it somewhere.
fn mentions_unsized(ty: Ty) -> bool {
    let mut found = false;
    ty.walk(&mut |t| found |= matches!(t.kind(), TyKind::Str | TyKind::Slice(_) | TyKind::Dynamic(..)));
    found
}
