//! Random programs that are well typed, always end, and print what they computed.
//!
//! In: a seed. Out: the text of a module with `pub fn run()`. What a value may be used for is known while the program is
//! written: [`ty`] (types), [`scope`] (variables), [`items`] (structs, enums, functions), [`traits`], [`expr`] and what it
//! chooses from ([`number`], [`string`], [`chain`], [`choose`]), [`stmt`], and `shapes` and `rounds`: loops and calls as inference
//! cuts them. Work is bounded: every loop has a count, and a call is written only where its cost times the rounds
//! around it stays small.

pub mod chain;
pub mod choose;
pub mod drops;
pub mod expr;
pub mod items;
pub mod number;
mod rounds;
pub mod scope;
mod shapes;
pub mod stmt;
pub mod string;
pub mod traits;
pub mod ty;

use crate::rng::Rng;
use items::{Adt, Function};
use scope::Var;
use traits::TraitItem;

/// The state of one program's generation.
pub struct Gen {
    rng: Rng,
    /// The lines so far.
    lines: Vec<String>,
    indent: usize,
    adts: Vec<Adt>,
    functions: Vec<Function>,
    traits: Vec<TraitItem>,
    vars: Vec<Var>,
    names: usize,
    /// Rounds of the loops around, at most.
    rounds: u64,
    /// Statements this function may execute, at most.
    cost: u64,
    /// Whether an expression may assign to variables.
    may_assign: bool,
    /// Whether variables may be moved out of.
    may_move: bool,
    /// Whether plain arithmetic may overflow.
    is_risky: bool,
    /// Whether values should be able to cross between tasks.
    for_tasks: bool,
    /// Labels of the loops around.
    labels: Vec<String>,
    /// Nested loops and closures around.
    depth: usize,
    /// Lines to be written when the function is open.
    pending: Vec<String>,
    /// Nested blocks.
    level: usize,
}

/// The text of a program's module.
pub fn module(seed: u64) -> String {
    let rng = Rng::new(seed);
    let mut generator = Gen {
        rng,
        lines: Vec::new(),
        indent: 0,
        adts: Vec::new(),
        functions: Vec::new(),
        traits: Vec::new(),
        vars: Vec::new(),
        names: 0,
        rounds: 1,
        cost: 0,
        may_assign: false,
        may_move: true,
        is_risky: false,
        for_tasks: false,
        labels: Vec::new(),
        depth: 0,
        pending: Vec::new(),
        level: 0,
    };
    generator.program();
    generator.lines.join("\n") + "\n"
}

impl Gen {
    fn program(&mut self) {
        self.is_risky = self.rng.chance(20);
        self.for_tasks = self.rng.chance(50);
        self.line("use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};");
        self.line("use std::fmt;");
        self.line("use std::rc::Rc;");
        self.line("");
        for _ in 0..self.rng.range(1, 4) {
            self.adt();
        }
        self.consts();
        if self.rng.chance(60) {
            self.object_trait();
        }
        if self.rng.chance(40) {
            self.static_trait();
        }
        let with_drops = self.rng.chance(25);
        if with_drops {
            self.noisy();
        }
        for _ in 0..self.rng.range(2, 6) {
            match self.rng.below(9) {
                0 => self.generic_function(),
                1 => self.recursive_function(),
                2..=4 => self.function(),
                _ => self.shape_function(),
            }
        }
        self.run_function(with_drops);
    }

    fn line(&mut self, text: impl AsRef<str>) {
        let text = text.as_ref();
        let indent = if text.is_empty() { 0 } else { self.indent * 4 };
        self.lines.push(format!("{:indent$}{text}", ""));
    }
    fn open(&mut self, text: impl AsRef<str>) {
        self.line(format!("{} {{", text.as_ref()));
        self.indent += 1;
    }
    fn close(&mut self) {
        self.indent -= 1;
        self.line("}");
    }
    fn fresh(&mut self, prefix: &str) -> String {
        self.names += 1;
        format!("{prefix}{}", self.names)
    }

    fn run_function(&mut self, with_drops: bool) {
        self.line("");
        self.start_function();
        self.open("pub fn run()");
        for _ in 0..self.rng.range(2, 4) {
            self.let_statement();
        }
        if self.for_tasks || self.rng.chance(50) {
            self.calls_in_a_row();
        }
        for _ in 0..self.rng.range(4, 10) {
            match self.rng.below(12) {
                0..=3 => self.shape(),
                4 => self.calls_in_a_row(),
                5 => self.use_traits(),
                6 if with_drops => self.drop_statement(),
                7 => self.print_some(),
                _ => self.statement(3),
            }
        }
        if with_drops {
            self.drop_statement();
        }
        self.use_traits();
        self.print_all();
        if self.is_risky && self.rng.chance(40) {
            self.last_words();
        }
        self.close();
    }

    /// Ends the program otherwise than by returning.
    fn last_words(&mut self) {
        let n = self.rng.range(0, 9);
        let cond = self.expr(&ty::Ty::Bool, 1);
        match self.rng.below(7) {
            0 => self.line(format!("if {cond} {{ panic!(\"given up: {{}}\", {n}); }}")),
            1 => self.line(format!("if {cond} {{ std::process::exit({n}); }}")),
            2 => self.line(format!("assert_eq!({cond} as u32 + {n}, {n});")),
            3 => self.line(format!("assert!({cond}, \"not so {{:?}}\", ({n}, \"x\"));")),
            4 => self.line(format!("let _ = \"{n}x\".parse::<u8>().unwrap();")),
            5 => self.line(format!("Option::<u8>::None.expect(\"number {n}\");")),
            _ => self.line("unreachable!();"),
        }
    }
}
