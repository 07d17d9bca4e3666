//! A method that changes its receiver gets elements of it as arguments; arguments are read in order.

struct U {
    p: Vec<usize>,
}
impl U {
    fn find(&mut self, x: usize) -> usize {
        if self.p[x] != x {
            let r = self.find(self.p[x]);
            self.p[x] = r;
        }
        self.p[x]
    }
}
fn add(a: i32, b: i32) -> i32 {
    a * 10 + b
}
fn main() {
    let mut u = U { p: vec![0, 0, 1] };
    println!("{}", u.find(2));
    let mut v = vec![1, 2];
    let mut a = [1, 2];
    let mut t = (1, 2);
    println!(
        "{}",
        add(v[0], {
            v[0] = 5;
            v[0]
        })
    );
    println!(
        "{}",
        add(a[0], {
            a[0] = 5;
            a[0]
        })
    );
    println!(
        "{}",
        add(t.0, {
            t.0 = 5;
            t.0
        })
    );
    let mut x = 1;
    println!(
        "{}",
        add(x, {
            x = 7;
            x
        })
    );
    let r = &mut x;
    println!(
        "{}",
        add(*r, {
            *r = 9;
            *r
        })
    );
}
