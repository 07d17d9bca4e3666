//! Accesses to arrays become accesses to the chunk's own part of them.

use cloudc_frontend::mir::{
    BorrowKind, Callee, Operand, Place, Projection, Rvalue, StatementKind, TerminatorKind,
};
use cloudc_frontend::ty::{Mutability, Ty, TyKind};

use super::super::{Instances, emit};
use super::{Outline, lang};

impl Outline<'_> {
    /// `index_mut(&mut out, i)` becomes `window_index_mut(&mut window, i)`, the temporaries between change their types.
    pub(super) fn rewrite_windows(&mut self, instances: &mut dyn Instances) -> Option<()> {
        for (local, element, ..) in self.windows {
            let window = *self.window_locals.get(local)?;
            let window_ty = self.body.locals[window].ty;
            let functions = [
                ("index_mut", lang(instances, "window_index_mut", &[*element])?),
                ("index", lang(instances, "window_index", &[*element])?),
                ("len", lang(instances, "window_len", &[*element])?),
            ];
            // Borrows of the array, and copies of the borrows, now hold a reference to the window.
            let mut changed = vec![*local];
            for &block in &self.iteration.region {
                for statement in &mut self.body.blocks[block].statements {
                    let StatementKind::Assign(to, rvalue) = &mut statement.kind else { continue };
                    let Some(to) = to.as_local() else { continue };
                    let mutability = match rvalue {
                        Rvalue::Ref(kind, place) if place.local == *local => {
                            let mutability = mutability_of(*kind);
                            *place = Place::local(window);
                            mutability
                        }
                        Rvalue::Ref(kind, place)
                            if changed.contains(&place.local) && place.projection == [Projection::Deref] =>
                        {
                            mutability_of(*kind)
                        }
                        Rvalue::Use(Operand::Copy(place) | Operand::Move(place))
                            if place.as_local().is_some_and(|l| changed.contains(&l)) =>
                        {
                            match self.body.locals[place.local].ty.kind() {
                                TyKind::Ref(_, _, m) => *m,
                                _ => return None,
                            }
                        }
                        _ => continue,
                    };
                    changed.push(to);
                    self.body.locals[to].ty = Ty::reference(window_ty, mutability);
                }
            }
            for &block in &self.iteration.region {
                let TerminatorKind::Call { callee: Callee::Func(func), args, .. } =
                    &mut self.body.blocks[block].terminator.kind
                else {
                    continue;
                };
                let first = args.first().and_then(Operand::place).and_then(Place::as_local);
                if first.is_some_and(|l| changed.contains(&l)) {
                    let skeleton = instances.program().functions[*func].skeleton?;
                    let tracked = instances.program().functions[*func].track_caller;
                    let new = functions.iter().find(|(name, _)| skeleton == *name)?.1;
                    match (tracked, instances.program().functions[new].track_caller) {
                        (true, false) => {
                            args.pop();
                        }
                        (false, true) => args.push(emit::site(self.span)),
                        _ => {}
                    }
                    *func = new;
                }
            }
        }
        Some(())
    }
}

fn mutability_of(kind: BorrowKind) -> Mutability {
    match kind {
        BorrowKind::Shared => Mutability::Not,
        BorrowKind::Mut { .. } => Mutability::Mut,
    }
}
