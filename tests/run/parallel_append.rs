// Loops that append: map and collect, flat_map, push under a condition, push_str.
fn step(x: u64) -> u64 {
    let mut y = x;
    for _ in 0..20 {
        y = y ^ (y << 13) ^ (y >> 7);
    }
    y % 1000
}
fn main() {
    let n = 1000;
    let a: Vec<u64> = (0..n).map(step).collect();
    let mut b = Vec::new();
    for x in &a {
        if x % 3 == 0 {
            b.push(x / 3);
        }
    }
    let c: Vec<(usize, u64)> = a.iter().enumerate().filter(|(i, x)| (*i as u64 + **x) % 7 == 0).map(|(i, x)| (i, *x)).collect();
    let d: Vec<u64> = (0..30).flat_map(|y| (0..y).map(move |x| x * y)).collect();
    let mut text = String::new();
    for x in a.chunks(100) {
        text.push_str(&format!("{} ", x.len() as u64 + x[0]));
    }
    println!("{} {} {} {}", a.len(), b.len(), c.len(), d.len());
    println!("{:?} {:?} {:?}", &a[990..], &b[..5], c.last());
    println!("{:?} {text}", &d[d.len() - 4..]);
    let words: Vec<String> = (0..20).map(|i| format!("w{i}")).collect();
    println!("{}", words.concat());
    let none: Vec<u64> = (0..0).map(step).collect();
    println!("{none:?}");
}
