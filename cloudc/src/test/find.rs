//! The tests of a program, and which of them to run.

use cloudc_frontend::hir::{CrateId, Def, DefKind, HirTyKind};
use cloudc_frontend::index::Idx;
use cloudc_frontend::source::Span;
use cloudc_frontend::symbol::Symbol;
use cloudc_frontend::ty::Tcx;
use cloudc_frontend::typeck::entry;

use crate::args::TestSelection;
use crate::front::Root;

/// A function with `#[test]`.
#[derive(Clone, Debug)]
pub struct TestCase {
    /// Its path in the crate: `tests::adds`.
    pub name: String,
    /// Its name in the source.
    pub span: Span,
    /// `#[should_panic]`, with the text the message must contain.
    pub should_panic: Option<Option<String>>,
    /// `#[ignore]`, with the reason.
    pub ignore: Option<Option<String>>,
    /// Whether it returns something that says how it ended.
    pub has_result: bool,
}

/// What is done with a test.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fate {
    /// It runs.
    Run,
    /// It is shown as ignored.
    Ignored,
    /// It is only counted.
    FilteredOut,
}

/// All tests of the user's crate by name, each with its function; heads of tests are checked on the way.
pub fn tests(tcx: &Tcx<'_>) -> Vec<(TestCase, Root)> {
    let text = |text: Option<Symbol>| text.map(|t| t.to_string());
    let mut found = Vec::new();
    for def in tcx.hir.defs_of(CrateId::new(1)) {
        let Some(path) = module_path(tcx, def) else { continue };
        let DefKind::Fn(function) = &def.kind else { continue };
        if !def.attrs.test {
            continue;
        }
        entry::check_test(tcx, def.id);
        let case = TestCase {
            name: path.clone(),
            span: def.span,
            should_panic: def.attrs.should_panic.map(text),
            ignore: def.attrs.ignore.map(text),
            has_result: !matches!(&function.output.kind, HirTyKind::Tuple(parts) if parts.is_empty()),
        };
        found.push((case, Root { def: def.id, name: path, is_program: true }));
    }
    found.sort_by(|a, b| a.0.name.cmp(&b.0.name));
    found
}

/// The path of something that lies in modules only.
fn module_path(tcx: &Tcx<'_>, def: &Def) -> Option<String> {
    let mut path = def.name.to_string();
    let mut at = def.parent?;
    while let Some(parent) = tcx.hir.def(at).parent {
        if !matches!(tcx.hir.def(at).kind, DefKind::Mod) {
            return None;
        }
        path = format!("{}::{path}", tcx.hir.def(at).name);
        at = parent;
    }
    Some(path)
}

/// What the selection does with a test.
pub fn fate(selection: &TestSelection, test: &TestCase) -> Fate {
    let matches = |filter: &String| match selection.exact {
        true => test.name == *filter,
        false => test.name.contains(filter.as_str()),
    };
    let filters = &selection.filters;
    let is_wanted = filters.is_empty() || filters.iter().any(matches);
    if !is_wanted || selection.skip.iter().any(matches) || (selection.ignored && test.ignore.is_none()) {
        Fate::FilteredOut
    } else if test.ignore.is_some() && !selection.ignored && !selection.include_ignored {
        Fate::Ignored
    } else {
        Fate::Run
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(selection: &TestSelection, expected: [Fate; 3]) {
        let case = |name: &str, ignore| TestCase {
            name: name.to_string(),
            span: Span::NONE,
            should_panic: None,
            ignore,
            has_result: false,
        };
        let cases = [case("tests::adds", None), case("tests::adds_big", None), case("slow", Some(None))];
        assert_eq!(cases.map(|c| fate(selection, &c)), expected);
    }

    // The words mean what they mean to rustc's test programs.
    #[test]
    fn selections_are_those_of_libtest() {
        use Fate::{FilteredOut, Ignored, Run};
        let texts = |list: &[&str]| list.iter().map(|t| t.to_string()).collect::<Vec<_>>();
        let all = TestSelection::default();
        check(&all, [Run, Run, Ignored]);
        check(&TestSelection { ignored: true, ..all.clone() }, [FilteredOut, FilteredOut, Run]);
        check(&TestSelection { include_ignored: true, ..all.clone() }, [Run, Run, Run]);
        let adds = TestSelection { filters: texts(&["adds"]), ..all.clone() };
        check(&adds, [Run, Run, FilteredOut]);
        let several = TestSelection { filters: texts(&["big", "slow"]), ..all.clone() };
        check(&several, [FilteredOut, Run, Ignored]);
        let exact = TestSelection { filters: texts(&["tests::adds"]), exact: true, ..all.clone() };
        check(&exact, [Run, FilteredOut, FilteredOut]);
        check(&TestSelection { skip: texts(&["big"]), ..adds }, [Run, FilteredOut, FilteredOut]);
    }
}
