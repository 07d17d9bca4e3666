struct P {
    x: i32,
}

fn main() {
    let p = P { x: 1 };
    let n = 3u32;
    println!("{} {} {}", p.y, *n, n[0]);
    println!("{}", n as bool);
}
