//! How layouts are found.

use std::rc::Rc;

use cloudc_frontend::bug;
use cloudc_frontend::mono::{Adt, AdtKind, Variant};
use cloudc_frontend::ty::{FloatTy, Ty, TyKind};

use super::{Abi, Layout, Layouts, Niche, Prim, Shape, Tag};

/// Which fields of a struct may be reordered.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tail {
    /// All.
    Free,
    /// All but the last, which has a size here but not for other arguments: it must start at the same place then.
    Last,
    /// All but the last, which is unsized.
    Unsized,
}

/// Where the last field starts if it may be unsized: what is behind `dyn Trait` may be aligned to so many bytes.
const TAIL_ALIGN: u64 = 8;

impl Layouts<'_> {
    pub(super) fn compute(&self, ty: Ty) -> Layout {
        match ty.kind() {
            TyKind::Bool => {
                let niche = Niche { offset: 0, prim: Prim::I8, start: 2, available: 254 };
                Layout { niche: Some(niche), ..scalar(Prim::I8) }
            }
            TyKind::Char => {
                let available = u32::MAX as u128 - 0x10FFFF;
                let niche = Niche { offset: 0, prim: Prim::I32, start: 0x11_0000, available };
                Layout { niche: Some(niche), ..scalar(Prim::I32) }
            }
            TyKind::Int(_) | TyKind::Uint(_) => match ty.scalar_bits() {
                Some(bits) => scalar(Prim::int(bits as u64 / 8)),
                None => bug!("an integer has a width"),
            },
            TyKind::Float(FloatTy::F32) => scalar(Prim::F32),
            TyKind::Float(FloatTy::F64) => scalar(Prim::F64),
            TyKind::Never => Layout { uninhabited: true, ..empty() },
            TyKind::FnDef(..) => empty(),
            TyKind::FnPtr(_) => with_null_niche(scalar(Prim::Ptr)),
            TyKind::Ref(_, to, _) => with_null_niche(self.pointer(*to)),
            TyKind::RawPtr(to, _) => self.pointer(*to),
            TyKind::Str | TyKind::Slice(_) | TyKind::Dynamic(..) => Layout {
                size: 0,
                align: if let TyKind::Slice(t) = ty.kind() { self.of(*t).align } else { 1 },
                abi: Abi::Memory,
                shape: Shape::Unsized(Vec::new()),
                niche: None,
                uninhabited: false,
            },
            TyKind::Array(element, n) => self.array(ty, *element, n.as_u64()),
            TyKind::Tuple(elements) => self.structure(elements, false, Tail::Free),
            TyKind::Adt(..) | TyKind::Closure(..) => {
                let adt = self.adt(ty);
                match adt.kind {
                    AdtKind::Struct | AdtKind::Closure => {
                        let fields: Vec<Ty> = adt.variants[0].fields.iter().map(|f| f.1).collect();
                        let tail = match (self.unsized_tail(ty).is_some(), adt.tail_may_be_unsized) {
                            (true, _) => Tail::Unsized,
                            (false, true) => Tail::Last,
                            (false, false) => Tail::Free,
                        };
                        let layout = self.structure(&fields, adt.repr_c, tail);
                        let layout = over_aligned(layout, adt.repr_align);
                        if adt.lang.is_some_and(|l| NON_NULL.contains(&l.as_str())) {
                            self.non_null(layout, &fields)
                        } else {
                            layout
                        }
                    }
                    AdtKind::Enum(discriminant) => self.enumeration(adt, discriminant),
                }
            }
            TyKind::Param(_)
            | TyKind::Projection(..)
            | TyKind::Opaque(..)
            | TyKind::Infer(_)
            | TyKind::Error => {
                bug!("`{ty}` has no layout: it is not monomorphic")
            }
        }
    }

    fn pointer(&self, to: Ty) -> Layout {
        if self.unsized_tail(to).is_none() {
            return scalar(Prim::Ptr);
        }
        Layout { size: 16, abi: Abi::Pair(Prim::Ptr, Prim::I64, 8), ..scalar(Prim::Ptr) }
    }

    fn array(&self, ty: Ty, element: Ty, count: Option<u64>) -> Layout {
        let Some(count) = count else { bug!("the length of `{ty}` is not known") };
        let element = self.of(element);
        let Some(size) = element.size.checked_mul(count).filter(|&s| s < 1 << 47) else {
            bug!("`{ty}` is too large")
        };
        Layout {
            size,
            align: element.align,
            abi: if size == 0 { Abi::Zst } else { Abi::Memory },
            shape: Shape::Array { stride: element.size, count },
            niche: None,
            uninhabited: element.uninhabited && count > 0,
        }
    }

    fn structure(&self, fields: &[Ty], keep_order: bool, tail: Tail) -> Layout {
        let movable = if keep_order { 0 } else { fields.len() - usize::from(tail != Tail::Free) };
        let (layout, offsets) = self.place_fields(fields, None, movable, tail);
        let shape = if tail == Tail::Unsized { Shape::Unsized(offsets) } else { Shape::Struct(offsets) };
        Layout { shape, ..layout }
    }

    /// Places fields, the first `movable` of them by alignment: falling in structs, rising behind a tag. The
    /// `shape` of the result is to be filled in.
    fn place_fields(
        &self,
        fields: &[Ty],
        tag: Option<Prim>,
        movable: usize,
        tail: Tail,
    ) -> (Layout, Vec<u64>) {
        let layouts: Vec<_> = fields.iter().map(|&t| self.of(t)).collect();
        let mut order: Vec<usize> = (0..fields.len()).collect();
        match tag {
            None => order[..movable].sort_by_key(|&i| std::cmp::Reverse(layouts[i].align)),
            Some(_) => order[..movable].sort_by_key(|&i| layouts[i].align),
        }
        let mut offsets = vec![0; fields.len()];
        let (mut at, mut align) = tag.map_or((0, 1), |t| (t.size(), t.size()));
        let mut niche = None::<Niche>;
        for &i in &order {
            let field = &layouts[i];
            at = round_up(at, field.align);
            if tail != Tail::Free && i + 1 == fields.len() {
                at = round_up(at, TAIL_ALIGN);
            }
            offsets[i] = at;
            align = align.max(field.align);
            if let Some(n) = field.niche
                && niche.is_none_or(|best| n.available > best.available)
            {
                niche = Some(Niche { offset: at + n.offset, ..n });
            }
            at += field.size;
        }
        let size = round_up(at, align);
        let uninhabited = layouts.iter().any(|l| l.uninhabited);
        let abi = if tail == Tail::Unsized { Abi::Memory } else { travel(size, tag, &layouts, &offsets) };
        (Layout { size, align, abi, shape: Shape::Scalar, niche, uninhabited }, offsets)
    }

    fn enumeration(&self, adt: &Adt, discriminant: Ty) -> Layout {
        let tys = |v: &Variant| v.fields.iter().map(|f| f.1).collect::<Vec<_>>();
        let plain: Vec<_> = adt
            .variants
            .iter()
            .map(|v| self.place_fields(&tys(v), None, v.fields.len(), Tail::Free))
            .collect();
        // A variant without bytes that cannot exist needs no encoding; one with bytes does, as in rustc.
        let absent = |l: &Layout| l.uninhabited && l.size == 0;
        let present: Vec<usize> = (0..plain.len()).filter(|&i| !absent(&plain[i].0)).collect();
        let uninhabited = plain.iter().all(|(l, _)| l.uninhabited);
        let written = written_tag(adt, discriminant);
        if present.len() <= 1 && written.is_none() {
            let Some(&only) = present.first() else {
                let variants = plain.into_iter().map(|(_, o)| o).collect();
                return Layout { shape: Shape::Enum(Tag::Single(0), variants), uninhabited: true, ..empty() };
            };
            let layout = plain[only].0.clone();
            let variants = plain.into_iter().map(|(_, o)| o).collect();
            return Layout { shape: Shape::Enum(Tag::Single(only as u32), variants), uninhabited, ..layout };
        }
        let direct = self.direct(adt, discriminant, &present, uninhabited);
        match self.niche_filled(&plain, uninhabited) {
            Some(hidden) if hidden.size < direct.size && written.is_none() => hidden,
            _ => direct,
        }
    }

    /// The largest variant's niche tells the others apart, which have no bytes.
    fn niche_filled(&self, plain: &[(Layout, Vec<u64>)], uninhabited: bool) -> Option<Layout> {
        let dataful = (0..plain.len()).max_by_key(|&i| (plain[i].0.size, std::cmp::Reverse(i)))?;
        if plain.iter().enumerate().any(|(i, (l, _))| i != dataful && l.size > 0) {
            return None;
        }
        let (largest, _) = &plain[dataful];
        let niche = largest.niche?;
        let others = plain.len() as u128 - 1;
        if niche.available < others {
            return None;
        }
        let align = plain.iter().map(|(l, _)| l.align).max()?;
        let tag = Tag::Niche {
            offset: niche.offset,
            prim: niche.prim,
            dataful: dataful as u32,
            start: niche.start,
        };
        let left = Niche {
            start: niche.start.wrapping_add(others) & mask(niche.prim),
            available: niche.available - others,
            ..niche
        };
        Some(Layout {
            size: round_up(largest.size, align),
            align,
            abi: largest.abi,
            shape: Shape::Enum(tag, plain.iter().map(|(_, o)| o.clone()).collect()),
            niche: (left.available > 0).then_some(left),
            uninhabited,
        })
    }

    /// A tag in front tells the variants apart.
    fn direct(&self, adt: &Adt, discriminant: Ty, present: &[usize], uninhabited: bool) -> Layout {
        let prim = written_tag(adt, discriminant)
            .unwrap_or_else(|| tag_prim(present.iter().map(|&i| adt.variants[i].discriminant)));
        let mut variants = Vec::new();
        let (mut size, mut align, mut second) = (prim.size(), prim.size(), None);
        let mut pair = true;
        for variant in &adt.variants {
            let fields: Vec<Ty> = variant.fields.iter().map(|f| f.1).collect();
            let (layout, offsets) = self.place_fields(&fields, Some(prim), fields.len(), Tail::Free);
            size = size.max(layout.size);
            align = align.max(layout.align);
            if fields.iter().any(|&t| self.of(t).size > 0) {
                match layout.abi {
                    Abi::Pair(_, b, at) if second.is_none_or(|s| s == (b, at)) => second = Some((b, at)),
                    _ => pair = false,
                }
            }
            variants.push(offsets);
        }
        size = round_up(size, align);
        let abi = match second {
            None if pair => Abi::Scalar(prim),
            Some((b, at)) if pair && size == round_up(at + b.size(), align) => Abi::Pair(prim, b, at),
            _ => Abi::Memory,
        };
        // Discriminants are bits of their type; the arithmetic below is that of `isize`.
        let widen = |bits: u128| match discriminant.scalar_bits() {
            Some(n) if n < 64 && discriminant.is_signed() => {
                ((bits << (128 - n)) as i128 >> (128 - n)) as u64 as u128
            }
            _ => bits,
        };
        let niche = tag_niche(prim, present.iter().map(|&i| widen(adt.variants[i].discriminant)));
        Layout {
            size,
            align,
            abi,
            shape: Shape::Enum(Tag::Direct { offset: 0, prim }, variants),
            niche,
            uninhabited,
        }
    }

    /// A struct of our std whose pointer is never null.
    fn non_null(&self, layout: Layout, fields: &[Ty]) -> Layout {
        let Shape::Struct(offsets) = &layout.shape else { return layout };
        let prim = |t: &Ty| match t.kind() {
            TyKind::RawPtr(..) => Some(Prim::Ptr),
            TyKind::Int(_) | TyKind::Uint(_) => t.scalar_bits().map(|bits| Prim::int(bits as u64 / 8)),
            _ => None,
        };
        let pointer = fields.iter().position(|t| matches!(t.kind(), TyKind::RawPtr(..))).unwrap_or(0);
        let niche = fields.get(pointer).and_then(prim);
        let niche = niche.map(|prim| Niche { offset: offsets[pointer], prim, start: 0, available: 1 });
        Layout { niche: niche.or(layout.niche), ..layout }
    }
}

