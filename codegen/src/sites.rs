//! The numbers by which images name the places where they may fail.
//!
//! Paths and lines are not in an image, so that moving code does not make another image of it. A place is known by the
//! function it stands in and by how far into the function: its number is a hash of both. So a function has the same
//! numbers in every task that holds it, and keeps them whatever changes elsewhere in the program.

use std::collections::{BTreeSet, HashMap};
use std::hash::{Hash, Hasher};

use cloudc_frontend::hash::FastHasher;
use cloudc_frontend::mir::visit::Visitor;
use cloudc_frontend::mir::{Constant, ConstantKind, Location, Terminator, TerminatorKind};
use cloudc_frontend::mono::{Instance, Program};
use cloudc_frontend::source::Span;

/// A number for every place at which a program may fail. 0 is no place.
#[derive(Clone, Default, Debug)]
pub struct Sites(HashMap<Span, u32>);

impl Sites {
    /// The places of all functions of a program.
    pub fn of(program: &Program) -> Sites {
        let mut places = Places::default();
        let mut functions: Vec<(Span, &str)> = Vec::new();
        for function in &program.functions {
            places.visit_body(&function.body);
            functions.extend(name(&function.instance).map(|name| (function.body.span, name)));
        }
        functions.sort_unstable();
        functions.dedup();
        let mut hashes: Vec<(u64, Span)> =
            places.0.into_iter().map(|span| (hash(span, enclosing(&functions, span)), span)).collect();
        // Two places with one number are told apart in an order that other places have no part in.
        hashes.sort_unstable();
        let mut taken: BTreeSet<u32> = BTreeSet::from([0]);
        let numbers = hashes.into_iter().map(|(hash, span)| {
            let first = (hash >> 32) as u32;
            let mut free = (0..=u32::MAX).map(|more| first.wrapping_add(more));
            let number = free.find(|number| taken.insert(*number)).unwrap_or_default();
            (span, number)
        });
        Sites(numbers.collect())
    }

    /// The number of a place; 0 for one that was not in the program.
    pub fn number(&self, span: Span) -> u32 {
        self.0.get(&span).copied().unwrap_or_default()
    }
}

/// What all instances of a definition are called.
fn name(instance: &Instance) -> Option<&'static str> {
    match instance {
        Instance::Item(def, _)
        | Instance::ConstItem(def, _)
        | Instance::Promoted(def, ..)
        | Instance::Closure(def, _)
        | Instance::Main(def) => Some(def.path.as_str()),
        Instance::Named(name) => Some(name.as_str()),
        _ => None,
    }
}

/// The function a place stands in: of those that hold it, the one that begins last.
fn enclosing<'f>(functions: &[(Span, &'f str)], place: Span) -> Option<(Span, &'f str)> {
    let after = functions.partition_point(|(span, _)| (span.file, span.lo) <= (place.file, place.lo));
    let before = functions[..after].iter().rev().take_while(|(span, _)| span.file == place.file);
    before.copied().find(|(span, _)| place.hi <= span.hi)
}

fn hash(place: Span, function: Option<(Span, &str)>) -> u64 {
    let mut hasher = FastHasher::default();
    let (start, name) = function.map_or((0, ""), |(span, name)| (span.lo, name));
    name.hash(&mut hasher);
    (place.lo - start, place.hi - place.lo).hash(&mut hasher);
    hasher.finish()
}

/// Where a body may fail.
#[derive(Default)]
struct Places(BTreeSet<Span>);

impl Places {
    fn add(&mut self, span: Span) {
        if !span.is_none() {
            self.0.insert(span);
        }
    }
}

impl Visitor for Places {
    fn visit_terminator(&mut self, terminator: &Terminator, at: Location) {
        if matches!(terminator.kind, TerminatorKind::Assert { .. }) {
            self.add(terminator.span);
        }
        self.walk_terminator(terminator, at);
    }

    fn visit_constant(&mut self, constant: &Constant, at: Location) {
        if let ConstantKind::Site(span) = constant.kind {
            self.add(span);
        }
        self.walk_constant(constant, at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cloudc_frontend::mir::parse_program;
    use cloudc_frontend::source::FileId;

    /// A program whose functions `f` and `g` begin at the first of these bytes, and fail between the others.
    fn program(f: [u32; 3], g: [u32; 3]) -> Program {
        let function = |name: &str, [_, lo, hi]: [u32; 3]| {
            format!(
                "fn {name}() {{ bb0: {{ _0 = call fail(const site(0, {lo}, {hi})) -> bb1; }} bb1: {{ return; }} }}"
            )
        };
        let text =
            format!("fn fail(_1: u32) {{ bb0: {{ return; }} }} {} {}", function("f", f), function("g", g));
        let mut program = parse_program(&text).unwrap_or_else(|e| panic!("{e}\n{text}"));
        for (name, [start, ..]) in [("f", f), ("g", g)] {
            let func = program.function_named(name).expect("it is there");
            program.functions[func].body.span = Span { file: FileId(0), lo: start, hi: start + 100 };
        }
        program
    }

    fn number(program: &Program, lo: u32, hi: u32) -> u32 {
        Sites::of(program).number(Span { file: FileId(0), lo, hi })
    }

    #[test]
    fn a_place_keeps_its_number_when_its_function_moves() {
        let (before, after) = (program([0, 10, 20], [200, 210, 220]), program([0, 15, 20], [300, 310, 320]));
        assert_eq!(number(&before, 210, 220), number(&after, 310, 320));
        assert_ne!(number(&before, 10, 20), number(&after, 15, 20));
    }

    #[test]
    fn places_of_different_functions_have_different_numbers() {
        let program = program([0, 10, 20], [200, 210, 220]);
        assert_ne!(number(&program, 10, 20), number(&program, 210, 220));
        assert_ne!(number(&program, 10, 20), 0);
    }

    #[test]
    fn what_is_no_place_of_the_program_is_0() {
        assert_eq!(number(&program([0, 10, 20], [200, 210, 220]), 30, 40), 0);
    }
}
