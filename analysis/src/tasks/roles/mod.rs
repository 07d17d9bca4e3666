//! What a loop does with each variable around it: the loop's contract with its surroundings.
//!
//! In: an iteration. Out: a [`Role`] for every local that lives across the loop's edge, or the reason why the rounds
//! depend on each other. A local that is only written inside, before it is read, has no role.

use std::collections::{BTreeMap, BTreeSet};

use cloudc_frontend::index::IndexVec;
use cloudc_frontend::mir::Location;
use cloudc_frontend::mir::visit::{PlaceUse, Visitor};
use cloudc_frontend::mir::{BlockId, Body, Local, Place, Projection};
use cloudc_frontend::mono::{Instance, Program};
use cloudc_frontend::source::Span;
use cloudc_frontend::ty::{IntTy, Mutability, Ty, TyKind};

pub mod best;
pub mod handed;
pub mod stride;
pub mod update;

pub use update::Reduction;

use super::boundary;
use super::explain::{self, Refusal};
use super::flow::{Definitions, live_at_starts, reaches_return};
use super::iteration::Iteration;

/// What a loop does with a variable from outside.
#[derive(Clone, PartialEq, Debug)]
pub enum Role {
    /// Only reads it.
    Read,
    /// Only pushes to it: a `Vec` (or `&mut Vec`) of this element type.
    Append {
        /// Element type.
        element: Ty,
        /// The local is a `&mut Vec`.
        through: bool,
    },
    /// Only adds text to it.
    AppendText {
        /// The local is a `&mut String`.
        through: bool,
    },
    /// Only adds to it, with overflow checks.
    Sum,
    /// Only multiplies it, with overflow checks.
    Product,
    /// Only combines it with an operator that may be grouped in any way.
    Reduce(Reduction),
    /// Only adds to a float, or the like: the terms are computed in chunks and then added in order.
    Terms {
        /// Number of the operator in std's `Terms`.
        how: u8,
    },
    /// Only gives it new values, which no later round needs.
    Last,
    /// Replaces it when it compares better, together with other variables.
    Best {
        /// Number of the comparison in std's `Best`.
        how: u8,
        /// What is replaced with it.
        with: Vec<Local>,
    },
    /// Replaced together with a [`Role::Best`].
    With,
    /// Only adds entries to a map or set, or to the values of entries.
    Keyed {
        /// The local is a `&mut` to it.
        through: bool,
        /// Lang name of the `Join`.
        join: &'static str,
    },
    /// Only adds to elements of a `Vec`, at any index.
    Counts {
        /// Element type.
        element: Ty,
        /// The local is a `&mut Vec`.
        through: bool,
    },
    /// Only offers items to a gatherer of std.
    Gather,
    /// Reads and writes elements of it, those of position `p` at `[p * stride, (p + 1) * stride)`.
    Window {
        /// Element type.
        element: Ty,
        /// The local is a `&mut Vec`.
        through: bool,
        /// Elements for one position.
        stride: Stride,
    },
}

/// Elements of an array for one position of the loop.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stride {
    /// A constant.
    Constant(u64),
    /// The value of a `usize` local the loop only reads.
    Local(Local),
}

/// One mention of a local inside the loop.
#[derive(Clone, Debug)]
pub(super) struct Touch {
    pub how: PlaceUse,
    pub indirect: bool,
    pub place: Place,
    pub at: Location,
    pub span: Span,
}

