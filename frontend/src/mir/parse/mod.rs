//! Reads the text form of a program back.
//!
//! In: what [`print_program`](super::print_program) writes, or a test by hand. Out: a [`Program`] in phase `Mono`
//! whose functions are [`Instance::Named`] and whose spans are all [`Span::NONE`]. Types of fields are not written
//! in the text: they follow from the declarations at its head.

mod lex;
mod rvalue;
mod types;

use std::collections::HashMap;
use std::fmt;

use indexmap::IndexMap;

use super::*;
use crate::hir::DefId;
use crate::index::Idx;
use crate::index::IndexVec;
use crate::mono::{Adt, AdtKind, Function, Instance, Program, Variant};
use crate::source::Span;
use crate::symbol::Symbol;
use crate::ty::TyKind;
use crate::ty::{Mutability, Ty};
use lex::{Tok, Token};

/// Why a text is no program.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ParseError {
    /// 1-based line.
    pub line: u32,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}
impl std::error::Error for ParseError {}

type Parsed<T> = Result<T, ParseError>;

/// Reads a program.
pub fn parse_program(text: &str) -> Parsed<Program> {
    let tokens = lex::lex(text).map_err(|(line, message)| ParseError { line, message })?;
    let mut p =
        Parser { tokens, at: 0, functions: HashMap::new(), adts: IndexMap::new(), locals: IndexVec::new() };
    p.find_functions()?;
    let mut program = Program::default();
    let mut main = None;
    while p.peek() != &Tok::End {
        p.item(&mut program)?;
    }
    for (id, f) in program.functions.iter_enumerated() {
        if f.name == "main" {
            main = Some(id);
        }
    }
    if program.roots.is_empty() {
        program.roots.extend(main.or((!program.functions.is_empty()).then_some(FuncId(0))));
    }
    program.adts = p.adts;
    Ok(program)
}

pub(super) struct Parser {
    tokens: Vec<Token>,
    at: usize,
    functions: HashMap<String, FuncId>,
    adts: IndexMap<Ty, Adt>,
    /// Locals of the function being read, for the types of fields.
    locals: IndexVec<Local, LocalDecl>,
}

/// `#[…]` before an item.
#[derive(Default)]
struct ItemAttrs(HashMap<String, Option<String>>);

impl Parser {
    fn find_functions(&mut self) -> Parsed<()> {
        let mut depth = 0;
        let mut i = 0;
        while i + 1 < self.tokens.len() {
            match (&self.tokens[i].kind, &self.tokens[i + 1].kind) {
                (Tok::Sym("{"), _) => depth += 1,
                (Tok::Sym("}"), _) => depth -= 1,
                (Tok::Name(kw), Tok::Name(name) | Tok::Quoted(name)) if depth == 0 && kw == "fn" => {
                    let id = FuncId::new(self.functions.len());
                    if self.functions.insert(name.clone(), id).is_some() {
                        let line = self.tokens[i].line;
                        return Err(ParseError { line, message: format!("`{name}` is defined twice") });
                    }
                }
                _ => {}
            }
            i += 1;
        }
        Ok(())
    }

    fn item(&mut self, program: &mut Program) -> Parsed<()> {
        let attrs = self.attrs()?;
        match self.name()?.as_str() {
            "struct" => self.adt(attrs, false),
            "enum" => self.adt(attrs, true),
            "roots" => {
                loop {
                    let f = self.function_name()?;
                    program.roots.push(f);
                    if !self.eat(",") {
                        break;
                    }
                }
                self.expect(";")
            }
            "lang" => {
                let name = self.name()?;
                self.expect("=")?;
                let f = self.function_name()?;
                program.lang_funcs.insert(Symbol::intern(&name), f);
                self.expect(";")
            }
            "fn" => {
                let function = self.function(attrs)?;
                program.functions.push(function);
                Ok(())
            }
            other => self.fail(format!("expected an item, found `{other}`")),
        }
    }

    fn attrs(&mut self) -> Parsed<ItemAttrs> {
        let mut attrs = ItemAttrs::default();
        while self.eat("#") {
            self.expect("[")?;
            while !self.eat("]") {
                let name = self.name()?;
                let value = if self.eat("=") {
                    Some(match self.next() {
                        Tok::Str(s) | Tok::Number(s, None) | Tok::Name(s) => s,
                        other => return self.fail(format!("unexpected {other:?} in an attribute")),
                    })
                } else {
                    None
                };
                attrs.0.insert(name, value);
                self.eat(",");
            }
        }
        Ok(attrs)
    }

