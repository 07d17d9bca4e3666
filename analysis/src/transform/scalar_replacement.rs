//! Splits compound locals into their parts.

use std::collections::HashMap;

use cloudc_frontend::index::Idx;
use cloudc_frontend::mir::visit::{PlaceUse, Visitor, VisitorMut};
use cloudc_frontend::mir::*;
use cloudc_frontend::mono::{AdtKind, Program};
use cloudc_frontend::ty::{Ty, TyKind};

use super::{MirPass, PassCx};

/// Replaces a struct, tuple, closure or enum local that is never borrowed and never passed on as a whole by one local per
/// field, and one for the discriminant of an enum.
pub struct ReplaceAggregates;

/// Parts of a local that is split.
const PARTS: usize = 12;

impl MirPass for ReplaceAggregates {
    fn name(&self) -> &'static str {
        "replace-aggregates"
    }
    fn run(&self, cx: &PassCx<'_>, body: &mut Body) {
        // Parts may be compound themselves.
        for _ in 0..5 {
            if !split_round(cx.program, body) {
                break;
            }
        }
    }
}

/// How a compound type comes apart: types of the fields of each variant, and of the discriminant.
#[derive(Clone)]
struct Parts {
    variants: Vec<Vec<Ty>>,
    discriminants: Vec<u128>,
    tag: Option<Ty>,
}

fn parts_of(program: &Program, ty: Ty) -> Option<Parts> {
    let plain = |fields: Vec<Ty>| Parts { variants: vec![fields], discriminants: vec![0], tag: None };
    let parts = match ty.kind() {
        TyKind::Tuple(ts) => plain(ts.to_vec()),
        TyKind::Adt(..) | TyKind::Closure(..) => {
            let adt = program.adts.get(&ty)?;
            // Dereferencing a box looks inside it.
            if adt.lang.is_some_and(|l| l == "owned_box") {
                return None;
            }
            let fields =
                |v: &cloudc_frontend::mono::Variant| v.fields.iter().map(|f| f.1).collect::<Vec<_>>();
            match adt.kind {
                AdtKind::Struct | AdtKind::Closure => plain(fields(&adt.variants[0])),
                AdtKind::Enum(tag) => Parts {
                    variants: adt.variants.iter().map(fields).collect(),
                    discriminants: adt.variants.iter().map(|v| v.discriminant).collect(),
                    tag: Some(tag),
                },
            }
        }
        _ => return None,
    };
    (parts.variants.iter().map(Vec::len).sum::<usize>() <= PARTS).then_some(parts)
}

fn split_round(program: &Program, body: &mut Body) -> bool {
    let mut candidates: HashMap<Local, Parts> = HashMap::new();
    for (l, decl) in body.locals.iter_enumerated() {
        if l.index() > body.arg_count
            && let Some(parts) = parts_of(program, decl.ty)
        {
            candidates.insert(l, parts);
        }
    }
    // A whole copy needs both sides split, or the other side to be a struct in memory; so refusals spread.
    loop {
        let mut check = Check { candidates: &candidates, refused: Vec::new() };
        check.visit_body(body);
        if check.refused.is_empty() {
            break;
        }
        for l in check.refused {
            candidates.remove(&l);
        }
    }
    if candidates.is_empty() {
        return false;
    }
    let mut order: Vec<Local> = candidates.keys().copied().collect();
    order.sort();
    let mut new: HashMap<Local, Split> = HashMap::new();
    for l in order {
        let parts = candidates[&l].clone();
        let span = body.locals[l].span;
        let name = body.locals[l].name;
        let mut add = |ty| {
            body.locals.push(LocalDecl { ty, mutability: cloudc_frontend::ty::Mutability::Mut, name, span })
        };
        let tag = parts.tag.map(&mut add);
        let fields = parts.variants.iter().map(|v| v.iter().map(|t| add(*t)).collect()).collect();
        new.insert(l, Split { tag, fields, parts });
    }
    let split = Rewrite { new: &new };
    for block in body.blocks.iter_mut() {
        let statements = std::mem::take(&mut block.statements);
        for s in statements {
            split.statement(s, &mut block.statements);
        }
        let at = Location { block: BlockId(0), statement: 0 };
        Fields { new: &new }.visit_terminator(&mut block.terminator, at);
    }
    true
}

