//! Writes files, and says what cannot be written.

use std::fs;
use std::io;
use std::path::Path;

use crate::stop::Stop;

/// Writes a file, and makes the folders it lies in.
///
/// # Errors
/// What is in the way.
pub(crate) fn write(path: &Path, bytes: impl AsRef<[u8]>) -> Result<(), Stop> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| cannot_write(folder, &error))?;
    }
    fs::write(path, bytes).map_err(|error| cannot_write(path, &error))
}

/// A file or folder that cannot be written.
pub(crate) fn cannot_write(path: &Path, error: &io::Error) -> Stop {
    Stop::world(format!("cannot write `{}`: {error}", path.display()))
}
