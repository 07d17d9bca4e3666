//! Runs prepared code.

use std::rc::Rc;

use cloudc_frontend::index::{Idx, IndexVec};
use cloudc_frontend::mir::FuncId;
use cloudc_frontend::source::Span;
use cloudc_frontend::symbol::Symbol;
use cloudc_frontend::ty::TyKind;

use super::code::*;
use super::compile::{self, Constants, FUNCTIONS};
use super::host::{Abi, Host, HostStop};
use super::memory::{BadAddress, LOWEST, Memory};
use super::{Failure, Limit, Limits, Outcome, Run};
use crate::layout::Layouts;
use crate::scalar;

/// A program being run.
pub struct Machine<'a, 'p> {
    /// The input that lists the names of the inputs after it, if the task reads inputs by name.
    pub named_inputs: Option<usize>,
    pub(super) layouts: &'a Layouts<'p>,
    limits: Limits,
    pub(super) memory: Memory,
    constants: Constants,
    codes: IndexVec<FuncId, Option<Rc<Code>>>,
    pub(super) abi: Abi,
    /// Address of the runtime's state; 0 if the program has no runtime.
    pub(super) state: u64,
    steps: u64,
    early: Option<Outcome>,
}

/// Why execution stops before the function returns.
pub(super) enum Stop {
    Bad(BadAddress),
    Ended(Box<Outcome>),
}

impl From<BadAddress> for Stop {
    #[cold]
    fn from(bad: BadAddress) -> Self {
        Stop::Bad(bad)
    }
}
impl From<HostStop> for Stop {
    fn from(stop: HostStop) -> Self {
        match stop {
            HostStop::Bad(bad) => Stop::Bad(bad),
            HostStop::Ended(outcome) => Stop::Ended(Box::new(outcome)),
        }
    }
}

#[cold]
pub(super) fn fault<T>(message: impl Into<String>) -> Result<T, Stop> {
    Err(Stop::Ended(Box::new(Outcome::Fault(message.into()))))
}

struct Frame {
    code: Rc<Code>,
    pc: u32,
    base: u64,
    /// Where the result goes in the caller, as an address.
    result: u64,
}

impl<'a, 'p> Machine<'a, 'p> {
    /// Ready to run functions of the program of `layouts`.
    pub fn new(layouts: &'a Layouts<'p>, limits: Limits) -> Self {
        Machine {
            layouts,
            limits,
            memory: Memory::new(limits.stack, limits.memory),
            constants: Constants::default(),
            codes: layouts.program().functions.iter().map(|_| None).collect(),
            abi: Abi::default(),
            state: 0,
            steps: 0,
            early: None,
            named_inputs: None,
        }
    }

    /// Lays out what a task finds at its entry.
    pub fn start(&mut self, inputs: &[Vec<u8>], outputs: usize, _text_output: Option<usize>) {
        match Abi::new(&mut self.memory, inputs, outputs) {
            Ok(abi) => self.abi = abi,
            Err(HostStop::Ended(outcome)) => self.early = Some(outcome),
            Err(HostStop::Bad(bad)) => self.early = Some(Outcome::Fault(format!("{bad:x?}"))),
        }
    }

    /// Runs `rt_start`, the function, `rt_finish`, as far as the program has them.
    pub fn run_with_runtime(
        &mut self,
        function: FuncId,
        args: &[Vec<u8>],
        text_output: Option<usize>,
        host: &mut dyn Host,
    ) -> Outcome {
        if let Some(outcome) = self.early.take() {
            return outcome;
        }
        let lang = |name: &str| self.layouts.program().lang_funcs.get(&Symbol::intern(name)).copied();
        let (start, finish) = (lang("rt_start"), lang("rt_finish"));
        if let Some(start) = start {
            let param = self.layouts.program().functions[start].body.locals.raw.get(1).map(|d| d.ty.kind());
            let size = match param {
                Some(TyKind::RawPtr(state, _)) => self.layouts.of(*state).size,
                _ => 4096,
            };
            let Some(state) = self.memory.grant(size, 64) else { return Outcome::Limit(Limit::Memory) };
            self.state = state;
            let text_output = text_output.map_or(u64::MAX, |n| n as u64);
            let named_inputs = self.named_inputs.map_or(u64::MAX, |n| n as u64);
            let words = [state, self.abi.context, text_output, named_inputs];
            let count = self.layouts.program().functions[start].body.arg_count;
            let words: Vec<Vec<u8>> = words.iter().take(count).map(|w| w.to_le_bytes().to_vec()).collect();
            let outcome = self.call(start, &words, host);
            if !matches!(outcome, Outcome::Returned(_)) {
                return outcome;
            }
        }
        let outcome = self.call(function, args, host);
        if let (Outcome::Returned(_), Some(finish)) = (&outcome, finish) {
            let finished = self.call(finish, &[], host);
            if !matches!(finished, Outcome::Returned(_)) {
                return finished;
            }
        }
        outcome
    }

