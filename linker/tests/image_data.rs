//! Images with memory of their own for each run: one writable segment, and the pointers a host moves.

mod objects;

use std::process::Command;

use cloudc_linker::{Machine, Options, Profile};
use object::elf;
use objects::*;

fn options() -> Options {
    Options { profile: Profile::ImageData, want_map: true, ..Options::image("entry") }
}

fn number(bytes: &[u8], at: u64) -> u64 {
    u64::from_le_bytes(bytes[at as usize..at as usize + 8].try_into().expect("eight bytes"))
}

/// Type, flags, address, size in the file and in memory of each program header.
fn program_headers(image: &[u8]) -> Vec<(u32, u32, u64, u64, u64)> {
    let count = u64::from(u16::from_le_bytes([image[56], image[57]]));
    let header = |at: u64| {
        let first = number(image, at);
        (
            first as u32,
            (first >> 32) as u32,
            number(image, at + 16),
            number(image, at + 32),
            number(image, at + 40),
        )
    };
    (0..count).map(|nth| header(64 + 56 * nth)).collect()
}

/// `entry` counts in memory and reads a table of pointers.
fn program(machine: Machine) -> Vec<u8> {
    let mut builder = Builder::new(machine);
    let text = builder.text(".text.entry", &[0; 16]);
    let entry = builder.global("entry", text, 0, 16);
    let table = builder.section(".data.rel.ro.table", PROGBITS, AW, &[0; 16], 8);
    let zeros = builder.zeros(".bss.counter", AW, 24);
    let counter = builder.local("counter", zeros, 8, 8);
    let (pointer, distance) = match machine {
        Machine::X86_64 => (1, 2),
        Machine::Aarch64 => (257, 261),
        Machine::Riscv64 => (2, 57),
    };
    builder.reloc(table, 0, pointer, entry, 4);
    builder.reloc(table, 8, pointer, counter, 0);
    let table = builder.local("table", table, 0, 16);
    builder.reloc(text, 0, distance, table, 0);
    builder.bytes()
}

#[test]
fn data_has_a_segment_and_its_pointers_are_relative() {
    for (machine, relative) in [(Machine::X86_64, 8), (Machine::Aarch64, 1027), (Machine::Riscv64, 3)] {
        let linked = image_of(link_with(&options(), &[program(machine)], &[]));
        let image = &linked.image;
        let headers = program_headers(image);
        let kinds: Vec<(u32, u32)> = headers.iter().map(|header| (header.0, header.1)).collect();
        assert_eq!(kinds, [(1, 5), (1, 6), (2, 6), (0x6474_e551, 6)], "{machine:?}");
        let (_, _, start, in_file, in_memory) = headers[1];
        assert!(start.is_multiple_of(4096) && start >= headers[0].4, "{machine:?}");
        assert_eq!(in_memory - in_file, 24, "the counter takes no room in the file");
        let dynamic = headers[2].2;
        let tags: Vec<(u64, u64)> = (0..5)
            .map(|nth| (number(image, dynamic + 16 * nth), number(image, dynamic + 16 * nth + 8)))
            .collect();
        let relocations = tags[0].1;
        assert_eq!(tags, [(7, relocations), (8, 48), (9, 24), (0x6fff_fff9, 2), (0, 0)]);
        let table = address_of(&linked, "0.o:.data.rel.ro.table");
        let wanted = [
            (table, address_of(&linked, "0.o:.text.entry") + 4),
            (table + 8, address_of(&linked, "0.o:.bss.counter") + 8),
        ];
        for (nth, (place, target)) in (0..).zip(wanted) {
            let at = relocations + 24 * nth;
            assert_eq!(
                (number(image, at), number(image, at + 8), number(image, at + 16)),
                (place, relative, target)
            );
            assert_eq!(number(image, place), 0, "what the host stores is zero in the file");
        }
    }
}

#[test]
fn an_image_that_needs_no_data_is_the_same_as_without() {
    let (builder, _) = Builder::x86(&[0xc3]);
    let plain = image_of(link_all(&[builder.bytes()], &[]));
    let linked = image_of(link_with(&options(), &[builder.bytes()], &[]));
    assert_eq!(linked.image, plain.image);
}

