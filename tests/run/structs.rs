// Structs, tuple structs, methods, associated functions and constants, update syntax, nesting, shadowing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
struct Vec2 {
    x: i64,
    y: i64,
}
impl Vec2 {
    const ZERO: Vec2 = Vec2 { x: 0, y: 0 };
    fn new(x: i64, y: i64) -> Self {
        Self { x, y }
    }
    fn dot(self, other: Self) -> i64 {
        self.x * other.x + self.y * other.y
    }
    fn scale(&mut self, by: i64) -> &mut Self {
        self.x *= by;
        self.y *= by;
        self
    }
}
impl std::ops::Add for Vec2 {
    type Output = Vec2;
    fn add(self, o: Vec2) -> Vec2 {
        Vec2::new(self.x + o.x, self.y + o.y)
    }
}
impl std::ops::Neg for Vec2 {
    type Output = Vec2;
    fn neg(self) -> Vec2 {
        Vec2 { x: -self.x, ..self }
    }
}
impl std::ops::AddAssign for Vec2 {
    fn add_assign(&mut self, o: Vec2) {
        *self = *self + o;
    }
}
struct Meters(f64);
struct Unit;
struct Line {
    from: Vec2,
    to: Vec2,
    name: String,
}
fn main() {
    let mut a = Vec2::new(1, 2);
    let b = Vec2 { x: 5, ..a };
    println!("{a:?} {b:?} {} {:?}", a.dot(b), a + b);
    a.scale(3).scale(2);
    a += Vec2::new(1, 1);
    println!("{a:?} {:?} {:?} {}", -a, Vec2::ZERO, a > b);
    println!("{:?}", Vec2::default());
    let m = Meters(2.5);
    let Meters(inner) = m;
    let _u = Unit;
    let line = Line { from: a, to: b, name: "l".to_string() };
    let Line { from, name, .. } = &line;
    println!("{inner} {from:?} {name} {}", line.to.x);
    let x = 5;
    let x = x * 2;
    {
        let x = "inner";
        println!("{x}");
    }
    println!("{x}");
    let mut points = vec![Vec2::new(3, 1), Vec2::new(1, 2), Vec2::new(1, 1)];
    points.sort();
    println!("{points:?}");
}
