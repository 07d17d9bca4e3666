// Arithmetic overflow in a loop whose sum does not fit.
fn main() {
    let mut sum: u8 = 250;
    println!("start {sum}");
    for x in 0..10u8 {
        sum += x;
    }
    println!("end {sum}");
}
