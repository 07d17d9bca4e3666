//! Ordinary static programs, linked here against the system's C library, must start and answer; where the tools are not
//! installed, the test says so and ends.

mod objects;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use cloudc_linker::{Archive, Input, Options, Profile, index_archive, link};

/// What the library needs of a linker: constructors in order, common and weak symbols, thread-local storage in all
/// models, functions chosen at the start, tables of pointers, output through `stdio`.
const PROGRAM: &str = r#"
#include <pthread.h>
#include <stdio.h>
#include <string.h>
__thread int data_tls = 5;
__thread char zero_tls[40];
static __thread long local_tls = 7;
__attribute__((tls_model("initial-exec"))) __thread int initial_tls = 11;
int common_symbol[3];
extern int nowhere(void) __attribute__((weak));
static int order[4], calls;
__attribute__((constructor(200))) static void second(void) { order[calls++] = 2; }
__attribute__((constructor(101))) static void first(void) { order[calls++] = 1; }
__attribute__((constructor)) static void third(void) { order[calls++] = 3; }
static int seven(void) { return 7; }
static int (*choose(void))(void) { return seven; }
__attribute__((ifunc("choose"))) int chosen(void);
int (*const through_pointer)(void) = chosen;
static const char *const names[] = {"one", "two", "three"};
static void *thread(void *argument) {
    data_tls += *(int *)argument; local_tls++; zero_tls[39] = 1;
    return (void *)(data_tls + local_tls + initial_tls + zero_tls[39]);
}
int main(int argc, char **argv) {
    int one = 1; void *result = 0; pthread_t id;
    pthread_create(&id, 0, thread, &one);
    pthread_join(id, &result);
    common_symbol[2] = 40;
    printf("%ld %d %ld %d%d%d %d %d %s %d %zu\n", (long)result, data_tls, local_tls, order[0], order[1], order[2],
        chosen() + (through_pointer == chosen), common_symbol[2], names[argc], nowhere ? nowhere() : -1, strlen(argv[argc] ? "x" : "yy"));
    return 3;
}
"#;
const ANSWER: &str = "26 5 7 123 8 40 two -1 2\n";

/// The compiler, and where its start files and libraries are.
struct Tools {
    gcc: &'static str,
    /// Runs programs of another machine.
    emulator: Option<&'static str>,
    files: Vec<(String, Vec<u8>)>,
    folder: tempfile::TempDir,
}

impl Tools {
    /// `None`, after saying why, if something is missing.
    fn find(start: &str) -> Option<Tools> {
        Tools::for_machine("gcc", None, start)
    }

    fn for_machine(gcc: &'static str, emulator: Option<&'static str>, start: &str) -> Option<Tools> {
        if let Some(emulator) = emulator
            && Command::new(emulator).arg("--version").output().is_err()
        {
            eprintln!("skipped: `{emulator}` is not installed");
            return None;
        }
        let mut files = Vec::new();
        for name in [start, "crti.o", "libc.a", "libgcc.a", "libgcc_eh.a", "crtn.o"] {
            let output = Command::new(gcc).arg(format!("-print-file-name={name}")).output().ok();
            let path = output.map(|output| PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()));
            let bytes = path.filter(|path| path.is_absolute()).and_then(|path| fs::read(path).ok());
            let Some(bytes) = bytes else {
                eprintln!("skipped: `{gcc}` has no `{name}`");
                return None;
            };
            files.push((name.to_owned(), bytes));
        }
        Some(Tools { gcc, emulator, files, folder: tempfile::tempdir().expect("a folder") })
    }

    fn compile(&mut self, flags: &[&str]) {
        let (source, object) = (self.folder.path().join("p.c"), self.folder.path().join("p.o"));
        fs::write(&source, PROGRAM).expect("the source is written");
        let mut gcc = Command::new(self.gcc);
        let done = gcc.args(["-O1", "-c", "-o"]).arg(&object).args(flags).arg(&source).status();
        assert!(done.is_ok_and(|status| status.success()), "gcc {flags:?}");
        self.files.insert(2, ("p.o".to_owned(), fs::read(object).expect("an object")));
    }

    fn link(&self, options: &Options, rename: impl Fn(&str) -> String) -> Vec<u8> {
        let (mut objects, mut archives) = (Vec::new(), Vec::new());
        let named: Vec<(String, &[u8])> =
            self.files.iter().map(|(name, bytes)| (rename(name), bytes.as_slice())).collect();
        for (name, bytes) in &named {
            match name.ends_with(".a") {
                true => archives.push(index_archive(Input { name, bytes }).expect("an archive")),
                false => objects.push(Input { name, bytes }),
            }
        }
        let archives: Vec<&Archive<'_>> = archives.iter().collect();
        match link(options, &objects, &archives) {
            Ok(linked) => linked.image,
            Err(errors) => panic!("{}", errors.iter().map(|error| format!("{error}\n")).collect::<String>()),
        }
    }

    fn run(&self, program: &[u8]) -> (String, Option<i32>) {
        let path = self.folder.path().join("program");
        fs::write(&path, program).expect("the program is written");
        make_executable(&path);
        // Another thread may have been forked while the file was open for writing; it is not for long.
        let busy = |e: &std::io::Error| e.kind() == std::io::ErrorKind::ExecutableFileBusy;
        let output = loop {
            let mut command = Command::new(self.emulator.map_or(path.as_path(), Path::new));
            command.args(self.emulator.map(|_| &path));
            match command.output() {
                Err(e) if busy(&e) => std::thread::yield_now(),
                result => break result.expect("the program starts"),
            }
        };
        (String::from_utf8_lossy(&output.stdout).into_owned(), output.status.code())
    }
}

