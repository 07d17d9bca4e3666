//! Trait objects without tables of addresses.
//!
//! The second word of a pointer to `dyn Trait` is the number of the concrete type. A method call goes to one dispatch
//! function per (trait object type, method), which switches on that number and calls directly. So no address stands
//! in data, and whoever inlines sees through a dispatch.
//!
//! Structs that end in a trait object carry the number of the type at their end; their size takes a function, too.

use indexmap::{IndexMap, IndexSet};

use crate::diag::Diagnostic;
use crate::hir::{ClosureKind, DefId};
use crate::mir::*;
use crate::source::Span;
use crate::ty::{Args, GenericArg, List, Mutability, Resolved, Ty, TyKind};

use super::builder::BodyBuilder;
use super::instantiate::Resolver;
use super::shape::closure_kind;
use super::{Collector, Instance};

/// Which types stand behind which trait objects, and the functions that depend on it.
#[derive(Clone, Default)]
pub(super) struct Virtuals {
    /// Concrete types by number.
    types: IndexSet<Ty>,
    /// Of each trait object type, the concrete types made into it.
    behind: IndexMap<Ty, IndexSet<Ty>>,
    /// Trait objects made into objects of a supertrait: from, to.
    upcasts: IndexSet<(Ty, Ty)>,
    /// Dispatch functions.
    pub functions: Vec<FuncId>,
    /// How many (type, trait object) pairs the dispatch functions were built for.
    built_for: Option<(usize, usize)>,
}

impl Virtuals {
    /// A type's number.
    pub fn type_number(&mut self, ty: Ty) -> usize {
        self.types.insert_full(ty).0
    }
    /// What stands behind an object stands behind those of its supertraits too.
    fn spread_upcasts(&mut self) {
        loop {
            let before = self.size();
            for &(from, to) in &self.upcasts {
                let types: Vec<Ty> = self.behind.get(&from).into_iter().flatten().copied().collect();
                self.behind.entry(to).or_default().extend(types);
            }
            if self.size() == before {
                return;
            }
        }
    }
    fn size(&self) -> (usize, usize) {
        (self.behind.values().map(IndexSet::len).sum(), self.functions.len())
    }
}

impl Resolver<'_, '_, '_> {
    /// `&T` to `&dyn Trait`, `Box<T>` to `Box<dyn Trait>`: pairs the pointer with the type's number.
    pub fn unsize_to_dyn(&mut self, place: &Place, operand: &Operand, target: Ty) -> bool {
        let from = self.body.operand_ty(operand);
        let (Some(source), Some(object)) = (self.pointee(from), self.pointee(target)) else { return false };
        let Some((source, object)) = self.c.unsized_ends(source, object) else { return false };
        if let TyKind::Array(_, n) = *source.kind()
            && !matches!(object.kind(), TyKind::Dynamic(..))
        {
            self.pair_with(place, operand, target, n.as_u64().unwrap_or(0));
            return true;
        }
        if let TyKind::Dynamic(..) = source.kind() {
            // To a supertrait: the number stays.
            self.c.virtuals.upcasts.insert((source, object));
            self.push(place.clone(), Rvalue::Cast(CastKind::Transmute, operand.clone(), target));
            return true;
        }
        let number = self.c.virtuals.type_number(source);
        self.c.virtuals.behind.entry(object).or_default().insert(source);
        self.pair_with(place, operand, target, number as u64);
        true
    }

    /// What a reference, pointer or box points to.
    fn pointee(&self, ty: Ty) -> Option<Ty> {
        match *ty.kind() {
            TyKind::Ref(_, t, _) | TyKind::RawPtr(t, _) => Some(t),
            TyKind::Adt(def, args) => {
                let held = args.iter().find_map(|a| a.as_type())?;
                if self.c.tcx.lang.pin == Some(def) { self.pointee(held) } else { Some(held) }
            }
            _ => None,
        }
    }

    /// Makes a wide pointer of a thin one.
    fn pair_with(&mut self, place: &Place, operand: &Operand, target: Ty, second: u64) {
        let thin = Ty::raw_ptr(Ty::u8(), Mutability::Mut);
        let data = self.temp(thin);
        self.push(data.clone(), Rvalue::Cast(CastKind::Transmute, operand.clone(), thin));
        let pair = self.temp(Ty::tuple(&[thin, Ty::usize()]));
        let parts = vec![Operand::Copy(data), Operand::usize(second)];
        self.push(pair.clone(), Rvalue::Aggregate(AggregateKind::Tuple, parts));
        self.push(place.clone(), Rvalue::Cast(CastKind::Transmute, Operand::Copy(pair), target));
    }
}

