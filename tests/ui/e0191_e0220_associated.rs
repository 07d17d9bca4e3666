trait Store {
    type Key;
    fn get(&self) -> Self::Key;
}

fn open(_: &dyn Store) {}

fn key<S: Store>(s: &S) -> S::Kay {
    s.get()
}

fn main() {}
