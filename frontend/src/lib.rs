//! Source tree to MIR: parsing, names, types, ownership, diagnostics.
//!
//! Read in this order: [`source`], [`diag`], then the way of the data: [`ast`] (syn → our tree, macros expanded),
//! [`resolve`] (names) → [`hir`], [`ty`] and [`typeck`] (types), [`lower`] → [`mir`], [`mono`] (instances); and
//! [`image`], our std after `resolve`, as bytes.

pub mod ast;
pub mod bits;
pub mod borrowck;
pub mod diag;
pub mod hash;
pub mod hir;
pub mod image;
pub mod index;
pub mod lower;
pub mod mir;
pub mod mono;
pub mod resolve;
pub mod source;
pub mod symbol;
pub mod ty;
pub mod typeck;
