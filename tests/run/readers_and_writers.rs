// io-style programs: Cursor, BufReader, Read/Write traits, errors with From
use std::collections::VecDeque;
use std::error::Error;
use std::fmt;
use std::io::{self, BufRead, BufReader, BufWriter, Cursor, ErrorKind, Read, Seek, SeekFrom, Write};

#[derive(Debug)]
enum ConfigError {
    Io(io::Error),
    Parse { line: usize, source: std::num::ParseIntError },
    Missing(String),
}
impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ConfigError::Io(e) => write!(f, "io: {e}"),
            ConfigError::Parse { line, source } => write!(f, "line {line}: {source}"),
            ConfigError::Missing(k) => write!(f, "missing key {k}"),
        }
    }
}
impl Error for ConfigError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Io(e) => Some(e),
            Self::Parse { source, .. } => Some(source),
            Self::Missing(_) => None,
        }
    }
}
impl From<io::Error> for ConfigError {
    fn from(e: io::Error) -> Self {
        ConfigError::Io(e)
    }
}
fn parse<R: BufRead>(r: R) -> Result<Vec<(String, i64)>, ConfigError> {
    let mut out = Vec::new();
    for (i, line) in r.lines().enumerate() {
        let line = line?;
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (k, v) = line.split_once('=').ok_or_else(|| ConfigError::Missing(line.to_string()))?;
        let v = v.trim().parse().map_err(|source| ConfigError::Parse { line: i + 1, source })?;
        out.push((k.trim().to_owned(), v));
    }
    Ok(out)
}
struct Rot13<R>(R);
impl<R: Read> Read for Rot13<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.0.read(buf)?;
        for b in &mut buf[..n] {
            *b = match *b {
                b'a'..=b'z' => (*b - b'a' + 13) % 26 + b'a',
                b'A'..=b'Z' => (*b - b'A' + 13) % 26 + b'A',
                x => x,
            };
        }
        Ok(n)
    }
}
#[derive(Default)]
struct Counter {
    bytes: usize,
    lines: usize,
    inner: Vec<u8>,
}
impl Write for Counter {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        self.bytes += buf.len();
        self.lines += buf.iter().filter(|&&b| b == b'\n').count();
        self.inner.write(buf)
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
struct Flaky {
    left: VecDeque<Result<Vec<u8>, ErrorKind>>,
}
impl Read for Flaky {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        match self.left.pop_front() {
            None => Ok(0),
            Some(Err(k)) => Err(k.into()),
            Some(Ok(mut v)) => {
                let n = v.len().min(buf.len());
                buf[..n].copy_from_slice(&v[..n]);
                if n < v.len() {
                    self.left.push_front(Ok(v.split_off(n)));
                }
                Ok(n)
            }
        }
    }
}
fn report(e: &dyn Error) -> String {
    let mut s = e.to_string();
    let mut cur = e.source();
    while let Some(c) = cur {
        s += &format!(" <- {c}");
        cur = c.source();
    }
    s
}
fn main() -> Result<(), Box<dyn Error>> {
    println!("{:?}", parse(Cursor::new("a = 1\n# c\n\n b=-2 \n"))?);
    for bad in ["x", "a=1\nb=zz", "k=99999999999999999999"] {
        if let Err(e) = parse(bad.as_bytes()) {
            println!("{} | {e:?}", report(&e));
        }
    }
    let mut s = String::new();
    Rot13("Uryyb, Jbeyq!".as_bytes()).read_to_string(&mut s)?;
    println!("{s}");
    let mut w = BufWriter::new(Counter::default());
    for i in 0..5 {
        writeln!(w, "row {i:>3}")?;
    }
    w.flush()?;
    let c = w.into_inner().map_err(|e| e.to_string())?;
    println!("{} {} {:?}", c.bytes, c.lines, String::from_utf8_lossy(&c.inner[..8]));
    let mut f = BufReader::with_capacity(
        4,
        Flaky {
            left: VecDeque::from([
                Ok(b"hello wo".to_vec()),
                Err(ErrorKind::Interrupted),
                Ok(b"rld\nsecond".to_vec()),
            ]),
        },
    );
    let mut l = String::new();
    println!("{} {l:?}", f.read_line(&mut l)?);
    l.clear();
    f.read_line(&mut l)?;
    println!("{l:?} {}", f.read_line(&mut l)?);
    let mut cur = Cursor::new(vec![1u8, 2, 3, 4, 5, 6, 7, 8]);
    let mut b = [0u8; 3];
    cur.read_exact(&mut b)?;
    println!("{b:?} {}", cur.position());
    cur.seek(SeekFrom::End(-2))?;
    cur.write_all(&[9, 9, 9])?;
    println!("{:?}", cur.get_ref());
    cur.seek(SeekFrom::Start(1))?;
    let mut rest = vec![];
    Read::by_ref(&mut cur).take(3).read_to_end(&mut rest)?;
    println!("{rest:?} {:?}", cur.read_exact(&mut [0; 20]).map_err(|e| e.kind()));
    let e = io::Error::new(ErrorKind::InvalidData, ConfigError::Missing("k".into()));
    println!("{e} {:?} {:?}", e.kind(), e.get_ref().map(|x| x.is::<ConfigError>()));
    println!("{e:?}");
    println!("{:?} {}", io::Error::from(ErrorKind::NotFound), io::Error::other("boom"));
    match e.downcast::<ConfigError>() {
        Ok(c) => println!("got {c}"),
        Err(_) => println!("no"),
    }
    let data = b"k1:v1;k2:v2;";
    println!(
        "{:?}",
        data.split(|b| *b == b';')
            .filter(|s| !s.is_empty())
            .map(|s| std::str::from_utf8(s).unwrap())
            .collect::<Vec<_>>()
    );
    for part in Cursor::new(data).split(b';') {
        print!("{} ", String::from_utf8(part?)?);
    }
    println!();
    let mut chained = "ab".as_bytes().chain(&b"cd"[..]);
    let mut t = String::new();
    chained.read_to_string(&mut t)?;
    println!("{t} {:?}", "xyz".as_bytes().bytes().map(|b| b.unwrap()).max());
    // Where too little is left, it is taken and nothing is written.
    let (mut rest, mut here) = (Cursor::new([1u8, 2, 3]), [0; 2]);
    rest.read_exact(&mut here)?;
    println!("{:?} {here:?} {}", rest.read_exact(&mut here).map_err(|e| e.kind()), rest.position());
    let mut slice = &[4u8][..];
    println!("{} {here:?} {}", slice.read_exact(&mut here).unwrap_err(), slice.len());
    let stdin = io::stdin();
    let mut n = 0;
    for line in stdin.lock().lines() {
        n += line?.len();
    }
    println!("{n}");
    let out = io::stdout();
    let mut h = out.lock();
    write!(h, "{}-", 1)?;
    h.write_all(b"done\n")?;
    io::copy(&mut Rot13(&b"nop\n"[..]), &mut h)?;
    Err(Box::new(ConfigError::Missing("end".to_string())))
}
