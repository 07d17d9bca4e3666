//! What the tasks of one build have in common.

use cloudc_frontend::mono::Program;

use crate::sites::Sites;
use crate::{Backend, Level, Positions, Target, TaskObject, TaskRequest, clif};

/// How a program is compiled.
#[derive(Clone, Copy)]
pub struct Settings<'a> {
    /// What makes the code.
    pub backend: Backend,
    /// The machine.
    pub target: Target,
    /// What the machine can do, if it is x86-64.
    pub level: Level,
    /// Whether the back end checks its own work.
    pub verify: bool,
    /// Asks for debugging information, and says where a span is. The code is the same with it.
    pub debug: Option<Positions<'a>>,
}

/// A program on its way to images. Tasks may be compiled at the same time.
pub struct Build<'a> {
    pub(crate) settings: Settings<'a>,
    pub(crate) sites: Sites,
    /// Cranelift's code of each function, made once for all tasks that hold it.
    functions: Option<clif::Functions>,
}

impl<'a> Build<'a> {
    /// Begins with a program in [`Phase::Lean`](cloudc_frontend::mir::Phase::Lean).
    ///
    /// # Errors
    /// A machine that the back end has no code for.
    pub fn new(program: &Program, settings: Settings<'a>) -> Result<Build<'a>, String> {
        let functions = match settings.backend {
            Backend::Clif => Some(clif::Functions::new(program, &settings)?),
            Backend::Llvm => None,
        };
        Ok(Build { settings, sites: Sites::of(program), functions })
    }

    /// Compiles one task. Its program is the one the build began with; only names of images that no task compiled so far
    /// holds may have been filled in since.
    ///
    /// # Errors
    /// A message if the back end refuses a function: a limit of the back end (for example a stack frame too large), never a
    /// mistake of the user's program.
    pub fn task(&self, request: &TaskRequest<'_>) -> Result<TaskObject, String> {
        match &self.functions {
            Some(functions) => clif::compile(self, functions, request),
            #[cfg(feature = "llvm")]
            None => crate::llvm::compile(self, request),
            #[cfg(not(feature = "llvm"))]
            None => Err("cloudc was built without LLVM".to_string()),
        }
    }

    /// Whether debugging information was asked for.
    pub fn is_debugged(&self) -> bool {
        self.settings.debug.is_some()
    }

    /// What LLVM is given for a task, and what it makes of it, in its textual form; for people.
    ///
    /// # Errors
    /// A limit of the back end, or that it is not built in.
    pub fn llvm_text(&self, request: &TaskRequest<'_>) -> Result<[String; 2], String> {
        #[cfg(feature = "llvm")]
        return crate::llvm::text(self, request);
        #[cfg(not(feature = "llvm"))]
        Err(format!(
            "cloudc was built without LLVM, which `{}` asks for",
            request.program.functions[request.root].name
        ))
    }
}
