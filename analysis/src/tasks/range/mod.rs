//! The body of a loop as a task of its own: a run does the rounds of some positions and gives their results.
//!
//! In: a loop and the roles of the variables around it. Out: a function without parameters and the types of what goes in
//! and comes out. Input 0 holds the iterator and everything the loop reads, input 1 the positions `lo, hi`, further
//! inputs the parts of arrays it writes. The loop is copied as it stands; only the places of outer variables change.

use std::collections::BTreeMap;

use cloudc_frontend::mir::Location;
use cloudc_frontend::mir::visit::{PlaceUse, VisitorMut};
use cloudc_frontend::mir::{
    BlockId, Body, FuncId, Local, Operand, Place, Projection, Rvalue, TerminatorKind,
};
use cloudc_frontend::mono::{Function, Instance};
use cloudc_frontend::source::Span;
use cloudc_frontend::ty::{GenericArg, Mutability, Ty, TyKind};

use super::Instances;
use super::boundary;
use super::emit::Emit;
use super::iteration::Iteration;
use super::roles::{Role, Stride, is_copy};

pub mod accumulate;
mod windows;

use accumulate::Extra;

/// As many arrays as std's `Windows` is implemented for.
const MOST_WINDOWS: usize = 4;
/// As many results as std's `Join` is implemented for.
const MOST_RESULTS: usize = 12;

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
    /// Variables whose value before the loop a chunk starts from or looks at; further fields of `env`.
    pub incoming: Vec<(Local, Passing)>,
    /// The arrays written, in the order of inputs from 2 on.
    pub windows: Vec<(Local, Ty, bool, Stride)>,
    /// Type of the output: a tuple with one `Join` for each accumulator and window.
    pub result: Ty,
    /// The accumulators, in the order of the result's fields; then come the windows.
    pub accumulators: Vec<(Local, Role)>,
    /// A second output takes the text it prints.
    pub prints: bool,
    /// The iterator hands out exclusive references: its pieces are the last inputs, and the last field of the result.
    pub steps: bool,
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

/// Makes the task of a loop. `None` if std lacks a piece.
pub fn outline(
    instances: &mut dyn Instances,
    original: &Body,
    iteration: &Iteration,
    roles: &BTreeMap<Local, Role>,
    func: FuncId,
    ordinal: u32,
    prints: bool,
    span: Span,
) -> Option<RangeTask> {
    let mut reads = Vec::new();
    let steps = boundary::check_iterator(instances.program(), iteration.iterator_ty).ok()?;
    // An iterator whose references are written through is handed in piece by piece.
    let mut env_tys = vec![if steps { Ty::unit() } else { iteration.iterator_ty }];
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
            Role::With => {}
            other => accumulators.push((local, other.clone())),
        }
    }
    let incoming = accumulate::incoming(&accumulators);
    for (local, passing) in &incoming {
        let ty = original.locals[*local].ty;
        env_tys.push(match (passing, ty.builtin_deref()) {
            (Passing::Value, _) => ty,
            (Passing::Reborrow, Some((to, _))) => Ty::reference(to, Mutability::Not),
            _ => Ty::reference(ty, Mutability::Not),
        });
    }
    if windows.len() + usize::from(steps) > MOST_WINDOWS || accumulators.len() + windows.len() >= MOST_RESULTS
    {
        return None;
    }
    let env = Ty::tuple(&env_tys);
    let mut result_tys = Vec::new();
    for (local, role) in &accumulators {
        result_tys.push(accumulate::join_ty(instances, original, *local, role)?);
    }
    for (_, element, ..) in &windows {
        result_tys.push(lang_ty(instances, "join_scatter", &[*element])?);
    }
    if steps {
        result_tys.push(lang_ty(instances, "join_stepped", &[iteration.iterator_ty])?);
    }
    let result = Ty::tuple(&result_tys);
    let mut cx = Outline {
        body: original.clone(),
        iteration,
        span,
        reads: &reads,
        windows: &windows,
        incoming: &incoming,
        accumulators: &accumulators,
        renamed: BTreeMap::new(),
        window_locals: BTreeMap::new(),
        extra: BTreeMap::new(),
        pieces: iteration.region.iter().map(|&block| (block, vec![block])).collect(),
        stepped: steps.then_some((Local(0), Local(0))),
    };
    cx.body.name = format!("{}::range{ordinal}", original.name);
    let prologue = cx.prologue(instances, env)?;
    cx.rewrite_region(instances)?;
    let epilogue = cx.epilogue(instances, &result_tys, result)?;
    let early = cx.early_end(instances)?;
    let body = cx.finish(prologue, epilogue, early);
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
    Some(RangeTask { root, env, reads, incoming, windows, result, accumulators, prints, steps })
}

struct Outline<'a> {
    body: Body,
    iteration: &'a Iteration,
    span: Span,
    reads: &'a [(Local, Passing)],
    windows: &'a [(Local, Ty, bool, Stride)],
    incoming: &'a [(Local, Passing)],
    accumulators: &'a [(Local, Role)],
    /// Locals read through a reference: the local that holds it.
    renamed: BTreeMap<Local, (Local, Passing)>,
    /// The window that stands for an array.
    window_locals: BTreeMap<Local, Local>,
    /// What a chunk keeps beside an accumulator.
    extra: BTreeMap<Local, Extra>,
    /// The blocks of the loop, each with the blocks that have what once was its code: calls put in between divide it.
    pieces: BTreeMap<BlockId, Vec<BlockId>>,
    /// A copy of the chunk's piece of an iterator of exclusive references, and the chunk's positions.
    stepped: Option<(Local, Local)>,
}

