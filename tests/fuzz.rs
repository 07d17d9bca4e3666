//! A short run of both fuzzers, with fixed seeds.

use std::process::Command;

use cloudc_tests::{front_end, hostile};

fn run(program: &str, arguments: &[&str]) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let output = Command::new(program)
        .args(arguments)
        .arg("--out")
        .arg(folder.path())
        .output()
        .expect("the fuzzer can be started");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}\n{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn random_programs_do_what_they_do_under_rustc() {
    let modes = ["--modes", "interpreter,image,chunks-3"];
    let count = ["--programs", "4", "--seed", "100", "--reduce", "0", "--jobs", "1"];
    run(env!("CARGO_BIN_EXE_fuzz-programs"), &[&count[..], &modes[..]].concat());
}

#[test]
fn damaged_sources_are_refused_soon_and_politely() {
    run(
        env!("CARGO_BIN_EXE_fuzz-front-end"),
        &["--cases", "40", "--seed", "1", "--jobs", "1", "--minutes", "10"],
    );
}

#[test]
fn programs_that_grow_without_end_are_refused_in_time() {
    let check = || hostile::circles(9).filter_map(|text| Some((front_end::examine(&text)?, text))).collect();
    let thread = std::thread::Builder::new().stack_size(cloudc::embed::STACK).spawn(check);
    let found: Vec<(String, String)> =
        thread.expect("a thread can be made").join().expect("no stack overflow");
    assert!(found.is_empty(), "{found:#?}");
}
