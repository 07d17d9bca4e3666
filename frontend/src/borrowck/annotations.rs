//! Types of variables as they are written, where they name lifetimes.

use super::constraints::Category;
use super::context::BorrowCx;
use crate::hir::{self, DefId, ExprKind, HirArgs, HirGenericArg, HirPath, HirTy, HirTyKind, PatKind};
use crate::index::Idx;
use crate::source::Span;
use crate::symbol::Symbol;
use crate::ty::lower_ty::{LowerCx, lower_ty};
use crate::ty::{Const, ConstKind, Region, Tcx, Ty};

impl BorrowCx<'_, '_> {
    /// The variables of `let x: T` with lifetimes in `T` have just that type.
    pub fn apply_annotations(&mut self) {
        let hir: &hir::Body = self.cx.hir;
        for expr in hir.exprs.iter() {
            let ExprKind::Block(block, _) = &expr.kind else { continue };
            for stmt in &block.stmts {
                let hir::Stmt::Let { pat, ty: Some(written), .. } = stmt else { continue };
                let PatKind::Binding { local, .. } = &hir.pats[*pat].kind else { continue };
                if !names_lifetime(written) {
                    continue;
                }
                let (name, span) = (hir.locals[*local].name, hir.pats[*pat].span);
                let found = self
                    .body
                    .locals
                    .iter_enumerated()
                    .find(|(_, decl)| decl.name == Some(name) && decl.span == span)
                    .map(|(l, _)| l);
                let Some(variable) = found else { continue };
                let ty = lower_ty(&Written { tcx: self.tcx(), item: hir.owner }, written);
                let ty = self.with_names(ty);
                let ty = self.normalize(ty);
                let own = self.local_tys[variable.index()];
                self.because(Category::Annotation, written.span, |b| b.same_type(own, ty));
            }
        }
    }
}

/// Lowers a type inside a body: what is left out is found out otherwise.
struct Written<'t, 'h> {
    tcx: &'t Tcx<'h>,
    item: DefId,
}

impl<'h> LowerCx<'h> for Written<'_, 'h> {
    fn tcx(&self) -> &Tcx<'h> {
        self.tcx
    }
    fn item(&self) -> DefId {
        self.item
    }
    fn infer_ty(&self, _: Span) -> Option<Ty> {
        Some(Ty::error())
    }
    fn infer_const(&self, _: Span) -> Option<Const> {
        Some(Const::new(ConstKind::Error))
    }
    fn region(&self, name: Option<Symbol>, _: Span) -> Region {
        match name.map(Symbol::as_str) {
            None | Some("'_") => Region::Erased,
            Some("'static") => Region::Static,
            Some(text) => {
                let name = Symbol::intern(text);
                let generics = self.tcx.generics_of(self.item);
                match generics.params.iter().position(|p| p.name == name) {
                    Some(i) => Region::Param(i as u32, name),
                    None => Region::Bound(name),
                }
            }
        }
    }
}

/// Whether a lifetime is written in a type, not counting those of function types.
pub fn names_lifetime(ty: &HirTy) -> bool {
    match &ty.kind {
        HirTyKind::Ref(name, to, _) => name.is_some() || names_lifetime(to),
        HirTyKind::RawPtr(t, _) | HirTyKind::Slice(t) | HirTyKind::Array(t, _) => names_lifetime(t),
        HirTyKind::Tuple(ts) => ts.iter().any(names_lifetime),
        HirTyKind::Path(path) => path_names_lifetime(path),
        HirTyKind::Dyn(_, lifetime) => lifetime.is_some(),
        _ => false,
    }
}

fn path_names_lifetime(path: &HirPath) -> bool {
    let in_args = |args: &HirArgs| {
        args.args.iter().any(|a| match a {
            HirGenericArg::Lifetime(name) => name.as_str() != "'_",
            HirGenericArg::Type(t) => names_lifetime(t),
            _ => false,
        })
    };
    path.segments.iter().filter_map(|s| s.args.as_ref()).any(in_args)
}
