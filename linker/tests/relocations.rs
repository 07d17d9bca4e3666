//! Every relocation at both ends of its range and one past, and each relaxation with a twin that must not happen.
//!
//! The bytes themselves are checked twice: by the expected encodings here, and by the linker's own second evaluator,
//! which is on in these builds.

mod objects;

use cloudc_linker::{Error, ErrorKind, Linked, Machine, Options};
use objects::*;

const PLACE: u64 = 16;
const TARGET: u64 = 32;

/// Links `.text.entry` of 64 zero bytes with one relocation at 16, against a place at 32 or a constant.
fn one(
    machine: Machine,
    kind: u32,
    constant: Option<u64>,
    addend: i64,
) -> Result<(Linked, Vec<u8>), Vec<Error>> {
    let mut builder = Builder::new(machine);
    let text = builder.section(".text.entry", PROGBITS, AX, &[0; 64], 4096);
    builder.global("entry", text, 0, 64);
    let symbol = match constant {
        Some(value) => builder.absolute("constant", value),
        None => builder.local("here", text, TARGET, 0),
    };
    builder.reloc(text, PLACE, kind, symbol, addend);
    let linked = link_all(&[builder.bytes()], &[])?;
    let at = address_of(&linked, "0.o:.text.entry") as usize;
    let bytes = linked.image[at..at + 64].to_vec();
    Ok((linked, bytes))
}

/// Checks that values up to both ends are accepted and those one step past are not.
fn check_range(machine: Machine, kind: u32, absolute: bool, low: i128, high: i128, step: i128) {
    let link = |value: i128| {
        let base = if absolute { 0 } else { i128::from(TARGET) - i128::from(PLACE) };
        let addend = i64::try_from(value - base).expect("an addend");
        one(machine, kind, absolute.then_some(0), addend)
    };
    for value in [low, high, 0, step] {
        if let Err(errors) = link(value) {
            panic!("{machine:?} {kind}: {value:#x}: {}", errors[0]);
        }
    }
    for value in [low - step, high + step] {
        let errors = link(value).expect_err("out of range");
        assert!(
            matches!(errors[0].kind, ErrorKind::OutOfRange { value: found, .. } if found == value),
            "{machine:?} {kind}: {value:#x}: {}",
            errors[0]
        );
    }
    if step > 1 {
        let errors = link(1).expect_err("misaligned");
        assert!(matches!(errors[0].kind, ErrorKind::Misaligned { value: 1, .. }), "{}", errors[0]);
    }
}

fn signed(bits: u32) -> (i128, i128) {
    (-(1 << (bits - 1)), (1 << (bits - 1)) - 1)
}

fn either(bits: u32) -> (i128, i128) {
    (-(1 << (bits - 1)), (1 << bits) - 1)
}

#[test]
fn x86_64_ranges() {
    for (kind, (low, high)) in [(2, signed(32)), (4, signed(32)), (13, signed(16)), (15, signed(8))] {
        check_range(Machine::X86_64, kind, false, low, high, 1);
    }
    let unsigned = (0, (1 << 32) - 1);
    for (kind, (low, high)) in [(10, unsigned), (11, signed(32)), (12, either(16)), (14, either(8))] {
        check_range(Machine::X86_64, kind, true, low, high, 1);
    }
    for kind in [24, 25] {
        one(Machine::X86_64, kind, None, i64::MIN / 2).expect("64 bits are enough");
        one(Machine::X86_64, kind, None, i64::MAX - 5000).expect("64 bits are enough");
        let errors = one(Machine::X86_64, kind, None, i64::MAX).expect_err("one past 64 bits");
        assert!(matches!(errors[0].kind, ErrorKind::OutOfRange { .. }));
    }
    one(Machine::X86_64, 1, Some(u64::MAX), 0).expect("the largest number");
    one(Machine::X86_64, 1, Some(0), i64::MIN).expect("the smallest number");
    one(Machine::X86_64, 1, Some(u64::MAX), 1).expect_err("one past the largest");
}

