//! The operations `std` leaves to the compiler (`runtime-stubs/std/intrinsics.rs`).

use cloudc_frontend::mir::{BinOp, UnOp};
use cloudc_frontend::symbol::Symbol;
use cloudc_frontend::ty::{Ty, TyKind};

use super::compile;
use super::exec::{Machine, Stop, fault, read_tag};
use super::host::Host;
use crate::scalar::{self, Num};

impl Machine<'_, '_> {
    /// Runs one intrinsic. Operands are addresses and sizes; the result goes to `to`.
    pub(super) fn intrinsic(
        &mut self,
        name: Symbol,
        tys: &[Ty],
        args: &[(u64, u32)],
        to: u64,
        host: &mut dyn Host,
    ) -> Result<(), Stop> {
        let name = name.as_str();
        let word = |m: &Self, i: usize| m.memory.load_u64(args[i].0);
        let ty = tys.first().copied();
        let size_of = |m: &Self| ty.map_or(0, |t| m.layouts.of(t).size);
        match name {
            "size_of" => self.memory.store_u64(to, size_of(self))?,
            "align_of" => {
                let align = ty.map_or(1, |t| self.layouts.of(t).align);
                self.memory.store_u64(to, align)?;
            }
            "tag_offset" | "tag_size" => {
                let (offset, size) = ty.map_or((0, 0), |t| compile::tag_place(self.layouts, t));
                self.memory.store_u64(to, if name == "tag_offset" { offset } else { size })?;
            }
            "needs_drop" => {
                let needs = ty.is_some_and(|t| needs_drop(self, t));
                self.memory.store(to, 1, needs as u128)?;
            }
            "size_of_val" => {
                let Some(ty) = ty else { return fault("size_of_val of nothing") };
                let size = match self.layouts.unsized_tail(ty).map(|t| t.kind()) {
                    None => self.layouts.of(ty).size,
                    Some(tail) => {
                        let len = self.memory.load_u64(args[0].0 + 8)?;
                        let stride = if let TyKind::Slice(t) = tail { self.layouts.of(*t).size } else { 1 };
                        let layout = self.layouts.of(ty);
                        (layout.size + stride * len).next_multiple_of(layout.align)
                    }
                };
                self.memory.store_u64(to, size)?;
            }
            "transmute" | "black_box" => self.memory.copy(args[0].0, to, args[0].1 as u64)?,
            "forget" => {}
            "discriminant_value" => {
                let Some(ty) = ty else { return fault("discriminant_value of nothing") };
                let tag = compile::tag_read(self.layouts, ty);
                let value = read_tag(&self.memory, &tag, word(self, 0)?)?;
                self.memory.store_u64(to, value as u64)?;
            }
            "abort" => return fault("abort"),
            "unreachable" => return fault("unreachable code"),
            "offset" => {
                let (p, n) = (word(self, 0)?, word(self, 1)?);
                let at = p.wrapping_add(n.wrapping_mul(size_of(self)));
                self.memory.store_u64(to, at)?;
            }
            "read" => {
                let (from, size) = (word(self, 0)?, size_of(self));
                self.memory.copy(from, to, size)?;
            }
            "write" => {
                let at = word(self, 0)?;
                self.memory.copy(args[1].0, at, args[1].1 as u64)?;
            }
            "copy" | "copy_nonoverlapping" => {
                let (from, at, n) = (word(self, 0)?, word(self, 1)?, word(self, 2)?);
                self.memory.copy(from, at, n.wrapping_mul(size_of(self)))?;
            }
            "write_bytes" => {
                let (at, n) = (word(self, 0)?, word(self, 2)?);
                let byte = self.memory.load(args[1].0, 1)? as u8;
                let size = n.wrapping_mul(size_of(self));
                self.memory.slice_mut(at, size)?.fill(byte);
            }
            "compare_bytes" => {
                let (a, b, n) = (word(self, 0)?, word(self, 1)?, word(self, 2)?);
                let order = self.memory.slice(a, n)?.cmp(self.memory.slice(b, n)?) as i32;
                self.memory.store(to, 4, order as u32 as u128)?;
            }
            "slice_from_raw_parts" | "slice_from_raw_parts_mut" => {
                let (p, n) = (word(self, 0)?, word(self, 1)?);
                self.memory.store_u64(to, p)?;
                self.memory.store_u64(to + 8, n)?;
            }
            "slice_len" => {
                let n = self.memory.load_u64(args[0].0 + 8)?;
                self.memory.store_u64(to, n)?;
            }
            "slice_ptr" => {
                let p = word(self, 0)?;
                self.memory.store_u64(to, p)?;
            }
            "rt_state" => {
                if self.state == 0 {
                    return fault("the program has no runtime state");
                }
                self.memory.store_u64(to, self.state)?;
            }
            "host_call" => {
                let slot = word(self, 0)?;
                let call = [word(self, 1)?, word(self, 2)?, word(self, 3)?, word(self, 4)?];
                let result = self.host_call(slot, call, host)?;
                self.memory.store_u64(to, result as u64)?;
            }
            _ => {
                let num = ty.and_then(Num::of);
                let Some(num) = num else { return fault(format!("the intrinsic `{name}` is not known")) };
                let size = num.size() as u32;
                let mut values = [0u128; 3];
                for (value, arg) in values.iter_mut().zip(args) {
                    *value = self.memory.load(arg.0, arg.1)?;
                }
                match arithmetic(name, num, values) {
                    Some(Computed::Same(z)) => self.memory.store(to, size, z)?,
                    Some(Computed::Count(n)) => self.memory.store(to, 4, n as u128)?,
                    Some(Computed::Flagged(z, flag)) => {
                        let pair = Ty::tuple(&[tys[0], Ty::bool()]);
                        let offset = self.layouts.field_offset(pair, 0, 1);
                        self.memory.store(to, size, z)?;
                        self.memory.store(to + offset, 1, flag as u128)?;
                    }
                    None => return fault(format!("the intrinsic `{name}` is not known or has no value")),
                }
            }
        }
        Ok(())
    }
}

