//! Types not known yet: variables, what they were unified with, and going back.
//!
//! One table serves all type variables; a variable's kind says whether it stands for any type, an integer or a float.
//! Regions are erased before anything gets here, so unification is plain equality.

use std::cell::{Cell, RefCell};

use ena::unify::{InPlace, InPlaceUnificationTable, Snapshot, UnifyKey, UnifyValue};

use crate::hash::FastMap;
use crate::hir::{DefId, GenericParamKind};
use crate::source::Span;

use super::fold::{Fold, Folder};
use super::*;

/// A type variable.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TyVid(u32);

/// What is known of a type variable.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum TyVarValue {
    /// Nothing but the kind.
    Unknown(VarKind),
    /// Everything.
    Known(Ty),
}

/// What a variable may stand for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum VarKind {
    Any,
    Int,
    Float,
}

impl UnifyKey for TyVid {
    type Value = TyVarValue;
    fn index(&self) -> u32 {
        self.0
    }
    fn from_index(u: u32) -> Self {
        TyVid(u)
    }
    fn tag() -> &'static str {
        "TyVid"
    }
}

impl UnifyValue for TyVarValue {
    type Error = ();
    fn unify_values(a: &Self, b: &Self) -> Result<Self, ()> {
        match (*a, *b) {
            (TyVarValue::Known(x), TyVarValue::Known(y)) if x == y => Ok(*a),
            (TyVarValue::Known(_), TyVarValue::Known(_)) => Err(()),
            (TyVarValue::Known(_), TyVarValue::Unknown(_)) => Ok(*a),
            (TyVarValue::Unknown(_), TyVarValue::Known(_)) => Ok(*b),
            (TyVarValue::Unknown(x), TyVarValue::Unknown(y)) => match (x, y) {
                (VarKind::Any, k) | (k, VarKind::Any) => Ok(TyVarValue::Unknown(k)),
                (x, y) if x == y => Ok(*a),
                _ => Err(()),
            },
        }
    }
}

/// A constant variable.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ConstVid(u32);

/// What is known of a constant variable.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct ConstVarValue(pub Option<Const>);

impl UnifyKey for ConstVid {
    type Value = ConstVarValue;
    fn index(&self) -> u32 {
        self.0
    }
    fn from_index(u: u32) -> Self {
        ConstVid(u)
    }
    fn tag() -> &'static str {
        "ConstVid"
    }
}

impl UnifyValue for ConstVarValue {
    type Error = ();
    fn unify_values(a: &Self, b: &Self) -> Result<Self, ()> {
        match (a.0, b.0) {
            (Some(x), Some(y)) if x != y => Err(()),
            (Some(x), _) | (None, Some(x)) => Ok(ConstVarValue(Some(x))),
            (None, None) => Ok(ConstVarValue(None)),
        }
    }
}

/// Where a variable came from.
#[derive(Clone, Copy, Debug)]
pub struct VarOrigin {
    /// Place to blame when nothing says what it is.
    pub span: Span,
    /// The generic parameter it stands for.
    pub param: Option<Symbol>,
    /// From `!` turned into any type: falls back to `!`.
    pub diverging: bool,
}

/// Two types that should have been equal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TypeMismatch;

/// The state of inference of one body, or of one question.
pub struct InferCtxt<'t, 'h> {
    /// The typing context.
    pub tcx: &'t Tcx<'h>,
    types: RefCell<InPlaceUnificationTable<TyVid>>,
    consts: RefCell<InPlaceUnificationTable<ConstVid>>,
    origins: RefCell<Vec<VarOrigin>>,
    /// What projections with variables were found to be.
    projected: RefCell<Projections>,
    /// Opaque types whose hidden types this body defines, with the variables for them.
    pub defining: RefCell<Vec<(DefId, Ty)>>,
    /// Counts unifications that had an effect: nothing changed if it did not move.
    pub changes: Cell<u64>,
}

/// A point to go back to.
pub struct InferSnapshot {
    types: Snapshot<InPlace<TyVid>>,
    consts: Snapshot<InPlace<ConstVid>>,
    origins: usize,
    projected: usize,
}

/// Projections that were looked through, so that a chain of adaptors is not taken apart anew for each of its links.
///
/// What a projection needs to hold is registered where it is first looked through, and decides the variables in the result.
#[derive(Default)]
struct Projections {
    known: FastMap<ProjectionKey, Ty>,
    /// The keys in the order they came.
    order: Vec<ProjectionKey>,
}

/// The assumptions, the associated type, and the arguments, with variables as they were.
type ProjectionKey = (ParamEnv, DefId, Args);

