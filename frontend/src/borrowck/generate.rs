//! The constraints a body's statements make, and the loans they take out.

use super::constraints::Category;
use super::context::BorrowCx;
use super::loans::Loan;
use super::regions::{Vid, for_each_region, has_regions, vid};
use super::signature::Late;
use crate::hir::DefId;
use crate::index::Idx;
use crate::mir::body::Location;
use crate::mir::*;
use crate::ty::variance::Variance;
use crate::ty::{Args, GenericArg, Mutability, Region, Ty, TyKind};

/// Walks a body.
pub fn generate(b: &mut BorrowCx<'_, '_>) -> Vec<Loan> {
    let mut loans = Vec::new();
    let body = b.body;
    for (block, contents) in body.blocks.iter_enumerated() {
        for (statement, s) in contents.statements.iter().enumerate() {
            b.at = Location { block, statement };
            b.span = s.span;
            if let StatementKind::Assign(place, rvalue) = &s.kind {
                b.assign(place, rvalue, &mut loans);
            }
        }
        b.at = Location { block, statement: contents.statements.len() };
        b.span = contents.terminator.span;
        if let TerminatorKind::Call { callee, args, destination, .. } = &contents.terminator.kind {
            b.call(callee, args, destination);
        }
    }
    loans
}

impl BorrowCx<'_, '_> {
    /// Why a value must fit a place it is put into.
    fn destination_category(&self, place: &Place) -> Category {
        match place.as_local() {
            Some(Local(0)) => Category::Return,
            Some(local) if self.body.locals[local].name.is_none() && local.index() > self.body.arg_count => {
                Category::Boring
            }
            _ => Category::Assignment,
        }
    }

    fn assign(&mut self, place: &Place, rvalue: &Rvalue, loans: &mut Vec<Loan>) {
        let interesting = match rvalue {
            Rvalue::Ref(..) => true,
            _ => has_regions(self.body.locals[place.local].ty),
        };
        if !interesting {
            return;
        }
        let to = self.place_ty(place);
        let category = self.destination_category(place);
        let span = self.span;
        match rvalue {
            Rvalue::Ref(kind, of) => {
                let region = self.fresh();
                let tys = self.place_tys(of);
                let ty = tys.last().map_or(Ty::error(), |p| p.ty);
                let plain: Vec<Ty> = tys.iter().map(|p| p.ty).collect();
                self.reborrow(of, &plain, region);
                let constant =
                    self.cx.constant_temps.contains(&of.local) && !of.projection.contains(&Projection::Deref);
                if !constant && !super::places::is_ignored(&plain, of) {
                    let holder = place.as_local();
                    // Borrowing again what is passed on is two-phase, as the borrow of a receiver is.
                    let passed_on = of.projection.last() == Some(&Projection::Deref)
                        && holder.is_some_and(|l| self.body.locals[l].name.is_none());
                    let kind = match *kind {
                        BorrowKind::Mut { .. } if passed_on => BorrowKind::Mut { two_phase: true },
                        kind => kind,
                    };
                    loans.push(Loan {
                        region,
                        at: self.at,
                        kind,
                        place: of.clone(),
                        tys: plain,
                        span: self.cx.operand_span(of, span, false),
                        statement: span,
                        holder,
                    });
                }
                let mutability = match kind {
                    BorrowKind::Shared => Mutability::Not,
                    BorrowKind::Mut { .. } => Mutability::Mut,
                };
                let made = Ty::new(TyKind::Ref(Region::Var(region), ty, mutability));
                self.because(category, span, |b| b.subtype(made, to));
            }
            Rvalue::Use(operand) => {
                let ty = self.operand_ty(operand);
                let span = operand.place().map_or(span, |p| self.cx.operand_span(p, span, true));
                self.because(category, span, |b| b.subtype(ty, to));
            }
            Rvalue::Repeat(operand, _) => {
                let ty = self.operand_ty(operand);
                if let TyKind::Array(element, _) = *to.kind() {
                    self.because(category, span, |b| b.subtype(ty, element));
                }
            }
            Rvalue::Cast(kind, operand, target) => {
                let from = self.operand_ty(operand);
                let target = self.renumber(*target);
                if *kind == CastKind::Unsize {
                    self.because(Category::Unsize, span, |b| b.unsize(from, target));
                }
                self.because(category, span, |b| b.subtype(target, to));
            }
            Rvalue::Aggregate(kind, operands) => self.aggregate(kind, operands, to, category),
            _ => {}
        }
    }

