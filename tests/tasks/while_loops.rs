// A `while` loop that counts is a loop over a range; one that may count otherwise is not.
fn cost(x: u64) -> u64 {
    (0..20).fold(x, |a, b| a.wrapping_mul(31) ^ b)
}
fn main() {
    let n = 1000;
    let mut i = 0;
    let mut sum = 0u64;
    while i < n { //~ task reduce
        sum = sum.wrapping_add(cost(i));
        i += 1;
    }
    let data: Vec<u64> = (0..n).map(cost).collect(); //~ task append
    let mut out = vec![0u64; data.len()];
    let mut k = 0;
    while k < data.len() { //~ task disjoint
        out[k] = data[k] / 3;
        k += 1;
    }
    let mut rest = data.clone();
    let mut j = 0;
    while j < rest.len() { //~ no T108
        rest.pop();
        j += 1;
    }
    let mut m = 0;
    let mut odd = 0u64;
    while m < n { //~ no T108
        if m % 3 == 0 {
            m += 1;
        }
        odd = odd.wrapping_add(cost(m));
        m += 1;
    }
    let mut limit = n;
    let mut q = 0;
    let mut few = 0u64;
    while q < limit { //~ no T108
        few = few.wrapping_add(q);
        limit -= 1;
        q += 1;
    }
    println!("{i} {k} {j} {m} {q} {sum} {} {} {odd} {few}", out[7], rest.len());
}
