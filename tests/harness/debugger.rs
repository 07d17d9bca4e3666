//! A debugger on a running task: stops at a line of the source, shows arguments, names the callers.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use libtest_mimic::{Failed, Trial};

use crate::command::{cloudc, ensure, texts};

const PROGRAM: &str = "\
fn weigh(depth: i64, name: &str) -> i64 {
    let base = depth * 3;
    if depth > 2 {
        return base + name.len() as i64;
    }
    weigh(depth + 1, name) + base
}

fn main() {
    let total = weigh(std::hint::black_box(1), \"abc\");
    println!(\"{total}\");
}
";

/// One test, which does without the debugger where there is none.
pub fn trials() -> Vec<Trial> {
    vec![Trial::test("debugger/a_task_stops_at_a_line", stops_at_a_line)]
}

fn stops_at_a_line() -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("program.rs"), PROGRAM)?;
    let build = ["build", "--tasks", "never", "program.rs", "--out"];
    let plain = cloudc(folder.path(), &[&build[..], &["plain"]].concat());
    ensure(plain.status.success(), "does not build", &plain)?;
    let built = cloudc(folder.path(), &[&build[..], &["out", "--emit", "debug,runner"]].concat());
    ensure(built.status.success(), "does not build with debugging information", &built)?;
    let image = only_file(&folder.path().join("out/images"))?;
    // What a debugger reads changes no byte of what runs.
    let without = only_file(&folder.path().join("plain/images"))?;
    ensure(image.file_name() == without.file_name(), "the images have other names", &built)?;
    let symbols = only_file(&folder.path().join("out/debug"))?;
    let named = std::fs::read(&symbols)?;
    let has = |name: &[u8]| named.windows(name.len()).any(|window| window == name);
    ensure(has(b"\0program::weigh\0"), "the symbols are not named by their paths", &built)?;
    if Command::new("gdb").arg("--version").stdout(Stdio::null()).status().is_err() {
        return Ok(());
    }
    // The image is the first thing the runner maps.
    let mut gdb = Command::new("gdb");
    gdb.args(["-batch", "-nx", "-iex", "set debuginfod enabled off"]);
    let add = format!("add-symbol-file {} -o $base", symbols.display());
    for step in [
        "set confirm off",
        "catch syscall mmap",
        "run",
        "continue",
        "set $base = $rax",
        &add,
        "delete",
        "break program.rs:2 if depth == 3",
        "continue",
        "info args",
        "bt",
    ] {
        gdb.args(["-ex", step]);
    }
    gdb.arg("--args").arg(folder.path().join("out/runner")).arg(&image);
    let output = gdb.current_dir(folder.path()).stdin(Stdio::null()).output()?;
    let (stdout, stderr) = texts(&output);
    if stderr.contains("ptrace: Operation not permitted") {
        eprintln!("skipped: this place allows no debugger");
        return Ok(());
    }
    let frame = |number: u32, function: &str, line: u32| {
        stdout.lines().any(|text| {
            text.starts_with(&format!("#{number} "))
                && text.contains(&format!("program::{function} ("))
                && text.ends_with(&format!("program.rs:{line}"))
        })
    };
    let frames = frame(0, "weigh", 2) && frame(1, "weigh", 6) && frame(2, "weigh", 6) && frame(3, "main", 10);
    ensure(frames, "the callers are not shown", &output)?;
    ensure(stdout.contains("depth = 3\n"), "the number is not shown", &output)?;
    ensure(
        stdout.contains("length = 3") || stdout.contains("name = \"abc\""),
        "the text is not shown",
        &output,
    )
}

fn only_file(folder: &Path) -> Result<PathBuf, Failed> {
    Ok(std::fs::read_dir(folder)?.next().ok_or("an empty folder")??.path())
}
