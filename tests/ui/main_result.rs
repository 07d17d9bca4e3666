// What `main` gives back must say how the program ended.
fn main() -> Vec<u8> {
    vec![1]
}
