struct Pair<T> {
    a: T,
    b: T,
}

struct Text<'a> {
    s: &'a str,
}

fn f(_: Pair<i32, i32>) {}
fn g<'a, 'b>(_: Text<'a, 'b>) {}
fn h(_: Vec) {}

fn main() {}
