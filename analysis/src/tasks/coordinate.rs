//! A loop's place in its function: run it as chunks when a guard says so, else as it stands.
//!
//! In: a function with a loop whose task exists. Out: the same function with new code before the loop. The sequential loop stays:
//! the guard leads there when there is too little work. A chunk that failed or left the loop early, and a result that cannot be
//! joined exactly, end the parallel part: what the chunks before it did is taken over, and the sequential loop goes on at
//! that chunk's first position. It then fails, overflows or breaks exactly where it would have.

use cloudc_frontend::mir::{BinOp, BlockId, Body, FuncId, Local, Operand, Place, Rvalue};
use cloudc_frontend::mono::Program;
use cloudc_frontend::source::Span;
use cloudc_frontend::ty::{Mutability, Ty, TyKind};

use super::cost::measured::{element_of, field_ty};
use super::cost::{Path, Size, Step, Work};
use super::emit::{Emit, name_bytes, site, u64_constant};
use super::iteration::Iteration;
use super::range::accumulate::{self, Extra};
use super::range::{Passing, RangeTask, lang, lang_ty};
use super::roles::{Role, Stride};
use super::{Instances, Options, TaskId, boundary, placeholder};

/// Puts the guard and the spawns before a loop. `None` if std lacks a piece.
pub fn insert(
    instances: &mut dyn Instances,
    body: &mut Body,
    iteration: &Iteration,
    range: &RangeTask,
    task: TaskId,
    nested: Option<TaskId>,
    work: &Work,
    handing: f64,
    options: &Options,
    span: Span,
) -> Option<()> {
    let old_blocks = body.blocks.len();
    let header = iteration.header;
    let mut e = Emit::new(body, span);
    let guard = e.block;
    let held = e.copy_of(iteration.iterator, iteration.iterator_ty);
    let iterator = e.borrow(held, iteration.iterator_ty);
    let items = e.call(iteration.extent, Ty::usize(), vec![iterator]);
    let units = emit_work(instances, &mut e, work)?;
    let chunk_fn = lang(instances, "task_chunk", &[])?;
    let args = vec![
        Operand::Copy(items.into()),
        units.clone(),
        u64_constant(options.threshold()),
        u64_constant(options.chunk_work()),
        u64_constant(options.forced_chunks()),
        u64_constant(handing as u64),
        Operand::usize(most_chunks(range)),
    ];
    let chunk = e.call(chunk_fn, Ty::usize(), args);
    let none = Rvalue::Binary(BinOp::Eq, Operand::Copy(chunk.into()), Operand::usize(0));
    let sequential = e.value(Ty::bool(), none);
    let parallel = e.new_block();
    e.branch(sequential, header, parallel);
    e.block = parallel;
    let estimate = if options.forced_chunks() > 0 { u64_constant(0) } else { units };
    spawn_and_join(instances, &mut e, iteration, held, range, task, nested, items, chunk, estimate)?;
    // Everything that came from outside the loop now comes through the guard.
    for block in 0..old_blocks {
        let block = BlockId(block as u32);
        if iteration.region.contains(&block) {
            continue;
        }
        body.blocks[block].terminator.kind.for_successors_mut(|s| {
            if *s == header {
                *s = guard;
            }
        });
    }
    if header == BlockId(0) {
        super::range::start_at(body, guard);
    }
    Some(())
}

/// No loop has more chunks.
const MOST_CHUNKS: u64 = 512;
/// The same where results are added up under keys: what a chunk gives may take as long to add up as a part of the chunk.
const MOST_KEYED: u64 = 16;

/// The highest number of chunks.
pub(super) fn most_chunks(range: &RangeTask) -> u64 {
    let keyed = |role: &Role| matches!(role, Role::Keyed { .. } | Role::Counts { .. });
    if range.accumulators.iter().any(|(_, role)| keyed(role)) { MOST_KEYED } else { MOST_CHUNKS }
}

