// Slice methods: patterns, splitting, rotating, filling, chunks, comparisons.
fn sum(v: &[i32]) -> i32 {
    match v {
        [] => 0,
        [x] => *x,
        [x, rest @ ..] => x + sum(rest),
    }
}
fn main() {
    let mut v = [1, 2, 3, 4, 5, 6, 7];
    println!("{} {:?} {:?}", sum(&v), v.first(), v.split_first());
    v.rotate_left(2);
    println!("{v:?} {:?}", v.iter().rposition(|x| *x > 6));
    v[2..5].reverse();
    v[..2].fill(9);
    println!("{v:?} {} {}", v.starts_with(&[9, 9]), v.contains(&4));
    for c in v.chunks_exact(3) {
        print!("{c:?}");
    }
    println!(" {:?}", v.chunks(3).last());
    let (left, right) = v.split_at_mut(3);
    left[0] = right[0];
    println!("{v:?} {:?}", v.iter().copied().max());
    println!("{:?}", [3, 1, 2].iter().rev().map(|x| x + 1).collect::<Vec<i32>>());
    println!("{:?} {:?}", [1, 2, 0, 3, 0].split(|x| *x == 0).collect::<Vec<_>>(), v.get(1..3));
    println!("{:?}", "a,b;c".split([',', ';']).collect::<Vec<_>>());
    let nested = [[1, 2], [3, 4]];
    println!("{:?} {:?}", nested.concat(), nested.iter().map(|r| r.iter().sum::<i32>()).collect::<Vec<_>>());
    let mut words = ["delta", "alpha", "charlie"];
    words.sort_unstable_by(|a, b| a.len().cmp(&b.len()).then(b.cmp(a)));
    println!("{words:?} {:?}", words.binary_search_by_key(&7, |w| w.len()));
}
