//! `fn(value: *const T, out: &mut Freezer, at: usize)`: writes a value's record form (`std::rt::freeze`).
//!
//! Every scalar is written on its own unless the type has no padding, so that equal values have equal bytes. What
//! `Vec` and `Box` own is written behind a pointer: to the pointer-free payload if it has neither pointers nor
//! padding, else as elements of their own. The two intrinsics `tag_offset` and `tag_size` say where an enum keeps
//! what tells its variants apart; they are folded once layouts are known.

use crate::hir::DefId;
use crate::mir::*;
use crate::mono::builder::BodyBuilder;
use crate::mono::{AdtKind, Collector};
use crate::symbol::Symbol;
use crate::ty::impls::SimpleType;
use crate::ty::{List, Mutability, Ty, TyKind};

/// Methods of `Freezer`, and where the value goes.
struct Freeze {
    put_bytes: FuncId,
    put_pointer: FuncId,
    reserve_p: FuncId,
    reserve_d: FuncId,
    shared: FuncId,
    defer: FuncId,
    /// Type of glue without the value's type.
    glue: Ty,
    freezer: Ty,
}

impl Collector<'_, '_> {
    pub(in crate::mono) fn freeze_body(&mut self, ty: Ty) -> Body {
        self.describe(ty);
        let Some(cx) = self.freezer() else { crate::bug!("std has no `Freezer`") };
        let value_ty = Ty::raw_ptr(ty, Mutability::Not);
        let out = Ty::reference(cx.freezer, Mutability::Mut);
        let mut b = BodyBuilder::new(&[value_ty, out, Ty::usize()], Ty::unit());
        let value = b.arg(1).deref();
        let at = Operand::Copy(b.arg(3));
        self.freeze_value(&mut b, &cx, value, ty, at, true);
        b.finish()
    }

    /// Writes the value in a place at an offset. At the `top` of a body the type is taken apart; below, types with a
    /// glue of their own are left to it.
    fn freeze_value(
        &mut self,
        b: &mut BodyBuilder,
        cx: &Freeze,
        place: Place,
        ty: Ty,
        at: Operand,
        top: bool,
    ) {
        if self.program.scalar_size(ty).is_some() {
            return self.freeze_plain(b, cx, place, ty, at);
        }
        if !top && matches!(ty.kind(), TyKind::Adt(..)) {
            let pointer = b.temp(Ty::raw_ptr(ty, Mutability::Not), Rvalue::RawRef(Mutability::Not, place));
            let f = self.freeze_glue(ty);
            let out = self.reborrow(b, cx);
            return b.call_unit(Callee::Func(f), vec![Operand::Copy(pointer), out, at]);
        }
        match *ty.kind() {
            TyKind::Tuple(ts) => self.freeze_fields(b, cx, &place, &place, &ts, at),
            TyKind::Array(t, n) => {
                let size = b.intrinsic("size_of", t, Vec::new(), Ty::usize());
                let n = Operand::usize(n.as_u64().unwrap_or(0));
                b.for_each(n, |b, i| {
                    let at = scaled(b, at.clone(), i, &size);
                    self.freeze_value(b, cx, place.project(Projection::Index(i)), t, at, false);
                });
            }
            TyKind::Closure(..) => {
                let fields = self.program.field_tys(ty, 0);
                self.freeze_fields(b, cx, &place, &place, &fields, at);
            }
            TyKind::Adt(..) => self.freeze_adt(b, cx, place, ty, at),
            // What a reference shows is copied: on the other side it is a value of its own.
            TyKind::Ref(_, inside, _) => self.freeze_box(b, cx, place, inside, at),
            // Raw pointers and function pointers cross no boundary: inference refuses the type.
            _ => self.freeze_plain(b, cx, place, ty, at),
        }
    }

    fn freeze_plain(&mut self, b: &mut BodyBuilder, cx: &Freeze, place: Place, ty: Ty, at: Operand) {
        let size = b.intrinsic("size_of", ty, Vec::new(), Ty::usize());
        let bytes = byte_pointer(b, place, ty);
        let out = self.reborrow(b, cx);
        b.call_unit(Callee::Func(cx.put_bytes), vec![out, at, bytes, Operand::Copy(size)]);
    }

