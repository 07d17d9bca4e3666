//! What an object is called.
//!
//! In: bytes. Out: a `Name`, whose last byte says of which kind it is. A literal carries its object inside; the
//! other kinds are made by hashing, which a host does.
//!
//! Invariant: a name made here is well formed: the bytes after a literal's content are zero, so equal objects
//! have equal literal names.

use core::fmt;

/// The most bytes a literal name holds.
pub const MAX_LITERAL: usize = 30;

/// The name of an object; byte 31 is the kind.
#[repr(C, align(8))]
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(pub [u8; 32]);

/// How a name was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameKind {
    /// From the task and the names of its inputs.
    Derived,
    /// From the object's bytes.
    Content,
    /// A number of section 8 of the specification.
    WellKnown,
    /// The object itself, of this many bytes.
    Literal(u8),
    /// No name of this version of the ABI.
    Invalid,
}

impl Name {
    /// The kind byte of derived names.
    pub const KIND_DERIVED: u8 = 0x00;
    /// The kind byte of content names.
    pub const KIND_CONTENT: u8 = 0x01;
    /// The kind byte of well-known names.
    pub const KIND_WELL_KNOWN: u8 = 0x02;
    /// The kind byte of the empty literal; a literal of n bytes has n more.
    pub const KIND_LITERAL: u8 = 0x80;

    /// A name that names nothing: where a field has no name to hold.
    pub const NONE: Name = {
        let mut bytes = [0; 32];
        bytes[31] = 0xFF;
        Name(bytes)
    };

    /// The literal name of `bytes`, if they are few enough.
    pub const fn literal(bytes: &[u8]) -> Option<Name> {
        if bytes.len() > MAX_LITERAL {
            return None;
        }
        let mut name = [0; 32];
        let mut i = 0;
        while i < bytes.len() {
            name[i] = bytes[i];
            i += 1;
        }
        name[31] = Self::KIND_LITERAL + bytes.len() as u8;
        Some(Name(name))
    }

    /// The derived name with these first 31 bytes of a hash.
    pub const fn derived(hash: &[u8; 32]) -> Name {
        Self::hashed(hash, Self::KIND_DERIVED)
    }

    /// The content name with these first 31 bytes of a hash.
    pub const fn content(hash: &[u8; 32]) -> Name {
        Self::hashed(hash, Self::KIND_CONTENT)
    }

    /// The well-known name with this number.
    pub const fn well_known(number: u32) -> Name {
        let mut name = [0; 32];
        let number = number.to_le_bytes();
        name[0] = number[0];
        name[1] = number[1];
        name[2] = number[2];
        name[3] = number[3];
        name[31] = Self::KIND_WELL_KNOWN;
        Name(name)
    }

    const fn hashed(hash: &[u8; 32], kind: u8) -> Name {
        let mut name = *hash;
        name[31] = kind;
        Name(name)
    }

    /// How this name was made; `Invalid` also for a literal with bytes after its content.
    pub fn kind(&self) -> NameKind {
        match self.0[31] {
            Self::KIND_DERIVED => NameKind::Derived,
            Self::KIND_CONTENT => NameKind::Content,
            Self::KIND_WELL_KNOWN if self.0[4..31].iter().all(|byte| *byte == 0) => NameKind::WellKnown,
            byte => match byte.checked_sub(Self::KIND_LITERAL) {
                Some(n)
                    if usize::from(n) <= MAX_LITERAL
                        && self.0[usize::from(n)..31].iter().all(|byte| *byte == 0) =>
                {
                    NameKind::Literal(n)
                }
                _ => NameKind::Invalid,
            },
        }
    }

    /// The object a literal name is.
    pub fn as_literal(&self) -> Option<&[u8]> {
        match self.kind() {
            NameKind::Literal(n) => Some(&self.0[..usize::from(n)]),
            _ => None,
        }
    }

    /// The number of a well-known name.
    pub fn as_well_known(&self) -> Option<u32> {
        match self.kind() {
            NameKind::WellKnown => Some(u32::from_le_bytes([self.0[0], self.0[1], self.0[2], self.0[3]])),
            _ => None,
        }
    }

    /// Reads back what `Display` writes: 64 hexadecimal digits.
    pub fn from_hex(text: &str) -> Option<Name> {
        let text = text.as_bytes();
        if text.len() != 64 {
            return None;
        }
        let mut name = [0; 32];
        for (byte, pair) in name.iter_mut().zip(text.chunks_exact(2)) {
            let high = char::from(pair[0]).to_digit(16)?;
            let low = char::from(pair[1]).to_digit(16)?;
            *byte = (high << 4 | low) as u8;
        }
        Some(Name(name))
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind() {
            NameKind::Literal(n) => write!(f, "literal:{:?}", &self.0[..usize::from(n)]),
            _ => fmt::Display::fmt(self, f),
        }
    }
}

const _: () = assert!(size_of::<Name>() == 32 && align_of::<Name>() == 8);

#[cfg(test)]
mod tests {
    use super::*;

    // A literal name holds 0 to 30 bytes, gives them back, and nothing longer.
    #[test]
    fn literals_round_trip() {
        let bytes = [7_u8; 31];
        for n in 0..=30 {
            let name = Name::literal(&bytes[..n]).unwrap();
            assert_eq!(name.as_literal(), Some(&bytes[..n]));
            assert_eq!(name.0[31], 0x80 + n as u8);
        }
        assert_eq!(Name::literal(&bytes), None);
    }

    // A literal with a stray byte after its content is no name: there would be two for one object.
    #[test]
    fn padded_literals_are_invalid() {
        let mut name = Name::literal(b"abc").unwrap();
        name.0[3] = 1;
        assert_eq!(name.kind(), NameKind::Invalid);
        assert_eq!(Name([0x9F; 32]).kind(), NameKind::Invalid);
        assert_eq!(Name::NONE.kind(), NameKind::Invalid);
    }

    #[test]
    fn kinds_and_hex_round_trip() {
        assert_eq!(Name::derived(&[0xAB; 32]).kind(), NameKind::Derived);
        assert_eq!(Name::content(&[0xAB; 32]).kind(), NameKind::Content);
        assert_eq!(Name::well_known(2).as_well_known(), Some(2));
        extern crate std;
        let name = Name::content(&[0xC5; 32]);
        assert_eq!(Name::from_hex(&std::format!("{name}")), Some(name));
        assert_eq!(Name::from_hex("zz"), None);
    }
}
