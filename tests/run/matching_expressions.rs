// A regular-expression matcher: parsed to a tree, compiled to a Thompson automaton, run with a set of states; groups as ranges.
use std::collections::{BTreeSet, HashSet};
use std::iter::Peekable;
use std::ops::RangeInclusive;
use std::str::Chars;

#[derive(Debug, Clone, PartialEq)]
enum Ast {
    Empty,
    Any,
    Char(char),
    Class { negated: bool, ranges: Vec<RangeInclusive<char>> },
    Concat(Vec<Ast>),
    Either(Box<Ast>, Box<Ast>),
    Repeat { inner: Box<Ast>, min: u32, max: Option<u32> },
    Start,
    End,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum SyntaxError {
    Unclosed(char),
    Unexpected(char),
    NothingToRepeat,
}

struct Parser<'p> {
    chars: Peekable<Chars<'p>>,
}

impl Parser<'_> {
    fn either(&mut self) -> Result<Ast, SyntaxError> {
        let left = self.concat()?;
        if self.chars.next_if_eq(&'|').is_some() {
            return Ok(Ast::Either(Box::new(left), Box::new(self.either()?)));
        }
        Ok(left)
    }

    fn concat(&mut self) -> Result<Ast, SyntaxError> {
        let mut parts = Vec::new();
        while let Some(c) = self.chars.next_if(|c| !matches!(c, '|' | ')')) {
            let atom = match c {
                '.' => Ast::Any,
                '^' => Ast::Start,
                '$' => Ast::End,
                '\\' => self.escape()?,
                '(' => {
                    let inner = self.either()?;
                    self.chars.next_if_eq(&')').ok_or(SyntaxError::Unclosed('('))?;
                    inner
                }
                '[' => self.class()?,
                '*' | '+' | '?' => return Err(SyntaxError::NothingToRepeat),
                c => Ast::Char(c),
            };
            parts.push(self.repeats(atom));
        }
        Ok(match parts.len() {
            0 => Ast::Empty,
            1 => parts.remove(0),
            _ => Ast::Concat(parts),
        })
    }

    fn repeats(&mut self, mut atom: Ast) -> Ast {
        while let Some(c) = self.chars.next_if(|c| "*+?".contains(*c)) {
            let (min, max) = match c {
                '*' => (0, None),
                '+' => (1, None),
                _ => (0, Some(1)),
            };
            atom = Ast::Repeat { inner: atom.into(), min, max };
        }
        atom
    }

    fn escape(&mut self) -> Result<Ast, SyntaxError> {
        let class =
            |negated, ranges: &[RangeInclusive<char>]| Ast::Class { negated, ranges: ranges.to_vec() };
        Ok(match self.chars.next().ok_or(SyntaxError::Unclosed('\\'))? {
            'd' => class(false, &['0'..='9']),
            'D' => class(true, &['0'..='9']),
            'w' => class(false, &['a'..='z', 'A'..='Z', '0'..='9', '_'..='_']),
            's' => class(false, &[' '..=' ', '\t'..='\r']),
            c => Ast::Char(c),
        })
    }

    fn class(&mut self) -> Result<Ast, SyntaxError> {
        let negated = self.chars.next_if_eq(&'^').is_some();
        let mut ranges = Vec::new();
        loop {
            match (self.chars.next(), self.chars.peek()) {
                (None, _) => return Err(SyntaxError::Unclosed('[')),
                (Some(']'), _) if !ranges.is_empty() => return Ok(Ast::Class { negated, ranges }),
                (Some(lo), Some('-')) => {
                    self.chars.next();
                    match self.chars.next() {
                        Some(hi) if hi >= lo => ranges.push(lo..=hi),
                        Some(other) => return Err(SyntaxError::Unexpected(other)),
                        None => return Err(SyntaxError::Unclosed('[')),
                    }
                }
                (Some(c), _) => ranges.push(c..=c),
            }
        }
    }
}

#[derive(Debug)]
enum Step {
    Match,
    Consume(Ast),
    Assert { at_end: bool },
    Split(usize, usize),
    Jump(usize),
}

struct Regex {
    steps: Vec<Step>,
}

impl Regex {
    fn new(pattern: &str) -> Result<Regex, SyntaxError> {
        let mut parser = Parser { chars: pattern.chars().peekable() };
        let ast = parser.either()?;
        if let Some(c) = parser.chars.next() {
            return Err(SyntaxError::Unexpected(c));
        }
        let mut regex = Regex { steps: Vec::new() };
        regex.compile(&ast);
        regex.steps.push(Step::Match);
        Ok(regex)
    }

