//! How many times the front of a permutation must be reversed until 0 comes first, at most over all permutations.

fn flips(permutation: &[usize], work: &mut [usize]) -> usize {
    work.copy_from_slice(permutation);
    let mut count = 0;
    while work[0] != 0 {
        let first = work[0];
        work[..=first].reverse();
        count += 1;
    }
    count
}

fn fannkuch(n: usize) -> (i64, usize) {
    let mut permutation: Vec<usize> = (0..n).collect();
    let mut work = vec![0; n];
    let mut counts = vec![0; n];
    let (mut checksum, mut most) = (0, 0);
    let mut even = true;
    loop {
        if permutation[0] != 0 {
            let count = flips(&permutation, &mut work);
            most = most.max(count);
            checksum += if even { count as i64 } else { -(count as i64) };
        }
        even = !even;
        let mut i = 1;
        loop {
            if i == n {
                return (checksum, most);
            }
            permutation[..=i].rotate_left(1);
            counts[i] += 1;
            if counts[i] <= i {
                break;
            }
            counts[i] = 0;
            i += 1;
        }
    }
}

fn main() {
    let n = 10;
    let (checksum, most) = fannkuch(n);
    println!("{checksum}\nPfannkuchen({n}) = {most}");
}
