//! HIR to generic MIR: the typed form, pattern checks, MIR, moves, drops.
//!
//! In: a definition with a body and what checking found out about it. Out: [`OwnedBodies`], its MIR in
//! [`Phase::Owned`] with the bodies of its closures and of the constants it puts into static memory; or errors,
//! each reported once.
//!
//! [`thir`] spells adjustments and scopes out, [`patterns`] checks that matches are exhaustive, [`build`] makes the
//! control-flow graph, [`moves`] checks ownership and makes drops exact. Bodies of our std are trusted: they are
//! built, not checked.

pub mod build;
pub mod const_value;
pub mod errors;
pub mod moves;
pub mod passes;
pub mod patterns;
pub mod thir;

#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::rc::Rc;

use indexmap::IndexMap;

use crate::borrowck::summary::ClosureSummary;
use crate::diag::{Diagnostic, ErrorReported};
use crate::hash::{FastMap, FastSet};
use crate::hir::{self, ClosureKind, CrateId, DefId, DefKind, ExprKind};
use crate::mir::{Body, Local, Phase};
use crate::source::Span;
use crate::ty::tcx::{ParamEnv, Tcx};
use crate::ty::{FnSig, Ty, TyKind};
use crate::typeck::results::{ClosureInfo, TypeckResults};

use build::Source;
use moves::MoveCx;
use moves::spans::OperandSpans;
use passes::{RemoveUnreachableBlocks, SimplifyCfg, run_passes};
use patterns::PatCx;
use thir::{BodyKind, Thir};

/// The MIR of a definition.
#[derive(Debug)]
pub struct OwnedBodies {
    /// Its own.
    pub main: Rc<Body>,
    /// Of the closures in it, nested ones included.
    pub closures: IndexMap<DefId, Rc<Body>>,
    /// Of the values it puts into static memory, by the number in `ConstantKind::Promoted`.
    pub promoted: Vec<Rc<Body>>,
}

/// Bodies built so far; part of [`Tcx`].
#[derive(Default)]
pub struct BodyCache(RefCell<FastMap<DefId, Result<Rc<OwnedBodies>, ErrorReported>>>);

/// The MIR of a function, constant, static or anonymous constant. Built once; errors are reported then.
pub fn built_bodies(tcx: &Tcx<'_>, owner: DefId) -> Result<Rc<OwnedBodies>, ErrorReported> {
    if let Some(known) = tcx.bodies.0.borrow().get(&owner) {
        return known.clone();
    }
    let result = Lowering::new(tcx, owner).and_then(|l| l.run()).map(Rc::new);
    tcx.bodies.0.borrow_mut().insert(owner, result.clone());
    result
}

/// A body in `Phase::Built`.
struct BuiltBody {
    body: Body,
    kind: BodyKind,
    /// Where operands stand that are read directly by a larger expression.
    operand_spans: OperandSpans,
    /// The whole expressions of calls that stand at a method's name.
    call_spans: FastMap<Span, Span>,
    /// Temporaries that hold what rustc promotes.
    constant_temps: FastSet<Local>,
}

/// Lowers a definition and all closures in it.
struct Lowering<'a, 'h> {
    tcx: &'a Tcx<'h>,
    hir: &'h hir::Body,
    results: Rc<TypeckResults>,
    env: ParamEnv,
    trusted: bool,
    promoted: Vec<Rc<Body>>,
}

impl<'a, 'h> Lowering<'a, 'h> {
    fn new(tcx: &'a Tcx<'h>, owner: DefId) -> Result<Self, ErrorReported> {
        let Some(hir) = tcx.body_of(owner) else {
            let span = tcx.hir.def(owner).span;
            return Err(tcx.diag.emit_error(Diagnostic::error("C0001", span, "this definition has no body")));
        };
        let results = tcx.typeck(owner);
        if results.tainted_by_errors {
            tcx.diag.has_errors()?;
            return Err(tcx.diag.emit_error(Diagnostic::error(
                "C0001",
                hir.span,
                "this body could not be checked",
            )));
        }
        let trusted = tcx.hir.def(owner).krate == CrateId(0);
        Ok(Lowering { tcx, hir, results, env: tcx.param_env(owner), trusted, promoted: Vec::new() })
    }

