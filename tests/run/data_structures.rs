// Data structures: LRU cache, trie, binary heap, union-find, segment tree, Fenwick tree, bit set.
use std::collections::HashMap;
use std::fmt::Debug;
use std::hash::Hash;
use std::ops::{Add, Range};

pub struct Lru<K, V> {
    capacity: usize,
    map: HashMap<K, (V, u64)>,
    clock: u64,
}
impl<K: Hash + Eq + Clone, V> Lru<K, V> {
    pub fn new(capacity: usize) -> Self {
        assert!(capacity > 0);
        Self { capacity, map: HashMap::with_capacity(capacity), clock: 0 }
    }
    pub fn get(&mut self, key: &K) -> Option<&V> {
        self.clock += 1;
        let clock = self.clock;
        self.map.get_mut(key).map(|(value, used)| {
            *used = clock;
            &*value
        })
    }
    pub fn put(&mut self, key: K, value: V) -> Option<K> {
        self.clock += 1;
        let mut evicted = None;
        if self.map.len() >= self.capacity && !self.map.contains_key(&key) {
            let oldest = self.map.iter().min_by_key(|(_, (_, used))| *used).map(|(k, _)| k.clone());
            if let Some(k) = &oldest {
                self.map.remove(k);
            }
            evicted = oldest;
        }
        self.map.insert(key, (value, self.clock));
        evicted
    }
}

#[derive(Default, Debug)]
pub struct Trie {
    children: std::collections::BTreeMap<char, Trie>,
    end: bool,
}
impl Trie {
    pub fn insert(&mut self, word: &str) -> bool {
        let mut node = self;
        for c in word.chars() {
            node = node.children.entry(c).or_default();
        }
        !std::mem::replace(&mut node.end, true)
    }
    fn find(&self, prefix: &str) -> Option<&Trie> {
        prefix.chars().try_fold(self, |node, c| node.children.get(&c))
    }
    pub fn contains(&self, word: &str) -> bool {
        self.find(word).is_some_and(|n| n.end)
    }
    pub fn complete(&self, prefix: &str) -> Vec<String> {
        fn walk(node: &Trie, path: &mut String, out: &mut Vec<String>) {
            if node.end {
                out.push(path.clone());
            }
            for (&c, child) in &node.children {
                path.push(c);
                walk(child, path, out);
                path.pop();
            }
        }
        let mut out = vec![];
        if let Some(node) = self.find(prefix) {
            walk(node, &mut prefix.to_string(), &mut out);
        }
        out
    }
}

pub struct Heap<T, F>
where
    F: Fn(&T, &T) -> bool,
{
    items: Vec<T>,
    before: F,
}
impl<T, F: Fn(&T, &T) -> bool> Heap<T, F> {
    pub fn new(before: F) -> Self {
        Heap { items: vec![], before }
    }
    pub fn push(&mut self, item: T) {
        self.items.push(item);
        let mut at = self.items.len() - 1;
        while at > 0 && (self.before)(&self.items[at], &self.items[(at - 1) / 2]) {
            self.items.swap(at, (at - 1) / 2);
            at = (at - 1) / 2;
        }
    }
    pub fn pop(&mut self) -> Option<T> {
        if self.items.is_empty() {
            return None;
        }
        let top = self.items.swap_remove(0);
        let mut at = 0;
        while let Some(child) = [2 * at + 1, 2 * at + 2]
            .into_iter()
            .filter(|&c| c < self.items.len())
            .reduce(|a, b| if (self.before)(&self.items[b], &self.items[a]) { b } else { a })
        {
            if !(self.before)(&self.items[child], &self.items[at]) {
                break;
            }
            self.items.swap(child, at);
            at = child;
        }
        Some(top)
    }
}

pub struct UnionFind {
    parent: Vec<usize>,
    size: Vec<u32>,
}
impl UnionFind {
    pub fn new(n: usize) -> Self {
        UnionFind { parent: (0..n).collect(), size: vec![1; n] }
    }
    pub fn find(&mut self, x: usize) -> usize {
        if self.parent[x] != x {
            self.parent[x] = self.find(self.parent[x]);
        }
        self.parent[x]
    }
    pub fn union(&mut self, a: usize, b: usize) -> bool {
        let (mut a, mut b) = (self.find(a), self.find(b));
        if a == b {
            return false;
        }
        if self.size[a] < self.size[b] {
            std::mem::swap(&mut a, &mut b);
        }
        self.parent[b] = a;
        self.size[a] += self.size[b];
        true
    }
    pub fn sets(&mut self) -> usize {
        (0..self.parent.len()).filter(|&i| self.find(i) == i).count()
    }
}

