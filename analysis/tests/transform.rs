//! Passes change what is written, never what happens.
//!
//! `programs/*.mir` say what they return or how they fail; every pass, and both pipelines, must leave that as it is.
//! `passes/*.mir` show one body before and after a pass: the smallest input with the answer. `BLESS=1` rewrites answers.

use std::fs;
use std::path::{Path, PathBuf};

use cloudc_analysis::interp::{Limits, NoHost, Outcome, Run, run_task};
use cloudc_analysis::transform::{
    self, BODY_PASSES, Instruments, MirPass, Policy, evaluate_constants, run_passes,
};
use cloudc_frontend::mir::validate::validate_program;
use cloudc_frontend::mir::{parse_program, print_program};
use cloudc_frontend::mono::Program;

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder);
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    files
}

fn parse(path: &Path, text: &str) -> Program {
    let program = parse_program(text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let violations = validate_program(&program);
    assert!(violations.is_empty(), "{}: {violations:#?}", path.display());
    program
}

fn run(program: &Program) -> Run {
    let limits = Limits { steps: 1_000_000, ..Limits::default() };
    run_task(program, program.roots[0], &[], &[], 0, None, &mut NoHost, limits)
}

/// What the second line of a program says.
fn expected(text: &str, outcome: &Outcome) -> bool {
    let line = text.lines().find_map(|l| l.strip_prefix("// returns: ").map(|l| (true, l)));
    let line = line.or_else(|| text.lines().find_map(|l| l.strip_prefix("// panics: ").map(|l| (false, l))));
    match (line.expect("a program says what it does"), outcome) {
        ((true, n), Outcome::Returned(bytes)) => {
            let n: i64 = n.parse().expect("a number");
            n.to_le_bytes()[..bytes.len()] == bytes[..]
        }
        ((false, message), Outcome::Panicked(failure)) => failure.message == message,
        _ => false,
    }
}

fn instruments() -> Instruments {
    Instruments { validate: true, ..Instruments::default() }
}

/// Runs a change of each program and compares what happens before and after.
fn unchanged(what: &str, change: impl Fn(&mut Program)) {
    for path in files("programs") {
        let text = fs::read_to_string(&path).unwrap();
        let mut program = parse(&path, &text);
        change(&mut program);
        let after = run(&program);
        let shown = print_program(&program);
        assert!(expected(&text, &after.outcome), "{what}: {}: {:?}\n{shown}", path.display(), after.outcome);
        assert_eq!(validate_program(&program), Vec::<String>::new(), "{what}: {}", path.display());
    }
}

fn each_function(program: &mut Program, passes: &[&dyn MirPass]) {
    for func in program.functions.indices().collect::<Vec<_>>() {
        run_passes(program, func, passes, &mut instruments());
    }
}

#[test]
fn programs_do_what_they_say() {
    unchanged("nothing", |_| {});
}

#[test]
fn each_pass_alone_keeps_what_programs_do() {
    for pass in BODY_PASSES {
        unchanged(pass.name(), |program| {
            for _ in 0..3 {
                each_function(program, &[pass]);
            }
        });
    }
    unchanged("evaluate-constants", |program| {
        evaluate_constants(program, &mut instruments());
    });
}

/// Any order is right, though only one is fast.
#[test]
fn passes_in_any_order_keep_what_programs_do() {
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    for round in 0..40 {
        let mut order: Vec<&dyn MirPass> = Vec::new();
        for _ in 0..12 {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            order.push(BODY_PASSES[(seed % BODY_PASSES.len() as u64) as usize]);
        }
        let names: Vec<_> = order.iter().map(|p| p.name()).collect();
        unchanged(&format!("round {round}: {names:?}"), |program| {
            if round % 2 == 1 {
                transform::for_inference(program, &mut instruments());
            }
            each_function(program, &order);
        });
    }
}

#[test]
fn the_pipelines_keep_what_programs_do() {
    unchanged("for inference", |program| {
        transform::for_inference(program, &mut instruments());
    });
    unchanged("for code", |program| {
        let roots = program.roots.clone();
        transform::for_codegen(program, &roots, Policy::Code, &mut instruments());
    });
    unchanged("for both", |program| {
        transform::for_inference(program, &mut instruments());
        let roots = program.roots.clone();
        transform::for_codegen(program, &roots, Policy::Code, &mut instruments());
    });
}

/// What the pipeline is for: fewer steps. The numbers are upper bounds with a little room.
#[test]
fn code_gets_shorter() {
    for (name, most) in
        [("iterators", 1300), ("vector", 1850), ("enums", 40), ("closures", 30), ("matrix", 920)]
    {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/programs/{name}.mir"));
        let mut program = parse(&path, &fs::read_to_string(&path).unwrap());
        let before = run(&program).steps;
        let roots = program.roots.clone();
        transform::for_codegen(&mut program, &roots, Policy::Code, &mut instruments());
        let after = run(&program).steps;
        println!("{name}: {before} -> {after}");
        assert!(after <= most, "{name}: {before} -> {after}\n{}", print_program(&program));
    }
}
