//! What keeps the rooms apart: sizes of files, and who may depend on what.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of the workspace").flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        if path.is_dir() && name != "target" && !name.to_string_lossy().starts_with('.') {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

fn all() -> Vec<(String, String)> {
    let mut files = Vec::new();
    rust_files(&root(), &mut files);
    let shown = |f: &Path| f.strip_prefix(root()).unwrap_or(f).display().to_string();
    let mut all: Vec<_> =
        files.iter().map(|f| (shown(f), fs::read_to_string(f).expect("source is UTF-8"))).collect();
    all.sort();
    all
}

#[test]
fn no_file_is_longer_than_a_thousand_lines() {
    let long: Vec<String> = all()
        .iter()
        .map(|(name, text)| (name, text.lines().count()))
        .filter(|(_, n)| *n > 1000)
        .map(|(name, n)| format!("{name}: {n}"))
        .collect();
    assert!(long.is_empty(), "{long:#?}");
}

#[test]
fn no_test_is_ignored() {
    let mark = concat!("#[", "ignore");
    let marked = |text: &str| text.lines().any(|line| line.trim_start().starts_with(mark));
    // Programs that `cloudc test` is tried on may have ignored tests of their own.
    let bad: Vec<String> = all()
        .into_iter()
        .filter(|(name, text)| marked(text) && !name.starts_with("tests/testing/"))
        .map(|f| f.0)
        .collect();
    assert!(bad.is_empty(), "{bad:?}");
}

/// `crate::path` of a library is named only in one place.
#[test]
fn libraries_stay_in_their_rooms() {
    let rooms = [
        ("syn", "frontend/src/ast/"),
        ("proc_macro2", "frontend/src/ast/"),
        ("petgraph", "analysis/src/"),
        ("cranelift_codegen", "codegen/"),
        ("cranelift_frontend", "codegen/"),
        ("cranelift_object", "codegen/"),
        ("inkwell", "codegen/src/llvm/"),
        ("gimli", "codegen/"),
    ];
    let mut bad = Vec::new();
    for (name, text) in all() {
        for (library, room) in rooms {
            let code = text.lines().filter(|l| !l.trim_start().starts_with("//"));
            let is_use = |l: &str| l.contains(&format!("{library}::")) && !l.contains('"');
            if !name.starts_with(room) && code.clone().any(is_use) {
                bad.push(format!("{name} names {library}"));
            }
        }
    }
    assert!(bad.is_empty(), "{bad:#?}");
}

#[test]
fn crates_depend_downwards_only() {
    let allowed: [(&str, &[&str]); 6] = [
        ("frontend", &[]),
        ("analysis", &["frontend"]),
        ("codegen", &["frontend", "analysis", "abi", "host", "linker"]),
        ("linker", &[]),
        ("host", &["abi"]),
        ("runtime-stubs/abi", &[]),
    ];
    for (folder, may) in allowed {
        let text = fs::read_to_string(root().join(folder).join("Cargo.toml")).expect("a manifest");
        // What tests use besides is their affair.
        let text = text.split("[dev-dependencies]").next().unwrap_or(&text).to_string();
        for line in text.lines().filter_map(|l| l.strip_prefix("cloudc-")) {
            let name = line.split(['.', ' ', '=']).next().unwrap_or(line);
            assert!(may.contains(&name), "{folder} depends on {name}");
        }
    }
}
