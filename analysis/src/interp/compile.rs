//! Turns a body into [`Code`].

use std::collections::HashMap;

use cloudc_frontend::index::{Idx, IndexVec};
use cloudc_frontend::mir::*;
use cloudc_frontend::source::Span;
use cloudc_frontend::ty::{Ty, TyKind};

use super::code::*;
use super::memory::Memory;
use crate::layout::{Layouts, Prim, Shape, Tag};
use crate::scalar::Num;

/// First address of functions: far above memory, 16 apart.
pub(super) const FUNCTIONS: u64 = 1 << 40;

/// Constant bytes in memory, and source positions by number.
#[derive(Default)]
pub(super) struct Constants {
    known: HashMap<Vec<u8>, u32>,
    /// Position of site `i + 1`; 0 is no position.
    pub sites: Vec<Span>,
}

impl Constants {
    fn place(&mut self, memory: &mut Memory, bytes: &[u8]) -> Result<u32, String> {
        if let Some(&at) = self.known.get(bytes) {
            return Ok(at);
        }
        let at = memory.grant(bytes.len().max(1) as u64, 16).ok_or("no memory for constants")?;
        memory.slice_mut(at, bytes.len() as u64).map_err(|e| format!("{e:?}"))?.copy_from_slice(bytes);
        self.known.insert(bytes.to_vec(), at as u32);
        Ok(at as u32)
    }
    fn site(&mut self, span: Span) -> u32 {
        if span.is_none() {
            return 0;
        }
        let known = self.sites.iter().position(|s| *s == span);
        known.unwrap_or_else(|| {
            self.sites.push(span);
            self.sites.len() - 1
        }) as u32
            + 1
    }
}

pub(super) fn compile(
    layouts: &Layouts<'_>,
    body: &Body,
    memory: &mut Memory,
    constants: &mut Constants,
) -> Result<Code, String> {
    let mut at = 0u64;
    let mut offsets = IndexVec::new();
    for decl in &body.locals {
        let layout = layouts.of(decl.ty);
        at = at.next_multiple_of(layout.align.max(1));
        offsets.push(at as u32);
        at += layout.size;
    }
    let result = (offsets[Local(0)], layouts.of(body.return_ty()).size as u32);
    let params = body.args().map(|l| offsets[l]).collect();
    let mut c = Compiler {
        layouts,
        body,
        memory,
        constants,
        offsets,
        scratch: at.next_multiple_of(16),
        frame: at,
        ops: Vec::new(),
        paths: Vec::new(),
    };
    let mut starts = Vec::with_capacity(body.blocks.len());
    for block in &body.blocks {
        starts.push(c.ops.len() as u32);
        for statement in &block.statements {
            if let StatementKind::Assign(place, rvalue) = &statement.kind {
                c.assign(place, rvalue)?;
            }
        }
        c.terminator(&block.terminator)?;
    }
    let start = |b: &mut u32| *b = starts[*b as usize];
    for op in &mut c.ops {
        match op {
            Op::Jump(b) | Op::Assert { next: b, .. } => start(b),
            Op::Switch { targets, otherwise, .. } => {
                targets.iter_mut().for_each(|(_, b)| start(b));
                start(otherwise);
            }
            Op::Call { next: Some(b), .. } | Op::Intrinsic { next: Some(b), .. } => start(b),
            _ => {}
        }
    }
    let frame = c.frame.next_multiple_of(16);
    Ok(Code { ops: c.ops, paths: c.paths, frame, params, result })
}

struct Compiler<'a, 'p> {
    layouts: &'a Layouts<'p>,
    body: &'a Body,
    memory: &'a mut Memory,
    constants: &'a mut Constants,
    offsets: IndexVec<Local, u32>,
    /// Where values wait while a compound value that reads its own destination is built.
    scratch: u64,
    frame: u64,
    ops: Vec<Op>,
    paths: Vec<Path>,
}

type Compiled<T> = Result<T, String>;

impl Compiler<'_, '_> {
    fn size(&self, ty: Ty) -> u32 {
        self.layouts.of(ty).size as u32
    }
    fn num(&self, ty: Ty) -> Compiled<Num> {
        Num::of(ty).ok_or_else(|| format!("`{ty}` is no scalar"))
    }
    fn is_fat(&self, to: Ty) -> bool {
        !self.layouts.is_sized(to)
    }

