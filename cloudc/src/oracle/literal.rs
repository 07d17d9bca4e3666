//! Inputs as Rust expressions.

use cloudc_analysis::layout::Layouts;
use cloudc_frontend::ty::{FloatTy, GenericArg, Ty, TyKind};
use serde_json::Value;

use super::rust_path;
use crate::values::encode::{self, Form};
use crate::values::input::Given;
use crate::values::{Look, element, is_pointer_free, lang, look, owned};

/// Makes expressions; large data goes to files.
pub struct Literals<'a, 'p> {
    /// Shapes of types.
    pub layouts: &'a Layouts<'p>,
    /// Files the expressions read.
    pub files: Vec<(String, Vec<u8>)>,
}

/// Whether a path is of the standard library.
pub fn is_std(path: &str) -> bool {
    matches!(path.split("::").next(), Some("std" | "core" | "alloc"))
}

/// A type as Rust writes it, with full paths.
///
/// # Errors
/// If it has no name.
pub fn spell(layouts: &Layouts<'_>, ty: Ty) -> Result<String, String> {
    Ok(match ty.kind() {
        TyKind::Adt(def, args) => {
            let short = match lang(layouts, ty) {
                "String" => "String",
                "Vec" => "Vec",
                "owned_box" => "Box",
                _ => "",
            };
            let path = if short.is_empty() {
                rust_path(layouts.program(), def.path.as_str())
            } else {
                short.to_string()
            };
            let mut list = Vec::new();
            for arg in args.iter() {
                match arg {
                    GenericArg::Type(t) => list.push(spell(layouts, *t)?),
                    GenericArg::Const(c) => list.push(c.as_u64().map_or_else(String::new, |n| n.to_string())),
                    GenericArg::Region(_) => {}
                }
            }
            if list.is_empty() { path } else { format!("{path}<{}>", list.join(", ")) }
        }
        TyKind::Array(t, n) => format!("[{}; {}]", spell(layouts, *t)?, n.as_u64().unwrap_or(0)),
        TyKind::Tuple(ts) => {
            let list: Result<Vec<String>, String> = ts.iter().map(|t| spell(layouts, *t)).collect();
            let list = list?;
            format!("({}{})", list.join(", "), if list.len() == 1 { "," } else { "" })
        }
        TyKind::Closure(..) | TyKind::FnDef(..) | TyKind::Opaque(..) => {
            return Err(format!("`{ty}` has no name"));
        }
        _ => ty.to_string(),
    })
}

impl Literals<'_, '_> {
    /// An expression of the owned form of a parameter's type.
    ///
    /// # Errors
    /// If what was given does not fit.
    pub fn input(&mut self, ty: Ty, given: &Given) -> Result<String, String> {
        let ty = owned(ty);
        let file = format!("{}.bin", given.name);
        match look(self.layouts, ty) {
            Look::Text => {
                self.files.push((file.clone(), given.bytes.clone()));
                return Ok(format!("std::fs::read_to_string({file:?}).unwrap()"));
            }
            Look::Bytes => {
                self.files.push((file.clone(), given.bytes.clone()));
                return Ok(format!("std::fs::read({file:?}).unwrap()"));
            }
            Look::Json => {}
        }
        if let Some(item) = element(self.layouts, ty)
            && matches!(item.kind(), TyKind::Int(_) | TyKind::Uint(_) | TyKind::Float(_))
        {
            let size = self.layouts.of(item).size;
            self.files.push((file.clone(), encode::encode(self.layouts, ty, Form::Plain, given)?));
            return Ok(format!(
                "std::fs::read({file:?}).unwrap().chunks_exact({size}).map(|c| {item}::from_le_bytes(c.try_into().unwrap())).collect::<Vec<{item}>>()"
            ));
        }
        let value: Value =
            serde_json::from_slice(&given.bytes).map_err(|e| format!("input `{}`: {e}", given.name))?;
        // Whatever is wrong with the value, the encoder says it better.
        let form = if is_pointer_free(self.layouts, ty) { Form::Plain } else { Form::Record };
        encode::from_json(self.layouts, ty, form, &value)?;
        self.value(ty, &value)
    }