fn spawn_and_join(
    instances: &mut dyn Instances,
    e: &mut Emit<'_>,
    iteration: &Iteration,
    held: Local,
    range: &RangeTask,
    task: TaskId,
    nested: Option<TaskId>,
    items: Local,
    chunk: Local,
    work: Operand,
) -> Option<()> {
    let TyKind::Tuple(env_tys) = range.env.kind() else { return None };
    let TyKind::Tuple(result_tys) = range.result.kind() else { return None };
    // The environment: a bitwise copy that is frozen and never dropped.
    let mut fields = vec![if range.steps { Operand::unit() } else { Operand::Copy(held.into()) }];
    for ((local, passing), &ty) in range.reads.iter().zip(&env_tys[1..]) {
        fields.push(match (passing, ty.builtin_deref()) {
            (Passing::Value, _) => Operand::Copy((*local).into()),
            (Passing::Reference, Some((to, _))) => e.show(instances.program(), *local, to),
            (Passing::Reborrow, Some((to, _))) => e.borrow(Place::local(*local).deref(), to),
            _ => return None,
        });
    }
    for ((local, passing), &ty) in range.incoming.iter().zip(&env_tys[1 + range.reads.len()..]) {
        fields.push(match (passing, ty.builtin_deref()) {
            (Passing::Value, _) => Operand::Copy((*local).into()),
            (Passing::Reborrow, Some((to, _))) => e.borrow(Place::local(*local).deref(), to),
            (Passing::Reference, Some((to, _))) => e.show(instances.program(), *local, to),
            _ => return None,
        });
    }
    let (env, _) = e.tuple(fields);
    // The arrays the loop writes.
    let mut sources = Vec::new();
    for (local, element, through, stride) in &range.windows {
        let window_of = lang(instances, "window_of_vec", &[*element])?;
        let source = lang_ty(instances, "window_source", &[*element])?;
        let array = borrow_array(instances.program(), e, *local, *through);
        let stride = match stride {
            Stride::Constant(n) => Operand::usize(*n),
            Stride::Local(l) => Operand::Copy((*l).into()),
        };
        let start = range_start(instances, iteration);
        sources.push(Operand::Move(e.call(window_of, source, vec![array, stride, start]).into()));
    }
    if range.steps {
        let stepped = lang(instances, "stepped", &[iteration.iterator_ty])?;
        let source = lang_ty(instances, "stepped_source", &[iteration.iterator_ty])?;
        let iterator = e.borrow(held, iteration.iterator_ty);
        sources.push(Operand::Move(e.call(stepped, source, vec![iterator]).into()));
    }
    let (windows, windows_ty) = e.tuple(sources);
    // What the accumulators hold before the loop.
    let mut before = Vec::new();
    for ((local, role), &join) in range.accumulators.iter().zip(result_tys.iter()) {
        let fields = accumulate::fields(instances, e, *local, role, Extra::None)?;
        before.push(e.structure(join, fields));
    }
    for ((_, element, ..), &join) in range.windows.iter().zip(&result_tys[range.accumulators.len()..]) {
        let none = lang(instances, "scatter_none", &[*element])?;
        before.push(Operand::Move(e.call(none, join, vec![]).into()));
    }
    if range.steps {
        let none = lang(instances, "stepped_none", &[iteration.iterator_ty])?;
        before.push(Operand::Move(e.call(none, *result_tys.last()?, vec![]).into()));
    }
    let (total, total_ty) = e.tuple(before);
    let nested = name_bytes(placeholder(nested.unwrap_or(task)));
    let run = lang(instances, "task_range", &[range.env, windows_ty, total_ty])?;
    let copies = boundary::owns_memory(instances.program(), range.env);
    let how = u64::from(!iteration.early.is_empty()) | u64::from(range.prints) << 1;
    let how = how | u64::from(copies) << 2 | u64::from(most_chunks(range) < MOST_CHUNKS) << 3;
    let args = vec![
        name_bytes(placeholder(task)),
        nested,
        e.borrow(env, range.env),
        e.borrow(windows, windows_ty),
        Operand::Copy(items.into()),
        Operand::Copy(chunk.into()),
        site(e.span),
        e.borrow_mut(total, total_ty),
        u64_constant(how),
        work,
    ];
    let reached = e.call(run, Ty::usize(), args);
    // Joined or not, the accumulators are where they were taken from.
    for (k, (local, role)) in range.accumulators.iter().enumerate() {
        accumulate::take_over(e, *local, role, Place::local(total).field(k, result_tys[k]));
    }
    for (k, (local, element, through, _)) in range.windows.iter().enumerate() {
        let scatter = lang(instances, "scatter_vec", &[*element])?;
        let k = range.accumulators.len() + k;
        let written = Operand::Move(Place::local(total).field(k, result_tys[k]));
        scatter_into(e, scatter, *local, *through, written);
    }
    if range.steps {
        let step_back = lang(instances, "step_back", &[iteration.iterator_ty])?;
        let k = result_tys.len() - 1;
        let written = Operand::Move(Place::local(total).field(k, result_tys[k]));
        let iterator = e.borrow(held, iteration.iterator_ty);
        e.call(step_back, Ty::unit(), vec![iterator, written]);
    }
    // The iterator stands where the chunks ended.
    let rest = vec![Operand::Move(held.into()), Operand::Copy(reached.into()), Operand::Copy(items.into())];
    let rest = e.call(iteration.slice, iteration.iterator_ty, rest);
    e.assign(iteration.iterator, Rvalue::Use(Operand::Move(rest.into())));
    // If all is done, the loop finds no item and ends.
    e.goto(iteration.header);
    Some(())
}

