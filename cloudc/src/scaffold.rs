//! `cloudc new`: a project that builds, with a sample input and a test.

use crate::args::NewArgs;
use crate::stop::Stop;
use crate::write::write;

const MAIN: &str = r#"use std::collections::HashMap;

/// Counts how often each word occurs in a text.
pub fn count(text: &str) -> String {
    let mut counts = HashMap::new();
    for word in text.split_whitespace() {
        *counts.entry(word.to_string()).or_insert(0) += 1;
    }
    let mut lines: Vec<(String, u32)> = counts.into_iter().collect();
    lines.sort();
    lines.iter().map(|(word, n)| format!("{n} {word}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted() {
        assert_eq!(count("b a b"), "1 a\n2 b\n");
    }
}
"#;

/// Makes the folder.
pub fn new(args: &NewArgs, quiet: bool) -> Result<(), Stop> {
    let folder = args.name.as_path();
    let name = folder.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    if !is_name {
        return Err(Stop::usage(format!(
            "`{name}` is not a package name: use letters, digits, `_` and `-`, starting with a letter"
        )));
    }
    if folder.exists() {
        return Err(Stop::usage(format!("`{}` exists already", folder.display())));
    }
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n\n[workspace]\n"
    );
    write(&folder.join("Cargo.toml"), &manifest)?;
    write(&folder.join("src/lib.rs"), MAIN)?;
    write(&folder.join("input.txt"), "the quick brown fox jumps over the lazy dog and the cat\n")?;
    write(&folder.join(".gitignore"), "/target\n/cloudc-out\n")?;
    if !quiet {
        let shown = folder.display();
        eprintln!("made `{shown}`; try:\n    cloudc run {shown} --input text=@{shown}/input.txt");
    }
    Ok(())
}