impl Projections {
    /// Forgets all but the first.
    fn truncate(&mut self, len: usize) {
        for key in self.order.drain(len..) {
            self.known.remove(&key);
        }
    }
}

impl<'t, 'h> InferCtxt<'t, 'h> {
    /// Fresh state.
    pub fn new(tcx: &'t Tcx<'h>) -> Self {
        InferCtxt {
            tcx,
            types: RefCell::default(),
            consts: RefCell::default(),
            origins: RefCell::default(),
            projected: RefCell::default(),
            defining: RefCell::default(),
            changes: Cell::new(0),
        }
    }
    /// A variable for any type.
    pub fn next_ty_var(&self, span: Span) -> Ty {
        self.next_var(VarKind::Any, VarOrigin { span, param: None, diverging: false })
    }
    /// A variable for an integer type.
    pub fn next_int_var(&self, span: Span) -> Ty {
        self.next_var(VarKind::Int, VarOrigin { span, param: None, diverging: false })
    }
    /// A variable for a float type.
    pub fn next_float_var(&self, span: Span) -> Ty {
        self.next_var(VarKind::Float, VarOrigin { span, param: None, diverging: false })
    }
    /// A variable with its origin.
    pub fn next_var(&self, kind: VarKind, origin: VarOrigin) -> Ty {
        let vid = self.types.borrow_mut().new_key(TyVarValue::Unknown(kind));
        self.origins.borrow_mut().push(origin);
        Self::var_ty(kind, vid)
    }
    fn var_ty(kind: VarKind, vid: TyVid) -> Ty {
        Ty::new(TyKind::Infer(match kind {
            VarKind::Any => InferTy::Ty(vid.0),
            VarKind::Int => InferTy::Int(vid.0),
            VarKind::Float => InferTy::Float(vid.0),
        }))
    }
    /// A variable for a constant.
    pub fn next_const_var(&self) -> Const {
        let vid = self.consts.borrow_mut().new_key(ConstVarValue(None));
        Const::new(ConstKind::Infer(vid.0))
    }
    /// Where a variable came from.
    pub fn origin(&self, vid: u32) -> Option<VarOrigin> {
        self.origins.borrow().get(vid as usize).copied()
    }
    /// Number of type variables made so far.
    pub fn var_count(&self) -> u32 {
        self.types.borrow().len() as u32
    }
    /// The current form of the variable with this number.
    pub fn var(&self, vid: u32) -> Ty {
        let mut table = self.types.borrow_mut();
        match table.probe_value(TyVid(vid)) {
            TyVarValue::Known(t) => t,
            TyVarValue::Unknown(kind) => Self::var_ty(kind, table.find(TyVid(vid))),
        }
    }
    /// The representative of a variable's class.
    pub fn root(&self, vid: u32) -> u32 {
        self.types.borrow_mut().find(TyVid(vid)).0
    }
    /// Variables for all parameters of `def` after those in `prefix`.
    pub fn fresh_args_from(&self, def: DefId, prefix: &[GenericArg], span: Span) -> Args {
        let generics = self.tcx.generics_of(def);
        if generics.params.len() <= prefix.len() {
            return List::new(&prefix[..generics.params.len()]);
        }
        let mut out = prefix.to_vec();
        for p in generics.params.iter().skip(prefix.len()) {
            out.push(match p.kind {
                GenericParamKind::Lifetime => GenericArg::Region(Region::Erased),
                GenericParamKind::Type { .. } => {
                    let origin = VarOrigin { span, param: Some(p.name), diverging: false };
                    GenericArg::Type(self.next_var(VarKind::Any, origin))
                }
                GenericParamKind::Const { .. } => GenericArg::Const(self.next_const_var()),
            });
        }
        List::new(&out)
    }
    /// Variables for all parameters.
    pub fn fresh_args(&self, def: DefId, span: Span) -> Args {
        self.fresh_args_from(def, &[], span)
    }

