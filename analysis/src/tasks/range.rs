//! The body of a loop as a task of its own: a run does the rounds of some positions and gives their results.
//!
//! In: a loop and the roles of the variables around it. Out: a function without parameters and the types of what goes in
//! and comes out. Input 0 holds the iterator and everything the loop reads, input 1 the positions `lo, hi`, further
//! inputs the parts of arrays it writes. The loop is copied as it stands; only the places of outer variables change.

use std::collections::BTreeMap;

use cloudc_frontend::mir::Location;
use cloudc_frontend::mir::visit::{PlaceUse, VisitorMut};
use cloudc_frontend::mir::{
    BlockId, Body, BorrowKind, Callee, FuncId, Local, Operand, Place, Projection, Rvalue, StatementKind,
    TerminatorKind,
};
use cloudc_frontend::mono::{Function, Instance};
use cloudc_frontend::source::Span;
use cloudc_frontend::ty::{GenericArg, Mutability, Ty, TyKind};

use super::Instances;
use super::emit::Emit;
use super::iteration::Iteration;
use super::roles::{Role, Stride, is_copy};

/// How a variable the loop reads is handed in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Passing {
    /// Its value.
    Value,
    /// A reference to it.
    Reference,
    /// It is a `&mut`; a shared reference to what it refers to.
    Reborrow,
}

/// The interface of a range task.
#[derive(Clone, Debug)]
pub struct RangeTask {
    /// Its root function.
    pub root: FuncId,
    /// Type of input 0: the iterator, then the variables read.
    pub env: Ty,
    /// The variables read, in the order of `env`'s fields from 1 on.
    pub reads: Vec<(Local, Passing)>,
    /// The arrays written, in the order of inputs from 2 on.
    pub windows: Vec<(Local, Ty, bool, Stride)>,
    /// Type of the output: a tuple with one `Join` for each accumulator and window.
    pub result: Ty,
    /// The accumulators, in the order of the result's fields; then come the windows.
    pub accumulators: Vec<(Local, Role)>,
}

/// A std function or type that must be there.
pub(super) fn lang(instances: &mut dyn Instances, name: &str, args: &[Ty]) -> Option<FuncId> {
    let args: Vec<GenericArg> = args.iter().map(|t| GenericArg::Type(*t)).collect();
    instances.lang(name, &args)
}

pub(super) fn lang_ty(instances: &mut dyn Instances, name: &str, args: &[Ty]) -> Option<Ty> {
    let args: Vec<GenericArg> = args.iter().map(|t| GenericArg::Type(*t)).collect();
    instances.lang_ty(name, &args)
}

/// The `Join` type of an accumulator of this role.
fn join_ty(instances: &mut dyn Instances, ty: Ty, role: &Role) -> Option<Ty> {
    match role {
        Role::Append { element, .. } => lang_ty(instances, "join_append", &[*element]),
        Role::AppendText { .. } => lang_ty(instances, "join_text", &[]),
        Role::Sum => lang_ty(instances, "join_sum", &[ty]),
        Role::And => lang_ty(instances, "join_and", &[ty]),
        Role::Or => lang_ty(instances, "join_or", &[ty]),
        Role::Xor => lang_ty(instances, "join_xor", &[ty]),
        Role::WrappingSum => lang_ty(instances, "join_wrapping_sum", &[ty]),
        Role::Window { element, .. } => lang_ty(instances, "join_scatter", &[*element]),
        Role::Read => None,
    }
}

