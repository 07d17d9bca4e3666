//! Programs that are wrong: the message, and nothing that only follows from it.

use super::messages;

/// Each line after `//~` in the source is `code message [label]` for that line; no other message may appear.
#[track_caller]
fn refuse(source: &str) {
    let mut expected = Vec::new();
    for (i, line) in source.lines().enumerate() {
        for note in line.split("//~ ").skip(1) {
            expected.push(format!("{} {}", i + 1, note.trim()));
        }
    }
    let found: Vec<String> = messages(source)
        .into_iter()
        .map(|m| match m.split_once(':') {
            Some((line, rest)) => format!("{line} {}", rest.split_once(' ').map_or("", |(_, text)| text)),
            None => m,
        })
        .collect();
    assert!(found == expected, "found:\n{}\n\nexpected:\n{}", found.join("\n"), expected.join("\n"));
}

#[test]
fn mismatched_types() {
    refuse(
        r#"fn number() -> i32 { "a" } //~ E0308 mismatched types [expected `i32`, found `&str`]
fn text() -> String { let _x = 1; } //~ E0308 mismatched types [expected `String`, found `()`]
fn semicolon(x: i32) -> i32 { x + 1; } //~ E0308 mismatched types [expected `i32`, found `()`]
fn takes(s: &str) -> usize { s.len() }
fn main() {
    let _a: i32 = "x"; //~ E0308 mismatched types [expected `i32`, found `&str`]
    let _n: Option<i32> = 5; //~ E0308 mismatched types [expected `Option<i32>`, found integer]
    takes(1); //~ E0308 mismatched types [expected `&str`, found integer]
    takes("a", "b"); //~ E0061 this function takes 1 argument but 2 arguments were supplied
    let _x = if true { 1 } else { "a" }; //~ E0308 `if` and `else` have incompatible types [expected integer, found `&str`]
    let _y = match 1 { 1 => 'c', _ => 2 }; //~ E0308 `match` arms have incompatible types [expected `char`, found integer]
    let _z: i32 = if true { 5 }; //~ E0317 `if` may be missing an `else` clause [expected `i32`, found `()`]
    let _w: i32 = loop { break "a"; }; //~ E0308 mismatched types [expected `i32`, found `&str`]
    while 1 {} //~ E0308 mismatched types [expected `bool`, found integer]
    let (_p, _q) = (1, 2, 3); //~ E0308 mismatched types [expected `({integer}, {integer}, {integer})`, found `(_, _)`]
    let _e: [i32; 3] = [1, 2]; //~ E0308 mismatched types [expected an array with a size of 3, found one with a size of 2]
}
"#,
    );
}

#[test]
fn missing_impls() {
    refuse(
        r#"struct Plain;
fn same<T>(a: T, b: T) -> bool { a == b } //~ E0369 binary operation `==` cannot be applied to type `T`
fn option() -> Option<i32> { let r: Result<i32, String> = Ok(1); Some(r?) } //~ E0277 the `?` operator can only be used on `Option`s, not `Result`s, in a function that returns `Option` [use `.ok()?` or `.ok_or(...)?` to turn the `Result` into `Option`]
fn error() -> Result<i32, u8> { Ok("1".parse::<i32>()?) } //~ E0277 `?` couldn't convert the error to `u8` [the trait `From<ParseIntError>` is not implemented for `u8`]
fn main() {
    println!("{}", Plain); //~ E0277 `Plain` doesn't implement `std::fmt::Display` [`Plain` cannot be formatted with the default formatter]
    println!("{:?}", Plain); //~ E0277 `Plain` doesn't implement `Debug` [`Plain` cannot be formatted using `{:?}`]
    let _ = 1 + 1.0; //~ E0277 cannot add `{float}` to `{integer}` [no implementation for `{integer} + {float}`]
    let _ = Plain + Plain; //~ E0369 cannot add `Plain` to `Plain`
    for _ in 5 {} //~ E0277 `{integer}` is not an iterator [`{integer}` is not an iterator]
    let _: Vec<String> = vec![1].into_iter().collect(); //~ E0277 a value of type `Vec<String>` cannot be built from an iterator over elements of type `{integer}` [value of type `Vec<String>` cannot be built from `std::iter::Iterator<Item={integer}>`]
    let _ = [Plain; 2]; //~ E0277 the trait bound `Plain: Copy` is not satisfied [the trait `Copy` is not implemented for `Plain`]
    let _ = -1u8; //~ E0600 cannot apply unary operator `-` to type `u8` [cannot apply unary operator `-`]
    let _ = vec![1][1u8]; //~ E0277 the type `[{integer}]` cannot be indexed by `u8` [slice indices are of type `usize` or ranges of `usize`]
}
"#,
    );
}

