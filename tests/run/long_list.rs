// A list of a hundred thousand nodes goes to other tasks and comes back: no depth of the stack limits it.
struct Node {
    value: u32,
    next: Option<Box<Node>>,
}

fn build(n: u32, step: u32) -> Option<Box<Node>> {
    let mut head = None;
    for i in 0..n {
        head = Some(Box::new(Node { value: i.wrapping_mul(step) % 1009, next: head }));
    }
    head
}

fn total(mut list: &Option<Box<Node>>) -> u64 {
    let mut sum = 0;
    while let Some(node) = list {
        sum += node.value as u64;
        list = &node.next;
    }
    sum
}

/// Takes a list apart from its head, so that no drop goes deep.
fn dismantle(mut list: Option<Box<Node>>) -> u32 {
    let mut count = 0;
    while let Some(mut node) = list {
        list = node.next.take();
        count += 1;
    }
    count
}

struct Tree {
    children: Vec<Tree>,
    name: String,
}

fn names(tree: &Tree) -> usize {
    tree.name.len() + tree.children.iter().map(names).sum::<usize>()
}

fn main() {
    let a = build(100_000, 7);
    let b = build(50_000, 11);
    let (x, y) = (total(&a), total(&b));
    println!("{x} {y}");
    let sums: Vec<u64> = (0..6u64).map(|k| total(&a) + k * total(&b)).collect();
    println!("{sums:?}");
    let mut tree = Tree { children: Vec::new(), name: "leaf".to_string() };
    for i in 0..300 {
        let twig = Tree { children: Vec::new(), name: format!("twig {i}") };
        tree = Tree { children: vec![twig, tree], name: format!("node {i}") };
    }
    let (p, q) = (names(&tree), names(&tree.children[0]));
    println!("{p} {q}");
    println!("{} {}", dismantle(a), dismantle(b));
}
