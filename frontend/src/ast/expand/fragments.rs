//! Fragments: what `$x:expr` and its like accept, and how they are written out again.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use syn::parse::{Parse, ParseStream, Parser};

use super::macro_rules::token_len;
use super::mark;

/// Kinds of fragments.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FragmentKind {
    Ident,
    Lifetime,
    Literal,
    Tt,
    Block,
    Vis,
    Expr,
    Ty,
    Pat,
    PatParam,
    Path,
    Stmt,
    Item,
    Meta,
}

/// What a variable stands for.
#[derive(Clone, Debug)]
pub struct Fragment {
    /// Its tokens, grouped if they must stay together.
    pub tokens: Vec<TokenTree>,
    /// A type that must be written `<T>` before `::`.
    pub needs_brackets: bool,
}

impl FragmentKind {
    /// The kind of this name.
    pub fn of(name: &str) -> Option<FragmentKind> {
        Some(match name {
            "ident" => FragmentKind::Ident,
            "lifetime" => FragmentKind::Lifetime,
            "literal" => FragmentKind::Literal,
            "tt" => FragmentKind::Tt,
            "block" => FragmentKind::Block,
            "vis" => FragmentKind::Vis,
            "expr" | "expr_2021" => FragmentKind::Expr,
            "ty" => FragmentKind::Ty,
            "pat" => FragmentKind::Pat,
            "pat_param" => FragmentKind::PatParam,
            "path" => FragmentKind::Path,
            "stmt" => FragmentKind::Stmt,
            "item" => FragmentKind::Item,
            "meta" => FragmentKind::Meta,
            _ => return None,
        })
    }

    /// The fragment at the start of these tokens and how many of them it takes.
    pub fn take(self, tokens: &[TokenTree]) -> Option<(Fragment, usize)> {
        let plain =
            |len: usize| Some((Fragment { tokens: tokens[..len].to_vec(), needs_brackets: false }, len));
        // What was captured by a macro around this one is one token.
        let first = tokens.first();
        match self {
            FragmentKind::Tt => plain(token_len_opt(tokens)?),
            FragmentKind::Ident => match first? {
                TokenTree::Ident(ident) if *ident != "_" => plain(1),
                _ => None,
            },
            FragmentKind::Lifetime => match tokens {
                [TokenTree::Punct(p), TokenTree::Ident(_), ..] if p.as_char() == '\'' => plain(2),
                _ => None,
            },
            FragmentKind::Literal => match tokens {
                [TokenTree::Literal(_), ..] => plain(1),
                [TokenTree::Ident(word), ..] if word == "true" || word == "false" => plain(1),
                [TokenTree::Punct(p), TokenTree::Literal(_), ..] if p.as_char() == '-' => plain(2),
                _ => None,
            },
            FragmentKind::Block => match first? {
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => plain(1),
                TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
                    let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                    let block = matches!(inner.as_slice(), [TokenTree::Group(g)] if g.delimiter() == Delimiter::Brace);
                    block.then(|| (Fragment { tokens: inner, needs_brackets: false }, 1))
                }
                _ => None,
            },
            FragmentKind::Vis => match tokens {
                [TokenTree::Ident(word), ..] if word == "pub" => {
                    let (_, len) = parse_prefix(tokens, syn::Visibility::parse)?;
                    plain(len)
                }
                _ => plain(0),
            },
            FragmentKind::Expr => {
                if is_lone_operand(tokens) {
                    return plain(1);
                }
                if matches!(first?, TokenTree::Ident(word) if word == "let") {
                    return None;
                }
                let (expr, len) = parse_prefix(tokens, syn::Expr::parse)?;
                let mut fragment = Fragment { tokens: tokens[..len].to_vec(), needs_brackets: false };
                if !is_atom(&expr) {
                    fragment.tokens = vec![none_group(fragment.tokens)];
                }
                Some((fragment, len))
            }
            FragmentKind::Ty => {
                if matches!(first?, TokenTree::Ident(word) if mark::is_markable(&word.to_string()))
                    && ends_list_element(tokens)
                {
                    return plain(1);
                }
                let (ty, len) = parse_prefix(tokens, syn::Type::parse)?;
                let mut fragment = Fragment { tokens: tokens[..len].to_vec(), needs_brackets: false };
                match &ty {
                    syn::Type::Path(path) => {
                        let plain =
                            path.qself.is_none() && path.path.segments.iter().all(|s| s.arguments.is_none());
                        fragment.needs_brackets = !plain;
                    }
                    syn::Type::Group(_) => fragment.needs_brackets = true,
                    _ => {
                        fragment.needs_brackets = true;
                        fragment.tokens = vec![none_group(fragment.tokens)];
                    }
                }
                Some((fragment, len))
            }
            FragmentKind::Pat => {
                let (pat, len) = parse_prefix(tokens, syn::Pat::parse_multi_with_leading_vert)?;
                let mut fragment = Fragment { tokens: tokens[..len].to_vec(), needs_brackets: false };
                if matches!(pat, syn::Pat::Or(_)) {
                    let span = fragment.tokens[0].span();
                    let mut group = Group::new(Delimiter::Parenthesis, fragment.tokens.into_iter().collect());
                    group.set_span(span);
                    fragment.tokens = vec![group.into()];
                }
                Some((fragment, len))
            }
            FragmentKind::PatParam => plain(parse_prefix(tokens, syn::Pat::parse_single)?.1),
            FragmentKind::Path => plain(parse_prefix(tokens, syn::Path::parse)?.1),
            FragmentKind::Item => plain(parse_prefix(tokens, syn::Item::parse)?.1),
            FragmentKind::Meta => plain(parse_prefix(tokens, syn::Meta::parse)?.1),
            FragmentKind::Stmt => plain(statement_len(tokens)?),
        }
    }
}

