// `Box<dyn FnOnce>`: called by value, captures moved out.
fn run(f: Box<dyn FnOnce(String, i32) -> usize>) -> usize {
    f("abc".into(), 2)
}
fn main() {
    let k = vec![1];
    println!("{}", run(Box::new(move |s, n| s.len() + k.len() + n as usize)));
    let v: Vec<Box<dyn FnOnce() -> String>> =
        vec![Box::new(|| "a".to_string()), Box::new(move || format!("{}", 3))];
    for f in v {
        println!("{}", f());
    }
}
