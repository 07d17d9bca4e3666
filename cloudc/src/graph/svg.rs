//! A placed picture as SVG.

use std::fmt::Write as _;

use super::layout::{Area, Layout};
use super::picture::{Kind, Node, Picture};

const STYLE: &str = "text{font:12px ui-monospace,Menlo,monospace;fill:#222}.name{font-weight:bold}\
    .node rect,.node ellipse{fill:#fff;stroke:#456}.loop rect{fill:#eef4fb}.entry rect{fill:#fdf6e3}\
    .effect rect{stroke:#b22}.critical rect{stroke:#d70;stroke-width:2.5}\
    path{fill:none;stroke:#678}.critical-edge{stroke:#d70;stroke-width:2.5}\
    .guarded{stroke-dasharray:3 3}.label{font-size:10px;fill:#567}";

/// Draws it.
pub fn draw(picture: &Picture, layout: &Layout) -> String {
    let (w, h) = (layout.width.max(40.0), layout.height.max(40.0));
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w:.0}\" height=\"{h:.0}\" viewBox=\"0 0 {w:.0} {h:.0}\">\n\
         <title>{}</title>\n<style>{STYLE}</style>\n<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" \
         markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0 8 4 0 8z\" style=\"fill:#678\"/></marker></defs>\n\
         <g id=\"all\">\n",
        escaped(&picture.title)
    );
    for (edge, points) in picture.edges.iter().zip(&layout.edges) {
        let mut class = String::from("edge");
        class.push_str(if edge.guarded { " guarded" } else { "" });
        class.push_str(if edge.critical { " critical-edge" } else { "" });
        // Writing to a string cannot fail.
        let _ = writeln!(out, "<path class=\"{class}\" marker-end=\"url(#tip)\" d=\"{}\"/>", curve(points));
        if let ([.., a, b], false) = (&points[..], edge.label.is_empty()) {
            let (x, y) = ((a.0 + b.0) / 2.0, (a.1 + b.1) / 2.0 - 4.0);
            let label = escaped(&shortened(&edge.label));
            let full = escaped(&edge.label);
            let _ = writeln!(
                out,
                "<text class=\"label\" x=\"{x:.0}\" y=\"{y:.0}\" text-anchor=\"middle\">{label}<title>{full}</title></text>"
            );
        }
    }
    for (n, (node, area)) in picture.nodes.iter().zip(&layout.nodes).enumerate() {
        draw_node(&mut out, n, node, *area);
    }
    out + "</g>\n</svg>\n"
}

fn draw_node(out: &mut String, n: usize, node: &Node, a: Area) {
    let kind = match node.kind {
        Kind::Entry => "entry",
        Kind::Call => "call",
        Kind::Loop => "loop",
        Kind::Object => "object",
    };
    let effect = if node.effect { " effect" } else { "" };
    let critical = if node.critical { " critical" } else { "" };
    let _ = writeln!(out, "<g class=\"node {kind}{effect}{critical}\" data-node=\"{n}\">");
    let rect = |out: &mut String, d: f64| {
        let _ = writeln!(
            out,
            "<rect x=\"{:.0}\" y=\"{:.0}\" width=\"{:.0}\" height=\"{:.0}\" rx=\"4\"/>",
            a.x + d,
            a.y + d,
            a.width,
            a.height
        );
    };
    match node.kind {
        Kind::Object => {
            let (rx, ry) = (a.width / 2.0, a.height / 2.0);
            let _ = writeln!(
                out,
                "<ellipse cx=\"{:.0}\" cy=\"{:.0}\" rx=\"{rx:.0}\" ry=\"{ry:.0}\"/>",
                a.x + rx,
                a.y + ry
            );
        }
        // Many runs: a second sheet behind the first.
        Kind::Loop => {
            rect(out, 4.0);
            rect(out, 0.0);
        }
        Kind::Entry | Kind::Call => rect(out, 0.0),
    }
    for (i, line) in node.lines.iter().enumerate() {
        let class = if i == 0 { " class=\"name\"" } else { "" };
        let (x, y) = (a.x + a.width / 2.0, a.y + 18.0 + 17.0 * i as f64);
        let _ = writeln!(
            out,
            "<text{class} x=\"{x:.0}\" y=\"{y:.0}\" text-anchor=\"middle\">{}</text>",
            escaped(line)
        );
    }
    out.push_str("</g>\n");
}

/// A line through the points, bent so that it leaves and enters nodes sideways.
fn curve(points: &[(f64, f64)]) -> String {
    let mut path = String::new();
    for (i, p) in points.iter().enumerate() {
        if i == 0 {
            path = format!("M{:.0} {:.0}", p.0, p.1);
            continue;
        }
        let from = points[i - 1];
        let middle = (from.0 + p.0) / 2.0;
        let _ = write!(path, " C{middle:.0} {:.0} {middle:.0} {:.0} {:.0} {:.0}", from.1, p.1, p.0, p.1);
    }
    path
}

fn shortened(label: &str) -> String {
    if label.chars().count() <= 18 {
        return label.to_string();
    }
    label.chars().take(17).chain(['…']).collect()
}

/// Text as XML.
pub fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}
