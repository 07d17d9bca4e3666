//! Values that no pattern matches, as the pattern one would add for them.

use super::PatCx;
use super::constructor::{Constructor, bounds, position};
use crate::hir::VariantShape;
use crate::lower::const_value::{ordered, show};
use crate::ty::{IntTy, Ty, TyKind};

/// A pattern that is missing.
#[derive(Clone, Debug)]
pub struct Witness {
    /// How it begins.
    pub head: Constructor,
    /// What it holds.
    pub fields: Vec<Witness>,
    /// Its type.
    pub ty: Ty,
}

impl Witness {
    /// `_`
    pub fn wild(ty: Ty) -> Witness {
        Witness { head: Constructor::Wild, fields: Vec::new(), ty }
    }

    /// As in source.
    pub fn show(&self, cx: &PatCx<'_, '_>) -> String {
        let list = |fields: &[Witness]| fields.iter().map(|f| f.show(cx)).collect::<Vec<_>>().join(", ");
        match (&self.head, self.ty.kind()) {
            (Constructor::Struct, TyKind::Adt(def, _)) => {
                self.show_variant(cx, cx.tcx.hir.def(*def).name.to_string(), cx.tcx.variants(*def).first())
            }
            (Constructor::Struct, _) => match &self.fields[..] {
                [one] => format!("({},)", one.show(cx)),
                fields => format!("({})", list(fields)),
            },
            (Constructor::Variant(v), TyKind::Adt(def, _)) => {
                let variant = cx.tcx.variants(*def).get(*v);
                let name = variant.map_or("_", |v| v.name.as_str());
                let known =
                    matches!(cx.tcx.hir.def(*def).attrs.lang.map(|l| l.as_str()), Some("Option" | "Result"));
                let path =
                    if known { name.to_string() } else { format!("{}::{name}", cx.tcx.hir.def(*def).name) };
                self.show_variant(cx, path, variant)
            }
            (Constructor::Ref, _) => format!("&{}", list(&self.fields)),
            (Constructor::Range(lo, hi), _) => self.show_range(*lo, *hi),
            (Constructor::Slice(_), _) => format!("[{}]", list(&self.fields)),
            (Constructor::VarSlice(from, _), _) => {
                let (before, after) = self.fields.split_at((*from).min(self.fields.len()));
                let mut parts: Vec<String> = before.iter().map(|f| f.show(cx)).collect();
                parts.push("..".to_string());
                parts.extend(after.iter().map(|f| f.show(cx)));
                format!("[{}]", parts.join(", "))
            }
            (_, TyKind::Ref(_, to, _))
                if matches!((&self.head, to.kind()), (Constructor::Other, TyKind::Str)) =>
            {
                "&_".to_string()
            }
            _ => "_".to_string(),
        }
    }

    fn show_variant(
        &self,
        cx: &PatCx<'_, '_>,
        path: String,
        variant: Option<&crate::hir::VariantDef>,
    ) -> String {
        let Some(variant) = variant else { return path };
        let shown = |w: &Witness| w.show(cx);
        match variant.shape {
            VariantShape::Unit => path,
            VariantShape::Tuple => {
                format!("{path}({})", self.fields.iter().map(shown).collect::<Vec<_>>().join(", "))
            }
            VariantShape::Named if self.fields.iter().all(|f| f.head == Constructor::Wild) => {
                format!("{path} {{ .. }}")
            }
            VariantShape::Named => {
                let fields: Vec<String> = variant
                    .fields
                    .iter()
                    .zip(&self.fields)
                    .map(|(def, w)| format!("{}: {}", def.name, w.show(cx)))
                    .collect();
                format!("{path} {{ {} }}", fields.join(", "))
            }
        }
    }

    fn show_range(&self, lo: u128, hi: u128) -> String {
        let ty = self.ty;
        let (least, most) = bounds(ty);
        if (lo, hi) == (least, most) && !matches!(ty.kind(), TyKind::Bool) {
            return "_".to_string();
        }
        let offset = matches!(ty.kind(), TyKind::Int(IntTy::Isize)) as u128;
        let has_ends = position(0, ty) != ordered(0, ty) || most > crate::lower::const_value::greatest(ty);
        // Positions outside the width we know: the open ends of `isize` and `usize`.
        let greatest = crate::lower::const_value::greatest(ty) + offset;
        if has_ends && lo > greatest {
            return format!("{ty}::MAX..");
        }
        if offset == 1 && hi == 0 {
            return format!("..{ty}::MIN");
        }
        let value = |at: u128| {
            let bits = ordered(at - offset.min(at), ty);
            match ty.kind() {
                TyKind::Int(_) if at == offset => format!("{ty}::MIN"),
                TyKind::Int(_) | TyKind::Uint(_) if at == greatest => format!("{ty}::MAX"),
                TyKind::Char if at == 0x10_ffff => "char::MAX".to_string(),
                _ => show(bits, ty),
            }
        };
        let start = if offset == 1 && lo == 0 { String::new() } else { value(lo) };
        if lo == hi {
            return start;
        }
        if hi > greatest { format!("{start}..") } else { format!("{start}..={}", value(hi)) }
    }
}
