//! The task graph as a picture: Graphviz DOT.
//!
//! A box is a task that runs to its end, a 3-D box a loop in chunks, a double box an entry; an ellipse is an input or
//! output; a dotted edge has a guard.

use std::fmt::Write;

use cloudc_frontend::source::SourceMap;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

use super::{Inferred, Task, TaskKind};

/// A node of the picture.
enum Node<'a> {
    Task(&'a Task),
    Object { label: String },
}

/// An edge of the picture.
struct Edge {
    label: String,
    guarded: bool,
}

/// The static task graph of a program.
pub fn dot(inferred: &Inferred, sources: &SourceMap, name: &str) -> String {
    let mut graph: DiGraph<Node<'_>, Edge> = DiGraph::new();
    let tasks: Vec<NodeIndex> = inferred.tasks.iter().map(|t| graph.add_node(Node::Task(t))).collect();
    for (id, task) in inferred.tasks.iter_enumerated() {
        let node = tasks[id.0 as usize];
        if task.kind.is_entry() {
            for port in &task.inputs {
                let object = graph.add_node(Node::Object { label: format!("{}: {}", port.name, port.ty) });
                graph.add_edge(object, node, Edge { label: String::new(), guarded: false });
            }
            for port in &task.outputs {
                let object = graph.add_node(Node::Object { label: format!("{}: {}", port.name, port.ty) });
                graph.add_edge(node, object, Edge { label: String::new(), guarded: false });
            }
        }
        for spawn in &task.spawns {
            let label = match &spawn.guard {
                Some(guard) => format!("{}, if {guard}", spawn.fan_out),
                None => spawn.fan_out.clone(),
            };
            let edge = Edge { label, guarded: spawn.guard.is_some() };
            graph.add_edge(node, tasks[spawn.task.0 as usize], edge);
        }
    }
    print(&graph, sources, name)
}

fn print(graph: &DiGraph<Node<'_>, Edge>, sources: &SourceMap, name: &str) -> String {
    let mut out = format!("digraph {} {{\n  rankdir=LR;\n  node [fontname=\"sans-serif\"];\n", quoted(name));
    for index in graph.node_indices() {
        let n = index.index();
        let line = match &graph[index] {
            Node::Object { label } => format!("  n{n} [shape=ellipse, label={}];", quoted(label)),
            Node::Task(task) => {
                let shape = match task.kind {
                    TaskKind::Entry | TaskKind::Program => "box, peripheries=2",
                    TaskKind::Leaf => "box",
                    TaskKind::Range => "box3d",
                };
                let color = if task.effects.emits || task.effects.ingress { ", color=firebrick" } else { "" };
                let label = format!("{}\n{}\nwork {}", task.name, sources.show(task.span), task.work);
                format!("  n{n} [shape={shape}, label={}{color}];", quoted(&label))
            }
        };
        out.push_str(&line);
        out.push('\n');
    }
    for edge in graph.edge_references() {
        let style = if edge.weight().guarded { ", style=dotted" } else { "" };
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "  n{} -> n{} [label={}{style}];",
            edge.source().index(),
            edge.target().index(),
            quoted(&edge.weight().label)
        );
    }
    out.push_str("}\n");
    out
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}