#[test]
fn fields_methods_and_patterns() {
    refuse(
        r#"struct P { x: i32, y: i32 }
enum E { A(i32), B { v: u8 }, C }
mod m { pub struct S { a: i32 } impl S { fn hidden(&self) {} pub fn new() -> S { S { a: 1 } } } }
fn f(e: E) -> i32 {
    match e {
        E::A(x, _) => x, //~ E0023 this pattern has 2 fields, but the corresponding tuple variant has 1 field [expected 1 field, found 2]
        E::B { w: _ } => 1, //~ E0026 variant `E::B` does not have a field named `w` [variant `E::B` does not have this field]
        E::B {} => 1, //~ E0027 pattern does not mention field `v` [missing field `v`]
        E::D => 3, //~ E0599 no variant or associated item named `D` found for enum `E` in the current scope [variant or associated item not found in `E`]
        E::C => 4,
    }
}
fn main() {
    let p = P { x: 1 }; //~ E0063 missing field `y` in initializer of `P` [missing `y`]
    let _ = P { x: 1, y: 2, q: 3 }; //~ E0560 struct `P` has no field named `q` [unknown field]
    let _ = p.z; //~ E0609 no field `z` on type `P` [unknown field]
    p.move_it(); //~ E0599 no method named `move_it` found for struct `P` in the current scope [method not found in `P`]
    let s = m::S::new();
    let _ = s.a; //~ E0616 field `a` of struct `S` is private [private field]
    s.hidden(); //~ E0624 method `hidden` is private [private method]
    vec![1].pusch(2); //~ E0599 no method named `pusch` found for struct `Vec<{integer}>` in the current scope [method not found in `Vec<{integer}>`]
    let x = 5;
    x(); //~ E0618 expected function, found `{integer}` [call expression requires function]
    *x; //~ E0614 type `{integer}` cannot be dereferenced [can't be dereferenced]
    1 = 2; //~ E0070 invalid left-hand side of assignment [cannot assign to this expression]
    let _ = 300u32 as char; //~ E0604 only `u8` can be cast as `char`, not `u32` [invalid cast]
    let _ = 3 as bool; //~ E0054 cannot cast `i32` as `bool`
}
"#,
    );
}

#[test]
fn items() {
    refuse(
        r#"trait T { fn need(&self) -> i32; fn other(&self); }
struct P;
impl T for P { fn need(&self) -> u8 { 1 } } //~ E0046 not all trait items implemented, missing: `other` [missing `other` in implementation] //~ E0053 method `need` has an incompatible type for trait [expected `i32`, found `u8`]
impl Clone for P { fn clone(&self) -> P { P } }
impl Clone for P { fn clone(&self) -> P { P } } //~ E0119 conflicting implementations of trait `Clone` for type `P` [conflicting implementation for `P`]
impl Vec<i32> { fn z() {} } //~ E0116 cannot define inherent `impl` for a type outside of the crate where the type is defined [impl for type defined outside of crate]
struct Rec { r: Option<Rec> } //~ E0072 recursive type `Rec` has infinite size
struct Unused<T> { a: i32 } //~ E0392 type parameter `T` is never used [unused type parameter]
fn missing(x: Vec) {} //~ E0107 missing generics for struct `Vec` [expected 1 generic argument]
fn unsized_param(s: str) {} //~ E0277 the size for values of type `str` cannot be known at compilation time [doesn't have a size known at compile-time]
fn no_lifetime() -> &str { "a" } //~ E0106 missing lifetime specifier [expected named lifetime parameter]
const BIG: u8 = 200 + 100; //~ E0080 attempt to compute `200_u8 + 100_u8`, which would overflow [evaluation of `main::BIG` failed here]
static TABLE: [u8; 2 - 3] = []; //~ E0080 attempt to compute `2_usize - 3_usize`, which would overflow [evaluation of `main::TABLE::{constant}` failed here]
fn main() { let v = Vec::new(); } //~ E0282 type annotations needed [cannot infer type of the type parameter `T`]
"#,
    );
}
