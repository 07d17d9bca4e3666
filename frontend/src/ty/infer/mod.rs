//! Types not known yet: variables, what they were unified with, and going back.
//!
//! One table serves all type variables; a variable's kind says whether it stands for any type, an integer or a float.
//! Regions are erased before anything gets here, so unification is plain equality.

mod resolve;
mod unify;
mod variables;

use std::cell::{Cell, RefCell};

use ena::unify::{InPlace, InPlaceUnificationTable, Snapshot};

use crate::hash::FastMap;
use crate::hir::{DefId, GenericParamKind};
use crate::source::Span;

use super::fold::Fold;
use super::*;
use resolve::Resolver;

pub use resolve::Canonical;
pub use variables::{ConstVarValue, ConstVid, TyVarValue, TyVid, VarKind, VarOrigin};

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
    /// Which of its states this is: nothing was unified between two moments of the same state.
    state: Cell<u64>,
    /// How many states there were so far.
    states: Cell<u64>,
}

/// A point to go back to.
pub struct InferSnapshot {
    state: u64,
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
            state: Cell::new(0),
            states: Cell::new(0),
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
        Ty::infer(match kind {
            VarKind::Any => InferTy::Ty(vid.0),
            VarKind::Int => InferTy::Int(vid.0),
            VarKind::Float => InferTy::Float(vid.0),
        })
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
        let mut vid = TyVid(vid);
        loop {
            match table.probe_value(vid) {
                TyVarValue::Unknown(kind) => return Self::var_ty(kind, table.find(vid)),
                // A known value may itself be a variable that was known only later.
                TyVarValue::Known(ty) => match *ty.kind() {
                    TyKind::Infer(InferTy::Ty(v) | InferTy::Int(v) | InferTy::Float(v)) => vid = TyVid(v),
                    _ => return ty,
                },
            }
        }
    }
    /// Which state this is: as long as it is the same one, nothing is known that was not known before.
    pub(super) fn state(&self) -> u64 {
        self.state.get()
    }
    /// Something is unified now.
    fn enter_new_state(&self) {
        let new = self.states.get() + 1;
        self.states.set(new);
        self.state.set(new);
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
            TyKind::Infer(InferTy::Ty(v) | InferTy::Int(v) | InferTy::Float(v)) => self.var(v),
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
            state: self.state.get(),
            types: self.types.borrow_mut().snapshot(),
            consts: self.consts.borrow_mut().snapshot(),
            origins: self.origins.borrow().len(),
            projected: self.projected.borrow().order.len(),
        }
    }
    /// Forgets everything since the snapshot.
    pub fn rollback(&self, s: InferSnapshot) {
        self.state.set(s.state);
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
        let r = f();
        self.rollback(s);
        r
    }
    /// Runs and keeps the effects if it succeeds.
    pub fn commit_if_ok<R, E>(&self, f: impl FnOnce() -> Result<R, E>) -> Result<R, E> {
        let s = self.snapshot();
        let r = f();
        match &r {
            Ok(_) => self.commit(s),
            Err(_) => self.rollback(s),
        }
        r
    }
}
