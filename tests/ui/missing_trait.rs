struct Secret;

fn main() {
    let s = Secret;
    println!("{s}");
}
