//! The modes of a program that run in this process: it is checked once and cut in all ways.

use std::path::Path;
use std::{fs, thread};

use cloudc::embed::{self, Backend, End, Report, STACK, Tasks, Whole};
use cloudc_frontend::source::InMemoryTree;
use cloudc_tests::mode::{Made, Mode, cuts};
use libtest_mimic::Failed;

use crate::command::stem;
use crate::machines;
use crate::run::{BACKENDS, Ended};

/// The modes of a back end.
pub fn of(backend: Backend) -> Vec<Mode> {
    Mode::available().into_iter().filter(|m| m.backend == backend).collect()
}

/// Runs a program in all modes and on all machines; `folder` is for the images.
pub fn compare(file: &Path, folder: &Path, expected: &Ended) -> Result<(), Failed> {
    let text = fs::read_to_string(file)?;
    let name = file.file_name().and_then(|n| n.to_str()).ok_or("the path is not UTF-8")?;
    let tree = InMemoryTree(vec![(name.to_string(), text)]);
    let all = || {
        let compared = embed::with_program(&tree, name, &stem(file), |whole| {
            in_modes(whole, expected)?;
            on_machines(whole, &stem(file), folder, expected)
        });
        compared.unwrap_or_else(|report| Err(refused(&report)))
    };
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, all)?;
        thread.join().unwrap_or_else(|_| Err("the compiler or the interpreter panicked".into()))
    })
}

fn in_modes(whole: &Whole<'_, '_>, expected: &Ended) -> Result<(), Failed> {
    for (tasks, modes) in cuts(&Mode::available()) {
        let compiled = whole.cut(tasks).map_err(|report| refused(&report))?;
        let made = Made::new(compiled, &modes)?;
        for mode in modes {
            let got = ended(mode.run(&made, "main")?);
            if got != *expected {
                return Err(format!("{}: {got:#?}\nexpected {expected:#?}", mode.name).into());
            }
        }
    }
    Ok(())
}

fn on_machines(whole: &Whole<'_, '_>, name: &str, folder: &Path, expected: &Ended) -> Result<(), Failed> {
    let mut program = whole.cut(Tasks::Never).map_err(|report| refused(&report))?;
    BACKENDS.iter().try_for_each(|backend| machines::compare(&mut program, name, folder, backend, expected))
}

fn refused(report: &Report) -> Failed {
    report.render().into()
}

/// As rustc's program would end.
fn ended(ended: embed::Ended) -> Ended {
    let (code, panic) = match ended.end {
        End::Returned => (0, None),
        End::Exited(code) => (i32::from(code), None),
        End::Panicked(text) => (101, Some(text)),
        End::Broken(text) => (-1, Some(text)),
    };
    Ended { stdout: String::from_utf8_lossy(&ended.stdout).into_owned(), code, panic }
}