/// Whether the second tree ends an element of a list, or there is none.
fn ends_list_element(tokens: &[TokenTree]) -> bool {
    match tokens.get(1) {
        None => true,
        Some(TokenTree::Punct(p)) => matches!(p.as_char(), ',' | ';'),
        Some(_) => false,
    }
}

/// Whether the expression is one name or literal; what needs no parser most often.
fn is_lone_operand(tokens: &[TokenTree]) -> bool {
    let operand = match tokens.first() {
        Some(TokenTree::Literal(_)) => true,
        Some(TokenTree::Ident(word)) => mark::is_markable(&word.to_string()),
        _ => false,
    };
    operand && ends_list_element(tokens)
}

fn token_len_opt(tokens: &[TokenTree]) -> Option<usize> {
    (!tokens.is_empty()).then(|| token_len(tokens))
}

/// A statement without its semicolon.
fn statement_len(tokens: &[TokenTree]) -> Option<usize> {
    parse_prefix(tokens, open_let)
        .or_else(|| parse_prefix(tokens, syn::Item::parse).map(|(_, len)| ((), len)))
        .map(|(_, len)| len)
        .or_else(|| parse_prefix(tokens, syn::Expr::parse).map(|(_, len)| len))
}

/// A `let` without its semicolon.
fn open_let(input: ParseStream<'_>) -> syn::Result<()> {
    input.call(syn::Attribute::parse_outer)?;
    input.parse::<syn::Token![let]>()?;
    syn::Pat::parse_single(input)?;
    if input.peek(syn::Token![:]) {
        input.parse::<syn::Token![:]>()?;
        input.parse::<syn::Type>()?;
    }
    if input.peek(syn::Token![=]) {
        input.parse::<syn::Token![=]>()?;
        input.parse::<syn::Expr>()?;
        if input.peek(syn::Token![else]) {
            input.parse::<syn::Token![else]>()?;
            input.parse::<syn::Block>()?;
        }
    }
    Ok(())
}

/// Parses as much as the parser takes and says how many trees that was.
fn parse_prefix<T>(
    tokens: &[TokenTree],
    parser: fn(ParseStream<'_>) -> syn::Result<T>,
) -> Option<(T, usize)> {
    // Long lists are matched element by element: a window keeps that from being quadratic. A parser that stops well
    // before the end of the window would stop there in the whole input too.
    const WINDOW: usize = 64;
    const LOOKAHEAD: usize = 4;
    let attempt = |tokens: &[TokenTree]| {
        let whole = |input: ParseStream<'_>| {
            let parsed = parser(input)?;
            let rest: TokenStream = input.parse()?;
            Ok((parsed, rest.into_iter().count()))
        };
        let (parsed, rest) = whole.parse2(tokens.iter().cloned().collect()).ok()?;
        Some((parsed, tokens.len().saturating_sub(rest)))
    };
    if tokens.len() > WINDOW
        && let Some((parsed, len)) = attempt(&tokens[..WINDOW])
        && len + LOOKAHEAD < WINDOW
    {
        return Some((parsed, len));
    }
    attempt(tokens)
}

/// Whether the tokens of this expression stay together wherever they are put.
fn is_atom(expr: &syn::Expr) -> bool {
    match expr {
        syn::Expr::Lit(_)
        | syn::Expr::Paren(_)
        | syn::Expr::Tuple(_)
        | syn::Expr::Array(_)
        | syn::Expr::Group(_) => true,
        syn::Expr::Path(path) => {
            path.qself.is_none() && path.path.segments.iter().all(|s| s.arguments.is_none())
        }
        syn::Expr::Macro(call) => !matches!(call.mac.delimiter, syn::MacroDelimiter::Brace(_)),
        _ => false,
    }
}

fn none_group(tokens: Vec<TokenTree>) -> TokenTree {
    let span = tokens.first().map_or_else(proc_macro2::Span::call_site, TokenTree::span);
    let mut group = Group::new(Delimiter::None, tokens.into_iter().collect());
    group.set_span(span);
    group.into()
}

/// Whether two leaves are the same token, marks aside.
pub fn same_token(a: &TokenTree, b: &TokenTree) -> bool {
    match (a, b) {
        (TokenTree::Punct(a), TokenTree::Punct(b)) => a.as_char() == b.as_char(),
        (TokenTree::Ident(a), TokenTree::Ident(b)) => {
            a == b || mark::decode_text(&a.to_string()) == mark::decode_text(&b.to_string())
        }
        (TokenTree::Literal(a), TokenTree::Literal(b)) => {
            mark::decode_text(&a.to_string()) == mark::decode_text(&b.to_string())
        }
        _ => false,
    }
}
