//! What a loop does with each variable around it: the loop's contract with its surroundings.
//!
//! In: an iteration. Out: a [`Role`] for every local that lives across the loop's edge, or the reason why the rounds
//! depend on each other. A local that is only written inside, before it is read, has no role.

use std::collections::{BTreeMap, BTreeSet};

use cloudc_frontend::mir::Location;
use cloudc_frontend::mir::visit::{PlaceUse, Visitor};
use cloudc_frontend::mir::{
    BinOp, BlockId, Body, Callee, Local, Operand, Place, Projection, Rvalue, StatementKind, TerminatorKind,
};
use cloudc_frontend::mono::Program;
use cloudc_frontend::source::Span;
use cloudc_frontend::ty::{Mutability, Ty, TyKind};

use super::boundary;
use super::explain::{self, Refusal};
use super::flow::{Definition, Definitions, live_at_starts};
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
    /// Only adds to it, with overflow checks; the temporaries that hold `(sum, overflowed)`.
    Sum,
    /// Only `&=`.
    And,
    /// Only `|=`.
    Or,
    /// Only `^=`.
    Xor,
    /// Only `wrapping_add`.
    WrappingSum,
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
    outer.extend(live[iteration.exit].iter().copied().filter(|l| touches.contains_key(l)));
    outer.remove(&iteration.iterator);
    let mut roles = BTreeMap::new();
    for local in outer {
        let Some(list) = touches.get(&local) else { continue };
        let role = role(program, body, definitions, iteration, local, list)?;
        roles.insert(local, role);
    }
    check_iterator(body, iteration, &touches)?;
    // Strides must not change while the loop runs.
    for role in roles.values() {
        if let Role::Window { stride: Stride::Local(l), .. } = role
            && roles.get(l) != Some(&Role::Read)
        {
            return Err(explain::carried(&name_of(body, *l), None, None));
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
            _ => continue,
        };
        boundary::check(program, crossing).map_err(|o| explain::cannot_cross(&name_of(body, local), &o))?;
    }
    boundary::check(program, iteration.iterator_ty).map_err(|o| explain::cannot_cross("the iterator", &o))?;
    Ok(roles)
}

