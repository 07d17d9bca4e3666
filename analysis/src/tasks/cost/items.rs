//! Iterators: how many items they give, and what an item is a part of.

use cloudc_frontend::mir::{Callee, Local, Place};
use cloudc_frontend::ty::{Ty, TyKind};

use super::super::flow::Definition;
use super::measured::{element_of, peeled};
use super::sizes::{DEEP, Origin, Sizes};
use super::work::{Path, Size, Step, Work};

/// Lines and words for each byte of a text.
const LINES: f64 = 0.03;
const WORDS: f64 = 0.2;

/// How many items an iterator gives for each position at which it can be divided: text is divided between bytes.
pub fn for_each_position(iterator: Ty) -> f64 {
    let TyKind::Adt(def, args) = iterator.kind() else { return 1.0 };
    match (def.path.as_str().starts_with("std::"), def.name()) {
        (false, _) | (_, "FlatMap" | "Flatten") => 1.0,
        (_, "Lines") => LINES,
        (_, "SplitWhitespace" | "SplitAsciiWhitespace") => WORDS,
        _ => args.iter().find_map(|a| a.as_type()).map_or(1.0, for_each_position),
    }
}

impl Sizes<'_> {
    /// How many items the iterator in a place gives.
    pub fn items(&self, place: &Place) -> Option<Work> {
        self.items_of(place, &[], 0)
    }

    pub(super) fn items_of(&self, place: &Place, more: &[Step], depth: u32) -> Option<Work> {
        let steps = [&self.steps_of(place)?[..], more].concat();
        let start = self.body.locals[place.local].ty;
        let ty = peeled(self.ty_along(start, &steps)?);
        let part = |name: &str| Some([&steps[..], &[Step::Field(self.field_named(ty, name)?)]].concat());
        let inner = |name: &str| {
            let steps = part(name)?;
            self.items_of(&Place::local(place.local), &steps, depth + 1)
        };
        let length = |name: &str| self.length_of(self.trace(place.local, &part(name)?, depth)?);
        let number = |name: &str| self.number_at(place.local, &part(name)?, depth);
        if depth > DEEP {
            return None;
        }
        let TyKind::Adt(def, _) = ty.kind() else { return None };
        let path = def.path.as_str();
        let shared = |whole: Option<Work>, size: Option<Work>| {
            let share = size.as_ref().and_then(inverse);
            whole.map(|w| w.times(&share.unwrap_or_else(|| Work::guess(0.1))))
        };
        let found = match (path.starts_with("std::"), def.name()) {
            (false, _) => None,
            (_, "Range") => {
                let end = number("end")?;
                match (number("start").and_then(|s| s.as_constant()), end.as_constant()) {
                    (Some(start), Some(end)) => Some(Work::constant((end - start).max(0.0))),
                    _ => Some(end),
                }
            }
            (_, "RangeInclusive" | "RangeInclusiveStruct") => number("end"),
            (_, "Iter" | "IterMut") if path.contains("slice") => length("rest"),
            (_, "Windows" | "ArrayWindows") => length("v"),
            (_, "Chunks" | "ChunksMut" | "ChunksExact" | "ChunksExactMut" | "RChunks") => {
                shared(length("v"), number("chunk_size"))
            }
            (_, "StepBy") => inner("iter").map(|w| shared(Some(w), number("gap")).unwrap_or_default()),
            (_, "Take") => match (number("n"), inner("iter")) {
                (Some(n), Some(all)) => match (n.as_constant(), all.as_constant()) {
                    (Some(n), Some(all)) => Some(Work::constant(n.min(all))),
                    (None, Some(_)) => Some(all),
                    _ => Some(n),
                },
                (n, all) => n.or(all),
            },
            (_, "Zip") => inner("a").or_else(|| inner("b")),
            _ if self.field_named(ty, "iter").is_some() => inner("iter"),
            _ => None,
        };
        found.or_else(|| self.items_made(place.local, &steps, depth)).or_else(|| {
            let path = Path::new(place.local, &steps)?;
            (self.is_open && (self.known)(place.local)).then(|| Work::size(Size::Items(path)))
        })
    }

    /// The same for an iterator whose own fields say nothing: what it was made of does.
    fn items_made(&self, local: Local, steps: &[Step], depth: u32) -> Option<Work> {
        let made_of = self.ingredient(local, steps)?;
        let Definition::Call(Callee::Func(func), args) = self.definitions.initial(made_of)?.0 else {
            return None;
        };
        let function = &self.program.functions[*func];
        if !function.is_std {
            return None;
        }
        let name = function.instance.name()?;
        let base = self.length(args.first()?)?;
        Some(match name {
            "lines" => base.times(&Work::guess(LINES)),
            "split_whitespace" | "split_ascii_whitespace" | "split" => base.times(&Work::guess(WORDS)),
            _ if depth > DEEP => return None,
            _ => base,
        })
    }

    /// A part of a known local, with what its iterators give taken from what they go through.
    pub(super) fn settled(&self, local: Local, steps: &[Step], depth: u32) -> Option<Origin> {
        let Some(at) = steps.iter().position(|s| *s == Step::Item) else {
            return Path::new(local, steps).map(Origin::Path);
        };
        let (before, rest) = (&steps[..at], &steps[at + 1..]);
        let ty = peeled(self.ty_along(self.body.locals[local].ty, before)?);
        let along = |name: &str, more: &[&[Step]]| {
            let mut steps = [before, &[Step::Field(self.field_named(ty, name)?)]].concat();
            more.iter().for_each(|m| steps.extend_from_slice(m));
            self.settled(local, &steps, depth + 1)
        };
        if depth > DEEP {
            return None;
        }
        if rest.is_empty() && element_of(self.program, ty).is_some() {
            return Path::new(local, before).map(Origin::Element);
        }
        let TyKind::Adt(def, _) = ty.kind() else { return None };
        let found = match (def.name(), rest) {
            _ if !def.path.as_str().starts_with("std::") => None,
            ("Iter" | "IterMut", []) if def.path.as_str().contains("slice") => match along("rest", &[])? {
                Origin::Path(path) => Some(Origin::Element(path)),
                _ => None,
            },
            ("Chunks" | "ChunksMut" | "ChunksExact" | "ChunksExactMut" | "RChunks", []) => {
                let size = along("chunk_size", &[])?;
                self.number(size).map(Origin::Slice)
            }
            ("Windows", []) => self.number(along("size", &[])?).map(Origin::Slice),
            ("Enumerate", [Step::Field(1), rest @ ..]) => along("iter", &[&[Step::Item], rest]),
            ("Zip", [Step::Field(0), rest @ ..]) => along("a", &[&[Step::Item], rest]),
            ("Zip", [Step::Field(1), rest @ ..]) => along("b", &[&[Step::Item], rest]),
            ("Copied" | "Cloned" | "Rev" | "Skip" | "Take" | "Filter" | "StepBy" | "Inspect", rest) => {
                along("iter", &[&[Step::Item], rest])
            }
            _ => None,
        };
        found.or_else(|| if self.is_open { Path::new(local, steps).map(Origin::Path) } else { None })
    }
}

/// One divided by a number.
pub(super) fn inverse(number: &Work) -> Option<Work> {
    match (number.as_constant(), &number.terms[..]) {
        (Some(n), _) => Some(Work::constant(1.0 / n.max(1.0))),
        (None, [term]) => match term.factors[..] {
            [Size::Value(path)] => Some(Work::size(Size::Per(path)).scaled(1.0 / term.coefficient)),
            _ => None,
        },
        _ => None,
    }
}
