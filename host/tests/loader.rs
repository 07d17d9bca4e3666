//! What the loader accepts and refuses, whatever the bytes.

mod images;

use cloudc_abi::TaskNote;
use cloudc_host::{Host, HostError, Image};
use images::Builder;

fn good() -> Vec<u8> {
    images::sum().build()
}

fn refused(bytes: &[u8]) -> String {
    Image::parse(bytes).unwrap_err().to_string()
}

fn noted(change: impl FnOnce(&mut TaskNote)) -> Builder {
    let mut task = images::sum();
    change(&mut task.note);
    task
}

fn altered(at: usize, bytes: &[u8]) -> Vec<u8> {
    let mut file = good();
    file[at..at + bytes.len()].copy_from_slice(bytes);
    file
}

#[test]
fn a_good_image_is_read() {
    let image = Image::parse(&good()).unwrap();
    assert_eq!((image.entry, image.bounds.to_vec()), (384, vec![64]));
    assert_eq!(image.name, cloudc_host::content_name(&good()));
}

#[test]
fn broken_headers_are_refused() {
    for (at, bytes, reason) in [
        (0, &b"\x7FELG"[..], "ELF magic"),
        (4, &[1], "64-bit"),
        (16, &[2], "ET_DYN"),
        (18, &[3], "machine 3"),
        (56, &[0, 1], "256 program headers"),
        (68, &[7], "writable segment"),
        (68, &[1], "flags are 0x1"),
        (80, &[0x10], "not at 0"),
        (64, &[2], "PT_DYNAMIC"),
        (64, &[3], "PT_INTERP"),
        (64, &[7], "PT_TLS"),
        (64, &[0], "no PT_LOAD"),
        (64 + 56, &[1, 0, 0, 0, 5], "more than one PT_LOAD"),
        (64 + 56, &[6], "no PT_NOTE"),
        (64 + 112, &[6, 0, 0, 0], "no PT_GNU_STACK"),
        (64 + 112 + 4, &[7], "executable stack"),
        (64 + 112, &[9], "type 0x6474e509"),
        (24, &[0xFF, 0xFF], "e_entry"),
        (248, b"x", "no `cloudc` note"),
        (240, &[63], "63 bytes"),
        (64 + 40 + 3, &[8], "limit"),
    ] {
        let found = refused(&altered(at, bytes));
        assert!(found.contains(reason), "at {at}: {found}, not {reason}");
    }
}

#[test]
fn notes_that_make_no_sense_are_refused() {
    let cases: [(Builder, &str); 12] = [
        (noted(|note| note.abi = 2 << 16), "ABI 2.0"),
        (noted(|note| note.abi += 1), "ABI 1.1"),
        (noted(|note| note.isa = 9), "instruction set 0x9"),
        (noted(|note| note.flags = 16), "unknown flags 0x10"),
        (noted(|note| note.flags = 8), "HAS_DATA"),
        (noted(|note| note.calls = 1 << 9), "slots that do not exist"),
        (noted(|note| note.reserved = 1), "reserved"),
        (noted(|note| note.stack = 100), "a stack of 100"),
        (noted(|note| note.stack = 128 << 20), "a stack of"),
        (noted(|note| (note.heap, note.heap_max) = (2, 1)), "heap"),
        (noted(|note| note.manifest_len = u32::MAX), "manifest"),
        (Builder { bounds: Vec::new(), ..images::sum() }, "0 outputs"),
    ];
    for (task, reason) in cases {
        let found = refused(&task.build());
        assert!(found.contains(reason), "{found}, not {reason}");
    }
}

// An image cut off or altered anywhere is refused or read; nothing else happens.
#[test]
fn arbitrary_bytes_do_no_harm() {
    let good = good();
    for end in 0..good.len() {
        assert!(Image::parse(&good[..end]).is_err(), "{end} bytes");
    }
    let mut state = 1_u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    for _ in 0..50_000 {
        let mut bad = good.clone();
        for _ in 0..1 + random(4) {
            let at = random(340);
            bad[at] = [0, 1, 0x7F, 0x80, 0xFF, random(256) as u8][random(6)];
        }
        if let Ok(image) = Image::parse(&bad) {
            assert!(image.entry < image.segment.len());
            let _ = image.manifest_entry();
        }
    }
}

#[test]
fn a_host_refuses_what_it_cannot_execute() {
    let host = Host::open(images::host::options(1)).unwrap();
    let mut foreign = noted(|note| note.isa = 0x80).build();
    foreign[18] = 183;
    let error = host.add_image(&foreign).unwrap_err();
    assert!(matches!(error, HostError::Image(_)));
    assert!(error.to_string().contains("which this machine is not"), "{error}");
}
