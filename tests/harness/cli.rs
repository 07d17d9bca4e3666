//! Files, inputs, caches and exit codes, as a user meets them.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use libtest_mimic::{Failed, Trial};

use crate::command::{cloudc, ensure, texts};

type Test = fn(&Path) -> Result<(), Failed>;

/// One test a habit of the command.
pub fn trials() -> Vec<Trial> {
    let tests: [(&str, Test); 22] = [
        ("missing_file", missing_file),
        ("no_program_in_folder", no_program_in_folder),
        ("source_is_not_utf8", source_is_not_utf8),
        ("no_entry", no_entry),
        ("types_that_double", types_that_double),
        ("package_of_the_first_edition", package_of_the_first_edition),
        ("temporaries_die_by_edition", temporaries_die_by_edition),
        ("binary_beside_its_library", binary_beside_its_library),
        ("unknown_and_missing_input", unknown_and_missing_input),
        ("inputs_of_the_wrong_type", inputs_of_the_wrong_type),
        ("values_go_in_and_out", values_go_in_and_out),
        ("struct_results_are_outputs", struct_results_are_outputs),
        ("numpy_files", numpy_files),
        ("program_reads_stdin_args_and_files", program_reads_stdin_args_and_files),
        ("second_run_runs_nothing", second_run_runs_nothing),
        ("one_edit_reruns_what_changed", one_edit_reruns_what_changed),
        ("calls_pay_for_what_they_are_given", calls_pay_for_what_they_are_given),
        ("store_that_cannot_be_used", store_that_cannot_be_used),
        ("damaged_store", damaged_store),
        ("damaged_image", damaged_image),
        ("small_task_is_small", small_task_is_small),
        ("usage_errors_have_code_2", usage_errors_have_code_2),
    ];
    let one = |(name, test): (&str, Test)| {
        Trial::test(format!("cli/{name}"), move || test(tempfile::tempdir()?.path()))
    };
    tests.into_iter().map(one).collect()
}

fn says(output: &Output, code: i32, parts: &[&str]) -> Result<(), Failed> {
    let (stdout, stderr) = texts(output);
    ensure(output.status.code() == Some(code), &format!("exit code {code} is expected"), output)?;
    for part in parts {
        let found = stdout.contains(part) || stderr.contains(part);
        ensure(found, &format!("`{part}` is expected"), output)?;
    }
    Ok(())
}

fn missing_file(dir: &Path) -> Result<(), Failed> {
    says(&cloudc(dir, &["run", "nothing.rs"]), 2, &["there is no file or folder `nothing.rs`"])
}

fn no_program_in_folder(dir: &Path) -> Result<(), Failed> {
    says(&cloudc(dir, &["check", "."]), 2, &["holds no program", "src/main.rs"])
}

fn source_is_not_utf8(dir: &Path) -> Result<(), Failed> {
    fs::write(dir.join("bad.rs"), b"fn main() { // \xff\n}")?;
    says(&cloudc(dir, &["check", "bad.rs"]), 1, &["not UTF-8"])
}

fn no_entry(dir: &Path) -> Result<(), Failed> {
    fs::write(dir.join("lib.rs"), "pub fn f(x: &mut i32) { *x += 1; }\nfn g() {}\n")?;
    says(&cloudc(dir, &["run", "lib.rs"]), 1, &["no entry", "`f` is no entry", "mutable reference"])
}

const ADD: &str = "pub fn add(a: i64, b: i64) -> i64 {\n    a + b\n}\n";

