// Trait objects, Rc and RefCell, recursive boxes.
use std::cell::{Cell, RefCell};
use std::rc::Rc;
trait Shape {
    fn area(&self) -> f64;
    fn name(&self) -> String {
        "shape".to_string()
    }
}
struct Circle(f64);
struct Square(f64);
impl Shape for Circle {
    fn area(&self) -> f64 {
        3.0 * self.0 * self.0
    }
}
impl Shape for Square {
    fn area(&self) -> f64 {
        self.0 * self.0
    }
    fn name(&self) -> String {
        format!("square {}", self.0)
    }
}
#[derive(Debug)]
enum List {
    Cons(i32, Box<List>),
    Nil,
}
fn sum(list: &List) -> i32 {
    match list {
        List::Cons(x, rest) => x + sum(rest),
        List::Nil => 0,
    }
}
fn main() {
    let shapes: Vec<Box<dyn Shape>> = vec![Box::new(Circle(1.0)), Box::new(Square(2.0))];
    for s in &shapes {
        println!("{} {}", s.name(), s.area());
    }
    println!("{}", shapes.iter().map(|s| s.area()).sum::<f64>());
    let shared = Rc::new(RefCell::new(vec![1]));
    let other = Rc::clone(&shared);
    other.borrow_mut().push(2);
    println!("{:?} {}", shared.borrow(), Rc::strong_count(&shared));
    let cell = Cell::new(5);
    cell.set(cell.get() + 1);
    println!("{}", cell.get());
    let list = List::Cons(1, Box::new(List::Cons(2, Box::new(List::Nil))));
    println!("{} {list:?}", sum(&list));
}
