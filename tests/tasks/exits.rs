// A loop that may end early is run ahead of, one that prints joins its text; a value carried from round to round is neither.
fn main() {
    let xs: Vec<u32> = (0..1000).collect();
    let mut found = 0;
    for x in &xs { //~ task search
        if x * x > 5000 {
            found = *x;
            break;
        }
    }
    for x in xs.iter().take(2) { //~ task print
        println!("{x}");
    }
    let mut calls = 0;
    let counted: Vec<u32> = xs
        .iter()
        .map(move |x| {
            calls += 1;
            x + calls
        })
        .collect(); //~ no T104
    let mut state = 1u32;
    for x in &xs { //~ no T104
        state = state.wrapping_mul(31).wrapping_add(*x);
    }
    println!("{found} {state} {}", counted[999]);
}
