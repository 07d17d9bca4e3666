//! Read-only data, the task's note, and the finished object.

use std::rc::Rc;

use cranelift_module::{DataDescription, FuncId, Linkage, Module};
use cranelift_object::object::write::Relocation;
use cranelift_object::object::{RelocationFlags, SectionFlags, SectionKind, elf};

use super::TaskCx;
use crate::note::note_bytes;
use crate::{Target, TaskRequest};

impl TaskCx<'_> {
    /// A read-only data object with these bytes; equal bytes share one.
    pub(super) fn data_object(
        &mut self,
        bytes: &[u8],
        align: u64,
    ) -> Result<cranelift_module::DataId, String> {
        let key: (Rc<[u8]>, u64) = (bytes.into(), align);
        if let Some(&id) = self.data.get(&key) {
            return Ok(id);
        }
        let name = format!("d{}", self.data.len());
        let id = self.module.declare_data(&name, Linkage::Local, false, false).map_err(|e| e.to_string())?;
        let mut description = DataDescription::new();
        description.define(bytes.into());
        description.set_align(align);
        self.module.define_data(id, &description).map_err(|e| e.to_string())?;
        self.data.insert(key, id);
        Ok(id)
    }
}

/// Adds the note and writes the object.
pub(super) fn finish(
    mut cx: TaskCx<'_>,
    request: &TaskRequest<'_>,
    _entry: FuncId,
    sites: u32,
) -> Result<Vec<u8>, String> {
    let note = request.note;
    let bounds: Vec<u8> = note.output_bounds.iter().flat_map(|b| b.to_le_bytes()).collect();
    let manifest = (!note.manifest.is_empty()).then(|| cx.data_object(&note.manifest, 8)).transpose()?;
    let outputs = (!bounds.is_empty()).then(|| cx.data_object(&bounds, 8)).transpose()?;
    let debug = cx.debug.take();
    let isa = request
        .debug
        .map(|_| super::target_isa(request.target, request.level, request.verify, true))
        .transpose()?;
    let mut product = cx.module.finish();
    let segment = Vec::new();
    let section = product.object.add_section(segment, b".note.cloudc".to_vec(), SectionKind::Note);
    product.object.section_mut(section).flags = SectionFlags::Elf { sh_flags: elf::SHF_ALLOC.into() };
    let (bytes, fields) = note_bytes(note, request.target.isa(request.level), sites);
    product.object.append_section_data(section, &bytes, 4);
    let r_type = match request.target {
        Target::X86_64 => elf::R_X86_64_32,
        Target::Aarch64 => elf::R_AARCH64_ABS32,
        Target::Riscv64 => elf::R_RISCV_32,
    };
    for (data, offset) in [(manifest, fields.manifest), (outputs, fields.outputs)] {
        let Some(data) = data else { continue };
        let symbol = product.data_symbol(data);
        let flags = RelocationFlags::Elf { r_type };
        product
            .object
            .add_relocation(section, Relocation { offset, symbol, addend: 0, flags })
            .map_err(|e| e.to_string())?;
    }
    if let (Some(debug), Some(positions), Some(isa)) = (debug, request.debug, isa) {
        super::debug::dwarf::add(&debug, positions, &*isa, &mut product)?;
    }
    product.emit().map_err(|e| e.to_string())
}
