// Paths as text: parts, names, extensions, joining, and a small tree of files built from them.
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fmt;
use std::path::{Component, Path, PathBuf};

#[derive(Debug, Default)]
struct Directory {
    folders: BTreeMap<String, Directory>,
    files: BTreeMap<String, u64>,
}

#[derive(Debug, PartialEq)]
enum Failure {
    Empty,
    Escapes(PathBuf),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Empty => f.write_str("empty path"),
            Failure::Escapes(path) => write!(f, "{} leaves the tree", path.display()),
        }
    }
}

fn normal(path: &Path) -> Result<PathBuf, Failure> {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::RootDir | Component::CurDir => {}
            Component::ParentDir => {
                if !out.pop() {
                    return Err(Failure::Escapes(path.to_path_buf()));
                }
            }
            Component::Normal(name) => out.push(name),
            Component::Prefix(_) => unreachable!(),
        }
    }
    if out.as_os_str().is_empty() { Err(Failure::Empty) } else { Ok(out) }
}

impl Directory {
    fn add(&mut self, path: impl AsRef<Path>, size: u64) -> Result<(), Failure> {
        let path = normal(path.as_ref())?;
        let mut at = self;
        if let Some(parent) = path.parent() {
            for name in parent.iter() {
                at = at.folders.entry(name.to_string_lossy().into_owned()).or_default();
            }
        }
        let name = path.file_name().and_then(OsStr::to_str).ok_or(Failure::Empty)?;
        *at.files.entry(name.to_string()).or_insert(0) += size;
        Ok(())
    }

    fn size(&self) -> u64 {
        self.files.values().sum::<u64>() + self.folders.values().map(Directory::size).sum::<u64>()
    }

    fn print(&self, depth: usize) {
        for (name, folder) in &self.folders {
            println!("{:depth$}{name}/ {}", "", folder.size());
            folder.print(depth + 2);
        }
        for (name, size) in &self.files {
            println!("{:depth$}{name} {size}", "");
        }
    }
}

fn main() {
    for text in
        ["/usr/lib/libc.so.6", "a/b/", "../x.tar.gz", "/", "", ".hidden", "./run.sh", "a//b/./c", "a/.."]
    {
        let path = Path::new(text);
        println!(
            "{path:?}: parent {:?}, name {:?}, stem {:?}, extension {:?}, {} parts, absolute {}",
            path.parent(),
            path.file_name(),
            path.file_stem(),
            path.extension(),
            path.components().count(),
            path.is_absolute(),
        );
    }
    println!("{:?}", Path::new("/a/./b/../c").components().collect::<Vec<_>>());
    println!("{:?}", Path::new("a/b/c").components().rev().map(|c| c.as_os_str()).collect::<Vec<_>>());
    println!("{:?}", Path::new("/x/y/z").ancestors().collect::<Vec<_>>());
    println!("{:?}", Path::new("/home/me/notes.txt").strip_prefix("/home"));
    println!("{:?}", Path::new("/home/me").strip_prefix("/root").map_err(|e| e.to_string()));
    println!("{} {}", Path::new("a/b/c").starts_with("a/b"), Path::new("a/bc").starts_with("a/b"));
    println!("{} {}", Path::new("a//b/").eq(Path::new("a/b")), Path::new("x/y.rs").ends_with("y.rs"));

    let mut path = PathBuf::from("/srv");
    path.push("data");
    path.push("log.txt");
    println!("{}", path.display());
    path.set_extension("gz");
    println!("{} {:?}", path.display(), path.with_extension(""));
    path.set_file_name("other");
    println!("{} {:?}", path.display(), path.join("/absolute"));
    println!("{} {:?}", path.pop(), path);
    println!("{:?}", ["a", "b", "c.d"].iter().collect::<PathBuf>());

    let mut root = Directory::default();
    for (path, size) in
        [("src/main.rs", 120), ("src/parse/mod.rs", 300), ("./README", 20), ("src/parse/../main.rs", 5)]
    {
        root.add(path, size).unwrap();
    }
    println!("{}", root.add("../etc/passwd", 1).unwrap_err());
    println!("{:?}", root.add(".", 1));
    root.print(0);
    println!("{}", root.size());
    sent_to_other_tasks();
}

/// A part that ends in a slice and is nothing else, as a path is a text.
struct Row<T: ?Sized> {
    cells: T,
}

/// Paths by reference and owned, alone and in collections, read and made in the rounds of loops that may be divided.
fn sent_to_other_tasks() {
    let root = Path::new("/srv/data");
    let paths: Vec<PathBuf> = (0..40).map(|n| root.join(format!("d{}/f{n}.txt", n % 7))).collect();
    let parts: Vec<&Path> = paths.iter().map(|p| p.parent().unwrap_or(root)).collect();
    let relative: Vec<String> = parts
        .iter()
        .zip(&paths)
        .map(|(dir, path)| {
            let inside = dir.strip_prefix(root).map(Path::display).map(|d| d.to_string());
            format!("{}:{}", inside.unwrap_or_default(), path.file_name().map_or(0, OsStr::len))
        })
        .collect();
    println!("{}", relative.join(" "));
    let packed: Vec<PathBuf> = paths.iter().map(|p| p.with_extension("gz")).collect();
    let mut lengths = 0;
    for path in &packed {
        lengths += path.as_os_str().len() + path.components().count();
    }
    println!("{lengths}");
    let rows: [&Row<[u32]>; 2] = [&Row { cells: [1, 2, 3] }, &Row { cells: [4, 5] }];
    let sums: Vec<u32> = (0..20).map(|n| rows[n % 2].cells.iter().sum::<u32>() + n as u32).collect();
    println!("{sums:?}");
}
