//! The image's entry: sets up the run's state on the stack, runs the task, hands over what it printed.

use std::fmt::Write;

use cloudc_frontend::mir::{FuncId, Local};

use super::TaskCx;
use crate::TaskRequest;

/// Defines `entry(cx: *const Ctx) -> i64` (`docs/abi.md` §4).
pub(super) fn define(
    cx: &mut TaskCx<'_>,
    request: &TaskRequest<'_>,
    [start, finish]: [FuncId; 2],
) -> Result<(), String> {
    let state_ty = cx.program.functions[start].body.locals[Local(1)].ty;
    let Some((state_ty, _)) = state_ty.builtin_deref() else {
        return Err("the first parameter of `rt_start` points to the run's state".to_string());
    };
    let state = cx.layouts.of(state_ty);
    let text = request.note.text_output.map_or(-1, i64::from);
    let named = request.note.named_inputs.map_or(-1, i64::from);
    // The state is both the hidden first parameter and the first declared one.
    let all = ["ptr %rt", "ptr %rt", "ptr %cx", &format!("i64 {text}"), &format!("i64 {named}")];
    let started = &all[..(cx.program.functions[start].body.arg_count + 1).min(all.len())];
    let location = cx.entry_location().map_or_else(String::new, |n| format!(", !dbg !{n}"));
    let scope = cx.entry_scope().map_or_else(String::new, |n| format!("!dbg !{n} "));
    // Writing to a string cannot fail.
    let _ = write!(
        cx.text,
        "
define i64 @entry(ptr %cx) #0 {scope}{{
  %rt = alloca [{size} x i8], align {align}
  call void @f{start}({started}){location}
  call void @f{root}(ptr %rt){location}
  call void @f{finish}(ptr %rt){location}
  ret i64 0{location}
}}
",
        size = state.size,
        align = state.align,
        start = start.0,
        started = started.join(", "),
        root = request.root.0,
        finish = finish.0,
    );
    Ok(())
}
