fn digits(x: u32) -> String {
    x
}

fn later(x: u32) -> Option<u32> {
    let y = x + 1;
    if y > 1 { y } else { None }
}

fn arms(x: u32) -> &'static str {
    match x {
        0 => "none",
        _ => 'm',
    }
}

fn main() {
    println!("{}{:?}{}", digits(1), later(2), arms(3));
}
