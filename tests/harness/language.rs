//! `docs/language.md` against the compiler: its examples are accepted, or refused with the code beside them.

use std::fs;

use libtest_mimic::{Failed, Trial};

use crate::command::{cloudc, ensure, tests, texts};

/// One test an example.
pub fn trials() -> Vec<Trial> {
    let page = fs::read_to_string(tests().join("../docs/language.md")).unwrap_or_default();
    let examples = examples(&page);
    assert!(!examples.is_empty(), "docs/language.md has examples");
    let one = |(line, code, text): (usize, Option<String>, String)| {
        let name =
            format!("language/line_{line}{}", code.as_ref().map_or(String::new(), |c| format!("_{c}")));
        Trial::test(name, move || check(code.as_deref(), &text))
    };
    examples.into_iter().map(one).collect()
}

/// The fenced examples of a page: line, code they are refused with, text.
fn examples(page: &str) -> Vec<(usize, Option<String>, String)> {
    let mut found = Vec::new();
    let mut open: Option<(usize, Option<String>, String)> = None;
    for (i, line) in page.lines().enumerate() {
        match (&mut open, line.strip_prefix("```")) {
            (Some(_), Some("")) => found.extend(open.take()),
            (Some((_, _, text)), _) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, Some(info)) => {
                let code = info.strip_prefix("rust,").map(str::to_string);
                open = Some((i + 1, code, String::new()));
            }
            (None, None) => {}
        }
    }
    found
}

fn check(code: Option<&str>, text: &str) -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    fs::write(folder.path().join("example.rs"), text)?;
    let output = cloudc(folder.path(), &["check", "example.rs"]);
    match code {
        None => ensure(output.status.code() == Some(0), "the example is accepted", &output),
        Some(code) => {
            let refused = texts(&output).1.contains(&format!("error[{code}]"));
            ensure(
                refused && output.status.code() == Some(1),
                &format!("the example is refused with {code}"),
                &output,
            )
        }
    }
}
