// A binary search tree with Option<Box<Node>>, generic over the key.
#[derive(Debug)]
struct Node<K> {
    key: K,
    left: Option<Box<Node<K>>>,
    right: Option<Box<Node<K>>>,
}
#[derive(Debug)]
struct Tree<K> {
    root: Option<Box<Node<K>>>,
    len: usize,
}
impl<K: Ord + Clone> Tree<K> {
    fn new() -> Self {
        Tree { root: None, len: 0 }
    }
    fn insert(&mut self, key: K) -> bool {
        let mut at = &mut self.root;
        while let Some(node) = at {
            match key.cmp(&node.key) {
                std::cmp::Ordering::Less => at = &mut node.left,
                std::cmp::Ordering::Greater => at = &mut node.right,
                std::cmp::Ordering::Equal => return false,
            }
        }
        *at = Some(Box::new(Node { key, left: None, right: None }));
        self.len += 1;
        true
    }
    fn depth(&self) -> usize {
        fn go<K>(n: &Option<Box<Node<K>>>) -> usize {
            n.as_ref().map_or(0, |n| 1 + go(&n.left).max(go(&n.right)))
        }
        go(&self.root)
    }
    fn sorted(&self) -> Vec<K> {
        fn go<K: Clone>(n: &Option<Box<Node<K>>>, out: &mut Vec<K>) {
            if let Some(n) = n {
                go(&n.left, out);
                out.push(n.key.clone());
                go(&n.right, out);
            }
        }
        let mut out = Vec::new();
        go(&self.root, &mut out);
        out
    }
}
fn main() {
    let mut t = Tree::new();
    for x in [50, 20, 70, 10, 30, 60, 80, 20] {
        print!("{} ", t.insert(x));
    }
    println!("{} {} {:?}", t.len, t.depth(), t.sorted());
    let mut names = Tree::new();
    names.insert("m".to_string());
    names.insert("a".to_string());
    println!("{names:?}");
}