#[test]
fn x86_64_sizes_and_the_table() {
    let (_, bytes) = one(Machine::X86_64, 26, None, 0).expect("the distance to the image's start");
    assert_eq!(i32::from_le_bytes(bytes[16..20].try_into().unwrap()), -(4096 + 16));
    let (_, bytes) = one(Machine::X86_64, 25, None, 0).expect("the distance from the image's start");
    assert_eq!(bytes[16..24], (4096u64 + 32).to_le_bytes());
    let (mut builder, text) = Builder::x86(&[0; 16]);
    let sized = builder.local("sized", text, 0, 12);
    builder.reloc(text, 0, 32, sized, 3);
    builder.reloc(text, 8, 33, sized, -20);
    let linked = image_of(link_all(&[builder.bytes()], &[]));
    let at = address_of(&linked, "0.o:.text.entry") as usize;
    assert_eq!(linked.image[at..at + 4], 15u32.to_le_bytes());
    assert_eq!(linked.image[at + 8..at + 16], (-8i64).to_le_bytes());
}

#[test]
fn aarch64_ranges() {
    let machine = Machine::Aarch64;
    for (kind, bits, step) in [
        (260, 62, 1),
        (314, 32, 1),
        (273, 21, 4),
        (274, 21, 1),
        (279, 16, 4),
        (280, 21, 4),
        (282, 28, 4),
        (283, 28, 4),
        (287, 17, 1),
        (289, 33, 1),
        (291, 49, 1),
    ] {
        let (low, high) = signed(bits);
        let high = high / step * step;
        if kind == 260 {
            one(machine, kind, None, low as i64).and(one(machine, kind, None, high as i64)).expect("fits");
        } else {
            check_range(machine, kind, false, low, high, step);
        }
    }
    for (kind, bits) in [(261, 32), (262, 16)] {
        let (low, high) = either(bits);
        check_range(machine, kind, false, low, high, 1);
    }
    for (kind, (low, high)) in [
        (258, either(32)),
        (259, either(16)),
        (263, (0, 0xffff)),
        (265, (0, 0xffff_ffff)),
        (267, (0, 0xffff_ffff_ffff)),
        (270, signed(17)),
        (271, signed(33)),
        (272, signed(49)),
    ] {
        check_range(machine, kind, true, low, high, 1);
    }
    for kind in [264, 266, 268, 269, 288, 290, 292, 293] {
        one(machine, kind, (kind < 287).then_some(0x1234_5678_9abc_def0), 0).expect("unchecked");
    }
}

#[test]
fn aarch64_pages() {
    // The section begins a page, so place and target share it and the addend is the distance.
    for (kind, checked) in [(275, true), (276, false)] {
        for addend in [0, 4095 - 32, 4096, -(1 << 32), (1 << 32) - 4096] {
            one(Machine::Aarch64, kind, None, addend).expect("within 4 GiB");
        }
        for addend in [-(1 << 32) - 4096, 1 << 32] {
            assert_eq!(one(Machine::Aarch64, kind, None, addend).is_err(), checked);
        }
    }
    let (_, bytes) = one(Machine::Aarch64, 275, None, 0x5000).expect("five pages on");
    assert_eq!(u32::from_le_bytes(bytes[16..20].try_into().unwrap()), 1 << 29 | 1 << 5);
}

#[test]
fn aarch64_low_bits() {
    for (kind, shift) in [(277, 0), (278, 0), (284, 1), (285, 2), (286, 3), (299, 4)] {
        let (_, bytes) = one(Machine::Aarch64, kind, None, 0x7a0).expect("aligned");
        let word = u32::from_le_bytes(bytes[16..20].try_into().unwrap());
        assert_eq!(word, (0x7c0 >> shift) << 10, "{kind}");
        let errors = one(Machine::Aarch64, kind, None, 1);
        if shift > 0 {
            assert!(matches!(errors.expect_err("misaligned")[0].kind, ErrorKind::Misaligned { .. }));
        } else {
            errors.expect("any byte");
        }
    }
}

