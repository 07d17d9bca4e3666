//! Tokens as text, for `stringify!`, `assert!` and `dbg!`.
//!
//! Two tokens are separated by a space if they are in the source. Where places say nothing (a macro's body has the
//! place of its call), spaces are put as rustfmt would for common code.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

use super::mark;

/// The text of `stringify!`.
pub fn stringify(tokens: &TokenStream) -> String {
    let mut printer = Printer { text: String::new(), last: None, tidy: false };
    printer.tokens(tokens.clone());
    printer.text
}

/// The text of the condition of `assert!`: rustc prints the tree there, so line breaks and trailing commas are gone.
pub fn expression_text(tokens: &TokenStream) -> String {
    let mut printer = Printer { text: String::new(), last: None, tidy: true };
    printer.tokens(tokens.clone());
    printer.text
}

struct Printer {
    text: String,
    last: Option<Last>,
    /// Remove what only the source's layout needs.
    tidy: bool,
}

struct Last {
    end: (usize, usize),
    start: (usize, usize),
    /// Joined with the next: `=` of `==`, the quote of a lifetime.
    joint: bool,
}

impl Printer {
    fn tokens(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for (i, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
                    self.tokens(group.stream())
                }
                TokenTree::Group(group) => {
                    let (open, close) = match group.delimiter() {
                        Delimiter::Parenthesis => ("(", ")"),
                        Delimiter::Bracket => ("[", "]"),
                        _ => ("{", "}"),
                    };
                    self.word(open, group.span_open(), false);
                    self.tokens(group.stream());
                    self.word(close, group.span_close(), false);
                }
                TokenTree::Punct(p) => {
                    if self.tidy && p.as_char() == ',' && i + 1 == tokens.len() && tokens.len() > 2 {
                        continue;
                    }
                    let joint = p.spacing() == Spacing::Joint || p.as_char() == '\'';
                    self.word(&p.as_char().to_string(), p.span(), joint);
                }
                TokenTree::Ident(ident) => {
                    self.word(&mark::decode_text(&ident.to_string()), ident.span(), false)
                }
                TokenTree::Literal(lit) => self.word(&mark::decode_text(&lit.to_string()), lit.span(), false),
            }
        }
    }

    fn word(&mut self, text: &str, span: proc_macro2::Span, joint: bool) {
        let place = |p: proc_macro2::LineColumn| (p.line, p.column);
        let (start, end) = (place(span.start()), place(span.end()));
        let space = match &self.last {
            None => false,
            Some(last) if last.joint => false,
            // Of the same place: both come from a macro's body.
            Some(last) if last.start == start && last.end == end => self.spaced_by_habit(text),
            Some(last) if self.tidy && last.end.0 != start.0 => self.spaced_by_habit(text),
            Some(last) if self.tidy && last.end != start => {
                !self.text.ends_with(['(', '[', '!', '.', '&'])
                    && !matches!(text, ")" | "]" | "," | "." | "?" | ";")
            }
            Some(last) => last.end != start,
        };
        if space {
            self.text.push(' ');
        }
        self.text.push_str(text);
        self.last = Some(Last { end, start, joint });
    }

    fn spaced_by_habit(&self, next: &str) -> bool {
        let operator = self.text.ends_with("&&");
        let tight_after =
            self.text.ends_with(['(', '[', '.', '!', '&', '\'', '#', '$']) || self.text.ends_with("::");
        let after_word = self.text.ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let tight_before =
            matches!(next, ")" | "]" | "," | "." | "?" | ";" | ":") || (next == "!" && after_word);
        let call = matches!(next, "(" | "[")
            && self.text.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | ')' | ']' | '>' | '!'));
        (operator || !tight_after) && !tight_before && !call
    }
}
