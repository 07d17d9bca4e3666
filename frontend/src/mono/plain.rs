//! Which types are nothing but their bytes: scalars without padding between them and without pointers.

use crate::ty::{Ty, TyKind};

use super::{AdtKind, Program};

/// What [`Program::scalar_size`] says of an enum without fields: one integer, of what size only the layout knows, so that it
/// goes with nothing else.
const SOME_TAG: u32 = u32::MAX;

impl Program {
    /// Whether equal values of the type have equal bytes and the bytes mean the same everywhere: such a value crosses a
    /// task boundary as it lies in memory.
    pub fn is_plain(&self, ty: Ty) -> bool {
        self.scalar_size(ty).is_some_and(|size| size > 0)
    }

    /// Bytes of the scalars that make up a type without padding and pointers; `None` if it has either.
    pub(super) fn scalar_size(&self, ty: Ty) -> Option<u32> {
        match *ty.kind() {
            TyKind::Bool => Some(1),
            TyKind::Char | TyKind::Int(_) | TyKind::Uint(_) | TyKind::Float(_) => {
                ty.scalar_bits().map(|b| b / 8)
            }
            TyKind::Array(t, _) => self.scalar_size(t),
            TyKind::Tuple(ts) => self.common_size(ts.iter().copied()),
            TyKind::FnDef(..) | TyKind::Never => Some(0),
            TyKind::Adt(..) | TyKind::Closure(..) => {
                let adt = self.adts.get(&ty)?;
                match adt.kind {
                    AdtKind::Struct | AdtKind::Closure => self
                        .common_size(adt.variants[0].fields.iter().map(|f| f.1))
                        .filter(|&size| adt.repr_align <= u64::from(size.max(1))),
                    AdtKind::Enum(_) => {
                        let tag_only = adt.variants.iter().all(|v| v.fields.is_empty());
                        (tag_only && adt.repr_align == 1).then_some(SOME_TAG)
                    }
                }
            }
            _ => None,
        }
    }

    /// The one size that all parts with bytes have.
    fn common_size(&self, mut parts: impl Iterator<Item = Ty>) -> Option<u32> {
        parts.try_fold(0, |size, part| match self.scalar_size(part)? {
            0 => Some(size),
            n if size == 0 || n == size => Some(n),
            _ => None,
        })
    }
}
