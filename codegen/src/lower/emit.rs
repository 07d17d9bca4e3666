//! What a back end offers the lowering: its values, and one method for each thing a machine does with them.
//!
//! Nothing here knows MIR's rvalues or terminators. A method makes the instructions it names and decides nothing else;
//! where a back end must know more than another to make good code (an alignment, facts on a type), it is told.

use std::fmt::Debug;

use cloudc_analysis::layout::Prim;
use cloudc_frontend::mir::{BinOp, BlockId, FuncId, Local};
use cloudc_frontend::source::Span;
use cloudc_frontend::ty::Ty;

use super::signature::Signature;
use super::value::{Addr, Val};

/// All of it.
pub(crate) trait Emit: Scalars + Memory + Control + Origins {}

/// Constants, parameters, and variables: what may be written many times and holds one machine value.
pub(crate) trait Values {
    /// A machine value.
    type Value: Copy + Debug;
    /// A variable.
    type Variable: Copy + Debug;

    /// A constant of these bits.
    fn constant(&mut self, prim: Prim, bits: u128) -> Self::Value;
    /// The address of a function of the task.
    fn function(&mut self, func: FuncId) -> Result<Self::Value, String>;
    /// The address of read-only data.
    fn data(&mut self, bytes: &[u8], align: u64) -> Result<Self::Value, String>;
    /// A machine parameter of the function that is made; the run's state is the first.
    fn parameter(&self, index: usize) -> Self::Value;

    /// Makes a variable.
    fn variable(&mut self, prim: Prim) -> Self::Variable;
    /// Reads one.
    fn read_variable(&mut self, variable: Self::Variable, prim: Prim) -> Self::Value;
    /// Writes one.
    fn write_variable(&mut self, variable: Self::Variable, value: Self::Value);
    /// A variable that is not read before it is written, in an order of blocks the back end may not see through.
    fn leave_undefined(&mut self, variable: Self::Variable, prim: Prim);

    /// The run's state.
    fn state(&self) -> Self::Value {
        self.parameter(0)
    }
    /// A `usize`.
    fn usize(&mut self, n: u64) -> Self::Value {
        self.constant(Prim::I64, n.into())
    }
}

/// Arithmetic, comparison and conversion. A `bool` is a byte.
pub(crate) trait Scalars: Values {
    /// An operator on integers and addresses. Arithmetic wraps, shifts mask their amount, a comparison gives a `bool`.
    fn int_binary(&mut self, op: BinOp, signed: bool, x: Self::Value, y: Self::Value) -> Self::Value;
    /// An operator on floats, without the remainder.
    fn float_binary(&mut self, op: BinOp, x: Self::Value, y: Self::Value) -> Self::Value;
    /// `(wrapped, overflowed)` of a sum, a difference or a product of at most 64 bits.
    fn checked(
        &mut self,
        op: BinOp,
        signed: bool,
        x: Self::Value,
        y: Self::Value,
    ) -> (Self::Value, Self::Value);
    /// Of an integer or a float.
    fn negate(&mut self, x: Self::Value) -> Self::Value;
    /// Each bit turned.
    fn complement(&mut self, x: Self::Value) -> Self::Value;
    /// What an operation on the bits of an integer gives, in the integer's type.
    fn bits(&mut self, op: BitOp, x: Self::Value) -> Self::Value;
    /// The bits moved around.
    fn rotate(&mut self, to: Side, x: Self::Value, by: Self::Value) -> Self::Value;
    /// What an operation on a float gives.
    fn float(&mut self, op: FloatOp, x: Self::Value) -> Self::Value;
    /// `x` with the sign of `y`.
    fn copysign(&mut self, x: Self::Value, y: Self::Value) -> Self::Value;
    /// One of two by a `bool`.
    fn select(&mut self, condition: Self::Value, yes: Self::Value, no: Self::Value) -> Self::Value;

    /// An integer or address to one of any width; `signed` is of the source.
    fn resize(&mut self, x: Self::Value, to: Prim, signed: bool) -> Self::Value;
    /// The same bits as another type; integers are cut off or filled up with zeros.
    fn reinterpret(&mut self, x: Self::Value, to: Prim) -> Self::Value;
    /// Rounded to nearest; `signed` is of the source.
    fn int_to_float(&mut self, x: Self::Value, signed: bool, to: Prim) -> Self::Value;
    /// Towards zero, saturating, 0 for NaN; `signed` is of the result.
    fn float_to_int(&mut self, x: Self::Value, signed: bool, to: Prim) -> Self::Value;
    /// Between the two floats.
    fn float_to_float(&mut self, x: Self::Value, to: Prim) -> Self::Value;
}

/// An operation on the bits of an integer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum BitOp {
    /// How many are set.
    Ones,
    /// How many above the highest that is set.
    LeadingZeros,
    /// How many below the lowest that is set.
    TrailingZeros,
    /// The bytes in reverse.
    SwapBytes,
    /// The bits in reverse.
    Reverse,
}

