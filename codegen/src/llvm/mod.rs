//! LLVM: MIR to machine code as fast as rustc's, in seconds instead of microseconds.
//!
//! The same files as in `clif` do the same jobs. What is written is LLVM's textual form ([`ir`]); [`machine`] has LLVM
//! read, optimise and assemble it, and is alone in knowing inkwell.

mod attributes;
mod control;
mod data;
mod debug;
mod entry;
mod function;
mod ir;
mod machine;
mod memory;
mod scalar;

use std::collections::HashMap;
use std::fmt::Write;

use cloudc_analysis::layout::{Abi, Layouts};
use cloudc_frontend::mono::Program;
use cloudc_frontend::ty::Ty;
use indexmap::{IndexMap, IndexSet};

use crate::lower::{Failing, lang};
use crate::reach::reachable;
use crate::{Build, TaskObject, TaskRequest};

/// Everything shared by the functions of one task.
struct TaskCx<'a> {
    program: &'a Program,
    layouts: &'a Layouts<'a>,
    /// The module so far.
    text: String,
    /// Read-only data by content, with the alignment it needs.
    data: IndexMap<Box<[u8]>, u64>,
    /// Metadata by number; equal nodes are one.
    metadata: IndexSet<String>,
    /// Types of which it is known whether they change behind a shared reference.
    frozen: HashMap<Ty, bool>,
    /// What a debugger wants to know, if anybody asks.
    debug: Option<debug::Debug<'a>>,
}

pub(crate) fn compile(build: &Build<'_>, request: &TaskRequest<'_>) -> Result<TaskObject, String> {
    let (text, sites, functions) = write(build, request)?;
    let bytes = machine::assemble(&text, &build.settings)?;
    Ok(TaskObject { bytes, sites, functions })
}

/// The textual form of a task's module, before and after optimisation.
pub(crate) fn text(build: &Build<'_>, request: &TaskRequest<'_>) -> Result<[String; 2], String> {
    let (text, ..) = write(build, request)?;
    let optimised = machine::optimise(&text, &build.settings)?;
    Ok([text, optimised])
}

fn write(build: &Build<'_>, request: &TaskRequest<'_>) -> Result<(String, Failing, usize), String> {
    let program = request.program;
    let layouts = Layouts::new(program);
    let mut failing = Failing::new();
    let mut cx = TaskCx {
        program,
        layouts: &layouts,
        text: String::new(),
        data: IndexMap::new(),
        metadata: IndexSet::new(),
        frozen: HashMap::new(),
        debug: build.settings.debug.map(debug::Debug::new),
    };
    cx.start_debug();
    let start = lang(program, "rt_start")?;
    let finish = lang(program, "rt_finish")?;
    let order = reachable(program, &[request.root, start, finish]);
    entry::define(&mut cx, request, [start, finish])?;
    for &func in &order {
        failing.append(&mut function::define(&mut cx, &build.sites, func)?);
    }
    cx.finish(&build.settings, request.note, failing.len() as u32);
    cx.text.push('\n');
    cx.text.push_str(memory::ROUTINES);
    cx.text.push_str(attributes::GROUPS);
    cx.finish_debug();
    for (number, node) in cx.metadata.iter().enumerate() {
        // Writing to a string cannot fail.
        let _ = writeln!(cx.text, "!{number} = {node}");
    }
    Ok((cx.text, failing, order.len()))
}

impl TaskCx<'_> {
    /// The shape of a value of this type.
    fn abi(&self, ty: Ty) -> Abi {
        self.layouts.of(ty).abi
    }

    /// The number of a metadata node.
    fn metadata(&mut self, node: String) -> u32 {
        self.metadata.insert_full(node).0 as u32
    }
}
