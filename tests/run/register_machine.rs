// An assembler with labels and a register machine: FromStr with errors by line, enums as instructions, wrapping arithmetic, call frames.
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::num::Wrapping;
use std::ops::{Index, IndexMut};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Register(u8);

#[derive(Debug, Clone, Copy, PartialEq)]
enum Operand {
    Register(Register),
    Number(i32),
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Instruction {
    Set(Register, Operand),
    Apply(Op, Register, Operand),
    JumpIf { test: Operand, target: usize, negated: bool },
    Call(usize),
    Return,
    Print(Operand),
    Halt,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Op {
    Add,
    Sub,
    Mul,
    Rem,
    Xor,
    Shl,
}

#[derive(Debug, PartialEq)]
enum AsmError<'s> {
    NoSuchInstruction(usize, &'s str),
    BadOperand { line: usize, operand: &'s str },
    MissingOperand(usize),
    NoSuchLabel(&'s str),
    Twice(&'s str),
}

impl fmt::Display for AsmError<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            AsmError::NoSuchInstruction(line, name) => write!(f, "{line}: no instruction `{name}`"),
            AsmError::BadOperand { line, operand } => write!(f, "{line}: bad operand `{operand}`"),
            AsmError::MissingOperand(line) => write!(f, "{line}: an operand is missing"),
            AsmError::NoSuchLabel(label) | AsmError::Twice(label) if label.is_empty() => {
                f.write_str("a label without name")
            }
            AsmError::NoSuchLabel(label) => write!(f, "no label `{label}`"),
            AsmError::Twice(label) => write!(f, "label `{label}` defined twice"),
        }
    }
}

fn operand(text: &str) -> Option<Operand> {
    match text.strip_prefix('r') {
        Some(n) => n.parse().ok().filter(|n| *n < 8).map(|n| Operand::Register(Register(n))),
        None => match text.split_once('x') {
            Some(("0", hex)) => i32::from_str_radix(hex, 16).ok().map(Operand::Number),
            _ => text.parse().ok().map(Operand::Number),
        },
    }
}

fn assemble(source: &str) -> Result<Vec<Instruction>, AsmError<'_>> {
    let mut labels = HashMap::new();
    let mut lines = Vec::new();
    for (number, line) in source.lines().enumerate() {
        let line = line.split(';').next().unwrap_or("").trim();
        match line.strip_suffix(':') {
            Some(label) => {
                if labels.insert(label, lines.len()).is_some() {
                    return Err(AsmError::Twice(label));
                }
            }
            None if line.is_empty() => {}
            None => lines.push((number + 1, line)),
        }
    }
    let target = |label| labels.get(label).copied().ok_or(AsmError::NoSuchLabel(label));
    lines
        .into_iter()
        .map(|(line, text)| {
            let mut words = text.split([' ', ',']).filter(|w| !w.is_empty());
            let name = words.next().unwrap_or_default();
            let mut word = || words.next().ok_or(AsmError::MissingOperand(line));
            let value = |text| operand(text).ok_or(AsmError::BadOperand { line, operand: text });
            let register = |text| match value(text)? {
                Operand::Register(r) => Ok(r),
                Operand::Number(_) => Err(AsmError::BadOperand { line, operand: text }),
            };
            let op = match name {
                "set" => return Ok(Instruction::Set(register(word()?)?, value(word()?)?)),
                "jnz" | "jz" => {
                    let test = value(word()?)?;
                    return Ok(Instruction::JumpIf { test, target: target(word()?)?, negated: name == "jz" });
                }
                "call" => return target(word()?).map(Instruction::Call),
                "ret" => return Ok(Instruction::Return),
                "print" => return Ok(Instruction::Print(value(word()?)?)),
                "halt" => return Ok(Instruction::Halt),
                "add" => Op::Add,
                "sub" => Op::Sub,
                "mul" => Op::Mul,
                "rem" => Op::Rem,
                "xor" => Op::Xor,
                "shl" => Op::Shl,
                _ => return Err(AsmError::NoSuchInstruction(line, name)),
            };
            Ok(Instruction::Apply(op, register(word()?)?, value(word()?)?))
        })
        .collect()
}

#[derive(Debug)]
enum Stop {
    Halted,
    RanOff,
    DividedByZero(usize),
    OutOfFuel,
}

#[derive(Default)]
struct Machine {
    registers: [Wrapping<i32>; 8],
    frames: Vec<usize>,
    output: Vec<i32>,
    counts: BTreeMap<&'static str, u32>,
}

impl Index<Register> for Machine {
    type Output = Wrapping<i32>;
    fn index(&self, r: Register) -> &Self::Output {
        &self.registers[usize::from(r.0)]
    }
}

impl IndexMut<Register> for Machine {
    fn index_mut(&mut self, r: Register) -> &mut Self::Output {
        &mut self.registers[usize::from(r.0)]
    }
}

impl Machine {
    fn value(&self, operand: Operand) -> Wrapping<i32> {
        match operand {
            Operand::Register(r) => self[r],
            Operand::Number(n) => Wrapping(n),
        }
    }

