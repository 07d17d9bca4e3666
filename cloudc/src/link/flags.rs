//! The command line of `cloudc link`: GNU ld's spelling where the meaning is the same.
//!
//! In: arguments as they were given. Out: `Flags`. What has no meaning here is skipped if leaving it out changes
//! nothing, and refused by name otherwise.

use std::fs;
use std::path::PathBuf;

use cloudc_linker::{Machine, Options, Profile};

use crate::stop::Stop;

/// An input as it was given.
#[derive(Debug, PartialEq, Eq)]
pub enum Given {
    File(PathBuf),
    /// `-lNAME`, to be looked for in the folders.
    Library(String),
}

/// A command line, understood.
#[derive(Debug)]
pub struct Flags {
    pub options: Options,
    pub inputs: Vec<Given>,
    /// Where libraries are looked for.
    pub folders: Vec<PathBuf>,
    pub output: Option<PathBuf>,
    pub map: Option<PathBuf>,
    /// A file of links to do, one JSON object a line.
    pub batch: Option<PathBuf>,
}

/// Flags that change nothing here, alone or with the value that follows.
const SKIPPED: [&str; 34] = [
    "nostdlib",
    "no-dynamic-linker",
    "eh-frame-hdr",
    "no-eh-frame-hdr",
    "as-needed",
    "no-as-needed",
    "start-group",
    "end-group",
    "(",
    ")",
    "Bstatic",
    "Bdynamic",
    "dn",
    "dy",
    "non_shared",
    "O0",
    "O1",
    "O2",
    "O3",
    "push-state",
    "pop-state",
    "no-undefined",
    "fatal-warnings",
    "no-fatal-warnings",
    "relax",
    "no-relax",
    "no-export-dynamic",
    "no-copy-dt-needed-entries",
    "build-id",
    "no-whole-archive",
    "X",
    "discard-locals",
    "no-fork",
    "no-threads",
];
const SKIPPED_WITH_VALUE: [&str; 12] = [
    "z",
    "plugin",
    "plugin-opt",
    "hash-style",
    "build-id",
    "sysroot",
    "dynamic-linker",
    "I",
    "threads",
    "compress-debug-sections",
    "orphan-handling",
    "thread-count",
];

/// Understands a command line.
pub fn parse(arguments: &[String]) -> Result<Flags, Stop> {
    let mut flags = Flags {
        options: Options::image("entry"),
        inputs: Vec::new(),
        folders: Vec::new(),
        output: None,
        map: None,
        batch: None,
    };
    let mut shape = Shape::default();
    let mut words = expand(arguments)?.into_iter();
    while let Some(word) = words.next() {
        let Some(name) = word.strip_prefix('-').filter(|name| !name.is_empty()) else {
            flags.inputs.push(Given::File(word.into()));
            continue;
        };
        let (name, is_long) = name.strip_prefix('-').map_or((name, false), |name| (name, true));
        let mut value =
            |name: &str| words.next().ok_or_else(|| Stop::usage(format!("`-{name}` needs a value")));
        // `--name=value`, `-nvalue` and `-n value`.
        let (name, joined) = match name.split_once('=') {
            Some((name, joined)) => (name, Some(joined.to_string())),
            None => match name.split_at_checked(1) {
                Some((letter @ ("L" | "l" | "z" | "o" | "e" | "m" | "u"), rest))
                    if !rest.is_empty() && !is_long && !is_known(name) =>
                {
                    (letter, Some(rest.to_string()))
                }
                _ => (name, None),
            },
        };
        let mut argument = |name: &str| joined.clone().map_or_else(|| value(name), Ok);
        match name {
            "o" | "output" => flags.output = Some(argument(name)?.into()),
            "e" | "entry" => shape.entry = Some(argument(name)?),
            "profile" => shape.profile = Some(profile(&argument(name)?)?),
            "static" => shape.is_static = true,
            "pie" | "static-pie" | "pic-executable" => shape.is_pie = true,
            "no-pie" => shape.is_pie = false,
            "gc-sections" => flags.options.gc = true,
            "no-gc-sections" => flags.options.gc = false,
            "Map" => flags.map = Some(argument(name)?.into()),
            "m" => flags.options.machine = Some(machine(&argument(name)?)?),
            "u" | "undefined" | "require-defined" => flags.options.keep.push(argument(name)?),
            "L" | "library-path" => flags.folders.push(argument(name)?.into()),
            "l" | "library" => flags.inputs.push(Given::Library(argument(name)?)),
            "s" | "strip-all" => (flags.options.strip_symbols, flags.options.strip_debug) = (true, true),
            "S" | "strip-debug" => flags.options.strip_debug = true,
            "batch" => flags.batch = Some(argument(name)?.into()),
            "validate" => flags.options.validate = true,
            _ if SKIPPED.contains(&name) && joined.is_none() => {}
            _ if SKIPPED_WITH_VALUE.contains(&name) => {
                argument(name)?;
            }
            _ => return Err(Stop::usage(format!("`cloudc link` does not know `{word}`"))),
        }
    }
    shape.decide(&mut flags.options);
    Ok(flags)
}

