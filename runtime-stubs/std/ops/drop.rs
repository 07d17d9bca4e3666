//! Code that runs when a value goes away.

use crate::prelude::v1::*;

#[lang = "drop"]
pub trait Drop {
    fn drop(&mut self);
}
