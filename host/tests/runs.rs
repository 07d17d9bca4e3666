//! What runs compute, on every number of workers and in shuffled orders.

mod images;

use std::sync::{Arc, Mutex};

use cloudc_abi::code::note_flag;
use cloudc_abi::{BufKind, Name};
use cloudc_host::{Failure, Host, HostError, HostOptions, Outcome};
use images::host::{add, failure, host, number, numbers, options, pair, run};

#[test]
fn a_task_may_do_nothing() {
    let host = host(1);
    let noop = add(&host, &images::noop());
    let (output, result) = run(&host, noop, &[]);
    assert!(output.unwrap().is_empty());
    assert_eq!((result.stats.runs, result.stats.calls), (1, 0));
}

#[test]
fn sums_over_0_1_and_64_inputs() {
    let host = host(1);
    let sum = add(&host, &images::sum());
    for n in [0, 1, 64, 1000] {
        let inputs: Vec<Name> = (0..n)
            .map(|i| if i % 2 == 0 { number(i) } else { host.put(&[i.to_le_bytes(); 8].concat()).unwrap() })
            .collect();
        assert_eq!(numbers(&host, sum, &inputs), [(0..n as i64).sum::<i64>()]);
    }
}

#[test]
fn two_outputs() {
    let host = host(1);
    let mut task = images::copy_twice();
    task.bounds = vec![100_000, 8];
    let task = add(&host, &task);
    let bytes: Vec<u8> = (0..100_000).map(|i| (i % 251) as u8).collect();
    let input = host.put(&bytes).unwrap();
    let result = host.run(task, &[input, number(1)], 2).unwrap();
    assert_eq!(result.outputs[0].as_ref().unwrap()[..], bytes);
    assert_eq!(result.outputs[1].as_ref().unwrap()[..], 2_u64.to_le_bytes());
    assert_eq!(result.outputs[0].as_ref().unwrap().content(), input);
}

// An output that outgrows its grant keeps what was written, wherever it moves.
#[test]
fn an_output_outgrows_its_grant_three_times() {
    let host = host(1);
    for task in [images::grow(), images::grow().unbounded()] {
        let bytes = run(&host, add(&host, &task), &[]).0.unwrap();
        assert_eq!(bytes.len(), 3_000_000);
        assert_eq!([bytes[999], bytes[99_999], bytes[2_999_999]], [7, 8, 9]);
        assert_eq!(bytes.iter().filter(|byte| **byte != 0).count(), 3);
    }
}

#[test]
fn a_chain_of_bound_runs() {
    for jobs in [1, 2, 4] {
        let host = host(jobs);
        let chain = add(&host, &images::chain());
        let itself = host.put(&chain.0).unwrap();
        assert_eq!(numbers(&host, chain, &[pair(1000, 0), itself]), [500_500]);
        // Longer than any stack of host frames would be.
        assert_eq!(numbers(&host, chain, &[pair(100_000, 0), itself]), [5_000_050_000]);
    }
}

// More runs wait than may be parked: the newest are dropped and repeated.
#[test]
fn a_chain_of_waiting_runs() {
    for jobs in [1, 2] {
        let host = host(jobs);
        let depth = add(&host, &images::depth());
        let itself = host.put(&depth.0).unwrap();
        let (output, result) = run(&host, depth, &[pair(3000, 0), itself]);
        assert_eq!(output.unwrap()[..], 3000_u64.to_le_bytes());
        assert!(result.stats.restarts > 0);
    }
}

#[test]
fn a_tree_of_waiting_runs() {
    let expected: i64 = (1 << 12..1 << 13).sum();
    for jobs in [1, 2, 4] {
        let host = host(jobs);
        let tree = add(&host, &images::tree());
        let itself = host.put(&tree.0).unwrap();
        assert_eq!(numbers(&host, tree, &[pair(12, 1), itself]), [expected]);
    }
}

#[test]
fn a_tree_in_shuffled_orders() {
    let expected: i64 = (1 << 10..1 << 11).sum();
    for seed in 0..12 {
        let jobs = 1 + seed as usize % 3;
        let host = Host::open(HostOptions { shuffle: Some(seed), ..options(jobs) }).unwrap();
        let tree = add(&host, &images::tree());
        let itself = host.put(&tree.0).unwrap();
        assert_eq!(numbers(&host, tree, &[pair(10, 1), itself]), [expected], "seed {seed}");
    }
}

#[test]
fn a_wide_fan() {
    for jobs in [1, 2, 4] {
        let host = host(jobs);
        let sum = add(&host, &images::sum());
        let mut fan = images::fan();
        fan.note.heap = 32 * 10_000;
        let fan = add(&host, &fan);
        let child = host.put(&sum.0).unwrap();
        let (output, result) = run(&host, fan, &[pair(10_000, 5), child]);
        assert_eq!(output.unwrap()[..], (0..10_000).sum::<u64>().to_le_bytes());
        assert_eq!(result.stats.runs, 10_001);
    }
}