impl Collector<'_, '_> {
    /// Builds dispatch functions again if a new type came behind a trait object. Whether anything was built.
    pub(super) fn build_virtuals(&mut self) -> bool {
        self.virtuals.spread_upcasts();
        let size = self.virtuals.size();
        if self.virtuals.functions.is_empty() || self.virtuals.built_for == Some(size) {
            return false;
        }
        self.virtuals.built_for = Some(size);
        for id in self.virtuals.functions.clone() {
            let body = match self.program.functions[id].instance.clone() {
                Instance::Virtual(def, args) if def == self.size_of_val_def() => self.dispatch_size(args),
                Instance::Virtual(def, args) => self.dispatch(def, args),
                Instance::DropGlue(ty) => self.dispatch_drop(ty),
                other => crate::bug!("{other:?} dispatches on nothing"),
            };
            self.set_body(id, body);
        }
        true
    }

    /// The parts at the ends of two types in which they differ: `RefCell<T>` becomes `RefCell<dyn Trait>` by `T` becoming
    /// `dyn Trait`. `None` for plain arrays that become slices.
    fn unsized_ends(&mut self, source: Ty, object: Ty) -> Option<(Ty, Ty)> {
        let (mut from, mut to) = (source, object);
        loop {
            match (from.kind(), to.kind()) {
                (_, TyKind::Dynamic(..)) => break,
                (TyKind::Array(..), TyKind::Slice(_)) if to != object => return Some((from, to)),
                (TyKind::Adt(d, _), TyKind::Adt(e, _)) if d == e => {
                    self.describe(from);
                    self.describe(to);
                    from = *self.program.field_tys(from, 0).last()?;
                    to = *self.program.field_tys(to, 0).last()?;
                }
                _ => return None,
            }
        }
        if to != object && self.is_aligned_to_16(from) {
            let message = format!("an object `{object}` made of a type aligned to 16 bytes is not supported");
            let help =
                "128-bit integers cannot stand at the end of a struct that becomes unsized; box the field";
            self.report(Diagnostic::error("C0016", Span::NONE, message).help(help));
        }
        Some((from, to))
    }

    fn is_aligned_to_16(&mut self, ty: Ty) -> bool {
        self.describe(ty);
        match ty.kind() {
            TyKind::Int(_) | TyKind::Uint(_) => ty.scalar_bits() == Some(128),
            TyKind::Array(t, _) => self.is_aligned_to_16(*t),
            TyKind::Tuple(ts) => ts.iter().any(|t| self.is_aligned_to_16(*t)),
            TyKind::Adt(..) | TyKind::Closure(..) => {
                let adt = self.program.adt(ty);
                let fields: Vec<Ty> =
                    adt.variants.iter().flat_map(|v| v.fields.iter().map(|f| f.1)).collect();
                adt.repr_align >= 16 || fields.into_iter().any(|t| self.is_aligned_to_16(t))
            }
            _ => false,
        }
    }

    /// Whether the size of a value of this type takes a function to find out.
    pub(super) fn needs_size_function(&mut self, ty: Ty) -> bool {
        matches!(ty.kind(), TyKind::Dynamic(..)) || self.unsized_field(ty).is_some()
    }

