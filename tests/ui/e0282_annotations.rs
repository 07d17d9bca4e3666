fn main() {
    let v = Vec::new();
    let n = "1".parse().unwrap();
    println!("{}", v.len());
}
