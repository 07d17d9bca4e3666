// A little of everything: formats, derives, maps, strings, numbers.
use std::collections::*;
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
struct P {
    x: i32,
    y: Vec<Option<u8>>,
    s: String,
}
#[derive(Debug)]
enum E {
    A,
    B(i32, f64),
    C { k: &'static str },
}
fn main() {
    println!(
        "hello {} {:?} {:>8}|{:<8}|{:^8}|{:*^9}|{:+}|{:#x}|{:08b}|{:#010X}",
        5, "a\"b\n\u{301}é", "ab", "cd", "ef", "m", 7, 255, 5, 48879
    );
    let p = P { x: -3, y: vec![Some(1), None], s: "hi".to_string() };
    println!("{p:?} {p:#?} {:?}", P::default());
    println!("{:?} {:?} {:#?}", E::A, E::B(1, 2.5), E::C { k: "z" });
    let mut m = BTreeMap::new();
    for w in "the quick brown fox jumps over the lazy dog the end".split_whitespace() {
        *m.entry(w.to_string()).or_insert(0) += 1;
    }
    println!("{m:?} {m:#?}");
    let v: Vec<i32> = (1..=20).filter(|x| x % 3 != 0).map(|x| x * x).rev().collect();
    println!("{v:?} {} {:?} {:?}", v.iter().sum::<i32>(), v.iter().max(), v.iter().position(|&x| x == 25));
    let mut s = v.clone();
    s.sort();
    println!("{s:?} {:?} {:?}", s.binary_search(&100), s.binary_search(&3));
    println!("{:?}", s.chunks(3).map(|c| c.to_vec()).collect::<Vec<_>>());
    println!("{:?} {:?}", "a,b,,c".split(',').collect::<Vec<_>>(), "abc".split("").collect::<Vec<_>>());
    println!("{} {} {}", "ÀÉß".to_lowercase(), "straße".to_uppercase(), "ΑΣ ΣΑ".to_lowercase());
    println!("{:?} {:?} {:?}", "12".parse::<i32>(), "x".parse::<i32>(), "300".parse::<u8>());
    println!(
        "{} {} {:?} {:?} {} {:e} {:.3} {:.0}",
        0.1 + 0.2,
        1e21,
        1e16,
        1e-7,
        f64::MAX,
        1234.5,
        2.0f64 / 3.0,
        2.5
    );
    println!("{:?} {:?} {:5}|{:<5}|{:05}|{:+}", f64::NAN, -f64::INFINITY, 1.5, 1.5, -1.5, 1.0);
    let mut d = VecDeque::new();
    for i in 0..10 {
        if i % 2 == 0 { d.push_back(i) } else { d.push_front(i) }
    }
    println!("{d:?} {:?}", d.iter().rev().collect::<Vec<_>>());
    let mut h = BinaryHeap::from(vec![3, 1, 4, 1, 5, 9, 2, 6]);
    h.push(7);
    println!("{h:?} {:?}", h.clone().into_sorted_vec());
    while let Some(x) = h.pop() {
        print!("{x} ");
    }
    println!();
    println!("{:?}", std::rc::Rc::new(std::cell::RefCell::new(5)));
    println!("{:?} {:?}", (1, "a", 'c', ()), [[1u8; 2]; 2]);
    println!("{:?}", "héllo wörld".char_indices().collect::<Vec<_>>());
    println!("{}", i128::MIN);
    println!("{} {}", u128::MAX, u64::MAX);
    let r: Result<Vec<i32>, _> = "1 2 x".split(' ').map(|s| s.parse::<i32>()).collect();
    println!("{r:?}");
    println!("{:?}", vec!["a", "b"].join("-"));
    println!("{:?}", vec![vec![1], vec![2, 3]].concat());
}
