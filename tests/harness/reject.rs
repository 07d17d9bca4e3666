//! Wrong programs, and right ones beside them: our first error stands on the line of rustc's first, with its code.
//!
//! A file of `tests/reject` holds many programs, each after a line `//# name`, or `//# name ok` if it is to be accepted. What is
//! expected is not written down: rustc is asked.

use std::fs;
use std::path::Path;
use std::process::Command;

use libtest_mimic::{Failed, Trial};

use crate::command::{cloudc, ensure, sources, stem, texts};

/// One test a program.
pub fn trials() -> Vec<Trial> {
    let mut out = Vec::new();
    for file in sources("reject") {
        let text = fs::read_to_string(&file).unwrap_or_default();
        for part in text.split("\n//# ").skip(1) {
            let (head, program) = part.split_once('\n').unwrap_or((part, ""));
            let (name, accepted) = match head.strip_suffix(" ok") {
                Some(name) => (name, true),
                None => (head, false),
            };
            let (name, program) = (format!("{}_{name}", stem(&file)), program.to_string());
            let title = format!("reject/{name}");
            out.push(Trial::test(title, move || check(&name, &program, accepted)));
        }
    }
    out
}

fn check(name: &str, program: &str, accepted: bool) -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let file = format!("{name}.rs");
    fs::write(folder.path().join(&file), program)?;
    let expected = rustc(folder.path(), &file)?;
    if expected.is_none() != accepted {
        return Err(format!("rustc says {expected:?}").into());
    }
    let output = cloudc(folder.path(), &["check", "--message-format", "json", &file]);
    let (stdout, stderr) = texts(&output);
    ensure(output.status.code() == Some(i32::from(!accepted)), "rustc decides otherwise", &output)?;
    let found = first_error(&stdout).or_else(|| first_error(&stderr));
    ensure(found == expected, &format!("rustc says {expected:?}, found {found:?}"), &output)
}

/// Code and line of an error.
type Error = (String, u64);

/// What rustc says first.
fn rustc(folder: &Path, file: &str) -> Result<Option<Error>, Failed> {
    let arguments = ["--edition", "2024", "-A", "warnings", "--emit=metadata", "--error-format=json"];
    let output = Command::new("rustc").args(arguments).arg(file).current_dir(folder).output()?;
    Ok(first_error(&texts(&output).1))
}

/// The first error among messages in JSON, a line each; rustc's and ours name the fields differently.
fn first_error(messages: &str) -> Option<Error> {
    let parsed = messages.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    parsed.filter(|m| m["level"] == "error").find_map(|m| {
        let spans = m["spans"].as_array()?;
        let primary = spans.iter().find(|s| s["is_primary"] == true || s["primary"] == true)?;
        let code = m["code"]["code"].as_str().or(m["code"].as_str()).unwrap_or("");
        let line = primary["line_start"].as_u64().or(primary["line"].as_u64())?;
        Some((code.to_string(), line))
    })
}
