//! Hygiene marks inside tokens.
//!
//! Tokens of `proc_macro2` have no room for a mark, so an identifier `x` of expansion 5 is the token `xꞏ5` until it
//! is converted, a string literal in which a format string may name variables is `"…"ꞏ5` (a literal suffix), and
//! `$crate` is the token `ꞏcrateꞏname`. The separator is a letter nobody types (U+A78F); a source that has it is
//! refused before it is parsed.

use proc_macro2::{Ident, Literal};

/// Separates a name from its mark.
pub const SEPARATOR: char = '\u{A78F}';
const CRATE: &str = "\u{A78F}crate\u{A78F}";

/// Name and mark of the text of an identifier.
pub fn decode(text: &str) -> (&str, u32) {
    let text = text.strip_prefix("r#").unwrap_or(text);
    match text.split_once(SEPARATOR) {
        Some((name, mark)) if !name.is_empty() => (name, mark.parse().unwrap_or(0)),
        _ => (text, 0),
    }
}

/// The mark that a suffix of a literal stands for.
pub fn decode_suffix(suffix: &str) -> Option<u32> {
    suffix.strip_prefix(SEPARATOR)?.parse().ok()
}

/// Any text without its marks, for messages and `stringify!`.
pub fn decode_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(SEPARATOR) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(name) = rest.strip_prefix(CRATE) {
            out.push_str("$crate");
            rest = name.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_');
        } else {
            rest = rest[SEPARATOR.len_utf8()..].trim_start_matches(|c: char| c.is_ascii_digit());
        }
    }
    out.push_str(rest);
    out
}

/// `$crate` of the crate with this name.
pub fn dollar_crate(crate_name: &str, span: proc_macro2::Span) -> Ident {
    Ident::new(&format!("{CRATE}{crate_name}"), span)
}

/// The crate that an encoded `$crate` names.
pub fn decode_crate(text: &str) -> Option<&str> {
    text.strip_prefix(CRATE)
}

/// Whether this identifier may be marked: words that mean something to the parser are left as they are.
#[rustfmt::skip]
pub fn is_markable(text: &str) -> bool {
    !matches!(text, "_" | "as" | "async" | "await" | "auto" | "break" | "const" | "continue" | "crate" | "default" | "do" | "dyn" | "else" | "enum" | "extern" | "false" | "fn" | "for" | "gen" | "if" | "impl" | "in" | "let" | "loop" | "macro" | "macro_rules" | "match" | "mod" | "move" | "mut" | "pin" | "pub" | "raw" | "ref" | "return" | "safe" | "self" | "Self" | "static" | "struct" | "super" | "trait" | "true" | "try" | "type" | "union" | "unsafe" | "unsized" | "use" | "virtual" | "where" | "while" | "yield" | "box") && !text.starts_with(CRATE)
}

/// The identifier with this mark.
pub fn marked(text: &str, mark: u32, span: proc_macro2::Span) -> Ident {
    let (name, _) = decode(text);
    Ident::new(&format!("{name}{SEPARATOR}{mark}"), span)
}

/// The string literal with this mark, if a format string in it may name a variable.
pub fn marked_literal(literal: &Literal, remark: impl FnOnce(u32) -> u32) -> Option<Literal> {
    let text = literal.to_string();
    if !text.contains('{') || !(text.starts_with('"') || text.starts_with('r')) {
        return None;
    }
    let (body, old) = match text.rsplit_once(SEPARATOR) {
        Some((body, mark)) => (body, mark.parse().unwrap_or(0)),
        None => (text.as_str(), 0),
    };
    format!("{body}{SEPARATOR}{}", remark(old)).parse().ok()
}
