//! The middle representation: syntax, text form, validation.

pub mod syntax;

pub use syntax::*;
