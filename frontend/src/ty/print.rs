//! How types read: as the user wrote them, with paths of definitions shortened to their last segment.

use std::fmt;

use super::*;

/// Types with more nodes are not spelled out.
const SHOWN: u32 = 2000;

impl fmt::Display for Ty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.extent().nodes > SHOWN {
            return match self.kind() {
                TyKind::Adt(def, _) => write!(f, "{}<...>", def.name()),
                _ => f.write_str("..."),
            };
        }
        match self.kind() {
            TyKind::Bool => f.write_str("bool"),
            TyKind::Char => f.write_str("char"),
            TyKind::Int(i) => f.write_str(i.name()),
            TyKind::Uint(u) => f.write_str(u.name()),
            TyKind::Float(x) => f.write_str(x.name()),
            TyKind::Str => f.write_str("str"),
            TyKind::Never => f.write_str("!"),
            TyKind::Adt(def, args) => write_path(f, def.name(), args),
            TyKind::Array(t, n) => write!(f, "[{t}; {n}]"),
            TyKind::Slice(t) => write!(f, "[{t}]"),
            TyKind::Tuple(ts) => {
                f.write_str("(")?;
                write_list(f, ts)?;
                f.write_str(if ts.len() == 1 { ",)" } else { ")" })
            }
            TyKind::Ref(r, t, m) => {
                f.write_str("&")?;
                match r {
                    Region::Erased => {}
                    Region::Static => f.write_str("'static ")?,
                    Region::Param(_, name) | Region::Bound(name) => write!(f, "{name} ")?,
                    Region::Var(n) => write!(f, "'?{n} ")?,
                }
                write!(f, "{}{t}", if *m == Mutability::Mut { "mut " } else { "" })
            }
            TyKind::RawPtr(t, m) => write!(f, "*{} {t}", if *m == Mutability::Mut { "mut" } else { "const" }),
            TyKind::FnDef(def, args) => {
                f.write_str("fn item {")?;
                write_path(f, def.name(), args)?;
                f.write_str("}")
            }
            TyKind::FnPtr(sig) => write!(f, "{sig}"),
            TyKind::Closure(def, _) => write!(f, "{{closure {}}}", def.path),
            TyKind::Dynamic(def, args, assoc, _) => {
                write!(f, "dyn {}", def.name())?;
                if let Some(inputs) = called_with(*def, args) {
                    f.write_str("(")?;
                    write_list(f, inputs)?;
                    f.write_str(")")?;
                    return match assoc.first() {
                        Some((_, output)) if !output.is_unit() => write!(f, " -> {output}"),
                        _ => Ok(()),
                    };
                }
                if !args.is_empty() || !assoc.is_empty() {
                    f.write_str("<")?;
                    write_list(f, args)?;
                    for (i, (def, ty)) in assoc.iter().enumerate() {
                        write!(
                            f,
                            "{}{} = {ty}",
                            if i > 0 || !args.is_empty() { ", " } else { "" },
                            def.name()
                        )?;
                    }
                    f.write_str(">")?;
                }
                Ok(())
            }
            TyKind::Param(p) => write!(f, "{}", p.name),
            TyKind::Projection(def, args) => match args.first() {
                Some(this) => write!(f, "<{this} as {}>::{}", def.parent_name(), def.name()),
                None => write!(f, "{}", def.name()),
            },
            TyKind::Opaque(def, _) => write!(f, "impl {{opaque {}}}", def.path),
            TyKind::Infer(InferTy::Ty(_)) => f.write_str("_"),
            TyKind::Infer(InferTy::Int(_)) => f.write_str("{integer}"),
            TyKind::Infer(InferTy::Float(_)) => f.write_str("{float}"),
            TyKind::Error => f.write_str("{error}"),
        }
    }
}

/// The inputs of `Fn(A, B)` and its like.
fn called_with(def: DefId, args: &Args) -> Option<&'static [Ty]> {
    if !matches!(
        def.path.as_str(),
        "std::ops::function::Fn" | "std::ops::function::FnMut" | "std::ops::function::FnOnce"
    ) {
        return None;
    }
    match args.first()?.as_type()?.kind() {
        TyKind::Tuple(inputs) => Some(inputs),
        _ => None,
    }
}

