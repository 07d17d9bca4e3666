//! Damaged programs are refused, never the reason for a crash.

use super::resolved;
use crate::hir::{CrateId, print};
use crate::index::Idx;

const PROGRAM: &str = "mod a { pub use super::b::*; pub trait T { type A; fn f(&self) -> Self::A; } pub struct S<X>(X); }
mod b { pub use super::a::S; pub enum E { P, Q(u8), R { x: u8 } } pub const K: usize = 2; }
use a::{self, T as _, *}; use b::E::{P, Q};
impl<X: Iterator> T for S<X> where X: Fn(u8) -> u8 { type A = [u8; K]; fn f(&self) -> Self::A { [0; K] } }
fn g<'l, const N: usize>(e: &'l E, mut v: Vec<u8>, h: impl Fn(u8) -> u8) -> Option<u8> {
    'o: for (i, x) in v { match e { P | Q(1..=3) => continue 'o, E::R { x: y } if y > i => break, Q(z @ _) => { x; z }, _ => h(2)? }; }
    let Some(w) = <S<u8> as T>::f(&v) else { return None }; (v, _) = (w, 1);
    while let Some(q) = v.next::<u8>() && q == 1 { const C: usize = K; fn inner(k: u8) -> E { use b::E::R; R { x: k } } [inner; C]; }
    let c = move |a, (b, c): (u8, u8)| a + b; Some(c(1, (2, 3), 0..=1, ..))
}";

/// A damaged copy: tokens dropped, doubled, swapped or replaced by another of the program.
fn mutated(seed: u64) -> String {
    let mut tokens: Vec<&str> = Vec::new();
    let mut rest = PROGRAM;
    while let Some(first) = rest.chars().next() {
        let len = rest
            .find(|c: char| !(c.is_alphanumeric() || c == '_'))
            .filter(|&n| n > 0)
            .unwrap_or(if first.is_alphanumeric() { rest.len() } else { first.len_utf8() });
        tokens.push(&rest[..len]);
        rest = &rest[len..];
    }
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below as u64) as usize
    };
    for _ in 0..=random(3) {
        let (i, j) = (random(tokens.len()), random(tokens.len()));
        match random(4) {
            0 => drop(tokens.remove(i)),
            1 => tokens.insert(i, tokens[j]),
            2 => tokens.swap(i, j),
            _ => tokens[i] = tokens[j],
        }
    }
    tokens.concat()
}

// Names are the usual victims: most damaged programs still parse, and then every path is suspect.
#[test]
fn damaged_programs_do_not_crash() {
    for seed in 0..400 {
        let source = mutated(seed);
        let (hir, _) = resolved(&source);
        print::print_crate(&hir, CrateId::new(1));
    }
}