// Two parents that ask for the same run share it; so does a later request.
#[test]
fn equal_requests_are_one_run() {
    let host = host(1);
    let sum = add(&host, &images::sum());
    let bind = add(&host, &images::spawn_bind());
    let status = add(&host, &images::spawn_status());
    let child = host.put(&sum.0).unwrap();
    let (output, first) = run(&host, bind, &[pair(3, 4), child]);
    assert_eq!(output.unwrap()[..], 3_u64.to_le_bytes());
    assert_eq!((first.stats.spawned, first.stats.runs), (2, 2));
    let (_, second) = run(&host, status, &[pair(3, 4), child]);
    assert_eq!((second.stats.spawned, second.stats.runs), (1, 1));
    let (_, third) = run(&host, bind, &[pair(3, 4), child]);
    assert_eq!((third.stats.spawned, third.stats.runs), (0, 0));
    assert_eq!(first.names, third.names);
}

// Large results are dropped when the run that asked for them releases them, and their memory is used again. Who asks for
// one of them after all gets it: its run is executed once more, and then it stays.
#[test]
fn what_was_let_go_is_made_again_once() {
    for jobs in [1, 2, 4] {
        let host = host(jobs);
        let wide = add(&host, &images::wide().unbounded());
        let mut fan = images::fan();
        fan.note.heap = 4096;
        let fan = add(&host, &fan);
        let two_fans = add(&host, &images::two_fans());
        let child = host.put(&wide.0).unwrap();
        let named = host.put(&child.0).unwrap();
        let task = host.put(&fan.0).unwrap();
        let (output, first) = run(&host, two_fans, &[pair(10, 5), task, named]);
        assert_eq!(output.unwrap()[..], (45_u64 + 55).to_le_bytes());
        assert_eq!(first.stats.runs, 1 + 2 + 10 + 11);
        let (output, second) = run(&host, fan, &[pair(12, 5), child]);
        assert_eq!(output.unwrap()[..], 66_u64.to_le_bytes());
        assert_eq!(second.stats.runs, 1 + 2);
    }
}

#[test]
fn names_do_not_depend_on_the_host() {
    let names = [1, 3].map(|jobs| {
        let host = host(jobs);
        let sum = add(&host, &images::sum());
        let (_, result) = run(&host, sum, &[number(3)]);
        assert_eq!(result.names, host.output_names(sum, &[number(3)]).unwrap());
        result.names
    });
    assert_eq!(names[0], names[1]);
}

#[test]
fn get_of_a_literal_a_late_an_absent_and_a_failed_object() {
    let host = host(1);
    let get = add(&host, &images::get_status());
    let status = |name: Name| numbers(&host, get, &[host.put(&name.0).unwrap()]);
    assert_eq!(status(number(77)), [0, 3, 77]);
    assert_eq!(status(Name::derived(&[9; 32]))[..2], [-2, 0]);
    let sum = add(&host, &images::sum());
    let (_, late) = run(&host, sum, &[number(5)]);
    assert_eq!(status(late.names[0]), [0, 3, 5]);

    let spawn = add(&host, &images::spawn_status());
    let fail = add(&host, &images::fail());
    assert_eq!(numbers(&host, spawn, &[pair(0, 0), host.put(&fail.0).unwrap()]), [-6]);
    assert_eq!(numbers(&host, spawn, &[pair(0, 0), host.put(&sum.0).unwrap()]), [0]);
}

// Waiting for oneself cannot end well, but it ends.
#[test]
fn a_run_that_waits_for_itself_fails() {
    for jobs in [1, 3] {
        let host = host(jobs);
        let failure = failure(&host, &images::get_self(), &[]);
        assert_eq!(failure.code, 50);
        assert!(failure.message.contains("every run waits"), "{failure}");
    }
}

#[test]
fn failures_say_what_the_task_said() {
    let host = host(1);
    let said = failure(&host, &images::fail(), &[]);
    let expected = (1, 7, 42, "boom");
    assert_eq!((said.code, said.site, said.detail, said.message.as_str()), expected);
    assert_eq!(said.to_string(), "panic: boom");
    for code in [1_u64, 2, 3, 4, 5, 6, 12] {
        assert_eq!(u64::from(failure(&host, &images::return_code(), &[number(code)]).code), code);
    }
}

// Whoever consumes a failed object says where it began.
#[test]
fn failures_travel_with_their_cause() {
    let host = host(2);
    let fail = add(&host, &images::fail());
    let bind = add(&host, &images::spawn_bind());
    let (bound, _) = run(&host, bind, &[pair(0, 0), host.put(&fail.0).unwrap()]);
    assert_eq!(bound.unwrap_err().message, "boom");

    let names = host.output_names(fail, &[pair(0, 0)]).unwrap();
    let sum = add(&host, &images::sum());
    let consumed = run(&host, sum, &[number(1), names[0]]).0.unwrap_err();
    assert_eq!((consumed.code, consumed.root().message.as_str()), (32, "boom"));
    let again = run(&host, sum, &[host.output_names(sum, &[number(1), names[0]]).unwrap()[0]]).0.unwrap_err();
    assert_eq!((again.code, again.root().message.as_str()), (32, "boom"));
    assert_eq!(Failure::from_bytes(&again.to_bytes()), Some(again));
}

