// process::exit ends the program with its status; nothing after it runs.
fn main() {
    println!("before");
    if std::env::args().count() < 10 {
        std::process::exit(3);
    }
    println!("after");
}
