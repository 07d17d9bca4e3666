// What runs give stays where it lies while a caller only looks at it, and is the caller's own as soon as it changes it.

#[derive(Clone, Debug, PartialEq)]
struct Table {
    name: String,
    rows: Vec<Vec<u32>>,
}

struct Noisy {
    values: Vec<u64>,
}

impl Drop for Noisy {
    fn drop(&mut self) {
        self.values[0] = 77;
        println!("dropped {} {}", self.values[0], self.values.len());
    }
}

fn numbers(n: u64) -> Vec<u64> {
    let mut state = n | 1;
    (0..n)
        .map(|i| {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(i);
            state >> 40
        })
        .collect()
}

fn table(n: u32) -> Table {
    Table { name: format!("table {n}"), rows: (0..n).map(|i| (0..i % 7).collect()).collect() }
}

fn noisy(n: u64) -> Noisy {
    Noisy { values: numbers(n) }
}

fn looked_at(n: u64) -> u64 {
    let a = numbers(n);
    let b = numbers(n + 1);
    a.iter().zip(&b).map(|(x, y)| x ^ y).sum()
}

fn returned(n: u64) -> Vec<u64> {
    let a = numbers(n);
    let b = numbers(n + 2);
    if a.len() > b.len() { a } else { numbers(n + 3) }
}

fn last(n: u64) -> (Vec<u64>, u64) {
    let first = numbers(n);
    let second = numbers(n + 4);
    let sum = first.iter().sum();
    (second, sum)
}

fn sorted(values: &[u64]) -> Vec<u64> {
    if values.len() <= 1 {
        return values.to_vec();
    }
    let (left, right) = values.split_at(values.len() / 2);
    let left = sorted(left);
    let right = sorted(right);
    let mut merged = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < left.len() || j < right.len() {
        if j == right.len() || i < left.len() && left[i] <= right[j] {
            merged.push(left[i]);
            i += 1;
        } else {
            merged.push(right[j]);
            j += 1;
        }
    }
    merged
}

fn main() {
    println!("{}", looked_at(900));
    let mut changed = returned(700);
    changed[0] = 1;
    changed.swap(1, 2);
    println!("{} {:?}", changed.len(), &changed[..4]);
    let (mut second, sum) = last(600);
    second.iter_mut().for_each(|x| *x /= 2);
    println!("{sum} {}", second.iter().sum::<u64>());
    let mut a = table(40);
    let b = table(50);
    a.name.make_ascii_uppercase();
    a.rows[13][0] = 9;
    a.rows[5].push(4);
    println!("{} {} {:?} {:?} {}", a.name, b.name, a.rows[13], a.rows[5], b.rows.len());
    let mut c = table(30);
    let d = table(30);
    println!("{}", c == d);
    c.rows.sort();
    println!("{} {:?}", c == d, c.rows[29]);
    let e = noisy(800);
    let f = noisy(801);
    println!("{}", e.values[5] ^ f.values[6]);
    let mut order = sorted(&numbers(3000));
    order[0] += 1;
    println!("{} {} {}", order[0], order[1500], order[2999]);
    let texts: Vec<String> = (0..60).map(|i| format!("{i}-").repeat(i % 5 + 80)).collect();
    let shouted: Vec<String> = texts.iter().map(|t| t.to_uppercase()).collect();
    let mut all = shouted;
    all.iter_mut().for_each(|t| t.make_ascii_lowercase());
    all[3].push_str("end");
    println!("{} {}", all.iter().map(|t| t.len()).sum::<usize>(), &all[3][all[3].len() - 9..]);
}
