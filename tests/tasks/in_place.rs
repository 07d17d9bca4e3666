// A loop over exclusive references is a task; its twin also changes what all rounds share.
fn main() {
    let mut xs: Vec<u64> = (0..1000).collect();
    for x in xs.iter_mut() { //~ task disjoint
        *x = *x * 3 + 1;
    }
    let mut carry = 0;
    for x in xs.iter_mut() { //~ no T104
        *x += carry;
        carry = *x % 10;
    }
    let mut grid = vec![0u64; 1000];
    for (y, row) in grid.chunks_mut(10).enumerate() { //~ task disjoint
        row[y % 10] = 1;
    }
    let mut kept = Vec::new();
    for x in xs.iter_mut() { //~ no T102
        kept.push(x);
    }
    *kept[0] = 7;
    println!("{} {} {carry}", xs[0], grid[11]);
}
