//! Results survive the process, and whatever happens to the folder, they are never wrong.

mod images;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use cloudc_abi::Name;
use cloudc_abi::code::note_flag;
use cloudc_host::store::maintain;
use cloudc_host::{Host, HostOptions, Stats};
use images::host::{Folder, add, number, numbers, options, pair, run};

fn open(store: &Path) -> Host {
    Host::open(HostOptions { store: Some(store.to_owned()), no_cache: false, ..options(2) }).unwrap()
}

fn tree(host: &Host, depth: u64) -> (Vec<i64>, Stats) {
    let tree = add(host, &images::tree());
    let itself = host.put(&tree.0).unwrap();
    let (output, result) = run(host, tree, &[pair(depth, 1), itself]);
    let bytes = output.unwrap();
    (bytes.as_chunks().0.iter().map(|chunk| i64::from_le_bytes(*chunk)).collect(), result.stats)
}

/// Copies `size` bytes: one large object, and a consumer of it.
fn copies(host: &Host, size: usize, last: u8) -> (Vec<u8>, Stats) {
    let mut copy = images::copy_twice();
    copy.bounds = vec![size as u64, 8];
    let copy = add(host, &copy);
    let mut bytes: Vec<u8> = (0..size).map(|i| (i % 253) as u8).collect();
    bytes[size - 1] = last;
    let input = host.put(&bytes).unwrap();
    let result = host.run(copy, &[input], 2).unwrap();
    assert_eq!(result.outputs[1].as_ref().unwrap()[..], 1_u64.to_le_bytes());
    (result.outputs[0].as_ref().unwrap().to_vec(), result.stats)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

#[test]
fn results_survive() {
    let folder = Folder::new();
    let first = tree(&open(folder.path()), 5);
    let second = tree(&open(folder.path()), 5);
    assert_eq!(first.0, second.0);
    assert_eq!((first.1.runs, second.1.runs, second.1.memo_hits), (63, 0, 1));
    let host = open(folder.path());
    let task = add(&host, &images::tree());
    let names = host.output_names(task, &[pair(5, 1), host.put(&task.0).unwrap()]).unwrap();
    assert_eq!(host.find(&names[0]).unwrap().unwrap().unwrap()[..], first.0[0].to_le_bytes());
    assert_eq!(host.find(&number(7)).unwrap().unwrap().unwrap()[..], 7_u64.to_le_bytes());
    assert!(host.find(&Name::derived(&[1; 32])).unwrap().is_none());
    drop(host);
    // A larger tree finds nothing of the smaller one, whose ids are the same but whose depths are not.
    let host = open(folder.path());
    assert!(tree(&host, 6).1.runs > 0);
    host.flush();
    let (first, second) = (copies(&host, 300_000, 0), copies(&open(folder.path()), 300_000, 0));
    assert_eq!(first.0, second.0);
}

#[test]
fn failures_survive_and_the_worlds_do_not() {
    let folder = Folder::new();
    for runs in [1, 0] {
        let host = open(folder.path());
        let (output, result) = run(&host, add(&host, &images::fail()), &[]);
        assert_eq!(output.unwrap_err().message, "boom");
        assert_eq!(result.stats.runs, runs);
    }
    for _ in 0..2 {
        let host = open(folder.path());
        let (output, result) = run(&host, add(&host, &images::get_self()), &[]);
        assert_eq!((output.unwrap_err().code, result.stats.runs), (50, 0));
    }
}

// Equal bytes end recomputation early: the producer changed, its result did not.
#[test]
fn early_cut_off() {
    let folder = Folder::new();
    for round in 0..2 {
        let host = open(folder.path());
        let sum = add(&host, &images::sum());
        // The same sum of different inputs: `first` has another name in each round and the same content.
        let inputs = [number(10 + round), number(30 - round)];
        let names = host.output_names(sum, &inputs).unwrap();
        assert_eq!(numbers(&host, sum, &inputs), [40]);
        let (output, result) = run(&host, sum, &[names[0], number(2)]);
        assert_eq!(output.unwrap()[..], 42_u64.to_le_bytes());
        assert_eq!((result.stats.cut_offs, result.stats.runs), (round, 1 - round));
    }
}

// What depends on a clock is not kept under its name, but is found again by its content.
#[test]
fn results_of_an_epoch_are_not_kept() {
    let folder = Folder::new();
    let times: Vec<_> = (0..2)
        .map(|_| {
            let host = open(folder.path());
            let mut clock = images::sum();
            clock.note.flags |= note_flag::NONDET;
            let clock = add(&host, &clock);
            numbers(&host, clock, &[Name::well_known(1)])
        })
        .collect();
    assert_ne!(times[0], times[1]);
}

// Every file of the store cut off or altered at many places: the answers stay the same.
#[test]
fn altered_files_count_as_absent() {
    let pristine = Folder::new();
    let expected = {
        let host = open(pristine.path());
        (tree(&host, 3).0, copies(&host, 200_000, 1).0, copies(&host, 1000, 1).0)
    };
    let paths = files(pristine.path());
    assert!(paths.iter().any(|path| path.starts_with(pristine.path().join("objects"))));
    for path in &paths {
        let good = fs::read(path).unwrap();
        for step in 0..12 {
            let at = good.len() * step / 12;
            let mut altered = good.clone();
            altered[at] ^= 0x10;
            for bad in [&altered[..], &good[..at], &[]] {
                fs::write(path, bad).unwrap();
                let host = open(pristine.path());
                let found = (tree(&host, 3).0, copies(&host, 200_000, 1).0, copies(&host, 1000, 1).0);
                assert_eq!(found, expected, "{} at {at}", path.display());
                drop(host);
                for extra in files(pristine.path()) {
                    if !paths.contains(&extra) {
                        fs::remove_file(extra).unwrap();
                    }
                }
                fs::create_dir_all(path.parent().unwrap()).unwrap();
            }
        }
        fs::write(path, &good).unwrap();
    }
}

// What was lost is computed again, and stored again.
#[test]
fn lost_files_are_written_again() {
    let folder = Folder::new();
    copies(&open(folder.path()), 200_000, 1);
    let object = files(&folder.path().join("objects")).remove(0);
    fs::write(&object, b"short").unwrap();
    assert_eq!(copies(&open(folder.path()), 200_000, 1).1.runs, 1);
    assert_eq!(fs::metadata(&object).unwrap().len(), 200_000);
    assert_eq!(copies(&open(folder.path()), 200_000, 1).1.runs, 0);
}

#[test]
fn a_folder_that_cannot_be_used_is_warned_of_once() {
    let folder = Folder::new();
    let file = folder.path().join("file");
    fs::write(&file, b"not a folder").unwrap();
    let without_packs = folder.path().join("store");
    fs::create_dir_all(&without_packs).unwrap();
    fs::write(without_packs.join("packs"), b"not a folder").unwrap();
    for store in [Path::new("/proc/cloudc-store").to_owned(), file.join("store"), without_packs] {
        let warnings = Arc::new(Mutex::new(Vec::new()));
        let heard = warnings.clone();
        let host = Host::open(HostOptions {
            store: Some(store),
            no_cache: false,
            warn: Arc::new(move |text| heard.lock().unwrap().push(text.to_owned())),
            ..options(2)
        })
        .unwrap();
        assert_eq!(tree(&host, 4).0, [(16..32).sum::<i64>()]);
        assert_eq!(copies(&host, 200_000, 1).0.len(), 200_000);
        host.flush();
        drop(host);
        let warnings = warnings.lock().unwrap();
        assert_eq!(warnings.len(), 1, "{warnings:?}");
        assert!(warnings[0].contains("cannot be written"), "{warnings:?}");
    }
}

#[test]
fn a_folder_that_disappears_is_warned_of_once() {
    let folder = Folder::new();
    let warnings = Arc::new(Mutex::new(Vec::new()));
    let heard = warnings.clone();
    let host = Host::open(HostOptions {
        store: Some(folder.path().to_owned()),
        no_cache: false,
        warn: Arc::new(move |text| heard.lock().unwrap().push(text.to_owned())),
        ..options(2)
    })
    .unwrap();
    fs::remove_dir_all(folder.path()).unwrap();
    fs::write(folder.path(), b"").unwrap();
    assert_eq!(tree(&host, 4).0, [(16..32).sum::<i64>()]);
    host.flush();
    assert_eq!(warnings.lock().unwrap().len(), 1);
    drop(host);
    fs::remove_file(folder.path()).unwrap();
}

#[test]
fn many_packs_are_merged() {
    let folder = Folder::new();
    for round in 0..70 {
        let host = open(folder.path());
        let sum = add(&host, &images::sum());
        assert_eq!(numbers(&host, sum, &[number(round)]), [round as i64]);
        copies(&host, 100, round as u8);
    }
    let host = open(folder.path());
    assert!(maintain::statistics(folder.path()).unwrap().packs < 20);
    for round in 0..70 {
        let sum = add(&host, &images::sum());
        let (output, result) = run(&host, sum, &[number(round)]);
        assert_eq!((output.unwrap()[..].to_vec(), result.stats.runs), (round.to_le_bytes().to_vec(), 0));
        let (bytes, stats) = copies(&host, 100, round as u8);
        assert_eq!((bytes[99], stats.runs), (round as u8, 0));
    }
}

#[test]
fn a_store_can_be_counted_checked_and_cleared() {
    let folder = Folder::new();
    {
        let host = open(folder.path());
        tree(&host, 3);
        copies(&host, 200_000, 1);
        copies(&host, 1000, 1);
    }
    let found = maintain::statistics(folder.path()).unwrap();
    assert_eq!((found.files, found.packed, found.packs), (1, 2, 1));
    assert!(found.names >= 18 && found.bytes > 200_000, "{found:?}");
    assert_eq!(maintain::verify(folder.path()).unwrap(), maintain::Checked { good: 3, bad: 0 });
    let object = files(&folder.path().join("objects")).remove(0);
    fs::write(&object, vec![0; 200_000]).unwrap();
    assert_eq!(maintain::verify(folder.path()).unwrap(), maintain::Checked { good: 2, bad: 1 });
    assert!(maintain::collect(folder.path(), 0).unwrap() > 0);
    assert_eq!(maintain::statistics(folder.path()).unwrap().bytes, 0);
    assert_eq!(tree(&open(folder.path()), 3).0, [(8..16).sum::<i64>()]);
}

// An array of names from the store leads to objects that are stored too, or everything is computed again.
#[test]
fn names_in_stored_objects_lead_somewhere() {
    for is_lost in [false, true] {
        let folder = Folder::new();
        for sites in 0..2 {
            let host = open(folder.path());
            let all = add(&host, &images::names_then_get());
            let name = add(&host, &images::spawn_name());
            // Another image in the second round, so that it is executed.
            let mut get = images::get_status();
            get.note.sites = sites;
            let get = add(&host, &get);
            let child = host.put(&add(&host, &images::grow().unbounded()).0).unwrap();
            let inputs = [name.0, get.0, child.0].map(|bytes| host.put(&bytes).unwrap());
            let inputs = [pair(0, 0), inputs[0], inputs[1], inputs[2]];
            assert_eq!(numbers(&host, all, &inputs), [0, 3, 0]);
            drop(host);
            if is_lost {
                fs::remove_dir_all(folder.path().join("objects")).unwrap();
            }
        }
    }
}

#[test]
fn without_cache_nothing_is_written() {
    let folder = Folder::new();
    let host = Host::open(HostOptions { store: Some(folder.path().to_owned()), ..options(1) }).unwrap();
    tree(&host, 3);
    drop(host);
    assert!(files(folder.path()).is_empty());
}
