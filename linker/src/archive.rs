//! Finds which member of an archive defines a name.
//!
//! In: the bytes of an archive, GNU or BSD. Out: an index from names to members, taken from the archive's own symbol
//! table, or built by reading its members if there is none. An index is made once and shared by any number of links;
//! members are only read when a link needs them.

use std::collections::HashMap;

use object::read::archive::{ArchiveFile, ArchiveKind, ArchiveOffset};

use crate::error::{Error, ErrorKind, shorten};
use crate::input::{Binding, Home, Input, is_elf, parse_object};

/// An archive with its index.
#[derive(Debug)]
pub struct Archive<'a> {
    pub(crate) name: String,
    bytes: &'a [u8],
    file: ArchiveFile<'a>,
    /// The first member that defines a name: the offset of its header, or its index in `members`.
    index: HashMap<&'a [u8], u64>,
    /// The members, if the archive has no symbol table and they had to be read.
    members: Option<Vec<(String, &'a [u8])>>,
}

/// Indexes an archive, once for any number of links.
pub fn index_archive(input: Input<'_>) -> Result<Archive<'_>, Vec<Error>> {
    let wrong = |error: object::read::Error| {
        vec![Error::in_object(ErrorKind::MalformedArchive { reason: error.to_string() }, input.name)]
    };
    let refuse =
        |what: &str| vec![Error::in_object(ErrorKind::Unsupported { what: what.to_owned() }, input.name)];
    if input.bytes.starts_with(b"!<thin>\n") {
        return Err(refuse("thin archives"));
    }
    let file = ArchiveFile::parse(input.bytes).map_err(wrong)?;
    if !matches!(
        file.kind(),
        ArchiveKind::Unknown | ArchiveKind::Gnu | ArchiveKind::Gnu64 | ArchiveKind::Bsd | ArchiveKind::Bsd64
    ) {
        return Err(refuse("archives that are neither GNU nor BSD"));
    }
    let mut archive = Archive {
        name: input.name.to_owned(),
        bytes: input.bytes,
        file,
        index: HashMap::new(),
        members: None,
    };
    match file.symbols().map_err(wrong)? {
        Some(symbols) => {
            for symbol in symbols {
                let symbol = symbol.map_err(wrong)?;
                archive.index.entry(symbol.name()).or_insert(symbol.offset().0);
            }
        }
        None => archive.build_index().map_err(|error| vec![error])?,
    }
    Ok(archive)
}

impl<'a> Archive<'a> {
    /// The key of the first member that defines `name`.
    pub(crate) fn find(&self, name: &[u8]) -> Option<u64> {
        self.index.get(name).copied()
    }

    /// The names in the index with the keys of their members, in no order.
    pub(crate) fn names(&self) -> impl Iterator<Item = (&'a [u8], u64)> {
        self.index.iter().map(|(name, offset)| (*name, *offset))
    }

    /// The size of the archive, which bounds what its members can be.
    pub(crate) fn size(&self) -> u64 {
        self.bytes.len() as u64
    }

    /// The member with a key from the index: `archive(member)` and its bytes.
    pub(crate) fn member(&self, key: u64) -> Result<(String, &'a [u8]), Error> {
        if let Some(members) = &self.members {
            let (name, bytes) = &members[key as usize];
            return Ok((name.clone(), bytes));
        }
        let member = self.file.member(ArchiveOffset(key)).map_err(|error| self.wrong(error))?;
        let bytes = member.data(self.bytes).map_err(|error| self.wrong(error))?;
        Ok((self.member_name(member.name()), bytes))
    }

    fn member_name(&self, member: &[u8]) -> String {
        format!("{}({})", self.name, shorten(member))
    }

    fn wrong(&self, error: object::read::Error) -> Error {
        Error::in_object(ErrorKind::MalformedArchive { reason: error.to_string() }, &self.name)
    }

    fn build_index(&mut self) -> Result<(), Error> {
        let mut members = Vec::new();
        for member in self.file.members() {
            let member = member.map_err(|error| self.wrong(error))?;
            let bytes = member.data(self.bytes).map_err(|error| self.wrong(error))?;
            if !is_elf(bytes) {
                continue;
            }
            let name = self.member_name(member.name());
            for symbol in parse_object(&name, bytes)?.symbols {
                if symbol.binding != Binding::Local && symbol.home != Home::Undefined {
                    self.index.entry(symbol.name).or_insert(members.len() as u64);
                }
            }
            members.push((name, bytes));
        }
        self.members = Some(members);
        Ok(())
    }
}
