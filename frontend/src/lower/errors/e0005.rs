//! E0005: a refutable pattern where every value must match.

use super::join_patterns;
use crate::diag::Diagnostic;
use crate::source::Span;
use crate::ty::Ty;

/// A refutable pattern where every value must match.
pub struct Refutable<'a> {
    /// The pattern.
    pub span: Span,
    /// `local binding` and so on.
    pub place: &'a str,
    /// Type of the value.
    pub ty: Ty,
    /// Patterns that would cover what is missing.
    pub patterns: &'a [String],
    /// Whether `let … else` would help.
    pub suggest_else: bool,
}

impl Refutable<'_> {
    /// The message.
    pub fn diagnostic(&self) -> Diagnostic {
        let Self { span, place, ty, patterns, suggest_else } = *self;
        let joined = join_patterns(patterns);
        let plural = if patterns.len() > 1 { "s" } else { "" };
        let mut d = Diagnostic::error("E0005", span, format!("refutable pattern in {place}"))
            .primary(format!("pattern{plural} {joined} not covered"));
        if suggest_else {
            d = d.note(
                "`let` bindings require an \"irrefutable pattern\", like a `struct` or an `enum` with only one variant",
            );
        }
        d = d.note(format!("the matched value is of type `{ty}`"));
        if suggest_else {
            let variants = if patterns.len() > 1 { "variants that aren't" } else { "variant that isn't" };
            d = d.help(format!("you might want to use `let else` to handle the {variants} matched"));
        }
        d
    }
}
