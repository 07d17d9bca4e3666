//! Constants in types: array lengths, const arguments, discriminants, computed by running the typed HIR.
//!
//! Values are scalars and compounds of them. Calls of functions with bodies run; loops run for a bounded number of steps. What
//! cannot be run here (references to memory, most intrinsics) is an error in the constant.

mod operators;
mod patterns;

use crate::diag::Diagnostic;
use crate::hash::FastMap;
use crate::hir::*;
use crate::source::Span;
use crate::ty::fold;
use crate::ty::{Args, Const, ConstKind, Flags, Mutability, ParamEnv, Resolved, Tcx, Ty, TyKind};

use super::results::{AdjustKind, CallKind, TypeckResults, ValueRes};

/// A value at compile time.
#[derive(Clone, Debug, PartialEq)]
enum Value {
    /// Bits of an integer, `bool` or `char`, truncated to its width.
    Bits(u128),
    /// A tuple, array, or fields of a struct or variant.
    Many(usize, Vec<Value>),
}

/// Why evaluation stopped.
enum Stop {
    Break(LabelId, Value),
    Continue(LabelId),
    Return(Value),
    /// It depends on parameters.
    Generic,
    /// The constant has no value: it fails here, for this reason.
    Error(Span, String),
    /// It may have a value, but not one that is known before the program runs.
    Cannot(Span, String),
    /// An error that was already told.
    Reported,
}

type Run<T> = Result<T, Stop>;

const STEPS: u32 = 2_000_000;
/// For values that the program can also compute itself.
const STEPS_OF_CHECK: u32 = 100_000;

impl Tcx<'_> {
    /// Evaluates a constant as far as its parameters are known, where the program cannot do without: one that cannot be
    /// computed is an error.
    pub fn eval_const(&self, c: Const) -> Const {
        let ConstKind::Unevaluated(def, args) = *c.kind() else { return c };
        self.try_const(c, def, args, STEPS).unwrap_or_else(|(span, why)| {
            self.report_const(def, span, why);
            let error = Const::new(ConstKind::Error);
            self.caches.consts.borrow_mut().insert(c, Some(error));
            error
        })
    }
    /// A constant's value as far as it is known, remembered; or where and why it cannot be computed here.
    fn try_const(&self, c: Const, def: DefId, args: Args, steps: u32) -> Result<Const, (Span, String)> {
        if let Some(&known) = self.caches.consts.borrow().get(&c) {
            return Ok(known.unwrap_or_else(|| {
                self.error(Diagnostic::error(
                    "E0391",
                    self.hir.def(def).span,
                    format!("cycle detected when evaluating constant `{}`", def.path),
                ));
                Const::new(ConstKind::Error)
            }));
        }
        self.caches.consts.borrow_mut().insert(c, None);
        let result = self.compute_const(c, def, args, steps);
        self.caches.consts.borrow_mut().remove(&c);
        if let Ok(known) = result {
            self.caches.consts.borrow_mut().insert(c, Some(known));
        }
        result
    }
    /// Reports a constant or static without parameters whose value cannot be: one that overflows, divides by zero or
    /// panics. What can only be computed when the program runs is fine.
    pub fn check_const(&self, def: DefId) {
        let args = Args::new(&[]);
        let c = Const::new(ConstKind::Unevaluated(def, args));
        if self.generics_count(def) == 0 {
            // What cannot be computed here is computed by the program.
            let _ = self.try_const(c, def, args, STEPS_OF_CHECK);
        }
    }
    fn report_const(&self, item: DefId, span: Span, why: String) {
        self.error(
            Diagnostic::error("E0080", span, why)
                .primary(format!("evaluation of `{}` failed here", constant_name(self, item))),
        );
    }
    /// A constant's value, or where and why it is not known.
    fn compute_const(
        &self,
        c: Const,
        def: DefId,
        args: Args,
        mut steps: u32,
    ) -> Result<Const, (Span, String)> {
        let generic = Flags::of_args(&args).has(Flags::PARAM.or(Flags::INFER));
        let (item, args) = if generic { (def, args) } else { self.resolve_const(def, args) };
        let Some(body) = self.body_of(item) else {
            return Ok(if generic { c } else { Const::new(ConstKind::Error) });
        };
        let results = self.typeck(item);
        if results.tainted_by_errors {
            return Ok(Const::new(ConstKind::Error));
        }
        let ty = fold::subst(fold::erase_regions(self.type_of(item)), args);
        let mut frame = Frame {
            tcx: self,
            body,
            results: &results,
            args,
            locals: FastMap::default(),
            steps: &mut steps,
            depth: 0,
        };
        Ok(match frame.eval(body.value) {
            Ok(Value::Bits(bits)) => Const::new(ConstKind::Value(ty, bits)),
            Err(Stop::Generic) if generic => c,
            Err(Stop::Reported) => Const::new(ConstKind::Error),
            Ok(Value::Many(..)) => c,
            Err(Stop::Error(span, why)) => {
                self.report_const(item, span, why);
                Const::new(ConstKind::Error)
            }
            Err(Stop::Cannot(span, why)) => return Err((span, why)),
            Err(_) => return Err((body.span, "this constant cannot be evaluated".to_string())),
        })
    }
}

