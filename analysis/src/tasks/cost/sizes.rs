//! Where the sizes of a body come from: a length or a number followed back to something that is known.
//!
//! In: an operand or a place of a body, and which of its locals are known where the size is wanted. Out: the size as an
//! expression over those. Calls of small functions are looked through; what an iterator gives, and how often, follows from
//! what it was made of.

use cloudc_frontend::mir::body::project_ty;
use cloudc_frontend::mir::{
    BinOp, Body, Callee, ConstantKind, Local, Operand, Place, Projection, Rvalue, TerminatorKind,
};
use cloudc_frontend::mono::Program;
use cloudc_frontend::ty::Ty;

use super::super::flow::{Definition, Definitions};
use super::items::inverse;
use super::measured::{array_length, element_of, field_ty, has_length, has_own_length, peeled};
use super::work::{Path, Size, Step, Work};

/// The sizes of a body.
pub struct Sizes<'a> {
    /// The program.
    pub program: &'a Program,
    /// The body.
    pub body: &'a Body,
    /// Its definitions.
    pub definitions: &'a Definitions<'a>,
    /// Which locals are known.
    pub known: &'a dyn Fn(Local) -> bool,
    /// Whether callers say what iterators among the known give.
    pub is_open: bool,
    /// Rounds assumed of a loop of which nothing is known.
    pub unknown_trips: f64,
    /// Whether the body is `next` of an iterator of std.
    pub is_step: bool,
}

/// What a value turned out to be.
pub(super) enum Origin {
    /// A part of something known.
    Path(Path),
    /// An element of something known.
    Element(Path),
    /// A slice of this length.
    Slice(Work),
}

/// So many definitions are followed.
pub(super) const DEEP: u32 = 24;

impl<'a> Sizes<'a> {
    /// Of a function's body over its parameters.
    pub fn open(
        program: &'a Program,
        body: &'a Body,
        definitions: &'a Definitions<'a>,
        known: &'a dyn Fn(Local) -> bool,
    ) -> Self {
        Sizes { is_open: true, ..Sizes::closed(program, body, definitions, known) }
    }

    /// Of code that nobody calls with more knowledge.
    pub fn closed(
        program: &'a Program,
        body: &'a Body,
        definitions: &'a Definitions<'a>,
        known: &'a dyn Fn(Local) -> bool,
    ) -> Self {
        let unknown_trips = super::UNKNOWN_TRIPS;
        Sizes { program, body, definitions, known, is_open: false, unknown_trips, is_step: false }
    }

    /// A size over a callee's parameters as a size of this body.
    pub fn argument(&self, args: &[Operand], params: &[Local], size: Size) -> Option<Work> {
        let path = size.path();
        let arg = args.get(params.iter().position(|&p| p == path.local)?)?;
        let steps: Vec<Step> = path.steps().collect();
        match size {
            Size::Value(_) => self.number_in(arg, &steps, 0),
            Size::Len(_) if steps.is_empty() => self.length(arg),
            Size::Len(_) => self.length_of(self.trace_operand(arg, &steps, 0)?),
            Size::Each(_) => self.each(self.trace_operand(arg, &steps, 0)?),
            Size::Levels(_) => {
                let length = self.argument(args, params, Size::Len(path))?;
                match (length.as_constant(), &length.terms[..]) {
                    (Some(n), _) => Some(Work::constant(n.max(1.0).log2() + 1.0)),
                    (None, [term]) => match term.factors[..] {
                        [Size::Len(path)] => Some(Work::size(Size::Levels(path))),
                        _ => None,
                    },
                    _ => None,
                }
            }
            Size::Items(_) => self.items_of(arg.place()?, &steps, 0),
            Size::Per(_) => inverse(&self.number_in(arg, &steps, 0)?),
            Size::Power(_) => {
                let given = self.number_in(arg, &steps, 0)?;
                match (given.as_constant(), &given.terms[..]) {
                    (Some(n), _) => Some(Work::constant(1.6f64.powf(n.min(80.0)))),
                    (None, [term]) if term.coefficient == 1.0 => match term.factors[..] {
                        [Size::Value(path)] => Some(Work::size(Size::Power(path))),
                        _ => None,
                    },
                    _ => None,
                }
            }
        }
    }

    /// A number.
    pub fn value(&self, operand: &Operand) -> Option<Work> {
        self.value_at(operand, 0)
    }

