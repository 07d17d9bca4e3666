//! Each error that an image can cause, in the words a user sees.

mod objects;

use cloudc_linker::{Machine, Options, link};
use object::elf;
use objects::*;

/// Links one x86-64 object with a relocation of `entry` against a data symbol.
fn relocated(kind: u32, addend: i64) -> String {
    let (mut builder, text) = Builder::x86(&[0; 16]);
    let data = builder.rodata(".rodata.d", &[0; 8]);
    let symbol = builder.local("d", data, 0, 8);
    builder.reloc(text, 4, kind, symbol, addend);
    errors_of(link_all(&[builder.bytes()], &[]))
}

#[test]
fn pointers_are_refused_with_what_to_do() {
    let (mut builder, text) = Builder::x86(&[0; 16]);
    let on_start = builder.text(".text.on_start", &[0xc3]);
    let on_start = builder.global("on_start", on_start, 0, 1);
    let table = builder.section(".data.rel.ro.subsection", PROGBITS, AW, &[0; 24], 8);
    let handlers = builder.local("handlers", table, 0, 24);
    builder.reloc(text, 0, 2, handlers, 0);
    builder.reloc(table, 0x10, 1, on_start, 0);
    assert_eq!(
        errors_of(link_all(&[builder.bytes()], &[])),
        "error: pointer in a position-independent image\n  \
         0.o: .data.rel.ro.subsection+0x10, in `handlers`: R_X86_64_64 against `on_start`\n  \
         help: store a 32-bit difference, or link with --profile=image-data\n"
    );
}

#[test]
fn absolute_relocations_are_refused_outside_notes() {
    for kind in [10, 11, 12, 14] {
        let text = relocated(kind, 0);
        assert!(text.contains("absolute relocation outside the notes"), "{text}");
    }
}

#[test]
fn thread_local_dynamic_and_unknown_relocations_are_named() {
    for kind in [17, 18, 19, 20, 21, 22, 23, 34, 35] {
        let text = relocated(kind, 0);
        assert!(text.contains("images have no thread-local storage"), "{text}");
    }
    assert!(relocated(19, 0).contains("misplaced relocation R_X86_64_TLSGD"));
    assert!(relocated(5, 0).contains("unsupported relocation R_X86_64_COPY (5)"));
    assert!(relocated(8, 0).contains("unsupported relocation R_X86_64_RELATIVE (8)"));
    assert!(relocated(200, 0).contains("(200)"));
}

#[test]
fn a_value_out_of_range_names_both_ends() {
    let text = relocated(2, 1 << 32);
    assert!(text.starts_with("error: relocation out of range: 0x"), "{text}");
    assert!(text.contains("is not within -0x80000000..=0x7fffffff\n"), "{text}");
    assert!(text.contains(".text.entry+0x4, in `entry`: R_X86_64_PC32 against `d`+0x100000000"), "{text}");
    assert!(text.contains("; 0.o: .rodata.d+0x0, in `d`"), "{text}");
}

#[test]
fn distances_to_constants_are_refused() {
    let (mut builder, text) = Builder::x86(&[0; 16]);
    let number = builder.absolute("number", 5);
    let weak = builder.undefined_weak("weak");
    builder.reloc(text, 0, 2, number, 0);
    builder.reloc(text, 8, 2, weak, 0);
    let text = errors_of(link_all(&[builder.bytes()], &[]));
    assert!(text.contains("distance to the constant `number`"), "{text}");
    assert!(text.contains("distance to the constant `weak`"), "{text}");
}

#[test]
fn relocations_outside_their_section_or_upon_each_other_are_refused() {
    let (mut builder, text) = Builder::x86(&[0; 16]);
    let symbol = builder.local("d", text, 0, 0);
    builder.reloc(text, 13, 2, symbol, 0);
    builder.reloc(text, 6, 2, symbol, 0);
    builder.reloc(text, 4, 2, symbol, 0);
    let text = errors_of(link_all(&[builder.bytes()], &[]));
    assert!(text.contains("r_offset is 0xd, possible: at most 0xc"), "{text}");
    assert!(text.contains("two relocations change the same bytes\n  0.o: .text.entry+0x6"), "{text}");
}