    /// The last field of a struct without a size of its own.
    fn unsized_field(&mut self, ty: Ty) -> Option<(usize, Ty)> {
        if !matches!(ty.kind(), TyKind::Adt(..)) {
            return None;
        }
        self.describe(ty);
        let adt = self.program.adt(ty);
        if !adt.tail_may_be_unsized {
            return None;
        }
        let fields = self.program.field_tys(ty, 0);
        let (index, &tail) = fields.iter().enumerate().next_back()?;
        let is_unsized = matches!(tail.kind(), TyKind::Str | TyKind::Slice(_) | TyKind::Dynamic(..));
        (is_unsized || self.unsized_field(tail).is_some()).then_some((index, tail))
    }

    /// `fn(*const T) -> usize`: the size of what is behind a wide pointer.
    pub(super) fn size_function(&mut self, ty: Ty) -> FuncId {
        self.declare(Instance::Virtual(self.size_of_val_def(), Args::new(&[GenericArg::Type(ty)])))
    }

    /// The size of a struct: where its last field starts, and the size of that.
    fn struct_size(&mut self, ty: Ty, field: usize, tail: Ty) -> Body {
        let mut b = BodyBuilder::new(&[Ty::raw_ptr(ty, Mutability::Not)], Ty::usize());
        let inside = b.pointer(b.arg(1).deref().field(field, tail), tail);
        let size = if self.needs_size_function(tail) {
            let f = self.size_function(tail);
            let size = b.local(Ty::usize());
            b.call(Callee::Func(f), vec![Operand::Copy(inside.clone())], &size);
            size
        } else {
            b.intrinsic("size_of_val", tail, vec![Operand::Copy(inside.clone())], Ty::usize())
        };
        let parts = Ty::tuple(&[Ty::usize(), Ty::usize()]);
        let start = |b: &mut BodyBuilder, pointer: Place| {
            let pair = b.temp(parts, Rvalue::Cast(CastKind::Transmute, Operand::Copy(pointer), parts));
            Operand::Copy(pair.field(0, Ty::usize()))
        };
        let whole = b.arg(1);
        let (from, to) = (start(&mut b, whole), start(&mut b, inside));
        let offset = b.temp(Ty::usize(), Rvalue::Binary(BinOp::Sub, to, from));
        let end = b.temp(Ty::usize(), Rvalue::Binary(BinOp::Add, Operand::Copy(offset), Operand::Copy(size)));
        // Places on the heap are aligned to 8 bytes at least.
        let up = b.temp(Ty::usize(), Rvalue::Binary(BinOp::Add, Operand::Copy(end), Operand::usize(7)));
        let down = Rvalue::Binary(BinOp::BitAnd, Operand::Copy(up), Operand::usize(!7));
        let result = b.result();
        b.assign(&result, down);
        b.finish()
    }

    /// Stands for the intrinsic among the methods of trait objects.
    fn size_of_val_def(&self) -> DefId {
        DefId { index: u32::MAX, path: crate::symbol::Symbol::intern("size_of_val") }
    }