    fn place(&mut self, place: &Place) -> Compiled<Addr> {
        let mut ty = self.body.locals[place.local].ty;
        let mut steps: Vec<Step> = Vec::new();
        let mut variant = 0;
        let mut moves = false;
        for &step in &place.projection {
            let add = |steps: &mut Vec<Step>, n: u64| match steps.last_mut() {
                Some(Step::Add(m)) => *m += n,
                _ if n == 0 => {}
                _ => steps.push(Step::Add(n)),
            };
            let mut next_variant = 0;
            match step {
                Projection::Deref => {
                    moves = true;
                    let to = body_deref(ty);
                    steps.push(if self.is_fat(to) { Step::DerefFat } else { Step::Deref });
                }
                Projection::Field(n, _) => {
                    add(&mut steps, self.layouts.field_offset(ty, variant, n as usize));
                }
                Projection::Downcast(v) => next_variant = v as usize,
                Projection::Index(l) => {
                    moves = true;
                    let stride = self.layouts.of(body::element_ty(ty)).size;
                    steps.push(Step::Index { local: self.offsets[l], stride });
                }
                Projection::ConstantIndex { offset, from_end } => {
                    let stride = self.layouts.of(body::element_ty(ty)).size;
                    match (from_end, ty.kind()) {
                        (false, _) => add(&mut steps, offset * stride),
                        (true, TyKind::Array(_, n)) => {
                            let n = n.as_u64().ok_or("an array of unknown length")?;
                            add(&mut steps, (n - offset) * stride);
                        }
                        (true, _) => steps.push(Step::FromEnd { offset, stride }),
                    }
                }
                Projection::Subslice { from, to } => {
                    let stride = self.layouts.of(body::element_ty(ty)).size;
                    if let TyKind::Array(..) = ty.kind() {
                        add(&mut steps, from * stride);
                    } else {
                        steps.push(Step::Subslice { from, to, stride });
                    }
                }
            }
            variant = next_variant;
            ty = body::project_ty(ty, step);
        }
        let base = self.offsets[place.local];
        if !moves {
            let add = steps.iter().map(|s| if let Step::Add(n) = s { *n } else { 0 }).sum::<u64>();
            return Ok(Addr::Frame(base + add as u32));
        }
        self.paths.push(Path { base, steps });
        Ok(Addr::Path(self.paths.len() as u32 - 1))
    }

    /// Where an operand's value is, and its size.
    fn operand(&mut self, operand: &Operand) -> Compiled<Arg> {
        let size = self.size(self.body.operand_ty(operand));
        let from = match operand {
            Operand::Copy(p) | Operand::Move(p) => self.place(p)?,
            Operand::Constant(c) => self.constant(c, size)?,
        };
        Ok(Arg { from, size })
    }

    fn constant(&mut self, constant: &Constant, size: u32) -> Compiled<Addr> {
        let two = |a: u64, b: u64| [a.to_le_bytes(), b.to_le_bytes()].concat();
        let bytes = match &constant.kind {
            ConstantKind::Scalar(bits) => bits.to_le_bytes()[..size.min(16) as usize].to_vec(),
            ConstantKind::ZeroSized => Vec::new(),
            ConstantKind::Str(s) => {
                let at = self.constants.place(self.memory, s.as_str().as_bytes())?;
                two(at as u64, s.as_str().len() as u64)
            }
            ConstantKind::ByteStr(b) | ConstantKind::Data(b) => {
                let at = self.constants.place(self.memory, b)?;
                match constant.ty.builtin_deref().map(|(t, _)| t.kind()) {
                    Some(TyKind::Slice(t)) => {
                        let stride = self.layouts.of(*t).size;
                        two(at as u64, (b.len() as u64).checked_div(stride).unwrap_or(0))
                    }
                    Some(TyKind::Str) => two(at as u64, b.len() as u64),
                    _ => (at as u64).to_le_bytes().to_vec(),
                }
            }
            ConstantKind::Func(f) => (FUNCTIONS + f.index() as u64 * 16).to_le_bytes().to_vec(),
            ConstantKind::Site(span) => self.constants.site(*span).to_le_bytes().to_vec(),
            ConstantKind::Param(_)
            | ConstantKind::Item(..)
            | ConstantKind::Promoted(..)
            | ConstantKind::Static(_) => {
                return Err("a constant is not evaluated".to_string());
            }
        };
        if bytes.len() != size as usize {
            return Err(format!("a constant of {} bytes has type `{}`", bytes.len(), constant.ty));
        }
        Ok(Addr::Fixed(self.constants.place(self.memory, &bytes)?))
    }

