// Every way to take a slice apart, and what its iterators look like.
use std::borrow::Cow;
use std::rc::Rc;

fn parts() {
    let mut v: Vec<u32> = (0..11).collect();
    println!("{:?} {:?}", v.as_chunks::<3>(), v.as_rchunks::<4>());
    println!("{:?}", v.rchunks_exact(4).map(|c| c.to_vec()).collect::<Vec<_>>());
    for chunk in v.rchunks_mut(3) {
        chunk.reverse();
    }
    println!("{v:?}");
    println!("{:?}", v.rsplitn(2, |x| x % 4 == 0).collect::<Vec<_>>());
    for part in v.split_inclusive_mut(|x| x % 3 == 0) {
        part[0] += 100;
    }
    println!("{v:?} {:?}", v.rsplit(|x| *x > 100).map(<[u32]>::len).collect::<Vec<_>>());
    if let Ok([a, b]) = v.get_disjoint_mut([0..2, 4..6]) {
        a.swap_with_slice(b);
    }
    println!("{v:?}");
    println!("{:?}", v.get_disjoint_mut([1, 1]));
    println!("{:?} {:?}", v.first_chunk::<2>(), v.split_last_chunk::<3>());
    let mut rest = &v[..];
    println!("{:?} {:?} {:?}", rest.split_off(..3), rest.split_off_last(), rest);
    println!("{:?}", v.element_offset(&v[6]));
}

fn shown() {
    let v = [1, 2, 3, 4, 5];
    println!("{:?} {:?} {:?}", v.iter(), v.chunks(2), v.windows(3));
    println!("{:?} {:?}", v.split(|x| *x == 3), v.rsplitn(2, |x| *x == 3));
    println!("{:?} {:?}", v.rchunks_exact(2), v.chunk_by(|a, b| a + 1 == *b));
    let mut w = v.to_vec();
    println!("{:?} {:?}", w.drain(1..3), v.into_iter());
}

fn text() {
    let bytes = b"ab\xffc\xe2\x82";
    for chunk in bytes.utf8_chunks() {
        println!("{:?} {:?}", chunk.valid(), chunk.invalid());
    }
    println!("{} {:?}", bytes.escape_ascii(), b"\n\"x".escape_ascii().rev().map(char::from).collect::<String>());
    println!("{:?}", char::decode_utf16([0xd834, 0xdd1e, 0xdc00]).map(|r| r.map_err(|e| e.to_string())).collect::<Vec<_>>());
}

fn owners() {
    let c: Cow<[i32]> = (&[1, 2, 3]).into();
    let r: Rc<[i32]> = [1, 2].into();
    let b: Box<str> = ["a", "b"].into_iter().collect();
    let a: Result<Box<[u8; 2]>, _> = vec![1u8, 2, 3].try_into();
    println!("{c:?} {r:?} {b} {a:?} {:?}", String::try_from(vec![104u8, 105]));
    let mut it = "12+3".chars().peekable();
    let mut number = 0;
    while let Some(d) = it.next_if_map(|c| c.to_digit(10).ok_or(c)) {
        number = number * 10 + d;
    }
    println!("{number} {:?} {:?}", it.next(), std::iter::chain([1], vec![2]).collect::<Vec<i32>>());
}

fn main() {
    parts();
    shown();
    text();
    owners();
}
