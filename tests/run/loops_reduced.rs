// Every form in which rounds are combined, with ties, NaN, signed zeros, overflow and text; any chunks give the same.
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

fn argmin(v: &[u64]) -> (usize, u64) {
    let mut best = u64::MAX;
    let mut at = 0;
    for (i, &x) in v.iter().enumerate() {
        if x < best {
            best = x;
            at = i;
        }
    }
    (at, best)
}
fn argmax_last(v: &[f64]) -> (usize, f64) {
    let (mut best, mut at) = (f64::NEG_INFINITY, usize::MAX);
    for (i, &x) in v.iter().enumerate() {
        if best <= x {
            best = x;
            at = i;
        }
    }
    (at, best)
}
fn unless_less(v: &[i32]) -> (i32, usize) {
    let mut best = i32::MIN;
    let mut at = 0;
    for (i, x) in v.iter().enumerate() {
        if *x < best {
            continue;
        }
        best = *x;
        at = i;
    }
    (best, at)
}
fn range_of(v: &[i64]) -> (i64, i64) {
    let (mut low, mut high) = (i64::MAX, i64::MIN);
    for &x in v {
        low = low.min(x);
        high = high.max(x);
    }
    (low, high)
}
fn largest(v: &[f64]) -> f64 {
    let mut m = f64::NAN;
    for &x in v {
        m = m.max(x);
    }
    m
}
fn float_sum(v: &[f64]) -> f64 {
    let mut s = 0.0;
    for &x in v {
        s += x.sqrt() / 3.0;
    }
    s
}
fn float_mix(v: &[f32]) -> (f32, f32) {
    let (mut p, mut d) = (1.0f32, 1.0e9f32);
    for &x in v {
        p *= 1.0 + x / 1000.0;
        d -= x;
    }
    (p, d)
}
fn products(v: &[u64]) -> (u64, u64) {
    let (mut wrapped, mut exact) = (1u64, 1u64);
    for &x in v {
        wrapped = wrapped.wrapping_mul(x | 1);
        exact *= x % 2 + 1 - x % 2;
    }
    (wrapped, exact)
}
fn flags(v: &[u64]) -> (bool, bool, bool, u64) {
    let (mut any, mut all, mut seen, mut last) = (false, true, false, 0);
    for &x in v {
        any |= x == 700;
        all &= x < 7000;
        if x > 77 {
            seen = true;
            last = x;
        }
    }
    (any, all, seen, last)
}
fn last_and_used(v: &[u64]) -> (u64, u64) {
    let mut square = 0;
    let mut total = 0;
    for &x in v {
        square = x * x;
        total += square + 1;
    }
    (square, total)
}
fn histogram(v: &[u64]) -> Vec<u32> {
    let mut h = vec![0u32; 16];
    h[3] = 5;
    for &x in v {
        h[(x % 16) as usize] += 1;
    }
    h
}
fn keyed(text: &str) {
    let mut counts: HashMap<String, u32> = HashMap::new();
    let mut places: BTreeMap<char, Vec<usize>> = BTreeMap::new();
    let mut lengths = BTreeMap::new();
    let mut texts: HashMap<usize, String> = HashMap::new();
    let mut words = HashSet::new();
    let mut firsts = BTreeSet::new();
    let mut latest = HashMap::new();
    let all: Vec<&str> = text.split_whitespace().collect();
    for (i, w) in all.iter().copied().enumerate() {
        *counts.entry(w.to_string()).or_insert(0) += 1;
        places.entry(w.chars().next().unwrap()).or_default().push(i);
        *lengths.entry(w.len()).or_insert(0i32) += 1;
        texts.entry(w.len()).or_insert_with(String::new).push_str(w);
        words.insert(w.to_string());
        firsts.insert(w.chars().next());
        latest.insert(w.len(), i);
    }
    let mut counted: Vec<_> = counts.into_iter().collect();
    counted.sort();
    let mut texts: Vec<_> = texts.into_iter().collect();
    texts.sort();
    let mut latest: Vec<_> = latest.into_iter().collect();
    latest.sort();
    println!("{counted:?} {places:?} {lengths:?} {texts:?} {} {firsts:?} {latest:?}", words.len());
}
fn consumers(v: &[u64], f: &[f64]) {
    println!("{:?} {:?}", v.iter().max(), v.iter().min());
    println!("{:?}", v.iter().enumerate().max_by_key(|(_, x)| **x % 10));
    println!("{:?}", v.iter().enumerate().min_by_key(|(_, x)| **x % 10));
    println!("{:?}", f.iter().copied().max_by(|a, b| a.total_cmp(b)));
    let centre = 50.0;
    println!("{:?}", f.iter().min_by(|a, b| (*a - centre).abs().partial_cmp(&(*b - centre).abs()).unwrap()));
    println!("{:?} {:?}", v.iter().map(|x| x % 7).last(), v.iter().filter(|x| **x % 3 == 0).count());
    let (even, odd): (Vec<u64>, Vec<u64>) = v.iter().partition(|x| **x % 2 == 0);
    let (a, b): (Vec<u64>, Vec<String>) = v.iter().map(|x| (x + 1, x.to_string())).unzip();
    println!("{} {} {} {}", even.len(), odd.len(), a.len(), b.concat().len());
    let m: HashMap<u64, usize> = v.iter().enumerate().map(|(i, x)| (x % 5, i)).collect();
    let s: BTreeSet<u64> = v.iter().map(|x| x % 13).collect();
    println!("{:?} {s:?}", m[&3]);
    println!("{:?} {:?}", f.iter().map(|x| x.sin()).sum::<f64>(), f.iter().take(0).max_by(|a, b| a.total_cmp(b)));
    println!("{:?}", v.iter().take(20).map(|x| x % 5 + 1).product::<u64>().checked_mul(2));
}
fn main() {
    let v: Vec<u64> = (0..1000).map(|x| x * 7919 % 1009 * 7).collect();
    let f: Vec<f64> = v.iter().map(|x| *x as f64 / 11.0).collect();
    let odd = [0.0, -0.0, f64::NAN, 3.0, -0.0, 3.0, f64::NAN, 1.0];
    println!("{:?} {:?} {:?}", argmin(&v), argmax_last(&f), argmax_last(&odd));
    println!("{:?} {:?}", unless_less(&[3, 1, 3, 2, 3, 0]), range_of(&[5, -3, 9, 9, -3]));
    println!("{:?} {:?} {:?}", largest(&odd), largest(&[f64::NAN]), largest(&[-0.0, 0.0]));
    println!("{:?} {:?}", float_sum(&f), float_mix(&[1.5, 2.25, 1e-9, 7.0]));
    println!("{:?} {:?} {:?}", products(&v), flags(&v), last_and_used(&v));
    println!("{:?}", histogram(&v));
    keyed("the quick brown fox jumps over the lazy dog and the other lazy dog that ran over it");
    consumers(&v, &f);
    let mut h = vec![0u8; 3];
    for x in 0..900usize {
        h[x % 3] += 1;
    }
    println!("{h:?}");
}