#[test]
fn aarch64_signed_moves_choose_movz_or_movn() {
    let (_, bytes) = one(Machine::Aarch64, 270, Some(5), 0).expect("positive");
    assert_eq!(u32::from_le_bytes(bytes[16..20].try_into().unwrap()), 0b10 << 29 | 5 << 5);
    let (_, bytes) = one(Machine::Aarch64, 270, Some(0), -3).expect("negative");
    assert_eq!(u32::from_le_bytes(bytes[16..20].try_into().unwrap()), 2 << 5);
}

#[test]
fn riscv64_ranges() {
    let machine = Machine::Riscv64;
    for (kind, bits) in [(16, 13), (17, 21), (44, 9), (45, 12)] {
        let (low, high) = signed(bits);
        check_range(machine, kind, false, low, high - 1, 2);
    }
    for kind in [18, 19, 23] {
        check_range(machine, kind, false, -(1 << 31) - 0x800, (1 << 31) - 0x801, 1);
    }
    for kind in [57, 59] {
        let (low, high) = signed(32);
        check_range(machine, kind, false, low, high, 1);
    }
    let (low, high) = either(32);
    check_range(machine, 1, true, low, high, 1);
    for kind in [26, 27, 28] {
        one(machine, kind, Some(0x1234_5678), 0).expect("a constant");
        let errors = one(machine, kind, None, 0).expect_err("an address");
        assert!(matches!(errors[0].kind, ErrorKind::AbsoluteInImage));
    }
}

/// `auipc` and `addi` or a store, both signs of the low part.
#[test]
fn riscv64_pairs() {
    for (low_kind, distance) in [(24, 0x7fe), (24, 0x800), (25, 0x1234), (25, -0x801)] {
        let mut builder = Builder::new(Machine::Riscv64);
        let text = builder.text(".text.entry", &[0; 64]);
        builder.global("entry", text, 0, 64);
        let here = builder.local("here", text, 32, 0);
        let label = builder.local("label", text, 8, 0);
        builder.reloc(text, 8, 23, here, distance - 24);
        builder.reloc(text, 40, low_kind, label, 0);
        let linked = image_of(link_all(&[builder.bytes()], &[]));
        let at = address_of(&linked, "0.o:.text.entry");
        let high = i64::from(word(&linked.image, at + 8) & !0xfff);
        let low = word(&linked.image, at + 40);
        let low = if low_kind == 24 { low >> 20 } else { (low >> 25) << 5 | low >> 7 & 31 };
        assert_eq!(high + i64::from(low), distance);
    }
    let mut builder = Builder::new(Machine::Riscv64);
    let text = builder.text(".text.entry", &[0; 64]);
    builder.global("entry", text, 0, 64);
    let label = builder.local("label", text, 8, 0);
    builder.reloc(text, 40, 24, label, 0);
    assert!(errors_of(link_all(&[builder.bytes()], &[])).contains("names no instruction"));
}

#[test]
fn riscv64_differences_come_in_pairs() {
    let build = |kinds: &[(u64, u32, &str)]| {
        let mut builder = Builder::new(Machine::Riscv64);
        let text = builder.text(".text.entry", &[0; 64]);
        builder.global("entry", text, 0, 64);
        let data = builder.rodata(".rodata.d", &[0xc1; 16]);
        let table = builder.local("table", data, 0, 16);
        builder.reloc(text, 0, 57, table, 0);
        let (from, to) = (builder.local("from", text, 8, 0), builder.local("to", text, 48, 0));
        for &(offset, kind, symbol) in kinds {
            builder.reloc(data, offset, kind, if symbol == "to" { to } else { from }, 0);
        }
        link_all(&[builder.bytes()], &[])
    };
    let linked = image_of(build(&[
        (0, 35, "to"),
        (0, 39, "from"),
        (4, 55, "to"),
        (4, 38, "from"),
        (6, 53, "to"),
        (6, 52, "from"),
        (8, 36, "to"),
        (8, 40, "from"),
    ]));
    let at = address_of(&linked, "0.o:.rodata.d") as usize;
    assert_eq!(linked.image[at..at + 4], 0xc1c1_c1e9u32.to_le_bytes());
    assert_eq!(linked.image[at + 4..at + 6], 40u16.to_le_bytes());
    assert_eq!(linked.image[at + 6], 0xc0 | 40);
    assert_eq!(linked.image[at + 8..at + 16], 0xc1c1_c1c1_c1c1_c1e9u64.to_le_bytes());
    assert!(errors_of(build(&[(0, 35, "to")])).contains("absolute relocation outside the notes"));
    assert!(
        errors_of(build(&[(0, 35, "to"), (0, 39, "from"), (0, 35, "to")])).contains("change the same bytes")
    );
}

