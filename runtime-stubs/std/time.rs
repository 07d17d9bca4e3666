//! Spans of time. There is no clock: what it shows would differ from run to run.

use crate::fmt;
use crate::iter::Sum;
use crate::ops::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Sub, SubAssign};
use crate::panicking::panic;
use crate::prelude::v1::*;

const NANOS: u32 = 1_000_000_000;

/// Whole seconds, and less than a second in nanoseconds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Duration {
    secs: u64,
    nanos: u32,
}

impl Duration {
    pub const ZERO: Duration = Duration { secs: 0, nanos: 0 };
    pub const MAX: Duration = Duration { secs: u64::MAX, nanos: NANOS - 1 };

    #[track_caller]
    pub const fn new(secs: u64, nanos: u32) -> Duration {
        match secs.checked_add((nanos / NANOS) as u64) {
            Some(secs) => Duration { secs, nanos: nanos % NANOS },
            None => panic("overflow in Duration::new"),
        }
    }
    pub const fn from_secs(secs: u64) -> Duration {
        Duration { secs, nanos: 0 }
    }
    pub const fn from_millis(millis: u64) -> Duration {
        Duration { secs: millis / 1_000, nanos: (millis % 1_000) as u32 * 1_000_000 }
    }
    pub const fn from_micros(micros: u64) -> Duration {
        Duration { secs: micros / 1_000_000, nanos: (micros % 1_000_000) as u32 * 1_000 }
    }
    pub const fn from_nanos(nanos: u64) -> Duration {
        Duration { secs: nanos / NANOS as u64, nanos: (nanos % NANOS as u64) as u32 }
    }
    #[track_caller]
    pub const fn from_nanos_u128(nanos: u128) -> Duration {
        let secs = nanos / NANOS as u128;
        if secs > u64::MAX as u128 {
            panic("overflow in `Duration::from_nanos_u128`");
        }
        Duration { secs: secs as u64, nanos: (nanos % NANOS as u128) as u32 }
    }
    #[track_caller]
    pub const fn from_mins(mins: u64) -> Duration {
        match mins.checked_mul(60) {
            Some(secs) => Duration::from_secs(secs),
            None => panic("overflow in Duration::from_mins"),
        }
    }
    #[track_caller]
    pub const fn from_hours(hours: u64) -> Duration {
        match hours.checked_mul(3600) {
            Some(secs) => Duration::from_secs(secs),
            None => panic("overflow in Duration::from_hours"),
        }
    }
    pub const fn is_zero(&self) -> bool {
        self.secs == 0 && self.nanos == 0
    }
    pub const fn as_secs(&self) -> u64 {
        self.secs
    }
    pub const fn subsec_millis(&self) -> u32 {
        self.nanos / 1_000_000
    }
    pub const fn subsec_micros(&self) -> u32 {
        self.nanos / 1_000
    }
    pub const fn subsec_nanos(&self) -> u32 {
        self.nanos
    }
    pub const fn as_millis(&self) -> u128 {
        self.secs as u128 * 1_000 + self.subsec_millis() as u128
    }
    pub const fn as_micros(&self) -> u128 {
        self.secs as u128 * 1_000_000 + self.subsec_micros() as u128
    }
    pub const fn as_nanos(&self) -> u128 {
        self.secs as u128 * NANOS as u128 + self.nanos as u128
    }
    pub const fn abs_diff(self, other: Duration) -> Duration {
        match self.checked_sub(other) {
            Some(d) => d,
            None => other.saturating_sub(self),
        }
    }
    pub const fn checked_add(self, rhs: Duration) -> Option<Duration> {
        let nanos = self.nanos + rhs.nanos;
        let (carry, nanos) = if nanos >= NANOS { (1, nanos - NANOS) } else { (0, nanos) };
        match self.secs.checked_add(rhs.secs) {
            Some(secs) => match secs.checked_add(carry) {
                Some(secs) => Some(Duration { secs, nanos }),
                None => None,
            },
            None => None,
        }
    }
    pub const fn saturating_add(self, rhs: Duration) -> Duration {
        match self.checked_add(rhs) {
            Some(d) => d,
            None => Duration::MAX,
        }
    }
    pub const fn checked_sub(self, rhs: Duration) -> Option<Duration> {
        let (borrow, nanos) = if self.nanos >= rhs.nanos {
            (0, self.nanos - rhs.nanos)
        } else {
            (1, self.nanos + NANOS - rhs.nanos)
        };
        match self.secs.checked_sub(rhs.secs) {
            Some(secs) => match secs.checked_sub(borrow) {
                Some(secs) => Some(Duration { secs, nanos }),
                None => None,
            },
            None => None,
        }
    }
    pub const fn saturating_sub(self, rhs: Duration) -> Duration {
        match self.checked_sub(rhs) {
            Some(d) => d,
            None => Duration::ZERO,
        }
    }
    pub const fn checked_mul(self, rhs: u32) -> Option<Duration> {
        let nanos = self.nanos as u64 * rhs as u64;
        match self.secs.checked_mul(rhs as u64) {
            Some(secs) => match secs.checked_add(nanos / NANOS as u64) {
                Some(secs) => Some(Duration { secs, nanos: (nanos % NANOS as u64) as u32 }),
                None => None,
            },
            None => None,
        }
    }
    pub const fn saturating_mul(self, rhs: u32) -> Duration {
        match self.checked_mul(rhs) {
            Some(d) => d,
            None => Duration::MAX,
        }
    }
    pub const fn checked_div(self, rhs: u32) -> Option<Duration> {
        if rhs == 0 {
            return None;
        }
        let rest = (self.secs % rhs as u64) * NANOS as u64 + (self.nanos % rhs) as u64;
        let nanos = self.nanos / rhs + (rest / rhs as u64) as u32;
        Some(Duration { secs: self.secs / rhs as u64, nanos })
    }
    pub const fn as_secs_f64(&self) -> f64 {
        self.secs as f64 + self.nanos as f64 / NANOS as f64
    }
    pub const fn as_secs_f32(&self) -> f32 {
        self.secs as f32 + self.nanos as f32 / NANOS as f32
    }
    #[track_caller]
    pub fn from_secs_f64(secs: f64) -> Duration {
        match Duration::try_from_secs_f64(secs) {
            Ok(d) => d,
            Err(e) => panic(e.text()),
        }
    }
    #[track_caller]
    pub fn from_secs_f32(secs: f32) -> Duration {
        Duration::from_secs_f64(secs as f64)
    }
    pub fn try_from_secs_f32(secs: f32) -> Result<Duration, TryFromFloatSecsError> {
        Duration::try_from_secs_f64(secs as f64)
    }
    /// The nearest number of nanoseconds, the even one of two.
    pub fn try_from_secs_f64(secs: f64) -> Result<Duration, TryFromFloatSecsError> {
        if secs < 0.0 {
            return Err(TryFromFloatSecsError { kind: TryFromFloatSecsErrorKind::Negative });
        }
        let bits = secs.to_bits();
        let exponent = ((bits >> 52) & 0x7ff) as i32 - 1023;
        let mantissa = (bits & ((1 << 52) - 1)) | 1 << 52;
        if exponent < -31 {
            return Ok(Duration::ZERO);
        }
        if exponent >= 64 {
            return Err(TryFromFloatSecsError { kind: TryFromFloatSecsErrorKind::OverflowOrNan });
        }
        // The value is `mantissa / 2^shift` seconds.
        let shift = 52 - exponent;
        if shift <= 0 {
            return Ok(Duration::from_secs(mantissa << -shift));
        }
        let whole = if shift < 64 { mantissa >> shift } else { 0 };
        let part = if shift < 64 { mantissa & ((1 << shift) - 1) } else { mantissa };
        let scaled = part as u128 * NANOS as u128;
        let nanos = (scaled >> shift) as u32;
        let rest = scaled & ((1 << shift) - 1);
        let half = 1u128 << (shift - 1);
        let up = rest > half || rest == half && nanos % 2 == 1;
        match Duration::from_secs(whole).checked_add(Duration::from_nanos(nanos as u64 + up as u64)) {
            Some(d) => Ok(d),
            None => Err(TryFromFloatSecsError { kind: TryFromFloatSecsErrorKind::OverflowOrNan }),
        }
    }
    #[track_caller]
    pub fn mul_f64(self, rhs: f64) -> Duration {
        Duration::from_secs_f64(rhs * self.as_secs_f64())
    }
    #[track_caller]
    pub fn mul_f32(self, rhs: f32) -> Duration {
        Duration::from_secs_f32(rhs * self.as_secs_f32())
    }
    #[track_caller]
    pub fn div_f64(self, rhs: f64) -> Duration {
        Duration::from_secs_f64(self.as_secs_f64() / rhs)
    }
    #[track_caller]
    pub fn div_f32(self, rhs: f32) -> Duration {
        Duration::from_secs_f32(self.as_secs_f32() / rhs)
    }
    pub fn div_duration_f64(self, rhs: Duration) -> f64 {
        let nanos = |d: Duration| d.secs as f64 * NANOS as f64 + d.nanos as f64;
        nanos(self) / nanos(rhs)
    }
    pub fn div_duration_f32(self, rhs: Duration) -> f32 {
        let nanos = |d: Duration| d.secs as f32 * NANOS as f32 + d.nanos as f32;
        nanos(self) / nanos(rhs)
    }
}

