//! Tests in text form: `tests/mir/*.mir`.
//!
//! A file is a program with a line `// test: …` and the answer. `// test: dataflow liveness`: the answer stands in `// live-in:`
//! remarks at the heads of blocks. `// test: transform pass pass …` (or `for-codegen`, `for-inference`): the answer follows the line `// ----`.
//! In both, and in `// test: run`, each function `main…` without parameters is also run before and after and must
//! give the same. `BLESS=1` rewrites the answers behind `// ----`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use cloudc_analysis::dataflow::solve_gen_kill;
use cloudc_analysis::facts::calls::call_order;
use cloudc_analysis::facts::liveness::Liveness;
use cloudc_analysis::interp::{Limits, Outcome, run_main};
use cloudc_analysis::transform::inline::{InlineCalls, Policy};
use cloudc_analysis::transform::{
    Instruments, evaluate_constants, for_codegen, for_inference, pass_named, run_passes,
};
use cloudc_frontend::mir::validate::validate_program;
use cloudc_frontend::mir::{BlockId, Location, parse_program, print_program};
use cloudc_frontend::mono::Program;

#[test]
fn text_tests_hold() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mir");
    let mut paths: Vec<_> = fs::read_dir(&folder)
        .expect("the folder of tests is there")
        .map(|e| e.expect("its entries can be read").path())
        .filter(|p| p.extension().is_some_and(|e| e == "mir"))
        .collect();
    paths.sort();
    assert!(!paths.is_empty());
    let failures: Vec<String> = paths.iter().filter_map(|p| check(p).err()).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

fn check(path: &Path) -> Result<(), String> {
    let text = fs::read_to_string(path).map_err(|e| e.to_string())?;
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let (input, answer) = match text.split_once("// ----\n") {
        Some((input, answer)) => (input, Some(answer)),
        None => (text.as_str(), None),
    };
    let line =
        input.lines().find_map(|l| l.strip_prefix("// test: ")).ok_or(format!("{name}: no `// test:`"))?;
    let program = parse_program(input).map_err(|e| format!("{name}: {e}"))?;
    let wrong = validate_program(&program);
    if !wrong.is_empty() {
        return Err(format!("{name}: {}", wrong.join("\n")));
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    match words[..] {
        ["dataflow", "liveness"] => check_liveness(input, &program).map_err(|e| format!("{name}: {e}")),
        ["transform", ref passes @ ..] => {
            let mut changed = program.clone();
            apply(&mut changed, passes).map_err(|e| format!("{name}: {e}"))?;
            same_behaviour(&program, &changed).map_err(|e| format!("{name}: {e}"))?;
            let printed = print_program(&changed);
            if answer == Some(printed.as_str()) {
                return Ok(());
            }
            if std::env::var_os("BLESS").is_some() {
                return fs::write(path, format!("{input}// ----\n{printed}")).map_err(|e| e.to_string());
            }
            Err(format!("{name}: expected\n{}\nfound\n{printed}", answer.unwrap_or("nothing")))
        }
        _ => Err(format!("{name}: unknown test `{line}`")),
    }
}

/// Runs passes, or a whole pipeline, callees first.
fn apply(program: &mut Program, passes: &[&str]) -> Result<(), String> {
    let mut instruments = Instruments { validate: true, ..Instruments::default() };
    let all: Vec<_> = program.functions.indices().collect();
    let order = call_order(program, &all);
    let mut inline = InlineCalls::new(Policy::Code, &order);
    for &pass in passes {
        match pass {
            "for-codegen" => for_codegen(program, &all, Policy::Code, &mut instruments),
            "for-inference" => drop(for_inference(program, &mut instruments)),
            "evaluate-constants" => drop(evaluate_constants(program, &mut instruments)),
            InlineCalls::NAME => {
                for &f in &order.order {
                    inline.run(program, f, &mut instruments);
                }
            }
            _ => {
                let pass = pass_named(pass).ok_or(format!("no pass `{pass}`"))?;
                for &f in &order.order {
                    run_passes(program, f, &[pass], &mut instruments);
                }
            }
        }
    }
    Ok(())
}

/// Compares `// live-in: _1 _2` after `bb0: {` with what liveness says, for the first function.
fn check_liveness(input: &str, program: &Program) -> Result<(), String> {
    let body = &program.functions[program.roots[0]].body;
    let live = solve_gen_kill(&Liveness, body);
    let mut cursor = live.cursor(&Liveness, body);
    for line in input.lines() {
        let Some((head, remark)) = line.split_once("// live-in:") else { continue };
        let number =
            head.trim().strip_prefix("bb").and_then(|h| h.split(':').next()).and_then(|n| n.parse().ok());
        let Some(block) = number.map(BlockId) else { return Err(format!("no block in `{line}`")) };
        let expected: BTreeSet<String> = remark.split_whitespace().map(str::to_string).collect();
        let found: BTreeSet<String> =
            cursor.before(Location { block, statement: 0 }).iter().map(|l| l.to_string()).collect();
        if expected != found {
            return Err(format!("{block}: live-in is {found:?}, not {expected:?}"));
        }
    }
    Ok(())
}

fn same_behaviour(before: &Program, after: &Program) -> Result<(), String> {
    for (id, f) in before.functions.iter_enumerated() {
        if f.name.starts_with("main") && f.body.arg_count == 0 {
            let limits = Limits { steps: 1_000_000, ..Limits::default() };
            let (a, b) = (run_main(before, id, limits), run_main(after, id, limits));
            if a.outcome != b.outcome || matches!(a.outcome, Outcome::Fault(_)) {
                return Err(format!("`{}` gave {:?} before and {:?} after", f.name, a.outcome, b.outcome));
            }
        }
    }
    Ok(())
}