#[test]
fn what_a_host_does_not_prepare_is_refused() {
    for (name, flags, message) in [
        (".tdata", AW | elf::SHF_TLS.0, "thread-local section in an image"),
        (".init_array", AW, "constructor section in an image"),
    ] {
        let (mut builder, text) = Builder::x86(&[0; 8]);
        let section = builder.section(name, PROGBITS, flags, &[0; 8], 8);
        let symbol = builder.local("it", section, 0, 8);
        builder.reloc(text, 0, 2, symbol, 0);
        let text = errors_of(link_with(&options(), &[builder.bytes()], &[]));
        assert!(text.contains(message), "{text}");
    }
}

/// Maps both segments, applies the relocations and calls the entry, each time in fresh memory.
const LOADER: &str = r#"
#include <elf.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
int main(int argc, char **argv) {
    static unsigned char file[1 << 20];
    FILE *f = fopen(argv[1], "rb");
    fread(file, 1, sizeof file, f);
    Elf64_Ehdr *header = (Elf64_Ehdr *)file;
    Elf64_Phdr *segments = (Elf64_Phdr *)(file + header->e_phoff);
    for (int run = 0; run < 2; run++) {
        unsigned char *image = mmap(0, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        Elf64_Dyn *dynamic = 0;
        for (int k = 0; k < header->e_phnum; k++) {
            Elf64_Phdr *segment = segments + k;
            if (segment->p_type == PT_LOAD)
                memcpy(image + segment->p_vaddr, file + segment->p_offset, segment->p_filesz);
            if (segment->p_type == PT_DYNAMIC) dynamic = (Elf64_Dyn *)(image + segment->p_vaddr);
        }
        Elf64_Rela *relocations = 0; unsigned long count = 0;
        for (; dynamic && dynamic->d_tag; dynamic++) {
            if (dynamic->d_tag == DT_RELA) relocations = (Elf64_Rela *)(image + dynamic->d_un.d_ptr);
            if (dynamic->d_tag == DT_RELACOUNT) count = dynamic->d_un.d_val;
        }
        for (unsigned long k = 0; k < count; k++)
            *(unsigned long *)(image + relocations[k].r_offset) = (unsigned long)image + relocations[k].r_addend;
        if (mprotect(image, segments[0].p_memsz, PROT_READ | PROT_EXEC)) return 1;
        long (*entry)(long) = (long (*)(long))(image + header->e_entry);
        long first = entry(argc), second = entry(argc);
        printf("%ld %ld\n", first, second);
    }
    return 0;
}
"#;

const TASK: &str = r#"
static long counter, zeros[100];
long common_counter, shared = 5;
static const char *const names[] = {"one", "three", "fifteen"};
static long twice(long a) { return 2 * a; }
static long thrice(long a) { return 3 * a; }
long (*table[])(long) = {twice, thrice};
long *where = &shared;
long entry(long n) {
    counter += n; zeros[counter] += 1; common_counter += 10; *where += 1;
    long length = 0;
    for (const char *s = names[counter / 2 % 3]; *s; s++) length++;
    return 10000 * table[counter / 2 % 2](length) + 100 * common_counter + 10 * shared + counter + zeros[n];
}
"#;

#[test]
fn each_run_starts_with_fresh_data() {
    let have = |tool: &str| Command::new(tool).arg("--version").output().is_ok();
    if !cfg!(target_arch = "x86_64") || !have("cc") {
        eprintln!("skipped: `cc` for x86-64 is not installed");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let compile = |name: &str, source: &str, flags: &[&str]| {
        let (input, output) = (folder.path().join(format!("{name}.c")), folder.path().join(name));
        std::fs::write(&input, source).expect("a source");
        let status =
            Command::new("cc").args(["-O1", "-w"]).args(flags).arg(&input).arg("-o").arg(&output).status();
        assert!(status.is_ok_and(|status| status.success()), "cc {name}");
        output
    };
    let loader = compile("loader", LOADER, &[]);
    for flags in [&["-c", "-fPIE"][..], &["-c", "-fPIC", "-fcommon"]] {
        let task = std::fs::read(compile("task.o", TASK, flags)).expect("an object");
        let linked = image_of(link_with(&options(), &[task], &[]));
        let image = folder.path().join("image");
        std::fs::write(&image, &linked.image).expect("an image");
        let output = Command::new(&loader).arg(&image).output().expect("the loader starts");
        let lines = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(lines, "151063 142075\n151063 142075\n", "{flags:?}");
    }
}
