//! Expressions into a destination.

use super::*;
use crate::lower::thir::promote::Promotion;
use crate::lower::thir::{Block, ExprKind};

impl Builder<'_, '_> {
    /// Builds an expression so that its value ends up in `dest`.
    pub(super) fn expr_into(&mut self, dest: &Place, e: ThirId) {
        let thir = self.thir;
        let expr = &thir.exprs[e];
        let span = expr.span;
        match &expr.kind {
            ExprKind::Scope(scope, inner) => self.in_scope(*scope, span, |b| b.expr_into(dest, *inner)),
            ExprKind::Block(block) => self.block_into(dest, block, span),
            ExprKind::If { scope, cond, then, els } => {
                let ((), else_block) = self.in_if_then(|b| {
                    b.in_scope(*scope, span, |b| {
                        b.then_else_break(*cond);
                        b.expr_into(dest, *then);
                    });
                });
                let join = self.new_block();
                self.goto(join, span);
                if let Some(else_block) = else_block {
                    self.cur = else_block;
                    match els {
                        Some(els) => self.expr_into(dest, *els),
                        None => self.assign_unit(dest, span),
                    }
                    self.goto(join, span);
                }
                self.cur = join;
            }
            ExprKind::Let { .. } | ExprKind::Lazy { .. } => {
                let ((), else_block) = self.in_if_then(|b| {
                    b.then_else_break(e);
                    b.assign(dest.clone(), Rvalue::Use(Operand::scalar(1, Ty::bool())), span);
                });
                let join = self.new_block();
                self.goto(join, span);
                if let Some(else_block) = else_block {
                    self.cur = else_block;
                    self.assign(dest.clone(), Rvalue::Use(Operand::scalar(0, Ty::bool())), span);
                    self.goto(join, span);
                }
                self.cur = join;
            }
            ExprKind::Match { value, arms, .. } => self.match_into(dest, *value, arms, span),
            ExprKind::NeverToAny(of) => {
                self.stmt_expr(*of);
                self.diverge(TerminatorKind::Unreachable, span);
            }
            ExprKind::Loop(body, label) => {
                let header = self.new_block();
                self.goto(header, span);
                self.cur = header;
                let after = self.in_breakable(*label, Some(header), dest, |b| {
                    b.stmt_expr(*body);
                    b.goto(header, span);
                });
                self.cur = after;
            }
            ExprKind::Call { function, args, whole, .. } => {
                if *whole != span {
                    self.call_spans.insert(span, *whole);
                }
                self.call_into(dest, *function, args, expr.ty, span)
            }
            ExprKind::Use(of) => self.expr_into(dest, *of),
            ExprKind::Borrow { kind, of, promote: Promotion::Static } => {
                let number = self.promote(*of);
                let owner = self.hir.owner;
                let promoted = ConstantKind::Promoted(owner, number, self.tcx.identity_args(owner));
                let shared = Ty::reference(thir.exprs[*of].ty, Mutability::Not);
                let constant = Operand::Constant(Constant { kind: promoted, ty: shared });
                let rvalue = match kind {
                    BorrowKind::Shared => Rvalue::Use(constant),
                    // `&mut []`: no two can meet, for nothing is there.
                    BorrowKind::Mut { .. } => Rvalue::Cast(CastKind::Transmute, constant, expr.ty),
                };
                self.assign(dest.clone(), rvalue, span);
            }
            ExprKind::Adt { def, variant, args, fields, base } => {
                let es: Vec<ThirId> = fields.iter().map(|f| f.1).collect();
                let written = if base.as_ref().is_some_and(|(b, _)| !self.is_simple(*b)) {
                    es.iter().map(|&e| self.as_saved_operand(e)).collect()
                } else {
                    self.as_operands(&es)
                };
                let mut operands: Vec<(usize, Operand)> = fields.iter().map(|f| f.0).zip(written).collect();
                if let Some((base, tys)) = base {
                    let place = self.as_place_builder(*base, false);
                    for (i, &ty) in tys.iter().enumerate() {
                        if !operands.iter().any(|(j, _)| *j == i) {
                            let field = self.resolve(&place.field(i, ty), span);
                            operands.push((i, self.consume(field, ty)));
                        }
                    }
                }
                operands.sort_by_key(|(i, _)| *i);
                let operands = operands.into_iter().map(|(_, o)| o).collect();
                let kind = AggregateKind::Adt(*def, *variant as u32, *args);
                self.assign(dest.clone(), Rvalue::Aggregate(kind, operands), span);
            }
            ExprKind::Assign(..) | ExprKind::AssignOp(..) => {
                self.stmt_expr(e);
                self.assign_unit(dest, span);
            }
            ExprKind::Break(..) | ExprKind::Continue(_) | ExprKind::Return(_) => self.stmt_expr(e),
            ExprKind::Var(_) | ExprKind::Field(..) | ExprKind::Deref(_) | ExprKind::Index(..) => {
                let place = self.as_place(e);
                let operand = self.consume(place, expr.ty);
                self.assign(dest.clone(), Rvalue::Use(operand), span);
            }
            _ => {
                let rvalue = self.as_rvalue(e);
                if rvalue == Rvalue::Use(Operand::unit()) {
                    return self.assign_unit(dest, span);
                }
                self.assign(dest.clone(), rvalue, span);
            }
        }
    }

    fn block_into(&mut self, dest: &Place, block: &Block, span: Span) {
        match block.label {
            None => self.block_body(dest, block, span),
            Some(label) => {
                let after = self.in_breakable(label, None, dest, |b| b.block_body(dest, block, span));
                self.goto(after, span);
                self.cur = after;
            }
        }
    }

    fn block_body(&mut self, dest: &Place, block: &Block, span: Span) {
        self.push_scope(block.scope, span);
        let mut remainders = 0;
        for stmt in &block.stmts {
            remainders += self.statement(stmt, span);
        }
        match block.value {
            Some(value) => self.expr_into(dest, value),
            None => {
                // A block that ends with a statement is `()`, or diverged and is never there.
                if self.body.place_ty(dest).is_unit() {
                    self.assign_unit(dest, span);
                }
            }
        }
        for _ in 0..remainders {
            self.pop_scope();
        }
        self.pop_scope();
    }
}
