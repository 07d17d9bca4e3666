//! What is said about wrong programs.

use std::fs;
use std::path::Path;

use libtest_mimic::{Failed, Trial};

use crate::command::{cloudc, ensure, sources, stem, tests, texts};

/// One test a file.
pub fn trials() -> Vec<Trial> {
    let one = |file: std::path::PathBuf| Trial::test(format!("ui/{}", stem(&file)), move || check(&file));
    sources("ui").into_iter().map(one).collect()
}

/// The program is refused with exit code 1 and exactly the text beside it.
fn check(file: &Path) -> Result<(), Failed> {
    let name = format!("{}.rs", stem(file));
    let output = cloudc(&tests().join("ui"), &["check", &name]);
    ensure(output.status.code() == Some(1), "exit code 1 is expected", &output)?;
    let expected = file.with_extension("stderr");
    let stderr = texts(&output).1;
    if std::env::var_os("BLESS").is_some() {
        fs::write(&expected, &stderr)?;
        return Ok(());
    }
    let text = fs::read_to_string(&expected).unwrap_or_default();
    ensure(text == stderr, &format!("{} says:\n{text}", expected.display()), &output)
}
