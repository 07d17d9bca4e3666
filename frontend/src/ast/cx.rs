//! The state of parsing one crate: files, positions, macros in scope, expansion marks.

use std::rc::Rc;

use proc_macro2::Span as TokenSpan;

use super::expand::macro_rules::MacroRules;
use super::expand::mark;
use super::syntax::{Ident, Mark};
use super::{ParseOptions, unsupported};
use crate::diag::{DiagSink, Diagnostic, ErrorReported};
use crate::index::Idx;
use crate::source::{FileId, SourceMap, SourceTree, Span};
use crate::symbol::Symbol;

/// How deeply expressions, types, patterns and items may nest, macro expansions included.
pub const DEPTH_LIMIT: usize = 1024;
/// How deeply macros may expand into each other; rustc's default.
pub const RECURSION_LIMIT: usize = 128;
/// How many expansions a crate may have: a macro that doubles itself stops here.
pub const EXPANSION_LIMIT: usize = 500_000;

/// Macros by name, the last of a name counts.
pub type NamedMacros = Vec<(Symbol, Rc<MacroRules>)>;

/// Parsing one crate.
pub(super) struct Cx<'a> {
    pub sources: &'a mut SourceMap,
    pub tree: &'a dyn SourceTree,
    pub diag: &'a DiagSink,
    pub options: ParseOptions,
    pub crate_name: Symbol,
    /// Names of the modules around, without the crate.
    pub module_path: Vec<Symbol>,
    /// The file whose tokens are converted. All tokens met are of this file: what a macro's body adds is given the
    /// place of the macro call.
    pub file: FileId,
    /// The lines of that file with characters of several bytes.
    wide_lines: Vec<usize>,
    /// Macros defined before, in textual order; leaving a scope truncates.
    pub macros: NamedMacros,
    /// Macros that paths reach: `#[macro_export]` and `use name`.
    pub path_macros: NamedMacros,
    /// What the library of the package exports.
    pub library_macros: NamedMacros,
    pub marks: Vec<Mark>,
    /// Outermost macro call, for what has no place of its own.
    pub call_span: Option<Span>,
    pub expansion_depth: usize,
    pub expansions: usize,
    /// Token trees that expansions had so far.
    pub expanded_trees: usize,
    depth: usize,
    /// Whether the limit on `depth` was reported in the item at hand.
    too_deep: bool,
}

impl<'a> Cx<'a> {
    pub fn new(
        sources: &'a mut SourceMap,
        tree: &'a dyn SourceTree,
        crate_name: &str,
        options: ParseOptions,
        diag: &'a DiagSink,
    ) -> Self {
        Cx {
            sources,
            tree,
            diag,
            options,
            crate_name: Symbol::intern(crate_name),
            module_path: Vec::new(),
            file: FileId::new(0),
            wide_lines: Vec::new(),
            macros: Vec::new(),
            path_macros: Vec::new(),
            library_macros: Vec::new(),
            marks: vec![Mark { parent: 0, definition: Span::NONE }],
            call_span: None,
            expansion_depth: 0,
            expansions: 0,
            expanded_trees: 0,
            depth: 0,
            too_deep: false,
        }
    }

    /// From here on tokens are of this file.
    pub fn enter_file(&mut self, file: FileId) {
        self.file = file;
        let text = &self.sources.files[file].text;
        self.wide_lines.clear();
        if !text.is_ascii() {
            let lines = text.split('\n').enumerate();
            self.wide_lines.extend(lines.filter(|(_, line)| !line.is_ascii()).map(|(n, _)| n));
        }
    }

    /// The place of a token. `byte_range` would give it too, but it searches a tree for each call.
    pub fn span(&self, span: TokenSpan) -> Span {
        let (start, end) = (span.start(), span.end());
        if start == end && start.line <= 1 && start.column == 0 {
            // The place of what has none: an unexpected end of macro input.
            return self.call_span.unwrap_or(self.end_of_file());
        }
        Span { file: self.file, lo: self.offset(start), hi: self.offset(end) }
    }