    /// `&'region place`: what is on the way must outlive the new reference.
    fn reborrow(&mut self, place: &Place, tys: &[Ty], region: Vid) {
        for (i, step) in place.projection.iter().enumerate().rev() {
            if *step != Projection::Deref {
                continue;
            }
            match *tys[i].kind() {
                TyKind::Ref(r, _, m) => {
                    if let Some(r) = vid(r) {
                        let span = self.span;
                        self.because(Category::Boring, span, |b| b.outlives(r, region));
                    }
                    if m == Mutability::Not {
                        return;
                    }
                }
                TyKind::RawPtr(..) => return,
                _ => {}
            }
        }
    }

    fn aggregate(&mut self, kind: &AggregateKind, operands: &[Operand], to: Ty, category: Category) {
        let span = self.span;
        match kind {
            AggregateKind::Array(_) => {
                if let TyKind::Array(element, _) = *to.kind() {
                    for operand in operands {
                        let ty = self.operand_ty(operand);
                        self.because(category, span, |b| b.subtype(ty, element));
                    }
                }
            }
            AggregateKind::Tuple => {
                let tys: Vec<Ty> = operands.iter().map(|o| self.operand_ty(o)).collect();
                self.because(category, span, |b| b.subtype(Ty::tuple(&tys), to));
            }
            AggregateKind::Adt(def, variant, args) => {
                let args = self.renumber(*args);
                let mut late = Late::default();
                for (i, operand) in operands.iter().enumerate() {
                    let ty = self.operand_ty(operand);
                    if !has_regions(ty) {
                        continue;
                    }
                    let field = self.tcx().field_ty_identity(*def, *variant as usize, i);
                    let field = self.instantiate(field, args, &mut late);
                    let span = operand.place().map_or(span, |p| self.cx.operand_span(p, span, true));
                    self.because(Category::Boring, span, |b| b.subtype(ty, field));
                }
                self.require_predicates(*def, args, &mut late);
                let made = Ty::new(TyKind::Adt(*def, args));
                self.because(category, span, |b| b.subtype(made, to));
            }
            AggregateKind::Closure(def, args) => {
                let made = self.renumber(Ty::new(TyKind::Closure(*def, *args)));
                if let TyKind::Closure(_, args) = *made.kind()
                    && let Some(TyKind::Tuple(captures)) =
                        args.last().and_then(|a| a.as_type()).map(|t| *t.kind())
                {
                    for (operand, &capture) in operands.iter().zip(captures.iter()) {
                        let ty = self.operand_ty(operand);
                        self.because(Category::Boring, span, |b| b.subtype(ty, capture));
                    }
                }
                self.apply_summary(*def, made, &[]);
                self.because(category, span, |b| b.subtype(made, to));
            }
        }
    }

    /// A pointer to `from` becomes a pointer to `to`.
    fn unsize(&mut self, from: Ty, to: Ty) {
        match (*from.kind(), *to.kind()) {
            (TyKind::Ref(r, x, m), TyKind::Ref(s, y, _)) => {
                self.relate_regions(r, s, Variance::Co);
                self.unsize_inner(x, y, m);
            }
            (TyKind::Adt(d, x), TyKind::Adt(e, y)) if d == e => {
                let pinned = self.tcx().lang.pin == Some(d);
                for (&x, &y) in x.iter().zip(y.iter()) {
                    match (x, y) {
                        (GenericArg::Type(x), GenericArg::Type(y)) if pinned => self.unsize(x, y),
                        (GenericArg::Type(x), GenericArg::Type(y)) => {
                            self.unsize_inner(x, y, Mutability::Not)
                        }
                        _ => self.relate_arg(x, y, Variance::Co),
                    }
                }
            }
            _ => {}
        }
    }

