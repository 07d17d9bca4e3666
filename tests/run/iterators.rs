// Iterator adaptors and consumers.
fn main() {
    let v = vec![5, 3, 8, 1, 9, 2];
    println!("{:?}", v.iter().map(|x| x * x).filter(|x| x % 2 == 1).collect::<Vec<i32>>());
    println!("{} {:?} {:?}", v.iter().sum::<i32>(), v.iter().max(), v.iter().min());
    println!("{:?}", v.iter().enumerate().map(|(i, x)| i as i32 * x).collect::<Vec<_>>());
    println!("{:?}", v.iter().zip(v.iter().skip(1)).map(|(a, b)| b - a).collect::<Vec<_>>());
    println!("{:?}", v.iter().rev().take(3).collect::<Vec<_>>());
    println!("{:?}", v.iter().position(|&x| x == 8));
    println!("{} {}", v.iter().any(|&x| x > 8), v.iter().all(|&x| x > 1));
    println!("{:?}", v.iter().fold(String::new(), |acc, x| format!("{acc}{x}")));
    println!("{:?}", (0..20).step_by(6).collect::<Vec<_>>());
    println!("{:?}", v.chunks(4).map(|c| c.len()).collect::<Vec<_>>());
    println!("{:?}", v.windows(3).map(|w| w.iter().sum::<i32>()).collect::<Vec<_>>());
    println!("{:?}", (1..4).flat_map(|n| (0..n).map(move |k| n * 10 + k)).collect::<Vec<_>>());
    println!("{:?}", v.iter().take_while(|&&x| x != 1).count());
    println!("{:?}", v.iter().skip_while(|&&x| x != 1).collect::<Vec<_>>());
    println!("{:?}", v.iter().scan(0, |s, &x| { *s += x; Some(*s) }).collect::<Vec<_>>());
    println!("{:?}", (1..=3).chain(7..9).collect::<Vec<_>>());
    let (even, odd): (Vec<i32>, Vec<i32>) = v.iter().partition(|&&x| x % 2 == 0);
    println!("{even:?} {odd:?}");
    println!("{:?}", v.iter().min_by_key(|&&x| (x - 6).abs()));
    println!("{:?}", v.iter().copied().reduce(|a, b| a * 2 + b));
    println!("{:?}", "a b c".split(' ').map(str::to_string).collect::<Vec<String>>());
    println!("{:?}", v.iter().find(|x| **x > 5).copied());
    println!("{:?}", v.iter().filter_map(|x| if x % 3 == 0 { Some(x / 3) } else { None }).collect::<Vec<_>>());
    println!("{:?}", vec![vec![1], vec![2, 3]].into_iter().flatten().collect::<Vec<_>>());
    let mut it = v.iter().peekable();
    while let Some(x) = it.next() {
        if let Some(next) = it.peek() {
            print!("{x}<{next} ");
        }
    }
    println!("{:?}", v.last());
    println!("{:?}", std::iter::repeat(7).take(3).collect::<Vec<_>>());
    println!("{:?}", std::iter::successors(Some(1), |x| if *x < 50 { Some(x * 3) } else { None }).collect::<Vec<_>>());
    println!("{:?}", (0..5).map(|x| x as f64 / 2.0).collect::<Vec<_>>());
    println!("{}", (0..3).zip("abc".chars()).map(|(i, c)| format!("{i}{c}")).collect::<Vec<_>>().concat());
    println!("{:?}", [3, 1, 2].iter().cmp([3, 1, 4].iter()));
    println!("{:?}", v.iter().cycle().skip(4).take(5).collect::<Vec<_>>());
}