/// True for names that begin like a letter with a value joined to it.
fn is_known(name: &str) -> bool {
    let own = ["entry", "output", "undefined", "library", "library-path"];
    own.contains(&name) || SKIPPED.contains(&name) || SKIPPED_WITH_VALUE.contains(&name)
}

/// What is said about the kind of output, in any order.
#[derive(Default)]
struct Shape {
    profile: Option<Profile>,
    entry: Option<String>,
    is_static: bool,
    is_pie: bool,
}

impl Shape {
    fn decide(self, options: &mut Options) {
        options.profile = match self {
            Shape { profile: Some(profile), .. } => profile,
            Shape { is_pie: true, .. } => Profile::StaticPie,
            Shape { is_static: true, .. } => Profile::Static,
            _ => Profile::Image,
        };
        let usual = if options.profile.is_image() { "entry" } else { "_start" };
        options.entry = self.entry.unwrap_or_else(|| usual.to_string());
    }
}

/// `@FILE` stands for the words in the file.
fn expand(arguments: &[String]) -> Result<Vec<String>, Stop> {
    let mut words = Vec::new();
    for argument in arguments {
        match argument.strip_prefix('@') {
            Some(path) => {
                let text = fs::read_to_string(path)
                    .map_err(|e| Stop::world(format!("cannot read `{path}`: {e}")))?;
                words.extend(split(&text));
            }
            None => words.push(argument.clone()),
        }
    }
    Ok(words)
}

/// Words between blanks; quotes keep blanks, a backslash keeps the next character.
fn split(text: &str) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    let mut characters = text.chars();
    while let Some(c) = characters.next() {
        match c {
            '\\' => word.get_or_insert_default().extend(characters.next()),
            '"' | '\'' if quote.is_none() => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            _ if quote == Some(c) => quote = None,
            _ if c.is_whitespace() && quote.is_none() => words.extend(word.take()),
            _ => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

fn profile(name: &str) -> Result<Profile, Stop> {
    let all = [Profile::Image, Profile::ImageData, Profile::Static, Profile::StaticPie];
    all.into_iter().find(|profile| profile.name() == name).ok_or_else(|| {
        let known = all.map(Profile::name).join(", ");
        Stop::usage(format!("there is no profile `{name}`; known are {known}"))
    })
}

fn machine(emulation: &str) -> Result<Machine, Stop> {
    match emulation {
        "elf_x86_64" => Ok(Machine::X86_64),
        "aarch64linux" | "aarch64elf" => Ok(Machine::Aarch64),
        "elf64lriscv" => Ok(Machine::Riscv64),
        _ => Err(Stop::usage(format!(
            "there is no emulation `{emulation}`; known are elf_x86_64, aarch64linux, elf64lriscv"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flags(line: &str) -> Flags {
        parse(&split(line)).unwrap_or_else(|_| panic!("`{line}` is understood"))
    }

    #[test]
    fn the_spelling_of_gnu_ld_is_understood() {
        let flags = flags(
            "-static -o out -L/a -L /b --gc-sections -z relro -znow --build-id=none a.o -lc -e main -m elf_x86_64",
        );
        assert_eq!(flags.options.profile, Profile::Static);
        assert_eq!(flags.options.entry, "main");
        assert_eq!(flags.output, Some("out".into()));
        assert_eq!(flags.folders, [PathBuf::from("/a"), "/b".into()]);
        assert_eq!(flags.inputs, [Given::File("a.o".into()), Given::Library("c".into())]);
        assert_eq!(flags.options.machine, Some(Machine::X86_64));
    }

    #[test]
    fn what_would_change_the_output_is_refused() {
        for line in ["-shared -o x a.o", "--wrap=f a.o", "--defsym=a=b"] {
            assert!(parse(&split(line)).is_err(), "{line}");
        }
    }

    #[test]
    fn the_last_word_on_position_wins_over_static() {
        assert_eq!(flags("-static -pie a.o -o b").options.profile, Profile::StaticPie);
        assert_eq!(flags("-static -no-pie a.o -o b").options.profile, Profile::Static);
        assert_eq!(flags("a.o -o b").options.profile, Profile::Image);
    }
}