/// Finds the roles.
///
/// # Errors
/// Which variable ties one round to the next.
pub fn find(
    program: &Program,
    body: &Body,
    definitions: &Definitions<'_>,
    iteration: &Iteration,
) -> Result<BTreeMap<Local, Role>, Refusal> {
    let live = live_at_starts(body);
    let touches = touches(body, &iteration.region);
    let mut outer: BTreeSet<Local> = live[iteration.header].clone();
    outer.remove(&iteration.iterator);
    let look = Look { program, body, definitions, iteration, returns: reaches_return(body) };
    let mut roles = BTreeMap::new();
    let mut rest = Vec::new();
    for local in outer {
        let Some(list) = touches.get(&local) else { continue };
        match look.role(local, list) {
            Some(role) => {
                roles.insert(local, role);
            }
            None => rest.push(local),
        }
    }
    look.best(&touches, &mut rest, &mut roles);
    for local in rest {
        let list = &touches[&local];
        if !look.is_last(local, list) {
            return Err(look.carried(local, list));
        }
        roles.insert(local, Role::Last);
    }
    check_iterator(body, iteration, &touches)?;
    // Strides must not change while the loop runs.
    for role in roles.values() {
        if let Role::Window { stride: Stride::Local(l), .. } = role
            && roles.get(l) != Some(&Role::Read)
        {
            return Err(explain::carried(&name_of(program, body, *l), None, None));
        }
    }
    for (&local, role) in &roles {
        let crossing = match role {
            Role::Read => {
                let ty = body.locals[local].ty;
                match ty.kind() {
                    TyKind::Ref(_, to, Mutability::Mut) => *to,
                    _ => ty,
                }
            }
            Role::Append { element, .. } | Role::Window { element, .. } => *element,
            Role::Keyed { .. } => handed::behind(body.locals[local].ty).0,
            Role::Gather | Role::Last | Role::With => body.locals[local].ty,
            _ => continue,
        };
        boundary::check(program, crossing)
            .map_err(|o| explain::cannot_cross(&name_of(program, body, local), &o))?;
    }
    boundary::check_iterator(program, iteration.iterator_ty)
        .map_err(|o| explain::cannot_cross("the iterator", &o))?;
    let closures = roles.iter().filter(|(_, r)| **r == Role::Gather).map(|(l, _)| body.locals[*l].ty);
    if closures.chain([iteration.iterator_ty]).any(|ty| keeps_state(program, ty)) {
        return Err(Refusal::new(
            "T104",
            "a closure of the iterator keeps a value from one item to the next",
        ));
    }
    Ok(roles)
}

/// Whether the type holds a closure that changes its own captures: the items then depend on those before.
fn keeps_state(program: &Program, ty: Ty) -> bool {
    let mut closures = Vec::new();
    ty.walk(&mut |t| {
        if let TyKind::Closure(def, args) = t.kind() {
            closures.push((*def, *args));
        }
    });
    closures.into_iter().any(|(def, args)| {
        let own = args.len().saturating_sub(3);
        let part = |k: usize| args.get(own + k).and_then(|a| a.as_type());
        if part(0).is_none_or(|k| matches!(k.kind(), TyKind::Int(IntTy::I8)))
            || part(2).is_some_and(Ty::is_unit)
        {
            return false;
        }
        let function = program.functions.iter().find(|f| f.instance == Instance::Closure(def, args));
        function.is_none_or(|f| changes_captures(&f.body))
    })
}

/// Whether a closure's body changes what the closure holds. A capture that is itself a closure is borrowed exclusively to be
/// called; it is judged by itself.
fn changes_captures(body: &Body) -> bool {
    struct Changes<'b>(&'b Body, bool);
    impl Visitor for Changes<'_> {
        fn visit_place(&mut self, place: &Place, how: PlaceUse, _at: Location) {
            let changes = matches!(
                how,
                PlaceUse::Store | PlaceUse::Result | PlaceUse::BorrowMut | PlaceUse::RawRef | PlaceUse::Drop
            );
            let is_callee = how == PlaceUse::BorrowMut
                && place.projection.len() == 2
                && matches!(self.0.place_ty(place).kind(), TyKind::Closure(..) | TyKind::FnDef(..));
            self.1 |= place.local == Local(1) && changes && !is_callee;
        }
    }
    let mut changes = Changes(body, false);
    changes.visit_body(body);
    changes.1
}

/// The name a local has in the source, or what it is.
pub fn name_of(program: &Program, body: &Body, local: Local) -> String {
    super::names::of_local(program, body, local)
}

