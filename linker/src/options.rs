//! What a link is asked to make.

use crate::error::{Error, ErrorKind};
use crate::input::Machine;

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
            validate: cfg!(debug_assertions),
        }
    }

    /// Refuses by name what is not built yet.
    pub(crate) fn check(&self) -> Result<(), Error> {
        if self.profile == Profile::Image {
            return Ok(());
        }
        Err(Error::new(ErrorKind::Unsupported { what: format!("the profile `{}`", self.profile.name()) })
            .help("link with the profile `image`"))
    }
}
