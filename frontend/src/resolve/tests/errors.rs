//! Messages about paths, bindings and labels. Imports have theirs in `imports`.

use super::check_errors;

// Unknown names of each kind, with similar names and imports.
#[test]
fn unknown_names() {
    check_errors(
        "struct Strange; trait Walk {} mod m { pub fn swim() {} }
         impl Wlak for Strange {}
         fn count(length: usize) -> Strang {
             lenght; cuont(1); Hashmap::new(); HashMap::new(); bar::baz(); m::swin(); m::Nope::x(); m::Nope {};
             let s: HashSet<u8>; swap; mem::swap;
             match length { Nix(_) => {} m::Nix => {} }
         }",
        r#"
        2:15 E0405 cannot find trait `Wlak` in this scope
            a trait with a similar name exists: `Walk`
        3:37 E0412 cannot find type `Strang` in this scope
            a struct with a similar name exists: `Strange`
        4:14 E0425 cannot find value `lenght` in this scope
            a local variable with a similar name exists: `length`
        4:22 E0425 cannot find function `cuont` in this scope
            a function with a similar name exists: `count`
        4:32 E0433 cannot find type `Hashmap` in this scope
        4:48 E0433 cannot find type `HashMap` in this scope
            consider importing it: `use std::collections::HashMap;`
        4:64 E0433 cannot find module or crate `bar` in this scope
        4:79 E0425 cannot find function `swin` in module `m`
            a function with a similar name exists: `swim`
        4:90 E0433 cannot find `Nope` in `m`
        4:104 E0422 cannot find struct, variant or union type `Nope` in module `m`
        5:21 E0412 cannot find type `HashSet` in this scope
            consider importing it: `use std::collections::HashSet;`
        5:34 E0425 cannot find value `swap` in this scope
            consider importing it: `use std::mem::swap;`
        5:40 E0433 cannot find module or crate `mem` in this scope
            consider importing this module: `use std::mem;`
        6:29 E0531 cannot find tuple struct or tuple variant `Nix` in this scope
        6:45 E0531 cannot find unit struct, unit variant or constant `Nix` in module `m`
        "#,
    );
}

// Names that mean something else.
#[test]
fn wrong_kinds() {
    check_errors(
        "struct S { x: u8 } struct T(u8); enum E { A, B { x: u8 }, C(u8) } mod m {} trait Tr {} fn f() {}
         impl S for T {} static Z: u8 = 1;
         fn g(a: E::A, b: f) {
             S; S(1); E; E::B; m; Tr; u8; f {}; E {};
             match a { E::A(x) => {} E::C => {} T => {} Z => {} f(x) => {} S { x } => {} }
         }",
        r#"
        2:15 E0404 expected trait, found struct `S`
        3:18 E0573 expected type, found variant `E::A`
            try using the variant's enum: `E`
        3:27 E0573 expected type, found function `f`
        4:14 E0423 expected value, found struct `S`
            use struct literal syntax instead: `S { … }`
        4:17 E0423 expected function, tuple struct or tuple variant, found struct `S`
            use struct literal syntax instead: `S { … }`
        4:23 E0423 expected value, found enum `E`
        4:26 E0533 expected value, found struct variant `E::B`
            use struct literal syntax instead: `E::B { … }`
        4:32 E0423 expected value, found module `m`
        4:35 E0423 expected value, found trait `Tr`
        4:39 E0423 expected value, found builtin type `u8`
        4:43 E0574 expected struct, variant or union type, found function `f`
        4:49 E0574 expected struct, variant or union type, found enum `E`
        5:24 E0532 expected tuple struct or tuple variant, found unit variant `E::A`
            use this syntax instead: `E::A`
        5:38 E0532 expected unit struct, unit variant or constant, found tuple variant `E::C`
            use the tuple pattern syntax instead: `E::C(_)`
        5:49 E0530 match bindings cannot shadow tuple structs
        5:57 E0530 match bindings cannot shadow statics
        5:65 E0532 expected tuple struct or tuple variant, found function `f`
        "#,
    );
}

// Trait items by name.
#[test]
fn unknown_trait_items() {
    check_errors(
        "trait T { fn run(); type A; } struct S;
         impl T for S { fn run() {} fn walk() {} type B = u8; const C: u8 = 1; type A = u8; }
         fn f() { T::rum(); <S as T>::nix(); let x: <S as T>::B; }",
        r#"
        2:40 E0407 method `walk` is not a member of trait `T`
        2:55 E0437 type `B` is not a member of trait `T`
        2:69 E0438 const `C` is not a member of trait `T`
        3:22 E0576 cannot find method or associated constant `rum` in trait `T`
            an associated function with a similar name exists: `run`
        3:39 E0576 cannot find method or associated constant `nix` in trait `T`
        3:63 E0576 cannot find associated type `B` in trait `T`
            an associated type with a similar name exists: `A`
        "#,
    );
}

