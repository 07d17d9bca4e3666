//! How a test ended: what its run gave against what its attributes ask for.

use std::fmt::Write as _;
use std::time::Duration;

use cloudc_abi::FailureCode;
use cloudc_frontend::source::{SourceMap, Span};
use cloudc_host::Failure;

use super::find::TestCase;
use crate::run::EXIT;

/// A run of a test.
pub struct Ran {
    /// What it printed.
    pub text: Vec<u8>,
    /// What it printed to standard error.
    pub log: String,
    /// Why it ended, if not by returning.
    pub failure: Option<Failure>,
    /// The position the failure's site stands for.
    pub site: Option<Span>,
    /// Whether the result was remembered.
    pub is_cached: bool,
    /// How long it took.
    pub time: Duration,
}

/// The end of a test, to be shown.
pub struct Ended {
    /// Whether it did as its attributes say.
    pub has_passed: bool,
    /// What it printed, then why it failed.
    pub output: Vec<u8>,
    /// Whether the result was remembered.
    pub is_cached: bool,
    /// How long it took.
    pub time: Duration,
}

/// Compares a run with what its test asks for.
pub fn judge(case: &TestCase, ran: Ran, sources: &SourceMap) -> Ended {
    let mut said = ran.log;
    let panic = ran.failure.as_ref().map(Failure::root).filter(|f| is_panic(f.code));
    if let Some(panic) = panic {
        let at = ran.site.map_or_else(|| "<unknown>".to_string(), |s| sources.show(s));
        let _ = writeln!(said, "\nthread '{}' panicked at {at}:\n{}", case.name, panic.message);
    } else if let Some(failure) = &ran.failure {
        said += &unusual_end(case, failure.root());
    }
    let has_passed = is_as_asked(case, ran.failure.as_ref());
    if let (false, Some(expected)) = (has_passed, &case.should_panic) {
        said += &match (expected, panic) {
            (Some(expected), Some(panic)) => format!(
                "note: panic did not contain expected string\n      panic message: {:?}\n expected substring: {expected:?}",
                panic.message
            ),
            _ if ran.failure.is_none() => {
                format!("note: test did not panic as expected at {}", sources.show(case.span))
            }
            _ => String::new(),
        };
    }
    let mut output = ran.text;
    output.extend(said.as_bytes());
    Ended { has_passed, output, is_cached: ran.is_cached, time: ran.time }
}

/// Whether a run did as the attributes of its test say.
pub fn is_as_asked(case: &TestCase, failure: Option<&Failure>) -> bool {
    let panic = failure.map(Failure::root).filter(|f| is_panic(f.code));
    match &case.should_panic {
        None => failure.is_none(),
        Some(expected) => {
            panic.is_some_and(|p| expected.as_deref().is_none_or(|text| p.message.contains(text)))
        }
    }
}

/// Whether a failure with this code is what Rust calls a panic.
fn is_panic(code: u32) -> bool {
    code != EXIT && code < FailureCode::HeapQuota as u32
}

/// A run that neither returned nor panicked.
fn unusual_end(case: &TestCase, failure: &Failure) -> String {
    match FailureCode::from_number(failure.code) {
        // The `Err` has been printed.
        None if failure.code == EXIT && case.has_result && failure.detail != 0 => String::new(),
        None if failure.code == EXIT => {
            format!("\nthe test ended the program with status {}\n", failure.detail as u8)
        }
        Some(FailureCode::Stack) => format!("\nthread '{}' has overflowed its stack\n", case.name),
        Some(code) => format!("\nerror: {}: {}\n", code.describe(), failure.message),
        None => format!("\nerror: failure {}: {}\n", failure.code, failure.message),
    }
}
