//! The layout of an image: parts, each a list of entries of any length.
//!
//! ```text
//! for each part, in the order of `Part`:  u32 offset of its list
//! list:                                   u32 count, (count + 1) × u32 offset into the entries, the entries
//! ```
//! All numbers are little-endian. Entries of [`Part::Paths`] are of eight bytes, without the offsets.

/// What is in a list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Part {
    /// Texts of symbols.
    Symbols,
    /// For each definition, where its path ends.
    Paths,
    /// For each definition, what names have to know.
    Infos,
    /// For each definition, what it is.
    Kinds,
    /// For each definition, the function that waits to be lowered, or nothing.
    Functions,
    /// Name tables.
    Modules,
    /// Bodies, lowered or not.
    Bodies,
    /// One entry: the impls.
    Impls,
    /// One entry: what has to be known at the start.
    Root,
    /// One entry: the macro expansions.
    Marks,
    /// Paths of source files.
    Files,
    /// Their texts.
    Texts,
}

pub(super) const PARTS: usize = 12;
/// The number of a parent that is not there.
const NO_PARENT: u32 = u32::MAX;

/// Lists under construction.
#[derive(Default)]
pub(super) struct Lists {
    lists: [List; PARTS],
}

#[derive(Default)]
struct List {
    starts: Vec<u32>,
    bytes: Vec<u8>,
}

impl Lists {
    pub fn push(&mut self, part: Part, entry: &[u8]) {
        let list = &mut self.lists[part as usize];
        list.starts.push(offset(list.bytes.len()));
        list.bytes.extend_from_slice(entry);
    }

    pub fn push_path_end(&mut self, parent: Option<u32>, name: u32) {
        let list = &mut self.lists[Part::Paths as usize];
        list.starts.push(offset(list.bytes.len()));
        list.bytes.extend_from_slice(&parent.unwrap_or(NO_PARENT).to_le_bytes());
        list.bytes.extend_from_slice(&name.to_le_bytes());
    }

    pub fn finish(self) -> Vec<u8> {
        let mut out = vec![0; 4 * PARTS];
        for (number, list) in self.lists.into_iter().enumerate() {
            let at = offset(out.len());
            out[4 * number..4 * number + 4].copy_from_slice(&at.to_le_bytes());
            out.extend_from_slice(&offset(list.starts.len()).to_le_bytes());
            if number != Part::Paths as usize {
                for start in list.starts.into_iter().chain([offset(list.bytes.len())]) {
                    out.extend_from_slice(&start.to_le_bytes());
                }
            }
            out.extend_from_slice(&list.bytes);
        }
        out
    }
}

fn offset(length: usize) -> u32 {
    u32::try_from(length).expect("an image is smaller than 4 GiB")
}

/// The lists of an image.
pub(super) struct Sections {
    bytes: &'static [u8],
    /// Where each list has its offsets, and how many entries.
    lists: [(usize, usize); PARTS],
}

impl Sections {
    pub fn new(bytes: &'static [u8]) -> Sections {
        let lists = std::array::from_fn(|number| {
            let at = number_at(bytes, 4 * number) as usize;
            (at + 4, number_at(bytes, at) as usize)
        });
        Sections { bytes, lists }
    }

    pub fn count(&self, part: Part) -> usize {
        self.lists[part as usize].1
    }

    pub fn entry(&self, part: Part, number: usize) -> &'static [u8] {
        let (at, count) = self.lists[part as usize];
        assert!(number < count, "entry {number} of {count} in {part:?}");
        let entries = at + 4 * (count + 1);
        let start = number_at(self.bytes, at + 4 * number) as usize;
        let end = number_at(self.bytes, at + 4 * number + 4) as usize;
        &self.bytes[entries + start..entries + end]
    }

    pub fn text(&self, part: Part, number: usize) -> &'static str {
        std::str::from_utf8(self.entry(part, number)).expect("texts of an image are UTF-8")
    }

    /// The parent and the number of the last name of a definition's path.
    pub fn path_end(&self, number: usize) -> (Option<u32>, u32) {
        let at = self.lists[Part::Paths as usize].0 + 8 * number;
        let parent = number_at(self.bytes, at);
        ((parent != NO_PARENT).then_some(parent), number_at(self.bytes, at + 4))
    }
}

fn number_at(bytes: &[u8], at: usize) -> u32 {
    let four = bytes[at..at + 4].try_into().expect("four bytes");
    u32::from_le_bytes(four)
}
