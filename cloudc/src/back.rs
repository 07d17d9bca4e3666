//! Tasks to images and a manifest.
//!
//! A task that spawns another holds the name of its image, so tasks are compiled in rounds: first those that spawn none,
//! then those that spawn only finished ones. The tasks of a round are compiled in parallel.

use std::collections::BTreeMap;

use cloudc_abi::Name;
use cloudc_abi::code::{note_flag, slot};
use cloudc_analysis::tasks::{self, Form, Inferred, Port, Task, TaskId, TaskKind};
use cloudc_codegen::{Backend, Build, Level, Positions, Settings, Target, TaskNote, TaskRequest};
use cloudc_frontend::index::{Idx, IndexVec};
use cloudc_frontend::mono::Program;
use cloudc_frontend::source::{SourceMap, Span};
use cloudc_host::content_name;
use cloudc_host::manifest::{self, Manifest, Mode};
use cloudc_linker::{Input, Options};
use rayon::prelude::*;

use crate::args::{CodeArgs, Cpu, Optimizer};
use crate::front::Front;
use crate::program::NAMED;
use crate::stop::Stop;

/// A task as an image.
pub struct Built {
    /// Content name of the image.
    pub name: Name,
    /// The image.
    pub image: Vec<u8>,
    /// The object it was linked from.
    pub object: Vec<u8>,
    /// The source position each failure site stands for.
    pub sites: BTreeMap<u32, Span>,
    /// What its note says.
    pub note: TaskNote,
    /// What LLVM was given and what it made of it, if that was asked for.
    pub text: Option<[String; 2]>,
    /// The file a debugger loads beside the image, if it was asked for.
    pub debug: Option<Vec<u8>>,
}

/// What makes code, and for which machine.
#[derive(Clone, Copy, Debug)]
pub struct Code {
    /// The back end.
    pub backend: Backend,
    /// The machine.
    pub target: Target,
    /// What the machine can do, if it is x86-64.
    pub level: Level,
    /// Whether LLVM's view of each task is kept.
    pub keeps_text: bool,
}

impl Code {
    /// What the command line asks for, for this target.
    ///
    /// # Errors
    /// A back end that is not built in.
    pub fn asked(args: &CodeArgs, target: Target) -> Result<Code, Stop> {
        let backend = match args.opt {
            Optimizer::Clif => Backend::Clif,
            Optimizer::Llvm => Backend::Llvm,
        };
        if !cloudc_codegen::is_available(backend) {
            return Err(Stop::usage(
                "this cloudc was built without LLVM: install LLVM 19 (Debian: llvm-19-dev, libpolly-19-dev) and \
                 build with `--features llvm`, or use --opt clif",
            ));
        }
        let level = match args.cpu {
            Cpu::V1 => Level::V1,
            Cpu::V2 => Level::V2,
            Cpu::V3 => Level::V3,
            Cpu::V4 => Level::V4,
            Cpu::Native => {
                let here = cloudc_host::processor_isa();
                Level::ALL.into_iter().rfind(|level| *level as u32 <= here).unwrap_or_default()
            }
        };
        if backend == Backend::Clif && level < Level::V2 {
            return Err(Stop::usage("Cranelift makes no code for less than x86-64-v2; use --opt llvm"));
        }
        Ok(Code { backend, target, level, keeps_text: false })
    }

    /// The default, on this machine.
    pub fn here() -> Code {
        Code {
            backend: Backend::default(),
            target: Target::X86_64,
            level: Level::default(),
            keeps_text: false,
        }
    }
}

/// Stack of a task, as large as that of a program's main thread.
const STACK: u32 = 8 << 20;
/// Heap granted at entry; more comes on demand.
const HEAP: u64 = 16 << 10;

