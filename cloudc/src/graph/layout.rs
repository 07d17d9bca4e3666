//! Where nodes and edges of a picture go: layers from left to right.
//!
//! A node's layer is the length of the longest path to it. Within a layer nodes stand by the middle of their neighbours in
//! the layers beside it. An edge over several layers has a bend in each, so that it goes round nodes instead of through them.

use super::picture::Picture;

/// Sizes, in pixels.
const LETTER: f64 = 7.0;
const LINE: f64 = 17.0;
const PADDING: f64 = 12.0;
const GAP: f64 = 22.0;
const LAYER_GAP: f64 = 110.0;
const SWEEPS: usize = 6;

/// A node's rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Area {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// A finished layout.
#[derive(Debug, Default)]
pub struct Layout {
    /// The areas of the nodes.
    pub nodes: Vec<Area>,
    /// The points of the edges, from node to node.
    pub edges: Vec<Vec<(f64, f64)>>,
    /// Size of the whole.
    pub width: f64,
    /// Size of the whole.
    pub height: f64,
}

/// Places a picture.
pub fn place(picture: &Picture) -> Layout {
    let ranks = ranks(picture);
    let mut areas: Vec<Area> = picture.nodes.iter().map(|n| size(&n.lines)).collect();
    // Bends are nodes without a size.
    let mut layer_of = ranks.clone();
    let mut chains: Vec<Vec<usize>> = Vec::new();
    for edge in &picture.edges {
        let mut chain = vec![edge.from];
        for rank in ranks[edge.from] + 1..ranks[edge.to] {
            chain.push(areas.len());
            areas.push(Area { height: 6.0, ..Area::default() });
            layer_of.push(rank);
        }
        chain.push(edge.to);
        chains.push(chain);
    }
    let mut layers: Vec<Vec<usize>> = vec![Vec::new(); layer_of.iter().max().map_or(0, |m| m + 1)];
    for (node, &layer) in layer_of.iter().enumerate() {
        layers[layer].push(node);
    }
    order(&mut layers, &chains, areas.len());
    let (width, height) = coordinates(&layers, &mut areas);
    let middle = |n: usize| areas[n].y + areas[n].height / 2.0;
    let edges = chains.iter().map(|chain| {
        let mut points = Vec::new();
        for (i, &n) in chain.iter().enumerate() {
            if i > 0 {
                points.push((areas[n].x, middle(n)));
            }
            if i + 1 < chain.len() {
                points.push((areas[n].x + areas[n].width, middle(n)));
            }
        }
        points
    });
    let edges = edges.collect();
    areas.truncate(picture.nodes.len());
    Layout { nodes: areas, edges, width, height }
}

fn size(lines: &[String]) -> Area {
    let longest = lines.iter().map(|l| l.chars().count()).max().unwrap_or(0);
    let width = longest as f64 * LETTER + 2.0 * PADDING;
    Area { width, height: lines.len() as f64 * LINE + PADDING, ..Area::default() }
}

