// Methods that hand out part of what they borrow, on several paths: builders, find-or-insert, cursors into trees and lists.
use std::collections::HashMap;

#[derive(Debug, Default)]
struct Query {
    table: Option<String>,
    filters: Vec<String>,
    limit: Option<usize>,
    frozen: bool,
}

impl Query {
    fn from(&mut self, table: &str) -> &mut Self {
        if self.frozen {
            return self;
        }
        self.table = Some(table.to_string());
        self
    }

    fn filter(&mut self, filter: impl Into<String>) -> &mut Self {
        if self.frozen {
            return self;
        } else if self.filters.len() >= 2 {
            self.frozen = true;
            return self;
        }
        let filter = filter.into();
        if filter.is_empty() {
            return self;
        }
        self.filters.push(filter);
        self
    }

    fn limit(&mut self, limit: usize) -> &mut Self {
        match self.limit {
            Some(old) if old < limit => self,
            _ => {
                self.limit = Some(limit);
                self
            }
        }
    }
}

#[derive(Debug)]
struct Node {
    key: i32,
    left: Option<Box<Node>>,
    right: Option<Box<Node>>,
}

impl Node {
    fn new(key: i32) -> Self {
        Node { key, left: None, right: None }
    }

    fn insert(&mut self, key: i32) -> &mut Node {
        let mut at = self;
        while at.key != key {
            let side = if key < at.key { &mut at.left } else { &mut at.right };
            at = side.get_or_insert_with(|| Box::new(Node::new(key)));
        }
        at
    }

    fn find_mut(&mut self, key: i32) -> Option<&mut Node> {
        if self.key == key {
            return Some(self);
        }
        if key < self.key {
            self.left.as_mut()?.find_mut(key)
        } else {
            self.right.as_deref_mut()?.find_mut(key)
        }
    }

    fn smallest(&self) -> &Node {
        let mut at = self;
        while let Some(left) = &at.left {
            at = left;
        }
        at
    }
}

struct List {
    head: Option<Box<Item>>,
}

struct Item {
    value: u32,
    next: Option<Box<Item>>,
}

impl List {
    fn push_back(&mut self, value: u32) {
        let mut end = &mut self.head;
        while let Some(item) = end {
            end = &mut item.next;
        }
        *end = Some(Box::new(Item { value, next: None }));
    }

    fn remove(&mut self, value: u32) -> bool {
        let mut at = &mut self.head;
        loop {
            match at {
                None => return false,
                Some(item) if item.value == value => {
                    *at = item.next.take();
                    return true;
                }
                Some(item) => at = &mut item.next,
            }
        }
    }

    fn get_mut(&mut self, mut index: usize) -> Option<&mut u32> {
        let mut at = self.head.as_mut();
        while let Some(item) = at {
            if index == 0 {
                return Some(&mut item.value);
            }
            index -= 1;
            at = item.next.as_mut();
        }
        None
    }

    fn values(&self) -> Vec<u32> {
        std::iter::successors(self.head.as_deref(), |item| item.next.as_deref())
            .map(|item| item.value)
            .collect()
    }
}

fn first_word<'a>(text: &'a str, fallback: &'a str) -> &'a str {
    for word in text.split(' ') {
        if word.len() > 2 {
            return word;
        }
    }
    fallback
}

fn pick<'a>(a: &'a mut Vec<i32>, b: &'a mut Vec<i32>, first: bool) -> &'a mut Vec<i32> {
    if first {
        return a;
    }
    b
}

fn longest<'m>(groups: &'m mut HashMap<String, Vec<i32>>, key: &str) -> &'m mut Vec<i32> {
    if groups.contains_key(key) {
        return groups.get_mut(key).unwrap();
    }
    groups.entry(key.to_owned()).or_insert_with(|| vec![0])
}

fn main() {
    let mut query = Query::default();
    query
        .from("users")
        .filter("age > 3")
        .filter("")
        .filter(String::from("name"))
        .limit(10)
        .limit(20)
        .limit(5);
    query.filter("ignored").from("ignored");
    println!("{query:?}");

    let mut root = Node::new(50);
    for key in [30, 70, 20, 40, 60, 80] {
        root.insert(key);
    }
    root.insert(40).key += 1;
    if let Some(node) = root.find_mut(70) {
        node.right = None;
    }
    let smallest = root.smallest().key;
    println!("{smallest} {:?} {}", root.find_mut(41).map(|n| n.key), root.find_mut(80).is_none());

    let mut list = List { head: None };
    (1..=5).for_each(|n| list.push_back(n * n));
    println!("{} {} {:?}", list.remove(9), list.remove(10), list.values());
    if let Some(value) = list.get_mut(1) {
        *value += 100;
    }
    println!("{:?} {:?}", list.values(), list.get_mut(7));

    println!("{} {}", first_word("a to the", "none"), first_word("a b", "none"));
    let (mut a, mut b) = (vec![1], vec![2]);
    pick(&mut a, &mut b, true).push(3);
    pick(&mut a, &mut b, false).extend([4, 5]);
    println!("{a:?} {b:?}");
    let mut groups = HashMap::from([("x".to_string(), vec![1])]);
    longest(&mut groups, "x").push(2);
    longest(&mut groups, "y").push(9);
    println!("{:?} {:?}", groups["x"], groups["y"]);
}
