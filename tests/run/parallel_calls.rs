// Independent calls, calls that share an input, calls that depend on each other, calls through &mut.
fn collatz(limit: u64) -> (u64, u32) {
    let mut best = (1, 0);
    for start in 1..limit {
        let (mut n, mut steps) = (start, 0);
        while n != 1 {
            n = if n % 2 == 0 { n / 2 } else { 3 * n + 1 };
            steps += 1;
        }
        if steps > best.1 {
            best = (start, steps);
        }
    }
    best
}
fn primes(limit: usize) -> Vec<usize> {
    (2..limit).filter(|n| (2..*n).take_while(|d| d * d <= *n).all(|d| n % d != 0)).collect()
}
fn histogram(values: &[usize]) -> [usize; 10] {
    let mut counts = [0; 10];
    for v in values {
        counts[v % 10] += 1;
    }
    counts
}
fn gaps(values: &[usize]) -> usize {
    values.windows(2).map(|w| w[1] - w[0]).max().unwrap_or(0)
}
fn extend(list: &mut Vec<usize>, with: usize) -> usize {
    list.push(with);
    list.len()
}
fn main() {
    let a = collatz(600);
    let b = primes(600);
    let c = primes(100);
    let h = histogram(&b);
    let g = gaps(&b);
    println!("{a:?} {} {:?}", b.len(), c.last());
    println!("{h:?} {g}");
    let mut list = Vec::new();
    let first = extend(&mut list, g);
    let second = extend(&mut list, first);
    println!("{first} {second} {list:?}");
}
