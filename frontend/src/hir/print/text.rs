//! Types, paths, literals and operators as text, each on one line.

use std::fmt::Write;

use super::*;
use crate::ty::Mutability;

/// A type as it was written, names resolved.
pub fn type_text(hir: &Hir, ty: &HirTy) -> String {
    match &ty.kind {
        HirTyKind::Path(path) => path_text(hir, path, None),
        HirTyKind::Ref(lifetime, to, mutability) => {
            let lifetime = lifetime.map_or(String::new(), |l| format!("{l} "));
            format!("&{lifetime}{}{}", mut_text(*mutability), type_text(hir, to))
        }
        HirTyKind::RawPtr(to, Mutability::Mut) => format!("*mut {}", type_text(hir, to)),
        HirTyKind::RawPtr(to, Mutability::Not) => format!("*const {}", type_text(hir, to)),
        HirTyKind::Slice(of) => format!("[{}]", type_text(hir, of)),
        HirTyKind::Array(of, n) => format!("[{}; {}]", type_text(hir, of), const_text(hir, n)),
        HirTyKind::Tuple(of) if of.len() == 1 => format!("({},)", type_text(hir, &of[0])),
        HirTyKind::Tuple(of) => format!("({})", list(of, |t| type_text(hir, t))),
        HirTyKind::FnPtr(inputs, output) => {
            format!("fn({}) -> {}", list(inputs, |t| type_text(hir, t)), type_text(hir, output))
        }
        HirTyKind::Never => "!".to_string(),
        HirTyKind::Infer => "_".to_string(),
        HirTyKind::Opaque(def) => match &hir.def(*def).kind {
            DefKind::Opaque(bounds) => format!("impl {}", bounds_text(hir, bounds)),
            _ => format!("impl {def:?}"),
        },
        HirTyKind::Dyn(paths, lifetime) => {
            let paths = paths.iter().map(|p| path_text(hir, p, None));
            let all: Vec<_> = paths.chain(lifetime.map(|l| l.to_string())).collect();
            format!("dyn {}", all.join(" + "))
        }
        HirTyKind::Error => "{error}".to_string(),
    }
}

pub(super) fn list<T>(of: &[T], text: impl FnMut(&T) -> String) -> String {
    of.iter().map(text).collect::<Vec<_>>().join(", ")
}

pub(super) fn mut_text(mutability: Mutability) -> &'static str {
    if mutability == Mutability::Mut { "mut " } else { "" }
}

pub(super) fn const_text(hir: &Hir, constant: &HirConst) -> String {
    match constant {
        HirConst::Infer => "_".to_string(),
        HirConst::Param(def) => def.name().to_string(),
        HirConst::Anon(def) => match hir.body_id_of(*def) {
            Some(body) => print_body(hir, hir.body(body)).trim().to_string(),
            None => "{error}".to_string(),
        },
    }
}

pub(super) fn bounds_text(hir: &Hir, bounds: &[HirBound]) -> String {
    let text = |bound: &HirBound| match bound {
        HirBound::Trait(path) => path_text(hir, path, None),
        HirBound::MaybeSized => "?Sized".to_string(),
        HirBound::Lifetime(name) => name.to_string(),
        HirBound::Use(names) => {
            format!("use<{}>", names.iter().map(|n| n.as_str()).collect::<Vec<_>>().join(", "))
        }
    };
    bounds.iter().map(text).collect::<Vec<_>>().join(" + ")
}

pub(super) fn args_text(hir: &Hir, args: &Option<HirArgs>) -> String {
    let Some(args) = args else { return String::new() };
    let mut parts: Vec<String> = Vec::new();
    for arg in &args.args {
        parts.push(match arg {
            HirGenericArg::Lifetime(name) => name.to_string(),
            HirGenericArg::Type(ty) => type_text(hir, ty),
            HirGenericArg::Const(constant) => format!("{{{}}}", const_text(hir, constant)),
        });
    }
    parts.extend(args.bindings.iter().map(|(name, ty)| format!("{name} = {}", type_text(hir, ty))));
    parts.extend(
        args.constraints.iter().map(|(name, bounds)| format!("{name}: {}", bounds_text(hir, bounds))),
    );
    format!("<{}>", parts.join(", "))
}

pub(super) fn path_text(hir: &Hir, path: &HirPath, body: Option<&Body>) -> String {
    let resolved = path.segments.len().saturating_sub(path.unresolved);
    let mut text = match path.res {
        Res::Def(def) if matches!(hir.def(def).kind, DefKind::GenericParam(_)) => def.name().to_string(),
        Res::Def(def) | Res::Ctor(def) => def.path.to_string(),
        Res::Local(local) => match body {
            Some(body) => local_text(body, local),
            None => format!("{local}"),
        },
        Res::Prim(prim) => prim_name(prim).to_string(),
        Res::SelfTy(_) | Res::SelfTrait(_) => "Self".to_string(),
        Res::Error => "{error}".to_string(),
    };
    match &path.qself {
        Some(qself) if resolved == 0 => text = format!("<{}>", type_text(hir, qself)),
        Some(qself) => text = format!("<{} as {text}>", type_text(hir, qself)),
        None => {}
    }
    for (i, segment) in path.segments.iter().enumerate() {
        if i >= resolved {
            let _ = write!(text, "::{}", segment.name);
        }
        text.push_str(&args_text(hir, &segment.args));
    }
    text
}

/// The name of a primitive type.
pub fn prim_name(prim: PrimTy) -> &'static str {
    use crate::ty::{FloatTy, IntTy, UintTy};
    match prim {
        PrimTy::Bool => "bool",
        PrimTy::Char => "char",
        PrimTy::Str => "str",
        PrimTy::Int(IntTy::I8) => "i8",
        PrimTy::Int(IntTy::I16) => "i16",
        PrimTy::Int(IntTy::I32) => "i32",
        PrimTy::Int(IntTy::I64) => "i64",
        PrimTy::Int(IntTy::I128) => "i128",
        PrimTy::Int(IntTy::Isize) => "isize",
        PrimTy::Uint(UintTy::U8) => "u8",
        PrimTy::Uint(UintTy::U16) => "u16",
        PrimTy::Uint(UintTy::U32) => "u32",
        PrimTy::Uint(UintTy::U64) => "u64",
        PrimTy::Uint(UintTy::U128) => "u128",
        PrimTy::Uint(UintTy::Usize) => "usize",
        PrimTy::Float(FloatTy::F32) => "f32",
        PrimTy::Float(FloatTy::F64) => "f64",
    }
}

pub(super) fn local_text(body: &Body, local: LocalId) -> String {
    format!("{}#{}", body.locals[local].name, local.0)
}

pub(super) fn lit_text(lit: &Lit) -> String {
    match lit {
        Lit::Bool(b) => b.to_string(),
        Lit::Char(c) => format!("{c:?}"),
        Lit::Int(n, suffix) => format!("{n}{}", suffix.map_or("", prim_name)),
        Lit::Float(digits, suffix) => {
            format!("{digits}{}", suffix.map_or("", |f| prim_name(PrimTy::Float(f))))
        }
        Lit::Str(text) => format!("{:?}", text.as_str()),
        Lit::ByteStr(bytes) => format!("b\"{}\"", bytes.escape_ascii()),
    }
}
