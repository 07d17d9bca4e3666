//! Standard input, output and error.

use super::{__eprint, BufRead, Lines, Read, Result, Write};
use crate::marker::PhantomData;
use crate::prelude::v1::*;
use crate::{fmt, rt};

macro_rules! output {
    ($($name:ident $lock:ident $text:literal $locked:literal $make:ident $print:path;)*) => { $(
        pub struct $name(());
        pub struct $lock<'a>(PhantomData<&'a ()>);
        pub fn $make() -> $name {
            $name(())
        }
        impl $name {
            pub fn lock(&self) -> $lock<'static> {
                $lock(PhantomData)
            }
        }
        output! { @write $print: [] $name; ['a] $lock<'a>; ['a] &'a $name; }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct($text).finish_non_exhaustive()
            }
        }
        impl fmt::Debug for $lock<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct($locked).finish_non_exhaustive()
            }
        }
    )* };
    (@write $print:path: $([$($g:tt)*] $t:ty;)*) => { $(
        impl<$($g)*> Write for $t {
            fn write(&mut self, buf: &[u8]) -> Result<usize> {
                $print(unsafe { crate::str::from_utf8_unchecked(buf) });
                Ok(buf.len())
            }
            fn flush(&mut self) -> Result<()> {
                Ok(())
            }
        }
    )* };
}
output! {
    Stdout StdoutLock "Stdout" "StdoutLock" stdout rt::print;
    Stderr StderrLock "Stderr" "StderrLock" stderr __eprint;
}

/// Standard input is the input named `stdin`; the run's state remembers how much of it was read.
pub struct Stdin(pub(super) ());
pub struct StdinLock<'a>(PhantomData<&'a ()>);
impl Stdin {
    pub fn lock(&self) -> StdinLock<'static> {
        StdinLock(PhantomData)
    }
    pub fn read_line(&self, buf: &mut String) -> Result<usize> {
        self.lock().read_line(buf)
    }
    pub fn lines(self) -> Lines<StdinLock<'static>> {
        self.lock().lines()
    }
}
impl Read for StdinLock<'_> {
    fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
        let n = rt::object::stdin_rest().read(buf)?;
        rt::object::stdin_advance(n);
        Ok(n)
    }
}
impl BufRead for StdinLock<'_> {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        Ok(rt::object::stdin_rest())
    }
    fn consume(&mut self, amount: usize) {
        rt::object::stdin_advance(amount);
    }
}
impl Read for Stdin {
    fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
        self.lock().read(buf)
    }
}
impl Read for &Stdin {
    fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
        self.lock().read(buf)
    }
}
impl fmt::Debug for Stdin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stdin").finish_non_exhaustive()
    }
}
impl fmt::Debug for StdinLock<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StdinLock").finish_non_exhaustive()
    }
}

/// Whether there is a person at the other end. There never is.
pub trait IsTerminal {
    fn is_terminal(&self) -> bool {
        false
    }
}
impl IsTerminal for Stdin {}
impl IsTerminal for StdinLock<'_> {}
impl IsTerminal for Stdout {}
impl IsTerminal for StdoutLock<'_> {}
impl IsTerminal for Stderr {}
impl IsTerminal for StderrLock<'_> {}
