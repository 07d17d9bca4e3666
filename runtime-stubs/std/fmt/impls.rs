//! `Debug` and `Display` of the basic types.

use super::{Debug, Display, Formatter, Result};
use crate::prelude::v1::*;

impl Debug for ! {
    fn fmt(&self, _f: &mut Formatter<'_>) -> Result {
        *self
    }
}
impl Display for ! {
    fn fmt(&self, _f: &mut Formatter<'_>) -> Result {
        *self
    }
}
impl Debug for () {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.pad("()")
    }
}
impl Display for bool {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.pad(if *self { "true" } else { "false" })
    }
}
impl Debug for bool {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        Display::fmt(self, f)
    }
}
impl Display for str {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.pad(self)
    }
}
impl Debug for str {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_char('"')?;
        let mut from = 0;
        for (at, c) in self.char_indices() {
            // Plain ASCII is by far the most common.
            if c >= ' ' && c <= '~' && c != '"' && c != '\\' {
                continue;
            }
            if c == '\'' {
                continue;
            }
            let escaped = crate::char::EscapeDebug::in_str(c, true);
            if escaped.len() != 1 || c == '"' || c == '\\' {
                f.write_str(&self[from..at])?;
                for e in escaped {
                    f.write_char(e)?;
                }
                from = at + c.len_utf8();
            }
        }
        f.write_str(&self[from..])?;
        f.write_char('"')
    }
}
impl Display for char {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let mut buf = [0u8; 4];
        f.pad(self.encode_utf8(&mut buf))
    }
}
impl Debug for char {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_char('\'')?;
        if *self == '"' {
            f.write_char('"')?;
        } else {
            for e in self.escape_debug() {
                f.write_char(e)?;
            }
        }
        f.write_char('\'')
    }
}
impl<T: Debug> Debug for [T] {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.debug_list().entries(self.iter()).finish()
    }
}
impl<T: ?Sized> Debug for *const T {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str("<pointer>")
    }
}
impl<T: ?Sized> Debug for *mut T {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str("<pointer>")
    }
}

macro_rules! functions {
    ($(($($a:ident)*))*) => { $(
        // An address would say nothing: it differs from image to image.
        impl<R, $($a),*> Debug for fn($($a),*) -> R {
            fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                f.pad("fn")
            }
        }
    )* };
}
functions! { () (A) (A B) (A B C) (A B C D) (A B C D E) (A B C D E G) (A B C D E G H) (A B C D E G H I) }
