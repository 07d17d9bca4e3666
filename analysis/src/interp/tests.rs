//! Small programs in text form, with what they do.

use cloudc_frontend::mir::{FuncId, parse_program};

use super::*;

fn run(text: &str, args: &[Vec<u8>]) -> Outcome {
    let program = parse_program(text).unwrap_or_else(|e| panic!("{e}"));
    let violations = cloudc_frontend::mir::validate::validate_program(&program);
    assert!(violations.is_empty(), "{violations:#?}");
    run_task(&program, program.roots[0], args, &[], 0, None, &mut NoHost, Limits::default()).outcome
}

fn returns(text: &str, args: &[Vec<u8>], expected: i64) {
    assert_eq!(run(text, args), Outcome::Returned(expected.to_le_bytes().to_vec()));
}

const FIB: &str = "fn fib(_1: i64) -> i64 {
    let _2: bool; let _3: i64; let _4: i64; let _5: (i64, bool);
    bb0: { _2 = Lt(copy _1, const 2_i64); switch copy _2 [0: bb2, _: bb1]; }
    bb1: { _0 = copy _1; return; }
    bb2: { _3 = Sub(copy _1, const 1_i64); _3 = call fib(copy _3) -> bb3; }
    bb3: { _4 = Sub(copy _1, const 2_i64); _4 = call fib(copy _4) -> bb4; }
    bb4: { _5 = CheckedAdd(copy _3, copy _4); assert !copy _5.1, overflow(Add) -> bb5; }
    bb5: { _0 = copy _5.0; return; }
}";

#[test]
fn calls_nest() {
    returns(FIB, &[20i64.to_le_bytes().to_vec()], 6765);
}

/// Enums with a niche and with a tag, references into arrays, slices from arrays.
#[test]
fn compound_values_lie_in_memory() {
    returns(
        "enum Option<&i64>: isize { None = 0, Some = 1 { 0: &i64 } }
         enum E: isize { A = 0, B = 1 { 0: u8, 1: i64 }, C = 18446744073709551615 }
         fn main() -> i64 {
            let _1: [i64; 4]; let _2: &[i64; 4]; let _3: &[i64]; let _4: usize; let _5: &i64;
            let _6: Option<&i64>; let _7: isize; let _8: E; let _9: i64; let _10: isize; let _11: &[i64];
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
                switch copy _10 [18446744073709551615: bb2, _: bb3];
            }
            bb2: { _0 = copy _9; return; }
            bb3: { unreachable; }
         }",
        &[],
        43,
    );
}

#[test]
fn a_swap_of_fields_reads_before_it_writes() {
    returns(
        "fn main() -> i64 {
            let _1: (i64, i64);
            bb0: { _1 = (const 1_i64, const 2_i64); _1 = (copy _1.1, copy _1.0); _0 = copy _1.1; return; }
         }",
        &[],
        1,
    );
}

#[test]
fn function_pointers_are_called() {
    returns(
        "fn main() -> i64 {
            let _1: fn(i64) -> i64;
            bb0: { _1 = const fn twice: fn(i64) -> i64; _0 = call (copy _1)(const 21_i64) -> bb1; }
            bb1: { return; }
         }
         fn twice(_1: i64) -> i64 { bb0: { _0 = Mul(copy _1, const 2_i64); return; } }",
        &[],
        42,
    );
}

#[test]
fn a_failed_check_is_the_outcome() {
    let text = "fn main(_1: u8) -> u8 {
        let _2: (u8, bool);
        bb0: { _2 = CheckedAdd(copy _1, const 200_u8); assert !copy _2.1, overflow(Add) -> bb1; }
        bb1: { _0 = copy _2.0; return; }
    }";
    assert_eq!(run(text, &[vec![55]]), Outcome::Returned(vec![255]));
    let Outcome::Panicked(failure) = run(text, &[vec![56]]) else { panic!("an overflow is a panic") };
    assert_eq!((failure.code, failure.message.as_str()), (3, "attempt to add with overflow"));
}

#[test]
fn limits_end_a_run() {
    let program = parse_program(
        "fn main() { bb0: { goto bb0; } }
         fn deep() { let _1: (); bb0: { _1 = call deep() -> bb1; } bb1: { return; } }",
    )
    .unwrap();
    let limits = Limits { steps: 1000, depth: 50, ..Limits::default() };
    assert_eq!(run_main(&program, FuncId(0), limits).outcome, Outcome::Limit(Limit::Steps));
    assert_eq!(run_main(&program, FuncId(1), limits).outcome, Outcome::Limit(Limit::Depth));
}

#[test]
fn a_bad_address_is_a_fault() {
    let text = "fn main() -> u8 {
        let _1: *const u8;
        bb0: { _1 = const 0_usize as *const u8 (PtrInt); _0 = copy *_1; return; }
    }";
    assert_eq!(run(text, &[]), Outcome::Fault("no 1 bytes at 0x0".to_string()));
}

#[test]
fn intrinsics_compute() {
    returns(
        "fn main() -> i64 {
            let _1: u32; let _2: (i64, bool); let _3: f64; let _4: u64;
            bb0: { _1 = call intrinsic ctlz<u8>(const 1_u8) -> bb1; }
            bb1: { _2 = call intrinsic mul_with_overflow<i64>(const -3_i64, const 5_i64) -> bb2; }
            bb2: { _3 = call intrinsic fsqrt<f64>(const 16.0_f64) -> bb3; }
            bb3: {
                _0 = copy _1 as i64 (IntToInt);
                _0 = Add(copy _0, copy _2.0);
                _4 = copy _3 as u64 (FloatToInt);
                _0 = Add(copy _0, const 8_i64);
                return;
            }
         }",
        &[],
        0,
    );
}
