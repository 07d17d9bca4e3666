//! The longest common subsequence of two texts.

fn text(len: usize, seed: u32) -> String {
    let mut state = seed;
    (0..len)
        .map(|_| {
            state = state.wrapping_mul(1103515245).wrapping_add(12345);
            (b'a' + (state >> 16) as u8 % 8) as char
        })
        .collect()
}

fn longest_common_subsequence(a: &str, b: &str) -> String {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    let mut lengths = vec![vec![0usize; b.len() + 1]; a.len() + 1];
    for i in 0..a.len() {
        for j in 0..b.len() {
            lengths[i + 1][j + 1] =
                if a[i] == b[j] { lengths[i][j] + 1 } else { lengths[i + 1][j].max(lengths[i][j + 1]) };
        }
    }
    let (mut i, mut j) = (a.len(), b.len());
    let mut common = Vec::new();
    while i > 0 && j > 0 {
        if a[i - 1] == b[j - 1] {
            common.push(a[i - 1]);
            i -= 1;
            j -= 1;
        } else if lengths[i - 1][j] >= lengths[i][j - 1] {
            i -= 1;
        } else {
            j -= 1;
        }
    }
    common.iter().rev().collect()
}

fn main() {
    let common = longest_common_subsequence(&text(5000, 1), &text(6000, 2));
    println!("{} {}", common.len(), &common[..40]);
}
