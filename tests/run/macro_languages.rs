// macro_rules DSLs, modules, visibility, const items, nested generics, consts
mod geometry {
    pub mod shapes {
        use super::Unit;
        #[derive(Debug, Clone, PartialEq)]
        pub struct Rect {
            pub w: f32,
            pub(crate) h: f32,
            pub(crate) id: u32,
        }
        impl Rect {
            pub const UNIT: Rect = Rect { w: 1.0, h: 1.0, id: 0 };
            pub fn new(w: f32, h: f32) -> Self {
                Self { w, h, id: super::next_id(&w) }
            }
            pub fn area<U: Unit>(&self) -> (f32, &'static str) {
                (self.w * self.h * U::FACTOR * U::FACTOR, U::NAME)
            }
        }
        impl Default for Rect {
            fn default() -> Self {
                Self::UNIT.clone()
            }
        }
    }
    pub trait Unit {
        const FACTOR: f32;
        const NAME: &'static str = "?";
    }
    pub struct Meter;
    pub struct Cm;
    impl Unit for Meter {
        const FACTOR: f32 = 1.0;
        const NAME: &'static str = "m2";
    }
    impl Unit for Cm {
        const FACTOR: f32 = 100.0;
    }
    fn next_id(w: &f32) -> u32 {
        w.to_bits() >> 24
    }
    pub fn id_of(r: &shapes::Rect) -> u32 {
        r.id
    }
    pub use self::shapes::Rect as R;
}
use geometry::{Cm, Meter, R, id_of};
macro_rules! hashmap { ($($k:expr => $v:expr),* $(,)?) => {{ #[allow(unused_mut)] let mut m = ::std::collections::BTreeMap::new(); $(m.insert($k, $v);)* m }}; }
macro_rules! max { ($x:expr) => ($x); ($x:expr, $($rest:expr),+) => {{ let a = $x; let b = max!($($rest),+); if a > b { a } else { b } }}; }
macro_rules! count { () => (0usize); ($h:tt $($t:tt)*) => (1usize + count!($($t)*)); }
macro_rules! make_enum { ($(#[$m:meta])* $vis:vis enum $name:ident { $($variant:ident = $s:literal),+ $(,)? }) => { $(#[$m])* $vis enum $name { $($variant),+ } impl $name { pub const ALL: [$name; count!($($variant)+)] = [$($name::$variant),+]; pub fn as_str(&self) -> &'static str { match self { $(Self::$variant => $s),+ } } } impl ::std::str::FromStr for $name { type Err = String; fn from_str(s: &str) -> Result<Self, String> { match s { $($s => Ok($name::$variant),)+ other => Err(format!("{} is no {}", other, stringify!($name))) } } } impl std::fmt::Display for $name { fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.pad(self.as_str()) } } }; }
make_enum! { #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)] pub enum Color { Red = "red", Green = "green", Blue = "blue" } }
macro_rules! calc { (eval $e:expr) => { println!("{} = {}", stringify!($e), $e) }; (eval $e:expr, $(eval $es:expr),+) => {{ calc!(eval $e); calc!($(eval $es),+) }}; }
macro_rules! vec_of_strings { ($($s:literal)*) => { vec![$(String::from($s)),*] }; }
macro_rules! impl_trait { ($tr:ident for $($t:ty),+ => $body:block) => { $(impl $tr for $t { fn describe(&self) -> String { let _ = self; $body.to_string() + "/" + stringify!($t) } })+ }; }
trait Describe {
    fn describe(&self) -> String;
}
impl_trait!(Describe for u8, i64, Vec<String>, (f32, char) => { "thing" });
macro_rules! compose { ($f:expr) => { $f }; ($f:expr, $($r:expr),+) => { |x| compose!($($r),+)($f(x)) }; }
macro_rules! my_assert { ($cond:expr $(, $($arg:tt)+)?) => { if !$cond { println!("failed: {}{}", stringify!($cond), my_assert!(@msg $(, $($arg)+)?)); } }; (@msg) => { String::new() }; (@msg, $($arg:tt)+) => { format!(" ({})", format_args!($($arg)+)) }; }
macro_rules! state_machine { ($name:ident { $($from:ident => { $($ev:ident => $to:ident),* $(,)? }),* $(,)? }) => { #[derive(Debug, Clone, Copy, PartialEq)] enum $name { $($from),* } impl $name { fn step(self, ev: &str) -> Option<Self> { match (self, ev) { $($(($name::$from, stringify!($ev)) => Some($name::$to),)*)* _ => None } } } }; }
state_machine! { Light { Red => { go => Green }, Green => { slow => Yellow, halt => Red }, Yellow => { stop => Red } } }
macro_rules! matrix { ($([$($x:expr),* $(,)?]),* $(,)?) => { [$([$($x),*]),*] }; }
macro_rules! struct_with_getters { ($n:ident { $($f:ident : $t:ty = $d:expr),* $(,)? }) => { #[derive(Debug)] struct $n { $($f: $t),* } impl $n { fn new() -> Self { Self { $($f: $d),* } } $(fn $f(&self) -> &$t { &self.$f })* } }; }
struct_with_getters! { Settings { depth: u8 = 3, name: String = "x".repeat(3), ratio: Option<f64> = Some(0.5) } }
const PRIMES: [usize; 5] = {
    let mut out = [0; 5];
    let (mut n, mut i) = (2, 0);
    while i < 5 {
        let mut d = 2;
        let mut ok = true;
        while d * d <= n {
            if n % d == 0 {
                ok = false;
                break;
            }
            d += 1;
        }
        if ok {
            out[i] = n;
            i += 1;
        }
        n += 1;
    }
    out
};
const LEN: usize = PRIMES.len() * 2;
type Grid<T, const W: usize = 3> = [[T; W]; 2];
static GREETING: &str = concat!("v", 1, '.', 2.5, true);
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
enum Level {
    Low = 1,
    Mid = 5,
    High = Level::Mid as u8 + PRIMES[2] as u8,
}
impl TryFrom<u8> for Level {
    type Error = u8;
    fn try_from(n: u8) -> Result<Self, u8> {
        Ok(match n {
            x if x == Level::Low as u8 => Level::Low,
            5 => Level::Mid,
            10 => Level::High,
            other => return Err(other),
        })
    }
}
fn main() {
    let r = R::new(2.0, 3.5);
    println!(
        "{:?} {:?} {:?} {}",
        r.area::<Meter>(),
        r.area::<Cm>(),
        R { w: 0.5, ..r.clone() }.area::<Meter>(),
        id_of(&r)
    );
    println!(
        "{:?} {}",
        hashmap! { "a" => 1, "b" => 2, },
        hashmap! { 1 => 'x' }.len()
            - if false {
                hashmap! { 0u8 => 0u8 }.len()
            } else {
                let e: std::collections::BTreeMap<u8, u8> = hashmap! {};
                e.len()
            }
    );
    println!("{} {}", max!(3, 9, 4), count!(a b (c d) [e]));
    println!("{:?} {:?} {:?}", Color::ALL, "green".parse::<Color>(), "pink".parse::<Color>());
    println!("[{:>6}] [{:<6}]", Color::Red, Color::ALL[2]);
    calc!(eval 1 + 2, eval (3 * 4) % 5, eval max!(1, 2));
    println!("{:?}", vec_of_strings!["a" "b"]);
    println!("{} {} {}", 1u8.describe(), vec_of_strings![].describe(), (1.0f32, 'c').describe());
    println!("{}", compose!(|x: i32| x + 1, |x| x * 10, |x: i32| format!("<{x}>"))(4));
    my_assert!(1 > 2);
    my_assert!(1 + 1 == 3, "because {} {x}", 1, x = 2);
    my_assert!(true);
    let mut l = Light::Red;
    for e in ["go", "slow", "go", "stop"] {
        match l.step(e) {
            Some(n) => {
                println!("{l:?} -{e}-> {n:?}");
                l = n
            }
            None => println!("{l:?} ignores {e}"),
        }
    }
    let m = matrix!([1, 2, 3], [4, 5, 6,],);
    let g: Grid<i32> = m;
    println!("{:?} {}", g, g.iter().flatten().filter(|x| *x % 2 == 0).count());
    let s = Settings::new();
    println!("{} {} {:?} {s:?}", s.depth(), s.name(), s.ratio());
    println!(
        "{PRIMES:?} {LEN} {GREETING} {:?} {:?} {:?}",
        Level::High as i32,
        Level::try_from(10),
        Level::try_from(7)
    );
    println!(
        "{:?} {}",
        Level::Low < Level::High,
        line!() > 10 && file!().ends_with(".rs") && module_path!().len() > 0
    );
    let v @ (a, b) = (1, "x");
    println!("{v:?} {a} {b}");
    let x = 'outer: loop {
        let mut n = 0;
        loop {
            n += 7;
            if n % 5 == 0 {
                break 'outer n;
            }
            if n > 100 {
                break;
            }
        }
    };
    println!("{x}");
    let t = {
        const K: i32 = 4;
        fn sq(x: i32) -> i32 {
            x * x
        }
        sq(K)
    };
    println!("{t}");
    println!(
        "{}",
        if let (Some(a), Ok(b)) | (Some(b), Err(a)) = (Some(3), Err::<i32, i32>(4)) { a * 10 + b } else { 0 }
    );
    let [first, .., last] = PRIMES;
    println!("{first} {last}");
    dbg!(first);
    assert!(matches!(l, Light::Red | Light::Green if x > 0), "l {l:?}");
    let c = |n: u32| -> Result<u32, String> {
        let r: Result<u32, _> =
            u32::try_from(-1i64).or_else(|_| if n > 2 { Ok(n) } else { Err(format!("small {n}")) });
        Ok(r? + 1)
    };
    println!("{:?} {:?}", c(1), c(5));
    todo_free();
    #[derive(Debug)]
    struct Local<'a, T: ?Sized>(&'a T);
    println!("{:?} {:?}", Local("str"), Local(&[1, 2][..]));
    let unit = ();
    println!("{:?} {}", unit, std::mem::size_of_val(&unit));
    let big = 1_000_000_i64 * 3;
    println!("{big:>+12} {0:#b} {0:#o}", 10u8);
    std::process::exit(match l {
        Light::Red => 0,
        _ => 3,
    });
}
fn todo_free() {
    #[cfg(debug_assertions)]
    println!("debug");
    #[cfg(not(any(unix, windows)))]
    compile_error!("?");
    if cfg!(target_pointer_width = "64") {
        println!("64")
    }
}
