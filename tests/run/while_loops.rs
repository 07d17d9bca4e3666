// Loops that count with `while`: what they leave behind, early ends, nested ones, bounds that are lengths, and failures.
fn mix(x: u64) -> u64 {
    let mut y = x.wrapping_mul(0x9e3779b97f4a7c15);
    let mut r = 0;
    while r < 5 {
        y ^= y >> 13;
        y = y.wrapping_mul(31);
        r += 1;
    }
    y % 1000
}

fn find(data: &[u64], what: u64) -> Option<usize> {
    let mut i = 0;
    while i < data.len() {
        if data[i] == what {
            return Some(i);
        }
        i += 1;
    }
    None
}

fn product(a: &[u64], b: &[u64], n: usize) -> Vec<u64> {
    let mut c = vec![0; n * n];
    let mut i = 0;
    while i < n {
        let mut j = 0;
        while j < n {
            let mut s = 0u64;
            let mut k = 0;
            while k < n {
                s = s.wrapping_add(a[i * n + k].wrapping_mul(b[k * n + j]));
                k += 1;
            }
            c[i * n + j] = s;
            j += 1;
        }
        i += 1;
    }
    c
}

fn main() {
    let (mut i, n) = (3u32, 200u32);
    let mut data = Vec::new();
    while i < n {
        data.push(mix(i as u64));
        i += 1;
    }
    println!("{i} {} {:?}", data.len(), &data[..5]);
    println!("{:?} {:?}", find(&data, data[150]), find(&data, 5000));
    // Not a single round.
    let mut none = 10usize;
    let mut seen = 0;
    while none < 4 {
        seen += 1;
        none += 1;
    }
    println!("{none} {seen}");
    // The counter is used after it was counted up, and after the loop was left.
    let mut k = 0usize;
    let mut total = 0u64;
    while k < data.len() {
        let x = data[k];
        k += 1;
        if x > 990 {
            break;
        }
        total += x * k as u64;
    }
    println!("{k} {total}");
    let mut big = i64::MIN;
    let mut at = -1;
    let mut p = -20i64;
    while p < 20 {
        let y = (p * 37) % 11;
        if y > big {
            big = y;
            at = p;
        }
        p += 1;
    }
    println!("{p} {big} {at}");
    let square: Vec<u64> = data.iter().take(144).copied().collect();
    let c = product(&square, &square, 12);
    println!("{} {}", c[0], c.iter().fold(0u64, |a, b| a.wrapping_mul(7).wrapping_add(*b)));
    let mut line = 0;
    while line < 5 {
        println!("line {line}");
        line += 1;
    }
    let mut w = 0;
    while w < 500 {
        data[w] += 1;
        w += 1;
    }
    println!("not reached {w}");
}