    fn adt(&mut self, attrs: ItemAttrs, is_enum: bool) -> Parsed<()> {
        let ty = self.ty()?;
        let (def, closure) = match ty.kind() {
            TyKind::Adt(def, _) => (*def, false),
            TyKind::Closure(def, _) => (*def, true),
            _ => return self.fail(format!("`{ty}` cannot be declared")),
        };
        let mut variants = Vec::new();
        let kind = if is_enum {
            let tag = if self.eat(":") { self.ty()? } else { Ty::new(TyKind::Int(crate::ty::IntTy::Isize)) };
            self.expect("{")?;
            let mut next = 0u128;
            while !self.eat("}") {
                let name = Symbol::intern(&self.name()?);
                if self.eat("=") {
                    next = self.plain_number()?;
                }
                let fields = if self.peek() == &Tok::Sym("{") { self.fields()? } else { Vec::new() };
                variants.push(Variant { name, discriminant: next, fields });
                next = next.wrapping_add(1);
                self.eat(",");
            }
            AdtKind::Enum(tag)
        } else {
            let fields = self.fields()?;
            variants.push(Variant { name: Symbol::intern(def.name()), discriminant: 0, fields });
            if closure { AdtKind::Closure } else { AdtKind::Struct }
        };
        let lang = attrs.0.get("lang").and_then(|v| v.as_deref()).map(Symbol::intern);
        let adt = Adt {
            name: def.path.to_string(),
            def,
            kind,
            variants,
            lang,
            repr_c: attrs.0.contains_key("repr_c"),
            tail_may_be_unsized: attrs.0.contains_key("unsized_tail"),
            repr_align: attrs.0.get("align").and_then(|v| v.as_deref()?.parse().ok()).unwrap_or(1),
            needs_drop: attrs.0.contains_key("drop"),
            is_copy: attrs.0.contains_key("copy"),
        };
        self.adts.insert(ty, adt);
        Ok(())
    }

    fn fields(&mut self) -> Parsed<Vec<(Symbol, Ty)>> {
        self.expect("{")?;
        let mut fields = Vec::new();
        while !self.eat("}") {
            let name = match self.next() {
                Tok::Name(n) | Tok::Number(n, None) => Symbol::intern(&n),
                other => return self.fail(format!("expected a field, found {other:?}")),
            };
            self.expect(":")?;
            fields.push((name, self.ty()?));
            self.eat(",");
        }
        Ok(fields)
    }

    fn function(&mut self, attrs: ItemAttrs) -> Parsed<Function> {
        let name = match self.next() {
            Tok::Name(n) | Tok::Quoted(n) => n,
            other => return self.fail(format!("expected a name, found {other:?}")),
        };
        self.expect("(")?;
        let mut decls: Vec<(Local, LocalDecl)> = Vec::new();
        while !self.eat(")") {
            decls.push(self.local_decl()?);
            self.eat(",");
        }
        let arg_count = decls.len();
        let output = if self.eat("->") { self.ty()? } else { Ty::unit() };
        self.expect("{")?;
        while self.eat_name("let") {
            decls.push(self.local_decl()?);
            self.expect(";")?;
        }
        if decls.iter().all(|(l, _)| l.index() != 0) {
            decls.push((Local(0), decl(output)));
        }
        decls.sort_by_key(|(l, _)| *l);
        if let Some((i, _)) = decls.iter().enumerate().find(|(i, (l, _))| *i != l.index()) {
            return self.fail(format!("`{name}`: `_{i}` is not declared, or something is declared twice"));
        }
        self.locals = decls.into_iter().map(|(_, d)| d).collect();
        let mut blocks = IndexVec::new();
        while !self.eat("}") {
            let id = self.block_id()?;
            if id != blocks.next_index() {
                return self.fail(format!("expected `{}`, found `{id}`", blocks.next_index()));
            }
            self.expect(":")?;
            blocks.push(self.block()?);
        }
        let body = Body {
            phase: Phase::Mono,
            name: name.clone(),
            arg_count,
            locals: std::mem::take(&mut self.locals),
            blocks,
            span: Span::NONE,
        };
        Ok(Function {
            instance: Instance::Named(Symbol::intern(&name)),
            name,
            body,
            track_caller: attrs.0.contains_key("track_caller"),
            inline: attrs.0.get("inline").and_then(|v| v.as_deref()).map_or(0, |v| v.parse().unwrap_or(1)),
            skeleton: attrs.0.get("skeleton").and_then(|v| v.as_deref()).map(Symbol::intern),
            is_std: attrs.0.contains_key("std"),
            span: Span::NONE,
        })
    }