    fn dispatch(&mut self, def: DefId, args: Args) -> Body {
        let sig = self.mono_sig(def, args);
        let mut inputs = sig.inputs.to_vec();
        // `FnOnce::call_once` takes the object itself: it is passed by address.
        if let Some(this) = inputs.first_mut()
            && matches!(this.kind(), TyKind::Dynamic(..))
        {
            *this = Ty::raw_ptr(*this, Mutability::Mut);
        }
        let track = self.is_track_caller(def);
        if track {
            inputs.push(Ty::u32());
        }
        let object = args[0].expect_ty();
        self.switch(object, &inputs, sig.output, |c, b, ty, data| {
            let mut concrete = args.to_vec();
            concrete[0] = GenericArg::Type(ty);
            let concrete = List::new(&concrete);
            if c.dispatch_call(b, def, concrete, &data) {
                return;
            }
            let Some(instance) = c.callable(def, concrete) else { return };
            let f = c.declare(instance);
            let this_ty = c.mono_sig(def, concrete).inputs[0];
            let by_value = sig.inputs.first().is_some_and(|t| matches!(t.kind(), TyKind::Dynamic(..)));
            let this = if by_value {
                let pointer = Ty::raw_ptr(this_ty, Mutability::Mut);
                let pointer =
                    b.temp(pointer, Rvalue::Cast(CastKind::Transmute, Operand::Copy(data), pointer));
                b.temp(this_ty, Rvalue::Use(Operand::Copy(pointer.deref())))
            } else {
                b.temp(this_ty, Rvalue::Cast(CastKind::Transmute, Operand::Copy(data), this_ty))
            };
            let mut operands = vec![Operand::Move(this)];
            let passed = if c.program.functions[f].track_caller { inputs.len() } else { sig.inputs.len() };
            operands.extend((2..=passed).map(|n| Operand::Move(b.arg(n))));
            let result = b.result();
            b.call(Callee::Func(f), operands, &result);
        })
    }

    /// One arm of `Fn*::call*` of a trait object: the second parameter is the tuple of arguments. `false` if the
    /// method is another one.
    fn dispatch_call(&mut self, b: &mut BodyBuilder, def: DefId, args: Args, data: &Place) -> bool {
        let resolved = self.tcx.resolve_method(def, args);
        let (Resolved::Closure(..) | Resolved::FnPtr(_)) = resolved else { return false };
        let tuple = b.arg(2);
        let elements = match b.body.place_ty(&tuple).kind() {
            TyKind::Tuple(ts) => *ts,
            _ => List::new(&[]),
        };
        let mut operands: Vec<Operand> =
            elements.iter().enumerate().map(|(i, t)| Operand::Move(tuple.field(i, *t))).collect();
        let mut dropped = None;
        let callee = match resolved {
            Resolved::Closure(closure, closure_args, ClosureKind::FnOnce) => {
                let ty = Ty::new(TyKind::Closure(closure, closure_args));
                let cast = |to: Ty| Rvalue::Cast(CastKind::Transmute, Operand::Copy(data.clone()), to);
                let this = match closure_kind(closure_args) {
                    Some(ClosureKind::FnOnce) | None => {
                        let pointer =
                            b.temp(Ty::raw_ptr(ty, Mutability::Mut), cast(Ty::raw_ptr(ty, Mutability::Mut)));
                        b.temp(ty, Rvalue::Use(Operand::Copy(pointer.deref())))
                    }
                    Some(kind) => {
                        // The closure lives until its body has run, then it is dropped.
                        dropped = self.drop_glue(ty).map(|glue| (glue, ty));
                        let m = if kind == ClosureKind::FnMut { Mutability::Mut } else { Mutability::Not };
                        b.temp(Ty::reference(ty, m), cast(Ty::reference(ty, m)))
                    }
                };
                operands.insert(0, Operand::Move(this));
                Callee::Func(self.declare(Instance::Closure(closure, closure_args)))
            }
            Resolved::Closure(closure, closure_args, _) => {
                let ty = Ty::new(TyKind::Closure(closure, closure_args));
                let mutability = match closure_kind(closure_args) {
                    Some(ClosureKind::FnMut) => Mutability::Mut,
                    _ => Mutability::Not,
                };
                let this_ty = Ty::reference(ty, mutability);
                let cast = Rvalue::Cast(CastKind::Transmute, Operand::Copy(data.clone()), this_ty);
                operands.insert(0, Operand::Move(b.temp(this_ty, cast)));
                Callee::Func(self.declare(Instance::Closure(closure, closure_args)))
            }
            Resolved::FnPtr(ty) => match *ty.kind() {
                TyKind::FnDef(def, generic) => match self.callable(def, generic) {
                    Some(instance) => {
                        let f = self.declare(instance);
                        if self.program.functions[f].track_caller {
                            let site = ConstantKind::Site(Span::NONE);
                            operands.push(Operand::Constant(Constant { kind: site, ty: Ty::u32() }));
                        }
                        Callee::Func(f)
                    }
                    None => return true,
                },
                _ => {
                    let pointer = Ty::raw_ptr(ty, Mutability::Not);
                    let cast = Rvalue::Cast(CastKind::Transmute, Operand::Copy(data.clone()), pointer);
                    let place = b.temp(pointer, cast).deref();
                    Callee::Value(Operand::Copy(place))
                }
            },
            _ => return false,
        };
        let result = b.result();
        b.call(callee, operands, &result);
        if let Some((glue, ty)) = dropped {
            let pointer = Ty::raw_ptr(ty, Mutability::Mut);
            let cast = Rvalue::Cast(CastKind::Transmute, Operand::Copy(data.clone()), pointer);
            let pointer = b.temp(pointer, cast);
            b.call_unit(Callee::Func(glue), vec![Operand::Move(pointer)]);
        }
        true
    }

