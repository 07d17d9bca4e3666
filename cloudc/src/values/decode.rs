//! The bytes of an output object to JSON text.
//!
//! Objects come from images, but also from a folder that anybody may have written to: every offset is checked.

use std::fmt::Write as _;

use cloudc_analysis::layout::{Layouts, Shape, Tag};
use cloudc_frontend::mono::AdtKind;
use cloudc_frontend::ty::{FloatTy, Ty, TyKind};

use super::encode::Form;
use super::{Look, element, lang, look, owned};

/// A value in an object.
#[derive(Clone, Copy, Debug)]
pub struct Located<'b> {
    /// The object's bytes.
    pub bytes: &'b [u8],
    /// Where the value is; meaningless for the elements of a plain vector.
    pub at: usize,
    /// Its type.
    pub ty: Ty,
    /// How it lies there.
    pub form: Form,
}

const DAMAGED: &str = "the object does not hold a value of its type";
const HEADER: usize = 32;

/// The value that is an object.
pub fn root(bytes: &[u8], ty: Ty, form: Form) -> Located<'_> {
    let at = if form == Form::Record { HEADER } else { 0 };
    Located { bytes, at, ty: owned(ty), form }
}

/// The bytes of a text or byte vector, or of the elements of a vector of numbers, with their number.
///
/// # Errors
/// If the object is damaged.
pub fn elements<'b>(layouts: &Layouts<'_>, v: Located<'b>) -> Result<(&'b [u8], usize), String> {
    let item = element(layouts, v.ty).unwrap_or_else(Ty::u8);
    let size = layouts.of(item).size as usize;
    let (at, len) = span(layouts, v, size)?;
    let data = len.checked_mul(size).and_then(|n| v.bytes.get(at..at.checked_add(n)?)).ok_or(DAMAGED)?;
    Ok((data, len))
}

/// Offset and number of the elements of a vector or text.
fn span(layouts: &Layouts<'_>, v: Located<'_>, size: usize) -> Result<(usize, usize), String> {
    if v.form == Form::Plain {
        return Ok((0, if size == 0 { 0 } else { v.bytes.len() / size }));
    }
    let (mut ty, mut at) = (v.ty, v.at);
    if lang(layouts, ty) == "String" {
        at += layouts.field_offset(ty, 0, 0) as usize;
        ty = layouts.field_tys(ty, 0)[0];
    }
    let (mut start, mut len) = (0, 0);
    for (i, (name, _)) in layouts.adt(ty).variants[0].fields.iter().enumerate() {
        let word = read(v.bytes, at + layouts.field_offset(ty, 0, i) as usize, 8)? as usize;
        match name.as_str() {
            "len" => len = word,
            "cap" => {}
            _ => start = word,
        }
    }
    Ok((if len == 0 { 0 } else { start }, len))
}

/// A value as JSON.
///
/// # Errors
/// If the object is damaged or the type has no JSON.
pub fn json(layouts: &Layouts<'_>, v: Located<'_>) -> Result<String, String> {
    let mut out = String::new();
    write_json(layouts, v, &mut out, 0)?;
    Ok(out)
}

fn read(bytes: &[u8], at: usize, size: usize) -> Result<u128, String> {
    let mut word = [0; 16];
    let slice = at.checked_add(size).and_then(|end| bytes.get(at..end)).ok_or(DAMAGED)?;
    word[..size].copy_from_slice(slice);
    Ok(u128::from_le_bytes(word))
}

fn write_json(layouts: &Layouts<'_>, v: Located<'_>, out: &mut String, depth: usize) -> Result<(), String> {
    if depth > 10_000 {
        return Err("the value is nested too deeply for JSON".to_string());
    }
    let size = layouts.of(v.ty).size as usize;
    let inside = |ty: Ty, at: usize| Located { at, ty, ..v };
    match v.ty.kind() {
        TyKind::Bool => out.push_str(if read(v.bytes, v.at, 1)? == 0 { "false" } else { "true" }),
        TyKind::Char => {
            let c = char::from_u32(read(v.bytes, v.at, 4)? as u32).ok_or(DAMAGED)?;
            quote(out, c.encode_utf8(&mut [0; 4]));
        }
        TyKind::Int(_) => {
            let shift = 128 - 8 * size as u32;
            let n = (read(v.bytes, v.at, size)? << shift) as i128 >> shift;
            let _ = write!(out, "{n}");
        }
        TyKind::Uint(_) => {
            let _ = write!(out, "{}", read(v.bytes, v.at, size)?);
        }
        TyKind::Float(FloatTy::F32) => {
            let x = f32::from_bits(read(v.bytes, v.at, 4)? as u32);
            float(out, x.is_finite(), x.is_nan(), x < 0.0, format_args!("{x:?}"));
        }
        TyKind::Float(FloatTy::F64) => {
            let x = f64::from_bits(read(v.bytes, v.at, 8)? as u64);
            float(out, x.is_finite(), x.is_nan(), x < 0.0, format_args!("{x:?}"));
        }
        TyKind::Array(item, n) => {
            let n = n.as_u64().unwrap_or(0) as usize;
            let stride = layouts.of(*item).size as usize;
            list(out, n, |out, i| write_json(layouts, inside(*item, v.at + i * stride), out, depth + 1))?;
        }
        TyKind::Tuple(items) if items.is_empty() => out.push_str("null"),
        TyKind::Tuple(items) => list(out, items.len(), |out, i| {
            let at = v.at + layouts.field_offset(v.ty, 0, i) as usize;
            write_json(layouts, inside(items[i], at), out, depth + 1)
        })?,
        TyKind::Adt(..) => write_adt(layouts, v, out, depth)?,
        TyKind::Slice(_) | TyKind::Str => write_sequence(layouts, v, out, depth)?,
        _ => return Err(format!("a value of type `{}` cannot be shown", v.ty)),
    }
    Ok(())
}

