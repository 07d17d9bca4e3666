//! E0004: a `match` leaves values out.

use super::join_patterns;
use crate::diag::Diagnostic;
use crate::source::Span;
use crate::ty::Ty;

/// A `match` leaves values out.
pub struct NonExhaustive<'a> {
    /// The matched value.
    pub span: Span,
    /// The whole `match`.
    pub whole: Span,
    /// Its type.
    pub ty: Ty,
    /// Patterns that would cover what is missing.
    pub patterns: &'a [String],
    /// Whether there is no arm.
    pub no_arms: bool,
    /// Whether every arm has a guard.
    pub all_guarded: bool,
}

impl NonExhaustive<'_> {
    /// The message.
    pub fn diagnostic(&self) -> Diagnostic {
        let Self { span, ty, patterns, .. } = *self;
        let note = format!("the matched value is of type `{ty}`");
        if self.no_arms {
            return Diagnostic::error("E0004", span, format!("non-exhaustive patterns: type `{ty}` is non-empty"))
                .note(note)
                .help("ensure that all possible cases are being handled by adding a match arm with a wildcard pattern");
        }
        let joined = join_patterns(patterns);
        let plural = if patterns.len() > 1 { "s" } else { "" };
        let how = match patterns.len() {
            1 => " or an explicit pattern as shown",
            2 | 3 => ", a match arm with multiple or-patterns as shown, or multiple match arms",
            _ => " as shown, or multiple match arms",
        };
        let suggestion = if patterns.len() <= 3 { patterns.join(" | ") } else { "_".to_string() };
        let mut diagnostic =
            Diagnostic::error("E0004", span, format!("non-exhaustive patterns: {joined} not covered"))
                .primary(format!("pattern{plural} {joined} not covered"))
                .note(note);
        if self.all_guarded {
            diagnostic = diagnostic.note("match arms with guards don't count towards exhaustivity");
        }
        diagnostic.help(format!(
            "ensure that all possible cases are being handled by adding a match arm with a wildcard pattern{how}: \
             `{suggestion} => todo!()`"
        ))
    }
}