// Duplicates: items, generics, fields, parameters, bindings.
#[test]
fn duplicates() {
    check_errors(
        "struct S; fn S() {} enum E { A, A } struct F { x: u8, x: u8 } impl F { fn f() {} fn f() {} }
         fn g<T, T>(a: u8, a: u8) { let (b, b) = (1, 2); |c: u8, c: u8| 1; { struct S; struct S; } }",
        r#"
        1:14 E0428 the name `S` is defined multiple times
        1:33 E0428 the name `A` is defined multiple times
        1:55 E0124 field `x` is already declared
        1:85 E0592 duplicate definitions with name `f`
        2:18 E0403 the name `T` is already used for a generic parameter in this item's generic parameters
        2:28 E0415 identifier `a` is bound more than once in this parameter list
        2:45 E0416 identifier `b` is bound more than once in the same pattern
        2:66 E0415 identifier `c` is bound more than once in this parameter list
        2:95 E0428 the name `S` is defined multiple times
        "#,
    );
}

// All alternatives of an or-pattern bind the same variables in the same way.
#[test]
fn or_patterns() {
    check_errors(
        "fn f(t: (u8, Option<u8>)) {
             match t { (1, Some(x)) | (x, None) => {} (2, Some(q) | None) => {} (a, _) | (_, Some(b)) => {} }
             match t { (ref c, _) | (_, Some(c)) => { c; } }
         }",
        r#"
        2:69 E0408 variable `q` is not bound in all patterns
        2:81 E0408 variable `b` is not bound in all patterns
        2:90 E0408 variable `a` is not bound in all patterns
        3:46 E0409 variable `c` is bound inconsistently across alternatives separated by `|`
        "#,
    );
}

// `break` and `continue` without a target.
#[test]
fn labels() {
    check_errors(
        "fn f() {
             break; continue; 'a: loop { break 'aa; break 'b; || { break; }; || { break 'a; }; 'c: { break; continue 'c; } }
             while let 1 = 2 { [0; { break; 1 }]; }
         }",
        r#"
        2:14 E0268 `break` outside of a loop or labeled block
        2:21 E0268 `continue` outside of a loop
        2:48 E0426 use of undeclared label `'aa`
            try using similarly named label: `'a`
        2:59 E0426 use of undeclared label `'b`
            try using similarly named label: `'a`
        2:68 E0267 `break` inside of a closure
        2:89 E0767 use of unreachable label `'a`
        2:102 E0695 unlabeled `break` inside of a labeled block
        2:118 E0696 `continue` pointing to a labeled block
        3:38 E0268 `break` outside of a loop or labeled block
        "#,
    );
}

// Inner items do not see the variables, parameters and `Self` around them, constants not the variables.
#[test]
fn outer_names() {
    check_errors(
        "fn f<T>(t: T) { let captured = 1; fn inner(x: T) { captured; t; } struct I(T); [0; captured]; }
         struct S; impl S { fn g(&self) { fn h() -> Self { self.x } } fn k() { self.x } }
         fn m() -> Self { super::super::x() } fn n(x: &'a u8) -> Self::B {}",
        r#"
        1:47 E0401 can't use generic parameters from outer item
            try introducing a local generic parameter `T` here
        1:52 E0434 can't capture dynamic environment in a fn item
            use the `|| { ... }` closure form instead
        1:62 E0434 can't capture dynamic environment in a fn item
            use the `|| { ... }` closure form instead
        1:76 E0401 can't use generic parameters from outer item
            try introducing a local generic parameter `T` here
        1:84 E0435 attempt to use a non-constant value in a constant
            consider using `const` instead of `let`
        2:53 E0401 can't use `Self` from outer item
            refer to the type directly here instead
        2:60 E0424 expected value, found module `self`
        2:80 E0424 expected value, found module `self`
        3:20 E0411 cannot find type `Self` in this scope
        3:27 E0433 too many leading `super` keywords
        3:56 E0261 use of undeclared lifetime name `'a`
            consider introducing lifetime `'a`: `<'a>`
        3:66 E0433 cannot find `Self` in this scope
        "#,
    );
}

// `let`, `_`, `..` and `impl Trait` out of place.
#[test]
fn misplaced_syntax() {
    check_errors(
        "struct S { a: u8, f: impl Iterator } trait T { type U: Iterator; }
         fn f(t: (u8, u8)) { _ + 1; let (.., ..) = t; (1, 2) += t; let x: impl Iterator; let [a, .., ..] = t; }",
        r#"
        1:22 E0562 `impl Trait` is not allowed in field types
        2:30  in expressions, `_` can only be used on the left-hand side of an assignment
        2:46  `..` can only be used once per pattern
        2:75 E0562 `impl Trait` is not allowed in the type of variable bindings and expressions
        2:102  `..` can only be used once per pattern
        "#,
    );
}
