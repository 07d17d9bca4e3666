//! Unusual but valid inputs, and sections that stay for unusual reasons.

mod objects;

use cloudc_linker::{Input, Machine, Options, index_archive, link};
use object::elf;
use objects::*;

/// More sections than a 16-bit index can count.
#[test]
fn objects_with_extended_section_indices_are_linked() {
    let mut builder = Builder::new(Machine::X86_64);
    for nth in 0..65_300 {
        builder.section(&format!(".rodata.r{nth}"), PROGBITS, A, &[1], 1);
    }
    let text = builder.text(".text.entry", &[0; 8]);
    builder.global("entry", text, 0, 8);
    let last = builder.section(".rodata.last", PROGBITS, A, &[7; 8], 8);
    let symbol = builder.local("last", last, 0, 8);
    builder.reloc(text, 0, 2, symbol, 0);
    let linked = image_of(link_all(&[builder.bytes()], &[]));
    let at = address_of(&linked, "0.o:.text.entry");
    let last = address_of(&linked, "0.o:.rodata.last");
    assert_eq!(at as i64 + i64::from(word(&linked.image, at)), last as i64);
    assert_eq!(linked.stats.sections, 2);
}

#[test]
fn retained_sections_notes_and_what_describes_a_section_stay() {
    let (mut builder, _) = Builder::x86(&[0xc3]);
    builder.section(".rodata.retained", PROGBITS, A | elf::SHF_GNU_RETAIN.0, &[1; 4], 4);
    let about = A | elf::SHF_LINK_ORDER.0;
    builder.section(".rodata.about_entry", PROGBITS, about, &[2; 4], 4);
    builder.section(".rodata.about_nothing", PROGBITS, about, &[3; 4], 4);
    builder.section(".note.other", NOTE, A, &note_bytes(b"other\0", 9, &[4; 4]), 4);
    let mut bytes = builder.bytes();
    let entry = headers_named(&bytes, ".text.entry")[0];
    let table = u64::from_le_bytes(bytes[40..48].try_into().expect("eight bytes")) as usize;
    let index = ((entry - table) / 64) as u32;
    for (name, described) in [(".rodata.about_entry", index), (".rodata.about_nothing", index + 1)] {
        let header = headers_named(&bytes, name)[0];
        bytes[header + 40..header + 44].copy_from_slice(&described.to_le_bytes());
    }
    // The section after `.text.entry` is the retained one, so both descriptions stay; without it only one does.
    let linked = image_of(link_all(&[bytes.clone()], &[]));
    for name in [".rodata.retained", ".rodata.about_entry", ".rodata.about_nothing", ".note.other"] {
        address_of(&linked, &format!("0.o:{name}"));
    }
    let header = headers_named(&bytes, ".rodata.retained")[0];
    bytes[header + 8..header + 16].copy_from_slice(&A.to_le_bytes());
    let linked = image_of(link_all(&[bytes], &[]));
    address_of(&linked, "0.o:.rodata.about_entry");
    let map = linked.map.expect("a map").to_string();
    assert!(map.contains("0.o:.rodata.about_nothing  (nothing refers to it)"), "{map}");
    assert!(map.contains("(kept by describes 0.o:.text.entry)"), "{map}");
}

#[test]
fn rel_and_crel_relocations_are_refused_by_name() {
    for (kind, text) in
        [(9u32, "not supported: REL relocations"), (0x4000_0014, "not supported: CREL relocations")]
    {
        let (mut builder, text_section) = Builder::x86(&[0; 16]);
        let symbol = builder.local("here", text_section, 0, 0);
        builder.reloc(text_section, 0, 2, symbol, 0);
        let mut bytes = builder.bytes();
        let header = headers_named(&bytes, ".rela.text.entry")[0];
        bytes[header + 4..header + 8].copy_from_slice(&kind.to_le_bytes());
        let errors = errors_of(link_all(&[bytes], &[]));
        assert!(errors.contains(text), "{errors}");
    }
}