/// Makes the task of a loop. `None` if std lacks a piece.
pub fn outline(
    instances: &mut dyn Instances,
    original: &Body,
    iteration: &Iteration,
    roles: &BTreeMap<Local, Role>,
    func: FuncId,
    ordinal: u32,
    span: Span,
) -> Option<RangeTask> {
    let mut reads = Vec::new();
    let mut env_tys = vec![iteration.iterator_ty];
    let mut accumulators = Vec::new();
    let mut windows = Vec::new();
    for (&local, role) in roles {
        let ty = original.locals[local].ty;
        match role {
            Role::Read => {
                let (passing, field) = match ty.kind() {
                    TyKind::Ref(_, to, Mutability::Mut) => {
                        (Passing::Reborrow, Ty::reference(*to, Mutability::Not))
                    }
                    _ if is_copy(instances.program(), ty) => (Passing::Value, ty),
                    _ => (Passing::Reference, Ty::reference(ty, Mutability::Not)),
                };
                reads.push((local, passing));
                env_tys.push(field);
            }
            Role::Window { element, through, stride } => windows.push((local, *element, *through, *stride)),
            other => accumulators.push((local, other.clone())),
        }
    }
    if windows.len() > 2 || accumulators.len() + windows.len() > 6 {
        return None;
    }
    let env = Ty::tuple(&env_tys);
    let mut result_tys = Vec::new();
    for (local, role) in &accumulators {
        result_tys.push(join_ty(instances, original.locals[*local].ty, role)?);
    }
    for (_, element, ..) in &windows {
        result_tys.push(lang_ty(instances, "join_scatter", &[*element])?);
    }
    let result = Ty::tuple(&result_tys);
    let mut cx = Outline {
        body: original.clone(),
        iteration,
        span,
        reads: &reads,
        windows: &windows,
        accumulators: &accumulators,
        renamed: BTreeMap::new(),
        window_locals: BTreeMap::new(),
        extremes: BTreeMap::new(),
    };
    cx.body.name = format!("{}::range{ordinal}", original.name);
    let prologue = cx.prologue(instances, env)?;
    cx.rewrite_region(instances)?;
    let epilogue = cx.epilogue(instances, &result_tys, result)?;
    let body = cx.finish(prologue, epilogue);
    let name = body.name.clone();
    let root = instances.program_mut().functions.push(Function {
        instance: Instance::Outlined(func, ordinal),
        name,
        body,
        track_caller: false,
        inline: -1,
        skeleton: None,
        is_std: false,
        span,
    });
    Some(RangeTask { root, env, reads, windows, result, accumulators })
}

struct Outline<'a> {
    body: Body,
    iteration: &'a Iteration,
    span: Span,
    reads: &'a [(Local, Passing)],
    windows: &'a [(Local, Ty, bool, Stride)],
    accumulators: &'a [(Local, Role)],
    /// Locals read through a reference: the local that holds it.
    renamed: BTreeMap<Local, (Local, Passing)>,
    /// The window that stands for an array.
    window_locals: BTreeMap<Local, Local>,
    /// Lowest and highest value of a sum.
    extremes: BTreeMap<Local, (Local, Local)>,
}

