//! Calls.

use super::*;
use crate::lower::thir::Function;

impl Builder<'_, '_> {
    pub(super) fn call_into(
        &mut self,
        dest: &Place,
        function: Function,
        args: &[ThirId],
        ty: Ty,
        span: Span,
    ) {
        let callee = match function {
            Function::Def(def, generic) => Callee::Def(def, generic),
            Function::Value(f) => Callee::Value(self.as_saved_operand(f)),
        };
        let args = self.as_operands(args);
        let destination = dest.clone();
        if ty.is_never() {
            self.diverge(TerminatorKind::Call { callee, args, destination, target: None }, span);
        } else {
            let next = self.new_block();
            self.terminate(
                TerminatorKind::Call { callee, args, destination, target: Some(next) },
                span,
                next,
            );
        }
    }
}
