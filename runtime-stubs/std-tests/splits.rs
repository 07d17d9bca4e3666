#![feature(no_core, decl_macro)]
#![no_core]
#![no_main]
#[macro_use] extern crate ourstd as std;
use std::prelude::v1::*;
use std::iter::Splittable;
use std::fmt::Debug;
fn check<I: Splittable, F: Fn() -> I>(name: &str, f: F) where I::Item: PartialEq + Debug {
    let all: Vec<I::Item> = f().collect(); let n = f().extent();
    if I::INDEXED { assert_eq!(all.len(), n); }
    for m in 0..=n { let mut v: Vec<I::Item> = f().slice(0, m).collect(); v.extend(f().slice(m, n)); if v != all { panic!("{name} at {m}: {v:?} {all:?}"); } 
      for k in m..=n { let mut v: Vec<I::Item> = f().slice(0, m).collect(); v.extend(f().slice(m, k)); v.extend(f().slice(k, n)); if v != all { panic!("{name} at {m},{k}: {v:?} {all:?}"); } } }
}
fn user() {
    let v: Vec<i32> = (0..13).map(|x| x * 7 % 11).collect(); let s = "aé b  日本\nx \r\n\nline two\u{a0}z "; 
    check("range", || 3..11u32); check("incl", || 3..=11i64); check("char", || 'a'..='f'); check("iter", || v.iter()); check("chunks", || v.chunks(4)); check("exact", || v.chunks_exact(4)); check("windows", || v.windows(3)); check("into", || v.clone().into_iter()); check("map", || v.iter().map(|x| x * 2)); check("enum", || v.iter().enumerate().map(|(i, x)| i as i32 * x)); check("zip", || v.iter().zip(2..9)); check("rev", || v.iter().rev()); check("rev chunks", || v.chunks(4).rev().enumerate()); check("cloned", || v.iter().cloned()); check("filter", || v.iter().filter(|x| **x % 2 == 0)); check("revfilter", || v.iter().filter(|x| **x % 2 == 0).rev()); check("fm", || v.iter().filter_map(|x| if *x > 3 { Some(x + 1) } else { None })); check("flat", || v.iter().flat_map(|x| 0..*x % 4)); check("flatten", || v.chunks(3).flatten()); check("take", || v.iter().take(7)); check("skip", || v.iter().skip(4).skip(2)); check("step", || v.iter().step_by(3)); check("step2", || { let mut i = v.iter().step_by(3); i.next(); i }); check("chain", || v.iter().chain(v.iter().take(2))); check("chars", || s.chars()); check("ci", || s.char_indices()); check("bytes", || s.bytes()); check("lines", || s.lines()); check("ws", || s.split_whitespace()); check("aws", || s.split_ascii_whitespace()); let m: std::collections::BTreeMap<i32, i32> = (0..400).map(|x| (x, x)).collect(); let h: std::collections::HashMap<i32, i32> = (0..20).map(|x| (x, x)).collect(); check("hash", || h.iter()); let mi = || m.iter(); for (a, b) in [(0, 400), (0, 0), (100, 300), (127, 129), (399, 400), (200, 200)] { assert_eq!(mi().slice(a, b).map(|(k, _)| *k as usize).collect::<Vec<_>>(), (a..b).collect::<Vec<_>>()); }
    // records: what glue would write, by hand, for (Vec<u32>, Vec<Vec<u8>>-like)
    use std::rt::{Freezer, thaw};
    let a = vec![1u32, 2, 3]; let mut f = Freezer::new(); let root = f.reserve_p(24, 8); let d = f.reserve_d(a.as_ptr() as *const u8, 12, 4); f.put_pointer(root, d, true); let three = 3usize; f.put_bytes(root + 8, &three as *const usize as *const u8, 8); f.put_bytes(root + 16, &three as *const usize as *const u8, 8); let bytes = f.finish(24);
    let t: Vec<u32> = unsafe { thaw(bytes.as_ptr(), bytes.len()) }; assert_eq!(t, [1, 2, 3]); std::mem::forget(t);
    println!("split ok");
}
#[unsafe(no_mangle)] pub extern "C" fn main(_a: i32, _b: *const u8) -> i32 { unsafe { std::__macros::run(user); } 0 }
#[link(name="c")] unsafe extern "C" {}
#[link(name="m")] unsafe extern "C" {}
