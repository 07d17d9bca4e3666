//! Puts the text of our standard library into the binary: `cloudc` needs no files beside itself.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../runtime-stubs/std");
    println!("cargo:rerun-if-changed={}", root.display());
    let mut table = String::from("&[\n");
    for entry in walkdir::WalkDir::new(&root).sort_by_file_name() {
        let entry = entry?;
        if entry.path().extension().is_some_and(|e| e == "rs") {
            let name = entry.path().strip_prefix(&root)?.to_string_lossy().replace('\\', "/");
            let full = entry.path().canonicalize()?;
            println!("cargo:rerun-if-changed={}", full.display());
            writeln!(table, "    ({name:?}, include_str!({full:?})),")?;
        }
    }
    table.push(']');
    fs::write(Path::new(&env::var("OUT_DIR")?).join("std_sources.rs"), table)?;
    Ok(())
}
