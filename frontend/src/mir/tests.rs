//! What `print` writes, `parse` reads back; the validator refuses what is not well formed.

use super::*;

const SUM: &str = "fn sum(_1: &[i64] as xs) -> i64 {
    let _0: i64;
    let _2: usize as mut i;
    let _3: usize;
    let _4: bool;
    bb0: {
        _0 = const 0_i64;
        _2 = const 0_usize;
        goto bb1;
    }
    bb1: {
        _3 = Len(*_1);
        _4 = Lt(copy _2, copy _3);
        switch copy _4 [0: bb3, _: bb2];
    }
    bb2: {
        _0 = Add(copy _0, copy (*_1)[_2]);
        _2 = Add(copy _2, const 1_usize);
        goto bb1;
    }
    bb3: {
        return;
    }
}
";

/// One of every form.
const ALL: &str = r##"struct P { x: i64, y: f64 }
#[lang = "Option", drop] enum Option<P>: isize { None = 0, Some = 1 { 0: P } }
enum E: i8 { A = 255, B = 7 { x: u8, y: (i32, [u8; 3]) } }
#[lang = "owned_box", drop] struct std::boxed::Box<P> { 0: *mut P }
struct {closure main::f::{closure#0}<'_, i8, 4, true>} { 0: &P }
lang panic = all;
roots all, `a <b>`;

#[track_caller, inline = -1, skeleton = "map", std]
fn all(_1: std::boxed::Box<P>, _2: &mut [P], _3: fn(i32, &str) -> u8, _4: Option<P>) -> ! {
    let _0: !;
    let _5: [u8; 3] as a;
    let _6: {fn f<P, 5_u8>};
    let _7: (u32,);
    let _8: {closure main::f::{closure#0}<'_, i8, 4, true>};
    let _9: *const P;
    let _10: E;
    let _11: i64;
    let _12: (i32, [u8; 3]);
    let _13: {dyn Show<u8>, Iterator::Item = i32};
    bb0: {
        StorageLive(_5);
        _5 = [const 3_u8; 3];
        _5 = [copy _5[1], const 2_u8, move _5[-1]] of u8;
        _7 = (const 97_char,);
        _9 = &raw const (*_1).x;
        StorageDead(_5);
        nop;
        _11 = Neg(copy (_4 as Some).0.0);
        _8 = {closure main::f::{closure#0}<'_, i8, 4, true>}(const scalar 0: &P);
        _10 = E.B(const -1_i8, copy _12);
        _11 = CheckedAdd(const 1.5_f64, const 0x7ff0000000000000_f64);
        _11 = Discriminant(_10);
        _2 = &mut (*_2)[1..-2];
        _2 = &two_phase (*_2)[3..-0];
        _11 = copy _9 as usize (PtrInt);
        _3 = const fn all: fn(i32, &str) -> u8;
        drop _1 -> bb1;
    }
    bb1: {
        assert !const true, bounds(const 1_usize, copy _11) -> bb2;
    }
    bb2: {
        assert copy _11, overflow(Shl) -> bb3;
    }
    bb3: {
        _11 = call intrinsic size_of<P>() -> bb4;
    }
    bb4: {
        _11 = call (copy _3)(const "a\"\n", const bytes "00ff") -> bb5;
    }
    bb5: {
        (_10 as B).1.1[_11] = call `a <b>`(const zst {fn f<P, 5_u8>}, const site(), const data "01": &u8) -> !;
    }
}

fn `a <b>`() {
    let _0: ();
    bb0: {
        unreachable;
    }
}
"##;

fn round_trip(text: &str) {
    let program = parse_program(text).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(print_program(&program), text);
}

#[test]
fn text_forms_read_back_as_written() {
    round_trip(&format!("roots sum;\n\n{SUM}"));
    round_trip(&ALL.replace("(*_1).x", "(*_1).0"));
}

#[test]
fn a_sum_is_well_formed_and_a_wrong_type_is_not() {
    let good = parse_program(SUM).unwrap();
    assert_eq!(validate::validate_program(&good), Vec::<String>::new());
    let bad = parse_program(&SUM.replace("const 0_usize", "const 0_u8")).unwrap();
    assert_eq!(
        validate::validate_program(&bad),
        ["sum: bb0[1]: assignment: `u8` where `usize` is expected".to_string()]
    );
}

#[test]
fn errors_name_the_line() {
    let e = parse_program("fn f() {\n    bb0: { goto 5; }\n}").unwrap_err();
    assert_eq!(e.to_string(), "line 2: expected a name, found Number(\"5\", None)");
}

#[test]
fn a_while_loop_is_found_with_its_latch() {
    let program = parse_program(SUM).unwrap();
    let body = &program.functions[FuncId(0)].body;
    let doms = traversal::dominators(body);
    assert!(doms.dominates(BlockId(1), BlockId(3)) && !doms.dominates(BlockId(2), BlockId(3)));
    let tree = traversal::loop_tree(body, &doms);
    assert_eq!(tree.loops.len(), 1);
    let l = &tree.loops[traversal::LoopId(0)];
    assert_eq!(
        (l.header, &l.latches[..], &l.blocks[..]),
        (BlockId(1), &[BlockId(2)][..], &[BlockId(1), BlockId(2)][..])
    );
    assert_eq!(tree.innermost[BlockId(3)], None);
}
