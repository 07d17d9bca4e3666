// Independent calls are tasks; calls that change a variable of their caller are not.
fn primes(limit: u32) -> Vec<u32> {
    (2..limit).filter(|n| (2..*n).all(|d| n % d != 0)).collect()
}
fn extend(list: &mut Vec<u32>, by: u32) -> usize {
    list.extend((0..by).map(|x| x * 2 + 1));
    list.len()
}
fn main() {
    let a = primes(300); //~ task leaf
    let b = primes(400); //~ task leaf
    println!("{} {}", a.len(), b.len());
    let mut list = Vec::new();
    let c = extend(&mut list, 100); //~ no T104
    let d = extend(&mut list, 200); //~ no T104
    println!("{c} {d}");
}
