//! Source files, spans and positions. The front end opens no file: a [`SourceTree`] hands texts in.

use std::borrow::Cow;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::index::IndexVec;

crate::newtype_index!(
    /// A file of a [`SourceMap`].
    FileId,
    "file"
);

/// The edition of Rust a crate is written in (The Rust Edition Guide).
///
/// What is only allowed in some editions is accepted in all where it means nothing else.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug, Serialize, Deserialize)]
pub enum Edition {
    /// Paths of `use` start at the crate's root; traits are types without `dyn`.
    E2015,
    /// Paths of `use` start in scope.
    E2018,
    /// Arrays are iterated by value, also by `array.into_iter()`; `panic!` always formats.
    E2021,
    /// Temporaries of a block's value die before the block's variables.
    #[default]
    E2024,
}

impl Edition {
    /// The edition that a manifest names so.
    pub fn named(year: &str) -> Option<Edition> {
        Some(match year {
            "2015" => Edition::E2015,
            "2018" => Edition::E2018,
            "2021" => Edition::E2021,
            "2024" => Edition::E2024,
            _ => return None,
        })
    }
    /// Its year, as rustc's `--edition` takes it.
    pub fn year(self) -> &'static str {
        match self {
            Edition::E2015 => "2015",
            Edition::E2018 => "2018",
            Edition::E2021 => "2021",
            Edition::E2024 => "2024",
        }
    }
}

/// A range of bytes `[lo, hi)` in one file.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub lo: u32,
    /// One past the last byte.
    pub hi: u32,
}

impl Span {
    /// A span for what has no place in any source.
    pub const NONE: Span = Span { file: FileId(u32::MAX), lo: 0, hi: 0 };
    /// From the start of `self` to the end of `end` (same file; otherwise `self`).
    pub fn to(self, end: Span) -> Span {
        if self.file == end.file {
            Span { file: self.file, lo: self.lo.min(end.lo), hi: self.hi.max(end.hi) }
        } else {
            self
        }
    }
    /// Whether the span has no place in any source.
    pub fn is_none(self) -> bool {
        self.file == FileId(u32::MAX)
    }
}

/// What the front end may ask of the outside: text of a file by path, relative to the root the caller chose.
pub trait SourceTree {
    /// The text of the file, `Ok(None)` if there is no such file, `Err(message)` if it cannot be read
    /// (for example because it is not UTF-8).
    fn read(&self, path: &str) -> Result<Option<String>, String>;
}

/// A source tree held in memory: pairs of path and text.
pub struct InMemoryTree(pub Vec<(String, String)>);

impl SourceTree for InMemoryTree {
    fn read(&self, path: &str) -> Result<Option<String>, String> {
        Ok(self.0.iter().find(|(p, _)| p == path).map(|(_, t)| t.clone()))
    }
}

/// One source file.
#[derive(Clone)]
pub struct SourceFile {
    /// Path as shown in messages; relative, never absolute.
    pub path: String,
    /// Whole text.
    pub text: Cow<'static, str>,
    /// Whether it belongs to our standard library.
    pub is_std: bool,
    line_starts: OnceLock<Vec<u32>>,
}

impl SourceFile {
    /// Byte offset of the start of each line.
    pub fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            std::iter::once(0).chain(self.text.match_indices('\n').map(|(i, _)| i as u32 + 1)).collect()
        })
    }
}

/// All source files of a compilation.
#[derive(Clone, Default)]
pub struct SourceMap {
    /// The files, in the order they were read.
    pub files: IndexVec<FileId, SourceFile>,
}

/// A position for people: 1-based line, 1-based column in characters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Position {
    /// 1-based.
    pub line: u32,
    /// 1-based, in characters.
    pub column: u32,
}

impl SourceMap {
    /// Adds a file.
    pub fn add(
        &mut self,
        path: impl Into<String>,
        text: impl Into<Cow<'static, str>>,
        is_std: bool,
    ) -> FileId {
        let (path, text) = (path.into(), text.into());
        self.files.push(SourceFile { path, text, is_std, line_starts: OnceLock::new() })
    }
    /// Where a span starts; `None` for [`Span::NONE`].
    pub fn position(&self, span: Span) -> Option<Position> {
        let file = self.files.get(span.file)?;
        let line_starts = file.line_starts();
        let line = line_starts.partition_point(|&start| start <= span.lo) - 1;
        let start = line_starts[line] as usize;
        let column = file.text.get(start..span.lo as usize)?.chars().count();
        Some(Position { line: line as u32 + 1, column: column as u32 + 1 })
    }
    /// `path:line:column` of the start of a span.
    pub fn show(&self, span: Span) -> String {
        match (self.files.get(span.file), self.position(span)) {
            (Some(file), Some(p)) => format!("{}:{}:{}", file.path, p.line, p.column),
            _ => "<no position>".to_string(),
        }
    }
    /// The text of a span.
    pub fn snippet(&self, span: Span) -> &str {
        self.files.get(span.file).and_then(|f| f.text.get(span.lo as usize..span.hi as usize)).unwrap_or("")
    }
}
