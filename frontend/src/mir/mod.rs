//! The middle representation: syntax, text form, validation.

pub mod body;
pub mod needs;
pub mod parse;
pub mod print;
pub mod syntax;
pub mod traversal;
pub mod validate;
pub mod visit;

#[cfg(test)]
mod tests;

pub use body::Location;
pub use parse::{ParseError, parse_program};
pub use print::{print_body, print_program};
pub use syntax::*;
