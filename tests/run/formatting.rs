// The format language: width, fill, alignment, sign, radix, precision, named and positional arguments, Debug.
#[derive(Debug, Clone, PartialEq)]
struct Point {
    x: i32,
    y: i32,
}
#[derive(Debug)]
enum Shape {
    Empty,
    Circle(f64),
    Rect { w: u32, h: u32 },
}
impl std::fmt::Display for Point {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "({}, {})", self.x, self.y)
    }
}
fn main() {
    println!("[{:5}] [{:<5}] [{:^5}] [{:>5}]", 42, 42, 42, 42);
    println!("[{:*^9}] [{:->6}] [{:05}]", "mid", 7, -42);
    println!("{:x} {:X} {:#x} {:b} {:#010b} {:o}", 255, 255, 255, 5, 5, 8);
    println!("{:+} {:+}", 5, -5);
    println!("{0} {1} {0} {name}", 1, 2, name = "n");
    let (width, value) = (8, 3.14159);
    println!("[{value:width$.2}] [{:>1$}] [{:.*}]", "r", 4, 1.0);
    println!("{{}} {:?} {:?}", "a\"b\n", 'c');
    let p = Point { x: 1, y: -2 };
    println!("{p} {p:?} [{:>10}]", format!("{p}"));
    println!("{:#?}", p);
    println!("{:?} {:?} {:?}", Shape::Empty, Shape::Circle(1.5), Shape::Rect { w: 2, h: 3 });
    println!("{:#?}", Shape::Rect { w: 2, h: 3 });
    println!("{:?} {:?}", Some("x"), None::<i32>);
    println!("{:?}", (1, "a", 2.0));
    println!("{:?} {:?}", vec![Some(1), None], [[1, 2], [3, 4]]);
    println!("{:#?}", vec![(1, 'a')]);
    println!("{:?}", Ok::<i32, String>(3));
    println!("{:02x?}", [10u8, 255]);
    println!("{:?} {:?}", (), ((),));
    println!("{:6.2}|{:<8}|{:^8}|", 1.005, true, 'x');
    assert_eq!(format!("{:?}", p.clone()), "Point { x: 1, y: -2 }");
}