    /// The type, if it is a variable that is known by now; only the outermost constructor is looked at.
    pub fn shallow(&self, ty: Ty) -> Ty {
        match *ty.kind() {
            TyKind::Infer(InferTy::Ty(v) | InferTy::Int(v) | InferTy::Float(v)) => {
                let mut ty = self.var(v);
                // A known value may itself be a variable that was known only later.
                while let TyKind::Infer(InferTy::Ty(w) | InferTy::Int(w) | InferTy::Float(w)) = *ty.kind() {
                    let next = self.var(w);
                    if next == ty {
                        break;
                    }
                    ty = next;
                }
                ty
            }
            _ => ty,
        }
    }
    /// The constant, if it is a variable that is known by now.
    pub fn shallow_const(&self, c: Const) -> Const {
        match *c.kind() {
            ConstKind::Infer(v) => {
                let mut table = self.consts.borrow_mut();
                match table.probe_value(ConstVid(v)).0 {
                    Some(known) => known,
                    None => Const::new(ConstKind::Infer(table.find(ConstVid(v)).0)),
                }
            }
            _ => c,
        }
    }
    /// Replaces every variable that is known by now.
    pub fn resolve<T: Fold>(&self, value: T) -> T {
        if value.flags().has(Flags::INFER) { value.fold_with(&mut Resolver { cx: self }) } else { value }
    }
    /// Whether the type is a variable for any type.
    pub fn is_ty_var(&self, ty: Ty) -> bool {
        matches!(self.shallow(ty).kind(), TyKind::Infer(InferTy::Ty(_)))
    }

    /// Makes a point to go back to.
    pub fn snapshot(&self) -> InferSnapshot {
        InferSnapshot {
            types: self.types.borrow_mut().snapshot(),
            consts: self.consts.borrow_mut().snapshot(),
            origins: self.origins.borrow().len(),
            projected: self.projected.borrow().order.len(),
        }
    }
    /// Forgets everything since the snapshot.
    pub fn rollback(&self, s: InferSnapshot) {
        self.types.borrow_mut().rollback_to(s.types);
        self.consts.borrow_mut().rollback_to(s.consts);
        self.origins.borrow_mut().truncate(s.origins);
        self.projected.borrow_mut().truncate(s.projected);
    }
    /// What a projection was found to be, if it was looked through before.
    pub(super) fn known_projection(&self, env: ParamEnv, assoc: DefId, args: Args) -> Option<Ty> {
        self.projected.borrow().known.get(&(env, assoc, args)).map(|ty| self.resolve(*ty))
    }
    /// Remembers what a projection is.
    pub(super) fn remember_projection(&self, env: ParamEnv, assoc: DefId, args: Args, ty: Ty) {
        let mut projected = self.projected.borrow_mut();
        if projected.known.insert((env, assoc, args), ty).is_none() {
            projected.order.push((env, assoc, args));
        }
    }
    /// Does something whose obligations may be dropped: what projections were found to be meanwhile is forgotten.
    pub fn forgetting<R>(&self, f: impl FnOnce() -> R) -> R {
        let before = self.projected.borrow().order.len();
        let result = f();
        self.projected.borrow_mut().truncate(before);
        result
    }
    /// Keeps everything since the snapshot.
    pub fn commit(&self, s: InferSnapshot) {
        self.types.borrow_mut().commit(s.types);
        self.consts.borrow_mut().commit(s.consts);
    }
    /// Runs and forgets the effects.
    pub fn probe<R>(&self, f: impl FnOnce() -> R) -> R {
        let s = self.snapshot();
        let changes = self.changes.get();
        let r = f();
        self.rollback(s);
        self.changes.set(changes);
        r
    }
    /// Runs and keeps the effects if it succeeds.
    pub fn commit_if_ok<R, E>(&self, f: impl FnOnce() -> Result<R, E>) -> Result<R, E> {
        let s = self.snapshot();
        let changes = self.changes.get();
        let r = f();
        match &r {
            Ok(_) => self.commit(s),
            Err(_) => {
                self.rollback(s);
                self.changes.set(changes);
            }
        }
        r
    }

    /// Makes two types equal; no effect if they cannot be.
    pub fn unify(&self, a: Ty, b: Ty) -> Result<(), TypeMismatch> {
        if a == b {
            return Ok(());
        }
        self.commit_if_ok(|| self.unify_ty(a, b))
    }
    /// Makes two argument lists equal; no effect if they cannot be.
    pub fn unify_args(&self, a: Args, b: Args) -> Result<(), TypeMismatch> {
        if a == b {
            return Ok(());
        }
        self.commit_if_ok(|| self.unify_arg_lists(a, b))
    }
    /// Whether two types could be made equal.
    pub fn can_unify(&self, a: Ty, b: Ty) -> bool {
        a == b || self.probe(|| self.unify_ty(a, b).is_ok())
    }