/// The longest path to each node. Edges back to where a path came from do not count.
fn ranks(picture: &Picture) -> Vec<usize> {
    let mut ranks = vec![0; picture.nodes.len()];
    for _ in 0..picture.nodes.len() {
        let mut changed = false;
        for edge in &picture.edges {
            let wanted = ranks[edge.from] + 1;
            if edge.from != edge.to && ranks[edge.to] < wanted && wanted < picture.nodes.len() {
                ranks[edge.to] = wanted;
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    ranks
}

/// Sorts each layer by the middle of the neighbours before it, then by that of those after it, and so on.
fn order(layers: &mut [Vec<usize>], chains: &[Vec<usize>], count: usize) {
    let (mut before, mut after) = (vec![Vec::new(); count], vec![Vec::new(); count]);
    for pair in chains.iter().flat_map(|c| c.windows(2)) {
        after[pair[0]].push(pair[1]);
        before[pair[1]].push(pair[0]);
    }
    let mut position = vec![0.0; count];
    let renumber = |layer: &[usize], position: &mut Vec<f64>| {
        for (i, &n) in layer.iter().enumerate() {
            position[n] = i as f64 / layer.len() as f64;
        }
    };
    layers.iter().for_each(|layer| renumber(layer, &mut position));
    for sweep in 0..SWEEPS {
        let forward = sweep % 2 == 0;
        let beside = if forward { &before } else { &after };
        let indices: Vec<usize> =
            if forward { (0..layers.len()).collect() } else { (0..layers.len()).rev().collect() };
        for l in indices {
            let middle = |n: usize| match &beside[n][..] {
                [] => position[n],
                list => list.iter().map(|m| position[*m]).sum::<f64>() / list.len() as f64,
            };
            let mut sorted: Vec<(f64, usize)> = layers[l].iter().map(|&n| (middle(n), n)).collect();
            sorted.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            layers[l] = sorted.into_iter().map(|s| s.1).collect();
            renumber(&layers[l], &mut position);
        }
    }
}

fn coordinates(layers: &[Vec<usize>], areas: &mut [Area]) -> (f64, f64) {
    let tall = |layer: &Vec<usize>| layer.iter().map(|&n| areas[n].height + GAP).sum::<f64>();
    let height = layers.iter().map(tall).fold(0.0, f64::max) + GAP;
    let mut x = GAP;
    for layer in layers {
        let wide = layer.iter().map(|&n| areas[n].width).fold(0.0, f64::max);
        let used: f64 = layer.iter().map(|&n| areas[n].height + GAP).sum();
        let mut y = GAP + (height - GAP - used) / 2.0;
        for &n in layer {
            areas[n].x = x + (wide - areas[n].width) / 2.0;
            areas[n].y = y;
            y += areas[n].height + GAP;
        }
        x += wide + LAYER_GAP;
    }
    (x - LAYER_GAP + GAP, height)
}

#[cfg(test)]
mod tests {
    use super::super::picture::{Edge, Kind, Node};
    use super::*;

    fn picture(count: usize, edges: &[(usize, usize)]) -> Picture {
        let node = |n: usize| Node {
            kind: Kind::Call,
            lines: vec![format!("task {n}")],
            at: None,
            effect: false,
            critical: false,
        };
        Picture {
            title: String::new(),
            nodes: (0..count).map(node).collect(),
            edges: edges.iter().map(|e| Edge::new(e.0, e.1)).collect(),
        }
    }

    #[test]
    fn edges_lead_to_the_right_and_nodes_do_not_overlap() {
        let picture = picture(7, &[(0, 1), (0, 2), (1, 3), (2, 3), (0, 3), (3, 4), (0, 5), (5, 6)]);
        let layout = place(&picture);
        for (edge, points) in picture.edges.iter().zip(&layout.edges) {
            assert!(layout.nodes[edge.from].x < layout.nodes[edge.to].x);
            assert!(points.windows(2).all(|p| p[0].0 <= p[1].0), "{points:?}");
        }
        for (i, a) in layout.nodes.iter().enumerate() {
            assert!(
                a.x >= 0.0 && a.y >= 0.0 && a.x + a.width <= layout.width && a.y + a.height <= layout.height
            );
            for b in &layout.nodes[i + 1..] {
                let apart = a.x + a.width <= b.x
                    || b.x + b.width <= a.x
                    || a.y + a.height <= b.y
                    || b.y + b.height <= a.y;
                assert!(apart, "{a:?} {b:?}");
            }
        }
    }

    #[test]
    fn a_task_that_asks_for_itself_has_a_place() {
        let layout = place(&picture(2, &[(0, 1), (1, 1), (1, 0)]));
        assert_eq!(layout.nodes.len(), 2);
        assert_eq!(layout.edges.len(), 3);
    }
}
