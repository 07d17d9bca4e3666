//! Which calls and loops are tasks.
//!
//! A line that ends in `//~ task SHAPE` has a verdict that makes it a task of that shape; `//~ no CODE` one that refuses it
//! with that code; one that ends in `//~ work TEXT` has a loop whose estimate contains the text. The mode is `--tasks always`: what is
//! tested is what is legal, not what pays. A file that begins with `//@ tasks auto` is about what can run beside what.

use std::fs;
use std::path::Path;

use libtest_mimic::{Failed, Trial};
use serde_json::Value;

use crate::command::{cloudc, ensure, sources, stem, tests};

/// One test a file.
pub fn trials() -> Vec<Trial> {
    let one = |file: std::path::PathBuf| Trial::test(format!("tasks/{}", stem(&file)), move || check(&file));
    sources("tasks").into_iter().map(one).collect()
}

fn check(file: &Path) -> Result<(), Failed> {
    let name = format!("{}.rs", stem(file));
    let text = fs::read_to_string(file)?;
    let mode = text.lines().next().and_then(|line| line.strip_prefix("//@ tasks ")).unwrap_or("always");
    let arguments = ["explain", &name, "--tasks", mode, "--format", "json"];
    let output = cloudc(&tests().join("tasks"), &arguments);
    ensure(output.status.success(), "explain fails", &output)?;
    let verdicts: Vec<Value> = serde_json::from_slice(&output.stdout)?;
    let mut annotated = 0;
    for (i, line) in text.lines().enumerate() {
        let Some((_, wanted)) = line.split_once("//~ ") else { continue };
        annotated += 1;
        let at = format!("{name}:{}:", i + 1);
        let here = verdicts.iter().filter(|v| v["at"].as_str().is_some_and(|a| a.starts_with(&at)));
        if let Some(text) = wanted.strip_prefix("work ") {
            let estimates: Vec<&str> = here.filter_map(|v| v["work"].as_str()).collect();
            ensure(
                estimates.iter().any(|e| e.contains(text.trim())),
                &format!("line {}: `{text}` is no part of the estimates {estimates:?}", i + 1),
                &output,
            )?;
            continue;
        }
        let said: Vec<String> = here
            .map(|v| match v["task"].is_null() {
                false => format!("task {}", v["shape"].as_str().unwrap_or_default()),
                true => format!("no {}", v["code"].as_str().unwrap_or_default()),
            })
            .collect();
        ensure(
            said.iter().any(|s| s == wanted.trim()),
            &format!("line {}: `{}` is expected, the verdicts are {said:?}", i + 1, wanted.trim()),
            &output,
        )?;
    }
    ensure(annotated > 0, "no line is annotated", &output)
}
