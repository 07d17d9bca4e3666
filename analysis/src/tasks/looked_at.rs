//! Results of runs that their caller only looks at: they stay where the host has them, and are not copied.
//!
//! In: a function's body and the local a result goes to. Out: whether nothing there ever changes what the result owns. It is never
//! borrowed exclusively, moved or written in part; when it is dropped, only code of std runs, which frees memory outside the
//! heap by doing nothing. What is returned is the caller's, who may do anything.

use cloudc_frontend::mir::visit::{PlaceUse, Visitor};
use cloudc_frontend::mir::{
    Body, Callee, Local, Location, Place, Rvalue, Statement, StatementKind, Terminator, TerminatorKind,
};
use cloudc_frontend::mono::{Instance, Program};
use cloudc_frontend::ty::{Mutability, Ty, TyKind};

/// Whether a local is given its value by one call and then only looked at and dropped.
pub(super) fn is_only_looked_at(program: &Program, body: &Body, local: Local) -> bool {
    if local == Local(0) {
        return false;
    }
    let mut uses = Uses { local, results: 0, changes: false, dropped_through: Vec::new() };
    uses.visit_body(body);
    if uses.changes
        || uses.results != 1
        || is_dropped_by_user(program, body.locals[local].ty, &mut Vec::new())
    {
        return false;
    }
    let pointers = std::mem::take(&mut uses.dropped_through);
    pointers.into_iter().all(|pointer| only_drops(program, body, pointer))
}

/// What a body does with a local.
struct Uses {
    local: Local,
    results: usize,
    changes: bool,
    /// Raw pointers to it.
    dropped_through: Vec<Local>,
}

impl Visitor for Uses {
    fn visit_statement(&mut self, statement: &Statement, at: Location) {
        if let StatementKind::Assign(to, Rvalue::RawRef(_, place)) = &statement.kind
            && place.as_local() == Some(self.local)
            && let Some(pointer) = to.as_local()
        {
            return self.dropped_through.push(pointer);
        }
        self.walk_statement(statement, at);
    }
    fn visit_terminator(&mut self, terminator: &Terminator, at: Location) {
        if let TerminatorKind::Drop { place, .. } = &terminator.kind
            && place.as_local() == Some(self.local)
        {
            return;
        }
        self.walk_terminator(terminator, at);
    }
    fn visit_place(&mut self, place: &Place, how: PlaceUse, at: Location) {
        if place.local == self.local {
            match how {
                PlaceUse::Copy | PlaceUse::Inspect | PlaceUse::Borrow | PlaceUse::Storage => {}
                PlaceUse::Result if place.projection.is_empty() => self.results += 1,
                _ => self.changes = true,
            }
        }
        self.walk_place(place, how, at);
    }
}

/// Whether a raw pointer is only handed to the code that drops what it points to.
fn only_drops(program: &Program, body: &Body, pointer: Local) -> bool {
    struct Others(Local, usize);
    impl Visitor for Others {
        fn visit_local(&mut self, local: &Local, how: PlaceUse, _at: Location) {
            self.1 += usize::from(*local == self.0 && how != PlaceUse::Storage);
        }
    }
    let mut others = Others(pointer, 0);
    others.visit_body(body);
    let drops = body.blocks.iter().filter(|block| match &block.terminator.kind {
        TerminatorKind::Call { callee: Callee::Func(func), args, .. } => {
            matches!(program.functions[*func].instance, Instance::DropGlue(_))
                && args.iter().any(|a| a.place().and_then(Place::as_local) == Some(pointer))
        }
        _ => false,
    });
    // It is written once for each time it is used.
    others.1 == 2 * drops.count()
}

/// Whether a part of a value of the type has a `drop` that a user wrote.
fn is_dropped_by_user(program: &Program, ty: Ty, seen: &mut Vec<Ty>) -> bool {
    if seen.contains(&ty) {
        return false;
    }
    seen.push(ty);
    match ty.kind() {
        TyKind::Array(t, _) | TyKind::Slice(t) => is_dropped_by_user(program, *t, seen),
        TyKind::Tuple(ts) => ts.iter().any(|&t| is_dropped_by_user(program, t, seen)),
        TyKind::Adt(_, args) => {
            let own = program.functions.iter().any(|f| {
                let takes = f.body.args().next().map(|l| f.body.locals[l].ty);
                !f.is_std
                    && f.instance.is_named("drop")
                    && takes
                        .is_some_and(|t| matches!(t.kind(), TyKind::Ref(_, to, Mutability::Mut) if *to == ty))
            });
            own || args.iter().filter_map(|a| a.as_type()).any(|t| is_dropped_by_user(program, t, seen))
                || program.adts.get(&ty).is_some_and(|adt| {
                    let mut fields = adt.variants.iter().flat_map(|v| &v.fields);
                    fields.any(|(_, t)| is_dropped_by_user(program, *t, seen))
                })
        }
        TyKind::Closure(..) => true,
        _ => false,
    }
}
