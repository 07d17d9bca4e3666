//! Scopes inside bodies, patterns, sugar, hygiene.

use super::check;

// A `let` shadows from its end on; inner blocks see outer variables and items.
#[test]
fn scopes() {
    check(
        "fn f(x: u8) -> u8 { let x = x + 1; { let y = x; inner(y); } fn inner(x: u8) {} x }",
        r#"
        fn f(u8) -> u8 |x#0| {
            let x#1 = x#0 + 1;
            {
                let y#2 = x#1;
                main::f::inner(y#2);
            }
            x#1
        }
        fn inner(u8) -> () |x#0| {}
        "#,
    );
}

// A plain identifier in a pattern is a constant, unit struct or variant if one is in scope, a variable otherwise.
#[test]
fn patterns() {
    check(
        "const K: u8 = 1; struct U; struct P { a: u8, b: u8 } enum E { X, Y(u8) } use E::X;
         fn f(e: E, p: P, t: (u8, u8, u8), s: &[u8]) {
             match e { X => {}, E::Y(K) => {}, E::Y(n @ 1..=9) if n > 2 => {}, E::Y(other) => {} }
             let P { a, b: ref mut c } = p; let (x, .., y) = t;
             match s { [] => {}, [a, rest @ .., b] => {}, [K | 2, ..] => {}, _ => {} }
             match t { (z, 1, _) | (_, z, 2) => { z; } _ => {} }
             match K { ..=3 => {} -1 => {} K..5 => {} &v => {} }
         }",
        r#"
        const K: u8 = 1
        struct U
        struct P { a: u8, b: u8 }
        enum E {
            X
            Y(u8)
        }
        fn f(main::E, main::P, (u8, u8, u8), &[u8]) -> () |e#0, p#1, t#2, s#3| {
            match e#0 {
                main::E::X => {},
                main::E::Y(main::K) => {},
                main::E::Y(n#4 @ 1..=9) if n#4 > 2 => {},
                main::E::Y(other#5) => {},
            }
            let main::P { a: a#6, b: ref mut c#7 } = p#1;
            let (x#8, .., y#9) = t#2;
            match s#3 {
                [] => {},
                [a#10, rest#11 @ .., b#12] => {},
                [main::K | 2, ..] => {},
                _ => {},
            }
            match t#2 {
                (z#13, 1, _) | (_, z#13, 2) => {
                    z#13;
                },
                _ => {},
            }
            match main::K {
                ..=3 => {},
                -1 => {},
                main::K..5 => {},
                &v#14 => {},
            }
        }
        "#,
    );
}

// `for`, `while let`, `?`, and ranges.
#[test]
fn loops_and_question_marks() {
    check(
        "fn f(v: Vec<u8>) -> Option<u8> {
             for x in v { if x == 1 { continue; } break; }
             'outer: while let Some(y) = g() { loop { break 'outer; } }
             let z = g()?;
             (0..z, z.., ..z, .., 0..=z, ..=z);
             let b = 'b: { if z == 0 { break 'b 1; } 2 };
             None
         }
         fn g() -> Option<u8> { None }",
        r#"
        fn f(std::vec::Vec<u8>) -> std::option::Option<u8> |v#0| {
            match std::iter::IntoIterator::into_iter(v#0) {
                mut iter#1 => 'l0: loop {
                    match std::iter::Iterator::next(&mut iter#1) {
                        std::option::Option::None => break 'l0,
                        std::option::Option::Some(x#2) => {
                            if x#2 == 1 {
                                continue 'l0;
                            }
                            break 'l0;
                        },
                    }
                },
            }
            'l1: loop {
                if let std::option::Option::Some(y#3) = main::g() {
                    'l2: loop {
                        break 'l1;
                    }
                } else { break 'l1 }
            }
            let z#6 = match std::ops::Try::branch(main::g()) {
                std::ops::ControlFlow::Continue(val#4) => val#4,
                std::ops::ControlFlow::Break(residual#5) => return std::ops::FromResidual::from_residual(residual#5),
            };
            (std::ops::Range { start: 0, end: z#6,  }, std::ops::RangeFrom { start: z#6,  }, std::ops::RangeTo { end: z#6,  }, std::ops::RangeFull, std::ops::RangeInclusive::new(0, z#6), std::ops::RangeToInclusive { end: z#6,  });
            let b#7 = 'l3: {
                if z#6 == 0 {
                    break 'l3 1;
                }
                2
            };
            std::option::Option::None
        }
        fn g() -> std::option::Option<u8> {
            std::option::Option::None
        }
        "#,
    );
}

