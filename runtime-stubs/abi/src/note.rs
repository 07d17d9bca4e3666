//! What an image says of itself before it is mapped.
//!
//! In: the 64 bytes of the note's descriptor. Out: a `TaskNote`, and back.
//!
//! Invariant: `from_bytes` and `to_bytes` are inverse; whether the values make sense is the loader's to check.

/// The owner of the note, with its terminating zero.
pub const NOTE_OWNER: &[u8; 7] = b"cloudc\0";
/// The type of the note.
pub const NOTE_TYPE: u32 = 1;
/// The size of the note's descriptor.
pub const NOTE_SIZE: usize = 64;

/// The descriptor of the `cloudc` note.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TaskNote {
    /// `major << 16 | minor`.
    pub abi: u32,
    /// The instruction set, see `code::isa`.
    pub isa: u32,
    /// See `code::note_flag`.
    pub flags: u32,
    /// Bit i: table slot i may be called.
    pub calls: u32,
    /// Number of inputs, or `ANY_INPUTS`.
    pub n_inputs: u32,
    /// Number of outputs.
    pub n_outputs: u32,
    /// Stack bytes, a multiple of 4096, at most 64 MiB.
    pub stack: u32,
    /// Zero.
    pub reserved: u32,
    /// Heap bytes granted at entry.
    pub heap: u64,
    /// The most heap the task may have; 0: the host's choice.
    pub heap_max: u64,
    /// Offset in the image of the task's manifest entry.
    pub manifest: u32,
    /// Its length.
    pub manifest_len: u32,
    /// Offset in the image of `n_outputs` `u64` size bounds; `UNKNOWN_SIZE` where nothing is known.
    pub outputs: u32,
    /// Number of failure and spawn sites.
    pub sites: u32,
}

impl TaskNote {
    /// The descriptor as it stands in the image.
    pub fn to_bytes(&self) -> [u8; NOTE_SIZE] {
        let mut bytes = [0; NOTE_SIZE];
        let words = [
            (0, self.abi),
            (4, self.isa),
            (8, self.flags),
            (12, self.calls),
            (16, self.n_inputs),
            (20, self.n_outputs),
            (24, self.stack),
            (28, self.reserved),
            (48, self.manifest),
            (52, self.manifest_len),
            (56, self.outputs),
            (60, self.sites),
        ];
        for (at, word) in words {
            bytes[at..at + 4].copy_from_slice(&word.to_le_bytes());
        }
        bytes[32..40].copy_from_slice(&self.heap.to_le_bytes());
        bytes[40..48].copy_from_slice(&self.heap_max.to_le_bytes());
        bytes
    }

    /// Reads a descriptor; every 64 bytes are one.
    pub fn from_bytes(bytes: &[u8; NOTE_SIZE]) -> TaskNote {
        let word = |at: usize| u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
        let long = |at: usize| u64::from(word(at)) | u64::from(word(at + 4)) << 32;
        TaskNote {
            abi: word(0),
            isa: word(4),
            flags: word(8),
            calls: word(12),
            n_inputs: word(16),
            n_outputs: word(20),
            stack: word(24),
            reserved: word(28),
            heap: long(32),
            heap_max: long(40),
            manifest: word(48),
            manifest_len: word(52),
            outputs: word(56),
            sites: word(60),
        }
    }
}

const _: () = {
    use core::mem::offset_of;
    assert!(size_of::<TaskNote>() == NOTE_SIZE);
    assert!(offset_of!(TaskNote, abi) == 0);
    assert!(offset_of!(TaskNote, isa) == 4);
    assert!(offset_of!(TaskNote, flags) == 8);
    assert!(offset_of!(TaskNote, calls) == 12);
    assert!(offset_of!(TaskNote, n_inputs) == 16);
    assert!(offset_of!(TaskNote, n_outputs) == 20);
    assert!(offset_of!(TaskNote, stack) == 24);
    assert!(offset_of!(TaskNote, reserved) == 28);
    assert!(offset_of!(TaskNote, heap) == 32);
    assert!(offset_of!(TaskNote, heap_max) == 40);
    assert!(offset_of!(TaskNote, manifest) == 48);
    assert!(offset_of!(TaskNote, manifest_len) == 52);
    assert!(offset_of!(TaskNote, outputs) == 56);
    assert!(offset_of!(TaskNote, sites) == 60);
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_round_trip() {
        let note = TaskNote {
            abi: crate::ABI,
            isa: 3,
            flags: 6,
            calls: 0x1FF,
            n_inputs: 2,
            n_outputs: 1,
            stack: 65536,
            heap: 1 << 33,
            heap_max: 1 << 40,
            manifest: 64,
            manifest_len: 128,
            outputs: 192,
            sites: 5,
            reserved: 0,
        };
        assert_eq!(TaskNote::from_bytes(&note.to_bytes()), note);
        assert_eq!(note.to_bytes()[32..40], (1_u64 << 33).to_le_bytes());
    }
}
