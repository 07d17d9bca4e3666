//! Finds which member of an archive defines a name.
//!
//! In: the bytes of an archive, GNU or BSD. Out: an index from names to members, taken from the archive's own symbol
//! table, or built by reading its members if there is none. An index is made once and shared by any number of links;
//! members are only read when a link needs them.

use object::read::archive::{ArchiveFile, ArchiveKind, ArchiveOffset};

use crate::error::{Error, ErrorKind, shorten};
use crate::hash::NameMap;
use crate::input::{Binding, Home, Input, is_elf, parse_object};
use crate::options::Profile;

/// An archive with its index.
#[derive(Debug)]
pub struct Archive<'a> {
    pub(crate) name: String,
    size: u64,
    bytes: &'a [u8],
    /// `None` if the members lie elsewhere.
    file: Option<ArchiveFile<'a>>,
    /// The first member that defines a name: the offset of its header, or its index in `members`.
    index: NameMap<'a, u64>,
    /// The members, if the archive has no symbol table and they had to be read, or if they lie elsewhere.
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
        file: Some(file),
        size: input.bytes.len() as u64,
        index: NameMap::default(),
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
        self.size
    }

    /// The member with a key from the index: `archive(member)` and its bytes.
    pub(crate) fn member(&self, key: u64) -> Result<(String, &'a [u8]), Error> {
        if let Some(members) = &self.members {
            let (name, bytes) = &members[key as usize];
            return Ok((name.clone(), bytes));
        }
        let file = self.file.as_ref().ok_or_else(|| {
            let reason = "a thin archive has no such member".to_owned();
            Error::in_object(ErrorKind::MalformedArchive { reason }, &self.name)
        })?;
        let member = file.member(ArchiveOffset(key)).map_err(|error| self.wrong(error))?;
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
        if let Some(file) = &self.file {
            for member in file.members() {
                let member = member.map_err(|error| self.wrong(error))?;
                let bytes = member.data(self.bytes).map_err(|error| self.wrong(error))?;
                members.push((self.member_name(member.name()), bytes));
            }
        }
        self.add_members(members)
    }

    /// Indexes members by reading them; what is no object has no index.
    fn add_members(&mut self, members: Vec<(String, &'a [u8])>) -> Result<(), Error> {
        for (key, (name, bytes)) in members.iter().enumerate() {
            if is_elf(bytes) {
                let symbols = parse_object(Profile::Static, name, bytes)?.symbols;
                for (position, symbol) in symbols.iter() {
                    if symbol.binding != Binding::Local && symbol.home != Home::Undefined {
                        self.index.entry(symbols.name(position as usize)).or_insert(key as u64);
                    }
                }
            }
        }
        self.members = Some(members);
        Ok(())
    }
}

/// The names of the files that are the members of a thin archive, relative to its folder.
pub fn thin_members(input: Input<'_>) -> Result<Vec<String>, Vec<Error>> {
    let wrong = |reason: String| vec![Error::in_object(ErrorKind::MalformedArchive { reason }, input.name)];
    let file = ArchiveFile::parse(input.bytes).map_err(|error| wrong(error.to_string()))?;
    let mut names = Vec::new();
    for member in file.members() {
        let member = member.map_err(|error| wrong(error.to_string()))?;
        let name = std::str::from_utf8(member.name()).map_err(|error| wrong(error.to_string()))?;
        names.push(name.to_owned());
    }
    Ok(names)
}

/// Indexes the members of a thin archive, in its order; `size` is the archive's own.
pub fn index_members<'a>(
    name: &str,
    size: usize,
    members: Vec<Input<'a>>,
) -> Result<Archive<'a>, Vec<Error>> {
    let total: usize = members.iter().map(|member| member.bytes.len()).sum();
    let mut archive = Archive {
        name: name.to_owned(),
        size: size as u64 + total as u64,
        bytes: &[],
        file: None,
        index: NameMap::default(),
        members: None,
    };
    let members = members.into_iter().map(|Input { name, bytes }| (name.to_owned(), bytes)).collect();
    archive.add_members(members).map_err(|error| vec![error])?;
    Ok(archive)
}
