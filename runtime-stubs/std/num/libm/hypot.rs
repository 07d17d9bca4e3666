//! Length of a vector, by the method of Borges ("An improved algorithm for hypot(a, b)"), as glibc has it.

use crate::prelude::v1::*;

/// `sqrt(x^2 + y^2)` for x >= y >= 0 of moderate size, with the error of the root taken back.
fn kernel(x: f64, y: f64) -> f64 {
    let h = (x * x + y * y).sqrt();
    let (t1, t2);
    if h <= 2.0 * y {
        let delta = h - y;
        t1 = x * (2.0 * delta - x);
        t2 = (delta - 2.0 * (x - y)) * delta;
    } else {
        let delta = h - x;
        t1 = 2.0 * delta * (x - 2.0 * y);
        t2 = (4.0 * delta - y) * y + delta * delta;
    }
    h - (t1 + t2) / (2.0 * h)
}

pub fn hypot(x: f64, y: f64) -> f64 {
    if x.is_infinite() || y.is_infinite() {
        return f64::INFINITY;
    }
    if x.is_nan() || y.is_nan() {
        return x + y;
    }
    let (x, y) = (x.abs(), y.abs());
    let (a, b) = if x < y { (y, x) } else { (x, y) };
    if b <= a * 5.551115123125783e-17 {
        return a + b;
    }
    if a > 6.703903964971299e+153 {
        return kernel(a * 2.409919865102884e-181, b * 2.409919865102884e-181) / 2.409919865102884e-181;
    }
    if b < 6.717876107567089e-139 {
        return kernel(a / 2.409919865102884e-181, b / 2.409919865102884e-181) * 2.409919865102884e-181;
    }
    kernel(a, b)
}
