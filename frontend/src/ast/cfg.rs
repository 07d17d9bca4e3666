//! Attributes: `cfg`, `cfg_attr`, `derive`, and those that matter later.
//!
//! `cfg` is that of rustc for x86-64 Linux, with debug assertions and no features, whatever the machine.

use proc_macro2::{TokenStream, TokenTree};

use super::cx::Cx;
use super::expand::mark;
use super::{syntax::Attrs, unsupported};
use crate::diag::Diagnostic;
use crate::source::Span;
use crate::symbol::Symbol;

/// Attributes of an item.
#[derive(Default)]
pub(super) struct Attributes {
    /// Those that matter later.
    pub kept: Attrs,
    /// Derived traits.
    pub derives: Vec<(Symbol, Span)>,
    pub macro_use: bool,
    pub macro_export: bool,
    /// `#[path = "…"]`
    pub path: Option<String>,
    /// `#[default]` on a variant.
    pub default: bool,
}

/// Attributes that say nothing to us.
const IGNORED: &[&str] = &[
    "allow",
    "warn",
    "deny",
    "forbid",
    "expect",
    "doc",
    "cold",
    "non_exhaustive",
    "automatically_derived",
    "deprecated",
    "recursion_limit",
    "no_std",
    "no_core",
    "no_main",
    "feature",
    "type_length_limit",
    "crate_type",
    "crate_name",
    "debugger_visualizer",
    "diagnostic::on_unimplemented",
    "diagnostic::do_not_recommend",
    "stable",
    "unstable",
    "rustc_const_stable",
    "coverage",
    "optimize",
    "no_implicit_prelude",
    "fundamental",
    "bench",
];

/// Attributes that would change linking.
const LINKING: &[&str] = &[
    "no_mangle",
    "export_name",
    "link_section",
    "link",
    "link_name",
    "global_allocator",
    "panic_handler",
    "naked",
];

