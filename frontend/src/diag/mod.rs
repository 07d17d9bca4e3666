//! Diagnostics: what is wrong with the user's program, where, why, and what to do.
//!
//! A diagnostic is plain data; `cloudc` renders it. Codes of errors that rustc has too are rustc's (`E0308`), so
//! that what people know and can look up stays true; ours start with `C` (unsupported), `T` (tasks).

use std::cell::RefCell;

use crate::source::Span;

/// How bad it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Severity {
    /// The program does not compile.
    Error,
    /// Probably a mistake.
    Warning,
    /// What the compiler did or refused to do, and why.
    Remark,
}

/// A message with its places.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// How bad.
    pub severity: Severity,
    /// `E0308` and so on; empty if it has none (plain syntax errors).
    pub code: &'static str,
    /// What is wrong: lower case, no full stop, names in backticks.
    pub message: String,
    /// The smallest span that shows the problem.
    pub span: Span,
    /// Text under the primary span.
    pub label: String,
    /// Other places with their texts.
    pub labels: Vec<(Span, String)>,
    /// Why.
    pub notes: Vec<String>,
    /// What to do.
    pub helps: Vec<String>,
}

impl Diagnostic {
    /// An error.
    pub fn error(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, span, message)
    }
    /// A warning.
    pub fn warning(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, span, message)
    }
    /// A remark.
    pub fn remark(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Remark, code, span, message)
    }
    fn new(severity: Severity, code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self {
            severity,
            code,
            message: message.into(),
            span,
            label: String::new(),
            labels: Vec::new(),
            notes: Vec::new(),
            helps: Vec::new(),
        }
    }
    /// Sets the text under the primary span.
    pub fn primary(mut self, text: impl Into<String>) -> Self {
        self.label = text.into();
        self
    }
    /// Adds another place.
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push((span, text.into()));
        self
    }
    /// Adds a reason.
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.notes.push(text.into());
        self
    }
    /// Adds what to do.
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.helps.push(text.into());
        self
    }
}

/// Proof that an error was reported. Only [`DiagSink::emit_error`] makes one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ErrorReported(());

/// Where diagnostics go.
#[derive(Default)]
pub struct DiagSink {
    list: RefCell<Vec<Diagnostic>>,
}

impl DiagSink {
    /// Adds an error.
    pub fn emit_error(&self, diagnostic: Diagnostic) -> ErrorReported {
        debug_assert_eq!(diagnostic.severity, Severity::Error);
        self.push(diagnostic);
        ErrorReported(())
    }
    /// Adds a warning or remark.
    pub fn emit(&self, diagnostic: Diagnostic) {
        self.push(diagnostic);
    }
    fn push(&self, diagnostic: Diagnostic) {
        let mut list = self.list.borrow_mut();
        // The same mistake met twice (two instances, two passes) is told once.
        if !list.contains(&diagnostic) {
            list.push(diagnostic);
        }
    }
    /// Whether an error was reported.
    pub fn has_errors(&self) -> Result<(), ErrorReported> {
        if self.list.borrow().iter().any(|d| d.severity == Severity::Error) {
            Err(ErrorReported(()))
        } else {
            Ok(())
        }
    }
    /// All diagnostics so far, in the order of their places in the source.
    pub fn take(&self) -> Vec<Diagnostic> {
        let mut list = std::mem::take(&mut *self.list.borrow_mut());
        list.sort_by_key(|d| (d.span, d.severity));
        list
    }
}

/// Stops the compiler because it, not the program, is wrong. Exit code 101 in `cloudc`.
#[macro_export]
macro_rules! bug {
    ($($arg:tt)*) => { panic!("internal compiler error: {}", format_args!($($arg)*)) };
}
