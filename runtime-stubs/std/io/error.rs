//! What can go wrong with input and output.

use crate::prelude::v1::*;
use crate::{error, fmt, result};

pub type Result<T> = crate::result::Result<T, Error>;

macro_rules! kinds {
    ($($name:ident $text:literal,)*) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum ErrorKind {
            $($name,)*
        }
        impl fmt::Display for ErrorKind {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(match self {
                    $(ErrorKind::$name => $text,)*
                })
            }
        }
    };
}
kinds! {
    NotFound "entity not found",
    PermissionDenied "permission denied",
    ConnectionRefused "connection refused",
    ConnectionReset "connection reset",
    HostUnreachable "host unreachable",
    NetworkUnreachable "network unreachable",
    ConnectionAborted "connection aborted",
    NotConnected "not connected",
    AddrInUse "address in use",
    AddrNotAvailable "address not available",
    NetworkDown "network down",
    BrokenPipe "broken pipe",
    AlreadyExists "entity already exists",
    WouldBlock "operation would block",
    NotADirectory "not a directory",
    IsADirectory "is a directory",
    DirectoryNotEmpty "directory not empty",
    ReadOnlyFilesystem "read-only filesystem or storage medium",
    StaleNetworkFileHandle "stale network file handle",
    InvalidInput "invalid input parameter",
    InvalidData "invalid data",
    TimedOut "timed out",
    WriteZero "write zero",
    StorageFull "no storage space",
    NotSeekable "seek on unseekable file",
    QuotaExceeded "quota exceeded",
    FileTooLarge "file too large",
    ResourceBusy "resource busy",
    ExecutableFileBusy "executable file busy",
    Deadlock "deadlock",
    CrossesDevices "cross-device link or rename",
    TooManyLinks "too many links",
    InvalidFilename "invalid filename",
    ArgumentListTooLong "argument list too long",
    Interrupted "operation interrupted",
    Unsupported "unsupported",
    UnexpectedEof "unexpected end of file",
    OutOfMemory "out of memory",
    Other "other error",
}

enum Repr {
    Simple,
    /// A message of this library.
    Message(&'static str),
    /// A message of the system, with its number.
    System(i32, &'static str),
    /// An error of somebody else.
    Custom(Box<dyn error::Error>),
}

pub struct Error {
    kind: ErrorKind,
    repr: Repr,
}
impl Error {
    pub fn new<E: Into<Box<dyn error::Error>>>(kind: ErrorKind, error: E) -> Error {
        Error { kind, repr: Repr::Custom(error.into()) }
    }
    pub fn other<E: Into<Box<dyn error::Error>>>(error: E) -> Error {
        Error::new(ErrorKind::Other, error)
    }
    pub fn get_ref(&self) -> Option<&(dyn error::Error + 'static)> {
        match &self.repr {
            Repr::Custom(error) => Some(&**error),
            _ => None,
        }
    }
    pub fn get_mut(&mut self) -> Option<&mut (dyn error::Error + 'static)> {
        match &mut self.repr {
            Repr::Custom(error) => Some(&mut **error),
            _ => None,
        }
    }
    pub fn into_inner(self) -> Option<Box<dyn error::Error>> {
        match self.repr {
            Repr::Custom(error) => Some(error),
            _ => None,
        }
    }
    pub fn downcast<E: error::Error + 'static>(self) -> result::Result<E, Error> {
        let kind = self.kind;
        match self.repr {
            Repr::Custom(error) => match error.downcast::<E>() {
                Ok(error) => Ok(*error),
                Err(error) => Err(Error { kind, repr: Repr::Custom(error) }),
            },
            repr => Err(Error { kind, repr }),
        }
    }
    pub(crate) const fn message(kind: ErrorKind, text: &'static str) -> Error {
        Error { kind, repr: Repr::Message(text) }
    }
    pub(crate) const fn not_found() -> Error {
        Error { kind: ErrorKind::NotFound, repr: Repr::System(2, "No such file or directory") }
    }
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }
    pub fn raw_os_error(&self) -> Option<i32> {
        match self.repr {
            Repr::System(code, _) => Some(code),
            _ => None,
        }
    }
}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Error {
        Error { kind, repr: Repr::Simple }
    }
}
impl From<crate::string::FromUtf8Error> for Error {
    fn from(_: crate::string::FromUtf8Error) -> Error {
        Error::message(ErrorKind::InvalidData, "stream did not contain valid UTF-8")
    }
}
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.repr {
            Repr::Simple => fmt::Display::fmt(&self.kind, f),
            Repr::Message(text) => f.write_str(text),
            Repr::System(code, text) => {
                f.write_str(text)?;
                f.write_str(" (os error ")?;
                fmt::Display::fmt(code, f)?;
                f.write_str(")")
            }
            Repr::Custom(error) => fmt::Display::fmt(&**error, f),
        }
    }
}
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.repr {
            Repr::Simple => f.debug_tuple("Kind").field(&self.kind).finish(),
            Repr::Message(text) => f.debug_struct("Error").field("kind", &self.kind).field("message", text).finish(),
            Repr::System(code, text) => {
                f.debug_struct("Os").field("code", code).field("kind", &self.kind).field("message", text).finish()
            }
            Repr::Custom(error) => {
                f.debug_struct("Custom").field("kind", &self.kind).field("error", error).finish()
            }
        }
    }
}
impl error::Error for Error {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match &self.repr {
            Repr::Custom(error) => error.source(),
            _ => None,
        }
    }
}
