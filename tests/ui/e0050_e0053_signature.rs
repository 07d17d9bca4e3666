trait Visit {
    fn enter(&mut self, depth: usize);
    fn leave(&mut self, depth: usize) -> bool;
}

struct Count;

impl Visit for Count {
    fn enter(&mut self) {}
    fn leave(&mut self, depth: u32) -> bool {
        depth > 0
    }
}

fn main() {}
