//! Why a command ends early, and with which exit code.

use std::fmt::Display;
use std::io;

/// Why a command ends early.
#[derive(Debug)]
pub enum Stop {
    /// The command line asks for something that is not there: exit code 2.
    Usage(String),
    /// The world is in the way (a file, a folder): exit code 1.
    World(String),
    /// What is wrong was printed already: exit code 1.
    Reported,
    /// The program ended with this status.
    Exit(u8),
}

impl Stop {
    /// The command line asks for something that is not there.
    pub fn usage(message: impl Display) -> Stop {
        Stop::Usage(message.to_string())
    }
    /// The world is in the way.
    pub fn world(message: impl Display) -> Stop {
        Stop::World(message.to_string())
    }
    /// Prints what there is to say; the exit code.
    pub fn report(&self) -> u8 {
        match self {
            Stop::Usage(message) => {
                eprintln!("error: {message}");
                2
            }
            Stop::World(message) => {
                eprintln!("error: {message}");
                1
            }
            Stop::Reported => 1,
            Stop::Exit(code) => *code,
        }
    }
}

/// Writes to standard output. A reader that has gone away has seen enough.
pub fn print(bytes: &[u8]) -> Result<(), Stop> {
    use io::Write;
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Stop::world(format!("cannot write to standard output: {error}")))
        }
        _ => Ok(()),
    }
}
