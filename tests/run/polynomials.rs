// Sparse polynomials over any ring: maps as terms, operators on references, generic evaluation, derivatives, division, roots.
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt::{self, Display};
use std::ops::{Add, Mul, Neg, Rem, Sub};

trait Ring: Copy + PartialEq + Add<Output = Self> + Mul<Output = Self> + Neg<Output = Self> {
    const ZERO: Self;
    const ONE: Self;

    fn power(self, n: u32) -> Self {
        (0..n).fold(Self::ONE, |acc, _| acc * self)
    }

    fn times(self, n: u32) -> Self {
        (0..n).fold(Self::ZERO, |acc, _| acc + self)
    }
}

trait Field: Ring {
    fn inverse(self) -> Option<Self>;
}

impl Ring for i64 {
    const ZERO: i64 = 0;
    const ONE: i64 = 1;
}

impl Ring for f64 {
    const ZERO: f64 = 0.0;
    const ONE: f64 = 1.0;

    fn power(self, n: u32) -> f64 {
        self.powi(n as i32)
    }
}

impl Field for f64 {
    fn inverse(self) -> Option<f64> {
        (self != 0.0).then(|| self.recip())
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Mod<const P: u32>(u32);

impl<const P: u32> Add for Mod<P> {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Mod((self.0 + other.0) % P)
    }
}

impl<const P: u32> Mul for Mod<P> {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        Mod((u64::from(self.0) * u64::from(other.0) % u64::from(P)) as u32)
    }
}

impl<const P: u32> Neg for Mod<P> {
    type Output = Self;
    fn neg(self) -> Self {
        Mod((P - self.0) % P)
    }
}

impl<const P: u32> Ring for Mod<P> {
    const ZERO: Self = Mod(0);
    const ONE: Self = Mod(1 % P);
}

impl<const P: u32> Field for Mod<P> {
    fn inverse(self) -> Option<Self> {
        (self.0 != 0).then(|| self.power(P - 2))
    }
}

impl<const P: u32> Display for Mod<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Display::fmt(&self.0, f)
    }
}

#[derive(Clone, PartialEq, Debug)]
struct Poly<T> {
    terms: BTreeMap<u32, T>,
}

impl<T: Ring> FromIterator<(u32, T)> for Poly<T> {
    fn from_iter<I: IntoIterator<Item = (u32, T)>>(terms: I) -> Self {
        let mut poly = Poly { terms: BTreeMap::new() };
        terms.into_iter().for_each(|(n, c)| poly.add_term(n, c));
        poly
    }
}

impl<T: Ring> Poly<T> {
    fn add_term(&mut self, n: u32, c: T) {
        match self.terms.entry(n) {
            Entry::Vacant(_) if c == T::ZERO => {}
            Entry::Vacant(place) => {
                place.insert(c);
            }
            Entry::Occupied(mut place) => {
                *place.get_mut() = *place.get() + c;
                if *place.get() == T::ZERO {
                    place.remove();
                }
            }
        }
    }

    fn degree(&self) -> Option<u32> {
        self.terms.last_key_value().map(|(&n, _)| n)
    }

    fn at(&self, x: T) -> T {
        self.terms.iter().fold(T::ZERO, |sum, (&n, &c)| sum + c * x.power(n))
    }

    fn derivative(&self) -> Self {
        self.terms.iter().filter(|(n, _)| **n > 0).map(|(&n, &c)| (n - 1, c.times(n))).collect()
    }
}

impl<T: Field> Poly<T> {
    fn divide(&self, by: &Poly<T>) -> Option<(Poly<T>, Poly<T>)> {
        let (&top, &lead) = by.terms.last_key_value()?;
        let inverse = lead.inverse()?;
        let (mut quotient, mut rest) = (Poly::from_iter([]), self.clone());
        while let Some((&n, &c)) = rest.terms.last_key_value()
            && n >= top
        {
            let factor = Poly::from_iter([(n - top, c * inverse)]);
            rest = &rest - &(&factor * by);
            rest.terms.remove(&n);
            quotient = &quotient + &factor;
        }
        Some((quotient, rest))
    }

