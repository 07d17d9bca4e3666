// traits: typestate, builder, visitor, observer, plugin, dyn
use std::any::Any;
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::fmt;
use std::marker::PhantomData;
use std::rc::{Rc, Weak};
mod state {
    pub struct Open;
    pub struct Closed;
    pub trait State {
        const NAME: &'static str;
    }
    impl State for Open {
        const NAME: &'static str = "open";
    }
    impl State for Closed {
        const NAME: &'static str = "closed";
    }
}
use state::*;
struct Door<S: State> {
    opened: u32,
    _s: PhantomData<S>,
}
impl Door<Closed> {
    fn new() -> Self {
        Door { opened: 0, _s: PhantomData }
    }
    fn open(self) -> Door<Open> {
        Door { opened: self.opened + 1, _s: PhantomData }
    }
}
impl Door<Open> {
    fn close(self) -> Door<Closed> {
        Door { opened: self.opened, _s: PhantomData }
    }
}
impl<S: State> fmt::Debug for Door<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Door").field("state", &S::NAME).field("opened", &self.opened).finish()
    }
}
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Request {
    method: String,
    url: String,
    headers: Vec<(String, String)>,
    body: Option<Vec<u8>>,
    retries: u8,
}
#[derive(Default)]
struct RequestBuilder {
    req: Request,
    errors: Vec<BuildError>,
}
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum BuildError {
    MissingUrl,
    BadHeader { name: String },
    TooManyRetries(u8),
}
impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::MissingUrl => write!(f, "missing url"),
            Self::BadHeader { name } => write!(f, "bad header {name:?}"),
            Self::TooManyRetries(n @ 0..=9) => write!(f, "few {n}"),
            Self::TooManyRetries(n) => write!(f, "too many retries: {}", n),
        }
    }
}
impl Error for BuildError {}
impl RequestBuilder {
    fn new(m: impl Into<String>) -> Self {
        Self { req: Request { method: m.into(), ..Default::default() }, ..Default::default() }
    }
    fn url<'a>(mut self, u: impl Into<Cow<'a, str>>) -> Self {
        self.req.url = u.into().into_owned();
        self
    }
    fn header(mut self, k: &str, v: impl ToString) -> Self {
        if k.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
            self.req.headers.push((k.to_owned(), v.to_string()))
        } else {
            self.errors.push(BuildError::BadHeader { name: k.into() })
        }
        self
    }
    fn body<B: AsRef<[u8]>>(mut self, b: B) -> Self {
        self.req.body.replace(b.as_ref().to_vec());
        self
    }
    fn retries(self, n: u8) -> Self {
        Self { req: Request { retries: n, ..self.req }, ..self }
    }
    fn build(mut self) -> Result<Request, Vec<BuildError>> {
        if self.req.url.is_empty() {
            self.errors.push(BuildError::MissingUrl)
        }
        if self.req.retries > 5 {
            self.errors.push(BuildError::TooManyRetries(self.req.retries))
        }
        if self.errors.is_empty() {
            Ok(self.req)
        } else {
            self.errors.sort();
            Err(self.errors)
        }
    }
}
trait Visitor {
    type Out;
    fn num(&mut self, n: f64) -> Self::Out;
    fn bin(&mut self, op: char, l: &Node, r: &Node) -> Self::Out;
}
enum Node {
    Num(f64),
    Bin(char, Box<Node>, Box<Node>),
}
impl Node {
    fn accept<V: Visitor + ?Sized>(&self, v: &mut V) -> V::Out {
        match self {
            &Node::Num(n) => v.num(n),
            Node::Bin(o, l, r) => v.bin(*o, l, r),
        }
    }
}
struct Eval;
struct Show {
    depth: usize,
}
impl Visitor for Eval {
    type Out = Result<f64, String>;
    fn num(&mut self, n: f64) -> Self::Out {
        Ok(n)
    }
    fn bin(&mut self, op: char, l: &Node, r: &Node) -> Self::Out {
        let (a, b) = (l.accept(self)?, r.accept(self)?);
        Ok(match op {
            '+' => a + b,
            '*' => a * b,
            '/' if b == 0.0 => Err("div by zero")?,
            '/' => a / b,
            _ => return Err(format!("op {op}")),
        })
    }
}
impl Visitor for Show {
    type Out = String;
    fn num(&mut self, n: f64) -> String {
        n.to_string()
    }
    fn bin(&mut self, op: char, l: &Node, r: &Node) -> String {
        self.depth += 1;
        let s = format!("({} {op} {})", l.accept(self), r.accept(self));
        self.depth -= 1;
        if self.depth == 0 { s[1..s.len() - 1].to_string() } else { s }
    }
}
trait Observer {
    fn notify(&self, e: &Event);
    fn id(&self) -> u32;
}
#[derive(Debug, Clone, Copy, PartialEq)]
enum Event {
    Key(char),
    Click { x: i16, y: i16 },
    Quit,
}
struct Logger {
    id: u32,
    log: RefCell<Vec<String>>,
    count: Cell<usize>,
}
impl Observer for Logger {
    fn notify(&self, e: &Event) {
        self.log.borrow_mut().push(format!("{}:{e:?}", self.id));
        self.count.set(self.count.get() + 1);
    }
    fn id(&self) -> u32 {
        self.id
    }
}
#[derive(Default)]
struct Subject<'a> {
    obs: Vec<Weak<dyn Observer + 'a>>,
}
impl<'a> Subject<'a> {
    fn attach(&mut self, o: &Rc<dyn Observer + 'a>) {
        self.obs.push(Rc::downgrade(o))
    }
    fn fire(&mut self, e: Event) -> usize {
        self.obs.retain(|w| w.upgrade().is_some());
        self.obs.iter().filter_map(Weak::upgrade).inspect(|o| o.notify(&e)).count()
    }
}
trait Shape: Any + fmt::Debug {
    fn area(&self) -> f64;
    fn name(&self) -> Cow<'static, str> {
        "shape".into()
    }
    fn as_any(&self) -> &dyn Any;
    fn boxed_clone(&self) -> Box<dyn Shape>;
}
#[derive(Debug, Clone)]
struct Sq(f64);
#[derive(Debug, Clone)]
struct Ci {
    r: f64,
}
impl Shape for Sq {
    fn area(&self) -> f64 {
        self.0.powi(2)
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn boxed_clone(&self) -> Box<dyn Shape> {
        Box::new(self.clone())
    }
}
impl Shape for Ci {
    fn area(&self) -> f64 {
        std::f64::consts::PI * self.r * self.r
    }
    fn name(&self) -> Cow<'static, str> {
        Cow::Owned(format!("circle{}", self.r))
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn boxed_clone(&self) -> Box<dyn Shape> {
        Box::new(self.clone())
    }
}
impl Clone for Box<dyn Shape> {
    fn clone(&self) -> Self {
        self.boxed_clone()
    }
}
impl PartialEq for dyn Shape {
    fn eq(&self, o: &dyn Shape) -> bool {
        self.area() == o.area()
    }
}
impl PartialOrd for dyn Shape {
    fn partial_cmp(&self, o: &dyn Shape) -> Option<std::cmp::Ordering> {
        self.area().partial_cmp(&o.area())
    }
}
type Handler = Box<dyn Fn(&[&str]) -> Result<String, Box<dyn Error + Send + Sync>>>;
struct Registry {
    cmds: BTreeMap<&'static str, Handler>,
    hits: Rc<Cell<u32>>,
}
impl Registry {
    fn new() -> Self {
        let hits = Rc::new(Cell::new(0));
        let mut r = Registry { cmds: BTreeMap::new(), hits: hits.clone() };
        r.add("echo", |a| Ok(a.join(" ")));
        let h = Rc::clone(&hits);
        r.add("sum", move |a| {
            h.set(h.get() + 1);
            let v: Result<Vec<i64>, _> = a.iter().map(|s| s.parse::<i64>()).collect();
            Ok(v?.into_iter().sum::<i64>().to_string())
        });
        r.add("fail", |_| Err("always".into()));
        r
    }
    fn add<F>(&mut self, n: &'static str, f: F)
    where
        F: Fn(&[&str]) -> Result<String, Box<dyn Error + Send + Sync>> + 'static,
    {
        self.cmds.insert(n, Box::new(f));
    }
    fn run(&self, line: &str) -> Result<String, Box<dyn Error + Send + Sync>> {
        let mut it = line.split_whitespace();
        let n = it.next().ok_or("empty")?;
        let args: Vec<_> = it.collect();
        self.cmds.get(n).ok_or_else(|| format!("no command {n}"))?(&args)
    }
}
fn compose<A, B, C>(f: impl Fn(A) -> B, g: impl Fn(B) -> C) -> impl Fn(A) -> C {
    move |x| g(f(x))
}
fn make_counter() -> impl FnMut() -> u32 {
    let mut c = 0;
    move || {
        c += 1;
        c
    }
}
fn apply_n(f: &mut dyn FnMut() -> u32, n: usize) -> Vec<u32> {
    (0..n).map(|_| f()).collect()
}
fn main() {
    let d = Door::new();
    println!("{d:?}");
    let d = d.open().close().open();
    println!("{d:?}");
    println!("{:#?}", d.close());
    println!(
        "{:?}",
        RequestBuilder::new("GET").url("http://x").header("X-A", 1).body("hi").retries(2).build()
    );
    match RequestBuilder::new(String::from("PUT")).header("a b", 'c').retries(9).build() {
        Err(es) => {
            for e in &es {
                println!("- {e}");
            }
            let e: Box<dyn Error> = es.into_iter().next().unwrap().into();
            println!("{} {:?}", e, e.downcast_ref::<BuildError>());
        }
        Ok(_) => unreachable!(),
    }
    let n = Node::Bin(
        '+',
        Box::new(Node::Num(1.5)),
        Box::new(Node::Bin('*', Box::new(Node::Num(2.)), Box::new(Node::Num(4.0)))),
    );
    println!("{} = {:?}", n.accept(&mut Show { depth: 0 }), n.accept(&mut Eval));
    println!(
        "{:?} {:?}",
        Node::Bin('/', Box::new(Node::Num(1.0)), Box::new(Node::Num(0.0))).accept(&mut Eval),
        Node::Bin('?', Box::new(n), Box::new(Node::Num(0.0))).accept(&mut Eval)
    );
    let l1 = Rc::new(Logger { id: 1, log: Default::default(), count: Cell::new(0) });
    let mut s = Subject::default();
    let o1: Rc<dyn Observer> = l1.clone();
    s.attach(&o1);
    {
        let o2: Rc<dyn Observer> =
            Rc::new(Logger { id: 2, log: RefCell::new(vec![]), count: Default::default() });
        s.attach(&o2);
        println!("{} {}", s.fire(Event::Key('a')), o2.id());
    }
    println!(
        "{} {} {:?} {}",
        s.fire(Event::Click { x: 1, y: -1 }),
        s.fire(Event::Quit),
        l1.log.borrow(),
        l1.count.get()
    );
    let mut shapes: Vec<Box<dyn Shape>> = vec![Box::new(Ci { r: 1.0 }), Box::new(Sq(1.5))];
    let copy = shapes.clone();
    shapes.extend(copy);
    shapes.sort_by(|a, b| a.partial_cmp(b).unwrap());
    for s in &shapes {
        println!("{:?} {} {:.3} {}", s, s.name(), s.area(), s.as_any().is::<Sq>());
    }
    println!("{}", *shapes[0] == *shapes[1]);
    println!("{:?}", shapes.iter().filter_map(|s| s.as_any().downcast_ref::<Ci>()).map(|c| c.r).sum::<f64>());
    let r = Registry::new();
    for l in ["echo a b", "sum 1 2 3", "sum x", "fail", "nope", ""] {
        match r.run(l) {
            Ok(s) => println!("{l} -> {s}"),
            Err(e) => println!("{l} !! {e}"),
        }
    }
    println!("{}", r.hits.get());
    let f = compose(|x: i32| x + 1, |y: i32| format!("<{y}>"));
    println!("{} {:?}", f(1), apply_n(&mut make_counter(), 3));
    let mut fs: Vec<(&str, fn(f64) -> f64)> = vec![("sqrt", f64::sqrt), ("neg", |x| -x), ("abs", f64::abs)];
    fs.sort_by_key(|&(n, _)| std::cmp::Reverse(n));
    for (n, f) in fs {
        print!("{n}={} ", f(4.0));
    }
    println!();
    let mut m: HashMap<String, Box<dyn FnMut(i32) -> i32>> = HashMap::new();
    let mut total = 0;
    m.insert(
        "add".into(),
        Box::new(move |x| {
            total += x;
            total
        }),
    );
    if let Some(f) = m.get_mut("add") {
        f(2);
        println!("{}", f(3));
    }
}
