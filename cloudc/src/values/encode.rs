//! Text, JSON and `.npy` to the bytes of an input object.
//!
//! JSON follows `serde`'s habits: a struct is an object, a tuple an array, a variant its name or an object of one key,
//! `Option` its content or `null`. An element that does not fit its type is named by its path, `points[3].x`.

use cloudc_analysis::layout::Shape;
use cloudc_analysis::layout::{Layouts, Prim, Tag};
use cloudc_frontend::ty::{FloatTy, Ty, TyKind};
use serde_json::Value;

use super::input::Given;
use super::{Look, element, is_pointer_free, lang, look, npy, owned};

/// How a value lies in its object.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// The value's own bytes, or its elements.
    Plain,
    /// Header, pointer part, payload, bitmap.
    Record,
}

/// The bytes of the object for an input of this type.
///
/// # Errors
/// A message that says what is wrong with what was given.
pub fn encode(layouts: &Layouts<'_>, ty: Ty, form: Form, given: &Given) -> Result<Vec<u8>, String> {
    let ty = owned(ty);
    let origin = given.origin();
    if given.is_npy() && look(layouts, ty) == Look::Json {
        return from_npy(layouts, ty, form, given).map_err(|e| format!("{origin}: {e}"));
    }
    match look(layouts, ty) {
        Look::Text => {
            if let Err(e) = std::str::from_utf8(&given.bytes) {
                let at = e.valid_up_to();
                return Err(format!(
                    "{origin} is not UTF-8: byte {at} is not part of a character, but `{ty}` is text"
                ));
            }
            Ok(finish_elements(&given.bytes, 1, form, layouts, ty))
        }
        Look::Bytes => Ok(finish_elements(&given.bytes, 1, form, layouts, ty)),
        Look::Json => {
            let value: Value = serde_json::from_slice(&given.bytes).map_err(|e| {
                let (line, column) = (e.line(), e.column());
                let what = e.to_string();
                let what = what.split(" at line ").next().unwrap_or(&what);
                format!("{origin} is not JSON: line {line}, column {column}: {what} (a `{ty}` is expected)")
            })?;
            from_json(layouts, ty, form, &value).map_err(|e| format!("{origin}: {e}"))
        }
    }
}

/// The bytes of the object for a JSON value.
///
/// # Errors
/// Which part of the value does not fit.
pub fn from_json(layouts: &Layouts<'_>, ty: Ty, form: Form, value: &Value) -> Result<Vec<u8>, String> {
    let mut encoder =
        Encoder { layouts, p: Vec::new(), d: Vec::new(), pointers: Vec::new(), path: Vec::new() };
    if form == Form::Plain {
        let result = match element(layouts, ty).or_else(|| text_element(layouts, ty)) {
            Some(item) => encoder.items(ty, item, value, Part::D).map(|_| ()),
            None => {
                let at = encoder.reserve(Part::D, ty);
                encoder.write(ty, value, Part::D, at)
            }
        };
        return result.map(|()| encoder.d).map_err(|e| located(&encoder.path, &e));
    }
    let root = layouts.of(ty).size;
    let at = encoder.reserve(Part::P, ty);
    match encoder.write(ty, value, Part::P, at) {
        Ok(()) => Ok(encoder.finish(root)),
        Err(e) => Err(located(&encoder.path, &e)),
    }
}

fn located(path: &[String], error: &str) -> String {
    let path = path.concat();
    if path.is_empty() {
        error.to_string()
    } else {
        format!("at `{}`: {error}", path.trim_start_matches('.'))
    }
}

fn text_element(layouts: &Layouts<'_>, ty: Ty) -> Option<Ty> {
    (look(layouts, ty) == Look::Text).then(Ty::u8)
}

/// An object of these elements, which hold no pointers.
fn finish_elements(data: &[u8], size: usize, form: Form, layouts: &Layouts<'_>, ty: Ty) -> Vec<u8> {
    if form == Form::Plain {
        return data.to_vec();
    }
    let mut encoder =
        Encoder { layouts, p: Vec::new(), d: data.to_vec(), pointers: Vec::new(), path: Vec::new() };
    let root = layouts.of(ty).size;
    let at = encoder.reserve(Part::P, ty);
    encoder.header(ty, at, data.len() / size, Part::D, 0);
    encoder.finish(root)
}

