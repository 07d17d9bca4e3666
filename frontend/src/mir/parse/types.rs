//! Types, generic arguments and constants in types.

use super::*;
use crate::symbol::Symbol;
use crate::ty::{Args, Const, Mutability, Ty};
use crate::ty::{ConstKind, FloatTy, FnSig, GenericArg, IntTy, List, ParamTy, Region, UintTy};

impl Parser {
    pub(super) fn ty(&mut self) -> Parsed<Ty> {
        match self.next() {
            Tok::Sym("!") => Ok(Ty::never()),
            Tok::Sym("&") => {
                let m = self.mutability();
                Ok(Ty::reference(self.ty()?, m))
            }
            Tok::Sym("*") => {
                let m = self.mutability();
                if m == Mutability::Not && !self.eat_name("const") {
                    return self.fail("expected `const` or `mut`".to_string());
                }
                Ok(Ty::raw_ptr(self.ty()?, m))
            }
            Tok::Sym("(") => {
                let mut tys = Vec::new();
                while !self.eat(")") {
                    tys.push(self.ty()?);
                    if !self.eat(",") {
                        self.expect(")")?;
                        break;
                    }
                }
                Ok(Ty::tuple(&tys))
            }
            Tok::Sym("[") => {
                let element = self.ty()?;
                if self.eat(";") {
                    let n = self.ty_const()?;
                    self.expect("]")?;
                    return Ok(Ty::new(TyKind::Array(element, n)));
                }
                self.expect("]")?;
                Ok(Ty::slice(element))
            }
            Tok::Sym("{") => self.braced_ty(),
            Tok::Name(name) => self.named_ty(&name),
            other => self.fail(format!("expected a type, found {other:?}")),
        }
    }

    fn mutability(&mut self) -> Mutability {
        if self.eat_name("mut") { Mutability::Mut } else { Mutability::Not }
    }

    fn braced_ty(&mut self) -> Parsed<Ty> {
        let what = self.name()?;
        if what == "error" {
            self.expect("}")?;
            return Ok(Ty::error());
        }
        let def = def_of(&self.name()?);
        let args = self.generic_args()?;
        let kind = match what.as_str() {
            "fn" => TyKind::FnDef(def, args),
            "closure" => TyKind::Closure(def, args),
            "assoc" => TyKind::Projection(def, args),
            "opaque" => TyKind::Opaque(def, args),
            "dyn" => {
                let mut assoc = Vec::new();
                while self.eat(",") {
                    let def = def_of(&self.name()?);
                    self.expect("=")?;
                    assoc.push((def, self.ty()?));
                }
                TyKind::Dynamic(def, args, List::new(&assoc), Region::Erased)
            }
            other => return self.fail(format!("unknown type form `{other}`")),
        };
        self.expect("}")?;
        Ok(Ty::new(kind))
    }

    fn named_ty(&mut self, name: &str) -> Parsed<Ty> {
        if let Some(ty) = primitive(name) {
            return Ok(ty);
        }
        if name == "fn" {
            self.expect("(")?;
            let mut inputs = Vec::new();
            while !self.eat(")") {
                inputs.push(self.ty()?);
                self.eat(",");
            }
            let output = if self.eat("->") { self.ty()? } else { Ty::unit() };
            return Ok(Ty::new(TyKind::FnPtr(FnSig { inputs: List::new(&inputs), output })));
        }
        if self.eat("#") {
            let index = self.plain_number()? as u32;
            return Ok(Ty::new(TyKind::Param(ParamTy { index, name: Symbol::intern(name) })));
        }
        let def = def_of(name);
        Ok(Ty::new(TyKind::Adt(def, self.generic_args()?)))
    }

