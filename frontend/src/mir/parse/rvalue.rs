//! Places, operands and rvalues.

use super::types::{primitive, scalar_bits};
use super::*;
use crate::mir::print::{CASTS, cast_text};
use crate::source::Span;
use crate::symbol::Symbol;
use crate::ty::{Mutability, Ty};
use std::sync::Arc;

impl Parser {
    pub(super) fn place(&mut self) -> Parsed<Place> {
        Ok(self.typed_place()?.0)
    }

    /// A place and its type.
    fn typed_place(&mut self) -> Parsed<(Place, Ty)> {
        if self.eat("*") {
            let (place, ty) = self.typed_place()?;
            return self.step(place, ty, Projection::Deref);
        }
        let (mut place, mut ty) = if self.eat("(") {
            let (mut place, mut ty) = self.typed_place()?;
            if self.eat_name("as") {
                let variant = self.variant(ty)?;
                (place, ty) = self.step(place, ty, Projection::Downcast(variant))?;
            }
            self.expect(")")?;
            (place, ty)
        } else {
            let local = self.local()?;
            let Some(decl) = self.locals.get(local) else {
                return self.fail(format!("`{local}` is not declared"));
            };
            (Place::local(local), decl.ty)
        };
        loop {
            let step = if self.eat(".") {
                let n = self.plain_number()? as u32;
                let variant = match place.projection.last() {
                    Some(Projection::Downcast(v)) => *v as usize,
                    _ => 0,
                };
                Projection::Field(n, self.field_ty(ty, variant, n as usize)?)
            } else if matches!(ty.kind(), TyKind::Array(..) | TyKind::Slice(_)) && self.eat("[") {
                let step = self.element()?;
                self.expect("]")?;
                step
            } else {
                return Ok((place, ty));
            };
            (place, ty) = self.step(place, ty, step)?;
        }
    }

    fn step(&self, place: Place, ty: Ty, step: Projection) -> Parsed<(Place, Ty)> {
        let fits = match step {
            Projection::Deref => matches!(ty.kind(), TyKind::Ref(..) | TyKind::RawPtr(..) | TyKind::Adt(..)),
            Projection::Index(_) | Projection::ConstantIndex { .. } | Projection::Subslice { .. } => {
                matches!(ty.kind(), TyKind::Array(..) | TyKind::Slice(_))
            }
            Projection::Field(..) | Projection::Downcast(_) => true,
        };
        if !fits {
            return self.fail(format!("`{ty}` has no such part"));
        }
        Ok((place.project(step), body::project_ty(ty, step)))
    }

    fn element(&mut self) -> Parsed<Projection> {
        if matches!(self.peek(), Tok::Name(_)) {
            return Ok(Projection::Index(self.local()?));
        }
        let (offset, from_end) = match self.next() {
            Tok::Number(n, None) => {
                let from_end = n.starts_with('-');
                (n.trim_start_matches('-').parse().unwrap_or(0), from_end)
            }
            other => return self.fail(format!("expected an index, found {other:?}")),
        };
        if self.eat("..") {
            self.expect("-")?;
            return Ok(Projection::Subslice { from: offset, to: self.plain_number()? as u64 });
        }
        Ok(Projection::ConstantIndex { offset, from_end })
    }

    fn field_ty(&self, ty: Ty, variant: usize, field: usize) -> Parsed<Ty> {
        let found = match ty.kind() {
            TyKind::Tuple(ts) => ts.get(field).copied(),
            _ => self
                .adts
                .get(&ty)
                .and_then(|a| a.variants.get(variant))
                .and_then(|v| v.fields.get(field))
                .map(|f| f.1),
        };
        match found {
            Some(t) => Ok(t),
            None => self.fail(format!("`{ty}` is not known to have a field {field}")),
        }
    }

    /// A variant by name or number.
    fn variant(&mut self, ty: Ty) -> Parsed<u32> {
        match self.next() {
            Tok::Number(n, None) => match n.parse() {
                Ok(n) => Ok(n),
                Err(_) => self.fail(format!("bad variant `{n}`")),
            },
            Tok::Name(name) => {
                let adt = self.adts.get(&ty);
                match adt.and_then(|a| a.variants.iter().position(|v| v.name == name.as_str())) {
                    Some(i) => Ok(i as u32),
                    None => self.fail(format!("`{ty}` has no variant `{name}`")),
                }
            }
            other => self.fail(format!("expected a variant, found {other:?}")),
        }
    }

