//! What names mean: strong, weak, common, groups, archives, and the names that are the linker's.

mod objects;

use cloudc_linker::{Machine, Options};
use object::elf;
use objects::*;

/// An object whose `entry` calls `name`.
fn caller(name: &str) -> Vec<u8> {
    let (mut builder, text) = Builder::x86(&[0xe8, 0, 0, 0, 0, 0xc3]);
    let callee = builder.undefined(name);
    builder.reloc(text, 1, 4, callee, -4);
    builder.bytes()
}

/// An object that defines `name` as a function of one byte.
fn definition(name: &str, byte: u8, weak: bool) -> Vec<u8> {
    let mut builder = Builder::new(Machine::X86_64);
    let text = builder.text(&format!(".text.{name}"), &[byte]);
    if weak {
        builder.weak(name, text, 0, 1)
    } else {
        builder.global(name, text, 0, 1)
    };
    builder.bytes()
}

/// The byte `entry` calls.
fn called(objects: &[Vec<u8>], archives: &[(&str, Vec<u8>)]) -> u8 {
    let linked = image_of(link_all(objects, archives));
    let at = address_of(&linked, "0.o:.text.entry");
    linked.image[(at as i64 + 5 + i64::from(word(&linked.image, at + 1))) as usize]
}

#[test]
fn strong_beats_weak_and_the_first_weak_wins() {
    let (weak1, weak2) = (definition("f", 1, true), definition("f", 2, true));
    let strong = definition("f", 3, false);
    assert_eq!(called(&[caller("f"), weak1.clone(), weak2.clone()], &[]), 1);
    assert_eq!(called(&[caller("f"), weak1.clone(), strong.clone()], &[]), 3);
    assert_eq!(called(&[caller("f"), strong, weak2], &[]), 3);
}

#[test]
fn two_strong_definitions_are_an_error_with_both_places() {
    let text = errors_of(link_all(&[caller("f"), definition("f", 1, false), definition("f", 2, false)], &[]));
    assert_eq!(text, "error: duplicate symbol `f`\n  1.o: .text.f+0x0; 2.o: .text.f+0x0\n");
}

#[test]
fn members_load_only_for_strong_references_whatever_the_order() {
    let needs = {
        let mut builder = Builder::new(Machine::X86_64);
        let text = builder.text(".text.f", &[0xe8, 0, 0, 0, 0]);
        builder.global("f", text, 0, 5);
        let g = builder.undefined("g");
        builder.reloc(text, 1, 4, g, -4);
        builder.bytes()
    };
    let g = definition("g", 9, false);
    let unused = definition("unused", 1, false);
    let members: [(&str, &[u8]); 3] =
        [("g.o", &g), ("f_with_a_long_member_name.o", &needs), ("unused.o", &unused)];
    let symbols = [("g", 0), ("f", 1), ("unused", 2)];
    for table in [Some(&symbols[..]), None] {
        let library = archive(&members, table);
        let linked = image_of(link_all(&[caller("f")], &[("lib.a", library)]));
        assert_eq!((linked.stats.objects, linked.stats.members), (3, 2));
        address_of(&linked, "lib.a(f_with_a_long_member_name.o):.text.f");
        address_of(&linked, "lib.a(g.o):.text.g");
    }
}

#[test]
fn the_first_archive_wins_and_objects_beat_archives() {
    let (one, two) = (definition("f", 1, false), definition("f", 2, false));
    let first = archive(&[("one.o", &one)], Some(&[("f", 0)]));
    let second = archive(&[("two.o", &two)], Some(&[("f", 0)]));
    let archives = [("first.a", first), ("second.a", second)];
    assert_eq!(called(&[caller("f")], &archives), 1);
    assert_eq!(called(&[caller("f"), definition("f", 3, true)], &archives), 3);
}

