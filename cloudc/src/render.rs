//! Prints diagnostics: as rustc does, or as JSON lines.

use std::io::Write;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use cloudc_frontend::diag::{Diagnostic, Severity};
use cloudc_frontend::source::{SourceMap, Span};
use serde::Serialize;

use crate::args::{Color, MessageFormat};

/// How to print.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Form.
    pub format: MessageFormat,
    /// Colour.
    pub color: Color,
}

impl Style {
    fn renderer(self) -> Renderer {
        use std::io::IsTerminal;
        self.renderer_for(std::io::stderr().is_terminal())
    }
    /// For text on standard output.
    pub fn stdout_renderer(self) -> Renderer {
        use std::io::IsTerminal;
        self.renderer_for(std::io::stdout().is_terminal())
    }
    /// Whether standard output is coloured.
    pub fn colors_stdout(self) -> bool {
        use std::io::IsTerminal;
        self.is_colored(std::io::stdout().is_terminal())
    }
    fn renderer_for(self, is_terminal: bool) -> Renderer {
        if self.is_colored(is_terminal) { Renderer::styled() } else { Renderer::plain() }
    }
    fn is_colored(self, is_terminal: bool) -> bool {
        match self.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => is_terminal && std::env::var_os("NO_COLOR").is_none(),
        }
    }
}

/// Prints all diagnostics to standard error and, for people, how many errors there were.
pub fn print(style: Style, sources: &SourceMap, diagnostics: &[Diagnostic]) {
    let mut out = std::io::stderr().lock();
    let renderer = style.renderer();
    for diagnostic in diagnostics {
        let text = match style.format {
            MessageFormat::Human => human(&renderer, sources, diagnostic) + "\n",
            MessageFormat::Json => json(&renderer, sources, diagnostic),
        };
        // Nobody is left to tell if standard error is gone.
        let _ = writeln!(out, "{text}");
    }
    let errors = diagnostics.iter().filter(|d| d.severity == Severity::Error).count();
    if errors > 0 && style.format == MessageFormat::Human {
        let plural = if errors == 1 { "1 error".to_string() } else { format!("{errors} errors") };
        let _ = writeln!(out, "error: could not compile: {plural}");
    }
}

/// One diagnostic as rustc prints it.
pub fn human(renderer: &Renderer, sources: &SourceMap, d: &Diagnostic) -> String {
    let level = match d.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Remark => Level::INFO.with_name("remark"),
    };
    let mut title = level.primary_title(d.message.as_str());
    if !d.code.is_empty() {
        title = title.id(d.code);
    }
    let mut group = Group::with_title(title);
    let mut files: Vec<_> = Vec::new();
    // Places in our std say nothing to a user who cannot see it; their texts become notes.
    let is_std = |s: &Span| s.file != d.span.file && sources.files.get(s.file).is_some_and(|f| f.is_std);
    for span in std::iter::once(d.span).chain(d.labels.iter().map(|l| l.0)) {
        if !span.is_none() && !is_std(&span) && !files.contains(&span.file) {
            files.push(span.file);
        }
    }
    for file in files {
        let Some(source) = sources.files.get(file) else { continue };
        let range = |s: Span| {
            let hi = (s.hi as usize).min(source.text.len());
            (s.lo as usize).min(hi)..hi
        };
        let mut snippet = Snippet::source(&*source.text).path(source.path.as_str()).fold(true);
        if d.span.file == file {
            let label = (!d.label.is_empty()).then_some(d.label.as_str());
            snippet = snippet.annotation(AnnotationKind::Primary.span(range(d.span)).label(label));
        }
        for (span, text) in d.labels.iter().filter(|l| l.0.file == file) {
            snippet = snippet.annotation(AnnotationKind::Context.span(range(*span)).label(text.as_str()));
        }
        group = group.element(snippet);
    }
    for (_, text) in d.labels.iter().filter(|l| is_std(&l.0)) {
        group = group.element(Level::NOTE.message(text.as_str()));
    }
    for note in &d.notes {
        group = group.element(Level::NOTE.message(note.as_str()));
    }
    for help in &d.helps {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    renderer.render(&[group])
}

#[derive(Serialize)]
struct JsonDiagnostic<'a> {
    level: &'static str,
    code: &'a str,
    message: &'a str,
    spans: Vec<JsonSpan<'a>>,
    notes: &'a [String],
    helps: &'a [String],
    rendered: String,
}

#[derive(Serialize)]
struct JsonSpan<'a> {
    file: &'a str,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    byte_start: u32,
    byte_end: u32,
    label: &'a str,
    primary: bool,
}

fn json(renderer: &Renderer, sources: &SourceMap, d: &Diagnostic) -> String {
    let span = |span: Span, label, primary| {
        let (start, file) = (sources.position(span)?, sources.files.get(span.file)?);
        let end = sources.position(Span { lo: span.hi, ..span }).unwrap_or(start);
        Some(JsonSpan {
            file: &file.path,
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            byte_start: span.lo,
            byte_end: span.hi,
            label,
            primary,
        })
    };
    let spans = std::iter::once(span(d.span, d.label.as_str(), true))
        .chain(d.labels.iter().map(|(s, t)| span(*s, t.as_str(), false)))
        .flatten()
        .collect();
    let whole = JsonDiagnostic {
        level: match d.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Remark => "remark",
        },
        code: d.code,
        message: &d.message,
        spans,
        notes: &d.notes,
        helps: &d.helps,
        rendered: human(renderer, sources, d),
    };
    serde_json::to_string(&whole).unwrap_or_else(|e| format!("{{\"level\":\"error\",\"message\":\"{e}\"}}"))
}
