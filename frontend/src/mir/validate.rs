//! Asserts that a body is well formed: what every pass may rely on.
//!
//! Checked in every phase: blocks and locals exist, assigned types agree, switch values are scalars, conditions are
//! `bool`. From [`Phase::Mono`] on also: nothing generic is left, callees exist and are called with the types they declare.

use super::visit::{PlaceUse, Visitor};
use super::*;
use crate::hir::DefId;
use crate::index::Idx;
use crate::mono::Program;
use crate::ty::{Args, Const, Ty};
use crate::ty::{ConstKind, GenericArg, TyKind};

/// All violations in a program, each with function and place.
pub fn validate_program(program: &Program) -> Vec<String> {
    program.functions.iter().flat_map(|f| validate_body(Some(program), &f.body)).collect()
}

/// All violations in a body. Without a program (before `mono`) only what needs none is checked.
pub fn validate_body(program: Option<&Program>, body: &Body) -> Vec<String> {
    let mut v = Validator { program, body, errors: Vec::new() };
    if body.blocks.is_empty() {
        v.errors.push(format!("{}: a body has at least one block", body.name));
    } else if body.locals.len() <= body.arg_count {
        v.errors.push(format!("{}: not all parameters have a local", body.name));
    } else {
        v.visit_body(body);
    }
    v.errors
}

struct Validator<'a> {
    program: Option<&'a Program>,
    body: &'a Body,
    errors: Vec<String>,
}

impl Validator<'_> {
    fn error(&mut self, at: Location, message: String) {
        self.errors.push(format!("{}: {}[{}]: {message}", self.body.name, at.block, at.statement));
    }
    fn is_mono(&self) -> bool {
        self.body.phase >= Phase::Mono
    }
    fn agree(&mut self, at: Location, what: &str, to: Ty, from: Ty) {
        // Generic types may be equal only after normalisation.
        if self.is_mono() && to != from && !from.is_never() && !to.is_error() && !from.is_error() {
            let (to, from) = (print::TyText(to), print::TyText(from));
            self.error(at, format!("{what}: `{from}` where `{to}` is expected"));
        }
    }
    fn place_ok(&mut self, place: &Place, at: Location) -> bool {
        if place.local.index() >= self.body.locals.len() {
            self.error(at, format!("{} does not exist", place.local));
            return false;
        }
        let mut ty = self.body.locals[place.local].ty;
        let mut variant = 0;
        for &step in &place.projection {
            let ok = match step {
                Projection::Deref => match ty.kind() {
                    TyKind::Ref(..) | TyKind::RawPtr(..) | TyKind::Error => true,
                    TyKind::Adt(..) => self.program.is_none_or(|p| p.is_lang(ty, "owned_box")),
                    _ => false,
                },
                Projection::Index(_) | Projection::ConstantIndex { .. } | Projection::Subslice { .. } => {
                    matches!(ty.kind(), TyKind::Array(..) | TyKind::Slice(_) | TyKind::Error)
                }
                Projection::Field(n, field) => match self.program.filter(|_| self.is_mono()) {
                    Some(p) => match ty.kind() {
                        TyKind::Adt(..) | TyKind::Closure(..) if !p.adts.contains_key(&ty) => false,
                        _ => p.field_tys(ty, variant).get(n as usize) == Some(&field),
                    },
                    None => true,
                },
                Projection::Downcast(_) => matches!(ty.kind(), TyKind::Adt(..) | TyKind::Error),
            };
            if !ok {
                let text = print::place_text(self.program, self.body, place);
                self.error(at, format!("`{text}`: `{}` has no part {step:?}", print::TyText(ty)));
                return false;
            }
            variant = if let Projection::Downcast(v) = step { v as usize } else { 0 };
            ty = body::project_ty(ty, step);
        }
        true
    }
    fn rvalue_ok(&mut self, rvalue: &Rvalue, at: Location) {
        let ty = |o: &Operand| self.body.operand_ty(o);
        match rvalue {
            Rvalue::Binary(op, a, b) | Rvalue::CheckedBinary(op, a, b)
                if !matches!(op, BinOp::Shl | BinOp::Shr) =>
            {
                let (a, b) = (ty(a), ty(b));
                self.agree(at, op.text(), a, b);
            }
            Rvalue::Aggregate(AggregateKind::Array(element), ops) => {
                for op in ops {
                    let t = self.body.operand_ty(op);
                    self.agree(at, "array element", *element, t);
                }
            }
            Rvalue::Aggregate(kind @ (AggregateKind::Adt(..) | AggregateKind::Closure(..)), ops) => {
                let Some(program) = self.program.filter(|_| self.is_mono()) else { return };
                let (t, variant) = match kind {
                    AggregateKind::Adt(def, v, args) => (Ty::new(TyKind::Adt(*def, *args)), *v as usize),
                    AggregateKind::Closure(def, args) => (Ty::new(TyKind::Closure(*def, *args)), 0),
                    _ => return,
                };
                if !program.adts.contains_key(&t) {
                    return self.error(at, format!("the shape of `{}` is not known", print::TyText(t)));
                }
                let fields = program.field_tys(t, variant);
                if fields.len() != ops.len() {
                    return self.error(at, format!("`{t}` has {} fields, not {}", fields.len(), ops.len()));
                }
                for (field, op) in fields.iter().zip(ops) {
                    let t = self.body.operand_ty(op);
                    self.agree(at, "field", *field, t);
                }
            }
            _ => {}
        }
    }
}