    fn freeze_adt(&mut self, b: &mut BodyBuilder, cx: &Freeze, place: Place, ty: Ty, at: Operand) {
        let adt = self.program.adt(ty).clone();
        if self.program.is_lang(ty, "owned_box") {
            return self.freeze_box(b, cx, place, body::project_ty(ty, Projection::Deref), at);
        }
        if self.program.is_lang(ty, "Vec") {
            return self.freeze_vec(b, cx, place, ty, at);
        }
        let place = if self.program.is_lang(ty, "VecDeque") { self.in_order(b, place, ty) } else { place };
        let AdtKind::Enum(tag_ty) = adt.kind else {
            let fields = self.program.field_tys(ty, 0);
            return self.freeze_fields(b, cx, &place, &place, &fields, at);
        };
        // First what tells the variants apart, then the fields: a pointer may lie on it.
        let tag_at = b.intrinsic("tag_offset", ty, Vec::new(), Ty::usize());
        let tag_size = b.intrinsic("tag_size", ty, Vec::new(), Ty::usize());
        let base = byte_pointer(b, place.clone(), ty);
        let base = b.temp(Ty::raw_ptr(Ty::u8(), Mutability::Not), Rvalue::Use(base));
        let from = b.local(Ty::raw_ptr(Ty::u8(), Mutability::Not));
        let signed = b.temp(
            Ty::new(TyKind::Int(crate::ty::IntTy::Isize)),
            Rvalue::Cast(
                CastKind::Prim(PrimCast::IntToInt),
                Operand::Copy(tag_at.clone()),
                Ty::new(TyKind::Int(crate::ty::IntTy::Isize)),
            ),
        );
        let byte = crate::ty::Args::new(&[crate::ty::GenericArg::Type(Ty::u8())]);
        b.call(
            Callee::Intrinsic(Symbol::intern("offset"), byte),
            vec![Operand::Copy(base), Operand::Copy(signed)],
            &from,
        );
        let to = add(b, at.clone(), Operand::Copy(tag_at));
        let out = self.reborrow(b, cx);
        b.call_unit(Callee::Func(cx.put_bytes), vec![out, to, Operand::Copy(from), Operand::Copy(tag_size)]);
        let full: Vec<usize> =
            (0..adt.variants.len()).filter(|&v| !adt.variants[v].fields.is_empty()).collect();
        if full.is_empty() {
            return;
        }
        let tag = b.temp(tag_ty, Rvalue::Discriminant(place.clone()));
        let arms: Vec<BlockId> = full.iter().map(|_| b.block()).collect();
        let end = b.block();
        let mask = u128::MAX >> (128 - tag_ty.scalar_bits().unwrap_or(64));
        let targets =
            full.iter().zip(&arms).map(|(&v, &a)| (adt.variants[v].discriminant & mask, a)).collect();
        b.end(TerminatorKind::Switch { value: Operand::Copy(tag), targets, otherwise: end }, arms[0]);
        for (i, &v) in full.iter().enumerate() {
            let fields: Vec<Ty> = adt.variants[v].fields.iter().map(|f| f.1).collect();
            let inside = place.project(Projection::Downcast(v as u32));
            self.freeze_fields(b, cx, &place, &inside, &fields, at.clone());
            b.end(TerminatorKind::Goto(end), arms.get(i + 1).copied().unwrap_or(end));
        }
    }

    /// A copy of a ring that starts at its first element and has no gaps, so that equal queues have equal bytes.
    fn in_order(&mut self, b: &mut BodyBuilder, deque: Place, ty: Ty) -> Place {
        let (Some(f), TyKind::Adt(_, args)) = (self.lang("deque_in_order"), *ty.kind()) else {
            crate::bug!("std has no `deque_in_order`")
        };
        let f = self.instantiate(f, args);
        let pointer = b.temp(Ty::raw_ptr(ty, Mutability::Not), Rvalue::RawRef(Mutability::Not, deque));
        let copy = b.local(ty);
        b.call(Callee::Func(f), vec![Operand::Copy(pointer)], &copy);
        copy
    }

