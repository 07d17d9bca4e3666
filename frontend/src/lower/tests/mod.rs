//! Source text in, MIR text or messages out.

mod borrows;
mod drops;
mod errors;
mod expressions;
mod matches;
mod mini_std;
mod patterns;

use super::built_bodies;
use crate::ast;
use crate::diag::{DiagSink, Severity};
use crate::hir::DefId;
use crate::mir::print::print_body;
use crate::mir::validate::validate_body;
use crate::resolve::resolve;
use crate::source::{InMemoryTree, SourceMap};
use crate::ty::tcx::Tcx;

/// Lowers all bodies of a program: MIR by name, and messages, a line each, labels indented.
fn lowered(source: &str) -> (Vec<(String, String)>, Vec<String>) {
    let tree = InMemoryTree(vec![
        ("std/lib.rs".to_string(), mini_std::MINI_STD.to_string()),
        ("main.rs".to_string(), source.to_string()),
    ]);
    let diag = DiagSink::default();
    let mut sources = SourceMap::default();
    let std_options = ast::ParseOptions { is_std: true, ..Default::default() };
    let std = ast::parse_crate(&mut sources, &tree, "std/lib.rs", "std", std_options, &diag);
    let main = ast::parse_crate(&mut sources, &tree, "main.rs", "main", ast::ParseOptions::default(), &diag);
    let hir = resolve(vec![std, main], &diag);
    let tcx = Tcx::new(&hir, &diag);
    let defs: Vec<DefId> = hir.def_ids().collect();
    let mut bodies = Vec::new();
    for def in defs {
        if hir.def(def).krate.0 == 0 || hir.body_id_of(def).is_none() {
            continue;
        }
        let Ok(owned) = built_bodies(&tcx, def) else { continue };
        for body in [&owned.main].into_iter().chain(owned.closures.values()).chain(&owned.promoted) {
            let invalid = validate_body(None, body);
            assert!(invalid.is_empty(), "{}\n{}", invalid.join("\n"), print_body(None, body));
            bodies.push((body.name.trim_start_matches("main::").to_string(), print_body(None, body)));
        }
    }
    let mut lines = Vec::new();
    for d in diag.take() {
        let at = sources.position(d.span).map_or("?".to_string(), |p| format!("{}:{}", p.line, p.column));
        let kind = if d.severity == Severity::Error { d.code } else { "warning" };
        lines.push(format!("{at} {kind} {}", d.message));
        lines.extend(d.labels.iter().map(|(span, text)| {
            let at = sources.position(*span).map_or("?".to_string(), |p| format!("{}:{}", p.line, p.column));
            format!("    {at} {text}")
        }));
    }
    (bodies, lines)
}

/// The MIR of one body of a program without errors.
#[track_caller]
fn mir_of(source: &str, name: &str) -> String {
    let (bodies, messages) = lowered(source);
    assert!(messages.is_empty(), "{}", messages.join("\n"));
    match bodies.iter().find(|b| b.0 == name) {
        Some((_, text)) => text.clone(),
        None => panic!("no body `{name}` among {:?}", bodies.iter().map(|b| &b.0).collect::<Vec<_>>()),
    }
}

/// Checks that the MIR of a body has these lines, in this order, other lines between them or not.
#[track_caller]
fn check_lines(source: &str, name: &str, expected: &[&str]) {
    let text = mir_of(source, name);
    let mut lines = text.lines();
    for want in expected {
        assert!(lines.any(|l| l.contains(want)), "`{want}` is not in its place in\n{text}");
    }
}

/// Checks that the MIR of a body has a text this many times.
#[track_caller]
fn check_count(source: &str, name: &str, text: &str, count: usize) {
    let mir = mir_of(source, name);
    assert!(mir.matches(text).count() == count, "`{text}` is not there {count} times in\n{mir}");
}

/// A program without errors or warnings.
#[track_caller]
fn check_accepted(source: &str) {
    let (_, messages) = lowered(source);
    assert!(messages.is_empty(), "{}", messages.join("\n"));
}

/// The messages for a program with errors.
#[track_caller]
fn check_errors(source: &str, expected: &str) {
    let (_, messages) = lowered(source);
    let messages = messages.join("\n");
    let expected = expected.trim_start_matches('\n').trim_end();
    let indent = expected.len() - expected.trim_start().len();
    let lines = expected.lines().map(|l| l.get(indent..).unwrap_or(l.trim_start()));
    let expected = lines.collect::<Vec<_>>().join("\n");
    assert!(messages == expected, "found:\n{messages}\n\nexpected:\n{expected}");
}
