//! Source text in, types or messages out, against the real std.

mod errors;
mod programs;
mod std_bodies;

use std::path::Path;

use super::check_crate;
use crate::ast;
use crate::diag::DiagSink;
use crate::hir::CrateId;
use crate::index::Idx;
use crate::resolve::resolve;
use crate::source::{InMemoryTree, SourceMap};
use crate::ty::Tcx;

/// The text of our std: pairs of path and text.
fn std_sources() -> Vec<(String, String)> {
    fn add(dir: &Path, prefix: &str, out: &mut Vec<(String, String)>) {
        let mut entries: Vec<_> =
            std::fs::read_dir(dir).expect("the folder of std").map(|e| e.expect("an entry").path()).collect();
        entries.sort();
        for path in entries {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            if path.is_dir() {
                add(&path, &format!("{prefix}{name}/"), out);
            } else if name.ends_with(".rs") {
                let text = std::fs::read_to_string(&path).expect("UTF-8");
                out.push((format!("{prefix}{name}"), text));
            }
        }
    }
    let mut out = Vec::new();
    add(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime-stubs/std"), "std/", &mut out);
    out
}

/// Checks a program; then looks at the context and the messages so far.
fn with_program<R>(source: &str, look: impl FnOnce(&Tcx<'_>, &DiagSink, &SourceMap) -> R) -> R {
    let mut files = std_sources();
    files.push(("main.rs".to_string(), source.to_string()));
    let tree = InMemoryTree(files);
    let diag = DiagSink::default();
    let mut sources = SourceMap::default();
    let std_options = ast::ParseOptions { is_std: true, ..Default::default() };
    let std = ast::parse_crate(&mut sources, &tree, "std/lib.rs", "std", std_options, &diag);
    let main = ast::parse_crate(&mut sources, &tree, "main.rs", "main", ast::ParseOptions::default(), &diag);
    let hir = resolve(vec![std, main], &diag);
    let tcx = Tcx::new(&hir, &diag);
    look(&tcx, &diag, &sources)
}

/// Checks the user's crate and gives the messages, a line each: `line:column code message`.
fn messages(source: &str) -> Vec<String> {
    with_program(source, |tcx, diag, sources| {
        check_crate(tcx, CrateId::new(1));
        show(diag, sources)
    })
}

fn show(diag: &DiagSink, sources: &SourceMap) -> Vec<String> {
    diag.take()
        .into_iter()
        .map(|d| {
            let at = match sources.files.get(d.span.file) {
                Some(f) if f.is_std => sources.show(d.span),
                _ => sources.position(d.span).map_or("?".to_string(), |p| format!("{}:{}", p.line, p.column)),
            };
            let label = if d.label.is_empty() { String::new() } else { format!(" [{}]", d.label) };
            format!("{at} {} {}{label}", d.code, d.message)
        })
        .collect()
}
