//! Types whose values have a length, and the types of their parts.

use cloudc_frontend::mono::Program;
use cloudc_frontend::ty::{Ty, TyKind};

use super::work::{Step, Work};

/// The type one step further.
pub fn field_ty(program: &Program, ty: Ty, step: Step) -> Option<Ty> {
    let ty = peeled(ty);
    match (step, ty.kind()) {
        (Step::Field(k), TyKind::Tuple(tys)) => tys.get(k as usize).copied(),
        (Step::Field(k), TyKind::Adt(..) | TyKind::Closure(..)) => {
            let [variant] = &program.adts.get(&ty)?.variants[..] else { return None };
            variant.fields.get(k as usize).map(|f| f.1)
        }
        _ => None,
    }
}

/// Without the references around it.
pub fn peeled(mut ty: Ty) -> Ty {
    while let TyKind::Ref(_, to, _) = ty.kind() {
        ty = *to;
    }
    ty
}

/// Whether the type has a length a guard can read; references are followed.
pub fn has_length(program: &Program, ty: Ty) -> bool {
    let ty = peeled(ty);
    matches!(ty.kind(), TyKind::Slice(_) | TyKind::Str | TyKind::Array(..)) || has_own_length(program, ty)
}

/// Whether the type is a vector or text that owns its elements.
pub(super) fn has_own_length(program: &Program, ty: Ty) -> bool {
    program.is_lang(ty, "Vec") || program.is_lang(ty, "String")
}

/// The elements of a vector or slice.
pub fn element_of(program: &Program, ty: Ty) -> Option<Ty> {
    let ty = peeled(ty);
    match ty.kind() {
        TyKind::Slice(element) => Some(*element),
        TyKind::Adt(_, args) if program.is_lang(ty, "Vec") => args.first()?.as_type(),
        _ => None,
    }
}

/// The length of an array, known from its type.
pub(super) fn array_length(ty: Ty) -> Option<Work> {
    match peeled(ty).kind() {
        TyKind::Array(_, n) => n.as_u64().map(|n| Work::constant(n as f64)),
        _ => None,
    }
}
