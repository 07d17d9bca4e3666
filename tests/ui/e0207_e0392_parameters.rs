struct Holder<T>(i32);

struct Plain;

impl<T: Default> Plain {
    fn make(&self) {}
}

fn main() {}
