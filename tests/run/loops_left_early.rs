// Loops that end early, fail or print in the middle: chunks before that point count, those after it do not.
fn slow(x: u64) -> u64 {
    (0..50).fold(x, |a, b| a ^ (a << 1) ^ b)
}
fn find(v: &[u64], t: u64) -> Option<usize> {
    for (i, x) in v.iter().enumerate() {
        if slow(*x) % 1000 == t {
            return Some(i);
        }
    }
    None
}
fn total(v: &[&str]) -> Result<u64, std::num::ParseIntError> {
    let mut s = 0u64;
    for x in v {
        s += x.parse::<u64>()?;
    }
    Ok(s)
}
fn endless_after(limit: u64) -> u64 {
    let mut last = 0;
    for x in 0..1000u64 {
        if x == limit {
            break;
        }
        // Past the limit this would never end.
        while last > limit {}
        last = x;
    }
    last
}
fn main() {
    let v: Vec<u64> = (0..1000).map(|x| x * 7).collect();
    println!("{:?} {:?}", find(&v, 17), find(&v, 1001));
    for x in v.iter().take(20) {
        println!("x = {} {}", x, slow(*x));
    }
    println!("{} {:?}", total(&["1", "2", "3", "x", "5"]).is_err(), total(&["1", "2", "3", "7", "5"]));
    println!("{}", v.iter().any(|x| slow(*x) % 999 == 3));
    println!("{:?}", v.iter().position(|x| slow(*x) % 999 == 3));
    println!("{:?} {}", v.iter().find(|x| **x > 500), v.iter().all(|x| *x < 5000));
    let mut it = v.iter();
    let mut out = vec![];
    while let Some(x) = it.next() {
        if *x > 77 {
            break;
        }
        out.push(*x);
    }
    println!("{:?} {:?}", out, it.next());
    let mut it = v.iter();
    let mut s = 0;
    while let Some(x) = it.next() {
        s += *x;
    }
    println!("{:?} {:?}", s, it.next());
    let mut c = 0;
    let w: Vec<u64> = v
        .iter()
        .map(move |x| {
            c += 1;
            c * x
        })
        .collect();
    println!("{} {} {}", w[3], w[999], endless_after(500));
    let mut big = 250u8;
    for x in v.iter().take(10) {
        println!("before {x}");
        big += (*x / 7) as u8;
        println!("after {big}");
    }
}