#[test]
fn a_weak_reference_loads_nothing_and_a_branch_to_it_falls_through() {
    let (mut builder, text) = Builder::x86(&[0xe8, 0, 0, 0, 0, 0xc3]);
    let callee = builder.undefined_weak("f");
    builder.reloc(text, 1, 4, callee, -4);
    let library = archive(&[("f.o", &definition("f", 1, false))], Some(&[("f", 0)]));
    let linked = image_of(link_all(&[builder.bytes()], &[("lib.a", library)]));
    assert_eq!(linked.stats.members, 0);
    assert_eq!(word(&linked.image, address_of(&linked, "0.o:.text.entry") + 1), 0);
}

#[test]
fn thin_archives_and_broken_ones_are_refused() {
    let text = errors_of(link_all(&[caller("f")], &[("thin.a", b"!<thin>\n".to_vec())]));
    assert_eq!(text, "error: not supported: thin archives\n  thin.a\n");
    let mut broken = archive(&[("f.o", &definition("f", 1, false))], Some(&[("f", 0)]));
    broken.truncate(100);
    assert!(errors_of(link_all(&[caller("f")], &[("b.a", broken)])).contains("malformed archive"));
}

#[test]
fn the_first_group_of_a_signature_stays_whole() {
    let objects = [
        {
            let (mut builder, text) = Builder::x86(&[0xe8, 0, 0, 0, 0, 0xe8, 0, 0, 0, 0]);
            for (offset, name) in [(1, "first"), (6, "second")] {
                let symbol = builder.undefined(name);
                builder.reloc(text, offset, 4, symbol, -4);
            }
            builder.bytes()
        },
        group_of("first", 1),
        group_of("second", 2),
    ];
    let linked = image_of(link_all(&objects, &[]));
    let kept = address_of(&linked, "1.o:.text.inline");
    address_of(&linked, "1.o:.rodata.inline");
    for name in ["1.o:.text.first", "2.o:.text.second"] {
        let at = address_of(&linked, name);
        assert_eq!((at as i64 + 5 + i64::from(word(&linked.image, at + 1))) as u64, kept);
    }
    let map = linked.map.expect("a map").to_string();
    assert!(map.contains("2.o:.text.inline  (its group stays in 1.o)"), "{map}");
    assert!(map.contains("1.o:.rodata.inline  (kept by group of 1.o:.text.inline)"), "{map}");
}

fn group_of(name: &str, byte: u8) -> Vec<u8> {
    let mut builder = Builder::new(Machine::X86_64);
    let text = builder.text(&format!(".text.{name}"), &[0xe8, 0, 0, 0, 0, 0xc3]);
    builder.global(name, text, 0, 6);
    let inline = builder.section(".text.inline", PROGBITS, AX | elf::SHF_GROUP.0, &[byte], 1);
    let mate = builder.section(".rodata.inline", PROGBITS, A | elf::SHF_GROUP.0, &[byte; 4], 4);
    let symbol = builder.weak("inline", inline, 0, 1);
    builder.comdat(symbol, &[inline, mate]);
    builder.reloc(text, 1, 4, symbol, -4);
    builder.bytes()
}

#[test]
fn a_local_reference_to_a_group_that_lost_is_an_error() {
    let mut builder = Builder::new(Machine::X86_64);
    let text = builder.text(".text.second", &[0; 8]);
    builder.global("second", text, 0, 8);
    let inline = builder.section(".text.inline", PROGBITS, AX | elf::SHF_GROUP.0, &[2], 1);
    let symbol = builder.weak("inline", inline, 0, 1);
    builder.comdat(symbol, &[inline]);
    let local = builder.local("inside", inline, 0, 1);
    builder.reloc(text, 0, 2, local, 0);
    let text = errors_of(link_all(&[caller("second"), group_of("first", 1), builder.bytes()], &[]));
    assert_eq!(
        text,
        "error: reference to the dropped section `.text.inline` (its group stays in 1.o)\n  \
         2.o: .text.second+0x0, in `second`: R_X86_64_PC32 against `inside`\n"
    );
}

