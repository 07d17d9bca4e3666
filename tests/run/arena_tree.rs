// Trees in an arena: typed indices, a cursor with lifetimes, iterators in three orders, edits, a file-like listing, cycles found.
use std::collections::VecDeque;
use std::fmt::{self, Write};
use std::iter::FusedIterator;
use std::ops::{Deref, Index, IndexMut};

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct NodeId(u32);

impl fmt::Debug for NodeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "n{}", self.0)
    }
}

#[derive(Debug, Clone)]
struct Node<T> {
    value: T,
    parent: Option<NodeId>,
    children: Vec<NodeId>,
}

#[derive(Debug, Clone, Default)]
struct Arena<T> {
    nodes: Vec<Node<T>>,
}

#[derive(Debug, PartialEq, Eq)]
enum EditError {
    Cycle { moved: NodeId, under: NodeId },
    Root,
}

impl<T> Index<NodeId> for Arena<T> {
    type Output = Node<T>;
    fn index(&self, id: NodeId) -> &Node<T> {
        &self.nodes[id.0 as usize]
    }
}

impl<T> IndexMut<NodeId> for Arena<T> {
    fn index_mut(&mut self, id: NodeId) -> &mut Node<T> {
        &mut self.nodes[id.0 as usize]
    }
}

impl<T> Arena<T> {
    fn add(&mut self, value: T, parent: Option<NodeId>) -> NodeId {
        let id = NodeId(self.nodes.len() as u32);
        self.nodes.push(Node { value, parent, children: vec![] });
        if let Some(parent) = parent {
            self[parent].children.push(id);
        }
        id
    }

    fn at(&self, id: NodeId) -> Cursor<'_, T> {
        Cursor { arena: self, id }
    }

    fn move_under(&mut self, moved: NodeId, under: NodeId) -> Result<(), EditError> {
        if self.at(under).ancestors().any(|c| c.id == moved) {
            return Err(EditError::Cycle { moved, under });
        }
        let old = self[moved].parent.replace(under).ok_or(EditError::Root);
        match old {
            Ok(old) => self[old].children.retain(|c| *c != moved),
            Err(e) => {
                self[moved].parent = None;
                return Err(e);
            }
        }
        self[under].children.push(moved);
        Ok(())
    }

    fn map<U>(&self, mut f: impl FnMut(Cursor<'_, T>) -> U) -> Arena<U> {
        let ids = (0..self.nodes.len() as u32).map(NodeId);
        let nodes = ids.map(|id| {
            let Node { parent, children, .. } = &self[id];
            Node { value: f(self.at(id)), parent: *parent, children: children.clone() }
        });
        Arena { nodes: nodes.collect() }
    }
}

struct Cursor<'a, T> {
    arena: &'a Arena<T>,
    id: NodeId,
}

impl<T> Clone for Cursor<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Cursor<'_, T> {}

impl<T> Deref for Cursor<'_, T> {
    type Target = Node<T>;
    fn deref(&self) -> &Node<T> {
        &self.arena[self.id]
    }
}

impl<'a, T> Cursor<'a, T> {
    fn go(self, id: NodeId) -> Self {
        Cursor { id, ..self }
    }

    fn children(self) -> impl DoubleEndedIterator<Item = Cursor<'a, T>> + ExactSizeIterator {
        self.arena[self.id].children.iter().map(move |&id| self.go(id))
    }

    fn ancestors(self) -> impl Iterator<Item = Cursor<'a, T>> {
        std::iter::successors(Some(self), |c| c.parent.map(|id| c.go(id)))
    }

    fn depth(self) -> usize {
        self.ancestors().skip(1).count()
    }

    fn preorder(self) -> Preorder<'a, T> {
        Preorder { stack: vec![self] }
    }

    fn level_order(self) -> impl Iterator<Item = Cursor<'a, T>> {
        let mut queue = VecDeque::from([self]);
        std::iter::from_fn(move || {
            let next = queue.pop_front()?;
            queue.extend(next.children());
            Some(next)
        })
    }

    fn postorder(self) -> Box<dyn Iterator<Item = Cursor<'a, T>> + 'a> {
        Box::new(self.children().flat_map(|c| c.postorder()).chain(std::iter::once(self)))
    }

    fn fold<R>(self, f: &impl Fn(&'a T, Vec<R>) -> R) -> R {
        let parts = self.children().map(|c| c.fold(f)).collect();
        f(&self.arena[self.id].value, parts)
    }
}

struct Preorder<'a, T> {
    stack: Vec<Cursor<'a, T>>,
}

impl<'a, T> Iterator for Preorder<'a, T> {
    type Item = Cursor<'a, T>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = self.stack.pop()?;
        self.stack.extend(next.children().rev());
        Some(next)
    }
}
impl<T> FusedIterator for Preorder<'_, T> {}

fn listing<T: fmt::Display>(root: Cursor<'_, T>) -> Result<String, fmt::Error> {
    let mut out = String::new();
    for node in root.preorder() {
        let last = |c: Cursor<'_, T>| c.parent.is_none_or(|p| c.go(p).children.last() == Some(&c.id));
        let mut bars: Vec<&str> = node
            .ancestors()
            .skip(1)
            .filter(|c| c.parent.is_some())
            .map(|c| if last(c) { "   " } else { "|  " })
            .collect();
        bars.reverse();
        let branch = match (node.parent, last(node)) {
            (None, _) => "",
            (_, true) => "`- ",
            (_, false) => "|- ",
        };
        writeln!(out, "{}{branch}{}", bars.concat(), node.value)?;
    }
    Ok(out)
}

fn main() -> Result<(), fmt::Error> {
    let mut arena = Arena::default();
    let root = arena.add("root", None);
    let ids: Vec<NodeId> = ["etc", "home", "usr"].iter().map(|name| arena.add(*name, Some(root))).collect();
    let [etc, home, usr] = ids[..] else { unreachable!() };
    let ann = arena.add("ann", Some(home));
    arena.add("bob", Some(home));
    let bin = arena.add("bin", Some(usr));
    arena.add("hosts", Some(etc));
    print!("{}", listing(arena.at(root))?);
    let names = |it: &mut dyn Iterator<Item = Cursor<'_, &'static str>>| {
        it.map(|c| c.value).collect::<Vec<_>>().join(" ")
    };
    println!("{}", names(&mut arena.at(root).preorder()));
    println!("{}", names(&mut arena.at(root).level_order()));
    println!("{}", names(&mut arena.at(root).postorder()));
    println!("{:?} {:?}", arena.move_under(usr, bin), arena.move_under(root, root));
    println!("{:?} {}", arena.move_under(ann, bin), arena.at(ann).depth());
    println!("{:?}", arena.at(ann).ancestors().map(|c| c.id).collect::<Vec<_>>());
    let sizes = arena.map(|c| c.value.len() * (c.depth() + 1));
    println!(
        "{} {}",
        sizes.at(root).fold(&|n, parts: Vec<usize>| n + parts.iter().sum::<usize>()),
        listing(sizes.at(usr))?.trim_end()
    );
    let mut detached = arena.clone();
    let lonely = detached.add("lonely", None);
    println!("{:?} {}", detached.move_under(lonely, root), detached.at(lonely).parent.is_none());
    Ok(())
}
