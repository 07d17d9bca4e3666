//! Rebuilding types from the inside out: substitution, erasing regions, and whatever else maps types to types.

use super::intern::Element;
use super::*;

/// Something made of types.
pub trait Fold: Copy {
    /// Rebuilds it with every type, constant and region mapped by `folder`.
    fn fold_with<F: Folder>(self, folder: &mut F) -> Self;
    /// What occurs in it.
    fn flags(&self) -> Flags;
}

/// A map on types. `fold_ty` decides whether to go into a type (`super_fold`).
pub trait Folder {
    /// Maps a type.
    fn fold_ty(&mut self, ty: Ty) -> Ty;
    /// Maps a constant.
    fn fold_const(&mut self, c: Const) -> Const {
        c.super_fold(self)
    }
    /// Maps a region.
    fn fold_region(&mut self, r: Region) -> Region {
        r
    }
}

impl Ty {
    /// Rebuilds the type with its parts mapped.
    pub fn super_fold<F: Folder + ?Sized>(self, f: &mut F) -> Ty {
        match *self.kind() {
            primitive!() | TyKind::Param(_) | TyKind::Infer(_) | TyKind::Error => self,
            TyKind::Adt(d, args) => self.with_args(args, fold_args(args, f), |a| TyKind::Adt(d, a)),
            TyKind::FnDef(d, args) => self.with_args(args, fold_args(args, f), |a| TyKind::FnDef(d, a)),
            TyKind::Closure(d, args) => self.with_args(args, fold_args(args, f), |a| TyKind::Closure(d, a)),
            TyKind::Projection(d, args) => {
                self.with_args(args, fold_args(args, f), |a| TyKind::Projection(d, a))
            }
            TyKind::Opaque(d, args) => self.with_args(args, fold_args(args, f), |a| TyKind::Opaque(d, a)),
            TyKind::Array(t, n) => {
                let (t2, n2) = (f.fold_ty(t), f.fold_const(n));
                if t2 == t && n2 == n { self } else { Ty::new(TyKind::Array(t2, n2)) }
            }
            TyKind::Slice(t) => Ty::new(TyKind::Slice(f.fold_ty(t))),
            TyKind::RawPtr(t, m) => Ty::new(TyKind::RawPtr(f.fold_ty(t), m)),
            TyKind::Ref(r, t, m) => {
                let r = f.fold_region(r);
                Ty::new(TyKind::Ref(r, f.fold_ty(t), m))
            }
            TyKind::Tuple(ts) => {
                let new = fold_types(ts, f);
                if new == ts { self } else { Ty::new(TyKind::Tuple(new)) }
            }
            TyKind::FnPtr(sig) => {
                let new = FnSig { inputs: fold_types(sig.inputs, f), output: f.fold_ty(sig.output) };
                if new == sig { self } else { Ty::new(TyKind::FnPtr(new)) }
            }
            TyKind::Dynamic(d, args, assoc, r) => {
                let args = fold_args(args, f);
                let assoc = assoc.iter().map(|&(d, t)| (d, f.fold_ty(t))).collect();
                Ty::new(TyKind::Dynamic(d, args, assoc, f.fold_region(r)))
            }
        }
    }
    fn with_args(self, old: Args, new: Args, make: impl FnOnce(Args) -> TyKind) -> Ty {
        if old == new { self } else { Ty::new(make(new)) }
    }
}

impl Const {
    /// Rebuilds the constant with its parts mapped.
    pub fn super_fold<F: Folder + ?Sized>(self, f: &mut F) -> Const {
        match *self.kind() {
            ConstKind::Unevaluated(d, args) => Const::new(ConstKind::Unevaluated(d, fold_args(args, f))),
            _ => self,
        }
    }
}

/// Maps every argument.
pub fn fold_args<F: Folder + ?Sized>(args: Args, f: &mut F) -> Args {
    fold_list(args, |arg| match arg {
        GenericArg::Region(r) => GenericArg::Region(f.fold_region(r)),
        GenericArg::Type(t) => GenericArg::Type(f.fold_ty(t)),
        GenericArg::Const(c) => GenericArg::Const(f.fold_const(c)),
    })
}

fn fold_types<F: Folder + ?Sized>(types: List<Ty>, f: &mut F) -> List<Ty> {
    fold_list(types, |ty| f.fold_ty(ty))
}

/// Maps every element, in order. Nothing is interned if nothing changes, and a short list is put together on the stack.
fn fold_list<T: Element>(list: List<T>, mut map: impl FnMut(T) -> T) -> List<T> {
    const SHORT: usize = 8;
    let changed = list.iter().enumerate().find_map(|(i, &old)| {
        let new = map(old);
        (new != old).then_some((i, new))
    });
    let Some((at, new)) = changed else { return list };
    let (same, rest) = (&list[..at], &list[at + 1..]);
    if list.len() <= SHORT {
        let mut short = [new; SHORT];
        short[..at].copy_from_slice(same);
        short[at + 1..].iter_mut().zip(rest).for_each(|(to, &old)| *to = map(old));
        return List::new(&short[..list.len()]);
    }
    let mut long = Vec::with_capacity(list.len());
    long.extend_from_slice(same);
    long.push(new);
    long.extend(rest.iter().map(|&old| map(old)));
    List::new(&long)
}

