//! Files as memory, without copying them.
//!
//! In: a path. Out: the bytes of the file, read from the page cache when they are touched.
//!
//! Who changes a file while it is mapped changes the bytes under their reader, and who shortens it ends the process; so
//! this is for files that nobody writes while a command reads them, such as the inputs of a link.

use std::fs::File;
use std::io::{self, Read};
use std::os::fd::AsRawFd;
use std::path::Path;
use std::ptr::NonNull;

use crate::memory::map;

/// Up to this size all pages of a file are mapped at once, which costs less than a fault for some of them.
const SMALL: usize = 256 << 10;

/// Asks for memory of this process in small pages only, from now on. For commands that allocate much in pieces of all
/// sizes: large pages would hold more that nobody uses. Does nothing where the system does not know the wish.
pub fn avoid_huge_pages() {
    // SAFETY: changes how this process gets memory, not what any of it holds; the arguments are numbers.
    unsafe {
        libc::prctl(libc::PR_SET_THP_DISABLE, 1, 0, 0, 0);
    }
}

/// The bytes of a file.
#[derive(Debug)]
pub struct MappedFile(Content);

#[derive(Debug)]
enum Content {
    Mapped {
        start: NonNull<u8>,
        size: usize,
    },
    /// What cannot be mapped: an empty file, a pipe.
    Read(Vec<u8>),
}

impl MappedFile {
    /// Maps a file, or reads what is no ordinary file.
    pub fn open(path: &Path) -> io::Result<MappedFile> {
        let mut file = File::open(path)?;
        let metadata = file.metadata()?;
        let size =
            usize::try_from(metadata.len()).map_err(|_| io::Error::from(io::ErrorKind::FileTooLarge))?;
        if !metadata.is_file() || size == 0 {
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes)?;
            return Ok(MappedFile(Content::Read(bytes)));
        }
        let sharing = if size <= SMALL { libc::MAP_SHARED | libc::MAP_POPULATE } else { libc::MAP_SHARED };
        // SAFETY: the descriptor is that of a file of this size.
        let start = unsafe { map(size, libc::PROT_READ, sharing, file.as_raw_fd())? };
        Ok(MappedFile(Content::Mapped { start, size }))
    }

    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        match &self.0 {
            // SAFETY: the mapping is readable, has this size and lives as long as `self`; that nobody changes the file
            // meanwhile is what the module's text asks of its users.
            Content::Mapped { start, size } => unsafe {
                std::slice::from_raw_parts(start.as_ptr().cast_const(), *size)
            },
            Content::Read(bytes) => bytes,
        }
    }
}

impl Drop for MappedFile {
    fn drop(&mut self) {
        if let Content::Mapped { start, size } = self.0 {
            // SAFETY: mapped with this size by `open`, and nothing refers to it any more.
            unsafe {
                libc::munmap(start.as_ptr().cast(), size);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_are_those_of_the_file() {
        let folder = std::env::temp_dir().join(format!("cloudc-mapped-file-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        for size in [0, 1, 4096, 10_000] {
            let bytes: Vec<u8> = (0..size).map(|at| at as u8).collect();
            let path = folder.join(size.to_string());
            std::fs::write(&path, &bytes).expect("the file is written");
            assert_eq!(MappedFile::open(&path).expect("the file opens").bytes(), bytes);
        }
        assert!(MappedFile::open(&folder.join("none")).is_err());
        std::fs::remove_dir_all(&folder).expect("the folder is ours");
    }
}
