//! A task's object: the code of its functions put together, read-only data and the task's note.

use std::collections::HashMap;
use std::sync::Arc;

use cloudc_frontend::mir::FuncId;
use cranelift_codegen::ir::Signature;
use cranelift_codegen::isa::{CallConv, TargetIsa};
use cranelift_module::{DataDescription, DataId, Linkage, Module, ModuleReloc, ModuleRelocTarget};
use cranelift_object::object::write::Relocation;
use cranelift_object::object::{RelocationFlags, SectionFlags, SectionKind, elf};
use cranelift_object::{ObjectBuilder, ObjectModule};

use super::code::{Code, Reference};
use super::debug;
use super::memory::Routine;
use crate::lower::Failing;
use crate::note::note_bytes;
use crate::{Settings, Target, TaskNote};

/// An object while it grows.
pub(super) struct TaskObject<'c> {
    module: ObjectModule,
    /// The module's name of each function of the task.
    functions: HashMap<FuncId, cranelift_module::FuncId>,
    /// The same of each memory routine that is used.
    routines: HashMap<Routine, cranelift_module::FuncId>,
    /// Read-only data by content and alignment.
    data: HashMap<(Box<[u8]>, u64), DataId>,
    /// Where the task may fail.
    pub failing: Failing,
    /// What a debugger wants to know.
    debug: Vec<(cranelift_module::FuncId, &'c debug::Function)>,
}

impl<'c> TaskObject<'c> {
    pub fn new(isa: Arc<dyn TargetIsa>) -> Result<TaskObject<'c>, String> {
        let builder = ObjectBuilder::new(isa, "task", cranelift_module::default_libcall_names());
        let mut builder = builder.map_err(|e| e.to_string())?;
        builder.per_function_section(true).per_data_object_section(true);
        Ok(TaskObject {
            module: ObjectModule::new(builder),
            functions: HashMap::new(),
            routines: HashMap::new(),
            data: HashMap::new(),
            failing: Failing::new(),
            debug: Vec::new(),
        })
    }

    /// Says that a function of the program is in the task.
    pub fn declare(&mut self, func: FuncId, name: &str) -> Result<(), String> {
        let id = self.declare_named(name, Linkage::Local)?;
        self.functions.insert(func, id);
        Ok(())
    }

    fn declare_named(&mut self, name: &str, linkage: Linkage) -> Result<cranelift_module::FuncId, String> {
        // Objects know no signatures.
        let signature = Signature::new(CallConv::SystemV);
        self.module.declare_function(name, linkage, &signature).map_err(|e| e.to_string())
    }

    /// Adds the code of a declared function.
    pub fn define(&mut self, func: FuncId, code: &'c Code) -> Result<(), String> {
        let id = self.known(func)?;
        self.add(id, code)
    }

    /// Adds the code of the entry.
    pub fn define_entry(&mut self, code: &'c Code) -> Result<(), String> {
        let id = self.declare_named("entry", Linkage::Export)?;
        self.add(id, code)
    }

    /// Adds the code of the routines that are used.
    pub fn define_routines(
        &mut self,
        code: impl Fn(Routine) -> Result<&'c Code, String>,
    ) -> Result<(), String> {
        for routine in Routine::ALL {
            if let Some(&id) = self.routines.get(&routine) {
                self.add(id, code(routine)?)?;
            }
        }
        Ok(())
    }

    fn known(&self, func: FuncId) -> Result<cranelift_module::FuncId, String> {
        self.functions.get(&func).copied().ok_or_else(|| format!("f{} is not part of the task", func.0))
    }

    fn add(&mut self, id: cranelift_module::FuncId, code: &'c Code) -> Result<(), String> {
        let mut relocations = Vec::with_capacity(code.relocations.len());
        for relocation in &code.relocations {
            let name = match relocation.name {
                ModuleRelocTarget::User { namespace, index } => self.target(code, namespace, index)?,
                ModuleRelocTarget::FunctionOffset(_, offset) => ModuleRelocTarget::FunctionOffset(id, offset),
                ref other => other.clone(),
            };
            relocations.push(ModuleReloc { name, ..relocation.clone() });
        }
        self.module
            .define_function_bytes(id, code.align, &code.bytes, &relocations)
            .map_err(|e| e.to_string())?;
        self.failing.extend(&code.failing);
        self.debug.extend(code.debug.as_ref().map(|debug| (id, debug)));
        Ok(())
    }

    /// What a relocation of this code refers to, as the module names it.
    fn target(&mut self, code: &Code, namespace: u32, index: u32) -> Result<ModuleRelocTarget, String> {
        Ok(match Reference::from_numbers(namespace, index) {
            Some(Reference::Function(func)) => self.known(func)?.into(),
            Some(Reference::Data(index)) => match code.data.get_index(index as usize) {
                Some((bytes, align)) => self.data_object(bytes, *align)?.into(),
                None => return Err("code refers to data it does not have".to_string()),
            },
            Some(Reference::Routine(routine)) => self.routine(routine)?.into(),
            None => return Err(format!("code refers to the unknown name {namespace}:{index}")),
        })
    }

    fn routine(&mut self, routine: Routine) -> Result<cranelift_module::FuncId, String> {
        if let Some(&id) = self.routines.get(&routine) {
            return Ok(id);
        }
        let id = self.declare_named(routine.name(), Linkage::Local)?;
        self.routines.insert(routine, id);
        Ok(id)
    }

    /// A read-only data object with these bytes; equal bytes share one.
    fn data_object(&mut self, bytes: &[u8], align: u64) -> Result<DataId, String> {
        let key: (Box<[u8]>, u64) = (bytes.into(), align);
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

    /// Adds the note and writes the object.
    pub fn finish(
        mut self,
        settings: &Settings<'_>,
        note: &TaskNote,
        sites: u32,
        isa: &dyn TargetIsa,
    ) -> Result<Vec<u8>, String> {
        let bounds: Vec<u8> = note.output_bounds.iter().flat_map(|b| b.to_le_bytes()).collect();
        let manifest =
            (!note.manifest.is_empty()).then(|| self.data_object(&note.manifest, 8)).transpose()?;
        let outputs = (!bounds.is_empty()).then(|| self.data_object(&bounds, 8)).transpose()?;
        let mut product = self.module.finish();
        let segment = Vec::new();
        let section = product.object.add_section(segment, b".note.cloudc".to_vec(), SectionKind::Note);
        product.object.section_mut(section).flags = SectionFlags::Elf { sh_flags: elf::SHF_ALLOC.into() };
        let (bytes, fields) = note_bytes(note, settings.target.isa(settings.level), sites);
        product.object.append_section_data(section, &bytes, 4);
        let r_type = match settings.target {
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
        if let Some(positions) = settings.debug {
            debug::dwarf::add(&self.debug, positions, isa, &mut product)?;
        }
        product.emit().map_err(|e| e.to_string())
    }
}
