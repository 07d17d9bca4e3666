//! Finds a program's source: a file, a folder, or a Cargo package.

use std::path::{Path, PathBuf};
use std::{fs, io};

use cloudc_frontend::source::SourceTree;

/// A program on disk.
#[derive(Debug)]
pub struct Program {
    /// Folder that paths are relative to.
    pub base: PathBuf,
    /// The root file, relative to `base`, with `/`.
    pub root: String,
    /// Name of the crate.
    pub name: String,
    /// How the folder is shown before paths in messages.
    pub shown: PathBuf,
}

/// Finds the root file of the program at `path`.
///
/// # Errors
/// A message that says what is missing.
pub fn find(path: &Path) -> Result<Program, String> {
    let meta = fs::metadata(path).map_err(|e| match e.kind() {
        io::ErrorKind::NotFound => format!("there is no file or folder `{}`", path.display()),
        _ => format!("cannot read `{}`: {e}", path.display()),
    })?;
    if meta.is_file() {
        if path.extension().is_none_or(|e| e != "rs") {
            return Err(format!("`{}` is not a Rust source file (`.rs`)", path.display()));
        }
        let base =
            path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_path_buf();
        let root = file_name(path);
        let stem = path.file_stem().map_or_else(String::new, |s| s.to_string_lossy().into_owned());
        let name = if matches!(stem.as_str(), "main" | "lib") { folder_name(&base) } else { stem };
        return Ok(Program { shown: base.clone(), base, root, name: crate_name(&name) });
    }
    let name = package_name_of(path);
    for root in ["src/main.rs", "src/lib.rs", "main.rs", "lib.rs"] {
        if path.join(root).is_file() {
            return Ok(Program {
                base: path.to_path_buf(),
                root: root.to_string(),
                name,
                shown: path.to_path_buf(),
            });
        }
    }
    Err(format!(
        "`{}` holds no program: none of src/main.rs, src/lib.rs, main.rs, lib.rs is there",
        path.display()
    ))
}

/// Finds all programs at `path` that may have tests: a file, the library and the binaries of a package, or each file of a folder
/// without a root.
///
/// # Errors
/// A message that says what is missing.
pub fn find_tested(path: &Path) -> Result<Vec<Program>, String> {
    if !path.is_dir() {
        return Ok(vec![find(path)?]);
    }
    let at = |root: &str| {
        let name = package_name_of(path);
        Program { base: path.to_path_buf(), root: root.to_string(), name, shown: path.to_path_buf() }
    };
    let roots = ["src/lib.rs", "src/main.rs", "lib.rs", "main.rs"].into_iter();
    let mut found: Vec<Program> = roots.filter(|r| path.join(r).is_file()).map(at).collect();
    let is_package = !found.is_empty();
    for file in sources_in(&path.join(if is_package { "src/bin" } else { "." })) {
        found.push(find(&file)?);
    }
    if found.is_empty() { find(path).map(|p| vec![p]) } else { Ok(found) }
}

/// The `.rs` files of a folder, by name.
fn sources_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries.map(|e| e.path()).filter(|p| p.is_file()).collect();
    files.retain(|p| p.extension().is_some_and(|e| e == "rs"));
    files.sort();
    files
}

fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned())
}

fn folder_name(path: &Path) -> String {
    let full = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    Some(file_name(&full)).filter(|n| !n.is_empty()).unwrap_or_else(|| "program".to_string())
}

fn crate_name(name: &str) -> String {
    name.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect()
}

/// The crate name of the package in a folder.
fn package_name_of(path: &Path) -> String {
    let package = fs::read_to_string(path.join("Cargo.toml")).ok().and_then(|text| package_name(&text));
    crate_name(&package.unwrap_or_else(|| folder_name(path)))
}

/// `name = "…"` of the `[package]` table.
fn package_name(manifest: &str) -> Option<String> {
    let package = manifest.split("[package]").nth(1)?;
    let package = package.split("\n[").next()?;
    let line = package.lines().find(|l| l.split('=').next().is_some_and(|k| k.trim() == "name"))?;
    Some(line.split('=').nth(1)?.trim().trim_matches('"').to_string())
}

impl Program {
    /// A path of the program as messages show it: from the current folder.
    pub fn shown(&self, path: &str) -> String {
        let shown = self.shown.join(path);
        shown.strip_prefix(".").unwrap_or(&shown).to_string_lossy().replace('\\', "/")
    }
    /// The path again, from the program's folder.
    pub fn unshown(&self, path: &str) -> String {
        let prefix = self.shown("");
        path.strip_prefix(&prefix).unwrap_or(path).trim_start_matches('/').to_string()
    }
}

impl SourceTree for Program {
    fn read(&self, path: &str) -> Result<Option<String>, String> {
        match fs::read(self.base.join(path)) {
            Ok(bytes) => match String::from_utf8(bytes) {
                Ok(text) => Ok(Some(text)),
                Err(e) => Err(format!(
                    "`{}` is not UTF-8: byte {} is not part of a character",
                    self.shown.join(path).display(),
                    e.utf8_error().valid_up_to()
                )),
            },
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(format!("cannot read `{}`: {e}", self.shown.join(path).display())),
        }
    }
}