impl Visitor for Validator<'_> {
    fn visit_statement(&mut self, statement: &Statement, at: Location) {
        let before = self.errors.len();
        self.walk_statement(statement, at);
        if self.errors.len() > before {
            return;
        }
        if let StatementKind::Assign(place, rvalue) = &statement.kind {
            self.rvalue_ok(rvalue, at);
            if let Some(program) = self.program.filter(|_| self.is_mono()) {
                let (to, from) = (self.body.place_ty(place), self.body.rvalue_ty(program, rvalue));
                self.agree(at, "assignment", to, from);
            }
        }
    }
    fn visit_terminator(&mut self, terminator: &Terminator, at: Location) {
        let before = self.errors.len();
        self.walk_terminator(terminator, at);
        for s in terminator.kind.successors() {
            if s.index() >= self.body.blocks.len() {
                self.error(at, format!("{s} does not exist"));
            }
        }
        if self.errors.len() > before {
            return;
        }
        match &terminator.kind {
            TerminatorKind::Switch { value, .. } => {
                let ty = self.body.operand_ty(value);
                if self.is_mono() && (ty.scalar_bits().is_none() || ty.is_float()) {
                    self.error(at, format!("switch on `{}`", print::TyText(ty)));
                }
            }
            TerminatorKind::Assert { cond, .. } => {
                let ty = self.body.operand_ty(cond);
                self.agree(at, "assertion", Ty::bool(), ty);
            }
            TerminatorKind::Call { callee, args, destination, .. } if self.is_mono() => {
                let Some(program) = self.program else { return };
                let (inputs, output) = match callee {
                    Callee::Def(def, _) => {
                        return self.error(at, format!("the call of `{}` is not resolved", def.path));
                    }
                    Callee::Intrinsic(..) => return,
                    Callee::Func(f) => match program.functions.get(*f) {
                        Some(f) => (f.body.arg_tys(), f.body.return_ty()),
                        None => return self.error(at, format!("{f} does not exist")),
                    },
                    Callee::Value(op) => match self.body.operand_ty(op).kind() {
                        TyKind::FnPtr(sig) => (sig.inputs.to_vec(), sig.output),
                        _ => return self.error(at, "a call of what is no function pointer".to_string()),
                    },
                };
                if inputs.len() != args.len() {
                    let (want, have) = (inputs.len(), args.len());
                    return self.error(at, format!("a call with {have} arguments instead of {want}"));
                }
                for (input, arg) in inputs.iter().zip(args) {
                    let ty = self.body.operand_ty(arg);
                    self.agree(at, "argument", *input, ty);
                }
                let to = self.body.place_ty(destination);
                self.agree(at, "result", to, output);
            }
            _ => {}
        }
    }
    fn visit_place(&mut self, place: &Place, how: PlaceUse, at: Location) {
        if self.place_ok(place, at) {
            self.walk_place(place, how, at);
        }
    }
    fn visit_local(&mut self, local: &Local, _: PlaceUse, at: Location) {
        if local.index() >= self.body.locals.len() {
            self.error(at, format!("{local} does not exist"));
        }
    }
    fn visit_ty(&mut self, ty: &Ty) {
        if self.is_mono() && !is_mono_ty(*ty) {
            self.errors.push(format!("{}: `{}` is not monomorphic", self.body.name, print::TyText(*ty)));
        }
    }
    fn visit_constant(&mut self, constant: &Constant, at: Location) {
        let item: Option<DefId> = match &constant.kind {
            ConstantKind::Item(def, _) | ConstantKind::Promoted(def, ..) | ConstantKind::Static(def) => {
                Some(*def)
            }
            ConstantKind::Param(_) => {
                return if self.is_mono() {
                    self.error(at, "a const parameter is left".into())
                };
            }
            _ => None,
        };
        if let (Some(def), true) = (item, self.is_mono()) {
            self.error(at, format!("the constant `{}` is left", def.path));
        }
        self.walk_constant(constant, at);
    }
}

/// Whether nothing in a type waits for generic arguments or normalisation.
pub fn is_mono_ty(ty: Ty) -> bool {
    match ty.kind() {
        TyKind::Param(_) | TyKind::Projection(..) | TyKind::Opaque(..) | TyKind::Infer(_) => false,
        TyKind::Adt(_, args) | TyKind::FnDef(_, args) | TyKind::Closure(_, args) => args_mono(args),
        TyKind::Array(t, n) => is_mono_ty(*t) && const_mono(*n),
        TyKind::Slice(t) | TyKind::Ref(_, t, _) | TyKind::RawPtr(t, _) => is_mono_ty(*t),
        TyKind::Tuple(ts) => ts.iter().all(|t| is_mono_ty(*t)),
        TyKind::FnPtr(sig) => sig.inputs.iter().all(|t| is_mono_ty(*t)) && is_mono_ty(sig.output),
        TyKind::Dynamic(_, args, assoc, _) => args_mono(args) && assoc.iter().all(|(_, t)| is_mono_ty(*t)),
        _ => true,
    }
}

fn args_mono(args: &Args) -> bool {
    args.iter().all(|a| match a {
        GenericArg::Region(_) => true,
        GenericArg::Type(t) => is_mono_ty(*t),
        GenericArg::Const(c) => const_mono(*c),
    })
}

fn const_mono(c: Const) -> bool {
    matches!(c.kind(), ConstKind::Value(..))
}
