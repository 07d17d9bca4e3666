// Moves, clones, borrows, drops in order, partial moves, mem::swap and friends.
struct Noisy(&'static str);
impl Drop for Noisy {
    fn drop(&mut self) {
        println!("drop {}", self.0);
    }
}
fn pass(n: Noisy) -> Noisy {
    println!("pass {}", n.0);
    n
}
fn maybe(flag: bool) {
    let a = Noisy("a");
    let b = Noisy("b");
    if flag {
        drop(a);
    }
    println!("end of maybe {}", b.0);
}
fn longest<'a>(a: &'a str, b: &'a str) -> &'a str {
    if a.len() >= b.len() { a } else { b }
}
fn push_all(to: &mut Vec<String>, from: Vec<&str>) {
    for s in from {
        to.push(s.to_owned());
    }
}
fn main() {
    let _keep = Noisy("keep");
    let x = pass(Noisy("x"));
    maybe(true);
    maybe(false);
    let _ = Noisy("ignored");
    {
        let _inner = Noisy("inner");
        println!("in block");
    }
    let pair = (Noisy("left"), Noisy("right"));
    let (left, _) = pair;
    println!("took {}", left.0);
    drop(x);
    let mut v = vec![Noisy("v0"), Noisy("v1"), Noisy("v2")];
    let last = v.pop();
    println!("popped {}", last.as_ref().map_or("none", |n| n.0));
    v[0] = Noisy("v0b");
    let mut a = String::from("first");
    let mut b = String::from("second");
    std::mem::swap(&mut a, &mut b);
    let old = std::mem::replace(&mut a, "third".to_string());
    println!("{a} {b} {old} {:?}", std::mem::take(&mut b));
    println!("{}", longest(&a, &old));
    let mut list = Vec::new();
    push_all(&mut list, vec!["p", "q"]);
    let copy = list.clone();
    list.push("r".into());
    println!("{list:?} {copy:?}");
    let boxed = Box::new(Noisy("boxed"));
    let unboxed = *boxed;
    println!("{}", unboxed.0);
    let mut opt = Some(Noisy("opt"));
    opt = None;
    println!("none {}", opt.is_none());
    for n in [Noisy("l0"), Noisy("l1")] {
        println!("loop {}", n.0);
    }
    println!("end");
}
