//! What LLVM is told of a function, and what it makes of it.
#![cfg(feature = "llvm")]

use cloudc_codegen::{Backend, Build, Level, Settings, Target, TaskNote, TaskRequest};
use cloudc_frontend::mir::parse_program;

/// A run-time library that does nothing.
const RUNTIME: &str = "
    struct State { cx: *const u8 }
    lang rt_start = rt_start;
    lang rt_finish = rt_finish;
    lang panic_bounds_check = panic_bounds_check;
    fn rt_start(_1: *mut State, _2: *const u8, _3: usize, _4: usize) { bb0: { (*_1).0 = copy _2; return; } }
    fn rt_finish() { bb0: { return; } }
    fn panic_bounds_check(_1: usize, _2: usize, _3: u32) -> ! { bb0: { unreachable; } }
    ";

/// LLVM's text before and after optimisation of a program whose task is `task`.
fn texts(program: &str, target: Target, level: Level) -> [String; 2] {
    let program =
        parse_program(&format!("{RUNTIME}\n{program}")).unwrap_or_else(|e| panic!("{e}\n{program}"));
    let note = TaskNote { stack: 65536, ..TaskNote::default() };
    let root = program.function_named("task").expect("the program has a task");
    let settings = Settings { backend: Backend::Llvm, target, level, verify: true, debug: None };
    let request = TaskRequest { program: &program, root, note: &note };
    let build = Build::new(&program, settings).unwrap_or_else(|e| panic!("{e}"));
    build.llvm_text(&request).unwrap_or_else(|e| panic!("{e}"))
}

/// The head of the function `f` of a program, before optimisation.
fn head(declarations: &str, signature: &str, call: &str) -> String {
    let program = format!(
        "{declarations}
         fn task() {{ {call} }}
         fn f{signature}"
    );
    let [text, _] = texts(&program, Target::X86_64, Level::default());
    let parsed = parse_program(&format!("{RUNTIME}\n{program}")).expect("it parses");
    let f = parsed.function_named("f").expect("there is an `f`");
    let name = format!("@f{}(", f.0);
    let line = text.lines().find(|line| line.starts_with("define") && line.contains(&name));
    line.expect("`f` is defined").replace(&name, "@f(")
}

#[track_caller]
fn check_head(declarations: &str, signature: &str, call: &str, expected: &str) {
    assert_eq!(head(declarations, signature, call), format!("define internal {expected} {{"));
}

#[test]
fn an_exclusive_reference_aliases_nothing() {
    check_head(
        "",
        "(_1: &mut i64) { bb0: { return; } }",
        "let _1: i64; let _2: &mut i64; let _3: ();
         bb0: { _1 = const 1_i64; _2 = &mut _1; _3 = call f(move _2) -> bb1; } bb1: { return; }",
        "void @f(ptr noundef nonnull %p0, ptr noalias noundef nonnull align 8 dereferenceable(8) %p1) #0",
    );
}

#[test]
fn a_shared_reference_is_only_read() {
    check_head(
        "",
        "(_1: &[u16]) { bb0: { return; } }",
        "let _1: [u16; 2]; let _2: &[u16; 2]; let _4: &[u16]; let _3: ();
         bb0: { _1 = [const 1_u16; 2]; _2 = &_1; _4 = copy _2 as &[u16] (Unsize); _3 = call f(copy _4) -> bb1; }
         bb1: { return; }",
        "void @f(ptr noundef nonnull %p0, ptr noalias readonly noundef nonnull align 2 %p1, i64 %p2) #0",
    );
}

#[test]
fn unused_bit_patterns_are_not_met() {
    check_head(
        "",
        "(_1: bool) -> bool { bb0: { _0 = copy _1; return; } }",
        "let _1: bool; bb0: { _1 = call f(const true) -> bb1; } bb1: { return; }",
        "range(i8 0, 2) i8 @f(ptr noundef nonnull %p0, i8 range(i8 0, 2) %p1) #0",
    );
}

#[test]
fn a_value_in_memory_belongs_to_the_callee() {
    check_head(
        "struct Big { a: i64, b: i64, c: i64 }",
        "(_1: Big) -> Big { bb0: { _0 = move _1; return; } }",
        "let _1: Big; bb0: { _1 = Big.Big(const 1_i64, const 2_i64, const 3_i64); _1 = call f(copy _1) -> bb1; }
         bb1: { return; }",
        "void @f(ptr noundef nonnull %p0, ptr noundef nonnull align 8 dereferenceable(24) %p1, \
         ptr noalias noundef nonnull align 8 dereferenceable(24) %p2) #0",
    );
}

/// Code after a failure is not reached, and failing is rare.
#[test]
fn a_function_that_never_returns_is_cold() {
    check_head(
        "",
        "() -> ! { bb0: { unreachable; } }",
        "let _1: !; bb0: { _1 = call f() -> !; }",
        "void @f(ptr noundef nonnull %p0) #1",
    );
}

/// `&mut` lets a loop keep its sum in a register; a sum of floats is never reordered.
#[test]
fn sums_of_floats_keep_their_order() {
    let program = "
        fn task() {
            let _1: [f64; 64]; let _2: &[f64; 64]; let _3: f64;
            bb0: { _1 = [const 1.5_f64; 64]; _2 = &_1; _3 = call f(copy _2) -> bb1; }
            bb1: { _3 = call intrinsic black_box<f64>(copy _3) -> bb2; }
            bb2: { return; }
        }
        fn f(_1: &[f64; 64]) -> f64 {
            let _2: usize; let _3: bool;
            bb0: { _0 = const 0.0_f64; _2 = const 0_usize; goto bb1; }
            bb1: { _3 = Lt(copy _2, const 64_usize); switch copy _3 [0: bb3, _: bb2]; }
            bb2: { _0 = Add(copy _0, copy (*_1)[_2]); _2 = Add(copy _2, const 1_usize); goto bb1; }
            bb3: { return; }
        }";
    for level in Level::ALL {
        let [text, optimised] = texts(program, Target::X86_64, level);
        assert!(text.contains("fadd double"), "{text}");
        assert!(!text.contains("fast") && !text.contains("reassoc"), "{text}");
        assert!(!optimised.contains("fadd <"), "{optimised}");
    }
}

#[test]
fn frames_are_probed() {
    let [text, _] = texts("fn task() { bb0: { return; } }", Target::X86_64, Level::default());
    assert!(text.contains("attributes #0 = { nounwind \"probe-stack\"=\"inline-asm\" }"), "{text}");
}
