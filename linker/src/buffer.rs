//! Hands a file over piece by piece, in order.

/// Takes pieces of a file.
pub(crate) type Sink<'s> = &'s mut dyn FnMut(&[u8]);

/// Pieces are at least this large where there is more to come.
const PIECE: usize = 256 << 10;

/// Collects small pieces to larger ones.
pub(crate) struct Buffer<'s> {
    bytes: Vec<u8>,
    /// Bytes handed over before.
    flushed: u64,
    sink: Sink<'s>,
}

impl<'s> Buffer<'s> {
    /// The start of a file of which about so many bytes are to come.
    pub fn new(size: u64, sink: Sink<'s>) -> Buffer<'s> {
        let room = size.min(PIECE as u64 + (PIECE / 4) as u64) as usize;
        Buffer { bytes: Vec::with_capacity(room), flushed: 0, sink }
    }

    /// Adds to the file.
    pub fn append(&mut self, add: impl FnOnce(&mut Vec<u8>)) {
        add(&mut self.bytes);
        if self.bytes.len() >= PIECE {
            self.flush();
        }
    }

    /// Adds bytes that are there already; many of them are not copied first.
    pub fn append_bytes(&mut self, bytes: &[u8]) {
        if bytes.len() < PIECE {
            self.append(|buffer| buffer.extend_from_slice(bytes));
        } else {
            self.flush();
            (self.sink)(bytes);
            self.flushed += bytes.len() as u64;
        }
    }

    /// The bytes of the file so far.
    pub fn position(&self) -> u64 {
        self.flushed + self.bytes.len() as u64
    }

    /// Fills the file up to an offset with a byte.
    pub fn fill_to(&mut self, offset: u64, byte: u8) {
        let gap = offset.saturating_sub(self.position()) as usize;
        self.bytes.resize(self.bytes.len() + gap, byte);
    }

    /// Hands over what is left.
    pub fn flush(&mut self) {
        (self.sink)(&self.bytes);
        self.flushed += self.bytes.len() as u64;
        self.bytes.clear();
    }
}