#[test]
fn riscv64_padding_that_is_too_much_is_removed() {
    const ALIGN: u32 = 43;
    let code = |align_at: u64, padding: i64, align: u64| {
        let mut builder = Builder::new(Machine::Riscv64);
        let bytes: Vec<u8> = (0..64).collect();
        let text = builder.section(".text.entry", PROGBITS, AX, &bytes, align);
        builder.global("entry", text, 0, 64);
        let here = builder.local("here", text, 0, 0);
        builder.reloc(text, align_at, ALIGN, here, padding);
        // What follows refers across the padding: a jump back to the start.
        builder.reloc(text, 32, 17, here, 0);
        let after = builder.local("after", text, 40, 8);
        let data = builder.rodata(".rodata.d", &[0; 8]);
        builder.reloc(data, 0, 35, after, 0);
        builder.reloc(data, 0, 39, here, 0);
        builder.global("data", data, 0, 8);
        let keep = vec!["data".to_owned()];
        link_with(&Options { want_map: true, keep, ..Options::image("entry") }, &[builder.bytes()], &[])
    };
    let text_of = |linked: &Linked| {
        let at = address_of(linked, "0.o:.text.entry") as usize;
        linked.image[at..at + 56].to_vec()
    };
    let distance = |linked: &Linked| {
        let at = address_of(linked, "0.o:.rodata.d") as usize;
        linked.image[at]
    };
    // All of it is needed.
    let whole = code(10, 6, 16).expect("it links");
    assert_eq!(text_of(&whole)[..32], (0..32).collect::<Vec<u8>>());
    assert_eq!(distance(&whole), 40);
    // None of it is needed, then half: the rest is `c.nop`.
    let shorter = code(8, 6, 16).expect("it links");
    assert_eq!(text_of(&shorter)[..12], [0, 1, 2, 3, 4, 5, 6, 7, 14, 15, 16, 17]);
    assert_eq!(distance(&shorter), 34);
    let partly = code(6, 6, 16).expect("it links");
    assert_eq!(text_of(&partly)[..12], [0, 1, 2, 3, 4, 5, 1, 0, 12, 13, 14, 15]);
    let jump = u32::from_le_bytes(text_of(&partly)[28..32].try_into().expect("four bytes"));
    // 28 bytes back.
    assert_eq!(jump & 0xffff_f000, 0xfe5f_f000);
    assert!(errors_of(code(8, 6, 4)).contains("sh_addralign of code"));
    assert!(errors_of(code(60, 6, 16)).contains("addend of R_RISCV_ALIGN"));
    assert!(errors_of(code(8, -1, 16)).contains("addend of R_RISCV_ALIGN"));
}

