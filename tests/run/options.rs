// Option and Result: combinators, question mark, conversion of errors.
use std::fmt;
#[derive(Debug)]
enum ParseError {
    Empty,
    Bad(std::num::ParseIntError),
}
impl From<std::num::ParseIntError> for ParseError {
    fn from(e: std::num::ParseIntError) -> Self {
        ParseError::Bad(e)
    }
}
impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ParseError::Empty => write!(f, "empty"),
            ParseError::Bad(e) => write!(f, "bad: {e}"),
        }
    }
}
fn sum(text: &str) -> Result<i32, ParseError> {
    if text.is_empty() {
        return Err(ParseError::Empty);
    }
    let mut total = 0;
    for part in text.split('+') {
        total += part.trim().parse::<i32>()?;
    }
    Ok(total)
}
fn middle(v: &[i32]) -> Option<i32> {
    let first = v.first()?;
    let last = v.last()?;
    Some((first + last) / 2)
}
fn main() {
    for text in ["1 + 2 + 3", "", "1 + x", "99999999999"] {
        match sum(text) {
            Ok(n) => println!("{n}"),
            Err(e) => println!("error {e}"),
        }
    }
    println!("{:?} {:?}", middle(&[1, 5, 9]), middle(&[]));
    let o: Option<i32> = Some(4);
    println!("{:?} {:?} {:?}", o.map(|x| x * 2), o.filter(|x| *x > 5), o.and_then(|x| x.checked_sub(5)));
    println!("{} {} {}", o.unwrap_or(0), None.unwrap_or_else(|| 7), o.is_some());
    println!("{:?} {:?}", o.ok_or("none"), None::<i32>.or(Some(1)));
    println!("{:?} {:?}", o.xor(None), o.zip(Some('a')));
    let mut slot = Some(3);
    println!("{:?} {:?}", slot.take(), slot);
    println!("{:?}", slot.get_or_insert(9));
    println!("{:?} {:?}", slot.replace(1), slot);
    let r: Result<i32, String> = Ok(3);
    println!("{:?} {:?} {}", r.as_ref().map(|x| x + 1), r.as_ref().ok(), r.is_ok());
    let e: Result<i32, String> = Err("no".to_string());
    println!("{:?} {} {:?}", e.as_ref().map_err(|s| s.len()), e.clone().unwrap_or_default(), e.clone().err());
    let all: Result<Vec<i32>, _> = "1 2 3".split(' ').map(|s| s.parse::<i32>()).collect();
    println!("{all:?}");
    let some: Option<Vec<i32>> = [Some(1), None].into_iter().collect();
    println!("{some:?}");
    println!("{:?}", Some(Some(1)).flatten());
}
