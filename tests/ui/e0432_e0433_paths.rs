use std::collections::HashMapp;

fn main() {
    let m: HashMapp<i32, i32> = HashMapp::new();
    let v = Vecc::new();
    let x = shapes::area(1);
}
