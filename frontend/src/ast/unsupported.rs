//! What Rust has and we do not accept: one constructor for each code, with what to do instead.

use crate::diag::Diagnostic;
use crate::source::Span;

/// Every code of this module with what it refuses, for `--explain` and the documentation.
pub const TABLE: &[(&str, &str)] = &[
    ("C0001", "`unsafe` code"),
    ("C0002", "mutable statics"),
    ("C0003", "`async` and `await`"),
    ("C0004", "raw pointers"),
    ("C0005", "unions"),
    ("C0006", "foreign functions and ABIs"),
    ("C0007", "inline assembly"),
    ("C0008", "the environment of the compiler (`env!`)"),
    ("C0009", "thread-local variables"),
    ("C0010", "unstable syntax"),
    ("C0011", "other crates and procedural macros"),
    ("C0012", "textual inclusion (`include!`)"),
    ("C0013", "input nested too deeply"),
    ("C0014", "C string literals"),
    ("C0015", "attributes that change linking or allocation"),
    ("C0016", "structs that end in a trait object aligned to 16 bytes"),
];

fn refuse(code: &'static str, span: Span, what: &str, label: &str, help: &str) -> Diagnostic {
    Diagnostic::error(code, span, format!("{what} is not supported")).primary(label).help(help)
}

/// C0001: `unsafe` blocks, functions, traits and impls.
pub fn unsafe_code(span: Span) -> Diagnostic {
    refuse(
        "C0001",
        span,
        "`unsafe` code",
        "a task cannot be moved if its memory is not checked",
        "write it with references, slices and `Vec`",
    )
}

/// C0002: `static mut`.
pub fn mutable_static(span: Span) -> Diagnostic {
    refuse(
        "C0002",
        span,
        "a mutable static",
        "tasks share no memory",
        "pass the value as an argument and return the new one",
    )
}

/// C0003: `async`, `.await`.
pub fn asynchronous(span: Span) -> Diagnostic {
    refuse(
        "C0003",
        span,
        "`async` code",
        "programs are written sequentially",
        "call the function directly: independent calls run as tasks of their own",
    )
}

/// C0004: `*const T`, `*mut T`, `&raw`.
pub fn raw_pointer(span: Span) -> Diagnostic {
    refuse(
        "C0004",
        span,
        "a raw pointer",
        "an address means nothing in another task",
        "use a reference or an index",
    )
}

/// C0005: `union`.
pub fn union(span: Span) -> Diagnostic {
    refuse("C0005", span, "a union", "its fields overlap", "use an `enum`")
}

/// C0006: `extern` blocks, `extern "C" fn`, variadic functions.
pub fn foreign(span: Span) -> Diagnostic {
    refuse(
        "C0006",
        span,
        "a foreign function",
        "there is nothing to link it with",
        "write the function in the program itself",
    )
}

/// C0007: `asm!`.
pub fn assembly(span: Span) -> Diagnostic {
    refuse(
        "C0007",
        span,
        "inline assembly",
        "one program is compiled for several machines",
        "write it in Rust",
    )
}

/// C0008: `env!`, `option_env!`.
pub fn environment(span: Span) -> Diagnostic {
    refuse(
        "C0008",
        span,
        "the environment of the compiler",
        "the same source must give the same program",
        "write the value as a constant or read it from the input",
    )
}

/// C0009: `thread_local!`.
pub fn thread_local(span: Span) -> Diagnostic {
    refuse("C0009", span, "a thread-local variable", "tasks are not threads", "pass the value as an argument")
}

/// C0010: syntax that stable Rust does not have either.
pub fn unstable(span: Span, what: &str) -> Diagnostic {
    Diagnostic::error("C0010", span, format!("{what} is not supported"))
        .primary("not part of stable Rust, or not accepted here")
        .help("write it with stable syntax")
}

/// C0011: a crate or macro that is not there.
pub fn other_crate(span: Span, name: &str) -> Diagnostic {
    Diagnostic::error("C0011", span, format!("the crate `{name}` is not available"))
        .primary("a program is a package without dependencies")
        .help("copy what you need into a module of the program")
}

/// C0012: `include!`, `include_bytes!`.
pub fn inclusion(span: Span, name: &str) -> Diagnostic {
    Diagnostic::error("C0012", span, format!("`{name}!` is not supported"))
        .primary("files are read as modules or as text only")
        .help("use `mod name;` for code and `include_str!` for text")
}

/// C0013: nested too deeply.
pub fn too_deep(span: Span) -> Diagnostic {
    Diagnostic::error("C0013", span, "this is nested too deeply")
        .primary("the limit of nesting is reached here")
        .help("give parts of it names with `let` or functions")
}

/// An integer that no type has.
pub fn too_large(span: Span) -> Diagnostic {
    Diagnostic::error("", span, "integer literal is too large")
        .note("value exceeds limit of `340282366920938463463374607431768211455`")
}

/// C0014: `c"…"`.
pub fn c_string(span: Span) -> Diagnostic {
    refuse(
        "C0014",
        span,
        "a C string literal",
        "there is no foreign code to pass it to",
        "use a `\"…\"` literal",
    )
}

/// C0015: `#[no_mangle]`, `#[global_allocator]` and the like.
pub fn linking_attribute(span: Span, name: &str) -> Diagnostic {
    Diagnostic::error("C0015", span, format!("the attribute `{name}` is not supported"))
        .primary("symbols and memory are laid out by the linker for each task")
        .help("remove the attribute")
}
