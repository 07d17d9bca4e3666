// Const-generic matrices
use std::fmt::{self, Display, Formatter};
use std::iter::Sum;
use std::ops::{Add, AddAssign, Index, IndexMut, Mul, MulAssign, Neg, Sub, SubAssign};

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Matrix<T, const R: usize, const C: usize> {
    data: [[T; C]; R],
}
pub type Vector<T, const N: usize> = Matrix<T, N, 1>;
pub trait Zero {
    const ZERO: Self;
    fn is_zero(&self) -> bool;
}
pub trait One {
    const ONE: Self;
}
macro_rules! impl_num { ($($t:ty => $z:expr, $o:expr);+ $(;)?) => { $(impl Zero for $t { const ZERO: Self = $z; fn is_zero(&self) -> bool { *self == $z } } impl One for $t { const ONE: Self = $o; })+ } }
impl_num! { i32 => 0, 1; i64 => 0, 1; f64 => 0.0, 1.0; u8 => 0, 1 }
impl<T: Copy + Zero, const R: usize, const C: usize> Default for Matrix<T, R, C> {
    fn default() -> Self {
        Self { data: [[T::ZERO; C]; R] }
    }
}
impl<T: Copy + Zero + One, const N: usize> Matrix<T, N, N> {
    pub fn identity() -> Self {
        let mut m = Self::default();
        for i in 0..N {
            m[(i, i)] = T::ONE;
        }
        m
    }
    pub fn pow(self, mut e: u32) -> Self
    where
        T: Mul<Output = T> + AddAssign,
    {
        let mut base = self;
        let mut acc = Self::identity();
        while e > 0 {
            if e & 1 == 1 {
                acc = acc * base
            }
            base = base * base;
            e >>= 1;
        }
        acc
    }
    pub fn trace(&self) -> T
    where
        T: Sum,
    {
        (0..N).map(|i| self[(i, i)]).sum()
    }
}
impl<T, const R: usize, const C: usize> Matrix<T, R, C> {
    pub const ROWS: usize = R;
    pub const fn new(data: [[T; C]; R]) -> Self {
        Matrix { data }
    }
    pub fn transpose(&self) -> Matrix<T, C, R>
    where
        T: Copy,
    {
        Matrix { data: std::array::from_fn(|i| std::array::from_fn(|j| self.data[j][i])) }
    }
    pub fn map<U>(self, mut f: impl FnMut(T) -> U) -> Matrix<U, R, C> {
        Matrix { data: self.data.map(|row| row.map(&mut f)) }
    }
    pub fn rows(&self) -> impl Iterator<Item = &[T; C]> + '_ {
        self.data.iter()
    }
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.data.iter().flatten()
    }
}
impl<T, const R: usize, const C: usize> Index<(usize, usize)> for Matrix<T, R, C> {
    type Output = T;
    fn index(&self, (r, c): (usize, usize)) -> &T {
        &self.data[r][c]
    }
}
impl<T, const R: usize, const C: usize> IndexMut<(usize, usize)> for Matrix<T, R, C> {
    fn index_mut(&mut self, (r, c): (usize, usize)) -> &mut T {
        &mut self.data[r][c]
    }
}
impl<T: Copy + Add<Output = T>, const R: usize, const C: usize> Add for Matrix<T, R, C> {
    type Output = Self;
    fn add(self, rhs: Self) -> Self {
        Matrix { data: std::array::from_fn(|r| std::array::from_fn(|c| self.data[r][c] + rhs.data[r][c])) }
    }
}
impl<'a, T: Copy + Add<Output = T>, const R: usize, const C: usize> Add<&'a Matrix<T, R, C>>
    for &'a Matrix<T, R, C>
{
    type Output = Matrix<T, R, C>;
    fn add(self, rhs: &Matrix<T, R, C>) -> Matrix<T, R, C> {
        *self + *rhs
    }
}
impl<T: Copy + SubAssign, const R: usize, const C: usize> Sub for Matrix<T, R, C> {
    type Output = Self;
    fn sub(mut self, rhs: Self) -> Self {
        self -= rhs;
        self
    }
}
impl<T: Copy + SubAssign, const R: usize, const C: usize> SubAssign for Matrix<T, R, C> {
    fn sub_assign(&mut self, rhs: Self) {
        for (a, b) in self.data.iter_mut().flatten().zip(rhs.data.iter().flatten()) {
            *a -= *b;
        }
    }
}
impl<T: Neg<Output = T>, const R: usize, const C: usize> Neg for Matrix<T, R, C> {
    type Output = Self;
    fn neg(self) -> Self {
        self.map(|x| -x)
    }
}
impl<T, const R: usize, const K: usize, const C: usize> Mul<Matrix<T, K, C>> for Matrix<T, R, K>
where
    T: Copy + Zero + AddAssign + Mul<Output = T>,
{
    type Output = Matrix<T, R, C>;
    fn mul(self, rhs: Matrix<T, K, C>) -> Self::Output {
        let mut out = Matrix::<T, R, C>::default();
        for i in 0..R {
            for j in 0..C {
                for k in 0..K {
                    out[(i, j)] += self[(i, k)] * rhs[(k, j)];
                }
            }
        }
        out
    }
}
impl<const R: usize, const C: usize> Mul<f64> for Matrix<f64, R, C> {
    type Output = Self;
    fn mul(self, k: f64) -> Self {
        self.map(|x| x * k)
    }
}
impl<const R: usize, const C: usize> Mul<Matrix<f64, R, C>> for f64 {
    type Output = Matrix<f64, R, C>;
    fn mul(self, m: Matrix<f64, R, C>) -> Matrix<f64, R, C> {
        m * self
    }
}
impl<T: MulAssign + Copy, const R: usize, const C: usize> MulAssign<T> for Matrix<T, R, C> {
    fn mul_assign(&mut self, k: T) {
        self.data.iter_mut().for_each(|row| row.iter_mut().for_each(|x| *x *= k))
    }
}
impl<T: Display, const R: usize, const C: usize> Display for Matrix<T, R, C> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let w = f.width().unwrap_or(4);
        for row in self.rows() {
            f.write_str("|")?;
            for x in row {
                match f.precision() {
                    Some(p) => write!(f, " {x:>w$.p$}")?,
                    None => write!(f, " {:>1$}", x, w)?,
                }
            }
            writeln!(f, " |")?;
        }
        Ok(())
    }
}
impl<T: Copy + Zero + AddAssign, const R: usize, const C: usize> Sum for Matrix<T, R, C>
where
    Self: Add<Output = Self>,
{
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::default(), |a, b| a + b)
    }
}
impl<T, const R: usize, const C: usize> From<[[T; C]; R]> for Matrix<T, R, C> {
    fn from(data: [[T; C]; R]) -> Self {
        Self::new(data)
    }
}
impl<T, const R: usize, const C: usize> IntoIterator for Matrix<T, R, C> {
    type Item = [T; C];
    type IntoIter = std::array::IntoIter<[T; C], R>;
    fn into_iter(self) -> Self::IntoIter {
        self.data.into_iter()
    }
}
impl<'m, T, const R: usize, const C: usize> IntoIterator for &'m Matrix<T, R, C> {
    type Item = &'m [T; C];
    type IntoIter = std::slice::Iter<'m, [T; C]>;
    fn into_iter(self) -> Self::IntoIter {
        self.data.iter()
    }
}
fn determinant<const N: usize>(m: &Matrix<f64, N, N>) -> f64 {
    let mut a = *m;
    let mut det = 1.0;
    for c in 0..N {
        let Some(p) = (c..N)
            .max_by(|&x, &y| a[(x, c)].abs().partial_cmp(&a[(y, c)].abs()).unwrap())
            .filter(|&p| a[(p, c)] != 0.0)
        else {
            return 0.0;
        };
        if p != c {
            a.data.swap(p, c);
            det = -det;
        }
        det *= a[(c, c)];
        for r in c + 1..N {
            let f = a[(r, c)] / a[(c, c)];
            for k in c..N {
                let t = a[(c, k)];
                a[(r, k)] -= f * t;
            }
        }
    }
    det
}
static FIB: Matrix<i64, 2, 2> = Matrix::new([[1, 1], [1, 0]]);
fn main() {
    println!("{}", FIB.pow(50));
    let a = Matrix::from([[1, 2, 3], [4, 5, 6]]);
    print!("{a}{:6}{:?}\n", a.transpose(), a * a.transpose());
    println!("{}", Matrix::<i32, 2, 3>::ROWS + a.iter().rev().step_by(2).count());
    let m = Matrix::new([[2.0, -1.0, 0.5], [1.0, 3.0, -2.0], [0.0, 1.0, 1.0]]);
    println!("{m:8.3}{:.2}", determinant(&m));
    println!("{:.1}", 2.0 * (m - Matrix::identity()));
    println!("{}", [a, a, -a].into_iter().sum::<Matrix<_, 2, 3>>());
    let mut b = &a + &a;
    b *= 3;
    for row in &b {
        println!("{row:?}");
    }
    for [x, y, z] in b {
        println!("{x} {y} {z}");
    }
    let v: Vector<i32, 3> = Matrix::new([[1], [0], [-1]]);
    println!("{}{}", a * v, v.transpose() * v);
    println!("{}", m.trace());
}
