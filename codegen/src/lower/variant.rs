//! Discriminants: how an enum tells its variants apart.

use cloudc_analysis::layout::{Abi, Layout, Prim, Shape, Tag};
use cloudc_frontend::bug;
use cloudc_frontend::mir::BinOp;
use cloudc_frontend::mono::AdtKind;

use super::value::{Home, PlaceRef, Spot};
use super::{Emit, Lower};

impl<E: Emit> Lower<'_, E> {
    /// Writes what tells a variant from the others.
    pub(super) fn set_variant(&mut self, at: PlaceRef<E::Value>, layout: &Layout, variant: usize) {
        let Shape::Enum(tag, _) = &layout.shape else { return };
        let (offset, prim, bits) = match *tag {
            Tag::Single(_) => return,
            Tag::Direct { offset, prim } => {
                (offset, prim, self.layouts.adt(at.ty).variants[variant].discriminant)
            }
            Tag::Niche { dataful, .. } if dataful as usize == variant => return,
            Tag::Niche { offset, prim, dataful, start } => {
                let position = variant - usize::from(variant > dataful as usize);
                (offset, prim, start.wrapping_add(position as u128))
            }
        };
        let value = self.e.constant(prim, bits);
        match at.spot {
            Spot::Memory(addr) => self.e.store(addr.at(offset), value),
            Spot::Local(local, _) if matches!(self.homes[local], Home::Nowhere) => {}
            Spot::Local(local, o) => self.write_part(local, o + offset, value),
        }
    }

    /// The declared discriminant of an enum place, in the enum's discriminant type.
    pub(super) fn discriminant(&mut self, at: PlaceRef<E::Value>) -> E::Value {
        let layout = self.layouts.of(at.ty);
        let adt = self.layouts.adt(at.ty);
        let AdtKind::Enum(discriminant_ty) = adt.kind else { return self.e.usize(0) };
        let Abi::Scalar(wanted) = self.abi(discriminant_ty) else { bug!("discriminants are integers") };
        let Shape::Enum(tag, _) = &layout.shape else { bug!("`{}` is laid out as an enum", at.ty) };
        let declared = |i: usize| adt.variants.get(i).map_or(0, |v| v.discriminant);
        match *tag {
            Tag::Single(variant) => self.e.constant(wanted, declared(variant as usize)),
            Tag::Direct { offset, prim } => {
                let value = self.read_tag(at, offset, prim);
                let negative = adt.variants.iter().any(|v| (v.discriminant as u64 as i64) < 0);
                self.e.resize(value, wanted, negative && discriminant_ty.is_signed())
            }
            Tag::Niche { offset, prim, dataful, start } => {
                let tag = self.read_tag(at, offset, prim);
                let others = adt.variants.len() as u128 - 1;
                let first = self.e.constant(prim, start);
                let data = self.e.constant(wanted, declared(dataful as usize));
                if others == 1 {
                    let is_other = self.e.int_binary(BinOp::Eq, false, tag, first);
                    let other = self.e.constant(wanted, declared(1 - dataful as usize));
                    return self.e.select(is_other, other, data);
                }
                let number = if prim == Prim::Ptr { Prim::I64 } else { prim };
                let [tag, first] = [tag, first].map(|value| self.e.resize(value, number, false));
                let position = self.e.int_binary(BinOp::Sub, false, tag, first);
                let bound = self.e.constant(number, others);
                let is_other = self.e.int_binary(BinOp::Lt, false, position, bound);
                let position = self.e.resize(position, wanted, false);
                // Enums with a niche have no explicit discriminants with fields: index is discriminant.
                let split = self.e.constant(wanted, dataful.into());
                let above = self.e.int_binary(BinOp::Ge, false, position, split);
                let above = self.e.resize(above, wanted, false);
                let index = self.e.int_binary(BinOp::Add, false, position, above);
                self.e.select(is_other, index, data)
            }
        }
    }

    fn read_tag(&mut self, at: PlaceRef<E::Value>, offset: u64, prim: Prim) -> E::Value {
        match at.spot {
            Spot::Memory(addr) => self.e.load(addr.at(offset), prim, prim.size(), (at.ty, offset)),
            Spot::Local(local, o) => self.read_part(local, o + offset, prim),
        }
    }
}