    /// The result of the whole run.
    pub fn finish(self, outcome: Outcome) -> Run {
        Run { outcome, outputs: self.abi.outputs(&self.memory), steps: self.steps }
    }

    /// Simulated memory, to look at results that hold pointers.
    pub fn memory(&self) -> &Memory {
        &self.memory
    }

    /// Steps done so far.
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// Runs one function on these argument bytes.
    pub fn call(&mut self, function: FuncId, args: &[Vec<u8>], host: &mut dyn Host) -> Outcome {
        match self.execute(function, args, host) {
            Ok(bytes) => Outcome::Returned(bytes),
            Err(Stop::Ended(outcome)) => *outcome,
            Err(Stop::Bad(bad)) => {
                let stack = LOWEST + self.limits.stack;
                if (stack..stack + 4096).contains(&bad.address) && bad.address + bad.size > stack {
                    return Outcome::Limit(Limit::Depth);
                }
                Outcome::Fault(format!("no {} bytes at {:#x}", bad.size, bad.address))
            }
        }
    }

    fn code(&mut self, function: FuncId) -> Result<Rc<Code>, Stop> {
        match self.codes.get(function) {
            Some(Some(code)) => return Ok(code.clone()),
            Some(None) => {}
            None => return fault(format!("there is no function {function}")),
        }
        let f = &self.layouts.program().functions[function];
        match compile::compile(self.layouts, &f.body, &mut self.memory, &mut self.constants) {
            Ok(code) => {
                let code = Rc::new(code);
                self.codes[function] = Some(code.clone());
                Ok(code)
            }
            Err(message) => fault(format!("`{}` cannot be run: {message}", f.name)),
        }
    }

    #[inline]
    fn address(&self, code: &Code, base: u64, addr: Addr) -> Result<u64, Stop> {
        match addr {
            Addr::Frame(at) => Ok(base + at as u64),
            Addr::Fixed(at) => Ok(at as u64),
            Addr::Path(p) => Ok(self.walk(code, base, p)?.0),
        }
    }

    /// Address and length at the end of a path.
    #[inline]
    fn walk(&self, code: &Code, base: u64, path: u32) -> Result<(u64, u64), Stop> {
        let path = &code.paths[path as usize];
        let mut at = base + path.base as u64;
        let mut meta = 0;
        for step in &path.steps {
            match *step {
                Step::Add(n) => at = at.wrapping_add(n),
                Step::Deref => at = self.memory.load_u64(at)?,
                Step::DerefFat => {
                    meta = self.memory.load_u64(at + 8)?;
                    at = self.memory.load_u64(at)?;
                }
                Step::Index { local, stride } => {
                    at = at.wrapping_add(self.memory.load_u64(base + local as u64)?.wrapping_mul(stride));
                }
                Step::FromEnd { offset, stride } => {
                    at = at.wrapping_add(meta.wrapping_sub(offset).wrapping_mul(stride));
                }
                Step::Subslice { from, to, stride } => {
                    at = at.wrapping_add(from.wrapping_mul(stride));
                    meta = meta.wrapping_sub(from).wrapping_sub(to);
                }
            }
        }
        Ok((at, meta))
    }

