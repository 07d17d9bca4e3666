//! Lifetimes of an impl's method against those of the trait's: whoever may call the one may call the other.
//!
//! The lifetimes of the trait's signature and of the impl's header are given; those the impl's method declares may be
//! chosen. Its parameters must take what the trait's take, and its result must be what the trait promises: that gives
//! constraints, whose consequences for given lifetimes must be known from bounds and from the types of the parameters.
//! Lifetimes bound inside `fn` types and trait objects are not looked at, so an error may be missed there.

use crate::borrowck::wellformed::outlives_of;
use crate::diag::Diagnostic;
use crate::hir::{DefId, DefKind, FnDef};
use crate::symbol::Symbol;
use crate::ty::fold::{Fold, Folder};
use crate::ty::variance::Variance;
use crate::ty::{Args, Clause, FnSig, GenericArg, List, Mutability, Region, Tcx, TraitRef, Ty, TyKind, fold};

/// `longer` outlives `shorter`.
type Outlives = (Region, Region);

/// Reports lifetimes of `item` that do not fit its declaration in the trait.
pub(super) fn check(tcx: &Tcx<'_>, imp: DefId, item: DefId, declared: DefId, tr: TraitRef) {
    let (DefKind::Fn(own), DefKind::Fn(promised)) = (&tcx.hir.def(item).kind, &tcx.hir.def(declared).kind)
    else {
        return;
    };
    let span = tcx.hir.def(item).span;
    let here = tcx.hir.def(declared).span;
    if early_lifetimes(tcx, item, own) != early_lifetimes(tcx, declared, promised) {
        let message = "lifetime parameters do not match the trait definition";
        let error = Diagnostic::error("E0195", span, message);
        tcx.error(error.label(here, "the trait's declaration"));
        return;
    }
    let mut args = tr.args.to_vec();
    args.extend(tcx.identity_args(item).iter().skip(tcx.generics_count(imp)));
    let args: Args = List::new(&args);
    let want = fold::subst(tcx.fn_sig(declared).fold_with(&mut OfTrait), args);
    let mut relate = Relate { tcx, outlives: Vec::new() };
    let normal = |sig: FnSig| sig.fold_with(&mut OwnTypes { tcx, imp, tr });
    let (want, have) = (normal(want), normal(tcx.fn_sig(item)));
    for (w, h) in want.inputs.iter().zip(have.inputs.iter()) {
        relate.types(*w, *h, Variance::Co);
    }
    relate.types(have.output, want.output, Variance::Co);
    let needed = tcx.region_predicates_of(item);
    relate.outlives.extend(needed.regions.iter().map(|(longer, shorter, _)| (*longer, *shorter)));
    let mut known = known_outlives(tcx, imp, tr, want);
    for &(longer, shorter, _) in &tcx.region_predicates_of(declared).regions {
        let given = |r: Region| fold::subst(GenericArg::Region(r).fold_with(&mut OfTrait), args);
        if let (GenericArg::Region(longer), GenericArg::Region(shorter)) = (given(longer), given(shorter)) {
            known.push((longer, shorter));
        }
    }
    let Some(is_direct) = unknown_consequence(&relate.outlives, &known) else { return };
    let error = if is_direct {
        Diagnostic::error("E0308", span, "method not compatible with trait").primary("lifetime mismatch")
    } else {
        Diagnostic::error("", span, "`impl` item signature doesn't match `trait` item signature")
    };
    tcx.error(error.label(here, "the trait's declaration"));
}

/// Marks lifetimes that the trait's method declares, so that they differ from those of the impl's.
struct OfTrait;

const OF_TRAIT: &str = "~";

impl Folder for OfTrait {
    fn fold_ty(&mut self, ty: Ty) -> Ty {
        ty.super_fold(self)
    }
    fn fold_region(&mut self, r: Region) -> Region {
        match r {
            Region::Bound(name) => {
                Region::Bound(Symbol::intern(&format!("'{OF_TRAIT}{}", &name.as_str()[1..])))
            }
            other => other,
        }
    }
}

/// Puts what the impl says in the place of associated types of the trait it implements.
struct OwnTypes<'t, 'h> {
    tcx: &'t Tcx<'h>,
    imp: DefId,
    tr: TraitRef,
}

impl Folder for OwnTypes<'_, '_> {
    fn fold_ty(&mut self, ty: Ty) -> Ty {
        let ty = ty.super_fold(self);
        let TyKind::Projection(assoc, args) = *ty.kind() else { return ty };
        let (outer, own) = args.split_at(self.tr.args.len().min(args.len()));
        let is_own = self.tcx.trait_of_item(assoc) == Some(self.tr.trait_def)
            && fold::erase_regions(List::new(outer)) == fold::erase_regions(self.tr.args);
        match self.tcx.impl_item(self.imp, assoc) {
            Some(item) if is_own => {
                let mut args = self.tcx.identity_args(self.imp).to_vec();
                args.extend(own);
                fold::subst(self.tcx.type_of(item), List::new(&args))
            }
            _ => ty,
        }
    }
}

/// Collects what must outlive what for one type to be a subtype of another. Where types differ in more than lifetimes,
/// other checks look.
struct Relate<'t, 'h> {
    tcx: &'t Tcx<'h>,
    outlives: Vec<Outlives>,
}

