//! Starts `cloudc` and looks at what came out.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The folder `tests`.
pub fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests")
}

/// `cloudc` with these arguments, in this folder; no input, no colour, no store but the one asked for.
pub fn cloudc(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cloudc"));
    command.args(arguments).current_dir(folder).stdin(Stdio::null());
    command.env("NO_COLOR", "1").env("CLOUDC_CACHE", folder.join("no-such-store"));
    command.output().expect("cloudc can be started")
}

/// All `.rs` files of a folder of tests, in order.
pub fn sources(folder: &str) -> Vec<PathBuf> {
    let folder = tests().join(folder);
    let entries = std::fs::read_dir(&folder).expect("the folder of tests is there");
    let mut files: Vec<PathBuf> = entries.flatten().map(|e| e.path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "rs"));
    files.sort();
    files
}

/// The name of a test: its file without folder and extension.
pub fn stem(file: &Path) -> String {
    file.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Standard output and error as text.
pub fn texts(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&output.stdout), text(&output.stderr))
}

/// Fails with what was printed unless `cond` holds.
pub fn ensure(cond: bool, what: &str, output: &Output) -> Result<(), libtest_mimic::Failed> {
    if cond {
        return Ok(());
    }
    let (stdout, stderr) = texts(output);
    let code = output.status.code();
    Err(format!("{what}\nexit code {code:?}\n--- stdout\n{stdout}\n--- stderr\n{stderr}").into())
}