    fn value_at(&self, operand: &Operand, depth: u32) -> Option<Work> {
        let place = match operand {
            Operand::Constant(c) => match c.kind {
                ConstantKind::Scalar(bits) if c.ty.is_integral() => {
                    return Some(Work::constant(bits as u64 as f64));
                }
                _ => return None,
            },
            Operand::Copy(place) | Operand::Move(place) => place,
        };
        if depth > DEEP {
            return None;
        }
        let Some(local) = place.as_local() else { return self.value_in(place, depth) };
        if !self.body.locals[local].ty.is_integral() {
            return None;
        }
        let definition = self.definitions.of(local).map(|d| d.0);
        if let Some(Definition::Assign(Rvalue::Use(constant @ Operand::Constant(_)))) = definition {
            return self.value_at(constant, depth);
        }
        if (self.known)(local) {
            return Some(Work::size(Size::Value(local.into())));
        }
        match definition? {
            Definition::Assign(Rvalue::Use(from) | Rvalue::Cast(_, from, _)) => {
                self.value_at(from, depth + 1)
            }
            Definition::Assign(Rvalue::Len(place)) => {
                self.length_of(self.trace(place.local, &self.steps_of(place)?, depth + 1)?)
            }
            Definition::Assign(Rvalue::Binary(op, a, b)) => self.computed(*op, a, b, depth),
            Definition::Assign(_) => None,
            Definition::Call(Callee::Func(func), args) => {
                let function = &self.program.functions[*func];
                if function.is_std && function.instance.is_named("len") {
                    return self.length_of(self.trace_operand(args.first()?, &[], depth + 1)?);
                }
                let body = &function.body;
                self.within(body, |inner| inner.value_at(&Operand::Copy(Local(0).into()), depth + 4))
                    .and_then(|work| {
                        let params: Vec<Local> = body.args().collect();
                        work.try_substitute(|size| self.argument(args, &params, size))
                    })
            }
            Definition::Call(..) => None,
        }
    }

    /// A number in a part of a local.
    fn value_in(&self, place: &Place, depth: u32) -> Option<Work> {
        if let (Some(Definition::Assign(Rvalue::CheckedBinary(op, a, b))), [Projection::Field(0, _)]) =
            (self.definitions.of(place.local).map(|d| d.0), &place.projection[..])
        {
            return self.computed(*op, a, b, depth);
        }
        if let [whole @ .., Projection::Field(field, _)] = &place.projection[..] {
            let whole = Place { local: place.local, projection: whole.to_vec() };
            let ty = self.body.place_ty(&whole);
            if self.program.is_lang(ty, "Vec") && self.field_named(ty, "len") == Some(*field) {
                return self.length_of(self.trace(whole.local, &self.steps_of(&whole)?, depth + 1)?);
            }
        }
        self.number(self.trace(place.local, &self.steps_of(place)?, depth + 1)?)
    }

    fn computed(&self, op: BinOp, a: &Operand, b: &Operand, depth: u32) -> Option<Work> {
        let (left, right) = (self.value_at(a, depth + 1)?, self.value_at(b, depth + 1));
        match (op, left.as_constant(), right.as_ref().and_then(Work::as_constant)) {
            (BinOp::Add, ..) => {
                let mut sum = left;
                sum.add(&right?);
                Some(sum)
            }
            (BinOp::Mul, ..) => Some(left.times(&right?)),
            (BinOp::Sub, Some(a), Some(b)) => Some(Work::constant((a - b).max(0.0))),
            // What is taken away is not known to matter.
            (BinOp::Sub, ..) => Some(left),
            (BinOp::Div, _, Some(by)) if by > 0.0 => Some(left.scaled(1.0 / by)),
            (BinOp::Shr, _, Some(by)) if by < 64.0 => Some(left.scaled(0.5f64.powf(by))),
            (BinOp::Shl, _, Some(by)) if by < 64.0 => Some(left.scaled(2f64.powf(by))),
            (BinOp::Rem, ..) => right,
            (BinOp::Div, ..) => Some(left.times(&Work::guess(0.1))),
            _ => None,
        }
    }

    /// The length of what an operand is or refers to.
    pub fn length(&self, operand: &Operand) -> Option<Work> {
        if let Operand::Constant(c) = operand {
            return match &c.kind {
                ConstantKind::Str(s) => Some(Work::constant(s.as_str().len() as f64)),
                ConstantKind::ByteStr(bytes) => Some(Work::constant(bytes.len() as f64)),
                _ => array_length(c.ty),
            };
        }
        self.length_of(self.trace_operand(operand, &[], 0)?)
    }

    pub(super) fn length_of(&self, origin: Origin) -> Option<Work> {
        match origin {
            Origin::Path(path) => {
                let ty = self.ty_of(path)?;
                array_length(ty).or_else(|| has_length(self.program, ty).then(|| Work::size(Size::Len(path))))
            }
            Origin::Element(path) => self.each(Origin::Path(path)),
            Origin::Slice(length) => Some(length),
        }
    }

