// Values that end too early, and lifetimes that are not long enough.

//# inner_scope
fn main() {
    let r;
    {
        let x = 1;
        r = &x;
    }
    println!("{r}");
}
//# same_scope ok
fn main() {
    let x = 1;
    let r = &x;
    println!("{r}");
}
//# reference_to_local
fn f() -> &'static str {
    let s = String::from("a");
    &s
}
fn main() {
    f();
}
//# view_of_local
fn f<'a>() -> &'a [i32] {
    let v = vec![1];
    v.as_slice()
}
fn main() {
    f();
}
//# reference_to_parameter
fn f(s: String) -> &'static str {
    s.as_str()
}
fn main() {
    f(String::new());
}
//# reference_to_temporary
fn f<'a>() -> &'a String {
    &String::new()
}
fn main() {
    f();
}
//# struct_with_reference_to_local
struct S<'a>(&'a str);
fn f<'a>() -> S<'a> {
    let s = String::new();
    S(&s)
}
fn main() {
    f();
}
//# iterator_over_local
fn f() -> impl Iterator<Item = i32> {
    let v = vec![1, 2];
    v.iter().map(|x| x + 1)
}
fn main() {
    f().count();
}
//# iterator_of_local ok
fn f() -> impl Iterator<Item = i32> {
    let v = vec![1, 2];
    v.into_iter().map(|x| x + 1)
}
fn main() {
    f().count();
}
//# temporary_dropped
fn main() {
    let s: &str = String::from("a").as_str();
    println!("{s}");
}
//# temporary_extended ok
fn main() {
    let s = &String::from("a");
    println!("{}", s.as_str());
}
//# longest_of_two
fn longest<'a>(a: &'a str, b: &'a str) -> &'a str {
    if a.len() > b.len() { a } else { b }
}
fn main() {
    let a = String::from("abc");
    let r;
    {
        let b = String::from("d");
        r = longest(&a, &b);
    }
    println!("{r}");
}
//# first_of_two ok
fn first<'a>(a: &'a str, _: &str) -> &'a str {
    a
}
fn main() {
    let a = String::from("abc");
    let r;
    {
        let b = String::from("d");
        r = first(&a, &b);
    }
    println!("{r}");
}
//# wrong_lifetime_returned
fn f<'a, 'b>(a: &'a str, b: &'b str) -> &'a str {
    if a.is_empty() { b } else { a }
}
fn main() {
    f("", "");
}
//# outlives_clause ok
fn f<'a, 'b: 'a>(a: &'a str, b: &'b str) -> &'a str {
    if a.is_empty() { b } else { a }
}
fn main() {
    f("", "");
}
//# unnamed_lifetime_returned
fn f<'a>(a: &'a str, b: &str) -> &'a str {
    if a.is_empty() { b } else { a }
}
fn main() {
    f("", "");
}
//# other_than_self
struct S {
    name: String,
}
impl S {
    fn pick(&self, other: &str) -> &str {
        if self.name.is_empty() { other } else { &self.name }
    }
}
fn main() {
    S { name: String::new() }.pick("");
}
//# pushed_into_a_vector
fn f(v: &mut Vec<&str>, s: &str) {
    v.push(s);
}
fn main() {
    f(&mut vec![], "");
}
//# pushed_with_a_lifetime ok
fn f<'a>(v: &mut Vec<&'a str>, s: &'a str) {
    v.push(s);
}
fn main() {
    f(&mut vec![], "");
}
//# static_wanted
fn keep(_: &'static str) {}
fn f(s: &str) {
    keep(s);
}
fn main() {
    f("");
}
//# static_wanted_of_local
fn keep(_: &'static str) {}
fn main() {
    let s = String::new();
    keep(&s);
}
//# boxed_object_of_a_reference
trait T {}
impl T for &str {}
fn f(s: &str) -> Box<dyn T> {
    Box::new(s)
}
fn main() {
    f("");
}
//# boxed_object_with_a_lifetime ok
trait T {}
impl T for &str {}
fn f<'a>(s: &'a str) -> Box<dyn T + 'a> {
    Box::new(s)
}
fn main() {
    f("");
}
//# parameter_in_an_object
trait T {}
fn f<X: T>(x: X) -> Box<dyn T> {
    Box::new(x)
}
struct A;
impl T for A {}
fn main() {
    f(A);
}
//# static_parameter_in_an_object ok
trait T {}
fn f<X: T + 'static>(x: X) -> Box<dyn T> {
    Box::new(x)
}
struct A;
impl T for A {}
fn main() {
    f(A);
}
//# exclusive_is_invariant
fn f<'a>(v: &mut &'a str, s: &'a str) {
    *v = s;
}
fn main() {
    let mut v: &str = "a";
    {
        let s = String::from("b");
        f(&mut v, &s);
    }
    println!("{v}");
}
//# cell_is_invariant
use std::cell::Cell;
fn f<'a>(c: &Cell<&'a str>, s: &'a str) {
    c.set(s);
}
fn main() {
    let c = Cell::new("a");
    {
        let s = String::from("b");
        f(&c, &s);
    }
    println!("{}", c.get());
}
//# drop_looks_at_it
struct Loud<'a>(&'a str);
impl Drop for Loud<'_> {
    fn drop(&mut self) {
        println!("{}", self.0);
    }
}
fn main() {
    let _loud;
    let s = String::from("a");
    _loud = Loud(&s);
}
//# drop_does_not_look ok
struct Quiet<'a>(#[allow(dead_code)] &'a str);
fn main() {
    let _quiet;
    let _v;
    let s = String::from("a");
    _quiet = Quiet(&s);
    _v = vec![&s];
}
//# trait_method_with_lifetime
trait Pick {
    fn pick<'a>(&self, a: &'a str, b: &'a str) -> &'a str;
}
struct First;
impl Pick for First {
    fn pick<'a>(&self, a: &'a str, _: &'a str) -> &'a str {
        a
    }
}
fn main() {
    let r;
    let a = String::from("a");
    {
        let b = String::from("b");
        r = First.pick(&a, &b);
    }
    println!("{r}");
}
//# undeclared_lifetime
fn f(a: &'a str) {}
fn main() {
    f("");
}
//# missing_lifetime
fn f(a: &str, b: &str) -> &str {
    a
}
fn main() {
    f("", "");
}
//# missing_in_a_struct
struct S {
    s: &str,
}
fn main() {
    S { s: "" };
}
//# static_annotation
fn main() {
    let s = String::new();
    let r: &'static String = &s;
    println!("{r}");
}
//# multi_line_chain
fn f() -> Vec<&'static str> {
    let s = String::from("a b");
    s
        .split(' ')
        .filter(|w| !w.is_empty())
        .collect()
}
fn main() {
    f();
}
//# guard_outlives_its_cell
use std::cell::RefCell;
struct S {
    c: RefCell<Vec<i32>>,
}
impl S {
    fn f(&self) -> &Vec<i32> {
        &self.c.borrow()
    }
}
fn main() {
    S { c: RefCell::new(vec![]) }.f();
}
//# iterator_with_a_where_clause
fn longest<'a, I: Iterator<Item = &'a str>>(i: I) -> &'a str {
    i.max_by_key(|s| s.len()).unwrap_or("")
}
fn main() {
    let r;
    {
        let s = String::from("a b");
        r = longest(s.split(' '));
    }
    println!("{r}");
}
//# hidden_type_holds_reference
fn f(s: &str) -> impl Fn() -> usize {
    move || s.len()
}
fn main() {
    let g;
    {
        let s = String::new();
        g = f(&s);
    }
    println!("{}", g());
}
//# impl_asks_for_static
trait T {
    fn f<'a>(&self, x: &'a str) -> &'a str;
}
struct S;
impl T for S {
    fn f<'a>(&self, x: &'static str) -> &'a str {
        x
    }
}
fn main() {}
//# impl_ties_two_lifetimes
trait T {
    fn f<'a>(&self, x: &'a str) -> &'a str;
}
struct S(String);
impl T for S {
    fn f<'a>(&'a self, x: &'a str) -> &'a str {
        &self.0
    }
}
fn main() {}
//# impl_promises_less
struct It<'b>(&'b str);
impl<'b> Iterator for It<'b> {
    type Item = &'b str;
    fn next(&mut self) -> Option<&str> {
        None
    }
}
fn main() {}
//# impl_lends_for_its_own_lifetime
struct It<'a>(Vec<u8>, &'a u8);
impl<'a> Iterator for It<'a> {
    type Item = &'a u8;
    fn next(&'a mut self) -> Option<&'a u8> {
        None
    }
}
fn main() {}
//# impl_asks_for_less ok
trait T<'t> {
    type Out;
    fn f<'a>(&'a self, x: &'a str, y: &'t str) -> &'a str;
    fn g(&self, x: &'static str) -> Self::Out;
    fn h<'a: 'b, 'b>(&self, x: &'a str, y: &'b str) -> &'b str;
}
struct S<'s>(&'s str);
impl<'s> T<'s> for S<'s> {
    type Out = &'s str;
    fn f<'x>(&self, x: &'x str, _: &str) -> &'x str {
        x
    }
    fn g(&self, _: &str) -> &'s str {
        self.0
    }
    fn h<'a: 'b, 'b>(&self, x: &'a str, _: &'b str) -> &'b str {
        x
    }
}
fn main() {
    let _ = S("a").f("b", "c");
}
//# shadowed
struct W<'a> {
    s: &'a str,
}
impl<'a> W<'a> {
    fn g<'a>(&self, x: &'a str) -> &'a str {
        x
    }
}
fn main() {}
//# static_as_parameter
fn f<'static>(x: &'static str) {}
fn main() {}
//# field_behind_static
struct W<T> {
    s: &'static T,
}
fn main() {}
//# field_behind_static_with_bound ok
struct W<T: 'static> {
    s: &'static T,
}
struct V<'a, T> {
    s: &'a T,
}
fn main() {}
//# boxed_adaptor_of_parameter
fn f<T: Iterator<Item = u8>>(x: T) -> Box<dyn Iterator<Item = u8>> {
    Box::new(x.map(|x| x + 1))
}
fn main() {}
//# boxed_adaptor_of_bounded_parameter ok
fn f<'a, T: Iterator<Item = u8> + 'a>(x: T, n: &'a u8) -> Box<dyn Iterator<Item = u8> + 'a> {
    Box::new(x.map(move |x| x + n))
}
fn g<T: Iterator<Item = u8>>(x: &mut T) -> Box<dyn Iterator<Item = u8> + '_> {
    Box::new(x.map(|x| x + 1))
}
fn main() {}
//# opaque_holds_less
fn f<'a>(x: &'a mut i32, y: &mut i32) -> impl FnMut() + 'a {
    move || *x += *y
}
fn main() {}
//# opaque_is_not_static
fn f(x: &str) -> impl Fn() -> usize + 'static {
    move || x.len()
}
fn main() {}
//# opaque_holds_what_it_says ok
fn f<'a>(x: &'a mut i32, y: &'a i32) -> impl FnMut() + 'a {
    move || *x += *y
}
fn g(x: &str) -> impl Fn() -> usize + '_ {
    move || x.len()
}
fn h<T: std::fmt::Debug + 'static>(t: T) -> impl std::fmt::Debug + 'static {
    Some(t)
}
fn main() {
    f(&mut 1, &2)();
    g("a")();
    println!("{:?}", h(1));
}
//# arguments_out_of_order
struct S<'a, T>(&'a T);
type X = S<(), 'static>;
fn main() {}
//# result_of_trait_method_past_its_receiver
trait Names {
    fn names(&self) -> impl Iterator<Item = &String>;
}
impl Names for Vec<String> {
    fn names(&self) -> impl Iterator<Item = &String> {
        self.iter()
    }
}
fn count<T: Names>(t: T) -> usize {
    let names = t.names();
    drop(t);
    names.count()
}
fn main() {
    count(vec![String::new()]);
}
//# result_of_trait_method_with_its_receiver ok
trait Names {
    fn names(&self) -> impl Iterator<Item = &String>;
}
impl Names for Vec<String> {
    fn names(&self) -> impl Iterator<Item = &String> {
        self.iter()
    }
}
fn first<T: Names>(t: &T) -> Option<&String> {
    t.names().next()
}
fn main() {
    first(&vec![String::new()]);
}
//# constant_that_drops
struct D;
impl Drop for D {
    fn drop(&mut self) {}
}
const K: D = D;
fn f() -> &'static D {
    &K
}
fn main() {
    f();
}
//# constant_with_cell
const C: std::cell::Cell<i32> = std::cell::Cell::new(1);
fn f() -> &'static std::cell::Cell<i32> {
    &C
}
fn main() {
    f();
}
//# value_of_if
fn f() -> &'static i32 {
    &if true { 1 } else { 2 }
}
fn main() {
    f();
}
//# constants_for_ever ok
const NONE: Option<String> = None;
const TABLE: [i32; 3] = [1, 2, 3];
fn f(i: usize) -> (&'static Option<String>, &'static i32, &'static i32) {
    (&NONE, &TABLE[i], &(1 + 2 * 3))
}
fn main() {
    f(1);
}
//# hidden_lifetime_not_captured
use std::fmt::Debug;
fn either<'a, 'b>(a: &'a str, b: &'b str) -> impl Debug + use<'a> {
    if a.len() > 3 { a } else { b }
}
fn main() {
    println!("{:?}", either("a", "b"));
}
//# hidden_lifetime_captured ok
use std::fmt::Debug;
fn either<'a>(a: &'a str, b: &'a str) -> impl Debug + use<'a> {
    if a.len() > 3 { a } else { b }
}
fn main() {
    println!("{:?}", either("a", "b"));
}
//# nothing_captured
fn counts(text: &str) -> impl Fn() -> usize + use<> {
    move || text.len()
}
fn main() {
    println!("{}", counts("abc")());
}
//# nothing_to_capture ok
fn counts(text: &str) -> impl Fn() -> usize + use<> {
    let n = text.len();
    move || n
}
fn main() {
    println!("{}", counts("abc")());
}
//# only_the_result_names_it
fn call(f: for<'a> fn(i32) -> &'a i32) {
    f(1);
}
fn main() {
    let _ = call;
}
//# parameter_and_result_name_it ok
fn call(f: for<'a> fn(&'a i32) -> &'a i32) -> i32 {
    *f(&1)
}
fn main() {
    println!("{}", call(|x| x));
}
//# only_the_output_names_it
fn call<F>(f: F)
where
    F: for<'a> Fn(i32) -> Option<&'a i32>,
{
    f(1);
}
fn main() {}
//# argument_and_output_name_it ok
fn call<F>(f: F) -> i32
where
    F: for<'a> Fn(&'a [i32]) -> Option<&'a i32>,
{
    *f(&[1, 2]).unwrap()
}
fn main() {
    println!("{}", call(|s| s.last()));
}
//# lifetime_for_a_function_without
fn f() {}
fn main() {
    f::<'static>();
}
//# receiver_not_captured
struct Words {
    text: String,
}
impl Words {
    fn iter(&self) -> impl Iterator<Item = usize> + use<> {
        self.text.split(' ').map(str::len)
    }
}
fn main() {
    println!("{}", Words { text: String::new() }.iter().count());
}
//# one_lifetime_of_the_type_not_captured
struct Pair<'a, 'b> {
    one: &'a str,
    two: &'b str,
}
impl<'a, 'b> Pair<'a, 'b> {
    fn show(&self) -> impl std::fmt::Display + use<'a, 'b> {
        self.two
    }
    fn first(&self) -> &'a str {
        self.one
    }
}
fn longest<'a, 'b>(pair: &Pair<'a, 'b>) -> impl std::fmt::Display + use<'a> {
    if pair.one.len() > 3 { pair.first() } else { pair.two }
}
fn main() {
    let pair = Pair { one: "a", two: "b" };
    println!("{} {}", pair.show(), longest(&pair));
}
