//! The same objects linked here and by the other linkers that are installed: the programs answer alike, and the same
//! functions and objects stay in them, with the same sizes.

mod objects;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use cloudc_linker::{Archive, Input, Options, Profile, index_archive, link};
use object::{Object as _, ObjectSymbol as _, SymbolKind};

const PEERS: [(&str, &[&str]); 4] = [
    ("ld.bfd", &[]),
    ("ld.lld", &["-z", "nostart-stop-gc"]),
    ("mold", &["--no-fork"]),
    ("wild", &["--no-fork"]),
];
const FLAGS: [&str; 6] = ["-nostdlib", "-static", "--gc-sections", "--build-id=none", "-z", "noexecstack"];

/// Definitions of all strengths, groups, tables of pointers, sets of sections, and much that nothing refers to.
const FIRST: &str = r#"
extern int second(int), shared_text(const char *), member(int), nowhere(int) __attribute__((weak));
__attribute__((weak)) int overridden(int a) { return a + 1000; }
int common[20];
static int dead_data[64] = {1};
int dead(void) { return dead_data[3] + second(1); }
static int one(int a) { return a + 1; }
static int two(int a) { return a * 2; }
static int (*const table[])(int) = {one, two, second};
#define ENTRY(n) static const int set_##n __attribute__((section("numbers"), used)) = n
ENTRY(3); ENTRY(4);
extern const int __start_numbers[], __stop_numbers[];
__asm__(".section .text.inlined,\"axG\",@progbits,inlined,comdat\n.weak inlined\n.type inlined,@function\n"
        "inlined: leal 5(%rdi),%eax; ret\n.size inlined,.-inlined\n.text\n");
int inlined(int);
__attribute__((noinline)) static int compute(int a) {
    for (const int *n = __start_numbers; n < __stop_numbers; n++) a += *n;
    for (unsigned k = 0; k < 3; k++) a = table[(k + a) % 3](a) & 0xff;
    common[3] = a;
    return inlined(a) + overridden(a) + member(a) + common[3] + shared_text("shared") + (nowhere ? nowhere(a) : 0);
}
void _start(void) {
    register long code __asm__("rdi") = compute(7) & 0x7f;
    __asm__ volatile("syscall" : : "a"(60L), "r"(code));
    for (;;) {}
}
"#;
const SECOND: &str = r#"
int common[30];
int overridden(int a) { return a ^ 21; }
int second(int a) { return a * 3 + 1; }
int unused(int a) { return a; }
int shared_text(const char *s) { int n = 0; while (*s) n = n * 31 + *s++; return n + "shared"[2]; }
__asm__(".section .text.inlined,\"axG\",@progbits,inlined,comdat\n.weak inlined\n.type inlined,@function\n"
        "inlined: leal 5(%rdi),%eax; ret\n.size inlined,.-inlined\n.text\n");
"#;
const MEMBER: &str = "int member(int a) { return a / 3; } int beside(void) { return 4; }";
const ABSENT: &str = "int absent(int a) { return a; }";

fn is_installed(tool: &str) -> bool {
    let found = Command::new(tool).arg("--version").output().is_ok();
    if !found {
        eprintln!("skipped: `{tool}` is not installed");
    }
    found
}

fn run(command: &mut Command) {
    let output = command.output().expect("the tool starts");
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// Names and sizes of the functions and objects in a program.
fn contents(program: &[u8]) -> BTreeSet<(String, u64)> {
    let file = object::File::parse(program).expect("a program");
    file.symbols()
        .filter(|symbol| matches!(symbol.kind(), SymbolKind::Text | SymbolKind::Data) && symbol.size() > 0)
        .map(|symbol| (symbol.name().expect("a name").to_owned(), symbol.size()))
        .collect()
}

fn answer(folder: &Path, name: &str) -> Option<i32> {
    Command::new(folder.join(name)).status().expect("the program starts").code()
}

#[test]
fn programs_hold_and_answer_what_those_of_other_linkers_do() {
    use std::os::unix::fs::PermissionsExt;
    if !cfg!(target_arch = "x86_64") || !is_installed("cc") || !is_installed("ar") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    for flags in [&["-O1", "-fno-pie", "-fcommon"][..], &["-O2", "-fPIC", "-fcommon", "-g"]] {
        for (name, source) in [("first", FIRST), ("second", SECOND), ("member", MEMBER), ("absent", ABSENT)] {
            std::fs::write(path(&format!("{name}.c")), source).expect("a source");
            let mut compiler = Command::new("cc");
            compiler.args([
                "-c",
                "-w",
                "-ffreestanding",
                "-fno-stack-protector",
                "-fno-asynchronous-unwind-tables",
            ]);
            compiler.args(["-ffunction-sections", "-fdata-sections"]).args(flags);
            run(compiler.arg(path(&format!("{name}.c"))).arg("-o").arg(path(&format!("{name}.o"))));
        }
        let _ = std::fs::remove_file(path("lib.a"));
        run(Command::new("ar").arg("rcsD").arg(path("lib.a")).args([path("member.o"), path("absent.o")]));
        let inputs =
            ["first.o", "second.o"].map(|name| (name, std::fs::read(path(name)).expect("an object")));
        let library = std::fs::read(path("lib.a")).expect("a library");
        let library: Archive<'_> =
            index_archive(Input { name: "lib.a", bytes: &library }).expect("an archive");
        let objects = inputs.each_ref().map(|(name, bytes)| Input { name, bytes });
        let options = Options { validate: true, ..Options::program(Profile::Static) };
        let ours = link(&options, &objects, &[&library]).expect("a program").image;
        std::fs::write(path("ours"), &ours).expect("a program");
        std::fs::set_permissions(path("ours"), PermissionsExt::from_mode(0o755)).expect("permissions");
        let (expected, held) = (answer(folder.path(), "ours"), contents(&ours));
        assert!(held.contains(&("common".to_owned(), 120)) && expected.is_some(), "{held:?}");
        for (peer, own) in PEERS.into_iter().filter(|(peer, _)| is_installed(peer)) {
            let mut linker = Command::new(peer);
            linker.args(own).args(FLAGS).arg("-o").arg(path(peer)).current_dir(folder.path());
            run(linker.args(["first.o", "second.o", "lib.a"]));
            let mut theirs = contents(&std::fs::read(path(peer)).expect("a program"));
            // Some say how large the first object wanted it, though there is room for the largest.
            if theirs.remove(&("common".to_owned(), 80)) {
                theirs.insert(("common".to_owned(), 120));
            }
            assert_eq!(theirs, held, "{peer} {flags:?}");
            assert_eq!(answer(folder.path(), peer), expected, "{peer} {flags:?}");
        }
    }
}
