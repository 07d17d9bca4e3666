// Borrows that conflict. After each wrong program stands a right one a line away.

//# grows_while_borrowed
fn main() {
    let mut v = vec![1, 2, 3];
    let first = &v[0];
    v.push(4);
    println!("{first}");
}
//# grows_after_borrow ok
fn main() {
    let mut v = vec![1, 2, 3];
    let first = &v[0];
    println!("{first}");
    v.push(4);
}
//# two_exclusive
fn main() {
    let mut s = String::new();
    let a = &mut s;
    let b = &mut s;
    a.push('x');
    b.push('y');
}
//# two_exclusive_fields ok
struct P {
    x: String,
    y: String,
}
fn main() {
    let mut p = P { x: String::new(), y: String::new() };
    let a = &mut p.x;
    let b = &mut p.y;
    a.push('x');
    b.push('y');
}
//# one_field_twice
struct P {
    x: String,
}
fn main() {
    let mut p = P { x: String::new() };
    let a = &mut p.x;
    let b = &mut p.x;
    a.push('x');
    b.push('y');
}
//# whole_and_field
struct P {
    x: String,
    n: u32,
}
impl P {
    fn name(&mut self) -> &mut String {
        &mut self.x
    }
}
fn main() {
    let mut p = P { x: String::new(), n: 1 };
    let a = p.name();
    p.n += 1;
    a.push('x');
}
//# moved_while_borrowed
fn main() {
    let s = String::from("a");
    let r = &s;
    let t = s;
    println!("{r}{t}");
}
//# moved_into_call_while_borrowed
fn eat(_: Vec<i32>) {}
fn main() {
    let v = vec![1];
    let it = v.iter();
    eat(v);
    println!("{}", it.count());
}
//# assigned_while_borrowed
fn main() {
    let mut n = 1;
    let r = &n;
    n = 2;
    println!("{r}{n}");
}
//# assigned_after_borrow ok
fn main() {
    let mut n = 1;
    let r = &n;
    println!("{r}");
    n = 2;
    println!("{n}");
}
//# read_while_borrowed_exclusively
fn main() {
    let mut n = 1;
    let r = &mut n;
    let m = n;
    *r = 3;
    println!("{m}");
}
//# printed_while_borrowed_exclusively
fn main() {
    let mut n = 1;
    let r = &mut n;
    println!("{n}");
    *r = 3;
}
//# iterated_and_grown
fn main() {
    let mut v = vec![1, 2];
    for x in &v {
        if *x > 1 {
            v.push(3);
        }
    }
}
//# iterated_by_index ok
fn main() {
    let mut v = vec![1, 2];
    for i in 0..v.len() {
        if v[i] > 1 {
            v.push(3);
        }
    }
}
//# in_a_loop
fn main() {
    let mut s = String::new();
    let mut all: Vec<&mut String> = Vec::new();
    for _ in 0..2 {
        all.push(&mut s);
    }
    println!("{}", all.len());
}
//# two_phase ok
fn main() {
    let mut v = vec![1];
    v.push(v.len());
    let n = v.len();
    v[n - 1] += v.len();
    println!("{v:?}");
}
//# map_entry_and_insert
use std::collections::HashMap;
fn main() {
    let mut m: HashMap<u32, String> = HashMap::new();
    let a = m.get(&1);
    m.insert(2, String::new());
    println!("{:?}", a);
}
//# map_get_then_insert ok
use std::collections::HashMap;
fn main() {
    let mut m: HashMap<u32, String> = HashMap::new();
    if m.get(&1).is_none() {
        m.insert(1, String::new());
    }
    *m.entry(2).or_default() += "x";
    println!("{}", m.len());
}
//# returned_conditionally
use std::collections::HashMap;
fn get(m: &mut HashMap<u32, String>) -> &String {
    if let Some(s) = m.get(&1) {
        return s;
    }
    m.insert(1, String::new());
    &m[&1]
}
fn main() {
    println!("{}", get(&mut HashMap::new()));
}
//# through_a_method
struct Bag {
    items: Vec<String>,
}
impl Bag {
    fn first(&self) -> Option<&String> {
        self.items.first()
    }
    fn clear(&mut self) {
        self.items.clear();
    }
}
fn main() {
    let mut bag = Bag { items: vec![] };
    let f = bag.first();
    bag.clear();
    println!("{f:?}");
}
//# through_an_iterator
fn main() {
    let mut v = vec![String::new()];
    let long: Vec<&String> = v.iter().filter(|s| s.len() > 3).collect();
    v.clear();
    println!("{}", long.len());
}
//# collected_owned ok
fn main() {
    let mut v = vec![String::new()];
    let long: Vec<String> = v.iter().filter(|s| s.len() > 3).cloned().collect();
    v.clear();
    println!("{}", long.len());
}
//# in_a_struct
struct Parser<'a> {
    text: &'a str,
}
impl<'a> Parser<'a> {
    fn word(&mut self) -> &'a str {
        self.text
    }
}
fn main() {
    let mut text = String::from("a b");
    let mut p = Parser { text: &text };
    let w = p.word();
    text.push('c');
    println!("{w}");
}
//# word_outlives_parser ok
struct Parser<'a> {
    text: &'a str,
}
impl<'a> Parser<'a> {
    fn word(&mut self) -> &'a str {
        self.text
    }
}
fn main() {
    let text = String::from("a b");
    let w = {
        let mut p = Parser { text: &text };
        let w = p.word();
        p.word();
        w
    };
    println!("{w}");
}
//# match_binding
fn main() {
    let mut o = Some(String::new());
    match &mut o {
        Some(s) => {
            o = None;
            s.push('x');
        }
        None => {}
    }
}
//# swapped_slices
fn main() {
    let mut v = [1, 2, 3];
    let (a, b) = v.split_at_mut(1);
    let c = &mut v[0];
    std::mem::swap(&mut a[0], &mut b[0]);
    *c = 1;
}
//# slice_pattern ok
fn main() {
    let mut v = [1, 2, 3];
    if let [a, .., b] = &mut v {
        std::mem::swap(a, b);
    }
    let [x, y, z] = &mut v;
    *x += *y + *z;
    println!("{v:?}");
}
//# boxed
fn main() {
    let mut b = Box::new((1, 2));
    let r = &mut b.0;
    let s = &b;
    *r = 2;
    println!("{}", s.1);
}
//# boxed_fields ok
fn main() {
    let mut b = Box::new((1, 2));
    let r = &mut b.0;
    let s = &b.1;
    *r = *s;
    println!("{}", b.0);
}
//# list_walk ok
struct Node {
    next: Option<Box<Node>>,
    n: i32,
}
fn last(mut at: &mut Node) -> &mut i32 {
    while at.next.is_some() {
        at = at.next.as_mut().unwrap();
    }
    &mut at.n
}
fn main() {
    let mut list = Node { next: Some(Box::new(Node { next: None, n: 1 })), n: 0 };
    *last(&mut list) = 5;
    println!("{}", list.next.unwrap().n);
}
//# reborrowed_argument
fn both(_: &mut i32, _: &mut i32) {}
fn main() {
    let mut n = 1;
    both(&mut n, &mut n);
}
//# borrowed_and_passed
fn both(_: &i32, _: &mut i32) {}
fn main() {
    let mut n = 1;
    both(&n, &mut n);
}
//# dropped_while_borrowed
fn main() {
    let s = String::from("a");
    let r = s.as_str();
    drop(s);
    println!("{r}");
}
//# guard_of_a_cell ok
use std::cell::RefCell;
fn main() {
    let c = RefCell::new(vec![1]);
    c.borrow_mut().push(2);
    let n = c.borrow().len();
    println!("{n}");
}
//# multi_line_move
fn main() {
    let v = vec![String::new()];
    let r = &v;
    let n = v
        .into_iter()
        .count();
    println!("{n}{}", r.len());
}
//# trait_object_method
trait Shape {
    fn name(&self) -> &str;
}
struct Square {
    n: String,
}
impl Shape for Square {
    fn name(&self) -> &str {
        &self.n
    }
}
fn main() {
    let mut all: Vec<Box<dyn Shape>> = vec![Box::new(Square { n: String::new() })];
    let n = all[0].name();
    all.clear();
    println!("{n}");
}
//# user_iterator
struct It<'a> {
    v: &'a [i32],
}
impl<'a> Iterator for It<'a> {
    type Item = &'a i32;
    fn next(&mut self) -> Option<&'a i32> {
        let (first, rest) = self.v.split_first()?;
        self.v = rest;
        Some(first)
    }
}
fn main() {
    let mut v = vec![1];
    let m = It { v: &v }.max();
    v.push(2);
    println!("{m:?}");
}
//# destructor_needs_it
struct D {
    s: String,
}
impl Drop for D {
    fn drop(&mut self) {}
}
fn f<'a>(d: D) -> &'a str {
    &d.s
}
fn main() {
    f(D { s: String::new() });
}

//# variable_reborrowed
fn main() {
    let mut x = 1;
    let p = &mut x;
    let r: &mut i32 = p;
    let y = *p;
    *r += y;
}
//# object_lent_in_a_loop ok
fn visit(n: u32, f: &mut dyn FnMut(u32)) {
    f(n);
    for i in 0..n {
        visit(i, f);
    }
    visit(0, f);
}
fn main() {
    visit(2, &mut |_| {});
}
//# object_lent_twice_at_once
fn both(f: &mut dyn FnMut(), g: &mut dyn FnMut()) {
    f();
    g();
}
fn twice(f: &mut dyn FnMut()) {
    both(f, f);
}
fn main() {
    twice(&mut || {});
}
//# object_that_lives_too_short
fn keep<'a>(kept: &mut Vec<&'a mut (dyn FnMut() + 'static)>, f: &'a mut (dyn FnMut() + 'a)) {
    kept.push(f);
}
fn main() {
    keep(&mut Vec::new(), &mut || {});
}