    /// Fields of `inside`, at the offsets they have from the start of `whole`.
    fn freeze_fields(
        &mut self,
        b: &mut BodyBuilder,
        cx: &Freeze,
        whole: &Place,
        inside: &Place,
        fields: &[Ty],
        at: Operand,
    ) {
        let whole_ty = b.body.place_ty(whole);
        for (i, &ty) in fields.iter().enumerate() {
            let field = inside.field(i, ty);
            let offset = offset_of(b, whole.clone(), whole_ty, field.clone(), ty);
            let at = add(b, at.clone(), offset);
            self.freeze_value(b, cx, field, ty, at, false);
        }
    }

    /// What a box or reference points to.
    fn freeze_box(&mut self, b: &mut BodyBuilder, cx: &Freeze, place: Place, inside: Ty, at: Operand) {
        let content = place.deref();
        self.describe(inside);
        match self.program.unsized_content(inside) {
            Some(content_ty) => {
                let element = if let TyKind::Slice(t) = *content_ty.kind() { t } else { Ty::u8() };
                let thin = Ty::raw_ptr(element, Mutability::Not);
                let fat = b.temp(
                    Ty::raw_ptr(inside, Mutability::Not),
                    Rvalue::RawRef(Mutability::Not, content.clone()),
                );
                let pointer = b.temp(
                    thin,
                    Rvalue::Cast(CastKind::Prim(PrimCast::PtrToPtr), Operand::Copy(fat.clone()), thin),
                );
                let pair_ty = Ty::tuple(&[thin, Ty::usize()]);
                let pair = b.temp(pair_ty, Rvalue::Cast(CastKind::Transmute, Operand::Copy(fat), pair_ty));
                let len = b.temp(Ty::usize(), Rvalue::Use(Operand::Copy(pair.field(1, Ty::usize()))));
                self.freeze_elements(b, cx, pointer, len.clone(), element, at.clone());
                let at = add(b, at, Operand::usize(8));
                self.freeze_plain(b, cx, len, Ty::usize(), at);
            }
            None => {
                let thin = Ty::raw_ptr(inside, Mutability::Not);
                let pointer = b.temp(thin, Rvalue::RawRef(Mutability::Not, content));
                let one = b.temp(Ty::usize(), Rvalue::Use(Operand::usize(1)));
                self.freeze_elements(b, cx, pointer, one, inside, at);
            }
        }
    }

    fn freeze_vec(&mut self, b: &mut BodyBuilder, cx: &Freeze, place: Place, ty: Ty, at: Operand) {
        let fields = self.program.adt(ty).variants[0].fields.clone();
        let position = |name: &str| fields.iter().position(|f| f.0 == name);
        let (Some(ptr), Some(cap), Some(len)) = (position("ptr"), position("cap"), position("len")) else {
            crate::bug!("`Vec` has the fields `ptr`, `cap` and `len`")
        };
        let TyKind::RawPtr(element, _) = *fields[ptr].1.kind() else {
            crate::bug!("the field `ptr` of `Vec` is a raw pointer")
        };
        let thin = Ty::raw_ptr(element, Mutability::Not);
        let word = |i: usize| place.field(i, fields[i].1);
        let cast = Rvalue::Cast(CastKind::Prim(PrimCast::PtrToPtr), Operand::Copy(word(ptr)), thin);
        let pointer = b.temp(thin, cast);
        let count = b.temp(Ty::usize(), Rvalue::Use(Operand::Copy(word(len))));
        let offset = offset_of(b, place.clone(), ty, word(ptr), fields[ptr].1);
        let to = add(b, at.clone(), offset);
        self.freeze_elements(b, cx, pointer, count.clone(), element, to);
        for i in [len, cap] {
            let offset = offset_of(b, place.clone(), ty, word(i), fields[i].1);
            let to = add(b, at.clone(), offset);
            self.freeze_plain(b, cx, count.clone(), Ty::usize(), to);
        }
    }

