//! Trees of `syn` to ours, one file a syntactic category. Every node gets its place; what is not accepted is reported
//! and becomes an error node (types, patterns, expressions) or is left out (items, after the report).

mod exprs;
mod generics;
mod items;
mod literals;
mod paths;
mod pats;
mod rules;
mod stmts;
mod types;

pub(super) use literals::Text;
pub(super) use stmts::Statements;
