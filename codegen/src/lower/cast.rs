//! Conversions: what each cast does to the machine values.

use cloudc_analysis::layout::{Abi, Layout};
use cloudc_frontend::bug;
use cloudc_frontend::mir::{CastKind, Operand, PrimCast, needs};
use cloudc_frontend::ty::{Ty, TyKind};

use super::value::{Addr, Val};
use super::{Emit, Lower};

impl<E: Emit> Lower<'_, E> {
    pub(super) fn cast(
        &mut self,
        kind: CastKind,
        operand: &Operand,
        to: Ty,
    ) -> Result<Val<E::Value>, String> {
        let from = self.body.operand_ty(operand);
        let value = self.operand(operand)?;
        match kind {
            CastKind::Prim(PrimCast::Coercion) => Ok(value),
            CastKind::Prim(prim) => self.prim_cast(prim, from, to, value),
            CastKind::ReifyFn | CastKind::ClosureToFn => match value {
                Val::One(_) => Ok(value),
                _ => bug!("`{from}` was not resolved to a function"),
            },
            CastKind::Unsize => self.unsize(from, to, value),
            CastKind::Transmute => self.transmute(from, to, value),
        }
    }

    fn prim_cast(
        &mut self,
        kind: PrimCast,
        from: Ty,
        to: Ty,
        value: Val<E::Value>,
    ) -> Result<Val<E::Value>, String> {
        let prim = match self.abi(to) {
            Abi::Scalar(prim) => prim,
            Abi::Pair(..) => return Ok(value),
            abi => bug!("a cast to `{to}`, which travels as {abi:?}"),
        };
        let x = match value {
            Val::One(x) => x,
            // A fat pointer to a thin one.
            Val::Two(x, _) if kind != PrimCast::IntToInt => x,
            _ if matches!(from.kind(), TyKind::Adt(..)) => {
                bug!("the cast of `{from}` must read its discriminant first")
            }
            other => bug!("a cast of {other:?} from `{from}`"),
        };
        if let Some(name) = needs::cast(from, to) {
            return Ok(Val::One(self.call_lang(name, &[x])?));
        }
        Ok(Val::One(match kind {
            PrimCast::IntToInt => self.e.resize(x, prim, from.is_signed()),
            PrimCast::IntToFloat => self.e.int_to_float(x, from.is_signed(), prim),
            PrimCast::FloatToInt => self.e.float_to_int(x, to.is_signed(), prim),
            PrimCast::FloatToFloat => self.e.float_to_float(x, prim),
            PrimCast::PtrToPtr | PrimCast::PtrInt => self.e.resize(x, prim, false),
            PrimCast::Coercion => x,
        }))
    }

    /// A pointer to an array as one to a slice. Of what points to it without being a reference (`Box`, `Rc`), the first
    /// type argument is what is behind it.
    fn unsize(&mut self, from: Ty, to: Ty, value: Val<E::Value>) -> Result<Val<E::Value>, String> {
        let Val::One(pointer) = value else { return Ok(value) };
        let behind = |ty: Ty| match ty.kind() {
            TyKind::Adt(_, args) => args.iter().find_map(|a| a.as_type()),
            _ => ty.builtin_deref().map(|d| d.0),
        };
        let (Some(source), Some(_)) = (behind(from), behind(to)) else {
            bug!("`{from}` cannot become `{to}`")
        };
        let len = match source.kind() {
            TyKind::Array(_, n) => n.as_u64(),
            _ => None,
        };
        match len {
            Some(len) => Ok(Val::Two(pointer, self.e.usize(len))),
            None => Err(format!("no code can be made yet for turning `{from}` into `{to}`")),
        }
    }

    /// The same bytes as another type.
    pub(super) fn transmute(
        &mut self,
        from: Ty,
        to: Ty,
        value: Val<E::Value>,
    ) -> Result<Val<E::Value>, String> {
        let (old, new) = (self.layouts.of(from), self.layouts.of(to));
        match (value, new.abi) {
            (_, Abi::Zst) => Ok(Val::Zst),
            (Val::One(x), Abi::Scalar(p)) => Ok(Val::One(self.e.reinterpret(x, p))),
            (Val::Two(x, y), Abi::Pair(p, q, at)) if matches!(old.abi, Abi::Pair(_, _, was) if was == at) => {
                let x = self.e.reinterpret(x, p);
                Ok(Val::Two(x, self.e.reinterpret(y, q)))
            }
            (Val::Mem(addr), abi) if abi != Abi::Memory || old.align >= new.align => {
                Ok(self.load_aligned(addr, to, old.align))
            }
            (value, _) => {
                let larger = if old.size > new.size { &old } else { &new };
                let layout = Layout { align: old.align.max(new.align), ..(**larger).clone() };
                let frame = self.frame(&layout)?;
                let addr = Addr::of(self.e.address_of(frame));
                self.store(addr, from, value);
                Ok(self.load(addr, to))
            }
        }
    }
}
