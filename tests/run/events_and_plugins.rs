// An event bus, observers, type-state, builders, visitors and a plugin registry: trait objects as people use them.
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::fmt::Debug;
use std::marker::PhantomData;
use std::rc::{Rc, Weak};
trait Event: Any + Debug {
    fn kind(&self) -> &'static str;
    fn as_any(&self) -> &dyn Any;
}
macro_rules! event { ($(#[$m:meta])* $n:ident { $($f:ident: $t:ty),* $(,)? }) => { #[derive(Debug, Clone)] $(#[$m])* struct $n { $($f: $t),* } impl Event for $n { fn kind(&self) -> &'static str { stringify!($n) } fn as_any(&self) -> &dyn Any { self } } }; }
event!(
    #[allow(dead_code)]
    Click { x: i32, y: i32 }
);
event!(Key { ch: char });
event!(Tick {});
type Handler<'a> = Box<dyn FnMut(&dyn Event) -> bool + 'a>;
#[derive(Default)]
struct Bus<'a> {
    handlers: BTreeMap<u8, Vec<Handler<'a>>>,
    queue: VecDeque<Box<dyn Event>>,
    log: Vec<String>,
}
impl<'a> Bus<'a> {
    fn on<E: Event, F>(&mut self, prio: u8, mut f: F) -> &mut Self
    where
        F: FnMut(&E) + 'a,
    {
        self.handlers.entry(prio).or_default().push(Box::new(move |e| {
            if let Some(e) = e.as_any().downcast_ref::<E>() {
                f(e);
                true
            } else {
                false
            }
        }));
        self
    }
    fn emit(&mut self, e: impl Event) {
        self.queue.push_back(Box::new(e));
    }
    fn run(&mut self) -> usize {
        let mut n = 0;
        while let Some(e) = self.queue.pop_front() {
            let hits =
                self.handlers.values_mut().rev().flatten().map(|h| h(e.as_ref())).filter(|b| *b).count();
            self.log.push(format!("{}:{hits}", e.kind()));
            n += hits;
        }
        n
    }
}
trait Observer {
    fn notify(&self, v: &i32);
    fn id(&self) -> u32;
}
struct Subject {
    obs: RefCell<Vec<Weak<dyn Observer>>>,
    val: Cell<i32>,
}
impl Subject {
    fn attach(&self, o: &Rc<dyn Observer>) {
        self.obs.borrow_mut().push(Rc::downgrade(o));
    }
    fn set(&self, v: i32) -> usize {
        self.val.set(v);
        self.obs.borrow_mut().retain(|w| w.upgrade().is_some());
        let obs = self.obs.borrow();
        obs.iter().filter_map(Weak::upgrade).for_each(|o| o.notify(&v));
        obs.len()
    }
}
struct Logger {
    id: u32,
    seen: RefCell<Vec<i32>>,
}
impl Observer for Logger {
    fn notify(&self, v: &i32) {
        self.seen.borrow_mut().push(*v + self.id as i32);
    }
    fn id(&self) -> u32 {
        self.id
    }
}
impl Drop for Logger {
    fn drop(&mut self) {
        println!("logger {} gone {:?}", self.id, self.seen.get_mut());
    }
}
struct Open;
struct Closed;
struct Locked {
    code: u32,
}
struct Door<S> {
    name: String,
    state: S,
    _p: PhantomData<S>,
}
impl<S> Door<S> {
    fn to<T>(self, state: T) -> Door<T> {
        Door { name: self.name, state, _p: PhantomData }
    }
}
impl Door<Closed> {
    fn new(n: &str) -> Self {
        Door { name: n.into(), state: Closed, _p: PhantomData }
    }
    fn open(self) -> Door<Open> {
        self.to(Open)
    }
    fn lock(self, code: u32) -> Door<Locked> {
        self.to(Locked { code })
    }
}
impl Door<Open> {
    fn close(self) -> Door<Closed> {
        self.to(Closed)
    }
}
impl Door<Locked> {
    fn unlock(self, c: u32) -> Result<Door<Closed>, Self> {
        if c == self.state.code { Ok(self.to(Closed)) } else { Err(self) }
    }
}
trait StateName {
    fn nm() -> &'static str;
}
impl StateName for Open {
    fn nm() -> &'static str {
        "open"
    }
}
impl StateName for Closed {
    fn nm() -> &'static str {
        "closed"
    }
}
impl<S: StateName> Door<S> {
    fn show(&self) -> String {
        format!("{} is {}", self.name, S::nm())
    }
}
#[derive(Debug, Default, Clone, PartialEq)]
struct Req {
    url: String,
    headers: Vec<(String, String)>,
    retries: Option<u32>,
    body: Option<Vec<u8>>,
}
#[derive(Default)]
struct ReqBuilder {
    r: Req,
    err: Option<String>,
}
impl ReqBuilder {
    fn url(mut self, u: impl AsRef<str>) -> Self {
        if !u.as_ref().starts_with("http") {
            self.err.get_or_insert_with(|| format!("bad url {}", u.as_ref()));
        }
        self.r.url = u.as_ref().to_owned();
        self
    }
    fn header<K: Into<String>, V: ToString>(mut self, k: K, v: V) -> Self {
        self.r.headers.push((k.into(), v.to_string()));
        self
    }
    fn retries(self, n: u32) -> Self {
        Self { r: Req { retries: Some(n), ..self.r }, ..self }
    }
    fn build(self) -> Result<Req, String> {
        match self {
            Self { err: Some(e), .. } => Err(e),
            Self { r, err: None } => Ok(r),
        }
    }
}
trait Visitor {
    type Out;
    fn num(&mut self, n: i64) -> Self::Out;
    fn add(&mut self, a: &Node, b: &Node) -> Self::Out;
    fn neg(&mut self, a: &Node) -> Self::Out;
}
enum Node {
    Num(i64),
    Add(Box<Node>, Box<Node>),
    Neg(Box<Node>),
}
impl Node {
    fn accept<V: Visitor + ?Sized>(&self, v: &mut V) -> V::Out {
        match self {
            Node::Num(n) => v.num(*n),
            Node::Add(a, b) => v.add(a, b),
            Node::Neg(a) => v.neg(a),
        }
    }
}
struct Eval;
struct Show {
    depth: usize,
}
impl Visitor for Eval {
    type Out = i64;
    fn num(&mut self, n: i64) -> i64 {
        n
    }
    fn add(&mut self, a: &Node, b: &Node) -> i64 {
        a.accept(self) + b.accept(self)
    }
    fn neg(&mut self, a: &Node) -> i64 {
        -a.accept(self)
    }
}
impl Visitor for Show {
    type Out = String;
    fn num(&mut self, n: i64) -> String {
        n.to_string()
    }
    fn add(&mut self, a: &Node, b: &Node) -> String {
        self.depth += 1;
        format!("({} + {})", a.accept(self), b.accept(self))
    }
    fn neg(&mut self, a: &Node) -> String {
        format!("-{}", a.accept(self))
    }
}
trait Plugin {
    fn name(&self) -> &str;
    fn exec(&mut self, args: &[&str]) -> Option<String>;
    fn boxed_clone(&self) -> Box<dyn Plugin>;
}
impl Clone for Box<dyn Plugin> {
    fn clone(&self) -> Self {
        self.boxed_clone()
    }
}
#[derive(Clone)]
struct Echo(usize);
impl Plugin for Echo {
    fn name(&self) -> &str {
        "echo"
    }
    fn exec(&mut self, a: &[&str]) -> Option<String> {
        self.0 += 1;
        Some(format!("{}#{}", a.join(" "), self.0))
    }
    fn boxed_clone(&self) -> Box<dyn Plugin> {
        Box::new(self.clone())
    }
}
#[derive(Clone)]
struct Sum;
impl Plugin for Sum {
    fn name(&self) -> &str {
        "sum"
    }
    fn exec(&mut self, a: &[&str]) -> Option<String> {
        a.iter().map(|s| s.parse::<i32>().ok()).sum::<Option<i32>>().map(|n| n.to_string())
    }
    fn boxed_clone(&self) -> Box<dyn Plugin> {
        Box::new(Sum)
    }
}
#[derive(Clone, Default)]
struct Registry {
    m: HashMap<String, Box<dyn Plugin>>,
    order: Vec<String>,
}
impl Registry {
    fn register<P: Plugin + 'static>(&mut self, p: P) {
        self.order.push(p.name().to_owned());
        self.m.insert(p.name().to_owned(), Box::new(p));
    }
    fn call(&mut self, line: &str) -> Result<String, String> {
        let mut it = line.split_whitespace();
        let cmd = it.next().ok_or("empty")?;
        let args: Vec<_> = it.collect();
        self.m.get_mut(cmd).ok_or_else(|| format!("no {cmd}"))?.exec(&args).ok_or(String::from("failed"))
    }
}
fn main() {
    let clicks = RefCell::new(vec![]);
    let keys = Cell::new(0);
    {
        let mut bus = Bus::default();
        bus.on(1, |c: &Click| clicks.borrow_mut().push((c.x, c.y)))
            .on::<Key, _>(2, |k| keys.set(keys.get() + k.ch as u32))
            .on(3, |_: &Click| println!("click!"));
        bus.emit(Click { x: 1, y: 2 });
        bus.emit(Key { ch: 'a' });
        bus.emit(Tick {});
        println!("{} {:?}", bus.run(), bus.log);
    }
    println!("{:?} {}", clicks.borrow(), keys.get());
    let s = Subject { obs: Default::default(), val: Cell::new(0) };
    let a: Rc<dyn Observer> = Rc::new(Logger { id: 1, seen: RefCell::default() });
    s.attach(&a);
    {
        let b: Rc<dyn Observer> = Rc::new(Logger { id: 2, seen: RefCell::default() });
        s.attach(&b);
        println!("{}", s.set(5));
    }
    println!("{} {} {}", s.set(6), a.id(), s.val.get());
    drop(a);
    let d = Door::new("front").open();
    println!("{}", d.show());
    let d = d.close().lock(42);
    let d = match d.unlock(1) {
        Ok(_) => panic!(),
        Err(d) => d,
    };
    if let Ok(d) = d.unlock(42) {
        println!("{}", d.show());
    }
    println!(
        "{:?}",
        ReqBuilder::default()
            .url("http://x")
            .header("a", 1)
            .header(String::from("b"), 2.5)
            .retries(3)
            .build()
    );
    println!("{:?}", ReqBuilder::default().url("ftp").url(String::from("zzz")).build());
    let n = Node::Add(
        Box::new(Node::Num(3)),
        Box::new(Node::Neg(Box::new(Node::Add(Box::new(Node::Num(1)), Box::new(Node::Num(1)))))),
    );
    let mut sh = Show { depth: 0 };
    println!("{} = {} (depth {})", n.accept(&mut sh), n.accept(&mut Eval), sh.depth);
    let v: &mut dyn Visitor<Out = i64> = &mut Eval;
    println!("{}", n.accept(v));
    let mut r = Registry::default();
    r.register(Echo(0));
    r.register(Sum);
    let mut r2 = r.clone();
    for l in ["echo a b", "sum 1 2 3", "sum x", "nope", ""] {
        println!("{:?}", r.call(l));
    }
    println!("{:?} {:?} {:?}", r.call("echo"), r2.call("echo"), r2.order);
}