/// First position of a loop over a range: the number that position 0 has.
fn range_start(instances: &dyn Instances, iteration: &Iteration) -> Operand {
    let ty = iteration.iterator_ty;
    let program = instances.program();
    if program.is_lang(ty, "Range") || program.is_lang(ty, "RangeInclusiveStruct") {
        let field = program.adt(ty).variants[0].fields.iter().position(|f| f.0 == "start");
        if let Some(field) = field
            && program.adt(ty).variants[0].fields[field].1 == Ty::usize()
        {
            return Operand::Copy(Place::local(iteration.iterator).field(field, Ty::usize()));
        }
    }
    Operand::usize(0)
}

fn borrow_array(program: &Program, e: &mut Emit<'_>, local: Local, through: bool) -> Operand {
    let ty = e.body.locals[local].ty;
    match (through, ty.builtin_deref()) {
        (true, Some((to, _))) => e.borrow(Place::local(local).deref(), to),
        _ => e.show(program, local, ty),
    }
}

/// Writes what chunks wrote into an array. It is moved out of its variable meanwhile, whose address then nobody has.
fn scatter_into(e: &mut Emit<'_>, scatter: FuncId, local: Local, through: bool, written: Operand) {
    let ty = e.body.locals[local].ty;
    if let (true, Some((to, _))) = (through, ty.builtin_deref()) {
        let array = e.borrow_mut(Place::local(local).deref(), to);
        e.call(scatter, Ty::unit(), vec![array, written]);
        return;
    }
    let moved = e.value(ty, Rvalue::Use(Operand::Move(local.into())));
    let array = e.borrow_mut(moved, ty);
    e.call(scatter, Ty::unit(), vec![array, written]);
    e.assign(local, Rvalue::Use(Operand::Move(moved.into())));
}

/// Code that evaluates an estimate; saturating.
pub(super) fn emit_work(instances: &mut dyn Instances, e: &mut Emit<'_>, work: &Work) -> Option<Operand> {
    let u64_ty = u64_ty();
    let (mul, add) = (lang(instances, "work_mul", &[])?, lang(instances, "work_add", &[])?);
    let div = lang(instances, "work_div", &[])?;
    let mut total: Option<Operand> = None;
    for term in &work.terms {
        // Fractions of a unit matter where something large is multiplied.
        let units = (term.coefficient * 256.0).clamp(1.0, 1e15) as u64;
        let mut product = u64_constant(units);
        let divides = |f: &Size| matches!(f, Size::Per(_));
        for factor in term.factors.iter().filter(|f| !divides(f)) {
            let size = emit_size(instances, e, *factor)?;
            product = Operand::Copy(e.call(mul, u64_ty, vec![product, size]).into());
        }
        for factor in term.factors.iter().filter(|f| divides(f)) {
            let size = emit_size(instances, e, *factor)?;
            product = Operand::Copy(e.call(div, u64_ty, vec![product, size]).into());
        }
        product = Operand::Copy(e.call(div, u64_ty, vec![product, u64_constant(256)]).into());
        total = Some(match total {
            None => product,
            Some(sum) => Operand::Copy(e.call(add, u64_ty, vec![sum, product]).into()),
        });
    }
    Some(total.unwrap_or_else(|| u64_constant(1)))
}

