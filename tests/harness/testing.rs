//! `cloudc test`: `tests/testing/*.rs` and programs of `tests/run` with tests end as under `rustc --test`, and what a user asks for on the command line.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use libtest_mimic::{Failed, Trial};

use crate::command::{cloudc, ensure, sources, stem, texts};

type Test = fn(&Path) -> Result<(), Failed>;

/// One test a file, one a habit of the command.
pub fn trials() -> Vec<Trial> {
    let habits: [(&str, Test); 12] = [
        ("report", report),
        ("selection", selection),
        ("options_after_dashes", options_after_dashes),
        ("shown_output", shown_output),
        ("failures_are_alone", failures_are_alone),
        ("json_events", json_events),
        ("passed_tests_are_remembered", passed_tests_are_remembered),
        ("store_of_an_edited_program", store_of_an_edited_program),
        ("library_and_binary", library_and_binary),
        ("folder_of_files", folder_of_files),
        ("wrong_tests", wrong_tests),
        ("cut_inside_tests", cut_inside_tests),
    ];
    let has_tests = |file: &PathBuf| fs::read_to_string(file).is_ok_and(|text| text.contains("#[test]"));
    let files = sources("testing").into_iter().chain(sources("run").into_iter().filter(has_tests));
    let mut trials: Vec<Trial> = files
        .map(|file| Trial::test(format!("testing/{}", stem(&file)), move || as_under_rustc(&file)))
        .collect();
    trials.extend(habits.into_iter().map(|(name, test)| {
        Trial::test(format!("testing/cli/{name}"), move || test(tempfile::tempdir()?.path()))
    }));
    trials
}

/// The same tests with the same outcomes, messages and exit code.
fn as_under_rustc(file: &Path) -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let binary = folder.path().join("oracle");
    let mut rustc = Command::new("rustc");
    rustc.args(["--test", "--edition", "2024", "-A", "warnings", "-o"]).arg(&binary).arg(file);
    let compiled = rustc.output()?;
    ensure(compiled.status.success(), "rustc refuses the program", &compiled)?;
    let expected = Command::new(&binary).stdin(Stdio::null()).env("RUST_BACKTRACE", "0").output()?;
    for tasks in ["never", "always"] {
        let file = file.to_str().ok_or("the path is not UTF-8")?;
        let output = cloudc(folder.path(), &["test", file, "--no-cache", "--tasks", tasks]);
        let (got, expected) = (essence(&output), essence(&expected));
        ensure(
            got == expected,
            &format!("with tasks {tasks}: expected {expected:#?}\ngot {got:#?}"),
            &output,
        )?;
    }
    Ok(())
}

/// Exit code, outcomes by name, and messages without what differs from run to run.
fn essence(output: &Output) -> (Option<i32>, Vec<String>, Vec<String>) {
    let stdout = texts(output).0;
    let mut outcomes = Vec::new();
    let mut messages = Vec::new();
    for line in stdout.lines() {
        if line.starts_with("test ") || line.starts_with("running ") {
            outcomes.push(line.split("; finished in").next().unwrap_or_default().to_string());
        } else if let Some((name, place)) = line.split_once(" panicked at ") {
            // rustc shows the number of the thread, and the path as it was given.
            let name = name.split(" (").next().unwrap_or_default().trim_end_matches('\'');
            let place = place.rsplit('/').next().unwrap_or_default();
            messages.push(format!("{name} panicked at {place}"));
        } else if let Some((note, place)) = line.split_once(" as expected at ") {
            messages.push(format!("{note} at {}", place.rsplit('/').next().unwrap_or_default()));
        } else if !line.starts_with("---- ") && !line.starts_with("note: run with") && !line.is_empty() {
            messages.push(line.to_string());
        }
    }
    outcomes.sort();
    messages.sort();
    (output.status.code(), outcomes, messages)
}

fn says(output: &Output, code: i32, parts: &[&str]) -> Result<(), Failed> {
    let (stdout, stderr) = texts(output);
    ensure(output.status.code() == Some(code), &format!("exit code {code} is expected"), output)?;
    for part in parts {
        let is_found = stdout.contains(part) || stderr.contains(part);
        ensure(is_found, &format!("`{part}` is expected"), output)?;
    }
    Ok(())
}

const ADDER: &str = "pub fn add(a: i32, b: i32) -> i32 {\n    a + b\n}\n\n#[cfg(not(test))]\nfn add() {}\n\n\
    #[cfg(test)]\nmod tests {\n    use super::*;\n\n    #[test]\n    fn adds() {\n        println!(\"adding\");\n        \
    assert_eq!(add(1, 2), 3);\n    }\n\n    mod deep {\n        #[test]\n        #[ignore = \"slow\"]\n        fn waits() {}\n    }\n\n    \
    #[test]\n    fn is_wrong() {\n        println!(\"trying\");\n        eprintln!(\"hard\");\n        assert_eq!(add(1, 2), 4, \"sum of {}\", 1);\n    }\n}\n";