macro_rules! operators {
    ($($tr:ident $m:ident $trs:ident $ms:ident $rhs:ty, $f:ident, $text:literal;)*) => { $(
        impl $tr<$rhs> for Duration {
            type Output = Duration;
            #[track_caller]
            fn $m(self, rhs: $rhs) -> Duration {
                self.$f(rhs).expect($text)
            }
        }
        impl $trs<$rhs> for Duration {
            #[track_caller]
            fn $ms(&mut self, rhs: $rhs) {
                *self = self.$f(rhs).expect($text);
            }
        }
    )* };
}
operators! {
    Add add AddAssign add_assign Duration, checked_add, "overflow when adding durations";
    Sub sub SubAssign sub_assign Duration, checked_sub, "overflow when subtracting durations";
    Mul mul MulAssign mul_assign u32, checked_mul, "overflow when multiplying duration by scalar";
    Div div DivAssign div_assign u32, checked_div, "divide by zero error when dividing duration by scalar";
}
impl Mul<Duration> for u32 {
    type Output = Duration;
    #[track_caller]
    fn mul(self, rhs: Duration) -> Duration {
        rhs * self
    }
}
impl Sum for Duration {
    fn sum<I: Iterator<Item = Duration>>(iter: I) -> Duration {
        iter.fold(Duration::ZERO, |a, b| a.checked_add(b).expect("overflow in iter::sum over durations"))
    }
}
impl<'a> Sum<&'a Duration> for Duration {
    fn sum<I: Iterator<Item = &'a Duration>>(iter: I) -> Duration {
        iter.copied().sum()
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TryFromFloatSecsError {
    kind: TryFromFloatSecsErrorKind,
}
#[derive(Debug, Clone, PartialEq, Eq)]
enum TryFromFloatSecsErrorKind {
    Negative,
    OverflowOrNan,
}
impl TryFromFloatSecsError {
    fn text(&self) -> &'static str {
        match self.kind {
            TryFromFloatSecsErrorKind::Negative => {
                "cannot convert float seconds to Duration: value is negative"
            }
            TryFromFloatSecsErrorKind::OverflowOrNan => {
                "cannot convert float seconds to Duration: value is either too big or NaN"
            }
        }
    }
}
impl fmt::Display for TryFromFloatSecsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.text())
    }
}
impl crate::error::Error for TryFromFloatSecsError {}

