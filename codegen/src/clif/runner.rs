//! A Linux program that runs one image: for machines this one is not, under an emulator.
//!
//! In: a machine. Out: a relocatable object with the entry `_start`, to be linked like an image. It answers the calls
//! a task makes that neither spawns nor reads objects by name, prints output 0, and exits with the task's code, or
//! 101 after printing a failure's message. The program is `runner.clif`; only the two functions that no code
//! generator makes are here as bytes: the one that is entered, and the one that calls the kernel.

use cranelift_codegen::binemit::Reloc;
use cranelift_codegen::ir::{AbiParam, Signature, UserFuncName};
use cranelift_codegen::isa::CallConv;
use cranelift_module::{Linkage, Module, ModuleReloc, ModuleRelocTarget};
use cranelift_object::{ObjectBuilder, ObjectModule};

use super::target_isa;
use super::types::PTR;
use crate::{Level, Target};

/// What is machine code, because it is below the C calling convention.
struct Stubs {
    /// `(number, a, b, c, d, e, f) -> result`: moves its arguments to where the kernel looks, and calls it.
    syscall: &'static [u8],
    /// Calls `main` with the stack pointer as its argument.
    start: &'static [u8],
    /// The call in `start`.
    call: (u32, Reloc, i64),
    /// Numbers of openat, lseek, write, mmap, exit_group.
    numbers: [u32; 5],
}

const X86_64: Stubs = Stubs {
    syscall: b"\x48\x89\xf8\x48\x89\xf7\x48\x89\xd6\x48\x89\xca\x4d\x89\xc2\x4d\x89\xc8\x4c\x8b\x4c\x24\x08\x0f\x05\xc3",
    start: b"\x48\x89\xe7\x48\x83\xe4\xf0\xe8\0\0\0\0\x0f\x0b",
    call: (8, Reloc::X86CallPCRel4, -4),
    numbers: [257, 8, 1, 9, 231],
};

const AARCH64: Stubs = Stubs {
    syscall:
        b"\xe8\x03\x00\xaa\xe0\x03\x01\xaa\xe1\x03\x02\xaa\xe2\x03\x03\xaa\xe3\x03\x04\xaa\xe4\x03\x05\xaa\
               \xe5\x03\x06\xaa\x01\x00\x00\xd4\xc0\x03\x5f\xd6",
    start: b"\xe0\x03\x00\x91\0\0\0\x94\0\0\0\0",
    call: (4, Reloc::Arm64Call, 0),
    numbers: [56, 62, 64, 222, 94],
};

const RISCV64: Stubs = Stubs {
    syscall:
        b"\x93\x08\x05\x00\x13\x85\x05\x00\x93\x05\x06\x00\x13\x86\x06\x00\x93\x06\x07\x00\x13\x87\x07\x00\
               \x93\x07\x08\x00\x73\x00\x00\x00\x67\x80\x00\x00",
    start: b"\x13\x05\x01\x00\x97\0\0\0\xe7\x80\0\0\0\0\0\0",
    call: (4, Reloc::RiscvCallPlt, 0),
    numbers: [56, 62, 64, 222, 94],
};

/// The object of the runner for a machine.
///
/// # Errors
/// A message of the code generator: a mistake of ours.
pub fn runner(target: Target) -> Result<Vec<u8>, String> {
    let stubs = match target {
        Target::X86_64 => X86_64,
        Target::Aarch64 => AARCH64,
        Target::Riscv64 => RISCV64,
    };
    let mut text = include_str!("runner.clif").to_string();
    for (name, number) in ["OPENAT", "LSEEK", "WRITE", "MMAP", "EXIT"].iter().zip(stubs.numbers) {
        text = text.replace(&format!("SYS_{name}"), &number.to_string());
    }
    let functions = cranelift_reader::parse_functions(&text).map_err(|e| e.to_string())?;
    let isa = target_isa(target, Level::default(), cfg!(debug_assertions), false)?;
    let builder = ObjectBuilder::new(isa, "runner", cranelift_module::default_libcall_names());
    let mut module = ObjectModule::new(builder.map_err(|e| e.to_string())?);
    let wrong = |e: cranelift_module::ModuleError| format!("the runner: {e}");
    let mut signature = Signature::new(CallConv::SystemV);
    signature.params = vec![AbiParam::new(PTR); 7];
    signature.returns.push(AbiParam::new(PTR));
    let syscall = module.declare_function("syscall", Linkage::Local, &signature).map_err(wrong)?;
    module.define_function_bytes(syscall, 4, stubs.syscall, &[]).map_err(wrong)?;
    let mut ids = Vec::with_capacity(functions.len());
    for function in &functions {
        // Names are declared in the order of their numbers, which is the text's.
        let name = format!("r{}", ids.len() + 1);
        ids.push(module.declare_function(&name, Linkage::Local, &function.signature).map_err(wrong)?);
    }
    for (function, id) in functions.into_iter().zip(&ids) {
        debug_assert_eq!(function.name, UserFuncName::user(0, id.as_u32()), "the text numbers its functions");
        let mut context = cranelift_codegen::Context::for_function(function);
        module.define_function(*id, &mut context).map_err(|e| format!("the runner: {e:?}"))?;
    }
    let start = module
        .declare_function("_start", Linkage::Export, &Signature::new(CallConv::SystemV))
        .map_err(wrong)?;
    let (offset, kind, addend) = stubs.call;
    let main = ModuleRelocTarget::User { namespace: 0, index: ids[0].as_u32() };
    let call = ModuleReloc { offset, kind, name: main, addend };
    module.define_function_bytes(start, 4, stubs.start, &[call]).map_err(wrong)?;
    module.finish().emit().map_err(|e| e.to_string())
}
