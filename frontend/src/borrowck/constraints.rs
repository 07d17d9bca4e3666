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

/// Constraints by their longer region, in the order they were made.
pub struct BySup {
    /// Where each region's begin in `list`, and where the last one's end.
    pub(super) first: Vec<u32>,
    /// Indices of constraints.
    pub(super) list: Vec<u32>,
}

impl BySup {
    /// Sorts the constraints of so many regions.
    pub fn new(regions: usize, constraints: &[Outlives]) -> BySup {
        let mut first = vec![0u32; regions + 1];
        for c in constraints {
            first[c.sup as usize + 1] += 1;
        }
        for i in 0..regions {
            first[i + 1] += first[i];
        }
        let mut fill = first.clone();
        let mut list = vec![0u32; constraints.len()];
        for (i, c) in constraints.iter().enumerate() {
            list[fill[c.sup as usize] as usize] = i as u32;
            fill[c.sup as usize] += 1;
        }
        BySup { first, list }
    }
    /// The constraints that say what a region outlives.
    pub fn of(&self, sup: Vid) -> &[u32] {
        &self.list[self.first[sup as usize] as usize..self.first[sup as usize + 1] as usize]
    }
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
