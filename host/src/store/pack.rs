//! Appends to and reads the two files of a pack.
//!
//! In: records and bytes. Out: the same; records that were cut off or altered are left out when reading.
//!
//! Data are handed to the operating system before the records that point at them.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::os::fd::AsRawFd;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use cloudc_abi::{BufKind, Name};

/// The size of a record in the index file.
pub(crate) const RECORD: usize = 96;
const NO_OFFSET: u64 = u64::MAX;

/// Which content a name has, and where its bytes lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Record {
    /// The name.
    pub name: Name,
    /// Its object by content; a literal if it is small.
    pub content: Name,
    /// What the bytes are.
    pub kind: BufKind,
    /// How many there are.
    pub len: u64,
    /// Where they lie in this pack's data; absent: in a file of their own, or in the name.
    pub offset: Option<u64>,
}

impl Record {
    fn to_bytes(&self) -> [u8; RECORD] {
        let mut bytes = [0; RECORD];
        bytes[..32].copy_from_slice(&self.name.0);
        bytes[32..64].copy_from_slice(&self.content.0);
        bytes[64..72].copy_from_slice(&self.len.to_le_bytes());
        bytes[72..80].copy_from_slice(&self.offset.unwrap_or(NO_OFFSET).to_le_bytes());
        bytes[80] = self.kind as u8;
        let check = checksum(&bytes[..88]);
        bytes[88..].copy_from_slice(&check);
        bytes
    }

    fn from_bytes(bytes: &[u8; RECORD]) -> Option<Record> {
        if bytes[88..] != checksum(&bytes[..88]) {
            return None;
        }
        let long = |at: usize| bytes[at..at + 8].try_into().map(u64::from_le_bytes).ok();
        let name = |at: usize| bytes[at..at + 32].try_into().map(Name).ok();
        Some(Record {
            name: name(0)?,
            content: name(32)?,
            kind: BufKind::from_number(bytes[80])?,
            len: long(64)?,
            offset: long(72).filter(|offset| *offset != NO_OFFSET),
        })
    }
}

/// The data of a pack, to be read anywhere.
#[derive(Clone)]
pub(crate) struct PackData(Arc<File>);

impl PackData {
    /// Fills `bytes` from `offset` on.
    pub fn read(&self, offset: u64, bytes: &mut [u8]) -> io::Result<()> {
        self.0.read_exact_at(bytes, offset)
    }
}

/// A pack that is read; its data file is opened when it is needed.
pub(crate) struct PackReader {
    path: PathBuf,
    data: Option<PackData>,
}

impl PackReader {
    /// Opens a pack and reads its records.
    pub fn open(folder: &Path, id: &str) -> io::Result<(PackReader, Vec<Record>)> {
        let index = fs::read(index_path(folder, id))?;
        let records = index.as_chunks::<RECORD>().0.iter().filter_map(Record::from_bytes).collect();
        Ok((PackReader { path: data_path(folder, id), data: None }, records))
    }

    /// The data file.
    pub fn data(&mut self) -> io::Result<PackData> {
        if let Some(data) = &self.data {
            return Ok(data.clone());
        }
        let data = PackData(Arc::new(File::open(&self.path)?));
        Ok(self.data.insert(data).clone())
    }
}

/// The pack this process appends to. Its index is locked, so that nobody merges it away.
pub(crate) struct PackWriter {
    /// The pack's number in the store's list.
    pub number: usize,
    index: BufWriter<File>,
    data: BufWriter<File>,
    at: u64,
}

impl PackWriter {
    /// Makes a new pack.
    pub fn create(folder: &Path) -> io::Result<(PackWriter, PackReader)> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        fs::create_dir_all(folder)?;
        let time = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_nanos());
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let id = format!("{time:020x}-{:x}-{count:x}", std::process::id());
        let data_path = data_path(folder, &id);
        let data = File::options().write(true).create_new(true).open(&data_path)?;
        let index = File::options().write(true).create_new(true).open(index_path(folder, &id))?;
        try_lock(&index);
        let writer = PackWriter {
            number: 0,
            index: BufWriter::with_capacity(64 << 10, index),
            data: BufWriter::with_capacity(256 << 10, data),
            at: 0,
        };
        Ok((writer, PackReader { path: data_path, data: None }))
    }

    /// Tells the pack its number.
    pub fn with_number(self, number: usize) -> PackWriter {
        PackWriter { number, ..self }
    }

    /// Appends bytes and says where they lie.
    pub fn append_data(&mut self, bytes: &[u8]) -> io::Result<u64> {
        let offset = self.at;
        self.data.write_all(bytes)?;
        self.at += bytes.len() as u64;
        Ok(offset)
    }

    /// Appends a record.
    pub fn append_record(&mut self, record: &Record) -> io::Result<()> {
        // An index that is full enough to be written must not run ahead of the data.
        if self.index.buffer().len() + RECORD > self.index.capacity() {
            self.flush()?;
        }
        self.index.write_all(&record.to_bytes())
    }

    /// Hands everything to the operating system.
    pub fn flush(&mut self) -> io::Result<()> {
        self.data.flush()?;
        self.index.flush()
    }
}

/// The index file of a pack.
pub(crate) fn index_path(folder: &Path, id: &str) -> PathBuf {
    folder.join(format!("{id}.index"))
}

/// The data file of a pack.
pub(crate) fn data_path(folder: &Path, id: &str) -> PathBuf {
    folder.join(format!("{id}.data"))
}

/// Locks a file if nobody else has; the lock ends with the last copy of its descriptor.
pub(crate) fn try_lock(file: &File) -> bool {
    // SAFETY: a system call on a descriptor that is open.
    unsafe { libc::flock(file.as_raw_fd(), libc::LOCK_EX | libc::LOCK_NB) == 0 }
}

fn checksum(bytes: &[u8]) -> [u8; 8] {
    let mut check = [0; 8];
    check.copy_from_slice(&blake3::hash(bytes).as_bytes()[..8]);
    check
}

#[cfg(test)]
mod tests {
    use super::*;

    // A record reads back, and with any bit changed it is no record.
    #[test]
    fn records_round_trip_or_are_refused() {
        for offset in [None, Some(77)] {
            let record = Record {
                name: Name::derived(&[1; 32]),
                content: Name::content(&[2; 32]),
                kind: BufKind::Names,
                len: 96,
                offset,
            };
            let bytes = record.to_bytes();
            assert_eq!(Record::from_bytes(&bytes), Some(record));
            for at in 0..RECORD {
                let mut bad = bytes;
                bad[at] ^= 1;
                assert_eq!(Record::from_bytes(&bad), None, "byte {at}");
            }
        }
    }
}
