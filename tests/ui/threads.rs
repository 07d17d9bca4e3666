use std::thread;

fn main() {
    let handle = thread::spawn(|| 1);
    println!("{}", handle.join().unwrap());
}
