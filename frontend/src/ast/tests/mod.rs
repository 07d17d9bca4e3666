//! Tests of the whole module through [`super::parse_crate`].

mod errors;
mod expansion;
mod hostile;
mod macros;
mod modules;

use super::{ParseOptions, parse_crate, print};
use crate::diag::{DiagSink, Severity};
use crate::source::{InMemoryTree, SourceMap};

/// Parses files (the first is the root); gives the printed tree and the messages as `line:column: message`.
fn parse_files(files: &[(&str, &str)], options: ParseOptions) -> (String, Vec<String>) {
    let tree = InMemoryTree(files.iter().map(|(p, t)| (p.to_string(), t.to_string())).collect());
    let (mut sources, diag) = (SourceMap::default(), DiagSink::default());
    let krate = parse_crate(&mut sources, &tree, files[0].0, "main", options, &diag);
    let messages = diag.take().into_iter().filter(|d| d.severity != Severity::Remark).map(|d| {
        let place = sources.show(d.span);
        let place = place.strip_prefix("main.rs:").unwrap_or(&place).to_string();
        let code = if d.code.is_empty() { String::new() } else { format!("[{}] ", d.code) };
        format!("{place}: {code}{}", d.message)
    });
    (print::print_crate(&krate), messages.collect())
}

/// What the source is printed as; it must have no errors.
#[track_caller]
fn printed(source: &str) -> String {
    let (text, messages) = parse_files(&[("main.rs", source)], ParseOptions::default());
    assert_eq!(messages, Vec::<String>::new(), "{text}");
    text
}

/// The source is printed as `expected`, leading and trailing blank lines aside.
#[track_caller]
fn check(source: &str, expected: &str) {
    let text = printed(source);
    assert_eq!(text.trim(), expected.trim(), "\n{text}");
}

/// The body of `fn f() { … }` is printed as `expected`.
#[track_caller]
fn check_body(body: &str, expected: &str) {
    let text = printed(&format!("fn f() {{ {body} }}"));
    let text = text.trim().trim_start_matches("fn f() {").trim_end_matches('}').trim();
    let text: Vec<&str> = text.lines().map(|line| line.strip_prefix("    ").unwrap_or(line)).collect();
    assert_eq!(text.join("\n"), expected.trim(), "\n{}", text.join("\n"));
}

/// The source gives exactly these messages.
#[track_caller]
fn check_errors(source: &str, expected: &[&str]) {
    let (_, messages) = parse_files(&[("main.rs", source)], ParseOptions::default());
    assert_eq!(messages, expected);
}
