//! The operands of LLVM's textual IR, and the writer of one function's instructions.

use std::fmt::{self, Display, Write};

use cloudc_analysis::layout::Prim;
use cloudc_frontend::mir::{BlockId, FuncId};

/// A value of a machine type. `{}` prints the operand (`%t3`), `{:#}` puts its type before it (`i64 %t3`).
#[derive(Clone, Copy, Debug)]
pub(super) struct Value {
    pub prim: Prim,
    pub name: Name,
}

/// What names a value.
#[derive(Clone, Copy, Debug)]
pub(super) enum Name {
    /// The result of an instruction.
    Temp(u32),
    /// A parameter of the function.
    Param(u32),
    /// Memory in the frame.
    Slot(u32),
    /// A constant of these bits.
    Bits(u128),
    /// The address of a function of the task.
    Function(FuncId),
    /// The address of read-only data.
    Data(u32),
}

impl Value {
    /// A constant of these bits, truncated to the width.
    pub fn bits(prim: Prim, bits: u128) -> Value {
        let kept = match prim.size() {
            16 => bits,
            size => bits & ((1 << (size * 8)) - 1),
        };
        Value { prim, name: Name::Bits(kept) }
    }
    /// A `usize`.
    pub fn usize(n: u64) -> Value {
        Value::bits(Prim::I64, n.into())
    }
}

impl Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.alternate() {
            write!(f, "{} ", machine_type(self.prim))?;
        }
        match (self.name, self.prim) {
            (Name::Temp(n), _) => write!(f, "%t{n}"),
            (Name::Param(n), _) => write!(f, "%p{n}"),
            (Name::Slot(n), _) => write!(f, "%s{n}"),
            (Name::Function(func), _) => write!(f, "@f{}", func.0),
            (Name::Data(n), _) => write!(f, "@d{n}"),
            (Name::Bits(0), Prim::Ptr) => f.write_str("null"),
            (Name::Bits(bits), Prim::Ptr) => write!(f, "inttoptr (i64 {bits} to ptr)"),
            // Hexadecimal is exact, and is written as a `double` for both.
            (Name::Bits(bits), Prim::F64) => write!(f, "0x{bits:016X}"),
            (Name::Bits(bits), Prim::F32) if f32::from_bits(bits as u32).is_nan() => {
                write!(f, "bitcast (i32 {bits} to float)")
            }
            (Name::Bits(bits), Prim::F32) => {
                write!(f, "0x{:016X}", f64::from(f32::from_bits(bits as u32)).to_bits())
            }
            (Name::Bits(bits), _) => write!(f, "{bits}"),
        }
    }
}

/// The LLVM type of a machine value.
pub(super) fn machine_type(prim: Prim) -> &'static str {
    match prim {
        Prim::I8 => "i8",
        Prim::I16 => "i16",
        Prim::I32 => "i32",
        Prim::I64 => "i64",
        Prim::I128 => "i128",
        Prim::F32 => "float",
        Prim::F64 => "double",
        Prim::Ptr => "ptr",
    }
}

/// A label: of a block of the body, or of one made besides.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Label {
    /// The code of a MIR block.
    Block(BlockId),
    /// Another.
    Extra(u32),
}

impl Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Label::Block(block) => write!(f, "bb{}", block.0),
            Label::Extra(n) => write!(f, "x{n}"),
        }
    }
}

/// The text of one function while it is written. The frame's memory is allocated first, wherever it was asked for.
#[derive(Default)]
pub(super) struct Writer {
    frame: String,
    code: String,
    temps: u32,
    slots: u32,
    labels: u32,
    /// Number of the metadata that says where in the source what follows stands.
    pub location: Option<u32>,
}

impl Writer {
    /// An instruction with a result.
    pub fn value(&mut self, prim: Prim, instruction: fmt::Arguments<'_>) -> Value {
        let name = Name::Temp(self.temps);
        self.temps += 1;
        let value = Value { prim, name };
        self.line(format_args!("{value} = {instruction}"));
        value
    }

    /// An instruction whose result has a type of its own (a flag, an aggregate, a vector): its name.
    pub fn other(&mut self, instruction: fmt::Arguments<'_>) -> Value {
        self.value(Prim::I64, instruction)
    }

    /// An instruction without a result.
    pub fn line(&mut self, instruction: fmt::Arguments<'_>) {
        let location = Location(self.location);
        // Writing to a string cannot fail.
        let _ = writeln!(self.code, "  {instruction}{location}");
    }

    /// A record for debuggers.
    pub fn note(&mut self, record: fmt::Arguments<'_>) {
        let _ = writeln!(self.code, "  {record}");
    }

    /// What follows has this label.
    pub fn label(&mut self, label: Label) {
        let _ = writeln!(self.code, "{label}:");
    }

    /// A label nobody has used.
    pub fn new_label(&mut self) -> Label {
        self.labels += 1;
        Label::Extra(self.labels - 1)
    }

    /// Memory in the frame.
    pub fn slot(&mut self, ty: fmt::Arguments<'_>, align: u64) -> Value {
        let slot = Value { prim: Prim::Ptr, name: Name::Slot(self.slots) };
        self.slots += 1;
        let _ = writeln!(self.frame, "  {slot} = alloca {ty}, align {align}");
        slot
    }

    /// The body of the function.
    pub fn finish(self) -> String {
        format!("{{\nentry:\n{}{}}}\n", self.frame, self.code)
    }
}

/// What is appended to an instruction.
struct Location(Option<u32>);

impl Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(n) => write!(f, ", !dbg !{n}"),
            None => Ok(()),
        }
    }
}

/// Bytes as the text of a constant.
pub(super) struct Bytes<'a>(pub &'a [u8]);

impl Display for Bytes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for &byte in self.0 {
            match byte {
                b'"' | b'\\' => write!(f, "\\{byte:02X}")?,
                b' '..=b'~' => f.write_char(byte as char)?,
                _ => write!(f, "\\{byte:02X}")?,
            }
        }
        Ok(())
    }
}
