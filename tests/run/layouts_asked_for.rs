//! Sizes and alignments that programs ask for: `repr` on structs and enums, niches, and what values of such types do.

use std::cell::{Cell, RefCell};
use std::mem::{align_of, discriminant, size_of};
use std::rc::Rc;

#[repr(u8)]
#[derive(Clone, Copy, Debug, PartialEq)]
enum Byte {
    One = 1,
    Two,
}

#[repr(C)]
struct Ordered {
    a: u8,
    b: u32,
    c: u16,
}

#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq)]
enum Signal {
    Red,
    Green = -7,
}

#[repr(C)]
#[derive(Debug)]
enum Shape {
    Circle(f64),
    Square { side: u8 },
}

#[repr(C)]
enum Only {
    Case,
}

#[repr(i16)]
#[derive(Debug)]
enum Wide {
    V(u8),
    W { x: u32 },
}

enum Plain {
    A(u32),
    B(u8),
    N,
}

#[repr(align(16))]
struct Aligned(u8);

#[repr(transparent)]
struct Same(u64);

fn main() {
    println!("{} {} {}", size_of::<Byte>(), size_of::<Ordered>(), align_of::<Ordered>());
    println!("{} {} {}", size_of::<Signal>(), size_of::<Shape>(), size_of::<Only>());
    println!("{} {} {}", size_of::<Wide>(), size_of::<Plain>(), size_of::<Option<Byte>>());
    println!("{} {} {}", size_of::<Aligned>(), align_of::<Aligned>(), size_of::<Same>());
    println!("{} {} {}", size_of::<Option<Signal>>(), size_of::<Option<Only>>(), size_of::<Option<char>>());
    println!("{} {} {}", size_of::<String>(), size_of::<Option<Vec<u8>>>(), size_of::<Box<dyn Fn()>>());
    println!("{} {} {}", size_of::<(u8, u16, u8)>(), size_of::<Rc<u8>>(), size_of::<RefCell<u8>>());

    let ordered = Ordered { a: 1, b: 2, c: 3 };
    println!("{}", ordered.a as u32 + ordered.b + ordered.c as u32);
    let cell = Cell::new(Signal::Red);
    println!("{:?} {:?} {}", cell.replace(Signal::Green), cell.get(), cell.get() as i32);
    for shape in [Shape::Circle(1.5), Shape::Square { side: 3 }] {
        let area = match &shape {
            Shape::Circle(r) => r * r,
            Shape::Square { side } => f64::from(side * side),
        };
        println!("{shape:?} {area}");
    }
    let some = [None, Some(Signal::Red), Some(Signal::Green)];
    println!("{some:?} {}", some.iter().flatten().count());
    println!("{:?} {:?} {}", Wide::V(1), Wide::W { x: 2 }, discriminant(&Byte::One) == discriminant(&Byte::Two));
    let total: u32 = [Plain::A(5), Plain::B(6), Plain::N]
        .iter()
        .map(|p| match p {
            Plain::A(n) => *n,
            Plain::B(n) => u32::from(*n),
            Plain::N => 0,
        })
        .sum();
    println!("{total} {} {} {}", Byte::Two as u8, Aligned(7).0, Same(9).0);
    let Only::Case = Only::Case;
}
