// Moving, filling and comparing bytes of every length from none to several rounds, over ranges that overlap either way.

fn hash(bytes: &[u8]) -> u32 {
    bytes.iter().fold(17, |h, b| h.wrapping_mul(31).wrapping_add(*b as u32))
}

fn moved(len: usize, from: usize, to: usize) -> u32 {
    let mut bytes: Vec<u8> = (0..400).map(|i| (i * 7 % 251) as u8).collect();
    bytes.copy_within(from..from + len, to);
    hash(&bytes)
}

fn filled(len: usize, at: usize) -> u32 {
    let mut bytes = vec![1u8; 400];
    bytes[at..at + len].fill(len as u8);
    hash(&bytes)
}

fn compared(len: usize, change: usize) -> (bool, std::cmp::Ordering) {
    let a: Vec<u8> = (0..len).map(|i| (i * 13 % 256) as u8).collect();
    let mut b = a.clone();
    if change < len {
        b[change] ^= 0x81;
    }
    (a == b, a.cmp(&b))
}

fn main() {
    let lengths = || (0..70).chain([95, 96, 97, 127, 128, 129, 191, 192, 193, 200]);
    let mut all = 0u32;
    for len in lengths() {
        for (from, to) in [(0, 200), (200, 0), (10, 11), (11, 10), (5, 21), (21, 5), (0, 63), (63, 0), (7, 71), (71, 7)] {
            all = all.rotate_left(5) ^ moved(len, from, to);
        }
        all = all.rotate_left(5) ^ filled(len, 3);
        let found: Vec<_> = [0, 1, len / 2, len.saturating_sub(1), len].iter().map(|&c| compared(len, c)).collect();
        println!("{len} {all:08x} {found:?}");
    }
    let array = [[9u8; 33]; 3];
    let zeros = [0u16; 21];
    println!("{:?} {:?}", array.concat(), zeros);
}