impl Fold for Ty {
    fn fold_with<F: Folder>(self, folder: &mut F) -> Self {
        folder.fold_ty(self)
    }
    fn flags(&self) -> Flags {
        Ty::flags(*self)
    }
}
impl Fold for Const {
    fn fold_with<F: Folder>(self, folder: &mut F) -> Self {
        folder.fold_const(self)
    }
    fn flags(&self) -> Flags {
        Const::flags(*self)
    }
}
impl Fold for GenericArg {
    fn fold_with<F: Folder>(self, folder: &mut F) -> Self {
        match self {
            GenericArg::Region(r) => GenericArg::Region(folder.fold_region(r)),
            GenericArg::Type(t) => GenericArg::Type(folder.fold_ty(t)),
            GenericArg::Const(c) => GenericArg::Const(folder.fold_const(c)),
        }
    }
    fn flags(&self) -> Flags {
        Flags::of_args(std::slice::from_ref(self))
    }
}
impl Fold for Args {
    fn fold_with<F: Folder>(self, folder: &mut F) -> Self {
        fold_args(self, folder)
    }
    fn flags(&self) -> Flags {
        Flags::of_args(self)
    }
}
impl Fold for List<Ty> {
    fn fold_with<F: Folder>(self, folder: &mut F) -> Self {
        fold_types(self, folder)
    }
    fn flags(&self) -> Flags {
        self.iter().fold(Flags::NONE, |f, t| f.or(t.flags()))
    }
}
impl Fold for FnSig {
    fn fold_with<F: Folder>(self, folder: &mut F) -> Self {
        FnSig { inputs: fold_types(self.inputs, folder), output: folder.fold_ty(self.output) }
    }
    fn flags(&self) -> Flags {
        self.inputs.flags().or(self.output.flags())
    }
}
impl Fold for TraitRef {
    fn fold_with<F: Folder>(self, folder: &mut F) -> Self {
        TraitRef { trait_def: self.trait_def, args: fold_args(self.args, folder) }
    }
    fn flags(&self) -> Flags {
        Flags::of_args(&self.args)
    }
}

struct Subst {
    args: Args,
}

impl Folder for Subst {
    fn fold_ty(&mut self, ty: Ty) -> Ty {
        if !ty.flags().has(Flags::PARAM.or(Flags::REGION)) {
            return ty;
        }
        match ty.kind() {
            TyKind::Param(p) => match self.args.get(p.index as usize) {
                Some(GenericArg::Type(t)) => *t,
                _ => Ty::error(),
            },
            _ => ty.super_fold(self),
        }
    }
    fn fold_const(&mut self, c: Const) -> Const {
        if !c.flags().has(Flags::PARAM.or(Flags::REGION)) {
            return c;
        }
        match c.kind() {
            ConstKind::Param(p) => match self.args.get(p.index as usize) {
                Some(GenericArg::Const(c)) => *c,
                _ => Const::new(ConstKind::Error),
            },
            _ => c.super_fold(self),
        }
    }
    fn fold_region(&mut self, r: Region) -> Region {
        match r {
            Region::Param(index, _) => match self.args.get(index as usize) {
                Some(GenericArg::Region(r)) => *r,
                _ => Region::Erased,
            },
            other => other,
        }
    }
}

/// Replaces parameters by arguments, by index. A parameter without an argument of its kind becomes an error type.
pub fn subst<T: Fold>(value: T, args: Args) -> T {
    if !value.flags().has(Flags::PARAM.or(Flags::REGION)) {
        return value;
    }
    value.fold_with(&mut Subst { args })
}

struct EraseRegions;

impl Folder for EraseRegions {
    fn fold_ty(&mut self, ty: Ty) -> Ty {
        if ty.flags().has(Flags::REGION) { ty.super_fold(self) } else { ty }
    }
    fn fold_const(&mut self, c: Const) -> Const {
        if c.flags().has(Flags::REGION) { c.super_fold(self) } else { c }
    }
    fn fold_region(&mut self, _: Region) -> Region {
        Region::Erased
    }
}

/// Makes every region [`Region::Erased`].
pub fn erase_regions<T: Fold>(value: T) -> T {
    if value.flags().has(Flags::REGION) { value.fold_with(&mut EraseRegions) } else { value }
}

/// Maps types bottom up with a closure.
pub struct MapTypes<F>(pub F);

impl<F: FnMut(Ty) -> Ty> Folder for MapTypes<F> {
    fn fold_ty(&mut self, ty: Ty) -> Ty {
        let inner = ty.super_fold(self);
        (self.0)(inner)
    }
}

impl Ty {
    /// Calls `visit` on the type and everything in it, outside in.
    pub fn walk(self, visit: &mut dyn FnMut(Ty)) {
        visit(self);
        extent::for_each_part(self.kind(), &mut |part| match part {
            GenericArg::Type(t) => t.walk(visit),
            GenericArg::Const(c) => {
                if let ConstKind::Unevaluated(_, args) = c.kind() {
                    args.iter().filter_map(|a| a.as_type()).for_each(|t| t.walk(visit));
                }
            }
            GenericArg::Region(_) => {}
        });
    }
}
