// Spans of time: arithmetic, rounding and printing; readers and writers in memory.
use std::io::{self, BufRead, BufReader, Cursor, Read, Seek, SeekFrom, Write};
use std::time::Duration;

fn durations() {
    let all = [
        Duration::new(5, 30),
        Duration::from_millis(2569),
        Duration::from_micros(1500),
        Duration::from_nanos(7),
        Duration::from_secs_f64(2.7),
        Duration::MAX,
        Duration::ZERO,
    ];
    for d in all {
        println!("{d:?} {d:.2?} {d:>12?} {d:<10.1?}| {d:+.0?} {} {}", d.as_millis(), d.as_secs_f64());
    }
    let d = Duration::from_secs(10) / 3 * 2 + Duration::from_millis(5);
    println!("{d:?} {:?} {:?}", Duration::try_from_secs_f32(-1.0), d.checked_sub(Duration::from_hours(1)));
    println!("{:?} {:?}", Duration::from_secs_f32(0.5e-9), all[..5].iter().sum::<Duration>());
}

fn memory() -> io::Result<()> {
    let mut c = Cursor::new(b"hello\nworld\nfoo".to_vec());
    let mut line = String::new();
    c.read_line(&mut line)?;
    println!("{line:?} {}", c.position());
    c.seek(SeekFrom::End(-3))?;
    let mut two = [0u8; 2];
    c.read_exact(&mut two)?;
    println!("{two:?} {:?}", c.read_exact(&mut [0; 5]).unwrap_err());
    c.set_position(3);
    c.write_all(b"LO, ")?;
    println!("{:?}", String::from_utf8_lossy(c.get_ref()));
    for part in BufReader::with_capacity(2, "alpha,b,c".as_bytes()).split(b',') {
        print!("{:?} ", part?.len());
    }
    let mut all = String::new();
    "abc".as_bytes().chain(&b"defg"[..]).take(5).read_to_string(&mut all)?;
    let mut out = io::BufWriter::new(Vec::new());
    write!(out, "{all}{}", 3)?;
    println!("{:?}", out.into_inner().map(|v| v.len()).ok());
    println!("{}", io::copy(&mut "xyz".as_bytes(), &mut io::stdout())?);
    let e = io::Error::new(io::ErrorKind::Other, "oh no");
    println!("{e} {e:?} {:?}", io::Error::from(io::ErrorKind::NotFound));
    writeln!(io::stdout().lock(), "{:>4}", 7)
}

fn main() {
    durations();
    memory().unwrap();
}
