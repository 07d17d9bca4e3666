// A static whose value can change, guarded or not; one that is computed once is fine.
use std::cell::Cell;
use std::sync::atomic::AtomicU32;
use std::sync::{LazyLock, Mutex};

struct Counter {
    hits: Cell<u32>,
}

static NEXT: AtomicU32 = AtomicU32::new(0);
static ALL: LazyLock<Mutex<Vec<u32>>> = LazyLock::new(Mutex::default);
static HITS: Counter = Counter { hits: Cell::new(0) };
static TABLE: LazyLock<Vec<u32>> = LazyLock::new(|| vec![1, 2, 3]);

fn main() {
    println!("{}", TABLE.len());
}