fn package_of_the_first_edition(dir: &Path) -> Result<(), Failed> {
    fs::create_dir_all(dir.join("src"))?;
    fs::write(dir.join("Cargo.toml"), "[package]\nname = \"old\"\nversion = \"0.1.0\"\n")?;
    let root = "mod shapes;\nmod read;\nuse shapes::Shape;\nuse std::num::ParseIntError;\n
fn all() -> Result<Vec<Box<Shape>>, ParseIntError> {
    Ok(vec![Box::new(try!(::read::square(\"3\"))), Box::new(shapes::Square(2))])
}
fn main() {
    let list = all().unwrap();
    for side in [1u32, 2].into_iter() { let side: &u32 = side; print!(\"{} \", side); }
    println!(\"{}\", list.iter().map(|s| s.area()).fold(0, |a, b| a + b));
}\n";
    fs::write(dir.join("src/main.rs"), root)?;
    let shapes = "pub trait Shape { fn area(&self) -> u32; }\npub struct Square(pub u32);\n
impl Shape for Square { fn area(&self) -> u32 { self.0 * self.0 } }\n";
    fs::write(dir.join("src/shapes.rs"), shapes)?;
    let read = "use shapes::Square;\npub fn square(text: &str) -> Result<Square, ::std::num::ParseIntError> {
    text.parse().map(Square)\n}\n";
    fs::write(dir.join("src/read.rs"), read)?;
    says(&cloudc(dir, &["run", "."]), 0, &["1 2 13"])?;
    says(&cloudc(dir, &["check", "--oracle", "."]), 0, &["equal"])?;
    fs::write(dir.join("Cargo.toml"), "[package]\nname = \"old\"\nedition = \"2021\"\n")?;
    says(&cloudc(dir, &["check", "."]), 1, &["E0432", "E0782"])?;
    fs::write(dir.join("Cargo.toml"), "[package]\nname = \"old\"\nedition = \"1999\"\n")?;
    says(&cloudc(dir, &["check", "."]), 2, &["there is no edition `1999`"])
}

/// Temporaries of a block's value, and those of `if let`.
fn temporaries_die_by_edition(dir: &Path) -> Result<(), Failed> {
    fs::create_dir_all(dir.join("src"))?;
    let root = "struct Noisy(&'static str);
impl Drop for Noisy { fn drop(&mut self) { print!(\"-{} \", self.0) } }
impl Noisy { fn len(&self) -> usize { self.0.len() } fn long(&self) -> Option<usize> { (self.len() > 3).then(|| self.len()) } }
fn tail() -> usize { let _local = Noisy(\"local\"); Noisy(\"tail\").len() }
fn choose(word: &'static str) { if let Some(n) = Noisy(word).long() { print!(\"{} \", n) } else { print!(\"short \") } print!(\"after \") }
fn main() {
    println!(\"{}\", tail());
    choose(\"ab\");
    choose(\"abcd\");
    let n = { let _inner = Noisy(\"inner\"); match Noisy(\"matched\").len() { 7 => Noisy(\"seven\").len(), n => n } } + 1;
    println!(\"{}\", n);
    while let Some(n) = Noisy(\"long\").long() { print!(\"{} \", n); if n > 3 { break } }
    let twice = |n: usize| { let _kept = Noisy(\"kept\"); Noisy(\"closure\").len() * n };
    println!(\"{} {}\", twice(2), { let _last = Noisy(\"last\"); Noisy(\"argument\").len() });
}
";
    fs::write(dir.join("src/main.rs"), root)?;
    let editions =
        [("2021", "-local -tail 4\nshort -ab after "), ("2024", "-tail -local 4\n-ab short after ")];
    for (edition, begins) in editions {
        let manifest = format!("[package]\nname = \"noisy\"\nedition = \"{edition}\"\n");
        fs::write(dir.join("Cargo.toml"), manifest)?;
        says(&cloudc(dir, &["run", "."]), 0, &[begins])?;
        says(&cloudc(dir, &["check", "--oracle", "."]), 0, &["equal"])?;
    }
    Ok(())
}

fn binary_beside_its_library(dir: &Path) -> Result<(), Failed> {
    fs::create_dir_all(dir.join("src"))?;
    fs::write(dir.join("Cargo.toml"), "[package]\nname = \"word-tools\"\nedition = \"2021\"\n")?;
    let library = "pub mod words;\npub struct Text { pub(crate) text: String }
#[macro_export] macro_rules! text { ($($word:expr),*) => { $crate::Text::new(&[$($word),*].join(\" \")) }; }
impl Text { pub fn new(text: &str) -> Text { Text { text: text.to_string() } } }
#[cfg(test)]\nmod tests { #[test] fn counts() { assert_eq!(crate::words::count(&crate::Text::new(\"a b\")), 2) } }\n";
    fs::write(dir.join("src/lib.rs"), library)?;
    let words = "use crate::Text;\npub fn count(text: &Text) -> usize { text.text.split(' ').count() }\n";
    fs::write(dir.join("src/words.rs"), words)?;
    let root = "use word_tools::{text, words, Text};\nfn main() { println!(\"{} words\", words::count(&Text::new(\"to\")) + words::count(&text!(\"be\", \"or\"))) }\n";
    fs::write(dir.join("src/main.rs"), root)?;
    says(&cloudc(dir, &["run", "."]), 0, &["3 words"])?;
    says(&cloudc(dir, &["check", "--oracle", "."]), 0, &["equal"])?;
    fs::create_dir_all(dir.join("tests"))?;
    let test = "extern crate word_tools as tools;\n#[test] fn from_outside() { assert_eq!(tools::words::count(&word_tools::text!(\"a\")), 1) }\n";
    fs::write(dir.join("tests/whole.rs"), test)?;
    let tested = ["test tests::counts ... ok", "test from_outside ... ok"];
    says(&cloudc(dir, &["test", "."]), 0, &tested)?;
    fs::write(dir.join("src/main.rs"), "fn main() { word_tools::Text::new(\"\").text; }\n")?;
    says(&cloudc(dir, &["check", "."]), 1, &["E0616"])
}

fn unknown_and_missing_input(dir: &Path) -> Result<(), Failed> {
    fs::write(dir.join("add.rs"), ADD)?;
    let output = cloudc(dir, &["run", "add.rs", "--input", "c=1"]);
    says(&output, 2, &["there is no input `c`", "`a`: i64, `b`: i64"])?;
    let output = cloudc(dir, &["run", "add.rs", "--input", "a=1"]);
    says(&output, 2, &["input `b` not given", "--input"])?;
    let output = cloudc(dir, &["run", "add.rs", "--input", "a=1", "--input", "b=@no.json"]);
    says(&output, 2, &["there is no file `no.json`"])?;
    says(&cloudc(dir, &["run", "add.rs", "--input", "a"]), 2, &["NAME=VALUE"])
}

fn inputs_of_the_wrong_type(dir: &Path) -> Result<(), Failed> {
    fs::write(dir.join("add.rs"), ADD)?;
    let run = |a: &str| cloudc(dir, &["run", "add.rs", "--input", a, "--input", "b=1"]);
    says(&run("a=\"x\""), 2, &["`i64` is expected, found a string"])?;
    says(&run("a=[1,"), 2, &["not JSON", "line 1, column"])?;
    says(&run("a=99999999999999999999"), 2, &["is not a `i64`"])?;
    fs::write(dir.join("len.rs"), "pub fn len(text: &str) -> usize {\n    text.len()\n}\n")?;
    fs::write(dir.join("bytes"), b"ab\xffcd")?;
    let output = cloudc(dir, &["run", "len.rs", "--input", "text=@bytes"]);
    says(&output, 2, &["not UTF-8: byte 2"])
}

fn values_go_in_and_out(dir: &Path) -> Result<(), Failed> {
    let source = "pub struct Item {\n    pub name: String,\n    pub sizes: Vec<u16>,\n    pub tag: Option<Tag>,\n}\n\
                  pub enum Tag {\n    Plain,\n    Sized(u8),\n    Named { of: String },\n}\n\
                  pub fn twice(items: Vec<Item>) -> Vec<Item> {\n    let mut out = Vec::new();\n    for item in items {\n        \
                  let sizes = item.sizes.iter().map(|s| s * 2).collect();\n        out.push(Item { name: item.name, sizes, tag: item.tag });\n    }\n    out\n}\n";
    fs::write(dir.join("items.rs"), source)?;
    let value = "items=[{\"name\":\"é\\\"\",\"sizes\":[1,2],\"tag\":null},{\"name\":\"\",\"sizes\":[],\"tag\":\"Plain\"},\
                 {\"name\":\"b\",\"sizes\":[300],\"tag\":{\"Sized\":7}},{\"name\":\"c\",\"sizes\":[],\"tag\":{\"Named\":{\"of\":\"x\"}}}]";
    let output = cloudc(dir, &["run", "items.rs", "--input", value]);
    let expected = "[{\"name\":\"é\\\"\",\"sizes\":[2,4],\"tag\":null},{\"name\":\"\",\"sizes\":[],\"tag\":\"Plain\"},\
                    {\"name\":\"b\",\"sizes\":[600],\"tag\":{\"Sized\":7}},{\"name\":\"c\",\"sizes\":[],\"tag\":{\"Named\":{\"of\":\"x\"}}}]\n";
    says(&output, 0, &[expected])?;
    let output = cloudc(
        dir,
        &["run", "items.rs", "--input", "items=[{\"name\":\"a\",\"sizes\":[70000],\"tag\":null}]"],
    );
    says(&output, 2, &["at `[0].sizes[0]`", "70000 is not a `u16`"])
}

fn struct_results_are_outputs(dir: &Path) -> Result<(), Failed> {
    let source = "pub struct Split {\n    pub head: String,\n    pub rest: usize,\n}\npub fn split(text: &str) -> Split {\n    \
                  let head = text.lines().next().unwrap_or(\"\").to_string();\n    let rest = text.len() - head.len();\n    Split { head, rest }\n}\n";
    fs::write(dir.join("split.rs"), source)?;
    let output = cloudc(dir, &["run", "split.rs", "--input", "text=ab"]);
    says(&output, 0, &["{\"head\":\"ab\",\"rest\":0}\n"])?;
    let output = cloudc(dir, &["run", "split.rs", "--input", "text=ab", "--output", "head=head.txt"]);
    says(&output, 0, &["{\"rest\":0}\n"])?;
    ensure(fs::read_to_string(dir.join("head.txt"))? == "ab", "the file holds the output", &output)?;
    let output = cloudc(dir, &["run", "split.rs", "--input", "text=ab", "--output", "tail=x"]);
    says(&output, 2, &["there is no output `tail`", "`head`"])
}

fn numpy_files(dir: &Path) -> Result<(), Failed> {
    let source = "pub fn halves(xs: Vec<f64>) -> Vec<f64> {\n    xs.iter().map(|x| x / 2.0).collect()\n}\n";
    fs::write(dir.join("halves.rs"), source)?;
    let output =
        cloudc(dir, &["run", "halves.rs", "--input", "xs=[1, 2.5, -3e2]", "--output", "result=h.npy"]);
    says(&output, 0, &[])?;
    let output = cloudc(dir, &["run", "halves.rs", "--input", "xs=@h.npy"]);
    says(&output, 0, &["[0.25,0.625,-75.0]\n"])?;
    fs::write(dir.join("cut.npy"), &fs::read(dir.join("h.npy"))?[..20])?;
    says(&cloudc(dir, &["run", "halves.rs", "--input", "xs=@cut.npy"]), 2, &["cut.npy", "ends before"])
}

fn program_reads_stdin_args_and_files(dir: &Path) -> Result<(), Failed> {
    let source = "use std::io::Read;\nfn main() {\n    let mut text = String::new();\n    \
                  std::io::stdin().read_to_string(&mut text).unwrap();\n    let file = std::env::args().nth(1).unwrap();\n    \
                  println!(\"{} {}\", text.len(), std::fs::read_to_string(file).unwrap());\n}\n";
    fs::write(dir.join("reads.rs"), source)?;
    fs::write(dir.join("data.txt"), "content")?;
    let mut child = Command::new(env!("CARGO_BIN_EXE_cloudc"))
        .args(["run", "reads.rs", "--no-cache", "--", "data.txt"])
        .current_dir(dir)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        std::io::Write::write_all(&mut stdin, b"12345")?;
    }
    says(&child.wait_with_output()?, 0, &["5 content\n"])
}

/// Each call makes a type twice as large: whoever walks all of its parts does not come to an end.
fn types_that_double(dir: &Path) -> Result<(), Failed> {
    let (calls, ends) = ("f(".repeat(90), ")".repeat(90));
    let text =
        format!("fn f<T: Copy>(t: T) -> (T, T) {{ (t, t) }}\nfn main() {{ let _ = {calls}1u8{ends}; }}\n");
    fs::write(dir.join("doubled.rs"), text)?;
    says(&cloudc(dir, &["check", "doubled.rs"]), 0, &["fine"])?;
    says(&cloudc(dir, &["build", "doubled.rs", "--out", "out"]), 1, &["error"])
}

/// A program with loops and calls that become tasks.
const WORK: &str = "fn square(n: u64) -> Vec<u64> {\n    (0..n).map(|i| i * i).collect()\n}\n\
                    fn total(xs: &[u64]) -> u64 {\n    let mut sum = 0;\n    for x in xs {\n        sum += x;\n    }\n    sum\n}\n\
                    fn main() {\n    let a = square(1000);\n    let b = total(&a);\n    println!(\"{} {b}\", a.len());\n}\n";
const RUN: [&str; 8] = ["run", "work.rs", "--tasks", "always", "--cache", "store", "--stats", "--jobs=2"];

fn runs(output: &Output) -> Option<u64> {
    let stderr = texts(output).1;
    stderr.lines().find_map(|l| l.strip_prefix("runs ")?.split_whitespace().next()?.parse().ok())
}

fn second_run_runs_nothing(dir: &Path) -> Result<(), Failed> {
    fs::write(dir.join("work.rs"), WORK)?;
    let first = cloudc(dir, &RUN);
    says(&first, 0, &["1000 332833500\n"])?;
    ensure(runs(&first).is_some_and(|n| n > 1), "the first run has several tasks", &first)?;
    let second = cloudc(dir, &RUN);
    says(&second, 0, &["1000 332833500\n"])?;
    ensure(runs(&second) == Some(0), "the second run runs no task", &second)
}

fn one_edit_reruns_what_changed(dir: &Path) -> Result<(), Failed> {
    fs::write(dir.join("work.rs"), WORK)?;
    let first = cloudc(dir, &RUN);
    says(&first, 0, &[])?;
    // A comment moves every position and changes no image.
    fs::write(dir.join("work.rs"), format!("// A comment.\n\n{WORK}"))?;
    let moved = cloudc(dir, &RUN);
    ensure(runs(&moved) == Some(0), "moving code reruns nothing", &moved)?;
    fs::write(dir.join("work.rs"), WORK.replace("{} {b}", "{} = {b}"))?;
    let edited = cloudc(dir, &RUN);
    says(&edited, 0, &["1000 = 332833500\n"])?;
    let fewer = runs(&edited).zip(runs(&first)).is_some_and(|(now, then)| now > 0 && now < then);
    ensure(fewer, &format!("fewer than {:?} tasks run after the edit", runs(&first)), &edited)
}

/// Two independent calls are given the same numbers: one look at each is not worth making an object of them, fifty are.
fn calls_pay_for_what_they_are_given(dir: &Path) -> Result<(), Failed> {
    let program = |looks: u32| {
        format!(
            "fn mixed(xs: &[u64], by: u64) -> u64 {{\n    let mut sum = by;\n    for x in xs {{\n        for _ in 0..{looks} {{\n            \
             sum = sum.wrapping_mul(31) ^ x;\n        }}\n    }}\n    sum\n}}\n\
             fn main() {{\n    let xs: Vec<u64> = vec![7; 300_000];\n    let a = mixed(&xs, 3);\n    let b = mixed(&xs, 5);\n    \
             println!(\"{{}}\", a ^ b);\n}}\n"
        )
    };
    for (looks, is_worth) in [(1, false), (50, true)] {
        fs::write(dir.join("mixed.rs"), program(looks))?;
        let output = cloudc(dir, &["run", "mixed.rs", "--no-cache", "--stats", "--jobs=2"]);
        says(&output, 0, &[])?;
        ensure(runs(&output).is_some_and(|n| (n > 1) == is_worth), &format!("{looks} looks"), &output)?;
    }
    Ok(())
}

fn store_that_cannot_be_used(dir: &Path) -> Result<(), Failed> {
    fs::write(dir.join("work.rs"), WORK)?;
    // A file where the folder should be: the same for root, whom permissions do not stop.
    fs::write(dir.join("store"), "in the way")?;
    says(&cloudc(dir, &RUN), 0, &["1000 332833500\n", "warning"])
}

fn damaged_store(dir: &Path) -> Result<(), Failed> {
    fs::write(dir.join("work.rs"), WORK)?;
    says(&cloudc(dir, &RUN), 0, &[])?;
    for folder in ["packs", "objects"] {
        for file in walk(&dir.join("store").join(folder)) {
            let mut bytes = fs::read(&file)?;
            let half = bytes.len() / 2;
            bytes.truncate(half + 1);
            if let Some(byte) = bytes.get_mut(half / 2) {
                *byte ^= 0x55;
            }
            fs::write(&file, bytes)?;
        }
    }
    says(&cloudc(dir, &RUN), 0, &["1000 332833500\n"])?;
    says(&cloudc(dir, &["cache", "verify", "--cache", "store"]), 0, &["objects are good"])?;
    says(&cloudc(dir, &["cache", "gc", "--all", "--cache", "store"]), 0, &["bytes freed"])?;
    says(&cloudc(dir, &["cache", "stat", "--cache", "store"]), 0, &["objects"])
}

fn walk(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        match entry.path() {
            path if path.is_dir() => files.extend(walk(&path)),
            path => files.push(path),
        }
    }
    files
}

fn damaged_image(dir: &Path) -> Result<(), Failed> {
    fs::write(dir.join("add.rs"), ADD)?;
    says(&cloudc(dir, &["build", "add.rs", "--out", "out"]), 0, &[])?;
    let image = walk(&dir.join("out/images")).pop().ok_or("no image was written")?;
    let bytes = fs::read(&image)?;
    for damaged in [&bytes[..100], &[&bytes[..64], &[0xff; 64], &bytes[128..]].concat()] {
        fs::write(&image, damaged)?;
        let name = image.to_str().ok_or("the path is not UTF-8")?;
        says(&cloudc(dir, &["inspect", name]), 1, &["error"])?;
    }
    Ok(())
}

fn small_task_is_small(dir: &Path) -> Result<(), Failed> {
    fs::write(dir.join("add.rs"), ADD)?;
    let built = cloudc(dir, &["build", "add.rs", "--out", "out"]);
    says(&built, 0, &[])?;
    let image = walk(&dir.join("out/images")).pop().ok_or("no image was written")?;
    let size = fs::metadata(image)?.len();
    ensure(size < 2 << 10, &format!("the image has {size} bytes"), &built)
}

fn usage_errors_have_code_2(dir: &Path) -> Result<(), Failed> {
    fs::write(dir.join("add.rs"), ADD)?;
    says(&cloudc(dir, &["run"]), 2, &[])?;
    says(&cloudc(dir, &["frobnicate"]), 2, &["frobnicate"])?;
    says(&cloudc(dir, &["build", "add.rs", "--target", "pdp11"]), 2, &["no target `pdp11`", "x86_64"])?;
    let without = ["built without LLVM", "llvm-19-dev", "--features llvm"];
    if !cfg!(feature = "llvm") {
        says(&cloudc(dir, &["build", "add.rs", "--opt", "llvm"]), 2, &without)?;
    }
    says(&cloudc(dir, &["build", "add.rs", "--cpu", "x86-64"]), 2, &["x86-64-v2", "--opt llvm"])?;
    says(&cloudc(dir, &["build", "add.rs", "--emit", "llvm-ir"]), 2, &["--opt llvm"])?;
    says(&cloudc(dir, &["run", "add.rs", "--entry", "sub"]), 2, &["no entry `sub`", "`add`"])?;
    says(&cloudc(dir, &["new", "9lives"]), 2, &["not a package name"])?;
    says(&cloudc(dir, &["new", "fresh"]), 0, &[])?;
    says(&cloudc(dir, &["run", "fresh", "--input", "text=@fresh/input.txt"]), 0, &["3 the\n"])?;
    says(&cloudc(dir, &["--version"]), 0, &["cloudc"])
}
