//! What is wrong with someone else's bytes, and where.
//!
//! In: facts found by any phase. Out: an `Error`, which names symbols, objects and offsets and prints as the driver
//! shows it. An error never quotes more of a name than a person can read, so damaged inputs cannot make it large.

use std::fmt;

/// Errors kept from one phase; the rest are counted in one last error.
pub const ERRORS_KEPT: usize = 1000;

/// Places kept in one error; the rest are counted.
const PLACES_KEPT: usize = 2;

/// One thing that is wrong, where it was found, and what would help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// What is wrong.
    pub kind: ErrorKind,
    /// Where; in order of input, section and offset. At most two are kept.
    pub places: Vec<Place>,
    /// How many further places were found.
    pub more: usize,
    /// What to do about it.
    pub help: Option<String>,
}

/// The kinds of error, each with the values that explain it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields are the holes of the sentence printed for the variant")]
pub enum ErrorKind {
    /// No input defines a symbol that live code or data refers to.
    UndefinedSymbol { name: String },
    /// Two inputs define a symbol strongly.
    DuplicateSymbol { name: String },
    /// An address would have to be stored in an image, whose base is unknown.
    PointerInImage,
    /// An absolute relocation that this place of an image may not hold.
    AbsoluteInImage,
    /// A distance from an unknown base to a constant would have to be stored.
    ConstantAtDistance { name: String },
    /// The value does not fit the field.
    OutOfRange { value: i128, low: i128, high: i128 },
    /// The field cannot hold a value that is not a multiple.
    Misaligned { value: i128, multiple: u64 },
    /// A relocation type this linker does not apply.
    UnsupportedRelocation { name: String, number: u32 },
    /// A relocation type that makes no sense where it stands.
    MisplacedRelocation { name: String, reason: &'static str },
    /// Two relocations change the same bytes.
    OverlappingRelocations,
    /// An instruction reads an address from a table that images do not have.
    SlotInImage { name: String, instruction: Vec<u8> },
    /// A live section of an image needs fresh memory for each run.
    NotReadOnly { what: &'static str },
    /// A live section refers to one that was dropped.
    DiscardedSection { section: String, reason: String },
    /// The entry symbol is not defined.
    NoEntry { name: String },
    /// The entry symbol does not name code.
    EntryNotCode { name: String },
    /// The image is larger than any host accepts.
    ImageTooLarge { size: u64, limit: u64, largest: Vec<(String, u64)> },
    /// A field of an input file has an impossible value.
    Malformed { field: &'static str, value: u64, possible: String },
    /// A field of an archive cannot be read.
    MalformedArchive { reason: String },
    /// A number is larger than this linker takes.
    Limit { what: &'static str, value: u64, limit: u64 },
    /// Something valid that this linker refuses by name.
    Unsupported { what: String },
    /// The input is for another machine.
    WrongMachine { found: String, expected: &'static str },
    /// The input asks for an executable stack.
    ExecutableStack,
    /// No object was given.
    NoInput,
    /// An image breaks a rule of the task ABI.
    InvalidImage { rule: String },
    /// More errors were found than are worth keeping.
    TooMany { more: usize },
    /// The linker contradicts itself: a bug in the linker, not in its inputs.
    Internal { what: String },
}

/// A place in an input.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// The input's name, `archive(member)` for members.
    pub object: String,
    /// The section, with the offset in it.
    pub section: Option<(String, u64)>,
    /// The symbol that covers the offset.
    pub function: Option<String>,
    /// The relocation and what it refers to.
    pub relocation: Option<String>,
}

impl Error {
    /// An error without a place.
    pub fn new(kind: ErrorKind) -> Error {
        Error { kind, places: Vec::new(), more: 0, help: None }
    }

    /// An error in an input as a whole.
    pub fn in_object(kind: ErrorKind, object: &str) -> Error {
        Error::new(kind).at(Place { object: shorten(object.as_bytes()), ..Place::default() })
    }

    /// Adds a place; only the first few are kept, the rest are counted.
    pub fn at(mut self, place: Place) -> Error {
        self.add_place(|| place);
        self
    }

    /// Adds what to do about it.
    pub fn help(mut self, help: impl Into<String>) -> Error {
        self.help = Some(help.into());
        self
    }

    /// Adds a place that is only made if it is kept.
    pub fn add_place(&mut self, place: impl FnOnce() -> Place) {
        if self.places.len() < PLACES_KEPT {
            self.places.push(place());
        } else {
            self.more += 1;
        }
    }

    /// True if it is the linker that is wrong, not its input.
    pub fn is_internal(&self) -> bool {
        matches!(self.kind, ErrorKind::Internal { .. })
    }
}

/// Collects the errors of a phase, up to a number nobody reads to the end of.
#[derive(Debug, Default)]
pub(crate) struct ErrorSink {
    errors: Vec<Error>,
    more: usize,
}

impl ErrorSink {
    /// Adds an error, which is only made if it is kept. Returns its index if so.
    pub(crate) fn push(&mut self, error: impl FnOnce() -> Error) -> Option<usize> {
        if self.errors.len() < ERRORS_KEPT {
            self.errors.push(error());
            Some(self.errors.len() - 1)
        } else {
            self.more += 1;
            None
        }
    }

    /// The error at an index returned by `push`.
    pub(crate) fn error_mut(&mut self, index: usize) -> &mut Error {
        &mut self.errors[index]
    }

    /// Ends the phase: the errors, if there were any.
    pub(crate) fn finish(mut self) -> Result<(), Vec<Error>> {
        if self.errors.is_empty() {
            return Ok(());
        }
        if self.more > 0 {
            self.errors.push(Error::new(ErrorKind::TooMany { more: self.more }));
        }
        Err(self.errors)
    }
}

/// A name from an input as it is shown: readable, on one line, and of bounded length.
pub(crate) fn shorten(name: &[u8]) -> String {
    const SHOWN: usize = 200;
    let text = String::from_utf8_lossy(&name[..name.len().min(SHOWN)]);
    let mut out: String = text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    if name.len() > SHOWN {
        out.push('…');
    }
    out
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.object)?;
        if let Some((section, offset)) = &self.section {
            write!(f, ": {section}+{offset:#x}")?;
        }
        if let Some(function) = &self.function {
            write!(f, ", in `{function}`")?;
        }
        if let Some(relocation) = &self.relocation {
            write!(f, ": {relocation}")?;
        }
        Ok(())
    }
}

/// Signed hexadecimal, which `{:#x}` is not.
struct Hex(i128);

impl fmt::Display for Hex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(f, "{sign}{:#x}", self.0.unsigned_abs())
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use ErrorKind::*;
        match self {
            UndefinedSymbol { name } => write!(f, "undefined symbol `{name}`"),
            DuplicateSymbol { name } => write!(f, "duplicate symbol `{name}`"),
            PointerInImage => f.write_str("pointer in a position-independent image"),
            AbsoluteInImage => {
                f.write_str("absolute relocation outside the notes of a position-independent image")
            }
            ConstantAtDistance { name } => {
                write!(f, "distance to the constant `{name}` in a position-independent image")
            }
            OutOfRange { value, low, high } => {
                write!(
                    f,
                    "relocation out of range: {} is not within {}..={}",
                    Hex(*value),
                    Hex(*low),
                    Hex(*high)
                )
            }
            Misaligned { value, multiple } => {
                write!(f, "misaligned target: {} is not a multiple of {multiple}", Hex(*value))
            }
            UnsupportedRelocation { name, number } => write!(f, "unsupported relocation {name} ({number})"),
            MisplacedRelocation { name, reason } => write!(f, "misplaced relocation {name}: {reason}"),
            OverlappingRelocations => f.write_str("two relocations change the same bytes"),
            SlotInImage { name, instruction } => {
                write!(f, "address of `{name}` from a table in a position-independent image, by")?;
                instruction.iter().try_for_each(|byte| write!(f, " {byte:02x}"))
            }
            NotReadOnly { what } => write!(f, "{what} in an image"),
            DiscardedSection { section, reason } => {
                write!(f, "reference to the dropped section `{section}` ({reason})")
            }
            NoEntry { name } => write!(f, "no entry: `{name}` is not defined"),
            EntryNotCode { name } => write!(f, "the entry `{name}` is not code"),
            ImageTooLarge { size, limit, largest } => {
                write!(f, "image too large: {size} bytes, at most {limit}")?;
                largest.iter().try_for_each(|(name, size)| write!(f, "\n  {size:>10} {name}"))
            }
            Malformed { field, value, possible } => {
                write!(f, "malformed input: {field} is {value:#x}, possible: {possible}")
            }
            MalformedArchive { reason } => write!(f, "malformed archive: {reason}"),
            Limit { what, value, limit } => write!(f, "limit exceeded: {value} {what}, at most {limit}"),
            Unsupported { what } => write!(f, "not supported: {what}"),
            WrongMachine { found, expected } => write!(f, "input is for {found}, the link is for {expected}"),
            ExecutableStack => f.write_str("input asks for an executable stack"),
            NoInput => f.write_str("no object to link"),
            InvalidImage { rule } => write!(f, "not a task image: {rule}"),
            TooMany { more } => write!(f, "and {more} more errors"),
            Internal { what } => write!(f, "bug in the linker: {what}"),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {}", self.kind)?;
        for (i, place) in self.places.iter().enumerate() {
            write!(f, "{}{place}", if i == 0 { "\n  " } else { "; " })?;
        }
        if self.more > 0 {
            write!(f, "; and {} more", self.more)?;
        }
        if let Some(help) = &self.help {
            write!(f, "\n  help: {help}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}
