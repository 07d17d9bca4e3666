use std::fmt::Display;

impl Display for Vec<i32> {
    fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        Ok(())
    }
}

trait Loud {
    fn loud(&self) -> String;
}

impl<T: Display> Loud for T {
    fn loud(&self) -> String {
        self.to_string().to_uppercase()
    }
}

impl Loud for i32 {
    fn loud(&self) -> String {
        String::new()
    }
}

fn main() {}
