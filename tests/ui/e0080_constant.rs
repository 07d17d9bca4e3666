const LIMIT: u8 = 200;
const DOUBLE: u8 = LIMIT * 2;
const HALF: u32 = 1 / (LIMIT as u32 - 200);

fn main() {
    println!("{DOUBLE} {HALF}");
}
