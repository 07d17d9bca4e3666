//! Formatting without dynamic dispatch.
//!
//! The compiler expands the macros into calls on a `Formatter`, which always writes to a `String`:
//! `__new`, then for each piece `__lit`, or `__plain`/`__spec` followed by the trait's `fmt`. `Arguments` is text
//! that is finished. `{:#?}` indents through state in the formatter rather than through a wrapping writer.

pub mod builders;
pub mod float;
pub mod impls;
pub mod num;

pub use self::builders::{DebugList, DebugMap, DebugSet, DebugStruct, DebugTuple};

use crate::prelude::v1::*;

pub type Result = crate::result::Result<(), Error>;

#[derive(Copy, Clone, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Error;

impl Display for Error {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.pad("an error occurred when formatting an argument")
    }
}
impl crate::error::Error for Error {}

pub trait Write {
    fn write_str(&mut self, s: &str) -> Result;
    fn write_char(&mut self, c: char) -> Result {
        let mut buf = [0u8; 4];
        self.write_str(c.encode_utf8(&mut buf))
    }
    fn write_fmt(&mut self, args: Arguments<'_>) -> Result {
        self.write_str(args.text.as_str())
    }
}
impl<W: Write + ?Sized> Write for &mut W {
    fn write_str(&mut self, s: &str) -> Result {
        (**self).write_str(s)
    }
    fn write_char(&mut self, c: char) -> Result {
        (**self).write_char(c)
    }
}

macro_rules! format_traits {
    ($($name:ident $lang:literal;)*) => { $(
        #[lang = $lang]
        pub trait $name {
            fn fmt(&self, f: &mut Formatter<'_>) -> Result;
        }
        impl<T: ?Sized + $name> $name for &T {
            fn fmt(&self, f: &mut Formatter<'_>) -> Result { $name::fmt(&**self, f) }
        }
        impl<T: ?Sized + $name> $name for &mut T {
            fn fmt(&self, f: &mut Formatter<'_>) -> Result { $name::fmt(&**self, f) }
        }
    )* };
}
format_traits! {
    Debug "Debug"; Display "Display"; Octal "Octal"; LowerHex "LowerHex"; UpperHex "UpperHex"; Binary "Binary";
    LowerExp "LowerExp"; UpperExp "UpperExp";
}
/// Addresses are not visible to programs; the trait exists for bounds only.
pub trait Pointer {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result;
}

/// Finished text; what `format_args!` gives.
pub struct Arguments<'a> {
    text: String,
    life: crate::marker::PhantomData<&'a ()>,
}
impl<'a> Arguments<'a> {
    pub fn __new(text: String) -> Arguments<'a> {
        Arguments { text, life: crate::marker::PhantomData }
    }
    pub fn __into_string(self) -> String {
        self.text
    }
    pub fn as_str(&self) -> Option<&'static str> {
        None
    }
}
impl Clone for Arguments<'_> {
    fn clone(&self) -> Self {
        Arguments::__new(self.text.clone())
    }
}
impl Debug for Arguments<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str(self.text.as_str())
    }
}
impl Display for Arguments<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str(self.text.as_str())
    }
}

/// `format(args)`
pub fn format(args: Arguments<'_>) -> String {
    args.text
}
/// `write(&mut out, args)`
pub fn write<W: Write + ?Sized>(out: &mut W, args: Arguments<'_>) -> Result {
    out.write_str(args.text.as_str())
}

#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Alignment {
    Left,
    Right,
    Center,
}

const SIGN_PLUS: u32 = 1;
const SIGN_MINUS: u32 = 2;
const ALTERNATE: u32 = 4;
const ZERO: u32 = 8;
const DEBUG_LOWER_HEX: u32 = 16;
const DEBUG_UPPER_HEX: u32 = 32;

