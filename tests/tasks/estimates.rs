// The estimate of a loop tells what one of its rounds does, in sizes that are known before it: through closures, adaptors,
// calls, and lengths of elements. Its twin has one round whose work nothing outside tells.
struct Table {
    columns: usize,
    rows: Vec<Vec<u64>>,
}
fn distance(a: &str, b: &str) -> usize {
    let mut found = 0;
    for x in a.bytes() {
        for y in b.bytes() {
            found += usize::from(x == y);
        }
    }
    found
}
fn nearest(word: &str, words: &[String]) -> usize {
    words.iter().map(|other| distance(word, other)).min().unwrap_or(0)
}
fn steps(limit: u64) -> u64 {
    let mut at = 0;
    let mut sum = 1u64;
    while at < limit {
        sum = sum.wrapping_mul(31) ^ at;
        at += 1;
    }
    sum
}
fn collatz(mut n: u64) -> u64 {
    let mut count = 0;
    while n != 1 {
        n = if n % 2 == 0 { n / 2 } else { 3 * n + 1 };
        count += 1;
    }
    count
}
fn middle(row: &[u64]) -> u64 {
    let mut sorted = row.to_vec();
    sorted.sort();
    sorted[sorted.len() / 2]
}
fn main() {
    let words: Vec<String> = (0..60).map(|i| format!("word{i}")).collect();
    let found: Vec<usize> = words.iter().map(|w| nearest(w, &words)).collect(); //~ work ·len(words)·len(words[_])
    let table = Table { columns: 7, rows: (0..40).map(|i| vec![i; 7]).collect() };
    let limit = words.len() as u64 * 3;
    let mut sums = Vec::new();
    for row in &table.rows { //~ work 2.9 ns·len(table.rows[_])
        sums.push(row.iter().map(|x| x ^ 3).max());
    }
    let mut middles = Vec::new();
    for row in &table.rows { //~ work 163 ns·len(table.rows[_])
        middles.push(middle(row));
    }
    let mut wide = Vec::new();
    for row in 0..table.rows.len() { //~ work ·table.columns
        wide.push((0..table.columns).map(|c| table.rows[row][c] ^ 5).max());
    }
    let mut must = Vec::new();
    for i in 0..30 { //~ work ·limit
        must.push(steps(limit) ^ i);
    }
    let mut must_not = Vec::new();
    for i in 1..30 { //~ work ~
        must_not.push(collatz(i));
    }
    println!("{} {} {} {} {} {}", found.len(), sums.len(), middles.len(), wide.len(), must.len(), must_not.len());
}
