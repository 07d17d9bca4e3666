// Constants whose references are kept: in arguments, through cells and closures, out of conditions; repeated constants.

use std::cell::RefCell;
use std::collections::*;
#[derive(Debug)]
struct S {
    a: &'static i32,
    n: Option<&'static [u8]>,
}
fn mk(a: &'static i32) -> S {
    S { a, n: None }
}
struct Reg {
    names: RefCell<Vec<&'static str>>,
    list: Vec<&'static Item>,
}
#[derive(Debug, PartialEq)]
struct Item {
    id: u32,
    tags: &'static [&'static str],
}
impl Reg {
    fn add(&mut self, i: &'static Item) -> bool {
        self.list.push(i);
        true
    }
    fn note(&self, s: &'static &'static str) {
        self.names.borrow_mut().push(s)
    }
}
fn noise(n: u64) -> u64 {
    let a = [n; 200];
    a.iter().sum()
}
fn fill() -> (HashSet<&'static i32>, Vec<&'static [i32]>, S, Reg) {
    let mut s = HashSet::new();
    let mut n = 0;
    if s.insert(&5) && s.insert(&6) {
        n += 1;
    }
    while s.insert(&7) {
        n += 1
    }
    let mut v: Vec<&[i32]> = Vec::new();
    v.extend([&[1, 2][..], &[3]]);
    v.push(&[4, 5, 6]);
    let mut add = |x: &'static [i32]| v.push(x);
    add(&[7, 8]);
    let mut r = Reg { names: RefCell::default(), list: vec![] };
    if r.add(&Item { id: 1, tags: &["a", "b"] }) {
        n += 1
    }
    let _ = r.add(&Item { id: 2, tags: &[] }) && r.add(&Item { id: 3, tags: &["z"] });
    r.note(&"hello");
    let mut m: BTreeMap<&str, &dyn std::fmt::Debug> = BTreeMap::new();
    m.insert("x", &1.5);
    m.entry("y").or_insert(&"why");
    println!("{m:?} {n}");
    (s, v, mk(&9), r)
}
impl Item {
    fn clone_it(&self) -> Item {
        Item { id: self.id, tags: self.tags }
    }
}
/// Where std's types live is part of their names.
fn names() -> [&'static str; 4] {
    use std::any::type_name;
    [
        type_name::<Vec<Option<&str>>>(),
        type_name::<HashMap<String, i32>>(),
        type_name::<S>(),
        type_name::<Box<dyn Fn(u8) -> bool>>(),
    ]
}
const A: [i32; 3] = [1, 2, 3];
const B: [(i32, &str); 2] = [(1, "x"), (2, "y")];
fn at(i: usize) -> &'static i32 {
    &A[i]
}
fn nm(i: usize) -> &'static str {
    B[i].1
}
fn rf(i: usize) -> &'static (i32, &'static str) {
    &B[i]
}
fn main() {
    println!("{:?}", names());
    let (s, v, k, r) = fill();
    println!("{}", noise(4));
    let mut s: Vec<_> = s.into_iter().collect();
    s.sort();
    println!("{s:?} {v:?} {k:?} {:?} {:?}", r.names, r.list);
    println!("{} {} {:?}", at(1), nm(1), rf(0));
    let e: [Vec<String>; 3] = [const { Vec::new() }; 3];
    let f = [const { None::<Box<i32>> }; 2];
    println!("{e:?} {f:?}");
    let mut opt: Option<&i32> = None;
    for i in 0..3 {
        opt.get_or_insert(&8);
        if i == 1 {
            opt.replace(&9);
        }
    }
    println!("{} {opt:?}", noise(1));
}
