// An index out of bounds ends the program with the place of the index; text printed before stays.
fn pick(values: &[u32], at: usize) -> u32 {
    values[at]
}
fn main() {
    let values = vec![10, 20, 30];
    for i in 0..5 {
        println!("{}", pick(&values, i));
    }
}
