//! Damaged inputs: an error is right, and so is an image; a panic, a hang or a bug report of the linker is not.

mod objects;

use cloudc_linker::{Error, Input, Machine, Options, Profile, index_archive, link, verify_image};
use object::elf;
use objects::*;

/// A number from the environment: `CLOUDC_MUTANTS` damaged objects a run, `CLOUDC_SEED` for other ones.
fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// Damaged objects a run.
fn mutants() -> usize {
    setting("CLOUDC_MUTANTS", 20_000) as usize
}

/// Every fourth mutant is linked as one of these.
const PROFILES: [Profile; 4] = [Profile::Image, Profile::Static, Profile::StaticPie, Profile::ImageData];

/// A small generator of numbers that are the same in every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() >> 11) as usize % end
    }
}

/// An object with one of everything.
fn rich(machine: Machine) -> Vec<u8> {
    let mut builder = Builder::new(machine);
    let mut code = [0; 96];
    if machine == Machine::Aarch64 {
        code[20..24].copy_from_slice(&0x9000_0003u32.to_le_bytes());
        code[24..28].copy_from_slice(&0xf940_0063u32.to_le_bytes());
    }
    let text = builder.text(".text.entry", &code);
    builder.global("entry", text, 0, 96);
    let strings = builder.section(".rodata.str1.1", PROGBITS, AMS, b"one\0two\0three\0", 1);
    builder.entry_size(".rodata.str1.1", 1);
    let constants = builder.section(".rodata.cst8", PROGBITS, AM, &[3; 24], 8);
    builder.entry_size(".rodata.cst8", 8);
    let set = builder.section("table", PROGBITS, A, &[1; 8], 8);
    let inline = builder.section(".text.inline", PROGBITS, AX | elf::SHF_GROUP.0, &[0x90; 8], 4);
    let inline_symbol = builder.weak("inline", inline, 0, 8);
    builder.comdat(inline_symbol, &[inline]);
    let zeros = builder.zeros(".rodata.zeros", A, 64);
    builder.section(".debug_info", PROGBITS, 0, &[0; 16], 1);
    builder.section(".debug_line", PROGBITS, elf::SHF_COMPRESSED.0, &compressed_zeros(), 8);
    let note = builder.note(&[0; 64]);
    // Only programs take what follows: a description of the code, thread-local data, something to write to.
    let mut frames = vec![12, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 16, 0, 0, 0, 20, 0, 0, 0];
    frames.extend([0; 12]);
    frames.extend([0; 4]);
    let frames = builder.section(".eh_frame", PROGBITS, A, &frames, 8);
    let threads = builder.section(".tdata", PROGBITS, AW | elf::SHF_TLS.0, &[1; 12], 4);
    builder.local("thread_local", threads, 4, 4);
    builder.zeros(".bss", AW, 4000);
    let start = builder.section_symbol(text);
    builder.reloc(frames, 24, if machine == Machine::X86_64 { 2 } else { 0 }, start, 0);
    let symbols = [
        builder.local("one", strings, 0, 4),
        builder.section_symbol(strings),
        builder.section_symbol(constants),
        inline_symbol,
        builder.local("zeros", zeros, 0, 64),
        builder.undefined("__start_table"),
        builder.undefined_weak("maybe"),
        builder.undefined("member"),
        builder.local("set", set, 0, 8),
        builder.local("label", text, 8, 0),
    ];
    builder.common("common", 16, 8);
    builder.absolute("absolute", 42);
    match machine {
        Machine::X86_64 => {
            for (nth, symbol) in symbols.into_iter().enumerate() {
                let kind = if nth == 6 { 9 } else { [2, 4, 2][nth % 3] };
                builder.reloc(text, 8 * nth as u64 + 4, kind, symbol, if nth == 1 { 4 } else { 0 });
            }
            builder.reloc(note, 68, 10, symbols[4], 0);
        }
        Machine::Aarch64 => {
            for (nth, kind) in [275, 277, 283, 311, 312, 261, 280].into_iter().enumerate() {
                let symbol = symbols[[4, 4, 7, 3, 3, 0, 3][nth]];
                builder.reloc(text, 8 + 4 * nth as u64, kind, symbol, 0);
            }
        }
        Machine::Riscv64 => {
            builder.reloc(text, 8, 23, symbols[4], 0);
            builder.reloc(text, 12, 24, symbols[9], 0);
            builder.reloc(text, 16, 19, symbols[7], 0);
            builder.reloc(set, 0, 35, symbols[4], 0);
            builder.reloc(set, 0, 39, symbols[9], 0);
            builder.reloc(text, 24, 57, symbols[5], 0);
            builder.reloc(set, 4, 60, symbols[9], 0);
            builder.reloc(set, 4, 61, symbols[9], 0);
            // Padding, of which two bytes are needed.
            builder.reloc(text, 30, 43, symbols[4], 6);
        }
    }
    builder.bytes()
}