    fn local_decl(&mut self) -> Parsed<(Local, LocalDecl)> {
        let local = self.local()?;
        self.expect(":")?;
        let mut d = decl(self.ty()?);
        if self.eat_name("as") {
            let mutable = self.eat_name("mut");
            d.mutability = if mutable { Mutability::Mut } else { Mutability::Not };
            d.name = Some(Symbol::intern(&self.name()?));
        }
        Ok((local, d))
    }

    fn block(&mut self) -> Parsed<Block> {
        self.expect("{")?;
        let mut statements = Vec::new();
        loop {
            let kind = match self.peek().clone() {
                Tok::Name(n) if n == "StorageLive" || n == "StorageDead" => {
                    self.next();
                    self.expect("(")?;
                    let l = self.local()?;
                    self.expect(")")?;
                    if n == "StorageLive" {
                        StatementKind::StorageLive(l)
                    } else {
                        StatementKind::StorageDead(l)
                    }
                }
                Tok::Name(n) if n == "nop" => {
                    self.next();
                    StatementKind::Nop
                }
                Tok::Name(n) if is_terminator(&n) => {
                    let kind = self.terminator()?;
                    return self.finish_block(statements, kind);
                }
                _ => {
                    let place = self.place()?;
                    self.expect("=")?;
                    if self.eat_name("call") {
                        let kind = self.call(place)?;
                        return self.finish_block(statements, kind);
                    }
                    StatementKind::Assign(place, self.rvalue()?)
                }
            };
            self.expect(";")?;
            statements.push(Statement { kind, span: Span::NONE });
        }
    }

    fn finish_block(&mut self, statements: Vec<Statement>, kind: TerminatorKind) -> Parsed<Block> {
        self.expect(";")?;
        self.expect("}")?;
        Ok(Block { statements, terminator: Terminator { kind, span: Span::NONE } })
    }

    fn terminator(&mut self) -> Parsed<TerminatorKind> {
        Ok(match self.name()?.as_str() {
            "goto" => TerminatorKind::Goto(self.block_id()?),
            "return" => TerminatorKind::Return,
            "unreachable" => TerminatorKind::Unreachable,
            "drop" => {
                let place = self.place()?;
                self.expect("->")?;
                TerminatorKind::Drop { place, target: self.block_id()? }
            }
            "switch" => {
                let value = self.operand()?;
                self.expect("[")?;
                let mut targets = Vec::new();
                loop {
                    let is_default = self.eat_name("_");
                    let number = if is_default { 0 } else { self.plain_number()? };
                    self.expect(":")?;
                    let block = self.block_id()?;
                    if is_default {
                        self.expect("]")?;
                        return Ok(TerminatorKind::Switch { value, targets, otherwise: block });
                    }
                    targets.push((number, block));
                    self.expect(",")?;
                }
            }
            _ => self.assert()?,
        })
    }

    fn assert(&mut self) -> Parsed<TerminatorKind> {
        let expected = !self.eat("!");
        let cond = self.operand()?;
        self.expect(",")?;
        let message = match self.name()?.as_str() {
            "overflow" => {
                self.expect("(")?;
                let name = self.name()?;
                self.expect(")")?;
                match BinOp::ALL.iter().find(|op| op.text() == name) {
                    Some(op) => AssertMessage::Overflow(*op),
                    None if name == "Neg" => AssertMessage::OverflowNeg,
                    None => return self.fail(format!("unknown operator `{name}`")),
                }
            }
            "division_by_zero" => AssertMessage::DivisionByZero,
            "remainder_by_zero" => AssertMessage::RemainderByZero,
            "bounds" => {
                self.expect("(")?;
                let len = self.operand()?;
                self.expect(",")?;
                let index = self.operand()?;
                self.expect(")")?;
                AssertMessage::BoundsCheck { len, index }
            }
            other => return self.fail(format!("unknown assertion `{other}`")),
        };
        self.expect("->")?;
        Ok(TerminatorKind::Assert { cond, expected, message, target: self.block_id()? })
    }

