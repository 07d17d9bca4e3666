// Unsized coercions behind references, boxes and shared pointers; supertraits of trait objects.
use std::cell::RefCell;
use std::fmt::{Debug, Display};
use std::rc::Rc;
use std::sync::Arc;
trait Shape {
    fn area(&self) -> f64;
    fn name(&self) -> String {
        "shape".into()
    }
    fn boxed(self) -> Box<dyn Shape>
    where
        Self: Sized + 'static,
    {
        Box::new(self)
    }
    fn gen_m<T: Debug>(&self, t: T) -> String
    where
        Self: Sized,
    {
        format!("{t:?}")
    }
}
struct Sq(f64);
struct Ci(f64);
impl Shape for Sq {
    fn area(&self) -> f64 {
        self.0 * self.0
    }
    fn name(&self) -> String {
        "sq".into()
    }
}
impl Shape for Ci {
    fn area(&self) -> f64 {
        3.0 * self.0 * self.0
    }
}
trait Named {
    fn nm(&self) -> String;
}
trait Both: Named + Debug {
    fn both(&self) -> String {
        format!("{}/{:?}", self.nm(), self)
    }
}
#[derive(Debug, Clone)]
struct A(i32);
impl Named for A {
    fn nm(&self) -> String {
        format!("A{}", self.0)
    }
}
impl Both for A {}
fn up(b: Box<dyn Both>) -> Box<dyn Named> {
    b
}
fn up_ref(b: &dyn Both) -> &dyn Debug {
    b
}
impl PartialEq for dyn Shape {
    fn eq(&self, o: &dyn Shape) -> bool {
        self.area() == o.area()
    }
}
impl dyn Shape {
    fn twice(&self) -> f64 {
        self.area() * 2.0
    }
}
impl Shape for Box<dyn Shape> {
    fn area(&self) -> f64 {
        (**self).area() + 0.5
    }
}
fn total(v: &[Rc<dyn Shape>]) -> f64 {
    v.iter().map(|s| s.area()).sum()
}
struct Wrapper<T: ?Sized> {
    n: i32,
    v: T,
}
fn main() {
    let r: Rc<dyn Shape> = Rc::new(Sq(2.0));
    let r2 = Rc::clone(&r);
    println!("{} {} {}", r.area(), r2.name(), Rc::strong_count(&r));
    println!("{}", total(&[r.clone(), Rc::new(Ci(1.0))]));
    let s: Rc<[i32]> = Rc::from(vec![1, 2, 3]);
    println!("{:?} {}", s, s.len());
    let s2: Rc<[i32]> = Rc::new([4, 5]);
    println!("{:?}", s2.iter().sum::<i32>());
    let st: Rc<str> = Rc::from("hello");
    println!("{st} {}", st.len());
    let st2: Rc<str> = "x".into();
    println!("{st2}");
    let a: Arc<str> = Arc::from("arc");
    println!("{a}");
    let bs: Box<[i32]> = vec![1, 2].into_boxed_slice();
    println!("{:?}", bs);
    let b3: Box<[u8]> = Box::new([1, 2, 3]);
    println!("{}", b3.len());
    let bstr: Box<str> = "boxed".into();
    println!("{bstr}");
    let f: Box<dyn FnOnce(String) -> usize> = Box::new(|s| s.len());
    println!("{}", f("abc".into()));
    let mut fs: Vec<Box<dyn FnMut() -> i32>> = Vec::new();
    let mut c = 0;
    fs.push(Box::new(move || {
        c += 1;
        c
    }));
    fs.push(Box::new(|| 7));
    for f in fs.iter_mut() {
        println!("{} {}", f(), f());
    }
    let n = up(Box::new(A(3)));
    println!("{}", n.nm());
    println!("{:?} {}", up_ref(&A(4)), A(5).both());
    let q: &dyn Shape = &Sq(1.0);
    println!("{} {}", q.twice(), *q == *r);
    let sh = Sq(3.0).boxed();
    println!("{} {}", sh.area(), Sq(1.0).gen_m("x"));
    let rc: Rc<RefCell<dyn Shape>> = Rc::new(RefCell::new(Sq(4.0)));
    println!("{}", rc.borrow().area());
    let cell: Rc<RefCell<Vec<Box<dyn Shape>>>> = Rc::default();
    cell.borrow_mut().push(Box::new(Ci(2.0)));
    println!("{}", cell.borrow()[0].area());
    let w: &Wrapper<[i32]> = &Wrapper { n: 1, v: [1, 2, 3] };
    println!("{} {}", w.n, w.v.len());
    let w2: Box<Wrapper<dyn Display>> = Box::new(Wrapper { n: 2, v: "dd" });
    println!("{} {}", w2.n, &w2.v);
    let d: Vec<(&str, Box<dyn Fn(i32) -> i32>)> =
        vec![("a", Box::new(|x| x + 1)), ("b", Box::new(move |x| x * 2))];
    for (n, f) in &d {
        println!("{n} {}", f(5));
    }
    let arr: [&dyn Display; 3] = [&1, &"two", &3.5];
    for x in arr {
        print!("{x} ");
    }
    println!();
    let mut it: Box<dyn Iterator<Item = i32>> = Box::new(0..10);
    it = Box::new(it.filter(|x| x % 2 == 0));
    it = Box::new(it.map(|x| x * x));
    println!("{:?}", it.collect::<Vec<_>>());
    let o: Option<&dyn Shape> = Some(&Sq(2.0));
    println!("{:?}", o.map(|s| s.area()));
    let e: &dyn Shape = if c > 3 { &Sq(1.0) } else { &Ci(1.0) };
    println!("{}", e.area());
    // What the target says decides the other parameters.
    let table: &Table<i32, dyn Fn(i32) -> i32> = &Table { items: vec![4, 5], each: |x| x * 2 };
    println!("{:?}", table.items.iter().map(|x| (table.each)(*x)).collect::<Vec<_>>());
    let table: Box<Table<u8, [i64]>> = Box::new(Table { items: vec![1], each: [1, 2] });
    println!("{} {}", table.items.len(), table.each.len());
}

struct Table<T, F: ?Sized> {
    items: Vec<T>,
    each: F,
}
