//! From source text to a program and what it does.

use std::path::{Path, PathBuf};

use cloudc_analysis::interp::{Limits, Outcome, Run, run_main};
use cloudc_analysis::transform::{Instruments, Policy, for_codegen, for_inference};
use cloudc_frontend::ast::{self, ParseOptions};
use cloudc_frontend::diag::{DiagSink, Severity};
use cloudc_frontend::hir::DefKind;
use cloudc_frontend::mir::validate::validate_program;
use cloudc_frontend::mono::{Collector, Program};
use cloudc_frontend::resolve::resolve;
use cloudc_frontend::source::{SourceMap, SourceTree};
use cloudc_frontend::ty::Tcx;

/// Our std on disk and one program in memory.
struct Tree<'a> {
    std: PathBuf,
    main: &'a str,
}

impl SourceTree for Tree<'_> {
    fn read(&self, path: &str) -> Result<Option<String>, String> {
        if path == "main.rs" {
            return Ok(Some(self.main.to_string()));
        }
        match std::fs::read_to_string(self.std.join(path)) {
            Ok(text) => Ok(Some(text)),
            Err(_) => Ok(None),
        }
    }
}

/// The monomorphic program of a source with a `main`, or the messages of the front end.
pub fn compile(source: &str) -> Result<Program, String> {
    let tree = Tree { std: Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime-stubs/std"), main: source };
    let diag = DiagSink::default();
    let mut sources = SourceMap::default();
    let options = ParseOptions { is_std: true, ..Default::default() };
    let std = ast::parse_crate(&mut sources, &tree, "lib.rs", "std", options, &diag);
    let main = ast::parse_crate(&mut sources, &tree, "main.rs", "main", ParseOptions::default(), &diag);
    let hir = resolve(vec![std, main], &diag);
    let messages = |sources: &SourceMap| {
        let lines: Vec<String> = diag
            .take()
            .iter()
            .filter(|d| d.severity == Severity::Error)
            .map(|d| format!("{}: {} {}", sources.show(d.span), d.code, d.message))
            .collect();
        lines.join("\n")
    };
    if diag.has_errors().is_err() {
        return Err(messages(&sources));
    }
    let tcx = Tcx::new(&hir, &diag);
    let main = hir
        .def_ids()
        .find(|d| {
            hir.def(*d).name == "main"
                && hir.def(*d).krate.0 == 1
                && matches!(hir.def(*d).kind, DefKind::Fn(_))
        })
        .ok_or("no main")?;
    let mut collector = Collector::new(&tcx);
    collector.add_main(main);
    if collector.run().is_err() || diag.has_errors().is_err() {
        return Err(messages(&sources));
    }
    let program = collector.program;
    let wrong = validate_program(&program);
    if !wrong.is_empty() {
        let shown: Vec<_> = wrong.iter().take(12).cloned().collect();
        return Err(format!("{} violations:\n{}", wrong.len(), shown.join("\n")));
    }
    Ok(program)
}

/// Runs a program as it was collected, prepared, and optimised; all must agree.
pub fn run(source: &str) -> Run {
    let program = compile(source).unwrap_or_else(|e| panic!("{e}"));
    let limits = Limits { steps: 400_000_000, ..Limits::default() };
    let plain = run_main(&program, program.roots[0], limits);
    let mut instruments = Instruments { validate: true, ..Instruments::default() };
    let mut prepared = program.clone();
    for_inference(&mut prepared, &mut instruments);
    let simple = run_main(&prepared, prepared.roots[0], limits);
    assert_same("prepared", &plain, &simple);
    let roots = program.roots.clone();
    let mut optimized = program;
    for_codegen(&mut optimized, &roots, Policy::Code, &mut instruments);
    let fast = run_main(&optimized, roots[0], limits);
    assert_same("optimised", &plain, &fast);
    for_codegen(&mut prepared, &roots, Policy::Code, &mut instruments);
    let both = run_main(&prepared, roots[0], limits);
    assert_same("prepared and optimised", &plain, &both);
    plain
}

fn assert_same(what: &str, a: &Run, b: &Run) {
    assert_eq!(a.text(), b.text(), "{what}: the text differs");
    match (&a.outcome, &b.outcome) {
        // Where a panic is reported may move only with code that is inlined: never.
        (Outcome::Panicked(x), Outcome::Panicked(y)) => assert_eq!(x, y, "{what}"),
        (x, y) => assert_eq!(x, y, "{what}"),
    }
}

/// The text a program prints; it must return.
pub fn prints(source: &str) -> String {
    let run = run(source);
    assert_eq!(run.outcome, Outcome::Returned(Vec::new()), "after printing {:?}", run.text());
    run.text()
}
