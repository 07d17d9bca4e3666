//! `#[derive]` of the traits of our std, with rustc's meaning: one file a trait or family of traits.
//!
//! In: a struct or enum. Out: one impl a trait, with a bound `T: Trait` on each type parameter and on each type of a
//! field that is an associated type of one.

mod clone;
mod cmp;
mod debug;
mod default;
mod hash;

use super::build::Build;
use crate::ast::cx::Cx;
use crate::ast::syntax::*;
use crate::diag::Diagnostic;
use crate::hir::PrimTy;
use crate::source::Span;
use crate::symbol::Symbol;
use crate::ty::IntTy;
use crate::ty::lower_ty::prim_ty;

/// What is derived from.
struct Subject<'i> {
    ident: Ident,
    generics: &'i Generics,
    kind: SubjectKind<'i>,
    /// Whether `Copy` is derived too.
    copy: bool,
    /// `#[default]` variant.
    default: Option<usize>,
    /// The integer type of the discriminants.
    repr: PrimTy,
}

enum SubjectKind<'i> {
    Struct(&'i VariantData),
    Enum(&'i [Variant]),
}

impl Subject<'_> {
    fn variants(&self) -> Vec<(Option<Ident>, &VariantData)> {
        match self.kind {
            SubjectKind::Struct(data) => vec![(None, data)],
            SubjectKind::Enum(variants) => variants.iter().map(|v| (Some(v.ident), &v.data)).collect(),
        }
    }
    fn is_enum(&self) -> bool {
        matches!(self.kind, SubjectKind::Enum(_))
    }
    /// `Type` or `Type::Variant`.
    fn constructor(&self, variant: Option<Ident>, build: Build) -> Path {
        let mut path = build.path(self.ident.name.as_str());
        if let Some(variant) = variant {
            path.segments.push(PathSegment { ident: build.name(variant.name.as_str()), args: None });
        }
        path
    }
    /// `Type::Variant { a: prefix0, … }` as a pattern.
    fn pattern(&self, variant: Option<Ident>, data: &VariantData, prefix: &str, build: Build) -> Pat {
        let path = self.constructor(variant, build);
        let names = (0..data.fields.len()).map(|i| build.binding(&format!("{prefix}{i}")));
        build.pat(match data.shape {
            VariantShape::Unit => PatKind::Path(None, path),
            VariantShape::Tuple => PatKind::TupleStruct(None, path, names.collect()),
            VariantShape::Named => {
                let fields =
                    data.fields.iter().map(|f| build.name(f.ident.name.as_str())).zip(names).collect();
                PatKind::Struct { qself: None, path, fields, rest: false }
            }
        })
    }
    /// `Type::Variant { a: values[0], … }`
    fn construct(&self, variant: Option<Ident>, data: &VariantData, values: Vec<Expr>, build: Build) -> Expr {
        let path = self.constructor(variant, build);
        build.expr(match data.shape {
            VariantShape::Unit => ExprKind::Path(None, path),
            VariantShape::Tuple => {
                let function = build.expr(ExprKind::Path(None, path));
                ExprKind::Call(Box::new(function), values)
            }
            VariantShape::Named => {
                let fields = data.fields.iter().zip(values);
                let fields = fields
                    .map(|(f, value)| FieldExpr { ident: build.name(f.ident.name.as_str()), value })
                    .collect();
                ExprKind::Struct { qself: None, path, fields, rest: StructRest::None }
            }
        })
    }
}

/// An impl in the making.
struct Derived {
    /// Path of the trait in our std.
    path: &'static str,
    /// Its method; `Copy` and `Eq` have none.
    method: Option<AssocItem>,
    /// Whether type parameters get the bound.
    bounds: bool,
}

