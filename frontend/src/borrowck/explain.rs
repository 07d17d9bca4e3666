//! Why a loan is still in force: what uses it later, or who outside requires it.

use super::constraints::{BySup, Category, Outlives};
use super::context::BorrowCx;
use super::liveness::Live;
use super::loans::{Loan, path};
use super::places::has_drop_impl;
use super::regions::Vid;
use super::values::{Points, Values};
use crate::diag::Diagnostic;
use crate::index::Idx;
use crate::lower::errors::borrow_conflict::{Access, Conflict};
use crate::lower::errors::{e0373, e0515, e0597, e0713};
use crate::mir::body::Location;
use crate::mir::visit::{PlaceUse, Visitor};
use crate::mir::*;
use crate::source::Span;
use crate::ty::{Mutability, TyKind};

/// What explanations are made of.
pub struct Facts<'f> {
    /// The loans.
    pub loans: &'f [Loan],
    /// Numbers of locations.
    pub points: &'f Points,
    /// What regions contain.
    pub values: &'f Values,
    /// Where variables are live.
    pub live: &'f Live,
    /// The constraints.
    pub constraints: &'f [Outlives],
    /// Constraints by their longer region.
    pub by_sup: &'f BySup,
}

/// Why a loan is in force.
#[derive(Clone, Debug)]
pub enum Why {
    /// Something reads the reference.
    Used(Span, bool),
    /// A variable is dropped that holds the reference.
    Dropped(Local, Span),
    /// It must outlive a given region.
    Outlives(Vid, Outlives),
    /// Not found.
    Unknown,
}

