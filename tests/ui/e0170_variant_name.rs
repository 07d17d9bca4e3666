enum Color {
    Red,
    Green,
}

fn show(c: Color) -> i32 {
    match c {
        Red => 1,
        _ => 2,
    }
}

fn main() {
    println!("{}{}", show(Color::Red), show(Color::Green));
}