    fn assign(&mut self, place: &Place, rvalue: &Rvalue) -> Compiled<()> {
        let ty = self.body.place_ty(place);
        let to = self.place(place)?;
        match rvalue {
            Rvalue::Use(op) => {
                let Arg { from, size } = self.operand(op)?;
                self.copy(to, from, size);
            }
            Rvalue::Repeat(op, _) => {
                let Arg { from, size } = self.operand(op)?;
                if let Shape::Array { count, .. } = self.layouts.of(ty).shape {
                    self.ops.push(Op::Repeat { to, from, stride: size, count });
                }
            }
            Rvalue::Ref(_, p) | Rvalue::RawRef(_, p) => {
                let fat = self.is_fat(self.body.place_ty(p));
                let place = self.place(p)?;
                self.ops.push(Op::AddressOf { to, place, fat });
            }
            Rvalue::Len(p) => match self.body.place_ty(p).kind() {
                TyKind::Array(_, n) => {
                    let from = self.word(n.as_u64().ok_or("an array of unknown length")?)?;
                    self.copy(to, from, 8);
                }
                _ => {
                    let place = self.place(p)?;
                    self.ops.push(Op::Len { to, place });
                }
            },
            Rvalue::Cast(kind, op, target) => self.cast(to, *kind, op, *target)?,
            Rvalue::Binary(op, a, b) | Rvalue::CheckedBinary(op, a, b) => {
                let num = self.num(self.body.operand_ty(a))?;
                let a = self.operand(a)?.from;
                let Arg { from: b, size: rhs_size } = self.operand(b)?;
                let rhs_size = rhs_size.min(if num.size() == 16 { 16 } else { 8 });
                self.ops.push(if let Rvalue::CheckedBinary(..) = rvalue {
                    let flag = self.layouts.field_offset(ty, 0, 1);
                    Op::Checked { op: *op, num, to, a, b, rhs_size, flag }
                } else {
                    Op::Binary { op: *op, num, to, a, b, rhs_size }
                });
            }
            Rvalue::Unary(op, a) => {
                let num = self.num(self.body.operand_ty(a))?;
                let a = self.operand(a)?.from;
                self.ops.push(Op::Unary { op: *op, num, to, a });
            }
            Rvalue::Discriminant(p) => self.discriminant(to, ty, p)?,
            Rvalue::Aggregate(kind, ops) => self.aggregate(place, ty, kind, ops)?,
        }
        Ok(())
    }

    fn copy(&mut self, to: Addr, from: Addr, size: u32) {
        if size > 0 && to != from {
            self.ops.push(Op::Copy { to, from, size });
        }
    }

    fn word(&mut self, n: u64) -> Compiled<Addr> {
        Ok(Addr::Fixed(self.constants.place(self.memory, &n.to_le_bytes())?))
    }

    fn discriminant(&mut self, to: Addr, ty: Ty, p: &Place) -> Compiled<()> {
        let size = self.size(ty);
        let tag = Box::new(tag_read(self.layouts, self.body.place_ty(p)));
        let place = self.place(p)?;
        self.ops.push(Op::Discriminant { to, place, size, tag });
        Ok(())
    }

    fn cast(&mut self, to: Addr, kind: CastKind, op: &Operand, target: Ty) -> Compiled<()> {
        let from_ty = self.body.operand_ty(op);
        let Arg { from, size } = self.operand(op)?;
        match kind {
            CastKind::Unsize => return self.unsize(to, from, size, from_ty, target),
            CastKind::Prim(PrimCast::IntToInt) if matches!(from_ty.kind(), TyKind::Adt(..)) => {
                // An enum without fields: its discriminant, truncated.
                let adt = self.layouts.adt(from_ty);
                let (signed, bytes) = match adt.kind {
                    cloudc_frontend::mono::AdtKind::Enum(d) => (d.is_signed(), self.size(d)),
                    _ => return Err(format!("`{from_ty}` is no integer")),
                };
                let slot = self.scratch as u32;
                self.frame = self.frame.max(self.scratch + 16);
                let tag = Box::new(tag_read(self.layouts, from_ty));
                let a = Addr::Frame(slot);
                self.ops.push(Op::Discriminant { to: a, place: from, size: bytes, tag });
                let num = if signed { Num::Signed(bytes * 8) } else { Num::Unsigned(bytes * 8) };
                let into = self.num(target)?;
                self.ops.push(Op::Convert { from: num, into, to, a });
            }
            CastKind::Prim(
                PrimCast::IntToInt
                | PrimCast::IntToFloat
                | PrimCast::FloatToInt
                | PrimCast::FloatToFloat
                | PrimCast::PtrInt,
            ) => {
                let (from_num, into) = (self.num(from_ty)?, self.num(target)?);
                self.ops.push(Op::Convert { from: from_num, into, to, a: from });
            }
            CastKind::Prim(PrimCast::PtrToPtr | PrimCast::Coercion) | CastKind::Transmute => {
                // A fat pointer made thin keeps its address, which comes first.
                let n = size.min(self.size(target));
                self.copy(to, from, n);
            }
            CastKind::ReifyFn | CastKind::ClosureToFn => return Err("a function item is not resolved".into()),
        }
        Ok(())
    }