fn emit_size(instances: &mut dyn Instances, e: &mut Emit<'_>, size: Size) -> Option<Operand> {
    let path = size.path();
    let (place, ty) = emit_path(instances.program(), e, path)?;
    match size {
        Size::Value(_) | Size::Per(_) => Some(emit_wide(e, Operand::Copy(place))),
        Size::Power(_) => {
            let value = emit_wide(e, Operand::Copy(place));
            let power = lang(instances, "work_power", &[])?;
            Some(Operand::Copy(e.call(power, u64_ty(), vec![value]).into()))
        }
        Size::Len(_) | Size::Levels(_) => {
            let len = emit_len(instances, e, place, ty)?;
            let len = emit_wide(e, Operand::Copy(len.into()));
            if matches!(size, Size::Len(_)) {
                return Some(len);
            }
            let levels = lang(instances, "work_levels", &[])?;
            Some(Operand::Copy(e.call(levels, u64_ty(), vec![len]).into()))
        }
        Size::Each(_) => {
            let element = element_of(instances.program(), ty)?;
            let mut elements = e.borrow(place, ty);
            if !matches!(ty.kind(), TyKind::Slice(_)) {
                let as_slice = lang(instances, "slice_of_vec", &[element])?;
                let slice = Ty::reference(Ty::slice(element), Mutability::Not);
                elements = Operand::Copy(e.call(as_slice, slice, vec![elements]).into());
            }
            let sample = lang(instances, "work_sample", &[element])?;
            Some(Operand::Copy(e.call(sample, u64_ty(), vec![elements]).into()))
        }
        Size::Items(_) => None,
    }
}

/// The place a path leads to, behind all references.
fn emit_path(program: &Program, e: &Emit<'_>, path: Path) -> Option<(Place, Ty)> {
    let (mut place, mut ty) = (Place::local(path.local), e.body.locals[path.local].ty);
    let peel = |place: &mut Place, ty: &mut Ty| {
        while let TyKind::Ref(_, to, _) = ty.kind() {
            *place = place.deref();
            *ty = *to;
        }
    };
    peel(&mut place, &mut ty);
    for step in path.steps() {
        let Step::Field(k) = step else { return None };
        ty = field_ty(program, ty, step)?;
        place = place.field(k as usize, ty);
        peel(&mut place, &mut ty);
    }
    Some((place, ty))
}

fn u64_ty() -> Ty {
    Ty::new(TyKind::Uint(cloudc_frontend::ty::UintTy::U64))
}

fn emit_wide(e: &mut Emit<'_>, value: Operand) -> Operand {
    use cloudc_frontend::mir::{CastKind, PrimCast};
    let cast = Rvalue::Cast(CastKind::Prim(PrimCast::IntToInt), value, u64_ty());
    Operand::Copy(e.value(u64_ty(), cast).into())
}

fn emit_len(instances: &mut dyn Instances, e: &mut Emit<'_>, place: Place, ty: Ty) -> Option<Local> {
    Some(match ty.kind() {
        TyKind::Slice(_) | TyKind::Array(..) => e.value(Ty::usize(), Rvalue::Len(place)),
        TyKind::Str => {
            let len = lang(instances, "len_of_str", &[])?;
            let text = e.borrow(place, ty);
            e.call(len, Ty::usize(), vec![text])
        }
        TyKind::Adt(_, args) => {
            let (name, args): (_, Vec<Ty>) = if instances.program().is_lang(ty, "String") {
                ("len_of_string", vec![])
            } else {
                ("len_of_vec", vec![args.first()?.as_type()?])
            };
            let len = lang(instances, name, &args)?;
            let whole = e.borrow(place, ty);
            e.call(len, Ty::usize(), vec![whole])
        }
        _ => return None,
    })
}
