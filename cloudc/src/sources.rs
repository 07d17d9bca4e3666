//! Finds a program's source: a file, a folder, or a Cargo package.

use std::path::{Path, PathBuf};
use std::{fs, io};

use cloudc_frontend::source::{Edition, SourceTree};

/// A program on disk.
#[derive(Debug)]
pub struct Program {
    /// Folder that paths are relative to.
    pub base: PathBuf,
    /// The root file, relative to `base`, with `/`.
    pub root: String,
    /// Name of the crate.
    pub name: String,
    /// What it is written in.
    pub edition: Edition,
    /// The library of the same package, which a binary of it may use: its name and its root file.
    pub library: Option<(String, String)>,
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
        let (name, edition) = (crate_name(&name), Edition::default());
        return Ok(Program { shown: base.clone(), base, root, name, edition, library: None });
    }
    let package = Package::at(path)?;
    for root in ["src/main.rs", "src/lib.rs", "main.rs", "lib.rs"] {
        if path.join(root).is_file() {
            return Ok(package.program(root));
        }
    }
    Err(format!(
        "`{}` holds no program: none of src/main.rs, src/lib.rs, main.rs, lib.rs is there",
        path.display()
    ))
}

/// Finds all programs at `path` that may have tests: a file, the library, the binaries and the `tests/` of a package, or each
/// file of a folder without a root.
///
/// # Errors
/// A message that says what is missing.
pub fn find_tested(path: &Path) -> Result<Vec<Program>, String> {
    if !path.is_dir() {
        return Ok(vec![find(path)?]);
    }
    let package = Package::at(path)?;
    let roots = ["src/lib.rs", "src/main.rs", "lib.rs", "main.rs"].into_iter();
    let mut found: Vec<Program> =
        roots.filter(|r| path.join(r).is_file()).map(|root| package.program(root)).collect();
    if found.is_empty() {
        for file in sources_in(path) {
            found.push(find(&file)?);
        }
    } else {
        for folder in ["src/bin", "tests"] {
            for file in sources_in(&path.join(folder)) {
                let name = file_name(&file);
                let program = package.program(&format!("{folder}/{name}"));
                found.push(Program { name: crate_name(name.trim_end_matches(".rs")), ..program });
            }
        }
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

/// What a folder's manifest says, or what holds without one.
struct Package<'p> {
    path: &'p Path,
    name: String,
    edition: Edition,
}

impl Package<'_> {
    fn at(path: &Path) -> Result<Package<'_>, String> {
        let manifest = fs::read_to_string(path.join("Cargo.toml")).ok();
        let value = |key: &str| manifest.as_deref().and_then(|text| package_value(text, key));
        let name = crate_name(&value("name").unwrap_or_else(|| folder_name(path)));
        let edition = match value("edition") {
            Some(year) => Edition::named(&year).ok_or_else(|| {
                format!("`{}`: there is no edition `{year}`", path.join("Cargo.toml").display())
            })?,
            // As cargo: a package that names none is of the first; what is no package is of the newest.
            None if value("name").is_some() => Edition::E2015,
            None => Edition::default(),
        };
        Ok(Package { path, name, edition })
    }

    /// The crate with this root file.
    fn program(&self, root: &str) -> Program {
        let (base, shown) = (self.path.to_path_buf(), self.path.to_path_buf());
        let library = "src/lib.rs";
        let may_have = root != library && root.contains('/');
        let has_library = may_have && self.path.join(library).is_file();
        let library = has_library.then(|| (self.name.clone(), library.to_string()));
        Program {
            base,
            root: root.to_string(),
            name: self.name.clone(),
            edition: self.edition,
            library,
            shown,
        }
    }
}

/// `key = "…"` of the `[package]` table.
fn package_value(manifest: &str, key: &str) -> Option<String> {
    let package = manifest.split("[package]").nth(1)?;
    let package = package.split("\n[").next()?;
    let line = package.lines().find(|l| l.split('=').next().is_some_and(|k| k.trim() == key))?;
    let value = line.split('=').nth(1)?.split('#').next()?.trim();
    Some(value.trim_matches(['"', '\'']).to_string())
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