    fn gcd(self, other: Poly<T>) -> Poly<T> {
        match self.divide(&other) {
            None => self,
            Some((_, rest)) => other.gcd(rest),
        }
    }
}

impl<T: Ring> Add for &Poly<T> {
    type Output = Poly<T>;
    fn add(self, other: &Poly<T>) -> Poly<T> {
        self.terms.iter().chain(&other.terms).map(|(&n, &c)| (n, c)).collect()
    }
}

impl<T: Ring> Neg for &Poly<T> {
    type Output = Poly<T>;
    fn neg(self) -> Poly<T> {
        Poly { terms: self.terms.iter().map(|(&n, &c)| (n, -c)).collect() }
    }
}

impl<T: Ring> Sub for &Poly<T> {
    type Output = Poly<T>;
    fn sub(self, other: &Poly<T>) -> Poly<T> {
        self + &-other
    }
}

impl<T: Ring> Mul for &Poly<T> {
    type Output = Poly<T>;
    fn mul(self, other: &Poly<T>) -> Poly<T> {
        self.terms
            .iter()
            .flat_map(|(&n, &c)| other.terms.iter().map(move |(&m, &d)| (n + m, c * d)))
            .collect()
    }
}

impl<T: Field> Rem for &Poly<T> {
    type Output = Option<Poly<T>>;
    fn rem(self, other: &Poly<T>) -> Option<Poly<T>> {
        self.divide(other).map(|(_, rest)| rest)
    }
}

impl<T: Ring + Display> Display for Poly<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.terms.is_empty() {
            return f.write_str("0");
        }
        for (i, (n, c)) in self.terms.iter().rev().enumerate() {
            if i > 0 {
                f.write_str(" + ")?;
            }
            match (n, *c == T::ONE) {
                (0, _) => write!(f, "{c}")?,
                (1, true) => f.write_str("x")?,
                (1, false) => write!(f, "{c}x")?,
                (_, true) => write!(f, "x^{n}")?,
                (_, false) => write!(f, "{c}x^{n}")?,
            }
        }
        Ok(())
    }
}

fn root(poly: &Poly<f64>, start: f64) -> Option<f64> {
    let slope = poly.derivative();
    let newton = |x: &f64| Some(x - poly.at(*x) * slope.at(*x).inverse()?);
    std::iter::successors(Some(start), newton).take(60).find(|x| poly.at(*x).abs() < 1e-9)
}

fn main() {
    let a: Poly<i64> = [(3, 2), (1, -1), (0, 5), (1, 1)].into_iter().collect();
    let b: Poly<i64> = (0..3).map(|n| (n, 1)).collect();
    println!("{a} | {b} | {} | {} | {}", &a + &b, &a - &a, &a * &b);
    println!("{} {:?} {} {:?}", a.derivative(), a.degree(), a.at(-2), (&a - &a).degree());
    type F = Mod<7>;
    let p: Poly<F> = [(4, Mod(3)), (2, Mod(6)), (0, Mod(1))].into_iter().collect();
    let q: Poly<F> = [(2, Mod(2)), (1, Mod(5))].into_iter().collect();
    if let Some((quotient, rest)) = p.divide(&q) {
        println!("{quotient} rest {rest}: {}", &(&quotient * &q) + &rest == p);
    }
    println!(
        "{:?} {}",
        (&p % &(&q - &q)).is_none(),
        (0..7).map(|x| p.at(Mod(x)).to_string()).collect::<String>()
    );
    let shared: Poly<F> = [(1, Mod(1)), (0, Mod(3))].into_iter().collect();
    println!("{}", (&p * &shared).gcd(&q * &shared));
    let cubic: Poly<f64> = [(3, 1.0), (1, -2.0), (0, -5.0)].into_iter().collect();
    println!("{cubic}: {:.6?} {:?}", root(&cubic, 2.0), root(&Poly::from_iter([(0, 1.0)]), 1.0));
}