    pub(super) fn operand(&mut self) -> Parsed<Operand> {
        match self.name()?.as_str() {
            "copy" => Ok(Operand::Copy(self.place()?)),
            "move" => Ok(Operand::Move(self.place()?)),
            "const" => Ok(Operand::Constant(self.constant()?)),
            other => self.fail(format!("expected an operand, found `{other}`")),
        }
    }

    fn constant(&mut self) -> Parsed<Constant> {
        match self.next() {
            Tok::Number(n, suffix) => {
                let ty = suffix.as_deref().and_then(primitive);
                match ty.and_then(|ty| Some((ty, scalar_bits(&n, ty)?))) {
                    Some((ty, bits)) => Ok(Constant { kind: ConstantKind::Scalar(bits), ty }),
                    None => self.fail(format!("bad constant `{n}`")),
                }
            }
            Tok::Str(s) => Ok(Constant {
                kind: ConstantKind::Str(Symbol::intern(&s)),
                ty: Ty::reference(Ty::str(), Mutability::Not),
            }),
            Tok::Sym("(") => {
                self.expect(")")?;
                Ok(Constant { kind: ConstantKind::ZeroSized, ty: Ty::unit() })
            }
            Tok::Name(word) => self.worded_constant(&word),
            other => self.fail(format!("expected a constant, found {other:?}")),
        }
    }

    fn worded_constant(&mut self, word: &str) -> Parsed<Constant> {
        let kind = match word {
            "true" | "false" => {
                let bits = (word == "true") as u128;
                return Ok(Constant { kind: ConstantKind::Scalar(bits), ty: Ty::bool() });
            }
            "scalar" => ConstantKind::Scalar(self.plain_number()?),
            "bytes" => {
                let bytes = self.hex()?;
                let ty = Ty::reference(Ty::array(Ty::u8(), bytes.len() as u64), Mutability::Not);
                return Ok(Constant { kind: ConstantKind::ByteStr(bytes), ty });
            }
            "zst" => return Ok(Constant { kind: ConstantKind::ZeroSized, ty: self.ty()? }),
            "site" => {
                self.expect("(")?;
                let mut numbers = Vec::new();
                while !self.eat(")") {
                    numbers.push(self.plain_number()? as u32);
                    self.eat(",");
                }
                let span = match numbers[..] {
                    [file, lo, hi] => Span { file: crate::source::FileId(file), lo, hi },
                    _ => Span::NONE,
                };
                return Ok(Constant { kind: ConstantKind::Site(span), ty: Ty::u32() });
            }
            "param" => ConstantKind::Param(self.ty_const()?),
            "item" => {
                let def = def_of(&self.name()?);
                ConstantKind::Item(def, self.generic_args()?)
            }
            "promoted" => {
                let n = self.plain_number()? as u32;
                let def = def_of(&self.name()?);
                ConstantKind::Promoted(def, n, self.generic_args()?)
            }
            "static" => ConstantKind::Static(def_of(&self.name()?)),
            "fn" => ConstantKind::Func(self.function_name()?),
            "data" => ConstantKind::Data(self.hex()?),
            other => return self.fail(format!("unknown constant `{other}`")),
        };
        self.expect(":")?;
        Ok(Constant { kind, ty: self.ty()? })
    }

    fn hex(&mut self) -> Parsed<Arc<[u8]>> {
        let Tok::Str(text) = self.next() else {
            return self.fail("expected bytes in hexadecimal".to_string());
        };
        let byte = |i| text.get(i..i + 2).and_then(|t| u8::from_str_radix(t, 16).ok());
        match (0..text.len()).step_by(2).map(byte).collect::<Option<Vec<u8>>>() {
            Some(bytes) => Ok(bytes.into()),
            None => self.fail(format!("`{text}` is not hexadecimal")),
        }
    }

