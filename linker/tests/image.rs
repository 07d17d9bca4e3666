//! The shape of an image, what is in it and in which order.

mod objects;

use cloudc_linker::{Machine, Options, Profile, verify_image};
use objects::*;

/// `entry` calls `helper`, which loads from `table`; `unused` is not reached.
fn program() -> Vec<u8> {
    let (mut builder, text) = Builder::x86(&[0xe8, 0, 0, 0, 0, 0xc3]);
    let helper_text = builder.text(".text.helper", &[0x48, 0x8d, 0x05, 0, 0, 0, 0, 0xc3]);
    let helper = builder.global("helper", helper_text, 0, 8);
    let table_data = builder.rodata(".rodata.table", &[1, 2, 3, 4, 5, 6, 7, 8, 9]);
    let table = builder.local("table", table_data, 0, 9);
    let unused = builder.text(".text.unused", &[0xc3]);
    builder.global("unused", unused, 0, 1);
    let note = builder.note(&[0x11; 64]);
    builder.reloc(text, 1, 4, helper, -4);
    builder.reloc(helper_text, 3, 2, table, -4);
    builder.reloc(note, 12 + 8 + 48, 10, table, 0);
    builder.bytes()
}

#[test]
fn an_image_satisfies_the_task_abi() {
    let linked = image_of(link_all(&[program()], &[]));
    let summary = verify_image(&linked.image).expect("an image");
    assert_eq!(summary.machine, Machine::X86_64);
    assert_eq!(summary.size, linked.image.len() as u64);
    assert_eq!(summary.entry, address_of(&linked, "0.o:.text.entry"));
    let kinds: Vec<&str> = summary.segments.iter().map(|segment| segment.kind).collect();
    assert_eq!(kinds, ["PT_LOAD", "PT_NOTE", "PT_GNU_STACK"]);
    assert_eq!(summary.note.offset % 8, 0);
    assert_eq!(u64::from(summary.note.u32_at(48)), address_of(&linked, "0.o:.rodata.table"));
    assert_eq!(summary.note.u32_at(0), 0x1111_1111);
    assert_eq!(linked.image[40..48], [0; 8], "no section headers");
}

#[test]
fn relocations_reach_their_targets() {
    let linked = image_of(link_all(&[program()], &[]));
    let entry = address_of(&linked, "0.o:.text.entry");
    let helper = address_of(&linked, "0.o:.text.helper");
    let table = address_of(&linked, "0.o:.rodata.table");
    assert_eq!(i64::from(word(&linked.image, entry + 1)), helper as i64 - (entry as i64 + 5));
    assert_eq!(i64::from(word(&linked.image, helper + 3)), table as i64 - (helper as i64 + 7));
}

