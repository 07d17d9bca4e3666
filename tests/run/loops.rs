// All loops: labels, break with value, continue, ranges both ways, nested.
fn main() {
    let mut n = 27u64;
    let mut steps = 0;
    while n != 1 {
        n = if n % 2 == 0 { n / 2 } else { 3 * n + 1 };
        steps += 1;
    }
    println!("{steps}");
    let found = 'outer: loop {
        for a in 1.. {
            for b in 1..a {
                let c2 = a * a + b * b;
                let c = (c2 as f64).sqrt() as i32;
                if c * c == c2 && a + b + c > 50 {
                    break 'outer (a, b, c);
                }
            }
        }
    };
    println!("{found:?}");
    'rows: for r in 0..5 {
        for c in 0..5 {
            if c == r {
                println!();
                continue 'rows;
            }
            if r == 4 {
                break 'rows;
            }
            print!("{}", r * c);
        }
    }
    for i in (0..10).rev().step_by(3) {
        print!("{i} ");
    }
    println!();
    for i in (1..=5).filter(|i| i % 2 == 1) {
        print!("{i} ");
    }
    println!();
    let label = 'block: {
        if steps > 100 {
            break 'block "long";
        }
        "short"
    };
    println!("{label}");
    let mut sieve = vec![true; 60];
    let mut primes = vec![];
    for i in 2..sieve.len() {
        if !sieve[i] {
            continue;
        }
        primes.push(i);
        let mut k = i * i;
        while k < sieve.len() {
            sieve[k] = false;
            k += i;
        }
    }
    println!("{primes:?}");
    let mut total = 0u32;
    for c in 'a'..='e' {
        total += c as u32;
    }
    println!("{total}");
    for _ in 0..0 {
        println!("never");
    }
    for (i, x) in [10, 20].iter().enumerate() {
        println!("{i} {x}");
    }
}