impl Relate<'_, '_> {
    fn types(&mut self, a: Ty, b: Ty, how: Variance) {
        match (*a.kind(), *b.kind()) {
            _ if a == b || how == Variance::Bi => {}
            (TyKind::Ref(r, x, m), TyKind::Ref(s, y, _)) => {
                self.regions(r, s, how);
                let inner = if m == Mutability::Mut { Variance::In } else { Variance::Co };
                self.types(x, y, how.then(inner));
            }
            (TyKind::Adt(d, x), TyKind::Adt(e, y)) if d == e => {
                let variances = self.tcx.variances(d);
                for (i, (&x, &y)) in x.iter().zip(y.iter()).enumerate() {
                    let how = how.then(variances.get(i).copied().unwrap_or(Variance::In));
                    match (x, y) {
                        (GenericArg::Region(r), GenericArg::Region(s)) => self.regions(r, s, how),
                        (GenericArg::Type(x), GenericArg::Type(y)) => self.types(x, y, how),
                        _ => {}
                    }
                }
            }
            (TyKind::Array(x, _), TyKind::Array(y, _)) | (TyKind::Slice(x), TyKind::Slice(y)) => {
                self.types(x, y, how);
            }
            (TyKind::Tuple(x), TyKind::Tuple(y)) => {
                x.iter().zip(y.iter()).for_each(|(&x, &y)| self.types(x, y, how));
            }
            _ => {}
        }
    }

    fn regions(&mut self, a: Region, b: Region, how: Variance) {
        if matches!(how, Variance::Co | Variance::In) {
            self.outlives.push((a, b));
        }
        if matches!(how, Variance::Contra | Variance::In) {
            self.outlives.push((b, a));
        }
    }
}

/// How many lifetimes of a method take part in its type rather than in its calls, as rustc's early-bound ones: those that
/// bounds mention and those that only its result does.
fn early_lifetimes(tcx: &Tcx<'_>, def: DefId, f: &FnDef) -> usize {
    let sig = tcx.fn_sig(def);
    let mut is_opaque = false;
    sig.output.walk(&mut |t| is_opaque |= tcx.as_opaque(t).is_some());
    if f.generics.lifetimes.is_empty() || is_opaque {
        return 0;
    }
    let mut bounded = Mentioned::default();
    let predicates = tcx.region_predicates_of(def);
    for (longer, shorter, _) in &predicates.regions {
        bounded.0.extend([*longer, *shorter]);
    }
    for (ty, region, _) in &predicates.types {
        bounded.0.push(*region);
        ty.fold_with(&mut bounded);
    }
    // What the impl or trait around it asks for names other lifetimes, if by the same name.
    let inherited = tcx.generics_parent(def).map_or(0, |p| tcx.region_predicates_of(p).clauses.len());
    for (clause, _) in predicates.clauses.iter().skip(inherited) {
        let args = match clause {
            Clause::Trait(tr) => tr.args,
            Clause::Projection(_, args, ty) => {
                ty.fold_with(&mut bounded);
                *args
            }
        };
        args.fold_with(&mut bounded);
    }
    let (mut inputs, mut output) = (Mentioned::default(), Mentioned::default());
    sig.inputs.fold_with(&mut inputs);
    sig.output.fold_with(&mut output);
    let is_early = |name: &&Symbol| {
        let region = Region::Bound(**name);
        bounded.0.contains(&region) || (output.0.contains(&region) && !inputs.0.contains(&region))
    };
    f.generics.lifetimes.iter().filter(is_early).count()
}

/// The regions met.
#[derive(Default)]
struct Mentioned(Vec<Region>);

impl Folder for Mentioned {
    fn fold_ty(&mut self, ty: Ty) -> Ty {
        ty.super_fold(self)
    }
    fn fold_region(&mut self, r: Region) -> Region {
        self.0.push(r);
        r
    }
}

/// What may be assumed: bounds of the impl, and what the types in its header and in the trait's signature imply.
fn known_outlives(tcx: &Tcx<'_>, imp: DefId, tr: TraitRef, want: FnSig) -> Vec<Outlives> {
    let mut implied = Vec::new();
    let header = tr.args.iter().filter_map(|a| a.as_type());
    for ty in header.chain(want.inputs.iter().copied()).chain([want.output]) {
        outlives_of(tcx, ty, &mut implied);
    }
    let mut known: Vec<Outlives> = tcx
        .region_predicates_of(imp)
        .regions
        .iter()
        .map(|(longer, shorter, _)| (*longer, *shorter))
        .collect();
    known.extend(implied.into_iter().filter_map(|(longer, shorter)| match longer {
        GenericArg::Region(longer) => Some((longer, shorter)),
        _ => None,
    }));
    known
}

/// Whether a lifetime may be chosen: the impl's method declares it.
fn is_chosen(r: Region) -> bool {
    // The other prefixes stand for unwritten lifetimes of the header and of bounds.
    matches!(r, Region::Bound(name) if !name.as_str()[1..].starts_with(['~', '!', '@', '%', '#']))
}

/// Looks for a given lifetime that must outlive another of which that is not known; whether they are compared directly.
fn unknown_consequence(needed: &[Outlives], known: &[Outlives]) -> Option<bool> {
    for &(longer, next) in needed.iter().filter(|(longer, _)| !is_chosen(*longer)) {
        for shorter in reachable(next, needed, is_chosen) {
            let fine = is_chosen(shorter)
                || longer == Region::Static
                || longer == Region::Erased
                || shorter == Region::Erased
                || reachable(longer, known, |_| true).contains(&shorter);
            if !fine {
                return Some(shorter == next);
            }
        }
    }
    None
}

/// The regions at the end of paths from `start` on which all regions but the last `pass`.
fn reachable(start: Region, edges: &[Outlives], pass: fn(Region) -> bool) -> Vec<Region> {
    let mut found = vec![start];
    let mut next = 0;
    while let Some(&at) = found.get(next) {
        next += 1;
        if !pass(at) {
            continue;
        }
        for &(longer, shorter) in edges {
            if longer == at && !found.contains(&shorter) {
                found.push(shorter);
            }
        }
    }
    found
}