/// Structs of our std, by lang item, whose raw pointer is never null, or else whose integer is never zero.
const NON_NULL: [&str; 6] = ["owned_box", "Vec", "NonNull", "Rc", "Arc", "NonZero"];

/// The tag that `#[repr(u8)]` or `#[repr(C)]` asks for; C's is an `int` if that is wide enough.
fn written_tag(adt: &Adt, discriminant: Ty) -> Option<Prim> {
    if !matches!(discriminant.kind(), TyKind::Int(cloudc_frontend::ty::IntTy::Isize)) {
        return Some(Prim::int(discriminant.scalar_bits().map_or(8, |b| b as u64 / 8)));
    }
    let least = tag_prim(adt.variants.iter().map(|v| v.discriminant));
    adt.repr_c.then(|| Prim::int(least.size().max(4)))
}

fn travel(size: u64, tag: Option<Prim>, layouts: &[Rc<Layout>], offsets: &[u64]) -> Abi {
    if size == 0 {
        return Abi::Zst;
    }
    let mut parts: Vec<(u64, Prim)> = tag.map(|t| (0, t)).into_iter().collect();
    for (layout, &at) in layouts.iter().zip(offsets) {
        match layout.abi {
            Abi::Zst => {}
            Abi::Scalar(p) => parts.push((at, p)),
            Abi::Pair(a, b, second) => parts.extend([(at, a), (at + second, b)]),
            Abi::Memory => return Abi::Memory,
        }
    }
    parts.sort_by_key(|p| p.0);
    match parts[..] {
        [(0, p)] if p.size() == size => Abi::Scalar(p),
        [(0, a), (at, b)] => Abi::Pair(a, b, at),
        _ => Abi::Memory,
    }
}