pub trait Monoid {
    const EMPTY: Self;
    fn join(&self, other: &Self) -> Self;
}
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sum(i64);
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Max(i64);
impl Monoid for Sum {
    const EMPTY: Sum = Sum(0);
    fn join(&self, other: &Sum) -> Sum {
        Sum(self.0 + other.0)
    }
}
impl Monoid for Max {
    const EMPTY: Max = Max(i64::MIN);
    fn join(&self, other: &Self) -> Self {
        Max(self.0.max(other.0))
    }
}
pub struct Segments<M> {
    tree: Vec<M>,
    n: usize,
}
impl<M: Monoid + Copy> Segments<M> {
    pub fn new(items: impl ExactSizeIterator<Item = M>) -> Self {
        let n = items.len();
        let mut tree = vec![M::EMPTY; 2 * n];
        for (slot, item) in tree[n..].iter_mut().zip(items) {
            *slot = item;
        }
        for i in (1..n).rev() {
            tree[i] = tree[2 * i].join(&tree[2 * i + 1]);
        }
        Segments { tree, n }
    }
    pub fn set(&mut self, at: usize, item: M) {
        let mut i = at + self.n;
        self.tree[i] = item;
        while i > 1 {
            i /= 2;
            self.tree[i] = self.tree[2 * i].join(&self.tree[2 * i + 1]);
        }
    }
    pub fn query(&self, Range { start, end }: Range<usize>) -> M {
        let (mut l, mut r) = (start + self.n, end + self.n);
        let (mut left, mut right) = (M::EMPTY, M::EMPTY);
        while l < r {
            if l % 2 == 1 {
                left = left.join(&self.tree[l]);
                l += 1;
            }
            if r % 2 == 1 {
                r -= 1;
                right = self.tree[r].join(&right);
            }
            l /= 2;
            r /= 2;
        }
        left.join(&right)
    }
}

pub struct Fenwick<T>(Vec<T>);
impl<T: Copy + Default + Add<Output = T>> Fenwick<T> {
    pub fn add(&mut self, at: usize, by: T) {
        let mut i = at + 1;
        while i < self.0.len() {
            self.0[i] = self.0[i] + by;
            i += i & i.wrapping_neg();
        }
    }
    pub fn prefix(&self, mut n: usize) -> T {
        let mut sum = T::default();
        while n > 0 {
            sum = sum + self.0[n];
            n &= n - 1;
        }
        sum
    }
}

#[derive(Clone, PartialEq, Eq)]
pub struct BitSet<const WORDS: usize>([u64; WORDS]);
impl<const W: usize> BitSet<W> {
    pub const CAPACITY: usize = W * 64;
    pub const fn new() -> Self {
        BitSet([0; W])
    }
    pub fn set(&mut self, bit: usize) -> &mut Self {
        self.0[bit / 64] |= 1 << (bit % 64);
        self
    }
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().flat_map(|(w, &bits)| {
            std::iter::successors(Some(bits), |b| Some(b & b.wrapping_sub(1)))
                .take_while(|&b| b != 0)
                .map(move |b| w * 64 + b.trailing_zeros() as usize)
        })
    }
}
impl<const W: usize> std::ops::BitAnd for &BitSet<W> {
    type Output = BitSet<W>;
    fn bitand(self, other: Self) -> BitSet<W> {
        BitSet(std::array::from_fn(|i| self.0[i] & other.0[i]))
    }
}

fn show<T: Debug>(name: &str, value: T) {
    println!("{name:<8} {value:?}");
}

fn main() {
    let mut cache = Lru::new(2);
    cache.put("a", 1);
    cache.put("b", 2);
    show("lru", (cache.get(&"a").copied(), cache.put("c", 3), cache.get(&"b").is_none(), cache.put("a", 9)));
    let mut trie = Trie::default();
    let news: Vec<bool> = ["car", "card", "care", "cat", "dog", "car"].iter().map(|w| trie.insert(w)).collect();
    show("trie", (news, trie.contains("ca"), trie.complete("car"), trie.complete("x")));
    let mut heap = Heap::new(|a: &(u32, &str), b: &(u32, &str)| a.0 < b.0 || (a.0 == b.0 && a.1 > b.1));
    [(3, "c"), (1, "a"), (2, "b"), (1, "z")].into_iter().for_each(|x| heap.push(x));
    show("heap", std::iter::from_fn(|| heap.pop()).map(|(n, s)| format!("{s}{n}")).collect::<Vec<_>>());
    let mut sets = UnionFind::new(8);
    show("sets", ([(0, 1), (2, 3), (1, 3), (0, 2), (6, 7)].map(|(a, b)| sets.union(a, b)), sets.sets()));
    let values = [5, -2, 7, 0, 3, 9, -4];
    let mut sums = Segments::new(values.iter().map(|&v| Sum(v)));
    let maxs = Segments::new(values.iter().copied().map(Max));
    sums.set(1, Sum(100));
    show("segments", (sums.query(0..3), sums.query(2..7), maxs.query(1..5), maxs.query(3..3)));
    let mut fenwick = Fenwick(vec![0u32; 11]);
    (0..10).for_each(|i| fenwick.add(i, i as u32 * i as u32));
    show("fenwick", (fenwick.prefix(4), fenwick.prefix(10) - fenwick.prefix(7)));
    let (mut a, mut b) = (BitSet::<3>::new(), BitSet::<3>::new());
    a.set(1).set(64).set(130).set(191);
    (0..BitSet::<3>::CAPACITY).step_by(2).for_each(|i| {
        b.set(i);
    });
    show("bits", ((&a & &b).iter().collect::<Vec<_>>(), a.iter().last(), a == b));
}
