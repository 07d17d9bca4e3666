//! Closures that call other closures capture them as the call needs: by reference, mutably, or by value.

fn apply(times: usize, mut f: impl FnMut() -> u64) -> Vec<u64> {
    (0..times).map(|_| f()).collect()
}

fn main() {
    let mut state = 1u64;
    let mut random = || {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        state >> 33
    };
    let first: Vec<u64> = (0..5).map(|_| random() % 100).collect();
    println!("{first:?} {}", random() % 100);

    let twice = |x: i32| x * 2;
    let four_times = |x| twice(twice(x));
    let eight_times = |x| four_times(twice(x));
    println!("{} {}", eight_times(3), (1..4).map(|i| four_times(i) + twice(i)).sum::<i32>());

    let mut log = Vec::new();
    let mut note = |text: &str| log.push(text.to_string());
    let mut note_both = |a: &str, b: &str| {
        note(a);
        (0..2).for_each(|_| note(b));
    };
    note_both("one", "two");
    note_both("three", "four");
    println!("{}", log.join(" "));

    let owned = String::from("moved");
    let give = move || owned;
    let shout = move || give().to_uppercase();
    println!("{}", shout());

    let mut count = 0;
    let mut next = || {
        count += 1;
        count
    };
    println!("{:?}", apply(3, || next() * 10));
    println!("{:?} {count}", apply(2, next));
}
