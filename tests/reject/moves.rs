// Moves, initialisation and mutability.

//# used_after_move
fn main() {
    let s = String::new();
    let t = s;
    println!("{s}{t}");
}
//# used_after_clone ok
fn main() {
    let s = String::new();
    let t = s.clone();
    println!("{s}{t}");
}
//# moved_in_a_loop
fn eat(_: String) {}
fn main() {
    let s = String::new();
    for _ in 0..2 {
        eat(s);
    }
}
//# moved_in_one_branch
fn main() {
    let s = String::new();
    if s.is_empty() {
        drop(s);
    }
    println!("{s}");
}
//# moved_by_method
fn main() {
    let v = vec![1];
    let n: i32 = v.into_iter().sum();
    println!("{n}{}", v.len());
}
//# moved_by_for
fn main() {
    let v = vec![1];
    for x in v {
        println!("{x}");
    }
    println!("{}", v.len());
}
//# moved_by_pattern
fn main() {
    let o = Some(String::new());
    if let Some(s) = o {
        println!("{s}");
    }
    println!("{o:?}");
}
//# moved_partly
struct P {
    a: String,
    b: String,
}
fn show(p: &P) {
    println!("{}{}", p.a, p.b);
}
fn main() {
    let p = P { a: String::new(), b: String::new() };
    drop(p.a);
    show(&p);
}
//# other_part ok
struct P {
    a: String,
    b: String,
}
fn main() {
    let p = P { a: String::new(), b: String::new() };
    drop(p.a);
    println!("{}", p.b);
}
//# out_of_reference
struct P {
    a: String,
}
fn f(p: &P) -> String {
    p.a
}
fn main() {
    f(&P { a: String::new() });
}
//# out_of_index
fn main() {
    let v = vec![String::new()];
    let s = v[0];
    println!("{s}");
}
//# out_of_array
fn main() {
    let v = [String::new(), String::new()];
    let i = 1;
    let s = v[i];
    println!("{s}");
}
//# out_of_drop
struct D {
    s: String,
}
impl Drop for D {
    fn drop(&mut self) {}
}
fn main() {
    let d = D { s: String::new() };
    let s = d.s;
    println!("{s}");
}
//# out_of_captured
fn call(f: impl Fn() -> String) -> String {
    f()
}
fn main() {
    let s = String::new();
    println!("{}", call(move || s));
}
//# not_initialised
fn main() {
    let n: i32;
    println!("{n}");
}
//# initialised_sometimes
fn main() {
    let n: i32;
    if std::env::args().count() > 1 {
        n = 1;
    }
    println!("{n}");
}
//# initialised_later ok
fn main() {
    let n: i32;
    if std::env::args().count() > 1 {
        n = 1;
    } else {
        n = 2;
    }
    println!("{n}");
}
//# assigned_twice
fn main() {
    let n = 1;
    println!("{n}");
    n = 2;
    println!("{n}");
}
//# immutable_borrowed
fn main() {
    let v = Vec::new();
    v.push(1);
}
//# immutable_field
struct P {
    n: i32,
}
fn main() {
    let p = P { n: 1 };
    p.n = 2;
    println!("{}", p.n);
}
//# through_shared_reference
fn f(v: &Vec<i32>) {
    v.push(1);
}
fn main() {
    f(&vec![]);
}
//# assigned_through_shared_reference
fn f(n: &i32) {
    *n = 1;
}
fn main() {
    f(&1);
}
//# shared_self
struct S {
    n: i32,
}
impl S {
    fn set(&self) {
        self.n = 1;
    }
}
fn main() {
    S { n: 0 }.set();
}
//# closure_not_mut
fn main() {
    let mut n = 0;
    let f = || n += 1;
    f();
}
//# mutable_everywhere ok
struct S {
    n: i32,
}
impl S {
    fn set(&mut self) {
        self.n = 1;
    }
}
fn main() {
    let mut s = S { n: 0 };
    s.set();
    let r = &mut s;
    r.set();
    let mut f = || r.n += 1;
    f();
}