/// Compiles all tasks. The names of images are put into `program`.
///
/// # Errors
/// A limit of the back end.
pub fn build(
    program: &mut Program,
    inferred: &Inferred,
    code: Code,
    debug: Option<Positions<'_>>,
) -> Result<IndexVec<TaskId, Built>, String> {
    let Code { backend, target, level, keeps_text } = code;
    let settings = Settings { backend, target, level, verify: cfg!(debug_assertions), debug };
    let common = Build::new(program, settings)?;
    let mut built: Vec<Option<Built>> = inferred.tasks.iter().map(|_| None).collect();
    let mut waiting: Vec<TaskId> = inferred.tasks.indices().collect();
    while !waiting.is_empty() {
        let is_ready =
            |id: &TaskId| inferred.tasks[*id].spawns.iter().all(|s| built[s.task.index()].is_some());
        let (ready, later): (Vec<TaskId>, Vec<TaskId>) = waiting.into_iter().partition(is_ready);
        if ready.is_empty() {
            return Err("tasks spawn each other in a circle".to_string());
        }
        let shared = &*program;
        let done: Result<Vec<Built>, String> =
            ready.par_iter().map(|id| compile(&common, shared, &inferred.tasks[*id], keeps_text)).collect();
        let done = done?;
        let names: Vec<_> = ready.iter().zip(&done).map(|(id, task)| (*id, task.name.0)).collect();
        if !later.is_empty() {
            tasks::set_image_names(program, &names);
        }
        for (id, task) in ready.into_iter().zip(done) {
            built[id.index()] = Some(task);
        }
        waiting = later;
    }
    Ok(IndexVec::from_raw(built.into_iter().flatten().collect()))
}

fn compile(build: &Build<'_>, program: &Program, task: &Task, keeps_text: bool) -> Result<Built, String> {
    let note = note(program, task);
    let request = TaskRequest { program, root: task.root, note: &note };
    let text = keeps_text.then(|| build.llvm_text(&request)).transpose()?;
    let object = build.task(&request).map_err(|e| format!("task `{}`: {e}", task.name))?;
    let input = Input { name: &task.name, bytes: &object.bytes };
    let options = Options { want_debug: build.is_debugged(), ..Options::image("entry") };
    let linked = cloudc_linker::link(&options, &[input], &[]).map_err(|errors| {
        let list: Vec<String> = errors.iter().map(ToString::to_string).collect();
        format!("task `{}` cannot be linked: {}", task.name, list.join("; "))
    })?;
    Ok(Built {
        name: content_name(&linked.image),
        image: linked.image,
        debug: linked.debug,
        object: object.bytes,
        sites: object.sites,
        note,
        text,
    })
}

/// A Linux program that runs one image of the target.
///
/// # Errors
/// A mistake of ours.
pub fn runner(target: Target) -> Result<Vec<u8>, String> {
    let object = cloudc_codegen::clif::runner(target)?;
    let input = Input { name: "runner", bytes: &object };
    let linked = cloudc_linker::link(&Options::image("_start"), &[input], &[]).map_err(|errors| {
        let list: Vec<String> = errors.iter().map(ToString::to_string).collect();
        format!("the runner cannot be linked: {}", list.join("; "))
    })?;
    Ok(linked.image)
}

fn note(program: &Program, task: &Task) -> TaskNote {
    let spawns = !task.spawns.is_empty();
    let mut calls =
        1 << slot::GRANT | 1 << slot::COMMIT | 1 << slot::RELEASE | 1 << slot::FAIL | 1 << slot::LOG;
    let mut flags = 0;
    if spawns {
        calls |= 1 << slot::GET | 1 << slot::SPAWN | 1 << slot::BIND;
        flags |= note_flag::SPAWNS | note_flag::MAY_WAIT;
    }
    let named = task.kind == TaskKind::Program && crate::program::reads_named(program);
    let n_outputs = task.outputs.len() as u32 + u32::from(task.kind.is_entry());
    TaskNote {
        flags,
        calls,
        // What several runs share comes after the inputs proper.
        n_inputs: if named || !task.kind.is_entry() { u32::MAX } else { task.inputs.len() as u32 },
        n_outputs,
        stack: STACK,
        heap: HEAP,
        heap_max: 0,
        text_output: task.text_output,
        named_inputs: named.then_some(task.inputs.len() as u32),
        output_bounds: vec![u64::MAX; n_outputs as usize],
        manifest: signature(task).into_bytes(),
    }
}

/// What stands in the image: names and types, no positions.
fn signature(task: &Task) -> String {
    let ports = |ports: &[Port]| {
        let list: Vec<String> = ports.iter().map(|p| format!("{}: {}", p.name, p.ty)).collect();
        list.join(", ")
    };
    format!("({}) -> ({})", ports(&task.inputs), ports(&task.outputs))
}

