//@ tasks auto
// What is made of a result without failing is made after the wait, so the next call runs beside; what fails or prints stays.
fn primes(limit: u32) -> Vec<u32> {
    (2..limit).filter(|n| (2..*n).all(|d| n % d != 0)).collect()
}
fn common(a: &[u32], b: &[u32]) -> usize {
    a.iter().filter(|x| b.contains(x)).count()
}
fn merge(left: &[u32], right: &[u32]) -> Vec<u32> {
    let mut all = left.to_vec();
    all.extend_from_slice(right);
    all.sort();
    all
}
fn merge_sort(values: &[u32]) -> Vec<u32> {
    if values.len() <= 1 {
        return values.to_vec(); //~ no T101
    }
    let (left, right) = values.split_at(values.len() / 2);
    merge(
        &merge_sort(left), //~ task leaf
        &merge_sort(right), //~ task leaf
    )
}
fn held() -> (Vec<u32>, u32) {
    (primes(300), 1) //~ no T109
}
fn main() {
    // Both become slices.
    let n = common( //~ task leaf
        &primes(310), //~ task leaf
        &primes(410), //~ task leaf
    );
    // Lengths of both.
    let m = primes(320).len() + //~ task leaf
        primes(420).len(); //~ task leaf
    // A name for a part of one.
    let x = primes(330); //~ task leaf
    let y = &x[..];
    let z = primes(430); //~ task leaf
    println!("{n} {m} {} {}", y.len(), z.len());
    // An index may fail before the other call does.
    let x = primes(340); //~ no T109
    let first = x[0];
    let z = primes(440); //~ no T109
    println!("{first} {}", z.len());
    // A print shows what it was given.
    let x = primes(350); //~ no T109
    println!("{}", x.len());
    let z = primes(450); //~ task leaf
    println!("{} {}", z.len(), held().1); //~ task leaf
    println!("{}", merge_sort(&z).len()); //~ no T109
}
