//! Read-only data and the task's note.

use std::fmt::Write;

use super::TaskCx;
use super::ir::{Bytes, Name, Value};
use crate::note::note_bytes;
use crate::{Settings, TaskNote};
use cloudc_analysis::layout::Prim;

impl TaskCx<'_> {
    /// The address of read-only data; equal bytes share one place.
    pub(super) fn data(&mut self, bytes: &[u8], align: u64) -> Value {
        let entry = self.data.entry(bytes.into());
        let index = entry.index() as u32;
        let known = entry.or_insert(align);
        *known = align.max(*known);
        Value { prim: Prim::Ptr, name: Name::Data(index) }
    }

    /// Adds the note (`docs/abi.md` §3) and all data.
    ///
    /// The note is written in assembly: LLVM has constants with addresses in a section that may be written, which an
    /// image does not have.
    pub(super) fn finish(&mut self, settings: &Settings<'_>, note: &TaskNote, sites: u32) {
        let bounds: Vec<u8> = note.output_bounds.iter().flat_map(|b| b.to_le_bytes()).collect();
        let isa = settings.target.isa(settings.level);
        let (bytes, fields) = note_bytes(note, isa, sites);
        let words = bytes.as_chunks().0.iter().map(|word| u32::from_le_bytes(*word).to_string());
        let mut words: Vec<String> = words.collect();
        let mut used = Vec::new();
        let fields = [(&note.manifest, fields.manifest), (&bounds, fields.outputs)];
        for (bytes, at) in fields.into_iter().filter(|(bytes, _)| !bytes.is_empty()) {
            if let Value { name: Name::Data(index), .. } = self.data(bytes, 8) {
                words[at as usize / 4] = format!("d{index}");
                used.push(format!("ptr @d{index}"));
            }
        }
        // Writing to a string cannot fail.
        let _ = writeln!(
            self.text,
            "\nmodule asm \".section .note.cloudc, \\22a\\22, @note\"\n\
             module asm \".p2align 2\"\n\
             module asm \".long {}\"",
            words.join(", ")
        );
        if !used.is_empty() {
            let (count, used) = (used.len(), used.join(", "));
            let _ = writeln!(
                self.text,
                "@llvm.compiler.used = appending global [{count} x ptr] [{used}], section \"llvm.metadata\""
            );
        }
        for (index, (bytes, align)) in self.data.iter().enumerate() {
            let (len, bytes) = (bytes.len(), Bytes(bytes));
            let _ = writeln!(
                self.text,
                "@d{index} = internal unnamed_addr constant [{len} x i8] c\"{bytes}\", align {align}"
            );
        }
    }
}
