//! Many small trees, made and thrown away.

struct Tree {
    left: Option<Box<Tree>>,
    right: Option<Box<Tree>>,
}

fn make(depth: u32) -> Tree {
    if depth == 0 {
        Tree { left: None, right: None }
    } else {
        Tree { left: Some(Box::new(make(depth - 1))), right: Some(Box::new(make(depth - 1))) }
    }
}

fn check(tree: &Tree) -> u32 {
    match (&tree.left, &tree.right) {
        (Some(left), Some(right)) => 1 + check(left) + check(right),
        _ => 1,
    }
}

fn main() {
    let (least, most) = (4, 16);
    println!("stretch tree of depth {}\t check: {}", most + 1, check(&make(most + 1)));
    let long_lived = make(most);
    for depth in (least..=most).step_by(4) {
        let rounds = 1 << (most - depth + least);
        let sum: u32 = (0..rounds).map(|_| check(&make(depth))).sum();
        println!("{rounds}\t trees of depth {depth}\t check: {sum}");
    }
    println!("long lived tree of depth {most}\t check: {}", check(&long_lived));
}
