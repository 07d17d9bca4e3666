// Const-generic matrices with operators, determinants, Gauss-Jordan and exact fractions.
use std::fmt;
use std::ops::{Add, Div, Index, IndexMut, Mul, Neg, Sub};

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a.abs() } else { gcd(b, a % b) }
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Frac {
    num: i64,
    den: i64,
}
impl Frac {
    fn new(num: i64, den: i64) -> Frac {
        assert!(den != 0, "zero denominator in {num}/{den}");
        let g = gcd(num, den).max(1) * den.signum();
        Frac { num: num / g, den: den / g }
    }
}
impl From<i64> for Frac {
    fn from(n: i64) -> Self {
        Frac::new(n, 1)
    }
}
impl fmt::Display for Frac {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = if self.den == 1 { self.num.to_string() } else { format!("{}/{}", self.num, self.den) };
        f.pad(&text)
    }
}
impl fmt::Debug for Frac {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
macro_rules! operator {
    ($($Trait:ident $method:ident |$a:ident, $b:ident| $result:expr;)*) => {$(
        impl $Trait for Frac {
            type Output = Frac;
            fn $method(self, other: Frac) -> Frac {
                let ($a, $b) = (self, other);
                $result
            }
        }
    )*};
}
operator! {
    Add add |a, b| Frac::new(a.num * b.den + b.num * a.den, a.den * b.den);
    Sub sub |a, b| Frac::new(a.num * b.den - b.num * a.den, a.den * b.den);
    Mul mul |a, b| Frac::new(a.num * b.num, a.den * b.den);
    Div div |a, b| Frac::new(a.num * b.den, a.den * b.num);
}
impl Neg for Frac {
    type Output = Self;
    fn neg(self) -> Self {
        Frac { num: -self.num, ..self }
    }
}
impl PartialOrd for Frac {
    fn partial_cmp(&self, other: &Frac) -> Option<std::cmp::Ordering> {
        (self.num * other.den).partial_cmp(&(other.num * self.den))
    }
}

trait Field: Copy + PartialEq + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self> + Div<Output = Self> {
    const ZERO: Self;
    const ONE: Self;
}
impl Field for Frac {
    const ZERO: Self = Frac { num: 0, den: 1 };
    const ONE: Self = Frac { num: 1, den: 1 };
}
impl Field for f64 {
    const ZERO: f64 = 0.0;
    const ONE: f64 = 1.0;
}

#[derive(Clone, Copy, PartialEq, Debug)]
struct Matrix<T, const R: usize, const C: usize>([[T; C]; R]);

impl<T: Field, const R: usize, const C: usize> Matrix<T, R, C> {
    fn zero() -> Self {
        Matrix([[T::ZERO; C]; R])
    }
    fn from_fn(f: impl Fn(usize, usize) -> T) -> Self {
        Matrix(std::array::from_fn(|i| std::array::from_fn(|j| f(i, j))))
    }
    fn transpose(&self) -> Matrix<T, C, R> {
        Matrix::from_fn(|i, j| self[(j, i)])
    }
}
impl<T: Field, const N: usize> Matrix<T, N, N> {
    fn identity() -> Self {
        Self::from_fn(|i, j| if i == j { T::ONE } else { T::ZERO })
    }
    fn inverse(mut self) -> Option<(Self, T)> {
        let mut inverse = Self::identity();
        let mut det = T::ONE;
        for c in 0..N {
            let pivot = (c..N).find(|&r| self[(r, c)] != T::ZERO)?;
            if pivot != c {
                self.0.swap(pivot, c);
                inverse.0.swap(pivot, c);
                det = T::ZERO - det;
            }
            let p = self[(c, c)];
            det = det * p;
            for j in 0..N {
                self[(c, j)] = self[(c, j)] / p;
                inverse[(c, j)] = inverse[(c, j)] / p;
            }
            for r in (0..N).filter(|&r| r != c) {
                let factor = self[(r, c)];
                for j in 0..N {
                    self[(r, j)] = self[(r, j)] - factor * self[(c, j)];
                    inverse[(r, j)] = inverse[(r, j)] - factor * inverse[(c, j)];
                }
            }
        }
        Some((inverse, det))
    }
    fn pow(self, n: u32) -> Self {
        match n {
            0 => Self::identity(),
            n if n % 2 == 0 => (self * self).pow(n / 2),
            n => self * self.pow(n - 1),
        }
    }
}
impl<T, const R: usize, const C: usize> Index<(usize, usize)> for Matrix<T, R, C> {
    type Output = T;
    fn index(&self, (r, c): (usize, usize)) -> &T {
        &self.0[r][c]
    }
}
impl<T, const R: usize, const C: usize> IndexMut<(usize, usize)> for Matrix<T, R, C> {
    fn index_mut(&mut self, (r, c): (usize, usize)) -> &mut T {
        &mut self.0[r][c]
    }
}
impl<T: Field, const R: usize, const K: usize, const C: usize> Mul<Matrix<T, K, C>> for Matrix<T, R, K> {
    type Output = Matrix<T, R, C>;
    fn mul(self, other: Matrix<T, K, C>) -> Self::Output {
        let mut out = Matrix::zero();
        for i in 0..R {
            for j in 0..C {
                for k in 0..K {
                    out[(i, j)] = out[(i, j)] + self[(i, k)] * other[(k, j)];
                }
            }
        }
        out
    }
}
impl<T: fmt::Display, const R: usize, const C: usize> fmt::Display for Matrix<T, R, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = f.width().unwrap_or(6);
        for row in &self.0 {
            for x in row {
                match f.precision() {
                    Some(p) => write!(f, "{x:>width$.p$}")?,
                    None => write!(f, "{x:>width$}")?,
                }
            }
            writeln!(f)?;
        }
        Ok(())
    }
}

fn main() {
    let a = Matrix([[2, 1, 0], [1, 3, 1], [0, 1, 4]].map(|row| row.map(Frac::from)));
    let (inverse, det) = a.inverse().unwrap();
    print!("{a}det {det}\n{inverse:8}{}", a * inverse);
    let m = Matrix::<f64, 2, 3>::from_fn(|i, j| (i * 3 + j) as f64 / 2.0);
    print!("{m:8.2}{:.1}", m.transpose() * m);
    let fib: Matrix<Frac, 2, 2> = Matrix([[1i64, 1], [1, 0]].map(|r| r.map(Into::into)));
    println!("{:?}", fib.pow(50).0[0]);
    println!("{:?}", Matrix([[1.0, 2.0], [2.0, 4.0]]).inverse());
    println!("{:?} {:?}", Frac::new(6, -8), Frac::new(1, 3) < Frac::new(1, 2));
    println!("{}", Frac::new(1, 3) / Frac::from(0));
}
