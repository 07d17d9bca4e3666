// unwrap of an error, with its message.
fn parse(text: &str) -> i32 {
    text.parse().unwrap()
}
fn main() {
    println!("{}", parse("12"));
    println!("{}", parse("twelve"));
}
