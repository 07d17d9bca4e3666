//! Counts the ways to put n queens on a board of n by n so that none attacks another.

fn main() {
    for n in 4..14 {
        println!("{n} queens: {} ways", ways(n, 0, 0, 0, 0));
    }
}

/// Ways to fill the rows from `row` on. Bits say which columns and diagonals are attacked, as seen from this row.
fn ways(n: u32, row: u32, columns: u32, falling: u32, rising: u32) -> u64 {
    if row == n {
        return 1;
    }
    let mut count = 0;
    for column in 0..n {
        let queen = 1u32 << column;
        if (columns | falling | rising) & queen == 0 {
            count += ways(n, row + 1, columns | queen, (falling | queen) << 1, (rising | queen) >> 1);
        }
    }
    count
}
