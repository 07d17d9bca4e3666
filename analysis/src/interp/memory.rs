//! Simulated memory: one flat range of bytes, as a task sees it.
//!
//! The first 64 KiB are never valid, so null and dangling pointers are caught; then the stack, then whatever was
//! granted, in order. Addresses are the same in every run.

/// Addresses below this are never valid.
pub const LOWEST: u64 = 1 << 16;

/// The bytes.
pub struct Memory {
    bytes: Vec<u8>,
    limit: u64,
}

/// An access to what is not there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct BadAddress {
    /// Where.
    pub address: u64,
    /// How many bytes.
    pub size: u64,
}

impl Memory {
    /// A stack of this size and nothing else; at most `limit` bytes in the end.
    pub fn new(stack: u64, limit: u64) -> Memory {
        Memory { bytes: vec![0; (LOWEST + stack) as usize], limit: limit.min(u32::MAX as u64) }
    }
    /// Appends zeroed bytes; `None` if the limit does not allow it.
    pub fn grant(&mut self, size: u64, align: u64) -> Option<u64> {
        let at = (self.bytes.len() as u64).next_multiple_of(align);
        let end = at.checked_add(size)?;
        if end > self.limit {
            return None;
        }
        self.bytes.resize(end as usize, 0);
        Some(at)
    }
    #[inline]
    fn range(&self, address: u64, size: u64) -> Result<std::ops::Range<usize>, BadAddress> {
        let end = address.wrapping_add(size);
        if address >= LOWEST && end <= self.bytes.len() as u64 && end >= address {
            Ok(address as usize..end as usize)
        } else {
            Err(BadAddress { address, size })
        }
    }
    /// Bytes at an address. None are asked for: any address will do.
    #[inline]
    pub fn slice(&self, address: u64, size: u64) -> Result<&[u8], BadAddress> {
        if size == 0 {
            return Ok(&[]);
        }
        Ok(&self.bytes[self.range(address, size)?])
    }
    /// Bytes at an address, to be written.
    #[inline]
    pub fn slice_mut(&mut self, address: u64, size: u64) -> Result<&mut [u8], BadAddress> {
        if size == 0 {
            return Ok(&mut []);
        }
        let range = self.range(address, size)?;
        Ok(&mut self.bytes[range])
    }
    /// Moves bytes; the ranges may overlap.
    #[inline]
    pub fn copy(&mut self, from: u64, to: u64, size: u64) -> Result<(), BadAddress> {
        if size == 8 {
            let word = self.load_u64(from)?;
            return self.store_u64(to, word);
        }
        if size == 0 {
            return Ok(());
        }
        let from = self.range(from, size)?;
        let to = self.range(to, size)?;
        self.bytes.copy_within(from, to.start);
        Ok(())
    }
    /// A word.
    #[inline]
    pub fn load_u64(&self, address: u64) -> Result<u64, BadAddress> {
        let range = self.range(address, 8)?;
        Ok(u64::from_le_bytes(self.bytes[range].try_into().expect("a range of 8 has 8 bytes")))
    }
    /// Writes a word.
    #[inline]
    pub fn store_u64(&mut self, address: u64, value: u64) -> Result<(), BadAddress> {
        let range = self.range(address, 8)?;
        self.bytes[range].copy_from_slice(&value.to_le_bytes());
        Ok(())
    }
    /// An integer of 0, 1, 2, 4, 8 or 16 bytes.
    #[inline]
    pub fn load(&self, address: u64, size: u32) -> Result<u128, BadAddress> {
        if size == 8 {
            return Ok(self.load_u64(address)? as u128);
        }
        let bytes = self.slice(address, size as u64)?;
        Ok(match *bytes {
            [a] => a as u128,
            [a, b] => u16::from_le_bytes([a, b]) as u128,
            [a, b, c, d] => u32::from_le_bytes([a, b, c, d]) as u128,
            _ => {
                let mut wide = [0; 16];
                wide[..bytes.len()].copy_from_slice(bytes);
                u128::from_le_bytes(wide)
            }
        })
    }
    /// Writes the low bytes of an integer.
    #[inline]
    pub fn store(&mut self, address: u64, size: u32, value: u128) -> Result<(), BadAddress> {
        match size {
            8 => self.store_u64(address, value as u64),
            1 => {
                let range = self.range(address, 1)?;
                self.bytes[range.start] = value as u8;
                Ok(())
            }
            4 => {
                let range = self.range(address, 4)?;
                self.bytes[range].copy_from_slice(&(value as u32).to_le_bytes());
                Ok(())
            }
            _ => {
                self.slice_mut(address, size as u64)?.copy_from_slice(&value.to_le_bytes()[..size as usize]);
                Ok(())
            }
        }
    }
}
