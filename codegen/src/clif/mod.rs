//! Cranelift: MIR to machine code in microseconds.
//!
//! Each function is compiled once for all tasks that hold it ([`Functions`]); a task's object is put together from such
//! code (`object`). [`FnCx`](function::FnCx) is what `lower` is given: `function` has its constants and variables, `scalar`,
//! `memory` and `control` the rest, each trait in its file.

mod code;
mod control;
mod debug;
mod entry;
mod function;
mod memory;
mod object;
mod routines;
mod runner;
mod scalar;
mod types;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use cloudc_analysis::layout::Layouts;
use cloudc_frontend::index::IndexVec;
use cloudc_frontend::mir::FuncId;
use cloudc_frontend::mono::Program;
use cranelift_codegen::isa::{self, TargetIsa};
use cranelift_codegen::settings::{self, Configurable};
use rayon::prelude::*;

use crate::lower::lang;
use crate::reach::reachable;
use crate::{Build, Level, Settings, Target, TaskObject, TaskRequest};

use code::{Code, CodeCx};
use function::Maker;
use memory::Routine;

pub use runner::runner;

/// The machine code of a program's functions, each made when the first task needs it.
pub struct Functions {
    isa: Arc<dyn TargetIsa>,
    made: IndexVec<FuncId, OnceLock<Result<Code, String>>>,
    routines: [OnceLock<Result<Code, String>>; Routine::ALL.len()],
}

impl Functions {
    /// None made so far.
    ///
    /// # Errors
    /// A machine that Cranelift makes no code for.
    pub(crate) fn new(program: &Program, settings: &Settings<'_>) -> Result<Functions, String> {
        let isa = target_isa(settings.target, settings.level, settings.verify, settings.debug.is_some())?;
        let made = program.functions.iter().map(|_| OnceLock::new()).collect();
        Ok(Functions { isa, made, routines: [const { OnceLock::new() }; _] })
    }

    /// Makes those that are not yet made, on all cores.
    fn make(&self, build: &Build<'_>, program: &Program, needed: &[FuncId]) {
        let next = AtomicUsize::new(0);
        let workers = rayon::current_num_threads().min(needed.len());
        (0..workers).into_par_iter().for_each(|_| {
            let layouts = Layouts::new(program);
            let mut maker = Maker::new();
            while let Some(&func) = needed.get(next.fetch_add(1, Ordering::Relaxed)) {
                self.made[func].get_or_init(|| maker.function(self.cx(build, &layouts), &build.sites, func));
            }
        });
    }

    fn cx<'a>(&'a self, build: &Build<'_>, layouts: &'a Layouts<'a>) -> CodeCx<'a> {
        CodeCx::new(layouts, &*self.isa, build.settings.debug.is_some())
    }
}

/// Puts a task together.
pub(crate) fn compile(
    build: &Build<'_>,
    functions: &Functions,
    request: &TaskRequest<'_>,
) -> Result<TaskObject, String> {
    let program = request.program;
    let start = lang(program, "rt_start")?;
    let finish = lang(program, "rt_finish")?;
    let order = reachable(program, &[request.root, start, finish]);
    functions.make(build, program, &order);
    let layouts = Layouts::new(program);
    let mut maker = Maker::new();
    let entry = maker.entry(functions.cx(build, &layouts), request, [start, finish])?;
    let mut object = object::TaskObject::new(functions.isa.clone())?;
    for &func in &order {
        let name = &program.functions[func].name;
        // Names that people read only where somebody may; paths never collide with the entry and the like.
        match build.settings.debug {
            Some(_) if name.contains("::") => object.declare(func, name)?,
            Some(_) => object.declare(func, &format!("crate::{name}"))?,
            None => object.declare(func, &format!("f{}", func.0))?,
        }
    }
    object.define_entry(&entry)?;
    for &func in &order {
        match functions.made[func].get() {
            Some(Ok(code)) => object.define(func, code)?,
            Some(Err(why)) => return Err(why.clone()),
            None => return Err(format!("`{}` was not made", program.functions[func].name)),
        }
    }
    object.define_routines(|routine| {
        let made = &functions.routines[routine as usize];
        let code = made.get_or_init(|| Maker::new().routine(functions.cx(build, &layouts), routine));
        code.as_ref().map_err(String::clone)
    })?;
    let sites = std::mem::take(&mut object.failing);
    let bytes = object.finish(&build.settings, request.note, sites.len() as u32, &*functions.isa)?;
    Ok(TaskObject { bytes, sites, functions: order.len() })
}

fn target_isa(
    target: Target,
    level: Level,
    verify: bool,
    frames: bool,
) -> Result<Arc<dyn TargetIsa>, String> {
    let mut flags = settings::builder();
    let fixed = [
        ("opt_level", "speed"),
        ("is_pic", "false"),
        ("use_colocated_libcalls", "true"),
        ("enable_probestack", "true"),
        ("probestack_strategy", "inline"),
        // Describes frames beside the code, which stays the same.
        ("unwind_info", if frames { "true" } else { "false" }),
        // 128-bit integers as parameters and results.
        ("enable_llvm_abi_extensions", "true"),
        ("preserve_frame_pointers", "false"),
        ("enable_verifier", if verify { "true" } else { "false" }),
    ];
    for (name, value) in fixed {
        flags.set(name, value).map_err(|e| e.to_string())?;
    }
    let triple = target.triple().parse().map_err(|e| format!("{e}"))?;
    let mut builder = isa::lookup(triple).map_err(|e| e.to_string())?;
    if target == Target::X86_64 {
        if level < Level::V2 {
            return Err(format!("Cranelift needs {}; `--opt llvm` makes code for less", Level::V2.name()));
        }
        let v2 = ["has_sse3", "has_ssse3", "has_sse41", "has_sse42", "has_popcnt"];
        let v3 = ["has_avx", "has_avx2", "has_fma", "has_bmi1", "has_bmi2", "has_lzcnt"];
        let more = if level >= Level::V3 { &v3[..] } else { &[] };
        for feature in v2.iter().chain(more) {
            builder.enable(feature).map_err(|e| e.to_string())?;
        }
    }
    builder.finish(settings::Flags::new(flags)).map_err(|e| e.to_string())
}
