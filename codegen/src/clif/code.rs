//! The machine code of one function, and what it refers to.

use cloudc_analysis::layout::Layouts;
use cloudc_frontend::mir::{Body, FuncId};
use cloudc_frontend::mono::Program;
use cloudc_frontend::source::Span;
use cranelift_codegen::control::ControlPlane;
use cranelift_codegen::ir::{self, ExtFuncData, ExternalName, GlobalValueData, UserExternalName};
use cranelift_codegen::isa::TargetIsa;
use cranelift_codegen::{CodegenError, Context};
use cranelift_module::ModuleReloc;
use indexmap::IndexSet;

use super::debug;
use super::memory::Routine;
use crate::lower::Failing;

/// What code refers to. In Cranelift's functions and relocations it is a pair of numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Reference {
    /// A function of the program.
    Function(FuncId),
    /// Read-only data, by its number in [`Code::data`].
    Data(u32),
    /// A memory routine.
    Routine(Routine),
}

impl Reference {
    /// As Cranelift keeps it.
    pub fn numbers(self) -> UserExternalName {
        match self {
            Reference::Function(func) => UserExternalName { namespace: 0, index: func.0 },
            Reference::Data(index) => UserExternalName { namespace: 1, index },
            Reference::Routine(routine) => UserExternalName { namespace: 2, index: routine as u32 },
        }
    }

    /// From what Cranelift kept.
    pub fn from_numbers(namespace: u32, index: u32) -> Option<Reference> {
        match namespace {
            0 => Some(Reference::Function(FuncId(index))),
            1 => Some(Reference::Data(index)),
            2 => Routine::ALL.get(index as usize).copied().map(Reference::Routine),
            _ => None,
        }
    }
}

/// The machine code of one function. It is the same in every task.
pub(super) struct Code {
    pub bytes: Vec<u8>,
    pub align: u64,
    /// Their targets are [`Reference`]s.
    pub relocations: Vec<ModuleReloc>,
    /// Read-only data it refers to, with its alignment.
    pub data: IndexSet<(Box<[u8]>, u64)>,
    /// Where it may fail.
    pub failing: Failing,
    /// What a debugger wants to know, if anybody asks.
    pub debug: Option<debug::Function>,
}

/// Everything around one function while it is made.
pub(super) struct CodeCx<'a> {
    pub program: &'a Program,
    pub layouts: &'a Layouts<'a>,
    pub isa: &'a dyn TargetIsa,
    /// Read-only data so far.
    pub data: IndexSet<(Box<[u8]>, u64)>,
    /// Source positions by number, if somebody debugs: 0 is none.
    pub spans: Option<IndexSet<Span>>,
}

impl<'a> CodeCx<'a> {
    pub fn new(layouts: &'a Layouts<'a>, isa: &'a dyn TargetIsa, is_debugged: bool) -> CodeCx<'a> {
        let spans = is_debugged.then(|| IndexSet::from([Span::NONE]));
        CodeCx { program: layouts.program(), layouts, isa, data: IndexSet::new(), spans }
    }

    /// A signature without parameters.
    pub fn empty_signature(&self) -> ir::Signature {
        ir::Signature::new(self.isa.default_call_conv())
    }

    /// A reference to a function of the image.
    pub fn function(
        &self,
        to: Reference,
        signature: ir::Signature,
        function: &mut ir::Function,
    ) -> ir::FuncRef {
        let name = ExternalName::user(function.declare_imported_user_function(to.numbers()));
        let signature = function.import_signature(signature);
        function.import_function(ExtFuncData { name, signature, colocated: true, patchable: false })
    }

    /// The address of read-only data; equal bytes share one place.
    pub fn data(&mut self, bytes: &[u8], align: u64, function: &mut ir::Function) -> ir::GlobalValue {
        let (index, _) = self.data.insert_full((bytes.into(), align));
        let name = function.declare_imported_user_function(Reference::Data(index as u32).numbers());
        function.create_global_value(GlobalValueData::Symbol {
            name: ExternalName::user(name),
            offset: 0.into(),
            colocated: true,
            tls: false,
        })
    }

    /// Compiles the function in the context; `body` if it is one of the program's.
    pub fn compile(
        self,
        context: &mut Context,
        name: &str,
        body: Option<&Body>,
        failing: Failing,
    ) -> Result<Code, String> {
        let refused = |e: CodegenError| format!("the back end refused `{name}`: {e}");
        context.compile(self.isa, &mut ControlPlane::default()).map_err(|e| refused(e.inner))?;
        let Some(compiled) = context.compiled_code() else {
            return Err(format!("the back end made nothing of `{name}`"));
        };
        let relocations = compiled.buffer.relocs().iter().map(|relocation| {
            // Places in the function itself are told apart from other functions by their kind.
            let this = cranelift_module::FuncId::from_u32(0);
            ModuleReloc::from_mach_reloc(relocation, &context.func, this)
        });
        let debug = self.spans.as_ref().map(|spans| {
            debug::function(name, body, spans, |ty| self.layouts.of(ty).abi, compiled, self.isa)
        });
        let code = Code {
            bytes: compiled.buffer.data().to_vec(),
            align: u64::from(compiled.buffer.alignment),
            relocations: relocations.collect(),
            data: self.data,
            failing,
            debug,
        };
        context.clear();
        Ok(code)
    }
}
