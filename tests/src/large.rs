//! A large program of plain code, to measure how long a check takes.

use crate::generate;

/// A program of at least so many lines: modules of random programs, and a `main` that runs them all.
pub fn program(lines: usize, seed: u64) -> String {
    let mut text = String::new();
    let mut calls = String::new();
    let (mut n, mut count) = (seed, 0);
    while count < lines {
        let module = generate::module(n);
        text += &format!("mod part{n} {{\n{module}}}\n\n");
        calls += &format!("    part{n}::run();\n");
        count += module.lines().count() + 4;
        n += 1;
    }
    format!("{text}fn main() {{\n{calls}}}\n")
}