/// An operation on a float.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum FloatOp {
    /// The square root.
    Sqrt,
    /// Rounded down.
    Floor,
    /// Rounded up.
    Ceil,
    /// Rounded towards zero.
    Trunc,
    /// Rounded to nearest, half to even.
    RoundEven,
    /// Without its sign.
    Abs,
}

/// Where bits move.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Side {
    /// To the high end.
    Left,
    /// To the low end.
    Right,
}

/// Addresses and what is there.
pub(crate) trait Memory: Values {
    /// Memory whose address is known when it is asked for: of the frame, or the caller's.
    type Memory: Copy + Debug;
    /// Whether `black_box` must hide a value, because the back end follows values further than the lowering does.
    const FOLLOWS_VALUES: bool;

    /// Memory of the frame.
    fn frame(&mut self, size: u64, align: u64) -> Self::Memory;
    /// Memory a parameter points to.
    fn given(&mut self, address: Self::Value) -> Self::Memory;
    /// Where memory is.
    fn address_of(&mut self, memory: Self::Memory) -> Self::Value;
    /// An address as one value.
    fn address(&mut self, addr: Addr<Self::Value>) -> Self::Value;
    /// The address of an element, of which it is known that it exists.
    fn element(&mut self, base: Addr<Self::Value>, index: Self::Value, stride: u64) -> Addr<Self::Value>;
    /// An address so many elements on, or back.
    fn offset(&mut self, pointer: Self::Value, count: Self::Value, size: u64) -> Self::Value;
    /// A length less a number that is not above it.
    fn shorten(&mut self, len: Self::Value, by: u64) -> Self::Value;
    /// The bytes of so many elements, of which there is one or more.
    fn scale(&mut self, count: Self::Value, size: u64) -> Self::Value;

    /// Reads a machine value that is aligned to so many bytes or as its type wants it, if that is less. It stands at a byte
    /// of a value of some type, which may be told facts on.
    fn load(&mut self, addr: Addr<Self::Value>, prim: Prim, align: u64, part_of: (Ty, u64)) -> Self::Value;
    /// Writes one.
    fn store(&mut self, addr: Addr<Self::Value>, value: Self::Value);
    /// Copies a value; the ranges are the same or do not overlap.
    fn copy(&mut self, to: Addr<Self::Value>, from: Addr<Self::Value>, size: u64, align: u64);
    /// Copies elements of this alignment.
    fn copy_many(
        &mut self,
        overlap: Overlap,
        to: Self::Value,
        from: Self::Value,
        size: Size<Self::Value>,
        align: u64,
    );
    /// Fills bytes.
    fn fill(&mut self, to: Addr<Self::Value>, byte: Self::Value, size: Size<Self::Value>);
    /// The order of two ranges of bytes, as an `i32` whose sign counts.
    fn compare(&mut self, a: Self::Value, b: Self::Value, len: Self::Value) -> Self::Value;
    /// Makes anybody assume that what is there may have been written.
    fn hide(&mut self, addr: Addr<Self::Value>);
}

/// Whether two ranges may overlap.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Overlap {
    /// They may.
    Possible,
    /// They do not.
    Never,
}

/// A number of bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Size<V> {
    /// Known now.
    Known(u64),
    /// Known when the task runs.
    Computed(V),
}

/// Blocks and calls.
pub(crate) trait Control: Values {
    /// Where code can go on.
    type Label: Copy;

    /// Of a block of the body.
    fn block(&self, block: BlockId) -> Self::Label;
    /// Of a block made besides.
    fn new_label(&mut self) -> Self::Label;
    /// What follows is at this label.
    fn start(&mut self, label: Self::Label);
    /// The same for code that is hardly ever run.
    fn start_cold(&mut self, label: Self::Label);

    /// Goes on there.
    fn jump(&mut self, to: Self::Label);
    /// Goes on by a `bool`.
    fn branch(&mut self, condition: Self::Value, yes: Self::Label, no: Self::Label);
    /// Goes on by a number.
    fn switch(&mut self, value: Self::Value, cases: &[(u128, BlockId)], otherwise: BlockId);
    /// Ends the function with these results.
    fn return_(&mut self, results: &[Self::Value]);
    /// Ends the task.
    fn abort(&mut self);
    /// What is here is never reached.
    fn unreachable(&mut self);

    /// Calls with machine values. What is returned through memory counts as nothing.
    fn call(
        &mut self,
        callee: Target<Self::Value>,
        signature: &Signature,
        args: &[Self::Value],
    ) -> Result<Val<Self::Value>, String>;
    /// `table.call[slot](cx, a, b, c, d)` (`docs/abi.md` §6).
    fn host_call(&mut self, slot: Self::Value, args: [Self::Value; 4]) -> Self::Value;
}

/// What is called.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Target<V> {
    /// A function of the task.
    Func(FuncId),
    /// What a value points to.
    Pointer(V),
}

/// Where code comes from, for debuggers.
pub(crate) trait Origins: Values {
    /// What follows is code for this position.
    fn set_location(&mut self, span: Span);
    /// A parameter arrives in these values.
    fn describe_parameter(&mut self, local: Local, values: &[Self::Value]);
}
