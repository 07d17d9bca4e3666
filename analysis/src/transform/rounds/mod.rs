//! What is known of the rounds of a loop, for passes that make rounds ahead of the loop itself.
//!
//! A *round* is the way from the header of a loop back to it, as a list of [`steps`]. [`carried`] says what a round does to what
//! it leaves to the next, [`counting`] how values change from round to round and how many rounds can be made without asking
//! their guards; [`writer`] writes what such passes add.

mod carried;
pub mod counting;
pub mod steps;
pub mod writer;