/// Where formatted text goes, and how the current piece is to look.
pub struct Formatter<'a> {
    buf: &'a mut String,
    flags: u32,
    fill: char,
    /// 0 unknown, 1 left, 2 center, 3 right.
    align: u8,
    width: Option<usize>,
    precision: Option<usize>,
    /// Depth of `{:#?}` nesting; every line starts with four spaces for each level.
    depth: usize,
    line_start: bool,
}

impl<'a> Formatter<'a> {
    pub fn __new(buf: &'a mut String) -> Formatter<'a> {
        Formatter {
            buf,
            flags: 0,
            fill: ' ',
            align: 0,
            width: None,
            precision: None,
            depth: 0,
            line_start: false,
        }
    }
    pub fn __lit(&mut self, s: &str) {
        self.buf.push_str(s);
    }
    pub fn __plain(&mut self) {
        self.flags = 0;
        self.fill = ' ';
        self.align = 0;
        self.width = None;
        self.precision = None;
    }
    pub fn __spec(&mut self, fill: char, align: u8, flags: u32, width: Option<usize>, precision: Option<usize>) {
        self.fill = fill;
        self.align = align;
        self.flags = flags;
        self.width = width;
        self.precision = precision;
    }

    pub fn write_str(&mut self, s: &str) -> Result {
        if self.depth == 0 {
            self.buf.push_str(s);
        } else {
            self.write_indented(s);
        }
        Ok(())
    }
    fn write_indented(&mut self, s: &str) {
        let b = s.as_bytes();
        let mut at = 0;
        while at < b.len() {
            let mut end = at;
            // The loop asks once.
            while end < b.len() && unsafe { *b.as_ptr().add(end) } != b'\n' {
                end += 1;
            }
            if end < b.len() {
                end += 1;
            }
            if self.line_start {
                let mut k = 0;
                while k < self.depth {
                    self.buf.push_str("    ");
                    k += 1;
                }
            }
            // Lines end at line feeds, which are bytes of their own.
            self.buf.push_str(unsafe { crate::str::from_utf8_unchecked(&b[at..end]) });
            self.line_start = b[end - 1] == b'\n';
            at = end;
        }
    }
    pub fn write_char(&mut self, c: char) -> Result {
        if self.depth == 0 {
            self.buf.push(c);
            return Ok(());
        }
        let mut buf = [0u8; 4];
        self.write_str(c.encode_utf8(&mut buf))
    }
    pub fn write_fmt(&mut self, args: Arguments<'_>) -> Result {
        self.write_str(args.text.as_str())
    }

    pub(crate) fn indent(&mut self) {
        self.depth += 1;
        self.line_start = true;
    }
    pub(crate) fn dedent(&mut self) {
        self.depth -= 1;
    }

    pub fn fill(&self) -> char {
        self.fill
    }
    pub fn align(&self) -> Option<Alignment> {
        match self.align {
            1 => Some(Alignment::Left),
            2 => Some(Alignment::Center),
            3 => Some(Alignment::Right),
            _ => None,
        }
    }
    pub fn width(&self) -> Option<usize> {
        self.width
    }
    pub fn precision(&self) -> Option<usize> {
        self.precision
    }
    pub fn sign_plus(&self) -> bool {
        self.flags & SIGN_PLUS != 0
    }
    pub fn sign_minus(&self) -> bool {
        self.flags & SIGN_MINUS != 0
    }
    pub fn alternate(&self) -> bool {
        self.flags & ALTERNATE != 0
    }
    pub fn sign_aware_zero_pad(&self) -> bool {
        self.flags & ZERO != 0
    }
    pub(crate) fn debug_lower_hex(&self) -> bool {
        self.flags & DEBUG_LOWER_HEX != 0
    }
    pub(crate) fn debug_upper_hex(&self) -> bool {
        self.flags & DEBUG_UPPER_HEX != 0
    }

    fn fill_times(&mut self, n: usize) {
        let mut k = 0;
        while k < n {
            let _ = self.write_char(self.fill);
            k += 1;
        }
    }
    /// Writes the left filling for `n` missing columns and gives the length of the right one.
    fn start_padding(&mut self, n: usize, default: u8) -> usize {
        let left = match if self.align == 0 { default } else { self.align } {
            1 => 0,
            2 => n / 2,
            _ => n,
        };
        self.fill_times(left);
        n - left
    }

    /// Text, cut to the precision and filled to the width.
    pub fn pad(&mut self, s: &str) -> Result {
        if self.width.is_none() && self.precision.is_none() {
            return self.write_str(s);
        }
        let mut text = s;
        let mut count = 0;
        let mut at = 0;
        let limit = self.precision.unwrap_or(usize::MAX);
        while let Some((_, next)) = crate::str::char_after(s, at) {
            if count == limit {
                text = &s[..at];
                break;
            }
            count += 1;
            at = next;
        }
        match self.width {
            Some(w) if w > count => {
                let right = self.start_padding(w - count, 1);
                self.write_str(text)?;
                self.fill_times(right);
                Ok(())
            }
            _ => self.write_str(text),
        }
    }

    /// Digits with a sign, and a prefix under `#`; zeros go between them and the digits.
    pub fn pad_integral(&mut self, is_nonnegative: bool, prefix: &str, digits: &str) -> Result {
        let sign = if !is_nonnegative {
            "-"
        } else if self.sign_plus() {
            "+"
        } else {
            ""
        };
        let prefix = if self.alternate() { prefix } else { "" };
        self.pad_number(sign, prefix, digits)
    }
    /// A number in two parts, padded as numbers are.
    pub(crate) fn pad_number(&mut self, sign: &str, prefix: &str, digits: &str) -> Result {
        let used = sign.len() + prefix.len() + digits.len();
        match self.width {
            Some(w) if w > used => {
                if self.sign_aware_zero_pad() {
                    self.write_str(sign)?;
                    self.write_str(prefix)?;
                    let mut k = used;
                    while k < w {
                        self.write_char('0')?;
                        k += 1;
                    }
                    self.write_str(digits)
                } else {
                    let right = self.start_padding(w - used, 3);
                    self.write_str(sign)?;
                    self.write_str(prefix)?;
                    self.write_str(digits)?;
                    self.fill_times(right);
                    Ok(())
                }
            }
            _ => {
                self.write_str(sign)?;
                self.write_str(prefix)?;
                self.write_str(digits)
            }
        }
    }
    pub fn debug_struct<'b>(&'b mut self, name: &str) -> DebugStruct<'b, 'a> {
        builders::debug_struct_new(self, name)
    }
    pub fn debug_tuple<'b>(&'b mut self, name: &str) -> DebugTuple<'b, 'a> {
        builders::debug_tuple_new(self, name)
    }
    pub fn debug_list<'b>(&'b mut self) -> DebugList<'b, 'a> {
        builders::debug_list_new(self)
    }
    pub fn debug_set<'b>(&'b mut self) -> DebugSet<'b, 'a> {
        builders::debug_set_new(self)
    }
    pub fn debug_map<'b>(&'b mut self) -> DebugMap<'b, 'a> {
        builders::debug_map_new(self)
    }
}
impl Write for Formatter<'_> {
    fn write_str(&mut self, s: &str) -> Result {
        Formatter::write_str(self, s)
    }
    fn write_char(&mut self, c: char) -> Result {
        Formatter::write_char(self, c)
    }
}

/// A value that is shown by a function.
pub struct FromFn<F>(F);
pub fn from_fn<F: Fn(&mut Formatter<'_>) -> Result>(f: F) -> FromFn<F> {
    FromFn(f)
}
impl<F: Fn(&mut Formatter<'_>) -> Result> Debug for FromFn<F> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        (self.0)(f)
    }
}
impl<F: Fn(&mut Formatter<'_>) -> Result> Display for FromFn<F> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        (self.0)(f)
    }
}

/// What a formatting macro does with the result of a formatting trait.
#[track_caller]
pub fn __check(result: Result) {
    if result.is_err() {
        crate::panicking::__format_failed();
    }
}
