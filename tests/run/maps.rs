// BTreeMap, BTreeSet, HashMap and HashSet, the latter in sorted order.
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
fn main() {
    let text = "one two three two one two";
    let mut counts: HashMap<&str, u32> = HashMap::new();
    for word in text.split(' ') {
        *counts.entry(word).or_insert(0) += 1;
    }
    let mut list: Vec<_> = counts.iter().collect();
    list.sort();
    println!("{list:?} {} {:?} {:?}", counts.len(), counts.get("two"), counts.get("six"));
    counts.remove("one");
    println!("{} {}", counts.contains_key("one"), counts["three"]);
    let mut tree = BTreeMap::new();
    for (i, c) in "hello world".chars().enumerate() {
        tree.entry(c).or_insert_with(Vec::new).push(i);
    }
    println!("{tree:?}");
    println!("{:?} {:?}", tree.first_key_value(), tree.range('l'..'p').map(|(k, v)| (*k, v.len())).collect::<Vec<_>>());
    let a: BTreeSet<i32> = [3, 1, 4, 1, 5].into_iter().collect();
    let b: BTreeSet<i32> = [5, 9, 1].into_iter().collect();
    println!("{a:?} {:?} {:?}", a.intersection(&b).collect::<Vec<_>>(), a.union(&b).count());
    let seen: HashSet<char> = "mississippi".chars().collect();
    let mut seen: Vec<char> = seen.into_iter().collect();
    seen.sort_unstable();
    println!("{seen:?}");
    let mut queue = VecDeque::from([1, 2]);
    queue.push_back(3);
    queue.push_front(0);
    println!("{:?} {:?} {queue:?}", queue.pop_front(), queue.pop_back());
    let lookup: HashMap<String, usize> = ["x", "yy"].iter().map(|s| (s.to_string(), s.len())).collect();
    println!("{}", lookup.values().sum::<usize>());
}
