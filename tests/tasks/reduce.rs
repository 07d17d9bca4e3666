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
    // The last of all rounds is one result; a state each round makes from the one before is not, also where the only way on from
    // the inner loop is the next round of the outer one.
    let (mut last, mut state) = (0, 1);
    for _ in 0..3 { //~ task reduce
        for x in &xs {
            last = spread(*x, 5);
        }
    }
    for _ in 0..3 {
        for x in &xs { //~ no T104
            state = spread(state, *x);
        }
    }
    println!("{must} {} {last} {state}", must_not[3]);
}

fn spread(state: u32, x: u32) -> u32 {
    if state % 3 == 0 { state / 3 ^ x } else { (state % 0x1000) * 2 + x }
}
