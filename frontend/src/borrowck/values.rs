//! What each region contains: points of the body, and ends of the regions that are given.
//!
//! A region contains what it was given, where the variables whose types mention it are live, and whatever the regions
//! it must outlive contain. Solved over strongly connected components, callees first.

use super::constraints::{BySup, Outlives};
use super::regions::{Origin, Vid};
use crate::bits::{BitMatrix, BitSet};
use crate::index::IndexVec;
use crate::mir::body::Location;
use crate::mir::{BlockId, Body};

/// Numbers the points of a body.
pub struct Points {
    start: IndexVec<BlockId, usize>,
    block: Vec<BlockId>,
}

impl Points {
    /// Of a body.
    pub fn new(body: &Body) -> Points {
        let mut start = IndexVec::new();
        let mut block = Vec::new();
        for (id, contents) in body.blocks.iter_enumerated() {
            start.push(block.len());
            block.extend(std::iter::repeat_n(id, contents.statements.len() + 1));
        }
        Points { start, block }
    }
    /// How many there are.
    pub fn count(&self) -> usize {
        self.block.len()
    }
    /// Number of a location.
    pub fn of(&self, at: Location) -> usize {
        self.start[at.block] + at.statement
    }
    /// The location with a number.
    pub fn location(&self, point: usize) -> Location {
        let block = self.block[point];
        Location { block, statement: point - self.start[block] }
    }
    /// Whether a point begins its block.
    pub fn is_start(&self, point: usize) -> bool {
        self.start[self.block[point]] == point
    }
}

/// The solution.
pub struct Values {
    component: Vec<u32>,
    rows: BitMatrix,
    points: usize,
    /// The given regions.
    pub universal: Vec<Vid>,
}

/// Solves the constraints. `live` gives each variable's points.
pub fn solve(
    origins: &[Origin],
    constraints: &[Outlives],
    by_sup: &BySup,
    points: usize,
    live: &mut dyn FnMut(&mut dyn FnMut(Vid, &BitSet)),
) -> Values {
    let n = origins.len();
    let first = &by_sup.first;
    let edges: Vec<Vid> = by_sup.list.iter().map(|&c| constraints[c as usize].sub).collect();
    let (component, count) = components(n, first, &edges);
    let universal: Vec<Vid> = (0..n as Vid).filter(|&v| origins[v as usize].is_universal()).collect();
    let width = points + universal.len();
    let mut rows = BitMatrix::new(count, width);
    for (i, &v) in universal.iter().enumerate() {
        let row = component[v as usize] as usize;
        rows.fill(row, points);
        rows.insert(row, points + i);
    }
    live(&mut |v, set| rows.add(component[v as usize] as usize, set));
    // Components are numbered so that each comes after those it reaches.
    let mut in_order: Vec<Vid> = (0..n as Vid).collect();
    in_order.sort_by_key(|&v| component[v as usize]);
    for v in in_order {
        let c = component[v as usize] as usize;
        for &sub in &edges[first[v as usize] as usize..first[v as usize + 1] as usize] {
            let to = component[sub as usize] as usize;
            if to != c {
                rows.add_row(c, to);
            }
        }
    }
    Values { component, rows, points, universal }
}

impl Values {
    /// Whether a region contains a point.
    pub fn has_point(&self, v: Vid, point: usize) -> bool {
        self.rows.has(self.component[v as usize] as usize, point)
    }
    /// The given regions whose ends a region contains.
    pub fn ends(&self, v: Vid) -> Vec<Vid> {
        let row = self.component[v as usize] as usize;
        let list = self.universal.iter().enumerate();
        list.filter(|(i, _)| self.rows.has(row, self.points + i)).map(|(_, &u)| u).collect()
    }
}

/// Tarjan's algorithm, without recursion: the component of each node, numbered in reverse topological order.
fn components(n: usize, first: &[u32], edges: &[u32]) -> (Vec<u32>, usize) {
    const NONE: u32 = u32::MAX;
    let mut component = vec![NONE; n];
    let mut index = vec![NONE; n];
    let mut low = vec![0u32; n];
    let mut stack: Vec<u32> = Vec::new();
    let mut calls: Vec<(u32, u32)> = Vec::new();
    let (mut next, mut count) = (0u32, 0u32);
    for root in 0..n as u32 {
        if index[root as usize] != NONE {
            continue;
        }
        calls.push((root, first[root as usize]));
        index[root as usize] = next;
        low[root as usize] = next;
        next += 1;
        stack.push(root);
        while let Some(&mut (v, ref mut edge)) = calls.last_mut() {
            let v = v as usize;
            if *edge < first[v + 1] {
                let to = edges[*edge as usize] as usize;
                *edge += 1;
                if index[to] == NONE {
                    index[to] = next;
                    low[to] = next;
                    next += 1;
                    stack.push(to as u32);
                    calls.push((to as u32, first[to]));
                } else if component[to] == NONE {
                    low[v] = low[v].min(index[to]);
                }
                continue;
            }
            calls.pop();
            if let Some(&(parent, _)) = calls.last() {
                low[parent as usize] = low[parent as usize].min(low[v]);
            }
            if low[v] == index[v] {
                while let Some(w) = stack.pop() {
                    component[w as usize] = count;
                    if w as usize == v {
                        break;
                    }
                }
                count += 1;
            }
        }
    }
    (component, count as usize)
}
