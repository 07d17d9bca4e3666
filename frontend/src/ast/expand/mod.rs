//! Macro calls: finding the macro, expanding it, parsing what comes out for the place it stands in.
//!
//! `macro_rules` macros give tokens, which `syn` parses and `convert` converts; built-in macros give our tree at once.
//! Tokens that come from a macro's body get the place of the outermost call, as in rustc's panic locations, and a
//! fresh [`mark`].

mod assertions;
pub(in crate::ast) mod build;
mod builtin;
mod cfg_select;
mod derive;
mod format;
mod format_spec;
mod fragments;
pub(super) mod macro_rules;
pub(super) mod mark;
mod matcher;
mod token_text;
mod transcriber;

use std::rc::Rc;

use proc_macro2::{Span as TokenSpan, TokenStream};
use syn::parse::{Parse, ParseStream, Parser};

use self::macro_rules::MacroRules;
use super::convert::Statements;
use super::cx::{Cx, EXPANSION_LIMIT, RECURSION_LIMIT};
use super::modules::Place;
use super::syntax::*;
use super::{nesting, unsupported};
use crate::diag::Diagnostic;
use crate::source::Span;
use crate::symbol::Symbol;

/// What the name of a macro means.
enum Found {
    Tokens(Expander),
    Builtin(&'static str),
}

/// A macro that gives tokens, for whatever place its call stands in.
enum Expander {
    Rules(Rc<MacroRules>),
    CfgSelect,
}

impl Cx<'_> {
    /// A macro call as an expression.
    pub fn macro_expr(&mut self, mac: &syn::Macro) -> Expr {
        let span = self.call_span_of(mac);
        let error = Expr { kind: ExprKind::Error, span };
        match self.find_macro(mac) {
            Some(Found::Builtin(name)) => {
                self.in_call(span, |cx| cx.builtin(name, mac, span)).unwrap_or(error)
            }
            Some(Found::Tokens(expander)) => self
                .expand(&expander, mac, |cx, tokens| {
                    let expr = cx.parse_all(tokens, |input: ParseStream<'_>| {
                        let expr: syn::Expr = input.parse()?;
                        // `m!()` with the body `f();` is an expression that rustc only warns about.
                        let _: Option<syn::Token![;]> = input.parse()?;
                        Ok(expr)
                    })?;
                    Some(cx.expr(&expr))
                })
                .unwrap_or(error),
            None => error,
        }
    }

    /// A macro call as a pattern.
    pub fn macro_pat(&mut self, mac: &syn::Macro) -> Pat {
        let span = self.call_span_of(mac);
        if let Some(Found::Builtin("stringify" | "concat" | "line" | "column" | "file" | "module_path")) =
            self.find_macro(mac)
        {
            return match self.macro_expr(mac).kind {
                ExprKind::Lit(lit) => Pat { kind: PatKind::Lit { lit, negated: false }, span },
                _ => Pat { kind: PatKind::Error, span },
            };
        }
        let pat = self.expand_rules(mac, |cx, tokens| {
            let pat = cx.parse_all(tokens, syn::Pat::parse_multi_with_leading_vert)?;
            Some(cx.pat(&pat))
        });
        pat.unwrap_or(Pat { kind: PatKind::Error, span })
    }

    /// A macro call as a type.
    pub fn macro_ty(&mut self, mac: &syn::Macro) -> Ty {
        let span = self.call_span_of(mac);
        let ty = self.expand_rules(mac, |cx, tokens| {
            let ty = cx.parse_all(tokens, syn::Type::parse)?;
            Some(cx.ty(&ty))
        });
        ty.unwrap_or(Ty { kind: TyKind::Error, span })
    }

    /// A macro call as a statement: its statements become statements of the block.
    pub fn macro_statement(&mut self, mac: &syn::Macro, semi: bool, last: bool, out: &mut Statements) {
        match self.find_macro(mac) {
            Some(Found::Tokens(expander)) => {
                let inner = self.expand(&expander, mac, |cx, tokens| {
                    let stmts = cx.parse_all(tokens, syn::Block::parse_within)?;
                    let mut inner = Statements::default();
                    cx.statements(&stmts, true, &mut inner);
                    Some(inner)
                });
                let Some(inner) = inner else {
                    let span = self.call_span_of(mac);
                    out.push_expr(Expr { kind: ExprKind::Error, span }, semi, last);
                    return;
                };
                out.stmts.extend(inner.stmts);
                if let Some(value) = inner.value {
                    out.push_expr(*value, semi, last);
                }
            }
            Some(Found::Builtin(_)) => {
                let expr = self.macro_expr(mac);
                out.push_expr(expr, semi, last);
            }
            None => {
                let span = self.call_span_of(mac);
                out.push_expr(Expr { kind: ExprKind::Error, span }, semi, last);
            }
        }
    }

    /// A macro call as items of a trait or impl.
    pub fn macro_items<T: Parse>(&mut self, mac: &syn::Macro, mut each: impl FnMut(&mut Self, &T)) {
        self.expand_rules(mac, |cx, tokens| {
            let items = cx.parse_all(tokens, |input: ParseStream<'_>| {
                let mut items = Vec::new();
                while !input.is_empty() {
                    items.push(input.parse::<T>()?);
                }
                Ok(items)
            })?;
            for item in &items {
                cx.deeper(mac.bang_token.span, |cx| each(cx, item));
            }
            Some(())
        });
    }

    /// `macro_rules! name { … }`, or a macro call as items.
    pub fn item_macro(&mut self, item: &syn::ItemMacro, place: &Place, out: &mut Vec<Item>) {
        let Some(attrs) = self.attributes(&item.attrs) else { return };
        if item.mac.path.is_ident("macro_rules") {
            self.define_macro(item, attrs.macro_export);
            return;
        }
        self.macro_items(&item.mac, |cx, item: &syn::Item| cx.items(std::slice::from_ref(item), place, out));
    }

    /// The use tree without what imports macros: those are found by name.
    pub fn without_macros(&mut self, tree: UseTree) -> Option<UseTree> {
        self.without_macros_in(&[], tree)
    }

    /// The same for a tree inside braces, after the names of `path`.
    fn without_macros_in(&mut self, path: &[Symbol], mut tree: UseTree) -> Option<UseTree> {
        let path: Vec<Symbol> =
            path.iter().copied().chain(tree.prefix.segments.iter().map(|s| s.ident.name)).collect();
        match &mut tree.kind {
            UseKind::Glob => {
                if let [root] = *path.as_slice()
                    && self.options.library == Some(root)
                {
                    self.path_macros.extend_from_slice(&self.library_macros);
                }
                Some(tree)
            }
            UseKind::Nested(trees) => {
                let before = trees.len();
                let all = std::mem::take(trees).into_iter();
                *trees = all.filter_map(|tree| self.without_macros_in(&path, tree)).collect();
                (before == 0 || !trees.is_empty()).then_some(tree)
            }
            UseKind::Simple(rename) => {
                let [.., name] = *path.as_slice() else { return Some(tree) };
                if builtin::is_macro_path(&path) {
                    return None;
                }
                let known = |list: &[(Symbol, Rc<MacroRules>)]| {
                    list.iter().rev().find(|(n, _)| *n == name).map(|(_, rules)| rules.clone())
                };
                let in_scope = match *path.as_slice() {
                    [_] => known(&self.macros),
                    [root, _] if self.options.library == Some(root) => known(&self.library_macros),
                    _ => None,
                };
                let Some(rules) = in_scope.or_else(|| known(&self.path_macros)) else { return Some(tree) };
                let name = rename.map_or(name, |ident| ident.name);
                self.path_macros.push((name, rules));
                None
            }
        }
    }

    /// The place of a whole call.
    fn call_span_of(&self, mac: &syn::Macro) -> Span {
        self.span(call_tokens(mac))
    }

    fn find_macro(&mut self, mac: &syn::Macro) -> Option<Found> {
        let names: Vec<String> =
            mac.path.segments.iter().map(|s| mark::decode_text(&s.ident.to_string())).collect();
        let name = names.last()?;
        let name = name.strip_prefix("r#").unwrap_or(name).to_string();
        let found = |list: &[(Symbol, Rc<MacroRules>)]| {
            list.iter().rev().find(|(n, _)| *n == name.as_str()).map(|(_, rules)| rules.clone())
        };
        let from_std =
            matches!(names.as_slice(), [root, .., _] if matches!(root.as_str(), "std" | "core" | "alloc"));
        let rules = match names.len() {
            1 => found(&self.macros).or_else(|| found(&self.path_macros)),
            _ if from_std => None,
            _ if self.options.library.is_some_and(|l| names[0] == l.as_str()) => found(&self.library_macros),
            _ if names[0] == "$crate" => found(&self.path_macros).or_else(|| found(&self.library_macros)),
            _ => found(&self.path_macros),
        };
        if let Some(rules) = rules {
            return Some(Found::Tokens(Expander::Rules(rules)));
        }
        let may_be_builtin = match names.as_slice() {
            [_] => true,
            [module, name] if module == "pin" && name == "pin" => true,
            _ => from_std || names[0] == "$crate",
        };
        if may_be_builtin && name == "cfg_select" {
            return Some(Found::Tokens(Expander::CfgSelect));
        }
        if let Some(builtin) = builtin::NAMES.iter().find(|n| may_be_builtin && **n == name) {
            return Some(Found::Builtin(builtin));
        }
        let span = self.span(mac.path.segments.last()?.ident.span());
        self.error(
            Diagnostic::error("", span, format!("cannot find macro `{name}` in this scope"))
                .help("a macro must be defined above its first use, or be marked `#[macro_export]`"),
        );
        None
    }

    /// Expands a call that must be of a `macro_rules` macro.
    fn expand_rules<R>(
        &mut self,
        mac: &syn::Macro,
        f: impl FnOnce(&mut Self, TokenStream) -> Option<R>,
    ) -> Option<R> {
        match self.find_macro(mac)? {
            Found::Tokens(expander) => self.expand(&expander, mac, f),
            Found::Builtin(name) => {
                let span = self.call_span_of(mac);
                match name {
                    "compile_error" | "thread_local" | "include" | "global_asm" => {
                        self.builtin(name, mac, span);
                    }
                    _ => {
                        self.error(
                            Diagnostic::error("", span, format!("`{name}!` gives an expression"))
                                .primary("an expression cannot stand here"),
                        );
                    }
                }
                None
            }
        }
    }

    /// Expands a call and gives the tokens to `f`, in which further calls count as nested.
    fn expand<R>(
        &mut self,
        expander: &Expander,
        mac: &syn::Macro,
        f: impl FnOnce(&mut Self, TokenStream) -> Option<R>,
    ) -> Option<R> {
        let span = self.call_span_of(mac);
        // Past a limit nothing expands any more: a macro that doubles itself would report forever.
        if self.expansions > EXPANSION_LIMIT {
            return None;
        }
        self.expansions += 1;
        if self.expansion_depth >= RECURSION_LIMIT || self.expansions > EXPANSION_LIMIT {
            self.expansions = EXPANSION_LIMIT + 1;
            let name = match expander {
                Expander::Rules(rules) => rules.name,
                Expander::CfgSelect => Symbol::intern("cfg_select"),
            };
            self.error(
                Diagnostic::error("", span, format!("recursion limit reached while expanding `{name}!`"))
                    .note(format!("macros may nest {RECURSION_LIMIT} deep")),
            );
            return None;
        }
        self.in_call(span, |cx| {
            let tokens = match expander {
                Expander::Rules(rules) => cx.transcribe_call(rules, mac, call_tokens(mac))?,
                Expander::CfgSelect => cx.selected_arm(&mac.tokens, span)?,
            };
            if nesting::too_deep(&tokens).is_some() {
                cx.error(unsupported::too_deep(span));
                return None;
            }
            cx.expansion_depth += 1;
            let result = f(cx, tokens);
            cx.expansion_depth -= 1;
            result
        })
    }

    /// Runs `f` with `span` as the place of what has none.
    fn in_call<R>(&mut self, span: Span, f: impl FnOnce(&mut Self) -> R) -> R {
        let outer = self.call_span;
        self.call_span = Some(outer.unwrap_or(span));
        let result = f(self);
        self.call_span = outer;
        result
    }

    /// Parses all of the tokens; reports what is wrong.
    fn parse_all<P: Parser>(&mut self, tokens: TokenStream, parser: P) -> Option<P::Output> {
        match parser.parse2(tokens) {
            Ok(parsed) => Some(parsed),
            Err(error) => {
                self.syntax_error(&error);
                None
            }
        }
    }
}

/// From the name of the macro to its closing delimiter.
fn call_tokens(mac: &syn::Macro) -> TokenSpan {
    let end = mac.delimiter.span().close();
    match mac.path.segments.first() {
        Some(segment) => segment.ident.span().join(end).unwrap_or_else(|| segment.ident.span()),
        None => end,
    }
}
