// A loop that may end early is run ahead of, one that prints joins its text; a value carried from round to round is neither.
// What is done behind the way out is done by the loop itself; what is looked at in every round ties rounds together.
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
    let mut left = Vec::new();
    for x in &xs { //~ task search
        let end = &mut left;
        if *x > 900 {
            end.push(xs.iter().filter(|y| *y > x).count());
            break;
        }
    }
    let mut seen = vec![0];
    for x in &xs { //~ no T104
        let end = &mut seen;
        end.push(xs.iter().filter(|y| *y > x).count());
        if *x as usize > 900 + end.len() {
            break;
        }
    }
    println!("{found} {state} {} {left:?} {seen:?}", counted[999]);
}
