//! Traits behind the operators.

#[macro_use]
mod binary;
pub mod arith;
pub mod bit;
pub mod control_flow;
pub mod deref;
pub mod drop;
pub mod function;
pub mod index;
pub mod range;

pub use self::arith::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Neg, Rem, RemAssign, Sub, SubAssign};
pub use self::bit::{
    BitAnd, BitAndAssign, BitOr, BitOrAssign, BitXor, BitXorAssign, Not, Shl, ShlAssign, Shr, ShrAssign,
};
pub use self::control_flow::{ControlFlow, FromResidual, Residual, Try};
pub use self::deref::{Deref, DerefMut};
pub use self::drop::Drop;
pub use self::function::{Fn, FnMut, FnOnce};
pub use self::index::{Index, IndexMut};
pub use self::range::{
    Bound, OneSidedRange, Range, RangeBounds, RangeFrom, RangeFull, RangeInclusive, RangeTo, RangeToInclusive,
};