    /// `<A, B>`, or nothing.
    pub(super) fn generic_args(&mut self) -> Parsed<Args> {
        let mut args = Vec::new();
        if self.eat("<") {
            while !self.eat(">") {
                let arg = match self.peek().clone() {
                    Tok::Lifetime(text) => {
                        self.next();
                        GenericArg::Region(if text == "'static" { Region::Static } else { Region::Erased })
                    }
                    Tok::Number(..) => GenericArg::Const(self.ty_const()?),
                    Tok::Name(n) if n == "true" || n == "false" => GenericArg::Const(self.ty_const()?),
                    Tok::Sym("{") if matches!(self.peek_at(1), Tok::Name(n) if n == "param" || n == "const") => {
                        GenericArg::Const(self.ty_const()?)
                    }
                    _ => GenericArg::Type(self.ty()?),
                };
                args.push(arg);
                self.eat(",");
            }
        }
        Ok(Args::new(&args))
    }

    /// A constant in a type; plain numbers are `usize`.
    pub(super) fn ty_const(&mut self) -> Parsed<Const> {
        match self.next() {
            Tok::Number(n, suffix) => {
                let ty = suffix.as_deref().map_or(Some(Ty::usize()), primitive);
                match ty.and_then(|ty| Some((ty, scalar_bits(&n, ty)?))) {
                    Some((ty, bits)) => Ok(Const::new(ConstKind::Value(ty, bits))),
                    None => self.fail(format!("bad constant `{n}`")),
                }
            }
            Tok::Name(n) if n == "true" || n == "false" => {
                Ok(Const::new(ConstKind::Value(Ty::bool(), (n == "true") as u128)))
            }
            Tok::Sym("{") => {
                let what = self.name()?;
                let kind = match what.as_str() {
                    "error" => ConstKind::Error,
                    "param" => {
                        let name = Symbol::intern(&self.name()?);
                        self.expect("#")?;
                        ConstKind::Param(ParamTy { index: self.plain_number()? as u32, name })
                    }
                    _ => {
                        let def = def_of(&self.name()?);
                        ConstKind::Unevaluated(def, self.generic_args()?)
                    }
                };
                self.expect("}")?;
                Ok(Const::new(kind))
            }
            other => self.fail(format!("expected a constant, found {other:?}")),
        }
    }
}

/// A primitive type by name.
pub(super) fn primitive(name: &str) -> Option<Ty> {
    Some(Ty::new(match name {
        "bool" => TyKind::Bool,
        "char" => TyKind::Char,
        "str" => TyKind::Str,
        "i8" => TyKind::Int(IntTy::I8),
        "i16" => TyKind::Int(IntTy::I16),
        "i32" => TyKind::Int(IntTy::I32),
        "i64" => TyKind::Int(IntTy::I64),
        "i128" => TyKind::Int(IntTy::I128),
        "isize" => TyKind::Int(IntTy::Isize),
        "u8" => TyKind::Uint(UintTy::U8),
        "u16" => TyKind::Uint(UintTy::U16),
        "u32" => TyKind::Uint(UintTy::U32),
        "u64" => TyKind::Uint(UintTy::U64),
        "u128" => TyKind::Uint(UintTy::U128),
        "usize" => TyKind::Uint(UintTy::Usize),
        "f32" => TyKind::Float(FloatTy::F32),
        "f64" => TyKind::Float(FloatTy::F64),
        _ => return None,
    }))
}

/// Bits of a written number of this type.
pub(super) fn scalar_bits(text: &str, ty: Ty) -> Option<u128> {
    let width = ty.scalar_bits()?;
    if let Some(hex) = text.strip_prefix("0x") {
        return u128::from_str_radix(hex, 16).ok();
    }
    match ty.kind() {
        TyKind::Float(FloatTy::F32) => text.parse::<f32>().ok().map(|x| x.to_bits() as u128),
        TyKind::Float(FloatTy::F64) => text.parse::<f64>().ok().map(|x| x.to_bits() as u128),
        _ => {
            let mask = u128::MAX >> (128 - width);
            match text.parse::<u128>() {
                Ok(n) => Some(n & mask),
                Err(_) => text.parse::<i128>().ok().map(|n| n as u128 & mask),
            }
        }
    }
}