fn write_sequence(
    layouts: &Layouts<'_>,
    v: Located<'_>,
    out: &mut String,
    depth: usize,
) -> Result<(), String> {
    if look(layouts, v.ty) == Look::Text {
        let (bytes, _) = elements(layouts, v)?;
        quote(out, std::str::from_utf8(bytes).map_err(|_| DAMAGED)?);
        return Ok(());
    }
    let Some(item) = element(layouts, v.ty) else { return Err(DAMAGED.to_string()) };
    let stride = layouts.of(item).size as usize;
    let (at, len) = span(layouts, v, stride)?;
    // A damaged length must not make us write without end.
    if stride > 0 && len > v.bytes.len() / stride {
        return Err(DAMAGED.to_string());
    }
    list(out, len, |out, i| {
        write_json(layouts, Located { at: at + i * stride, ty: item, ..v }, out, depth + 1)
    })
}

fn write_adt(layouts: &Layouts<'_>, v: Located<'_>, out: &mut String, depth: usize) -> Result<(), String> {
    let adt = layouts.adt(v.ty);
    match lang(layouts, v.ty) {
        "String" | "Vec" => return write_sequence(layouts, v, out, depth),
        "owned_box" => {
            let at = read(v.bytes, v.at + layouts.field_offset(v.ty, 0, 0) as usize, 8)? as usize;
            let Some((inner, _)) = layouts.field_tys(v.ty, 0)[0].builtin_deref() else {
                return Err(DAMAGED.to_string());
            };
            return write_json(layouts, Located { at, ty: inner, ..v }, out, depth + 1);
        }
        _ => {}
    }
    if let Some(entries) = collection(layouts, v) {
        return write_collection(layouts, entries, out, depth);
    }
    if !matches!(adt.kind, AdtKind::Enum(_)) {
        return write_fields(layouts, v, 0, out, depth);
    }
    let variant = variant_of(layouts, v)?;
    if lang(layouts, v.ty) == "Option" {
        if variant == 0 {
            out.push_str("null");
            return Ok(());
        }
        return write_fields(layouts, v, 1, out, depth);
    }
    let shape = &adt.variants[variant];
    if shape.fields.is_empty() {
        quote(out, shape.name.as_str());
        return Ok(());
    }
    out.push('{');
    quote(out, shape.name.as_str());
    out.push(':');
    write_fields(layouts, v, variant, out, depth)?;
    out.push('}');
    Ok(())
}

fn write_fields(
    layouts: &Layouts<'_>,
    v: Located<'_>,
    variant: usize,
    out: &mut String,
    depth: usize,
) -> Result<(), String> {
    let fields = &layouts.adt(v.ty).variants[variant].fields;
    let field = |i: usize, ty: Ty| {
        let at = v.at + layouts.field_offset(v.ty, variant, i) as usize;
        Located { at, ty, ..v }
    };
    let is_tuple = fields.first().is_some_and(|f| f.0.as_str().starts_with(|c: char| c.is_ascii_digit()));
    if is_tuple && fields.len() == 1 {
        return write_json(layouts, field(0, fields[0].1), out, depth + 1);
    }
    if is_tuple {
        return list(out, fields.len(), |out, i| write_json(layouts, field(i, fields[i].1), out, depth + 1));
    }
    out.push('{');
    for (i, (name, ty)) in fields.iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        quote(out, name.as_str());
        out.push(':');
        write_json(layouts, field(i, *ty), out, depth + 1)?;
    }
    out.push('}');
    Ok(())
}

