//! Expands debugging information that the inputs hold compressed.
//!
//! In: objects, whose readers have bounded how much there can be. Out: the bytes of each compressed section, zlib or
//! Zstandard, or what is wrong with them. All are in memory at once; a link of objects that are not compressed needs none.

use object::LittleEndian as LE;
use object::elf::{self, CompressionHeader64};
use object::pod;
use object::read::{CompressedData, CompressionFormat};

use crate::error::{Error, ErrorKind, ErrorSink};
use crate::hash::IndexMap;
use crate::input::{Class, Section};
use crate::resolve::{Resolution, SectionRef};

/// The bytes of compressed sections.
#[derive(Debug, Default)]
pub(crate) struct Expanded(IndexMap<SectionRef, Vec<u8>>);

/// Expands all compressed sections.
pub(crate) fn expand(resolution: &Resolution<'_>) -> Result<Expanded, Vec<Error>> {
    let mut expanded = Expanded::default();
    let mut errors = ErrorSink::default();
    for (at, section) in resolution.sections() {
        if section.class != Class::Debug || !section.has_flag(elf::SHF_COMPRESSED) {
            continue;
        }
        match bytes(section) {
            Some(bytes) => {
                expanded.0.insert(at, bytes);
            }
            None => {
                let kind = ErrorKind::Malformed {
                    field: "size of a compressed section once expanded",
                    value: section.size,
                    possible: "what its bytes expand to, if they are not damaged".to_owned(),
                };
                let object = &resolution.objects[at.object as usize];
                errors.push(|| Error::new(kind).at(object.place(at.section, 0)));
            }
        }
    }
    errors.finish()?;
    Ok(expanded)
}

fn bytes(section: &Section<'_>) -> Option<Vec<u8>> {
    let (header, data) = pod::from_bytes::<CompressionHeader64<LE>>(section.data).ok()?;
    let format = match header.ch_type.get(LE) {
        elf::ELFCOMPRESS_ZLIB => CompressionFormat::Zlib,
        elf::ELFCOMPRESS_ZSTD => CompressionFormat::Zstandard,
        _ => return None,
    };
    let compressed = CompressedData { format, data, uncompressed_size: section.size };
    Some(compressed.decompress().ok()?.into_owned())
}

impl Expanded {
    /// The bytes of a section, compressed in its file or not.
    pub fn data<'e>(&'e self, at: SectionRef, section: &Section<'e>) -> &'e [u8] {
        if section.has_flag(elf::SHF_COMPRESSED) {
            self.0.get(&at).map_or(&[], Vec::as_slice)
        } else {
            section.data
        }
    }
}
