//! Counts, checks and clears the folder of a store.
//!
//! In: the folder. Out: numbers for `cloudc cache`, and a smaller folder.
//!
//! All of it may run while other processes use the folder: what disappears counts as absent to them. Packs that a
//! process is writing are locked and left alone.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::pack::{PackReader, PackWriter, Record, data_path, index_path, try_lock};
use super::{Found, Store};
use crate::name::object_name;

/// What a folder holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// Names with a known content.
    pub names: u64,
    /// Objects in packs.
    pub packed: u64,
    /// Objects in files of their own.
    pub files: u64,
    /// Packs.
    pub packs: u64,
    /// All bytes on disk.
    pub bytes: u64,
}

/// What a check found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// Objects whose bytes are as they were.
    pub good: u64,
    /// Objects that were cut off, altered or lost, and are forgotten now.
    pub bad: u64,
}

/// Counts what the store in a folder holds.
pub fn statistics(root: &Path) -> io::Result<Statistics> {
    let mut found = Statistics::default();
    let packs = root.join("packs");
    let mut names = HashSet::new();
    let mut packed = HashSet::new();
    for id in pack_ids(&packs) {
        found.packs += 1;
        for record in PackReader::open(&packs, &id)?.1 {
            names.insert(record.name);
            if record.offset.is_some() {
                packed.insert(record.content);
            }
        }
    }
    (found.names, found.packed) = (names.len() as u64, packed.len() as u64);
    for file in files(root)? {
        found.bytes += file.len;
        found.files += u64::from(file.is_object);
    }
    Ok(found)
}

/// Reads and checks every object; bad ones are forgotten as far as the folder can be written.
pub fn verify(root: &Path) -> io::Result<Checked> {
    let store = Store::open(root, std::sync::Arc::new(|_| {}));
    let mut checked = Checked::default();
    let contents: Vec<_> = {
        let index = super::lock(&store.index);
        index.contents.iter().map(|(content, (len, _))| (*content, *len)).collect()
    };
    for (content, len) in contents {
        let found = Found { content, kind: cloudc_abi::BufKind::Data, len };
        // A length that an altered record claims must not make us reserve it.
        let is_possible = usize::try_from(len).is_ok_and(|len| len <= isize::MAX as usize);
        let mut bytes = Vec::new();
        if is_possible && bytes.try_reserve_exact(len as usize).is_ok() {
            bytes.resize(len as usize, 0);
            if store.load(&found, &mut bytes) {
                checked.good += 1;
                continue;
            }
        }
        checked.bad += 1;
    }
    Ok(checked)
}

/// Deletes the oldest packs and files until the folder holds at most `limit` bytes. The result is what was freed.
pub fn collect(root: &Path, limit: u64) -> io::Result<u64> {
    let mut files = files(root)?;
    files.sort_by_key(|file| file.modified);
    let total: u64 = files.iter().map(|file| file.len).sum();
    let mut freed = 0;
    for file in &files {
        let is_left_over = file.path.extension().is_some_and(|ext| ext == "part");
        if total - freed <= limit && !is_left_over {
            continue;
        }
        let index = file.path.with_extension("index");
        if !file.is_object && File::open(&index).is_ok_and(|index| !try_lock(&index)) {
            continue;
        }
        if fs::remove_file(&file.path).is_ok() {
            freed += file.len;
        }
    }
    Ok(freed)
}

/// The packs in a folder, oldest first.
pub(crate) fn pack_ids(packs: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(packs) else { return Vec::new() };
    let mut ids: Vec<String> = entries
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.strip_suffix(".index").map(str::to_owned))
        .collect();
    ids.sort();
    ids
}

/// Makes one pack of all that nobody is writing.
pub(crate) fn merge_packs(packs: &Path) -> io::Result<()> {
    // The locks are held until the packs are gone, so that two processes do not merge the same ones.
    let mut merged = Vec::new();
    for id in pack_ids(packs) {
        let index = File::open(index_path(packs, &id))?;
        if try_lock(&index) {
            merged.push((id, index));
        }
    }
    let (mut writer, _) = PackWriter::create(packs)?;
    let mut seen = HashSet::new();
    for (id, _) in merged.iter().rev() {
        let (mut reader, records) = PackReader::open(packs, id)?;
        for record in records.iter().rev().filter(|record| seen.insert(record.name)) {
            // A record whose bytes are lost is lost with them.
            if let Ok(record) = copy_record(&mut reader, record, &mut writer) {
                writer.append_record(&record)?;
            }
        }
    }
    writer.flush()?;
    for (id, _) in &merged {
        fs::remove_file(index_path(packs, id))?;
        fs::remove_file(data_path(packs, id))?;
    }
    Ok(())
}

fn copy_record(reader: &mut PackReader, record: &Record, writer: &mut PackWriter) -> io::Result<Record> {
    let Some(offset) = record.offset else { return Ok(record.clone()) };
    let mut bytes = vec![0; usize::try_from(record.len).map_err(|_| io::ErrorKind::InvalidData)?];
    reader.data()?.read(offset, &mut bytes)?;
    if object_name(&bytes) != record.content {
        return Err(io::ErrorKind::InvalidData.into());
    }
    Ok(Record { offset: Some(writer.append_data(&bytes)?), ..record.clone() })
}

struct StoredFile {
    path: PathBuf,
    len: u64,
    modified: SystemTime,
    is_object: bool,
}

fn files(root: &Path) -> io::Result<Vec<StoredFile>> {
    let mut found = Vec::new();
    let mut folders = vec![(root.join("packs"), false)];
    for entry in fs::read_dir(root.join("objects")).into_iter().flatten() {
        folders.push((entry?.path(), true));
    }
    for (folder, is_object) in folders {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let entry = entry?;
            // A file that disappears meanwhile need not be counted.
            let Ok(meta) = entry.metadata() else { continue };
            let modified = meta.modified().unwrap_or(SystemTime::UNIX_EPOCH);
            found.push(StoredFile { path: entry.path(), len: meta.len(), modified, is_object });
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}
