// A loop that appends in order is a task; its twin looks at what it appended.
fn work(x: u64) -> u64 {
    (0..50).fold(x, |a, b| a ^ (a << 1) ^ b)
}
fn main() {
    let mut must = Vec::new();
    for x in 0..1000 { //~ task append
        must.push(work(x));
    }
    let mut must_not = vec![1];
    for x in 0..1000 { //~ no T104
        let last = must_not[must_not.len() - 1];
        must_not.push(work(x) ^ last);
    }
    // What is appended may take a loop to compute, in which nothing looks at what was appended before.
    let rows: Vec<Vec<u64>> = (0..50).map(|i| (0..i).collect()).collect();
    let mut sums = Vec::new();
    for row in &rows { //~ task append
        sums.push(row.iter().map(|x| x ^ 5).max());
    }
    let mut new = Vec::new();
    for row in &rows { //~ no T104
        new.push(row.iter().filter(|x| !new.contains(*x)).count() as u64);
    }
    println!("{} {} {} {new:?}", must.len(), must_not.len(), sums.len());
}
