//! Ways to run a program; all must give the same bytes.

use std::time::Duration;

use cloudc::embed::{Compiled, Ended, Execution, Images, Tasks};

/// A way to run a program.
#[derive(Clone, Copy, Debug)]
pub struct Mode {
    /// What `--modes` calls it.
    pub name: &'static str,
    /// Where it is cut.
    pub tasks: Tasks,
    /// Runs at the same time; `None` for the interpreter.
    pub jobs: Option<usize>,
    /// Seed of the order of tasks.
    pub shuffle: Option<u64>,
}

/// All of them.
pub const MODES: [Mode; 8] = [
    Mode { name: "interpreter", tasks: Tasks::Never, jobs: None, shuffle: None },
    Mode { name: "image", tasks: Tasks::Never, jobs: Some(1), shuffle: None },
    Mode { name: "auto", tasks: Tasks::Auto, jobs: Some(2), shuffle: None },
    Mode { name: "chunks-1", tasks: Tasks::Always(1), jobs: Some(1), shuffle: None },
    Mode { name: "chunks-2", tasks: Tasks::Always(2), jobs: Some(2), shuffle: None },
    Mode { name: "chunks-3", tasks: Tasks::Always(3), jobs: Some(1), shuffle: Some(1) },
    Mode { name: "chunks-7", tasks: Tasks::Always(7), jobs: Some(2), shuffle: Some(99) },
    Mode { name: "chunks-512", tasks: Tasks::Always(512), jobs: Some(2), shuffle: None },
];

/// Steps of the interpreter for one program; it does no more than rustc's program did.
const STEPS: u64 = 200_000_000;
/// How long a run may take.
const DEADLINE: Duration = Duration::from_secs(20);

impl Mode {
    /// The mode of this name.
    pub fn named(name: &str) -> Option<Mode> {
        MODES.iter().copied().find(|m| m.name == name)
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
