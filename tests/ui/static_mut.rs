// Mutable global state is refused.
static mut COUNT: u32 = 0;

fn main() {
    println!("hello");
}
