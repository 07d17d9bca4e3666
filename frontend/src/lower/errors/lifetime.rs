//! Lifetimes that do not live long enough: E0309, E0310, E0521, E0621, and those without a code.

use crate::borrowck::constraints::Category;
use crate::borrowck::context::BorrowCx;
use crate::diag::Diagnostic;
use crate::hir::PatKind;
use crate::source::Span;

/// One given lifetime must outlive another and is not known to.
pub struct TooShort<'a> {
    /// The code that needs it.
    pub span: Span,
    /// Why.
    pub category: Category,
    /// The one that should be longer, in quotes.
    pub longer: &'a str,
    /// The other.
    pub shorter: &'a str,
}

impl TooShort<'_> {
    /// The message.
    pub fn diagnostic(&self) -> Diagnostic {
        let Self { span, category, longer, shorter } = *self;
        let what = match category {
            Category::Return => "function was supposed to return data with lifetime",
            Category::CallArgument => "argument requires that",
            Category::Assignment => "assignment requires that",
            Category::Unsize => "coercion requires that",
            Category::Annotation => "type annotation requires that",
            _ => "requires that",
        };
        let label = if category == Category::Return {
            format!("{what} {shorter} but it is returning data with lifetime {longer}")
        } else {
            format!("{what} {longer} must outlive {shorter}")
        };
        Diagnostic::error("", span, "lifetime may not live long enough").primary(label).help(format!(
            "consider adding the bound `{}: {}`",
            longer.trim_matches('`'),
            shorter.trim_matches('`')
        ))
    }
}

/// E0621: a parameter's type should name a lifetime.
pub struct Required<'a> {
    /// The code that needs it.
    pub span: Span,
    /// The parameter.
    pub name: &'a str,
    /// The lifetime, in quotes.
    pub region: &'a str,
    /// The parameter's declaration.
    pub ty: Span,
}

impl Required<'_> {
    /// The message.
    pub fn diagnostic(&self) -> Diagnostic {
        let Self { span, name, region, ty } = *self;
        Diagnostic::error("E0621", span, format!("explicit lifetime required in the type of `{name}`"))
            .primary(format!("lifetime {region} required"))
            .label(ty, format!("add explicit lifetime {region} to the type of `{name}`"))
    }
}

/// E0521: a parameter's data goes where it must live for `'static`.
pub struct Escapes<'a> {
    /// The code that lets it go.
    pub span: Span,
    /// The parameter.
    pub name: &'a str,
    /// Its declaration.
    pub at: Span,
}

impl Escapes<'_> {
    /// The message.
    pub fn diagnostic(&self) -> Diagnostic {
        let Self { span, name, at } = *self;
        Diagnostic::error("E0521", span, "borrowed data escapes outside of function")
            .primary(format!("`{name}` escapes the function body here"))
            .label(at, format!("`{name}` is a reference that is only valid in the function body"))
    }
}

/// E0521: what a closure is called with goes where it must live longer than the call.
pub struct EscapesClosure {
    /// The code that lets it go.
    pub span: Span,
}

impl EscapesClosure {
    /// The message.
    pub fn diagnostic(&self) -> Diagnostic {
        Diagnostic::error("E0521", self.span, "borrowed data escapes outside of closure")
            .primary("a reference that is only valid in the closure body escapes it here")
    }
}

/// A closure gives away a reference to what it owns.
pub struct CapturedEscapes {
    /// The value given away.
    pub span: Span,
}

impl CapturedEscapes {
    /// The message.
    pub fn diagnostic(&self) -> Diagnostic {
        Diagnostic::error("", self.span, "captured variable cannot escape closure body")
            .primary("returns a reference to a captured variable which escapes the closure body")
            .note("closures may not return references to what they captured by value or borrowed exclusively")
    }
}

/// E0309, E0310: a type parameter may hold references that do not live long enough.
pub struct Parameter<'a> {
    /// The code that needs it.
    pub span: Span,
    /// The parameter.
    pub name: &'a str,
    /// What it must outlive, in quotes.
    pub region: &'a str,
    /// Whether that is `'static`.
    pub is_static: bool,
}

impl Parameter<'_> {
    /// The message.
    pub fn diagnostic(&self) -> Diagnostic {
        let Self { span, name, region, is_static } = *self;
        let code = if is_static { "E0310" } else { "E0309" };
        Diagnostic::error(code, span, format!("the parameter type `{name}` may not live long enough"))
            .primary(format!("the parameter type `{name}` must be valid for {region}"))
            .help(format!(
                "consider adding an explicit lifetime bound: `{name}: {}`",
                region.trim_matches('`')
            ))
    }
}

/// The name of a parameter, if it is a plain one.
pub fn parameter_name(b: &BorrowCx<'_, '_>, number: usize) -> Option<String> {
    let hir = b.cx.hir;
    let pat = *hir.params.get(number.checked_sub(1)?)?;
    match &hir.pats[pat].kind {
        PatKind::Binding { local, .. } => Some(hir.locals[*local].name.as_str().to_string()),
        _ => None,
    }
}

/// E0700: what an `impl Trait` hides holds a lifetime that its bounds do not give it.
pub struct HiddenCapture {
    /// The value.
    pub span: Span,
}

impl HiddenCapture {
    /// The message.
    pub fn diagnostic(&self) -> Diagnostic {
        let message = "hidden type for `impl Trait` captures lifetime that does not appear in bounds";
        Diagnostic::error("E0700", self.span, message)
            .primary("this value holds it")
            .help("name the lifetime in the bounds: `+ 'a`, or in `use<'a>`")
    }
}
