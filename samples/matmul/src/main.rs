//! Multiplies two square matrices and prints what is needed to check the product.

fn main() {
    let n = 700;
    let a = matrix(n, 1);
    let b = matrix(n, 2);
    let c = multiply(&a, &b, n);
    println!("{n} x {n}");
    println!("corners {} {} {} {}", c[0], c[n - 1], c[n * n - n], c[n * n - 1]);
    println!("trace   {}", trace(&c, n));
    println!("sum     {}", c.iter().sum::<f64>());
}

/// Row by row; the numbers are small and look random.
fn matrix(n: usize, seed: u64) -> Vec<f64> {
    let mut state = seed;
    let mut elements = Vec::with_capacity(n * n);
    for _ in 0..n * n {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        elements.push((state >> 33) as f64 / (1u64 << 31) as f64 - 0.5);
    }
    elements
}

fn multiply(a: &[f64], b: &[f64], n: usize) -> Vec<f64> {
    let mut c = vec![0.0; n * n];
    for i in 0..n {
        for j in 0..n {
            let mut sum = 0.0;
            for k in 0..n {
                sum += a[i * n + k] * b[k * n + j];
            }
            c[i * n + j] = sum;
        }
    }
    c
}

fn trace(c: &[f64], n: usize) -> f64 {
    (0..n).map(|i| c[i * n + i]).sum()
}
