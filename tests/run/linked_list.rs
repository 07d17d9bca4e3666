// A singly linked list that owns its nodes: push, pop, reverse, merge sort, iteration three ways.
use std::fmt::{self, Debug, Display};
use std::iter::FromIterator;

type Link<T> = Option<Box<Node<T>>>;

struct Node<T> {
    item: T,
    next: Link<T>,
}

pub struct List<T> {
    head: Link<T>,
    len: usize,
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self { head: None, len: 0 }
    }
}

impl<T> List<T> {
    pub fn new() -> Self {
        Self::default()
    }
    pub fn push(&mut self, item: T) {
        let old = self.head.take();
        self.head = Some(Box::new(Node { item, next: old }));
        self.len += 1;
    }
    pub fn pop(&mut self) -> Option<T> {
        self.head.take().map(|node| {
            self.head = node.next;
            self.len -= 1;
            node.item
        })
    }
    pub fn peek(&self) -> Option<&T> {
        self.head.as_ref().map(|n| &n.item)
    }
    pub fn peek_mut(&mut self) -> Option<&mut T> {
        self.head.as_mut().map(|n| &mut n.item)
    }
    pub fn reverse(&mut self) {
        let mut done: Link<T> = None;
        let mut rest = self.head.take();
        while let Some(mut node) = rest {
            rest = std::mem::replace(&mut node.next, done);
            done = Some(node);
        }
        self.head = done;
    }
    pub fn iter(&self) -> Iter<'_, T> {
        Iter { next: self.head.as_deref() }
    }
    pub fn iter_mut(&mut self) -> IterMut<'_, T> {
        IterMut { next: self.head.as_deref_mut() }
    }
    pub fn append_back(&mut self, item: T) {
        let mut cursor = &mut self.head;
        while let Some(node) = cursor {
            cursor = &mut node.next;
        }
        *cursor = Some(Box::new(Node { item, next: None }));
        self.len += 1;
    }
    pub fn remove_if(&mut self, mut test: impl FnMut(&T) -> bool) -> usize {
        let mut removed = 0;
        let mut cursor = &mut self.head;
        loop {
            match cursor {
                None => break,
                Some(node) if test(&node.item) => {
                    *cursor = node.next.take();
                    removed += 1;
                }
                Some(node) => cursor = &mut node.next,
            }
        }
        self.len -= removed;
        removed
    }
}

impl<T: PartialOrd> List<T> {
    pub fn sort(&mut self) {
        self.head = Self::sorted(self.head.take(), self.len);
    }
    fn sorted(list: Link<T>, len: usize) -> Link<T> {
        if len < 2 {
            return list;
        }
        let (left, right) = Self::split(list, len / 2);
        Self::merge(Self::sorted(left, len / 2), Self::sorted(right, len - len / 2))
    }
    fn split(mut list: Link<T>, at: usize) -> (Link<T>, Link<T>) {
        let mut cursor = &mut list;
        for _ in 0..at {
            if let Some(node) = cursor {
                cursor = &mut node.next;
            }
        }
        let right = cursor.take();
        (list, right)
    }
    fn merge(a: Link<T>, b: Link<T>) -> Link<T> {
        match (a, b) {
            (None, rest) | (rest, None) => rest,
            (Some(mut a), Some(mut b)) => {
                if a.item <= b.item {
                    a.next = Self::merge(a.next.take(), Some(b));
                    Some(a)
                } else {
                    b.next = Self::merge(Some(a), b.next.take());
                    Some(b)
                }
            }
        }
    }
}

impl<T> Drop for List<T> {
    fn drop(&mut self) {
        let mut link = self.head.take();
        while let Some(mut node) = link {
            link = node.next.take();
        }
    }
}

pub struct Iter<'a, T> {
    next: Option<&'a Node<T>>,
}
impl<'a, T> Iterator for Iter<'a, T> {
    type Item = &'a T;
    fn next(&mut self) -> Option<Self::Item> {
        self.next.map(|node| {
            self.next = node.next.as_deref();
            &node.item
        })
    }
}
pub struct IterMut<'a, T> {
    next: Option<&'a mut Node<T>>,
}
impl<'a, T> Iterator for IterMut<'a, T> {
    type Item = &'a mut T;
    fn next(&mut self) -> Option<Self::Item> {
        self.next.take().map(|node| {
            self.next = node.next.as_deref_mut();
            &mut node.item
        })
    }
}
pub struct IntoIter<T>(List<T>);
impl<T> Iterator for IntoIter<T> {
    type Item = T;
    fn next(&mut self) -> Option<T> {
        self.0.pop()
    }
}
impl<T> IntoIterator for List<T> {
    type Item = T;
    type IntoIter = IntoIter<T>;
    fn into_iter(self) -> IntoIter<T> {
        IntoIter(self)
    }
}
impl<'a, T> IntoIterator for &'a List<T> {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;
    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}
impl<T> FromIterator<T> for List<T> {
    fn from_iter<I: IntoIterator<Item = T>>(iter: I) -> Self {
        let mut list = List::new();
        iter.into_iter().for_each(|x| list.push(x));
        list.reverse();
        list
    }
}
impl<T: Display> Display for List<T> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("[")?;
        for (i, x) in self.iter().enumerate() {
            if i > 0 {
                f.write_str(" -> ")?;
            }
            write!(f, "{x}")?;
        }
        f.write_str("]")
    }
}
impl<T: Debug> Debug for List<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}
impl<T: PartialEq> PartialEq for List<T> {
    fn eq(&self, other: &Self) -> bool {
        self.len == other.len && self.iter().zip(other).all(|(a, b)| a == b)
    }
}

fn main() {
    let mut list: List<i32> = [5, 1, 4, 1, 5, 9, 2, 6].into_iter().collect();
    println!("{list} {}", list.len);
    list.sort();
    println!("{list}");
    list.reverse();
    println!("{list:?} {:?}", list.peek());
    if let Some(top) = list.peek_mut() {
        *top *= 10;
    }
    for x in list.iter_mut() {
        *x += 1;
    }
    list.append_back(-7);
    println!("{list} removed {}", list.remove_if(|x| x % 2 == 0));
    println!("{list:#?}");
    let words: List<String> = "the quick brown fox".split(' ').map(String::from).collect();
    let lengths: Vec<usize> = (&words).into_iter().map(|w| w.len()).collect();
    println!("{words} {lengths:?}");
    let joined = words.into_iter().fold(String::new(), |acc, w| acc + &w[..1]);
    println!("{joined}");
    let big: List<u64> = (0..500).collect();
    println!("{}", big.iter().sum::<u64>());
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn push_and_pop() {
        let mut l = List::new();
        assert_eq!(l.pop(), None::<i32>);
        l.push(1);
        l.push(2);
        assert_eq!(l.peek(), Some(&2));
        assert_eq!((l.pop(), l.pop(), l.pop()), (Some(2), Some(1), None));
    }
    #[test]
    fn sorts() {
        let mut l: List<_> = vec![3.5, -1.0, 2.25].into_iter().collect();
        l.sort();
        assert_eq!(l, [-1.0, 2.25, 3.5].iter().copied().collect());
    }
    #[test]
    #[should_panic(expected = "assertion `left == right` failed")]
    fn differs() {
        assert_eq!(List::from_iter(0..3), List::from_iter(1..4));
    }
}
