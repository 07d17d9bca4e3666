//! Objects made by other tools, where those are installed; where not, the test says so and ends.
//!
//! Generated C programs compute a number twice: as an ordinary program made by the system's tools, and as an image
//! linked here and called by a small loader.

mod objects;

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use cloudc_linker::{Machine, Options};
use objects::*;

/// True if all tools can be started; names the first that cannot.
fn have(tools: &[&str]) -> bool {
    for tool in tools {
        if Command::new(tool).arg("--version").output().is_err() {
            eprintln!("skipped: `{tool}` is not installed");
            return false;
        }
    }
    true
}

fn run(command: &mut Command) -> String {
    let output = command.output().expect("the tool starts");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {errors}");
    String::from_utf8(output.stdout).expect("text")
}

/// A loader as a host would have: maps the file, jumps to its entry, prints the result.
const LOADER: &str = r#"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
int main(int argc, char **argv) {
    static unsigned char file[1 << 20];
    FILE *f = fopen(argv[1], "rb");
    size_t size = fread(file, 1, sizeof file, f);
    unsigned char *image = mmap(0, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    memcpy(image, file, size);
    unsigned long entry;
    memcpy(&entry, file + 24, 8);
    if (mprotect(image, size, PROT_READ | PROT_EXEC)) return 1;
    printf("%ld\n", ((long (*)(long))(image + entry))(argc));
    return 0;
}
"#;

/// Numbers that are the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) % end
    }
}

/// Part `part` of a program: functions that call earlier ones of both parts, tables, strings, groups and switches.
fn program(part: u64, random: &mut Random) -> String {
    let mut source =
        String::from("typedef unsigned long u64; u64 lib_fold(u64, u64); u64 lib_sum(const char *);\n");
    source += "#pragma GCC visibility push(hidden)\nextern u64 hook(u64) __attribute__((weak));\n";
    for k in 0..6 {
        writeln!(
            source,
            "__asm__(\".section .text.inl_{k},\\\"axG\\\",@progbits,inl_{k},comdat\\n.weak inl_{k}\\n\
             .type inl_{k},@function\\ninl_{k}: leaq {k}(%rdi),%rax; ret\\n.size inl_{k},.-inl_{k}\\n.text\\n\"); \
             u64 inl_{k}(u64);"
        )
        .expect("a string");
    }
    let numbers: Vec<String> = (0..64).map(|_| random.below(1 << 30).to_string()).collect();
    writeln!(source, "static const u64 table[64] = {{{}}};", numbers.join(",")).expect("a string");
    for f in 0..24 {
        if f > 2 {
            let (other, earlier) = (1 - part, random.below(f - 1));
            writeln!(source, "u64 p{other}_f{earlier}(u64);").expect("a string");
        }
        let constant = random.below(1 << 20);
        let body = match random.below(6) {
            0 => format!("for (int k = 0; k < {}; k++) a = a * 3 + table[(a + k) & 63];", constant % 9 + 1),
            1 => format!("a += lib_sum(\"shared text {}\");", constant % 4),
            2 => format!("a = inl_{}(a) ^ {constant}; if (hook) a += hook(a);", constant % 6),
            3 => format!("a = lib_fold(a, {constant});"),
            4 => format!(
                "switch (a % 9) {{ case 0: a += 7; break; case 1: a = inl_1(a); break; case 2: a ^= 99; break; \
                 case 3: a = lib_fold(a, 5); break; case 4: a *= 3; break; case 5: a += {constant}; break; \
                 case 6: a = ~a; break; default: a >>= 1; }}"
            ),
            _ => format!("double d = (double)(a & 1023) * {constant}.25; a += (u64)(long)(d * 0.5);"),
        };
        let calls: String = (0..f)
            .filter(|_| random.below(4) == 0)
            .take(2)
            .map(|callee| format!(" if (a & {}) a += p{part}_f{callee}(a >> 5);", 1 << (callee % 5)))
            .collect();
        writeln!(source, "__attribute__((noinline)) u64 p{part}_f{f}(u64 a) {{ {body}{calls} return a; }}")
            .expect("a string");
    }
    if part == 0 {
        source += "u64 p1_f23(u64); long entry(long n) { u64 a = 12345; for (int k = 0; k < 9; k++) \
                   a = p1_f23(a + k) ^ p0_f23(a); return (long)(a >> 3); }\n";
    }
    source
}

const LIBRARY: [(&str, &str); 3] = [
    (
        "fold",
        "unsigned long lib_fold(unsigned long a, unsigned long b) { return a * 0x9E3779B97F4A7C15ul ^ b; }",
    ),
    (
        "sum",
        "unsigned long lib_sum(const char *s) { unsigned long h = 5381; while (*s) h = h * 33 + *s++; return h; }",
    ),
    ("unused", "unsigned long lib_unused(void) { return 1; }"),
];

