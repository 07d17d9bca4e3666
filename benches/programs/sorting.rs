//! The sorts of the standard library, by value, by key and by comparison.

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Person {
    age: u8,
    name: String,
}

fn main() {
    let mut state = 7u64;
    let mut next = || {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        state >> 33
    };
    let numbers: Vec<u64> = (0..1_000_000).map(|_| next()).collect();
    let mut ascending = numbers.clone();
    ascending.sort();
    let mut unstable = numbers.clone();
    unstable.sort_unstable_by(|a, b| b.cmp(a));
    let mut floats: Vec<f64> = numbers.iter().map(|&n| n as f64 / 3.0).collect();
    floats.sort_by(|a, b| a.partial_cmp(b).unwrap());
    let mut people: Vec<Person> =
        numbers.iter().take(200_000).map(|&n| Person { age: (n % 90) as u8, name: format!("p{}", n % 5003) }).collect();
    people.sort_by_key(|p| p.age);
    let by_age = people[1000].name.clone();
    people.sort();
    println!("{} {} {:.3}", ascending[500_000], unstable[10], floats[777]);
    println!("{by_age} {:?}", people[100_000]);
    println!("{:?}", ascending.binary_search(&unstable[10]));
}
