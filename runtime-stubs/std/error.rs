//! Errors.

use crate::fmt::{Debug, Display};
use crate::prelude::v1::*;

pub trait Error: Debug + Display {
    fn description(&self) -> &str {
        "description() is deprecated; use Display"
    }
}
impl<'a, T: Error + ?Sized> Error for &'a T {}
