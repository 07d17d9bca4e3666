struct Plain;

#[derive(Clone)]
struct Wrap<T>(T);

fn main() {
    let w = Wrap(Plain);
    let _ = w.clone();
    let v = vec![Plain];
    v.sort();
    let n = 3;
    n.push(1);
}
