//! Literals, and strings that a macro needs while it expands.

use std::rc::Rc;

use proc_macro2::Span as TokenSpan;

use crate::ast::cx::Cx;
use crate::ast::expand::mark;
use crate::ast::syntax::*;
use crate::ast::unsupported;
use crate::diag::Diagnostic;
use crate::hir::PrimTy;
use crate::source::Span;
use crate::symbol::Symbol;
use crate::ty::{FloatTy, IntTy, UintTy};

/// A string known while macros expand.
pub(in crate::ast) struct Text {
    /// Its value.
    pub text: String,
    /// The literal or macro call it comes from.
    pub span: Span,
    /// Mark of the names in it, if it is a format string.
    pub ctxt: u32,
}

fn int_suffix(suffix: &str) -> Option<PrimTy> {
    Some(match suffix {
        "i8" => PrimTy::Int(IntTy::I8),
        "i16" => PrimTy::Int(IntTy::I16),
        "i32" => PrimTy::Int(IntTy::I32),
        "i64" => PrimTy::Int(IntTy::I64),
        "i128" => PrimTy::Int(IntTy::I128),
        "isize" => PrimTy::Int(IntTy::Isize),
        "u8" => PrimTy::Uint(UintTy::U8),
        "u16" => PrimTy::Uint(UintTy::U16),
        "u32" => PrimTy::Uint(UintTy::U32),
        "u64" => PrimTy::Uint(UintTy::U64),
        "u128" => PrimTy::Uint(UintTy::U128),
        "usize" => PrimTy::Uint(UintTy::Usize),
        _ => return None,
    })
}

impl Cx<'_> {
    /// The place of a literal.
    pub fn lit_span(&self, lit: &syn::Lit) -> Span {
        self.span(lit_token_span(lit))
    }

    /// A literal without its sign ([`is_negated`]); `None` if it is wrong, which was reported.
    pub fn literal(&mut self, lit: &syn::Lit) -> Option<Lit> {
        let span = self.lit_span(lit);
        let suffix = lit.suffix().to_string();
        let plain = suffix.is_empty() || mark::decode_suffix(&suffix).is_some();
        let takes_suffix = matches!(lit, syn::Lit::Int(_) | syn::Lit::Float(_));
        if !plain && !takes_suffix {
            self.error(
                Diagnostic::error("", span, format!("suffixes on this literal are invalid: `{suffix}`"))
                    .primary(format!("invalid suffix `{suffix}`")),
            );
            return None;
        }
        Some(match lit {
            syn::Lit::Str(s) => Lit::Str(Symbol::intern(&s.value())),
            syn::Lit::ByteStr(s) => Lit::ByteStr(Rc::from(s.value())),
            syn::Lit::Byte(b) => Lit::Int(u128::from(b.value()), Some(PrimTy::Uint(UintTy::U8))),
            syn::Lit::Char(c) => Lit::Char(c.value()),
            syn::Lit::Bool(b) => Lit::Bool(b.value),
            syn::Lit::Int(int) => {
                return self.int_literal(int.base10_digits().trim_start_matches('-'), &suffix, span);
            }
            syn::Lit::Float(float) => {
                return self.float_literal(float.base10_digits().trim_start_matches('-'), &suffix, span);
            }
            syn::Lit::CStr(_) => {
                self.error(unsupported::c_string(span));
                return None;
            }
            _ => {
                self.error(Diagnostic::error("", span, "invalid literal"));
                return None;
            }
        })
    }

    fn int_literal(&mut self, digits: &str, suffix: &str, span: Span) -> Option<Lit> {
        if matches!(suffix, "f32" | "f64") {
            return self.float_literal(digits, suffix, span);
        }
        let Ok(value) = digits.parse() else {
            self.error(unsupported::too_large(span));
            return None;
        };
        let ty = int_suffix(suffix);
        if ty.is_none() && !suffix.is_empty() {
            self.error(
                Diagnostic::error("", span, format!("invalid suffix `{suffix}` for number literal"))
                    .primary(format!("invalid suffix `{suffix}`"))
                    .help("the suffix must be one of the numeric types (`u32`, `isize`, `f32`, etc.)"),
            );
            return None;
        }
        Some(Lit::Int(value, ty))
    }

    fn float_literal(&mut self, digits: &str, suffix: &str, span: Span) -> Option<Lit> {
        let ty = match suffix {
            "" => None,
            "f32" => Some(FloatTy::F32),
            "f64" => Some(FloatTy::F64),
            _ => {
                self.error(
                    Diagnostic::error("", span, format!("invalid suffix `{suffix}` for float literal"))
                        .primary(format!("invalid suffix `{suffix}`"))
                        .help("valid suffixes are `f32` and `f64`"),
                );
                return None;
            }
        };
        Some(Lit::Float(Symbol::intern(digits), ty))
    }

    /// The string that this expression is known to be: a literal, or a macro call that gives one.
    pub fn string_of(&mut self, expr: &syn::Expr) -> Option<Text> {
        match expr {
            syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(s), .. }) => {
                let ctxt = mark::decode_suffix(s.suffix()).unwrap_or(0);
                Some(Text { text: s.value(), span: self.span(s.span()), ctxt })
            }
            syn::Expr::Group(group) => self.string_of(&group.expr),
            syn::Expr::Paren(paren) => self.string_of(&paren.expr),
            syn::Expr::Macro(_) => {
                let (lit, span) = self.known_literal(expr)?;
                match lit {
                    Lit::Str(text) => Some(Text { text: text.as_str().to_string(), span, ctxt: 0 }),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// The literal that this expression is known to be, for `concat!` and format strings.
    pub fn known_literal(&mut self, expr: &syn::Expr) -> Option<(Lit, Span)> {
        match expr {
            syn::Expr::Lit(lit) => Some((self.literal(&lit.lit)?, self.lit_span(&lit.lit))),
            syn::Expr::Group(group) => self.known_literal(&group.expr),
            syn::Expr::Paren(paren) => self.known_literal(&paren.expr),
            syn::Expr::Macro(call) => {
                let expr = self.macro_expr(&call.mac);
                match expr.kind {
                    ExprKind::Lit(lit) => Some((lit, expr.span)),
                    _ => None,
                }
            }
            _ => None,
        }
    }
}

/// Whether a minus was taken into the literal, as in patterns.
pub(super) fn is_negated(lit: &syn::Lit) -> bool {
    match lit {
        syn::Lit::Int(int) => int.base10_digits().starts_with('-'),
        syn::Lit::Float(float) => float.base10_digits().starts_with('-'),
        _ => false,
    }
}

/// The token of a literal.
pub(in crate::ast) fn lit_token_span(lit: &syn::Lit) -> TokenSpan {
    lit.span()
}
