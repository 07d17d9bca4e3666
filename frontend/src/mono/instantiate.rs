//! One generic body with its arguments put in, and everything in it resolved.

use crate::hash::FastMap;
use crate::index::Idx;
use crate::mir::visit::VisitorMut;
use crate::mir::*;
use crate::source::Span;
use crate::ty::{Args, Const, ConstKind, FnSig, List, Mutability, Ty, TyKind};

use super::{Collector, Instance};

impl Collector<'_, '_> {
    /// A copy of a generic body for these arguments. With `track_caller` it gets a last parameter.
    pub(super) fn instantiate_body(&mut self, generic: &Body, args: Args, track_caller: bool) -> Body {
        let mut body = generic.clone();
        body.phase = Phase::Mono;
        Substitute { collector: self, args, known: FastMap::default() }.visit_body(&mut body);
        let site = track_caller.then(|| add_parameter(&mut body, Ty::u32()));
        let blocks = std::mem::take(&mut body.blocks);
        let count = blocks.len();
        body.blocks = (0..count).map(|_| unfinished()).collect();
        let mut r =
            Resolver { c: self, body, statements: Vec::new(), current: BlockId(0), site, span: generic.span };
        for (i, block) in blocks.raw.into_iter().enumerate() {
            r.current = BlockId::new(i);
            for statement in block.statements {
                r.at(statement.span);
                r.statement(statement);
            }
            r.at(block.terminator.span);
            r.terminator(block.terminator);
        }
        r.body
    }
}

fn unfinished() -> Block {
    Block {
        statements: Vec::new(),
        terminator: Terminator { kind: TerminatorKind::Unreachable, span: Span::NONE },
    }
}

/// Makes room for one more parameter; locals behind the parameters move up by one.
fn add_parameter(body: &mut Body, ty: Ty) -> Local {
    struct Shift(usize);
    impl VisitorMut for Shift {
        fn visit_local(&mut self, local: &mut Local, _: visit::PlaceUse, _: Location) {
            if local.index() > self.0 {
                *local = Local::new(local.index() + 1);
            }
        }
    }
    Shift(body.arg_count).visit_body(body);
    body.arg_count += 1;
    let span = body.span;
    let decl = LocalDecl { ty, mutability: Mutability::Mut, name: None, span };
    body.locals.raw.insert(body.arg_count, decl);
    Local::new(body.arg_count)
}

struct Substitute<'c, 't, 'h> {
    collector: &'c Collector<'t, 'h>,
    args: Args,
    known: FastMap<Ty, Ty>,
}

impl VisitorMut for Substitute<'_, '_, '_> {
    fn visit_ty(&mut self, ty: &mut Ty) {
        let (args, collector) = (self.args, self.collector);
        *ty = *self.known.entry(*ty).or_insert_with(|| collector.mono_ty(collector.tcx.subst(*ty, args)));
    }
    fn visit_args(&mut self, args: &mut Args) {
        *args = self.collector.mono_args(self.collector.tcx.subst(*args, self.args));
    }
    fn visit_const(&mut self, c: &mut Const) {
        let tcx = self.collector.tcx;
        let new = tcx.subst(*c, self.args);
        *c = if let ConstKind::Unevaluated(..) = new.kind() { tcx.eval_const(new) } else { new };
    }
}

/// Rewrites statements and terminators of an instance, opening new blocks where a call comes in between.
pub(super) struct Resolver<'c, 't, 'h> {
    pub c: &'c mut Collector<'t, 'h>,
    pub body: Body,
    statements: Vec<Statement>,
    current: BlockId,
    /// The hidden source position of a `#[track_caller]` function.
    pub site: Option<Local>,
    pub span: Span,
}

