//! The state of one body's check: its region variables and what is known of them.

use super::constraints::{Category, Outlives, TypeTest};
use super::regions::{BODY_END, Origin, Renumber, STATIC, Vid, for_each_region};
use super::summary::ClosureSummary;
use crate::hash::FastMap;
use crate::hir::{DefId, DefKind};
use crate::lower::moves::MoveCx;
use crate::mir::body::Location;
use crate::mir::{BlockId, Body};
use crate::source::Span;
use crate::symbol::Symbol;
use crate::ty::extent::for_each_part;
use crate::ty::fold::Fold;
use crate::ty::tcx::{ParamEnv, Tcx};
use crate::ty::{Args, Clause, GenericArg, List, Region, Ty, TyKind, collect};

/// One body's check.
pub struct BorrowCx<'a, 'h> {
    /// Types, definitions, names of places.
    pub cx: MoveCx<'a, 'h>,
    /// The body.
    pub body: &'a Body,
    /// What checking the closures inside found out.
    pub closures: &'a FastMap<DefId, ClosureSummary>,
    /// Where each variable comes from; those given from outside first.
    pub origins: Vec<Origin>,
    /// The variables of lifetime parameters.
    pub named: FastMap<Region, Vid>,
    /// Types of locals with region variables.
    pub local_tys: Vec<Ty>,
    /// What must outlive what.
    pub constraints: Vec<Outlives>,
    /// Type parameters that must outlive regions.
    pub type_tests: Vec<TypeTest>,
    /// `'a: 'b` that may be assumed.
    pub known: Vec<(Vid, Vid)>,
    /// `T: 'a` that may be assumed.
    pub known_types: Vec<(Ty, Vid)>,
    /// Where-clauses in scope, elaborated, with region variables.
    pub clauses: Vec<Clause>,
    /// Where closures let go what they are called with and may not.
    pub escapes: Vec<Span>,
    /// Why constraints are made now.
    pub category: Category,
    /// For which code.
    pub span: Span,
    /// Where.
    pub at: Location,
    depth: u32,
}

impl<'a, 'h> BorrowCx<'a, 'h> {
    /// Numbers the regions of a body.
    pub fn new(cx: MoveCx<'a, 'h>, body: &'a Body, closures: &'a FastMap<DefId, ClosureSummary>) -> Self {
        let mut b = BorrowCx {
            cx,
            body,
            closures,
            origins: vec![Origin::Static, Origin::BodyEnd],
            named: FastMap::default(),
            local_tys: Vec::new(),
            constraints: Vec::new(),
            type_tests: Vec::new(),
            known: Vec::new(),
            known_types: Vec::new(),
            clauses: Vec::new(),
            escapes: Vec::new(),
            category: Category::Boring,
            span: body.span,
            at: Location { block: BlockId(0), statement: 0 },
            depth: 0,
        };
        b.named.insert(Region::Static, STATIC);
        b.name_parameters();
        b.number_locals();
        b.assume();
        b
    }

    /// Types and definitions.
    pub fn tcx(&self) -> &'a Tcx<'h> {
        self.cx.tcx
    }

    /// Assumptions of the owner.
    pub fn env(&self) -> &ParamEnv {
        &self.cx.env
    }

    /// Whether the body computes a constant or static.
    pub fn is_constant(&self) -> bool {
        let owner = &self.tcx().hir.def(self.cx.hir.owner).kind;
        self.cx.closure.is_none() && !matches!(owner, DefKind::Fn(_))
    }

    /// A new variable.
    pub fn fresh(&mut self) -> Vid {
        self.new_var(Origin::Unknown)
    }

    pub(super) fn new_var(&mut self, origin: Origin) -> Vid {
        self.origins.push(origin);
        (self.origins.len() - 1) as Vid
    }

    /// The type with a new variable for each region.
    pub fn renumber<T: Fold>(&mut self, value: T) -> T {
        let tcx = self.tcx();
        value.fold_with(&mut Renumber { tcx, next: |_| Region::Var(self.fresh()) })
    }

    /// A type of a signature or annotation of this function: named regions become their variables.
    pub fn with_names<T: Fold>(&mut self, value: T) -> T {
        let tcx = self.tcx();
        value.fold_with(&mut Renumber {
            tcx,
            next: |r| match self.named.get(&r) {
                Some(&v) => Region::Var(v),
                None if matches!(r, Region::Var(_)) => r,
                None => Region::Var(self.fresh()),
            },
        })
    }

    /// A declared lifetime by name.
    pub fn region_named(&self, name: Symbol) -> Option<Vid> {
        let is_it = |r: &Region| matches!(r, Region::Bound(n) | Region::Param(_, n) if *n == name);
        self.named.iter().find(|(r, _)| is_it(r)).map(|(_, &v)| v)
    }

    /// `sup: sub`, for the current reason.
    pub fn outlives(&mut self, sup: Vid, sub: Vid) {
        if sup == sub || sup == STATIC {
            return;
        }
        let (category, span, at) = (self.category, self.span, self.at);
        self.constraints.push(Outlives { sup, sub, category, span, at });
    }

