//! Iterators that own their items, handed to functions and used up in part.

fn total(items: std::vec::IntoIter<f64>) -> f64 {
    let mut sum = 0.0;
    for x in items {
        sum += x;
    }
    sum
}

fn joined(items: std::array::IntoIter<String, 3>) -> String {
    items.collect::<Vec<_>>().join("+")
}

fn lengths(words: Vec<String>) -> Vec<usize> {
    words.into_iter().skip(1).map(|w| w.len()).collect()
}

fn main() {
    let a = total(vec![1.0, 2.0, 4.5].into_iter());
    let mut rest = vec![5.0, 7.0].into_iter();
    rest.next();
    println!("{a} {}", total(rest));
    let mut words = ["one".to_string(), "two".to_string(), "three".to_string()].into_iter();
    println!("{:?}", words.next());
    println!("{}", joined(words));
    println!("{:?}", lengths(vec!["a".to_string(), "bcd".to_string(), "ef".to_string()]));
}
