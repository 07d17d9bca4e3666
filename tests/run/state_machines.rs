// State machines three ways: enum transitions, trait objects, and a table; plus a tiny virtual machine with a macro for its program.
use std::collections::BTreeMap;
use std::fmt::{self, Display};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Light {
    Red,
    Green,
    Yellow,
}
impl Light {
    const ALL: [Light; 3] = [Light::Red, Light::Green, Light::Yellow];
    fn next(self) -> Self {
        use Light::*;
        match self {
            Red => Green,
            Green => Yellow,
            Yellow => Red,
        }
    }
    fn seconds(&self) -> u32 {
        match self {
            Self::Red | Self::Green => 30,
            Self::Yellow => 5,
        }
    }
}

trait State {
    fn handle(self: Box<Self>, input: char) -> Box<dyn State>;
    fn name(&self) -> String;
    fn is_final(&self) -> bool {
        false
    }
}
struct Start;
struct Digits {
    value: u32,
}
struct Failed(char);
impl State for Start {
    fn handle(self: Box<Self>, input: char) -> Box<dyn State> {
        match input.to_digit(10) {
            Some(value) => Box::new(Digits { value }),
            None if input == ' ' => self,
            None => Box::new(Failed(input)),
        }
    }
    fn name(&self) -> String {
        "start".into()
    }
}
impl State for Digits {
    fn handle(mut self: Box<Self>, input: char) -> Box<dyn State> {
        if let Some(d) = input.to_digit(10) {
            self.value = self.value * 10 + d;
            self
        } else {
            Box::new(Failed(input))
        }
    }
    fn name(&self) -> String {
        format!("digits({})", self.value)
    }
    fn is_final(&self) -> bool {
        true
    }
}
impl State for Failed {
    fn handle(self: Box<Self>, _: char) -> Box<dyn State> {
        self
    }
    fn name(&self) -> String {
        format!("failed at {:?}", self.0)
    }
}
fn run(text: &str) -> Box<dyn State> {
    text.chars().fold(Box::new(Start) as Box<dyn State>, |state, c| state.handle(c))
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Op {
    Push(i64),
    Add,
    Mul,
    Dup,
    Swap,
    JumpIfZero(usize),
    Jump(usize),
    Print,
    Halt,
}

macro_rules! program {
    (@op push $n:literal) => { Op::Push($n) };
    (@op jz $n:literal) => { Op::JumpIfZero($n) };
    (@op jmp $n:literal) => { Op::Jump($n) };
    (@op add) => { Op::Add };
    (@op mul) => { Op::Mul };
    (@op dup) => { Op::Dup };
    (@op swap) => { Op::Swap };
    (@op print) => { Op::Print };
    (@op halt) => { Op::Halt };
    ($($name:ident $($arg:literal)?);* $(;)?) => { vec![$(program!(@op $name $($arg)?)),*] };
}

#[derive(Debug)]
enum Fault {
    Underflow { at: usize, op: Op },
    OutOfCode(usize),
    TooLong,
}
impl Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Underflow { at, op } => write!(f, "stack underflow at {at} ({op:?})"),
            Fault::OutOfCode(at) => write!(f, "no instruction {at}"),
            Fault::TooLong => f.write_str("too many steps"),
        }
    }
}

struct Machine<'p, W: FnMut(i64)> {
    code: &'p [Op],
    stack: Vec<i64>,
    at: usize,
    print: W,
}
impl<'p, W: FnMut(i64)> Machine<'p, W> {
    fn new(code: &'p [Op], print: W) -> Self {
        Machine { code, stack: Vec::new(), at: 0, print }
    }
    fn run(&mut self) -> Result<usize, Fault> {
        for step in 0..1000 {
            let op = *self.code.get(self.at).ok_or(Fault::OutOfCode(self.at))?;
            let at = self.at;
            self.at += 1;
            macro_rules! pop {
                () => {
                    self.stack.pop().ok_or(Fault::Underflow { at, op })?
                };
            }
            match op {
                Op::Push(n) => self.stack.push(n),
                Op::Add => {
                    let (b, a) = (pop!(), pop!());
                    self.stack.push(a + b);
                }
                Op::Mul => {
                    let (b, a) = (pop!(), pop!());
                    self.stack.push(a * b);
                }
                Op::Dup => {
                    let top = pop!();
                    self.stack.extend([top, top]);
                }
                Op::Swap => {
                    let (b, a) = (pop!(), pop!());
                    self.stack.extend_from_slice(&[b, a]);
                }
                Op::JumpIfZero(to) => {
                    if pop!() == 0 {
                        self.at = to;
                    }
                }
                Op::Jump(to) => self.at = to,
                Op::Print => {
                    let top = pop!();
                    (self.print)(top)
                }
                Op::Halt => return Ok(step),
            }
        }
        Err(Fault::TooLong)
    }
}

fn main() {
    let mut light = Light::Red;
    let mut spent: BTreeMap<Light, u32> = BTreeMap::new();
    for _ in 0..7 {
        *spent.entry(light).or_insert(0) += light.seconds();
        light = light.next();
    }
    println!("{spent:?} {light:?} {}", Light::ALL.iter().map(Light::seconds).sum::<u32>());
    for text in ["  42", "7 7", "x1", "", "123456"] {
        let end = run(text);
        println!("{text:>8}: {}{}", end.name(), if end.is_final() { " (final)" } else { "" });
    }
    let countdown = program![push 3; dup; print; push -1; add; dup; jz 8; jmp 1; halt];
    let mut printed = vec![];
    let result = Machine::new(&countdown, |n| printed.push(n)).run();
    println!("{result:?} {printed:?}");
    let programs = [program![add], program![push 2; push 3; mul; print; jmp 9], program![jmp 0;], program! { push 1; push 2; swap; print; print; halt }];
    for code in &programs {
        match Machine::new(code, |n| print!("<{n}> ")).run() {
            Ok(steps) => println!("ok after {steps}"),
            Err(fault) => println!("{fault}"),
        }
    }
}