// Let chains, let-else, and what of their variables is in scope where.
#[test]
fn conditions() {
    check(
        "fn f(o: Option<Option<u8>>) -> u8 {
             let Some(p) = o else { return 0; };
             if let Some(q) = p && q > 1 && let Some(r) = g(q) { r } else { match o { Some(p) if let Some(q) = p => q, _ => 1 } }
         }
         fn g(x: u8) -> Option<u8> { Some(x) }",
        r#"
        fn f(std::option::Option<std::option::Option<u8>>) -> u8 |o#0| {
            let std::option::Option::Some(p#1) = o#0 else {
                return 0;
            };
            if ((let std::option::Option::Some(q#2) = p#1) && (q#2 > 1)) && (let std::option::Option::Some(r#3) = main::g(q#2)) {
                r#3
            } else {
                match o#0 {
                    std::option::Option::Some(p#4) if let std::option::Option::Some(q#5) = p#4 => q#5,
                    _ => 1,
                }
            }
        }
        fn g(u8) -> std::option::Option<u8> |x#0| {
            std::option::Option::Some(x#0)
        }
        "#,
    );
}

// The right side is evaluated first, then each place is assigned from left to right.
#[test]
fn destructuring_assignment() {
    check(
        "struct S { a: u8, b: u8 } struct T(u8, u8);
         fn f(mut x: u8, mut y: u8, s: S) {
             (x, _) = (y, x); [x, .., y] = [1, 2, 3]; S { a: x, .. } = s; (T(x, y), s.a) = (T(1, 2), 3); _ = x; x += 1;
         }",
        r#"
        struct S { a: u8, b: u8 }
        struct T(u8, u8)
        fn f(u8, u8, main::S) -> () |mut x#0, mut y#1, s#2| {
            {
                let (lhs#3, _) = (y#1, x#0);
                x#0 = lhs#3;
            };
            {
                let [lhs#4, .., lhs#5] = [1, 2, 3];
                x#0 = lhs#4;
                y#1 = lhs#5;
            };
            {
                let main::S { a: lhs#6, .. } = s#2;
                x#0 = lhs#6;
            };
            {
                let (main::T(lhs#7, lhs#8), lhs#9) = (main::T(1, 2), 3);
                x#0 = lhs#7;
                y#1 = lhs#8;
                s#2.a = lhs#9;
            };
            {
                let _ = x#0;
            };
            x#0 += 1;
        }
        "#,
    );
}

// Closures see the variables around them; struct expressions take a base.
#[test]
fn closures_and_structs() {
    check(
        "struct S { a: u8, b: u8 }
         fn f(k: u8) { let g = |x: u8, (y, z)| -> u8 { x + k }; let h = move || g(1, (2, 3)); let s = S { a: k, ..S { a: 1, b: 2 } }; s.a.max::<u8>(h()); }",
        r#"
        struct S { a: u8, b: u8 }
        fn f(u8) -> () |k#0| {
            let g#4 = |x#1: u8, (y#2, z#3)| -> u8 {
                x#1 + k#0
            };
            let h#5 = move || g#4(1, (2, 3));
            let s#6 = main::S { a: k#0, ..main::S { a: 1, b: 2,  } };
            s#6.a.max::<u8>(h#5());
        }
        "#,
    );
}

// Variables of a macro's body and of its arguments do not meet.
#[test]
fn hygiene() {
    check(
        "macro_rules! twice { ($e:expr) => {{ let x = $e; x + x }} }
         fn f(x: u8) -> u8 { twice!(x + 1) }",
        r#"
        fn f(u8) -> u8 |x#0| {
            {
                let x#1 = x#0 + 1;
                x#1 + x#1
            }
        }
        "#,
    );
}

// An item in a block is seen in the whole block, with its imports, and nowhere else.
#[test]
fn items_in_blocks() {
    check(
        "mod m { pub enum E { A, B } }
         fn f() { use m::E::{self, *}; let e: E = A; const B2: u8 = 1; { struct A; A; } helper(B2); fn helper(x: u8) { A; } impl E { fn g() {} } }",
        r#"
        mod m {
            pub enum E {
                A
                B
            }
        }
        fn f() -> () {
            let e#0: main::m::E = main::m::E::A;
            {
                main::f::A;
            }
            main::f::helper(main::f::B2);
        }
        const B2: u8 = 1
        fn helper(u8) -> () |x#0| {
            main::m::E::A;
        }
        impl main::m::E {
            fn g() -> () {}
        }
        struct A
        "#,
    );
}
