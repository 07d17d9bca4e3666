//! Keeps objects in a folder, so that the next run of a program finds them.
//!
//! In: names and objects. Out: the same bytes, or nothing.
//!
//! ```text
//! FOLDER/packs/ID.index      records of 96 bytes: a name, and which content it has
//! FOLDER/packs/ID.data       the bytes of small objects, one after another
//! FOLDER/objects/ab/abcd…    the bytes of a large object, in a file named by its content
//! ```
//!
//! Each process appends to a pack of its own and reads those of the others as they were when it started, so
//! processes share a folder without waiting for each other. A record carries a checksum, and bytes are hashed when
//! they are read: whatever was cut off or altered counts as absent. If the folder cannot be written, the store says
//! so once and the run goes on without it.
//!
//! - `pack`: the two files of a pack.
//! - [`maintain`]: counting, checking and clearing a folder.

pub mod maintain;
mod pack;

use std::collections::HashMap;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use cloudc_abi::{BufKind, Name};

use crate::name::object_name;
use crate::object::Object;
use pack::{PackReader, PackWriter, Record};

/// Objects from this size on have a file of their own.
const OWN_FILE: usize = 64 << 10;
/// With more packs than this, opening a store merges them.
const MANY_PACKS: usize = 64;

/// Told once when the store cannot be used any more.
pub type Warn = Arc<dyn Fn(&str) + Send + Sync>;

/// A store in a folder.
pub(crate) struct Store {
    root: PathBuf,
    index: Mutex<Index>,
    writer: Mutex<Option<PackWriter>>,
    is_writable: AtomicBool,
    warn: Warn,
}

#[derive(Default)]
struct Index {
    names: HashMap<Name, (Name, BufKind)>,
    contents: HashMap<Name, (u64, Place)>,
    packs: Vec<PackReader>,
}

/// Where bytes lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Pack { pack: usize, offset: u64 },
    File,
}

/// What a name stands for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    /// The object by content.
    pub content: Name,
    /// What its bytes are.
    pub kind: BufKind,
    /// How many bytes it has.
    pub len: u64,
}

impl Store {
    /// Opens the store in a folder, which is made if need be. A folder that cannot be used gives an empty store.
    pub fn open(root: &Path, warn: Warn) -> Store {
        let store = Store {
            root: root.to_owned(),
            index: Mutex::default(),
            writer: Mutex::default(),
            is_writable: AtomicBool::new(true),
            warn,
        };
        let packs = store.packs_folder();
        if let Err(error) = fs::create_dir_all(&packs) {
            store.give_up_writing(&error);
        }
        if maintain::pack_ids(&packs).len() > MANY_PACKS
            && let Err(error) = maintain::merge_packs(&packs)
        {
            store.give_up_writing(&error);
        }
        let mut index = Index::default();
        for id in maintain::pack_ids(&packs) {
            // A pack that cannot be read is one whose objects are absent.
            if let Ok((reader, records)) = PackReader::open(&packs, &id) {
                let pack = index.packs.len();
                index.packs.push(reader);
                records.iter().for_each(|record| index.insert(record, pack));
            }
        }
        *lock(&store.index) = index;
        store
    }

    /// What `name` stands for, if that is known. The bytes may still turn out to be lost.
    pub fn find(&self, name: &Name) -> Option<Found> {
        let index = lock(&self.index);
        let (content, kind) = match index.names.get(name) {
            Some(found) => *found,
            None if index.contents.contains_key(name) => (*name, BufKind::Data),
            None => return None,
        };
        let len = match content.as_literal() {
            Some(bytes) => bytes.len() as u64,
            None => index.contents.get(&content)?.0,
        };
        Some(Found { content, kind, len })
    }

    /// Fills `bytes`, which must have the found length, and checks them. `false`: they are lost.
    pub fn load(&self, found: &Found, bytes: &mut [u8]) -> bool {
        if let Some(literal) = found.content.as_literal() {
            bytes.copy_from_slice(literal);
            return true;
        }
        let is_good = self.read(found, bytes).is_ok() && object_name(bytes) == found.content;
        if !is_good {
            self.forget(&found.content);
        }
        is_good
    }

    /// Keeps an object under a name. Buffered until `flush`.
    pub fn put(&self, name: &Name, object: &Object) {
        if !self.is_writable.load(Ordering::Relaxed) || lock(&self.index).names.contains_key(name) {
            return;
        }
        if let Err(error) = self.write(name, object) {
            self.give_up_writing(&error);
        }
    }

