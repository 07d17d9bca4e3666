// An integer sum is a task; its twin adds floats, whose order matters.
fn main() {
    let xs: Vec<u32> = (0..1000).collect();
    let mut must = 0u64;
    for x in &xs { //~ task reduce
        must += *x as u64 * 3;
    }
    let mut must_not = vec![0.0; 7];
    for x in &xs { //~ no T105
        must_not[(*x % 7) as usize] += *x as f64 / 3.0;
    }
    println!("{must} {}", must_not[3]);
}