    fn run(&mut self, program: &[Instruction], fuel: u32) -> Stop {
        let mut pc = 0;
        for _ in 0..fuel {
            let Some(&instruction) = program.get(pc) else { return Stop::RanOff };
            pc += 1;
            let name = match instruction {
                Instruction::Set(r, v) => {
                    self[r] = self.value(v);
                    "set"
                }
                Instruction::Apply(op, r, v) => {
                    let v = self.value(v);
                    match op {
                        Op::Add => self[r] += v,
                        Op::Sub => self[r] -= v,
                        Op::Mul => self[r] *= v,
                        Op::Rem if v.0 == 0 => return Stop::DividedByZero(pc),
                        Op::Rem => self[r] %= v,
                        Op::Xor => self[r] ^= v,
                        Op::Shl => self[r] <<= (v.0 & 31) as usize,
                    }
                    "apply"
                }
                Instruction::JumpIf { test, target, negated } => {
                    if (self.value(test).0 != 0) != negated {
                        pc = target;
                    }
                    "jump"
                }
                Instruction::Call(target) => {
                    self.frames.push(std::mem::replace(&mut pc, target));
                    "call"
                }
                Instruction::Return => match self.frames.pop() {
                    Some(back) => {
                        pc = back;
                        "return"
                    }
                    None => return Stop::Halted,
                },
                Instruction::Print(v) => {
                    let v = self.value(v).0;
                    self.output.push(v);
                    "print"
                }
                Instruction::Halt => return Stop::Halted,
            };
            *self.counts.entry(name).or_default() += 1;
        }
        Stop::OutOfFuel
    }
}

const FACTORIALS: &str = "
    set r0, 1        ; counter
    set r1, 1
again:
    mul r1, r0
    print r1
    add r0 1
    set r2, r0
    xor r2, 15
    jnz r2, again
    call gcd
    halt
gcd:                 ; of r3 and r4
    set r3 1071
    set r4 0x1ce
loop:
    set r5 r3
    rem r5 r4
    set r3 r4
    set r4 r5
    jnz r4 loop
    print r3
    ret";

fn main() {
    let sources = [
        FACTORIALS,
        "a:\njz 0 a",
        "set r1 1\nrem r1 r0",
        "set r9 1",
        "nop",
        "set r1",
        "jnz r1 nowhere",
        "x:\nx:",
        "set 1 r1",
        "print -7",
    ];
    for source in sources {
        let program = match assemble(source) {
            Ok(program) => program,
            Err(e) => {
                println!("error {e}");
                continue;
            }
        };
        let mut machine = Machine::default();
        let stop = machine.run(&program, 500);
        match stop {
            Stop::DividedByZero(at) => println!("division by zero before {at}"),
            other => println!("{other:?} {:?} {:?}", machine.output, machine.counts),
        }
    }
}
