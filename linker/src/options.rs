//! What a link is asked to make.

use crate::input::Machine;

/// No host accepts a larger image.
pub(crate) const MAX_IMAGE: u64 = 64 << 20;
/// Bytes of an ordinary program.
const MAX_PROGRAM: u64 = 4 << 30;

/// The shape of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// One read-only executable segment at address 0, without relocations: what code generators make.
    Image,
    /// The same with one writable segment and relative relocations, for hand-written code.
    ImageData,
    /// An ordinary static program at a fixed address.
    Static,
    /// An ordinary static program at any address.
    StaticPie,
}

impl Profile {
    /// The name used on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Profile::Image => "image",
            Profile::ImageData => "image-data",
            Profile::Static => "static",
            Profile::StaticPie => "static-pie",
        }
    }

    /// True for what task hosts load, false for programs of an operating system.
    pub fn is_image(self) -> bool {
        matches!(self, Profile::Image | Profile::ImageData)
    }

    /// True if the output may have memory of its own for each run, and so a table of addresses.
    pub(crate) fn has_data(self) -> bool {
        self != Profile::Image
    }

    /// The address of the first byte.
    pub(crate) fn base(self) -> u64 {
        if self == Profile::Static { 0x40_0000 } else { 0 }
    }

    /// True if the program may be loaded anywhere.
    pub(crate) fn moves(self) -> bool {
        self != Profile::Static
    }

    /// The largest output.
    pub(crate) fn limit(self) -> u64 {
        if self.is_image() { MAX_IMAGE } else { MAX_PROGRAM }
    }
}

/// What a link is asked to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The shape of the output.
    pub profile: Profile,
    /// The symbol at which a run begins.
    pub entry: String,
    /// Further symbols that must be defined and stay, though nothing refers to them.
    pub keep: Vec<String>,
    /// The machine all inputs must be for; the first object's if none is given.
    pub machine: Option<Machine>,
    /// Drop sections that nothing refers to.
    pub gc: bool,
    /// Also make the map.
    pub want_map: bool,
    /// Also make the debug file.
    pub want_debug: bool,
    /// Leave the symbol table out of a program.
    pub strip_symbols: bool,
    /// Leave debugging information out of a program.
    pub strip_debug: bool,
    /// Read the image again and compare every relocation with a second evaluator.
    pub validate: bool,
}

impl Options {
    /// An image entered at `entry`, validated if this linker was built with debug assertions.
    pub fn image(entry: impl Into<String>) -> Options {
        Options {
            profile: Profile::Image,
            entry: entry.into(),
            keep: Vec::new(),
            machine: None,
            gc: true,
            want_map: false,
            want_debug: false,
            strip_symbols: false,
            strip_debug: false,
            validate: cfg!(debug_assertions),
        }
    }

    /// An ordinary program, entered at `_start`.
    pub fn program(profile: Profile) -> Options {
        Options { profile, ..Options::image("_start") }
    }
}