    fn unsize(&mut self, to: Addr, from: Addr, size: u32, from_ty: Ty, target: Ty) -> Compiled<()> {
        if size == 16 {
            self.copy(to, from, 16);
            return Ok(());
        }
        let meta = pointee(self.layouts, from_ty)
            .and_then(|t| unsized_length(self.layouts, t))
            .ok_or_else(|| format!("`{from_ty}` does not become `{target}`"))?;
        self.ops.push(Op::Fatten { to, from, meta });
        Ok(())
    }

    fn aggregate(&mut self, place: &Place, ty: Ty, kind: &AggregateKind, ops: &[Operand]) -> Compiled<()> {
        let reads_itself = ops.iter().any(|o| {
            o.place().is_some_and(|p| {
                p.local == place.local
                    || p.is_indirect()
                    || place.is_indirect()
                    || p.projection.contains(&Projection::Index(place.local))
            })
        });
        let variant = if let AggregateKind::Adt(_, v, _) = kind { *v } else { 0 };
        let layout = self.layouts.of(ty);
        let to = self.place(place)?;
        let base = if reads_itself && ops.len() + usize::from(variant > 0) > 1 {
            self.frame = self.frame.max(self.scratch + layout.size.next_multiple_of(16));
            Addr::Frame(self.scratch as u32)
        } else {
            to
        };
        for (i, op) in ops.iter().enumerate() {
            let Arg { from, size } = self.operand(op)?;
            let offset = match layout.shape {
                Shape::Array { stride, .. } => stride * i as u64,
                _ if layout.size == 0 => 0,
                _ => self.layouts.field_offset(ty, variant as usize, i),
            };
            let to = self.inside(base, offset);
            self.copy(to, from, size);
        }
        if let Shape::Enum(tag, _) = &layout.shape {
            let write = match *tag {
                Tag::Single(_) => None,
                Tag::Direct { offset, prim } => {
                    Some((offset, prim, self.layouts.adt(ty).variants[variant as usize].discriminant))
                }
                Tag::Niche { dataful, .. } if dataful == variant => None,
                Tag::Niche { offset, prim, dataful, start } => {
                    let index = if variant < dataful { variant } else { variant - 1 };
                    Some((offset, prim, start.wrapping_add(index as u128)))
                }
            };
            if let Some((offset, prim, bits)) = write {
                let bytes = bits.to_le_bytes();
                let from = Addr::Fixed(self.constants.place(self.memory, &bytes[..prim.size() as usize])?);
                let to = self.inside(base, offset);
                self.copy(to, from, prim.size() as u32);
            }
        }
        if base != to {
            self.copy(to, base, layout.size as u32);
        }
        Ok(())
    }

    /// An address some bytes further.
    fn inside(&mut self, addr: Addr, offset: u64) -> Addr {
        match addr {
            _ if offset == 0 => addr,
            Addr::Frame(at) => Addr::Frame(at + offset as u32),
            Addr::Fixed(at) => Addr::Fixed(at + offset as u32),
            Addr::Path(p) => {
                let Path { base, steps } = &self.paths[p as usize];
                let (base, mut steps) = (*base, steps.clone());
                steps.push(Step::Add(offset));
                self.paths.push(Path { base, steps });
                Addr::Path(self.paths.len() as u32 - 1)
            }
        }
    }