    fn unify_ty(&self, a: Ty, b: Ty) -> Result<(), TypeMismatch> {
        let (a, b) = (self.shallow(a), self.shallow(b));
        if a == b {
            return Ok(());
        }
        match (a.kind(), b.kind()) {
            (
                TyKind::Infer(InferTy::Ty(x) | InferTy::Int(x) | InferTy::Float(x)),
                TyKind::Infer(InferTy::Ty(y) | InferTy::Int(y) | InferTy::Float(y)),
            ) => {
                self.changes.set(self.changes.get() + 1);
                self.types.borrow_mut().unify_var_var(TyVid(*x), TyVid(*y)).map_err(|()| TypeMismatch)
            }
            (TyKind::Infer(InferTy::Int(_) | InferTy::Float(_)), TyKind::Error)
            | (TyKind::Error, TyKind::Infer(InferTy::Int(_) | InferTy::Float(_))) => Ok(()),
            (TyKind::Infer(v), _) => self.bind(*v, b),
            (_, TyKind::Infer(v)) => self.bind(*v, a),
            (TyKind::Error, _) | (_, TyKind::Error) => Ok(()),
            (TyKind::Adt(d1, a1), TyKind::Adt(d2, a2))
            | (TyKind::FnDef(d1, a1), TyKind::FnDef(d2, a2))
            | (TyKind::Closure(d1, a1), TyKind::Closure(d2, a2))
            | (TyKind::Projection(d1, a1), TyKind::Projection(d2, a2))
            | (TyKind::Opaque(d1, a1), TyKind::Opaque(d2, a2))
                if d1 == d2 =>
            {
                self.unify_arg_lists(*a1, *a2)
            }
            (TyKind::Array(t1, n1), TyKind::Array(t2, n2)) => {
                self.unify_ty(*t1, *t2)?;
                self.unify_const(*n1, *n2)
            }
            (TyKind::Slice(t1), TyKind::Slice(t2)) => self.unify_ty(*t1, *t2),
            (TyKind::Ref(_, t1, m1), TyKind::Ref(_, t2, m2))
            | (TyKind::RawPtr(t1, m1), TyKind::RawPtr(t2, m2))
                if m1 == m2 =>
            {
                self.unify_ty(*t1, *t2)
            }
            (TyKind::Tuple(t1), TyKind::Tuple(t2)) => self.unify_types(t1, t2),
            (TyKind::FnPtr(s1), TyKind::FnPtr(s2)) => {
                self.unify_types(&s1.inputs, &s2.inputs)?;
                self.unify_ty(s1.output, s2.output)
            }
            (TyKind::Dynamic(d1, a1, p1, _), TyKind::Dynamic(d2, a2, p2, _))
                if d1 == d2 && p1.len() == p2.len() =>
            {
                self.unify_arg_lists(*a1, *a2)?;
                for ((x, t1), (y, t2)) in p1.iter().zip(p2.iter()) {
                    if x != y {
                        return Err(TypeMismatch);
                    }
                    self.unify_ty(*t1, *t2)?;
                }
                Ok(())
            }
            (TyKind::Opaque(d, _), _) => self.define_opaque(*d, b),
            (_, TyKind::Opaque(d, _)) => self.define_opaque(*d, a),
            _ => Err(TypeMismatch),
        }
    }
    fn define_opaque(&self, def: DefId, ty: Ty) -> Result<(), TypeMismatch> {
        let var = self.defining.borrow().iter().find(|(d, _)| *d == def).map(|(_, t)| *t);
        match var {
            Some(var) => self.unify_ty(var, ty),
            None => Err(TypeMismatch),
        }
    }
    fn unify_types(&self, a: &[Ty], b: &[Ty]) -> Result<(), TypeMismatch> {
        if a.len() != b.len() {
            return Err(TypeMismatch);
        }
        a.iter().zip(b).try_for_each(|(x, y)| self.unify_ty(*x, *y))
    }
    fn unify_arg_lists(&self, a: Args, b: Args) -> Result<(), TypeMismatch> {
        if a == b {
            return Ok(());
        }
        if a.len() != b.len() {
            return Err(TypeMismatch);
        }
        for (x, y) in a.iter().zip(b.iter()) {
            match (*x, *y) {
                (GenericArg::Type(x), GenericArg::Type(y)) => self.unify_ty(x, y)?,
                (GenericArg::Const(x), GenericArg::Const(y)) => self.unify_const(x, y)?,
                (GenericArg::Region(_), GenericArg::Region(_)) => {}
                _ => return Err(TypeMismatch),
            }
        }
        Ok(())
    }
    /// Makes two constants equal.
    pub fn unify_const(&self, a: Const, b: Const) -> Result<(), TypeMismatch> {
        let (a, b) = (self.shallow_const(a), self.shallow_const(b));
        if a == b {
            return Ok(());
        }
        match (a.kind(), b.kind()) {
            (ConstKind::Infer(x), ConstKind::Infer(y)) => {
                self.changes.set(self.changes.get() + 1);
                self.consts.borrow_mut().unify_var_var(ConstVid(*x), ConstVid(*y)).map_err(|()| TypeMismatch)
            }
            (ConstKind::Infer(v), _) => self.bind_const(*v, b),
            (_, ConstKind::Infer(v)) => self.bind_const(*v, a),
            (ConstKind::Error, _) | (_, ConstKind::Error) => Ok(()),
            (ConstKind::Unevaluated(..), _) | (_, ConstKind::Unevaluated(..)) => {
                let (x, y) = (self.tcx.eval_const(a), self.tcx.eval_const(b));
                let same =
                    x == y || matches!(x.kind(), ConstKind::Error) || matches!(y.kind(), ConstKind::Error);
                if same { Ok(()) } else { Err(TypeMismatch) }
            }
            _ => Err(TypeMismatch),
        }
    }
    fn bind_const(&self, v: u32, c: Const) -> Result<(), TypeMismatch> {
        self.changes.set(self.changes.get() + 1);
        self.consts
            .borrow_mut()
            .unify_var_value(ConstVid(v), ConstVarValue(Some(c)))
            .map_err(|()| TypeMismatch)
    }
    fn bind(&self, v: InferTy, ty: Ty) -> Result<(), TypeMismatch> {
        let vid = match v {
            InferTy::Ty(v) => v,
            InferTy::Int(v) if ty.is_integral() => v,
            InferTy::Float(v) if ty.is_float() => v,
            _ => return Err(TypeMismatch),
        };
        let ty = self.resolve(ty);
        if ty.flags().has(Flags::INFER) && self.occurs(vid, ty) {
            return Err(TypeMismatch);
        }
        self.changes.set(self.changes.get() + 1);
        self.types.borrow_mut().unify_var_value(TyVid(vid), TyVarValue::Known(ty)).map_err(|()| TypeMismatch)
    }
    fn occurs(&self, vid: u32, ty: Ty) -> bool {
        let root = self.root(vid);
        let mut found = false;
        ty.walk(&mut |t| {
            if let TyKind::Infer(InferTy::Ty(v) | InferTy::Int(v) | InferTy::Float(v)) = *t.kind() {
                found |= self.root(v) == root;
            }
        });
        found
    }
}

