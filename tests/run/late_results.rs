// What is made of a result without failing is made late, when the next call runs already; the first failure stays the first.
fn numbers(from: u64, len: usize) -> Vec<u64> {
    assert!(len < 1000, "too many numbers from {from}");
    (0..len as u64).map(|i| (from + i * 7919) % 1009).collect()
}
fn merge(left: &[u64], right: &[u64]) -> Vec<u64> {
    let mut merged = Vec::with_capacity(left.len() + right.len());
    let (mut i, mut j) = (0, 0);
    while i < left.len() && j < right.len() {
        if left[i] <= right[j] {
            merged.push(left[i]);
            i += 1;
        } else {
            merged.push(right[j]);
            j += 1;
        }
    }
    merged.extend_from_slice(&left[i..]);
    merged.extend_from_slice(&right[j..]);
    merged
}
fn merge_sort(values: &[u64]) -> Vec<u64> {
    if values.len() <= 1 {
        return values.to_vec();
    }
    merge(&merge_sort(&values[..values.len() / 2]), &merge_sort(&values[values.len() / 2..]))
}
struct Pair {
    low: Vec<u64>,
    high: Option<(u64, u64)>,
}
fn pair(from: u64) -> Pair {
    let low = numbers(from, 50);
    let high = Some((low[0], low[49]));
    Pair { low, high }
}
fn halved(text: &str) -> String {
    text.chars().step_by(2).collect()
}
fn total(a: usize, b: usize, c: u64) -> u64 {
    (a * b) as u64 + c
}
fn main() {
    let sorted = merge_sort(&numbers(5, 300));
    println!("{} {} {}", sorted.len(), sorted[0], sorted[299]);
    println!("{}", numbers(1, 20).len() + numbers(2, 30).len() * numbers(3, 40).len());
    // What is late uses a number that changes afterwards, and one that does not.
    let mut scale = 3;
    let a = numbers(9, 60);
    let scaled = a.len().wrapping_mul(scale);
    scale += 1;
    let b = numbers(10, 70);
    println!("{scaled} {scale} {}", total(a.len(), b.len(), 4));
    // Parts of results, moved and looked at.
    let Pair { low, high } = pair(3);
    let high = high.unwrap_or_default();
    let Pair { mut low, high: other } = Pair { low, ..pair(4) };
    low.push(high.1);
    let third = pair(5);
    println!("{} {:?} {high:?} {:?}", low.len(), other, third.high.map(|h| h.0));
    let text = halved("a result as a text");
    let part: &str = &text;
    let next = halved("another result, of which only a part is looked at");
    println!("{part} {}", &next[4..9]);
    // The first call fails, and so do the index and the second one.
    let wrong = numbers(20, 10);
    let slice = &wrong[..];
    let both = total(slice.len(), numbers(21, 2000).len(), numbers(22, 3000)[0]);
    println!("{both} {}", slice[10]);
}