impl Cx<'_> {
    /// What the attributes say; `None` if `cfg` removes what they are on.
    pub fn attributes(&mut self, attrs: &[syn::Attribute]) -> Option<Attributes> {
        let mut out = Attributes::default();
        for attr in attrs {
            let span = self.span(attr.pound_token.span).to(self.span(attr.bracket_token.span.close()));
            if !self.attribute(&attr.meta, span, &mut out) {
                return None;
            }
        }
        Some(out)
    }

    /// Whether `cfg` keeps what these attributes are on.
    pub fn is_configured(&mut self, attrs: &[syn::Attribute]) -> bool {
        attrs.is_empty() || self.attributes(attrs).is_some()
    }

    fn attribute(&mut self, meta: &syn::Meta, span: Span, out: &mut Attributes) -> bool {
        let segments: Vec<String> =
            meta.path().segments.iter().map(|s| mark::decode(&s.ident.to_string()).0.to_string()).collect();
        let name = segments.join("::");
        let arguments = match meta {
            syn::Meta::List(list) => Some(list.tokens.clone()),
            _ => None,
        };
        match name.as_str() {
            "cfg" => return self.cfg(&arguments.unwrap_or_default(), span),
            "cfg_attr" => return self.cfg_attr(arguments.unwrap_or_default(), span, out),
            "derive" => self.derive_list(arguments.unwrap_or_default(), out),
            "lang" => out.kept.lang = self.meta_string(meta),
            "skeleton" => out.kept.skeleton = self.meta_string(meta),
            "wrapping_arithmetic" => out.kept.wrapping_arithmetic = true,
            "path" => out.path = self.meta_string(meta).map(|s| s.as_str().to_string()),
            "track_caller" => out.kept.track_caller = true,
            "must_use" => out.kept.must_use = true,
            "inline" => {
                let how = arguments.map(|t| mark::decode_text(&t.to_string()));
                out.kept.inline = match how.as_deref() {
                    Some("always") => 2,
                    Some("never") => -1,
                    _ => 1,
                };
            }
            "repr" => {
                let list = arguments.map(|t| mark::decode_text(&t.to_string())).unwrap_or_default();
                for part in list.split(',').map(str::trim) {
                    out.kept.repr_c |= part == "C";
                    out.kept.repr_int = out.kept.repr_int.or(integer_named(part));
                    let align = part.strip_prefix("align").map(|n| n.trim_matches(|c| "() ".contains(c)));
                    out.kept.repr_align = out.kept.repr_align.or(align.and_then(|n| n.parse().ok()));
                }
            }
            "test" => {
                if !self.options.cfg_test {
                    return false;
                }
                out.kept.test = true;
            }
            "should_panic" => {
                // `#[should_panic = "…"]` and `#[should_panic(expected = "…")]` say the same.
                let expected = arguments.and_then(|tokens| {
                    let meta: syn::MetaNameValue = syn::parse2(tokens).ok()?;
                    self.meta_string(&syn::Meta::NameValue(meta))
                });
                out.kept.should_panic = Some(expected.or_else(|| self.meta_string(meta)));
            }
            "ignore" => out.kept.ignore = Some(self.meta_string(meta)),
            "macro_use" => out.macro_use = true,
            "macro_export" => out.macro_export = true,
            "default" => out.default = true,
            name if LINKING.contains(&name) || name == "unsafe" => {
                self.refuse_in_user_crate(unsupported::linking_attribute(span, name));
            }
            name if IGNORED.contains(&name) || segments.len() > 1 || name.starts_with("rustc_") => {}
            name => self.diag.emit(
                Diagnostic::warning("", span, format!("unknown attribute `{name}`"))
                    .primary("ignored")
                    .note("other crates and procedural macros are not available"),
            ),
        }
        true
    }

    /// The string of `name = "…"`.
    fn meta_string(&mut self, meta: &syn::Meta) -> Option<Symbol> {
        let syn::Meta::NameValue(pair) = meta else { return None };
        self.string_of(&pair.value).map(|s| Symbol::intern(&s.text))
    }

    fn derive_list(&mut self, tokens: TokenStream, out: &mut Attributes) {
        let parser = syn::punctuated::Punctuated::<syn::Path, syn::Token![,]>::parse_terminated;
        match syn::parse::Parser::parse2(parser, tokens) {
            Ok(paths) => {
                for path in &paths {
                    if let Some(last) = path.segments.last() {
                        let ident = self.ident(&last.ident);
                        out.derives.push((ident.name, ident.span));
                    }
                }
            }
            Err(error) => {
                self.syntax_error(&error);
            }
        }
    }

    fn cfg_attr(&mut self, tokens: TokenStream, span: Span, out: &mut Attributes) -> bool {
        let mut parts = split_commas(tokens).into_iter();
        let condition: TokenStream = parts.next().unwrap_or_default().into_iter().collect();
        if !self.cfg(&condition, span) {
            return true;
        }
        parts.filter(|part| !part.is_empty()).all(|part| {
            match syn::parse2::<syn::Meta>(part.into_iter().collect()) {
                Ok(meta) => self.attribute(&meta, span, out),
                Err(error) => {
                    self.syntax_error(&error);
                    true
                }
            }
        })
    }

    /// Evaluates the predicate of `cfg`.
    pub fn cfg(&mut self, tokens: &TokenStream, span: Span) -> bool {
        let mut parts: Vec<Vec<TokenTree>> = split_commas(tokens.clone());
        parts.retain(|part| !part.is_empty());
        if parts.len() != 1 {
            let message = if parts.is_empty() {
                "`cfg` predicate is not specified"
            } else {
                "multiple `cfg` predicates are specified"
            };
            self.error(Diagnostic::error("E0536", span, message));
            return true;
        }
        self.predicate(&parts[0], span)
    }

    fn predicate(&mut self, tokens: &[TokenTree], span: Span) -> bool {
        let word = |token: &TokenTree| match token {
            TokenTree::Ident(ident) => mark::decode(&ident.to_string()).0.to_string(),
            _ => String::new(),
        };
        match tokens {
            [name] => match word(name).as_str() {
                "test" => self.options.cfg_test,
                "debug_assertions" | "unix" | "overflow_checks" | "true" => true,
                _ => false,
            },
            [name, TokenTree::Punct(eq), TokenTree::Literal(value)] if eq.as_char() == '=' => {
                let value = mark::decode_text(&value.to_string());
                let value = value.trim_matches('"');
                match word(name).as_str() {
                    "target_os" => value == "linux",
                    "target_family" => value == "unix",
                    "target_arch" => value == "x86_64",
                    "target_pointer_width" => value == "64",
                    "target_endian" => value == "little",
                    "target_env" => value == "gnu",
                    "target_vendor" => value == "unknown",
                    "target_has_atomic" => matches!(value, "8" | "16" | "32" | "64" | "ptr"),
                    "panic" => value == "abort",
                    _ => false,
                }
            }
            [name, TokenTree::Group(group)] => {
                let parts = split_commas(group.stream());
                let mut parts = parts.iter().filter(|part| !part.is_empty());
                match word(name).as_str() {
                    "not" => !parts.next().is_some_and(|part| self.predicate(part, span)),
                    "all" => parts.all(|part| self.predicate(part, span)),
                    "any" => parts.any(|part| self.predicate(part, span)),
                    other => {
                        self.error(Diagnostic::error("E0537", span, format!("invalid predicate `{other}`")));
                        false
                    }
                }
            }
            _ => {
                self.error(Diagnostic::error("", span, "invalid `cfg` predicate"));
                false
            }
        }
    }
}

/// The parts of a list separated by commas.
pub(super) fn split_commas(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut parts = vec![Vec::new()];
    for token in tokens {
        match &token {
            TokenTree::Punct(p) if p.as_char() == ',' => parts.push(Vec::new()),
            _ => {
                if let Some(part) = parts.last_mut() {
                    part.push(token);
                }
            }
        }
    }
    parts
}

/// The primitive integer type of this name.
fn integer_named(name: &str) -> Option<crate::hir::PrimTy> {
    use crate::hir::PrimTy;
    use crate::ty::{IntTy, UintTy};
    let signed = [IntTy::I8, IntTy::I16, IntTy::I32, IntTy::I64, IntTy::I128, IntTy::Isize];
    let unsigned = [UintTy::U8, UintTy::U16, UintTy::U32, UintTy::U64, UintTy::U128, UintTy::Usize];
    let signed = signed.into_iter().find(|t| t.name() == name).map(PrimTy::Int);
    signed.or_else(|| unsigned.into_iter().find(|t| t.name() == name).map(PrimTy::Uint))
}