struct Resolver<'a, 't, 'h> {
    cx: &'a InferCtxt<'t, 'h>,
}

impl Folder for Resolver<'_, '_, '_> {
    fn fold_ty(&mut self, ty: Ty) -> Ty {
        if !ty.flags().has(Flags::INFER) {
            return ty;
        }
        let known = self.cx.shallow(ty);
        if matches!(known.kind(), TyKind::Infer(_)) || !known.flags().has(Flags::INFER) {
            return known;
        }
        known.super_fold(self)
    }
    fn fold_const(&mut self, c: Const) -> Const {
        if !c.flags().has(Flags::INFER) {
            return c;
        }
        let known = self.cx.shallow_const(c);
        if matches!(known.kind(), ConstKind::Infer(_)) { known } else { known.super_fold(self) }
    }
}

/// Renames variables by order of appearance, so that questions that differ only in their variables are the same.
#[derive(Default)]
pub struct Canonical {
    seen: Vec<Ty>,
    consts: Vec<Const>,
}

impl Folder for Canonical {
    fn fold_ty(&mut self, ty: Ty) -> Ty {
        match *ty.kind() {
            TyKind::Infer(v) => {
                let n = match self.seen.iter().position(|t| *t == ty) {
                    Some(n) => n,
                    None => {
                        self.seen.push(ty);
                        self.seen.len() - 1
                    }
                } as u32;
                Ty::new(TyKind::Infer(match v {
                    InferTy::Ty(_) => InferTy::Ty(n),
                    InferTy::Int(_) => InferTy::Int(n),
                    InferTy::Float(_) => InferTy::Float(n),
                }))
            }
            _ if ty.flags().has(Flags::INFER) => ty.super_fold(self),
            _ => ty,
        }
    }
    fn fold_const(&mut self, c: Const) -> Const {
        match *c.kind() {
            ConstKind::Infer(_) => {
                let n = match self.consts.iter().position(|t| *t == c) {
                    Some(n) => n,
                    None => {
                        self.consts.push(c);
                        self.consts.len() - 1
                    }
                };
                Const::new(ConstKind::Infer(n as u32))
            }
            _ => c.super_fold(self),
        }
    }
}
