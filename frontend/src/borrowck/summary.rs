//! What a closure needs of the regions around it.
//!
//! A closure's body is checked before the body it stands in. Its captures and its signature have regions that are given from
//! outside; what the body needs of them is not an error yet but a [`Requirement`], which whoever makes or calls the closure
//! must meet.

use super::constraints::Category;
use crate::source::Span;
use crate::ty::Region;

/// A region a closure is given.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum External {
    /// `'static`
    Static,
    /// A lifetime parameter of the function around it.
    Named(Region),
    /// In the types of its captures, by number.
    Capture(u32),
    /// In its signature, by number.
    Signature(u32),
}

/// `longer: shorter`.
#[derive(Clone, Copy, Debug)]
pub struct Requirement {
    /// The longer one.
    pub longer: External,
    /// The shorter one.
    pub shorter: External,
    /// Why.
    pub category: Category,
    /// The code in the closure that needs it.
    pub span: Span,
}

/// All a closure needs.
#[derive(Clone, Default, Debug)]
pub struct ClosureSummary {
    /// Each pair once.
    pub requirements: Vec<Requirement>,
}
