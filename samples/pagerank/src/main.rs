//! Ranks the pages of a web by the links to them, until the ranks settle.

fn main() {
    let web = web(30_000, 12);
    let (ranks, rounds) = page_rank(&web, 0.85, 1e-10);
    let mut order: Vec<usize> = (0..ranks.len()).collect();
    order.sort_by(|a, b| ranks[*b].total_cmp(&ranks[*a]).then(a.cmp(b)));
    println!("settled after {rounds} rounds");
    for page in &order[..10] {
        println!("page {page:5}  rank {:.9}", ranks[*page]);
    }
}

struct Web {
    /// For each page the pages that link to it.
    links_to: Vec<Vec<usize>>,
    /// For each page the number of its links.
    links: Vec<usize>,
}

/// Pages whose links go to small numbers more often.
fn web(pages: usize, links: usize) -> Web {
    let mut state = 2463534242u64;
    let mut links_to = vec![Vec::new(); pages];
    for page in 0..pages {
        for _ in 0..links {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            let a = (state >> 33) as usize % pages;
            let b = (state >> 13) as usize % pages;
            links_to[a.min(b)].push(page);
        }
    }
    Web { links_to, links: vec![links; pages] }
}

fn page_rank(web: &Web, damping: f64, tolerance: f64) -> (Vec<f64>, u32) {
    let pages = web.links.len();
    let mut ranks = vec![1.0 / pages as f64; pages];
    let mut rounds = 0;
    loop {
        rounds += 1;
        let mut next = vec![0.0; pages];
        for page in 0..pages {
            let mut sum = 0.0;
            for &from in &web.links_to[page] {
                sum += ranks[from] / web.links[from] as f64;
            }
            next[page] = (1.0 - damping) / pages as f64 + damping * sum;
        }
        let change: f64 = ranks.iter().zip(&next).map(|(a, b)| (a - b).abs()).sum();
        ranks = next;
        if change < tolerance {
            return (ranks, rounds);
        }
    }
}
