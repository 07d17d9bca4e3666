// Slices and collections on random numbers: pieces, sorts, searches, maps, heaps, queues.
use std::cmp::Reverse;
use std::collections::*;
struct Random(u64);
impl Random {
    fn n(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
    fn v(&mut self, m: usize, k: i32) -> Vec<i32> {
        let n = self.n() as usize % m;
        (0..n).map(|_| (self.n() % (2 * k as u64)) as i32 - k).collect()
    }
}
fn main() {
    let mut r = Random(4242);
    for round in 0..30 {
        let v = r.v(if round % 10 == 0 { 300 } else { 12 }, 8);
        let w = r.v(9, 8);
        let k = r.n() as usize % 4 + 1;
        println!("{v:?} {w:?} {k}");
        println!(
            "{:?} {:?} {:?} {:?}",
            v.chunks(k).collect::<Vec<_>>(),
            v.chunks_exact(k).rev().collect::<Vec<_>>(),
            v.windows(k).collect::<Vec<_>>(),
            v.rchunks(k).collect::<Vec<_>>()
        );
        println!(
            "{:?} {:?}",
            v.iter().step_by(k).collect::<Vec<_>>(),
            v.iter().rev().step_by(k).skip(1).take(3).collect::<Vec<_>>()
        );
        println!(
            "{:?} {:?}",
            v.iter().zip(&w).map(|(a, b)| a * b).collect::<Vec<_>>(),
            v.iter().chain(&w).enumerate().filter(|(i, _)| i % 2 == 0).last()
        );
        println!(
            "{:?} {:?} {:?} {:?}",
            v.iter().max_by_key(|x| x.abs()),
            v.iter().min_by_key(|x| x.abs()),
            v.iter().max_by(|a, b| a.abs().cmp(&b.abs())),
            v.iter().min_by(|a, b| b.cmp(a))
        );
        println!(
            "{:?} {:?}",
            v.iter()
                .scan(0, |s, x| {
                    *s += x;
                    Some(*s)
                })
                .collect::<Vec<_>>(),
            v.iter().skip_while(|x| **x < 0).take_while(|x| **x != 3).collect::<Vec<_>>()
        );
        println!(
            "{:?} {:?}",
            v.iter().flat_map(|x| (0..x.abs() % 3)).collect::<Vec<_>>(),
            v.iter().flat_map(|x| (0..x.abs() % 3)).rev().collect::<Vec<_>>()
        );
        println!(
            "{:?} {:?}",
            v.iter().partition::<Vec<i32>, _>(|x| **x > 0),
            v.iter().map(|x| (x, x * 2)).unzip::<&i32, i32, Vec<&i32>, Vec<i32>>()
        );
        println!(
            "{:?} {:?} {:?}",
            v.iter().try_fold(0i8, |a, x| a.checked_add(*x as i8 * 10)),
            v.iter().rposition(|x| *x == 2),
            v.iter().cmp(w.iter())
        );
        let mut s = v.clone();
        s.sort_by_key(|x| x.abs());
        println!("{s:?}");
        s.sort_by(|a, b| b.cmp(a));
        println!("{s:?}");
        s.sort_unstable_by_key(|x| Reverse(x * x % 7));
        s.sort_unstable();
        println!(
            "{s:?} {:?} {:?} {}",
            s.binary_search(&2),
            s.binary_search_by(|x| x.cmp(&-3)),
            s.partition_point(|x| *x < 1)
        );
        s.dedup();
        println!("{s:?}");
        let mut t = v.clone();
        t.dedup_by_key(|x| *x / 3);
        println!("{t:?}");
        t.retain(|x| x % 2 == 0);
        println!("{t:?}");
        let mut t = v.clone();
        if t.len() > 3 {
            let rr = k.min(t.len());
            t.rotate_left(rr);
            t.swap(0, 2);
            let d: Vec<_> = t.drain(1..3).collect();
            t.insert(1, 77);
            let x = t.remove(0);
            let y = t.swap_remove(0);
            println!("{t:?} {d:?} {x} {y}");
            let th = t.len() / 2;
            let o = t.split_off(th);
            t.extend_from_slice(&o);
            t.truncate(6);
            t.resize(8, 5);
            t.reverse();
            println!("{t:?} {o:?}");
            let sp: Vec<_> = t.splice(1..3, [9, 9, 9]).collect();
            println!("{t:?} {sp:?}");
            t.extend_from_within(..2);
            t.fill(3);
            println!("{t:?}");
        }
        println!(
            "{:?} {:?} {:?} {:?}",
            v.split(|x| *x == 0).collect::<Vec<_>>(),
            v.iter().copied().reduce(|a, b| a.max(b)),
            v.first(),
            v.split_last()
        );
        println!(
            "{:?} {:?}",
            v.chunk_by(|a, b| a <= b).collect::<Vec<_>>(),
            v.iter().rev().map(|x| x + 1).collect::<VecDeque<_>>()
        );
        println!("{:?} {:?} {:?}", v.iter().is_sorted(), v.starts_with(&w), v.iter().sum::<i32>());
        println!("{:?}", v.iter().take(5).product::<i32>());
        let mut it = v.iter().peekable();
        let mut runs = vec![];
        while let Some(x) = it.next() {
            let mut n = 1;
            while it.next_if(|y| *y == x).is_some() {
                n += 1;
            }
            runs.push((x, n, it.peek().copied()));
        }
        println!("{runs:?}");
        println!("{:?}", v.iter().cycle().skip(2).take(if v.is_empty() { 0 } else { 5 }).collect::<Vec<_>>());
        let mut m: BTreeMap<i32, Vec<usize>> = BTreeMap::new();
        for (i, x) in v.iter().enumerate() {
            m.entry(*x).or_default().push(i);
        }
        println!(
            "{m:?} {:?} {:?} {:?}",
            m.range(-2..3).collect::<Vec<_>>(),
            m.range(..=0).rev().collect::<Vec<_>>(),
            m.first_key_value()
        );
        let (a, b): (BTreeSet<_>, BTreeSet<_>) = (v.iter().copied().collect(), w.iter().copied().collect());
        println!(
            "{:?} {:?} {:?} {:?} {}",
            a.union(&b).collect::<Vec<_>>(),
            a.intersection(&b).collect::<Vec<_>>(),
            &a - &b,
            &a ^ &b,
            a.is_subset(&b)
        );
        let (a, b): (HashSet<_>, HashSet<_>) = (v.iter().copied().collect(), w.iter().copied().collect());
        let mut u: Vec<_> = a.difference(&b).collect();
        u.sort();
        println!("{u:?} {}", a.len());
        let mut h: HashMap<i32, i32> = HashMap::new();
        for x in &v {
            *h.entry(*x).or_insert(0) += 1;
        }
        for x in &w {
            h.remove(x);
        }
        let mut hv: Vec<_> = h.iter().collect();
        hv.sort();
        println!("{hv:?} {:?}", h.get(&1));
        let mut hp: BinaryHeap<_> = v.iter().copied().collect();
        hp.extend(w.iter());
        println!("{:?} {:?}", hp.as_slice(), hp.peek());
        if let Some(mut p) = hp.peek_mut() {
            *p -= 5;
        }
        println!("{:?}", hp.into_vec());
        let mut q: VecDeque<i32> = v.iter().copied().collect();
        for x in &w {
            if x % 2 == 0 {
                q.push_front(*x)
            } else {
                q.push_back(*x);
                q.pop_front();
            }
        }
        let ql = q.len() / 2;
        q.rotate_left(ql);
        println!("{q:?} {:?} {:?}", q.iter().position(|x| *x == 1), q.contains(&2));
        q.make_contiguous().sort();
        println!("{q:?}");
        if q.len() > 2 {
            q.insert(1, 50);
            println!("{:?} {q:?}", q.remove(2));
            println!("{:?}", q.range(1..).collect::<Vec<_>>());
        }
    }
    // big map against a model
    let mut m = BTreeMap::new();
    let mut h = HashMap::new();
    let mut acc = 0u64;
    for i in 0..4000u64 {
        let k = r.n() % 5000;
        match r.n() % 3 {
            0 | 1 => {
                acc = acc.wrapping_mul(31).wrapping_add(m.insert(k, i).unwrap_or(7));
                let o = h.insert(k, i);
                acc ^= o.unwrap_or(1);
            }
            _ => {
                let a = m.remove(&k);
                let b = h.remove(&k);
                assert_eq!(a, b);
                acc = acc.wrapping_add(a.unwrap_or(3));
            }
        }
        if i % 5000 == 0 {
            let mut hv: Vec<_> = h.iter().map(|(a, b)| (*a, *b)).collect();
            hv.sort();
            assert_eq!(hv, m.iter().map(|(a, b)| (*a, *b)).collect::<Vec<_>>());
            let lo = r.n() % 5000;
            println!("{} {:?} {:?}", m.len(), m.range(lo..).next(), m.range(..lo).next_back());
            let t = m.split_off(&4000);
            println!("{} {}", t.len(), m.len());
            m.extend(t);
        }
    }
    println!("{acc}");
    while let Some((k, v)) = m.pop_first() {
        acc = acc.wrapping_mul(3).wrapping_add(k ^ v);
        if let Some((k, _)) = m.pop_last() {
            acc ^= k;
        }
    }
    println!("{acc}");
    println!(
        "{:?} {:?} {:?} {:?}",
        7i32.div_euclid(-2),
        (-7i32).rem_euclid(3),
        200u8.checked_add(100),
        200u8.saturating_add(100)
    );
    println!(
        "{:?} {:?} {:?} {:?} {} {} {}",
        i32::MIN.overflowing_neg(),
        5u8.wrapping_sub(6),
        (-128i8).wrapping_abs(),
        1u32.rotate_left(31),
        10u32.pow(5),
        17u32.next_power_of_two(),
        99u64.isqrt()
    );
    println!(
        "{} {} {} {} {:?} {:?} {} {}",
        1000u32.ilog10(),
        1u8.leading_zeros(),
        0u16.trailing_zeros(),
        (-1i64).count_ones(),
        5u32.checked_sub(6),
        7u8.checked_div(0),
        5i32.signum(),
        250u8.abs_diff(3)
    );
    println!(
        "{:?} {:?} {} {} {}",
        u8::try_from(300i32),
        i8::try_from(-128i64),
        u32::from('a'),
        'b' as u32,
        u64::from_str_radix("zz", 36).unwrap()
    );
    println!(
        "{:?} {} {} {}",
        0x12345678u32.to_be_bytes(),
        u32::from_le_bytes([1, 2, 3, 4]),
        0x1234u16.swap_bytes(),
        6u8.reverse_bits()
    );
    println!("{} {} {}", i128::MAX / 7, u128::MAX % 1000000007, (i128::MIN / 3) as f64);
    println!(
        "{:?} {} {}",
        (1e20 as i32, -1.5 as u8, f64::NAN as i64, 300.7 as u8, u64::MAX as f32),
        1e30 as u128,
        5.0f64.rem_euclid(-3.0)
    );
    println!("{:?}", std::num::Wrapping(250u8) + std::num::Wrapping(10));
    println!("{:?} {:?}", 2.5f64.clamp(0.0, 1.0), 1.0f64.total_cmp(&f64::NAN));
    let e: Vec<f64> = vec![];
    println!(
        "{} {:?} {} {}",
        e.iter().sum::<f64>(),
        e.iter().product::<f64>(),
        2.5f64.round(),
        (-0.4f64).round()
    );
    println!("{} {} {:?} {:?}", 1e-320f64, f32::MIN_POSITIVE, f64::MAX.to_bits(), 0.1f32 as f64);
    println!("{:?} {:?} {:?}", 10.0f64.to_radians(), 1.0f32.to_degrees(), 180f64.to_radians());
    println!(
        "{:?} {:?}",
        (3.7f64.fract(), 3.7f64.trunc(), (-3.2f64).ceil(), 2.0f64.mul_add(3.0, 1.0)),
        7.0f64.midpoint(2.0)
    );
    let x = std::rc::Rc::new(std::cell::RefCell::new(vec![1]));
    let y = std::rc::Rc::downgrade(&x);
    x.borrow_mut().push(2);
    println!(
        "{x:?} {} {} {:?}",
        std::rc::Rc::strong_count(&x),
        std::rc::Rc::weak_count(&x),
        y.upgrade().map(|z| z.borrow().len())
    );
    drop(x);
    println!("{:?}", y.upgrade());
    let s: std::rc::Rc<str> = "abc".into();
    println!("{s} {:?}", s.len());
    let sl: std::rc::Rc<[u8]> = vec![1u8, 2, 3].into();
    println!("{sl:?}");
    use std::hash::{Hash, Hasher};
    let mut dh = std::collections::hash_map::DefaultHasher::new();
    (1u32, "abc", vec![1u8, 2], 'x', true, Some(5i64)).hash(&mut dh);
    println!("{}", dh.finish());
    println!(
        "{:?} {:?}",
        (1..=5).rev().step_by(2).collect::<Vec<_>>(),
        (0..10).step_by(3).rev().collect::<Vec<_>>()
    );
    println!("{:?} {:?} {:?}", (1..4).len(), (1..=4).sum::<i32>(), (1u8..=255).count());
    println!("{:?} {:?}", (0..5).nth(2), (0..=5).nth_back(1));
    println!("{:?}", std::iter::successors(Some(1u32), |x| x.checked_mul(10)).collect::<Vec<_>>());
    println!("{:?} {:?}", std::array::from_fn::<usize, 4, _>(|i| i * i), [1, 2, 3].map(|x| x + 1));
    println!("{:?} {:?} {:?}", [3, 1, 2].iter().min(), (1, 2.0) < (1, 3.0), "a" < "b");
    println!("{:?}", [[1, 2], [3, 4]].concat());
    println!(
        "{:?}",
        vec![1, 2, 3].iter().map(|x| if *x < 5 { Ok(*x) } else { Err("big") }).sum::<Result<i32, _>>()
    );
}
