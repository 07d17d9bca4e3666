struct Item;

impl Item {
    fn id(&self) -> u32 {
        1
    }
}

impl Item {
    fn id(&self) -> u32 {
        2
    }
}

fn main() {
    println!("{}", Item.id());
}