impl Outline<'_> {
    /// Fetches the inputs and sets the accumulators to nothing; ends with a jump to the loop.
    fn prologue(&mut self, instances: &mut dyn Instances, env_ty: Ty) -> Option<BlockId> {
        let TyKind::Tuple(env_tys) = env_ty.kind() else { return None };
        let owned = super::boundary::owns_memory(instances.program(), env_ty);
        let range_env = lang(instances, if owned { "range_env_owned" } else { "range_env" }, &[env_ty])?;
        let range_bounds = lang(instances, "range_bounds", &[])?;
        let mut e = Emit::new(&mut self.body, self.span);
        let start = e.block;
        let env = e.call(range_env, env_ty, vec![]);
        let bounds = e.call(range_bounds, Ty::tuple(&[Ty::usize(), Ty::usize()]), vec![]);
        let bound = |i| Operand::Copy(Place::local(bounds).field(i, Ty::usize()));
        let whole = Operand::Move(Place::local(env).field(0, self.iteration.iterator_ty));
        e.call_into(self.iteration.slice, self.iteration.iterator, vec![whole, bound(0), bound(1)]);
        for (i, (local, passing)) in self.reads.iter().enumerate() {
            let ty = env_tys[i + 1];
            let value = Rvalue::Use(Operand::Copy(Place::local(env).field(i + 1, ty)));
            match passing {
                Passing::Value => e.assign(*local, value),
                Passing::Reference | Passing::Reborrow => {
                    let held = e.value(ty, value);
                    self.renamed.insert(*local, (held, *passing));
                }
            }
        }
        for (k, (local, element, ..)) in self.windows.iter().enumerate() {
            let range_window = lang(instances, "range_window", &[*element])?;
            let window_ty = lang_ty(instances, "window", &[*element])?;
            let window = e.call(range_window, window_ty, vec![Operand::usize(k as u64)]);
            self.window_locals.insert(*local, window);
        }
        for (local, role) in self.accumulators {
            let ty = e.body.locals[*local].ty;
            match role {
                Role::Append { element, through } => {
                    let neutral = lang(instances, "neutral_vec", &[*element])?;
                    start_empty(&mut e, neutral, *local, ty, *through);
                }
                Role::AppendText { through } => {
                    let neutral = lang(instances, "neutral_text", &[])?;
                    start_empty(&mut e, neutral, *local, ty, *through);
                }
                Role::And => {
                    let all = u128::MAX >> (128 - ty.scalar_bits()?);
                    e.assign(*local, Rvalue::Use(Operand::scalar(all, ty)));
                }
                _ => e.assign(*local, Rvalue::Use(Operand::scalar(0, ty))),
            }
            if *role == Role::Sum {
                let low = e.value(ty, Rvalue::Use(Operand::scalar(0, ty)));
                let high = e.value(ty, Rvalue::Use(Operand::scalar(0, ty)));
                self.extremes.insert(*local, (low, high));
            }
        }
        e.goto(self.iteration.header);
        Some(start)
    }

    /// Changes the copied loop: outer variables to what stands for them, array accesses to window accesses, sums
    /// tracked.
    fn rewrite_region(&mut self, instances: &mut dyn Instances) -> Option<()> {
        self.rewrite_windows(instances)?;
        let mut rename = Rename(&self.renamed);
        for &block in &self.iteration.region {
            rename.visit_block(block, &mut self.body.blocks[block]);
        }
        self.track_sums(instances)
    }

    /// `index_mut(&mut out, i)` becomes `window_index_mut(&mut window, i)`, the temporaries between change their types.
    fn rewrite_windows(&mut self, instances: &mut dyn Instances) -> Option<()> {
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
                        (false, true) => args.push(super::emit::site(self.span)),
                        _ => {}
                    }
                    *func = new;
                }
            }
        }
        Some(())
    }

    /// After each store to a sum, its extremes are brought up to date.
    fn track_sums(&mut self, instances: &mut dyn Instances) -> Option<()> {
        for (local, (low, high)) in self.extremes.clone() {
            let ty = self.body.locals[local].ty;
            let track = lang(instances, "track_sum", &[ty])?;
            for &block in &self.iteration.region {
                let stores: Vec<usize> = self.body.blocks[block]
                    .statements
                    .iter()
                    .enumerate()
                    .filter(|(_, s)| matches!(&s.kind, StatementKind::Assign(p, _) if p.as_local() == Some(local)))
                    .map(|(i, _)| i)
                    .collect();
                // From the last to the first, so that earlier positions stay.
                for at in stores.into_iter().rev() {
                    let data = &mut self.body.blocks[block];
                    let rest = data.statements.split_off(at + 1);
                    let terminator = data.terminator.clone();
                    let mut e = Emit { body: &mut self.body, block, span: self.span };
                    let args = vec![e.borrow_mut(low, ty), e.borrow_mut(high, ty), e.borrow(local, ty)];
                    e.call(track, Ty::unit(), args);
                    let after = e.block;
                    self.body.blocks[after].statements = rest;
                    self.body.blocks[after].terminator = terminator;
                }
            }
        }
        Some(())
    }

    /// Hands over the results.
    fn epilogue(&mut self, instances: &mut dyn Instances, result_tys: &[Ty], result: Ty) -> Option<BlockId> {
        let range_done = lang(instances, "range_done", &[result])?;
        let mut e = Emit::new(&mut self.body, self.span);
        let start = e.block;
        let mut parts = Vec::new();
        for ((local, role), &join) in self.accumulators.iter().zip(result_tys) {
            let fields = match role {
                Role::Sum => {
                    let (low, high) = *self.extremes.get(local)?;
                    [*local, low, high].map(|l| Operand::Copy(l.into())).to_vec()
                }
                Role::Append { through: true, .. } | Role::AppendText { through: true } => {
                    vec![Operand::Move(Place::local(*local).deref())]
                }
                _ => vec![Operand::Move(Place::local(*local))],
            };
            parts.push(e.structure(join, fields));
        }
        for ((local, element, ..), &join) in self.windows.iter().zip(&result_tys[self.accumulators.len()..]) {
            let window_out = lang(instances, "window_out", &[*element])?;
            let window = *self.window_locals.get(local)?;
            parts.push(Operand::Move(e.call(window_out, join, vec![Operand::Move(window.into())]).into()));
        }
        let (whole, _) = e.tuple(parts);
        let reference = e.borrow(whole, result);
        e.call(range_done, Ty::unit(), vec![reference]);
        e.end(TerminatorKind::Return);
        Some(start)
    }

    /// Keeps prologue, loop and epilogue; everything else of the function goes.
    fn finish(mut self, prologue: BlockId, epilogue: BlockId) -> Body {
        let exit = self.iteration.exit;
        let decision = &mut self.body.blocks[self.iteration.decision].terminator.kind;
        decision.for_successors_mut(|s| {
            if *s == exit {
                *s = epilogue;
            }
        });
        self.body.arg_count = 0;
        self.body.locals[Local(0)].ty = Ty::unit();
        start_at(&mut self.body, prologue);
        self.body
    }
}

