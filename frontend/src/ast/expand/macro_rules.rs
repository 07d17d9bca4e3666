//! Definitions by `macro_rules!`: from tokens to rules.

use std::rc::Rc;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::fragments::FragmentKind;
use super::mark;
use crate::ast::cx::Cx;
use crate::diag::Diagnostic;
use crate::source::Span;
use crate::symbol::Symbol;

/// A macro.
pub struct MacroRules {
    /// Its name.
    pub name: Symbol,
    /// The crate that `$crate` means.
    pub crate_name: Symbol,
    /// The definition.
    pub span: Span,
    /// Tried in order.
    pub rules: Vec<Rule>,
}

/// `(left) => { right }`
pub struct Rule {
    /// What the arguments must look like.
    pub left: Vec<Matcher>,
    /// What they become.
    pub right: Vec<Template>,
}

/// A piece of the left side.
pub enum Matcher {
    /// A token; operators of several characters are one.
    Token(Vec<TokenTree>),
    /// A group.
    Group(Delimiter, Vec<Matcher>),
    /// `$name:kind`
    Variable(String, FragmentKind),
    /// `$( … ) separator op`
    Repeat(Vec<Matcher>, Repetition),
}

/// A piece of the right side.
pub enum Template {
    /// A token.
    Token(TokenTree),
    /// A group.
    Group(Delimiter, Vec<Template>),
    /// `$name`, with the token of the name for what names no variable.
    Variable(String, TokenTree, TokenTree),
    /// `$( … ) separator op`
    Repeat(Vec<Template>, Repetition),
    /// `$crate`
    Crate,
}

/// How often, and what between.
#[derive(Clone)]
pub struct Repetition {
    /// Tokens between two repetitions.
    pub separator: Vec<TokenTree>,
    /// `*`, `+` or `?`.
    pub op: char,
}

const OPERATORS: &[&str] = &[
    "<<=", ">>=", "...", "..=", "==", "!=", "<=", ">=", "&&", "||", "+=", "-=", "*=", "/=", "%=", "^=", "&=",
    "|=", "<<", ">>", "->", "=>", "::", "..",
];

/// How many of the first trees are one token: operators and lifetimes are several trees.
pub fn token_len(tokens: &[TokenTree]) -> usize {
    let TokenTree::Punct(first) = &tokens[0] else { return 1 };
    if first.as_char() == '\'' {
        return tokens.len().min(2);
    }
    let mut text = String::new();
    for token in tokens.iter().take(3) {
        let TokenTree::Punct(p) = token else { break };
        text.push(p.as_char());
        if p.spacing() == proc_macro2::Spacing::Alone {
            break;
        }
    }
    (2..=text.len()).rev().find(|&n| OPERATORS.contains(&&text[..n])).unwrap_or(1)
}