impl Outline<'_> {
    /// Fetches the inputs and sets the accumulators to nothing; ends with a jump to the loop.
    fn prologue(&mut self, instances: &mut dyn Instances, env_ty: Ty) -> Option<BlockId> {
        let TyKind::Tuple(env_tys) = env_ty.kind() else { return None };
        let owned = boundary::owns_memory(instances.program(), env_ty);
        let range_env = lang(instances, if owned { "range_env_owned" } else { "range_env" }, &[env_ty])?;
        let range_bounds = lang(instances, "range_bounds", &[])?;
        let mut e = Emit::new(&mut self.body, self.span);
        let start = e.block;
        let fixed = 2 + self.windows.len() + usize::from(self.stepped.is_some());
        let env = e.call(range_env, env_ty, vec![Operand::usize(fixed as u64)]);
        let bounds = e.call(range_bounds, Ty::tuple(&[Ty::usize(), Ty::usize()]), vec![]);
        let bound = |i| Operand::Copy(Place::local(bounds).field(i, Ty::usize()));
        let ty = self.iteration.iterator_ty;
        if self.stepped.is_some() {
            let range_piece = lang(instances, "range_piece", &[ty])?;
            let k = vec![Operand::usize(self.windows.len() as u64)];
            let both = e.call(range_piece, Ty::tuple(&[ty, ty]), k);
            let half = |i| Rvalue::Use(Operand::Move(Place::local(both).field(i, ty)));
            e.assign(self.iteration.iterator, half(0));
            self.stepped = Some((e.value(ty, half(1)), bounds));
        } else {
            let whole = Operand::Move(Place::local(env).field(0, ty));
            e.call_into(self.iteration.slice, self.iteration.iterator, vec![whole, bound(0), bound(1)]);
        }
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
        let mut before = BTreeMap::new();
        for (k, (local, _)) in self.incoming.iter().enumerate() {
            let k = 1 + self.reads.len() + k;
            let field = Operand::Copy(Place::local(env).field(k, env_tys[k]));
            before.insert(*local, Operand::Copy(e.value(env_tys[k], Rvalue::Use(field)).into()));
        }
        for (local, role) in self.accumulators {
            let extra = accumulate::start(instances, &mut e, *local, role, &before)?;
            self.extra.insert(*local, extra);
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
        self.track(instances)
    }

    /// Hands over the results.
    fn epilogue(&mut self, instances: &mut dyn Instances, result_tys: &[Ty], result: Ty) -> Option<BlockId> {
        let range_done = lang(instances, "range_done", &[result])?;
        let mut e = Emit::new(&mut self.body, self.span);
        let start = e.block;
        let mut parts = Vec::new();
        for ((local, role), &join) in self.accumulators.iter().zip(result_tys) {
            let extra = *self.extra.get(local)?;
            let fields = accumulate::fields(instances, &mut e, *local, role, extra)?;
            parts.push(e.structure(join, fields));
        }
        for ((local, element, ..), &join) in self.windows.iter().zip(&result_tys[self.accumulators.len()..]) {
            let window_out = lang(instances, "window_out", &[*element])?;
            let window = *self.window_locals.get(local)?;
            parts.push(Operand::Move(e.call(window_out, join, vec![Operand::Move(window.into())]).into()));
        }
        if let Some((all, bounds)) = self.stepped {
            let stepped_out = lang(instances, "stepped_out", &[self.iteration.iterator_ty])?;
            let args = vec![Operand::Move(all.into()), Operand::Copy(bounds.into())];
            parts.push(Operand::Move(e.call(stepped_out, *result_tys.last()?, args).into()));
        }
        let (whole, _) = e.tuple(parts);
        let reference = e.borrow(whole, result);
        e.call(range_done, Ty::unit(), vec![reference]);
        e.end(TerminatorKind::Return);
        Some(start)
    }

    /// Where ways out of the loop before its last item lead: the chunk is given up.
    fn early_end(&mut self, instances: &mut dyn Instances) -> Option<BlockId> {
        let stop = lang(instances, "range_stop", &[])?;
        let mut e = Emit::new(&mut self.body, self.span);
        let start = e.block;
        e.call(stop, Ty::unit(), vec![]);
        Some(start)
    }

    /// The block that now has the terminator of a block of the loop.
    fn last_piece(&self, block: BlockId) -> BlockId {
        self.pieces.get(&block).and_then(|p| p.last()).copied().unwrap_or(block)
    }

    /// Keeps prologue, loop and epilogue; everything else of the function goes.
    fn finish(mut self, prologue: BlockId, epilogue: BlockId, early: BlockId) -> Body {
        for (from, to) in &self.iteration.early {
            let from = self.last_piece(*from);
            self.body.blocks[from].terminator.kind.for_successors_mut(|s| {
                if s == to {
                    *s = early;
                }
            });
        }
        let exit = self.iteration.exit;
        let decision = self.last_piece(self.iteration.decision);
        let decision = &mut self.body.blocks[decision].terminator.kind;
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
