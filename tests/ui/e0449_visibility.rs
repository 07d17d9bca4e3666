// Nothing in an enum has a visibility of its own.
pub enum Shape {
    pub Circle(f64),
    Square {
        pub side: f64,
    },
    // A comment before a variant may end in pub
    Point,
}
trait Area {
    fn area(&self) -> f64;
}
impl Area for Shape {
    pub fn area(&self) -> f64 {
        0.0
    }
}
fn main() {}
