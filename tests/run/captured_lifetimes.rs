//! What `impl Trait` in a result holds, and what closures capture of references.

use std::fmt::Debug;

struct Grid {
    cells: Vec<i32>,
    width: usize,
}

impl Grid {
    fn get(&self, at: usize) -> Option<&i32> {
        self.cells.get(at)
    }
    // The closures capture `*self`, not the variable `self`.
    fn some(&self) -> impl Iterator<Item = &i32> {
        (0..self.width).filter_map(|at| self.get(at))
    }
    fn pairs(&self) -> impl Iterator<Item = (usize, &i32)> {
        (0..9).filter_map(|at| Some((at, self.get(at)?)))
    }
    // An `impl Trait` in the bounds of another.
    fn columns(&self) -> impl Iterator<Item = impl Iterator<Item = &i32> + '_> + '_ {
        (0..self.width).map(move |column| self.cells.iter().skip(column).step_by(self.width))
    }
}

struct Store {
    items: Vec<(String, u32)>,
}

impl Store {
    fn find<'s>(&'s self, key: &str) -> impl Iterator<Item = &'s u32> + use<'s> {
        let key = key.to_string();
        self.items.iter().filter(move |(k, _)| *k == key).map(|(_, n)| n)
    }
}

struct Words<'t> {
    text: &'t str,
}

impl<'t> Words<'t> {
    // The lifetime of the type outlives the borrow of the value.
    fn iter(&self) -> impl Iterator<Item = &'t str> + use<'t> {
        self.text.split(' ')
    }
}

fn first<'a, 'b>(a: &'a str, _b: &'b str) -> impl Debug + use<'a> {
    a
}

fn longer_by(s: &str) -> impl Fn(usize) -> usize + use<> {
    let n = s.len();
    move |x| x + n
}

struct Line<'a> {
    text: &'a str,
    n: u32,
}
impl<'a> Line<'a> {
    fn all(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.text.split(' ')
    }
    fn lengths(&self) -> impl Iterator<Item = usize> + use<'a> {
        let text = self.text;
        text.split(' ').map(|w| w.len())
    }
    fn own(&self) -> impl Iterator<Item = u32> + '_ {
        (0..3).map(move |x| x + self.n)
    }
}
fn elided<T: Copy>(v: &[T]) -> impl Iterator<Item = T> + use<'_, T> {
    v.iter().copied()
}
fn early<'a: 'a, T: Copy>(v: &'a [T]) -> impl Iterator<Item = T> + use<'a, T> {
    v.iter().copied()
}

fn main() {
    let mut grid = Grid { cells: (1..=6).collect(), width: 3 };
    println!("{:?} {:?}", grid.some().collect::<Vec<_>>(), grid.pairs().last());
    for column in grid.columns() {
        print!("{:?} ", column.collect::<Vec<_>>());
    }
    grid.width = 2;
    println!("{}", grid.width);

    let kept = String::from("kept");
    let shown = {
        let gone = String::from("gone");
        first(&kept, &gone)
    };
    let add = {
        let gone = String::from("gone");
        longer_by(&gone)
    };
    let store = Store { items: vec![("a".into(), 1), ("b".into(), 2), ("a".into(), 3)] };
    let found = {
        let key = String::from("a");
        store.find(&key)
    };
    let words = {
        let words = Words { text: &kept };
        words.iter()
    };
    println!("{}", words.count());
    println!("{shown:?} {} {:?}", add(2), found.collect::<Vec<_>>());
    let line = Line { text: "a bc def", n: 4 };
    println!("{:?} {:?}", line.all().collect::<Vec<_>>(), line.lengths().collect::<Vec<_>>());
    println!("{} {:?} {:?}", line.own().sum::<u32>(), elided(&[1, 2]).last(), early(&[1, 2]).last());
}
