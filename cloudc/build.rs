//! Parses and resolves our standard library and puts it into the binary: `cloudc` needs no files beside itself, and
//! no compilation waits for std.

use std::path::{Path, PathBuf};
use std::{env, fs, thread};

use cloudc_frontend::diag::DiagSink;
use cloudc_frontend::image;
use cloudc_frontend::source::SourceTree;

/// Enough for the deepest recursion the front end allows itself, also without optimisation.
const STACK: usize = 1 << 30;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../runtime-stubs/std");
    for entry in walkdir::WalkDir::new(&root) {
        println!("cargo:rerun-if-changed={}", entry?.path().display());
    }
    let build = thread::Builder::new().stack_size(STACK).spawn(move || build(root))?;
    let bytes = build.join().map_err(|_| "the front end crashed in std")??;
    fs::write(Path::new(&env::var("OUT_DIR")?).join("std.image"), bytes)?;
    Ok(())
}

fn build(root: PathBuf) -> Result<Vec<u8>, String> {
    let diag = DiagSink::default();
    image::build(&Folder(root), "lib.rs", &diag).map_err(|_| {
        let messages = diag.take().into_iter().map(|d| format!("{} {} {:?}", d.code, d.message, d.span));
        format!("std has errors:\n{}", messages.collect::<Vec<_>>().join("\n"))
    })
}

struct Folder(PathBuf);

impl SourceTree for Folder {
    fn read(&self, path: &str) -> Result<Option<String>, String> {
        let path = self.0.join(path);
        if path.is_file() { fs::read_to_string(&path).map(Some).map_err(|e| e.to_string()) } else { Ok(None) }
    }
}