    fn unsize_inner(&mut self, from: Ty, to: Ty, through: Mutability) {
        let how = if through == Mutability::Mut { Variance::In } else { Variance::Co };
        match (*from.kind(), *to.kind()) {
            (TyKind::Array(x, _), TyKind::Slice(y)) => self.relate(x, y, how),
            (TyKind::Dynamic(..), TyKind::Dynamic(..)) => self.relate(from, to, Variance::Co),
            (_, TyKind::Dynamic(trait_def, args, assoc, r)) => {
                if let Some(r) = vid(r) {
                    self.type_outlives(from, r);
                }
                let mut all = vec![GenericArg::Type(from)];
                all.extend(args.iter());
                let all = Args::new(&all);
                if self.tcx().lang.fn_trait_kind(trait_def).is_some() {
                    // Lifetimes of the call are not kept in the type: any will do.
                    if let Some(inputs) = args.first() {
                        let inputs = self.renumber(*inputs);
                        self.require_callable(Args::new(&[GenericArg::Type(from), inputs]), &[]);
                    }
                    return;
                }
                for &(item, ty) in assoc.iter() {
                    let owner = self.tcx().trait_of_item(item);
                    if owner == Some(trait_def) && has_regions(ty) {
                        let found = self.project(item, all);
                        self.same_type(found, ty);
                    }
                }
            }
            (TyKind::Adt(d, x), TyKind::Adt(e, y)) if d == e => {
                for (&x, &y) in x.iter().zip(y.iter()) {
                    match (x, y) {
                        (GenericArg::Type(x), GenericArg::Type(y)) => self.unsize_inner(x, y, through),
                        _ => self.relate_arg(x, y, how),
                    }
                }
            }
            _ => self.relate(from, to, how),
        }
    }

    fn call(&mut self, callee: &Callee, args: &[Operand], destination: &Place) {
        let body = self.body;
        let quiet =
            args.iter().all(|a| !has_regions(body.operand_ty(a))) && !has_regions(body.place_ty(destination));
        let span = self.span;
        let sig = match callee {
            Callee::Def(def, generic) => {
                if quiet && !generic.iter().any(|a| matches!(a.as_type(), Some(t) if has_regions(t))) {
                    return;
                }
                let generic = self.renumber(*generic);
                let mut late = Late::default();
                let sig = self.signature(*def, generic, &mut late);
                let span = self.span;
                self.because(Category::Predicate, span, |b| b.require_predicates(*def, generic, &mut late));
                sig
            }
            Callee::Value(operand) => {
                if quiet {
                    return;
                }
                let ty = self.operand_ty(operand);
                match *ty.kind() {
                    TyKind::FnPtr(sig) => self.pointer_signature(sig),
                    _ => return,
                }
            }
            _ => return,
        };
        for (operand, &input) in args.iter().zip(sig.inputs.iter()) {
            let ty = self.operand_ty(operand);
            if !has_regions(ty) {
                continue;
            }
            let span = match operand.place() {
                Some(p) if p.projection.is_empty() && body.locals[p.local].name.is_none() => {
                    body.locals[p.local].span
                }
                Some(p) => self.cx.argument_span(p, span),
                None => span,
            };
            self.because(Category::CallArgument, span, |b| b.subtype(ty, input));
        }
        let to = self.place_ty(destination);
        let category = self.destination_category(destination);
        self.because(category, span, |b| b.subtype(sig.output, to));
    }

    /// The region variables in a local's type.
    pub fn regions_of_local(&self, local: Local) -> Vec<Vid> {
        let mut out = Vec::new();
        for_each_region(self.local_tys[local.index()], &mut |v| out.push(v));
        out
    }

    /// The definition of the closure being checked, if it is one.
    pub fn closure_def(&self) -> Option<DefId> {
        self.cx.closure.map(|(info, _)| info.def)
    }
}
