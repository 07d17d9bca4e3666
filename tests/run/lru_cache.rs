// LRU cache, Rc<RefCell>, Weak
use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt::{self, Debug, Display};
use std::hash::Hash;
use std::rc::{Rc, Weak};

type Link<K, V> = Option<Rc<RefCell<Node<K, V>>>>;
type WeakLink<K, V> = Option<Weak<RefCell<Node<K, V>>>>;

struct Node<K, V> {
    key: K,
    value: V,
    next: Link<K, V>,
    prev: WeakLink<K, V>,
}

pub struct LruCache<K, V> {
    map: HashMap<K, Rc<RefCell<Node<K, V>>>>,
    head: Link<K, V>,
    tail: WeakLink<K, V>,
    capacity: usize,
    hits: u32,
    misses: u32,
}

impl<K, V> LruCache<K, V>
where
    K: Eq + Hash + Clone + Debug,
    V: Clone + Debug,
{
    pub fn new(capacity: usize) -> Self {
        assert!(capacity > 0, "capacity must be positive");
        Self { map: HashMap::with_capacity(capacity), head: None, tail: None, capacity, hits: 0, misses: 0 }
    }
    pub fn get<Q>(&mut self, key: &Q) -> Option<V>
    where
        K: std::borrow::Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        match self.map.get(key).cloned() {
            Some(node) => {
                self.hits += 1;
                self.detach(&node);
                self.attach_front(Rc::clone(&node));
                let v = node.borrow().value.clone();
                Some(v)
            }
            None => {
                self.misses += 1;
                None
            }
        }
    }
    pub fn put(&mut self, key: K, value: V) -> Option<V> {
        if let Some(node) = self.map.get(&key).map(Rc::clone) {
            let old = std::mem::replace(&mut node.borrow_mut().value, value);
            self.detach(&node);
            self.attach_front(node);
            return Some(old);
        }
        if self.map.len() == self.capacity {
            if let Some(tail) = self.tail.as_ref().and_then(Weak::upgrade) {
                self.detach(&tail);
                let k = tail.borrow().key.clone();
                self.map.remove(&k);
            }
        }
        let node = Rc::new(RefCell::new(Node { key: key.clone(), value, next: None, prev: None }));
        self.map.insert(key, node.clone());
        self.attach_front(node);
        None
    }
    fn detach(&mut self, node: &Rc<RefCell<Node<K, V>>>) {
        let mut n = node.borrow_mut();
        let next = n.next.take();
        let prev = n.prev.take();
        match (&prev, &next) {
            (Some(p), Some(nx)) => {
                p.upgrade().unwrap().borrow_mut().next = Some(nx.clone());
                nx.borrow_mut().prev = Some(p.clone());
            }
            (Some(p), None) => {
                p.upgrade().unwrap().borrow_mut().next = None;
                self.tail = Some(p.clone());
            }
            (None, Some(nx)) => {
                nx.borrow_mut().prev = None;
                self.head = Some(nx.clone());
            }
            (None, None) => {
                self.head = None;
                self.tail = None;
            }
        }
    }
    fn attach_front(&mut self, node: Rc<RefCell<Node<K, V>>>) {
        match self.head.take() {
            Some(old) => {
                old.borrow_mut().prev = Some(Rc::downgrade(&node));
                node.borrow_mut().next = Some(old);
            }
            None => self.tail = Some(Rc::downgrade(&node)),
        }
        self.head = Some(node);
    }
    pub fn keys(&self) -> Vec<K> {
        let mut out = vec![];
        let mut cur = self.head.clone();
        while let Some(n) = cur {
            out.push(n.borrow().key.clone());
            cur = n.borrow().next.clone();
        }
        out
    }
}
impl<K: Display + Eq + Hash + Clone + Debug, V: Clone + Debug + Display> Display for LruCache<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[")?;
        for (i, k) in self.keys().iter().enumerate() {
            if i > 0 {
                f.write_str(", ")?;
            }
            write!(f, "{k}={}", self.map[k].borrow().value)?;
        }
        write!(f, "]")
    }
}
impl<K, V> Drop for LruCache<K, V> {
    fn drop(&mut self) {
        println!("dropping cache with {} entries", self.map.len());
    }
}
fn main() {
    let mut c: LruCache<String, i32> = LruCache::new(3);
    for (i, w) in "one two three four five".split(' ').enumerate() {
        c.put(w.to_owned(), i as i32);
        println!("{c}");
    }
    println!("{:?} {:?}", c.get("three"), c.get("one"));
    println!("{c}");
    println!("{:?}", c.put("four".into(), 44));
    println!("{:#?}", c.keys());
    println!("hits={} misses={}", c.hits, c.misses);
    let rc = Rc::new(5);
    let w = Rc::downgrade(&rc);
    println!("{} {} {:?}", Rc::strong_count(&rc), Rc::weak_count(&rc), w.upgrade());
    drop(rc);
    println!("{:?}", w.upgrade());
    let r = Rc::try_unwrap(Rc::new(String::from("x"))).unwrap();
    println!("{r}");
    let mut m = Rc::new(vec![1, 2]);
    let m2 = Rc::clone(&m);
    Rc::make_mut(&mut m).push(3);
    println!("{m:?} {m2:?} {}", Rc::ptr_eq(&m, &m2));
}
