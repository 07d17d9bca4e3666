//! Scopes, what they drop, and leaving them early.
//!
//! Without unwinding a drop happens in one of two ways: the scope ends, or `break`, `continue`, `return` or a failed
//! condition leaves it. Both emit the drops of the scopes they leave, last scheduled first.

use super::*;
use crate::hir::LabelId;

/// A scope being built.
pub(super) struct Scope {
    id: ScopeId,
    drops: Vec<(Local, DropKind)>,
    span: Span,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum DropKind {
    Storage,
    Value,
}

/// A loop or labelled block being built.
pub(super) struct Breakable {
    label: LabelId,
    /// Number of scopes around it.
    depth: usize,
    break_block: BlockId,
    continue_block: Option<BlockId>,
    destination: Place,
}

/// A condition being built.
pub(super) struct IfThen {
    /// Number of scopes around it.
    depth: usize,
    /// Where control goes when it is false.
    else_block: BlockId,
    used: bool,
}

impl Builder<'_, '_> {
    /// Builds something inside a scope and drops what it scheduled.
    pub(super) fn in_scope<T>(&mut self, id: ScopeId, span: Span, f: impl FnOnce(&mut Self) -> T) -> T {
        self.push_scope(id, span);
        let result = f(self);
        self.pop_scope();
        result
    }

    pub(super) fn push_scope(&mut self, id: ScopeId, span: Span) {
        self.scopes.push(Scope { id, drops: Vec::new(), span });
    }

    pub(super) fn pop_scope(&mut self) {
        self.emit_drops(self.scopes.len() - 1);
        self.scopes.pop();
    }

    /// Emits the drops of all scopes from the innermost to the one at `depth`.
    fn emit_drops(&mut self, depth: usize) {
        for i in (depth..self.scopes.len()).rev() {
            let scope = &self.scopes[i];
            let drops = scope.drops.clone();
            // The end of the scope is where the drop happens.
            let span = end_of(scope.span);
            for &(local, kind) in drops.iter().rev() {
                match kind {
                    DropKind::Storage => self.push(StatementKind::StorageDead(local), span),
                    DropKind::Value => {
                        let next = self.new_block();
                        self.terminate(
                            TerminatorKind::Drop { place: Place::local(local), target: next },
                            span,
                            next,
                        );
                    }
                }
            }
        }
    }

    fn schedule(&mut self, scope: Option<ScopeId>, local: Local, kind: DropKind) {
        let Some(id) = scope else { return };
        if let Some(scope) = self.scopes.iter_mut().rev().find(|s| s.id == id)
            && !scope.drops.contains(&(local, kind))
        {
            scope.drops.push((local, kind));
        }
    }

    /// Begins the storage of a local and ends it with the scope.
    pub(super) fn storage_live(&mut self, scope: Option<ScopeId>, local: Local, span: Span) {
        self.push(StatementKind::StorageLive(local), span);
        self.schedule(scope, local, DropKind::Storage);
    }

    /// Ends a local with the scope whose storage begins later.
    pub(super) fn schedule_ends(&mut self, scope: Option<ScopeId>, local: Local) {
        self.schedule(scope, local, DropKind::Storage);
        self.schedule_value_drop(scope, local);
    }

    /// Drops the local at the end of the scope if its type needs it.
    pub(super) fn schedule_value_drop(&mut self, scope: Option<ScopeId>, local: Local) {
        if self.needs_drop(self.body.locals[local].ty) {
            self.schedule(scope, local, DropKind::Value);
        }
    }

    /// Builds a loop (with the block `continue` goes to) or a labelled block; goes on after it.
    pub(super) fn in_breakable(
        &mut self,
        label: LabelId,
        continue_block: Option<BlockId>,
        destination: &Place,
        f: impl FnOnce(&mut Self),
    ) -> BlockId {
        let break_block = self.new_block();
        self.breakables.push(Breakable {
            label,
            depth: self.scopes.len(),
            break_block,
            continue_block,
            destination: destination.clone(),
        });
        f(self);
        self.breakables.pop();
        break_block
    }

    /// `break 'l value`
    pub(super) fn break_to(&mut self, label: LabelId, value: Option<ThirId>, span: Span) {
        let Some(i) = self.breakables.iter().rposition(|b| b.label == label) else {
            return self.missing(span, "where `break` goes");
        };
        let destination = self.breakables[i].destination.clone();
        match value {
            Some(v) => self.expr_into(&destination, v),
            None => self.assign_unit(&destination, span),
        }
        let Breakable { depth, break_block, .. } = self.breakables[i];
        self.exit_to(depth, break_block, span);
    }

    /// `continue 'l`
    pub(super) fn continue_to(&mut self, label: LabelId, span: Span) {
        match self.breakables.iter().rfind(|b| b.label == label) {
            Some(&Breakable { depth, continue_block: Some(target), .. }) => self.exit_to(depth, target, span),
            _ => self.missing(span, "where `continue` goes"),
        }
    }

    /// `return value`
    pub(super) fn return_value(&mut self, value: Option<ThirId>, span: Span) {
        let result = Place::local(Local(0));
        match value {
            Some(v) => self.expr_into(&result, v),
            None => self.assign_unit(&result, span),
        }
        self.exit_to(0, self.return_block, span);
    }

    fn exit_to(&mut self, depth: usize, target: BlockId, span: Span) {
        self.emit_drops(depth);
        self.diverge(TerminatorKind::Goto(target), span);
    }

    /// Builds something that [`Builder::break_for_else`] may leave. Returns the block control goes to then, if it may.
    pub(super) fn in_if_then<T>(&mut self, f: impl FnOnce(&mut Self) -> T) -> (T, Option<BlockId>) {
        self.in_if_then_outside(0, f)
    }

    /// The same, where leaving also leaves the `outer` innermost scopes there are now.
    pub(super) fn in_if_then_outside<T>(
        &mut self,
        outer: usize,
        f: impl FnOnce(&mut Self) -> T,
    ) -> (T, Option<BlockId>) {
        let else_block = self.new_block();
        self.if_thens.push(IfThen { depth: self.scopes.len() - outer, else_block, used: false });
        let result = f(self);
        let used = self.if_thens.pop().is_some_and(|i| i.used);
        (result, used.then_some(else_block))
    }

    /// Leaves the innermost condition from `from`; the current block stays.
    pub(super) fn break_for_else(&mut self, from: BlockId, span: Span) {
        let Some(innermost) = self.if_thens.last_mut() else {
            return self.missing(span, "a condition");
        };
        innermost.used = true;
        let (depth, else_block) = (innermost.depth, innermost.else_block);
        let saved = std::mem::replace(&mut self.cur, from);
        self.emit_drops(depth);
        self.goto(else_block, span);
        self.cur = saved;
    }
}

/// The last byte of a span: where its scope ends.
fn end_of(span: Span) -> Span {
    if span.is_none() { span } else { Span { lo: span.hi.saturating_sub(1).max(span.lo), ..span } }
}
