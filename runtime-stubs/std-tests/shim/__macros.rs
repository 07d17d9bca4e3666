//! What rustc expects of a core library beyond ours: macros, panic entries, formatting plumbing, and a host of ten lines.
use crate::marker::*;
use crate::boxed::Box;
use crate::fmt;
use crate::intrinsics::inner;
use crate::option::Option::{self, None, Some};
#[rustc_builtin_macro] #[allow_internal_unstable(core_intrinsics)] pub macro Clone($item:item) {}
#[rustc_builtin_macro] pub macro Copy($item:item) {}
#[rustc_builtin_macro] pub macro Debug($item:item) {}
#[rustc_builtin_macro(Default, attributes(default))] pub macro Default($item:item) {}
#[rustc_builtin_macro] pub macro Eq($item:item) {}
#[rustc_builtin_macro] pub macro Hash($item:item) {}
#[rustc_builtin_macro] pub macro Ord($item:item) {}
#[rustc_builtin_macro] pub macro PartialEq($item:item) {}
#[rustc_builtin_macro] pub macro PartialOrd($item:item) {}
#[rustc_builtin_macro] pub macro derive($item:item) {}
#[rustc_builtin_macro] #[macro_export] macro_rules! stringify { ($($t:tt)*) => {} }
#[rustc_builtin_macro] #[macro_export] macro_rules! concat { ($($t:tt)*) => {} }
#[rustc_builtin_macro] #[macro_export] macro_rules! cfg { ($($t:tt)*) => {} }
#[rustc_builtin_macro] #[macro_export] macro_rules! include_str { ($($t:tt)*) => {} }
#[rustc_builtin_macro] #[macro_export] macro_rules! line { () => {} }
#[rustc_builtin_macro] #[allow_internal_unstable(fmt_internals)] #[macro_export] macro_rules! format_args { ($($t:tt)*) => {} }
#[macro_export] macro_rules! format { ($($t:tt)*) => { $crate::fmt::format($crate::format_args!($($t)*)) } }
#[macro_export] macro_rules! print { ($($t:tt)*) => { $crate::io::__print(&$crate::format!($($t)*)) } }
#[macro_export] macro_rules! println { () => { $crate::io::__print("\n") }; ($($t:tt)*) => { $crate::io::__println(&$crate::format!($($t)*)) } }
#[macro_export] macro_rules! eprintln { () => { $crate::io::__eprint("\n") }; ($($t:tt)*) => { $crate::io::__eprint(&$crate::format!($($t)*)) } }
#[macro_export] macro_rules! write { ($w:expr, $($t:tt)*) => { $w.write_fmt($crate::format_args!($($t)*)) } }
#[macro_export] macro_rules! writeln { ($w:expr $(,)?) => { $w.write_fmt($crate::format_args!("\n")) }; ($w:expr, $f:literal $($t:tt)*) => { $w.write_fmt($crate::format_args!($crate::concat!($f, "\n") $($t)*)) } }
#[macro_export] macro_rules! panic { () => { $crate::panicking::panic("explicit panic") }; ($($t:tt)*) => { $crate::panicking::panic_fmt($crate::format!($($t)*)) } }
#[macro_export] macro_rules! unreachable { () => { $crate::panicking::panic("internal error: entered unreachable code") }; ($($t:tt)*) => { $crate::panic!("internal error: entered unreachable code: {}", $crate::format_args!($($t)*)) } }
#[macro_export] macro_rules! assert { ($c:expr $(,)?) => { if !$c { $crate::panicking::panic($crate::concat!("assertion failed: ", $crate::stringify!($c))) } }; ($c:expr, $($t:tt)*) => { if !$c { $crate::panic!($($t)*) } } }
#[macro_export] macro_rules! assert_eq { ($a:expr, $b:expr $(,)?) => { match (&$a, &$b) { (l, r) => if !(*l == *r) { $crate::panicking::__assert_failed("==", &*l, &*r, $crate::option::Option::None) } } }; ($a:expr, $b:expr, $($t:tt)*) => { match (&$a, &$b) { (l, r) => if !(*l == *r) { $crate::panicking::__assert_failed("==", &*l, &*r, $crate::option::Option::Some($crate::format!($($t)*))) } } } }
#[macro_export] macro_rules! assert_ne { ($a:expr, $b:expr $(,)?) => { match (&$a, &$b) { (l, r) => if *l == *r { $crate::panicking::__assert_failed("!=", &*l, &*r, $crate::option::Option::None) } } } }
#[macro_export] macro_rules! matches { ($e:expr, $p:pat $(if $g:expr)? $(,)?) => { match $e { $p $(if $g)? => true, _ => false } } }
#[macro_export] macro_rules! vec { () => { $crate::vec::Vec::new() }; ($e:expr; $n:expr) => { $crate::vec::from_elem($e, $n) }; ($($x:expr),+ $(,)?) => { $crate::vec::from_array([$($x),+]) } }

