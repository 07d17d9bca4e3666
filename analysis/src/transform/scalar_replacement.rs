//! Compound locals become one local for each part.
//!
//! A local qualifies if its address is never taken as a whole, and if it is only built, copied, taken apart, and asked for
//! its variant. An enum becomes a discriminant and the fields of all its variants. A whole value wanted by a call or by
//! another compound value spoils the local; it may qualify in the next round, when that other value is in parts.

use std::collections::HashMap;

use cloudc_frontend::bug;
use cloudc_frontend::index::{Idx, IndexVec};
use cloudc_frontend::mir::visit::{PlaceUse, Visitor, VisitorMut};
use cloudc_frontend::mir::{
    AggregateKind, BlockId, Body, ConstantKind, Local, LocalDecl, Location, Operand, Place, Projection,
    Rvalue, Statement, StatementKind,
};
use cloudc_frontend::mono::{AdtKind, Program};
use cloudc_frontend::source::Span;
use cloudc_frontend::symbol::Symbol;
use cloudc_frontend::ty::{Mutability, Ty, TyKind};

use super::run::{MirPass, PassCx};
use crate::facts::Mentions;

/// As above.
pub struct ScalarReplacement;

/// Locals with more parts stay whole.
const PARTS: usize = 16;

impl MirPass for ScalarReplacement {
    fn name(&self) -> &'static str {
        "scalar-replacement"
    }
    fn run(&self, cx: &PassCx<'_>, body: &mut Body) -> bool {
        let mut shapes: IndexVec<Local, Option<Shape>> = body
            .locals
            .iter_enumerated()
            .map(|(local, decl)| {
                (local.index() > body.arg_count).then(|| Shape::of(cx.program, decl.ty)).flatten()
            })
            .collect();
        choose(body, &mut shapes);
        if shapes.iter().all(Option::is_none) {
            return false;
        }
        let mut split = Split { parts: HashMap::new(), tags: HashMap::new() };
        for local in shapes.indices() {
            if let Some(shape) = &shapes[local] {
                split.declare(body, local, shape);
            }
        }
        for block in body.blocks.indices() {
            let statements = std::mem::take(&mut body.blocks[block].statements);
            let mut new = Vec::with_capacity(statements.len() + 8);
            for statement in statements {
                split.statement(body, &shapes, statement, &mut new);
            }
            let at = Location { block, statement: new.len() };
            let data = &mut body.blocks[block];
            data.statements = new;
            split.visit_terminator(&mut data.terminator, at);
        }
        true
    }
}

/// The parts of a compound type.
struct Shape {
    /// Discriminant type, for enums.
    tag: Option<Ty>,
    /// Discriminant and field types of each variant.
    variants: Vec<(u128, Vec<Ty>)>,
}

impl Shape {
    fn of(program: &Program, ty: Ty) -> Option<Shape> {
        let shape = match ty.kind() {
            TyKind::Tuple(ts) if !ts.is_empty() => Shape { tag: None, variants: vec![(0, ts.to_vec())] },
            TyKind::Adt(..) | TyKind::Closure(..) => {
                let adt = program.adts.get(&ty)?;
                // What a box points to is reached through the box.
                if adt.lang.is_some_and(|l| l == "owned_box") {
                    return None;
                }
                let variants = adt
                    .variants
                    .iter()
                    .map(|v| (v.discriminant, v.fields.iter().map(|f| f.1).collect()))
                    .collect();
                let tag = match adt.kind {
                    AdtKind::Enum(tag) => Some(tag),
                    _ => None,
                };
                Shape { tag, variants }
            }
            _ => return None,
        };
        let count: usize = shape.variants.iter().map(|v| v.1.len()).sum();
        (count <= PARTS && !shape.variants.is_empty()).then_some(shape)
    }
}

/// Leaves the shapes of locals that qualify.
fn choose(body: &Body, shapes: &mut IndexVec<Local, Option<Shape>>) {
    let mut judge =
        Judge { body, shapes, parted: body.locals.iter().map(|_| false).collect(), copies: Vec::new() };
    judge.visit_body(body);
    let Judge { mut parted, copies, .. } = judge;
    // Who is only ever copied gains nothing, unless it is copied from or to one that is taken apart.
    let mut changed = true;
    while changed {
        changed = false;
        for &(to, from) in &copies {
            let Some(to) = to else { continue };
            if parted[to] != parted[from] && shapes[to].is_some() && shapes[from].is_some() {
                (parted[to], parted[from]) = (true, true);
                changed = true;
            }
        }
    }
    for local in shapes.indices() {
        if !parted[local] {
            shapes[local] = None;
        }
    }
    // An enum in parts cannot be put together again.
    let mut changed = true;
    while changed {
        changed = false;
        for &(to, from) in &copies {
            let kept = to.is_some_and(|l| shapes[l].is_some());
            if !kept && shapes[from].as_ref().is_some_and(|s| s.tag.is_some()) {
                shapes[from] = None;
                changed = true;
            }
        }
    }
}