    /// Both outlive each other.
    pub fn equal(&mut self, a: Vid, b: Vid) {
        self.outlives(a, b);
        self.outlives(b, a);
    }

    /// Every region in a type outlives a region, and its parameters do.
    pub fn type_outlives(&mut self, ty: Ty, region: Vid) {
        let mut found = Vec::new();
        for_each_region(ty, &mut |v| found.push(v));
        for v in found {
            self.outlives(v, region);
        }
        let span = self.span;
        let mut params = Vec::new();
        held_params(ty, &mut params);
        self.type_tests.extend(params.into_iter().map(|ty| TypeTest { ty, region, span }));
    }

    /// Does something for another reason.
    pub fn because<T>(&mut self, category: Category, span: Span, f: impl FnOnce(&mut Self) -> T) -> T {
        let saved = (self.category, self.span);
        (self.category, self.span) = (category, span);
        let result = f(self);
        (self.category, self.span) = saved;
        result
    }

    /// Does something that may need itself; nothing if it went too deep.
    pub fn deeper<T>(&mut self, f: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.depth > 40 {
            return None;
        }
        self.depth += 1;
        let result = f(self);
        self.depth -= 1;
        Some(result)
    }

    fn name_parameters(&mut self) {
        let tcx = self.tcx();
        let owner = self.cx.hir.owner;
        let item = tcx.generics_owner(owner);
        for arg in tcx.identity_args(item).iter() {
            if let GenericArg::Region(r) = *arg {
                self.name(r);
            }
        }
        let late: Vec<_> = tcx.late_regions(item).to_vec();
        for name in late {
            self.name(Region::Bound(name));
        }
        // Unwritten lifetimes of the impl around it and of `impl Trait` parameters.
        let predicates = tcx.region_predicates_of(item);
        let mut found = Vec::new();
        for (clause, _) in &predicates.clauses {
            match *clause {
                Clause::Trait(tr) => collect_unwritten(tr.args, &mut found),
                Clause::Projection(_, args, ty) => {
                    collect_unwritten(args, &mut found);
                    collect_unwritten(List::new(&[GenericArg::Type(ty)]), &mut found);
                }
            }
        }
        for r in found {
            self.name(r);
        }
    }

    fn name(&mut self, region: Region) {
        if !self.named.contains_key(&region) {
            let v = self.new_var(Origin::Named(region));
            self.named.insert(region, v);
        }
    }

    fn number_locals(&mut self) {
        let tcx = self.tcx();
        let (cx, body) = (self.cx, self.body);
        let mut given: Vec<Ty> = Vec::new();
        if let Some((info, kind)) = cx.closure {
            if let TyKind::Closure(def, args) = *info.ty.kind() {
                let n = args.len();
                let mut captures = 0;
                let tuple = args[n - 1].fold_with(&mut Renumber {
                    tcx,
                    next: |_| {
                        captures += 1;
                        Region::Var(self.new_var(Origin::Capture(captures - 1)))
                    },
                });
                let mut signature = 0;
                let sig = match args[n - 2].as_type().map(|t| *t.kind()) {
                    Some(TyKind::FnPtr(sig)) => sig.fold_with(&mut Renumber {
                        tcx,
                        next: |_| {
                            signature += 1;
                            Region::Var(self.new_var(Origin::Signature(signature - 1)))
                        },
                    }),
                    _ => crate::bug!("{}: a closure without a signature", body.name),
                };
                let mut all = args[..n - 1].to_vec();
                all.push(tuple);
                let closure = Ty::new(TyKind::Closure(def, List::new(&all)));
                let this = match kind {
                    crate::hir::ClosureKind::FnOnce => closure,
                    kind => {
                        let r = Region::Var(self.new_var(Origin::ClosureSelf));
                        let mutability = match kind {
                            crate::hir::ClosureKind::Fn => crate::ty::Mutability::Not,
                            _ => crate::ty::Mutability::Mut,
                        };
                        Ty::new(TyKind::Ref(r, closure, mutability))
                    }
                };
                given.push(sig.output);
                given.push(this);
                given.extend(sig.inputs.iter());
            }
        } else {
            let owner = cx.hir.owner;
            if let DefKind::Fn(_) = &tcx.hir.def(owner).kind
                && body.arg_count == tcx.fn_sig(owner).inputs.len()
            {
                let sig = tcx.fn_sig(owner);
                given.push(self.with_names(sig.output));
                for &ty in sig.inputs.iter() {
                    let ty = self.with_names(ty);
                    given.push(ty);
                }
            }
        }
        // From here on no variable is given from outside.
        for (local, decl) in body.locals.iter_enumerated() {
            use crate::index::Idx;
            let ty = match given.get(local.index()) {
                Some(&ty) => ty,
                None => self.renumber(decl.ty),
            };
            self.local_tys.push(ty);
        }
    }

