//! What name resolution tells the user: one constructor for each message, grouped by what the message is about.
//!
//! Codes and wording are rustc's where rustc has the error.

mod bindings;
mod imports;
mod items;
mod paths;

pub(super) use bindings::*;
pub(super) use imports::*;
pub(super) use items::*;
pub(super) use paths::*;

use super::module::Ns;
use super::path::Source;
use crate::ast::Ident;
use crate::diag::Diagnostic;
use crate::source::Span;
use crate::symbol::Symbol;