    pub(super) fn rvalue(&mut self) -> Parsed<Rvalue> {
        match self.peek().clone() {
            Tok::Sym("&") => {
                self.next();
                if self.eat_name("raw") {
                    let m = if self.eat_name("mut") {
                        Mutability::Mut
                    } else {
                        self.eat_name("const");
                        Mutability::Not
                    };
                    return Ok(Rvalue::RawRef(m, self.place()?));
                }
                let kind = if self.eat_name("mut") {
                    BorrowKind::Mut { two_phase: false }
                } else if self.eat_name("two_phase") {
                    BorrowKind::Mut { two_phase: true }
                } else {
                    BorrowKind::Shared
                };
                Ok(Rvalue::Ref(kind, self.place()?))
            }
            Tok::Sym("[") => self.array(),
            Tok::Sym("(") => {
                self.next();
                Ok(Rvalue::Aggregate(AggregateKind::Tuple, self.operands(")")?))
            }
            Tok::Name(n) if matches!(n.as_str(), "copy" | "move" | "const") => {
                let op = self.operand()?;
                if !self.eat_name("as") {
                    return Ok(Rvalue::Use(op));
                }
                let ty = self.ty()?;
                self.expect("(")?;
                let name = self.name()?;
                self.expect(")")?;
                match CASTS.iter().find(|c| cast_text(**c) == name) {
                    Some(kind) => Ok(Rvalue::Cast(*kind, op, ty)),
                    None => self.fail(format!("unknown cast `{name}`")),
                }
            }
            Tok::Name(n) => {
                if self.peek_at(1) == &Tok::Sym("(")
                    && let Some(r) = self.operator(&n)?
                {
                    return Ok(r);
                }
                self.compound()
            }
            _ => self.compound(),
        }
    }

    fn array(&mut self) -> Parsed<Rvalue> {
        self.expect("[")?;
        let mut ops = Vec::new();
        while !self.eat("]") {
            ops.push(self.operand()?);
            if ops.len() == 1 && self.eat(";") {
                let n = self.ty_const()?;
                self.expect("]")?;
                return Ok(Rvalue::Repeat(ops.remove(0), n));
            }
            if !self.eat(",") {
                self.expect("]")?;
                break;
            }
        }
        if !self.eat_name("of") {
            return self.fail("expected `of` and the element type".to_string());
        }
        Ok(Rvalue::Aggregate(AggregateKind::Array(self.ty()?), ops))
    }

    /// `Len(…)`, `Add(…, …)` and so on; `None` if the name is no operator.
    fn operator(&mut self, name: &str) -> Parsed<Option<Rvalue>> {
        let binary = |n: &str| BinOp::ALL.iter().copied().find(|op| op.text() == n);
        let start = self.at;
        self.next();
        self.expect("(")?;
        let rvalue = match name {
            "Len" => Rvalue::Len(self.place()?),
            "Discriminant" => Rvalue::Discriminant(self.place()?),
            "Neg" => Rvalue::Unary(UnOp::Neg, self.operand()?),
            "Not" => Rvalue::Unary(UnOp::Not, self.operand()?),
            _ => match (binary(name), name.strip_prefix("Checked").and_then(binary)) {
                (Some(op), _) => {
                    let (a, b) = self.two()?;
                    Rvalue::Binary(op, a, b)
                }
                (_, Some(op)) => {
                    let (a, b) = self.two()?;
                    Rvalue::CheckedBinary(op, a, b)
                }
                _ => {
                    self.at = start;
                    return Ok(None);
                }
            },
        };
        self.expect(")")?;
        Ok(Some(rvalue))
    }

    fn two(&mut self) -> Parsed<(Operand, Operand)> {
        let a = self.operand()?;
        self.expect(",")?;
        Ok((a, self.operand()?))
    }

    /// `Type.Variant(…)`, `Type.Struct(…)`, `{closure …}(…)`.
    fn compound(&mut self) -> Parsed<Rvalue> {
        let ty = self.ty()?;
        let kind = match *ty.kind() {
            TyKind::Adt(def, args) => {
                self.expect(".")?;
                AggregateKind::Adt(def, self.variant(ty)?, args)
            }
            TyKind::Closure(def, args) => AggregateKind::Closure(def, args),
            _ => return self.fail(format!("`{ty}` has no constructor")),
        };
        self.expect("(")?;
        Ok(Rvalue::Aggregate(kind, self.operands(")")?))
    }
}
