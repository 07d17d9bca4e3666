//! Programs in text form, compiled, linked and run as images: they answer as the interpreter does.
//!
//! Guards every rvalue, terminator and intrinsic of the back ends, and the shape of its objects for the linker.

use cloudc_analysis::interp::{Limits, Outcome, run_main};
use cloudc_codegen::{
    Backend, Build, Level, Settings, Target, TaskNote, TaskObject, TaskRequest, is_available,
};
use cloudc_frontend::mir::{FuncId, parse_program};
use cloudc_frontend::mono::Program;
use cloudc_frontend::symbol::Symbol;
use cloudc_host::{Host, HostOptions};
use cloudc_linker::{Input, Options, link, verify_image};

/// A run-time library of a few lines: keeps the context, and hands an `i64` over as output 0.
const RUNTIME: &str = "
    struct State { cx: *const u8 }
    lang rt_start = rt_start;
    lang rt_finish = rt_finish;
    lang panic_bounds_check = panic_bounds_check;
    lang panic_add_overflow = panic_add_overflow;
    lang panic_sub_overflow = panic_sub_overflow;
    lang panic_mul_overflow = panic_mul_overflow;
    lang panic_shl_overflow = panic_shl_overflow;
    lang panic_shr_overflow = panic_shr_overflow;
    lang panic_neg_overflow = panic_neg_overflow;
    lang panic_div_by_zero = panic_div_by_zero;
    lang panic_rem_by_zero = panic_rem_by_zero;
    fn rt_start(_1: *mut State, _2: *const u8, _3: usize, _4: usize) { bb0: { (*_1).0 = copy _2; return; } }
    fn rt_finish() { bb0: { return; } }
    fn panic_const(_1: u32, _2: &str, _3: u32) -> ! {
        let _4: [u64; 4]; let _5: &[u64; 4]; let _6: *const [u64; 4]; let _7: usize; let _8: isize; let _9: u64;
        bb0: {
            _9 = copy _1 as u64 (IntToInt);
            _4 = [copy _9, const 0_u64, const 0_u64, const 0_u64] of u64;
            _5 = &_4;
            _6 = &raw const *_5;
            _7 = copy _6 as usize (PtrInt);
            _8 = call intrinsic host_call(const 7_usize, copy _7, const 0_usize, const 0_usize, const 0_usize) -> bb1;
        }
        bb1: { unreachable; }
    }
    fn panic_bounds_check(_1: usize, _2: usize, _3: u32) -> ! {
        let _4: !;
        bb0: { _4 = call panic_const(const 2_u32, const \"\", copy _3) -> !; }
    }
    fn panic_add_overflow(_1: u32) -> ! { let _2: !; bb0: { _2 = call panic_const(const 3_u32, const \"\", copy _1) -> !; } }
    fn panic_sub_overflow(_1: u32) -> ! { let _2: !; bb0: { _2 = call panic_const(const 3_u32, const \"\", copy _1) -> !; } }
    fn panic_mul_overflow(_1: u32) -> ! { let _2: !; bb0: { _2 = call panic_const(const 3_u32, const \"\", copy _1) -> !; } }
    fn panic_shl_overflow(_1: u32) -> ! { let _2: !; bb0: { _2 = call panic_const(const 3_u32, const \"\", copy _1) -> !; } }
    fn panic_shr_overflow(_1: u32) -> ! { let _2: !; bb0: { _2 = call panic_const(const 3_u32, const \"\", copy _1) -> !; } }
    fn panic_neg_overflow(_1: u32) -> ! { let _2: !; bb0: { _2 = call panic_const(const 3_u32, const \"\", copy _1) -> !; } }
    fn panic_div_by_zero(_1: u32) -> ! { let _2: !; bb0: { _2 = call panic_const(const 4_u32, const \"\", copy _1) -> !; } }
    fn panic_rem_by_zero(_1: u32) -> ! { let _2: !; bb0: { _2 = call panic_const(const 4_u32, const \"\", copy _1) -> !; } }
    fn task() {
        let _1: i64; let _2: *mut State; let _3: *const u8; let _4: *const *mut i64; let _5: *const *mut i64;
        let _6: *mut i64; let _7: *const *mut i64; let _8: *mut i64; let _9: *const u64; let _10: *mut u64;
        bb0: { _1 = call main() -> bb1; }
        bb1: { _2 = call intrinsic rt_state() -> bb2; }
        bb2: { _3 = copy (*_2).0; _3 = call intrinsic offset<u8>(copy _3, const 16_isize) -> bb3; }
        bb3: {
            _4 = copy _3 as *const *mut i64 (PtrToPtr);
            _6 = copy *_4;
            _7 = copy _6 as *const *mut i64 (PtrToPtr);
            _8 = copy *_7;
            *_8 = copy _1;
            _9 = copy _6 as *const u64 (PtrToPtr);
            _9 = call intrinsic offset<u64>(copy _9, const 1_isize) -> bb4;
        }
        bb4: { _10 = copy _9 as *mut u64 (PtrToPtr); *_10 = const 8_u64; return; }
    }";

/// What an image does.
#[derive(PartialEq, Debug)]
enum Answer {
    Value(i64),
    Failed(u32),
}

fn task(
    program: &Program,
    root: FuncId,
    backend: Backend,
    target: Target,
    note: &TaskNote,
) -> Result<TaskObject, String> {
    let settings = Settings { backend, target, level: Level::default(), verify: true, debug: None };
    Build::new(program, settings)?.task(&TaskRequest { program, root, note })
}

fn run_image(text: &str, backend: Backend) -> Answer {
    let program = parse_program(&format!("{RUNTIME}\n{text}")).unwrap_or_else(|e| panic!("{e}\n{text}"));
    let note = TaskNote {
        calls: 1 << 7,
        n_outputs: 1,
        stack: 65536,
        output_bounds: vec![8],
        manifest: b"{}".to_vec(),
        ..TaskNote::default()
    };
    let root = program.function_named("task").expect("the runtime has a task");
    let object =
        task(&program, root, backend, Target::X86_64, &note).unwrap_or_else(|e| panic!("{e}\n{text}"));
    let input = Input { name: "task.o", bytes: &object.bytes };
    let linked = link(&Options::image("entry"), &[input], &[]);
    let linked = linked.unwrap_or_else(|e| panic!("{}", e.iter().map(|e| e.to_string()).collect::<String>()));
    verify_image(&linked.image).unwrap_or_else(|e| panic!("{e}"));
    let host =
        Host::open(HostOptions { no_cache: true, jobs: 1, ..HostOptions::default() }).expect("a host opens");
    let task = host.add_image(&linked.image).unwrap_or_else(|e| panic!("{e}"));
    let result = host.run(task, &[], 1).unwrap_or_else(|e| panic!("{e}"));
    match &result.outputs[0] {
        Ok(bytes) => Answer::Value(i64::from_le_bytes((**bytes).try_into().expect("an i64"))),
        Err(failure) => Answer::Failed(failure.code),
    }
}

fn interpret(text: &str) -> Answer {
    let program = parse_program(&format!("{RUNTIME}\n{text}")).unwrap_or_else(|e| panic!("{e}\n{text}"));
    let violations = cloudc_frontend::mir::validate::validate_program(&program);
    assert!(violations.is_empty(), "{violations:#?}");
    let main = program.function_named("main").expect("a program has a `main`");
    assert!(program.lang_funcs.contains_key(&Symbol::intern("rt_start")));
    match run_main(&program, main, Limits::default()).outcome {
        Outcome::Returned(bytes) => Answer::Value(i64::from_le_bytes(bytes.try_into().expect("an i64"))),
        Outcome::Panicked(failure) => Answer::Failed(failure.code),
        other => panic!("{other:?}\n{text}"),
    }
}

/// The back ends that are built in.
fn backends() -> impl Iterator<Item = Backend> {
    [Backend::Clif, Backend::Llvm].into_iter().filter(|&backend| is_available(backend))
}

#[track_caller]
fn check(text: &str, expected: Answer) {
    assert_eq!(interpret(text), expected, "interpreter: {text}");
    for backend in backends() {
        assert_eq!(run_image(text, backend), expected, "{backend:?}: {text}");
    }
}

#[track_caller]
fn value(text: &str, expected: i64) {
    check(text, Answer::Value(expected));
}

/// `main` that computes `_0` from statements over locals.
fn straight(locals: &str, statements: &str) -> String {
    format!("fn main() -> i64 {{ {locals} bb0: {{ {statements} return; }} }}")
}

#[test]
fn recursion_and_checked_arithmetic() {
    value(
        "fn main() -> i64 { bb0: { _0 = call fib(const 20_i64) -> bb1; } bb1: { return; } }
         fn fib(_1: i64) -> i64 {
            let _2: bool; let _3: i64; let _4: i64; let _5: (i64, bool);
            bb0: { _2 = Lt(copy _1, const 2_i64); switch copy _2 [0: bb2, _: bb1]; }
            bb1: { _0 = copy _1; return; }
            bb2: { _3 = Sub(copy _1, const 1_i64); _3 = call fib(copy _3) -> bb3; }
            bb3: { _4 = Sub(copy _1, const 2_i64); _4 = call fib(copy _4) -> bb4; }
            bb4: { _5 = CheckedAdd(copy _3, copy _4); assert !copy _5.1, overflow(Add) -> bb5; }
            bb5: { _0 = copy _5.0; return; }
        }",
        6765,
    );
}

/// Every width, signed and unsigned, at the edge and one past it.
#[test]
fn overflow_is_seen_at_every_width() {
    let edges = [
        ("Add", "i8", "127", "1", true),
        ("Add", "i8", "126", "1", false),
        ("Add", "u8", "255", "1", true),
        ("Add", "u16", "65534", "1", false),
        ("Add", "i64", "9223372036854775807", "1", true),
        ("Add", "u64", "18446744073709551615", "1", true),
        ("Sub", "u32", "0", "1", true),
        ("Sub", "i32", "-2147483648", "1", true),
        ("Sub", "i128", "-5", "7", false),
        ("Mul", "i8", "16", "8", true),
        ("Mul", "i8", "-16", "8", false),
        ("Mul", "u16", "256", "256", true),
        ("Mul", "i32", "65536", "-32768", false),
        ("Mul", "i32", "65536", "32768", true),
        ("Mul", "i64", "4294967296", "2147483648", true),
        ("Mul", "i64", "-4294967296", "2147483648", false),
        ("Mul", "u64", "4294967296", "4294967296", true),
        ("Shl", "i32", "1", "32", true),
        ("Shl", "i32", "1", "31", false),
        ("Shr", "u8", "1", "8", true),
    ];
    for (op, ty, a, b, overflows) in edges {
        let text = format!(
            "fn main() -> i64 {{ let _1: ({ty}, bool);
               bb0: {{ _1 = Checked{op}(const {a}_{ty}, const {b}_{ty}); assert !copy _1.1, overflow({op}) -> bb1; }}
               bb1: {{ _0 = copy _1.0 as i64 (IntToInt); return; }} }}"
        );
        if overflows {
            check(&text, Answer::Failed(3));
        } else {
            let expected = interpret(&text);
            check(&text, expected);
        }
    }
}

#[test]
fn enums_with_tags_and_niches() {
    value(
        "enum Option<&i64>: isize { None = 0, Some = 1 { 0: &i64 } }
         enum E: isize { A = 0, B = 1 { 0: u8, 1: i64 }, C = 18446744073709551615 }
         enum Three: isize { X = 0, Y = 1 { 0: bool }, Z = 2 }
         fn main() -> i64 {
            let _1: [i64; 4]; let _2: &[i64; 4]; let _3: &[i64]; let _4: usize; let _5: &i64;
            let _6: Option<&i64>; let _7: isize; let _8: E; let _9: i64; let _10: isize; let _11: &[i64];
            let _12: Three; let _13: isize; let _14: i64;
            bb0: {
                _1 = [const 1_i64, const 2_i64, const 3_i64, const 40_i64] of i64;
                _2 = &_1;
                _3 = copy _2 as &[i64] (Unsize);
                _4 = Len(*_3);
                _4 = Sub(copy _4, const 1_usize);
                _5 = &(*_3)[_4];
                _6 = Option<&i64>.Some(copy _5);
                _7 = Discriminant(_6);
                switch copy _7 [1: bb1, _: bb3];
            }
            bb1: {
                _8 = E.B(const 3_u8, copy *(_6 as Some).0);
                _9 = copy (_8 as B).1;
                _8 = E.C();
                _10 = Discriminant(_8);
                _11 = &(*_3)[1..-1];
                _9 = Add(copy _9, copy (*_11)[-1]);
                _12 = Three.Z();
                _13 = Discriminant(_12);
                _14 = copy _13 as i64 (IntToInt);
                _9 = Add(copy _9, copy _14);
                _12 = Three.Y(const true);
                _13 = Discriminant(_12);
                _14 = copy _13 as i64 (IntToInt);
                _9 = Add(copy _9, copy _14);
                switch copy _10 [18446744073709551615: bb2, _: bb3];
            }
            bb2: { _0 = copy _9; return; }
            bb3: { unreachable; }
         }",
        46,
    );
}

#[test]
fn large_values_are_passed_and_returned_in_memory() {
    value(
        "struct Big { a: i64, b: i64, c: i64, d: u8 }
         fn main() -> i64 {
            let _1: Big; let _2: Big; let _3: i64;
            bb0: { _1 = Big.Big(const 1_i64, const 2_i64, const 3_i64, const 4_u8); _2 = call bump(copy _1) -> bb1; }
            bb1: { _1 = call bump(move _1) -> bb2; }
            bb2: { _0 = Add(copy _1.0, copy _2.1); _3 = copy _1.3 as i64 (IntToInt); _0 = Add(copy _0, copy _3); return; }
         }
         fn bump(_1: Big) -> Big {
            bb0: { _1.0 = Add(copy _1.0, const 100_i64); _1.3 = const 7_u8; _0 = move _1; return; }
         }",
        110,
    );
}

#[test]
fn wide_integers() {
    value(
        &straight(
            "let _1: i128; let _2: i128; let _3: bool;",
            "_1 = Mul(const 18446744073709551616_i128, const 3_i128); _2 = Shr(copy _1, const 60_i32);
         _1 = Sub(copy _2, const 50_i128); _0 = copy _1 as i64 (IntToInt);",
        ),
        -2,
    );
}

#[test]
fn floats_convert_as_rust_says() {
    for (x, ty, expected) in [
        ("300.7", "u8", 255),
        ("-5.0", "u8", 0),
        ("-129.5", "i8", -128),
        ("1e30", "i64", i64::MAX),
        ("-1e30", "i32", i32::MIN as i64),
        ("2.9", "i32", 2),
        ("70000.0", "i16", 32767),
    ] {
        let text = straight(
            &format!("let _1: {ty};"),
            &format!("_1 = const {x}_f64 as {ty} (FloatToInt); _0 = copy _1 as i64 (IntToInt);"),
        );
        value(&text, expected);
    }
    let text = straight(
        "let _1: f32; let _2: f64;",
        "_1 = const 255_u8 as f32 (IntToFloat); _2 = copy _1 as f64 (FloatToFloat);
        _2 = Div(copy _2, const 2.0_f64); _0 = copy _2 as i64 (FloatToInt);",
    );
    value(&text, 127);
}

#[test]
fn memory_routines_move_fill_and_compare() {
    value(
        "fn main() -> i64 {
            let _1: [u8; 300]; let _2: [u8; 300]; let _3: *const u8; let _4: *mut u8; let _5: &[u8; 300]; let _6: *const [u8; 300];
            let _7: *const u8; let _8: i32; let _9: (); let _10: *const u8; let _11: *mut u8;
            bb0: {
                _1 = [const 7_u8; 300];
                _2 = copy _1;
                _1[3] = const 9_u8;
                _6 = &raw const _1;
                _3 = copy _6 as *const u8 (PtrToPtr);
                _7 = call intrinsic offset<u8>(copy _3, const 1_isize) -> bb1;
            }
            bb1: { _11 = copy _7 as *mut u8 (PtrToPtr); _9 = call intrinsic copy<u8>(copy _3, copy _11, const 290_usize) -> bb2; }
            bb2: {
                _6 = &raw const _2;
                _10 = copy _6 as *const u8 (PtrToPtr);
                _8 = call intrinsic compare_bytes(copy _3, copy _10, const 300_usize) -> bb3;
            }
            bb3: { _0 = copy _8 as i64 (IntToInt); _9 = call intrinsic write_bytes<u8>(copy _11, const 1_u8, const 2_usize) -> bb4; }
            bb4: { _8 = copy _1[2] as i32 (IntToInt); _8 = Mul(copy _8, const 100_i32); _8 = Add(copy _8, const 0_i32);
                   switch copy _8 [100: bb5, _: bb6]; }
            bb5: { return; }
            bb6: { unreachable; }
         }",
        1,
    );
}

#[test]
fn bounds_are_checked() {
    let text = |index: usize| {
        format!(
            "fn main() -> i64 {{
               let _1: [i64; 3]; let _2: usize; let _3: bool;
               bb0: {{ _1 = [const 5_i64, const 6_i64, const 7_i64] of i64; _2 = const {index}_usize;
                      _3 = Lt(copy _2, const 3_usize); assert copy _3, bounds(const 3_usize, copy _2) -> bb1; }}
               bb1: {{ _0 = copy _1[_2]; return; }} }}"
        )
    };
    value(&text(2), 7);
    check(&text(3), Answer::Failed(2));
}

#[test]
fn function_pointers_are_called() {
    value(
        "fn main() -> i64 {
            let _1: fn(i64) -> i64;
            bb0: { _1 = const fn twice: fn(i64) -> i64; _0 = call (copy _1)(const 21_i64) -> bb1; }
            bb1: { return; }
         }
         fn twice(_1: i64) -> i64 { bb0: { _0 = Mul(copy _1, const 2_i64); return; } }",
        42,
    );
}

#[test]
fn loops_keep_their_variables() {
    value(
        "fn main() -> i64 {
            let _1: i64; let _2: bool; let _3: (i64, bool);
            bb0: { _0 = const 0_i64; _1 = const 0_i64; goto bb1; }
            bb1: { _2 = Lt(copy _1, const 100000_i64); switch copy _2 [0: bb3, _: bb2]; }
            bb2: { _3 = CheckedAdd(copy _0, copy _1); assert !copy _3.1, overflow(Add) -> bb4; }
            bb3: { return; }
            bb4: { _0 = copy _3.0; _1 = Add(copy _1, const 1_i64); goto bb1; }
        }",
        4999950000,
    );
}

/// A task that adds two numbers is small.
#[test]
fn a_small_task_is_a_small_image() {
    let text = "fn main() -> i64 { bb0: { _0 = Add(const 1_i64, const 2_i64); return; } }";
    value(text, 3);
}

/// The same program gives objects for the other machines too.
#[test]
fn other_machines_have_code() {
    let text = "fn main() -> i64 { bb0: { _0 = Add(const 1_i64, const 2_i64); return; } }";
    let program = parse_program(&format!("{RUNTIME}\n{text}")).expect("it parses");
    let note = TaskNote { n_outputs: 1, stack: 65536, output_bounds: vec![8], ..TaskNote::default() };
    let root = program.function_named("task").expect("the runtime has a task");
    let targets = [Target::Aarch64, Target::Riscv64];
    for (target, backend) in targets.into_iter().flat_map(|t| backends().map(move |b| (t, b))) {
        let object = task(&program, root, backend, target, &note).unwrap_or_else(|e| panic!("{e}"));
        let input = Input { name: "task.o", bytes: &object.bytes };
        let linked = link(&Options::image("entry"), &[input], &[]);
        let linked =
            linked.unwrap_or_else(|e| panic!("{}", e.iter().map(|e| e.to_string()).collect::<String>()));
        verify_image(&linked.image).unwrap_or_else(|e| panic!("{e}"));
    }
}

/// Functions are compiled once for all tasks: a task's object says nothing of the tasks before it.
#[test]
fn a_task_is_the_same_whatever_was_compiled_before_it() {
    let text = "
        fn shared(_1: i64) -> i64 {
            let _2: (i64, bool);
            bb0: { _2 = CheckedAdd(copy _1, const 1_i64); assert !copy _2.1, overflow(Add) -> bb1; }
            bb1: { _0 = copy _2.0; return; }
        }
        fn other() { let _1: i64; bb0: { _1 = call shared(const 7_i64) -> bb1; } bb1: { return; } }
        fn main() -> i64 { bb0: { _0 = call shared(const 1_i64) -> bb1; } bb1: { return; } }";
    let program = parse_program(&format!("{RUNTIME}\n{text}")).unwrap_or_else(|e| panic!("{e}\n{text}"));
    let note = TaskNote { n_outputs: 1, stack: 65536, output_bounds: vec![8], ..TaskNote::default() };
    let [root, other] = ["task", "other"].map(|name| program.function_named(name).expect("it is there"));
    for backend in backends() {
        let settings =
            Settings { backend, target: Target::X86_64, level: Level::default(), verify: true, debug: None };
        let build = Build::new(&program, settings).unwrap_or_else(|e| panic!("{e}"));
        let task = |root| build.task(&TaskRequest { program: &program, root, note: &note });
        let before = task(other).unwrap_or_else(|e| panic!("{e}"));
        let after = task(root).unwrap_or_else(|e| panic!("{e}"));
        let alone =
            self::task(&program, root, backend, Target::X86_64, &note).unwrap_or_else(|e| panic!("{e}"));
        assert!(before.bytes != after.bytes && after.bytes == alone.bytes);
        assert_eq!(after.sites, alone.sites);
    }
}