// A text committed eagerly survives the failure of its run.
#[test]
fn an_eager_output_is_kept_when_the_run_fails() {
    let host = host(1);
    let mut task = images::fail_after_text();
    task.bounds = vec![64, 64];
    let result = host.run(add(&host, &task), &[], 2).unwrap();
    assert_eq!(result.outputs[0].as_ref().unwrap()[..], 77_u64.to_le_bytes());
    assert_eq!(result.outputs[1].as_ref().unwrap_err().code, 5);
}

#[test]
fn registers_and_flags_are_zero_at_entry() {
    let host = host(1);
    let sum = add(&host, &images::sum());
    assert_eq!(numbers(&host, sum, &[number(u64::MAX)]), [-1]);
    assert_eq!(numbers(&host, add(&host, &images::registers()), &[]), [0]);
}

// The heap is zero at entry whatever the run before left there, and grows in place.
#[test]
fn the_heap_is_zero_and_grows_in_place() {
    let host = host(1);
    for granted in [4096, 16384, 65536, 4 << 20] {
        let mut task = images::heap();
        task.note.heap = granted;
        let task = add(&host, &task);
        for more in [4096, 65536, 16 << 20] {
            assert_eq!(numbers(&host, task, &[number(more)]), [0], "{granted} and {more}");
        }
    }
}

#[test]
fn the_heap_ends_at_the_limit_of_the_note() {
    let host = host(1);
    let mut task = images::heap();
    (task.note.heap, task.note.heap_max) = (4096, 8192);
    assert_eq!(numbers(&host, add(&host, &task), &[number(4096)]), [0]);
    assert_eq!(failure(&host, &task, &[number(8192)]).code, 6);
}

#[test]
fn calls_must_be_declared() {
    let host = host(1);
    let mut task = images::denied();
    task.note.calls = 0;
    assert_eq!(numbers(&host, add(&host, &task), &[]), [-5]);
    let mut task = images::denied();
    task.note.flags = 0;
    assert_eq!(numbers(&host, add(&host, &task), &[]), [-5]);
}

#[test]
fn only_declared_tasks_see_the_clock() {
    let clock = Name::well_known(1);
    let host = Host::open(HostOptions { no_cache: false, ..options(1) }).unwrap();
    let sum = add(&host, &images::sum());
    assert!(run(&host, sum, &[clock]).0.is_err());
    let mut task = images::sum();
    task.note.flags |= note_flag::NONDET;
    let task = add(&host, &task);
    let first = numbers(&host, task, &[clock]);
    std::thread::sleep(std::time::Duration::from_millis(1));
    let second = numbers(&host, task, &[clock]);
    assert!(second > first);
}

#[test]
fn logs_reach_the_listener() {
    let lines = Arc::new(Mutex::new(Vec::new()));
    let heard = lines.clone();
    let log: cloudc_host::host::Log =
        Arc::new(move |level, text| heard.lock().unwrap().push((level, text.to_owned())));
    let host = Host::open(HostOptions { log: Some(log), ..options(1) }).unwrap();
    run(&host, add(&host, &images::log()), &[]).0.unwrap();
    assert_eq!(*lines.lock().unwrap(), [(3, "hello there".to_owned())]);
}

#[test]
fn the_trace_names_every_run() {
    let host = Host::open(HostOptions { trace: true, ..options(2) }).unwrap();
    let tree = add(&host, &images::tree());
    let itself = host.put(&tree.0).unwrap();
    let (_, result) = run(&host, tree, &[pair(3, 1), itself]);
    assert_eq!(result.trace.len(), 15);
    let root = result.trace.iter().find(|run| run.parent.is_none()).unwrap();
    assert_eq!((root.outputs.clone(), root.inputs.clone()), (result.names, vec![pair(3, 1), itself]));
    assert_eq!(result.trace.iter().filter(|run| run.parent == Some(root.outputs[0])).count(), 2);
    assert!(result.trace.iter().all(|run| run.outcome == Outcome::Executed && run.start <= run.end));
}

#[test]
fn requests_that_make_no_sense_are_refused() {
    let host = host(1);
    let mut task = images::sum();
    task.note.n_inputs = 1;
    let task = add(&host, &task);
    assert!(matches!(host.run(task, &[], 1), Err(HostError::InputCount { takes: 1, given: 0 })));
    assert!(matches!(host.run(task, &[number(1)], 2), Err(HostError::OutputCount { has: 1, asked: 2 })));
    let nobody = Name::content(&[5; 32]);
    assert!(matches!(host.run(nobody, &[], 1), Err(HostError::UnknownTask(_))));
    assert!(matches!(host.run(task, &[nobody], 1), Err(HostError::UnknownInput(_))));
}

#[test]
fn an_array_of_names_keeps_its_kind() {
    let host = host(1);
    let sum = add(&host, &images::sum());
    let names = host.put_names(&[number(1), number(2)]).unwrap();
    assert_eq!(numbers(&host, sum, &[names]), [1]);
    let bytes = run(&host, sum, &[names]).0.unwrap();
    assert_eq!(bytes.kind(), BufKind::Data);
}