    /// Writes `count` elements behind a pointer, and the pointer at `at`.
    fn freeze_elements(
        &mut self,
        b: &mut BodyBuilder,
        cx: &Freeze,
        pointer: Place,
        count: Place,
        element: Ty,
        at: Operand,
    ) {
        let size = b.intrinsic("size_of", element, Vec::new(), Ty::usize());
        let align = b.intrinsic("align_of", element, Vec::new(), Ty::usize());
        let bytes = b.temp(
            Ty::usize(),
            Rvalue::Binary(BinOp::Mul, Operand::Copy(size.clone()), Operand::Copy(count.clone())),
        );
        let (some, none, end) = (b.block(), b.block(), b.block());
        let value = Operand::Copy(bytes.clone());
        b.end(TerminatorKind::Switch { value, targets: vec![(0, none)], otherwise: some }, none);
        // No bytes: the pointer is the alignment, the same in every record.
        self.freeze_plain(b, cx, align.clone(), Ty::usize(), at.clone());
        b.end(TerminatorKind::Goto(end), some);
        let target = b.local(Ty::usize());
        let out = self.reborrow(b, cx);
        let plain = self.program.scalar_size(element).is_some();
        let is_recursive = !plain && self.contains(element, element, &mut Vec::new());
        if plain {
            let raw = Ty::raw_ptr(Ty::u8(), Mutability::Not);
            let cast = Rvalue::Cast(CastKind::Prim(PrimCast::PtrToPtr), Operand::Copy(pointer), raw);
            let raw = b.temp(raw, cast);
            let args = vec![out, Operand::Copy(raw), Operand::Copy(bytes), Operand::Copy(align)];
            b.call(Callee::Func(cx.reserve_d), args, &target);
        } else {
            let raw = Ty::raw_ptr(Ty::u8(), Mutability::Not);
            let cast = Rvalue::Cast(CastKind::Prim(PrimCast::PtrToPtr), Operand::Copy(pointer.clone()), raw);
            let raw = b.temp(raw, cast);
            b.call(
                Callee::Func(cx.shared),
                vec![out, Operand::Copy(raw), Operand::Copy(bytes.clone())],
                &target,
            );
            let (copy, shared) = (b.block(), b.block());
            let nowhere = vec![(u128::from(u64::MAX), copy)];
            b.end(
                TerminatorKind::Switch {
                    value: Operand::Copy(target.clone()),
                    targets: nowhere,
                    otherwise: shared,
                },
                shared,
            );
            let out = self.reborrow(b, cx);
            let in_d = Operand::scalar(0, Ty::bool());
            b.call_unit(
                Callee::Func(cx.put_pointer),
                vec![out, at.clone(), Operand::Copy(target.clone()), in_d],
            );
            b.end(TerminatorKind::Goto(end), copy);
            let out = self.reborrow(b, cx);
            let args = vec![out, Operand::Copy(bytes), Operand::Copy(align)];
            b.call(Callee::Func(cx.reserve_p), args, &target);
            let signed = Ty::new(TyKind::Int(crate::ty::IntTy::Isize));
            b.for_each(Operand::Copy(count), |b, i| {
                let index = Rvalue::Cast(CastKind::Prim(PrimCast::IntToInt), Operand::Copy(i.into()), signed);
                let index = b.temp(signed, index);
                let args = vec![Operand::Copy(pointer.clone()), Operand::Copy(index)];
                let element_at = b.intrinsic("offset", element, args, Ty::raw_ptr(element, Mutability::Not));
                let to = scaled(b, Operand::Copy(target.clone()), i, &size);
                if is_recursive {
                    let kind = ConstantKind::Func(self.freeze_glue(element));
                    let glue = Operand::Constant(Constant { kind, ty: cx.glue });
                    let value = byte_pointer(b, element_at.deref(), element);
                    let out = self.reborrow(b, cx);
                    b.call_unit(Callee::Func(cx.defer), vec![out, value, to, glue]);
                } else {
                    self.freeze_value(b, cx, element_at.deref(), element, to, false);
                }
            });
        }
        let out = self.reborrow(b, cx);
        let in_d = Operand::scalar(plain as u128, Ty::bool());
        b.call_unit(Callee::Func(cx.put_pointer), vec![out, at, Operand::Copy(target), in_d]);
        b.goto(end);
    }