/// All mentions of locals in some blocks.
pub(super) fn touches(body: &Body, region: &BTreeSet<BlockId>) -> BTreeMap<Local, Vec<Touch>> {
    struct Find<'b> {
        body: &'b Body,
        found: BTreeMap<Local, Vec<Touch>>,
    }
    impl Find<'_> {
        fn add(&mut self, local: Local, how: PlaceUse, place: &Place, at: Location) {
            let (indirect, span) = (place.is_indirect(), self.body.span_at(at));
            let touch = Touch { how, indirect, place: place.clone(), at, span };
            self.found.entry(local).or_default().push(touch);
        }
    }
    impl Visitor for Find<'_> {
        fn visit_place(&mut self, place: &Place, how: PlaceUse, at: Location) {
            self.add(place.local, how, place, at);
            for step in &place.projection {
                if let Projection::Index(index) = step {
                    self.add(*index, PlaceUse::Copy, &Place::local(*index), at);
                }
            }
        }
        fn visit_local(&mut self, local: &Local, how: PlaceUse, at: Location) {
            // Places come through `visit_place`; here are only `return` and storage markers.
            if how != PlaceUse::Storage {
                self.add(*local, how, &Place::local(*local), at);
            }
        }
    }
    let mut find = Find { body, found: BTreeMap::new() };
    for &block in region {
        find.visit_block(block, &body.blocks[block]);
    }
    find.found
}

fn check_iterator(
    body: &Body,
    iteration: &Iteration,
    touches: &BTreeMap<Local, Vec<Touch>>,
) -> Result<(), Refusal> {
    let list = touches.get(&iteration.iterator).map_or(&[][..], |l| &l[..]);
    match list {
        [Touch { how: PlaceUse::BorrowMut, indirect: false, .. }] => Ok(()),
        _ => {
            let other = list.iter().map(|t| t.span).next_back().unwrap_or(body.span);
            Err(Refusal::new("T104", "the loop steps its iterator more than once a round")
                .label(other, "here too"))
        }
    }
}

/// Everything a role is found from.
pub(super) struct Look<'a> {
    pub program: &'a Program,
    pub body: &'a Body,
    pub definitions: &'a Definitions<'a>,
    pub iteration: &'a Iteration,
    /// Blocks from which `return` can be reached.
    pub returns: IndexVec<BlockId, bool>,
}

impl Look<'_> {
    /// The role that a local has by itself.
    fn role(&self, local: Local, touches: &[Touch]) -> Option<Role> {
        if !touches.iter().any(|t| self.changes(local, t)) {
            return Some(Role::Read);
        }
        self.accumulator(local, touches)
            .or_else(|| self.appended(local, touches))
            .or_else(|| self.gathered(touches))
            .or_else(|| self.keyed(local, touches))
            .or_else(|| self.window(local, touches))
            .or_else(|| self.counted(local, touches))
    }

    fn changes(&self, local: Local, touch: &Touch) -> bool {
        let through_mut = matches!(self.body.locals[local].ty.kind(), TyKind::Ref(_, _, Mutability::Mut));
        match touch.how {
            PlaceUse::Store
            | PlaceUse::Result
            | PlaceUse::PartStore
            | PlaceUse::BorrowMut
            | PlaceUse::RawRef => !touch.indirect || through_mut || has_box(self.body, &touch.place),
            PlaceUse::Move => !touch.indirect && !is_copy(self.program, self.body.place_ty(&touch.place)),
            PlaceUse::Drop => true,
            _ => false,
        }
    }

    /// Why a local ties one round to the next.
    fn carried(&self, local: Local, touches: &[Touch]) -> Refusal {
        let name = name_of(self.program, self.body, local);
        let change = touches.iter().find(|t| self.changes(local, t));
        if let Some(at) = self.float_added(local, touches) {
            return explain::float_order(&name, at);
        }
        let at = change.map(|t| t.at);
        let read = touches.iter().find(|t| t.how.is_read() && Some(t.at) != at).map(|t| t.span);
        explain::carried(&name, change.map(|t| t.span), read)
    }
}

fn has_box(body: &Body, place: &Place) -> bool {
    matches!(body.locals[place.local].ty.kind(), TyKind::Adt(..)) && place.is_indirect()
}

/// Whether values of the type are copied by reading.
pub(super) fn is_copy(program: &Program, ty: Ty) -> bool {
    match ty.kind() {
        TyKind::Bool | TyKind::Char | TyKind::Int(_) | TyKind::Uint(_) | TyKind::Float(_) => true,
        TyKind::Ref(_, _, Mutability::Not) | TyKind::RawPtr(..) | TyKind::FnDef(..) | TyKind::FnPtr(_) => {
            true
        }
        TyKind::Never => true,
        TyKind::Array(t, _) => is_copy(program, *t),
        TyKind::Tuple(ts) => ts.iter().all(|&t| is_copy(program, t)),
        TyKind::Adt(..) | TyKind::Closure(..) => program.adt(ty).is_copy,
        _ => false,
    }
}