    /// The usual length of the elements.
    fn each(&self, origin: Origin) -> Option<Work> {
        let Origin::Path(path) = origin else { return None };
        let element = element_of(self.program, self.ty_of(path)?)?;
        array_length(element)
            .or_else(|| has_length(self.program, element).then(|| Work::size(Size::Each(path))))
    }

    pub(super) fn number(&self, origin: Origin) -> Option<Work> {
        match origin {
            Origin::Path(path) if peeled(self.ty_of(path)?).is_integral() => {
                Some(Work::size(Size::Value(path)))
            }
            _ => None,
        }
    }

    /// The local that a part of an iterator or closure was made of.
    pub fn ingredient(&self, local: Local, steps: &[Step]) -> Option<Local> {
        let (mut local, mut steps) = (local, steps.to_vec());
        for _ in 0..DEEP {
            let Some(first) = steps.first() else { return Some(local) };
            let Step::Field(k) = *first else { return None };
            let args;
            let from = match self.definitions.initial(local)?.0 {
                Definition::Assign(Rvalue::Use(from)) => from,
                Definition::Assign(Rvalue::Aggregate(_, operands)) => {
                    steps.remove(0);
                    operands.get(k as usize)?
                }
                Definition::Call(Callee::Func(func), given) if self.program.functions[*func].is_std => {
                    args = given;
                    // An adaptor holds what it was called with, in order; an iterator begins with what it goes through.
                    if self.program.functions[*func].instance.is_named("into_iter") {
                        args.first()?
                    } else {
                        steps.remove(0);
                        args.get(k as usize).or(args.first())?
                    }
                }
                _ => return None,
            };
            let place = from.place()?;
            let before = self.steps_of(place)?;
            steps.splice(0..0, before);
            local = place.local;
        }
        None
    }

    /// A number in a part of a local. What the number was made of says more than where it lies: constants are found that way.
    pub(super) fn number_at(&self, local: Local, steps: &[Step], depth: u32) -> Option<Work> {
        if depth > DEEP {
            return None;
        }
        let made = match (self.definitions.initial(local).map(|d| d.0), steps) {
            (_, []) => self.value_at(&Operand::Copy(local.into()), depth + 1),
            (Some(Definition::Assign(Rvalue::Use(from))), _) => self.number_in(from, steps, depth),
            (Some(Definition::Assign(Rvalue::Aggregate(_, operands))), [Step::Field(k), rest @ ..]) => {
                operands.get(*k as usize).and_then(|o| self.number_in(o, rest, depth))
            }
            (Some(Definition::Call(Callee::Func(func), args)), _) => {
                let body = &self.program.functions[*func].body;
                let found = self.within(body, |inner| inner.number_at(Local(0), steps, depth + 4));
                let params: Vec<Local> = body.args().collect();
                found.and_then(|work| work.try_substitute(|size| self.argument(args, &params, size)))
            }
            _ => None,
        };
        made.or_else(|| self.number(self.trace(local, steps, depth)?))
    }

    fn number_in(&self, operand: &Operand, steps: &[Step], depth: u32) -> Option<Work> {
        match (operand.place(), steps) {
            (_, []) => self.value_at(operand, depth + 1),
            (Some(place), _) => {
                let steps = [&self.steps_of(place)?[..], steps].concat();
                self.number_at(place.local, &steps, depth + 1)
            }
            (None, _) => None,
        }
    }

    fn trace_operand(&self, operand: &Operand, steps: &[Step], depth: u32) -> Option<Origin> {
        let place = operand.place()?;
        self.trace(place.local, &[&self.steps_of(place)?[..], steps].concat(), depth)
    }

