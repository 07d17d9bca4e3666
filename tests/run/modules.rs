// Modules, visibility, use, re-exports, constants, statics, nested functions.
mod geometry {
    pub mod shapes {
        #[derive(Debug)]
        pub struct Rect {
            pub w: u32,
            h: u32,
        }
        impl Rect {
            pub fn new(w: u32, h: u32) -> Self {
                Rect { w, h: super::clamp(h) }
            }
            pub fn area(&self) -> u32 {
                self.w * self.h
            }
        }
    }
    fn clamp(x: u32) -> u32 {
        x.min(MAX)
    }
    pub const MAX: u32 = 10;
    pub use self::shapes::Rect as Rectangle;
}
use geometry::{MAX, Rectangle};
const TABLE: [u32; 4] = [1, MAX, MAX * 2, square(3)];
static NAME: &str = "modules";
const fn square(x: u32) -> u32 {
    x * x
}
fn main() {
    fn helper(r: &Rectangle) -> String {
        format!("{r:?} {}", r.area())
    }
    println!("{}", helper(&Rectangle::new(3, 40)));
    println!("{TABLE:?} {NAME} {}", crate::geometry::shapes::Rect::new(2, 2).area());
    println!("{}", TABLE.iter().sum::<u32>() + u32::from(true));
}
