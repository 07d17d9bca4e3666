// A binary search tree map with insertion, removal, ranges and in-order iteration through an explicit stack.
use std::borrow::Borrow;
use std::cmp::Ordering;
use std::fmt::Debug;
use std::ops::{Bound, Index, RangeBounds};

#[derive(Debug, Clone)]
struct Node<K, V> {
    key: K,
    value: V,
    left: Tree<K, V>,
    right: Tree<K, V>,
}
type Tree<K, V> = Option<Box<Node<K, V>>>;

#[derive(Debug, Clone)]
pub struct TreeMap<K, V> {
    root: Tree<K, V>,
    len: usize,
}

impl<K: Ord, V> TreeMap<K, V> {
    pub const fn new() -> Self {
        TreeMap { root: None, len: 0 }
    }
    pub fn len(&self) -> usize {
        self.len
    }
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        let mut at = &mut self.root;
        while let Some(node) = at {
            at = match key.cmp(&node.key) {
                Ordering::Less => &mut node.left,
                Ordering::Greater => &mut node.right,
                Ordering::Equal => return Some(std::mem::replace(&mut node.value, value)),
            };
        }
        *at = Some(Box::new(Node { key, value, left: None, right: None }));
        self.len += 1;
        None
    }
    pub fn get<Q>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
        Q: Ord + ?Sized,
    {
        let mut at = self.root.as_ref();
        while let Some(node) = at {
            match key.cmp(node.key.borrow()) {
                Ordering::Less => at = node.left.as_ref(),
                Ordering::Greater => at = node.right.as_ref(),
                Ordering::Equal => return Some(&node.value),
            }
        }
        None
    }
    pub fn remove(&mut self, key: &K) -> Option<V> {
        let removed = Self::remove_from(&mut self.root, key);
        self.len -= removed.is_some() as usize;
        removed
    }
    fn remove_from(tree: &mut Tree<K, V>, key: &K) -> Option<V> {
        let node = tree.as_mut()?;
        match key.cmp(&node.key) {
            Ordering::Less => Self::remove_from(&mut node.left, key),
            Ordering::Greater => Self::remove_from(&mut node.right, key),
            Ordering::Equal => {
                let mut node = tree.take()?;
                *tree = match (node.left.take(), node.right.take()) {
                    (None, rest) | (rest, None) => rest,
                    (left, mut right) => {
                        let mut least = Self::take_least(&mut right)?;
                        least.left = left;
                        least.right = right;
                        Some(least)
                    }
                };
                Some(node.value)
            }
        }
    }
    fn take_least(tree: &mut Tree<K, V>) -> Tree<K, V> {
        if tree.as_ref()?.left.is_some() {
            Self::take_least(&mut tree.as_mut()?.left)
        } else {
            let mut node = tree.take()?;
            *tree = node.right.take();
            Some(node)
        }
    }
    pub fn depth(&self) -> usize {
        fn go<K, V>(tree: &Tree<K, V>) -> usize {
            tree.as_ref().map_or(0, |n| 1 + go(&n.left).max(go(&n.right)))
        }
        go(&self.root)
    }
    pub fn iter(&self) -> Iter<'_, K, V> {
        let mut iter = Iter { stack: Vec::new() };
        iter.descend(self.root.as_deref());
        iter
    }
    pub fn range<'a, R: RangeBounds<K> + 'a>(&'a self, range: R) -> impl Iterator<Item = (&'a K, &'a V)> + 'a {
        self.iter().filter(move |(k, _)| range.contains(k))
    }
    pub fn first_at_least(&self, bound: Bound<&K>) -> Option<&K> {
        self.iter().map(|(k, _)| k).find(|k| match bound {
            Bound::Included(b) => *k >= b,
            Bound::Excluded(b) => *k > b,
            Bound::Unbounded => true,
        })
    }
}

pub struct Iter<'a, K, V> {
    stack: Vec<&'a Node<K, V>>,
}
impl<'a, K, V> Iter<'a, K, V> {
    fn descend(&mut self, mut tree: Option<&'a Node<K, V>>) {
        while let Some(node) = tree {
            self.stack.push(node);
            tree = node.left.as_deref();
        }
    }
}
impl<'a, K, V> Iterator for Iter<'a, K, V> {
    type Item = (&'a K, &'a V);
    fn next(&mut self) -> Option<Self::Item> {
        let node = self.stack.pop()?;
        self.descend(node.right.as_deref());
        Some((&node.key, &node.value))
    }
}
impl<'a, K: Ord, V> IntoIterator for &'a TreeMap<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = Iter<'a, K, V>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
impl<K: Ord, V> Extend<(K, V)> for TreeMap<K, V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, iter: I) {
        for (k, v) in iter {
            self.insert(k, v);
        }
    }
}
impl<K: Ord, V> FromIterator<(K, V)> for TreeMap<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(iter: I) -> Self {
        let mut map = Self::new();
        map.extend(iter);
        map
    }
}
impl<K: Ord + Borrow<Q>, Q: Ord + ?Sized + Debug, V> Index<&Q> for TreeMap<K, V> {
    type Output = V;
    fn index(&self, key: &Q) -> &V {
        self.get(key).unwrap_or_else(|| panic!("no entry for {key:?}"))
    }
}

fn main() {
    let mut map: TreeMap<i32, String> =
        [50, 30, 70, 20, 40, 60, 80, 35, 45, 65].iter().map(|&n| (n, format!("n{n}"))).collect();
    println!("{} deep {}", map.len(), map.depth());
    for (k, v) in &map {
        print!("{k}={v} ");
    }
    println!();
    println!("{:?} {:?}", map.insert(40, "forty".to_owned()), map.get(&40));
    for key in [50, 20, 30, 99] {
        println!("remove {key}: {:?}, then {:?}", map.remove(&key), map.iter().map(|(k, _)| *k).collect::<Vec<_>>());
    }
    println!("{:?}", map.range(40..70).map(|(k, _)| k).collect::<Vec<_>>());
    println!("{:?}", map.range(..=45).count());
    println!("{:?} {:?}", map.first_at_least(Bound::Excluded(&45)), map.first_at_least(Bound::Included(&100)));
    let words: TreeMap<String, usize> =
        "to be or not to be that is the question".split_whitespace().map(|w| (w.to_string(), w.len())).collect();
    println!("{} {:?} {}", words["question"], words.get("hamlet"), words.iter().fold(0, |n, (_, len)| n + len));
    println!("{}", words["ghost"]);
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn finds_by_borrowed_key() {
        let mut m = TreeMap::new();
        m.extend(vec![("a".to_string(), 1), ("b".to_string(), 2)]);
        assert_eq!(m.get("b"), Some(&2));
        assert_eq!(m["a"], 1);
        assert_eq!(m.remove(&"a".to_string()), Some(1));
        assert_eq!(m.len(), 1);
    }
    #[test]
    #[should_panic(expected = "no entry for \"z\"")]
    fn missing() {
        let m: TreeMap<String, ()> = TreeMap::new();
        m["z"]
    }
}
