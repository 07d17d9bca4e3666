// Const generics, arrays of arrays, Gaussian elimination.
fn multiply<const N: usize, const M: usize, const K: usize>(a: &[[f64; M]; N], b: &[[f64; K]; M]) -> [[f64; K]; N] {
    let mut c = [[0.0; K]; N];
    for i in 0..N {
        for j in 0..K {
            for k in 0..M {
                c[i][j] += a[i][k] * b[k][j];
            }
        }
    }
    c
}
fn determinant(mut m: Vec<Vec<f64>>) -> f64 {
    let n = m.len();
    let mut det = 1.0;
    for col in 0..n {
        let pivot = (col..n).max_by(|&a, &b| m[a][col].abs().total_cmp(&m[b][col].abs())).unwrap();
        if m[pivot][col] == 0.0 {
            return 0.0;
        }
        if pivot != col {
            m.swap(pivot, col);
            det = -det;
        }
        det *= m[col][col];
        for row in col + 1..n {
            let factor = m[row][col] / m[col][col];
            for k in col..n {
                let x = m[col][k];
                m[row][k] -= factor * x;
            }
        }
    }
    det
}
fn main() {
    let a = [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]];
    let b = [[1.0, 0.5], [0.0, 2.0], [1.0, 1.0]];
    println!("{:?}", multiply(&a, &b));
    println!("{}", determinant(vec![vec![2.0, 1.0, 0.0], vec![1.0, 3.0, 1.0], vec![0.0, 1.0, 4.0]]));
    println!("{}", determinant(vec![vec![1.0, 2.0], vec![2.0, 4.0]]));
    println!("{}", (0..4).map(|i| a[i % 2][i % 3]).sum::<f64>());
}
