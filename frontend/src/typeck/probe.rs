//! Which function `x.m()` and `T::m` mean.
//!
//! As in rustc: the receiver is dereferenced step by step; at each step inherent methods come before those of traits in
//! scope, first by value, then by `&`, then by `&mut`. Bounds of parameters count as inherent.

use crate::hir::{DefId, DefKind};
use crate::source::{Edition, Span};
use crate::symbol::Symbol;
use crate::ty::impls::SimpleType;
use crate::ty::solve::{Cause, CauseCode, Eval};
use crate::ty::{Clause, GenericArg, List, Mutability, Namespace, TraitRef, Ty, TyKind, fold};

use super::autoderef::DerefKind;
use super::fn_ctxt::FnCtxt;

/// Where a method was found.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum PickKind {
    /// In an inherent impl.
    Inherent,
    /// In a trait in scope.
    Trait(DefId),
    /// In a trait the receiver is assumed to implement, or that it is an object of.
    Given(TraitRef),
}

/// The method that was picked.
#[derive(Clone, Debug)]
pub struct Pick {
    /// The function or constant.
    pub item: DefId,
    /// Where it was found.
    pub kind: PickKind,
    /// The steps taken from the receiver.
    pub(super) steps: Vec<(Ty, DerefKind)>,
    /// The type they led to.
    pub(super) self_ty: Ty,
    /// The borrow taken of it.
    pub(super) autoref: Option<Mutability>,
    /// Whether an array becomes a slice.
    pub(super) unsize: bool,
}

/// Why there is no method.
#[derive(Debug)]
pub enum MethodError {
    /// None of that name applies; those that would if bounds held.
    NotFound(Vec<Clause>),
    /// Several apply equally.
    Ambiguous(Vec<DefId>),
    /// It exists but is private.
    Private(DefId),
    /// The type is not known.
    UnknownType,
}

#[derive(Clone, Copy, PartialEq)]
struct Candidate {
    item: DefId,
    kind: PickKind,
}

#[derive(Clone, Copy, PartialEq)]
enum Mode {
    Method,
    Path,
}

struct Probe {
    name: Symbol,
    mode: Mode,
    span: Span,
    inherent: Vec<Candidate>,
    extension: Vec<Candidate>,
    private: Option<DefId>,
    unsatisfied: Vec<Clause>,
}

struct Step {
    ty: Ty,
    taken: usize,
    unsize: bool,
}