fn member(machine: Machine) -> Vec<u8> {
    let mut builder = Builder::new(machine);
    let text = builder.text(".text.member", &[0x90; 16]);
    builder.global("member", text, 0, 16);
    builder.bytes()
}

/// Ranges worth damaging: the header, the section table, and the content of the tables.
fn ranges(bytes: &[u8]) -> Vec<(usize, usize)> {
    let number = |at: usize, width: usize| {
        bytes[at..at + width].iter().rev().fold(0usize, |number, &byte| number << 8 | usize::from(byte))
    };
    let (table, count) = (number(40, 8), number(60, 2));
    let mut ranges = vec![(0, 64), (table, table + 64 * count), (table, table + 64 * count)];
    for section in 0..count {
        let header = table + 64 * section;
        let (offset, size) = (number(header + 24, 8), number(header + 32, 8));
        if matches!(number(header + 4, 4), 2 | 3 | 4 | 17) && size > 0 {
            ranges.push((offset, offset + size));
        }
    }
    ranges
}

fn damage(bytes: &mut [u8], ranges: &[(usize, usize)], random: &mut Random) {
    const WORDS: [u64; 8] = [0, 1, 1 << 31, (1 << 32) - 1, 1 << 40, 1 << 63, u64::MAX, 0xff];
    for _ in 0..[1, 1, 2, 4][random.below(4)] {
        let (start, end) = ranges[random.below(ranges.len())];
        let at = start + random.below(end - start);
        let value = match random.below(10) {
            0..4 => vec![random.next() as u8],
            4..7 => (WORDS[random.below(8)] as u32).to_le_bytes().to_vec(),
            _ => WORDS[random.below(8)].to_le_bytes().to_vec(),
        };
        let end = bytes.len().min(at + value.len());
        bytes[at..end].copy_from_slice(&value[..end - at]);
    }
}

fn check(result: Result<cloudc_linker::Linked, Vec<Error>>, mutant: usize) -> bool {
    match result {
        Ok(linked) => {
            let _ = verify_image(&linked.image);
            true
        }
        Err(errors) => {
            assert!(!errors.is_empty(), "mutant {mutant}");
            for error in &errors {
                assert!(!error.is_internal(), "mutant {mutant}: {error}");
                assert!(error.to_string().len() < 4096, "mutant {mutant}");
            }
            false
        }
    }
}

