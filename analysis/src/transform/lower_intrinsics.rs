//! Intrinsics that are plain computations become statements, so that they no longer end a block.

use cloudc_frontend::mir::{Body, Callee, CastKind, PrimCast, Rvalue, Statement, TerminatorKind};

use super::run::{MirPass, PassCx};

/// Turns calls of `slice_len` and `slice_ptr` into `Len` and a cast.
pub struct LowerIntrinsics;

impl MirPass for LowerIntrinsics {
    fn name(&self) -> &'static str {
        "lower-intrinsics"
    }
    fn run(&self, _cx: &PassCx<'_>, body: &mut Body) -> bool {
        let mut changed = false;
        for block in body.blocks.indices() {
            let data = &body.blocks[block];
            let TerminatorKind::Call { callee: Callee::Intrinsic(name, _), args, destination, target } =
                &data.terminator.kind
            else {
                continue;
            };
            let (Some(target), [arg]) = (*target, &args[..]) else { continue };
            let rvalue = match (name.as_str(), arg.place()) {
                ("slice_len", Some(place)) => Rvalue::Len(place.deref()),
                ("slice_ptr", Some(_)) => {
                    let to = body.place_ty(destination);
                    Rvalue::Cast(CastKind::Prim(PrimCast::PtrToPtr), arg.clone(), to)
                }
                _ => continue,
            };
            let statement = Statement::assign(destination.clone(), rvalue, data.terminator.span);
            let data = &mut body.blocks[block];
            data.statements.push(statement);
            data.terminator.kind = TerminatorKind::Goto(target);
            changed = true;
        }
        changed
    }
}
