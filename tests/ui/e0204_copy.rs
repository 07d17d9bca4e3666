#[derive(Clone, Copy)]
struct Named {
    name: String,
}

fn main() {
    let n = Named { name: String::new() };
    println!("{}", n.name);
}