    fn terminator(&mut self, terminator: &Terminator) -> Compiled<()> {
        let op = match &terminator.kind {
            TerminatorKind::Goto(b) => Op::Jump(b.0),
            TerminatorKind::Switch { value, targets, otherwise } => {
                let Arg { from, size } = self.operand(value)?;
                let targets = targets.iter().map(|(v, b)| (*v, b.0)).collect();
                Op::Switch { value: from, size, targets, otherwise: otherwise.0 }
            }
            TerminatorKind::Return => Op::Return,
            TerminatorKind::Unreachable => Op::Stop("unreachable code"),
            TerminatorKind::Drop { .. } => Op::Stop("a drop that is not elaborated"),
            TerminatorKind::Call { callee, args, destination, target } => {
                let args = args.iter().map(|a| self.operand(a)).collect::<Compiled<Box<[_]>>>()?;
                let to = self.place(destination)?;
                let next = target.map(|b| b.0);
                match callee {
                    Callee::Func(f) => Op::Call { target: Target::Func(*f), args, to, next },
                    Callee::Value(op) => {
                        let from = self.operand(op)?.from;
                        Op::Call { target: Target::Pointer(from), args, to, next }
                    }
                    Callee::Intrinsic(name, generic) => {
                        let tys = generic.iter().filter_map(|a| a.as_type()).collect();
                        Op::Intrinsic { name: *name, tys, args, to, next }
                    }
                    Callee::Def(def, _) => return Err(format!("the call of `{}` is not resolved", def.path)),
                }
            }
            TerminatorKind::Assert { cond, expected, message, target } => {
                let cond = self.operand(cond)?.from;
                let span = terminator.span;
                let fail = match message {
                    AssertMessage::BoundsCheck { len, index } => Failing::Bounds {
                        len: self.operand(len)?.from,
                        index: self.operand(index)?.from,
                        span,
                    },
                    other => {
                        let (code, message) = other.code_and_text();
                        Failing::Constant { code, message, span }
                    }
                };
                Op::Assert { cond, expected: *expected, next: target.0, fail: Box::new(fail) }
            }
        };
        self.ops.push(op);
        Ok(())
    }
}

fn body_deref(ty: Ty) -> Ty {
    body::project_ty(ty, Projection::Deref)
}

/// How to read the discriminant of a type.
pub(super) fn tag_read(layouts: &Layouts<'_>, ty: Ty) -> TagRead {
    let layout = layouts.of(ty);
    let Shape::Enum(tag, _) = &layout.shape else { return TagRead::Fixed(0) };
    let variants = &layouts.adt(ty).variants;
    match *tag {
        Tag::Single(v) => TagRead::Fixed(variants.get(v as usize).map_or(0, |v| v.discriminant)),
        Tag::Direct { offset, prim } => {
            let signed = match layouts.adt(ty).kind {
                cloudc_frontend::mono::AdtKind::Enum(d) => {
                    let num = Num::of(d).unwrap_or(Num::Signed(64));
                    d.is_signed() && variants.iter().any(|v| num.signed(v.discriminant) < 0)
                }
                _ => false,
            };
            TagRead::Direct { offset, size: prim.size() as u32, signed }
        }
        Tag::Niche { offset, prim, dataful, start } => TagRead::Niche {
            offset,
            size: prim.size() as u32,
            start: start & mask(prim),
            others: variants
                .iter()
                .enumerate()
                .filter(|(i, _)| *i != dataful as usize)
                .map(|(_, v)| v.discriminant)
                .collect(),
            dataful: variants[dataful as usize].discriminant,
        },
    }
}

fn mask(prim: Prim) -> u128 {
    u128::MAX >> (128 - prim.size() * 8)
}

/// What a reference, pointer, or struct around exactly one pointer points to.
pub(super) fn pointee(layouts: &Layouts<'_>, ty: Ty) -> Option<Ty> {
    if let Some((to, _)) = ty.builtin_deref() {
        return Some(to);
    }
    match ty.kind() {
        TyKind::Adt(..) => layouts.field_tys(ty, 0).into_iter().find_map(|t| pointee(layouts, t)),
        _ => None,
    }
}

/// Length of the array at the end of a type.
pub(super) fn unsized_length(layouts: &Layouts<'_>, ty: Ty) -> Option<u64> {
    match ty.kind() {
        TyKind::Array(_, n) => n.as_u64(),
        TyKind::Adt(..) => unsized_length(layouts, *layouts.field_tys(ty, 0).last()?),
        _ => None,
    }
}

/// Offset and size of what tells the variants of an enum apart.
pub(crate) fn tag_place(layouts: &Layouts<'_>, ty: Ty) -> (u64, u64) {
    match layouts.of(ty).shape {
        Shape::Enum(Tag::Direct { offset, prim } | Tag::Niche { offset, prim, .. }, _) => {
            (offset, prim.size())
        }
        _ => (0, 0),
    }
}