/// `#[repr(align(n))]`
fn over_aligned(layout: Layout, align: u64) -> Layout {
    if align <= layout.align {
        return layout;
    }
    let abi = if layout.size == 0 { Abi::Zst } else { Abi::Memory };
    Layout { size: round_up(layout.size, align), align, abi, ..layout }
}

fn scalar(prim: Prim) -> Layout {
    Layout {
        size: prim.size(),
        align: prim.size(),
        abi: Abi::Scalar(prim),
        shape: Shape::Scalar,
        niche: None,
        uninhabited: false,
    }
}

fn empty() -> Layout {
    Layout {
        size: 0,
        align: 1,
        abi: Abi::Zst,
        shape: Shape::Struct(Vec::new()),
        niche: None,
        uninhabited: false,
    }
}

fn with_null_niche(layout: Layout) -> Layout {
    Layout { niche: Some(Niche { offset: 0, prim: Prim::Ptr, start: 0, available: 1 }), ..layout }
}

fn round_up(n: u64, align: u64) -> u64 {
    n.next_multiple_of(align)
}

fn mask(prim: Prim) -> u128 {
    u128::MAX >> (128 - prim.size() * 8)
}

fn signed(bits: u128) -> i128 {
    // Discriminants are bits of an `isize`: 64 of them.
    bits as u64 as i64 as i128
}

/// The smallest integer that holds all discriminants, signed if one is negative.
pub(super) fn tag_prim(discriminants: impl Iterator<Item = u128> + Clone) -> Prim {
    let low = discriminants.clone().map(signed).min().unwrap_or(0);
    let high = discriminants.map(signed).max().unwrap_or(0);
    let fits = |bits: u32| {
        if low < 0 {
            low >= -(1i128 << (bits - 1)) && high < 1i128 << (bits - 1)
        } else {
            high < 1i128 << bits
        }
    };
    Prim::int([1, 2, 4, 8].into_iter().find(|b| fits(*b * 8)).unwrap_or(8) as u64)
}

/// The bit patterns above the largest discriminant, up to the smallest, wrapping.
fn tag_niche(prim: Prim, discriminants: impl Iterator<Item = u128> + Clone) -> Option<Niche> {
    let low = discriminants.clone().map(signed).min()?;
    let high = discriminants.map(signed).max()?;
    let range = (high - low) as u128 + 1;
    let all = mask(prim).saturating_add(1);
    let available = all.checked_sub(range)?;
    let start = ((high + 1) as u128) & mask(prim);
    (available > 0).then_some(Niche { offset: 0, prim, start, available })
}