    fn call(&mut self, destination: Place) -> Parsed<TerminatorKind> {
        let callee = if self.eat_name("intrinsic") {
            let name = self.name()?;
            Callee::Intrinsic(Symbol::intern(&name), self.generic_args()?)
        } else if self.eat_name("def") {
            let name = self.name()?;
            Callee::Def(def_of(&name), self.generic_args()?)
        } else if self.eat("(") {
            let op = self.operand()?;
            self.expect(")")?;
            Callee::Value(op)
        } else {
            Callee::Func(self.function_name()?)
        };
        self.expect("(")?;
        let args = self.operands(")")?;
        self.expect("->")?;
        let target = if self.eat("!") { None } else { Some(self.block_id()?) };
        Ok(TerminatorKind::Call { callee, args, destination, target })
    }

    fn operands(&mut self, close: &'static str) -> Parsed<Vec<Operand>> {
        let mut ops = Vec::new();
        while !self.eat(close) {
            ops.push(self.operand()?);
            if !self.eat(",") {
                self.expect(close)?;
                break;
            }
        }
        Ok(ops)
    }

    // Tokens.

    fn peek(&self) -> &Tok {
        &self.tokens[self.at].kind
    }
    fn peek_at(&self, ahead: usize) -> &Tok {
        &self.tokens[(self.at + ahead).min(self.tokens.len() - 1)].kind
    }
    fn next(&mut self) -> Tok {
        let tok = self.tokens[self.at].kind.clone();
        if self.at + 1 < self.tokens.len() {
            self.at += 1;
        }
        tok
    }
    fn eat(&mut self, symbol: &'static str) -> bool {
        let found = self.peek() == &Tok::Sym(symbol);
        if found {
            self.next();
        }
        found
    }
    fn eat_name(&mut self, name: &str) -> bool {
        let found = matches!(self.peek(), Tok::Name(n) if n == name);
        if found {
            self.next();
        }
        found
    }
    fn expect(&mut self, symbol: &'static str) -> Parsed<()> {
        if self.eat(symbol) {
            Ok(())
        } else {
            let found = self.peek().clone();
            self.fail(format!("expected `{symbol}`, found {found:?}"))
        }
    }
    fn name(&mut self) -> Parsed<String> {
        match self.next() {
            Tok::Name(n) => Ok(n),
            other => {
                self.at = self.at.saturating_sub(1);
                self.fail(format!("expected a name, found {other:?}"))
            }
        }
    }
    fn plain_number(&mut self) -> Parsed<u128> {
        match self.next() {
            Tok::Number(n, None) => match n.parse() {
                Ok(n) => Ok(n),
                Err(_) => self.fail(format!("bad number `{n}`")),
            },
            other => self.fail(format!("expected a number, found {other:?}")),
        }
    }
    fn local(&mut self) -> Parsed<Local> {
        let name = self.name()?;
        match name.strip_prefix('_').and_then(|n| n.parse().ok()) {
            Some(n) => Ok(Local(n)),
            None => self.fail(format!("expected a local, found `{name}`")),
        }
    }
    fn block_id(&mut self) -> Parsed<BlockId> {
        let name = self.name()?;
        match name.strip_prefix("bb").and_then(|n| n.parse().ok()) {
            Some(n) => Ok(BlockId(n)),
            None => self.fail(format!("expected a block, found `{name}`")),
        }
    }
    fn function_name(&mut self) -> Parsed<FuncId> {
        let name = match self.next() {
            Tok::Name(n) | Tok::Quoted(n) => n,
            other => return self.fail(format!("expected a function, found {other:?}")),
        };
        match self.functions.get(&name) {
            Some(id) => Ok(*id),
            None => self.fail(format!("there is no function `{name}`")),
        }
    }
    fn fail<T>(&self, message: String) -> Parsed<T> {
        Err(ParseError { line: self.tokens[self.at].line, message })
    }
}

fn is_terminator(name: &str) -> bool {
    matches!(name, "goto" | "return" | "unreachable" | "drop" | "switch" | "assert")
}

fn decl(ty: Ty) -> LocalDecl {
    LocalDecl { ty, mutability: Mutability::Mut, name: None, span: Span::NONE }
}

/// The definition with this path. Definitions of parsed programs have numbers of their own, above those of any HIR;
/// equal paths have equal numbers in the whole process, because types are interned for the whole process.
pub(super) fn def_of(path: &str) -> DefId {
    use std::sync::{LazyLock, Mutex};
    static NUMBERS: LazyLock<Mutex<HashMap<Symbol, u32>>> = LazyLock::new(Mutex::default);
    let path = Symbol::intern(path);
    let mut numbers = NUMBERS.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let next = 0x8000_0000 + numbers.len() as u32;
    let index = *numbers.entry(path).or_insert(next);
    DefId { index, path }
}
