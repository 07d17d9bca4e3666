//! What the front end must keep for any text: it ends soon, does not crash, and says where each mistake is.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::Duration;

use cloudc::embed;
use cloudc_frontend::source::InMemoryTree;
use rustix::time::{ClockId, clock_gettime};

/// Time a case may take.
pub const LIMIT: Duration = Duration::from_secs(2);

/// The texts of the repository's programs.
///
/// # Errors
/// If a folder cannot be read.
pub fn sources(root: &Path) -> std::io::Result<Vec<String>> {
    let mut files = Vec::new();
    for folder in ["tests/run", "tests/ui", "tests/tasks", "samples"] {
        rust_files(&root.join(folder), &mut files)?;
    }
    files.sort();
    files.iter().map(fs::read_to_string).collect()
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            rust_files(&path, found)?;
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
    Ok(())
}

/// Checks a text; what is wrong with the check.
pub fn examine(text: &str) -> Option<String> {
    let start = now();
    let result = catch_unwind(AssertUnwindSafe(|| {
        let tree = InMemoryTree(vec![("main.rs".to_string(), text.to_string())]);
        let report = embed::check(&tree, "main.rs", "main");
        report.render();
        let lost =
            report.errors().find(|e| e.span.is_none() && !e.message.starts_with("the program has no entry"));
        lost.map(|e| format!("an error has no place: {} {}", e.code, e.message))
    }));
    let time = now().saturating_sub(start);
    match result {
        Err(payload) => {
            let text = payload.downcast_ref::<String>().map(String::as_str);
            let text = text.or_else(|| payload.downcast_ref::<&str>().copied());
            Some(format!("crash: {}", text.unwrap_or("no message")))
        }
        Ok(Some(what)) => Some(what),
        Ok(None) if time > LIMIT => Some(format!("slow: {:.1} s", time.as_secs_f64())),
        Ok(None) => None,
    }
}

/// Processor time of this thread: what others do on the machine does not count.
fn now() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), time.tv_nsec.unsigned_abs() as u32)
}