struct Split {
    tag: Option<Local>,
    fields: Vec<Vec<Local>>,
    parts: Parts,
}

/// Finds uses that forbid splitting.
struct Check<'a> {
    candidates: &'a HashMap<Local, Parts>,
    refused: Vec<Local>,
}

impl Check<'_> {
    fn refuse(&mut self, local: Local) {
        if self.candidates.contains_key(&local) {
            self.refused.push(local);
        }
    }
    /// Whether a place of a split local names one part of it.
    fn is_part(&self, place: &Place) -> bool {
        let Some(parts) = self.candidates.get(&place.local) else { return false };
        matches!(
            (parts.tag, &place.projection[..]),
            (None, [Projection::Field(..), ..])
                | (Some(_), [Projection::Downcast(_), Projection::Field(..), ..])
        )
    }
}

impl Visitor for Check<'_> {
    fn visit_statement(&mut self, statement: &Statement, at: Location) {
        if let StatementKind::Assign(to, rvalue) = &statement.kind {
            let to_candidate = to.as_local().filter(|l| self.candidates.contains_key(l));
            match rvalue {
                Rvalue::Aggregate(kind, ops) if to_candidate.is_some() => {
                    if let AggregateKind::Array(_) = kind {
                        self.refuse(to.local);
                    }
                    // `_1 = (copy _1.1, copy _1.0)` would read what it has written.
                    if ops.len() > 1 && ops.iter().any(|o| o.place().is_some_and(|p| p.local == to.local)) {
                        self.refuse(to.local);
                    }
                    return ops.iter().for_each(|o| self.visit_operand(o, at));
                }
                Rvalue::Use(Operand::Constant(c)) if to_candidate.is_some() => {
                    let parts = &self.candidates[&to.local];
                    if c.kind != ConstantKind::ZeroSized || parts.tag.is_some() {
                        self.refuse(to.local);
                    }
                    return;
                }
                Rvalue::Use(Operand::Copy(from) | Operand::Move(from)) => {
                    let from_candidate = from.as_local().filter(|l| self.candidates.contains_key(l));
                    match (to_candidate, from_candidate) {
                        (None, None) => {}
                        (Some(_), Some(_)) => return,
                        // Field by field between a local and memory; an enum in memory has no parts to copy.
                        (Some(l), None) | (None, Some(l)) => {
                            let parts = &self.candidates[&l];
                            if parts.tag.is_some() || parts.variants[0].len() > 8 {
                                self.refuse(l);
                            }
                            let other = if to_candidate.is_some() { from } else { to };
                            if other.local == l {
                                self.refuse(l);
                            }
                            let how = if to_candidate.is_some() { PlaceUse::Copy } else { PlaceUse::Store };
                            return self.visit_place(other, how, at);
                        }
                    }
                }
                Rvalue::Discriminant(p) if p.as_local().is_some_and(|l| self.candidates.contains_key(&l)) => {
                    if self.candidates[&p.local].tag.is_none() {
                        self.refuse(p.local);
                    }
                    return self.visit_place(to, PlaceUse::Store, at);
                }
                _ => {}
            }
        }
        self.walk_statement(statement, at);
    }
    fn visit_place(&mut self, place: &Place, how: PlaceUse, at: Location) {
        if self.is_part(place) {
            for step in &place.projection {
                if let Projection::Index(l) = step {
                    self.visit_local(l, PlaceUse::Inspect, at);
                }
            }
            return;
        }
        self.walk_place(place, how, at);
    }
    fn visit_local(&mut self, local: &Local, how: PlaceUse, _: Location) {
        if how != PlaceUse::Storage {
            self.refuse(*local);
        }
    }
}

/// Names parts instead of fields.
struct Fields<'a> {
    new: &'a HashMap<Local, Split>,
}