#[test]
fn riscv64_differences_of_as_many_bytes_as_there_are() {
    let build = |bytes: &[u8], steps: &[(u64, u32, &str)]| {
        let mut builder = Builder::new(Machine::Riscv64);
        let text = builder.text(".text.entry", &[0; 1024]);
        builder.global("entry", text, 0, 1024);
        let data = builder.rodata(".rodata.d", bytes);
        builder.global("data", data, 0, 8);
        for &(offset, kind, name) in steps {
            let symbol = builder.local(name, text, if name == "to" { 700 } else { 100 }, 0);
            builder.reloc(data, offset, kind, symbol, 0);
        }
        let keep = vec!["data".to_owned()];
        link_with(&Options { want_map: true, keep, ..Options::image("entry") }, &[builder.bytes()], &[])
    };
    let field = |linked: Linked| {
        let at = address_of(&linked, "0.o:.rodata.d") as usize;
        linked.image[at..at + 4].to_vec()
    };
    const PAIR: [(u64, u32, &str); 2] = [(1, 60, "to"), (1, 61, "from")];
    // 600 is 4 * 128 + 88, in as many bytes as were there.
    assert_eq!(field(build(&[9, 0x80, 0, 9], &PAIR).expect("it links")), [9, 0xd8, 4, 9]);
    assert_eq!(field(build(&[9, 0x81, 0xff, 3, 9], &PAIR).expect("it links")), [9, 0xd8, 0x84, 0]);
    assert!(errors_of(build(&[9, 0, 0, 9], &PAIR)).contains("0x258"));
    assert!(errors_of(build(&[9, 0x80, 0x80, 0x80], &PAIR)).contains("at most ten bytes"));
    assert!(errors_of(build(&[9, 0x80, 0, 9], &[(1, 60, "to")])).contains("the other step"));
    assert!(errors_of(build(&[9, 0x80, 0, 9], &[(1, 61, "to"), (1, 60, "from")])).contains("the other step"));
}

/// Table accesses whose code allows it need no table.
#[test]
fn x86_64_table_accesses_are_relaxed() {
    for (kind, code, offset, expected) in [
        (9, vec![0x48, 0x8b, 0x05, 0, 0, 0, 0], 3, vec![0x48, 0x8d, 0x05]),
        (42, vec![0x4c, 0x8b, 0x3d, 0, 0, 0, 0], 3, vec![0x4c, 0x8d, 0x3d]),
        (41, vec![0xff, 0x15, 0, 0, 0, 0], 2, vec![0x67, 0xe8]),
        (41, vec![0xff, 0x25, 0, 0, 0, 0], 2, vec![0xe9]),
    ] {
        let (mut builder, text) = Builder::x86(&code);
        let other = builder.text(".text.other", &[0xc3]);
        let symbol = builder.global("other", other, 0, 1);
        builder.reloc(text, offset, kind, symbol, -4);
        let linked = image_of(link_all(&[builder.bytes()], &[]));
        let at = address_of(&linked, "0.o:.text.entry");
        let target = address_of(&linked, "0.o:.text.other");
        let length = expected.len() as u64;
        assert_eq!(linked.image[at as usize..(at + length) as usize], expected);
        let reached = at as i64 + length as i64 + 4 + i64::from(word(&linked.image, at + length));
        assert_eq!(reached, target as i64);
        assert_eq!(linked.stats.relaxations, 1);
        if code[1] == 0x25 {
            assert_eq!(linked.image[at as usize + 5], 0x90);
        }
    }
}

#[test]
fn x86_64_other_table_accesses_are_errors() {
    // `cmp`, `mov` with another addend, and `mov` through a register.
    for (code, addend) in [
        ([0x48, 0x3b, 0x05, 0, 0, 0, 0], -4),
        ([0x48, 0x8b, 0x05, 0, 0, 0, 0], -8),
        ([0x48, 0x8b, 0x80, 0, 0, 0, 0], -4),
    ] {
        let (mut builder, text) = Builder::x86(&code);
        let other = builder.text(".text.other", &[0xc3]);
        let symbol = builder.global("other", other, 0, 1);
        builder.reloc(text, 3, 42, symbol, addend);
        let text = errors_of(link_all(&[builder.bytes()], &[]));
        let [a, b, c] = [code[0], code[1], code[2]];
        let bytes = format!("by {a:02x} {b:02x} {c:02x} 00 00 00 00");
        assert!(text.contains("address of `other` from a table") && text.contains(&bytes), "{text}");
    }
}

