// Loops that write to places of their own: out[i], out[i * w + j], for x in v.iter_mut().
fn blur(src: &[i64], w: usize, h: usize) -> Vec<i64> {
    let mut out = vec![0; w * h];
    for y in 0..h {
        for x in 0..w {
            let left = if x > 0 { src[y * w + x - 1] } else { 0 };
            let up = if y > 0 { src[(y - 1) * w + x] } else { 0 };
            out[y * w + x] = src[y * w + x] * 4 + left + up;
        }
    }
    out
}
fn main() {
    let (w, h) = (37, 23);
    let src: Vec<i64> = (0..(w * h) as i64).map(|i| i * i % 101).collect();
    let out = blur(&src, w, h);
    println!("{} {:?}", out.iter().sum::<i64>(), &out[100..110]);
    let mut squares = vec![0u32; 50];
    for i in 0..50 {
        squares[i] = (i * i) as u32;
    }
    println!("{:?}", &squares[45..]);
    let mut scaled = squares.clone();
    for x in scaled.iter_mut() {
        *x = *x * 2 + 1;
    }
    println!("{:?}", &scaled[..5]);
    let mut shifted = vec![0u32; 50];
    for i in 0..49 {
        shifted[i + 1] = squares[i];
    }
    println!("{:?}", &shifted[46..]);
    let mut running = vec![1u64; 20];
    for i in 1..20 {
        running[i] = running[i - 1] * 2 + i as u64;
    }
    println!("{:?}", &running[15..]);
}
