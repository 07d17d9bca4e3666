//! Constants in types: array lengths, const arguments, discriminants, computed by running the typed HIR.
//!
//! Values are scalars and compounds of them. Calls of functions with bodies run; loops run for a bounded number of steps. What
//! cannot be run here (references to memory, most intrinsics) is an error in the constant.

use std::collections::HashMap;

use crate::diag::Diagnostic;
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
    /// An error, told where it happened.
    Error(Span, String),
    /// An error that was already told.
    Reported,
}

type Run<T> = Result<T, Stop>;

const STEPS: u32 = 2_000_000;

impl Tcx<'_> {
    /// Evaluates a constant as far as its parameters are known.
    pub fn eval_const(&self, c: Const) -> Const {
        let ConstKind::Unevaluated(def, args) = *c.kind() else { return c };
        if let Some(&known) = self.caches.consts.borrow().get(&c) {
            return known.unwrap_or_else(|| {
                self.error(Diagnostic::error(
                    "E0391",
                    self.hir.def(def).span,
                    format!("cycle detected when evaluating constant `{}`", def.path),
                ));
                Const::new(ConstKind::Error)
            });
        }
        self.caches.consts.borrow_mut().insert(c, None);
        let result = self.compute_const(c, def, args);
        self.caches.consts.borrow_mut().insert(c, Some(result));
        result
    }
    fn compute_const(&self, c: Const, def: DefId, args: Args) -> Const {
        let generic = Flags::of_args(&args).has(Flags::PARAM.or(Flags::INFER));
        let (item, args) = if generic { (def, args) } else { self.resolve_const(def, args) };
        let Some(body) = self.body_of(item) else {
            return if generic { c } else { Const::new(ConstKind::Error) };
        };
        let results = self.typeck(item);
        if results.tainted_by_errors {
            return Const::new(ConstKind::Error);
        }
        let ty = fold::subst(fold::erase_regions(self.type_of(item)), args);
        let mut steps = STEPS;
        let mut frame = Frame {
            tcx: self,
            body,
            results: &results,
            args,
            locals: HashMap::new(),
            steps: &mut steps,
            depth: 0,
        };
        match frame.eval(body.value) {
            Ok(Value::Bits(bits)) => Const::new(ConstKind::Value(ty, bits)),
            Err(Stop::Generic) if generic => c,
            Err(Stop::Reported) => Const::new(ConstKind::Error),
            Ok(Value::Many(..)) => c,
            Err(stop) => {
                let (span, why) = match stop {
                    Stop::Error(span, why) => (span, why),
                    _ => (body.span, "this constant cannot be evaluated".to_string()),
                };
                self.error(
                    Diagnostic::error("E0080", span, "evaluation of constant value failed").primary(why),
                );
                Const::new(ConstKind::Error)
            }
        }
    }
}