impl Resolver<'_, '_, '_> {
    /// What comes now stands here.
    fn at(&mut self, span: Span) {
        self.span = span;
        if self.c.in_user_body {
            self.c.asked_at = span;
        }
    }
    pub fn temp(&mut self, ty: Ty) -> Place {
        let span = self.span;
        Place::local(self.body.locals.push(LocalDecl { ty, mutability: Mutability::Mut, name: None, span }))
    }
    pub fn push(&mut self, place: Place, rvalue: Rvalue) {
        self.statements.push(Statement::assign(place, rvalue, self.span));
    }
    /// Ends the open block.
    pub fn close(&mut self, kind: TerminatorKind) {
        let block = &mut self.body.blocks[self.current];
        block.statements = std::mem::take(&mut self.statements);
        block.terminator = Terminator { kind, span: self.span };
    }
    /// Ends the open block with a call and opens another behind it.
    pub fn call_through(&mut self, callee: Callee, args: Vec<Operand>, destination: Place) {
        let next = self.body.blocks.push(unfinished());
        self.close(TerminatorKind::Call { callee, args, destination, target: Some(next) });
        self.current = next;
    }
    /// The source position that a `#[track_caller]` callee gets.
    pub fn site_operand(&self) -> Operand {
        match self.site {
            Some(local) => Operand::Copy(local.into()),
            None => Operand::Constant(Constant { kind: ConstantKind::Site(self.span), ty: Ty::u32() }),
        }
    }
    /// The operand in a place, so that parts of it can be named.
    pub fn operand_place(&mut self, operand: Operand) -> Place {
        match operand {
            Operand::Copy(p) | Operand::Move(p) => p,
            constant => {
                let temp = self.temp(self.body.operand_ty(&constant));
                self.push(temp.clone(), Rvalue::Use(constant));
                temp
            }
        }
    }

    fn statement(&mut self, mut statement: Statement) {
        if let StatementKind::Assign(place, rvalue) = &mut statement.kind {
            self.rvalue(rvalue);
            if let Rvalue::Cast(CastKind::Unsize, operand, target) = rvalue {
                let (place, operand, target) = (place.clone(), operand.clone(), *target);
                if self.unsize_to_dyn(&place, &operand, target) {
                    return;
                }
            }
        }
        self.statements.push(statement);
    }

    fn rvalue(&mut self, rvalue: &mut Rvalue) {
        match rvalue {
            Rvalue::Use(op) | Rvalue::Repeat(op, _) | Rvalue::Unary(_, op) => self.operand(op),
            Rvalue::Binary(op, a, b) | Rvalue::CheckedBinary(op, a, b) => {
                let (op, ty) = (*op, self.body.operand_ty(a));
                self.need_for_operator(op, ty);
                self.operand(a);
                self.operand(b);
            }
            Rvalue::Aggregate(_, ops) => ops.iter_mut().for_each(|op| self.operand(op)),
            Rvalue::Cast(kind, op, ty) => {
                self.operand(op);
                let from = self.body.operand_ty(op);
                match kind {
                    CastKind::ReifyFn | CastKind::ClosureToFn => {
                        if let Some(f) = self.c.function_pointer(from) {
                            let constant = Constant { kind: ConstantKind::Func(f), ty: *ty };
                            *rvalue = Rvalue::Use(Operand::Constant(constant));
                        }
                    }
                    CastKind::Prim(PrimCast::IntToFloat | PrimCast::FloatToInt)
                        if from.scalar_bits() == Some(128) || ty.scalar_bits() == Some(128) =>
                    {
                        self.c.lang_func(&format!("{from}_to_{ty}"), &[]);
                    }
                    _ => {}
                }
            }
            Rvalue::Ref(..) | Rvalue::RawRef(..) | Rvalue::Len(_) | Rvalue::Discriminant(_) => {}
        }
    }

    /// Functions of std behind operators that no machine has.
    pub fn need_for_operator(&mut self, op: BinOp, ty: Ty) {
        let wide = ty.scalar_bits() == Some(128);
        let names: &[String] = match op {
            BinOp::Div if wide => {
                let sign = if ty.is_signed() { "s" } else { "u" };
                &[format!("{ty}_div"), format!("{sign}div128")]
            }
            BinOp::Rem if wide => {
                let sign = if ty.is_signed() { "s" } else { "u" };
                &[format!("{ty}_rem"), format!("{sign}rem128")]
            }
            BinOp::Mul if wide => &[format!("{ty}_mul_overflows")],
            BinOp::Rem if ty.is_float() => &[format!("{ty}_rem")],
            _ => return,
        };
        for name in names {
            self.c.lang_func(name, &[]);
        }
    }

    /// Replaces constants that a function computes by its result.
    pub fn operand(&mut self, operand: &mut Operand) {
        let Operand::Constant(constant) = operand else { return };
        if let ConstantKind::Param(c) = constant.kind {
            constant.kind = self.c.const_scalar(c, self.span);
            return;
        }
        let Some(function) = self.c.constant_function(&constant.kind) else { return };
        let temp = self.temp(constant.ty);
        self.call_through(Callee::Func(function), Vec::new(), temp.clone());
        *operand = Operand::Move(temp);
    }

    fn terminator(&mut self, terminator: Terminator) {
        match terminator.kind {
            TerminatorKind::Drop { place, target } => {
                let ty = self.body.place_ty(&place);
                match self.c.drop_glue(ty) {
                    Some(glue) => {
                        self.drop_call(place, ty, glue);
                        self.close(TerminatorKind::Goto(target));
                    }
                    None => self.close(TerminatorKind::Goto(target)),
                }
            }
            TerminatorKind::Switch { mut value, targets, otherwise } => {
                self.operand(&mut value);
                self.close(TerminatorKind::Switch { value, targets, otherwise });
            }
            TerminatorKind::Assert { mut cond, expected, mut message, target } => {
                self.operand(&mut cond);
                if let AssertMessage::BoundsCheck { len, index } = &mut message {
                    self.operand(len);
                    self.operand(index);
                }
                self.close(TerminatorKind::Assert { cond, expected, message, target });
            }
            TerminatorKind::Call { callee, mut args, destination, target } => {
                args.iter_mut().for_each(|a| self.operand(a));
                match callee {
                    Callee::Def(def, generic) => self.call_def(def, generic, args, destination, target),
                    Callee::Value(mut op) => {
                        self.operand(&mut op);
                        self.close(TerminatorKind::Call {
                            callee: Callee::Value(op),
                            args,
                            destination,
                            target,
                        });
                    }
                    callee => self.close(TerminatorKind::Call { callee, args, destination, target }),
                }
            }
            kind @ (TerminatorKind::Goto(_) | TerminatorKind::Return | TerminatorKind::Unreachable) => {
                self.close(kind);
            }
        }
    }

    /// Calls drop glue on a place; the open block is then the one behind.
    pub fn drop_call(&mut self, place: Place, ty: Ty, glue: FuncId) {
        let pointer = self.temp(Ty::raw_ptr(ty, Mutability::Mut));
        self.push(pointer.clone(), Rvalue::RawRef(Mutability::Mut, place));
        let unit = self.temp(Ty::unit());
        self.call_through(Callee::Func(glue), vec![Operand::Move(pointer)], unit);
    }

    /// Ends the open block after its work is done.
    pub fn go_on(&mut self, target: Option<BlockId>) {
        self.close(target.map_or(TerminatorKind::Unreachable, TerminatorKind::Goto));
    }
}

impl Collector<'_, '_> {
    /// The function behind a pointer to a function item or closure.
    fn function_pointer(&mut self, ty: Ty) -> Option<FuncId> {
        let f = match *ty.kind() {
            TyKind::FnDef(def, args) => {
                let instance = self.callable(def, args)?;
                self.declare(instance)
            }
            TyKind::Closure(def, args) => self.declare(Instance::ClosureFnShim(def, args)),
            _ => return None,
        };
        Some(if self.program.functions[f].track_caller { self.declare(Instance::ReifyShim(f)) } else { f })
    }

    /// Parameter and result types of a definition with its arguments, normalised.
    pub(super) fn mono_sig(&self, def: crate::hir::DefId, args: Args) -> FnSig {
        let sig = self.tcx.subst(self.tcx.fn_sig(def), args);
        let inputs: List<Ty> = sig.inputs.iter().map(|t| self.mono_ty(*t)).collect();
        FnSig { inputs, output: self.mono_ty(sig.output) }
    }
}
