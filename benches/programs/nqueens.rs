//! How many ways there are to put n queens on a board of n by n squares.

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

fn main() {
    let n = 13;
    let count = place(n, 0, &mut vec![false; n], &mut vec![false; 2 * n], &mut vec![false; 2 * n + 1]);
    println!("{n} queens: {count}");
}
