//! `cloudc graph`: the task graph of a program, or of one execution of it, as DOT, SVG, a page or JSON.
//!
//! [`picture`] says what is drawn, [`trace`] makes one of an execution, [`layout`] says where things go, [`svg`] and [`html`]
//! draw it.

mod html;
mod layout;
mod picture;
mod svg;
mod trace;

use cloudc_analysis::tasks;

use crate::args::{GraphArgs, GraphFormat};
use crate::front::{self, Wanted};
use crate::render::Style;
use crate::stop::{Stop, print};
use crate::timing::Timings;

/// Prints the graph.
pub fn graph(args: &GraphArgs, style: Style) -> Result<(), Stop> {
    let wanted = Wanted { tasks: Some(&args.run.tasks), hir: false };
    let (mut front, _) = front::compile(&args.run.source.path, wanted, style, &mut Timings::start())?;
    let traced = if args.trace { Some(trace::execute(&mut front, &args.run)?) } else { None };
    let picture = match &traced {
        Some(trace) => trace.picture(&front),
        None => picture::of_program(&front),
    };
    let text = match (args.format, &traced) {
        (GraphFormat::Dot, None) => tasks::graph::dot(&front.inferred, &front.sources, &front.source.name),
        (GraphFormat::Dot, Some(_)) => picture.dot(),
        (GraphFormat::Svg, _) => svg::draw(&picture, &layout::place(&picture)),
        (GraphFormat::Html, _) => html::page(&picture, &front),
        (GraphFormat::Json, Some(trace)) => json(&trace.json(&front))?,
        (GraphFormat::Json, None) => json(&picture)?,
    };
    print(text.as_bytes())
}

fn json(value: &impl serde::Serialize) -> Result<String, Stop> {
    let text = serde_json::to_string_pretty(value);
    text.map(|t| t + "\n").map_err(|e| Stop::world(format!("cannot write JSON: {e}")))
}
