//! `u8` as an ASCII character.

impl u8 {
    pub const fn is_ascii(&self) -> bool { *self < 128 }
    pub const fn to_ascii_uppercase(&self) -> u8 { if self.is_ascii_lowercase() { *self - 32 } else { *self } }
    pub const fn to_ascii_lowercase(&self) -> u8 { if self.is_ascii_uppercase() { *self + 32 } else { *self } }
    pub const fn eq_ignore_ascii_case(&self, other: &u8) -> bool {
        self.to_ascii_lowercase() == other.to_ascii_lowercase()
    }
    pub const fn make_ascii_uppercase(&mut self) { *self = self.to_ascii_uppercase(); }
    pub const fn make_ascii_lowercase(&mut self) { *self = self.to_ascii_lowercase(); }
    pub const fn is_ascii_alphabetic(&self) -> bool { let c = *self | 32; c >= b'a' && c <= b'z' }
    pub const fn is_ascii_uppercase(&self) -> bool { *self >= b'A' && *self <= b'Z' }
    pub const fn is_ascii_lowercase(&self) -> bool { *self >= b'a' && *self <= b'z' }
    pub const fn is_ascii_alphanumeric(&self) -> bool { self.is_ascii_alphabetic() || self.is_ascii_digit() }
    pub const fn is_ascii_digit(&self) -> bool { *self >= b'0' && *self <= b'9' }
    pub const fn is_ascii_hexdigit(&self) -> bool {
        let c = *self | 32;
        self.is_ascii_digit() || (c >= b'a' && c <= b'f')
    }
    pub const fn is_ascii_punctuation(&self) -> bool { self.is_ascii_graphic() && !self.is_ascii_alphanumeric() }
    pub const fn is_ascii_graphic(&self) -> bool { *self >= b'!' && *self <= b'~' }
    pub const fn is_ascii_whitespace(&self) -> bool {
        *self == b' ' || *self == b'\t' || *self == b'\n' || *self == b'\r' || *self == 12
    }
    pub const fn is_ascii_control(&self) -> bool { *self < 32 || *self == 127 }
    pub fn escape_ascii(self) -> crate::ascii::EscapeDefault { crate::ascii::escape_default(self) }
    pub(crate) const fn is_utf8_char_boundary(self) -> bool { (self as i8) >= -64 }
}
