//! Variables a loop only hands to functions of std: vectors and texts it appends to, maps it adds to, arrays it counts in.

use cloudc_frontend::mir::Location;
use cloudc_frontend::mir::visit::{PlaceUse, Visitor};
use cloudc_frontend::mir::{
    BinOp, BlockId, Callee, Local, Operand, Place, Projection, Rvalue, StatementKind, TerminatorKind,
};
use cloudc_frontend::mono::Program;
use cloudc_frontend::source::Span;
use cloudc_frontend::ty::{Mutability, Ty, TyKind};

use super::super::flow::Definition;
use super::{Look, Role, Touch};

/// A call that a borrow is handed to as the first argument.
pub(super) struct Handed {
    /// The skeleton of the function, which is one of std's.
    pub skeleton: &'static str,
    /// All arguments.
    pub args: Vec<Operand>,
    /// What becomes of the result.
    pub destination: Local,
}

/// The maps and sets of std.
const MAPS: [&str; 2] = ["std::collections::hash_map::HashMap", "std::collections::btree_map::BTreeMap"];
const SETS: [&str; 2] = ["std::collections::hash_set::HashSet", "std::collections::btree_set::BTreeSet"];

impl Look<'_> {
    /// The call that a borrow made by `touch` is handed to.
    pub(super) fn handed_to(&self, touch: &Touch) -> Option<Handed> {
        let block = &self.body.blocks[touch.at.block];
        let StatementKind::Assign(borrow, Rvalue::Ref(..)) = &block.statements.get(touch.at.statement)?.kind
        else {
            return None;
        };
        self.handed_on(borrow.as_local()?, touch.at.block, touch.at.statement + 1)
    }

    /// The call that a reference, or a copy of it, is handed to after this place; it is a few statements or blocks further.
    fn handed_on(&self, reference: Local, block: BlockId, from: usize) -> Option<Handed> {
        let (mut current, mut block, mut from) = (reference, block, from);
        for _ in 0..24 {
            let data = &self.body.blocks[block];
            for statement in &data.statements[from.min(data.statements.len())..] {
                if let StatementKind::Assign(to, Rvalue::Use(operand)) = &statement.kind
                    && operand.place().and_then(Place::as_local) == Some(current)
                {
                    current = to.as_local()?;
                }
                if let StatementKind::Assign(to, Rvalue::Ref(_, place)) = &statement.kind
                    && place.local == current
                    && place.projection == [Projection::Deref]
                {
                    current = to.as_local()?;
                }
            }
            match &data.terminator.kind {
                TerminatorKind::Call { callee, args, target, destination } => {
                    if args.first().and_then(Operand::place).and_then(Place::as_local) == Some(current) {
                        let Callee::Func(func) = callee else { return None };
                        let function = &self.program.functions[*func];
                        let skeleton = function.skeleton?.as_str();
                        return Some(Handed {
                            skeleton,
                            args: args.clone(),
                            destination: destination.as_local()?,
                        });
                    }
                    block = (*target)?;
                }
                TerminatorKind::Goto(next) => block = *next,
                TerminatorKind::Assert { target, .. } | TerminatorKind::Drop { target, .. } => {
                    block = *target
                }
                switch => {
                    // `unwrap` and the like: all ways but one end in a panic.
                    let mut ways = Vec::new();
                    switch.for_successors(|s| ways.extend(self.returns[s].then_some(s)));
                    let [only] = ways[..] else { return self.used_by(current) };
                    block = only;
                }
            }
            from = 0;
        }
        self.used_by(current)
    }

    /// The call that a reference which is made once and used once is handed to, whatever stands between: what is handed over
    /// besides may take loops to compute. Where it is not called nothing happens to what the reference is to; a call behind the
    /// loop's end is made by the sequential loop, which a chunk that ends early leaves its rounds to.
    fn used_by(&self, mut reference: Local) -> Option<Handed> {
        for _ in 0..8 {
            let mentions = self.mentions(reference);
            let made = |t: &&Touch| matches!(t.how, PlaceUse::Store | PlaceUse::Result);
            let used: Vec<&Touch> =
                mentions.iter().filter(|t| !made(t) && t.how != PlaceUse::Storage).collect();
            let [only] = used[..] else { return None };
            if mentions.iter().filter(made).count() != 1 {
                return None;
            }
            if let Some((to, rvalue)) = self.assigned(only.at) {
                let is_passed_on = match rvalue {
                    Rvalue::Use(from) => from.place().is_some_and(|p| p.projection.is_empty()),
                    Rvalue::Ref(_, place) => place.projection == [Projection::Deref],
                    _ => false,
                };
                reference = if is_passed_on { to.as_local()? } else { return None };
                continue;
            }
            let terminator = &self.body.blocks[only.at.block].terminator.kind;
            let TerminatorKind::Call { callee: Callee::Func(func), args, destination, .. } = terminator
            else {
                return None;
            };
            let is_first = args.first().and_then(Operand::place).and_then(Place::as_local) == Some(reference);
            return is_first.then_some(Handed {
                skeleton: self.program.functions[*func].skeleton?.as_str(),
                args: args.clone(),
                destination: destination.as_local()?,
            });
        }
        None
    }

    /// Every touch is an exclusive borrow of the whole that is handed to a function of this skeleton.
    fn only_handed_to(&self, touches: &[Touch], through: bool, skeleton: &str) -> bool {
        touches.iter().all(|t| {
            t.how == PlaceUse::BorrowMut
                && is_whole(&t.place, through)
                && self.handed_to(t).is_some_and(|h| h.skeleton == skeleton)
        })
    }

    /// `v.push(e)`, `s.push_str(e)`.
    pub(super) fn appended(&self, local: Local, touches: &[Touch]) -> Option<Role> {
        let (ty, through) = behind(self.body.locals[local].ty);
        if !self.only_handed_to(touches, through, "append") {
            return None;
        }
        if self.program.is_lang(ty, "String") {
            return Some(Role::AppendText { through });
        }
        vec_element(self.program, ty).map(|element| Role::Append { element, through })
    }

    /// `best.offer(e)` and the like in std's own consumers.
    pub(super) fn gathered(&self, touches: &[Touch]) -> Option<Role> {
        self.only_handed_to(touches, false, "gather").then_some(Role::Gather)
    }

    /// `m.insert(k, v)`, `s.insert(k)`, `*m.entry(k).or_insert(0) += e`, `m.entry(k).or_default().push(e)`.
    pub(super) fn keyed(&self, local: Local, touches: &[Touch]) -> Option<Role> {
        let (ty, through) = behind(self.body.locals[local].ty);
        let TyKind::Adt(def, args) = ty.kind() else { return None };
        let is_map = MAPS.contains(&def.path.as_str());
        if !is_map && !SETS.contains(&def.path.as_str()) {
            return None;
        }
        let mut join = None;
        for touch in touches {
            if touch.how != PlaceUse::BorrowMut || !is_whole(&touch.place, through) {
                return None;
            }
            let handed = self.handed_to(touch)?;
            let found = match handed.skeleton {
                // What was there before is not looked at.
                "insert" if self.is_unread(handed.destination) => "join_inserted",
                "entry" if is_map => {
                    let value = args.iter().filter_map(|a| a.as_type()).nth(1)?;
                    self.adds_to_entry(handed.destination, value)?;
                    "join_keyed"
                }
                _ => return None,
            };
            if *join.get_or_insert(found) != found {
                return None;
            }
        }
        Some(Role::Keyed { through, join: join? })
    }

    /// `h[k] += e` with any `k`.
    pub(super) fn counted(&self, local: Local, touches: &[Touch]) -> Option<Role> {
        let (ty, through) = behind(self.body.locals[local].ty);
        let element = vec_element(self.program, ty)?;
        if !element.is_integral() {
            return None;
        }
        for touch in touches {
            if !is_whole(&touch.place, through) {
                return None;
            }
            let handed = self.handed_to(touch)?;
            match (touch.how, handed.skeleton, &handed.args[..]) {
                (PlaceUse::BorrowMut, "index_mut", [_, index, ..])
                    if self.body.operand_ty(index) == Ty::usize() =>
                {
                    self.adds(handed.destination, element)?;
                }
                _ => return None,
            }
        }
        Some(Role::Counts { element, through })
    }

    /// Where floats are added to elements or entries, whose order then matters.
    pub(super) fn float_added(&self, local: Local, touches: &[Touch]) -> Option<Span> {
        let (ty, _) = behind(self.body.locals[local].ty);
        let TyKind::Adt(_, args) = ty.kind() else { return None };
        let has_floats = args.iter().filter_map(|a| a.as_type()).any(|t| t.is_float());
        let first = touches.first()?;
        let added = |t: &Touch| {
            self.handed_to(t).is_some_and(|h| matches!(h.skeleton, "index_mut" | "entry" | "len"))
        };
        (has_floats && touches.iter().all(added)).then_some(first.span)
    }

    /// Whether a result is never looked at.
    fn is_unread(&self, result: Local) -> bool {
        self.mentions(result).iter().all(|t| matches!(t.how, PlaceUse::Result | PlaceUse::Drop))
    }

    /// `entry.or_insert(nothing)` whose result is added to.
    fn adds_to_entry(&self, entry: Local, value: Ty) -> Option<()> {
        let mut call = None;
        for &block in &self.iteration.region {
            if let TerminatorKind::Call { callee: Callee::Func(func), args, destination, .. } =
                &self.body.blocks[block].terminator.kind
                && args.first().and_then(|a| self.definitions.operand_origin(a)) == Some(entry)
                && call.replace((*func, args, destination.as_local()?, block)).is_some()
            {
                return None;
            }
        }
        let (func, args, reference, _) = call?;
        match (self.program.functions[func].skeleton?.as_str(), &args[1..]) {
            ("or_default", []) => {}
            ("or_insert", [first]) if value.is_integral() => (first.as_scalar()? == 0).then_some(())?,
            ("or_insert", [first]) => {
                let made = self.definitions.of(self.definitions.operand_origin(first)?)?.0;
                let Definition::Call(Callee::Func(made), []) = made else { return None };
                let made = &self.program.functions[*made];
                (made.is_std && made.instance.is_named("new")).then_some(())?;
            }
            ("or_insert_with", [first]) => {
                let ty = self.body.operand_ty(first);
                let TyKind::FnDef(def, _) = ty.kind() else { return None };
                (def.path.as_str().starts_with("std::") && def.name() == "new").then_some(())?;
            }
            _ => return None,
        }
        if value.is_integral() { self.adds(reference, value) } else { self.grows_behind(reference, value) }
    }

    /// `*reference += e`, and nothing else; `e` is not negative, so that no partial sum is beyond the whole.
    fn adds(&self, reference: Local, ty: Ty) -> Option<()> {
        let mentions = self.mentions(reference);
        let (mut read, mut written) = (None, None);
        for touch in mentions.iter().filter(|t| !matches!(t.how, PlaceUse::Result)) {
            if touch.place.projection != [Projection::Deref] {
                return None;
            }
            let slot = match touch.how {
                PlaceUse::Copy => &mut read,
                PlaceUse::Store => &mut written,
                _ => return None,
            };
            if slot.replace(touch.at).is_some() {
                return None;
            }
        }
        let (read, written) = (self.assigned(read?)?, self.assigned(written?)?);
        let (Rvalue::CheckedBinary(BinOp::Add, a, b), Rvalue::Use(sum)) = (read.1, written.1) else {
            return None;
        };
        let is_it = |o: &Operand| o.place().is_some_and(|p| p.local == reference);
        let by = match (is_it(a), is_it(b)) {
            (true, false) => b,
            (false, true) => a,
            _ => return None,
        };
        let sum = sum.place()?;
        let same =
            read.0.as_local() == Some(sum.local) && matches!(sum.projection[..], [Projection::Field(0, _)]);
        (same && self.is_used_once(sum.local) && self.grows(ty, by)).then_some(())
    }

    /// The reference is handed to `push` and the like, and nothing else happens to it.
    fn grows_behind(&self, reference: Local, ty: Ty) -> Option<()> {
        let known = self.program.is_lang(ty, "String") || vec_element(self.program, ty).is_some();
        let mentions = self.mentions(reference);
        let uses: Vec<&Touch> = mentions.iter().filter(|t| t.how != PlaceUse::Result).collect();
        let [only] = uses[..] else { return None };
        let handed = match only.how {
            PlaceUse::BorrowMut if only.place.projection == [Projection::Deref] => self.handed_to(only)?,
            PlaceUse::Move | PlaceUse::Copy if only.place.projection.is_empty() => {
                self.handed_on(reference, only.at.block, only.at.statement)?
            }
            _ => return None,
        };
        (known && handed.skeleton == "append").then_some(())
    }

    /// The statement at a place, if it is an assignment.
    fn assigned(&self, at: Location) -> Option<(&Place, &Rvalue)> {
        match &self.body.blocks[at.block].statements.get(at.statement)?.kind {
            StatementKind::Assign(place, rvalue) => Some((place, rvalue)),
            _ => None,
        }
    }

    /// Every mention of a local in the function.
    pub(super) fn mentions(&self, local: Local) -> Vec<Touch> {
        struct Find<'b>(Local, &'b cloudc_frontend::mir::Body, Vec<Touch>);
        impl Visitor for Find<'_> {
            fn visit_place(&mut self, place: &Place, how: PlaceUse, at: Location) {
                if place.local == self.0 {
                    let (indirect, span) = (place.is_indirect(), self.1.span_at(at));
                    self.2.push(Touch { how, indirect, place: place.clone(), at, span });
                }
            }
        }
        let mut find = Find(local, self.body, Vec::new());
        find.visit_body(self.body);
        find.2
    }
}

/// The type a variable is about, and whether the variable is a `&mut` to it.
pub(super) fn behind(ty: Ty) -> (Ty, bool) {
    match ty.kind() {
        TyKind::Ref(_, to, Mutability::Mut) => (*to, true),
        _ => (ty, false),
    }
}

/// The element type of a `Vec`.
pub(super) fn vec_element(program: &Program, ty: Ty) -> Option<Ty> {
    match ty.kind() {
        TyKind::Adt(_, args) if program.is_lang(ty, "Vec") => args.first()?.as_type(),
        _ => None,
    }
}

pub(super) fn is_whole(place: &Place, through: bool) -> bool {
    if through { place.projection == [Projection::Deref] } else { place.projection.is_empty() }
}