    /// What may be assumed of the regions and types that are given.
    fn assume(&mut self) {
        let tcx = self.tcx();
        let item = tcx.generics_owner(self.cx.hir.owner);
        let predicates = tcx.region_predicates_of(item);
        for (longer, shorter, _) in &predicates.regions {
            if let (Some(&l), Some(&s)) = (self.named.get(longer), self.named.get(shorter)) {
                self.known.push((l, s));
            }
        }
        for (ty, region, _) in &predicates.types {
            if let Some(&v) = self.named.get(region) {
                let ty = self.with_names(*ty);
                let mut inside = Vec::new();
                for_each_region(ty, &mut |r| inside.push(r));
                self.known.extend(inside.into_iter().map(|r| (r, v)));
                self.known_types.push((ty, v));
            }
        }
        let clauses: Vec<Clause> = predicates.clauses.iter().map(|c| c.0).collect();
        if !clauses.is_empty() {
            for clause in tcx.elaborate(clauses) {
                let clause = clause.fold_with(&mut Names { named: &self.named });
                if let Clause::Trait(tr) = clause
                    && let Some(GenericArg::Type(this)) = tr.args.first()
                    && tcx.is_static_trait(tr.trait_def)
                {
                    self.known_types.push((*this, STATIC));
                }
                self.clauses.push(clause);
            }
        }
        let owner = self.cx.hir.owner;
        if let DefKind::Fn(_) = &tcx.hir.def(owner).kind {
            let sig = tcx.fn_sig(owner);
            for &ty in sig.inputs.iter().chain([&sig.output]) {
                let ty = self.with_names(ty);
                self.implied(ty);
            }
        }
        // The self type and trait of an impl are well-formed too.
        if let Some(parent) = tcx.hir.def(item).parent
            && let DefKind::Impl(_) = &tcx.hir.def(parent).kind
        {
            let ty = self.with_names(tcx.type_of(parent));
            self.implied(ty);
            if let Some(tr) = tcx.impl_trait_ref(parent) {
                for arg in tr.args.iter() {
                    if let GenericArg::Type(t) = *arg {
                        let t = self.with_names(t);
                        self.implied(t);
                    }
                }
            }
        }
    }

    /// What holds because a type of the signature is well-formed.
    fn implied(&mut self, ty: Ty) {
        let mut found = Vec::new();
        super::wellformed::outlives_of(self.tcx(), ty, &mut found);
        for (what, shorter) in found {
            let Some(shorter) = super::regions::vid(shorter) else { continue };
            match what {
                GenericArg::Region(r) => self.known.extend(super::regions::vid(r).map(|r| (r, shorter))),
                GenericArg::Type(t) => self.known_types.push((t, shorter)),
                GenericArg::Const(_) => {}
            }
        }
    }

    /// Whether one given region is known to outlive another.
    pub fn is_known(&self, longer: Vid, shorter: Vid) -> bool {
        let end = |v: Vid| self.origins[v as usize] == Origin::BodyEnd;
        if longer == shorter || longer == STATIC || end(shorter) {
            return true;
        }
        if longer == BODY_END {
            return false;
        }
        let mut seen = vec![longer];
        let mut next = 0;
        while let Some(&at) = seen.get(next) {
            next += 1;
            for &(l, s) in &self.known {
                if l == at && !seen.contains(&s) {
                    if s == shorter {
                        return true;
                    }
                    seen.push(s);
                }
            }
        }
        false
    }
}

/// Replaces named regions by their variables and keeps the others.
struct Names<'n> {
    named: &'n FastMap<Region, Vid>,
}

impl crate::ty::fold::Folder for Names<'_> {
    fn fold_ty(&mut self, ty: Ty) -> Ty {
        ty.super_fold(self)
    }
    fn fold_region(&mut self, r: Region) -> Region {
        self.named.get(&r).map_or(r, |&v| Region::Var(v))
    }
}

fn collect_unwritten(args: Args, out: &mut Vec<Region>) {
    struct Collect<'o>(&'o mut Vec<Region>);
    impl crate::ty::fold::Folder for Collect<'_> {
        fn fold_ty(&mut self, ty: Ty) -> Ty {
            ty.super_fold(self)
        }
        fn fold_region(&mut self, r: Region) -> Region {
            if let Region::Bound(name) = r
                && collect::is_unwritten(name)
            {
                self.0.push(r);
            }
            r
        }
    }
    args.fold_with(&mut Collect(out));
}

/// The type parameters that values of a type may hold. A projection outlives what its trait says, so what stands in it
/// counts for nothing; a closure holds what it captures.
fn held_params(ty: Ty, out: &mut Vec<Ty>) {
    match *ty.kind() {
        TyKind::Param(_) => out.push(ty),
        TyKind::Projection(..) | TyKind::Opaque(..) | TyKind::Dynamic(..) => {}
        TyKind::Closure(_, args) => {
            if let Some(captured) = args.last().and_then(|a| a.as_type()) {
                held_params(captured, out);
            }
        }
        ref kind => {
            for_each_part(kind, &mut |part| part.as_type().into_iter().for_each(|t| held_params(t, out)))
        }
    }
}