    fn offset(&self, place: proc_macro2::LineColumn) -> u32 {
        let file = &self.sources.files[self.file];
        let number = place.line.saturating_sub(1);
        let Some(&line) = file.line_starts().get(number) else {
            return file.text.len() as u32;
        };
        if self.wide_lines.binary_search(&number).is_err() {
            return (line + place.column as u32).min(file.text.len() as u32);
        }
        let text = file.text.get(line as usize..).unwrap_or("");
        line + text.char_indices().nth(place.column).map_or(text.len(), |(i, _)| i) as u32
    }

    /// The end of the file at hand.
    pub fn end_of_file(&self) -> Span {
        let len = self.sources.files[self.file].text.len() as u32;
        Span { file: self.file, lo: len, hi: len }
    }

    /// A name: of an item, field, method, type … which have no marks.
    pub fn ident(&self, ident: &proc_macro2::Ident) -> Ident {
        Ident { ctxt: 0, ..self.local(ident) }
    }

    /// What may be a local variable, with its mark.
    pub fn local(&self, ident: &proc_macro2::Ident) -> Ident {
        let text = ident.to_string();
        let (name, ctxt) = mark::decode(&text);
        Ident { name: Symbol::intern(name), span: self.span(ident.span()), ctxt }
    }

    /// A lifetime, with its quote.
    pub fn lifetime(&self, lifetime: &syn::Lifetime) -> Ident {
        Ident { ctxt: 0, ..self.label(lifetime) }
    }

    /// A label, with its quote and mark.
    pub fn label(&self, label: &syn::Lifetime) -> Ident {
        let text = label.ident.to_string();
        let (name, ctxt) = mark::decode(&text);
        let span = self.span(label.apostrophe).to(self.span(label.ident.span()));
        Ident { name: Symbol::intern(&format!("'{name}")), span, ctxt }
    }

    /// A new mark for the identifiers of one expansion.
    pub fn new_mark(&mut self, parent: u32, definition: Span) -> u32 {
        self.marks.push(Mark { parent, definition });
        self.marks.len() as u32 - 1
    }

    pub fn error(&self, diagnostic: Diagnostic) -> ErrorReported {
        self.diag.emit_error(diagnostic)
    }

    /// Reports what `syn` did not like.
    pub fn syntax_error(&self, error: &syn::Error) -> ErrorReported {
        let mut reported = None;
        for error in error {
            let mut span = self.span(error.span());
            if span.lo == span.hi && span.lo > 0 && span.lo == self.end_of_file().lo {
                span.lo -= 1;
            }
            let diagnostic =
                Diagnostic::error("", span, polish(&error.to_string())).primary("unexpected here");
            reported = Some(self.error(diagnostic));
        }
        reported.unwrap_or_else(|| self.error(Diagnostic::error("", self.end_of_file(), "syntax error")))
    }

    /// Reports the error unless this is our std, which may use what user crates may not.
    pub fn refuse_in_user_crate(&self, diagnostic: Diagnostic) {
        if !self.options.is_std {
            self.error(diagnostic);
        }
    }

    /// Runs `f` one level deeper; `None` (and one error) past the limit.
    pub fn deeper<T>(&mut self, span: TokenSpan, f: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.depth >= DEPTH_LIMIT {
            if !self.too_deep {
                self.too_deep = true;
                let span = self.span(span);
                self.error(unsupported::too_deep(span));
            }
            return None;
        }
        self.depth += 1;
        let result = f(self);
        self.depth -= 1;
        if self.depth == 0 {
            self.too_deep = false;
        }
        Some(result)
    }
}

/// The message of `syn` in rustc's manner.
fn polish(message: &str) -> String {
    let message = message.strip_prefix("unexpected end of input, ").map_or(message.to_string(), |rest| {
        let expected = rest.strip_prefix("expected ").unwrap_or(rest);
        format!("expected {expected}, found the end")
    });
    // An encoded identifier never shows.
    mark::decode_text(message.trim_end_matches('.'))
}