    /// Hands everything to the operating system.
    pub fn flush(&self) {
        let mut writer = lock(&self.writer);
        if let Some(Err(error)) = writer.as_mut().map(PackWriter::flush) {
            drop(writer);
            self.give_up_writing(&error);
        }
    }

    fn write(&self, name: &Name, object: &Object) -> io::Result<()> {
        let (content, bytes) = (object.content(), object.bytes());
        let mut writer = lock(&self.writer);
        let writer = match &mut *writer {
            Some(writer) => writer,
            empty => {
                let (writer, reader) = PackWriter::create(&self.packs_folder())?;
                let mut index = lock(&self.index);
                index.packs.push(reader);
                empty.insert(writer.with_number(index.packs.len() - 1))
            }
        };
        let known = lock(&self.index).contents.get(&content).copied();
        let place = match known {
            Some((_, place)) => place,
            None if content.as_literal().is_some() => Place::File,
            None if bytes.len() >= OWN_FILE => {
                self.write_file(&content, bytes)?;
                Place::File
            }
            None => Place::Pack { pack: writer.number, offset: writer.append_data(bytes)? },
        };
        // A record can only point into its own pack.
        let place = match place {
            Place::Pack { pack, .. } if pack != writer.number => {
                Place::Pack { pack: writer.number, offset: writer.append_data(bytes)? }
            }
            place => place,
        };
        let offset = match place {
            Place::Pack { offset, .. } => Some(offset),
            Place::File => None,
        };
        let record = Record { name: *name, content, kind: object.kind, len: bytes.len() as u64, offset };
        writer.append_record(&record)?;
        lock(&self.index).insert(&record, writer.number);
        Ok(())
    }

    fn write_file(&self, content: &Name, bytes: &[u8]) -> io::Result<()> {
        let path = self.file_of(content);
        if fs::metadata(&path).is_ok_and(|found| found.len() == bytes.len() as u64) {
            return Ok(());
        }
        let folder = path.parent().unwrap_or(&self.root);
        fs::create_dir_all(folder)?;
        let temporary = folder.join(format!("{}.{}.part", content, std::process::id()));
        let written = fs::File::create(&temporary)
            .and_then(|mut file| file.write_all(bytes))
            .and_then(|()| fs::rename(&temporary, &path));
        if written.is_err() {
            // Half a file is of no use; if it cannot be removed, `gc` will.
            let _ = fs::remove_file(&temporary);
        }
        written
    }

    fn read(&self, found: &Found, bytes: &mut [u8]) -> io::Result<()> {
        let place = lock(&self.index).contents.get(&found.content).copied();
        let Some((len, place)) = place else { return Err(io::ErrorKind::NotFound.into()) };
        if len != bytes.len() as u64 {
            return Err(io::ErrorKind::InvalidData.into());
        }
        match place {
            Place::File => {
                let mut file = fs::File::open(self.file_of(&found.content))?;
                if file.metadata()?.len() != len {
                    return Err(io::ErrorKind::InvalidData.into());
                }
                file.read_exact(bytes)
            }
            Place::Pack { pack, offset } => {
                let own = lock(&self.writer).as_mut().filter(|w| w.number == pack).map(PackWriter::flush);
                own.unwrap_or(Ok(()))?;
                let data = lock(&self.index).packs[pack].data()?;
                data.read(offset, bytes)
            }
        }
    }

    /// Forgets bytes that are lost, so that they are written again when they have been computed again.
    fn forget(&self, content: &Name) {
        let mut index = lock(&self.index);
        if let Some((_, Place::File)) = index.contents.remove(content) {
            // If it cannot be removed it will be found altered again.
            let _ = fs::remove_file(self.file_of(content));
        }
        index.names.retain(|_, (found, _)| found != content);
    }

    fn give_up_writing(&self, error: &io::Error) {
        if self.is_writable.swap(false, Ordering::Relaxed) {
            (self.warn)(&format!(
                "the store in `{}` cannot be written, results will not be kept: {error}",
                self.root.display()
            ));
        }
    }

    fn packs_folder(&self) -> PathBuf {
        self.root.join("packs")
    }

    fn file_of(&self, content: &Name) -> PathBuf {
        let text = content.to_string();
        self.root.join("objects").join(&text[..2]).join(text)
    }
}

impl Index {
    fn insert(&mut self, record: &Record, pack: usize) {
        self.names.insert(record.name, (record.content, record.kind));
        if record.content.as_literal().is_none() {
            let place = record.offset.map_or(Place::File, |offset| Place::Pack { pack, offset });
            self.contents.insert(record.content, (record.len, place));
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing in here panics between two writes that belong together.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
