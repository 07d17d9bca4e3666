//! What is drawn: nodes with lines of text, edges between them, and where each node stands in the source.

use std::fmt::Write as _;

use cloudc_analysis::tasks::{Task, TaskKind};
use cloudc_frontend::source::Span;
use serde::Serialize;

use crate::front::Front;

/// A picture.
#[derive(Debug, Default, Serialize)]
pub struct Picture {
    /// What it shows.
    pub title: String,
    /// Its nodes; edges name them by position.
    pub nodes: Vec<Node>,
    /// Its edges.
    pub edges: Vec<Edge>,
}

/// What a node is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// What a host is asked for.
    Entry,
    /// A call.
    Call,
    /// Parts of a loop.
    Loop,
    /// An input or output.
    Object,
}

/// A node.
#[derive(Debug, Serialize)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// Its text, the name first.
    pub lines: Vec<String>,
    /// Where it stands: file and line.
    pub at: Option<(String, usize)>,
    /// It prints, or depends on the world outside.
    pub effect: bool,
    /// It is on the longest chain.
    pub critical: bool,
}

/// An edge.
#[derive(Debug, Serialize)]
pub struct Edge {
    /// The node it comes from.
    pub from: usize,
    /// The node it leads to.
    pub to: usize,
    /// Its text.
    pub label: String,
    /// It is taken only if a guard says so.
    pub guarded: bool,
    /// It is on the longest chain.
    pub critical: bool,
}

impl Edge {
    /// An edge that is always taken.
    pub fn new(from: usize, to: usize) -> Edge {
        Edge { from, to, label: String::new(), guarded: false, critical: false }
    }
}

/// File and line of a span.
pub fn position(front: &Front, span: Span) -> Option<(String, usize)> {
    let file = front.sources.files.get(span.file)?;
    Some((file.path.clone(), front.sources.position(span)?.line as usize))
}

/// The node of a task.
pub fn task_node(front: &Front, task: &Task, mut lines: Vec<String>) -> Node {
    let kind = match task.kind {
        TaskKind::Entry | TaskKind::Program => Kind::Entry,
        TaskKind::Leaf => Kind::Call,
        TaskKind::Range => Kind::Loop,
    };
    lines.insert(0, task.name.clone());
    let effect = task.effects.emits || task.effects.ingress;
    Node { kind, lines, at: position(front, task.span), effect, critical: false }
}

/// The static graph: which tasks ask for which.
pub fn of_program(front: &Front) -> Picture {
    let mut picture = Picture { title: front.source.name.clone(), ..Picture::default() };
    for task in front.inferred.tasks.iter() {
        let at = front.sources.show(task.span);
        picture.nodes.push(task_node(front, task, vec![at, format!("work {}", task.work)]));
    }
    for (id, task) in front.inferred.tasks.iter_enumerated() {
        let node = id.0 as usize;
        if task.kind.is_entry() {
            for (port, is_input) in
                task.inputs.iter().map(|p| (p, true)).chain(task.outputs.iter().map(|p| (p, false)))
            {
                let object = picture.nodes.len();
                picture.nodes.push(Node {
                    kind: Kind::Object,
                    lines: vec![format!("{}: {}", port.name, port.ty)],
                    at: None,
                    effect: false,
                    critical: false,
                });
                let (from, to) = if is_input { (object, node) } else { (node, object) };
                picture.edges.push(Edge::new(from, to));
            }
        }
        for spawn in &task.spawns {
            picture.edges.push(Edge {
                label: match &spawn.guard {
                    Some(guard) => format!("{}, if {guard}", spawn.fan_out),
                    None => spawn.fan_out.clone(),
                },
                guarded: spawn.guard.is_some(),
                ..Edge::new(node, spawn.task.0 as usize)
            });
        }
    }
    picture
}

impl Picture {
    /// As Graphviz DOT.
    pub fn dot(&self) -> String {
        let mut out =
            format!("digraph {} {{\n  rankdir=LR;\n  node [fontname=\"sans-serif\"];\n", quoted(&self.title));
        for (n, node) in self.nodes.iter().enumerate() {
            let shape = match node.kind {
                Kind::Entry => "box, peripheries=2",
                Kind::Call => "box",
                Kind::Loop => "box3d",
                Kind::Object => "ellipse",
            };
            let color = if node.critical { ", penwidth=2.5, color=darkorange" } else { "" };
            // Writing to a string cannot fail.
            let _ = writeln!(out, "  n{n} [shape={shape}, label={}{color}];", quoted(&node.lines.join("\n")));
        }
        for edge in &self.edges {
            let mut style = String::new();
            style.push_str(if edge.guarded { ", style=dotted" } else { "" });
            style.push_str(if edge.critical { ", penwidth=2.5, color=darkorange" } else { "" });
            let _ = writeln!(out, "  n{} -> n{} [label={}{style}];", edge.from, edge.to, quoted(&edge.label));
        }
        out + "}\n"
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}
