//! Ways to run a program; all must give the same bytes.

use std::time::Duration;

use cloudc::embed::{Backend, Compiled, Ended, Execution, Images, Tasks, is_available};

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

/// All of them, also those whose back end is not built in; those of LLVM last.
pub const MODES: &[Mode] = &[
    mode("interpreter", Tasks::Never, None, None),
    mode("image", Tasks::Never, Some(1), None),
    mode("auto", Tasks::Auto, Some(2), None),
    mode("chunks-1", Tasks::Always(1), Some(1), None),
    mode("chunks-2", Tasks::Always(2), Some(2), None),
    mode("chunks-3", Tasks::Always(3), Some(1), Some(1)),
    mode("chunks-7", Tasks::Always(7), Some(2), Some(99)),
    mode("chunks-7-alone", Tasks::Always(7), Some(1), Some(1)),
    mode("chunks-512", Tasks::Always(512), Some(2), None),
    Mode { backend: Backend::Llvm, ..mode("llvm", Tasks::Never, Some(1), None) },
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
    /// The mode of this name, if its back end is built in.
    pub fn named(name: &str) -> Option<Mode> {
        Self::available().into_iter().find(|m| m.name == name)
    }

    /// The modes whose back end is built in.
    pub fn available() -> Vec<Mode> {
        MODES.iter().copied().filter(|m| is_available(m.backend)).collect()
    }

    /// The modes of a batch of this number, if nobody chooses: all but the forced cuts, and two of those in turn.
    pub fn in_turn(batch: usize) -> Vec<Mode> {
        let is_forced = |m: &Mode| m.backend == Backend::Clif && matches!(m.tasks, Tasks::Always(_));
        let (forced, mut modes): (Vec<Mode>, Vec<Mode>) = Self::available().into_iter().partition(is_forced);
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
            _ => compiled.interpret(id, STEPS),
        }
    }
}

/// The modes that run the same images, and where they are cut.
pub fn cuts(modes: &[Mode]) -> Vec<(Tasks, Vec<Mode>)> {
    let mut cuts: Vec<(Tasks, Vec<Mode>)> = Vec::new();
    for mode in modes {
        let is_alike = |m: &Mode| m.tasks == mode.tasks && m.backend == mode.backend;
        match cuts.iter_mut().find(|(_, alike)| alike.iter().all(is_alike)) {
            Some((_, alike)) => alike.push(*mode),
            None => cuts.push((mode.tasks, vec![*mode])),
        }
    }
    cuts
}

/// A program that can be run.
pub enum Made {
    /// By the interpreter.
    Program(Compiled),
    /// By the host.
    Images(Images),
}

impl Made {
    /// What modes of one cut run: images, if one of them does.
    ///
    /// # Errors
    /// A limit of the back end.
    pub fn new(compiled: Compiled, modes: &[Mode]) -> Result<Made, String> {
        match modes.iter().find(|m| m.jobs.is_some()) {
            None => Ok(Made::Program(compiled)),
            Some(mode) => compiled.build(mode.backend).map(Made::Images),
        }
    }
}
