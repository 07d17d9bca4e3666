//! Finds and reads the files of a link.

use std::path::{Path, PathBuf};

use cloudc_host::MappedFile;
use cloudc_linker::{Archive, Input, index_archive, index_members, thin_members};

use super::flags::Given;
use super::refused;
use crate::stop::Stop;

/// What was read, in order.
#[derive(Default)]
pub struct Files {
    files: Vec<File>,
}

struct File {
    name: String,
    bytes: MappedFile,
    /// The members of a thin archive, which are files of their own.
    members: Vec<(String, MappedFile)>,
}

impl File {
    fn index(&self) -> Result<Archive<'_>, Stop> {
        let File { name, bytes, members } = self;
        let bytes = bytes.bytes();
        let archive = if is_thin(bytes) {
            let members = members.iter().map(|(name, bytes)| Input { name, bytes: bytes.bytes() }).collect();
            index_members(name, bytes.len(), members)
        } else {
            index_archive(Input { name, bytes })
        };
        archive.map_err(|errors| refused(&errors))
    }
}

/// True if the bytes are an archive.
pub fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"!<arch>\n") || is_thin(bytes)
}

fn is_thin(bytes: &[u8]) -> bool {
    bytes.starts_with(b"!<thin>\n")
}

/// Reads the files of a command line.
pub fn read(given: &[Given], folders: &[PathBuf]) -> Result<Files, Stop> {
    let mut files = Files::default();
    for input in given {
        let path = match input {
            Given::File(path) => path.clone(),
            Given::Library(name) => library(name, folders)?,
        };
        files.add(&path, folders, true)?;
    }
    Ok(files)
}

/// `-lNAME` is `libNAME.a`, `-l:NAME` the file itself, in the first folder that has it.
fn library(name: &str, folders: &[PathBuf]) -> Result<PathBuf, Stop> {
    let file = match name.strip_prefix(':') {
        Some(file) => file.to_string(),
        None => format!("lib{name}.a"),
    };
    let found = folders.iter().map(|folder| folder.join(&file)).find(|path| path.is_file());
    found.ok_or_else(|| Stop::world(format!("cannot find `{file}` for `-l{name}` in the folders of `-L`")))
}

impl Files {
    /// The objects, in order.
    pub fn objects(&self) -> Vec<Input<'_>> {
        let objects = self.files.iter().filter(|file| !is_archive(file.bytes.bytes()));
        objects.map(|File { name, bytes, .. }| Input { name, bytes: bytes.bytes() }).collect()
    }

    /// The archives, in order, indexed.
    pub fn archives(&self) -> Result<Vec<Archive<'_>>, Stop> {
        self.files.iter().filter(|file| is_archive(file.bytes.bytes())).map(File::index).collect()
    }

    fn add(&mut self, path: &Path, folders: &[PathBuf], may_be_script: bool) -> Result<(), Stop> {
        let cannot = |path: &Path, e| Stop::world(format!("cannot read `{}`: {e}", path.display()));
        let bytes = MappedFile::open(path).map_err(|e| cannot(path, e))?;
        let name = path.display().to_string();
        if may_be_script && let Some(group) = script(bytes.bytes()) {
            for file in group {
                let path = match file.strip_prefix("-l") {
                    Some(name) => library(name, folders)?,
                    None => path.parent().unwrap_or(Path::new("")).join(file),
                };
                self.add(&path, folders, false)?;
            }
            return Ok(());
        }
        let mut members = Vec::new();
        if is_thin(bytes.bytes()) {
            let names = thin_members(Input { name: &name, bytes: bytes.bytes() })
                .map_err(|errors| refused(&errors))?;
            for member in names {
                let member = path.parent().unwrap_or(Path::new("")).join(member);
                let content = MappedFile::open(&member).map_err(|e| cannot(&member, e))?;
                members.push((format!("{name}({})", member.display()), content));
            }
        }
        self.files.push(File { name, bytes, members });
        Ok(())
    }
}

/// The files named by a script that is nothing but `GROUP (…)` or `INPUT (…)`, as C libraries have them.
fn script(bytes: &[u8]) -> Option<Vec<String>> {
    let text = std::str::from_utf8(bytes.get(..4096).is_none().then_some(bytes)?).ok()?;
    let mut rest = text.to_string();
    while let Some((before, comment)) = rest.split_once("/*") {
        rest = format!("{before} {}", comment.split_once("*/")?.1);
    }
    let (_, group) = rest.split_once("GROUP").or_else(|| rest.split_once("INPUT"))?;
    let (files, _) = group.trim_start().strip_prefix('(')?.split_once(')')?;
    let is_word = |word: &&str| !matches!(*word, "AS_NEEDED" | "(");
    Some(files.split_whitespace().filter(is_word).map(str::to_string).collect())
}