/// The variant of an enum value.
fn variant_of(layouts: &Layouts<'_>, v: Located<'_>) -> Result<usize, String> {
    let layout = layouts.of(v.ty);
    let variants = &layouts.adt(v.ty).variants;
    let Shape::Enum(tag, _) = &layout.shape else { return Err(DAMAGED.to_string()) };
    let variant = match *tag {
        Tag::Single(i) => i as usize,
        Tag::Direct { offset, prim } => {
            let size = prim.size() as usize;
            let bits = read(v.bytes, v.at + offset as usize, size)?;
            let mask = if size == 16 { u128::MAX } else { (1 << (8 * size)) - 1 };
            variants.iter().position(|variant| variant.discriminant & mask == bits).ok_or(DAMAGED)?
        }
        Tag::Niche { offset, prim, dataful, start } => {
            let size = prim.size() as usize;
            let mask = if size == 16 { u128::MAX } else { (1 << (8 * size)) - 1 };
            let bits = read(v.bytes, v.at + offset as usize, size)?;
            let position = bits.wrapping_sub(start) & mask;
            if position < variants.len() as u128 - 1 {
                let position = position as usize;
                position + usize::from(position >= dataful as usize)
            } else {
                dataful as usize
            }
        }
    };
    Ok(variant)
}

/// A set or map: the vector that holds its elements in order.
struct Collection<'b> {
    entries: Located<'b>,
    is_map: bool,
}

fn collection<'b>(layouts: &Layouts<'_>, v: Located<'b>) -> Option<Collection<'b>> {
    let adt = layouts.adt(v.ty);
    let is_map = matches!(adt.name.as_str(), "HashMap" | "BTreeMap");
    if !is_map && !matches!(adt.name.as_str(), "HashSet" | "BTreeSet") {
        return None;
    }
    // The first vector in it, depth first, holds the entries.
    let mut at = v;
    loop {
        let fields = &layouts.adt(at.ty).variants[0].fields;
        let next = fields.iter().enumerate().find(|(_, (_, ty))| {
            element(layouts, *ty).is_some()
                || matches!(ty.kind(), TyKind::Adt(..)) && layouts.of(*ty).size >= 24
        });
        let (i, (_, ty)) = next?;
        at = Located { at: at.at + layouts.field_offset(at.ty, 0, i) as usize, ty: *ty, ..at };
        if element(layouts, at.ty).is_some() {
            return Some(Collection { entries: at, is_map });
        }
    }
}

fn write_collection(
    layouts: &Layouts<'_>,
    c: Collection<'_>,
    out: &mut String,
    depth: usize,
) -> Result<(), String> {
    let Some(item) = element(layouts, c.entries.ty) else { return Err(DAMAGED.to_string()) };
    let stride = layouts.of(item).size as usize;
    let (start, len) = span(layouts, c.entries, stride)?;
    if stride > 0 && len > c.entries.bytes.len() / stride {
        return Err(DAMAGED.to_string());
    }
    let parts = layouts.field_tys(item, 0);
    let part = |i: usize, field: usize| {
        let at = start + i * stride + layouts.field_offset(item, 0, field) as usize;
        Located { at, ty: parts[field], ..c.entries }
    };
    // Fields that hold a key or value; a hash beside them is not shown.
    let shown: Vec<usize> = match item.kind() {
        TyKind::Tuple(_) => (0..parts.len()).collect(),
        _ => {
            let fields = &layouts.adt(item).variants[0].fields;
            (0..parts.len()).filter(|&i| fields[i].0.as_str() != "hash").collect()
        }
    };
    let (Some(&key), value) = (shown.first(), shown.get(1)) else { return Err(DAMAGED.to_string()) };
    let Some(&value) = value.filter(|_| c.is_map) else {
        return list(out, len, |out, i| write_json(layouts, part(i, key), out, depth + 1));
    };
    if look(layouts, parts[key]) != Look::Text {
        return list(out, len, |out, i| {
            list(out, 2, |out, k| write_json(layouts, part(i, [key, value][k]), out, depth + 1))
        });
    }
    out.push('{');
    for i in 0..len {
        if i > 0 {
            out.push(',');
        }
        write_json(layouts, part(i, key), out, depth + 1)?;
        out.push(':');
        write_json(layouts, part(i, value), out, depth + 1)?;
    }
    out.push('}');
    Ok(())
}

fn list(
    out: &mut String,
    len: usize,
    mut write: impl FnMut(&mut String, usize) -> Result<(), String>,
) -> Result<(), String> {
    out.push('[');
    for i in 0..len {
        if i > 0 {
            out.push(',');
        }
        write(out, i)?;
    }
    out.push(']');
    Ok(())
}

fn float(out: &mut String, is_finite: bool, is_nan: bool, is_negative: bool, text: std::fmt::Arguments<'_>) {
    let special = match (is_nan, is_negative) {
        (true, _) => "\"NaN\"",
        (_, true) => "\"-inf\"",
        _ => "\"inf\"",
    };
    if is_finite {
        let _ = write!(out, "{text}");
    } else {
        out.push_str(special);
    }
}

/// A JSON string: only what must be escaped is.
pub fn quote(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if (c as u32) < 0x20 => {
                let _ = write!(out, "\\u{:04x}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
}