    fn execute(&mut self, function: FuncId, args: &[Vec<u8>], host: &mut dyn Host) -> Result<Vec<u8>, Stop> {
        let mut code = self.code(function)?;
        let mut base = LOWEST;
        let mut pc = 0u32;
        let mut callers: Vec<Frame> = Vec::new();
        if args.len() != code.params.len() {
            return fault(format!("{} arguments instead of {}", args.len(), code.params.len()));
        }
        for (arg, at) in args.iter().zip(&code.params) {
            self.memory.slice_mut(base + *at as u64, arg.len() as u64)?.copy_from_slice(arg);
        }
        let end = LOWEST + self.limits.stack;
        let mut budget = self.limits.steps.saturating_sub(self.steps);
        let start = budget;
        macro_rules! at {
            ($a:expr) => {
                self.address(&code, base, $a)?
            };
        }
        loop {
            if budget == 0 {
                self.steps += start;
                return Err(Stop::Ended(Box::new(Outcome::Limit(Limit::Steps))));
            }
            budget -= 1;
            let op = &code.ops[pc as usize];
            pc += 1;
            match op {
                Op::Copy { to, from, size } => {
                    let (from, to) = (at!(*from), at!(*to));
                    self.memory.copy(from, to, *size as u64)?;
                }
                Op::Binary { op, num, to, a, b, rhs_size } => {
                    let size = num.size() as u32;
                    let x = self.memory.load(at!(*a), size)?;
                    let y = self.memory.load(at!(*b), *rhs_size)?;
                    let Some(z) = scalar::binary(*op, *num, x, y) else {
                        return fault(format!("{op:?} of {x} and {y} has no value"));
                    };
                    let to = at!(*to);
                    self.memory.store(to, if op.is_comparison() { 1 } else { size }, z)?;
                }
                Op::Checked { op, num, to, a, b, rhs_size, flag } => {
                    let size = num.size() as u32;
                    let x = self.memory.load(at!(*a), size)?;
                    let y = self.memory.load(at!(*b), *rhs_size)?;
                    let Some((z, overflow)) = scalar::checked(*op, *num, x, y) else {
                        return fault(format!("checked {op:?} does not exist"));
                    };
                    let to = at!(*to);
                    self.memory.store(to, size, z)?;
                    self.memory.store(to + flag, 1, overflow as u128)?;
                }
                Op::Unary { op, num, to, a } => {
                    let size = num.size() as u32;
                    let z = scalar::unary(*op, *num, self.memory.load(at!(*a), size)?);
                    let to = at!(*to);
                    self.memory.store(to, size, z)?;
                }
                Op::Convert { from, into, to, a } => {
                    let z = scalar::convert(*from, *into, self.memory.load(at!(*a), from.size() as u32)?);
                    let to = at!(*to);
                    self.memory.store(to, into.size() as u32, z)?;
                }
                Op::AddressOf { to, place, fat } => {
                    let (address, meta) = match place {
                        Addr::Path(p) => self.walk(&code, base, *p)?,
                        other => (at!(*other), 0),
                    };
                    let to = at!(*to);
                    self.memory.store_u64(to, address)?;
                    if *fat {
                        self.memory.store_u64(to + 8, meta)?;
                    }
                }
                Op::Len { to, place } => {
                    let meta = match place {
                        Addr::Path(p) => self.walk(&code, base, *p)?.1,
                        _ => return fault("a slice that is no path"),
                    };
                    let to = at!(*to);
                    self.memory.store_u64(to, meta)?;
                }
                Op::Fatten { to, from, meta } => {
                    let word = self.memory.load_u64(at!(*from))?;
                    let to = at!(*to);
                    self.memory.store_u64(to, word)?;
                    self.memory.store_u64(to + 8, *meta)?;
                }
                Op::Discriminant { to, place, size, tag } => {
                    let value = read_tag(&self.memory, tag, at!(*place))?;
                    let to = at!(*to);
                    self.memory.store(to, *size, value)?;
                }
                Op::Repeat { to, from, stride, count } => {
                    let (from, to) = (at!(*from), at!(*to));
                    let stride = *stride as u64;
                    let element = self.memory.slice(from, stride)?.to_vec();
                    if let &[byte] = &element[..] {
                        self.memory.slice_mut(to, *count)?.fill(byte);
                    } else {
                        for piece in
                            self.memory.slice_mut(to, stride * count)?.chunks_exact_mut(element.len().max(1))
                        {
                            piece.copy_from_slice(&element);
                        }
                    }
                }
                Op::Jump(b) => pc = *b,
                Op::Switch { value, size, targets, otherwise } => {
                    let v = self.memory.load(at!(*value), *size)?;
                    pc = targets.iter().find(|(t, _)| *t == v).map_or(*otherwise, |(_, b)| *b);
                }
                Op::Return => {
                    let (from, size) = (base + code.result.0 as u64, code.result.1 as u64);
                    let Some(caller) = callers.pop() else {
                        self.steps += start - budget;
                        return Ok(self.memory.slice(from, size)?.to_vec());
                    };
                    if caller.pc == u32::MAX {
                        return fault("a function that never returns has returned");
                    }
                    self.memory.copy(from, caller.result, size)?;
                    (code, base, pc) = (caller.code, caller.base, caller.pc);
                }
                Op::Call { target, args, to, next } => {
                    let function = match target {
                        Target::Func(f) => *f,
                        Target::Pointer(p) => {
                            let address = self.memory.load_u64(at!(*p))?;
                            match address.checked_sub(FUNCTIONS).filter(|n| n % 16 == 0) {
                                Some(n) => FuncId::new((n / 16) as usize),
                                None => return fault(format!("a call of {address:#x}")),
                            }
                        }
                    };
                    let callee = match &self.codes[function] {
                        Some(callee) => callee.clone(),
                        None => self.code(function)?,
                    };
                    if callee.params.len() != args.len() {
                        return fault(format!("a call with {} arguments", args.len()));
                    }
                    let new = base + code.frame;
                    if new + callee.frame > end || callers.len() >= self.limits.depth {
                        self.steps += start - budget;
                        return Err(Stop::Ended(Box::new(Outcome::Limit(Limit::Depth))));
                    }
                    // Frames start zeroed only as far as nothing ran there before: nothing may depend on it.
                    for (arg, param) in args.iter().zip(&callee.params) {
                        let from = at!(arg.from);
                        self.memory.copy(from, new + *param as u64, arg.size as u64)?;
                    }
                    let result = at!(*to);
                    // A function that never returns has nowhere to go back to.
                    let back = next.unwrap_or(u32::MAX);
                    callers.push(Frame { code, pc: back, base, result });
                    (code, base, pc) = (callee, new, 0);
                }
                Op::Intrinsic { name, tys, args, to, next } => {
                    let mut operands = [(0u64, 0u32); 6];
                    for (slot, arg) in operands.iter_mut().zip(args) {
                        *slot = (at!(arg.from), arg.size);
                    }
                    let to = at!(*to);
                    self.intrinsic(*name, tys, &operands[..args.len().min(6)], to, host)?;
                    match next {
                        Some(b) => pc = *b,
                        None => return fault(format!("`{name}` returned")),
                    }
                }
                Op::Assert { cond, expected, next, fail } => {
                    if (self.memory.load(at!(*cond), 1)? != 0) == *expected {
                        pc = *next;
                        continue;
                    }
                    self.steps += start - budget;
                    return match &**fail {
                        Failing::Constant { code, message, span } => {
                            self.fail_constant(*code, message, *span, host)
                        }
                        Failing::Bounds { len, index, span } => {
                            let (len, index) =
                                (self.memory.load_u64(at!(*len))?, self.memory.load_u64(at!(*index))?);
                            self.fail_bounds(len, index, *span, host)
                        }
                    };
                }
                Op::Stop(why) => return fault(*why),
            }
        }
    }

