//! A chain of many adaptors, of which none says what it is of.

fn main() {
    let long: Vec<_> = (0..5)
        .map(|x| x % 7)
        .map(|x| x + 1)
        .map(|x| x ^ 2)
        .map(|x| x * 3 % 1000)
        .map(|x| x - 4)
        .map(|x| x + 5)
        .map(|x| x ^ 6)
        .map(|x| x * 7 % 1000)
        .map(|x| x - 8)
        .map(|x| x + 9)
        .map(|x| x ^ 10)
        .map(|x| x * 11 % 1000)
        .map(|x| x - 12)
        .map(|x| x + 13)
        .map(|x| x ^ 14)
        .map(|x| x * 15 % 1000)
        .map(|x| x - 16)
        .map(|x| x + 17)
        .map(|x| x ^ 18)
        .map(|x| x * 19 % 1000)
        .map(|x| x - 20)
        .map(|x| x + 21)
        .map(|x| x ^ 22)
        .map(|x| x * 23 % 1000)
        .map(|x| x - 24)
        .filter(|x| *x != 3)
        .collect();
    println!("{long:?}");
    let sum: i64 = long.iter().map(|x| i64::from(*x)).sum();
    println!("{sum}");
    let texts = ["a", "b"]
        .iter()
        .map(|s| s.to_uppercase())
        .map(|s| s + "1")
        .map(|s| s.chars().rev().collect::<String>())
        .map(|s| s.len())
        .map(Some)
        .map(|o| o.map(|n| n * 2))
        .map(Option::unwrap_or_default)
        .enumerate()
        .map(|(i, n)| (n, i))
        .zip(1..9)
        .map(|((n, i), k)| n + i + k)
        .skip(1)
        .collect::<Vec<usize>>();
    println!("{texts:?}");
}