fn report(dir: &Path) -> Result<(), Failed> {
    fs::write(dir.join("adder.rs"), ADDER)?;
    let output = cloudc(dir, &["test", "adder.rs"]);
    let expected = "\nrunning 3 tests\ntest tests::adds ... ok\ntest tests::deep::waits ... ignored, slow\n\
        test tests::is_wrong ... FAILED\n\nfailures:\n\n---- tests::is_wrong stdout ----\ntrying\nhard\n\n\
        thread 'tests::is_wrong' panicked at adder.rs:28:9:\nassertion `left == right` failed: sum of 1\n  left: 3\n right: 4\n\n\n\
        failures:\n    tests::is_wrong\n\ntest result: FAILED. 1 passed; 1 failed; 1 ignored; 0 measured; 0 filtered out; finished in ";
    says(&output, 101, &[expected])?;
    ensure(texts(&output).1.is_empty(), "nothing is said on standard error", &output)?;
    let output = cloudc(dir, &["test", "adder.rs", "-q", "adds", "waits"]);
    says(
        &output,
        0,
        &[
            "\nrunning 2 tests\n.i\n\ntest result: ok. 1 passed; 0 failed; 1 ignored; 0 measured; 1 filtered out;",
        ],
    )
}

const MANY: &str = "#[test]\nfn one() {}\n#[test]\nfn two() {}\nmod inner {\n    #[test]\n    fn one() {}\n    \
    #[test]\n    #[ignore]\n    fn hidden() {\n        panic!();\n    }\n}\nfn main() {}\n";

fn selection(dir: &Path) -> Result<(), Failed> {
    fs::write(dir.join("many.rs"), MANY)?;
    let run = |options: &[&str]| cloudc(dir, &[&["test", "many.rs"], options].concat());
    let names = "inner::hidden: test\ninner::one: test\none: test\ntwo: test\n\n4 tests, 0 benchmarks\n";
    says(&run(&["--list"]), 0, &[names])?;
    says(&run(&["--list", "two"]), 0, &["two: test\n\n1 test, 0 benchmarks\n"])?;
    says(
        &run(&["one"]),
        0,
        &["running 2 tests\ntest inner::one ... ok\ntest one ... ok\n", "2 filtered out"],
    )?;
    says(&run(&["one", "--exact"]), 0, &["running 1 test\ntest one ... ok\n", "3 filtered out"])?;
    says(
        &run(&["one", "two", "--skip", "inner"]),
        0,
        &["running 2 tests\ntest one ... ok\ntest two ... ok\n"],
    )?;
    says(&run(&["--ignored"]), 101, &["running 1 test\ntest inner::hidden ... FAILED\n", "3 filtered out"])?;
    says(&run(&["--include-ignored"]), 101, &["running 4 tests", "3 passed; 1 failed; 0 ignored"])?;
    let none =
        "\nrunning 0 tests\n\ntest result: ok. 0 passed; 0 failed; 0 ignored; 0 measured; 4 filtered out;";
    says(&run(&["nothing"]), 0, &[none])?;
    says(&run(&["--jobs", "0"]), 2, &["--jobs must be at least 1"])
}

fn options_after_dashes(dir: &Path) -> Result<(), Failed> {
    fs::write(dir.join("many.rs"), MANY)?;
    let output = cloudc(dir, &["test", "many.rs", "--", "one", "--exact", "--nocapture", "--test-threads=1"]);
    says(&output, 0, &["running 1 test\ntest one ... ok\n"])?;
    says(&cloudc(dir, &["test", "many.rs", "--", "--frobnicate"]), 2, &["frobnicate"])
}

fn shown_output(dir: &Path) -> Result<(), Failed> {
    fs::write(dir.join("adder.rs"), ADDER)?;
    let output = cloudc(dir, &["test", "adder.rs", "adds", "--show-output"]);
    says(
        &output,
        0,
        &["\nsuccesses:\n\n---- tests::adds stdout ----\nadding\n\n\nsuccesses:\n    tests::adds\n"],
    )?;
    let output = cloudc(dir, &["test", "adder.rs", "adds", "--nocapture"]);
    says(&output, 0, &["running 1 test\nadding\ntest tests::adds ... ok\n"])
}

