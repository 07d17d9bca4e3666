//! Values as people and files have them, to and from the bytes of objects.
//!
//! In: a type with its layout, and text, JSON or `.npy`. Out: the bytes a task reads, and the other way round. The forms
//! are those of `docs/abi.md`: literal and raw are the value's own bytes or its elements, a record is a header, the part
//! with pointers, the payload and a bitmap.
//!
//! Reading order: [`input`] (what the command line says), [`encode`], [`decode`], [`npy`].

pub mod decode;
pub mod encode;
pub mod input;
pub mod npy;

use cloudc_analysis::layout::Layouts;
use cloudc_frontend::ty::{Ty, TyKind};

/// What a value is to its user, whatever its layout.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Look {
    /// `String`, `&str`: passed as it is.
    Text,
    /// `Vec<u8>`, `&[u8]`: passed as it is.
    Bytes,
    /// Everything else: JSON.
    Json,
}

/// The type without the reference that a parameter may have.
pub fn owned(ty: Ty) -> Ty {
    match ty.kind() {
        TyKind::Ref(_, inner, _) => *inner,
        _ => ty,
    }
}

/// The lang name of a struct or enum type, if it has one.
pub fn lang(layouts: &Layouts<'_>, ty: Ty) -> &'static str {
    match ty.kind() {
        TyKind::Adt(..) => layouts.program().adts.get(&ty).and_then(|a| a.lang).map_or("", |s| s.as_str()),
        _ => "",
    }
}

/// The element type of `Vec<T>` and `[T]`.
pub fn element(layouts: &Layouts<'_>, ty: Ty) -> Option<Ty> {
    match ty.kind() {
        TyKind::Slice(t) => Some(*t),
        TyKind::Adt(_, args) if lang(layouts, ty) == "Vec" => args.iter().find_map(|a| a.as_type()),
        _ => None,
    }
}

/// What the value is to its user.
pub fn look(layouts: &Layouts<'_>, ty: Ty) -> Look {
    let ty = owned(ty);
    if matches!(ty.kind(), TyKind::Str) || lang(layouts, ty) == "String" {
        return Look::Text;
    }
    match element(layouts, ty).map(Ty::kind) {
        Some(TyKind::Uint(cloudc_frontend::ty::UintTy::U8)) => Look::Bytes,
        _ => Look::Json,
    }
}

/// Whether a value of the type is all there is to it: nothing in it points elsewhere.
pub fn is_pointer_free(layouts: &Layouts<'_>, ty: Ty) -> bool {
    match ty.kind() {
        TyKind::Bool | TyKind::Char | TyKind::Int(_) | TyKind::Uint(_) | TyKind::Float(_) => true,
        TyKind::Array(t, _) => is_pointer_free(layouts, *t),
        TyKind::Tuple(ts) => ts.iter().all(|t| is_pointer_free(layouts, *t)),
        TyKind::Adt(..) => {
            let adt = layouts.adt(ty);
            let fields = adt.variants.iter().flat_map(|v| &v.fields);
            fields.into_iter().all(|(_, t)| is_pointer_free(layouts, *t))
        }
        _ => false,
    }
}
