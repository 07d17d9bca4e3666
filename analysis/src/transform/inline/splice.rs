//! One call becomes the body called.
//!
//! Arguments are assigned to fresh locals for the parameters, and the result is assigned to the call's destination where the
//! body returns. A hidden source position is an argument like any other. Statements of std put into a user's function stand
//! where the call stands; assertions keep their own place, for it is what a failure reports, unless the callee is
//! `#[track_caller]`: then they fail where the position it is given says.

use cloudc_frontend::index::Idx;
use cloudc_frontend::mir::visit::{PlaceUse, VisitorMut};
use cloudc_frontend::mir::{
    BlockId, Body, Callee, Constant, ConstantKind, FuncId, Local, Location, Operand, Place, Projection,
    Rvalue, Statement, StatementKind, TerminatorKind,
};
use cloudc_frontend::mono::Program;
use cloudc_frontend::ty::{Mutability, Ty};

/// Whether the call's types are those of the body, and the body is at hand.
pub fn fits(program: &Program, body: &Body, block: BlockId, callee: FuncId) -> bool {
    let function = &program.functions[callee];
    let TerminatorKind::Call { args, destination, .. } = &body.blocks[block].terminator.kind else {
        return false;
    };
    let tys = function.body.arg_tys();
    !function.body.blocks.is_empty()
        && tys.len() == args.len()
        && tys.iter().zip(args).all(|(ty, arg)| *ty == body.operand_ty(arg))
        && body.place_ty(destination) == function.body.return_ty()
}

/// Replaces the call of `callee` that ends `block`. `func` is the function the body belongs to.
pub fn splice(program: &Program, func: FuncId, body: &mut Body, block: BlockId, callee: FuncId) {
    let function = &program.functions[callee];
    let terminator = body.blocks[block].terminator.clone();
    let span = terminator.span;
    let TerminatorKind::Call { callee: Callee::Func(_), args, destination, target } = terminator.kind else {
        return;
    };
    let blamed = match args.last() {
        Some(Operand::Constant(Constant { kind: ConstantKind::Site(site), .. })) if function.track_caller => {
            Some(*site)
        }
        _ => None,
    };
    let moved_in = function.is_std && !program.functions[func].is_std;
    let first_local = body.locals.len() as u32;
    for decl in function.body.locals.iter() {
        body.locals.push(decl.clone());
    }
    let data = &mut body.blocks[block].statements;
    for (i, arg) in args.into_iter().enumerate() {
        data.push(Statement::assign(Local(first_local + 1 + i as u32), Rvalue::Use(arg), span));
    }
    // The destination is the place it is before the call.
    let fixed = destination.projection.iter().all(|p| !matches!(p, Projection::Deref | Projection::Index(_)));
    let destination = if fixed {
        destination
    } else {
        let ty = Ty::raw_ptr(function.body.return_ty(), Mutability::Mut);
        let pointer = body.add_local(ty);
        let of = Rvalue::RawRef(Mutability::Mut, destination);
        body.blocks[block].statements.push(Statement::assign(pointer, of, span));
        Place::local(pointer).deref()
    };
    let first_block = body.blocks.len() as u32;
    let mut shift = Shift(first_local);
    for callee_block in &function.body.blocks {
        let mut new = callee_block.clone();
        shift.visit_block(BlockId(0), &mut new);
        new.terminator.kind.for_successors_mut(|s| s.0 += first_block);
        let is_assertion = matches!(new.terminator.kind, TerminatorKind::Assert { .. });
        if let (true, Some(site)) = (is_assertion, blamed) {
            new.terminator.span = site;
        }
        if moved_in {
            new.statements.iter_mut().for_each(|s| s.span = span);
            if !is_assertion {
                new.terminator.span = span;
            }
        }
        if let TerminatorKind::Return = new.terminator.kind {
            let result = Rvalue::Use(Operand::Move(Local(first_local).into()));
            let kind = StatementKind::Assign(destination.clone(), result);
            new.statements.push(Statement { kind, span });
            new.terminator.kind = match target {
                Some(target) => TerminatorKind::Goto(target),
                None => TerminatorKind::Unreachable,
            };
        }
        body.blocks.push(new);
    }
    body.blocks[block].terminator.kind = TerminatorKind::Goto(BlockId::new(first_block as usize));
}

struct Shift(u32);

impl VisitorMut for Shift {
    fn visit_local(&mut self, local: &mut Local, _how: PlaceUse, _at: Location) {
        local.0 += self.0;
    }
    fn visit_ty(&mut self, _ty: &mut Ty) {}
}