    /// Whether a value of the type holds or refers to one of the other; in itself it does not hold itself.
    fn contains(&mut self, whole: Ty, part: Ty, seen: &mut Vec<Ty>) -> bool {
        let inside: Vec<Ty> = match *whole.kind() {
            TyKind::Array(t, _) | TyKind::Slice(t) | TyKind::Ref(_, t, _) | TyKind::RawPtr(t, _) => vec![t],
            TyKind::Tuple(ts) => ts.to_vec(),
            TyKind::Adt(..) | TyKind::Closure(..) if !seen.contains(&whole) => {
                seen.push(whole);
                self.describe(whole);
                let adt = self.program.adt(whole);
                adt.variants.iter().flat_map(|v| &v.fields).map(|f| f.1).collect()
            }
            _ => Vec::new(),
        };
        inside.into_iter().any(|t| t == part || self.contains(t, part, seen))
    }

    fn reborrow(&mut self, b: &mut BodyBuilder, cx: &Freeze) -> Operand {
        let place = b.arg(2).deref();
        let ty = Ty::reference(cx.freezer, Mutability::Mut);
        Operand::Move(b.temp(ty, Rvalue::Ref(BorrowKind::Mut { two_phase: false }, place)))
    }

    fn freezer(&mut self) -> Option<Freeze> {
        let method = |c: &mut Self, name: &str| {
            let freezer = SimpleType::Adt(c.lang("freezer")?);
            let &method = c.tcx.impls().inherent.get(&(freezer, Symbol::intern(name)))?.first()?;
            Some((c.instantiate(method, List::new(&[])), method))
        };
        let (put_bytes, def): (FuncId, DefId) = method(self, "put_bytes")?;
        let freezer = self.mono_sig(def, List::new(&[])).inputs[0].builtin_deref()?.0;
        let (defer, defer_def) = method(self, "defer")?;
        Some(Freeze {
            put_bytes,
            defer,
            glue: self.mono_sig(defer_def, List::new(&[])).inputs[3],
            put_pointer: method(self, "put_pointer")?.0,
            reserve_p: method(self, "reserve_p")?.0,
            reserve_d: method(self, "reserve_d")?.0,
            shared: method(self, "shared")?.0,
            freezer,
        })
    }
}

fn byte_pointer(b: &mut BodyBuilder, place: Place, ty: Ty) -> Operand {
    let pointer = b.temp(Ty::raw_ptr(ty, Mutability::Not), Rvalue::RawRef(Mutability::Not, place));
    let raw = Ty::raw_ptr(Ty::u8(), Mutability::Not);
    let cast = Rvalue::Cast(CastKind::Prim(PrimCast::PtrToPtr), Operand::Copy(pointer), raw);
    Operand::Copy(b.temp(raw, cast))
}

/// Address of a part minus address of the whole; both are constants from the same base, so this folds away.
fn offset_of(b: &mut BodyBuilder, whole: Place, whole_ty: Ty, part: Place, part_ty: Ty) -> Operand {
    let mut address = |place: Place, ty: Ty| {
        let pointer = b.temp(Ty::raw_ptr(ty, Mutability::Not), Rvalue::RawRef(Mutability::Not, place));
        let cast = Rvalue::Cast(CastKind::Prim(PrimCast::PtrInt), Operand::Copy(pointer), Ty::usize());
        Operand::Copy(b.temp(Ty::usize(), cast))
    };
    let (part, whole) = (address(part, part_ty), address(whole, whole_ty));
    Operand::Copy(b.temp(Ty::usize(), Rvalue::Binary(BinOp::Sub, part, whole)))
}

fn add(b: &mut BodyBuilder, x: Operand, y: Operand) -> Operand {
    Operand::Copy(b.temp(Ty::usize(), Rvalue::Binary(BinOp::Add, x, y)))
}

/// `at + i * size`
fn scaled(b: &mut BodyBuilder, at: Operand, i: Local, size: &Place) -> Operand {
    let product = Rvalue::Binary(BinOp::Mul, Operand::Copy(i.into()), Operand::Copy(size.clone()));
    let product = b.temp(Ty::usize(), product);
    add(b, at, Operand::Copy(product))
}