fn start_empty(e: &mut Emit<'_>, neutral: FuncId, local: Local, ty: Ty, through: bool) {
    if !through {
        e.call_into(neutral, local, vec![]);
        return;
    }
    let Some((inner, _)) = ty.builtin_deref() else { return };
    let empty = e.call(neutral, inner, vec![]);
    e.assign(local, Rvalue::Ref(BorrowKind::Mut { two_phase: false }, empty.into()));
}

fn mutability_of(kind: BorrowKind) -> Mutability {
    match kind {
        BorrowKind::Shared => Mutability::Not,
        BorrowKind::Mut { .. } => Mutability::Mut,
    }
}

/// Makes a block the entry and drops what is not reached from it.
pub(super) fn start_at(body: &mut Body, block: BlockId) {
    let entry = BlockId(0);
    if block != entry {
        body.blocks.raw.swap(entry.0 as usize, block.0 as usize);
        for data in body.blocks.iter_mut() {
            data.terminator.kind.for_successors_mut(|s| {
                if *s == entry {
                    *s = block;
                } else if *s == block {
                    *s = entry;
                }
            });
        }
    }
    let reachable = cloudc_frontend::mir::traversal::reachable(body);
    body.retain_blocks(|b| reachable[b]);
}

/// Replaces variables that are handed in by reference.
struct Rename<'a>(&'a BTreeMap<Local, (Local, Passing)>);

impl VisitorMut for Rename<'_> {
    fn visit_place(&mut self, place: &mut Place, how: PlaceUse, at: Location) {
        if let Some(&(held, passing)) = self.0.get(&place.local) {
            place.local = held;
            if passing == Passing::Reference {
                place.projection.insert(0, Projection::Deref);
            }
        }
        self.walk_place(place, how, at);
    }
    fn visit_local(&mut self, local: &mut Local, how: PlaceUse, _at: Location) {
        if how == PlaceUse::Storage
            && let Some(&(held, _)) = self.0.get(local)
        {
            *local = held;
        }
    }
}
