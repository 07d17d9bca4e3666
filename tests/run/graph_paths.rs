// Dijkstra, Bellman-Ford, Floyd-Warshall, topological order, components and a spanning tree over one weighted graph type.
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet, VecDeque};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct NodeId(usize);

#[derive(Debug, Clone, Copy)]
struct Edge {
    to: NodeId,
    weight: i64,
}

#[derive(Debug, Default, Clone)]
struct Graph {
    names: Vec<&'static str>,
    edges: Vec<Vec<Edge>>,
}

impl Graph {
    fn node(&mut self, name: &'static str) -> NodeId {
        if let Some(i) = self.names.iter().position(|&n| n == name) {
            return NodeId(i);
        }
        self.names.push(name);
        self.edges.push(Vec::new());
        NodeId(self.names.len() - 1)
    }
    fn connect(&mut self, from: &'static str, to: &'static str, weight: i64) -> &mut Self {
        let (from, to) = (self.node(from), self.node(to));
        self.edges[from.0].push(Edge { to, weight });
        self
    }
    fn neighbours(&self, node: NodeId) -> impl Iterator<Item = (NodeId, i64)> + '_ {
        self.edges[node.0].iter().map(|e| (e.to, e.weight))
    }
    fn dijkstra(&self, start: NodeId) -> HashMap<NodeId, (i64, Option<NodeId>)> {
        let mut best = HashMap::new();
        let mut heap = BinaryHeap::from([Reverse((0, start, None))]);
        while let Some(Reverse((distance, node, from))) = heap.pop() {
            if best.contains_key(&node) {
                continue;
            }
            best.insert(node, (distance, from));
            heap.extend(self.neighbours(node).map(|(to, w)| Reverse((distance + w, to, Some(node)))));
        }
        best
    }
    fn path(&self, from: NodeId, to: NodeId) -> Option<(i64, Vec<&str>)> {
        let best = self.dijkstra(from);
        let (total, _) = *best.get(&to)?;
        let mut path = vec![self.names[to.0]];
        let mut at = to;
        while let Some((_, Some(previous))) = best.get(&at) {
            path.push(self.names[previous.0]);
            at = *previous;
        }
        path.reverse();
        Some((total, path))
    }
    fn bellman_ford(&self, start: NodeId) -> Result<Vec<Option<i64>>, NodeId> {
        let mut distance = vec![None; self.names.len()];
        distance[start.0] = Some(0);
        for round in 0..self.names.len() {
            let mut changed = None;
            for (from, edges) in self.edges.iter().enumerate() {
                let Some(d) = distance[from] else { continue };
                for Edge { to, weight } in edges {
                    if distance[to.0].is_none_or(|old| d + weight < old) {
                        distance[to.0] = Some(d + weight);
                        changed = Some(*to);
                    }
                }
            }
            match changed {
                None => return Ok(distance),
                Some(node) if round == self.names.len() - 1 => return Err(node),
                Some(_) => {}
            }
        }
        Ok(distance)
    }
    fn floyd_warshall(&self) -> Vec<Vec<Option<i64>>> {
        let n = self.names.len();
        let mut d = vec![vec![None; n]; n];
        for i in 0..n {
            d[i][i] = Some(0);
            for e in &self.edges[i] {
                d[i][e.to.0] = Some(d[i][e.to.0].map_or(e.weight, |w: i64| w.min(e.weight)));
            }
        }
        for k in 0..n {
            for i in 0..n {
                for j in 0..n {
                    if let (Some(a), Some(b)) = (d[i][k], d[k][j]) {
                        if d[i][j].map_or(true, |c| a + b < c) {
                            d[i][j] = Some(a + b);
                        }
                    }
                }
            }
        }
        d
    }
    fn topological(&self) -> Option<Vec<NodeId>> {
        let mut degree = vec![0; self.names.len()];
        self.edges.iter().flatten().for_each(|e| degree[e.to.0] += 1);
        let mut queue: VecDeque<NodeId> =
            degree.iter().enumerate().filter(|&(_, &d)| d == 0).map(|(i, _)| NodeId(i)).collect();
        let mut order = vec![];
        while let Some(node) = queue.pop_front() {
            order.push(node);
            for (to, _) in self.neighbours(node) {
                degree[to.0] -= 1;
                if degree[to.0] == 0 {
                    queue.push_back(to);
                }
            }
        }
        (order.len() == self.names.len()).then_some(order)
    }
    fn components(&self) -> Vec<BTreeSet<&'static str>> {
        let mut undirected: BTreeMap<NodeId, BTreeSet<NodeId>> = BTreeMap::new();
        for (i, edges) in self.edges.iter().enumerate() {
            undirected.entry(NodeId(i)).or_default();
            for e in edges {
                undirected.entry(NodeId(i)).or_default().insert(e.to);
                undirected.entry(e.to).or_default().insert(NodeId(i));
            }
        }
        let mut seen = HashSet::new();
        let mut all = vec![];
        for &start in undirected.keys() {
            if !seen.insert(start) {
                continue;
            }
            let mut stack = vec![start];
            let mut component = BTreeSet::new();
            while let Some(node) = stack.pop() {
                component.insert(self.names[node.0]);
                stack.extend(undirected[&node].iter().filter(|n| seen.insert(**n)));
            }
            all.push(component);
        }
        all
    }
    fn spanning_tree(&self) -> (i64, Vec<(&str, &str)>) {
        let mut edges: Vec<_> = self
            .edges
            .iter()
            .enumerate()
            .flat_map(|(i, es)| es.iter().map(move |e| (e.weight, i, e.to.0)))
            .collect();
        edges.sort_unstable();
        let mut parent: Vec<usize> = (0..self.names.len()).collect();
        fn find(parent: &mut [usize], x: usize) -> usize {
            if parent[x] != x {
                parent[x] = find(parent, parent[x]);
            }
            parent[x]
        }
        let mut total = 0;
        let mut tree = Vec::new();
        for (weight, a, b) in edges {
            let (ra, rb) = (find(&mut parent, a), find(&mut parent, b));
            if ra != rb {
                parent[ra] = rb;
                total += weight;
                tree.push((self.names[a], self.names[b]));
            }
        }
        (total, tree)
    }
}

