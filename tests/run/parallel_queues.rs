//! Queues go from task to task: what lies in a ring, in order, wherever the ring starts.

use std::collections::VecDeque;

fn names(n: usize) -> VecDeque<String> {
    let mut queue = VecDeque::new();
    for i in 0..n {
        queue.push_back(format!("name {i}"));
        queue.push_front(format!("{}", i * i));
        if i % 3 == 0 {
            queue.pop_back();
        }
    }
    queue
}

fn numbers(queue: &VecDeque<String>) -> VecDeque<(u32, u64)> {
    let mut out: VecDeque<(u32, u64)> = queue.iter().map(|s| (s.len() as u32, s.bytes().map(u64::from).sum())).collect();
    out.rotate_left(queue.len() / 2);
    out
}

fn turned(mut queue: VecDeque<(u32, u64)>, n: u32) -> VecDeque<(u32, u64)> {
    for i in 0..n {
        if let Some((a, b)) = queue.pop_front() {
            queue.push_back((a + i, b));
        }
        queue.push_back((i, 7));
    }
    queue
}

fn main() {
    let empty = names(0);
    let (few, many) = (names(3), names(20));
    let (a, b) = (numbers(&few), numbers(&many));
    let c = turned(a.clone(), 5);
    let d = turned(b.clone(), 9);
    println!("{empty:?}\n{few:?}\n{many:?}\n{a:?}\n{b:?}\n{c:?}\n{d:?}");
    let mut all: VecDeque<String> = many;
    all.extend(few);
    all.make_contiguous().sort();
    println!("{} {:?}", all.len(), all.iter().rev().take(4).collect::<Vec<_>>());
}
