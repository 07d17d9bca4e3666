struct Money(i64);

fn main() {
    let a = Money(1);
    let b = Money(2);
    let c = a + b;
    let d = -Money(3);
    let e = !"text";
}
