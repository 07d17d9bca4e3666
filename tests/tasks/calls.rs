// Independent calls are tasks; a chain is not.
fn primes(limit: u32) -> Vec<u32> {
    (2..limit).filter(|n| (2..*n).all(|d| n % d != 0)).collect()
}
fn grow(xs: &[u32]) -> Vec<u32> {
    xs.iter().map(|x| x * 2 + 1).collect()
}
fn main() {
    let a = primes(300); //~ task leaf
    let b = primes(400); //~ task leaf
    println!("{} {}", a.len(), b.len());
    let c = primes(100); //~ no T109
    println!("{}", c.len());
    let d = grow(&c); //~ no T109
    println!("{}", d.len());
}