#[test]
fn undefined_symbols_are_one_error_a_name_with_places_and_a_hint() {
    let mut builder = Builder::new(Machine::X86_64);
    let text = builder.text(".text.entry", &[0; 16]);
    builder.global("entry", text, 0, 16);
    let (log, sum) = (builder.undefined("rt_log"), builder.undefined("some_sum"));
    for offset in [0, 4, 8] {
        builder.reloc(text, offset, 4, log, -4);
    }
    builder.reloc(text, 12, 4, sum, -4);
    let library = archive(&[("log.o", &definition("rt_logf", 1, false))], Some(&[("rt_logf", 0)]));
    let text = errors_of(link_all(&[builder.bytes()], &[("librt.a", library)]));
    assert_eq!(
        text,
        "error: undefined symbol `rt_log`\n  0.o: .text.entry+0x0, in `entry`; \
         0.o: .text.entry+0x4, in `entry`; and 1 more\n  help: `rt_logf` is defined in librt.a(log.o)\n\
         error: undefined symbol `some_sum`\n  0.o: .text.entry+0xc, in `entry`\n"
    );
}

#[test]
fn undefined_symbols_of_dropped_sections_do_not_matter() {
    let (mut builder, _) = Builder::x86(&[0xc3]);
    let dead = builder.text(".text.dead", &[0; 4]);
    let missing = builder.undefined("missing");
    builder.reloc(dead, 0, 4, missing, -4);
    image_of(link_all(&[builder.bytes()], &[]));
}

#[test]
fn an_entry_that_is_missing_or_no_code_is_an_error() {
    let options = Options::image("start");
    assert_eq!(
        errors_of(link_with(&options, &[caller("f")], &[])),
        "error: no entry: `start` is not defined\n"
    );
    let mut builder = Builder::new(Machine::X86_64);
    let data = builder.rodata(".rodata.start", &[0; 4]);
    builder.global("start", data, 0, 4);
    assert_eq!(
        errors_of(link_with(&options, &[builder.bytes()], &[])),
        "error: the entry `start` is not code\n"
    );
    let options = Options { keep: vec!["kept".to_owned()], ..Options::image("entry") };
    assert!(errors_of(link_with(&options, &[definition("entry", 0xc3, false)], &[])).contains("`kept`"));
}

#[test]
fn common_symbols_cannot_be_in_an_image_but_lose_to_definitions() {
    let (mut builder, text) = Builder::x86(&[0; 4]);
    let common = builder.common("f", 8, 8);
    builder.reloc(text, 0, 2, common, 0);
    let common = builder.bytes();
    assert!(errors_of(link_all(std::slice::from_ref(&common), &[])).contains("common symbol in an image"));
    image_of(link_all(&[common, definition("f", 1, false)], &[]));
}

#[test]
fn the_linker_defines_its_own_names_only_where_nobody_else_does() {
    let names =
        ["__ehdr_start", "__executable_start", "etext", "_end", "__init_array_start", "__init_array_end"];
    let (mut builder, text) = Builder::x86(&[0; 24]);
    for (nth, name) in names.iter().enumerate() {
        let symbol = builder.undefined(name);
        builder.reloc(text, 4 * nth as u64, 2, symbol, 0);
    }
    let linked = image_of(link_all(&[builder.bytes()], &[]));
    let at = address_of(&linked, "0.o:.text.entry");
    let size = linked.image.len() as i64;
    for (nth, expected) in [0, 0, size, size, size, size].into_iter().enumerate() {
        let place = at + 4 * nth as u64;
        assert_eq!(place as i64 + i64::from(word(&linked.image, place)), expected, "{}", names[nth]);
    }
    assert_eq!(called(&[caller("etext"), definition("etext", 5, false)], &[]), 5);
}

#[test]
fn inputs_for_two_machines_are_an_error() {
    let mut builder = Builder::new(Machine::Aarch64);
    builder.text(".text", &[0; 4]);
    let text = errors_of(link_all(&[caller("f"), builder.bytes()], &[]));
    assert_eq!(text, "error: input is for aarch64, the link is for x86-64\n  1.o\n");
}
