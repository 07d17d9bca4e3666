// Division by zero, after a result that is needed first.
fn ratio(a: i64, b: i64) -> i64 {
    a / b
}
fn main() {
    let xs = [6, 3, 0, 2];
    let mut total = 0;
    for x in xs {
        total += ratio(12, x);
        println!("{total}");
    }
}
