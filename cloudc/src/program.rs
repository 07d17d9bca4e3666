//! What a `main` reads by name: its arguments, standard input, and files.
//!
//! These are inputs of the run like all others: their content is part of every name that depends on them. Which files a
//! program may read is found before it runs: those it names in its text, and those its arguments name.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;

use cloudc_frontend::mir::visit::Visitor;
use cloudc_frontend::mir::{Constant, ConstantKind, Location};
use cloudc_frontend::mono::Program;

/// What the manifest calls these inputs.
pub const NAMED: &str = "named";

/// Whether the program has code that reads something by name.
pub fn reads_named(program: &Program) -> bool {
    ["std::env::args", "std::io::stdin", "std::fs::"].iter().any(|p| has_function(program, p))
}

fn has_function(program: &Program, prefix: &str) -> bool {
    program.functions.iter().any(|f| f.is_std && f.name.starts_with(prefix))
}

/// The objects of a run: a list of names, one a line, then what each stands for. `stdin` is read only for a program that
/// reads it.
///
/// # Errors
/// If standard input or a file cannot be read.
pub fn named_inputs(
    program: &Program,
    args: &[String],
    stdin: &mut dyn Read,
) -> Result<Vec<Vec<u8>>, String> {
    let mut found: Vec<(String, Vec<u8>)> = Vec::new();
    if has_function(program, "std::env::args") {
        if let Some(bad) = args.iter().find(|a| a.contains('\n')) {
            return Err(format!("the argument {bad:?} holds a newline"));
        }
        found.push((
            "args".to_string(),
            args.iter().flat_map(|a| [a.as_str(), "\n"]).collect::<String>().into(),
        ));
    }
    if has_function(program, "std::io::stdin") {
        let mut bytes = Vec::new();
        stdin.read_to_end(&mut bytes).map_err(|e| format!("cannot read standard input: {e}"))?;
        found.push(("stdin".to_string(), bytes));
    }
    if has_function(program, "std::fs::") {
        let mut files = Texts::default();
        for function in program.functions.iter().filter(|f| !f.is_std) {
            files.visit_body(&function.body);
        }
        files.0.extend(args.iter().cloned());
        for path in files.0 {
            if path.contains('\n') || !fs::metadata(&path).is_ok_and(|m| m.is_file()) {
                continue;
            }
            let bytes = fs::read(&path).map_err(|e| format!("cannot read `{path}`: {e}"))?;
            found.push((path, bytes));
        }
    }
    let list: String = found.iter().flat_map(|(name, _)| [name.as_str(), "\n"]).collect();
    Ok(std::iter::once(list.into_bytes()).chain(found.into_iter().map(|f| f.1)).collect())
}

/// Texts that stand in the program.
#[derive(Default)]
struct Texts(BTreeSet<String>);

impl Visitor for Texts {
    fn visit_constant(&mut self, constant: &Constant, _at: Location) {
        if let ConstantKind::Str(text) = &constant.kind {
            self.0.insert(text.to_string());
        }
    }
}
