trait Show {
    fn show<T>(&self, t: T);
}

struct Screen;

impl Show for Screen {
    fn show<T: Copy>(&self, t: T) {
        let _ = (t, t);
    }
}

fn main() {}