impl fmt::Debug for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let nanos = self.nanos;
        if self.secs > 0 {
            show(f, self.secs, nanos, NANOS / 10, "s")
        } else if nanos >= 1_000_000 {
            show(f, (nanos / 1_000_000) as u64, nanos % 1_000_000, 100_000, "ms")
        } else if nanos >= 1_000 {
            show(f, (nanos / 1_000) as u64, nanos % 1_000, 100, "µs")
        } else {
            show(f, nanos as u64, 0, 1, "ns")
        }
    }
}
/// A number whose digits after the point are those of `part`, the first of them worth `digit`.
fn show(f: &mut fmt::Formatter<'_>, whole: u64, part: u32, digit: u32, unit: &str) -> fmt::Result {
    let (mut whole, mut part, mut digit) = (whole as u128, part, digit);
    let most = match f.precision() {
        Some(p) if p < 9 => p,
        _ => 9,
    };
    let mut digits = String::new();
    while part > 0 && digits.len() < most {
        digits.push((b'0' + (part / digit) as u8) as char);
        part %= digit;
        digit /= 10;
    }
    if part > 0 && part >= digit * 5 {
        let last = digits.as_bytes().last().map_or(whole as u8, |d| *d);
        if part > digit * 5 || last % 2 == 1 {
            let kept = digits.trim_end_matches('9').len();
            let zeros = digits.len() - kept;
            digits.truncate(kept);
            match digits.pop() {
                Some(d) => digits.push((d as u8 + 1) as char),
                None => whole += 1,
            }
            digits.push_str("0".repeat(zeros).as_str());
        }
    }
    if let Some(p) = f.precision() {
        while digits.len() < p {
            digits.push('0');
        }
    }
    let mut text = String::from(if f.sign_plus() { "+" } else { "" });
    text.push_str(whole.to_string().as_str());
    if !digits.is_empty() {
        text.push('.');
        text.push_str(digits.as_str());
    }
    text.push_str(unit);
    let spare = f.width().map_or(0, |w| w.saturating_sub(text.chars().count()));
    let before = match f.align() {
        Some(fmt::Alignment::Right) => spare,
        Some(fmt::Alignment::Center) => spare / 2,
        _ => 0,
    };
    for _ in 0..before {
        fmt::Write::write_char(f, f.fill())?;
    }
    f.write_str(text.as_str())?;
    for _ in before..spare {
        fmt::Write::write_char(f, f.fill())?;
    }
    Ok(())
}
