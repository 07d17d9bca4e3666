//! Why a host cannot serve a request.

use std::{fmt, io};

use cloudc_abi::Name;

use crate::image::ImageError;

/// Why a host cannot serve a request.
#[derive(Debug)]
pub enum HostError {
    /// The image is refused.
    Image(ImageError),
    /// No such task was added.
    UnknownTask(Name),
    /// The task takes another number of inputs.
    InputCount {
        /// How many it takes.
        takes: u32,
        /// How many were given.
        given: usize,
    },
    /// The task has another number of outputs.
    OutputCount {
        /// How many it has.
        has: u32,
        /// How many were asked for.
        asked: u32,
    },
    /// An input is a name that nothing is known of.
    UnknownInput(Name),
    /// The system has no memory or no threads to give.
    System(&'static str, io::Error),
}

impl fmt::Display for HostError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            HostError::Image(error) => write!(f, "{error}"),
            HostError::UnknownTask(name) => write!(f, "no task has the name {name}"),
            HostError::InputCount { takes, given } => {
                write!(f, "the task takes {takes} inputs, {given} were given")
            }
            HostError::OutputCount { has, asked } => {
                write!(f, "the task has {has} outputs, {asked} were asked for")
            }
            HostError::UnknownInput(name) => write!(f, "nothing is known of the input {name}"),
            HostError::System(what, error) => write!(f, "the host cannot {what}: {error}"),
        }
    }
}

impl std::error::Error for HostError {}

impl From<ImageError> for HostError {
    fn from(error: ImageError) -> Self {
        HostError::Image(error)
    }
}
