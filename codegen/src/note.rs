//! The bytes of a task's note.

use cloudc_abi as abi;

use crate::TaskNote;

/// Offsets of the two address fields in the note section.
pub struct NoteFields {
    /// Where the address of the manifest entry goes.
    pub manifest: u64,
    /// Where the address of the output bounds goes.
    pub outputs: u64,
}

/// The ELF note with owner `cloudc`, type 1 (`docs/abi.md` §3).
pub fn note_bytes(note: &TaskNote, isa: u32, sites: u32) -> (Vec<u8>, NoteFields) {
    let mut out = Vec::new();
    for word in [7u32, 64, 1] {
        out.extend_from_slice(&word.to_le_bytes());
    }
    out.extend_from_slice(b"cloudc\0\0");
    let start = out.len() as u64;
    let words = [abi::ABI, isa, note.flags, note.calls, note.n_inputs, note.n_outputs, note.stack, 0];
    words.iter().for_each(|w| out.extend_from_slice(&w.to_le_bytes()));
    out.extend_from_slice(&note.heap.to_le_bytes());
    out.extend_from_slice(&note.heap_max.to_le_bytes());
    let words = [0, note.manifest.len() as u32, 0, sites];
    words.iter().for_each(|w| out.extend_from_slice(&w.to_le_bytes()));
    (out, NoteFields { manifest: start + 48, outputs: start + 56 })
}