struct Frame<'a, 'h> {
    tcx: &'a Tcx<'h>,
    body: &'h Body,
    results: &'a TypeckResults,
    args: Args,
    locals: HashMap<LocalId, Value>,
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
    fn bits(&mut self, e: ExprId) -> Run<u128> {
        match self.eval(e)? {
            Value::Bits(b) => Ok(b),
            Value::Many(..) => self.fail(e, "only numbers, `bool` and `char` can be computed here"),
        }
    }
    fn eval(&mut self, e: ExprId) -> Run<Value> {
        if *self.steps == 0 {
            return self.fail(e, "constant evaluation is taking too long");
        }
        *self.steps -= 1;
        if self.depth > 200 {
            return self.fail(e, "reached the limit of nested calls");
        }
        let odd = self.results.adjustments.get(&e).is_some_and(|a| {
            a.iter().any(|a| matches!(a.kind, AdjustKind::OverloadedDeref(..) | AdjustKind::BorrowToRaw(_)))
        });
        if odd {
            return self.fail(e, "this cannot be computed in a constant here");
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
                _ => self.fail(e, "only numbers, `bool` and `char` can be computed here"),
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
                        _ => return self.fail(e, "this cast cannot be computed in a constant here"),
                    },
                };
                let width = self.ty(e).scalar_bits().unwrap_or(128);
                if from.is_float() || self.ty(e).is_float() {
                    return self.fail(e, "floats cannot be computed in constants of types");
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
                    return self.fail(e, "this operator cannot be computed in a constant here");
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
                    _ => self.fail(e, "this array is too long for a constant"),
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
                    return self.fail(e, "this operator cannot be computed in a constant here");
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
                    _ => self.fail(e, "this call cannot be computed in a constant"),
                }
            }
            ExprKind::MethodCall { receiver, args, .. } => {
                let Some((def, fn_args)) = self.results.callee.get(&e).copied() else {
                    return Err(Stop::Reported);
                };
                let mut all = vec![*receiver];
                all.extend(args);
                if self.tcx.hir.def(def).name == "len" && args.is_empty() {
                    if let Value::Many(_, list) = self.eval(*receiver)? {
                        return Ok(Value::Bits(list.len() as u128));
                    }
                }
                self.call(e, def, fn_args, &all)
            }
            ExprKind::Struct { .. } | ExprKind::Closure(_) | ExprKind::Ref(..) | ExprKind::RawRef(..) => {
                self.fail(e, "this cannot be computed in a constant here")
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
                    if !self.matches(*pat, &value)? {
                        if let Some(els) = els {
                            self.eval(*els)?;
                        }
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
                None => self.fail(e, "this variable has no value yet"),
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
            _ => self.fail(e, "this cannot be computed in a constant here"),
        }
    }
    /// Another constant, run as a call without arguments, so that compound constants work too.
    fn constant(&mut self, e: ExprId, def: DefId, args: Args) -> Run<Value> {
        let c = Const::new(ConstKind::Unevaluated(def, args));
        match self.tcx.eval_const(c).kind() {
            ConstKind::Value(_, bits) => return Ok(Value::Bits(*bits)),
            ConstKind::Error => return Err(Stop::Reported),
            _ => {}
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
            Resolved::Item(item, args) => self.run(e, item, args, values),
            Resolved::Intrinsic(name, args) => self.intrinsic(e, name.as_str(), args, &values),
            _ => self.fail(e, "this call cannot be computed in a constant"),
        }
    }
    fn run(&mut self, e: ExprId, item: DefId, args: Args, values: Vec<Value>) -> Run<Value> {
        let Some(body) = self.tcx.body_of(item) else {
            return self.fail(e, "this call cannot be computed in a constant");
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
            locals: HashMap::new(),
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
                None => self.fail(e, "sizes of compound types are not known here"),
            },
            _ => self.fail(e, "this call cannot be computed in a constant"),
        }
    }
    fn binary(&self, e: ExprId, op: BinOp, x: u128, y: u128, ty: Ty) -> Run<Value> {
        let width = ty.scalar_bits().unwrap_or(128);
        let is_signed = ty.is_signed();
        let (sx, sy) = (signed(x, width), signed(y, width));
        let bool = |b: bool| Ok(Value::Bits(u128::from(b)));
        let overflow = |what: &str| {
            Err(Stop::Error(self.body.exprs[e].span, format!("attempt to {what} with overflow")))
        };
        let fits = |r: Option<u128>, s: Option<i128>, what: &str| {
            if is_signed {
                match s {
                    Some(s) if signed(s as u128, width) == s => Ok(Value::Bits(truncate(s as u128, width))),
                    _ => overflow(what),
                }
            } else {
                match r {
                    Some(r) if truncate(r, width) == r => Ok(Value::Bits(r)),
                    _ => overflow(what),
                }
            }
        };
        match op {
            BinOp::Add => fits(x.checked_add(y), sx.checked_add(sy), "add"),
            BinOp::Sub => fits(x.checked_sub(y), sx.checked_sub(sy), "subtract"),
            BinOp::Mul => fits(x.checked_mul(y), sx.checked_mul(sy), "multiply"),
            BinOp::Div if y == 0 => self.fail(e, "attempt to divide by zero"),
            BinOp::Rem if y == 0 => self.fail(e, "attempt to calculate the remainder with a divisor of zero"),
            BinOp::Div => fits(x.checked_div(y), sx.checked_div(sy), "divide"),
            BinOp::Rem => fits(x.checked_rem(y), sx.checked_rem(sy), "calculate the remainder"),
            BinOp::BitAnd => Ok(Value::Bits(x & y)),
            BinOp::BitOr => Ok(Value::Bits(x | y)),
            BinOp::BitXor => Ok(Value::Bits(x ^ y)),
            BinOp::Shl if y >= u128::from(width) => overflow("shift left"),
            BinOp::Shr if y >= u128::from(width) => overflow("shift right"),
            BinOp::Shl => Ok(Value::Bits(truncate(x << y, width))),
            BinOp::Shr if is_signed => Ok(Value::Bits(truncate((sx >> y) as u128, width))),
            BinOp::Shr => Ok(Value::Bits(x >> y)),
            BinOp::Eq => bool(x == y),
            BinOp::Ne => bool(x != y),
            BinOp::Lt => bool(if is_signed { sx < sy } else { x < y }),
            BinOp::Le => bool(if is_signed { sx <= sy } else { x <= y }),
            BinOp::Gt => bool(if is_signed { sx > sy } else { x > y }),
            BinOp::Ge => bool(if is_signed { sx >= sy } else { x >= y }),
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
            _ => self.fail(e, "this place cannot be written in a constant"),
        }
    }
    fn lit_bits(&self, lit: &Lit, negated: bool, ty: Ty) -> Option<u128> {
        let width = ty.scalar_bits()?;
        match lit {
            Lit::Bool(b) => Some(u128::from(*b)),
            Lit::Char(c) => Some(*c as u128),
            Lit::Int(n, _) if negated => Some(truncate(n.wrapping_neg(), width)),
            Lit::Int(n, _) => Some(*n),
            _ => None,
        }
    }
    fn matches(&mut self, pat: PatId, value: &Value) -> Run<bool> {
        let p = &self.body.pats[pat];
        let cannot =
            || Err(Stop::Error(p.span, "this pattern cannot be used in a constant here".to_string()));
        let ty = fold::subst(self.results.pat_ty.get(&pat).copied().unwrap_or(Ty::error()), self.args);
        match (&p.kind, value) {
            (PatKind::Wild, _) => Ok(true),
            (PatKind::Binding { local, sub, .. }, _) => {
                self.locals.insert(*local, value.clone());
                sub.map_or(Ok(true), |s| self.matches(s, value))
            }
            (PatKind::Lit { lit, negated }, Value::Bits(b)) => {
                Ok(self.lit_bits(lit, *negated, ty) == Some(*b))
            }
            (PatKind::Range { lo, hi, inclusive }, Value::Bits(b)) => {
                let width = ty.scalar_bits().unwrap_or(128);
                let key = |x: u128| {
                    if ty.is_signed() { (signed(x, width) as u128) ^ (1 << 127) } else { x }
                };
                let end = |e: &Option<RangeEnd>| match e {
                    Some(RangeEnd::Lit(lit, neg)) => Some(self.lit_bits(lit, *neg, ty)),
                    Some(RangeEnd::Path(_)) => Some(None),
                    None => None,
                };
                let (lo, hi) = (end(lo), end(hi));
                if lo == Some(None) || hi == Some(None) {
                    return cannot();
                }
                let above = lo.flatten().is_none_or(|l| key(l) <= key(*b));
                let below = hi
                    .flatten()
                    .is_none_or(|h| if *inclusive { key(*b) <= key(h) } else { key(*b) < key(h) });
                Ok(above && below)
            }
            (PatKind::Path(_), _) => match (self.results.pat_res.get(&pat).copied(), value) {
                (Some(ValueRes::Ctor(_, v, _)), Value::Many(found, _)) => Ok(v == *found),
                (Some(ValueRes::Const(def, args)), _) => {
                    let args = fold::subst(args, self.args);
                    let c = self.tcx.eval_const(Const::new(ConstKind::Unevaluated(def, args)));
                    match (c.kind(), value) {
                        (ConstKind::Value(_, x), Value::Bits(b)) => Ok(x == b),
                        _ => cannot(),
                    }
                }
                _ => cannot(),
            },
            (PatKind::TupleStruct(_, subs, None), Value::Many(found, list)) => {
                match self.results.pat_res.get(&pat).copied() {
                    Some(ValueRes::Ctor(_, v, _)) if v == *found => self.match_all(subs, list),
                    Some(ValueRes::Ctor(..)) => Ok(false),
                    _ => cannot(),
                }
            }
            (PatKind::Tuple(subs, None), Value::Many(_, list)) => self.match_all(subs, list),
            (PatKind::Struct { fields, .. }, Value::Many(found, list)) => {
                if !matches!(self.results.pat_res.get(&pat), Some(ValueRes::Ctor(_, v, _)) if v == found) {
                    return Ok(false);
                }
                let indices = self.results.pat_fields.get(&pat).cloned().unwrap_or_default();
                for (f, i) in fields.iter().zip(indices) {
                    match list.get(i) {
                        Some(v) if self.matches(f.2, v)? => {}
                        _ => return Ok(false),
                    }
                }
                Ok(true)
            }
            (PatKind::Ref(sub, _), _) => self.matches(*sub, value),
            (PatKind::Or(list), _) => {
                for &p in list {
                    if self.matches(p, value)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            (PatKind::Error, _) => Err(Stop::Reported),
            _ => cannot(),
        }
    }
    fn match_all(&mut self, pats: &[PatId], values: &[Value]) -> Run<bool> {
        for (p, v) in pats.iter().zip(values) {
            if !self.matches(*p, v)? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