fn write_path(f: &mut fmt::Formatter<'_>, name: &str, args: &Args) -> fmt::Result {
    f.write_str(name)?;
    let shown: Vec<_> = args.iter().filter(|a| !matches!(a, GenericArg::Region(Region::Erased))).collect();
    if !shown.is_empty() {
        f.write_str("<")?;
        write_list(f, &shown)?;
        f.write_str(">")?;
    }
    Ok(())
}

fn write_list<T: fmt::Display>(f: &mut fmt::Formatter<'_>, list: &[T]) -> fmt::Result {
    for (i, item) in list.iter().enumerate() {
        write!(f, "{}{item}", if i > 0 { ", " } else { "" })?;
    }
    Ok(())
}

impl IntTy {
    /// As written in source.
    pub fn name(self) -> &'static str {
        match self {
            IntTy::I8 => "i8",
            IntTy::I16 => "i16",
            IntTy::I32 => "i32",
            IntTy::I64 => "i64",
            IntTy::I128 => "i128",
            IntTy::Isize => "isize",
        }
    }
}
impl UintTy {
    /// As written in source.
    pub fn name(self) -> &'static str {
        match self {
            UintTy::U8 => "u8",
            UintTy::U16 => "u16",
            UintTy::U32 => "u32",
            UintTy::U64 => "u64",
            UintTy::U128 => "u128",
            UintTy::Usize => "usize",
        }
    }
}
impl FloatTy {
    /// As written in source.
    pub fn name(self) -> &'static str {
        match self {
            FloatTy::F32 => "f32",
            FloatTy::F64 => "f64",
        }
    }
}

impl fmt::Display for FnSig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("fn(")?;
        write_list(f, &self.inputs)?;
        f.write_str(")")?;
        if !self.output.is_unit() {
            write!(f, " -> {}", self.output)?;
        }
        Ok(())
    }
}
impl fmt::Debug for FnSig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Const {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind() {
            ConstKind::Value(ty, bits) => match ty.kind() {
                TyKind::Bool => write!(f, "{}", *bits != 0),
                TyKind::Char => write!(f, "{:?}", char::from_u32(*bits as u32).unwrap_or('\u{fffd}')),
                TyKind::Int(i) => write!(f, "{}", ((*bits as i128) << (128 - i.bits())) >> (128 - i.bits())),
                _ => write!(f, "{bits}"),
            },
            ConstKind::Param(p) => write!(f, "{}", p.name),
            ConstKind::Unevaluated(def, _) => write!(f, "{{const {}}}", def.path),
            ConstKind::Infer(_) => f.write_str("_"),
            ConstKind::Error => f.write_str("{error}"),
        }
    }
}
impl fmt::Debug for Const {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for GenericArg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            GenericArg::Region(Region::Static) => f.write_str("'static"),
            GenericArg::Region(Region::Param(_, name) | Region::Bound(name)) => write!(f, "{name}"),
            GenericArg::Region(Region::Var(n)) => write!(f, "'?{n}"),
            GenericArg::Region(Region::Erased) => f.write_str("'_"),
            GenericArg::Type(t) => write!(f, "{t}"),
            GenericArg::Const(c) => write!(f, "{c}"),
        }
    }
}
impl fmt::Debug for GenericArg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for TraitRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.trait_def.name())?;
        let rest: Vec<_> = self.args.iter().skip(1).filter(|a| !matches!(a, GenericArg::Region(_))).collect();
        if !rest.is_empty() {
            f.write_str("<")?;
            write_list(f, &rest)?;
            f.write_str(">")?;
        }
        Ok(())
    }
}
impl fmt::Debug for TraitRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.args.first() {
            Some(this) => write!(f, "<{this} as {self}>"),
            None => write!(f, "{self}"),
        }
    }
}