impl FnCtxt<'_, '_> {
    /// Finds a method for a receiver.
    pub(super) fn probe_method(&self, receiver: Ty, name: Symbol, span: Span) -> Result<Pick, MethodError> {
        let mut deref = self.autoderef(span, receiver);
        let mut steps: Vec<Step> = Vec::new();
        let mut last = receiver;
        for (ty, taken) in deref.by_ref() {
            last = self.structurally_resolve(ty);
            steps.push(Step { ty: last, taken, unsize: false });
        }
        if self.infcx.is_ty_var(last) {
            if steps.len() <= 1 {
                return Err(MethodError::UnknownType);
            }
            steps.pop();
        }
        if let TyKind::Array(t, _) = *last.kind() {
            steps.push(Step { ty: Ty::slice(t), taken: deref.steps.len(), unsize: true });
        }
        let mut probe = self.new_probe(name, Mode::Method, span);
        for step in &steps {
            self.assemble_inherent(&mut probe, step.ty);
        }
        self.assemble_traits(&mut probe);
        for step in &steps {
            let taken = &deref.steps[..step.taken];
            let pick = |c: Candidate, autoref| Pick {
                item: c.item,
                kind: c.kind,
                steps: taken.to_vec(),
                self_ty: step.ty,
                autoref,
                unsize: step.unsize,
            };
            if !step.unsize
                && let Some(found) = self.pick_at(&mut probe, step.ty)
            {
                return found.map(|c| {
                    // `x.m()` on a reference borrows what it points to instead of using `x`: an exclusive one
                    // stays usable, and a closure captures no more than that.
                    match *step.ty.kind() {
                        TyKind::Ref(_, inner, m) if m == Mutability::Mut || self.in_closure() => {
                            let mut steps = taken.to_vec();
                            steps.push((step.ty, DerefKind::Builtin));
                            Pick { steps, self_ty: inner, autoref: Some(m), ..pick(c, None) }
                        }
                        _ => pick(c, None),
                    }
                });
            }
            for m in [Mutability::Not, Mutability::Mut] {
                if let Some(found) = self.pick_at(&mut probe, Ty::reference(step.ty, m)) {
                    return found.map(|c| pick(c, Some(m)));
                }
            }
        }
        match probe.private {
            Some(item) => Err(MethodError::Private(item)),
            None => Err(MethodError::NotFound(probe.unsatisfied)),
        }
    }
    /// Finds what `Type::name` means.
    pub(super) fn probe_path(&self, this: Ty, name: Symbol, span: Span) -> Result<Pick, MethodError> {
        if self.infcx.is_ty_var(this) {
            return Err(MethodError::UnknownType);
        }
        let mut probe = self.new_probe(name, Mode::Path, span);
        self.assemble_inherent(&mut probe, this);
        self.assemble_traits(&mut probe);
        match self.pick_at(&mut probe, this) {
            Some(found) => found.map(|c| Pick {
                item: c.item,
                kind: c.kind,
                steps: Vec::new(),
                self_ty: this,
                autoref: None,
                unsize: false,
            }),
            None => match probe.private {
                Some(item) => Err(MethodError::Private(item)),
                None => Err(MethodError::NotFound(probe.unsatisfied)),
            },
        }
    }
    fn new_probe(&self, name: Symbol, mode: Mode, span: Span) -> Probe {
        Probe {
            name,
            mode,
            span,
            inherent: Vec::new(),
            extension: Vec::new(),
            private: None,
            unsatisfied: Vec::new(),
        }
    }
    fn fits(&self, mode: Mode, item: DefId) -> bool {
        match &self.tcx.hir.def(item).kind {
            DefKind::Fn(f) => mode == Mode::Path || f.has_self,
            DefKind::Const { .. } => mode == Mode::Path,
            _ => false,
        }
    }
    fn assemble_inherent(&self, probe: &mut Probe, ty: Ty) {
        if let Some(simple) = SimpleType::of(ty)
            && let Some(items) = self.tcx.impls().inherent.get(&(simple, probe.name))
        {
            for &item in items {
                if self.fits(probe.mode, item) {
                    push(&mut probe.inherent, Candidate { item, kind: PickKind::Inherent });
                }
            }
        }
        let mut given = |tr: TraitRef| {
            if let Some(item) = self.tcx.assoc_item(tr.trait_def, probe.name, Namespace::Value)
                && self.fits(probe.mode, item)
            {
                push(&mut probe.inherent, Candidate { item, kind: PickKind::Given(tr) });
            }
        };
        match *ty.kind() {
            TyKind::Param(_) | TyKind::Projection(..) | TyKind::Opaque(..) => {
                for clause in self.env.clauses.iter() {
                    if let Clause::Trait(tr) = clause
                        && tr.args.first() == Some(&GenericArg::Type(ty))
                    {
                        given(*tr);
                    }
                }
                self.infcx.for_each_bound_of(ty, &mut |clause| {
                    if let Clause::Trait(tr) = clause {
                        given(tr);
                    }
                });
            }
            TyKind::Dynamic(principal, args, ..) => {
                let mut all = vec![GenericArg::Type(ty)];
                all.extend(args.iter());
                let root = TraitRef { trait_def: principal, args: List::new(&all) };
                for clause in self.tcx.elaborate(vec![Clause::Trait(root)]) {
                    if let Clause::Trait(tr) = clause {
                        given(tr);
                    }
                }
            }
            _ => {}
        }
    }
    /// The trait around this body, or that of the impl around it: its methods are in scope, too.
    fn current_trait(&self) -> Option<DefId> {
        let parent = self.tcx.hir.def(self.owner).parent?;
        match &self.tcx.hir.def(parent).kind {
            DefKind::Trait(_) => Some(parent),
            DefKind::Impl(_) => self.tcx.impl_trait_ref_erased(parent).map(|tr| tr.trait_def),
            _ => None,
        }
    }
    fn is_in_scope(&self, item: DefId) -> bool {
        let Some(parent) = self.tcx.hir.def(item).parent else { return false };
        self.body.traits_in_scope.contains(&parent) || self.current_trait() == Some(parent)
    }
    fn assemble_traits(&self, probe: &mut Probe) {
        let in_scope = self.tcx.traits_declaring(&self.body.traits_in_scope, probe.name);
        let current = self
            .current_trait()
            .and_then(|t| Some((t, self.tcx.assoc_item(t, probe.name, Namespace::Value)?)));
        for (t, item) in in_scope.iter().copied().chain(current) {
            if self.fits(probe.mode, item) {
                push(&mut probe.extension, Candidate { item, kind: PickKind::Trait(t) });
            }
        }
    }
    /// The one candidate that applies to this receiver type.
    fn pick_at(&self, probe: &mut Probe, self_ty: Ty) -> Option<Result<Candidate, MethodError>> {
        for inherent in [true, false] {
            let list = if inherent { probe.inherent.clone() } else { probe.extension.clone() };
            let mut found: Vec<Candidate> = Vec::new();
            for c in list {
                if self.is_hidden_by_edition(c.item, self_ty) || !self.applies(probe, c, self_ty) {
                    continue;
                }
                if c.kind == PickKind::Inherent && !self.is_accessible_item(c.item) {
                    probe.private = Some(c.item);
                    continue;
                }
                found.push(c);
            }
            if found.len() > 1 {
                // The same item by several assumptions or through several steps is one.
                let first = found[0];
                if found.iter().all(|c| c.item == first.item) {
                    // Assumed for several arguments of the trait: what the result is used for tells which.
                    let differ = found.iter().any(|c| c.kind != first.kind);
                    let of_trait = self.tcx.hir.def(first.item).parent.filter(|_| differ);
                    return Some(Ok(
                        of_trait.map_or(first, |t| Candidate { kind: PickKind::Trait(t), ..first })
                    ));
                }
                // Of what a projection is assumed to implement, traits in scope come first.
                if let [c] = *found.iter().filter(|c| self.is_in_scope(c.item)).collect::<Vec<_>>() {
                    return Some(Ok(*c));
                }
                // A method of a subtrait hides none of the supertrait's; say which are meant.
                return Some(Err(MethodError::Ambiguous(found.iter().map(|c| c.item).collect())));
            }
            if let Some(&c) = found.first() {
                return Some(Ok(c));
            }
        }
        None
    }
    /// Until 2021 `array.into_iter()`, and until 2024 that of a boxed slice, iterated over references.
    fn is_hidden_by_edition(&self, item: DefId, self_ty: Ty) -> bool {
        let edition = self.tcx.hir.edition(self.owner);
        if edition == Edition::default() || self.tcx.hir.def(item).name.as_str() != "into_iter" {
            return false;
        }
        let since = match self_ty.kind() {
            TyKind::Array(..) => Edition::E2021,
            TyKind::Adt(def, args) if Some(*def) == self.tcx.lang.owned_box => {
                match args[0].as_type().map(Ty::kind) {
                    Some(TyKind::Slice(_)) => Edition::E2024,
                    _ => return false,
                }
            }
            _ => return false,
        };
        edition < since
    }
    fn applies(&self, probe: &mut Probe, c: Candidate, self_ty: Ty) -> bool {
        let tcx = self.tcx;
        let Some(parent) = tcx.hir.def(c.item).parent else { return false };
        let ob = |clause| self.obligation(Cause { span: probe.span, code: CauseCode::Misc }, clause);
        let dummy = ob(Clause::Projection(c.item, List::new(&[]), Ty::unit()));
        let mut unsatisfied = None;
        let result = self.infcx.probe(|| {
            let parent_args = match c.kind {
                PickKind::Given(tr) => tr.args,
                PickKind::Inherent | PickKind::Trait(_) => self.infcx.fresh_args(parent, probe.span),
            };
            let receiver = match (probe.mode, c.kind) {
                (Mode::Path, PickKind::Inherent) => {
                    fold::subst(fold::erase_regions(tcx.type_of(parent)), parent_args)
                }
                (Mode::Path, _) => parent_args[0].as_type().unwrap_or(Ty::error()),
                (Mode::Method, _) => {
                    let Some(&input) = tcx.fn_sig_erased(c.item).inputs.first() else { return false };
                    let args = if input.flags().has(crate::ty::Flags::PARAM) {
                        self.infcx.fresh_args_from(c.item, &parent_args, probe.span)
                    } else {
                        parent_args
                    };
                    fold::subst(input, args)
                }
            };
            // Cheap refusal before anything is normalised.
            if let (Some(a), Some(b)) = (SimpleType::of(receiver), SimpleType::of(self_ty))
                && a != b
            {
                return false;
            }
            let mut nested = Vec::new();
            let receiver = self.infcx.normalize(&dummy, receiver, &mut nested);
            if self.infcx.unify(receiver, self_ty).is_err() {
                return false;
            }
            match c.kind {
                PickKind::Given(_) => true,
                PickKind::Trait(t) => {
                    let clause =
                        Clause::Trait(TraitRef { trait_def: t, args: self.infcx.resolve(parent_args) });
                    if self.infcx.evaluate(&ob(clause)) == Eval::Fails {
                        unsatisfied = Some(self.infcx.resolve(clause));
                        return false;
                    }
                    // `where Self: Sized` and the like.
                    true
                }
                PickKind::Inherent => {
                    self.infcx.predicates_for(&dummy, &None, parent, parent_args, &mut nested);
                    for o in &nested {
                        if self.infcx.evaluate(o) == Eval::Fails {
                            unsatisfied = Some(self.infcx.resolve(o.clause));
                            return false;
                        }
                    }
                    true
                }
            }
        });
        if let Some(clause) = unsatisfied
            && !probe.unsatisfied.contains(&clause)
        {
            probe.unsatisfied.push(clause);
        }
        result
    }
}

fn push(list: &mut Vec<Candidate>, c: Candidate) {
    if !list.contains(&c) {
        list.push(c);
    }
}