/// Members lie at even offsets only, whatever the machine would like.
#[test]
fn unaligned_bytes_are_read() {
    let (mut builder, text) = Builder::x86(&[0; 16]);
    let symbol = builder.local("here", text, 8, 0);
    builder.reloc(text, 0, 2, symbol, 0);
    let object = builder.bytes();
    let expected = image_of(link_all(std::slice::from_ref(&object), &[])).image;
    for shift in 1..8 {
        let mut bytes = vec![0; shift];
        bytes.extend_from_slice(&object);
        let input = Input { name: "0.o", bytes: &bytes[shift..] };
        assert_eq!(link(&Options::image("entry"), &[input], &[]).expect("an image").image, expected);
    }
}

/// One archive serves links on several threads, and all give the same bytes.
#[test]
fn an_archive_is_shared_by_threads() {
    let (mut builder, text) = Builder::x86(&[0xe8, 0, 0, 0, 0]);
    let symbol = builder.undefined("f");
    builder.reloc(text, 1, 4, symbol, -4);
    let object = builder.bytes();
    let mut builder = Builder::new(Machine::X86_64);
    let text = builder.text(".text.f", &[0xc3]);
    builder.global("f", text, 0, 1);
    let library = archive(&[("f.o", &builder.bytes())], Some(&[("f", 0)]));
    let archive = index_archive(Input { name: "lib.a", bytes: &library }).expect("an archive");
    let one = || {
        let input = Input { name: "entry.o", bytes: &object };
        link(&Options::image("entry"), &[input], &[&archive]).expect("an image").image
    };
    let expected = one();
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(one)).collect();
        for thread in threads {
            assert_eq!(thread.join().expect("the thread ends"), expected);
        }
    });
}

/// A BSD archive: the long name stands before the member's content.
#[test]
fn bsd_archives_are_read() {
    let (mut caller, text) = Builder::x86(&[0xe8, 0, 0, 0, 0]);
    let symbol = caller.undefined("f");
    caller.reloc(text, 1, 4, symbol, -4);
    let mut builder = Builder::new(Machine::X86_64);
    let text = builder.text(".text.f", &[0xc3]);
    builder.global("f", text, 0, 1);
    let (name, object) = (b"a_long_member_name.o", builder.bytes());
    let size = name.len() + object.len();
    let mut library = b"!<arch>\n".to_vec();
    library.extend(format!("{:<16}{:<12}{:<6}{:<6}{:<8}{size:<10}`\n", "#1/20", 0, 0, 0, 644).as_bytes());
    library.extend(name);
    library.extend(&object);
    let linked = image_of(link_all(&[caller.bytes()], &[("lib.a", library)]));
    address_of(&linked, "lib.a(a_long_member_name.o):.text.f");
}

#[test]
fn compressed_debugging_information_is_expanded_or_refused() {
    use object::{Object as _, ObjectSection as _};
    let object = |change: &dyn Fn(&mut Vec<u8>)| {
        let (mut builder, _) = Builder::x86(&[0xc3]);
        let mut bytes = compressed_zeros();
        change(&mut bytes);
        builder.section(".debug_line", PROGBITS, elf::SHF_COMPRESSED.0, &bytes, 8);
        let options = Options { want_debug: true, ..Options::image("entry") };
        link_with(&options, &[builder.bytes()], &[])
    };
    let debug = image_of(object(&|_| {})).debug.expect("a debug file");
    let file = object::File::parse(&*debug).expect("an ELF file");
    let lines = file.section_by_name(".debug_line").expect("the section");
    assert_eq!(lines.data(), Ok(&[0; 8][..]));
    for (at, value, message) in [
        (0, 9, "debugging information compressed in way 9"),
        (8, 9, "size of a compressed section once expanded is 0x9"),
        (13, 1, "bytes of expanded sections"),
        (16, 3, "ch_addralign is 0x3"),
        (24, 0, "size of a compressed section once expanded"),
        (31, 1, "size of a compressed section once expanded"),
    ] {
        let text = errors_of(object(&|bytes| bytes[at] = value));
        assert!(text.contains(message), "{at}: {text}");
    }
}