fn needs_drop(m: &Machine<'_, '_>, ty: Ty) -> bool {
    match ty.kind() {
        TyKind::Adt(..) | TyKind::Closure(..) => m.layouts.adt(ty).needs_drop,
        TyKind::Tuple(ts) => ts.iter().any(|t| needs_drop(m, *t)),
        TyKind::Array(t, n) => n.as_u64() != Some(0) && needs_drop(m, *t),
        TyKind::Slice(t) => needs_drop(m, *t),
        TyKind::Dynamic(..) => true,
        _ => false,
    }
}

/// Result of an arithmetic intrinsic.
pub(crate) enum Computed {
    /// Of the type of the operands.
    Same(u128),
    /// A `u32`.
    Count(u32),
    /// With a flag.
    Flagged(u128, bool),
}

/// The arithmetic intrinsics on bits; `None` if the name is none of them or there is no value.
pub(crate) fn arithmetic(name: &str, num: Num, [a, b, c]: [u128; 3]) -> Option<Computed> {
    let bits = num.bits();
    let mask = u128::MAX >> (128 - bits);
    let binary = |op| scalar::binary(op, num, a, b).map(Computed::Same);
    let flagged = |op| scalar::checked(op, num, a, b).map(|(z, f)| Computed::Flagged(z, f));
    let rotate = |n: u32| {
        let n = n % bits;
        Computed::Same(if n == 0 { a } else { ((a << n) | (a >> (bits - n))) & mask })
    };
    match name {
        "wrapping_add" => binary(BinOp::Add),
        "wrapping_sub" => binary(BinOp::Sub),
        "wrapping_mul" => binary(BinOp::Mul),
        "unchecked_div" => binary(BinOp::Div),
        "unchecked_rem" => binary(BinOp::Rem),
        "unchecked_shl" => binary(BinOp::Shl),
        "unchecked_shr" => binary(BinOp::Shr),
        "add_with_overflow" => flagged(BinOp::Add),
        "sub_with_overflow" => flagged(BinOp::Sub),
        "mul_with_overflow" => flagged(BinOp::Mul),
        "rotate_left" => Some(rotate(b as u32)),
        "rotate_right" => Some(rotate(bits - b as u32 % bits)),
        "ctpop" => Some(Computed::Count(a.count_ones())),
        "ctlz" => Some(Computed::Count(a.leading_zeros() - (128 - bits))),
        "cttz" => Some(Computed::Count(a.trailing_zeros().min(bits))),
        "bswap" => Some(Computed::Same(a.swap_bytes() >> (128 - bits))),
        "bitreverse" => Some(Computed::Same(a.reverse_bits() >> (128 - bits))),
        _ => float(name, num, a, b, c).map(Computed::Same),
    }
}

fn float(name: &str, num: Num, a: u128, b: u128, c: u128) -> Option<u128> {
    if let Num::F32 = num {
        let (x, y, z) = (f32::from_bits(a as u32), f32::from_bits(b as u32), f32::from_bits(c as u32));
        let r = match name {
            "fsqrt" => x.sqrt(),
            "ffloor" => x.floor(),
            "fceil" => x.ceil(),
            "ftrunc" => x.trunc(),
            "froundeven" => x.round_ties_even(),
            "fabs" => return Some(a & 0x7fff_ffff),
            "fcopysign" => return Some((a & 0x7fff_ffff) | (b & 0x8000_0000)),
            "ffma" => x.mul_add(y, z),
            "fneg" => return Some(scalar::unary(UnOp::Neg, num, a)),
            _ => return None,
        };
        return Some(r.to_bits() as u128);
    }
    if num != Num::F64 {
        return None;
    }
    let (x, y, z) = (f64::from_bits(a as u64), f64::from_bits(b as u64), f64::from_bits(c as u64));
    let sign = 1u128 << 63;
    let r = match name {
        "fsqrt" => x.sqrt(),
        "ffloor" => x.floor(),
        "fceil" => x.ceil(),
        "ftrunc" => x.trunc(),
        "froundeven" => x.round_ties_even(),
        "fabs" => return Some(a & !sign),
        "fcopysign" => return Some((a & !sign) | (b & sign)),
        "ffma" => x.mul_add(y, z),
        "fneg" => return Some(scalar::unary(UnOp::Neg, num, a)),
        _ => return None,
    };
    Some(r.to_bits() as u128)
}