    fn run(mut self) -> Result<OwnedBodies, ErrorReported> {
        let owner = self.hir.owner;
        let name = owner.path.as_str().to_string();
        let (kind, output) = match &self.tcx.hir.def(owner).kind {
            DefKind::Fn(_) => (BodyKind::Fn, self.tcx.fn_sig(owner).output),
            _ => (BodyKind::Const, self.tcx.type_of(owner)),
        };
        let output = self.tcx.erase_regions(self.tcx.normalize(&self.env, output));
        let thir = thir::expr::build_owner(self.tcx, self.env, &self.results, self.hir, &kind, output);
        let mut failed = None;
        let main = thir.and_then(|thir| self.build(&thir, kind, name)).map_err(|e| failed = Some(e)).ok();
        let mut built = Vec::new();
        // In the order of their expressions, so that nothing depends on hash order.
        for (id, expr) in self.hir.exprs.iter_enumerated() {
            let ExprKind::Closure(closure) = &expr.kind else { continue };
            let Some(info) = self.results.closures.get(&id).cloned() else { continue };
            match self.closure(closure, Rc::new(info)) {
                Ok(body) => built.push((closure.def, Some(body))),
                Err(e) => failed = Some(e),
            }
        }
        // What a closure needs of the regions around it is known before the body around it is checked.
        let mut owned: IndexMap<DefId, Option<Rc<Body>>> =
            built.iter().map(|(def, _)| (*def, None)).collect();
        let mut summaries = FastMap::default();
        let mut order: Vec<usize> = (0..built.len()).collect();
        order.sort_by_key(|&i| std::cmp::Reverse(self.closure_depth(built[i].0)));
        for i in order {
            let Some(body) = built[i].1.take() else { continue };
            match self.own(body, &summaries) {
                Ok((body, summary)) => {
                    owned.insert(built[i].0, Some(Rc::new(body)));
                    summaries.insert(built[i].0, summary);
                }
                Err(e) => failed = Some(e),
            }
        }
        let main = main.and_then(|built| self.own(built, &summaries).map_err(|e| failed = Some(e)).ok());
        let main = main.map(|(body, _)| body);
        let closures = owned.into_iter().filter_map(|(def, body)| body.map(|b| (def, b))).collect();
        match (main, failed) {
            (Some(main), None) => Ok(OwnedBodies { main: Rc::new(main), closures, promoted: self.promoted }),
            (_, Some(e)) => Err(e),
            (None, None) => crate::bug!("{}: nothing was built and nothing failed", owner.path),
        }
    }

    /// How many closures a closure is in.
    fn closure_depth(&self, closure: DefId) -> usize {
        let mut depth = 0;
        let mut at = self.tcx.hir.def(closure).parent;
        while let Some(def) = at
            && matches!(self.tcx.hir.def(def).kind, DefKind::Closure)
        {
            depth += 1;
            at = self.tcx.hir.def(def).parent;
        }
        depth
    }

    fn closure(&mut self, closure: &hir::Closure, info: Rc<ClosureInfo>) -> Result<BuiltBody, ErrorReported> {
        let output = match closure_sig(&info) {
            Some(sig) => sig.output,
            None => Ty::error(),
        };
        let kind = BodyKind::Closure(info.clone(), info.kind);
        let thir = thir::expr::build_closure(self.tcx, self.env, &self.results, self.hir, closure, output)?;
        self.build(&thir, kind, closure.def.path.as_str().to_string())
    }

    fn build(&mut self, thir: &Thir, kind: BodyKind, name: String) -> Result<BuiltBody, ErrorReported> {
        if !self.trusted {
            patterns::check_patterns(&PatCx { tcx: self.tcx, env: self.env }, thir, &kind)?;
        }
        let results = self.results.clone();
        let source = Source { tcx: self.tcx, env: self.env, results: &results, hir: self.hir, thir };
        let mut built = build::build(source, &kind, name, self.promoted.len())?;
        for body in built.promoted.drain(..) {
            let built = BuiltBody {
                body,
                kind: BodyKind::Const,
                operand_spans: OperandSpans::default(),
                call_spans: FastMap::default(),
                constant_temps: FastSet::default(),
            };
            let (body, _) = self.own(built, &FastMap::default())?;
            self.promoted.push(Rc::new(body));
        }
        let build::Built { body, operand_spans, call_spans, constant_temps, .. } = built;
        let operand_spans = OperandSpans::new(operand_spans);
        Ok(BuiltBody { body, kind, operand_spans, call_spans, constant_temps })
    }

    fn own(
        &self,
        built: BuiltBody,
        closures: &FastMap<DefId, ClosureSummary>,
    ) -> Result<(Body, ClosureSummary), ErrorReported> {
        let BuiltBody { mut body, kind, operand_spans, call_spans, constant_temps } = built;
        let closure: Option<(&ClosureInfo, ClosureKind)> = match &kind {
            BodyKind::Closure(info, kind) => Some((info, *kind)),
            _ => None,
        };
        run_passes(&mut body, &[&RemoveUnreachableBlocks]);
        let cx = MoveCx {
            tcx: self.tcx,
            env: self.env,
            hir: self.hir,
            closure,
            operand_spans: &operand_spans,
            call_spans: &call_spans,
            constant_temps: &constant_temps,
        };
        let summary = moves::own(cx, &mut body, self.trusted, closures)?;
        run_passes(&mut body, &[&SimplifyCfg]);
        body.phase = Phase::Owned;
        // From here on every drop drops a value that is there.
        Ok((body, summary))
    }
}

/// Signature of a closure: the last but one argument of its type.
fn closure_sig(info: &ClosureInfo) -> Option<FnSig> {
    let TyKind::Closure(_, args) = *info.ty.kind() else { return None };
    let at = args.len().checked_sub(2)?;
    match args[at].as_type()?.kind() {
        TyKind::FnPtr(sig) => Some(*sig),
        _ => None,
    }
}