#[test]
fn what_nothing_refers_to_is_dropped_and_the_map_says_why() {
    let linked = image_of(link_all(&[program()], &[]));
    let map = linked.map.expect("a map");
    let text = map.to_string();
    assert!(map.dropped.iter().any(|dropped| dropped.name == "0.o:.text.unused"), "{text}");
    assert!(text.contains("0.o:.text.helper  (kept by 0.o: .text.entry+0x1, in `entry`)"), "{text}");
    assert!(text.contains("(kept by entry `entry`)"), "{text}");
    assert!(text.contains("0.o:.text.unused  (nothing refers to it)"), "{text}");
    assert!(map.to_json().contains(r#""name":"0.o:.text.unused","size":1"#));
}

#[test]
fn kept_names_and_links_without_gc_keep() {
    for options in [
        Options { keep: vec!["unused".to_owned()], want_map: true, ..Options::image("entry") },
        Options { gc: false, want_map: true, ..Options::image("entry") },
    ] {
        let linked = image_of(link_with(&options, &[program()], &[]));
        address_of(&linked, "0.o:.text.unused");
    }
}

#[test]
fn constants_lie_by_falling_alignment_then_code_with_traps_between() {
    let (mut builder, text) = Builder::x86(&[0xc3; 13]);
    let small = builder.section(".rodata.small", PROGBITS, A, &[1; 3], 1);
    let large = builder.section(".rodata.large", PROGBITS, A, &[2; 64], 64);
    let other = builder.text(".text.other", &[0xc3]);
    for (nth, section) in [small, large, other].into_iter().enumerate() {
        let symbol = builder.local(&format!("s{nth}"), section, 0, 1);
        builder.reloc(text, 4 * nth as u64, 2, symbol, 0);
    }
    let linked = image_of(link_all(&[builder.bytes()], &[]));
    let [small, large] =
        [".rodata.small", ".rodata.large"].map(|name| address_of(&linked, &format!("0.o:{name}")));
    let [entry, other] =
        [".text.entry", ".text.other"].map(|name| address_of(&linked, &format!("0.o:{name}")));
    assert!(large % 64 == 0 && large < small && small < entry && entry < other);
    assert_eq!(linked.image[(entry + 13) as usize..other as usize], [0xcc; 3]);
}

#[test]
fn the_same_inputs_give_the_same_bytes_whatever_their_names() {
    let first = image_of(link_all(&[program()], &[]));
    let second = image_of(link_all(&[program()], &[]));
    assert_eq!(first, second);
    let input = cloudc_linker::Input { name: "some/other/name.o", bytes: &program() };
    let third = cloudc_linker::link(&Options::image("entry"), &[input], &[]).expect("an image");
    assert_eq!(first.image, third.image);
}

/// Maps hash with numbers of their own in each, threads run in any order: neither shows.
#[test]
fn links_beside_each_other_give_the_same_bytes() {
    let objects: Vec<Vec<u8>> = (0..8).map(chained).collect();
    let names: Vec<String> = (0..8).map(|nth| format!("{nth}.o")).collect();
    let linked = |profile| {
        let inputs: Vec<_> =
            names.iter().zip(&objects).map(|(name, bytes)| cloudc_linker::Input { name, bytes }).collect();
        let options = Options { profile, want_debug: true, want_map: true, ..Options::image("f0") };
        cloudc_linker::link(&options, &inputs, &[]).expect("an output")
    };
    for profile in [Profile::Image, Profile::Static, Profile::StaticPie] {
        let expected = linked(profile);
        for threads in [1, 2, 8] {
            std::thread::scope(|scope| {
                let running: Vec<_> = (0..threads).map(|_| scope.spawn(|| linked(profile))).collect();
                for thread in running {
                    assert_eq!(thread.join().expect("no panic"), expected);
                }
            });
        }
    }
}

/// Object `nth` of a chain: a function that calls the next object's, with strings that all objects share, and strings
/// for a debugger.
fn chained(nth: usize) -> Vec<u8> {
    let mut builder = Builder::new(Machine::X86_64);
    let text = builder.text(&format!(".text.f{nth}"), &[0x90; 32]);
    builder.global(&format!("f{nth}"), text, 0, 32);
    let strings: String = (0..40).map(|string| format!("string {}\0", string * (nth % 2 + 1))).collect();
    let pool = builder.section(".rodata.str1.1", PROGBITS, AMS, strings.as_bytes(), 1);
    builder.entry_size(".rodata.str1.1", 1);
    let names = builder.section(".debug_str", PROGBITS, AMS & !A, strings.as_bytes(), 1);
    builder.entry_size(".debug_str", 1);
    let info = builder.section(".debug_info", PROGBITS, 0, &[0; 16], 1);
    let (pool, names) = (builder.section_symbol(pool), builder.section_symbol(names));
    builder.reloc(text, 4, 2, pool, 5);
    builder.reloc(info, 0, 10, names, 9);
    if nth < 7 {
        let next = builder.undefined(&format!("f{}", nth + 1));
        builder.reloc(text, 12, 4, next, -4);
    }
    builder.bytes()
}

/// Equal strings and constants are stored once; a section symbol with an addend means the piece there.
#[test]
fn equal_constants_are_stored_once() {
    let make = |own: &str| {
        let mut builder = Builder::new(Machine::X86_64);
        let text = builder.text(&format!(".text.{own}"), &[0; 16]);
        builder.global(own, text, 0, 16);
        let strings = builder.section(".rodata.str1.1", PROGBITS, AMS, b"shared\0other\0", 1);
        builder.entry_size(".rodata.str1.1", 1);
        let eights = builder.section(".rodata.cst8", PROGBITS, AM, &[7; 8], 8);
        builder.entry_size(".rodata.cst8", 8);
        let named = builder.local("named", strings, 0, 0);
        let all = builder.section_symbol(strings);
        let eight = builder.local("eight", eights, 0, 8);
        builder.reloc(text, 0, 2, named, -4);
        builder.reloc(text, 4, 2, all, 7);
        builder.reloc(text, 8, 2, eight, -4);
        (builder, text)
    };
    let (mut first, text) = make("entry");
    let other = first.undefined("second");
    first.reloc(text, 12, 4, other, -4);
    let (second, _) = make("second");
    let linked = image_of(link_all(&[first.bytes(), second.bytes()], &[]));
    for (name, section) in [("0.o", "entry"), ("1.o", "second")] {
        let at = address_of(&linked, &format!("{name}:.text.{section}"));
        let target = |offset: u64| (at + offset) as i64 + i64::from(word(&linked.image, at + offset));
        let string = (target(0) + 4) as usize;
        assert_eq!(&linked.image[string..string + 7], b"shared\0");
        let string = target(4) as usize;
        assert_eq!(&linked.image[string..string + 6], b"other\0");
        assert_eq!(linked.image[(target(8) + 4) as usize..][..8], [7; 8]);
    }
    assert_eq!(linked.stats.merged_bytes, 13 + 8);
    assert_eq!(linked.image.windows(7).filter(|window| window == b"shared\0").count(), 1);
}

#[test]
fn strings_without_terminator_stay_as_they_are() {
    let (mut builder, text) = Builder::x86(&[0; 8]);
    let strings = builder.section(".rodata.str1.1", PROGBITS, AMS, b"one\0two", 1);
    builder.entry_size(".rodata.str1.1", 1);
    let all = builder.section_symbol(strings);
    builder.reloc(text, 0, 2, all, 0);
    let linked = image_of(link_all(&[builder.bytes()], &[]));
    let at = address_of(&linked, "0.o:.rodata.str1.1") as usize;
    assert_eq!(&linked.image[at..at + 7], b"one\0two");
}

#[test]
fn sections_of_a_named_set_lie_together() {
    let (mut builder, text) = Builder::x86(&[0; 8]);
    let between = builder.section(".rodata.between", PROGBITS, A, &[9; 8], 8);
    let (start, stop) = (builder.undefined("__start_table"), builder.undefined("__stop_table"));
    builder.reloc(text, 0, 2, start, 0);
    builder.reloc(text, 4, 2, stop, 0);
    builder.section("table", PROGBITS, A, &[1; 8], 8);
    let also = builder.local("between", between, 0, 8);
    builder.section("table", PROGBITS, A, &[2; 8], 4);
    let more = builder.text(".text.more", &[0; 4]);
    builder.reloc(more, 0, 2, also, 0);
    builder.global("more", more, 0, 4);
    let options = Options { keep: vec!["more".to_owned()], want_map: true, ..Options::image("entry") };
    let linked = image_of(link_with(&options, &[builder.bytes()], &[]));
    let at = address_of(&linked, "0.o:.text.entry");
    let start = (at as i64 + i64::from(word(&linked.image, at))) as usize;
    let stop = (at as i64 + 4 + i64::from(word(&linked.image, at + 4))) as usize;
    assert_eq!(linked.image[start..stop], [1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2]);
}

#[test]
fn read_only_zeros_are_written_out() {
    let (mut builder, text) = Builder::x86(&[0; 4]);
    let zeros = builder.zeros(".rodata.zeros", A, 100);
    let symbol = builder.local("zeros", zeros, 0, 100);
    builder.reloc(text, 0, 2, symbol, 0);
    let linked = image_of(link_all(&[builder.bytes()], &[]));
    let at = address_of(&linked, "0.o:.rodata.zeros") as usize;
    assert_eq!(linked.image[at..at + 100], [0; 100]);
}

#[test]
fn relocated_data_without_pointers_counts_as_constant() {
    let (mut builder, text) = Builder::x86(&[0; 4]);
    let data = builder.section(".data.rel.ro.table", PROGBITS, AW, &[0; 8], 8);
    let symbol = builder.local("table", data, 0, 8);
    builder.reloc(text, 0, 2, symbol, 0);
    builder.reloc(data, 4, 2, symbol, 0);
    image_of(link_all(&[builder.bytes()], &[]));
}

#[test]
fn the_debug_file_names_the_places_of_the_image() {
    use object::{Object as _, ObjectSymbol as _};
    let options = Options { want_debug: true, want_map: true, ..Options::image("entry") };
    let linked = image_of(link_with(&options, &[program()], &[]));
    let debug = linked.debug.clone().expect("a debug file");
    let file = object::File::parse(&*debug).expect("an ELF file");
    let helper = file.symbol_by_name("helper").expect("the symbol");
    assert_eq!(helper.address(), address_of(&linked, "0.o:.text.helper"));
    assert_eq!(helper.size(), 8);
    assert!(file.symbol_by_name("table").is_some_and(|symbol| symbol.is_local()));
    assert!(file.symbol_by_name("unused").is_none());
}

/// Each rule of the ABI, broken alone.
#[test]
fn what_is_not_an_image_is_refused() {
    let image = image_of(link_all(&[program()], &[])).image;
    let broken = |at: usize, bytes: &[u8]| {
        let mut copy = image.clone();
        copy[at..at + bytes.len()].copy_from_slice(bytes);
        verify_image(&copy).expect_err("not an image").to_string()
    };
    let (load, note, stack) = (64, 120, 176);
    for (at, bytes, rule) in [
        (0, &[0][..], "not an ELF file"),
        (4, &[1], "64-bit"),
        (16, &[2, 0], "not ET_DYN"),
        (18, &[3, 0], "machine"),
        (24, &[0xff, 0xff, 0xff], "entry"),
        (24, &[8, 0, 0], "entry"),
        (load + 4, &[7], "PT_LOAD must be"),
        (load + 16, &[1], "is not the file's"),
        (load, &[3], "PT_INTERP"),
        (load, &[2], "PT_DYNAMIC"),
        (load, &[7], "PT_TLS"),
        (load, &[9], "segment of type 0x9"),
        (note, &[1], "more than one PT_LOAD"),
        (note, &[6], "no PT_NOTE"),
        (stack + 4, &[7], "stack is executable"),
        (236, &[8], "no note of a task"),
        (240, &[60], "has 60 bytes"),
        (240, &[0xff, 0xff, 0xff, 0xff], "does not fit"),
    ] {
        let text = broken(at, bytes);
        assert!(text.contains(rule), "{at}: {text}");
    }
    for length in 0..image.len() {
        verify_image(&image[..length]).expect_err("a cut image");
    }
}
