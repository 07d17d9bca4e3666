// A loop that may end early is no task, nor is one that prints or carries a value from round to round.
fn main() {
    let xs: Vec<u32> = (0..1000).collect();
    let mut found = 0;
    for x in &xs { //~ no T107
        if x * x > 5000 {
            found = *x;
            break;
        }
    }
    for x in xs.iter().take(2) { //~ no T106
        println!("{x}");
    }
    let mut state = 1u32;
    for x in &xs { //~ no T104
        state = state.wrapping_mul(31).wrapping_add(*x);
    }
    println!("{found} {state}");
}
