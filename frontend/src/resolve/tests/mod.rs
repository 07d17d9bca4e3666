//! Source text in, HIR text or messages out.

mod bodies;
mod errors;
mod imports;
mod items;
mod mini_std;
mod mutations;

use super::resolve;
use crate::ast;
use crate::diag::DiagSink;
use crate::hir::{CrateId, Hir, print};
use crate::index::Idx;
use crate::source::{InMemoryTree, SourceMap};

/// Resolves a program against the small std: the result, and the messages, a line each, with their helps indented.
fn resolved(source: &str) -> (Hir, Vec<String>) {
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
    let mut lines = Vec::new();
    for d in diag.take() {
        let at = sources.position(d.span).map_or("?".to_string(), |p| format!("{}:{}", p.line, p.column));
        lines.push(format!("{at} {} {}", d.code, d.message));
        lines.extend(d.helps.iter().map(|help| format!("    {help}")));
    }
    (hir, lines)
}

/// The HIR of a program without errors.
#[track_caller]
fn check(source: &str, expected: &str) {
    let (hir, messages) = resolved(source);
    assert!(messages.is_empty(), "{}", messages.join("\n"));
    let text = print::print_crate(&hir, CrateId::new(1));
    let (text, expected) = (text.trim(), unindent(expected));
    assert!(text == expected, "found:\n{text}\n\nexpected:\n{expected}");
}

/// The messages for a program with errors.
#[track_caller]
fn check_errors(source: &str, expected: &str) {
    let (hir, messages) = resolved(source);
    let (messages, expected) = (messages.join("\n"), unindent(expected));
    assert!(messages == expected, "found:\n{messages}\n\nexpected:\n{expected}");
    // What is left must still be whole.
    print::print_crate(&hir, CrateId::new(1));
}

/// Without the first line's indentation, taken off all lines.
fn unindent(text: &str) -> String {
    let text = text.trim_start_matches('\n').trim_end();
    let indent = text.len() - text.trim_start().len();
    let lines = text.lines().map(|line| line.get(indent..).unwrap_or(line.trim_start()));
    lines.collect::<Vec<_>>().join("\n")
}