impl Cx<'_> {
    /// The impls that `#[derive]` makes of a struct or enum.
    pub fn derives(&mut self, item: &Item, traits: &[(Symbol, Span)], default: Option<usize>) -> Vec<Item> {
        let (generics, kind) = match &item.kind {
            ItemKind::Struct(generics, data) => (generics, SubjectKind::Struct(data)),
            ItemKind::Enum(generics, variants) => (generics, SubjectKind::Enum(variants)),
            _ => return Vec::new(),
        };
        let copy = traits.iter().any(|(name, _)| *name == "Copy");
        let repr = item.attrs.repr_int.unwrap_or(PrimTy::Int(IntTy::Isize));
        let subject = Subject { ident: item.ident, generics, kind, copy, default, repr };
        let mut out = Vec::new();
        for &(name, span) in traits {
            let build = Build { span, ctxt: self.new_mark(0, Span::NONE) };
            let derived = match name.as_str() {
                "Clone" => clone::derive(&subject, build),
                "Copy" => Derived { path: "marker::Copy", method: None, bounds: true },
                "Debug" => debug::derive(&subject, build),
                "Default" => match default::derive(self, &subject, build) {
                    Some(derived) => derived,
                    None => continue,
                },
                "Eq" => Derived { path: "cmp::Eq", method: None, bounds: true },
                "Hash" => hash::derive(&subject, build),
                "Ord" => cmp::derive_ord(&subject, build, cmp::Order::Total),
                "PartialEq" => cmp::derive_eq(&subject, build),
                "PartialOrd" => cmp::derive_ord(&subject, build, cmp::Order::Partial),
                other => {
                    self.error(
                        Diagnostic::error("", span, format!("cannot find derive macro `{other}` in this scope")).note(
                            "`Clone`, `Copy`, `Debug`, `Default`, `Eq`, `Hash`, `Ord`, `PartialEq` and `PartialOrd` \
                             can be derived; other crates are not available",
                        ),
                    );
                    continue;
                }
            };
            out.push(implement(&subject, name, derived, build));
        }
        out
    }
}

fn implement(subject: &Subject<'_>, name: Symbol, derived: Derived, build: Build) -> Item {
    let bound = || Bound::Trait { binder: Vec::new(), path: build.std_path(derived.path), maybe: false };
    let mut generics = subject.generics.clone();
    let mut args = Vec::new();
    for param in &mut generics.params {
        let as_type = || {
            let segment = PathSegment { ident: Ident { span: build.span, ..param.ident }, args: None };
            let path = Path { root: PathRoot::Relative, segments: vec![segment], span: build.span };
            GenericArg::Type(build.ty(TyKind::Path(None, path)))
        };
        args.push(match &mut param.kind {
            GenericParamKind::Lifetime => GenericArg::Lifetime(Ident { span: build.span, ..param.ident }),
            GenericParamKind::Type(default) => {
                *default = None;
                if derived.bounds {
                    param.bounds.push(bound());
                }
                as_type()
            }
            GenericParamKind::Const(_, default) => {
                *default = None;
                as_type()
            }
        });
    }
    if derived.bounds {
        let params: Vec<Symbol> = subject
            .generics
            .params
            .iter()
            .filter(|p| matches!(p.kind, GenericParamKind::Type(_)))
            .map(|p| p.ident.name)
            .collect();
        for (_, data) in subject.variants() {
            for field in &data.fields {
                let mut projections = Vec::new();
                find_projections(&field.ty, &params, &mut projections);
                generics.predicates.extend(projections.into_iter().map(|ty| WherePredicate::Type {
                    binder: Vec::new(),
                    bounded: ty.clone(),
                    bounds: vec![bound()],
                    span: ty.span,
                }));
            }
        }
    }
    let mut self_path = build.path(subject.ident.name.as_str());
    if !args.is_empty() {
        self_path.segments[0].args = Some(GenericArgs::Angle(args, build.span));
    }
    let kind = ItemKind::Impl(Impl {
        generics,
        of_trait: Some(build.std_path(derived.path)),
        negative: false,
        self_ty: build.ty(TyKind::Path(None, self_path)),
        items: derived.method.into_iter().collect(),
        derived: Some(name),
    });
    Item {
        attrs: Attrs::default(),
        vis: Visibility::Inherited,
        ident: build.name(""),
        span: build.span,
        kind,
    }
}

