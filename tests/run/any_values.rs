// Values of any type: `dyn Any`, `TypeId`, downcasts of references, boxes and shared pointers.
use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::rc::Rc;
trait Component: Any {
    fn name(&self) -> String;
    fn as_any(&self) -> &dyn Any;
    fn as_any_mut(&mut self) -> &mut dyn Any;
}
#[derive(Debug, Clone, PartialEq)]
struct Pos(i32, i32);
#[derive(Debug)]
struct Hp {
    v: u32,
}
impl Component for Pos {
    fn name(&self) -> String {
        "pos".into()
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
}
impl Component for Hp {
    fn name(&self) -> String {
        "hp".into()
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
}
fn describe(x: &dyn Any) -> String {
    if let Some(i) = x.downcast_ref::<i32>() {
        format!("i32 {i}")
    } else if let Some(s) = x.downcast_ref::<&str>() {
        format!("str {s}")
    } else if x.is::<String>() {
        format!("String {}", x.downcast_ref::<String>().unwrap())
    } else {
        "unknown".to_string()
    }
}
fn main() {
    let mut cs: Vec<Box<dyn Component>> = vec![Box::new(Pos(1, 2)), Box::new(Hp { v: 3 })];
    for c in cs.iter_mut() {
        if let Some(p) = c.as_any_mut().downcast_mut::<Pos>() {
            p.0 += 10;
        }
    }
    for c in &cs {
        println!(
            "{} {:?} {:?}",
            c.name(),
            c.as_any().downcast_ref::<Pos>(),
            c.as_any().downcast_ref::<Hp>().map(|h| h.v)
        );
    }
    println!("{} {} {} {}", describe(&1i32), describe(&"x"), describe(&String::from("s")), describe(&1u8));
    let b: Box<dyn Any> = Box::new(5u64);
    match b.downcast::<u32>() {
        Ok(_) => println!("u32"),
        Err(b) => println!("{}", b.downcast::<u64>().unwrap()),
    }
    let r: Rc<dyn Any> = Rc::new(String::from("rc"));
    println!("{}", r.downcast::<String>().unwrap());
    let mut m: HashMap<TypeId, Box<dyn Any>> = HashMap::new();
    m.insert(TypeId::of::<i32>(), Box::new(1i32));
    m.insert(TypeId::of::<String>(), Box::new("hey".to_string()));
    println!("{:?}", m.get(&TypeId::of::<String>()).and_then(|b| b.downcast_ref::<String>()));
    println!("{}", TypeId::of::<i32>() == TypeId::of::<u32>());
    let x: &dyn Any = &3.5f64;
    println!("{}", x.type_id() == TypeId::of::<f64>());
}
