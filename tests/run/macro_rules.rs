// `macro_rules!`: all fragments, nested repetitions, munchers, hygiene, macros that define items and macros.
macro_rules! hm { ($($k:expr => $v:expr),* $(,)?) => {{ let mut m = ::std::collections::BTreeMap::new(); $(m.insert($k, $v);)* m }}; }
macro_rules! run_both { ($i:item, $s:stmt, $($after:tt)*) => { $i $s; println!("{}", $($after)*); }; }
macro_rules! here { () => { line!() }; }
macro_rules! maxm { ($x:expr) => ($x); ($x:expr, $($r:expr),+) => {{ let a = $x; let b = maxm!($($r),+); if a > b { a } else { b } }}; }
macro_rules! count { () => (0usize); ($h:tt $($t:tt)*) => (1usize + count!($($t)*)); }
macro_rules! st { ($(#[$m:meta])* $vis:vis struct $n:ident { $($fv:vis $f:ident : $t:ty = $d:expr),* $(,)? }) => { $(#[$m])* $vis struct $n { $($fv $f: $t),* } impl Default for $n { fn default() -> Self { $n { $($f: $d),* } } } impl $n { pub const FIELDS: &'static [&'static str] = &[$(stringify!($f)),*]; } }; }
st! { #[derive(Debug, Clone)] pub struct Cfg { pub w: u32 = 3, name: String = "n".to_string(), } }
macro_rules! en { ($n:ident { $($v:ident = $s:literal),+ }) => { #[derive(Debug, Clone, Copy, PartialEq)] enum $n { $($v),+ } impl $n { fn s(self) -> &'static str { match self { $($n::$v => $s),+ } } fn all() -> Vec<$n> { vec![$($n::$v),+] } } impl std::str::FromStr for $n { type Err = String; fn from_str(s: &str) -> Result<Self, String> { match s { $($s => Ok($n::$v),)+ _ => Err(format!("bad {s}")) } } } }; }
en!(Col { Red = "red", Blue = "blue" });
macro_rules! mat { ($([$($x:expr),*]),*) => { vec![$(vec![$($x),*]),*] }; }
macro_rules! calc { (eval $e:expr) => { println!("{} = {}", stringify!($e), $e) }; (eval $e:expr, $(eval $es:expr),+) => {{ calc!(eval $e); calc!($(eval $es),+) }}; }
macro_rules! mkfn { ($n:ident, $($a:ident : $t:ty),* => $r:ty $b:block) => { fn $n($($a: $t),*) -> $r $b }; }
mkfn!(addf, a: i32, b: i32 => i32 { a + b });
macro_rules! ops { ($t:ty; $($tr:ident $f:ident $op:tt),*) => { $(impl std::ops::$tr for $t { type Output = $t; fn $f(self, o: $t) -> $t { V(self.0 $op o.0) } })* }; }
#[derive(Debug, Clone, Copy)]
struct V(i32);
ops!(V; Add add +, Sub sub -, Mul mul *);
macro_rules! swp {
    ($a:ident, $b:ident) => {
        let tmp = $a;
        $a = $b;
        $b = tmp;
    };
}
macro_rules! hyg {
    ($e:expr) => {{
        let x = 10;
        $e + x
    }};
}
macro_rules! lt { ($l:lifetime, $b:block) => { $l: loop { $b; break $l; } }; }
macro_rules! pt {
    ($p:pat => $e:expr, $v:expr) => {
        match $v {
            $p => $e,
            _ => -1,
        }
    };
}
macro_rules! pth {
    ($p:path) => {
        <$p>::new()
    };
}
macro_rules! it { ($($i:item)*) => { $($i)* }; }
it! { fn i1() -> i32 { 1 } struct I2; impl I2 { fn v(&self) -> i32 { i1() + 1 } } }
macro_rules! defm {
    ($n:ident, $v:expr) => {
        macro_rules! $n {
            () => {
                $v
            };
            ($d:expr) => {
                $v + $d
            };
        }
    };
}
defm!(five, 5);
macro_rules! rpn { (@s [$r:expr]) => { $r }; (@s [$b:expr, $a:expr $(, $r:expr)*] + $($t:tt)*) => { rpn!(@s [$a + $b $(, $r)*] $($t)*) }; (@s [$b:expr, $a:expr $(, $r:expr)*] * $($t:tt)*) => { rpn!(@s [$a * $b $(, $r)*] $($t)*) }; (@s [$($r:expr),*] $n:literal $($t:tt)*) => { rpn!(@s [$n $(, $r)*] $($t)*) }; ($($t:tt)+) => { rpn!(@s [] $($t)+) }; }
macro_rules! nested { ($($n:ident: [$($v:expr),*];)*) => { $(let $n = [$($v * 2),*]; println!("{} {:?}", stringify!($n), $n);)* }; }
macro_rules! opt { ($a:expr $(, $b:expr)?) => { $a $(+ $b)? }; }
macro_rules! tuple_impl { ($($n:ident),+) => { impl<$($n: Sz),+> Sz for ($($n,)+) { fn sz() -> usize { 0 $(+ $n::sz())+ } } }; }
trait Sz {
    fn sz() -> usize;
}
impl Sz for u8 {
    fn sz() -> usize {
        1
    }
}
impl Sz for u32 {
    fn sz() -> usize {
        4
    }
}
tuple_impl!(A);
tuple_impl!(A, B);
tuple_impl!(A, B, C);
mod m {
    #[macro_export]
    macro_rules! exported {
        () => {
            $crate::m::helper()
        };
    }
    pub fn helper() -> &'static str {
        "helped"
    }
    macro_rules! local {
        ($x:expr) => {
            $x * 3
        };
    }
    pub(crate) use local;
    pub fn k() -> i32 {
        local!(2)
    }
}
use m::local;
#[macro_use]
mod mu {
    macro_rules! mumac { ($($t:tt)*) => { stringify!($($t)*) }; }
}
macro_rules! kv { ($($key:ident : $val:tt),*) => { vec![$((stringify!($key), kv!(@v $val))),*] }; (@v {$($i:tt)*}) => { "obj".to_string() }; (@v [$($e:expr),*]) => { format!("{:?}", [$($e),*]) }; (@v $e:expr) => { format!("{}", $e) }; }
macro_rules! ty_name {
    ($t:ty) => {
        stringify!($t)
    };
}
macro_rules! impl_tr { ($($t:ty => $v:expr),+ $(,)?) => { $(impl Nm for $t { fn nm(&self) -> String { format!("{}:{}", $v, self) } })+ }; }
trait Nm {
    fn nm(&self) -> String;
}
impl_tr!(i32 => "i", bool => "b", &str => "s",);
macro_rules! vis_fn { ($v:vis fn $n:ident() $b:block) => { $v fn $n() -> i32 $b }; }
vis_fn!(
    pub(crate) fn vf() {
        3
    }
);
vis_fn!(
    fn vf2() {
        4
    }
);
macro_rules! chain { ($x:expr $(=> $f:ident($($a:expr),*))*) => { $x$(.$f($($a),*))* }; }
macro_rules! wh {
    ($c:expr; $b:stmt) => {
        if $c {
            $b;
        }
    };
}
macro_rules! esc { ($($i:ident)|+) => { [$(stringify!($i)),+].join("|") }; }
fn main() {
    println!("{:?} {}", hm! {"a" => 1, "b" => 2,}, maxm!(3, 9, 4));
    println!("{}", count!(a b (c d) e));
    println!("{:?} {:?}", Cfg::default(), Cfg::FIELDS);
    println!(
        "{:?} {:?} {:?}",
        Col::all().iter().map(|c| c.s()).collect::<Vec<_>>(),
        "blue".parse::<Col>(),
        "x".parse::<Col>()
    );
    println!("{:?}", mat!([1, 2], [3, 4]));
    calc!(eval 1 + 2, eval (3 * 4) - 1);
    println!("{}", addf(1, 2));
    println!("{:?}", (V(1) + V(2)) * V(3) - V(4));
    let mut a = 1;
    let mut b = 2;
    swp!(a, b);
    println!("{a} {b}");
    let x = 1;
    println!("{}", hyg!(x));
    lt!('o, { println!("in") });
    println!("{}", pt!(Some(3 | 4) => 1, Some(3)));
    println!("{:?}", {
        let s: String = pth!(String);
        s
    });
    println!("{}", I2.v());
    println!("{} {}", five!(), five!(2));
    println!("{}", rpn!(2 3 + 4 *));
    nested! { p: [1, 2]; q: [3]; }
    println!("{} {}", opt!(1), opt!(1, 2));
    println!("{}", <(u8, u32, u32)>::sz());
    println!("{} {} {} {}", exported!(), crate::exported!(), local!(4), m::k());
    println!("{}", mumac!(a + b));
    println!("{:?}", kv!(a: 1, b: {x y}, c: [1, 2]));
    println!("{}", ty_name!(Vec<Option<&'static str>>));
    println!("{} {} {}", 1.nm(), true.nm(), "q".nm());
    println!("{}", vf() + vf2());
    println!(
        "{:?}",
        chain!(vec![3, 1, 2].into_iter() => map(|x| x + 1) => rev()).collect::<Vec<i32>>().len()
    );
    wh!(true; println!("stmt"));
    println!("{}", esc!(a | b | c));
    println!("{} {}", line!(), module_path!());
    println!("{}", stringify!(a + b::c<d>));
    let v: Vec<i32> = vec![];
    assert!(v.is_empty(), "msg {}", 1);
    println!("{}", concat!("x", stringify!(y), 1u8));
    macro_rules! inner {
        ($a:tt . $b:tt) => {
            $a.$b
        };
    }
    let t = (1, (2, 3));
    println!("{}", inner!(t.0));
    run_both!(fn twice(n: i32) -> i32 { n * 2 }, let six: i32 = twice(3), six);
    run_both!(const ONE: u8 = 1;, let (one, Some(two)) = (ONE, Some(2)) else { return }, one + two);
    println!(
        "{} {}",
        line!(),
        here!()
    );
}
