// Loops that write through the references of an iterator, some of which stop or fail half-way.
#[derive(Clone, Debug)]
struct Body {
    name: String,
    at: (f64, f64),
    speed: f64,
}
fn scale(v: &mut [u64]) {
    for x in v.iter_mut() {
        *x = x.wrapping_mul(31) ^ 5;
    }
}
fn smooth(out: &mut Vec<f64>, input: &[f64]) {
    for (o, w) in out.iter_mut().zip(input.windows(3)) {
        *o = (w[0] + w[1] + w[2]) / 3.0;
    }
}
fn rows(image: &mut [u8], width: usize) {
    for (y, row) in image.chunks_mut(width).enumerate() {
        for (x, p) in row.iter_mut().enumerate() {
            *p = (x * 7 + y * 13) as u8;
        }
    }
}
fn move_all(bodies: &mut Vec<Body>, dt: f64) -> f64 {
    let mut far = 0.0;
    for b in bodies.iter_mut().rev() {
        b.at.0 += b.speed * dt;
        b.at.1 -= dt;
        b.name.push('.');
        far += b.at.0;
    }
    far
}
fn until(v: &mut [i32], stop: i32) -> usize {
    let mut done = 0;
    for x in v {
        if *x == stop {
            break;
        }
        *x = -*x;
        done += 1;
    }
    done
}
fn grid(cells: &mut Vec<Vec<u32>>) {
    for (i, row) in cells.iter_mut().enumerate().skip(1).step_by(2) {
        for cell in row.iter_mut() {
            *cell += i as u32;
        }
        row.push(i as u32);
    }
}
fn main() {
    let mut v: Vec<u64> = (0..100).collect();
    scale(&mut v);
    let input: Vec<f64> = (0..50).map(|x| (x * x % 17) as f64).collect();
    let mut out = vec![0.0; 60];
    smooth(&mut out, &input);
    let mut image = vec![0; 37 * 11 + 5];
    rows(&mut image, 37);
    println!("{:?} {:?} {:?}", &v[95..], &out[40..], &image[400..]);
    let mut bodies: Vec<Body> = (0..20)
        .map(|i| Body { name: format!("body {i}"), at: (i as f64, 0.5), speed: 1.0 / (i + 1) as f64 })
        .collect();
    println!("{:?} {:?} {:?}", move_all(&mut bodies, 0.25), bodies[0], bodies[19]);
    let mut w: Vec<i32> = (0..40).collect();
    println!("{} {:?}", until(&mut w, 23), w);
    let mut cells: Vec<Vec<u32>> = (0..9).map(|i| vec![i; 3]).collect();
    grid(&mut cells);
    println!("{cells:?}");
    let mut small = vec![250u8; 10];
    for (i, x) in small.iter_mut().enumerate() {
        println!("{i}");
        *x += i as u8;
    }
}
