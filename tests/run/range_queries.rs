// segment trees, fenwick, tries, sparse tables: generic
use std::collections::{BTreeMap, HashMap};
use std::fmt::Debug;
use std::marker::PhantomData;
use std::ops::{Add, Bound, Deref, DerefMut, Range, RangeBounds};
pub trait Monoid {
    type Item: Clone + Debug;
    const IDENTITY: Self::Item;
    fn op(a: &Self::Item, b: &Self::Item) -> Self::Item;
}
pub struct SumOf<T>(PhantomData<T>);
macro_rules! sum_of { ($($t:ty),*) => { $(impl Monoid for SumOf<$t> { type Item = $t; const IDENTITY: $t = 0 as $t; fn op(a: &$t, b: &$t) -> $t { a + b } })* } }
sum_of!(i32, i64, u64, f64);
pub enum MaxOf {}
impl Monoid for MaxOf {
    type Item = i64;
    const IDENTITY: i64 = i64::MIN;
    fn op(a: &i64, b: &i64) -> i64 {
        *a.max(b)
    }
}
#[derive(Debug, Clone)]
pub struct SegTree<M: Monoid> {
    n: usize,
    data: Vec<M::Item>,
}
impl<M: Monoid> SegTree<M> {
    pub fn new(n: usize) -> Self {
        let n = n.next_power_of_two();
        Self { n, data: vec![M::IDENTITY; 2 * n] }
    }
    pub fn from_slice(v: &[M::Item]) -> Self {
        let mut t = Self::new(v.len());
        t.data[t.n..t.n + v.len()].clone_from_slice(v);
        for i in (1..t.n).rev() {
            t.data[i] = M::op(&t.data[2 * i], &t.data[2 * i + 1]);
        }
        t
    }
    pub fn set(&mut self, mut i: usize, v: M::Item) {
        i += self.n;
        self.data[i] = v;
        while i > 1 {
            i /= 2;
            self.data[i] = M::op(&self.data[i << 1], &self.data[i << 1 | 1]);
        }
    }
    pub fn query<R: RangeBounds<usize>>(&self, r: R) -> M::Item {
        let mut lo = match r.start_bound() {
            Bound::Included(&s) => s,
            Bound::Excluded(&s) => s + 1,
            Bound::Unbounded => 0,
        } + self.n;
        let mut hi = match r.end_bound() {
            Bound::Included(e) => *e + 1,
            Bound::Excluded(e) => *e,
            Bound::Unbounded => self.n,
        } + self.n;
        let (mut left, mut right) = (M::IDENTITY, M::IDENTITY);
        while lo < hi {
            if lo & 1 == 1 {
                left = M::op(&left, &self.data[lo]);
                lo += 1;
            }
            if hi & 1 == 1 {
                hi -= 1;
                right = M::op(&self.data[hi], &right);
            }
            lo >>= 1;
            hi >>= 1;
        }
        M::op(&left, &right)
    }
}
#[derive(Default, Debug)]
struct Trie {
    children: BTreeMap<char, Trie>,
    end: bool,
    count: usize,
}
impl Trie {
    fn insert(&mut self, w: &str) {
        let mut n = self;
        for c in w.chars() {
            n = n.children.entry(c).or_default();
            n.count += 1;
        }
        n.end = true;
    }
    fn find(&self, p: &str) -> Option<&Trie> {
        let mut n = self;
        for c in p.chars() {
            n = n.children.get(&c)?;
        }
        Some(n)
    }
    fn words<'t>(&'t self, prefix: String) -> Box<dyn Iterator<Item = String> + 't> {
        let own = self.end.then(|| prefix.clone());
        Box::new(own.into_iter().chain(self.children.iter().flat_map(move |(c, t)| {
            let mut p = prefix.clone();
            p.push(*c);
            t.words(p)
        })))
    }
}
struct Bit<T> {
    v: Vec<T>,
}
impl<T: Copy + Default + Add<Output = T> + std::ops::AddAssign> Bit<T> {
    fn new(n: usize) -> Self {
        Bit { v: vec![T::default(); n + 1] }
    }
    fn add(&mut self, mut i: usize, x: T) {
        i += 1;
        while i < self.v.len() {
            self.v[i] += x;
            i += i & i.wrapping_neg();
        }
    }
    fn sum(&self, mut i: usize) -> T {
        let mut s = T::default();
        while i > 0 {
            s += self.v[i];
            i &= i - 1;
        }
        s
    }
}
#[derive(Debug)]
enum Tree<K, V> {
    Leaf,
    Node(Box<(Tree<K, V>, K, V, Tree<K, V>)>),
}
impl<K: Ord, V> Tree<K, V> {
    fn insert(self, k: K, v: V) -> Self {
        match self {
            Tree::Leaf => Tree::Node(Box::new((Tree::Leaf, k, v, Tree::Leaf))),
            Tree::Node(b) => {
                let (l, nk, nv, r) = *b;
                match k.cmp(&nk) {
                    std::cmp::Ordering::Less => Tree::Node(Box::new((l.insert(k, v), nk, nv, r))),
                    std::cmp::Ordering::Equal => Tree::Node(Box::new((l, nk, v, r))),
                    std::cmp::Ordering::Greater => Tree::Node(Box::new((l, nk, nv, r.insert(k, v)))),
                }
            }
        }
    }
    fn get(&self, k: &K) -> Option<&V> {
        match self {
            Tree::Leaf => None,
            Tree::Node(b) => {
                let (l, nk, nv, r) = &**b;
                if k < nk {
                    l.get(k)
                } else if k > nk {
                    r.get(k)
                } else {
                    Some(nv)
                }
            }
        }
    }
    fn depth(&self) -> usize {
        match self {
            Self::Leaf => 0,
            Self::Node(b) => 1 + b.0.depth().max(b.3.depth()),
        }
    }
    fn iter(&self) -> Iter<'_, K, V> {
        let mut it = Iter { stack: vec![] };
        it.push_left(self);
        it
    }
}
struct Iter<'a, K, V> {
    stack: Vec<(&'a K, &'a V, &'a Tree<K, V>)>,
}
impl<'a, K, V> Iter<'a, K, V> {
    fn push_left(&mut self, mut t: &'a Tree<K, V>) {
        while let Tree::Node(b) = t {
            self.stack.push((&b.1, &b.2, &b.3));
            t = &b.0;
        }
    }
}
impl<'a, K, V> Iterator for Iter<'a, K, V> {
    type Item = (&'a K, &'a V);
    fn next(&mut self) -> Option<Self::Item> {
        let (k, v, r) = self.stack.pop()?;
        self.push_left(r);
        Some((k, v))
    }
}
impl<'a, K: Ord, V> IntoIterator for &'a Tree<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = Iter<'a, K, V>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
impl<K: Ord, V> FromIterator<(K, V)> for Tree<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(it: I) -> Self {
        it.into_iter().fold(Tree::Leaf, |t, (k, v)| t.insert(k, v))
    }
}
struct Guarded<T>(T, usize);
impl<T> Deref for Guarded<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}
impl<T> DerefMut for Guarded<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.1 += 1;
        &mut self.0
    }
}
fn primes(r: Range<u32>) -> impl Iterator<Item = u32> + Clone {
    r.filter(|&n| n >= 2 && (2..).take_while(|d| d * d <= n).all(|d| n % d != 0))
}
fn main() {
    let mut t: SegTree<SumOf<i32>> = SegTree::from_slice(&[5, 3, 8, 1, 9]);
    println!("{} {} {}", t.query(..), t.query(1..3), t.query(2..=4));
    t.set(1, 10);
    println!("{} {}", t.query(..=1), t.query((Bound::Excluded(0), Bound::Unbounded)));
    let m = SegTree::<MaxOf>::from_slice(&[3, -1, 7, 2]);
    println!("{} {:?}", m.query(0..2), m.query(2..2));
    let mut tr = Trie::default();
    for w in ["car", "card", "care", "cat", "dog", "do"] {
        tr.insert(w);
    }
    println!(
        "{:?} {:?} {}",
        tr.find("ca").map(|t| t.count),
        tr.find("x").is_none(),
        tr.words(String::new()).collect::<Vec<_>>().join(",")
    );
    println!("{:?}", tr.find("car").map(|t| t.words("car".into()).collect::<Vec<_>>()));
    let mut b = Bit::<i64>::new(10);
    for (i, x) in [3, 2, -1, 6, 5, 4, -3, 3, 7, 2].iter().enumerate() {
        b.add(i, *x);
    }
    println!("{} {}", b.sum(5), b.sum(10) - b.sum(7));
    let t: Tree<_, _> = "the quick brown fox jumps over the lazy dog".split_whitespace().zip(1..).collect();
    println!(
        "{:?} {} {:?}",
        t.get(&"fox"),
        t.depth(),
        t.iter().map(|(k, v)| format!("{k}{v}")).collect::<String>()
    );
    for (k, v) in &t {
        if v % 2 == 0 {
            print!("{k} ");
        }
    }
    println!();
    let mut g = Guarded(vec![1], 0);
    g.push(2);
    let n = g.len();
    g.push(n);
    println!("{:?} {} {}", *g, g.1, g.iter().sum::<usize>());
    let p = primes(1..60);
    println!("{} {:?}", p.clone().count(), p.skip(5).step_by(3).collect::<Vec<_>>());
    let mut memo: HashMap<(usize, usize), u64> = HashMap::new();
    fn paths(r: usize, c: usize, memo: &mut HashMap<(usize, usize), u64>) -> u64 {
        if r == 0 || c == 0 {
            return 1;
        }
        if let Some(&v) = memo.get(&(r, c)) {
            return v;
        }
        let v = paths(r - 1, c, memo) + paths(r, c - 1, memo);
        memo.insert((r, c), v);
        v
    }
    println!("{}", paths(16, 16, &mut memo));
}