#[test]
fn constants_get_table_slots() {
    let (mut builder, text) = Builder::x86(&[0x48, 0x8b, 0x05, 0, 0, 0, 0, 0x48, 0x8b, 0x05, 0, 0, 0, 0]);
    let hook = builder.undefined_weak("hook");
    let number = builder.absolute("number", 0x1122_3344_5566_7788);
    builder.reloc(text, 3, 42, hook, -4);
    builder.reloc(text, 10, 42, number, -4);
    let linked = image_of(link_all(&[builder.bytes()], &[]));
    assert_eq!(linked.stats.slots, 2);
    let at = address_of(&linked, "0.o:.text.entry");
    for (end, value) in [(7, 0u64), (14, 0x1122_3344_5566_7788)] {
        let slot = (at as i64 + end as i64 + i64::from(word(&linked.image, at + end - 4))) as usize;
        assert_eq!(linked.image[slot..slot + 8], value.to_le_bytes());
    }
    assert!(linked.map.expect("a map").to_string().contains("table slots:"));
}

fn aarch64_table_access(adrp: u32, ldr: u32, addend: i64, apart: u64, constant: bool) -> Vec<u8> {
    let mut builder = Builder::new(Machine::Aarch64);
    let mut code = vec![0; 64];
    code[..4].copy_from_slice(&adrp.to_le_bytes());
    code[4 + apart as usize..8 + apart as usize].copy_from_slice(&ldr.to_le_bytes());
    let text = builder.text(".text.entry", &code);
    builder.global("entry", text, 0, 64);
    let data = builder.rodata(".rodata.d", &[7; 16]);
    let symbol = if constant { builder.absolute("number", 77) } else { builder.global("data", data, 0, 16) };
    builder.reloc(text, 0, 311, symbol, addend);
    builder.reloc(text, 4 + apart, 312, symbol, addend);
    builder.bytes()
}

#[test]
fn aarch64_table_accesses_are_relaxed_in_pairs() {
    let (adrp, ldr) = (0x9000_0003, 0xf940_0063);
    let linked = image_of(link_all(&[aarch64_table_access(adrp, ldr, 8, 0, false)], &[]));
    let at = address_of(&linked, "0.o:.text.entry");
    let data = address_of(&linked, "0.o:.rodata.d") + 8;
    assert_eq!(word(&linked.image, at) as u32, adrp, "both are on the first page");
    assert_eq!(word(&linked.image, at + 4) as u32, 0x9100_0063 | (data as u32 & 0xfff) << 10);
    assert_eq!(linked.stats.relaxations, 2);
    // Another register, and not adjacent: a table would be needed.
    for object in
        [aarch64_table_access(adrp, 0xf940_0064, 0, 0, false), aarch64_table_access(adrp, ldr, 0, 4, false)]
    {
        assert!(errors_of(link_all(&[object], &[])).contains("address of `data` from a table"));
    }
    let linked = image_of(link_all(&[aarch64_table_access(adrp, ldr, 3, 4, true)], &[]));
    let at = address_of(&linked, "0.o:.text.entry");
    let slot = (word(&linked.image, at + 8) as u32 >> 10 & 0xfff) << 3;
    assert_eq!(linked.image[slot as usize..][..8], 80u64.to_le_bytes());
}

#[test]
fn branches_to_undefined_weak_symbols_go_to_the_next_instruction() {
    for (machine, kind, expected) in
        [(Machine::Aarch64, 283, 1), (Machine::Aarch64, 280, 1 << 5), (Machine::Riscv64, 17, 4 << 20)]
    {
        let mut builder = Builder::new(machine);
        let text = builder.text(".text.entry", &[0; 8]);
        builder.global("entry", text, 0, 8);
        let weak = builder.undefined_weak("weak");
        builder.reloc(text, 0, kind, weak, 0);
        let linked = image_of(link_all(&[builder.bytes()], &[]));
        assert_eq!(word(&linked.image, address_of(&linked, "0.o:.text.entry")), expected);
    }
}
