//! Ways to run a program; all must give the same bytes.

use std::time::Duration;

use cloudc::embed::{Backend, Compiled, Ended, Execution, Images, Tasks};

/// A way to run a program.
#[derive(Clone, Copy, Debug)]
pub struct Mode {
    /// What `--modes` calls it.
    pub name: &'static str,
    /// Where it is cut.
    pub tasks: Tasks,
    /// What makes the code, if it is not interpreted.
    pub backend: Backend,
    /// Runs at the same time; `None` for the interpreter.
    pub jobs: Option<usize>,
    /// Seed of the order of tasks.
    pub shuffle: Option<u64>,
}

/// All of them; those of LLVM last.
pub const MODES: &[Mode] = &[
    mode("interpreter", Tasks::Never, None, None),
    mode("image", Tasks::Never, Some(1), None),
    mode("auto", Tasks::Auto, Some(2), None),
    mode("chunks-1", Tasks::Always(1), Some(1), None),
    mode("chunks-2", Tasks::Always(2), Some(2), None),
    mode("chunks-3", Tasks::Always(3), Some(1), Some(1)),
    mode("chunks-7", Tasks::Always(7), Some(2), Some(99)),
    mode("chunks-512", Tasks::Always(512), Some(2), None),
    #[cfg(feature = "llvm")]
    Mode { backend: Backend::Llvm, ..mode("llvm", Tasks::Never, Some(1), None) },
    #[cfg(feature = "llvm")]
    Mode { backend: Backend::Llvm, ..mode("llvm-chunks-3", Tasks::Always(3), Some(2), None) },
];

const fn mode(name: &'static str, tasks: Tasks, jobs: Option<usize>, shuffle: Option<u64>) -> Mode {
    Mode { name, tasks, backend: Backend::Clif, jobs, shuffle }
}

/// Steps of the interpreter for one program; it does no more than rustc's program did.
const STEPS: u64 = 200_000_000;
/// How long a run may take.
const DEADLINE: Duration = Duration::from_secs(20);

impl Mode {
    /// The mode of this name.
    pub fn named(name: &str) -> Option<Mode> {
        MODES.iter().copied().find(|m| m.name == name)
    }

    /// The modes of a batch of this number, if nobody chooses: all but the forced cuts, and two of those in turn.
    pub fn in_turn(batch: usize) -> Vec<Mode> {
        let is_forced = |m: &Mode| m.backend == Backend::Clif && matches!(m.tasks, Tasks::Always(_));
        let (forced, mut modes): (Vec<Mode>, Vec<Mode>) = MODES.iter().partition(|m| is_forced(m));
        modes.extend([batch, batch + forced.len() / 2].map(|k| forced[k % forced.len()]));
        modes
    }

    /// Runs an entry of a program that was cut as the mode wants it.
    pub fn run(&self, program: &Made, entry: &str) -> Result<Ended, String> {
        let missing = || format!("there is no entry `{entry}`");
        let compiled = match program {
            Made::Program(compiled) => compiled,
            Made::Images(images) => images.compiled(),
        };
        let (id, _) = compiled.entries().find(|e| e.1 == entry).ok_or_else(missing)?;
        match (program, self.jobs) {
            (Made::Images(images), Some(jobs)) => {
                images.run(id, Execution { jobs, shuffle: self.shuffle, deadline: DEADLINE })
            }
            _ => Ok(compiled.interpret(id, STEPS)),
        }
    }
}

/// A program that can be run.
pub enum Made {
    /// By the interpreter.
    Program(Compiled),
    /// By the host.
    Images(Images),
}
