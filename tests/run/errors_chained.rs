// Errors that hold errors: sources, downcasts, io::Error with something inside, conversions by `?`, results collected.
use std::error::Error;
use std::fmt::{self, Display};
use std::io::{self, BufRead, Cursor, ErrorKind, Read};
use std::num::{IntErrorKind, ParseFloatError, ParseIntError};
use std::str::FromStr;

#[derive(Debug)]
enum Cause {
    Io(io::Error),
    Number { text: String, source: ParseIntError },
    Float(ParseFloatError),
    Shape { rows: usize, found: usize },
}

impl Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cause::Io(e) => write!(f, "reading failed: {e}"),
            Cause::Number { text, .. } => write!(f, "{text:?} is no number"),
            Cause::Float(_) => f.write_str("bad weight"),
            Cause::Shape { rows, found } if *found > *rows => write!(f, "{} rows too many", found - rows),
            Cause::Shape { rows, found } => write!(f, "{found} rows instead of {rows}"),
        }
    }
}

impl Error for Cause {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Cause::Io(e) => Some(e),
            Cause::Number { source, .. } => Some(source),
            Cause::Float(e) => Some(e),
            Cause::Shape { .. } => None,
        }
    }
}

macro_rules! from {
    ($($variant:ident($source:ty)),*) => {
        $(impl From<$source> for Cause {
            fn from(e: $source) -> Self {
                Cause::$variant(e)
            }
        })*
    };
}
from!(Io(io::Error), Float(ParseFloatError));

#[derive(Debug, PartialEq)]
struct Table {
    weight: f64,
    rows: Vec<Vec<i16>>,
}

fn read(mut input: impl BufRead) -> Result<Table, Cause> {
    let mut head = String::new();
    if input.read_line(&mut head)? == 0 {
        return Err(io::Error::new(ErrorKind::UnexpectedEof, "no first line").into());
    }
    let mut head = head.split_whitespace();
    let number = |text: &str| text.parse().map_err(|source| Cause::Number { text: text.to_string(), source });
    let rows: usize = number(head.next().unwrap_or_default())?;
    let weight: f64 = head.next().unwrap_or("1").parse()?;
    let table = input
        .lines()
        .map(|line| {
            line?
                .split(',')
                .map(|cell| {
                    i16::from_str(cell.trim()).map_err(|source| Cause::Number { text: cell.into(), source })
                })
                .collect()
        })
        .collect::<Result<Vec<Vec<i16>>, Cause>>()?;
    if table.len() != rows {
        return Err(Cause::Shape { rows, found: table.len() });
    }
    Ok(Table { weight, rows: table })
}

/// Every error with all its sources.
fn chain(error: &(dyn Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(source) = next {
        text += &format!(": {source}");
        next = source.source();
    }
    text
}

struct Broken(u8);

impl Read for Broken {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if self.0 == 0 {
            return Err(io::Error::other(Cause::Shape { rows: 1, found: 3 }));
        }
        self.0 -= 1;
        buf[0] = b'1';
        Ok(1)
    }
}

fn explain(error: Box<dyn Error>) -> String {
    match error.downcast::<Cause>() {
        Ok(cause) => match *cause {
            Cause::Number { source, .. } if *source.kind() == IntErrorKind::PosOverflow => {
                "too big".to_string()
            }
            Cause::Io(e) if e.get_ref().is_some_and(|inner| inner.is::<Cause>()) => {
                format!("inside {:?}", e.kind())
            }
            other => chain(&other),
        },
        Err(other) => format!("something else: {other}"),
    }
}

fn run(text: &str) -> Result<i32, Box<dyn Error>> {
    let table = read(Cursor::new(text))?;
    let sum: i32 = table.rows.iter().flatten().map(|&n| i32::from(n)).sum();
    if sum < 0 {
        Err(format!("sum {sum}"))?;
    }
    Ok((f64::from(sum) * table.weight) as i32)
}

fn main() -> Result<(), Box<dyn Error>> {
    for text in [
        "2 0.5\n1,2\n3, 4\n",
        "",
        "x\n",
        "1 y\n",
        "1\n1,,2\n",
        "1\n40000\n",
        "3\n1\n",
        "1\n1\n2\n",
        "1\n-5\n",
    ] {
        match run(text) {
            Ok(n) => println!("{text:?} gives {n}"),
            Err(e) => println!("{text:?} fails: {}", explain(e)),
        }
    }
    let e = read(io::BufReader::new(Broken(2))).unwrap_err();
    println!("{}", chain(&e));
    println!("{}", explain(e.into()));
    let e = io::Error::new(ErrorKind::PermissionDenied, "not yours");
    println!("{e} / {e:?}");
    println!("{:?}", e.into_inner().map(|inner| inner.to_string()));
    println!("{:?} {}", io::Error::from(ErrorKind::TimedOut), ErrorKind::AddrInUse);
    let wrapped: Box<dyn Error + Send + Sync> = From::from("plain text");
    println!("{wrapped} {wrapped:?} {}", wrapped.source().is_none());
    Err(Cause::Float("1.2.3".parse::<f64>().unwrap_err()).into())
}