#[repr(transparent)] #[rustc_layout_scalar_valid_range_start(1)] pub struct NonNull<T: ?Sized> { pointer: *const T }
impl<T: ?Sized> Clone for NonNull<T> { fn clone(&self) -> Self { *self } }
impl<T: ?Sized> Copy for NonNull<T> {}
use crate::clone::Clone;
pub struct Unique<T: ?Sized> { pointer: NonNull<T>, marker: PhantomData<T> }
use crate::ops::Drop;
unsafe impl<#[may_dangle] T: ?Sized> Drop for Box<T> {
    fn drop(&mut self) { unsafe { let p: *mut T = transmute_any(inner::read_via_copy(self as *mut Box<T> as *const Unique<T>)); crate::boxed::box_free(p) } }
}
#[lang = "eh_personality"] fn eh() {}
#[lang = "panic_location"] pub struct Location<'a> { f: NonNull<str>, l: u32, c: u32, m: PhantomData<&'a str> }
#[lang = "panic_nounwind"] fn panic_nounwind(m: &'static str) -> ! { inner::abort() }
#[lang = "panic_cannot_unwind"] fn panic_cannot_unwind() -> ! { inner::abort() }
#[lang = "panic_in_cleanup"] fn panic_in_cleanup() -> ! { inner::abort() }
#[lang = "panic_bounds_check"] #[track_caller] fn pbc(i: usize, l: usize) -> ! { crate::panicking::panic_bounds_check(i, l) }
#[lang = "panic"] #[track_caller] fn pnc(m: &'static str) -> ! { crate::panicking::panic(m) }
macro_rules! pc { ($($l:literal $n:ident $c:literal $m:literal;)*) => { $( #[lang = $l] #[track_caller] fn $n() -> ! { crate::panicking::panic_const($c, $m) } )* } }
pc! { "panic_const_add_overflow" a1 3 "attempt to add with overflow"; "panic_const_sub_overflow" a2 3 "attempt to subtract with overflow"; "panic_const_mul_overflow" a3 3 "attempt to multiply with overflow"; "panic_const_div_overflow" a4 3 "attempt to divide with overflow"; "panic_const_rem_overflow" a5 3 "attempt to calculate the remainder with overflow"; "panic_const_neg_overflow" a6 3 "attempt to negate with overflow"; "panic_const_shl_overflow" a7 3 "attempt to shift left with overflow"; "panic_const_shr_overflow" a8 3 "attempt to shift right with overflow"; "panic_const_div_by_zero" a9 4 "attempt to divide by zero"; "panic_const_rem_by_zero" a10 4 "attempt to calculate the remainder with a divisor of zero"; }
#[lang = "drop_in_place"] pub unsafe fn drop_in_place<T: ?Sized>(p: *mut T) { unsafe { drop_in_place(p) } }
pub unsafe fn transmute_any<A, B>(a: A) -> B { unsafe { inner::transmute_unchecked(a) } }
unsafe extern "C" {
    fn floor(x: f64) -> f64; fn ceil(x: f64) -> f64; fn trunc(x: f64) -> f64; fn rint(x: f64) -> f64;
    fn write(fd: i32, p: *const u8, n: usize) -> isize; fn malloc(n: usize) -> *mut u8; fn exit(c: i32) -> !; fn calloc(a: usize, b: usize) -> *mut u8;
}
pub unsafe fn f1<T>(a: T, k: i32) -> T { unsafe {
    if const { inner::size_of::<T>() } == 8 { let x: f64 = transmute_any(a); let y = match k { 0 => inner::sqrtf64(x), 1 => floor(x), 2 => ceil(x), 3 => trunc(x), 4 => rint(x), _ => f64::from_bits(x.to_bits() & 0x7fff_ffff_ffff_ffff) }; transmute_any(y) }
    else { let x: f32 = transmute_any(a); let y = match k { 0 => inner::sqrtf32(x), 1 => floor(x as f64) as f32, 2 => ceil(x as f64) as f32, 3 => trunc(x as f64) as f32, 4 => rint(x as f64) as f32, _ => f32::from_bits(x.to_bits() & 0x7fff_ffff) }; transmute_any(y) }
} }
pub unsafe fn f2<T>(a: T, b: T) -> T { unsafe {
    if const { inner::size_of::<T>() } == 8 { let x: f64 = transmute_any(a); let y: f64 = transmute_any(b); transmute_any(f64::from_bits(x.to_bits() & 0x7fff_ffff_ffff_ffff | y.to_bits() & 0x8000_0000_0000_0000)) }
    else { let x: f32 = transmute_any(a); let y: f32 = transmute_any(b); transmute_any(f32::from_bits(x.to_bits() & 0x7fff_ffff | y.to_bits() & 0x8000_0000)) }
} }
pub unsafe fn f3<T>(a: T, b: T, c: T) -> T { unsafe {
    if const { inner::size_of::<T>() } == 8 { transmute_any(inner::fmaf64(transmute_any(a), transmute_any(b), transmute_any(c))) } else { transmute_any(inner::fmaf32(transmute_any(a), transmute_any(b), transmute_any(c))) }
} }
// host
static mut STATE: *mut crate::rt::State = 0 as *mut crate::rt::State;
pub unsafe fn rt_state() -> *mut crate::rt::State { unsafe { STATE } }
pub unsafe fn host_call(slot: usize, a: usize, b: usize, c: usize, d: usize) -> isize { unsafe {
    match slot {
        1 => { let buf = d as *mut crate::rt::Buf; (*buf).ptr = calloc(1, c + 64); (*buf).cap = c as u64; 0 }
        2 => { let out = (*(*STATE).cx).outputs; write(1, (*out).ptr as *const u8, (*out).len as usize); 0 }
        7 => { let f = a as *const crate::rt::Failure; if (*f).code == 8 { exit((*f).detail as i32) } let p = (*f).msg; write(2, "panic: ".as_ptr(), 7); write(2, p, (*f).msg_len as usize); write(2, "\n".as_ptr(), 1); exit(101) }
        8 => { write(2, b as *const u8, c); 0 }
        _ => inner::abort(),
    }
} }
pub unsafe fn run(main: fn()) { unsafe {
    let cx = calloc(1, 128) as *mut crate::rt::Ctx;
    (*cx).outputs = calloc(1, 64) as *mut crate::rt::Buf;
    (*cx).heap = malloc(1 << 20); (*cx).heap_len = 1 << 20;
    STATE = malloc(const { inner::size_of::<crate::rt::State>() }) as *mut crate::rt::State;
    crate::rt::start(STATE, cx as *const crate::rt::Ctx, 0, usize::MAX);
    main();
    crate::rt::finish();
    let out = (*cx).outputs; write(1, (*out).ptr as *const u8, (*out).len as usize);
} }
// derive support
use crate::fmt::Debug;
impl fmt::Formatter<'_> {
    pub fn debug_struct_field1_finish<T0: Debug + ?Sized>(&mut self, name: &str, n0: &str, v0: &T0) -> fmt::Result { let mut b = self.debug_struct(name); b.field(n0, v0); b.finish() }
    pub fn debug_tuple_field1_finish<T0: Debug + ?Sized>(&mut self, name: &str, v0: &T0) -> fmt::Result { let mut b = self.debug_tuple(name); b.field(v0); b.finish() }
    pub fn debug_struct_field2_finish<T0: Debug + ?Sized, T1: Debug + ?Sized>(&mut self, name: &str, n0: &str, v0: &T0, n1: &str, v1: &T1) -> fmt::Result { let mut b = self.debug_struct(name); b.field(n0, v0); b.field(n1, v1); b.finish() }
    pub fn debug_tuple_field2_finish<T0: Debug + ?Sized, T1: Debug + ?Sized>(&mut self, name: &str, v0: &T0, v1: &T1) -> fmt::Result { let mut b = self.debug_tuple(name); b.field(v0); b.field(v1); b.finish() }
    pub fn debug_struct_field3_finish<T0: Debug + ?Sized, T1: Debug + ?Sized, T2: Debug + ?Sized>(&mut self, name: &str, n0: &str, v0: &T0, n1: &str, v1: &T1, n2: &str, v2: &T2) -> fmt::Result { let mut b = self.debug_struct(name); b.field(n0, v0); b.field(n1, v1); b.field(n2, v2); b.finish() }
    pub fn debug_tuple_field3_finish<T0: Debug + ?Sized, T1: Debug + ?Sized, T2: Debug + ?Sized>(&mut self, name: &str, v0: &T0, v1: &T1, v2: &T2) -> fmt::Result { let mut b = self.debug_tuple(name); b.field(v0); b.field(v1); b.field(v2); b.finish() }
    pub fn debug_struct_field4_finish<T0: Debug + ?Sized, T1: Debug + ?Sized, T2: Debug + ?Sized, T3: Debug + ?Sized>(&mut self, name: &str, n0: &str, v0: &T0, n1: &str, v1: &T1, n2: &str, v2: &T2, n3: &str, v3: &T3) -> fmt::Result { let mut b = self.debug_struct(name); b.field(n0, v0); b.field(n1, v1); b.field(n2, v2); b.field(n3, v3); b.finish() }
    pub fn debug_tuple_field4_finish<T0: Debug + ?Sized, T1: Debug + ?Sized, T2: Debug + ?Sized, T3: Debug + ?Sized>(&mut self, name: &str, v0: &T0, v1: &T1, v2: &T2, v3: &T3) -> fmt::Result { let mut b = self.debug_tuple(name); b.field(v0); b.field(v1); b.field(v2); b.field(v3); b.finish() }
    pub fn debug_struct_field5_finish<T0: Debug + ?Sized, T1: Debug + ?Sized, T2: Debug + ?Sized, T3: Debug + ?Sized, T4: Debug + ?Sized>(&mut self, name: &str, n0: &str, v0: &T0, n1: &str, v1: &T1, n2: &str, v2: &T2, n3: &str, v3: &T3, n4: &str, v4: &T4) -> fmt::Result { let mut b = self.debug_struct(name); b.field(n0, v0); b.field(n1, v1); b.field(n2, v2); b.field(n3, v3); b.field(n4, v4); b.finish() }
    pub fn debug_tuple_field5_finish<T0: Debug + ?Sized, T1: Debug + ?Sized, T2: Debug + ?Sized, T3: Debug + ?Sized, T4: Debug + ?Sized>(&mut self, name: &str, v0: &T0, v1: &T1, v2: &T2, v3: &T3, v4: &T4) -> fmt::Result { let mut b = self.debug_tuple(name); b.field(v0); b.field(v1); b.field(v2); b.field(v3); b.field(v4); b.finish() }
}


impl<T: ?Sized> Clone for &T { fn clone(&self) -> Self { *self } }
impl<T: ?Sized> Copy for &T {}
impl<T: Clone, const N: usize> Clone for [T; N] { fn clone(&self) -> Self { crate::array::from_fn(|i| self[i].clone()) } }
impl<T: Copy, const N: usize> Copy for [T; N] {}
impl Clone for ! { fn clone(&self) -> Self { *self } }
impl Copy for ! {}
pub fn disc<T>(v: &T) -> u64 { unsafe { let d = inner::discriminant_value(v); let n = const { inner::size_of::<<T as DiscriminantKind>::Discriminant>() }; match n { 1 => transmute_any::<_, u8>(d) as u64, 2 => transmute_any::<_, u16>(d) as u64, 4 => transmute_any::<_, u32>(d) as u64, 8 => transmute_any::<_, u64>(d), _ => 0 } } }
#[lang = "format_argument"]
pub struct Argument<'a> { p: *const u8, f: fn(*const u8, &mut fmt::Formatter<'_>) -> fmt::Result, n: usize, m: PhantomData<&'a ()> }
macro_rules! newarg { ($($n:ident $t:ident;)*) => { impl<'a> Argument<'a> { $( pub fn $n<T: fmt::$t>(x: &'a T) -> Argument<'a> { fn show<T: fmt::$t>(p: *const u8, f: &mut fmt::Formatter<'_>) -> fmt::Result { unsafe { fmt::$t::fmt(&*(p as *const T), f) } } Argument { p: x as *const T as *const u8, f: show::<T>, n: 0, m: PhantomData } } )* } } }
newarg! { new_display Display; new_debug Debug; new_octal Octal; new_lower_hex LowerHex; new_upper_hex UpperHex; new_binary Binary; new_lower_exp LowerExp; new_upper_exp UpperExp; }
impl<'a> Argument<'a> { pub fn from_usize(x: &'a usize) -> Argument<'a> { fn none(_: *const u8, _: &mut fmt::Formatter<'_>) -> fmt::Result { crate::result::Result::Ok(()) } Argument { p: 0 as *const u8, f: none, n: *x, m: PhantomData } } }
use crate::string::String;
impl<'a> fmt::Arguments<'a> {
    pub fn from_str(s: &'static str) -> fmt::Arguments<'a> { fmt::Arguments::__new({ let mut o = String::new(); o.push_str(s); o }) }
    pub fn from_str_nonconst(s: &'static str) -> fmt::Arguments<'a> { fmt::Arguments::from_str(s) }
    pub unsafe fn new<const N: usize, const M: usize>(t: &'a [u8; N], args: &'a [Argument<'a>; M]) -> fmt::Arguments<'a> {
        let mut out = String::new();
        let mut at = 0usize; let mut arg = 0usize; let mut bad = false;
        {
            let mut f = fmt::Formatter::__new(&mut out);
            let u16_at = |k: usize| t[k] as usize | (t[k + 1] as usize) << 8;
            loop {
                let b = t[at] as usize; at += 1;
                if b == 0 { break; }
                if b < 0x80 { f.__lit(unsafe { crate::str::from_utf8_unchecked(&t[at..at + b]) }); at += b; }
                else if b == 0x80 { let n = u16_at(at); at += 2; f.__lit(unsafe { crate::str::from_utf8_unchecked(&t[at..at + n]) }); at += n; }
                else {
                    let mut flags = 0x6000_0020u32; let mut w = None; let mut p = None;
                    if b & 1 != 0 { flags = u16_at(at) as u32 | (u16_at(at + 2) as u32) << 16; at += 4; }
                    if b & 2 != 0 { let x = u16_at(at); at += 2; w = Some(if b & 16 != 0 { args[x].n } else { x }); }
                    if b & 4 != 0 { let x = u16_at(at); at += 2; p = Some(if b & 32 != 0 { args[x].n } else { x }); }
                    if b & 8 != 0 { arg = u16_at(at); at += 2; }
                    if w.is_none() && flags >> 27 & 1 == 1 { w = Some(0); } if p.is_none() && flags >> 28 & 1 == 1 { p = Some(0); }
                    let align = match flags >> 29 & 3 { 0 => 1u8, 1 => 3, 2 => 2, _ => 0 };
                    let mut fl = 0u32;
                    if flags >> 21 & 1 == 1 { fl |= 1; } if flags >> 22 & 1 == 1 { fl |= 2; } if flags >> 23 & 1 == 1 { fl |= 4; } if flags >> 24 & 1 == 1 { fl |= 8; } if flags >> 25 & 1 == 1 { fl |= 16; } if flags >> 26 & 1 == 1 { fl |= 32; }
                    f.__spec(unsafe { char::from_u32_unchecked(flags & 0x1f_ffff) }, align, fl, w, p);
                    let a = &args[arg]; arg += 1;
                    if (a.f)(a.p, &mut f).is_err() { bad = true; }
                }
            }
        }
        fmt::Arguments::__new(out)
    }
}

pub trait Shift: Copy { fn shl(self, n: u32) -> Self; fn shr(self, n: u32) -> Self; fn rotl(self, n: u32) -> Self; }
macro_rules! shift { ($($t:ty, $b:literal, $u:ty;)*) => { $( impl Shift for $t { #[inline] fn shl(self, n: u32) -> $t { self << (n & ($b - 1)) } #[inline] fn shr(self, n: u32) -> $t { self >> (n & ($b - 1)) } fn rotl(self, n: u32) -> $t { let u = self as $u; let n = n & ($b - 1); if n == 0 { self } else { ((u << n) | (u >> ($b - n))) as $t } } } )* } }
shift! { u8, 8, u8; i8, 8, u8; u16, 16, u16; i16, 16, u16; u32, 32, u32; i32, 32, u32; u64, 64, u64; i64, 64, u64; u128, 128, u128; i128, 128, u128; usize, 64, usize; isize, 64, usize; }
impl<T> !Freeze for crate::cell::UnsafeCell<T> {}
#[macro_export] macro_rules! todo { () => { $crate::panicking::panic("not yet implemented") }; ($($t:tt)*) => { $crate::panic!("not yet implemented: {}", $crate::format_args!($($t)*)) } }
#[macro_export] macro_rules! unimplemented { () => { $crate::panicking::panic("not implemented") }; ($($t:tt)*) => { $crate::panic!("not implemented: {}", $crate::format_args!($($t)*)) } }
