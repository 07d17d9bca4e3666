enum Shape {
    Circle(f64),
    Rect(f64, f64),
}

fn main() {
    let s = Shape::Rect(1.0, 2.0);
    let area = match s {
        Shape::Circle(r, _) => r,
        Shape::Rect(w) => w,
    };
    println!("{area}");
}
