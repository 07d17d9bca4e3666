//! Files: the root, `mod name;`, `#[path]`; from text to the items of `syn`.

use super::cx::Cx;
use super::expand::mark;
use super::syntax::Item;
use super::{nesting, unsupported};
use crate::diag::Diagnostic;
use crate::source::Span;

/// Where the files of a module's children are looked for.
#[derive(Clone, Default)]
pub(super) struct Place {
    /// Directory of the file at hand.
    file_dir: String,
    /// Directory in which `mod name;` looks for `name.rs`, names of inline modules included.
    children: String,
    /// Files being read, to find circles.
    files: Vec<String>,
    /// Whether an inline module is around.
    inline: bool,
}

impl Place {
    fn root(path: &str) -> Place {
        let dir = directory(path).to_string();
        let files = vec![path.to_string()];
        Place { children: dir.clone(), file_dir: dir, files, inline: false }
    }
    /// Inside `mod name { … }`.
    pub fn inline(&self, name: &str, path: Option<&str>) -> Place {
        let children = join(&self.children, path.unwrap_or(name));
        Place { children, inline: true, ..self.clone() }
    }
    fn file(&self, path: String, name: &str, by_attribute: bool) -> Place {
        let owns_dir = by_attribute || path.ends_with("/mod.rs") || path == "mod.rs";
        let file_dir = directory(&path).to_string();
        let children = if owns_dir { file_dir.clone() } else { join(&file_dir, name) };
        let mut files = self.files.clone();
        files.push(path);
        Place { file_dir, children, files, inline: false }
    }
    /// Whether this is no module but a block in a function.
    pub fn is_block(&self) -> bool {
        self.files.is_empty()
    }
}

/// What a file holds.
#[derive(Default)]
pub(super) struct FileItems {
    pub items: Vec<Item>,
    /// `#![macro_use]`: its macros stay in scope after the module.
    pub macro_use: bool,
}

/// A path written in the file `path` (`include_str!`).
pub(super) fn beside(path: &str, written: &str) -> String {
    join(directory(path), written)
}

fn directory(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(dir, _)| dir)
}

/// `dir/path` without `.` and, where possible, `..`.
fn join(dir: &str, path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in dir.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|p| *p != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let joined = parts.join("/");
    if dir.starts_with('/') { format!("/{joined}") } else { joined }
}