fn sample() -> Graph {
    let mut g = Graph::default();
    g.connect("a", "b", 7).connect("a", "c", 9).connect("a", "f", 14).connect("b", "c", 10);
    g.connect("b", "d", 15).connect("c", "d", 11).connect("c", "f", 2).connect("d", "e", 6).connect("f", "e", 9);
    g.connect("x", "y", 1);
    g
}

fn main() {
    let mut g = sample();
    let (a, e, x) = (g.node("a"), g.node("e"), g.node("x"));
    println!("{:?}", g.path(a, e));
    println!("{:?}", g.path(a, x));
    println!("{:?}", g.bellman_ford(a));
    for row in g.floyd_warshall() {
        let cells: Vec<String> = row.iter().map(|c| c.map_or("-".into(), |d| d.to_string())).collect();
        println!("{}", cells.iter().map(|c| format!("{c:>3}")).collect::<Vec<_>>().join(" "));
    }
    println!("{:?}", g.topological().map(|o| o.iter().map(|n| g.names[n.0]).collect::<String>()));
    println!("{:?}", g.components());
    println!("{:?}", g.spanning_tree());
    g.connect("e", "a", -40);
    println!("{:?} {:?}", g.topological(), g.bellman_ford(a).map_err(|n| g.names[n.0]));
}

#[test]
fn shortest_path() {
    let mut g = sample();
    let (a, e) = (g.node("a"), g.node("e"));
    assert_eq!(g.path(a, e), Some((20, vec!["a", "c", "f", "e"])));
}
