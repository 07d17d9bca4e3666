//! What `cloudc graph` draws, what `cloudc explain` says and demands, and what profiles change.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Output;

use libtest_mimic::{Failed, Trial};
use serde_json::Value;

use crate::command::{cloudc, ensure, tests, texts};

type Test = fn(&Path) -> Result<(), Failed>;

/// Two loops and a call that may be cut.
const PROGRAM: &str = "fn mix(x: u64) -> u64 {\n    (0..40).fold(x, |a, b| a.wrapping_mul(31) ^ b)\n}\n\
    fn main() {\n    let data: Vec<u64> = (0..5000).map(mix).collect();\n    let mut sum = 0u64;\n    \
    for x in &data {\n        sum = sum.wrapping_add(mix(*x));\n    }\n    println!(\"{sum} < & </script>\");\n}\n";

/// A loop whose rounds need each other.
const SERIAL: &str = "fn next(x: u64) -> u64 {\n    x.wrapping_mul(31) ^ 7\n}\n\
    fn main() {\n    let mut x = 1;\n    for _ in 0..1000 {\n        x = next(x);\n    }\n    println!(\"{x}\");\n}\n";

/// One test a form.
pub fn trials() -> Vec<Trial> {
    let tests: [(&str, Test); 9] = [
        ("html_holds_drawing_and_source", html_holds_drawing_and_source),
        ("svg_needs_no_other_program", svg_needs_no_other_program),
        ("trace_is_one_execution", trace_is_one_execution),
        ("demand_that_is_met", demand_that_is_met),
        ("demand_that_is_not_met", demand_that_is_not_met),
        ("nothing_in_parallel", nothing_in_parallel),
        ("explained_page_is_current", explained_page_is_current),
        ("profile_replaces_estimates", profile_replaces_estimates),
        ("profile_that_is_none", profile_that_is_none),
    ];
    let one = |(name, test): (&str, Test)| {
        Trial::test(format!("graph/{name}"), move || test(tempfile::tempdir()?.path()))
    };
    tests.into_iter().map(one).collect()
}

fn graph(dir: &Path, arguments: &[&str]) -> Result<(String, Output), Failed> {
    fs::write(dir.join("p.rs"), PROGRAM)?;
    let arguments = [&["graph", "p.rs", "--tasks", "always"], arguments].concat();
    let output = cloudc(dir, &arguments);
    ensure(output.status.success(), "graph fails", &output)?;
    Ok((texts(&output).0, output))
}

/// The texts between two marks.
fn between<'a>(text: &'a str, from: &str, to: &str) -> Vec<&'a str> {
    text.split(from).skip(1).filter_map(|rest| rest.split(to).next()).collect()
}

fn html_holds_drawing_and_source(dir: &Path) -> Result<(), Failed> {
    let (page, output) = graph(dir, &["--format", "html"])?;
    ensure(page.starts_with("<!DOCTYPE html>"), "a page begins with its type", &output)?;
    ensure(!page.contains("src=") && !page.contains("href="), "the page needs no other file", &output)?;
    ensure(
        page.matches("<script").count() == 2 && page.matches("</script>").count() == 2,
        "two scripts",
        &output,
    )?;
    let data = between(&page, "<script id=\"data\" type=\"application/json\">", "</script>");
    let data: Value = serde_json::from_str(data.first().copied().unwrap_or_default())?;
    let places = data["places"].as_array().cloned().unwrap_or_default();
    let nodes: BTreeSet<&str> = between(&page, "data-node=\"", "\"").into_iter().collect();
    ensure(places.len() == nodes.len() && nodes.contains("0"), "each node has a place", &output)?;
    ensure(data["files"]["p.rs"].as_str() == Some(PROGRAM), "the source is in the page as it is", &output)?;
    let lines = PROGRAM.lines().count() as u64;
    let known = places.iter().filter(|p| !p.is_null());
    let mut seen = BTreeSet::new();
    for place in known {
        let line = place[1].as_u64().unwrap_or(0);
        ensure(
            place[0] == "p.rs" && (1..=lines).contains(&line),
            "a place is a line of the source",
            &output,
        )?;
        seen.insert(line);
    }
    ensure(seen.contains(&5) && seen.contains(&7), "both loops are there", &output)
}

fn svg_needs_no_other_program(dir: &Path) -> Result<(), Failed> {
    let (svg, output) = graph(dir, &["--format", "svg"])?;
    ensure(svg.starts_with("<svg xmlns=") && svg.ends_with("</svg>\n"), "one picture", &output)?;
    ensure(svg.matches("<g ").count() == svg.matches("</g>").count(), "groups are closed", &output)?;
    ensure(svg.matches("marker-end").count() >= 3, "edges are drawn", &output)
}

fn trace_is_one_execution(dir: &Path) -> Result<(), Failed> {
    let (text, output) = graph(dir, &["--trace", "--format", "json", "--jobs", "2"])?;
    let trace: Value = serde_json::from_str(&text)?;
    let runs = trace["runs"].as_array().cloned().unwrap_or_default();
    let chain = trace["longest_chain"].as_array().cloned().unwrap_or_default();
    ensure(runs.len() >= 7, "the entry and three runs for each loop", &output)?;
    let parent_of = |i: &Value| runs[i.as_u64().unwrap_or(0) as usize]["parent"].clone();
    ensure(chain.len() == 2 && parent_of(&chain[0]).is_null(), "the chain begins at the entry", &output)?;
    ensure(parent_of(&chain[1]) == chain[0], "who is next was asked for by who is before", &output)?;
    let number = |key: &str| trace[key].as_f64().unwrap_or(-1.0);
    ensure(
        number("longest_chain_us") <= number("work_us") && number("longest_chain_us") > 0.0,
        "the chain is a part of the work",
        &output,
    )?;
    for form in ["svg", "html", "dot"] {
        let (text, output) = graph(dir, &["--trace", "--format", form])?;
        ensure(text.contains("longest chain"), "a picture says how long the chain is", &output)?;
    }
    Ok(())
}

