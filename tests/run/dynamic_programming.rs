// Dynamic programming: knapsack, edit distance with alignment, LIS, LCS, coins, matrix chain, partitions, palindromes, tiling.
use std::collections::{BTreeMap, HashMap};

pub fn knapsack(capacity: usize, items: &[(usize, u64)]) -> (u64, Vec<usize>) {
    let mut best = vec![vec![0u64; capacity + 1]; items.len() + 1];
    for (i, &(weight, value)) in items.iter().enumerate() {
        for c in 0..=capacity {
            best[i + 1][c] = best[i][c];
            if c >= weight {
                best[i + 1][c] = best[i + 1][c].max(best[i][c - weight] + value);
            }
        }
    }
    let mut chosen = Vec::new();
    let mut c = capacity;
    for i in (0..items.len()).rev() {
        if best[i + 1][c] != best[i][c] {
            chosen.push(i);
            c -= items[i].0;
        }
    }
    chosen.reverse();
    (best[items.len()][capacity], chosen)
}

pub fn edit_distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, &cb) in b.iter().enumerate() {
            let cost = diagonal + usize::from(ca != cb);
            diagonal = row[j + 1];
            row[j + 1] = cost.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[derive(Debug, PartialEq, Clone, Copy)]
enum Edit {
    Keep(char),
    Insert(char),
    Delete(char),
}

fn diff(a: &str, b: &str) -> Vec<Edit> {
    let (a, b): (Vec<_>, Vec<_>) = (a.chars().collect(), b.chars().collect());
    let mut lcs = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            lcs[i][j] = if a[i] == b[j] { lcs[i + 1][j + 1] + 1 } else { lcs[i + 1][j].max(lcs[i][j + 1]) };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut edits = vec![];
    while i < a.len() || j < b.len() {
        edits.push(match (a.get(i), b.get(j)) {
            (Some(&x), Some(&y)) if x == y => {
                i += 1;
                j += 1;
                Edit::Keep(x)
            }
            (Some(&x), None) => {
                i += 1;
                Edit::Delete(x)
            }
            (Some(&x), Some(_)) if lcs[i + 1][j] >= lcs[i][j + 1] => {
                i += 1;
                Edit::Delete(x)
            }
            (_, Some(&y)) => {
                j += 1;
                Edit::Insert(y)
            }
            (None, None) => unreachable!(),
        });
    }
    edits
}

pub fn longest_increasing<T: Ord + Clone>(values: &[T]) -> Vec<T> {
    let mut tails: Vec<usize> = vec![];
    let mut previous = vec![None; values.len()];
    for (i, v) in values.iter().enumerate() {
        let at = tails.partition_point(|&t| values[t] < *v);
        previous[i] = at.checked_sub(1).map(|k| tails[k]);
        if at == tails.len() {
            tails.push(i);
        } else {
            tails[at] = i;
        }
    }
    let mut out: Vec<T> =
        std::iter::successors(tails.last().copied(), |&i| previous[i]).map(|i| values[i].clone()).collect();
    out.reverse();
    out
}

fn coins(amount: usize, coins: &[usize]) -> (u64, Option<usize>) {
    let mut ways = vec![0u64; amount + 1];
    let mut fewest = vec![None; amount + 1];
    ways[0] = 1;
    fewest[0] = Some(0);
    for &coin in coins {
        for a in coin..=amount {
            ways[a] += ways[a - coin];
            if let Some(n) = fewest[a - coin] {
                fewest[a] = Some(fewest[a].map_or(n + 1, |old: usize| old.min(n + 1)));
            }
        }
    }
    (ways[amount], fewest[amount])
}

fn matrix_chain(dims: &[u64]) -> (u64, String) {
    fn go(dims: &[u64], i: usize, j: usize, memo: &mut BTreeMap<(usize, usize), (u64, String)>) -> (u64, String) {
        if i == j {
            return (0, ((b'A' + i as u8) as char).to_string());
        }
        if let Some(known) = memo.get(&(i, j)) {
            return known.clone();
        }
        let best = (i..j)
            .map(|k| {
                let (l, ls) = go(dims, i, k, memo);
                let (r, rs) = go(dims, k + 1, j, memo);
                (l + r + dims[i] * dims[k + 1] * dims[j + 1], format!("({ls}{rs})"))
            })
            .min()
            .unwrap();
        memo.insert((i, j), best.clone());
        best
    }
    go(dims, 0, dims.len() - 2, &mut BTreeMap::new())
}

fn memoise<A: Copy + Eq + std::hash::Hash, R: Clone>(f: impl Fn(&mut dyn FnMut(A) -> R, A) -> R) -> impl FnMut(A) -> R {
    fn call<A: Copy + Eq + std::hash::Hash, R: Clone>(
        f: &dyn Fn(&mut dyn FnMut(A) -> R, A) -> R,
        memo: &mut HashMap<A, R>,
        a: A,
    ) -> R {
        if let Some(r) = memo.get(&a) {
            return r.clone();
        }
        let r = f(&mut |b| call(f, memo, b), a);
        memo.insert(a, r.clone());
        r
    }
    let mut memo = HashMap::new();
    move |a| call(&f, &mut memo, a)
}

fn palindrome(text: &str) -> &str {
    let bytes = text.as_bytes();
    let mut best = 0..0;
    for centre in 0..2 * bytes.len() {
        let (mut lo, mut hi) = (centre / 2, centre / 2 + centre % 2);
        while hi < bytes.len() && bytes[lo] == bytes[hi] {
            if hi + 1 - lo > best.len() {
                best = lo..hi + 1;
            }
            hi += 1;
            match lo.checked_sub(1) {
                Some(l) => lo = l,
                None => break,
            }
        }
    }
    &text[best]
}

fn main() {
    println!("{:?}", knapsack(50, &[(10, 60), (20, 100), (30, 120)]));
    for (a, b) in [("kitten", "sitting"), ("", "abc"), ("naïve", "native"), ("same", "same")] {
        let script: String = diff(a, b)
            .iter()
            .map(|e| match e {
                Edit::Keep(c) => format!(" {c}"),
                Edit::Insert(c) => format!("+{c}"),
                Edit::Delete(c) => format!("-{c}"),
            })
            .collect();
        println!("{} {script:?}", edit_distance(a, b));
    }
    println!("{:?}", longest_increasing(&[0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15]));
    println!("{:?}", longest_increasing(&"the longest increasing run of words".split(' ').collect::<Vec<_>>()));
    println!("{:?} {:?}", coins(100, &[1, 5, 10, 25, 50]), coins(3, &[2]));
    println!("{:?}", matrix_chain(&[40, 20, 30, 10, 30]));
    let mut partitions = memoise(|go: &mut dyn FnMut((u32, u32)) -> u64, (n, max)| match (n, max) {
        (0, _) => 1,
        (_, 0) => 0,
        (n, max) if max > n => go((n, n)),
        (n, max) => go((n, max - 1)) + go((n - max, max)),
    });
    println!("{:?}", (1..=10).map(|n| partitions((n * 10, n * 10))).collect::<Vec<_>>());
    println!("{:?} {:?}", palindrome("forgeeksskeegfor"), palindrome(""));
}