impl Facts<'_> {
    /// Why a loan is in force at a location.
    pub fn why(&self, b: &BorrowCx<'_, '_>, loan: &Loan, at: Location) -> Why {
        let point = self.points.of(at);
        let mut holds = |v: Vid| {
            b.origins[v as usize].is_universal()
                || self.live.facts.iter().any(|(own, set)| own.contains(&v) && set.has(point))
        };
        let Some((steps, found)) = path(self.constraints, self.by_sup, loan.region, &mut holds) else {
            return Why::Unknown;
        };
        if b.origins[found as usize].is_universal() {
            return match blame(&steps) {
                Some(c) => Why::Outlives(found, *c),
                None => Why::Unknown,
            };
        }
        self.next_use(b, found, at).unwrap_or(Why::Unknown)
    }

    /// The first use, in control-flow order, of a variable whose type mentions the region.
    fn next_use(&self, b: &BorrowCx<'_, '_>, region: Vid, from: Location) -> Option<Why> {
        let mut holders = vec![false; b.body.locals.len()];
        for (local, _) in b.body.locals.iter_enumerated() {
            holders[local.index()] = b.regions_of_local(local).contains(&region);
        }
        let mut seen = std::collections::BTreeSet::new();
        let mut work = std::collections::VecDeque::from([from]);
        while let Some(at) = work.pop_front() {
            let point = self.points.of(at);
            if !self.values.has_point(region, point) || !seen.insert(point) {
                continue;
            }
            let block = &b.body.blocks[at.block];
            let mut find = Find { holders: &holders, read: None, dropped: None, written: false };
            match block.statements.get(at.statement) {
                Some(s) => find.visit_statement(s, at),
                None => find.visit_terminator(&block.terminator, at),
            }
            if block.statements.len() == at.statement
                && block.terminator.kind == TerminatorKind::Return
                && holders[0]
            {
                find.read = Some((Local(0), None));
            }
            if let Some((local, place)) = find.read {
                return Some(Why::Used(
                    self.use_span(b, at, local, place.as_ref()),
                    point <= self.points.of(from),
                ));
            }
            if let Some(local) = find.dropped
                && let Some((looked_at, set)) = &self.live.dropped[local.index()]
                && looked_at.contains(&region)
                && set.has(point)
            {
                return Some(Why::Dropped(local, b.body.span_at(at)));
            }
            if find.written {
                continue;
            }
            if at.statement < block.statements.len() {
                work.push_back(Location { block: at.block, statement: at.statement + 1 });
            } else {
                block
                    .terminator
                    .kind
                    .for_successors(|block| work.push_back(Location { block, statement: 0 }));
            }
        }
        None
    }

    /// Where a variable is used: the operand itself if it stands in the source.
    fn use_span(&self, b: &BorrowCx<'_, '_>, at: Location, local: Local, place: Option<&Place>) -> Span {
        let span = b.body.span_at(at);
        let decl = &b.body.locals[local];
        let is_call = at.statement == b.body.blocks[at.block].statements.len();
        // A temporary stands for the expression that made it: the receiver or argument of a call.
        if is_call && decl.name.is_none() && local.index() > b.body.arg_count && !decl.span.is_none() {
            return b.cx.whole(decl.span);
        }
        match place {
            Some(p) if is_call => b.cx.argument_span(p, span),
            Some(p) => b.cx.operand_span(p, span, true),
            None => span,
        }
    }

    /// A conflict of an access with a loan.
    pub fn conflict(
        &self,
        b: &BorrowCx<'_, '_>,
        loan: usize,
        place: &Place,
        access: Access,
        at: Location,
        span: Span,
    ) -> Diagnostic {
        let loan = &self.loans[loan];
        let why = self.why(b, loan, at);
        let name = b.cx.describe(b.body, place).unwrap_or_else(|| "value".to_string());
        let loan_name = b.cx.describe(b.body, &loan.place).unwrap_or_else(|| "value".to_string());
        let later = match why {
            Why::Used(span, _) => Some(span),
            _ => None,
        };
        let d = Conflict {
            span: b.cx.whole(span),
            name: &name,
            access,
            loan_span: b.cx.whole(loan.span),
            loan_name: &loan_name,
            loan_mut: loan.kind != BorrowKind::Shared,
            unique: (self.is_unique(b, at), self.is_unique(b, loan.at)),
            later,
        }
        .diagnostic();
        self.explain(b, d, &why, &loan_name)
    }

    /// Whether a closure made here borrows exclusively what a variable that is not `mut` refers to.
    fn is_unique(&self, b: &BorrowCx<'_, '_>, at: Location) -> bool {
        self.loans.iter().any(|loan| {
            let decl = &b.body.locals[loan.place.local];
            loan.at == at
                && loan.kind != BorrowKind::Shared
                && decl.mutability == Mutability::Not
                && decl.name.is_some()
                && self.capture(b, loan).is_some()
        })
    }

    fn explain(&self, b: &BorrowCx<'_, '_>, d: Diagnostic, why: &Why, name: &str) -> Diagnostic {
        match why {
            Why::Dropped(local, span) => match b.body.locals[*local].name {
                Some(holder) => d.label(
                    *span,
                    format!("borrow might be used here, when `{holder}` is dropped and runs its destructor"),
                ),
                None => d.label(*span, "a temporary with access to the borrow is dropped here"),
            },
            Why::Outlives(region, c) => {
                let span = b.cx.whole(c.span);
                let region = super::universal::region_name(b, *region);
                let text = match c.category {
                    Category::Return => {
                        format!("returning this value requires that `{name}` is borrowed for {region}")
                    }
                    Category::CallArgument => {
                        format!("argument requires that `{name}` is borrowed for {region}")
                    }
                    Category::Unsize => format!("coercion requires that `{name}` is borrowed for {region}"),
                    Category::Assignment => {
                        format!("assignment requires that `{name}` is borrowed for {region}")
                    }
                    Category::Opaque => {
                        format!("opaque type requires that `{name}` is borrowed for {region}")
                    }
                    Category::Annotation => {
                        format!("type annotation requires that `{name}` is borrowed for {region}")
                    }
                    _ => format!("requires that `{name}` is borrowed for {region}"),
                };
                d.label(span, text)
            }
            _ => d,
        }
    }

    /// What is borrowed ends before the loan.
    pub fn too_short(
        &self,
        b: &BorrowCx<'_, '_>,
        loan: usize,
        dropped: &Place,
        at: Location,
        ends: Span,
    ) -> Diagnostic {
        let loan = &self.loans[loan];
        let why = self.why(b, loan, at);
        let local = loan.place.local;
        let decl = &b.body.locals[local];
        let borrowed = b.cx.whole(loan.span);
        let is_parameter = (1..=b.body.arg_count).contains(&local.index());
        let described = b.cx.describe(b.body, &loan.place);
        // A destructor on the way from what is dropped to what is borrowed.
        let destructor = loan.place.projection.len() > dropped.projection.len()
            && loan.tys.iter().zip(&loan.place.projection).any(|(ty, step)| {
                matches!(step, Projection::Field(..))
                    && matches!(*ty.kind(), TyKind::Adt(def, _) if has_drop_impl(&b.cx, def))
            });
        if destructor && let Some(name) = &described {
            let d = e0713::DestructorRuns { span: borrowed, name, ends }.diagnostic();
            return self.explain(b, d, &why, name);
        }
        if let Why::Outlives(region, c) = &why {
            let capture = self.capture(b, loan);
            let escapes = matches!(c.category, Category::Return | Category::CallArgument | Category::Opaque);
            if let (Some((closure, used)), Some(name), true) = (capture, &described, escapes) {
                let region = super::universal::region_name(b, *region);
                let returned = c.category == Category::Return;
                return e0373::Escapes { span: closure, name, used, returned, at: c.span, region: &region }
                    .diagnostic();
            }
            if c.category == Category::Return {
                let name = decl.name.map(|n| n.as_str());
                let direct = c.span == loan.statement || c.span == loan.span;
                let span = b.cx.whole(c.span);
                return e0515::ReturnsLocal { span, name, is_parameter, direct, borrowed }.diagnostic();
            }
        }
        let later = match &why {
            Why::Used(span, _) => Some(*span),
            _ => None,
        };
        let name = described.filter(|_| decl.name.is_some() || b.cx.captured(&loan.place).is_some());
        let d = e0597::TooShort { span: borrowed, name: name.as_deref(), declared: decl.span, ends, later }
            .diagnostic();
        self.explain(b, d, &why, name.as_deref().unwrap_or("value"))
    }

    /// The closure a loan is made for, with the use inside it that needs the capture.
    fn capture(&self, b: &BorrowCx<'_, '_>, loan: &Loan) -> Option<(Span, Span)> {
        let holder = loan.holder?;
        let block = &b.body.blocks[loan.at.block];
        for s in &block.statements[loan.at.statement + 1..] {
            if let StatementKind::Assign(_, Rvalue::Aggregate(AggregateKind::Closure(def, _), operands)) =
                &s.kind
                && let Some(i) =
                    operands.iter().position(|o| o.place().and_then(|p| p.as_local()) == Some(holder))
            {
                let info = b.tcx().closure_info(*def)?;
                return Some((s.span, info.captures.get(i)?.span));
            }
        }
        None
    }
}

/// The constraint to blame for a chain of them: the last of the most telling kind.
pub fn blame<'c>(steps: &[&'c Outlives]) -> Option<&'c Outlives> {
    steps.iter().rev().min_by_key(|c| c.category.rank()).copied()
}

struct Find<'f> {
    holders: &'f [bool],
    read: Option<(Local, Option<Place>)>,
    dropped: Option<Local>,
    written: bool,
}

impl Visitor for Find<'_> {
    fn visit_operand(&mut self, operand: &Operand, at: Location) {
        if let Some(place) = operand.place()
            && self.holders[place.local.index()]
            && self.read.is_none()
        {
            self.read = Some((place.local, Some(place.clone())));
        }
        self.walk_operand(operand, at);
    }
    fn visit_local(&mut self, local: &Local, how: PlaceUse, _: Location) {
        if !self.holders[local.index()] {
            return;
        }
        match how {
            PlaceUse::Store | PlaceUse::Result | PlaceUse::Storage => self.written = true,
            PlaceUse::Drop => self.dropped = Some(*local),
            PlaceUse::PartStore => {}
            _ if self.read.is_none() => self.read = Some((*local, None)),
            _ => {}
        }
    }
}
