//! A closure that keeps what it has seen ties the items of its iterator together.

fn c(xs: &[i32]) -> Vec<i32> {
    let mut w: Vec<i32> = Vec::new();
    xs.iter()
        .filter_map(move |&x| {
            w.push(x);
            if w.len() > 3 {
                w.remove(0);
            }
            if w.len() == 3 { Some(w[0] + x) } else { None }
        })
        .collect()
}
fn main() {
    println!("{:?}", c(&[1, 2, 6, 4, 5]));
}