/// `T::Item` in the type of a field needs the bound too.
fn find_projections<'t>(ty: &'t Ty, params: &[Symbol], out: &mut Vec<&'t Ty>) {
    match &ty.kind {
        TyKind::Path(qself, path) => {
            let first = path.segments.first();
            let projects = path.segments.len() > 1
                && path.root == PathRoot::Relative
                && first.is_some_and(|s| params.contains(&s.ident.name));
            if qself.is_none() && projects {
                out.push(ty);
                return;
            }
            for segment in &path.segments {
                if let Some(GenericArgs::Angle(args, _)) = &segment.args {
                    for arg in args {
                        if let GenericArg::Type(ty) = arg {
                            find_projections(ty, params, out);
                        }
                    }
                }
            }
        }
        TyKind::Ref(_, inner, _)
        | TyKind::RawPtr(inner, _)
        | TyKind::Slice(inner)
        | TyKind::Array(inner, _) => {
            find_projections(inner, params, out);
        }
        TyKind::Tuple(types) => types.iter().for_each(|ty| find_projections(ty, params, out)),
        _ => {}
    }
}

/// `#[inline] fn name(&self, …) -> output { body }`
fn method(
    build: Build,
    name: &str,
    has_self: bool,
    params: Vec<(&str, Ty)>,
    output: Option<Ty>,
    body: Expr,
) -> AssocItem {
    let mut inputs = Vec::new();
    if has_self {
        let ident = Ident { ctxt: 0, ..build.ident("self") };
        let pat = build.pat(PatKind::Ident { by_ref: None, mutable: false, ident, sub: None });
        inputs.push(Param { pat, ty: ref_to(build, self_ty(build)), span: build.span });
    }
    for (name, ty) in params {
        inputs.push(Param { pat: build.binding(name), ty, span: build.span });
    }
    let sig = FnSig { is_const: false, is_unsafe: false, has_self, inputs, output, span: build.span };
    let function = Fn { generics: no_generics(build), sig, body: Some(build.block(Vec::new(), Some(body))) };
    AssocItem {
        attrs: Attrs { inline: 1, ..Attrs::default() },
        vis: Visibility::Inherited,
        ident: build.name(name),
        span: build.span,
        kind: AssocItemKind::Fn(function),
    }
}

fn no_generics(build: Build) -> Generics {
    Generics { params: Vec::new(), predicates: Vec::new(), span: build.span }
}

fn self_ty(build: Build) -> Ty {
    build.ty(TyKind::Path(None, build.path("Self")))
}

fn ref_to(build: Build, ty: Ty) -> Ty {
    build.ty(TyKind::Ref(None, Box::new(ty), Mutability::Not))
}

fn mut_ref_to(build: Build, ty: Ty) -> Ty {
    build.ty(TyKind::Ref(None, Box::new(ty), Mutability::Mut))
}

fn std_ty(build: Build, path: &str) -> Ty {
    build.ty(TyKind::Path(None, build.std_path(path)))
}

/// The discriminant of a variable that refers to the value.
fn discriminant(subject: &Subject<'_>, build: Build, of: Expr) -> Expr {
    let value = build.call_std("intrinsics::discriminant_value", vec![of]);
    let name = prim_ty(subject.repr).to_string();
    let ty = build.ty(TyKind::Path(None, build.path(&name)));
    build.expr(ExprKind::Cast(Box::new(value), ty))
}

/// `match *self {}`, for enums without variants.
fn match_nothing(build: Build) -> Expr {
    build.match_(build.deref(build.self_value()), Vec::new())
}