#[test]
fn writable_thread_local_and_constructor_sections_are_refused_if_they_stay() {
    let tls = AW | elf::SHF_TLS.0;
    for (name, kind, flags, what) in [
        (".data", PROGBITS, AW, "writable section in an image"),
        (".text.w", PROGBITS, AW | AX, "writable section in an image"),
        (".tdata", PROGBITS, tls, "thread-local section in an image"),
        (".init_array", elf::SHT_INIT_ARRAY.0, AW, "constructor section in an image"),
    ] {
        let (mut builder, text) = Builder::x86(&[0; 16]);
        let data = builder.section(name, kind, flags, &[0; 8], 8);
        let unused = builder.bytes();
        image_of(link_all(&[unused], &[]));
        let symbol = builder.local("d", data, 0, 8);
        builder.reloc(text, 0, 2, symbol, 0);
        let text = errors_of(link_all(&[builder.bytes()], &[]));
        assert!(text.contains(what) && text.contains("in `entry`: refers to it"), "{text}");
    }
}

#[test]
fn references_to_what_images_drop_are_refused() {
    let (mut builder, text) = Builder::x86(&[0; 16]);
    let frames = builder.section(".eh_frame", PROGBITS, A, &[0; 8], 8);
    let symbol = builder.local("frames", frames, 0, 8);
    builder.reloc(text, 0, 2, symbol, 0);
    let text = errors_of(link_all(&[builder.bytes()], &[]));
    assert!(text.contains("dropped section `.eh_frame` (images do not unwind)"), "{text}");
}

#[test]
fn an_image_that_is_too_large_names_its_largest_sections() {
    let (mut builder, text) = Builder::x86(&[0; 16]);
    for (nth, size) in [40 << 20, 30 << 20].into_iter().enumerate() {
        let zeros = builder.zeros(&format!(".rodata.z{nth}"), A, size);
        let symbol = builder.local(&format!("z{nth}"), zeros, 0, size);
        builder.reloc(text, 4 * nth as u64, 2, symbol, 0);
    }
    let text = errors_of(link_all(&[builder.bytes()], &[]));
    assert!(text.contains("image too large") && text.contains("41943040 0.o:.rodata.z0"), "{text}");
}

#[test]
fn other_refusals_are_by_name() {
    let refused = |bytes: &[u8]| errors_of(link_all(&[bytes.to_vec()], &[]));
    assert!(refused(b"BC\xc0\xde....").contains("not supported: compiler bitcode"));
    assert!(refused(b"\x7fELF").contains("file size is 0x4, possible: at least 64 bytes"));
    assert!(refused(&[0; 64]).contains("e_ident magic"));
    assert!(link(&Options::image("entry"), &[], &[]).is_err());

    let (mut builder, text) = Builder::x86(&[0xc3]);
    builder.ifunc("chosen", text);
    assert!(refused(&builder.bytes()).contains("indirect functions (STT_GNU_IFUNC): `chosen`"));

    let (mut builder, _) = Builder::x86(&[0xc3]);
    builder.section(".note.GNU-stack", PROGBITS, elf::SHF_EXECINSTR.0, &[], 1);
    assert!(refused(&builder.bytes()).contains("executable stack"));

    let (builder, _) = Builder::x86(&[0xc3]);
    let mut bytes = builder.bytes();
    bytes[18] = 3;
    assert!(refused(&bytes).contains("objects for machine 3"));
    bytes[16] = 2;
    assert!(refused(&bytes).contains("e_type is 0x2, possible: 1 (relocatable)"));
}

#[test]
fn alignment_above_the_limit_is_refused() {
    let (mut builder, _) = Builder::x86(&[0xc3]);
    builder.section(".rodata.a", PROGBITS, A, &[0; 4], 1 << 17);
    let text = errors_of(link_all(&[builder.bytes()], &[]));
    assert!(text.contains("limit exceeded: 131072 bytes of section alignment, at most 65536"), "{text}");
}

#[test]
fn all_errors_of_a_phase_are_returned() {
    let mut builder = Builder::new(Machine::X86_64);
    let text = builder.text(".text.entry", &[0; 4096]);
    builder.global("entry", text, 0, 4096);
    for nth in 0..1020 {
        let symbol = builder.undefined(&format!("missing_function_number_{nth}"));
        builder.reloc(text, 4 * nth, 4, symbol, -4);
    }
    let errors = link_all(&[builder.bytes()], &[]).expect_err("undefined symbols");
    assert_eq!(errors.len(), 1001);
    assert_eq!(errors[1000].to_string(), "error: and 20 more errors");
}
