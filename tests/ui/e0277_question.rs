fn parse(text: &str) -> Option<i32> {
    let n: i32 = text.parse()?;
    Some(n)
}

fn sum(values: &[i32]) -> f64 {
    let mut total = 0.0;
    for v in values {
        total += v;
    }
    total
}

fn main() {}
