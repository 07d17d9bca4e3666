//! Thread-local variables and indirect functions on machines of which only a compiler, but no C library, may be
//! installed: programs that prepare both themselves, run by an emulator. Where the tools are missing, the test says so.

mod objects;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use cloudc_linker::{Input, Machine, Options, Profile, link};
use objects::*;

/// Copies the thread-local data, applies what indirect functions chose, and answers with an exit code.
const PROGRAM: &str = r#"
typedef unsigned long u64;
typedef struct { int type, flags; u64 offset, address, physical, in_file, in_memory, align; } Header;
typedef struct { u64 place, info; long addend; } Relocation;
__thread int data_tls = 5;
__thread char zero_tls[40];
static __thread long local_tls = 7;
__thread short small_tls = 3;
__attribute__((tls_model("initial-exec"))) __thread int initial_tls = 11;
static int seven(void) { return 7; }
u64 choose(void) { return (u64)seven; }
__asm__(".globl chosen\n.type chosen, %gnu_indirect_function\n.set chosen, choose");
int chosen(void);
int (*const through_pointer)(void) = chosen;
extern const char __ehdr_start[];
extern const Relocation __rela_iplt_start[], __rela_iplt_end[];
static char block[4096] __attribute__((aligned(64)));

__attribute__((noinline)) static int answer(void) {
    zero_tls[39]++; data_tls++; local_tls += 2; small_tls--; initial_tls += zero_tls[0];
    return data_tls + local_tls + small_tls + initial_tls + zero_tls[39] + chosen() + (through_pointer == chosen);
}

static void leave(long code) {
#ifdef __aarch64__
    register long x0 __asm__("x0") = code, x8 __asm__("x8") = 93;
    __asm__ volatile("svc 0" : : "r"(x0), "r"(x8));
#else
    register long a0 __asm__("a0") = code, a7 __asm__("a7") = 93;
    __asm__ volatile("ecall" : : "r"(a0), "r"(a7));
#endif
}

void _start(void) {
    const Header *header = (const Header *)(__ehdr_start + 64);
    while (header->type != 7) header++;
#ifdef __aarch64__
    char *data = block + (header->align > 16 ? header->align : 16);
    __asm__ volatile("msr tpidr_el0, %0" : : "r"(block));
#else
    char *data = block;
    __asm__ volatile("mv tp, %0" : : "r"(block));
#endif
    for (u64 k = 0; k < header->in_file; k++) ((volatile char *)data)[k] = ((const char *)header->address)[k];
    for (const Relocation *one = __rela_iplt_start; one < __rela_iplt_end; one++)
        *(u64 *)one->place = ((u64 (*)(void))one->addend)();
    leave(answer());
    for (;;) {}
}
"#;
/// 6 + 9 + 2 + 11 + 1 + 7 + 1.
const ANSWER: i32 = 37;

fn check(gcc: &str, emulator: &str, machine_flags: &[&str]) {
    for tool in [gcc, emulator] {
        if Command::new(tool).arg("--version").output().is_err() {
            eprintln!("skipped: `{tool}` is not installed");
            return;
        }
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    fs::write(path("p.c"), PROGRAM).expect("a source");
    for flags in [&["-fno-pie", "-O1"][..], &["-fno-pie", "-O0"], &["-fPIC", "-O1"]] {
        let mut compiler = Command::new(gcc);
        compiler.args(["-c", "-w", "-ffreestanding", "-fno-stack-protector"]).args(flags).args(machine_flags);
        let status = compiler.arg(path("p.c")).arg("-o").arg(path("p.o")).status();
        assert!(status.is_ok_and(|status| status.success()), "{gcc} {flags:?}");
        let bytes = fs::read(path("p.o")).expect("an object");
        let options = Options { validate: true, ..Options::program(Profile::Static) };
        let program = match link(&options, &[Input { name: "p.o", bytes: &bytes }], &[]) {
            Ok(linked) => linked.image,
            Err(errors) => {
                panic!("{flags:?}: {}", errors.iter().map(|e| format!("{e}\n")).collect::<String>())
            }
        };
        fs::write(path("p"), program).expect("a program");
        fs::set_permissions(path("p"), PermissionsExt::from_mode(0o755)).expect("permissions");
        let code = Command::new(emulator).arg(path("p")).status().expect("the emulator starts").code();
        assert_eq!(code, Some(ANSWER), "{gcc} {flags:?}");
    }
}

#[test]
fn aarch64_programs_find_their_thread_local_data() {
    check("aarch64-linux-gnu-gcc", "qemu-aarch64", &[]);
}

/// The general model, which would call a function of a C library, is refused; so this compiles without it.
#[test]
fn riscv64_programs_find_their_thread_local_data() {
    check("riscv64-linux-gnu-gcc", "qemu-riscv64", &["-mno-relax", "-ftls-model=initial-exec"]);
}

#[test]
fn what_would_call_a_c_library_for_an_address_is_refused() {
    for (machine, kind) in [(Machine::Aarch64, 513), (Machine::Riscv64, 22)] {
        let mut builder = Builder::new(machine);
        let text = builder.text(".text", &[0; 8]);
        builder.global("_start", text, 0, 8);
        let data = builder.section(".tdata", PROGBITS, AW | object::elf::SHF_TLS.0, &[1; 8], 8);
        let variable = builder.local("variable", data, 0, 8);
        builder.reloc(text, 0, kind, variable, 0);
        let text = errors_of(link_with(&Options::program(Profile::Static), &[builder.bytes()], &[]));
        assert!(
            text.contains("the general and local-dynamic models are not relaxed on this machine"),
            "{text}"
        );
    }
}
