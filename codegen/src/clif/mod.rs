//! Cranelift: MIR to machine code in microseconds.
//!
//! [`FnCx`](function::FnCx) is what `lower` is given: `function` has its constants and variables, `scalar`, `memory` and
//! `control` the rest, each trait in its file.

mod control;
mod data;
mod debug;
mod entry;
mod function;
mod memory;
mod routines;
mod runner;
mod scalar;
mod types;

use std::collections::HashMap;
use std::rc::Rc;

use cloudc_analysis::layout::Layouts;
use cloudc_frontend::mir::{Body, FuncId};
use cloudc_frontend::mono::Program;
use cranelift_codegen::isa::TargetIsa;
use cranelift_codegen::settings::{self, Configurable};
use cranelift_codegen::{Context, ir, isa};
use cranelift_frontend::FunctionBuilderContext;
use cranelift_module::{Linkage, Module, ModuleError};
use cranelift_object::{ObjectBuilder, ObjectModule};

use crate::lower::{Signature, Sites, lang};
use crate::reach::reachable;
use crate::{Level, Target, TaskObject, TaskRequest};

pub use runner::runner;

/// Everything shared by the functions of one task.
struct TaskCx<'a> {
    program: &'a Program,
    layouts: &'a Layouts<'a>,
    module: ObjectModule,
    /// Cranelift's name of each function of the task.
    functions: HashMap<FuncId, cranelift_module::FuncId>,
    /// Read-only data by content.
    data: HashMap<(Rc<[u8]>, u64), cranelift_module::DataId>,
    /// `memcpy` and its kind, once needed.
    memory: HashMap<memory::Routine, cranelift_module::FuncId>,
    /// What a debugger wants to know, if anybody asks.
    debug: Option<debug::Debug>,
}

pub(crate) fn compile(request: &TaskRequest<'_>) -> Result<TaskObject, String> {
    let isa = target_isa(request.target, request.level, request.verify, request.debug.is_some())?;
    let builder = ObjectBuilder::new(isa, "task", cranelift_module::default_libcall_names());
    let mut builder = builder.map_err(|e| e.to_string())?;
    builder.per_function_section(true).per_data_object_section(true);
    let program = request.program;
    let layouts = Layouts::new(program);
    let mut sites = Sites::new();
    let mut cx = TaskCx {
        program,
        layouts: &layouts,
        module: ObjectModule::new(builder),
        functions: HashMap::new(),
        data: HashMap::new(),
        memory: HashMap::new(),
        debug: request.debug.map(|_| debug::Debug::default()),
    };
    let start = lang(program, "rt_start")?;
    let finish = lang(program, "rt_finish")?;
    let order = reachable(program, &[request.root, start, finish]);
    for &func in &order {
        let function = &program.functions[func];
        let signature = cx.machine_signature(&Signature::of_body(&layouts, &function.body));
        // Names that people read only where somebody may; paths never collide with the entry and the like.
        let name = match request.debug {
            Some(_) if function.name.contains("::") => function.name.clone(),
            Some(_) => format!("crate::{}", function.name),
            None => format!("f{}", func.0),
        };
        let id = cx.module.declare_function(&name, Linkage::Local, &signature);
        cx.functions.insert(func, id.map_err(|e| e.to_string())?);
    }
    let mut context = cx.module.make_context();
    let mut builder_context = FunctionBuilderContext::new();
    let entry = entry::define(&mut cx, request, [start, finish], &mut context, &mut builder_context)?;
    for &func in &order {
        function::define(&mut cx, &mut sites, func, &mut context, &mut builder_context)?;
    }
    memory::define_used(&mut cx, &mut context, &mut builder_context)?;
    let functions = order.len();
    let bytes = data::finish(cx, request, entry, sites.len() as u32)?;
    Ok(TaskObject { bytes, sites: sites.into_iter().collect(), functions })
}

fn target_isa(
    target: Target,
    level: Level,
    verify: bool,
    frames: bool,
) -> Result<std::sync::Arc<dyn TargetIsa>, String> {
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

impl TaskCx<'_> {
    fn define(
        &mut self,
        id: cranelift_module::FuncId,
        context: &mut Context,
        name: &str,
        body: Option<&Body>,
    ) -> Result<(), String> {
        let result = self.module.define_function(id, context);
        if let Some(debug) = &mut self.debug {
            let abi = |ty| self.layouts.of(ty).abi;
            debug.note(id, name, body, abi, context, self.module.isa());
        }
        self.module.clear_context(context);
        result.map_err(|e| match e {
            ModuleError::Compilation(e) => format!("the back end refused `{name}`: {e}"),
            other => format!("the back end refused `{name}`: {other}"),
        })
    }

    /// A reference to a function of the module, bound within the image.
    fn reference(&mut self, id: cranelift_module::FuncId, function: &mut ir::Function) -> ir::FuncRef {
        let reference = self.module.declare_func_in_func(id, function);
        function.dfg.ext_funcs[reference].colocated = true;
        reference
    }
}