impl Cx<'_> {
    /// `macro_rules! name { … }`
    pub fn define_macro(&mut self, item: &syn::ItemMacro, exported: bool) {
        let Some(ident) = &item.ident else { return };
        let ident = self.ident(ident);
        let span = ident.span.to(self.span(item.mac.delimiter.span().close()));
        let mut rules = Vec::new();
        let tokens: Vec<TokenTree> = item.mac.tokens.clone().into_iter().collect();
        let mut rest = tokens.as_slice();
        while let [first, after @ ..] = rest {
            match (first, after) {
                (
                    TokenTree::Group(left),
                    [TokenTree::Punct(eq), TokenTree::Punct(gt), TokenTree::Group(right), after @ ..],
                ) if eq.as_char() == '=' && gt.as_char() == '>' && right.delimiter() != Delimiter::None => {
                    let (Some(left), Some(right)) =
                        (self.matchers(left.stream()), self.templates(right.stream()))
                    else {
                        return;
                    };
                    rules.push(Rule { left, right });
                    rest = match after {
                        [TokenTree::Punct(p), after @ ..] if p.as_char() == ';' => after,
                        after => after,
                    };
                }
                _ => {
                    let span = self.span(first.span());
                    self.error(
                        Diagnostic::error("", span, "expected a macro rule")
                            .help("write `(pattern) => { expansion }`"),
                    );
                    return;
                }
            }
        }
        if rules.is_empty() {
            self.error(Diagnostic::error("", span, "macros must contain at least one rule"));
            return;
        }
        let rules = Rc::new(MacroRules { name: ident.name, crate_name: self.crate_name, span, rules });
        if exported {
            self.path_macros.push((ident.name, rules.clone()));
        }
        self.macros.push((ident.name, rules));
    }

    fn matchers(&mut self, tokens: TokenStream) -> Option<Vec<Matcher>> {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut rest = tokens.as_slice();
        let mut out = Vec::new();
        while let [first, after @ ..] = rest {
            match (first, after) {
                (TokenTree::Punct(p), [TokenTree::Group(group), after @ ..])
                    if p.as_char() == '$' && group.delimiter() == Delimiter::Parenthesis =>
                {
                    let inner = self.matchers(group.stream())?;
                    let (repetition, after) = self.repetition(after, first)?;
                    out.push(Matcher::Repeat(inner, repetition));
                    rest = after;
                }
                (
                    TokenTree::Punct(p),
                    [TokenTree::Ident(name), TokenTree::Punct(colon), TokenTree::Ident(kind), after @ ..],
                ) if p.as_char() == '$' && colon.as_char() == ':' => {
                    let text = mark::decode_text(&kind.to_string());
                    let Some(fragment) = FragmentKind::of(&text) else {
                        let span = self.span(kind.span());
                        self.error(
                            Diagnostic::error("", span, format!("invalid fragment specifier `{text}`")).help(
                                "valid fragment specifiers are `ident`, `block`, `stmt`, `expr`, `expr_2021`, `pat`, \
                                 `pat_param`, `ty`, `lifetime`, `literal`, `path`, `meta`, `tt`, `item` and `vis`",
                            ),
                        );
                        return None;
                    };
                    out.push(Matcher::Variable(name.to_string(), fragment));
                    rest = after;
                }
                (TokenTree::Punct(p), [TokenTree::Ident(name), after @ ..]) if p.as_char() == '$' => {
                    if name == "crate" {
                        out.push(Matcher::Token(vec![
                            mark::dollar_crate(self.crate_name.as_str(), name.span()).into(),
                        ]));
                        rest = after;
                        continue;
                    }
                    let span = self.span(name.span());
                    self.error(
                        Diagnostic::error("", span, "missing fragment specifier")
                            .help(format!("try adding one: `${name}:expr`")),
                    );
                    return None;
                }
                (TokenTree::Group(group), after) if group.delimiter() != Delimiter::None => {
                    out.push(Matcher::Group(group.delimiter(), self.matchers(group.stream())?));
                    rest = after;
                }
                _ => {
                    let len = token_len(rest);
                    out.push(Matcher::Token(rest[..len].to_vec()));
                    rest = &rest[len..];
                }
            }
        }
        Some(out)
    }

    fn templates(&mut self, tokens: TokenStream) -> Option<Vec<Template>> {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut rest = tokens.as_slice();
        let mut out = Vec::new();
        while let [first, after @ ..] = rest {
            match (first, after) {
                (TokenTree::Punct(p), [TokenTree::Group(group), after @ ..])
                    if p.as_char() == '$' && group.delimiter() == Delimiter::Parenthesis =>
                {
                    let inner = self.templates(group.stream())?;
                    let (repetition, after) = self.repetition(after, first)?;
                    out.push(Template::Repeat(inner, repetition));
                    rest = after;
                }
                (TokenTree::Punct(p), [TokenTree::Ident(name), after @ ..]) if p.as_char() == '$' => {
                    out.push(match name == "crate" {
                        true => Template::Crate,
                        false => Template::Variable(name.to_string(), first.clone(), name.clone().into()),
                    });
                    rest = after;
                }
                (TokenTree::Group(group), after) => {
                    out.push(Template::Group(group.delimiter(), self.templates(group.stream())?));
                    rest = after;
                }
                (token, after) => {
                    out.push(Template::Token(token.clone()));
                    rest = after;
                }
            }
        }
        Some(out)
    }

    /// What follows `$( … )`.
    fn repetition<'t>(
        &mut self,
        tokens: &'t [TokenTree],
        dollar: &TokenTree,
    ) -> Option<(Repetition, &'t [TokenTree])> {
        let op = |token: &TokenTree| match token {
            TokenTree::Punct(p) if matches!(p.as_char(), '*' | '+' | '?') => Some(p.as_char()),
            _ => None,
        };
        if let [first, rest @ ..] = tokens {
            if let Some(op) = op(first) {
                return Some((Repetition { separator: Vec::new(), op }, rest));
            }
            let len = token_len(tokens);
            if let Some(op) = tokens.get(len).and_then(op) {
                return Some((Repetition { separator: tokens[..len].to_vec(), op }, &tokens[len + 1..]));
            }
        }
        let span = self.span(tokens.first().unwrap_or(dollar).span());
        self.error(Diagnostic::error("", span, "expected one of: `*`, `+`, or `?`"));
        None
    }
}