/// Whatever one test does, the others go on.
fn failures_are_alone(dir: &Path) -> Result<(), Failed> {
    let source = "fn deep(n: u64) -> u64 {\n    if n == 0 { 0 } else { 1 + deep(n + 1) }\n}\n\
        #[test]\nfn a_panics() {\n    let v: Vec<i32> = Vec::new();\n    assert!(v[v.len()] > 0);\n}\n\
        #[test]\nfn b_overflows() {\n    assert!(deep(1) > 0);\n}\n\
        #[test]\nfn c_exits() {\n    std::process::exit(0);\n}\n\
        #[test]\n#[should_panic]\nfn d_overflows() {\n    deep(1);\n}\n\
        #[test]\nfn e_never_ends() {\n    let mut n = 0u8;\n    loop {\n        n = n.wrapping_add(1);\n    }\n}\n\
        #[test]\nfn f_passes() {}\n";
    fs::write(dir.join("alone.rs"), source)?;
    let output = cloudc(dir, &["test", "alone.rs", "--deadline", "1"]);
    let parts = [
        "running 6 tests",
        "test a_panics ... FAILED",
        "test b_overflows ... FAILED",
        "test c_exits ... FAILED",
        "test d_overflows - should panic ... FAILED",
        "test e_never_ends ... FAILED",
        "test f_passes ... ok",
        "thread 'a_panics' panicked at alone.rs:7:",
        "thread 'b_overflows' has overflowed its stack",
        "the test ended the program with status 0",
        "deadline",
        "1 passed; 5 failed",
    ];
    says(&output, 101, &parts)
}

fn json_events(dir: &Path) -> Result<(), Failed> {
    fs::write(dir.join("adder.rs"), ADDER)?;
    let output = cloudc(dir, &["test", "adder.rs", "--message-format", "json"]);
    let parts = [
        "{\"type\":\"suite\",\"event\":\"started\",\"test_count\":3}\n",
        "{\"type\":\"test\",\"event\":\"started\",\"name\":\"tests::adds\",\"at\":\"adder.rs:13:8\"}\n",
        "{\"type\":\"test\",\"event\":\"ok\",\"name\":\"tests::adds\",",
        "{\"type\":\"test\",\"event\":\"ignored\",\"name\":\"tests::deep::waits\",\"message\":\"slow\"}\n",
        "\"stdout\":\"trying\\nhard\\n\\nthread 'tests::is_wrong' panicked at adder.rs:28:9:\\n",
        "{\"type\":\"suite\",\"event\":\"failed\",\"passed\":1,\"failed\":1,\"ignored\":1,\"measured\":0,\"filtered_out\":0,",
    ];
    says(&output, 101, &parts)
}

/// The names of the tests of a verbose report whose results were remembered.
fn remembered(output: &Output) -> Vec<String> {
    let stdout = texts(output).0;
    let lines = stdout.lines().filter_map(|l| l.strip_suffix(" (cached)")?.strip_prefix("test "));
    lines.map(|l| l.split(' ').next().unwrap_or_default().to_string()).collect()
}

const VERBOSE: [&str; 5] = ["test", "stored.rs", "-v", "--cache", "store"];

const STORED: &str = "fn half(n: &[u32]) -> u32 {\n    n.iter().sum::<u32>() / 2\n}\n\
    fn twice(n: &[u32]) -> u32 {\n    n.iter().sum::<u32>() * 2\n}\n\
    #[test]\nfn halves() {\n    assert_eq!(half(&vec![3, 1]), 2);\n}\n\
    #[test]\nfn doubles() {\n    assert_eq!(twice(&vec![3, 1]), 8);\n}\n\
    #[test]\n#[should_panic(expected = \"overflow\")]\nfn overflows() {\n    twice(&vec![u32::MAX]);\n}\n\
    #[test]\nfn fails() {\n    eprintln!(\"logged\");\n    assert_eq!(twice(&vec![4]), 9);\n}\n";

fn passed_tests_are_remembered(dir: &Path) -> Result<(), Failed> {
    fs::write(dir.join("stored.rs"), STORED)?;
    let first = cloudc(dir, &VERBOSE);
    says(&first, 101, &["3 passed; 1 failed"])?;
    ensure(remembered(&first).is_empty(), "nothing is remembered yet", &first)?;
    let second = cloudc(dir, &VERBOSE);
    says(&second, 101, &["3 passed; 1 failed", "---- fails stdout ----\nlogged\n"])?;
    ensure(remembered(&second) == ["doubles", "halves", "overflows"], "those that pass", &second)?;
    // A part of the tests has the same images as all of them.
    let part = cloudc(dir, &[&VERBOSE[..], &["halves"]].concat());
    ensure(remembered(&part) == ["halves"], "chosen alone it is the same test", &part)?;
    let quiet = cloudc(dir, &["test", "stored.rs", "--cache", "store"]);
    ensure(remembered(&quiet).is_empty(), "it is said only when asked", &quiet)
}

