//! What goes wrong in a task ends the run, says where, and leaves the host as it was.

mod images;

use std::time::{Duration, Instant};

use cloudc_abi::Name;
use cloudc_host::{Host, HostOptions};
use images::Builder;
use images::host::{add, failure, host, number, numbers, options, pair, run};

/// Where the code starts in an image with one output.
const CODE: u64 = 384;

fn check(task: Builder, inputs: &[Name], code: u32, offset: Option<u64>) {
    let host = host(1);
    let failure = failure(&host, &task, inputs);
    assert_eq!((failure.code, failure.image_offset), (code, offset.map(|at| CODE + at)), "{failure}");
    let sum = add(&host, &images::sum());
    assert_eq!(numbers(&host, sum, &[number(4)]), [4]);
}

#[test]
fn a_wild_read() {
    check(images::wild_read(), &[], 17, Some(3));
}

#[test]
fn a_wild_write() {
    check(images::wild_write(), &[], 17, Some(2));
}

#[test]
fn a_jump_onto_the_stack() {
    check(images::wild_jump(), &[], 17, None);
}

#[test]
fn an_illegal_instruction() {
    check(images::illegal(), &[], 18, Some(2));
}

#[test]
fn a_division_by_zero() {
    check(images::divide(), &[], 4, Some(9));
}

#[test]
fn an_endless_recursion() {
    check(images::recurse(), &[], 16, Some(0));
}

#[test]
fn a_write_to_an_input() {
    check(images::write_input(), &[number(1)], 19, Some(7));
    // In the name, the arena, a slab, a region.
    for size in [31, 5000, 100_000, 5_000_000] {
        let host = host(1);
        let bytes = vec![3; size];
        let input = host.put(&bytes).unwrap();
        assert_eq!(failure(&host, &images::write_input(), &[input]).code, 19);
        let mut copy = images::copy_twice();
        copy.bounds = vec![size as u64, 8];
        let copied = host.run(add(&host, &copy), &[input], 2).unwrap();
        assert_eq!(copied.outputs[0].as_ref().unwrap()[..], bytes);
    }
}

#[test]
fn a_write_to_the_context_or_the_image() {
    check(images::write_cx(), &[], 19, Some(0));
    check(images::write_code(), &[], 17, Some(7));
}

// A write after commit is punished, or does not reach the object.
#[test]
fn a_write_after_commit() {
    let host = host(1);
    let task = add(&host, &images::write_committed().unbounded());
    for size in [8, 50_000] {
        let bytes = run(&host, task, &[number(size)]).0.unwrap();
        assert_eq!(bytes.len(), size as usize);
        assert!(bytes.iter().all(|byte| *byte == 9));
    }
    for size in [100_000, 5_000_000] {
        assert_eq!(run(&host, task, &[number(size)]).0.unwrap_err().code, 19);
    }
}

#[test]
fn addresses_that_are_not_the_tasks() {
    check(images::bad_pointer(), &[], 17, None);
    check(images::bad_buffer(), &[], 17, None);
    check(images::long_output(), &[], 17, None);
}

#[test]
fn an_endless_loop_is_ended_by_the_deadline() {
    for (task, jobs) in [(images::endless(), 1), (images::yield_endless(), 1), (images::endless(), 3)] {
        let deadline = Some(Duration::from_millis(50));
        let host = Host::open(HostOptions { deadline, ..options(jobs) }).unwrap();
        let started = Instant::now();
        assert_eq!(failure(&host, &task, &[]).code, 48);
        assert!(started.elapsed() < Duration::from_secs(20));
        // A deadline is not the program's fault: the next request tries again.
        assert_eq!(failure(&host, &task, &[]).code, 48);
        let sum = add(&host, &images::sum());
        assert_eq!(numbers(&host, sum, &[number(4)]), [4]);
    }
}

#[test]
fn a_parent_that_waits_is_ended_by_the_deadline() {
    let host = Host::open(HostOptions { deadline: Some(Duration::from_millis(50)), ..options(2) }).unwrap();
    let endless = add(&host, &images::endless());
    let child = host.put(&endless.0).unwrap();
    assert_eq!(failure(&host, &images::spawn_bind(), &[pair(0, 0), child]).code, 48);
    assert_eq!(failure(&host, &images::spawn_status(), &[pair(0, 0), child]).code, 48);
}

// When the result is there, nobody waits for a run that was asked for and is not needed.
#[test]
fn what_is_not_needed_is_cancelled() {
    for jobs in [2, 4] {
        let host = host(jobs);
        let endless = add(&host, &images::endless());
        let mut task = images::spawn_status();
        // The parent never gets the object: it may not wait.
        task.note.flags &= !cloudc_abi::code::note_flag::MAY_WAIT;
        let task = add(&host, &task);
        let child = host.put(&endless.0).unwrap();
        assert_eq!(numbers(&host, task, &[pair(0, 0), child]), [-5]);
        assert_eq!(numbers(&host, task, &[pair(0, 1), child]), [-5]);
    }
}

// Faults on several workers at once stay apart.
#[test]
fn faults_in_parallel() {
    let host = host(4);
    let status = add(&host, &images::spawn_status());
    let mut fan = images::fan();
    fan.note.heap = 32 * 1000;
    let fan = add(&host, &fan);
    for (task, code) in [(images::wild_read(), 17), (images::recurse(), 16), (images::divide(), 4)] {
        let child = host.put(&add(&host, &task).0).unwrap();
        assert_eq!(numbers(&host, status, &[pair(1, 1), child]), [-6]);
        let failure = run(&host, fan, &[pair(1000, 2), child]).0.unwrap_err();
        assert_ne!(failure.code, code);
    }
}

// A fault is tried again before it is believed.
#[test]
fn faults_are_tried_twice() {
    let host = host(1);
    let (output, result) = run(&host, add(&host, &images::wild_read()), &[]);
    assert_eq!(output.unwrap_err().code, 17);
    assert_eq!(result.stats.runs, 2);
    let (_, result) = run(&host, add(&host, &images::wild_read()), &[]);
    assert_eq!(result.stats.runs, 0);
}
