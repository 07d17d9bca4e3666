//! LLVM itself: reads a module's text, optimises it and assembles it for a machine.

use std::sync::Once;

use inkwell::OptimizationLevel;
use inkwell::context::Context;
use inkwell::memory_buffer::MemoryBuffer;
use inkwell::module::Module;
use inkwell::passes::PassBuilderOptions;
use inkwell::targets::{
    CodeModel, FileType, InitializationConfig, RelocMode, Target as Machine, TargetMachine, TargetTriple,
};
use inkwell::types::AnyTypeEnum;

use crate::{Settings, Target};

/// A relocatable object.
pub(super) fn assemble(text: &str, settings: &Settings<'_>) -> Result<Vec<u8>, String> {
    let context = Context::create();
    let machine = target_machine(settings)?;
    let module = optimised(&context, &machine, text, settings)?;
    let object = machine.write_to_memory_buffer(&module, FileType::Object).map_err(|e| e.to_string())?;
    Ok(object.as_slice().to_vec())
}

/// The optimised module as text.
pub(super) fn optimise(text: &str, settings: &Settings<'_>) -> Result<String, String> {
    let context = Context::create();
    let module = optimised(&context, &target_machine(settings)?, text, settings)?;
    Ok(module.print_to_string().to_string())
}

/// An image has no room for tables of addresses, which LLVM makes of some switches; then it is told to make none.
fn optimised<'c>(
    context: &'c Context,
    machine: &TargetMachine,
    text: &str,
    settings: &Settings<'_>,
) -> Result<Module<'c>, String> {
    let module = run_passes(context, machine, text, settings)?;
    if !has_address_table(&module) {
        return Ok(module);
    }
    let text = text.replace("\"probe-stack\"", "\"no-jump-tables\"=\"true\" \"probe-stack\"");
    run_passes(context, machine, &text, settings)
}

/// Whether there is a constant made of addresses that are not turned into distances.
fn has_address_table(module: &Module<'_>) -> bool {
    module.get_globals().any(|global| match global.get_value_type() {
        AnyTypeEnum::ArrayType(array) => array.get_element_type().is_pointer_type() && global.is_constant(),
        _ => false,
    })
}

fn run_passes<'c>(
    context: &'c Context,
    machine: &TargetMachine,
    text: &str,
    settings: &Settings<'_>,
) -> Result<Module<'c>, String> {
    let buffer = MemoryBuffer::create_from_memory_range_copy(text.as_bytes(), "task");
    let module = context.create_module_from_ir(buffer).map_err(|e| format!("our LLVM IR is wrong: {e}"))?;
    module.set_triple(&machine.get_triple());
    module.set_data_layout(&machine.get_target_data().get_data_layout());
    // The name of the file would be a symbol of the object.
    module.set_source_file_name("task");
    if settings.verify {
        module.verify().map_err(|e| format!("our LLVM IR is wrong: {e}"))?;
    }
    let options = PassBuilderOptions::create();
    module.run_passes("default<O3>", machine, options).map_err(|e| e.to_string())?;
    Ok(module)
}

fn target_machine(settings: &Settings<'_>) -> Result<TargetMachine, String> {
    static INITIALISED: Once = Once::new();
    INITIALISED.call_once(|| {
        let config = InitializationConfig::default();
        Machine::initialize_x86(&config);
        Machine::initialize_aarch64(&config);
        Machine::initialize_riscv(&config);
    });
    // Without vectors, RISC-V loads words from any address; the host owns the platform register of AArch64.
    let (triple, cpu, features) = match settings.target {
        Target::X86_64 => (settings.target.triple(), settings.level.name(), ""),
        Target::Aarch64 => (settings.target.triple(), "generic", "+reserve-x18"),
        Target::Riscv64 => {
            ("riscv64-unknown-linux-gnu", "generic-rv64", "+m,+a,+f,+d,+c,+unaligned-scalar-mem")
        }
    };
    let triple = TargetTriple::create(triple);
    let machine = Machine::from_triple(&triple).map_err(|e| e.to_string())?;
    machine
        .create_target_machine(
            &triple,
            cpu,
            features,
            OptimizationLevel::Aggressive,
            RelocMode::PIC,
            CodeModel::Small,
        )
        .ok_or_else(|| format!("LLVM knows no machine `{cpu}`"))
}
