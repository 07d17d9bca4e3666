//! `cloudc graph`: the task graph as DOT or SVG.

use std::io::Write;
use std::process::{Command, Stdio};

use cloudc_analysis::tasks;

use crate::args::{GraphArgs, GraphFormat};
use crate::front::{self, Wanted};
use crate::render::Style;
use crate::stop::{Stop, print};
use crate::timing::Timings;

/// Prints the graph.
pub fn graph(args: &GraphArgs, style: Style) -> Result<(), Stop> {
    let wanted = Wanted { tasks: Some(&args.tasks), hir: false };
    let (front, _) = front::compile(&args.source.path, wanted, style, &mut Timings::start())?;
    let dot = tasks::graph::dot(&front.inferred, &front.sources, &front.source.name);
    match args.format {
        GraphFormat::Dot => print(dot.as_bytes()),
        GraphFormat::Svg => print(&svg(&dot)?),
    }
}

fn svg(dot: &str) -> Result<Vec<u8>, Stop> {
    let spawned = Command::new("dot").arg("-Tsvg").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut child = spawned.map_err(|e| match e.kind() {
        std::io::ErrorKind::NotFound => Stop::world(
            "SVG needs Graphviz's `dot`, which is not installed; `--format dot` needs nothing (or: apt install graphviz)",
        ),
        _ => Stop::world(format!("cannot start `dot`: {e}")),
    })?;
    let failed = |e: std::io::Error| Stop::world(format!("`dot` failed: {e}"));
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(dot.as_bytes()).map_err(failed)?;
    }
    let output = child.wait_with_output().map_err(failed)?;
    if output.status.success() { Ok(output.stdout) } else { Err(Stop::world("`dot` failed")) }
}