/// The name a local has in the source, or what it is.
pub fn name_of(body: &Body, local: Local) -> String {
    body.locals[local].name.map_or_else(|| "a temporary value".to_string(), |n| n.to_string())
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

fn role(
    program: &Program,
    body: &Body,
    definitions: &Definitions<'_>,
    iteration: &Iteration,
    local: Local,
    touches: &[Touch],
) -> Result<Role, Refusal> {
    let changes = |t: &&Touch| {
        let through_mut = matches!(body.locals[local].ty.kind(), TyKind::Ref(_, _, Mutability::Mut));
        match t.how {
            PlaceUse::Store
            | PlaceUse::Result
            | PlaceUse::PartStore
            | PlaceUse::BorrowMut
            | PlaceUse::RawRef => !t.indirect || through_mut || has_box(body, &t.place),
            PlaceUse::Move => !t.indirect && !is_copy(program, body.place_ty(&t.place)),
            PlaceUse::Drop => true,
            _ => false,
        }
    };
    let Some(change) = touches.iter().find(changes) else { return Ok(Role::Read) };
    let name = name_of(body, local);
    if let Some(role) = accumulator(program, body, definitions, local, touches) {
        return match role {
            Ok(role) => Ok(role),
            Err(span) => Err(explain::float_order(&name, span)),
        };
    }
    if let Some(role) = appended(program, body, definitions, local, touches) {
        return Ok(role);
    }
    if let Some(role) = window(program, body, definitions, iteration, local, touches) {
        return Ok(role);
    }
    let read = touches.iter().find(|t| t.how.is_read() && t.at != change.at).map(|t| t.span);
    Err(explain::carried(&name, Some(change.span), read))
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

/// `s = s ⊕ e` in all its spellings. `Some(Err(span))`: a float sum.
fn accumulator(
    program: &Program,
    body: &Body,
    definitions: &Definitions<'_>,
    local: Local,
    touches: &[Touch],
) -> Option<Result<Role, Span>> {
    let ty = body.locals[local].ty;
    if !ty.is_integral() && !ty.is_float() {
        return None;
    }
    let mut role = None;
    let (mut stores, mut reads) = (0, 0);
    for touch in touches {
        if touch.indirect || !touch.place.projection.is_empty() {
            return None;
        }
        match touch.how {
            PlaceUse::Copy | PlaceUse::Move => reads += 1,
            PlaceUse::Store | PlaceUse::Result => {
                let found = update(program, body, definitions, local, touch)?;
                if role.as_ref().is_some_and(|r| *r != found) {
                    return None;
                }
                if ty.is_float() {
                    return Some(Err(touch.span));
                }
                role = Some(found);
                stores += 1;
            }
            _ => return None,
        }
    }
    // Every read feeds an update.
    (reads == stores).then_some(role).flatten().map(Ok)
}

/// The form of the update that a store to `local` ends.
fn update(
    program: &Program,
    body: &Body,
    definitions: &Definitions<'_>,
    local: Local,
    store: &Touch,
) -> Option<Role> {
    let block = &body.blocks[store.at.block];
    let Some(statement) = block.statements.get(store.at.statement) else {
        let TerminatorKind::Call { callee, args, .. } = &block.terminator.kind else { return None };
        return update_call(program, definitions, local, callee, args);
    };
    let StatementKind::Assign(_, rvalue) = &statement.kind else { return None };
    update_rvalue(program, body, definitions, local, rvalue)
}

fn update_rvalue(
    program: &Program,
    body: &Body,
    definitions: &Definitions<'_>,
    local: Local,
    rvalue: &Rvalue,
) -> Option<Role> {
    let reads_local = |o: &Operand| {
        o.place().and_then(Place::as_local).is_some_and(|l| l == local || definitions.origin(l) == local)
    };
    match rvalue {
        Rvalue::Use(operand) => {
            let place = operand.place()?;
            // `s = move _t.0` with `_t = CheckedBinary(Add, s, e)`, or `s = move _t`.
            match (definitions.of(definitions.origin(place.local))?.0, &place.projection[..]) {
                (Definition::Assign(checked @ Rvalue::CheckedBinary(..)), [Projection::Field(0, _)]) => {
                    update_rvalue(program, body, definitions, local, checked)
                }
                (Definition::Assign(inner @ (Rvalue::Binary(..) | Rvalue::Use(_))), []) => {
                    update_rvalue(program, body, definitions, local, inner)
                }
                (Definition::Call(callee, args), []) => {
                    update_call(program, definitions, local, callee, args)
                }
                _ => None,
            }
        }
        Rvalue::CheckedBinary(BinOp::Add, a, b) => (reads_local(a) != reads_local(b)).then_some(Role::Sum),
        Rvalue::Binary(op, a, b) if reads_local(a) != reads_local(b) => match op {
            BinOp::BitAnd => Some(Role::And),
            BinOp::BitOr => Some(Role::Or),
            BinOp::BitXor => Some(Role::Xor),
            // Only floats are added without a check.
            BinOp::Add | BinOp::Mul => body.locals[local].ty.is_float().then_some(Role::Sum),
            _ => None,
        },
        _ => None,
    }
}

fn update_call(
    program: &Program,
    definitions: &Definitions<'_>,
    local: Local,
    callee: &Callee,
    args: &[Operand],
) -> Option<Role> {
    let name = match callee {
        Callee::Intrinsic(name, _) => name.as_str(),
        Callee::Func(func) if program.functions[*func].is_std => {
            program.functions[*func].skeleton.map_or("", |s| s.as_str())
        }
        _ => return None,
    };
    let [a, b] = args else { return None };
    let reads = |o: &Operand| definitions.operand_origin(o) == Some(local);
    (name == "wrapping_add" && reads(a) != reads(b)).then_some(Role::WrappingSum)
}

/// The skeleton of the std function that a borrow made by `touch` is handed to as its first argument.
fn handed_to(program: &Program, body: &Body, touch: &Touch) -> Option<(&'static str, Vec<Operand>)> {
    let StatementKind::Assign(borrow, Rvalue::Ref(..)) =
        &body.blocks[touch.at.block].statements.get(touch.at.statement)?.kind
    else {
        return None;
    };
    let borrow = borrow.as_local()?;
    let mut current = borrow;
    // The call is a few statements or blocks further; the borrow may be moved on the way.
    let mut block = touch.at.block;
    let mut from = touch.at.statement + 1;
    for _ in 0..24 {
        let data = &body.blocks[block];
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
            TerminatorKind::Call { callee, args, target, .. } => {
                if args.first().and_then(Operand::place).and_then(Place::as_local) == Some(current) {
                    let Callee::Func(func) = callee else { return None };
                    let function = &program.functions[*func];
                    return Some((function.skeleton?.as_str(), args.clone()));
                }
                block = (*target)?;
            }
            TerminatorKind::Goto(next) => block = *next,
            TerminatorKind::Assert { target, .. } | TerminatorKind::Drop { target, .. } => block = *target,
            _ => return None,
        }
        from = 0;
    }
    None
}

/// `Vec` element type, and whether the local is a `&mut` to it.
fn vec_element(program: &Program, ty: Ty) -> Option<(Ty, bool)> {
    let (ty, through) = match ty.kind() {
        TyKind::Ref(_, to, Mutability::Mut) => (*to, true),
        _ => (ty, false),
    };
    match ty.kind() {
        TyKind::Adt(_, args) if program.is_lang(ty, "Vec") => Some((args.first()?.as_type()?, through)),
        _ => None,
    }
}

fn is_whole(place: &Place, through: bool) -> bool {
    if through { place.projection == [Projection::Deref] } else { place.projection.is_empty() }
}

fn appended(
    program: &Program,
    body: &Body,
    _definitions: &Definitions<'_>,
    local: Local,
    touches: &[Touch],
) -> Option<Role> {
    let ty = body.locals[local].ty;
    let (role, through) = match vec_element(program, ty) {
        Some((element, through)) => (Role::Append { element, through }, through),
        None => {
            let (inner, through) = match ty.kind() {
                TyKind::Ref(_, to, Mutability::Mut) => (*to, true),
                _ => (ty, false),
            };
            if !program.is_lang(inner, "String") {
                return None;
            }
            (Role::AppendText { through }, through)
        }
    };
    for touch in touches {
        if touch.how != PlaceUse::BorrowMut || !is_whole(&touch.place, through) {
            return None;
        }
        let (skeleton, _) = handed_to(program, body, touch)?;
        if skeleton != "append" {
            return None;
        }
    }
    Some(role)
}

fn window(
    program: &Program,
    body: &Body,
    definitions: &Definitions<'_>,
    iteration: &Iteration,
    local: Local,
    touches: &[Touch],
) -> Option<Role> {
    let (element, through) = vec_element(program, body.locals[local].ty)?;
    let mut stride = None;
    for touch in touches {
        if !matches!(touch.how, PlaceUse::BorrowMut | PlaceUse::Borrow) || !is_whole(&touch.place, through) {
            return None;
        }
        let (skeleton, args) = handed_to(program, body, touch)?;
        match (skeleton, &args[..]) {
            // Indexing by a range gives a slice, which may be any part.
            ("index_mut" | "index", [_, index, ..]) if body.operand_ty(index) == Ty::usize() => {
                let found = index.place().and_then(Place::as_local);
                let found = found.and_then(|l| index_stride(body, definitions, iteration, l, 0));
                stride = stride.or(found);
            }
            ("len", [_]) => {}
            _ => return None,
        }
    }
    Some(Role::Window { element, through, stride: stride? })
}

/// How many elements further the index is in the next round, if it depends on the loop's position.
fn index_stride(
    body: &Body,
    definitions: &Definitions<'_>,
    iteration: &Iteration,
    index: Local,
    depth: u32,
) -> Option<Stride> {
    if depth > 12 {
        return None;
    }
    let index = definitions.origin(index);
    let operand = |o: &Operand| {
        let l = o.place().and_then(Place::as_local)?;
        index_stride(body, definitions, iteration, l, depth + 1)
    };
    let (definition, _) = definitions.of(index)?;
    let rvalue = match definition {
        Definition::Assign(rvalue) => rvalue,
        Definition::Call(..) => return None,
    };
    match rvalue {
        Rvalue::Use(from) => {
            let place = from.place()?;
            if place.local == iteration.item {
                // `Some(i)` or `Some((i, x))` of an enumeration.
                return Some(Stride::Constant(1));
            }
            match (&place.projection[..], definitions.of(definitions.origin(place.local))?.0) {
                ([Projection::Field(0, _)], Definition::Assign(Rvalue::CheckedBinary(op, a, b))) => {
                    combine(body, definitions, *op, a, b, &operand)
                }
                // The first part of an item: `(i, x)`.
                ([Projection::Field(0, _)], Definition::Assign(Rvalue::Use(item))) => {
                    (item.place()?.local == iteration.item).then_some(Stride::Constant(1))
                }
                _ => None,
            }
        }
        Rvalue::Binary(op, a, b) | Rvalue::CheckedBinary(op, a, b) => {
            combine(body, definitions, *op, a, b, &operand)
        }
        _ => None,
    }
}

fn combine(
    body: &Body,
    definitions: &Definitions<'_>,
    op: BinOp,
    a: &Operand,
    b: &Operand,
    stride: &dyn Fn(&Operand) -> Option<Stride>,
) -> Option<Stride> {
    let (x, y) = (stride(a), stride(b));
    match op {
        BinOp::Add => x.or(y),
        BinOp::Sub => x,
        BinOp::Mul => {
            let (scaled, by) = if x.is_some() { (x?, b) } else { (y?, a) };
            let by = match by.as_scalar() {
                Some(n) => Stride::Constant(n as u64),
                None => {
                    let l = definitions.origin(by.place()?.as_local()?);
                    (body.locals[l].ty == Ty::usize()).then_some(Stride::Local(l))?
                }
            };
            match (scaled, by) {
                (Stride::Constant(1), by) => Some(by),
                (scaled, Stride::Constant(1)) => Some(scaled),
                (Stride::Constant(m), Stride::Constant(n)) => Some(Stride::Constant(m.checked_mul(n)?)),
                _ => None,
            }
        }
        _ => None,
    }
}
