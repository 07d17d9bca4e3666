//! LLVM: MIR to machine code as fast as rustc's, in seconds instead of microseconds.
//!
//! The same files as in `clif` do the same jobs, and functions call each other in the same way: the run's state first,
//! then the address of a result that does not fit in registers, then the MIR parameters as machine values. What is
//! written is LLVM's textual form ([`ir`]); [`machine`] has LLVM read, optimise and assemble it, and is alone in
//! knowing inkwell.

mod attributes;
mod data;
mod debug;
mod entry;
mod function;
mod intrinsic;
mod ir;
mod machine;
mod memory;
mod place;
mod rvalue;
mod scalar;
mod terminator;
mod types;

use std::collections::HashMap;
use std::fmt::Write;

use cloudc_analysis::layout::Layouts;
use cloudc_frontend::mir::FuncId;
use cloudc_frontend::mono::Program;
use cloudc_frontend::source::Span;
use cloudc_frontend::symbol::Symbol;
use cloudc_frontend::ty::Ty;
use indexmap::{IndexMap, IndexSet};

use crate::reach::reachable;
use crate::{TaskObject, TaskRequest};

/// Everything shared by the functions of one task.
struct TaskCx<'a> {
    program: &'a Program,
    layouts: Layouts<'a>,
    /// The module so far.
    text: String,
    /// Read-only data by content, with the alignment it needs.
    data: IndexMap<Box<[u8]>, u64>,
    /// Failure sites by number.
    sites: IndexSet<Span>,
    /// Metadata by number; equal nodes are one.
    metadata: IndexSet<String>,
    /// Types of which it is known whether they change behind a shared reference.
    frozen: HashMap<Ty, bool>,
    /// What a debugger wants to know, if anybody asks.
    debug: Option<debug::Debug<'a>>,
}

pub(crate) fn compile(request: &TaskRequest<'_>) -> Result<TaskObject, String> {
    let (text, sites, functions) = write(request)?;
    let bytes = machine::assemble(&text, request)?;
    Ok(TaskObject { bytes, sites, functions })
}

/// The textual form of a task's module, before and after optimisation.
pub(crate) fn text(request: &TaskRequest<'_>) -> Result<[String; 2], String> {
    let (text, ..) = write(request)?;
    let optimised = machine::optimise(&text, request)?;
    Ok([text, optimised])
}

fn write(request: &TaskRequest<'_>) -> Result<(String, Vec<Span>, usize), String> {
    let program = request.program;
    let mut cx = TaskCx {
        program,
        layouts: Layouts::new(program),
        text: String::new(),
        data: IndexMap::new(),
        sites: IndexSet::new(),
        metadata: IndexSet::new(),
        frozen: HashMap::new(),
        debug: request.debug.map(debug::Debug::new),
    };
    cx.start_debug();
    let start = cx.lang("rt_start")?;
    let finish = cx.lang("rt_finish")?;
    let order = reachable(program, &[request.root, start, finish]);
    entry::define(&mut cx, request, [start, finish])?;
    for &func in &order {
        function::define(&mut cx, func)?;
    }
    cx.finish(request);
    cx.text.push('\n');
    cx.text.push_str(memory::ROUTINES);
    cx.text.push_str(attributes::GROUPS);
    cx.finish_debug();
    for (number, node) in cx.metadata.iter().enumerate() {
        // Writing to a string cannot fail.
        let _ = writeln!(cx.text, "!{number} = {node}");
    }
    Ok((cx.text, cx.sites.into_iter().collect(), order.len()))
}

impl TaskCx<'_> {
    /// A function of our std the back end calls by name.
    fn lang(&self, name: &str) -> Result<FuncId, String> {
        let found = self.program.lang_funcs.get(&Symbol::intern(name)).copied();
        found.ok_or_else(|| format!("the program has no function for lang item `{name}`"))
    }

    /// The number of a failure site.
    fn site(&mut self, span: Span) -> u32 {
        self.sites.insert_full(span).0 as u32
    }

    /// The number of a metadata node.
    fn metadata(&mut self, node: String) -> u32 {
        self.metadata.insert_full(node).0 as u32
    }
}