    fn value(&self, ty: Ty, value: &Value) -> Result<String, String> {
        let layouts = self.layouts;
        Ok(match (ty.kind(), value) {
            (TyKind::Bool, Value::Bool(b)) => b.to_string(),
            (TyKind::Char, Value::String(s)) => format!("{:?}", s.chars().next().unwrap_or_default()),
            (TyKind::Int(_) | TyKind::Uint(_), Value::Number(n)) => format!("{n}{ty}"),
            (TyKind::Float(kind), value) => {
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_string);
                match kind {
                    FloatTy::F32 => {
                        format!("f32::from_bits({})", text.parse::<f32>().unwrap_or(0.0).to_bits())
                    }
                    FloatTy::F64 => {
                        format!("f64::from_bits({})", text.parse::<f64>().unwrap_or(0.0).to_bits())
                    }
                }
            }
            (TyKind::Array(t, _), Value::Array(items)) => {
                format!("[{}]", self.list(&vec![*t; items.len()], items)?)
            }
            (TyKind::Tuple(ts), Value::Array(items)) => {
                format!("({}{})", self.list(ts, items)?, if items.len() == 1 { "," } else { "" })
            }
            (TyKind::Tuple(_), _) => "()".to_string(),
            (TyKind::Adt(..), _) => match (lang(layouts, ty), element(layouts, ty)) {
                ("String", _) => format!("String::from({:?})", value.as_str().unwrap_or_default()),
                (_, Some(item)) => match value {
                    Value::Array(items) => format!("vec![{}]", self.list(&vec![item; items.len()], items)?),
                    _ => return Err(format!("`{ty}` needs an array")),
                },
                ("owned_box", _) => {
                    let inner = layouts.field_tys(ty, 0)[0].builtin_deref().map_or(ty, |d| d.0);
                    format!("Box::new({})", self.value(inner, value)?)
                }
                ("Option", _) if value.is_null() => "None".to_string(),
                ("Option", _) => format!("Some({})", self.value(layouts.field_tys(ty, 1)[0], value)?),
                _ => self.adt(ty, value)?,
            },
            _ => return Err(format!("an input of type `{ty}` cannot be written for rustc")),
        })
    }

    fn list(&self, tys: &[Ty], values: &[Value]) -> Result<String, String> {
        let parts: Result<Vec<String>, String> =
            tys.iter().zip(values).map(|(t, v)| self.value(*t, v)).collect();
        Ok(parts?.join(", "))
    }

    fn adt(&self, ty: Ty, value: &Value) -> Result<String, String> {
        let adt = self.layouts.adt(ty);
        let path = rust_path(self.layouts.program(), adt.def.path.as_str());
        let (path, variant, content) = match (adt.kind, value) {
            (cloudc_frontend::mono::AdtKind::Enum(_), Value::String(name)) => {
                (format!("{path}::{name}"), name.as_str(), &Value::Null)
            }
            (cloudc_frontend::mono::AdtKind::Enum(_), Value::Object(map)) => match map.iter().next() {
                Some((name, content)) => (format!("{path}::{name}"), name.as_str(), content),
                None => return Err(format!("`{ty}` needs a variant")),
            },
            _ => (path, "", value),
        };
        let shape = adt.variants.iter().find(|v| v.name.as_str() == variant).or(adt.variants.first());
        let fields = shape.map(|v| &v.fields[..]).unwrap_or_default();
        let mut parts = Vec::new();
        for (i, (name, field)) in fields.iter().enumerate() {
            let value = match content {
                Value::Object(map) if map.contains_key(name.as_str()) => &map[name.as_str()],
                Value::Array(items) if fields.len() > 1 => items.get(i).unwrap_or(&Value::Null),
                other => other,
            };
            parts.push(format!("{name}: {}", self.value(*field, value)?));
        }
        Ok(format!("{path} {{ {} }}", parts.join(", ")))
    }
}