fn compile(dir: &Path, name: &str, source: &str, flags: &[&str]) -> Vec<u8> {
    let (input, output) = (dir.join(format!("{name}.c")), dir.join(format!("{name}.o")));
    std::fs::write(&input, source).expect("a file");
    let common = ["-c", "-w", "-fPIE", "-ffreestanding", "-fvisibility=hidden", "-fno-stack-protector"];
    run(Command::new("cc").args(common).args(flags).arg(&input).arg("-o").arg(&output));
    std::fs::read(&output).expect("an object")
}

#[test]
fn generated_programs_give_the_same_answer() {
    if !cfg!(target_arch = "x86_64") || !have(&["cc", "ar"]) {
        return;
    }
    let dir = tempfile::tempdir().expect("a folder");
    let path = |name: &str| dir.path().join(name);
    std::fs::write(path("loader.c"), LOADER).expect("a file");
    run(Command::new("cc").args(["-O1", "-w"]).arg(path("loader.c")).arg("-o").arg(path("loader")));
    std::fs::write(
        path("main.c"),
        "#include <stdio.h>\nlong entry(long); int main() { printf(\"%ld\\n\", entry(2)); }",
    )
    .expect("a file");
    for (name, source) in LIBRARY {
        compile(dir.path(), name, source, &["-O2", "-fno-builtin"]);
    }
    let members = LIBRARY.map(|(name, _)| path(&format!("{name}.o")));
    run(Command::new("ar").arg("rcsD").arg(path("lib.a")).args(&members));
    let library = std::fs::read(path("lib.a")).expect("an archive");
    for seed in 0..6 {
        let mut random = Random(seed);
        let flags: &[&str] =
            if seed % 2 == 0 { &["-O2", "-ffunction-sections", "-fdata-sections"] } else { &["-O1"] };
        let parts =
            [0, 1].map(|part| compile(dir.path(), &format!("p{part}"), &program(part, &mut random), flags));
        let native = Command::new("cc")
            .args(["p0.o", "p1.o", "main.c", "lib.a", "-o", "native"])
            .current_dir(dir.path())
            .output()
            .expect("cc starts");
        assert!(native.status.success(), "{}", String::from_utf8_lossy(&native.stderr));
        let expected = run(&mut Command::new(path("native")));
        let linked = image_of(link_all(&parts, &[("lib.a", library.clone())]));
        assert_eq!(linked.stats.members, 2, "the unused member stays out");
        std::fs::write(path("image"), &linked.image).expect("a file");
        let found = run(Command::new(path("loader")).arg(path("image")));
        assert_eq!(found, expected, "seed {seed}");
    }
}

/// Assembles for another machine.
fn assemble(dir: &Path, triple: &str, features: &str, source: &str) -> Vec<u8> {
    let (input, output) = (dir.join("a.s"), dir.join("a.o"));
    std::fs::write(&input, source).expect("a file");
    run(Command::new("llvm-mc")
        .args(["-filetype=obj", "-triple", triple, "-mattr", features])
        .arg(&input)
        .arg("-o")
        .arg(&output));
    std::fs::read(&output).expect("an object")
}

const AARCH64: &str = r#"
    .section .text.entry,"ax",@progbits
    .globl entry
entry:
    adrp x0, table
    add x0, x0, :lo12:table
    ldr x1, [x0, :lo12:table]
    ldr q0, [x0, :lo12:table]
    adrp x3, :got:helper
    ldr x3, [x3, :got_lo12:helper]
    cbz x1, entry
    tbz x1, #3, helper
    adr x2, table
    bl helper
    b helper
    ret
    .section .text.helper,"ax",@progbits
helper:
    ret
    .section .rodata.table,"a",@progbits
    .p2align 4
table:
    .quad 1, 2
    .word helper - .
"#;

const RISCV64: &str = r#"
    .section .text.entry,"ax",@progbits
    .globl entry
entry:
    lla a0, table
    ld a1, 8(a0)
.Lhi:
    auipc a2, %pcrel_hi(table+4)
    sw a1, %pcrel_lo(.Lhi)(a2)
    call helper
    beqz a1, entry
    j helper
    c.j entry
    c.beqz a0, entry
    ret
    .section .text.helper,"ax",@progbits
helper:
    ret
    .section .rodata.table,"a",@progbits
    .p2align 3
table:
    .quad 1, 2
    .word helper - entry
"#;

/// What LLVM's assembler makes for the other machines is linked, and every site leads where it should.
#[test]
fn assembly_for_other_machines_is_linked() {
    if !have(&["llvm-mc"]) {
        return;
    }
    let dir = tempfile::tempdir().expect("a folder");
    let cases = [
        (Machine::Aarch64, "aarch64-unknown-linux-gnu", "+neon", AARCH64),
        (Machine::Riscv64, "riscv64-unknown-linux-gnu", "+m,+a,+f,+d,+c", RISCV64),
    ];
    for (machine, triple, features, source) in cases {
        let object = assemble(dir.path(), triple, features, source);
        let options =
            Options { machine: Some(machine), validate: true, want_map: true, ..Options::image("entry") };
        let linked = image_of(link_with(&options, &[object], &[]));
        assert!(linked.stats.relocations >= 6, "{:?}", linked.stats);
        address_of(&linked, "0.o:.text.helper");
    }
}
