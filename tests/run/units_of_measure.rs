// Quantities whose unit is a type: PhantomData, operator traits with associated results, conversions, generic bounds.
use std::cmp::Ordering;
use std::fmt::{self, Debug, Display};
use std::iter::Sum;
use std::marker::PhantomData;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub};

trait Unit {
    const SYMBOL: &'static str;
    const SCALE: f64 = 1.0;
}

macro_rules! units {
    ($($name:ident $symbol:literal $($scale:literal)?;)*) => {
        $(
            struct $name;
            impl Unit for $name {
                const SYMBOL: &'static str = $symbol;
                $(const SCALE: f64 = $scale;)?
            }
        )*
    };
}
units! { Meter "m"; Kilometer "km" 1000.0; Second "s"; Hour "h" 3600.0; }

struct Per<A, B>(PhantomData<(A, B)>);
struct Squared<A>(PhantomData<A>);

impl<A: Unit, B: Unit> Unit for Per<A, B> {
    const SYMBOL: &'static str = "per";
    const SCALE: f64 = A::SCALE / B::SCALE;
}

impl<A: Unit> Unit for Squared<A> {
    const SYMBOL: &'static str = "square";
    const SCALE: f64 = A::SCALE * A::SCALE;
}

struct Quantity<U> {
    value: f64,
    unit: PhantomData<fn() -> U>,
}

impl<U> Clone for Quantity<U> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<U> Copy for Quantity<U> {}

impl<U> PartialEq for Quantity<U> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<U> PartialOrd for Quantity<U> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        self.value.partial_cmp(&other.value)
    }
}

impl<U: Unit> Quantity<U> {
    const ZERO: Self = Self::new(0.0);

    const fn new(value: f64) -> Self {
        Quantity { value, unit: PhantomData }
    }

    fn to<V: Unit>(self) -> Quantity<V>
    where
        U: SameDimension<V>,
    {
        Quantity::new(self.value * U::SCALE / V::SCALE)
    }
}

trait SameDimension<V> {}
impl SameDimension<Meter> for Kilometer {}
impl SameDimension<Kilometer> for Meter {}
impl SameDimension<Second> for Hour {}
impl SameDimension<Hour> for Second {}
impl<A, B, C, D> SameDimension<Per<C, D>> for Per<A, B>
where
    A: SameDimension<C>,
    B: SameDimension<D>,
{
}

impl<U: Unit> Add for Quantity<U> {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Quantity::new(self.value + other.value)
    }
}

impl<U: Unit> Sub for Quantity<U> {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl<U: Unit> Neg for Quantity<U> {
    type Output = Self;
    fn neg(self) -> Self {
        Quantity::new(-self.value)
    }
}

impl<U: Unit> AddAssign for Quantity<U> {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl<U: Unit> Mul<Quantity<U>> for f64 {
    type Output = Quantity<U>;
    fn mul(self, q: Quantity<U>) -> Quantity<U> {
        Quantity::new(self * q.value)
    }
}

impl<U: Unit> Mul for Quantity<U> {
    type Output = Quantity<Squared<U>>;
    fn mul(self, other: Self) -> Self::Output {
        Quantity::new(self.value * other.value)
    }
}

impl<A: Unit, B: Unit> Div<Quantity<B>> for Quantity<A> {
    type Output = Quantity<Per<A, B>>;
    fn div(self, other: Quantity<B>) -> Self::Output {
        Quantity::new(self.value / other.value)
    }
}

impl<U: Unit> Sum for Quantity<U> {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Quantity::ZERO, Add::add)
    }
}

impl<U: Unit> Display for Quantity<U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Display::fmt(&self.value, f)?;
        write!(f, " {}", U::SYMBOL)
    }
}

impl<U: Unit> Debug for Quantity<U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Quantity").field("value", &self.value).field("unit", &U::SYMBOL).finish()
    }
}

fn average_speed(legs: &[(Quantity<Kilometer>, Quantity<Hour>)]) -> Option<Quantity<Per<Kilometer, Hour>>> {
    if legs.is_empty() {
        return None;
    }
    let (far, long): (Vec<_>, Vec<_>) = legs.iter().copied().unzip();
    Some(far.into_iter().sum::<Quantity<_>>() / long.into_iter().sum())
}

fn main() {
    let mut way = Quantity::<Meter>::new(1500.0);
    way += Quantity::<Kilometer>::new(2.5).to();
    println!("{way} {:.1} {:?}", way.to::<Kilometer>(), way - Quantity::new(4000.0));
    let speed = way / Quantity::<Second>::new(800.0);
    println!("{speed} {:>8.2}", speed.to::<Per<Kilometer, Hour>>());
    println!("{:?}", 2.0 * (way * Quantity::new(3.0)));
    println!("{:?}", way.partial_cmp(&Quantity::new(f64::NAN)));
    let legs = [(100.0, 1.0), (40.0, 0.5), (10.0, 0.25)].map(|(d, t)| (Quantity::new(d), Quantity::new(t)));
    println!("{:?} {:?}", average_speed(&legs), average_speed(&[]).is_none());
    let longest = legs.iter().map(|leg| leg.0).fold(Quantity::ZERO, |a, b| if b > a { b } else { a });
    println!("{longest} {}", std::mem::size_of::<Quantity<Per<Meter, Second>>>());
}
