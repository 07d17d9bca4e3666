//! Ending the run.

use crate::prelude::v1::*;

pub fn exit(code: i32) -> ! {
    crate::rt::exit(code)
}
#[track_caller]
pub fn abort() -> ! {
    crate::panicking::panic("process abort")
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ExitCode(u8);
impl ExitCode {
    pub const SUCCESS: ExitCode = ExitCode(0);
    pub const FAILURE: ExitCode = ExitCode(1);
}
impl From<u8> for ExitCode {
    fn from(code: u8) -> ExitCode {
        ExitCode(code)
    }
}

/// What `main` may return.
#[lang = "termination"]
pub trait Termination {
    fn report(self) -> ExitCode;
}
impl Termination for () {
    fn report(self) -> ExitCode {
        ExitCode::SUCCESS
    }
}
impl Termination for ! {
    fn report(self) -> ExitCode {
        self
    }
}
impl Termination for ExitCode {
    fn report(self) -> ExitCode {
        self
    }
}
impl<T: Termination, E: crate::fmt::Debug> Termination for Result<T, E> {
    fn report(self) -> ExitCode {
        match self {
            Ok(v) => v.report(),
            Err(e) => {
                let mut s = String::from("Error: ");
                {
                    let mut f = crate::fmt::Formatter::__new(&mut s);
                    let _ = e.fmt(&mut f);
                }
                s.push('\n');
                crate::io::__eprint(s.as_str());
                ExitCode::FAILURE
            }
        }
    }
}
/// Runs `main` and ends a failing run with its status.
#[lang = "start"]
pub fn __start<T: Termination, F: FnOnce() -> T>(main: F) {
    let code = main().report();
    if code.0 != 0 {
        exit(code.0 as i32);
    }
}

/// What the entry task does with the result of `main`.
#[lang = "main_result"]
pub fn main_result<T: Termination>(result: T) {
    let code = result.report();
    if code.0 != 0 {
        exit(code.0 as i32);
    }
}
