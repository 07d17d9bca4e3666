//! The type checker's messages, with rustc's codes and words: one file a group, a function a message.

pub mod calls;
pub mod casts;
pub mod fields;
pub mod inference;
pub mod methods;
pub mod mismatch;
pub mod operators;
pub mod traits;

use crate::hir::{DefKind, HirBound};
use crate::symbol::Symbol;
use crate::ty::fold::{Fold, MapTypes};
use crate::ty::{ParamTy, Tcx, Ty, TyKind};

/// A type as people read it: opaque types and closures by what was written.
pub fn show_ty(tcx: &Tcx<'_>, ty: Ty) -> String {
    let readable = |t: Ty| {
        let name = match *t.kind() {
            TyKind::Opaque(def, _) | TyKind::Projection(def, _) => match &tcx.hir.def(def).kind {
                DefKind::Opaque(bounds) => {
                    let names: Vec<&str> = bounds
                        .iter()
                        .filter_map(|b| match b {
                            HirBound::Trait(p) => p.segments.last().map(|s| s.name.as_str()),
                            _ => None,
                        })
                        .collect();
                    format!("impl {}", names.join(" + "))
                }
                _ => return t,
            },
            TyKind::FnDef(def, args) => {
                let sig = crate::ty::fold::subst(tcx.fn_sig_erased(def), args);
                format!("{sig} {{{}}}", def.name())
            }
            TyKind::Closure(..) => "{closure}".to_string(),
            _ => return t,
        };
        Ty::new(TyKind::Param(ParamTy { index: u32::MAX, name: Symbol::intern(&name) }))
    };
    ty.fold_with(&mut MapTypes(readable)).to_string()
}

/// `s` unless there is one.
pub fn plural(n: usize) -> &'static str {
    if n == 1 { "" } else { "s" }
}

/// "`a`, `b` and `c`"
pub fn list_names(names: &[Symbol]) -> String {
    let quoted: Vec<String> = names.iter().map(|n| format!("`{n}`")).collect();
    match &quoted[..] {
        [] => String::new(),
        [one] => one.clone(),
        [init @ .., last] => format!("{} and {last}", init.join(", ")),
    }
}

/// The name among these that was probably meant.
pub fn similar<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let allowed = (name.len() / 3).max(1);
    candidates
        .into_iter()
        .filter(|c| *c != name)
        .map(|c| (distance(name, c), c))
        .filter(|(d, _)| *d <= allowed)
        .min()
        .map(|(_, c)| c)
}

/// Edits between two words.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut before = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let replace = before + usize::from(x != *y);
            before = row[j + 1];
            row[j + 1] = replace.min(row[j] + 1).min(before + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    // The suggestion is close, or there is none.
    #[test]
    fn similar_names() {
        assert_eq!(super::similar("pusch", ["pop", "push", "len"]), Some("push"));
        assert_eq!(super::similar("frobnicate", ["pop", "push"]), None);
    }
}
