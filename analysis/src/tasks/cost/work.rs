//! Work as an expression: sums of products of sizes that are known when code runs.

use cloudc_frontend::mir::{Body, Local};
use cloudc_frontend::mono::Program;

use super::super::names;

/// Up to so many units a function of std is made part of its caller, where this share of them is left.
const SMALL: f64 = 40.0;
const MELTED: f64 = 0.4;

/// A step of a path.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Step {
    /// A field of a struct, tuple or closure.
    Field(u32),
    /// What an iterator gives next.
    Item,
}

/// A part of what a local holds; references on the way are followed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Path {
    /// The local.
    pub local: Local,
    steps: [Option<Step>; Path::DEPTH],
}

impl Path {
    /// Longer paths are not followed.
    const DEPTH: usize = 6;

    /// A path of these steps, if it is not too long.
    pub fn new(local: Local, steps: &[Step]) -> Option<Path> {
        let mut path = Path::from(local);
        for (slot, step) in path.steps.get_mut(..steps.len())?.iter_mut().zip(steps) {
            *slot = Some(*step);
        }
        Some(path)
    }
    /// The steps.
    pub fn steps(&self) -> impl Iterator<Item = Step> + '_ {
        self.steps.iter().map_while(|s| *s)
    }
    /// Whether it is the local itself.
    pub fn is_local(&self) -> bool {
        self.steps[0].is_none()
    }
}

impl From<Local> for Path {
    fn from(local: Local) -> Path {
        Path { local, steps: [None; Path::DEPTH] }
    }
}

/// A size known when code runs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Size {
    /// An integer.
    Value(Path),
    /// The length of a vector, slice or text.
    Len(Path),
    /// How often the length of something can be halved.
    Levels(Path),
    /// The usual length of the elements of a vector or slice of vectors, slices or texts.
    Each(Path),
    /// 1.6 to the power of an integer.
    Power(Path),
    /// One divided by an integer.
    Per(Path),
    /// How many items an iterator gives. Only within functions: callers know their iterators.
    Items(Path),
}

impl Size {
    /// What it is about.
    pub fn path(self) -> Path {
        let (Size::Value(path)
        | Size::Len(path)
        | Size::Each(path)
        | Size::Levels(path)
        | Size::Power(path)
        | Size::Per(path)
        | Size::Items(path)) = self;
        path
    }
}

/// `coefficient * factors…`
#[derive(Clone, PartialEq, Debug)]
pub struct Term {
    /// Units.
    pub coefficient: f64,
    /// Sizes multiplied.
    pub factors: Vec<Size>,
    /// Whether code of the user takes part.
    pub is_users: bool,
}

/// A sum of terms.
#[derive(Clone, PartialEq, Default, Debug)]
pub struct Work {
    /// The terms.
    pub terms: Vec<Term>,
    /// Whether a trip count was guessed.
    pub guessed: bool,
}

