//! What regions must outlive, and why.

use super::regions::Vid;
use crate::mir::body::Location;
use crate::source::Span;
use crate::ty::Ty;

/// `sup: sub`: whatever is in `sub` is in `sup` too.
#[derive(Clone, Copy, Debug)]
pub struct Outlives {
    /// The longer one.
    pub sup: Vid,
    /// The shorter one.
    pub sub: Vid,
    /// Why.
    pub category: Category,
    /// The code that needs it.
    pub span: Span,
    /// Where that is in the body.
    pub at: Location,
}

/// Why a region must outlive another. The order is that in which rustc blames them, most telling first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Category {
    /// The value is returned.
    Return,
    /// The value becomes a trait object.
    Unsize,
    /// The value is an argument of a call.
    CallArgument,
    /// The value is assigned to a variable.
    Assignment,
    /// A variable's type is written.
    Annotation,
    /// A where-clause says so.
    Predicate,
    /// The value goes into an `impl Trait`.
    Opaque,
    /// Nothing worth telling.
    Boring,
}

impl Category {
    /// How interesting it is; less is more.
    pub fn rank(self) -> u32 {
        match self {
            Category::Return => 0,
            Category::Unsize => 1,
            Category::CallArgument | Category::Assignment | Category::Annotation => 2,
            Category::Predicate | Category::Opaque => 4,
            Category::Boring => 5,
        }
    }
}

/// `ty: region`, where `ty` mentions type parameters.
#[derive(Clone, Copy, Debug)]
pub struct TypeTest {
    /// The parameter.
    pub ty: Ty,
    /// What it must outlive.
    pub region: Vid,
    /// The code that needs it.
    pub span: Span,
}