fn from_npy(layouts: &Layouts<'_>, ty: Ty, form: Form, given: &Given) -> Result<Vec<u8>, String> {
    let array = npy::read(&given.bytes)?;
    let Some((item, kind)) = element(layouts, ty).and_then(|item| Some((item, npy_kind(item)?))) else {
        return Err(format!("an .npy file gives a vector of numbers, but the input is a `{ty}`"));
    };
    if array.kind != kind {
        return Err(format!("its elements are `{}`, but `{item}` is `{kind}`", array.kind));
    }
    Ok(finish_elements(array.data, layouts.of(item).size as usize, form, layouts, ty))
}

/// What NumPy calls a type of numbers.
pub fn npy_kind(ty: Ty) -> Option<String> {
    let bytes = ty.scalar_bits()? / 8;
    match ty.kind() {
        TyKind::Bool => Some("b1".to_string()),
        TyKind::Int(_) if bytes <= 8 => Some(format!("i{bytes}")),
        TyKind::Uint(_) if bytes <= 8 => Some(format!("u{bytes}")),
        TyKind::Float(_) => Some(format!("f{bytes}")),
        _ => None,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// What holds pointers.
    P,
    /// What holds none.
    D,
}

struct Encoder<'a, 'p> {
    layouts: &'a Layouts<'p>,
    p: Vec<u8>,
    d: Vec<u8>,
    /// Words of P that point somewhere: offset of the word, part and offset of the target.
    pointers: Vec<(usize, Part, usize)>,
    /// Where in the value we are, for messages.
    path: Vec<String>,
}

const HEADER: usize = 32;

impl Encoder<'_, '_> {
    fn part(&mut self, part: Part) -> &mut Vec<u8> {
        match part {
            Part::P => &mut self.p,
            Part::D => &mut self.d,
        }
    }

    fn reserve(&mut self, part: Part, ty: Ty) -> usize {
        let layout = self.layouts.of(ty);
        self.reserve_bytes(part, layout.size as usize, layout.align as usize)
    }

    fn reserve_bytes(&mut self, part: Part, size: usize, align: usize) -> usize {
        let align = if part == Part::P { align.max(8) } else { align };
        let bytes = self.part(part);
        let at = bytes.len().next_multiple_of(align);
        bytes.resize(at + size, 0);
        at
    }

    fn put(&mut self, part: Part, at: usize, bytes: &[u8]) {
        self.part(part)[at..at + bytes.len()].copy_from_slice(bytes);
    }

    fn field(&self, ty: Ty, variant: usize, field: usize) -> usize {
        self.layouts.field_offset(ty, variant, field) as usize
    }

    /// Writes a `Vec` or `String` at `at` of P whose elements are at `target`.
    fn header(&mut self, ty: Ty, at: usize, len: usize, part: Part, target: usize) {
        let layouts = self.layouts;
        if lang(layouts, ty) == "String" {
            let vec = layouts.field_tys(ty, 0)[0];
            let inner = at + self.field(ty, 0, 0);
            return self.header(vec, inner, len, part, target);
        }
        let Some(item) = element(layouts, ty).or_else(|| text_element(layouts, ty)) else { return };
        let names: Vec<&str> = match ty.kind() {
            TyKind::Adt(..) => layouts.adt(ty).variants[0].fields.iter().map(|f| f.0.as_str()).collect(),
            // A slice or string reference: pointer and length.
            _ => Vec::new(),
        };
        for (i, name) in names.iter().enumerate() {
            let field = at + self.field(ty, 0, i);
            match *name {
                "cap" | "len" => self.put(Part::P, field, &(len as u64).to_le_bytes()),
                // The address of no elements is their alignment.
                _ if len == 0 => {
                    let align = layouts.of(item).align;
                    self.put(Part::P, field, &align.to_le_bytes());
                }
                _ => self.pointers.push((field, part, target)),
            }
        }
    }

    /// Writes the elements of a vector or text; their part, offset and number.
    fn items(
        &mut self,
        ty: Ty,
        item: Ty,
        value: &Value,
        at_least: Part,
    ) -> Result<(Part, usize, usize), String> {
        if let (Value::String(text), Look::Text) = (value, look(self.layouts, ty)) {
            let at = self.reserve_bytes(Part::D, text.len(), 1);
            self.put(Part::D, at, text.as_bytes());
            return Ok((Part::D, at, text.len()));
        }
        let Value::Array(values) = value else { return Err(expected(ty, value)) };
        let part = if at_least == Part::D || is_pointer_free(self.layouts, item) { Part::D } else { Part::P };
        let layout = self.layouts.of(item);
        let at = self.reserve_bytes(part, layout.size as usize * values.len(), layout.align as usize);
        for (i, value) in values.iter().enumerate() {
            self.within(format!("[{i}]"), |this| {
                this.write(item, value, part, at + i * layout.size as usize)
            })?;
        }
        Ok((part, at, values.len()))
    }

    fn within<R>(
        &mut self,
        step: String,
        f: impl FnOnce(&mut Self) -> Result<R, String>,
    ) -> Result<R, String> {
        self.path.push(step);
        let result = f(self)?;
        self.path.pop();
        Ok(result)
    }

    /// Writes a value at an offset of a part.
    fn write(&mut self, ty: Ty, value: &Value, part: Part, at: usize) -> Result<(), String> {
        match ty.kind() {
            TyKind::Bool => match value {
                Value::Bool(b) => self.put(part, at, &[u8::from(*b)]),
                _ => return Err(expected(ty, value)),
            },
            TyKind::Char => match value.as_str().map(|s| (s.chars().next(), s.chars().count())) {
                Some((Some(c), 1)) => self.put(part, at, &u32::from(c).to_le_bytes()),
                _ => return Err(expected(ty, value)),
            },
            TyKind::Int(_) | TyKind::Uint(_) => {
                let bits = integer(ty, value)?;
                let size = self.layouts.of(ty).size as usize;
                self.put(part, at, &bits.to_le_bytes()[..size]);
            }
            TyKind::Float(kind) => self.float(ty, *kind, value, part, at)?,
            TyKind::Array(item, n) => {
                let Value::Array(values) = value else { return Err(expected(ty, value)) };
                if n.as_u64() != Some(values.len() as u64) {
                    return Err(format!("`{ty}` is expected, but there are {} elements", values.len()));
                }
                let stride = self.layouts.of(*item).size as usize;
                for (i, value) in values.iter().enumerate() {
                    self.within(format!("[{i}]"), |this| this.write(*item, value, part, at + i * stride))?;
                }
            }
            TyKind::Tuple(items) => {
                if !(items.is_empty() && value.is_null()) {
                    let fields: Vec<Ty> = items.to_vec();
                    self.sequence(ty, 0, &fields, value, part, at)?;
                }
            }
            TyKind::Adt(..) => self.adt(ty, value, part, at)?,
            _ => return Err(format!("a value of type `{ty}` cannot be given from outside")),
        }
        Ok(())
    }

    fn float(&mut self, ty: Ty, kind: FloatTy, value: &Value, part: Part, at: usize) -> Result<(), String> {
        let text = match value {
            Value::Number(n) => n.to_string(),
            Value::String(s) if matches!(s.as_str(), "NaN" | "inf" | "-inf") => s.clone(),
            _ => return Err(expected(ty, value)),
        };
        let bad = |_| expected(ty, value);
        match kind {
            FloatTy::F32 => self.put(part, at, &text.parse::<f32>().map_err(bad)?.to_le_bytes()),
            FloatTy::F64 => self.put(part, at, &text.parse::<f64>().map_err(bad)?.to_le_bytes()),
        }
        Ok(())
    }

    /// Fields by position.
    fn sequence(
        &mut self,
        ty: Ty,
        variant: usize,
        fields: &[Ty],
        value: &Value,
        part: Part,
        at: usize,
    ) -> Result<(), String> {
        let Value::Array(values) = value else { return Err(expected(ty, value)) };
        if values.len() != fields.len() {
            return Err(format!("`{ty}` has {} parts, {} are given", fields.len(), values.len()));
        }
        for (i, (value, field)) in values.iter().zip(fields).enumerate() {
            let at = at + self.field(ty, variant, i);
            self.within(format!(".{i}"), |this| this.write(*field, value, part, at))?;
        }
        Ok(())
    }

    fn adt(&mut self, ty: Ty, value: &Value, part: Part, at: usize) -> Result<(), String> {
        let layouts = self.layouts;
        let adt = layouts.adt(ty);
        match lang(layouts, ty) {
            "String" if !value.is_string() => return Err(expected(ty, value)),
            "String" | "Vec" => {
                let item = element(layouts, ty).unwrap_or_else(Ty::u8);
                let (target_part, target, len) = self.items(ty, item, value, Part::P)?;
                self.header(ty, at, len, target_part, target);
                return Ok(());
            }
            "owned_box" => {
                let Some(inner) = layouts.field_tys(ty, 0)[0].builtin_deref().map(|d| d.0) else {
                    return Err(expected(ty, value));
                };
                let target = self.reserve(Part::P, inner);
                self.write(inner, value, Part::P, target)?;
                self.pointers.push((at + self.field(ty, 0, 0), Part::P, target));
                return Ok(());
            }
            "Option" => {
                let variant = usize::from(!value.is_null());
                if variant == 1 {
                    let inner = layouts.field_tys(ty, 1)[0];
                    self.write(inner, value, part, at + self.field(ty, 1, 0))?;
                }
                self.tag(ty, variant, part, at);
                return Ok(());
            }
            _ => {}
        }
        if matches!(
            adt.name.as_str(),
            "HashMap" | "HashSet" | "BTreeMap" | "BTreeSet" | "VecDeque" | "BinaryHeap"
        ) {
            return Err(format!(
                "a `{}` cannot be given from outside; take a `Vec` of its elements and collect it",
                adt.name
            ));
        }
        if adt.variants.len() == 1 && !matches!(adt.kind, cloudc_frontend::mono::AdtKind::Enum(_)) {
            return self.fields(ty, 0, value, part, at);
        }
        let (name, content) = match value {
            Value::String(name) => (name.as_str(), None),
            Value::Object(map) if map.len() == 1 => match map.iter().next() {
                Some((name, content)) => (name.as_str(), Some(content)),
                None => return Err(expected(ty, value)),
            },
            _ => return Err(expected(ty, value)),
        };
        let Some(variant) = adt.variants.iter().position(|v| v.name.as_str() == name) else {
            let known: Vec<&str> = adt.variants.iter().map(|v| v.name.as_str()).collect();
            return Err(format!("`{}` has no variant `{name}`; it has {}", adt.name, known.join(", ")));
        };
        match content {
            Some(content) => {
                self.within(format!(".{name}"), |this| this.fields(ty, variant, content, part, at))?;
            }
            None if adt.variants[variant].fields.is_empty() => {}
            None => return Err(format!("variant `{name}` has fields; write {{\"{name}\": …}}")),
        }
        self.tag(ty, variant, part, at);
        Ok(())
    }

    /// The fields of a struct or variant: by name, by position, or the only one by itself.
    fn fields(&mut self, ty: Ty, variant: usize, value: &Value, part: Part, at: usize) -> Result<(), String> {
        let layouts = self.layouts;
        let fields = &layouts.adt(ty).variants[variant].fields;
        let is_tuple = fields.first().is_some_and(|f| f.0.as_str().starts_with(|c: char| c.is_ascii_digit()));
        if is_tuple && fields.len() == 1 {
            let at = at + self.field(ty, variant, 0);
            return self.write(fields[0].1, value, part, at);
        }
        if is_tuple {
            let tys: Vec<Ty> = fields.iter().map(|f| f.1).collect();
            return self.sequence(ty, variant, &tys, value, part, at);
        }
        let Value::Object(map) = value else { return Err(expected(ty, value)) };
        if let Some(extra) = map.keys().find(|k| fields.iter().all(|f| f.0.as_str() != k.as_str())) {
            return Err(format!("`{ty}` has no field `{extra}`"));
        }
        for (i, (name, field)) in fields.iter().enumerate() {
            let Some(value) = map.get(name.as_str()) else {
                return Err(format!("the field `{name}` of `{ty}` is missing"));
            };
            let at = at + self.field(ty, variant, i);
            self.within(format!(".{name}"), |this| this.write(*field, value, part, at))?;
        }
        Ok(())
    }

    fn tag(&mut self, ty: Ty, variant: usize, part: Part, at: usize) {
        let layout = self.layouts.of(ty);
        let Shape::Enum(tag, _) = &layout.shape else { return };
        let (offset, prim, bits) = match *tag {
            Tag::Single(_) => return,
            Tag::Direct { offset, prim } => {
                (offset, prim, self.layouts.adt(ty).variants[variant].discriminant)
            }
            Tag::Niche { dataful, .. } if dataful as usize == variant => return,
            Tag::Niche { offset, prim, dataful, start } => {
                let position = variant - usize::from(variant > dataful as usize);
                (offset, prim, start.wrapping_add(position as u128))
            }
        };
        let size = Prim::size(prim) as usize;
        self.put(part, at + offset as usize, &bits.to_le_bytes()[..size]);
    }

    fn finish(mut self, root: u64) -> Vec<u8> {
        let p_len = self.p.len().next_multiple_of(8);
        self.p.resize(p_len, 0);
        let words = p_len / 8;
        let d_at = (HEADER + p_len).next_multiple_of(16);
        let bitmap_at = (d_at + self.d.len()).next_multiple_of(8);
        let mut bitmap = vec![0u64; words.div_ceil(64)];
        for (at, part, target) in &self.pointers {
            let offset = match part {
                Part::P => HEADER + target,
                Part::D => d_at + target,
            };
            self.p[*at..at + 8].copy_from_slice(&(offset as u64).to_le_bytes());
            bitmap[at / 8 / 64] |= 1 << (at / 8 % 64);
        }
        let mut out = Vec::with_capacity(bitmap_at + bitmap.len() * 8);
        for n in [p_len as u64, d_at as u64, bitmap_at as u64, root] {
            out.extend(n.to_le_bytes());
        }
        out.extend(&self.p);
        out.resize(d_at, 0);
        out.extend(&self.d);
        out.resize(bitmap_at, 0);
        bitmap.iter().for_each(|word| out.extend(word.to_le_bytes()));
        out
    }
}

/// The bits of an integer, sign-extended.
fn integer(ty: Ty, value: &Value) -> Result<u128, String> {
    let text = match value {
        Value::Number(n) => n.to_string(),
        _ => return Err(expected(ty, value)),
    };
    let bits = ty.scalar_bits().unwrap_or(128);
    let does_not_fit = || format!("{text} is not a `{ty}`");
    if ty.is_signed() {
        let n: i128 = text.parse().map_err(|_| does_not_fit())?;
        let shift = 128 - bits;
        return if (n << shift) >> shift == n { Ok(n as u128) } else { Err(does_not_fit()) };
    }
    let n: u128 = text.parse().map_err(|_| does_not_fit())?;
    if bits < 128 && n >> bits != 0 { Err(does_not_fit()) } else { Ok(n) }
}

fn expected(ty: Ty, value: &Value) -> String {
    let found = match value {
        Value::Null => "null".to_string(),
        Value::Bool(b) => b.to_string(),
        Value::Number(n) => n.to_string(),
        Value::String(_) => "a string".to_string(),
        Value::Array(a) => format!("an array of {}", a.len()),
        Value::Object(_) => "an object".to_string(),
    };
    format!("`{ty}` is expected, found {found}")
}