struct Judge<'a> {
    body: &'a Body,
    shapes: &'a mut IndexVec<Local, Option<Shape>>,
    /// Built from parts, or taken apart, somewhere.
    parted: IndexVec<Local, bool>,
    /// Copies of whole locals: to which, if to a whole local, and from which.
    copies: Vec<(Option<Local>, Local)>,
}

impl Visitor for Judge<'_> {
    fn visit_statement(&mut self, statement: &Statement, at: Location) {
        let StatementKind::Assign(place, rvalue) = &statement.kind else { return };
        let mut whole = false;
        match rvalue {
            Rvalue::Use(operand) => {
                match operand.place().map(|p| (p, p.as_local())) {
                    Some((_, Some(from))) => self.copies.push((place.as_local(), from)),
                    Some((from, None)) => self.visit_place(from, PlaceUse::Copy, at),
                    None => {}
                }
                whole = match operand {
                    Operand::Constant(c) => matches!(c.kind, ConstantKind::ZeroSized),
                    _ => self.body.operand_ty(operand) == self.body.place_ty(place),
                };
            }
            Rvalue::Discriminant(of) if of.as_local().is_some() => self.parted[of.local] = true,
            Rvalue::Aggregate(kind, _) => {
                self.visit_rvalue(rvalue, at);
                whole = !matches!(kind, AggregateKind::Array(_));
                if whole && place.projection.is_empty() {
                    self.parted[place.local] = true;
                }
            }
            _ => self.visit_rvalue(rvalue, at),
        }
        if place.as_local().is_none() || !whole {
            self.visit_place(place, PlaceUse::Store, at);
        }
    }
    fn visit_place(&mut self, place: &Place, _how: PlaceUse, _at: Location) {
        match place.projection[..] {
            [Projection::Field(..), ..] | [Projection::Downcast(_), Projection::Field(..), ..] => {
                self.parted[place.local] = true;
            }
            _ => self.shapes[place.local] = None,
        }
    }
    fn visit_local(&mut self, local: &Local, _how: PlaceUse, _at: Location) {
        self.shapes[*local] = None;
    }
}

struct Split {
    parts: HashMap<(Local, u32, u32), Local>,
    tags: HashMap<Local, Local>,
}

impl Split {
    fn declare(&mut self, body: &mut Body, local: Local, shape: &Shape) {
        let LocalDecl { name, span, .. } = body.locals[local];
        let mut add = |ty: Ty, part: &str| {
            let name = name.map(|n| Symbol::intern(&format!("{n}.{part}")));
            body.locals.push(LocalDecl { ty, mutability: Mutability::Mut, name, span })
        };
        if let Some(tag) = shape.tag {
            self.tags.insert(local, add(tag, "tag"));
        }
        for (v, (_, fields)) in shape.variants.iter().enumerate() {
            for (f, ty) in fields.iter().enumerate() {
                self.parts.insert((local, v as u32, f as u32), add(*ty, &f.to_string()));
            }
        }
    }

    fn part(&self, local: Local, variant: usize, field: usize) -> Place {
        match self.parts.get(&(local, variant as u32, field as u32)) {
            Some(part) => Place::local(*part),
            None => bug!("{local} has no part {variant}.{field}"),
        }
    }

    fn statement(
        &mut self,
        body: &mut Body,
        shapes: &IndexVec<Local, Option<Shape>>,
        mut statement: Statement,
        out: &mut Vec<Statement>,
    ) {
        let span = statement.span;
        let at = Location { block: BlockId(0), statement: 0 };
        match &mut statement.kind {
            StatementKind::Assign(to, Rvalue::Use(operand)) => {
                let from = operand.place().and_then(Place::as_local).filter(|l| shapes[*l].is_some());
                let target = to.as_local().filter(|l| shapes[*l].is_some());
                match (target, from) {
                    (None, None) => {}
                    (Some(target), _) => {
                        self.visit_operand(operand, at);
                        let Some(shape) = &shapes[target] else { return };
                        return self.copy_parts(body, shape, target, operand, from, span, out);
                    }
                    (None, Some(from)) => {
                        let Some(shape) = &shapes[from] else { return };
                        let parts = (0..shape.variants[0].1.len())
                            .map(|f| Operand::Move(self.part(from, 0, f)))
                            .collect();
                        let kind = aggregate_kind(body.locals[from].ty);
                        self.visit_place(to, PlaceUse::Store, at);
                        return out.push(Statement::assign(to.clone(), Rvalue::Aggregate(kind, parts), span));
                    }
                }
            }
            StatementKind::Assign(to, Rvalue::Aggregate(kind, operands)) => {
                if let Some(target) = to.as_local()
                    && let Some(shape) = &shapes[target]
                {
                    operands.iter_mut().for_each(|o| self.visit_operand(o, at));
                    let variant = if let AggregateKind::Adt(_, v, _) = kind { *v as usize } else { 0 };
                    return self.build_parts(body, shape, target, variant, operands, span, out);
                }
            }
            StatementKind::Assign(to, rvalue) => {
                if let Rvalue::Discriminant(of) = rvalue
                    && let Some(local) = of.as_local()
                    && let Some(shape) = &shapes[local]
                {
                    let ty = shape.tag.unwrap_or_else(|| body.place_ty(to));
                    *rvalue = Rvalue::Use(match self.tags.get(&local) {
                        Some(tag) => Operand::Copy(Place::local(*tag)),
                        None => Operand::scalar(0, ty),
                    });
                }
            }
            StatementKind::StorageLive(l) | StatementKind::StorageDead(l) if shapes[*l].is_some() => return,
            _ => {}
        }
        self.visit_statement(&mut statement, at);
        out.push(statement);
    }