/// The item a constant belongs to, as people know it.
fn constant_name(tcx: &Tcx<'_>, def: DefId) -> String {
    match (&tcx.hir.def(def).kind, tcx.hir.def(def).parent) {
        (DefKind::AnonConst { .. }, Some(parent)) => format!("{}::{{constant}}", parent.path),
        _ => def.path.to_string(),
    }
}

struct Frame<'a, 'h> {
    tcx: &'a Tcx<'h>,
    body: &'h Body,
    results: &'a TypeckResults,
    args: Args,
    locals: FastMap<LocalId, Value>,
    steps: &'a mut u32,
    depth: u32,
}

fn unit() -> Value {
    Value::Many(0, Vec::new())
}

fn truncate(bits: u128, width: u32) -> u128 {
    if width >= 128 { bits } else { bits & ((1 << width) - 1) }
}

fn signed(bits: u128, width: u32) -> i128 {
    let shift = 128 - width.clamp(1, 128);
    ((bits << shift) as i128) >> shift
}

impl Frame<'_, '_> {
    fn ty(&self, e: ExprId) -> Ty {
        let ty = self.results.expr_ty.get(&e).copied().unwrap_or(Ty::error());
        self.tcx.normalize(&ParamEnv::empty(), fold::subst(ty, self.args))
    }
    fn fail<T>(&self, e: ExprId, why: impl Into<String>) -> Run<T> {
        Err(Stop::Error(self.body.exprs[e].span, why.into()))
    }
    fn cannot<T>(&self, e: ExprId, why: impl Into<String>) -> Run<T> {
        Err(Stop::Cannot(self.body.exprs[e].span, why.into()))
    }
    fn bits(&mut self, e: ExprId) -> Run<u128> {
        match self.eval(e)? {
            Value::Bits(b) => Ok(b),
            Value::Many(..) => self.cannot(e, "only numbers, `bool` and `char` can be computed here"),
        }
    }
    fn eval(&mut self, e: ExprId) -> Run<Value> {
        if *self.steps == 0 {
            return self.cannot(e, "constant evaluation is taking too long");
        }
        *self.steps -= 1;
        if self.depth > 200 {
            return self.cannot(e, "reached the limit of nested calls");
        }
        let odd = self.results.adjustments.get(&e).is_some_and(|a| {
            a.iter().any(|a| matches!(a.kind, AdjustKind::OverloadedDeref(..) | AdjustKind::BorrowToRaw(_)))
        });
        if odd {
            return self.cannot(e, "this cannot be computed in a constant here");
        }
        match &self.body.exprs[e].kind {
            ExprKind::Lit(lit) => match lit {
                Lit::Bool(b) => Ok(Value::Bits(u128::from(*b))),
                Lit::Char(c) => Ok(Value::Bits(*c as u128)),
                Lit::Int(n, _) => {
                    let width = self.ty(e).scalar_bits().unwrap_or(128);
                    if truncate(*n, width) != *n {
                        return self.fail(e, format!("literal out of range for `{}`", self.ty(e)));
                    }
                    Ok(Value::Bits(*n))
                }
                _ => self.cannot(e, "only numbers, `bool` and `char` can be computed here"),
            },
            ExprKind::Path(_) => self.path(e),
            ExprKind::Ascribe(x, _) => self.eval(*x),
            // References are transparent: nothing is written through them.
            ExprKind::Ref(Mutability::Not, x) | ExprKind::Unary(UnOp::Deref, x) => self.eval(*x),
            ExprKind::Cast(x, _) => {
                let from = self.ty(*x);
                let bits = match self.eval(*x)? {
                    Value::Bits(b) => b,
                    Value::Many(variant, _) => match *from.kind() {
                        TyKind::Adt(adt, _) if self.tcx.is_enum(adt) => self.tcx.discriminant(adt, variant),
                        _ => return self.cannot(e, "this cast cannot be computed in a constant here"),
                    },
                };
                let width = self.ty(e).scalar_bits().unwrap_or(128);
                if from.is_float() || self.ty(e).is_float() {
                    return self.cannot(e, "floats cannot be computed in constants of types");
                }
                let wide = match from.kind() {
                    TyKind::Int(i) => signed(bits, i.bits()) as u128,
                    _ => bits,
                };
                Ok(Value::Bits(truncate(wide, width)))
            }
            ExprKind::Unary(op, x) => {
                let ty = self.ty(e);
                // `-128i8` is one literal.
                if let (UnOp::Neg, ExprKind::Lit(Lit::Int(n, _))) = (op, &self.body.exprs[*x].kind) {
                    let width = ty.scalar_bits().unwrap_or(128);
                    return Ok(Value::Bits(truncate(n.wrapping_neg(), width)));
                }
                let bits = self.bits(*x)?;
                let width = ty.scalar_bits().unwrap_or(128);
                match op {
                    UnOp::Not if ty == Ty::bool() => Ok(Value::Bits(bits ^ 1)),
                    UnOp::Not => Ok(Value::Bits(truncate(!bits, width))),
                    _ if bits == 1 << (width - 1) => self.fail(e, "attempt to negate with overflow"),
                    _ => Ok(Value::Bits(truncate(bits.wrapping_neg(), width))),
                }
            }
            ExprKind::Binary(op, a, b) => {
                if self.results.callee.contains_key(&e) {
                    return self.cannot(e, "this operator cannot be computed in a constant here");
                }
                let (x, y) = (self.bits(*a)?, self.bits(*b)?);
                let ty = self.ty(*a);
                self.binary(e, *op, x, y, ty)
            }
            ExprKind::Lazy { is_or, lhs, rhs } => {
                let l = self.bits(*lhs)? != 0;
                if l == *is_or { Ok(Value::Bits(u128::from(l))) } else { Ok(Value::Bits(self.bits(*rhs)?)) }
            }
            ExprKind::Tuple(list) | ExprKind::Array(list) => {
                let values = list.iter().map(|x| self.eval(*x)).collect::<Run<Vec<_>>>()?;
                Ok(Value::Many(0, values))
            }
            ExprKind::Repeat(x, _) => {
                let n = match self.ty(e).kind() {
                    TyKind::Array(_, n) => self.tcx.eval_const(*n).as_u64(),
                    _ => None,
                };
                let value = self.eval(*x)?;
                match n {
                    Some(n) if n < 1 << 20 => Ok(Value::Many(0, vec![value; n as usize])),
                    _ => self.cannot(e, "this array is too long for a constant"),
                }
            }
            ExprKind::Struct { fields, base: None, .. } => {
                let indices = self.results.struct_fields.get(&e).cloned().unwrap_or_default();
                let Some(ValueRes::Ctor(_, variant, _)) = self.results.path_res.get(&e).copied() else {
                    return Err(Stop::Reported);
                };
                let mut values = vec![unit(); fields.len()];
                for (f, i) in fields.iter().zip(indices) {
                    values[i] = self.eval(f.value)?;
                }
                Ok(Value::Many(variant, values))
            }
            // Without a copy of the whole.
            ExprKind::Index(x, _) | ExprKind::Field(x, ..) if self.is_part_of_variable(*x) => {
                Ok(self.place(e)?.clone())
            }
            ExprKind::Field(x, ..) => {
                let i = self.results.field_index.get(&e).copied().unwrap_or(0);
                match self.eval(*x)? {
                    Value::Many(_, list) => list.into_iter().nth(i).ok_or(Stop::Reported),
                    Value::Bits(_) => Err(Stop::Reported),
                }
            }
            ExprKind::Index(x, i) => {
                let index = self.bits(*i)? as usize;
                match self.eval(*x)? {
                    Value::Many(_, list) => {
                        let len = list.len();
                        match list.into_iter().nth(index) {
                            Some(v) => Ok(v),
                            None => self.fail(
                                e,
                                format!("index out of bounds: the length is {len} but the index is {index}"),
                            ),
                        }
                    }
                    Value::Bits(_) => Err(Stop::Reported),
                }
            }
            ExprKind::Block(block, label) => {
                let result = self.block(block);
                match (result, label) {
                    (Err(Stop::Break(l, v)), Some(label)) if l == *label => Ok(v),
                    (other, _) => other,
                }
            }
            ExprKind::If(c, a, b) => {
                if self.bits(*c)? != 0 {
                    self.eval(*a)
                } else {
                    b.map_or(Ok(unit()), |b| self.eval(b))
                }
            }
            ExprKind::Let(pat, x) => {
                let value = self.eval(*x)?;
                Ok(Value::Bits(u128::from(self.matches(*pat, &value)?)))
            }
            ExprKind::Match(x, arms, _) => {
                let value = self.eval(*x)?;
                for arm in arms {
                    if self.matches(arm.pat, &value)? && arm.guard.map_or(Ok(1), |g| self.bits(g))? != 0 {
                        return self.eval(arm.body);
                    }
                }
                self.fail(e, "no arm matches")
            }
            ExprKind::Loop(body, label, _) => loop {
                match self.eval(*body) {
                    Ok(_) => {}
                    Err(Stop::Continue(l)) if l == *label => {}
                    Err(Stop::Break(l, v)) if l == *label => return Ok(v),
                    Err(other) => return Err(other),
                }
            },
            ExprKind::Break(label, v) => {
                let v = v.map_or(Ok(unit()), |v| self.eval(v))?;
                Err(Stop::Break(*label, v))
            }
            ExprKind::Continue(label) => Err(Stop::Continue(*label)),
            ExprKind::Return(v) => {
                let v = v.map_or(Ok(unit()), |v| self.eval(v))?;
                Err(Stop::Return(v))
            }
            ExprKind::Assign(place, x) => {
                let value = self.eval(*x)?;
                *self.place(*place)? = value;
                Ok(unit())
            }
            ExprKind::AssignOp(op, place, x) => {
                if self.results.callee.contains_key(&e) {
                    return self.cannot(e, "this operator cannot be computed in a constant here");
                }
                let y = self.bits(*x)?;
                let x = self.bits(*place)?;
                let ty = self.ty(*place);
                let value = self.binary(e, *op, x, y, ty)?;
                *self.place(*place)? = value;
                Ok(unit())
            }
            ExprKind::Call(f, args) => {
                let res = self.results.path_res.get(f).copied();
                match (self.results.call_kind.get(&e), res) {
                    (Some(CallKind::Ctor), Some(ValueRes::Ctor(_, variant, _))) => {
                        let values = args.iter().map(|x| self.eval(*x)).collect::<Run<Vec<_>>>()?;
                        Ok(Value::Many(variant, values))
                    }
                    (_, Some(ValueRes::Fn(def, fn_args))) => self.call(e, def, fn_args, args),
                    _ => self.cannot(e, "this call cannot be computed in a constant"),
                }
            }
            ExprKind::MethodCall { receiver, args, .. } => {
                let Some((def, fn_args)) = self.results.callee.get(&e).copied() else {
                    return Err(Stop::Reported);
                };
                let mut all = vec![*receiver];
                all.extend(args);
                if self.tcx.hir.def(def).name == "len"
                    && args.is_empty()
                    && let Value::Many(_, list) = self.eval(*receiver)?
                {
                    return Ok(Value::Bits(list.len() as u128));
                }
                self.call(e, def, fn_args, &all)
            }
            ExprKind::Struct { .. } | ExprKind::Closure(_) | ExprKind::Ref(..) | ExprKind::RawRef(..) => {
                self.cannot(e, "this cannot be computed in a constant here")
            }
            ExprKind::Error => Err(Stop::Reported),
        }
    }
    fn block(&mut self, block: &Block) -> Run<Value> {
        for stmt in &block.stmts {
            match stmt {
                Stmt::Let { pat, init, els, .. } => {
                    let Some(init) = init else { continue };
                    let value = self.eval(*init)?;
                    if !self.matches(*pat, &value)?
                        && let Some(els) = els
                    {
                        self.eval(*els)?;
                    }
                }
                Stmt::Expr { expr, .. } => {
                    self.eval(*expr)?;
                }
            }
        }
        block.value.map_or(Ok(unit()), |v| self.eval(v))
    }
    fn path(&mut self, e: ExprId) -> Run<Value> {
        match self.results.path_res.get(&e).copied() {
            Some(ValueRes::Local(l)) => match self.locals.get(&l) {
                Some(v) => Ok(v.clone()),
                None => self.cannot(e, "this variable has no value yet"),
            },
            Some(ValueRes::Const(def, args)) => {
                let args = fold::subst(args, self.args);
                if Flags::of_args(&args).has(Flags::PARAM) && self.tcx.trait_of_item(def).is_some() {
                    return Err(Stop::Generic);
                }
                self.constant(e, def, args)
            }
            Some(ValueRes::ConstParam(c)) => match fold::subst(c, self.args).kind() {
                ConstKind::Value(_, bits) => Ok(Value::Bits(*bits)),
                ConstKind::Error => Err(Stop::Reported),
                _ => Err(Stop::Generic),
            },
            Some(ValueRes::Ctor(_, variant, _)) => Ok(Value::Many(variant, Vec::new())),
            _ => self.cannot(e, "this cannot be computed in a constant here"),
        }
    }
    /// Another constant, run as a call without arguments, so that compound constants work too.
    fn constant(&mut self, e: ExprId, def: DefId, args: Args) -> Run<Value> {
        let c = Const::new(ConstKind::Unevaluated(def, args));
        match self.tcx.try_const(c, def, args, *self.steps).map(|c| *c.kind()) {
            Ok(ConstKind::Value(_, bits)) => return Ok(Value::Bits(bits)),
            Ok(ConstKind::Error) => return Err(Stop::Reported),
            Ok(_) => {}
            Err((_, why)) => return self.cannot(e, why),
        }
        let (item, args) = self.tcx.resolve_const(def, args);
        self.run(e, item, args, Vec::new())
    }
    fn call(&mut self, e: ExprId, def: DefId, args: Args, values: &[ExprId]) -> Run<Value> {
        let values = values.iter().map(|x| self.eval(*x)).collect::<Run<Vec<_>>>()?;
        let args = fold::subst(args, self.args);
        if Flags::of_args(&args).has(Flags::PARAM) {
            return Err(Stop::Generic);
        }
        match self.tcx.resolve_method(def, args) {
            Resolved::Item(item, _) if self.tcx.is_std(item) && self.tcx.fn_sig(item).output.is_never() => {
                self.fail(e, "evaluation panicked")
            }
            Resolved::Item(item, args) => self.run(e, item, args, values),
            Resolved::Intrinsic(name, args) => self.intrinsic(e, name.as_str(), args, &values),
            _ => self.cannot(e, "this call cannot be computed in a constant"),
        }
    }
    fn run(&mut self, e: ExprId, item: DefId, args: Args, values: Vec<Value>) -> Run<Value> {
        let Some(body) = self.tcx.body_of(item) else {
            return self.cannot(e, "this call cannot be computed in a constant");
        };
        let results = self.tcx.typeck(item);
        if results.tainted_by_errors {
            return Err(Stop::Reported);
        }
        let mut frame = Frame {
            tcx: self.tcx,
            body,
            results: &results,
            args,
            locals: FastMap::default(),
            steps: &mut *self.steps,
            depth: self.depth + 1,
        };
        for (pat, value) in body.params.iter().zip(&values) {
            frame.matches(*pat, value)?;
        }
        match frame.eval(body.value) {
            Err(Stop::Return(v)) => Ok(v),
            // Blame the use: the body may be in std.
            Err(Stop::Error(_, why)) => self.fail(e, why),
            Err(Stop::Cannot(_, why)) => self.cannot(e, why),
            other => other,
        }
    }
    fn intrinsic(&mut self, e: ExprId, name: &str, args: Args, values: &[Value]) -> Run<Value> {
        let ty = args.first().and_then(|a| a.as_type()).unwrap_or(Ty::error());
        let width = ty.scalar_bits().unwrap_or(128);
        match (name, values) {
            ("wrapping_add", [Value::Bits(a), Value::Bits(b)]) => {
                Ok(Value::Bits(truncate(a.wrapping_add(*b), width)))
            }
            ("wrapping_sub", [Value::Bits(a), Value::Bits(b)]) => {
                Ok(Value::Bits(truncate(a.wrapping_sub(*b), width)))
            }
            ("wrapping_mul", [Value::Bits(a), Value::Bits(b)]) => {
                Ok(Value::Bits(truncate(a.wrapping_mul(*b), width)))
            }
            ("ctpop", [Value::Bits(a)]) => Ok(Value::Bits(u128::from(a.count_ones()))),
            ("ctlz", [Value::Bits(a)]) => Ok(Value::Bits(u128::from(a.leading_zeros() - (128 - width)))),
            ("cttz", [Value::Bits(a)]) => Ok(Value::Bits(u128::from(a.trailing_zeros().min(width)))),
            ("size_of" | "align_of", []) => match ty.scalar_bits() {
                Some(1) => Ok(Value::Bits(1)),
                Some(n) => Ok(Value::Bits(u128::from(n / 8))),
                None => self.cannot(e, "sizes of compound types are not known here"),
            },
            _ => self.cannot(e, "this call cannot be computed in a constant"),
        }
    }
    fn is_part_of_variable(&self, e: ExprId) -> bool {
        match &self.body.exprs[e].kind {
            ExprKind::Path(HirPath { res: Res::Local(l), .. }) => self.locals.contains_key(l),
            ExprKind::Field(x, ..) | ExprKind::Index(x, _) => self.is_part_of_variable(*x),
            _ => false,
        }
    }
    fn place(&mut self, e: ExprId) -> Run<&mut Value> {
        match &self.body.exprs[e].kind {
            ExprKind::Path(HirPath { res: Res::Local(l), .. }) => {
                Ok(self.locals.entry(*l).or_insert_with(unit))
            }
            ExprKind::Field(x, ..) => {
                let i = self.results.field_index.get(&e).copied().unwrap_or(0);
                match self.place(*x)? {
                    Value::Many(_, list) => list.get_mut(i).ok_or(Stop::Reported),
                    Value::Bits(_) => Err(Stop::Reported),
                }
            }
            ExprKind::Index(x, i) => {
                let index = self.bits(*i)? as usize;
                let span = self.body.exprs[e].span;
                match self.place(*x)? {
                    Value::Many(_, list) => {
                        let len = list.len();
                        list.get_mut(index).ok_or_else(|| {
                            let why =
                                format!("index out of bounds: the length is {len} but the index is {index}");
                            Stop::Error(span, why)
                        })
                    }
                    Value::Bits(_) => Err(Stop::Reported),
                }
            }
            _ => self.cannot(e, "this place cannot be written in a constant"),
        }
    }
}