fn store_of_an_edited_program(dir: &Path) -> Result<(), Failed> {
    fs::write(dir.join("stored.rs"), STORED)?;
    says(&cloudc(dir, &VERBOSE), 101, &[])?;
    let edited = STORED.replace("() / 2", "() >> 1")
        + "#[test]\nfn more() {\n    assert_eq!(twice(&vec![half(&vec![8])]), 8);\n}\n";
    fs::write(dir.join("stored.rs"), format!("// A comment.\n\n{edited}"))?;
    let output = cloudc(dir, &VERBOSE);
    says(&output, 101, &["4 passed; 1 failed", "stored.rs:25:"])?;
    ensure(remembered(&output) == ["doubles", "overflows"], "what changed runs again", &output)
}

fn library_and_binary(dir: &Path) -> Result<(), Failed> {
    fs::create_dir_all(dir.join("pack/src/shapes"))?;
    fs::write(dir.join("pack/Cargo.toml"), "[package]\nname = \"pack\"\nedition = \"2024\"\n")?;
    let library =
        "pub mod shapes;\n#[test]\nfn in_library() {\n    assert_eq!(shapes::square::area(3), 9);\n}\n";
    fs::write(dir.join("pack/src/lib.rs"), library)?;
    fs::write(dir.join("pack/src/shapes/mod.rs"), "pub mod square;\n")?;
    let square = "pub fn area(side: u32) -> u32 {\n    side * side\n}\n#[cfg(test)]\nmod tests {\n    use super::area;\n    \
                  #[test]\n    fn squares() {\n        assert_eq!(area(2), 5);\n    }\n}\n";
    fs::write(dir.join("pack/src/shapes/square.rs"), square)?;
    fs::write(dir.join("pack/src/main.rs"), "fn main() {}\n#[test]\nfn in_binary() {}\n")?;
    let output = cloudc(dir, &["test", "pack"]);
    let parts = [
        "Running pack/src/lib.rs",
        "running 2 tests\ntest in_library ... ok\ntest shapes::square::tests::squares ... FAILED\n",
        "panicked at pack/src/shapes/square.rs:9:9:",
        "Running pack/src/main.rs",
        "running 1 test\ntest in_binary ... ok\n",
    ];
    says(&output, 101, &parts)
}

fn folder_of_files(dir: &Path) -> Result<(), Failed> {
    fs::create_dir(dir.join("solutions"))?;
    fs::write(dir.join("solutions/a.rs"), "#[test]\nfn first() {}\n")?;
    fs::write(dir.join("solutions/b.rs"), "fn main() {\n    let x: u8 = \"\";\n}\n")?;
    fs::write(dir.join("solutions/c.rs"), "#[test]\nfn third() {}\n")?;
    let output = cloudc(dir, &["test", "solutions"]);
    says(
        &output,
        1,
        &["Running solutions/a.rs", "test first ... ok", "E0308", "solutions/b.rs:2", "test third ... ok"],
    )?;
    says(&cloudc(dir, &["test", "no-such-folder"]), 2, &["there is no file or folder"])
}

fn wrong_tests(dir: &Path) -> Result<(), Failed> {
    let source = "#[test]\nfn takes(n: i32) {}\n#[test]\nfn generic<T>() {}\n#[test]\nfn counts() -> usize {\n    1\n}\n\
                  #[test]\n#[should_panic]\nfn both() -> Result<(), String> {\n    Ok(())\n}\n";
    fs::write(dir.join("wrong.rs"), source)?;
    let parts = [
        "functions used as tests can not have any arguments",
        "functions used as tests can not have any non-lifetime generic parameters",
        "the trait bound `usize: Termination` is not satisfied",
        "functions using `#[should_panic]` must return `()`",
        "4 errors",
    ];
    says(&cloudc(dir, &["test", "wrong.rs"]), 1, &parts)
}

fn cut_inside_tests(dir: &Path) -> Result<(), Failed> {
    let source = "fn squares(n: u64) -> Vec<u64> {\n    (0..n).map(|i| i * i).collect()\n}\n\
                  #[test]\nfn ends() {\n    assert_eq!(squares(1000).last(), Some(&998001));\n}\n";
    fs::write(dir.join("cut.rs"), source)?;
    let output = cloudc(dir, &["test", "cut.rs", "ends", "--tasks", "always"]);
    says(&output, 0, &["test ends ... ok"])
}
