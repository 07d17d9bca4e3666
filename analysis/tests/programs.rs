//! Programs from source, through collection, the passes and the interpreter.

mod harness;

use harness::{prints, run};

use cloudc_analysis::interp::Outcome;

#[test]
fn arithmetic_and_loops() {
    let source = "
fn fib(n: u32) -> u64 { if n < 2 { n as u64 } else { fib(n - 1) + fib(n - 2) } }
fn main() {
    let mut sum = 0;
    let mut i = 0;
    while i < 10 { sum += i * i; i += 1; }
    println!(\"{} {}\", sum, fib(15));
}";
    assert_eq!(prints(source), "285 610\n");
}

#[test]
fn an_overflow_is_reported_with_the_text_before_it() {
    let source = "
fn main() {
    println!(\"before\");
    let xs = [1u8, 255];
    let mut i = 0;
    let mut total = 0u8;
    while i < 2 { total += xs[i]; i += 1; }
    println!(\"{}\", total);
}";
    let run = run(source);
    assert_eq!(run.text(), "before\n");
    let Outcome::Panicked(failure) = run.outcome else { panic!("{:?}", run.outcome) };
    assert_eq!((failure.code, failure.message.as_str()), (3, "attempt to add with overflow"));
}