    fn dispatch_drop(&mut self, object: Ty) -> Body {
        let inputs = [Ty::raw_ptr(object, Mutability::Mut)];
        self.switch(object, &inputs, Ty::unit(), |c, b, ty, data| {
            if let Some(glue) = c.drop_glue(ty) {
                let pointer = Ty::raw_ptr(ty, Mutability::Mut);
                let cast = Rvalue::Cast(CastKind::Prim(PrimCast::PtrToPtr), Operand::Copy(data), pointer);
                let pointer = b.temp(pointer, cast);
                b.call_unit(Callee::Func(glue), vec![Operand::Move(pointer)]);
            }
        })
    }

    fn dispatch_size(&mut self, args: Args) -> Body {
        let object = args[0].expect_ty();
        if let Some((field, tail)) = self.unsized_field(object) {
            return self.struct_size(object, field, tail);
        }
        let inputs = [Ty::raw_ptr(object, Mutability::Not)];
        self.switch(object, &inputs, Ty::usize(), |c, b, ty, _| {
            c.describe(ty);
            let size = b.intrinsic("size_of", ty, Vec::new(), Ty::usize());
            let result = b.result();
            b.assign(&result, Rvalue::Use(Operand::Copy(size)));
        })
    }

    /// A function that switches on the concrete type behind its first parameter.
    fn switch(
        &mut self,
        object: Ty,
        inputs: &[Ty],
        output: Ty,
        mut arm: impl FnMut(&mut Self, &mut BodyBuilder, Ty, Place),
    ) -> Body {
        let mut b = BodyBuilder::new(inputs, output);
        let thin = Ty::raw_ptr(Ty::u8(), Mutability::Mut);
        let pair_ty = Ty::tuple(&[thin, Ty::usize()]);
        let this = Operand::Move(b.arg(1));
        let pair = b.temp(pair_ty, Rvalue::Cast(CastKind::Transmute, this, pair_ty));
        let types: Vec<Ty> = self.virtuals.behind.get(&object).into_iter().flatten().copied().collect();
        let head = b.current();
        let arms: Vec<(Ty, BlockId)> = types.into_iter().map(|t| (t, b.block())).collect();
        let end = b.block();
        let otherwise = b.block();
        let number = |c: &Self, t: &Ty| c.virtuals.types.get_index_of(t).unwrap_or(usize::MAX) as u128;
        let value = Operand::Copy(pair.field(1, Ty::usize()));
        let targets = arms.iter().map(|(t, block)| (number(self, t), *block)).collect();
        debug_assert_eq!(head, b.current());
        let first = arms.first().map_or(end, |a| a.1);
        b.end(TerminatorKind::Switch { value, targets, otherwise }, first);
        for (i, (ty, _)) in arms.iter().enumerate() {
            arm(self, &mut b, *ty, pair.field(0, thin));
            let next = arms.get(i + 1).map_or(end, |a| a.1);
            b.end(TerminatorKind::Goto(end), next);
        }
        b.finish()
    }
}
