// Every form of accumulator is a task; each twin depends on more than the form allows.
use std::collections::HashMap;
fn main() {
    let xs: Vec<u64> = (0..1000).collect(); //~ task append
    let fs: Vec<f64> = xs.iter().map(|x| *x as f64).collect(); //~ task append
    let (mut best, mut at) = (u64::MAX, 0);
    for (i, &x) in xs.iter().enumerate() { //~ task reduce
        if x < best {
            best = x;
            at = i;
        }
    }
    let (mut least, mut ties) = (u64::MAX, 0);
    for &x in &xs { //~ no T104
        if x < least {
            least = x;
            ties += 1;
        }
    }
    let mut sum = 0.0;
    for &x in &fs { //~ task split
        sum += x * x;
    }
    let mut mean = 0.0;
    for &x in &fs { //~ no T104
        mean += (x - mean) / 2.0;
    }
    let mut counts: HashMap<u64, u32> = HashMap::new();
    for x in &xs { //~ task keyed
        *counts.entry(x % 7).or_insert(0) += 1;
    }
    let mut seen: HashMap<u64, u32> = HashMap::new();
    for x in &xs { //~ no T104
        // The first entry of a chunk would hold one too many.
        *seen.entry(x % 7).or_insert(1) += 1;
    }
    let mut signed: HashMap<u64, i32> = HashMap::new();
    for x in &xs { //~ no T104
        // A partial sum may overflow where the whole does not.
        *signed.entry(x % 7).or_insert(0) += *x as i32 - 500;
    }
    let mut histogram = vec![0u32; 10];
    for x in &xs { //~ task keyed
        histogram[(x % 10) as usize] += 1;
    }
    let mut peaks = vec![0u32; 10];
    for x in &xs { //~ no T104
        let k = (x % 10) as usize;
        peaks[k] += peaks[9 - k] + 1;
    }
    let mut last = 0;
    for x in &xs { //~ task reduce
        last = x * 2;
    }
    let mut before = 0;
    let mut rises = 0;
    for &x in &xs { //~ no T104
        if x > before {
            rises += 1;
        }
        before = x;
    }
    let (mut running, mut sums) = (0, Vec::new());
    for &x in &xs { //~ no T104
        let next = running + x;
        running = next;
        sums.push(next);
    }
    let (mut running, mut olds) = (0, Vec::new());
    for &x in &xs { //~ no T104
        let old = running;
        running = old + x;
        olds.push(old);
    }
    let (mut low, mut improved) = (u64::MAX, 0);
    for &x in &xs { //~ no T104
        let mut better = false;
        if x ^ 500 < low {
            low = x ^ 500;
            better = true;
        }
        if better {
            improved += 1;
        }
    }
    let mut most = 0;
    for &x in &xs { //~ no T104
        if x > most {
            most = x;
        } else {
            improved += 1;
        }
    }
    let longest = xs.iter().max_by_key(|x| **x % 13); //~ task reduce
    println!("{best} {at} {least} {ties} {sum} {mean} {} {} {}", counts[&3], seen[&3], signed[&3]);
    println!("{} {} {last} {rises} {longest:?} {sums:?} {olds:?} {low} {improved} {most}", histogram[3], peaks[3]);
}