    /// What a part of a local is, in terms of what is known.
    pub(super) fn trace(&self, local: Local, steps: &[Step], depth: u32) -> Option<Origin> {
        if depth > DEEP {
            return None;
        }
        if (self.known)(local) {
            return self.settled(local, steps, depth);
        }
        let go = |operand: &Operand, steps: &[Step]| self.trace_operand(operand, steps, depth + 1);
        match self.definitions.initial(local)?.0 {
            Definition::Assign(Rvalue::Use(from) | Rvalue::Cast(_, from, _)) => go(from, steps),
            Definition::Assign(Rvalue::Ref(_, place) | Rvalue::RawRef(_, place)) => {
                self.trace(place.local, &[&self.steps_of(place)?[..], steps].concat(), depth + 1)
            }
            Definition::Assign(Rvalue::Aggregate(_, operands)) => match steps {
                [Step::Field(k), rest @ ..] => go(operands.get(*k as usize)?, rest),
                _ => None,
            },
            Definition::Assign(Rvalue::Repeat(_, n)) => {
                let n = n.as_u64()?;
                steps.is_empty().then(|| Origin::Slice(Work::constant(n as f64)))
            }
            Definition::Assign(_) => None,
            Definition::Call(Callee::Intrinsic(name, _), args)
                if name.as_str().starts_with("slice_from_raw_parts") =>
            {
                // `Vec`'s own pointer stands for the vector.
                let whole = go(args.first()?, steps).filter(|o| {
                    matches!(o, Origin::Path(p)
                    if self.ty_of(*p).is_some_and(|ty| has_length(self.program, ty)))
                });
                whole.or_else(|| {
                    steps.is_empty().then(|| self.value_at(args.get(1)?, depth + 1).map(Origin::Slice))?
                })
            }
            Definition::Call(Callee::Intrinsic(..) | Callee::Value(_) | Callee::Def(..), _) => None,
            Definition::Call(Callee::Func(func), args) => {
                let function = &self.program.functions[*func];
                if let ([Step::Field(0), rest @ ..], true) = (steps, function.instance.is_named("next")) {
                    // `Some` of what an iterator gave.
                    let steps = [&[Step::Item], rest].concat();
                    return go(args.first()?, &steps);
                }
                if function.is_std && function.instance.is_named("with_capacity") && steps.is_empty() {
                    // Who says how much room there must be, fills it.
                    return self.value_at(args.first()?, depth + 1).map(Origin::Slice);
                }
                if function.is_std && function.instance.is_named("index") {
                    // By a position: an element.
                    let result = peeled(function.body.return_ty());
                    let whole = function.body.args().next().map(|a| function.body.locals[a].ty)?;
                    if element_of(self.program, whole).is_some_and(|e| peeled(e) == result) {
                        return go(args.first()?, &[&[Step::Item], steps].concat());
                    }
                }
                let within = self.within(&function.body, |inner| inner.trace(Local(0), steps, depth + 4));
                let Some(inner) = within else {
                    // `v.to_vec()` and the like are as long as what they were made of.
                    let params = function.body.arg_count - usize::from(function.track_caller);
                    let is_copy = function.is_std
                        && params == 1
                        && steps.is_empty()
                        && has_length(self.program, function.body.return_ty());
                    return if is_copy { go(args.first()?, steps) } else { None };
                };
                let params: Vec<Local> = function.body.args().collect();
                let outside = |path: Path| {
                    let arg = args.get(params.iter().position(|&p| p == path.local)?)?;
                    let steps: Vec<Step> = path.steps().collect();
                    self.trace_operand(arg, &steps, depth + 1)
                };
                match inner {
                    Origin::Path(path) => outside(path),
                    Origin::Element(path) => match outside(path)? {
                        Origin::Path(path) => Some(Origin::Element(path)),
                        _ => None,
                    },
                    Origin::Slice(length) => {
                        length.try_substitute(|size| self.argument(args, &params, size)).map(Origin::Slice)
                    }
                }
            }
        }
    }

    /// Looks into a small function, over its parameters.
    fn within<T>(&self, body: &Body, look: impl FnOnce(&Sizes<'_>) -> Option<T>) -> Option<T> {
        let returns = body.blocks.iter().filter(|b| matches!(b.terminator.kind, TerminatorKind::Return));
        if body.blocks.len() > 8 || returns.count() != 1 {
            return None;
        }
        let definitions = Definitions::new(body);
        let known = |local: Local| (1..=body.arg_count as u32).contains(&local.0);
        look(&Sizes::open(self.program, body, &definitions, &known))
    }

    /// A place as steps from its local; pointers are followed, and what makes up a vector or text stands for it.
    pub(super) fn steps_of(&self, place: &Place) -> Option<Vec<Step>> {
        let mut steps = Vec::new();
        let mut ty = self.body.locals[place.local].ty;
        for &projection in &place.projection {
            match projection {
                Projection::Deref => {}
                Projection::Field(..) if has_own_length(self.program, ty) => return Some(steps),
                Projection::Field(k, _) => steps.push(Step::Field(k)),
                Projection::Downcast(_) => {}
                Projection::Index(_) | Projection::ConstantIndex { .. } => steps.push(Step::Item),
                _ => return None,
            }
            ty = project_ty(ty, projection);
        }
        Some(steps)
    }

    pub(super) fn ty_of(&self, path: Path) -> Option<Ty> {
        let steps: Vec<Step> = path.steps().collect();
        self.ty_along(self.body.locals[path.local].ty, &steps)
    }

    pub(super) fn ty_along(&self, ty: Ty, steps: &[Step]) -> Option<Ty> {
        steps.iter().try_fold(ty, |ty, step| field_ty(self.program, ty, *step))
    }

    pub(super) fn field_named(&self, ty: Ty, name: &str) -> Option<u32> {
        let adt = self.program.adts.get(&ty)?;
        let [variant] = &adt.variants[..] else { return None };
        variant.fields.iter().position(|f| f.0 == name).map(|k| k as u32)
    }
}
