// expect on None, inside a nested call.
struct Table {
    rows: Vec<(String, u32)>,
}
impl Table {
    fn find(&self, name: &str) -> Option<u32> {
        self.rows.iter().find(|(n, _)| n == name).map(|(_, v)| *v)
    }
    fn must(&self, name: &str) -> u32 {
        self.find(name).expect("no such row")
    }
}
fn main() {
    let table = Table { rows: vec![("a".to_string(), 1)] };
    println!("{}", table.must("a"));
    println!("{}", table.must("b"));
}