#[test]
fn damaged_objects_are_linked_or_refused() {
    let options = Options { want_map: true, want_debug: true, validate: true, ..Options::image("entry") };
    let mut random = Random(setting("CLOUDC_SEED", 7));
    let mut linked = 0;
    for (machine, share) in [(Machine::X86_64, 2), (Machine::Aarch64, 4), (Machine::Riscv64, 4)] {
        let object = rich(machine);
        let other = member(machine);
        let library = archive(&[("member.o", &other)], Some(&[("member", 0)]));
        let library = index_archive(Input { name: "lib.a", bytes: &library }).expect("an archive");
        link(&options, &[Input { name: "whole.o", bytes: &object }], &[&library]).expect("undamaged");
        let ranges = ranges(&object);
        for mutant in 0..mutants() / share {
            let mut bytes = object.clone();
            damage(&mut bytes, &ranges, &mut random);
            if mutant % 50 == 0 {
                bytes.truncate(random.below(bytes.len()));
            }
            let input = Input { name: "damaged.o", bytes: &bytes };
            let profile = PROFILES[mutant % PROFILES.len()];
            let options = Options { profile, ..options.clone() };
            linked += usize::from(check(link(&options, &[input], &[&library]), mutant));
        }
    }
    assert!(linked > mutants() / 20, "only {linked} mutants were linked: the damage is too coarse");
}

#[test]
fn damaged_archives_are_indexed_or_refused() {
    let options = Options::image("entry");
    let object = rich(Machine::X86_64);
    let other = member(Machine::X86_64);
    let mut random = Random(setting("CLOUDC_SEED", 11));
    for symbols in [Some(&[("member", 1), ("other", 0)][..]), None] {
        let whole = archive(&[("a_long_member_name_x.o", &other), ("member.o", &other)], symbols);
        for mutant in 0..mutants() / 20 {
            let mut bytes = whole.clone();
            damage(&mut bytes, &[(0, 300), (0, whole.len())], &mut random);
            let archive = match index_archive(Input { name: "lib.a", bytes: &bytes }) {
                Ok(archive) => archive,
                Err(errors) => {
                    assert!(!errors.is_empty());
                    continue;
                }
            };
            check(link(&options, &[Input { name: "whole.o", bytes: &object }], &[&archive]), mutant);
        }
    }
}

#[test]
fn damaged_images_are_refused_without_harm() {
    let mut random = Random(setting("CLOUDC_SEED", 13));
    let other = member(Machine::X86_64);
    let library = archive(&[("member.o", &other)], Some(&[("member", 0)]));
    let image = image_of(link_all(&[rich(Machine::X86_64)], &[("lib.a", library)])).image;
    verify_image(&image).expect("an image");
    for _ in 0..mutants() {
        let mut bytes = image.clone();
        damage(&mut bytes, &[(0, 240), (232, 330)], &mut random);
        let _ = verify_image(&bytes);
    }
}

/// Numbers that the file's size cannot justify cost neither time nor memory.
#[test]
fn huge_numbers_are_cheap() {
    let (mut builder, text) = Builder::x86(&[0; 16]);
    let zeros = builder.zeros(".rodata.zeros", A, 8);
    let symbol = builder.local("zeros", zeros, 0, 8);
    builder.reloc(text, 0, 2, symbol, 0);
    let mut bytes = builder.bytes();
    let header = headers_named(&bytes, ".rodata.zeros")[0];
    bytes[header + 32..header + 40].copy_from_slice(&(u64::MAX - 7).to_le_bytes());
    assert!(errors_of(link_all(&[bytes], &[])).contains("image too large"));
}

/// A thousand sections that all cover the same bytes.
#[test]
fn overlapping_sections_are_bounded_by_the_file() {
    let (mut builder, _) = Builder::x86(&[0; 16]);
    let big = builder.rodata(".rodata.big", &[5; 200_000]);
    builder.local("big", big, 0, 1);
    for nth in 0..1000 {
        builder.rodata(&format!(".rodata.r{nth}"), &[1]);
    }
    let mut bytes = builder.bytes();
    let big = headers_named(&bytes, ".rodata.big")[0];
    let range = bytes[big + 24..big + 40].to_vec();
    for nth in 0..1000 {
        let header = headers_named(&bytes, &format!(".rodata.r{nth}"))[0];
        bytes[header + 24..header + 40].copy_from_slice(&range);
    }
    assert!(errors_of(link_all(&[bytes], &[])).contains("bytes in overlapping sections"));
}
