//! What is printed: as rustc's test programs print it, or one JSON object a line with the events of its `--format json`.

use std::time::Duration;

use cloudc_frontend::source::SourceMap;
use serde::Serialize;

use super::find::TestCase;
use super::outcome::Ended;
use crate::args::TestSelection;
use crate::render::Style;
use crate::stop::{Stop, print};

/// Forms of the report.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// A line a test.
    Pretty {
        /// Whether to say which results were remembered.
        verbose: bool,
    },
    /// A character a test.
    Terse,
    /// A line of JSON an event.
    Json,
}

/// The report on the tests of one program.
pub struct Report<'a> {
    /// The texts of the program.
    pub sources: &'a SourceMap,
    form: Form,
    is_colored: bool,
    selection: &'a TestSelection,
    count: usize,
    ignored: usize,
    passed: Vec<(String, Vec<u8>)>,
    failed: Vec<(String, Vec<u8>)>,
    /// Characters in the line of a terse report.
    column: usize,
}

/// A line of a terse report has this many characters.
const TERSE_WIDTH: usize = 88;

impl<'a> Report<'a> {
    /// An empty report.
    pub fn new(form: Form, style: Style, selection: &'a TestSelection, sources: &'a SourceMap) -> Report<'a> {
        Report {
            sources,
            form,
            is_colored: style.colors_stdout(),
            selection,
            count: 0,
            ignored: 0,
            passed: Vec::new(),
            failed: Vec::new(),
            column: 0,
        }
    }

    /// Whether what passing tests print is shown.
    pub fn shows_output(&self) -> bool {
        self.selection.nocapture || self.selection.show_output
    }

    /// So many tests follow.
    pub fn start(&mut self, count: usize) -> Result<(), Stop> {
        self.count = count;
        match self.form {
            Form::Json => event(&Event { count: Some(count), ..Event::of("suite", "started") }),
            _ => print(format!("\nrunning {count} test{}\n", if count == 1 { "" } else { "s" }).as_bytes()),
        }
    }

    /// A test that was ignored.
    pub fn ignored(&mut self, case: &TestCase) -> Result<(), Stop> {
        self.ignored += 1;
        let reason = case.ignore.as_ref().and_then(Option::as_deref);
        match self.form {
            Form::Pretty { .. } => {
                let reason = reason.map(|r| format!(", {r}")).unwrap_or_default();
                print(format!("test {} ... {}{reason}\n", shown(case), self.paint("ignored", 33)).as_bytes())
            }
            Form::Terse => self.character("i", 33),
            Form::Json => {
                event(&Event { name: Some(&case.name), message: reason, ..Event::of("test", "ignored") })
            }
        }
    }

    /// A test that ran.
    pub fn ended(&mut self, case: &TestCase, ended: Ended) -> Result<(), Stop> {
        let (word, color) = if ended.has_passed { ("ok", 32) } else { ("FAILED", 31) };
        match self.form {
            Form::Pretty { verbose } => {
                if self.selection.nocapture {
                    print(&ended.output)?;
                }
                let cached = if verbose && ended.is_cached { " (cached)" } else { "" };
                print(format!("test {} ... {}{cached}\n", shown(case), self.paint(word, color)).as_bytes())?;
            }
            Form::Terse => self.character(if ended.has_passed { "." } else { "F" }, color)?,
            Form::Json => {
                let text = String::from_utf8_lossy(&ended.output);
                let is_shown = !text.is_empty() && (!ended.has_passed || self.shows_output());
                let at = self.sources.show(case.span);
                event(&Event { name: Some(&case.name), at: Some(&at), ..Event::of("test", "started") })?;
                event(&Event {
                    name: Some(&case.name),
                    stdout: is_shown.then_some(&*text),
                    time: Some(ended.time.as_secs_f64()),
                    cached: Some(ended.is_cached),
                    ..Event::of("test", if ended.has_passed { "ok" } else { "failed" })
                })?;
            }
        }
        let output = if self.selection.nocapture { Vec::new() } else { ended.output };
        let list = if ended.has_passed { &mut self.passed } else { &mut self.failed };
        list.push((case.name.clone(), output));
        Ok(())
    }

    /// A test has been running for long.
    pub fn is_slow(&self, case: &TestCase, limit: Duration) -> Result<(), Stop> {
        match self.form {
            Form::Json => event(&Event { name: Some(&case.name), ..Event::of("test", "timeout") }),
            _ => print(
                format!("test {} has been running for over {} seconds\n", case.name, limit.as_secs())
                    .as_bytes(),
            ),
        }
    }

    /// All tests have ended; whether none failed.
    pub fn finish(self, filtered_out: usize, time: Duration) -> Result<bool, Stop> {
        let has_passed = self.failed.is_empty();
        let (passed, failed, ignored) = (self.passed.len(), self.failed.len(), self.ignored);
        if self.form == Form::Json {
            event(&Event {
                passed: Some(passed),
                failed: Some(failed),
                ignored: Some(ignored),
                measured: Some(0),
                filtered_out: Some(filtered_out),
                time: Some(time.as_secs_f64()),
                ..Event::of("suite", if has_passed { "ok" } else { "failed" })
            })?;
            return Ok(has_passed);
        }
        if self.form == Form::Terse && self.column > 0 {
            print(b"\n")?;
        }
        if self.selection.show_output {
            print(&details("successes", &self.passed))?;
        }
        if !has_passed {
            print(&details("failures", &self.failed))?;
        }
        let word = if has_passed { self.paint("ok", 32) } else { self.paint("FAILED", 31) };
        let line = format!(
            "\ntest result: {word}. {passed} passed; {failed} failed; {ignored} ignored; 0 measured; \
             {filtered_out} filtered out; finished in {:.2}s\n\n",
            time.as_secs_f64()
        );
        print(line.as_bytes())?;
        Ok(has_passed)
    }

    fn character(&mut self, character: &str, color: u8) -> Result<(), Stop> {
        self.column += 1;
        let mut text = self.paint(character, color);
        if self.column == TERSE_WIDTH {
            self.column = 0;
            let done = self.passed.len() + self.failed.len() + self.ignored;
            text += &format!(" {done}/{}\n", self.count);
        }
        print(text.as_bytes())
    }

    fn paint(&self, text: &str, color: u8) -> String {
        if self.is_colored { format!("\x1b[{color}m{text}\x1b[0m") } else { text.to_string() }
    }
}

