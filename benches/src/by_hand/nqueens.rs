//! How many ways there are to put n queens on a board of n by n squares, in parallel.

use rayon::prelude::*;

fn place(n: usize, row: usize, columns: &mut Vec<bool>, up: &mut Vec<bool>, down: &mut Vec<bool>) -> u64 {
    if row == n {
        return 1;
    }
    let mut count = 0;
    for column in 0..n {
        let (u, d) = (row + column, row + n - column);
        if !columns[column] && !up[u] && !down[d] {
            columns[column] = true;
            up[u] = true;
            down[d] = true;
            count += place(n, row + 1, columns, up, down);
            columns[column] = false;
            up[u] = false;
            down[d] = false;
        }
    }
    count
}

/// The program.
pub(super) fn main() {
    let n = 13;
    let count: u64 = (0..n)
        .into_par_iter()
        .map(|column| {
            let (mut columns, mut up, mut down) =
                (vec![false; n], vec![false; 2 * n], vec![false; 2 * n + 1]);
            columns[column] = true;
            up[column] = true;
            down[n - column] = true;
            place(n, 1, &mut columns, &mut up, &mut down)
        })
        .sum();
    println!("{n} queens: {count}");
}
