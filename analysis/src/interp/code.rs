//! Bodies prepared for execution: offsets instead of types, addresses instead of constants.

use cloudc_frontend::mir::{BinOp, FuncId, UnOp};
use cloudc_frontend::source::Span;
use cloudc_frontend::symbol::Symbol;
use cloudc_frontend::ty::Ty;

use crate::scalar::Num;

/// Where a value is.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Addr {
    /// Offset in the frame.
    Frame(u32),
    /// Constant data.
    Fixed(u32),
    /// A path to walk.
    Path(u32),
}

/// A path through pointers or indices.
#[derive(Debug)]
pub(super) struct Path {
    /// Offset in the frame of the local.
    pub base: u32,
    pub steps: Vec<Step>,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    Add(u64),
    /// Goes on at the address found here.
    Deref,
    /// The same with a length beside the address.
    DerefFat,
    /// Index from the local at this offset in the frame.
    Index {
        local: u32,
        stride: u64,
    },
    /// From the end of a slice.
    FromEnd {
        offset: u64,
        stride: u64,
    },
    /// A part of a slice.
    Subslice {
        from: u64,
        to: u64,
        stride: u64,
    },
}

/// How to find the discriminant of an enum.
#[derive(Debug)]
pub(super) enum TagRead {
    Fixed(u128),
    Direct { offset: u64, size: u32, signed: bool },
    Niche { offset: u64, size: u32, start: u128, others: Vec<u128>, dataful: u128 },
}

/// A function to call.
#[derive(Debug)]
pub(super) enum Target {
    Func(FuncId),
    Pointer(Addr),
}

/// An argument: from where, how many bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arg {
    pub from: Addr,
    pub size: u32,
}

#[derive(Debug)]
pub(super) enum Op {
    Copy {
        to: Addr,
        from: Addr,
        size: u32,
    },
    Binary {
        op: BinOp,
        num: Num,
        to: Addr,
        a: Addr,
        b: Addr,
        rhs_size: u32,
    },
    Checked {
        op: BinOp,
        num: Num,
        to: Addr,
        a: Addr,
        b: Addr,
        rhs_size: u32,
        flag: u64,
    },
    Unary {
        op: UnOp,
        num: Num,
        to: Addr,
        a: Addr,
    },
    Convert {
        from: Num,
        into: Num,
        to: Addr,
        a: Addr,
    },
    /// Writes the address of a place, and its length if it has one.
    AddressOf {
        to: Addr,
        place: Addr,
        fat: bool,
    },
    /// Length of a slice.
    Len {
        to: Addr,
        place: Addr,
    },
    /// A fat pointer from a thin one.
    Fatten {
        to: Addr,
        from: Addr,
        meta: u64,
    },
    Discriminant {
        to: Addr,
        place: Addr,
        size: u32,
        tag: Box<TagRead>,
    },
    Repeat {
        to: Addr,
        from: Addr,
        stride: u32,
        count: u64,
    },
    Jump(u32),
    Switch {
        value: Addr,
        size: u32,
        targets: Box<[(u128, u32)]>,
        otherwise: u32,
    },
    Return,
    Call {
        target: Target,
        args: Box<[Arg]>,
        to: Addr,
        next: Option<u32>,
    },
    Intrinsic {
        name: Symbol,
        tys: Box<[Ty]>,
        args: Box<[Arg]>,
        to: Addr,
        next: Option<u32>,
    },
    Assert {
        cond: Addr,
        expected: bool,
        next: u32,
        fail: Box<Failing>,
    },
    /// What no well-formed program reaches.
    Stop(&'static str),
}

/// A failed assertion.
#[derive(Debug)]
pub(super) enum Failing {
    Constant { code: u32, message: &'static str, span: Span },
    Bounds { len: Addr, index: Addr, span: Span },
}

/// A function prepared for execution.
#[derive(Debug)]
pub(super) struct Code {
    pub ops: Vec<Op>,
    pub paths: Vec<Path>,
    /// Bytes of a frame, a multiple of 16.
    pub frame: u64,
    /// Offsets of the parameters.
    pub params: Vec<u32>,
    /// Offset and size of the result.
    pub result: (u32, u32),
}
