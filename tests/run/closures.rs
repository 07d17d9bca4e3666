// Closures: capture by reference, by mutable reference, by value; as arguments, results and fields.
fn apply<F: Fn(i32) -> i32>(f: F, x: i32) -> i32 {
    f(f(x))
}
fn call_mut(mut f: impl FnMut(i32)) {
    for i in 0..4 {
        f(i);
    }
}
fn consume<F>(f: F) -> String
where
    F: FnOnce() -> String,
{
    f()
}
fn adder(n: i32) -> impl Fn(i32) -> i32 {
    move |x| x + n
}
fn compose<A, B, C>(f: impl Fn(A) -> B, g: impl Fn(B) -> C) -> impl Fn(A) -> C {
    move |x| g(f(x))
}
struct Button<F: Fn(&str) -> usize> {
    on_click: F,
}
fn double(x: i32) -> i32 {
    x * 2
}
fn main() {
    let k = 3;
    println!("{} {}", apply(|x| x * k, 2), apply(double, 5));
    let mut log = Vec::new();
    call_mut(|i| log.push(i * i));
    println!("{log:?}");
    let name = String::from("moved");
    println!("{}", consume(move || name + "!"));
    let add5 = adder(5);
    let f = compose(add5, |x| format!("<{x}>"));
    println!("{} {}", f(1), f(2));
    let mut counter = 0;
    let mut tick = || {
        counter += 1;
        counter
    };
    println!("{} {} {}", tick(), tick(), tick());
    println!("{counter}");
    let b = Button { on_click: |s| s.len() + k as usize };
    println!("{}", (b.on_click)("four"));
    let table: [fn(i32) -> i32; 2] = [double, |x| x - 1];
    println!("{:?}", table.iter().map(|f| f(10)).collect::<Vec<_>>());
    let mut v = vec![3, 1, 2];
    v.sort_by(|a, b| b.cmp(a));
    let limit = 2;
    println!("{:?} {}", v, v.iter().filter(|&&x| x >= limit).count());
    let pair = (String::from("a"), String::from("b"));
    let first = || pair.0.len();
    println!("{} {}", first(), pair.1);
    let fact = |n: u64| (1..=n).product::<u64>();
    println!("{}", fact(10));
}