    fn compile(&mut self, ast: &Ast) {
        match ast {
            Ast::Empty => {}
            Ast::Start | Ast::End => self.steps.push(Step::Assert { at_end: *ast == Ast::End }),
            Ast::Concat(parts) => parts.iter().for_each(|p| self.compile(p)),
            Ast::Either(a, b) => {
                let split = self.steps.len();
                self.steps.push(Step::Split(split + 1, 0));
                self.compile(a);
                let jump = self.steps.len();
                self.steps.push(Step::Jump(0));
                self.steps[split] = Step::Split(split + 1, jump + 1);
                self.compile(b);
                self.steps[jump] = Step::Jump(self.steps.len());
            }
            Ast::Repeat { inner, min, max } => {
                for _ in 0..*min {
                    self.compile(inner);
                }
                let split = self.steps.len();
                self.steps.push(Step::Split(split + 1, 0));
                self.compile(inner);
                if max.is_none() {
                    self.steps.push(Step::Jump(split));
                }
                self.steps[split] = Step::Split(split + 1, self.steps.len());
            }
            single => self.steps.push(Step::Consume(single.clone())),
        }
    }

    fn close(&self, states: impl IntoIterator<Item = usize>, at: usize, len: usize) -> BTreeSet<usize> {
        let mut seen = HashSet::new();
        let mut work: Vec<usize> = states.into_iter().collect();
        while let Some(state) = work.pop() {
            if !seen.insert(state) {
                continue;
            }
            match self.steps[state] {
                Step::Split(a, b) => work.extend([a, b]),
                Step::Jump(to) => work.push(to),
                Step::Assert { at_end } if at == if at_end { len } else { 0 } => work.push(state + 1),
                _ => {}
            }
        }
        seen.into_iter().collect()
    }

    /// The longest match that begins at `start`.
    fn match_at(&self, text: &[char], start: usize) -> Option<usize> {
        let is_match =
            |states: &BTreeSet<usize>| states.iter().any(|s| matches!(self.steps[*s], Step::Match));
        let mut states = self.close([0], start, text.len());
        let mut best = is_match(&states).then_some(start);
        for (i, c) in text.iter().enumerate().skip(start) {
            let next = states.iter().filter(|s| match &self.steps[**s] {
                Step::Consume(Ast::Any) => true,
                Step::Consume(Ast::Char(want)) => want == c,
                Step::Consume(Ast::Class { negated, ranges }) => {
                    ranges.iter().any(|r| r.contains(c)) != *negated
                }
                _ => false,
            });
            states = self.close(next.map(|s| s + 1), i + 1, text.len());
            if states.is_empty() {
                break;
            }
            if is_match(&states) {
                best = Some(i + 1);
            }
        }
        best
    }

    fn find_all(&self, text: &str) -> Vec<String> {
        let text: Vec<char> = text.chars().collect();
        let mut found = Vec::new();
        let mut at = 0;
        while at <= text.len() {
            match self.match_at(&text, at) {
                Some(end) => {
                    found.push(text[at..end].iter().collect());
                    at = end.max(at + 1);
                }
                None => at += 1,
            }
        }
        found
    }
}

fn main() {
    for (pattern, text) in [
        ("ab*c", "ac abc abbbc adc"),
        ("(cat|dog)s?", "cats, dogs and a dog"),
        (r"\d+\.\d*", "3.14 and 10. but not .5"),
        ("[^aeiou ]+", "hello wörld"),
        ("^a.c$", "abc"),
        ("^b", "abc"),
        ("(a|ab)(c|bcd)", "abcd"),
        ("x*", "axxb"),
        ("(a+)+b", "aaaaaaaaaaaaaaaaaaaac"),
        (r"[a-c\]]+", "abc]d"),
    ] {
        match Regex::new(pattern) {
            Ok(regex) => println!("{pattern:<14} {:?}", regex.find_all(text)),
            Err(e) => println!("{pattern:<14} {e:?}"),
        }
    }
    for bad in ["(ab", "a)", "*a", "[z-a]", "[abc", "a\\"] {
        println!("{bad:<6} {:?}", Regex::new(bad).map(|r| r.steps.len()));
    }
}
