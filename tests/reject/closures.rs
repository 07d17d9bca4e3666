// What closures capture, and for how long.

//# returned_closure_borrows
fn f() -> impl Fn() -> usize {
    let s = String::new();
    || s.len()
}
fn main() {
    f()();
}
//# returned_closure_owns ok
fn f() -> impl Fn() -> usize {
    let s = String::new();
    move || s.len()
}
fn main() {
    f()();
}
//# boxed_closure_borrows
fn f(n: i32) -> Box<dyn Fn(i32) -> i32> {
    Box::new(|x| x + n)
}
fn main() {
    f(1)(2);
}
//# captured_exclusively
fn main() {
    let mut n = 0;
    let mut add = || n += 1;
    println!("{n}");
    add();
}
//# captured_until_last_use ok
fn main() {
    let mut n = 0;
    let mut add = || n += 1;
    add();
    println!("{n}");
}
//# two_closures
fn main() {
    let mut v = vec![1];
    let mut a = || v.push(1);
    let mut b = || v.push(2);
    a();
    b();
}
//# moved_into_closure
fn main() {
    let s = String::new();
    let f = move || s.len();
    println!("{}{}", f(), s);
}
//# moved_while_captured
fn main() {
    let s = String::new();
    let f = || s.len();
    let t = s;
    println!("{}{}", f(), t);
}
//# stored_reference
fn main() {
    let mut out: Vec<&String> = Vec::new();
    {
        let v = vec![String::new()];
        v.iter().for_each(|s| out.push(s));
    }
    println!("{}", out.len());
}
//# stored_copy ok
fn main() {
    let mut out: Vec<usize> = Vec::new();
    {
        let v = vec![String::new()];
        v.iter().for_each(|s| out.push(s.len()));
    }
    println!("{}", out.len());
}
//# escaping_argument
fn main() {
    let mut list: Vec<&str> = Vec::new();
    let mut add = |el: &str| {
        list.push(el);
    };
    add("a");
}
//# called_with_shorter_each_time ok
fn main() {
    let mut n = 0;
    let mut add = |s: &String| n += s.len();
    for i in 0..3 {
        let s = i.to_string();
        add(&s);
    }
    println!("{n}");
}
//# mapped_reference_outlives
fn main() {
    let r: Vec<&str>;
    {
        let v = vec![String::new()];
        r = v.iter().map(|s| s.as_str()).collect();
    }
    println!("{}", r.len());
}
//# sorted_by_key ok
fn main() {
    let mut v = vec![(String::from("b"), 1), (String::from("a"), 2)];
    v.sort_by(|a, b| a.0.cmp(&b.0));
    v.retain(|(s, _)| !s.is_empty());
    let best = v.iter().max_by_key(|p| p.1).map(|p| &p.0);
    println!("{best:?}");
}
//# closure_in_a_struct
struct S<F: Fn() -> usize> {
    f: F,
}
fn main() {
    let s;
    {
        let t = String::new();
        s = S { f: || t.len() };
    }
    println!("{}", (s.f)());
}
//# escaping_argument_of_any_lifetime
fn call(mut f: impl FnMut(&str)) {
    f(&String::from("a"));
}
fn main() {
    let mut list: Vec<&str> = Vec::new();
    call(|s| list.push(s));
    println!("{}", list.len());
}
//# argument_of_one_lifetime ok
fn call<'a>(mut f: impl FnMut(&'a str)) {
    f("a");
}
fn main() {
    let mut list: Vec<&str> = Vec::new();
    call(|s| list.push(s));
    println!("{}", list.len());
}
//# unique_closure
struct S {
    n: i32,
    v: Vec<i32>,
}
impl S {
    fn bump(&mut self) -> i32 {
        self.n += 1;
        self.n
    }
    fn run(&mut self) -> Vec<i32> {
        self.v.iter().map(|x| x + self.bump()).collect()
    }
}
fn main() {
    S { n: 0, v: vec![] }.run();
}
//# two_unique_closures
fn f(v: &mut Vec<i32>) {
    let mut a = || v.push(1);
    let mut b = || v.push(2);
    a();
    b();
}
fn main() {
    f(&mut vec![]);
}
//# used_while_unique
fn f(v: &mut Vec<i32>) {
    let mut a = || v.push(1);
    println!("{}", v.len());
    a();
}
fn main() {
    f(&mut vec![]);
}
//# boxed_callback_borrows
struct Button<'a> {
    on: Vec<Box<dyn FnMut() + 'a>>,
}
fn main() {
    let mut n = 0;
    let mut b = Button { on: vec![] };
    b.on.push(Box::new(|| n += 1));
    println!("{n}");
    for f in &mut b.on {
        f();
    }
}
//# takes_something_else
fn call<F: Fn(i32)>(f: F) {
    f(1);
}
fn main() {
    call(|text: &str| println!("{text}"));
}
//# takes_what_it_is_given ok
fn call<F: Fn(i32)>(f: F) {
    f(1);
}
fn main() {
    call(|number: i32| println!("{number}"));
}
