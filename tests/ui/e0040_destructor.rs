struct Guard;

impl Drop for Guard {
    fn drop(&mut self) {}
}

fn main() {
    let mut g = Guard;
    g.drop();
}
