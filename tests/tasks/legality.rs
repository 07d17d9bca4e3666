// What each rule of inference forbids, a line a rule; the loops and calls that are allowed are in the other files.
use std::cell::Cell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

struct Holder {
    run: fn(u64) -> u64,
    n: u64,
}

fn double(x: u64) -> u64 {
    x * 2
}
fn weight(holder: &Holder, x: u64) -> u64 {
    holder.n + x
}
fn peek(cell: &Cell<u64>, x: u64) -> u64 {
    cell.get() + x
}
fn counted(shared: &Rc<u64>, x: u64) -> u64 {
    **shared + x
}
fn many(all: &[Box<dyn Fn(u64) -> u64>], x: u64) -> u64 {
    all.len() as u64 + x
}
fn apply(f: fn(u64) -> u64, x: u64) -> u64 {
    f(x)
}
fn say(x: u64) -> u64 {
    println!("{x}");
    (0..x).fold(x, |a, b| a ^ b)
}
fn given(x: u64) -> u64 {
    std::env::args().count() as u64 + x
}
fn first(xs: &[u64]) -> &u64 {
    xs.iter().max().unwrap()
}
fn seven() -> Vec<u64> {
    vec![7]
}
fn skip(at: &mut u64) {
    if *at % 5 == 0 {
        *at += 1;
    }
}

fn main() {
    let xs: Vec<u64> = (0..60).collect();
    let fs: Vec<f64> = xs.iter().map(|x| *x as f64).collect();
    let mut out: Vec<u64> = Vec::new();
    let mut alternating = 0.0;
    for x in &fs { //~ no T104
        alternating = x - alternating;
    }
    let mut highest = f64::MIN;
    for x in &fs { //~ no T104
        highest = x.max(highest);
    }
    let mut mixed = 0u64;
    for x in &xs { //~ no T104
        mixed ^= x;
        mixed += x;
    }
    let mut seen = HashSet::new();
    let mut fresh = 0;
    for x in &xs { //~ no T104
        if seen.insert(x % 7) {
            fresh += 1;
        }
    }
    let mut both: HashMap<u64, u64> = HashMap::new();
    for x in &xs { //~ no T104
        both.insert(x % 5, 0);
        *both.entry(x % 3).or_insert(0) += 1;
    }
    let mut running: HashMap<u64, u64> = HashMap::new();
    let mut trace = 0;
    for x in &xs { //~ no T104
        let entry = running.entry(x % 3).or_insert(0);
        let next = *entry + 1;
        *entry = next;
        trace ^= next;
    }
    let mut started: HashMap<u64, Vec<u64>> = HashMap::new();
    for x in &xs { //~ no T104
        started.entry(x % 3).or_insert(seven()).push(*x);
    }
    let mut pairs = xs.iter();
    while let Some(x) = pairs.next() { //~ no T104
        if x % 2 == 0 {
            out.push(*pairs.next().unwrap_or(x));
        }
    }
    let a = say(3); //~ no T106
    let b = say(4); //~ no T106
    let c = given(3); //~ no T106
    let d = given(4); //~ no T106
    let e = first(&xs); //~ no T103
    let f = first(&xs[..9]); //~ no T103
    for x in &xs { //~ no T106
        out.push(given(*x));
    }
    for x in &xs { //~ no T106
        out.push(apply(double, *x));
    }
    let cell = Cell::new(3);
    for x in &xs { //~ no T102
        out.push(peek(&cell, *x));
    }
    let shared = Rc::new(3);
    for x in &xs { //~ no T102
        out.push(counted(&shared, *x));
    }
    let all: Vec<Box<dyn Fn(u64) -> u64>> = vec![Box::new(double)];
    for x in &xs { //~ no T102
        out.push(many(&all, *x));
    }
    let holder = Holder { run: double, n: xs.len() as u64 };
    for x in &xs { //~ no T102
        out.push(weight(&holder, *x));
    }
    let (mut at, mut flip) = (0, false);
    while at < 40 { //~ no T108
        if flip {
            at += 1;
        }
        flip = !flip;
        out.push(at);
    }
    let mut j = 0;
    while j < 40 { //~ no T108
        skip(&mut j);
        j += 1;
        out.push(j);
    }
    println!("{alternating} {highest} {mixed} {fresh} {} {trace} {} {}", both.len(), started.len(), out.len());
    println!("{a} {b} {c} {d} {e} {f} {}", (holder.run)(2));
}