impl VisitorMut for Fields<'_> {
    fn visit_place(&mut self, place: &mut Place, how: PlaceUse, at: Location) {
        if let Some(split) = self.new.get(&place.local) {
            let (variant, used) = match place.projection[..] {
                [Projection::Downcast(v), Projection::Field(..), ..] => (v as usize, 2),
                _ => (0, 1),
            };
            if let Some(Projection::Field(n, _)) = place.projection.get(used - 1) {
                place.local = split.fields[variant][*n as usize];
                place.projection.drain(..used);
            }
        }
        self.walk_place(place, how, at);
    }
}

struct Rewrite<'a> {
    new: &'a HashMap<Local, Split>,
}

impl Rewrite<'_> {
    fn statement(&self, mut s: Statement, out: &mut Vec<Statement>) {
        let span = s.span;
        let at = Location { block: BlockId(0), statement: 0 };
        let mut fields = Fields { new: self.new };
        let whole = |p: &Place| p.as_local().and_then(|l| self.new.get(&l));
        match &mut s.kind {
            StatementKind::StorageLive(l) | StatementKind::StorageDead(l) if self.new.contains_key(l) => {
                return;
            }
            StatementKind::Assign(to, Rvalue::Aggregate(kind, ops)) if whole(to).is_some() => {
                let Some(split) = whole(to) else { return };
                let variant = if let AggregateKind::Adt(_, v, _) = kind { *v as usize } else { 0 };
                for (field, op) in split.fields[variant].iter().zip(ops.iter_mut()) {
                    fields.visit_operand(op, at);
                    out.push(Statement::assign(*field, Rvalue::Use(op.clone()), span));
                }
                if let (Some(tag), Some(ty)) = (split.tag, split.parts.tag) {
                    let mask = u128::MAX >> (128 - ty.scalar_bits().unwrap_or(64));
                    let bits = split.parts.discriminants[variant] & mask;
                    out.push(Statement::assign(tag, Rvalue::Use(Operand::scalar(bits, ty)), span));
                }
                return;
            }
            StatementKind::Assign(to, Rvalue::Use(op)) => {
                let from = op.place().cloned();
                match (whole(to), from.as_ref().and_then(whole), from) {
                    (Some(a), Some(b), _) => {
                        if let (Some(to), Some(from)) = (a.tag, b.tag) {
                            out.push(Statement::assign(to, Rvalue::Use(Operand::Copy(from.into())), span));
                        }
                        for (to, from) in a.fields.iter().flatten().zip(b.fields.iter().flatten()) {
                            out.push(Statement::assign(
                                *to,
                                Rvalue::Use(Operand::Copy((*from).into())),
                                span,
                            ));
                        }
                        return;
                    }
                    (Some(a), None, Some(mut from)) => {
                        fields.visit_place(&mut from, PlaceUse::Copy, at);
                        for (i, (to, ty)) in a.fields[0].iter().zip(&a.parts.variants[0]).enumerate() {
                            let part = from.field(i, *ty);
                            out.push(Statement::assign(*to, Rvalue::Use(Operand::Copy(part)), span));
                        }
                        return;
                    }
                    // A constant without bytes.
                    (Some(a), None, None) => {
                        for (to, ty) in a.fields[0].iter().zip(&a.parts.variants[0]) {
                            out.push(Statement::assign(*to, Rvalue::Use(Operand::zero_sized(*ty)), span));
                        }
                        return;
                    }
                    (None, Some(b), _) => {
                        fields.visit_place(to, PlaceUse::Store, at);
                        for (i, (from, ty)) in b.fields[0].iter().zip(&b.parts.variants[0]).enumerate() {
                            let part = to.field(i, *ty);
                            out.push(Statement::assign(
                                part,
                                Rvalue::Use(Operand::Copy((*from).into())),
                                span,
                            ));
                        }
                        return;
                    }
                    (None, None, _) => {}
                }
            }
            StatementKind::Assign(to, rvalue @ Rvalue::Discriminant(_)) => {
                if let Rvalue::Discriminant(p) = rvalue
                    && let Some(tag) = whole(p).and_then(|s| s.tag)
                {
                    fields.visit_place(to, PlaceUse::Store, at);
                    *rvalue = Rvalue::Use(Operand::Copy(tag.into()));
                    out.push(s);
                    return;
                }
            }
            _ => {}
        }
        fields.visit_statement(&mut s, at);
        out.push(s);
    }
}
