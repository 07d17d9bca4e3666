//! Fewer copies between locals.

use std::collections::HashMap;

use cloudc_frontend::index::Idx;
use cloudc_frontend::mir::visit::{PlaceUse, Visitor, VisitorMut};
use cloudc_frontend::mir::*;

use super::{MirPass, PassCx};
use crate::facts::{Uses, written_first};

/// Reads the source of a copy instead of the copy where both hold the same value, and computes a value where it is
/// wanted instead of in a temporary. After `mono` a move is a copy: drops are explicit.
pub struct PropagateCopies;

impl MirPass for PropagateCopies {
    fn name(&self) -> &'static str {
        "propagate-copies"
    }
    fn run(&self, _: &PassCx<'_>, body: &mut Body) {
        for _ in 0..3 {
            let renamed = whole_body(body);
            if !renamed {
                break;
            }
        }
        within_blocks(body);
        into_destination(body);
    }
}

/// `_t = copy _s` with both written once: `_t` is `_s`.
fn whole_body(body: &mut Body) -> bool {
    let uses = Uses::of(body);
    let first = written_first(body, &uses);
    let mut alias: HashMap<Local, Local> = HashMap::new();
    for block in &body.blocks {
        for s in &block.statements {
            let StatementKind::Assign(to, Rvalue::Use(Operand::Copy(from) | Operand::Move(from))) = &s.kind
            else {
                continue;
            };
            let (Some(to), Some(from)) = (to.as_local(), from.as_local()) else { continue };
            let fits =
                to.index() > body.arg_count && from.index() > 0 && first.contains(to) && first.contains(from);
            if fits && body.locals[to].ty == body.locals[from].ty && uses.locals[to].reads > 0 {
                alias.insert(to, from);
            }
        }
    }
    if alias.is_empty() {
        return false;
    }
    struct Rename(HashMap<Local, Local>);
    impl VisitorMut for Rename {
        fn visit_local(&mut self, local: &mut Local, how: PlaceUse, _: Location) {
            if !how.is_read() {
                return;
            }
            // Aliases of aliases; no cycles, for each is written once by the copy itself.
            let mut seen = 0;
            while let Some(&next) = self.0.get(local) {
                *local = next;
                seen += 1;
                if seen > self.0.len() {
                    break;
                }
            }
        }
        fn visit_statement(&mut self, statement: &mut Statement, at: Location) {
            self.walk_statement(statement, at);
        }
    }
    Rename(alias).visit_body(body);
    true
}

/// In one block: after `_t = copy _s`, reads of `_t` read `_s` until one of them changes.
fn within_blocks(body: &mut Body) {
    let uses = Uses::of(body);
    struct Rename<'a>(&'a HashMap<Local, Local>);
    impl VisitorMut for Rename<'_> {
        fn visit_local(&mut self, local: &mut Local, how: PlaceUse, _: Location) {
            if how.is_read()
                && !how.is_borrow()
                && let Some(&source) = self.0.get(local)
            {
                *local = source;
            }
        }
    }
    struct Written(Vec<Local>);
    impl Visitor for Written {
        fn visit_local(&mut self, local: &Local, how: PlaceUse, _: Location) {
            if !how.is_read() {
                self.0.push(*local);
            }
        }
    }
    for b in body.blocks.indices() {
        let mut copies: HashMap<Local, Local> = HashMap::new();
        for i in 0..body.blocks[b].statements.len() {
            let at = Location { block: b, statement: i };
            let statement = &mut body.blocks[b].statements[i];
            if !copies.is_empty() {
                Rename(&copies).visit_statement(statement, at);
            }
            let mut written = Written(Vec::new());
            written.visit_statement(statement, at);
            for w in written.0 {
                copies.remove(&w);
                copies.retain(|_, source| *source != w);
            }
            if let StatementKind::Assign(to, Rvalue::Use(Operand::Copy(from) | Operand::Move(from))) =
                &statement.kind
                && let (Some(to), Some(from)) = (to.as_local(), from.as_local())
                && to != from
                && uses.is_private(to)
                && uses.is_private(from)
                && body.locals[to].ty == body.locals[from].ty
            {
                copies.insert(to, from);
            }
        }
        if !copies.is_empty() {
            let at = Location { block: b, statement: body.blocks[b].statements.len() };
            Rename(&copies).visit_terminator(&mut body.blocks[b].terminator, at);
        }
    }
}

/// `_t = …; _d = move _t` with no other use of `_t`: computes into `_d`.
fn into_destination(body: &mut Body) {
    let uses = Uses::of(body);
    for b in body.blocks.indices() {
        for i in 0..body.blocks[b].statements.len() {
            let StatementKind::Assign(to, Rvalue::Use(Operand::Copy(from) | Operand::Move(from))) =
                &body.blocks[b].statements[i].kind
            else {
                continue;
            };
            let (Some(to), Some(from)) = (to.as_local(), from.as_local()) else { continue };
            let u = uses.locals[from];
            if to == from
                || from.index() <= body.arg_count
                || (u.writes, u.part_writes, u.reads, u.borrows) != (1, 0, 1, 0)
                || !uses.is_private(to)
                || body.locals[to].ty != body.locals[from].ty
            {
                continue;
            }
            let Some(def) = definition_before(body, b, i, from, to) else { continue };
            if let StatementKind::Assign(place, _) = &mut body.blocks[b].statements[def].kind {
                place.local = to;
            }
            body.blocks[b].statements[i].kind = StatementKind::Nop;
        }
        body.blocks[b].statements.retain(|s| s.kind != StatementKind::Nop);
    }
}

/// The statement before `i` in the block that writes `from`, if nothing in between mentions `to`.
fn definition_before(body: &Body, b: BlockId, i: usize, from: Local, to: Local) -> Option<usize> {
    struct Mentions(Local, bool);
    impl Visitor for Mentions {
        fn visit_local(&mut self, local: &Local, _: PlaceUse, _: Location) {
            self.1 |= *local == self.0;
        }
    }
    for k in (0..i).rev() {
        let s = &body.blocks[b].statements[k];
        let at = Location { block: b, statement: k };
        if let StatementKind::Assign(place, rvalue) = &s.kind
            && place.as_local() == Some(from)
        {
            // The value may be made of the old `to`, except piece by piece.
            let mut reads = Mentions(to, false);
            reads.visit_rvalue(rvalue, at);
            return (!reads.1 || !matches!(rvalue, Rvalue::Aggregate(..) | Rvalue::Repeat(..))).then_some(k);
        }
        let mut mentions = Mentions(to, false);
        mentions.visit_statement(s, at);
        if mentions.1 {
            return None;
        }
    }
    None
}
