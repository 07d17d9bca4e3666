//! Statics that compute their value when it is first asked for: one of each in a run.
//!
//! A program that has one runs as one task (inference knows `once`), for each task would have its own.

use super::state;
use crate::prelude::v1::*;

/// The place of a static that has been made; null before.
#[lang = "rt_kept"]
pub fn kept(id: usize) -> *mut u8 {
    once();
    for &(known, place) in state().kept.iter() {
        if known == id {
            return place;
        }
    }
    0 as *mut u8
}

/// Remembers the place of a static.
#[lang = "rt_keep"]
pub fn keep(id: usize, place: *mut u8) {
    state().kept.push((id, place));
}

/// Keeps the program that calls it in one task.
#[inline(never)]
pub fn once() {}