fn explain(dir: &Path, source: &str, arguments: &[&str]) -> Result<Output, Failed> {
    fs::write(dir.join("p.rs"), source)?;
    Ok(cloudc(dir, &[&["explain", "p.rs"], arguments].concat()))
}

fn demand_that_is_met(dir: &Path) -> Result<(), Failed> {
    let output = explain(dir, PROGRAM, &["--tasks", "always", "--demand", "main"])?;
    ensure(output.status.success(), "a loop of `main` is a task", &output)
}

fn demand_that_is_not_met(dir: &Path) -> Result<(), Failed> {
    let output = explain(dir, SERIAL, &["--demand", "main"])?;
    let said = texts(&output).1;
    ensure(output.status.code() == Some(1), "exit code 1 is expected", &output)?;
    for part in ["error[T104]", "each iteration needs the `x` of the one before", "p.rs:6:", "= help:"] {
        ensure(said.contains(part), &format!("`{part}` is expected"), &output)?;
    }
    Ok(())
}

fn nothing_in_parallel(dir: &Path) -> Result<(), Failed> {
    let warning = "nothing in this program was found to run in parallel";
    let output = explain(dir, SERIAL, &[])?;
    ensure(texts(&output).1.contains(warning), "explain warns", &output)?;
    ensure(
        cloudc(dir, &["build", "p.rs"]).stderr.windows(12).any(|w| w == b"warning[T104"),
        "build warns",
        &output,
    )?;
    let run = cloudc(dir, &["run", "p.rs", "--no-cache"]);
    ensure(run.stderr.is_empty(), "run says nothing", &run)?;
    let output = explain(dir, PROGRAM, &["--tasks", "always"])?;
    ensure(!texts(&output).1.contains(warning), "there are tasks", &output)
}

/// `docs/explained.md` holds what is said today; `BLESS=1` rewrites it.
fn explained_page_is_current(_dir: &Path) -> Result<(), Failed> {
    let root = tests().join("..");
    let output = cloudc(&root, &["explain", "docs/weather"]);
    ensure(output.status.success(), "explain fails", &output)?;
    let said = format!("<!-- explain -->\n```text\n{}```\n<!-- /explain -->", texts(&output).0);
    let page = root.join("docs/explained.md");
    let text = fs::read_to_string(&page)?;
    let shown = text.split_once("<!-- explain -->").map(|(_, rest)| format!("<!-- explain -->{rest}"));
    let shown =
        shown.and_then(|s| Some(s.split_once("<!-- /explain -->")?.0.to_string() + "<!-- /explain -->"));
    let Some(shown) = shown else { return Err("the page has no marks".into()) };
    if std::env::var_os("BLESS").is_some() {
        fs::write(&page, text.replace(&shown, &said))?;
        return Ok(());
    }
    ensure(shown == said, "the page shows something else", &output)
}

/// A loop whose rounds have loops of a length that nothing tells.
const COLLATZ: &str = "fn steps(mut n: u64) -> u64 {\n    let mut k = 0;\n    while n != 1 {\n        \
    n = if n % 2 == 0 { n / 2 } else { 3 * n + 1 };\n        k += 1;\n    }\n    k\n}\n\
    fn main() {\n    let all: Vec<u64> = (1..40_001).map(steps).collect();\n    println!(\"{}\", all.len());\n}\n";

/// What was measured is used where the source is the same, and the program prints the same with it.
fn profile_replaces_estimates(dir: &Path) -> Result<(), Failed> {
    fs::write(dir.join("p.rs"), COLLATZ)?;
    let run = cloudc(dir, &["run", "p.rs", "--no-cache", "--save-profile", "p.json"]);
    ensure(run.status.success() && run.stdout == b"40000\n", "the run fails", &run)?;
    let saved: Value = serde_json::from_slice(&fs::read(dir.join("p.json"))?)?;
    ensure(saved["regions"][0]["count"] == 40_000, "the loop was measured whole", &run)?;
    let explained = cloudc(dir, &["explain", "p.rs", "--profile", "p.json"]);
    ensure(texts(&explained).0.contains("as measured"), "the estimate is what was measured", &explained)?;
    let again = cloudc(dir, &["explain", "p.rs", "--profile", "p.json"]);
    ensure(again.stdout == explained.stdout, "the same file gives the same tasks", &again)?;
    let run = cloudc(dir, &["run", "p.rs", "--no-cache", "--profile", "p.json"]);
    ensure(run.stdout == b"40000\n", "the output is the same", &run)?;
    fs::write(dir.join("p.rs"), format!("// One line more.\n{COLLATZ}"))?;
    let explained = cloudc(dir, &["explain", "p.rs", "--profile", "p.json"]);
    ensure(!texts(&explained).0.contains("as measured"), "the loop is somewhere else now", &explained)
}

fn profile_that_is_none(dir: &Path) -> Result<(), Failed> {
    fs::write(dir.join("p.rs"), COLLATZ)?;
    fs::write(dir.join("p.json"), "{}")?;
    for (file, told) in [("p.json", "is no profile"), ("q.json", "cannot read `q.json`")] {
        let output = cloudc(dir, &["build", "p.rs", "--profile", file]);
        let is_refused = output.status.code() == Some(2) && texts(&output).1.contains(told);
        ensure(is_refused, told, &output)?;
    }
    Ok(())
}