/// The manifest of a program.
pub fn manifest(front: &Front, built: &IndexVec<TaskId, Built>, target: Target) -> Manifest {
    let mut entries = BTreeMap::new();
    let mut tasks = BTreeMap::new();
    for (id, task) in front.inferred.tasks.iter_enumerated() {
        let image = &built[id];
        let key = image.name.to_string();
        let inputs: Vec<manifest::Input> = task.inputs.iter().map(input).collect();
        let outputs: Vec<manifest::Output> = task.outputs.iter().map(output).collect();
        if task.kind.is_entry() {
            let mut inputs = inputs.clone();
            if image.note.named_inputs.is_some() {
                inputs.push(manifest::Input {
                    name: NAMED.to_string(),
                    ty: "args, stdin, files".to_string(),
                    mode: Mode::Names,
                    fingerprint: None,
                });
            }
            let entry = manifest::Entry { task: key.clone(), inputs, outputs: outputs.clone() };
            entries.insert(task.name.clone(), entry);
        }
        let spawns = task.spawns.iter().map(|s| manifest::Spawn {
            site: image.sites.iter().find(|(_, at)| **at == s.span).map_or(0, |(number, _)| *number),
            callee: built[s.task].name.to_string(),
            guard: s.guard.clone(),
            fan_out: (s.fan_out != "1").then(|| s.fan_out.clone()),
        });
        let note = manifest::NoteSummary {
            flags: image.note.flags,
            calls: image.note.calls,
            stack: image.note.stack,
            heap: image.note.heap,
            heap_max: image.note.heap_max,
        };
        tasks.insert(
            key,
            manifest::Task {
                name: task.name.clone(),
                image: image_file(task, image),
                note,
                inputs,
                outputs,
                spawns: spawns.collect(),
                cost: Some(task.work.clone()),
                effects: task.effects.names().into_iter().map(str::to_string).collect(),
                position: position(&front.sources, task.span, &front.source),
            },
        );
    }
    Manifest {
        format: manifest::FORMAT,
        compiler: format!("cloudc {}", env!("CARGO_PKG_VERSION")),
        target: target.triple().to_string(),
        entries,
        tasks,
        sites: Some("sites.json".to_string()),
    }
}

/// Path of a task's image, relative to the manifest.
pub fn image_file(task: &Task, built: &Built) -> String {
    let clean: String = task.name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    let short: String = clean.split('_').filter(|p| !p.is_empty()).collect::<Vec<_>>().join("_");
    let digest = built.name.to_string();
    format!("images/{}-{}.elf", &short[..short.len().min(60)], &digest[..12])
}

pub fn position(
    sources: &SourceMap,
    span: Span,
    program: &crate::sources::Program,
) -> Option<manifest::Position> {
    let (file, at) = (sources.files.get(span.file)?, sources.position(span)?);
    let file = program.unshown(&file.path);
    Some(manifest::Position { file, line: at.line, column: at.column })
}

/// The side file that maps failure sites to positions: for each image, `file:line:column` by number.
pub fn sites(front: &Front, built: &IndexVec<TaskId, Built>) -> BTreeMap<String, BTreeMap<u32, String>> {
    let shown = |span: &Span| {
        position(&front.sources, *span, &front.source)
            .map_or_else(String::new, |p| format!("{}:{}:{}", p.file, p.line, p.column))
    };
    let of =
        |sites: &BTreeMap<u32, Span>| sites.iter().map(|(number, span)| (*number, shown(span))).collect();
    built.iter().map(|b| (b.name.to_string(), of(&b.sites))).collect()
}

fn input(port: &Port) -> manifest::Input {
    manifest::Input {
        name: port.name.clone(),
        ty: port.ty.to_string(),
        mode: mode(port.form),
        fingerprint: None,
    }
}

fn output(port: &Port) -> manifest::Output {
    manifest::Output {
        name: port.name.clone(),
        ty: port.ty.to_string(),
        mode: mode(port.form),
        fingerprint: None,
        size: None,
    }
}

fn mode(form: Form) -> Mode {
    match form {
        Form::Literal => Mode::Literal,
        Form::Raw => Mode::Raw,
        Form::Record => Mode::Record,
        Form::Text => Mode::Text,
    }
}
