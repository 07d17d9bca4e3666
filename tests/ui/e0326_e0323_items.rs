trait Limits {
    const MAX: u32;
    fn min() -> u32;
}

struct Small;

impl Limits for Small {
    const MAX: i64 = 3;
    const min: u32 = 1;
}

fn main() {}
