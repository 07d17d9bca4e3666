//! Refuses input nested so deeply that parsing it would exhaust the stack, and numbers so long that it would not end.
//!
//! In: tokens before they are parsed. `syn` recurses on brackets, prefix operators, `else if`, `<`, and so on. We bound
//! the sum, over the groups around a token, of the operators before it in the same statement or list element.

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};

/// How many brackets may be open at once.
const BRACKETS: usize = 256;
/// How many operators may enclose a token.
const OPERATORS: usize = 1000;

/// Words after which syntax may nest without punctuation.
const NESTING_WORDS: &[&str] = &[
    "else", "return", "break", "if", "match", "while", "for", "fn", "impl", "dyn", "as", "mut", "move",
    "yield",
];

struct Open {
    rest: std::iter::Peekable<proc_macro2::token_stream::IntoIter>,
    /// Operators since the last separator.
    operators: usize,
    /// Operators around this group.
    outer: usize,
}

/// The first place that is nested too deeply.
pub fn too_deep(tokens: &TokenStream) -> Option<Span> {
    let mut stack = vec![Open { rest: tokens.clone().into_iter().peekable(), operators: 0, outer: 0 }];
    while let Some(top) = stack.last_mut() {
        let Some(token) = top.rest.next() else {
            stack.pop();
            continue;
        };
        match token {
            TokenTree::Punct(ref p) if matches!(p.as_char(), ',' | ';') => top.operators = 0,
            // Attributes, doc comments among them, nest nothing: `#[…]`, `#![…]`.
            TokenTree::Punct(ref p) if p.as_char() == '#' => {
                let is_inner = matches!(top.rest.peek(), Some(TokenTree::Punct(p)) if p.as_char() == '!');
                if is_inner {
                    top.rest.next();
                }
            }
            TokenTree::Punct(_) => top.operators += 1,
            TokenTree::Ident(ref word) if NESTING_WORDS.iter().any(|w| word == w) => top.operators += 1,
            TokenTree::Ident(_) | TokenTree::Literal(_) => {}
            TokenTree::Group(ref group) => {
                let outer = top.outer + top.operators;
                // A block ends a statement unless `else` or an operator follows.
                if group.delimiter() == Delimiter::Brace {
                    let goes_on = match top.rest.peek() {
                        Some(TokenTree::Punct(p)) => !matches!(p.as_char(), '#' | '|' | '\'' | '*' | '&'),
                        Some(TokenTree::Ident(word)) => word == "else" || word == "as",
                        _ => false,
                    };
                    if !goes_on {
                        top.operators = 0;
                    }
                }
                if stack.len() > BRACKETS {
                    return Some(group.span_open());
                }
                stack.push(Open { rest: group.stream().into_iter().peekable(), operators: 0, outer });
                continue;
            }
        }
        if top.outer + top.operators > OPERATORS {
            return Some(token.span());
        }
    }
    None
}

/// Digits of an integer that are not read: far more than any type has, and syn takes time with their square.
const DIGITS: usize = 4096;

/// Whether [`too_many_digits`] may find something in this text.
pub fn has_long_word(text: &str) -> bool {
    text.as_bytes().split(|b| !is_digit(*b)).any(|word| word.len() > DIGITS)
}

fn is_digit(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// The first number with so many digits that it is not worth reading, given the text between two places of the source.
pub fn too_many_digits<'a>(tokens: &TokenStream, text_at: &dyn Fn(Span) -> &'a str) -> Option<Span> {
    let mut stack = vec![tokens.clone().into_iter()];
    while let Some(top) = stack.last_mut() {
        match top.next() {
            None => drop(stack.pop()),
            Some(TokenTree::Group(group)) => stack.push(group.stream().into_iter()),
            Some(TokenTree::Literal(literal)) => {
                let text = text_at(literal.span());
                let is_integer = || text.bytes().all(is_digit);
                if text.len() > DIGITS && text.starts_with(|c: char| c.is_ascii_digit()) && is_integer() {
                    return Some(literal.span());
                }
            }
            Some(TokenTree::Ident(_) | TokenTree::Punct(_)) => {}
        }
    }
    None
}
