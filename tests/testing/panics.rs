// What the library says when it panics, for each way to make it.
#![allow(unused, unconditional_panic, arithmetic_overflow)]
use std::cell::*;
use std::collections::*;
use std::hint::black_box;
use std::rc::Rc;

macro_rules! panics {
    ($($name:ident $message:literal $body:block)*) => {
        $(
            #[test]
            #[should_panic(expected = $message)]
            fn $name() {
                $body
            }
        )*
    };
}

panics! {
    index_out_of_bounds_the_len "index out of bounds: the len is 3 but the index is 5" {
        let v = vec![1,2,3]; let i = v.len() + 2; println!("before"); println!("{}", v[i]);
    }
    index_out_of_bounds_the_len_2 "index out of bounds: the len is 0 but the index is 0" {
        let v: Vec<i32> = vec![]; println!("{}", v[0]);
    }
    called_option_unwrap "called `Option::unwrap()` on a `None` value" {
        let x: Option<i32> = std::env::args().nth(9).map(|_| 1); x.unwrap();
    }
    needed_it "needed it" {
        let x: Option<i32> = None; x.expect("needed it");
    }
    called_result_unwrap "called `Result::unwrap()` on an `Err` value: \"bad\\n\"" {
        let x: Result<i32, String> = Err("bad\n".into()); x.unwrap();
    }
    parse_parseinterror_kind_invaliddigit "parse: ParseIntError { kind: InvalidDigit }" {
        let x: Result<i32, std::num::ParseIntError> = "x".parse(); x.expect("parse");
    }
    called_result_unwrap_err "called `Result::unwrap_err()` on an `Ok` value: 3" {
        let x: Result<i32, i32> = Ok(3); x.unwrap_err();
    }
    assertion_left_right_failed_left_right "assertion `left == right` failed\n  left: 3\n right: 4" {
        let a = 3; assert_eq!(a, 4);
    }
    assertion_left_right_failed_msg_left "assertion `left == right` failed: msg 5\n  left: [1]\n right: [2]" {
        let a = vec![1]; assert_eq!(a, [2], "msg {}", 5);
    }
    assertion_failed "assertion failed: 1 + 1 == 3" {
        assert!(1 + 1 == 3);
    }
    says_x "x1" {
        assert!(false, "x{}", 1);
    }
    assertion_left_right_failed_left_a "assertion `left != right` failed\n  left: \"a\"\n right: \"a\"" {
        assert_ne!("a", "a");
    }
    attempt_to_add_with_overflow "attempt to add with overflow" {
        let x: i32 = i32::MAX - black_box(0); println!("{}", x + 1);
    }
    attempt_to_subtract_with_overflow "attempt to subtract with overflow" {
        let x = black_box(0u32); println!("{}", x - 1);
    }
    attempt_to_divide_by_zero "attempt to divide by zero" {
        let x = black_box(0); println!("{}", 5 / x);
    }
    attempt_to_calculate_the_remainder_with "attempt to calculate the remainder with a divisor of zero" {
        let x = black_box(0); println!("{}", 5 % x);
    }
    attempt_to_shift_left_with_overflow "attempt to shift left with overflow" {
        let x = black_box(40); println!("{}", 1i32 << x);
    }
    attempt_to_negate_with_overflow "attempt to negate with overflow" {
        let x = black_box(i32::MIN); println!("{}", -x);
    }
    attempt_to_negate_with_overflow_2 "attempt to negate with overflow" {
        println!("{}", black_box(i32::MIN).abs());
    }
    attempt_to_multiply_with_overflow "attempt to multiply with overflow" {
        println!("{}", 10u8.pow(black_box(3)));
    }
    refcell_already_mutably_borrowed "RefCell already mutably borrowed" {
        let c = RefCell::new(1); let _a = c.borrow_mut(); let _b = c.borrow();
    }
    refcell_already_borrowed "RefCell already borrowed" {
        let c = RefCell::new(1); let _a = c.borrow(); let _b = c.borrow_mut();
    }
    range_end_index_out_of_range "range end index 4 out of range for slice of length 3" {
        let v = vec![1,2,3]; let n = v.len() + 1; println!("{:?}", &v[2..n]);
    }
    range_start_index_out_of_range "range start index 5 out of range for slice of length 3" {
        let v = vec![1,2,3]; let n = black_box(5); println!("{:?}", &v[n..]);
    }
    slice_index_starts_at_but_ends "slice index starts at 2 but ends at 1" {
        let v = vec![1,2,3]; let n = black_box(2); println!("{:?}", &v[n..1]);
    }
    range_end_index_out_of_range_2 "range end index 7 out of range for slice of length 3" {
        let v = vec![1,2,3]; let n = black_box(7); println!("{:?}", &v[..=n]);
    }
    start_byte_index_is_not_a "start byte index 2 is not a char boundary; it is inside 'é' (bytes 1..3) of `héllo`" {
        let s = "héllo"; let n = black_box(2); println!("{}", &s[n..]);
    }
    end_byte_index_is_out_of "end byte index 20 is out of bounds of `héllo`" {
        let s = "héllo"; let n = black_box(20); println!("{}", &s[..n]);
    }
    begin_end "begin > end (4 > 2) when slicing `hello`" {
        let s = "hello"; let n = black_box(4); println!("{}", &s[n..2]);
    }
    removal_index "removal index (is 3) should be < len (is 1)" {
        let mut v = vec![1]; v.remove(black_box(3));
    }
    insertion_index "insertion index (is 3) should be <= len (is 1)" {
        let mut v = vec![1]; v.insert(black_box(3), 1);
    }
    swap_remove_index "swap_remove index (is 3) should be < len (is 1)" {
        let mut v = vec![1]; v.swap_remove(black_box(3));
    }
    range_start_index_out_of_range_2 "range start index 3 out of range for slice of length 1" {
        let mut v = vec![1]; v.drain(black_box(3)..);
    }
    at_split_index "`at` split index (is 3) should be <= len (is 1)" {
        let mut v = vec![1]; v.split_off(black_box(3));
    }
    index_out_of_bounds_the_len_3 "index out of bounds: the len is 2 but the index is 3" {
        let mut v = vec![1, 2]; v.swap(0, black_box(3));
    }
    chunk_size_must_be_non_zero "chunk size must be non-zero" {
        let v = vec![1]; v.chunks(black_box(0));
    }
    window_size_must_be_non_zero "window size must be non-zero" {
        let v = vec![1]; v.windows(black_box(0));
    }
    assertion_failed_step "assertion failed: step != 0" {
        (0..3).step_by(black_box(0));
    }
    no_entry_found_for_key "no entry found for key" {
        let m: HashMap<i32, i32> = Default::default(); println!("{}", m[&3]);
    }
    no_entry_found_for_key_2 "no entry found for key" {
        let m: BTreeMap<i32, i32> = Default::default(); println!("{}", m[&3]);
    }
    out_of_bounds_access "Out of bounds access" {
        let d: VecDeque<i32> = Default::default(); println!("{}", d[3]);
    }
    internal_error_entered_unreachable_code "internal error: entered unreachable code" {
        unreachable!();
    }
    internal_error_entered_unreachable_code_x "internal error: entered unreachable code: x 1" {
        unreachable!("x {}", 1);
    }
    explicit_panic "explicit panic" {
        panic!();
    }
    says_a "1 \"a\"" {
        panic!("{} {:?}", 1, "a");
    }
    called_result_unwrap_2 "called `Result::unwrap()` on an `Err` value: TryFromIntError(())" {
        let r: Result<u8, _> = u8::try_from(300); r.unwrap();
    }
    assertion_failed_self_is_char_boundary "assertion failed: self.is_char_boundary(new_len)" {
        let s = String::from("é"); let mut t = s.clone(); t.truncate(1);
    }
    assertion_failed_self_is_char_boundary_2 "assertion failed: self.is_char_boundary(idx)" {
        let mut s = String::from("é"); s.insert(1, 'x');
    }
    cannot_remove_a_char_from_the "cannot remove a char from the end of a string" {
        let mut s = String::from("é"); s.remove(2);
    }
    to_digit_invalid_radix_radix_must "to_digit: invalid radix -- radix must be in the range 2 to 36 inclusive" {
        println!("{}", 'a'.to_digit(40).is_some());
    }
    mid_len "mid > len" {
        let v = [1, 2]; let (a, b) = v.split_at(black_box(3)); println!("{a:?}{b:?}");
    }
    copy_from_slice_source_slice_length "copy_from_slice: source slice length (1) does not match destination slice length (2)" {
        let mut a = [1, 2]; a.copy_from_slice(&vec![1]);
    }
    min_max_or_either_was_nan "min > max, or either was NaN. min = 2.0, max = 1.0" {
        println!("{}", 1.0f64.clamp(2.0, 1.0));
    }
    min_max_min_max "min > max. min = 5, max = 1" {
        println!("{}", 3.clamp(5, 1));
    }
    argument_of_integer_logarithm_must_be "argument of integer logarithm must be positive" {
        println!("{}", 0u32.ilog2());
    }
    capacity_overflow "capacity overflow" {
        let v: Vec<u8> = Vec::with_capacity(usize::MAX); println!("{}", v.len());
    }
    attempt_to_add_with_overflow_2 "attempt to add with overflow" {
        let s: u8 = [200u8, 100].iter().sum(); println!("{s}");
    }
    called_result_unwrap_3 "called `Result::unwrap()` on an `Err` value: ParseFloatError { kind: Invalid }" {
        println!("{:?}", "abc".parse::<f64>().unwrap());
    }
    called_result_unwrap_4 "called `Result::unwrap()` on an `Err` value: FromUtf8Error { bytes: [255, 65], error: Utf8Error { valid_up_to: 0, error_len: Some(1) } }" {
        println!("{}", String::from_utf8(vec![0xff, 0x41]).unwrap());
    }
    called_result_unwrap_5 "called `Result::unwrap()` on an `Err` value: [1]" {
        let x: [i32; 2] = vec![1].try_into().unwrap(); println!("{x:?}");
    }
    argument_of_integer_square_root_cannot "argument of integer square root cannot be negative" {
        println!("{}", (-1i32).isqrt());
    }
    attempt_to_add_with_overflow_3 "attempt to add with overflow" {
        let mut it = 250u8..; for _ in 0..10 { it.next(); }
    }
    attempt_to_multiply_with_overflow_2 "attempt to multiply with overflow" {
        let x: i64 = black_box(i64::MAX); println!("{}", x * 2);
    }
    index_out_of_bounds "index out of bounds" {
        let mut v = VecDeque::from(vec![1]); v.insert(5, 1);
    }
    attempt_to_divide_with_overflow "attempt to divide with overflow" {
        println!("{}", i32::MIN / black_box(-1));
    }
    partition_at_index_index_greater_than "partition_at_index index 2 greater than length of slice 2" {
        let mut v = vec![3, 1]; v.select_nth_unstable(2);
    }
    range_end_index_out_of_range_3 "range end index 18446744073709551615 out of range for slice of length 3" {
        let v = vec![1, 2, 3]; println!("{:?}", v.get(black_box(1)..=usize::MAX)); println!("{:?}", &v[black_box(1)..=usize::MAX]);
    }
    from_ascii_radix_radix_must_lie "from_ascii_radix: radix must lie in the range `[2, 36]` - found 40" {
        println!("{}", u32::from_str_radix("1", 40).is_ok());
    }
    range_end_index_out_of_range_4 "range end index 9 out of range for slice of length 3" {
        let mut s = String::from("abc"); s.drain(2..9);
    }
    assertion_failed_mid_self_len "assertion failed: mid <= self.len()" {
        let mut a = [1,2,3]; a.rotate_left(black_box(4));
    }
    dest_is_out_of_bounds "dest is out of bounds" {
        let mut a = [1,2,3]; a.copy_within(0..2, 2);
    }
    slice_index_starts_at_but_ends_2 "slice index starts at 3 but ends at 2" {
        let v=[1,2,3]; let a=black_box::<usize>(3); println!("{:?}", &v[a..=1]);
    }
    range_start_index_out_of_range_3 "range start index 5 out of range for slice of length 3" {
        let v=[1,2,3]; let a=black_box::<usize>(5); println!("{:?}", &v[a..=6]);
    }
    range_start_index_out_of_range_4 "range start index 5 out of range for slice of length 3" {
        let v=[1,2,3]; let a=black_box::<usize>(5); println!("{:?}", &v[a..6]);
    }
    range_start_index_out_of_range_5 "range start index 5 out of range for slice of length 3" {
        let v=[1,2,3]; let a=black_box::<usize>(5); println!("{:?}", &v[a..2]);
    }
    slice_index_starts_at_but_ends_3 "slice index starts at 2 but ends at 1" {
        let v=[1,2,3]; let a=black_box::<usize>(2); println!("{:?}", &v[a..=0]);
    }
    end_byte_index_is_out_of_2 "end byte index 20 is out of bounds of `héllo`" {
        let s="h\u{e9}llo"; println!("{}", &s[..=black_box::<usize>(20)]);
    }
    begin_end_2 "begin > end (3 > 2) when slicing `héllo`" {
        let s="h\u{e9}llo"; println!("{}", &s[black_box::<usize>(3)..=1]);
    }
    start_byte_index_is_out_of "start byte index 20 is out of bounds of `héllo`" {
        let s="h\u{e9}llo"; println!("{}", &s[black_box::<usize>(20)..]);
    }
    end_byte_index_is_not_a "end byte index 2 is not a char boundary; it is inside 'é' (bytes 1..3) of `héllo`" {
        let s="h\u{e9}llo"; println!("{}", &s[0..black_box::<usize>(2)]);
    }
    start_byte_index_is_not_a_2 "start byte index 2 is not a char boundary; it is inside 'é' (bytes 1..3) of `héllo`" {
        let s="h\u{e9}llo"; println!("{}", &s[black_box::<usize>(2)..black_box::<usize>(2)]);
    }
    end_byte_index_is_not_a_2 "end byte index 2 is not a char boundary; it is inside 'é' (bytes 1..3) of `héllo`" {
        let s="h\u{e9}llo"; println!("{}", &s[0..=black_box::<usize>(1)]);
    }
    start_byte_index_is_out_of_2 "start byte index 9 is out of bounds of `héllo`" {
        let s="h\u{e9}llo"; println!("{}", &s[black_box::<usize>(9)..black_box::<usize>(30)]);
    }
    start_byte_index_is_out_of_3 "start byte index 30 is out of bounds of `héllo`" {
        let s="h\u{e9}llo"; println!("{}", &s[black_box::<usize>(30)..black_box::<usize>(3)]);
    }
    start_byte_index_is_out_of_4 "start byte index 500 is out of bounds of `abababababababababababababababababababababababababababababababababababababababababababababababababababababababababababababababababababababababababababababababababababababababababababababababababababababababababababababababababababababababababababababababab`[...]" {
        let s="ab".repeat(200); println!("{}", &s[black_box::<usize>(500)..]);
    }
    end_byte_index_is_not_a_3 "end byte index 2 is not a char boundary; it is inside 'é' (bytes 1..3) of `héllo`" {
        let s="h\u{e9}llo"; println!("{:?}", s.split_at(black_box::<usize>(2)));
    }
    end_byte_index_is_out_of_3 "end byte index 20 is out of bounds of `héllo`" {
        let s="h\u{e9}llo"; println!("{:?}", s.split_at(black_box::<usize>(20)));
    }
    min_max_min_x_max_a "min > max. min = 'x', max = 'a'" {
        println!("{}", 'c'.clamp('x', 'a'));
    }
    assertion_failed_min_max "assertion failed: min <= max" {
        println!("{:?}", (1,2).clamp((5,1),(2,2)));
    }
    assertion_failed_min_max_2 "assertion failed: min <= max" {
        println!("{:?}", "c".clamp("x","a"));
    }
    assertion_failed_min_max_3 "assertion failed: min <= max" {
        println!("{:?}", true.clamp(true,false));
    }
    range_end_index_out_of_range_5 "range end index 18446744073709551615 out of range for slice of length 3" {
        let v=[1,2,3]; println!("{:?}", &v[black_box::<usize>(0)..=usize::MAX]);
    }
    range_end_index_out_of_range_6 "range end index 3 out of range for slice of length 1" {
        let v=vec![1]; black_box(v).drain(..=black_box::<usize>(3));
    }
    range_start_index_out_of_range_6 "range start index 3 out of range for slice of length 1" {
        let mut v=VecDeque::from(vec![1]); v.drain(black_box::<usize>(3)..);
    }
    range_start_is_greater_than_range "range start is greater than range end in BTreeMap" {
        let m: BTreeMap<i32,i32> = [(1,1)].into(); m.range(5..2);
    }
    range_start_is_greater_than_range_2 "range start is greater than range end in BTreeSet" {
        let m: BTreeSet<i32> = [1].into(); m.range(5..2);
    }
    range_start_and_end_are_equal "range start and end are equal and excluded in BTreeSet" {
        let m: BTreeSet<i32> = [1].into(); m.range((std::ops::Bound::Excluded(1),std::ops::Bound::Excluded(1)));
    }
    from_digit_radix_is_too_high "from_digit: radix is too high (maximum 36)" {
        println!("{:?}", char::from_digit(1, 40));
    }
    start_of_range_should_be_a "start of range should be a character boundary" {
        let mut s=String::from("h\u{e9}"); s.replace_range(black_box::<usize>(2).., "x");
    }
    assertion_failed_self_is_char_boundary_3 "assertion failed: self.is_char_boundary(start)" {
        let mut s=String::from("h\u{e9}"); s.drain(black_box::<usize>(2)..);
    }
    assertion_failed_self_is_char_boundary_4 "assertion failed: self.is_char_boundary(at)" {
        let mut s=String::from("h\u{e9}"); s.split_off(black_box::<usize>(2));
    }
    from_ascii_radix_radix_must_lie_2 "from_ascii_radix: radix must lie in the range `[2, 36]` - found 1" {
        println!("{}", i32::from_str_radix("1", 1).is_ok());
    }
    index_out_of_bounds_the_len_4 "index out of bounds: the len is 1 but the index is 1" {
        let v=[1,2,3]; println!("{:?}", v.iter().rev().skip(black_box::<usize>(1)).len()); let x: Box<[i32]> = vec![1].into(); println!("{}", x[black_box::<usize>(1)]);
    }
    capacity_overflow_2 "capacity overflow" {
        println!("{}", "abc".repeat(usize::MAX));
    }
    capacity_overflow_3 "capacity overflow" {
        println!("{:?}", [1u8].repeat(usize::MAX/1+0).len());
    }
    cannot_split_off_at_a_nonexistent "Cannot split off at a nonexistent index" {
        let mut h=LinkedList::from([1]); h.split_off(black_box::<usize>(3));
    }
    assertion_failed_j_self_len "assertion failed: j < self.len()" {
        let mut v=VecDeque::from(vec![1]); v.swap(0,black_box::<usize>(3));
    }
    at_out_of_bounds "`at` out of bounds" {
        let mut v=VecDeque::from(vec![1]); v.split_off(black_box::<usize>(3));
    }
    base_of_integer_logarithm_must_be "base of integer logarithm must be at least 2" {
        println!("{}", 5u32.ilog(black_box::<usize>(1) as u32));
    }
    argument_of_integer_logarithm_must_be_2 "argument of integer logarithm must be positive" {
        println!("{}", (-5i32).ilog10());
    }
    index_out_of_bounds_the_len_5 "index out of bounds: the len is 3 but the index is 3" {
        let a: [i32; 3] = std::array::from_fn(|i| i as i32); println!("{}", a[black_box::<usize>(3)]);
    }
    attempt_to_divide_by_zero_2 "attempt to divide by zero" {
        println!("{}",5i32.div_euclid(black_box::<usize>(0) as i32));
    }
    attempt_to_calculate_the_remainder_with_2 "attempt to calculate the remainder with a divisor of zero" {
        println!("{}",5u32.next_multiple_of(black_box::<usize>(0) as u32));
    }
    reentrant_init "reentrant init" {
        let c=OnceCell::new(); c.get_or_init(|| { c.set(1).unwrap(); 2 });
    }
    not_yet_implemented "not yet implemented" {
        todo!();
    }
    not_implemented "not implemented" {
        unimplemented!();
    }
    not_yet_implemented_a "not yet implemented: a 1" {
        todo!("a {}", 1);
    }
    range_start_index_out_of_range_7 "range start index 3 out of range for slice of length 2" {
        let mut v = vec![1,2]; v.splice(black_box::<usize>(3).., [1]);
    }
    chunk_size_must_be_non_zero_2 "chunk size must be non-zero" {
        let v = vec![1,2]; v.chunks_exact(black_box::<usize>(0));
    }
    chunk_size_must_be_non_zero_3 "chunk size must be non-zero" {
        let mut v = vec![1,2]; v.chunks_mut(black_box::<usize>(0));
    }
    chunk_size_must_be_non_zero_4 "chunk size must be non-zero" {
        let v=[1]; v.rchunks(black_box::<usize>(0));
    }
}