    /// A failed check ends the run as the functions of `std::panicking` would: the text printed so far is kept.
    fn fail_constant(
        &mut self,
        code: u32,
        message: &str,
        span: Span,
        host: &mut dyn Host,
    ) -> Result<Vec<u8>, Stop> {
        self.keep_text(host);
        let failure = Failure { code, site: span, message: message.to_string(), detail: 0 };
        Err(Stop::Ended(Box::new(Outcome::Panicked(failure))))
    }

    fn fail_bounds(
        &mut self,
        len: u64,
        index: u64,
        span: Span,
        host: &mut dyn Host,
    ) -> Result<Vec<u8>, Stop> {
        self.keep_text(host);
        let message = format!("index out of bounds: the len is {len} but the index is {index}");
        let failure = Failure { code: 2, site: span, message, detail: index };
        Err(Stop::Ended(Box::new(Outcome::Panicked(failure))))
    }

    /// Hands over the text printed before a failed check.
    fn keep_text(&mut self, host: &mut dyn Host) {
        let finish = self.layouts.program().lang_funcs.get(&Symbol::intern("rt_finish")).copied();
        if let Some(finish) = finish.filter(|_| self.state != 0) {
            // The stack of the failed run is dead, so its start may be used again.
            self.call(finish, &[], host);
        }
    }

    pub(super) fn host_call(&mut self, slot: u64, args: [u64; 4], host: &mut dyn Host) -> Result<i64, Stop> {
        Ok(self.abi.call(&mut self.memory, host, &self.constants.sites, slot, args)?)
    }
}

/// The discriminant of the enum value at an address.
pub(super) fn read_tag(memory: &Memory, tag: &TagRead, at: u64) -> Result<u128, BadAddress> {
    Ok(match tag {
        TagRead::Fixed(value) => *value,
        TagRead::Direct { offset, size, signed } => {
            let bits = memory.load(at + offset, *size)?;
            if *signed { scalar::Num::Signed(size * 8).signed(bits) as u128 } else { bits }
        }
        TagRead::Niche { offset, size, start, others, dataful } => {
            let bits = memory.load(at + offset, *size)?;
            let mask = u128::MAX >> (128 - size * 8);
            let index = bits.wrapping_sub(*start) & mask;
            others.get(usize::try_from(index).unwrap_or(usize::MAX)).copied().unwrap_or(*dataful)
        }
    })
}
