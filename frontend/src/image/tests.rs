//! Std from its image is what it is from its sources.

use std::path::Path;

use super::*;
use crate::diag::Severity;
use crate::hir::{CrateId, Hir, print};
use crate::index::Idx;
use crate::source::{FileId, InMemoryTree, Span};
use crate::ty::Tcx;
use crate::{lower, typeck};

/// Our std on disk.
struct Std;

impl SourceTree for Std {
    fn read(&self, path: &str) -> Result<Option<String>, String> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime-stubs/std").join(path);
        if path.is_file() {
            std::fs::read_to_string(&path).map(Some).map_err(|e| e.to_string())
        } else {
            Ok(None)
        }
    }
}

/// Runs what needs more stack than a test has.
fn with_stack(test: fn()) {
    let thread = std::thread::Builder::new().stack_size(1 << 28).spawn(test).expect("a thread starts");
    if let Err(panic) = thread.join() {
        std::panic::resume_unwind(panic);
    }
}

/// A program resolved against std: from its image, or from its sources.
fn resolved(image: Option<&Rc<Image>>, program: &str) -> (Hir, Vec<String>) {
    let (mut sources, diag, mut crates) = (SourceMap::default(), DiagSink::default(), Vec::new());
    match image {
        Some(image) => image.add_sources(&mut sources),
        None => {
            let options = ParseOptions { is_std: true, ..Default::default() };
            crates.push(ast::parse_crate(&mut sources, &Std, "lib.rs", "std", options, &diag));
        }
    }
    let tree = InMemoryTree(vec![("main.rs".to_string(), program.to_string())]);
    crates.push(ast::parse_crate(&mut sources, &tree, "main.rs", "main", ParseOptions::default(), &diag));
    let hir = match image {
        Some(image) => resolve::resolve_with_std(image, crates, &diag),
        None => resolve::resolve(crates, &diag),
    };
    let show = |d: crate::diag::Diagnostic| {
        let labels: Vec<String> =
            d.labels.iter().map(|(s, text)| format!("{} {text}", sources.show(*s))).collect();
        format!("{} {} {} {labels:?} {:?}", sources.show(d.span), d.code, d.message, d.helps)
    };
    (hir, diag.take().into_iter().map(show).collect())
}

fn load() -> Rc<Image> {
    Image::load(build(&Std, "lib.rs", &DiagSink::default()).expect("std has no errors").leak())
}

const PROGRAM: &str = "
    use std::collections::HashMap;
    mod shapes { pub struct Unit; impl std::fmt::Debug for Unit {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(\"unit\") } } }
    fn main() {
        let mut m: HashMap<String, Vec<u32>> = HashMap::new();
        for (i, w) in \"a b\".split(' ').enumerate() { m.entry(w.to_string()).or_default().push(i as u32); }
        println!(\"{:?} {:?}\", m.len(), shapes::Unit);
    }";

// Every definition, signature and body, of std and of a program that uses it.
#[test]
fn the_image_holds_all_of_std() {
    with_stack(|| {
        let ((stored, messages), (parsed, _)) = (resolved(Some(&load()), PROGRAM), resolved(None, PROGRAM));
        assert!(messages.is_empty(), "{}", messages.join("\n"));
        for krate in [1, 0].map(CrateId::new) {
            let (stored, parsed) = (print::print_crate(&stored, krate), print::print_crate(&parsed, krate));
            let first = stored.lines().zip(parsed.lines()).find(|(a, b)| a != b);
            assert!(
                stored == parsed,
                "{} and {} bytes, first difference: {first:?}",
                stored.len(),
                parsed.len()
            );
        }
    });
}

// Messages about std, and places in it, are the same.
#[test]
fn messages_about_std_stay() {
    with_stack(|| {
        let program = "use std::vec::Vek; use std::option::Options; fn main() { let x: HashMap<u8, u8>; std::mem::swop(); }";
        let (stored, parsed) = (resolved(Some(&load()), program).1, resolved(None, program).1);
        assert!(stored.len() >= 4, "{}", stored.join("\n"));
        assert_eq!(stored, parsed);
    });
}

// The same std gives the same bytes, whatever was interned before.
#[test]
fn bytes_depend_on_std_alone() {
    with_stack(|| {
        let bytes = || build(&Std, "lib.rs", &DiagSink::default()).expect("std has no errors");
        let first = bytes();
        Symbol::intern("a symbol nobody else has");
        assert!(first == bytes());
    });
}

// A compilation loads what it reaches and no more.
#[test]
fn only_what_is_reached_is_loaded() {
    with_stack(|| {
        let image = load();
        let (hir, _) = resolved(Some(&image), "fn main() { let x = Some(1); }");
        assert!(hir.defs.len() > image.def_count());
        let touched = image.paths.iter().filter(|path| path.get().is_some()).count();
        assert!(touched * 4 < image.def_count(), "{touched} of {}", image.def_count());
    });
}

// A body of std is checked when a program reaches it; here all are.
#[test]
fn every_body_of_std_is_right() {
    with_stack(|| {
        let (mut sources, diag) = (SourceMap::default(), DiagSink::default());
        let options = ParseOptions { is_std: true, ..Default::default() };
        let std = ast::parse_crate(&mut sources, &Std, "lib.rs", "std", options, &diag);
        let hir = resolve::resolve(vec![std], &diag);
        let tcx = Tcx::new(&hir, &diag);
        typeck::check_crate(&tcx, CrateId::new(0));
        for def in hir.defs_of(CrateId::new(0)).filter(|def| hir.body_id_of(def.id).is_some()) {
            // Errors are in the sink.
            let _ = lower::built_bodies(&tcx, def.id);
        }
        let errors = diag.take().into_iter().filter(|d| d.severity == Severity::Error);
        let shown: Vec<String> =
            errors.map(|d| format!("{} {} {}", sources.show(d.span), d.code, d.message)).collect();
        assert!(shown.is_empty(), "{} errors\n{}", shown.len(), shown.join("\n"));
    });
}

// Spans keep file and ends, forwards, backwards and without a place.
#[test]
fn spans_come_back() {
    let span = |file, lo, hi| Span { file: FileId(file), lo, hi };
    let spans =
        vec![span(0, 5, 9), span(0, 2, 2), span(7, 0, u32::MAX), Span::NONE, span(7, u32::MAX, u32::MAX)];
    let mut writer = Writer::default();
    writer.put(Part::Marks, &spans);
    writer.put(Part::Marks, &spans[3]);
    let image = Image::load(writer.finish().leak());
    assert_eq!(image.get::<Vec<Span>>(Part::Marks, 0), spans);
    assert_eq!(image.get::<Span>(Part::Marks, 1), Span::NONE);
}