/// The name of a test as its line shows it.
fn shown(case: &TestCase) -> String {
    format!("{}{}", case.name, if case.should_panic.is_some() { " - should panic" } else { "" })
}

/// What tests printed, then their names.
fn details(title: &str, tests: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut out = format!("\n{title}:\n").into_bytes();
    for (i, (name, output)) in tests.iter().filter(|t| !t.1.is_empty()).enumerate() {
        out.extend(format!("{}---- {name} stdout ----\n", if i == 0 { "\n" } else { "" }).as_bytes());
        out.extend(output);
        out.push(b'\n');
    }
    out.extend(format!("\n{title}:\n").as_bytes());
    out.extend(tests.iter().flat_map(|(name, _)| format!("    {name}\n").into_bytes()));
    out
}

/// An event as rustc's test programs write it with `--format json`; `cached` and `at` are ours.
#[derive(Serialize, Default)]
struct Event<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    event: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<&'a str>,
    #[serde(rename = "test_count", skip_serializing_if = "Option::is_none")]
    count: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stdout: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    passed: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    failed: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ignored: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    measured: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    filtered_out: Option<usize>,
    #[serde(rename = "exec_time", skip_serializing_if = "Option::is_none")]
    time: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cached: Option<bool>,
}

impl<'a> Event<'a> {
    fn of(kind: &'a str, event: &'a str) -> Event<'a> {
        Event { kind, event, ..Event::default() }
    }
}

fn event(event: &Event<'_>) -> Result<(), Stop> {
    let line = serde_json::to_string(event).map_err(Stop::world)?;
    print(format!("{line}\n").as_bytes())
}
