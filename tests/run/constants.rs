// Constants: const fn with loops and match, compound values, statics, const generics, associated constants.
const fn fib(n: u32) -> u64 {
    if n < 2 { n as u64 } else { fib(n - 1) + fib(n - 2) }
}
const fn gcd(mut a: u32, mut b: u32) -> u32 {
    while b != 0 {
        let t = a % b;
        a = b;
        b = t;
    }
    a
}
const fn table() -> [u32; 8] {
    let mut t = [0; 8];
    let mut i = 0;
    while i < 8 {
        t[i] = (i * i) as u32;
        i += 1;
    }
    t
}
const T: [u32; 8] = table();
static ST: [u32; 8] = table();
const N: usize = T[3] as usize;
#[derive(Debug, Clone, Copy, PartialEq)]
struct P {
    x: f64,
    y: i32,
}
impl P {
    const ORIGIN: P = P { x: 0.0, y: 0 };
    const fn new(x: f64, y: i32) -> P {
        P { x, y }
    }
    const fn sum(&self) -> i32 {
        self.y + 1
    }
}
const PS: [P; 2] = [P::new(1.5, 2), P::ORIGIN];
const HALF: f64 = 1.0 / 2.0;
const PI2: f64 = std::f64::consts::PI * 2.0;
static NAMES: [&str; 3] = ["a", "b", "c"];
static PAIRS: &[(&str, u32)] = &[("x", 1), ("y", 2)];
enum Op {
    Add,
    Mul,
}
const fn ap(o: Op, a: i32, b: i32) -> i32 {
    match o {
        Op::Add => a + b,
        Op::Mul => a * b,
    }
}
const A: i32 = ap(Op::Add, 2, 3) + ap(Op::Mul, 4, 5);
const OPT: Option<u8> = Some(3);
const U: u8 = match OPT {
    Some(x) => x,
    None => 0,
};
const fn count(s: &str, c: u8) -> usize {
    let b = s.as_bytes();
    let mut i = 0;
    let mut n = 0;
    while i < b.len() {
        if b[i] == c {
            n += 1;
        }
        i += 1;
    }
    n
}
const CN: usize = count("banana", b'a');
const LEN: usize = "hello".len();
const fn crc() -> [u32; 256] {
    let mut t = [0u32; 256];
    let mut i = 0;
    while i < 256 {
        let mut c = i as u32;
        let mut k = 0;
        while k < 8 {
            c = if c & 1 != 0 { 0xEDB88320 ^ (c >> 1) } else { c >> 1 };
            k += 1;
        }
        t[i] = c;
        i += 1;
    }
    t
}
static CRC: [u32; 256] = crc();
struct Mat<const R: usize, const C: usize>([[i32; C]; R]);
impl<const R: usize, const C: usize> Mat<R, C> {
    const CELLS: usize = R * C;
    fn t(&self) -> Mat<C, R> {
        let mut o = [[0; R]; C];
        for i in 0..R {
            for j in 0..C {
                o[j][i] = self.0[i][j];
            }
        }
        Mat(o)
    }
}
trait HasId {
    const ID: u32;
    const NAME: &'static str = "dflt";
    fn show() -> String {
        format!("{}#{}", Self::NAME, Self::ID)
    }
}
struct X;
struct Y;
impl HasId for X {
    const ID: u32 = 1;
}
impl HasId for Y {
    const ID: u32 = X::ID + 10;
    const NAME: &'static str = "why";
}
fn sum_all<const N: usize>(a: [i32; N]) -> i32 {
    a.iter().sum::<i32>() + N as i32
}
struct Buf<T, const N: usize = 4> {
    d: [T; N],
    n: usize,
}
impl<T: Copy + Default, const N: usize> Buf<T, N> {
    fn new() -> Self {
        Buf { d: [T::default(); N], n: 0 }
    }
    fn push(&mut self, t: T) -> bool {
        if self.n == N {
            false
        } else {
            self.d[self.n] = t;
            self.n += 1;
            true
        }
    }
}
const MSG: &str = concat!("a", 1, 2.5, true, 'c');
const ARR: [[u8; 2]; 2] = [[1; 2]; 2];
const TUP: (i32, &str) = (1, "t");
const BIG: u128 = 1 << 100;
const NEG: i8 = -128;
const SH: u32 = u32::MAX.count_ones();
const WR: u8 = 250u8.wrapping_add(10);
const MX: Option<u8> = 250u8.checked_add(10);
const fn max(a: &[i32]) -> i32 {
    let mut m = a[0];
    let mut i = 1;
    while i < a.len() {
        if a[i] > m {
            m = a[i];
        }
        i += 1;
    }
    m
}
const M: i32 = max(&[3, 9, 2]);
fn f<T: HasId>() -> [u8; 3] {
    let _ = T::ID;
    [T::ID as u8; 3]
}
fn same(a: &'static [&'static str]) -> usize {
    a.len()
}
fn main() {
    println!("{} {} {:?} {:?} {N}", fib(20), gcd(48, 18), T, ST);
    println!("{:?} {HALF} {PI2} {:?} {:?}", PS, NAMES, PAIRS);
    println!("{A} {U} {CN} {LEN} {:08x}", CRC[255]);
    let m = Mat([[1, 2, 3], [4, 5, 6]]);
    println!("{} {:?}", Mat::<2, 3>::CELLS, m.t().0);
    println!("{} {} {:?}", X::show(), <Y as HasId>::show(), f::<Y>());
    println!("{}", sum_all([1, 2, 3]));
    let mut b: Buf<i32> = Buf::new();
    for i in 0..6 {
        print!("{} ", b.push(i));
    }
    println!("{:?}", b.d);
    let mut c = Buf::<u8, { 1 + 1 }>::new();
    c.push(1);
    println!("{}", c.n);
    println!("{MSG} {:?} {:?} {BIG} {NEG} {SH} {WR} {:?} {M}", ARR, TUP, MX);
    println!("{}", same(&["a", "b"]));
    const LOCAL: usize = {
        let mut s = 0;
        let mut i = 0;
        loop {
            if i > 4 {
                break s;
            }
            s += i;
            i += 1;
        }
    };
    let z = [0; LOCAL];
    println!("{}", z.len());
    println!("{}", PS[0].sum());
    let x: [i32; {
        const fn k() -> usize {
            2
        }
        k() + 1
    }] = [1; 3];
    println!("{x:?}");
    const { assert!(LOCAL == 10) };
    println!("{}", const { 1 + 2 });
}
