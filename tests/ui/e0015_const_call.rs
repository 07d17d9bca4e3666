fn name() -> String {
    String::new()
}

const NAME: String = name();
const TEXT: String = String::from("x");

fn main() {
    println!("{NAME}{TEXT}");
}