fn make_executable(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, PermissionsExt::from_mode(0o755)).expect("permissions");
}

fn check(profile: Profile, start: &str, flags: &[&str]) {
    check_with(Tools::find(start), profile, flags);
}

fn check_with(tools: Option<Tools>, profile: Profile, flags: &[&str]) {
    let Some(mut tools) = tools else { return };
    tools.compile(flags);
    let options = Options::program(profile);
    let program = tools.link(&options, str::to_owned);
    assert_eq!(tools.run(&program), (ANSWER.to_owned(), Some(3)), "{profile:?} {flags:?}");
    let everything = tools.link(&Options { gc: false, ..options.clone() }, str::to_owned);
    assert_eq!(
        tools.run(&everything),
        (ANSWER.to_owned(), Some(3)),
        "{profile:?} {flags:?}, nothing dropped"
    );
    assert!(everything.len() >= program.len());
    // Names of inputs, other threads and another time leave no trace.
    let again = std::thread::scope(|scope| {
        let link = || tools.link(&options, |name| format!("/some/other/folder/{name}"));
        let links: Vec<_> = (0..3).map(|_| scope.spawn(link)).collect();
        links.into_iter().map(|link| link.join().expect("a link")).collect::<Vec<_>>()
    });
    assert!(again.iter().all(|other| *other == program), "{profile:?}: the bytes differ");
}

#[test]
fn static_programs_run() {
    check(Profile::Static, "crt1.o", &["-fno-pie"]);
    check(Profile::Static, "crt1.o", &["-fPIC", "-fcommon"]);
}

#[test]
fn programs_that_may_be_loaded_anywhere_run() {
    check(Profile::StaticPie, "rcrt1.o", &["-fPIC"]);
    check(Profile::StaticPie, "rcrt1.o", &["-fPIE", "-g", "-mtls-dialect=gnu2"]);
}

#[test]
fn programs_for_aarch64_run() {
    let tools = |start| Tools::for_machine("aarch64-linux-gnu-gcc", Some("qemu-aarch64"), start);
    check_with(tools("crt1.o"), Profile::Static, &["-fno-pie"]);
    check_with(tools("crt1.o"), Profile::Static, &["-fPIC", "-fcommon"]);
    check_with(tools("rcrt1.o"), Profile::StaticPie, &["-fPIC", "-g"]);
}

/// Other tools read what is beside the loaded part: sections in order, symbols, debugging information.
#[test]
fn programs_carry_symbols_and_lines() {
    use object::{Object as _, ObjectSection as _, ObjectSymbol as _};
    let Some(mut tools) = Tools::find("crt1.o") else { return };
    tools.compile(&["-g", "-fno-pie"]);
    let program = tools.link(&Options::program(Profile::Static), str::to_owned);
    let file = object::File::parse(&*program).expect("an ELF file");
    let main = file.symbols().find(|symbol| symbol.name() == Ok("main")).expect("`main`");
    let text = file.section_by_name(".text").expect("code");
    assert!((text.address()..text.address() + text.size()).contains(&main.address()));
    assert!(file.section_by_name(".debug_line").is_some_and(|lines| lines.size() > 0));
    let stripped = Options { strip_symbols: true, strip_debug: true, ..Options::program(Profile::Static) };
    let smaller = tools.link(&stripped, str::to_owned);
    assert!(smaller.len() < program.len());
    assert_eq!(tools.run(&smaller).0, ANSWER);
}

/// The same bytes come out whether debugging information was compressed or not.
#[test]
fn compressed_debugging_information_is_expanded() {
    let Some(mut tools) = Tools::find("crt1.o") else { return };
    tools.compile(&["-g", "-fno-pie"]);
    let plain = tools.link(&Options::program(Profile::Static), str::to_owned);
    for way in ["zlib", "zstd"] {
        let compressed = tools.folder.path().join(way);
        let mut objcopy = Command::new("objcopy");
        objcopy.arg(format!("--compress-debug-sections={way}")).arg(tools.folder.path().join("p.o"));
        if !objcopy.arg(&compressed).output().is_ok_and(|output| output.status.success()) {
            eprintln!("skipped: objcopy does not know `{way}`");
            continue;
        }
        tools.files[2].1 = fs::read(compressed).expect("an object");
        let linked = tools.link(&Options::program(Profile::Static), str::to_owned);
        assert!(linked == plain, "{way}");
    }
}