impl Cx<'_> {
    /// The items of the crate and the span of its root file.
    pub fn root_module(&mut self, path: &str) -> (Vec<Item>, Span) {
        match self.tree.read(path) {
            Ok(Some(text)) => {
                let file = self.sources.add(path, text, self.options.is_std);
                self.enter_file(file);
                let mut span = self.end_of_file();
                span.lo = 0;
                let items = self.file_items(&Place::root(path)).items;
                (items, span)
            }
            Ok(None) => {
                self.error(Diagnostic::error("", Span::NONE, format!("there is no file `{path}`")));
                (Vec::new(), Span::NONE)
            }
            Err(message) => {
                self.error(Diagnostic::error("", Span::NONE, format!("cannot read `{path}`: {message}")));
                (Vec::new(), Span::NONE)
            }
        }
    }

    /// What the file of `mod name;` holds.
    pub fn file_module(&mut self, place: &Place, name: &str, span: Span, path: Option<&str>) -> FileItems {
        let (candidates, by_attribute) = match path {
            Some(path) => {
                // As rustc: beside the file, below the names of inline modules if there are any.
                let dir = if place.inline { &place.children } else { &place.file_dir };
                (vec![join(dir, path)], true)
            }
            None => (
                vec![
                    join(&place.children, &format!("{name}.rs")),
                    join(&place.children, &format!("{name}/mod.rs")),
                ],
                false,
            ),
        };
        let mut found = Vec::new();
        for candidate in &candidates {
            match self.tree.read(candidate) {
                Ok(Some(text)) => found.push((candidate.clone(), text)),
                Ok(None) => {}
                Err(message) => {
                    self.error(Diagnostic::error("", span, format!("cannot read `{candidate}`: {message}")));
                    return FileItems::default();
                }
            }
        }
        if found.len() > 1 {
            let (a, b) = (&candidates[0], &candidates[1]);
            let message = format!("file for module `{name}` found at both \"{a}\" and \"{b}\"");
            self.error(
                Diagnostic::error("E0584", span, message)
                    .help("delete or rename one of them to remove the ambiguity"),
            );
        }
        let Some((path, text)) = found.into_iter().next() else {
            let files: Vec<String> = candidates.iter().map(|c| format!("\"{c}\"")).collect();
            self.error(
                Diagnostic::error("E0583", span, format!("file not found for module `{name}`"))
                    .help(format!("to create the module `{name}`, create file {}", files.join(" or "))),
            );
            return FileItems::default();
        };
        if place.files.contains(&path) {
            let mut circle = place.files.clone();
            circle.push(path);
            self.error(Diagnostic::error("", span, format!("circular modules: {}", circle.join(" -> "))));
            return FileItems::default();
        }
        let (outer_file, file) = (self.file, self.sources.add(path.clone(), text, self.options.is_std));
        self.enter_file(file);
        let items = self.file_items(&place.file(path, name, by_attribute));
        self.enter_file(outer_file);
        items
    }

    fn file_items(&mut self, place: &Place) -> FileItems {
        let mut out = FileItems::default();
        // `#![cfg(…)]` may drop the whole file.
        if let Some(file) = self.parse_file()
            && let Some(attrs) = self.attributes(&file.attrs)
        {
            out.macro_use = attrs.macro_use;
            self.items(&file.items, place, &mut out.items);
        }
        out
    }

    fn parse_file(&mut self) -> Option<syn::File> {
        let source = &self.sources.files[self.file].text;
        if let Some(at) = source.find(mark::SEPARATOR) {
            let span = Span { file: self.file, lo: at as u32, hi: (at + mark::SEPARATOR.len_utf8()) as u32 };
            self.error(Diagnostic::error(
                "",
                span,
                format!("the character `{}` is reserved", mark::SEPARATOR),
            ));
            return None;
        }
        // What is not Rust at the start keeps its length, so that places stay right.
        let mut text = source.to_string();
        if text.starts_with('\u{FEFF}') {
            text = text.replacen('\u{FEFF}', " ", 1);
        }
        if text.starts_with("#!") && !text[2..].trim_start().starts_with('[') {
            let line = text.find('\n').unwrap_or(text.len());
            text.replace_range(..line, "");
            text.insert_str(0, &" ".repeat(source[..line].chars().count()));
        }
        let tokens: proc_macro2::TokenStream = match text.parse() {
            Ok(tokens) => tokens,
            Err(error) => {
                let error: proc_macro2::LexError = error;
                self.lex_error(&error);
                return None;
            }
        };
        if let Some(deep) = nesting::too_deep(&tokens) {
            let span = self.span(deep);
            self.error(unsupported::too_deep(span));
            return None;
        }
        let text_at = |span| {
            let Span { lo, hi, .. } = self.span(span);
            source.get(lo as usize..hi as usize).unwrap_or_default()
        };
        if nesting::has_long_word(source)
            && let Some(long) = nesting::too_many_digits(&tokens, &text_at)
        {
            self.error(unsupported::too_large(self.span(long)));
            return None;
        }
        match syn::parse2(tokens) {
            Ok(file) => Some(file),
            Err(error) => {
                self.syntax_error(&error);
                None
            }
        }
    }

    /// Says what the lexer stumbled over: it only tells where.
    fn lex_error(&self, error: &proc_macro2::LexError) {
        let mut span = self.span(error.span());
        let text = &self.sources.files[self.file].text;
        let rest = text.get(span.lo as usize..).unwrap_or("");
        let message = match rest.chars().next() {
            None => "this file contains an unclosed delimiter".to_string(),
            Some(c @ (')' | ']' | '}')) => format!("unexpected closing delimiter: `{c}`"),
            Some('"') => "unterminated double quote string".to_string(),
            Some('\'') => "unterminated character literal".to_string(),
            Some('/') if rest.starts_with("/*") => "unterminated block comment".to_string(),
            Some('r' | 'b' | 'c') => "unterminated or invalid literal".to_string(),
            Some(c) if c.is_ascii_digit() => "invalid number literal".to_string(),
            Some('(' | '[' | '{') => "this file contains an unclosed delimiter".to_string(),
            Some(c) => format!("unknown start of token: {c}"),
        };
        let width = rest.chars().next().map_or(0, char::len_utf8) as u32;
        span.hi = span.lo + width;
        self.error(Diagnostic::error("", span, message));
    }
}
