// What a loop only reads is frozen once for all rounds of the loop around it, and again after it was changed.
struct Table { rows: Vec<Vec<u32>>, bias: Vec<u32> }
fn score(t: &Table, x: u32) -> u32 {
    let row = &t.rows[x as usize % t.rows.len()];
    row.iter().fold(t.bias[x as usize % t.bias.len()], |a, b| a.wrapping_mul(31).wrapping_add(*b))
}
fn round(t: &Table, n: u32) -> Vec<u32> { (0..n).map(|i| score(t, i)).collect() }
fn total(v: &[u32]) -> u32 { let mut s = 0u32; for x in v { s = s.wrapping_add(*x); } s }
fn main() {
    let mut t = Table { rows: (0..300u32).map(|i| (0..20).map(|j| i * j).collect()).collect(), bias: (0..2000).collect() };
    let mut seen = Vec::new();
    for k in 0..4 {
        let r = round(&t, 1500);
        seen.push(total(&r));
        if k % 2 == 1 { t.bias[7] += 1; t.rows[3][2] = k; }
        let again: u32 = t.bias.iter().map(|b| b ^ k).fold(0, |a, b| a.wrapping_add(b));
        seen.push(again);
    }
    println!("{seen:?}");
    let mut data: Vec<u64> = (0..3000).collect();
    for k in 0..3 {
        let s: u64 = data.iter().map(|x| x.wrapping_mul(2654435761) >> 3).sum();
        println!("{s}");
        {
            let view = &data[..];
            let m = view.iter().map(|x| x ^ 5).max();
            println!("{m:?}");
        }
        for i in 0..data.len() { data[i] += k; }
        let s: u64 = data.iter().map(|x| x ^ 1).sum();
        println!("{s}");
        data = data.iter().map(|x| x + 1).collect();
    }
    let mut words: Vec<String> = (0..900).map(|i| format!("word{i}")).collect();
    for _ in 0..3 {
        let n: usize = words.iter().map(|w| w.len() * w.bytes().filter(|b| *b == b'1').count()).sum();
        println!("{n}");
        for w in words.iter_mut() { w.push('1'); }
    }
    // A reference that shows the same memory before and after a change.
    let mut grid = vec![1u64; 2000];
    let first: u64 = { let g = &grid; let mut s = 0; for x in g { s += *x; } s };
    grid[1999] = 100;
    let second: u64 = { let g = &grid; let mut s = 0; for x in g { s += *x; } s };
    println!("{first} {second}");
    let text: String = (0..5000).map(|i| char::from(b'a' + (i % 26) as u8)).collect();
    for c in ['a', 'q'] { println!("{}", text.bytes().filter(|b| *b == c as u8).count()); }
}
