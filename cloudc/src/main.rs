//! The `cloudc` command.
#![allow(dead_code)]

mod args;
mod render;
mod sources;

fn main() {}
