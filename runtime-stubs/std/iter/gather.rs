//! What consumers gather in where a plain local would hide from inference that rounds can be divided. Not for users.

use crate::intrinsics as i;
use crate::prelude::v1::*;

/// Items go in one by one, in order; two halves of the items may also be gathered apart and then joined.
pub trait Gather: Sized {
    /// One that holds nothing yet.
    fn fresh(&self) -> Self;
    /// Takes what came after.
    fn gather(&mut self, later: Self);
}

/// The item that is kept when each new one is compared with the best so far.
pub struct Extreme<T, F> {
    best: Option<T>,
    /// Whether the new item takes the place of the best.
    replaces: F,
}

impl<T, F: FnMut(&T, &T) -> bool> Extreme<T, F> {
    pub fn new(replaces: F) -> Self {
        Extreme { best: None, replaces }
    }
    #[skeleton = "gather"]
    pub fn offer(&mut self, item: T) {
        let take = match &self.best {
            None => true,
            Some(best) => (self.replaces)(best, &item),
        };
        if take {
            self.best = Some(item);
        }
    }
    pub fn best(self) -> Option<T> {
        self.best
    }
}

impl<T, F: FnMut(&T, &T) -> bool> Gather for Extreme<T, F> {
    fn fresh(&self) -> Self {
        // The closure is the same in every chunk, and none of them drops it.
        Extreme { best: None, replaces: unsafe { i::read(&self.replaces as *const F) } }
    }
    fn gather(&mut self, later: Self) {
        if let Some(item) = later.best {
            self.offer(item);
        }
    }
}
