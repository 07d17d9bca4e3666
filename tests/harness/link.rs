//! `cloudc link` from outside: files, maps, many links at once, thin archives.

use std::fs;
use std::path::Path;
use std::process::Command;

use libtest_mimic::{Failed, Trial};

use crate::command::{cloudc, ensure, texts};

const PROGRAM: &str = "fn main() { println!(\"{}\", [3, 1, 2].iter().sum::<i32>()); }\n";

pub fn trials() -> Vec<Trial> {
    vec![
        Trial::test("link/objects_of_tasks_become_their_images", images),
        Trial::test("link/members_of_thin_archives_are_found", thin),
        Trial::test("link/what_is_wrong_leaves_no_output", refusals),
    ]
}

/// The object of the program's only task as `task.o`, and its image as `task.elf`.
fn build(folder: &Path) -> Result<(), Failed> {
    fs::write(folder.join("program.rs"), PROGRAM)?;
    let built = cloudc(folder, &["build", "--tasks", "never", "--emit", "obj", "program.rs", "--out", "out"]);
    ensure(built.status.success(), "does not build", &built)?;
    for (from, to) in [("out/objects", "task.o"), ("out/images", "task.elf")] {
        let file = fs::read_dir(folder.join(from))?.next().ok_or("no file")??.path();
        fs::copy(file, folder.join(to))?;
    }
    Ok(())
}

/// Alone, from another folder, in a batch: the same bytes as `cloudc build` makes.
fn images() -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let path = folder.path();
    build(path)?;
    let image = fs::read(path.join("task.elf"))?;
    let linked = cloudc(path, &["link", "task.o", "-o", "alone.elf", "-e", "entry", "-Map=alone.map"]);
    ensure(linked.status.success(), "does not link", &linked)?;
    ensure(fs::read(path.join("alone.elf"))? == image, "the image differs", &linked)?;
    let map = fs::read_to_string(path.join("alone.map"))?;
    ensure(map.contains(".text") && map.contains("kept by entry `entry`"), &map, &linked)?;
    fs::create_dir(path.join("elsewhere"))?;
    fs::copy(path.join("task.o"), path.join("elsewhere/renamed.o"))?;
    let arguments = ["link", "elsewhere/renamed.o", "-o", "elsewhere/x", "--Map", "x.json"];
    let linked = cloudc(path, &arguments);
    ensure(linked.status.success(), "does not link", &linked)?;
    ensure(fs::read(path.join("elsewhere/x"))? == image, "the image differs elsewhere", &linked)?;
    let map = fs::read_to_string(path.join("x.json"))?;
    ensure(serde_json::from_str::<serde_json::Value>(&map).is_ok(), "the map is not JSON", &linked)?;
    let jobs: String =
        (0..3).map(|n| format!("{{\"out\": \"{n}.elf\", \"inputs\": [\"task.o\"]}}\n")).collect();
    fs::write(path.join("jobs"), jobs)?;
    let linked = cloudc(path, &["link", "--batch=jobs"]);
    ensure(linked.status.success(), "the batch does not link", &linked)?;
    for n in 0..3 {
        ensure(fs::read(path.join(format!("{n}.elf")))? == image, "the images of the batch differ", &linked)?;
    }
    Ok(())
}

fn thin() -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let path = folder.path();
    build(path)?;
    let mut ar = Command::new("ar");
    ar.args(["rcsT", "thin.a", "task.o"]).current_dir(path);
    if ar.output().is_err() {
        return Ok(());
    }
    // The archive has all there is: something must ask for it.
    fs::write(path.join("empty.s"), "")?;
    let assembled = Command::new("gcc").args(["-c", "empty.s", "-o", "empty.o"]).current_dir(path).output();
    if !assembled.is_ok_and(|output| output.status.success()) {
        return Ok(());
    }
    let linked = cloudc(path, &["link", "empty.o", "thin.a", "-o", "image.elf"]);
    ensure(linked.status.success(), "does not link", &linked)?;
    ensure(path.join("image.elf").is_file(), "no output", &linked)
}

fn refusals() -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let path = folder.path();
    build(path)?;
    let cases: [(&[&str], &str); 4] = [
        (&["task.o", "-o", "out.elf", "-e", "nowhere"], "no entry: `nowhere` is not defined"),
        (&["task.o", "-o", "out.elf", "-shared"], "does not know `-shared`"),
        (&["program.rs", "-o", "out.elf"], "malformed input"),
        (&["task.o"], "needs `-o FILE`"),
    ];
    for (arguments, message) in cases {
        fs::write(path.join("out.elf"), "an older output")?;
        let linked = cloudc(path, &[&["link"], arguments].concat());
        let (_, stderr) = texts(&linked);
        ensure(!linked.status.success() && stderr.contains(message), message, &linked)?;
        let is_usage = message.contains("does not know") || message.contains("needs");
        ensure(path.join("out.elf").exists() == is_usage, "the output", &linked)?;
    }
    Ok(())
}