impl Work {
    /// A constant.
    pub fn constant(units: f64) -> Work {
        Work { terms: vec![Term { coefficient: units, factors: vec![], is_users: false }], guessed: false }
    }
    /// A size.
    pub fn size(size: Size) -> Work {
        Work { terms: vec![Term { coefficient: 1.0, factors: vec![size], is_users: false }], guessed: false }
    }
    /// A guess.
    pub fn guess(units: f64) -> Work {
        Work { guessed: true, ..Work::constant(units) }
    }
    /// The same as the user's work.
    pub fn of_user(mut self) -> Work {
        self.terms.iter_mut().for_each(|t| t.is_users = true);
        self
    }
    /// The same in the function that calls it: of a few operations of std only some are left.
    pub fn melted(mut self) -> Work {
        for term in &mut self.terms {
            if !term.is_users && term.factors.is_empty() && term.coefficient <= SMALL {
                term.coefficient *= MELTED;
            }
        }
        self
    }
    /// Both.
    pub fn add(&mut self, other: &Work) {
        self.guessed |= other.guessed;
        other.terms.iter().for_each(|term| self.push(term));
    }
    fn push(&mut self, term: &Term) {
        match self.terms.iter_mut().find(|t| t.factors == term.factors && t.is_users == term.is_users) {
            Some(t) => t.coefficient += term.coefficient,
            None => self.terms.push(term.clone()),
        }
    }
    /// One for each unit of the other.
    pub fn times(&self, other: &Work) -> Work {
        let mut product = Work { terms: vec![], guessed: self.guessed || other.guessed };
        for a in &self.terms {
            for b in &other.terms {
                let mut factors = [a.factors.clone(), b.factors.clone()].concat();
                factors.sort();
                cancel(&mut factors);
                // Deep nests are cut off: the estimate stays small enough to be evaluated by a guard.
                factors.truncate(5);
                let coefficient = a.coefficient * b.coefficient;
                product.push(&Term { coefficient, factors, is_users: a.is_users || b.is_users });
            }
        }
        product
    }
    /// As much, a number of times.
    pub fn scaled(mut self, by: f64) -> Work {
        self.terms.iter_mut().for_each(|t| t.coefficient *= by);
        self
    }
    /// With guesses about std's own code cut to a limit, a tenth of it for each element of something.
    pub fn trusted(mut self, limit: f64) -> Work {
        if self.guessed {
            for term in self.terms.iter_mut().filter(|t| !t.is_users) {
                let limit = if term.factors.is_empty() { limit } else { limit / 10.0 };
                term.coefficient = term.coefficient.min(limit);
            }
        }
        self
    }
    /// The value, if no size is in it.
    pub fn as_constant(&self) -> Option<f64> {
        self.terms.iter().try_fold(0.0, |sum, t| t.factors.is_empty().then_some(sum + t.coefficient))
    }
    /// With every size replaced; `None` becomes the guess.
    pub fn substitute(&self, mut with: impl FnMut(Size) -> Option<Work>) -> Work {
        let mut result = Work { terms: vec![], guessed: self.guessed };
        for term in &self.terms {
            let mut product = Work {
                terms: vec![Term { coefficient: term.coefficient, factors: vec![], is_users: term.is_users }],
                guessed: false,
            };
            for &factor in &term.factors {
                product = product.times(&with(factor).unwrap_or_else(|| unknown(factor, term.is_users)));
            }
            result.add(&product);
        }
        result
    }
    /// With every size replaced, if every size is known.
    pub fn try_substitute(&self, mut with: impl FnMut(Size) -> Option<Work>) -> Option<Work> {
        let mut all = true;
        let result = self.substitute(|size| {
            let found = with(size);
            all &= found.is_some();
            found
        });
        all.then_some(result)
    }
    /// The terms, without the distinction whose code they are, and without those that hardly matter beside others.
    pub fn combined(&self) -> Work {
        let mut all = Work { terms: vec![], guessed: self.guessed };
        for term in &self.terms {
            all.push(&Term { is_users: false, ..term.clone() });
        }
        let terms = all.terms.clone();
        let contains = |whole: &[Size], part: &[Size]| {
            let mut rest = whole.iter();
            part.iter().all(|p| rest.any(|w| w == p))
        };
        all.terms.retain(|small| {
            !terms.iter().any(|large| {
                large.factors.len() > small.factors.len()
                    && large.coefficient * 2.0 >= small.coefficient
                    && contains(&large.factors, &small.factors)
            })
        });
        all
    }
    /// As people read it.
    pub fn show(&self, program: &Program, body: &Body) -> String {
        let mut terms: Vec<String> = Vec::new();
        for term in &self.combined().terms {
            let mut text = time(term.coefficient);
            let is_divisor = |f: &&Size| matches!(f, Size::Per(_));
            let (under, over): (Vec<&Size>, Vec<&Size>) = term.factors.iter().partition(is_divisor);
            for factor in over.into_iter().chain(under) {
                let path = factor.path();
                let steps: Vec<Step> = path.steps().collect();
                let name = names::of_path(program, body, path.local, &steps);
                text += &match factor {
                    Size::Value(_) => format!("·{name}"),
                    Size::Len(_) => format!("·len({name})"),
                    Size::Each(_) => format!("·len({name}[_])"),
                    Size::Per(_) => format!("/{name}"),
                    Size::Levels(_) => format!("·log(len({name}))"),
                    Size::Power(_) => format!("·1.6^{name}"),
                    Size::Items(_) => format!("·count({name})"),
                };
            }
            terms.push(text);
        }
        terms.sort_by_key(|t| std::cmp::Reverse(t.matches('·').count()));
        format!(
            "{}{}",
            if self.guessed { "~" } else { "" },
            if terms.is_empty() { time(0.0) } else { terms.join(" + ") }
        )
    }
}

/// What is assumed of a size of which nothing is known.
fn unknown(size: Size, is_users: bool) -> Work {
    match size {
        Size::Per(_) => Work::guess(0.1),
        Size::Levels(_) => Work::guess(super::HALVING),
        // A part of what std keeps for itself: the width of a number, the depth of an indentation.
        _ if !is_users && !size.path().is_local() => Work::guess(super::STD_PART),
        // Most of what std goes through by itself is text.
        _ if !is_users => Work::guess(super::TEXT_ITEMS),
        _ => Work::guess(super::UNKNOWN_TRIPS),
    }
}

/// Takes out what is multiplied by and divided by.
fn cancel(factors: &mut Vec<Size>) {
    while let Some((over, under)) = factors.iter().enumerate().find_map(|(k, f)| match f {
        Size::Per(path) => factors.iter().position(|g| *g == Size::Value(*path)).map(|j| (j, k)),
        _ => None,
    }) {
        factors.remove(over.max(under));
        factors.remove(over.min(under));
    }
}

/// The time that a number of units takes, with as many digits as an estimate deserves.
pub fn time(units: f64) -> String {
    let nanoseconds = units * 1e3 / super::super::UNITS_PER_MICROSECOND as f64;
    let (value, unit) = match nanoseconds {
        n if n < 1e3 => (n, "ns"),
        n if n < 1e6 => (n / 1e3, "µs"),
        n if n < 1e9 => (n / 1e6, "ms"),
        n => (n / 1e9, "s"),
    };
    match value {
        v if v > 0.0 && v < 0.1 => format!("0.1 {unit}"),
        v if v < 10.0 && (v - v.round()).abs() >= 0.05 => format!("{v:.1} {unit}"),
        v => format!("{v:.0} {unit}"),
    }
}