    /// `target = operand`, part by part.
    fn copy_parts(
        &self,
        body: &mut Body,
        shape: &Shape,
        target: Local,
        operand: &Operand,
        from: Option<Local>,
        span: Span,
        out: &mut Vec<Statement>,
    ) {
        let mut pairs = Vec::new();
        let Some(source) = operand.place() else {
            // A value without bytes.
            for (f, ty) in shape.variants[0].1.iter().enumerate() {
                pairs.push((self.part(target, 0, f), Rvalue::Use(Operand::zero_sized(*ty))));
            }
            return assign_all(body, pairs, span, out);
        };
        let take = |place: Place| match operand {
            Operand::Move(_) => Operand::Move(place),
            _ => Operand::Copy(place),
        };
        if shape.tag.is_some() {
            let tag = match from {
                Some(from) => Rvalue::Use(Operand::Copy(Place::local(self.tags[&from]))),
                None => Rvalue::Discriminant(source.clone()),
            };
            pairs.push((Place::local(self.tags[&target]), tag));
        }
        for (v, (_, fields)) in shape.variants.iter().enumerate() {
            for (f, ty) in fields.iter().enumerate() {
                let part = match (from, shape.tag) {
                    (Some(from), _) => self.part(from, v, f),
                    (None, Some(_)) => source.project(Projection::Downcast(v as u32)).field(f, *ty),
                    (None, None) => source.field(f, *ty),
                };
                pairs.push((self.part(target, v, f), Rvalue::Use(take(part))));
            }
        }
        assign_all(body, pairs, span, out);
    }

    /// `target = Variant(operands)`, part by part.
    fn build_parts(
        &self,
        body: &mut Body,
        shape: &Shape,
        target: Local,
        variant: usize,
        operands: &[Operand],
        span: Span,
        out: &mut Vec<Statement>,
    ) {
        let mut pairs: Vec<(Place, Rvalue)> = operands
            .iter()
            .enumerate()
            .map(|(f, o)| (self.part(target, variant, f), Rvalue::Use(o.clone())))
            .collect();
        if let Some(tag) = shape.tag {
            let mask = u128::MAX >> (128 - tag.scalar_bits().unwrap_or(64));
            let bits = Operand::scalar(shape.variants[variant].0 & mask, tag);
            pairs.push((Place::local(self.tags[&target]), Rvalue::Use(bits)));
        }
        assign_all(body, pairs, span, out);
    }
}

/// Assignments as if at once: all values are read before the first is written.
fn assign_all(body: &mut Body, pairs: Vec<(Place, Rvalue)>, span: Span, out: &mut Vec<Statement>) {
    let at = Location { block: BlockId(0), statement: 0 };
    let mut clash = false;
    for (i, (_, rvalue)) in pairs.iter().enumerate() {
        Mentions(|local, _, _| clash |= pairs[..i].iter().any(|(to, _)| to.local == local))
            .visit_rvalue(rvalue, at);
    }
    if !clash {
        out.extend(pairs.into_iter().map(|(to, rvalue)| Statement::assign(to, rvalue, span)));
        return;
    }
    let mut second = Vec::new();
    for (to, rvalue) in pairs {
        let ty = body.place_ty(&to);
        let temp = Place::local(body.add_local(ty));
        out.push(Statement::assign(temp.clone(), rvalue, span));
        second.push(Statement::assign(to, Rvalue::Use(Operand::Move(temp)), span));
    }
    out.extend(second);
}

fn aggregate_kind(ty: Ty) -> AggregateKind {
    match *ty.kind() {
        TyKind::Adt(def, args) => AggregateKind::Adt(def, 0, args),
        TyKind::Closure(def, args) => AggregateKind::Closure(def, args),
        _ => AggregateKind::Tuple,
    }
}

impl VisitorMut for Split {
    fn visit_place(&mut self, place: &mut Place, _how: PlaceUse, _at: Location) {
        let (variant, field, taken) = match place.projection[..] {
            [Projection::Field(f, _), ..] => (0, f, 1),
            [Projection::Downcast(v), Projection::Field(f, _), ..] => (v, f, 2),
            _ => return,
        };
        if let Some(part) = self.parts.get(&(place.local, variant, field)) {
            place.local = *part;
            place.projection.drain(..taken);
        }
    }
    fn visit_ty(&mut self, _ty: &mut Ty) {}
}
