//! Matches the arguments of a call with the left sides of rules.
//!
//! As in rustc, a fragment takes what its parser takes and is never tried again differently. Of a repetition that
//! fails in the middle, what it matched is given back and what follows the repetition is tried there.

use std::collections::BTreeMap;

use proc_macro2::{Delimiter, TokenTree};

use super::fragments::{Fragment, same_token};
use super::macro_rules::{Matcher, Repetition, token_len};

/// What the variables of a rule stand for.
pub type Bindings = BTreeMap<String, Binding>;

/// What a variable stands for.
#[derive(Clone, Debug)]
pub enum Binding {
    /// Outside of repetitions.
    One(Fragment),
    /// One for each repetition.
    Many(Vec<Binding>),
}

/// The furthest place at which a match failed.
#[derive(Default)]
pub struct Failure {
    /// The token there; `None` is the end of the arguments.
    pub token: Option<TokenTree>,
    progress: usize,
    any: bool,
}

/// How many steps one call may take: repetitions in repetitions can be exponential.
const STEPS: usize = 2_000_000;

/// Matching one call.
#[derive(Default)]
pub struct Match {
    /// For the message.
    pub failure: Failure,
    /// Trees passed so far, on the way at hand.
    progress: usize,
    steps: usize,
}

impl Match {
    /// Matches all of the tokens.
    pub fn all(&mut self, matchers: &[Matcher], tokens: &[TokenTree]) -> Option<Bindings> {
        self.progress = 0;
        let mut bindings = Bindings::new();
        let rest = self.sequence(matchers, tokens, &mut bindings)?;
        if !rest.is_empty() {
            self.fail(rest);
            return None;
        }
        Some(bindings)
    }

    fn fail(&mut self, at: &[TokenTree]) {
        if !self.failure.any || self.progress > self.failure.progress {
            self.failure = Failure { token: at.first().cloned(), progress: self.progress, any: true };
        }
    }

    fn sequence<'t>(
        &mut self,
        matchers: &[Matcher],
        mut tokens: &'t [TokenTree],
        bindings: &mut Bindings,
    ) -> Option<&'t [TokenTree]> {
        for matcher in matchers {
            self.steps += 1;
            if self.steps > STEPS {
                return None;
            }
            tokens = match matcher {
                Matcher::Token(expected) => self.token(expected, tokens)?,
                Matcher::Group(delimiter, inner) => match tokens {
                    [TokenTree::Group(group), rest @ ..] if group.delimiter() == *delimiter => {
                        self.progress += 1;
                        let content: Vec<TokenTree> = group.stream().into_iter().collect();
                        let left = self.sequence(inner, &content, bindings)?;
                        if !left.is_empty() {
                            self.fail(left);
                            return None;
                        }
                        rest
                    }
                    _ => {
                        self.fail(tokens);
                        return None;
                    }
                },
                Matcher::Variable(name, kind) => {
                    let Some((fragment, len)) = kind.take(tokens) else {
                        self.fail(tokens);
                        return None;
                    };
                    self.progress += len;
                    bindings.insert(name.clone(), Binding::One(fragment));
                    &tokens[len..]
                }
                Matcher::Repeat(inner, repetition) => self.repeat(inner, repetition, tokens, bindings)?,
            };
        }
        Some(tokens)
    }

    fn token<'t>(&mut self, expected: &[TokenTree], tokens: &'t [TokenTree]) -> Option<&'t [TokenTree]> {
        // A lone token captured by a macro around this one is compared by what is in it.
        if let [TokenTree::Group(group), rest @ ..] = tokens
            && group.delimiter() == Delimiter::None
        {
            let inner: Vec<TokenTree> = group.stream().into_iter().collect();
            if inner.len() == expected.len() && inner.iter().zip(expected).all(|(a, b)| same_token(a, b)) {
                self.progress += 1;
                return Some(rest);
            }
        }
        let same = !tokens.is_empty()
            && token_len(tokens) == expected.len()
            && tokens.iter().zip(expected).all(|(a, b)| same_token(a, b));
        if !same {
            self.fail(tokens);
            return None;
        }
        self.progress += expected.len();
        Some(&tokens[expected.len()..])
    }

    fn repeat<'t>(
        &mut self,
        inner: &[Matcher],
        repetition: &Repetition,
        mut tokens: &'t [TokenTree],
        bindings: &mut Bindings,
    ) -> Option<&'t [TokenTree]> {
        let mut rounds: Vec<Bindings> = Vec::new();
        loop {
            if repetition.op == '?' && rounds.len() == 1 {
                break;
            }
            let before = self.progress;
            let mut start = tokens;
            if !rounds.is_empty() && !repetition.separator.is_empty() {
                match self.token(&repetition.separator, tokens) {
                    Some(rest) => start = rest,
                    None => break,
                }
            }
            let mut round = Bindings::new();
            match self.sequence(inner, start, &mut round) {
                // A round that takes nothing would repeat for ever.
                Some(rest) if rest.len() == tokens.len() => break,
                Some(rest) => tokens = rest,
                None => {
                    self.progress = before;
                    break;
                }
            }
            rounds.push(round);
        }
        if repetition.op == '+' && rounds.is_empty() {
            self.fail(tokens);
            return None;
        }
        let mut names = Vec::new();
        variables(inner, &mut names);
        for name in names {
            let many = rounds.iter_mut().filter_map(|round| round.remove(&name)).collect();
            bindings.insert(name, Binding::Many(many));
        }
        Some(tokens)
    }
}

fn variables(matchers: &[Matcher], out: &mut Vec<String>) {
    for matcher in matchers {
        match matcher {
            Matcher::Token(_) => {}
            Matcher::Variable(name, _) => out.push(name.clone()),
            Matcher::Group(_, inner) | Matcher::Repeat(inner, _) => variables(inner, out),
        }
    }
}
