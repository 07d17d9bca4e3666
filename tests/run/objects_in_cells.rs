// `Rc<RefCell<dyn Trait>>`: sized and dropped by the type inside.
use std::cell::RefCell;
use std::rc::Rc;
trait Shape {
    fn area(&self) -> f64;
    fn grow(&mut self);
}
struct Sq(f64);
impl Shape for Sq {
    fn area(&self) -> f64 {
        self.0 * self.0
    }
    fn grow(&mut self) {
        self.0 += 1.0;
    }
}
impl Drop for Sq {
    fn drop(&mut self) {
        println!("drop sq");
    }
}
struct B(u8);
impl Shape for B {
    fn area(&self) -> f64 {
        self.0 as f64
    }
    fn grow(&mut self) {
        self.0 += 1;
    }
}
fn main() {
    let rc: Rc<RefCell<dyn Shape>> = Rc::new(RefCell::new(Sq(4.0)));
    rc.borrow_mut().grow();
    println!("{}", rc.borrow().area());
    let v: Vec<Rc<RefCell<dyn Shape>>> = vec![rc.clone(), Rc::new(RefCell::new(B(7)))];
    for s in &v {
        s.borrow_mut().grow();
    }
    for s in v.iter() {
        println!("{}", s.borrow().area());
    }
    drop(v);
    drop(rc);
    println!("end");
    let b: Box<RefCell<dyn Shape>> = Box::new(RefCell::new(Sq(1.0)));
    b.borrow_mut().grow();
    println!("{}", b.borrow().area());
}
