use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet, VecDeque};
#[derive(Copy, Clone, Eq, PartialEq)]
struct State {
    cost: u32,
    node: usize,
}
impl Ord for State {
    fn cmp(&self, other: &Self) -> Ordering {
        other.cost.cmp(&self.cost).then_with(|| self.node.cmp(&other.node))
    }
}
impl PartialOrd for State {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
#[derive(Debug, Default)]
struct Graph {
    adj: Vec<Vec<(usize, u32)>>,
}
impl Graph {
    fn with_nodes(n: usize) -> Self {
        Graph { adj: vec![Vec::new(); n] }
    }
    fn edge(&mut self, a: usize, b: usize, w: u32) -> &mut Self {
        self.adj[a].push((b, w));
        self
    }
    fn both(&mut self, a: usize, b: usize, w: u32) -> &mut Self {
        self.edge(a, b, w).edge(b, a, w)
    }
    fn dijkstra(&self, s: usize) -> Vec<Option<u32>> {
        let mut dist: Vec<_> = (0..self.adj.len()).map(|_| u32::MAX).collect();
        let mut heap = BinaryHeap::new();
        dist[s] = 0;
        heap.push(State { cost: 0, node: s });
        while let Some(State { cost, node }) = heap.pop() {
            if cost > dist[node] {
                continue;
            }
            for &(next, w) in &self.adj[node] {
                let n = State { cost: cost + w, node: next };
                if n.cost < dist[next] {
                    heap.push(n);
                    dist[next] = n.cost;
                }
            }
        }
        dist.into_iter().map(|d| (d != u32::MAX).then_some(d)).collect()
    }
    fn prim(&self) -> u32 {
        let mut seen = vec![false; self.adj.len()];
        let mut heap = BinaryHeap::from([Reverse((0, 0))]);
        let mut total = 0;
        while let Some(Reverse((w, u))) = heap.pop() {
            if std::mem::replace(&mut seen[u], true) {
                continue;
            }
            total += w;
            heap.extend(self.adj[u].iter().filter(|(v, _)| !seen[*v]).map(|&(v, w)| Reverse((w, v))));
        }
        total
    }
    fn bfs(&self, s: usize) -> Vec<usize> {
        let mut q = VecDeque::from(vec![s]);
        let mut seen: HashSet<usize> = HashSet::from([s]);
        let mut order = vec![];
        while let Some(u) = q.pop_front() {
            order.push(u);
            for (v, _) in self.adj[u].iter() {
                if seen.insert(*v) {
                    q.push_back(*v)
                }
            }
        }
        order
    }
    fn topo(&self) -> Option<Vec<usize>> {
        let n = self.adj.len();
        let mut deg = vec![0usize; n];
        for es in &self.adj {
            for &(v, _) in es {
                deg[v] += 1
            }
        }
        let mut ready: BTreeSet<usize> =
            deg.iter().enumerate().filter_map(|(i, &d)| if d == 0 { Some(i) } else { None }).collect();
        let mut out = Vec::with_capacity(n);
        while let Some(u) = ready.pop_first() {
            out.push(u);
            for &(v, _) in &self.adj[u] {
                deg[v] -= 1;
                if deg[v] == 0 {
                    ready.insert(v);
                }
            }
        }
        (out.len() == n).then(|| out)
    }
    fn scc(&self) -> Vec<Vec<usize>> {
        struct Tarjan<'g> {
            g: &'g Graph,
            index: usize,
            stack: Vec<usize>,
            on: Vec<bool>,
            idx: Vec<Option<usize>>,
            low: Vec<usize>,
            out: Vec<Vec<usize>>,
        }
        impl Tarjan<'_> {
            fn go(&mut self, v: usize) {
                self.idx[v] = Some(self.index);
                self.low[v] = self.index;
                self.index += 1;
                self.stack.push(v);
                self.on[v] = true;
                for &(w, _) in &self.g.adj[v] {
                    match self.idx[w] {
                        None => {
                            self.go(w);
                            self.low[v] = self.low[v].min(self.low[w])
                        }
                        Some(iw) if self.on[w] => self.low[v] = self.low[v].min(iw),
                        _ => {}
                    }
                }
                if Some(self.low[v]) == self.idx[v] {
                    let mut c = vec![];
                    loop {
                        let w = self.stack.pop().expect("stack");
                        self.on[w] = false;
                        c.push(w);
                        if w == v {
                            break;
                        }
                    }
                    c.sort_unstable_by(|a, b| b.cmp(a));
                    self.out.push(c);
                }
            }
        }
        let n = self.adj.len();
        let mut t = Tarjan {
            g: self,
            index: 0,
            stack: vec![],
            on: vec![false; n],
            idx: vec![None; n],
            low: vec![0; n],
            out: Default::default(),
        };
        for v in 0..n {
            if t.idx[v].is_none() {
                t.go(v)
            }
        }
        t.out
    }
}
fn floyd(n: usize, edges: &[(usize, usize, i64)]) -> Result<Vec<Vec<Option<i64>>>, String> {
    let mut d = vec![vec![None; n]; n];
    for i in 0..n {
        d[i][i] = Some(0);
    }
    for &(a, b, w) in edges {
        d[a][b] = d[a][b].map_or(Some(w), |x: i64| Some(x.min(w)));
    }
    for k in 0..n {
        for i in 0..n {
            for j in 0..n {
                if let (Some(x), Some(y)) = (d[i][k], d[k][j]) {
                    let s = x + y;
                    if d[i][j].is_none_or(|z| s < z) {
                        d[i][j] = Some(s);
                    }
                }
            }
        }
    }
    if (0..n).any(|i| d[i][i].is_some_and(|x| x < 0)) { Err("negative cycle".to_string()) } else { Ok(d) }
}
struct Dsu {
    parent: Vec<usize>,
    size: Vec<usize>,
}
impl Dsu {
    fn new(n: usize) -> Self {
        Self { parent: (0..n).collect(), size: vec![1; n] }
    }
    fn find(&mut self, x: usize) -> usize {
        if self.parent[x] != x {
            let r = self.find(self.parent[x]);
            self.parent[x] = r;
        }
        self.parent[x]
    }
    fn union(&mut self, a: usize, b: usize) -> bool {
        let (mut a, mut b) = (self.find(a), self.find(b));
        if a == b {
            return false;
        }
        if self.size[a] < self.size[b] {
            std::mem::swap(&mut a, &mut b)
        }
        self.parent[b] = a;
        self.size[a] += self.size[b];
        true
    }
}
fn main() {
    let mut g = Graph::with_nodes(6);
    g.both(0, 1, 7)
        .both(0, 2, 9)
        .both(0, 5, 14)
        .both(1, 2, 10)
        .both(1, 3, 15)
        .both(2, 3, 11)
        .both(2, 5, 2)
        .both(3, 4, 6)
        .both(4, 5, 9);
    println!("{:?}\n{} {:?}", g.dijkstra(0), g.prim(), g.bfs(3));
    let mut dag = Graph::with_nodes(6);
    for (a, b) in [(5, 2), (5, 0), (4, 0), (4, 1), (2, 3), (3, 1)] {
        dag.edge(a, b, 1);
    }
    println!("{:?} {:?}", dag.topo(), dag.dijkstra(5));
    dag.edge(1, 5, 1);
    println!("{:?} {:?}", dag.topo(), dag.scc());
    for r in floyd(4, &[(0, 2, -2), (1, 0, 4), (1, 2, 3), (2, 3, 2), (3, 1, -1)]).unwrap() {
        println!(
            "{}",
            r.iter().map(|x| x.map_or("-".into(), |v| v.to_string())).collect::<Vec<String>>().join(" ")
        );
    }
    println!("{:?}", floyd(2, &[(0, 1, -1), (1, 0, 0)]));
    let mut edges = vec![
        (7, 'a', 'd'),
        (5, 'a', 'b'),
        (8, 'b', 'c'),
        (9, 'b', 'd'),
        (7, 'b', 'e'),
        (5, 'c', 'e'),
        (15, 'd', 'e'),
        (6, 'd', 'f'),
        (8, 'e', 'f'),
        (9, 'e', 'g'),
        (11, 'f', 'g'),
    ];
    edges.sort();
    let mut dsu = Dsu::new(7);
    let ix = |c: char| (c as u8 - b'a') as usize;
    let mst: Vec<_> = edges.iter().filter(|&&(_, a, b)| dsu.union(ix(a), ix(b))).collect();
    println!("{} {:?}", mst.iter().map(|e| e.0).sum::<i32>(), mst);
    let mut by: BTreeMap<i32, Vec<(char, char)>> = BTreeMap::new();
    edges.into_iter().for_each(|(w, a, b)| by.entry(w).or_insert_with(Vec::new).push((a, b)));
    for (w, es) in by.range(7..=9).rev() {
        println!("{w} {es:?}");
    }
    if let Some((k, v)) = by.iter().next_back() {
        println!("{k} {}", v.len());
    }
    println!("{:?} {:?}", by.first_key_value(), by.last_key_value().map(|(k, _)| k));
    let counts = "mississippi".chars().fold(HashMap::new(), |mut m: HashMap<char, usize>, c| {
        *m.entry(c).or_insert(0) += 1;
        m
    });
    let mut v: Vec<(char, usize)> = counts.into_iter().collect();
    v.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    println!("{v:?}");
    let mut h: BinaryHeap<(u32, &str)> = vec![(2, "b"), (9, "z"), (4, "d")].into();
    if let Some(mut top) = h.peek_mut() {
        top.0 = 1;
    }
    println!("{:?} {:?} {:?}", h.peek(), h.len(), h.clone().into_sorted_vec());
    println!("{:?}", h.into_iter().map(|x| x.1).max());
}
