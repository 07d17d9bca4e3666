//! Writes the right side of the rule that matched.

use proc_macro2::{Delimiter, Group, Punct, Spacing, Span as TokenSpan, TokenStream, TokenTree};

use super::macro_rules::{MacroRules, Template};
use super::mark;
use super::matcher::{Binding, Bindings, Match};
use crate::ast::cx::{Cx, EXPANSION_LIMIT};
use crate::diag::Diagnostic;
use crate::hash::FastMap;

/// How many trees all expansions of a crate may have together: arguments that a macro repeats can grow without end.
const SIZE_LIMIT: usize = 500_000;

/// Writing one expansion.
struct Transcription<'m> {
    rules: &'m MacroRules,
    call: TokenSpan,
    /// New marks by the marks they stand on.
    marks: FastMap<u32, u32>,
}

impl Cx<'_> {
    /// The tokens that a call expands to.
    pub fn transcribe_call(
        &mut self,
        rules: &MacroRules,
        mac: &syn::Macro,
        call: TokenSpan,
    ) -> Option<TokenStream> {
        let tokens: Vec<TokenTree> = mac.tokens.clone().into_iter().collect();
        let mut matching = Match::default();
        for rule in &rules.rules {
            if let Some(bindings) = matching.all(&rule.left, &tokens) {
                let mut transcription = Transcription { rules, call, marks: FastMap::default() };
                let mut out = Vec::new();
                self.transcribe(&mut transcription, &rule.right, &bindings, &mut out)?;
                return Some(out.into_iter().collect());
            }
        }
        let name = rules.name;
        let diagnostic = match &matching.failure.token {
            Some(token) => {
                let mut text = mark::decode_text(&token.to_string());
                if let TokenTree::Group(group) = token {
                    text = match group.delimiter() {
                        Delimiter::Parenthesis => "(".to_string(),
                        Delimiter::Brace => "{".to_string(),
                        Delimiter::Bracket => "[".to_string(),
                        Delimiter::None => text,
                    };
                }
                Diagnostic::error("", self.span(token.span()), format!("no rules expected `{text}`"))
                    .primary("no rules expected this token in macro call")
            }
            None => Diagnostic::error("", self.span(call), "unexpected end of macro invocation")
                .primary("missing tokens in macro arguments"),
        };
        self.error(diagnostic.label(rules.span, format!("when calling this macro `{name}!`")));
        None
    }

    fn transcribe(
        &mut self,
        to: &mut Transcription<'_>,
        templates: &[Template],
        bindings: &Bindings,
        out: &mut Vec<TokenTree>,
    ) -> Option<()> {
        for (i, template) in templates.iter().enumerate() {
            self.grow(to, 1)?;
            match template {
                Template::Token(token) => out.push(self.respan(to, token)),
                Template::Crate => out.push(mark::dollar_crate(to.rules.crate_name.as_str(), to.call).into()),
                Template::Group(delimiter, inner) => {
                    let mut content = Vec::new();
                    self.transcribe(to, inner, bindings, &mut content)?;
                    let mut group = Group::new(*delimiter, content.into_iter().collect());
                    group.set_span(to.call);
                    out.push(group.into());
                }
                Template::Variable(name, dollar, ident) => match bindings.get(name) {
                    Some(Binding::One(fragment)) => {
                        let before_colons = matches!(
                            templates.get(i + 1),
                            Some(Template::Token(TokenTree::Punct(p)))
                                if p.as_char() == ':' && p.spacing() == Spacing::Joint
                        );
                        let brackets = fragment.needs_brackets && before_colons;
                        let bracket = |c: char| {
                            let mut punct = Punct::new(c, Spacing::Alone);
                            punct.set_span(to.call);
                            TokenTree::from(punct)
                        };
                        if brackets {
                            out.push(bracket('<'));
                        }
                        self.grow(to, fragment.tokens.iter().map(size).sum())?;
                        out.extend(fragment.tokens.iter().cloned());
                        if brackets {
                            out.push(bracket('>'));
                        }
                    }
                    Some(Binding::Many(_)) => {
                        let span = self.span(ident.span());
                        let name = mark::decode_text(name);
                        self.error(Diagnostic::error(
                            "",
                            self.call_span.unwrap_or(span),
                            format!("variable `{name}` is still repeating at this depth"),
                        ));
                        return None;
                    }
                    // Not a variable of this macro: it may be one of a macro that this one defines.
                    None => {
                        out.push(self.respan(to, dollar));
                        out.push(self.respan(to, ident));
                    }
                },
                Template::Repeat(inner, repetition) => {
                    let rounds = self.rounds(inner, bindings)?;
                    for round in 0..rounds {
                        if round > 0 {
                            for token in &repetition.separator {
                                out.push(self.respan(to, token));
                            }
                        }
                        let bindings = in_round(inner, bindings, round);
                        self.transcribe(to, inner, &bindings, out)?;
                    }
                }
            }
        }
        Some(())
    }

    /// Counts trees of an expansion; reports the first that is too many, after which nothing expands any more.
    fn grow(&mut self, to: &Transcription<'_>, trees: usize) -> Option<()> {
        self.expanded_trees += trees;
        if self.expanded_trees <= SIZE_LIMIT {
            return Some(());
        }
        self.expansions = EXPANSION_LIMIT + 1;
        let span = self.call_span.unwrap_or_else(|| self.span(to.call));
        self.error(
            Diagnostic::error("", span, format!("the expansion of `{}!` is too large", to.rules.name))
                .note(format!("macros of a crate may expand to {SIZE_LIMIT} tokens")),
        );
        None
    }

    /// How often to repeat: all variables in it must agree.
    fn rounds(&mut self, templates: &[Template], bindings: &Bindings) -> Option<usize> {
        let mut names = Vec::new();
        variables(templates, &mut names);
        let mut rounds: Option<(String, usize)> = None;
        for name in names {
            let Some(Binding::Many(many)) = bindings.get(&name) else { continue };
            match &rounds {
                Some((other, n)) if *n != many.len() => {
                    let message = format!(
                        "meta-variable `{}` repeats {n} times, but `{}` repeats {} times",
                        mark::decode_text(other),
                        mark::decode_text(&name),
                        many.len()
                    );
                    let span = self.call_span.unwrap_or(self.end_of_file());
                    self.error(Diagnostic::error("", span, message));
                    return None;
                }
                _ => rounds = Some((name, many.len())),
            }
        }
        if rounds.is_none() {
            let span = self.call_span.unwrap_or(self.end_of_file());
            let message = "attempted to repeat an expression containing no syntax variables matched as repeating at this depth";
            self.error(Diagnostic::error("", span, message));
        }
        rounds.map(|(_, n)| n)
    }

    /// A token of the body at the place of the call, with the mark of this expansion.
    fn respan(&mut self, to: &mut Transcription<'_>, token: &TokenTree) -> TokenTree {
        let mut remark = |old: u32| -> u32 {
            let definition = to.rules.span;
            *to.marks.entry(old).or_insert_with(|| self.new_mark(old, definition))
        };
        let mut token = match token {
            TokenTree::Ident(ident) => {
                let text = ident.to_string();
                match mark::is_markable(&text) {
                    true => mark::marked(&text, remark(mark::decode(&text).1), to.call).into(),
                    false => token.clone(),
                }
            }
            TokenTree::Literal(literal) => match mark::marked_literal(literal, &mut remark) {
                Some(literal) => literal.into(),
                None => token.clone(),
            },
            _ => token.clone(),
        };
        token.set_span(to.call);
        token
    }
}

/// How many trees a tree has, itself included.
fn size(tree: &TokenTree) -> usize {
    match tree {
        TokenTree::Group(group) => 1 + group.stream().into_iter().map(|t| size(&t)).sum::<usize>(),
        _ => 1,
    }
}

fn variables(templates: &[Template], out: &mut Vec<String>) {
    for template in templates {
        match template {
            Template::Variable(name, ..) => out.push(name.clone()),
            Template::Group(_, inner) | Template::Repeat(inner, _) => variables(inner, out),
            Template::Token(_) | Template::Crate => {}
        }
    }
}

/// The bindings inside one repetition: those used in it, one level down.
fn in_round(templates: &[Template], bindings: &Bindings, round: usize) -> Bindings {
    let mut names = Vec::new();
    variables(templates, &mut names);
    let mut out = Bindings::new();
    for name in names {
        match bindings.get(&name) {
            Some(Binding::Many(many)) => {
                if let Some(binding) = many.get(round) {
                    out.insert(name, binding.clone());
                }
            }
            Some(one) => {
                out.insert(name, one.clone());
            }
            None => {}
        }
    }
    out
}
