//! The `main` that lets rustc run an entry: it makes the inputs and prints the results as `cloudc run` does.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use cloudc_analysis::layout::Layouts;
use cloudc_analysis::tasks::Task;
use cloudc_frontend::mono::{AdtKind, Program};
use cloudc_frontend::ty::{Ty, TyKind};

use super::literal::{self, Literals};
use super::rust_path;
use crate::values::input::Given;
use crate::values::{Look, lang, look};

/// What is added to the program.
pub struct Shim {
    /// Appended to the root file.
    pub text: String,
    /// Data files beside it.
    pub files: Vec<(String, Vec<u8>)>,
}

/// JSON as `cloudc` writes it, for the types of std.
const TRAIT: &str = r#"
mod __cloudc {
    pub trait Show { fn show(&self, o: &mut String); }
    pub fn quote(o: &mut String, t: &str) {
        o.push('"');
        for c in t.chars() {
            match c {
                '"' => o.push_str("\\\""),
                '\\' => o.push_str("\\\\"),
                '\n' => o.push_str("\\n"),
                '\r' => o.push_str("\\r"),
                '\t' => o.push_str("\\t"),
                c if (c as u32) < 0x20 => o.push_str(&format!("\\u{:04x}", c as u32)),
                c => o.push(c),
            }
        }
        o.push('"');
    }
    macro_rules! plain { ($($t:ty)*) => { $(impl Show for $t { fn show(&self, o: &mut String) { o.push_str(&self.to_string()) } })* } }
    plain!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize bool);
    macro_rules! float { ($($t:ty)*) => { $(impl Show for $t { fn show(&self, o: &mut String) {
        if self.is_nan() { o.push_str("\"NaN\"") } else if self.is_infinite() { o.push_str(if *self < 0.0 { "\"-inf\"" } else { "\"inf\"" }) }
        else { o.push_str(&format!("{self:?}")) } } })* } }
    float!(f32 f64);
    impl Show for char { fn show(&self, o: &mut String) { quote(o, &self.to_string()) } }
    impl Show for str { fn show(&self, o: &mut String) { quote(o, self) } }
    impl Show for String { fn show(&self, o: &mut String) { quote(o, self) } }
    impl Show for () { fn show(&self, o: &mut String) { o.push_str("null") } }
    fn list<'a, T: Show + 'a>(o: &mut String, items: impl Iterator<Item = &'a T>) {
        o.push('[');
        for (i, x) in items.enumerate() { if i > 0 { o.push(',') } x.show(o) }
        o.push(']');
    }
    impl<T: Show> Show for [T] { fn show(&self, o: &mut String) { list(o, self.iter()) } }
    impl<T: Show> Show for Vec<T> { fn show(&self, o: &mut String) { list(o, self.iter()) } }
    impl<T: Show, const N: usize> Show for [T; N] { fn show(&self, o: &mut String) { list(o, self.iter()) } }
    impl<T: Show> Show for std::collections::BTreeSet<T> { fn show(&self, o: &mut String) { list(o, self.iter()) } }
    impl<V: Show> Show for std::collections::BTreeMap<String, V> { fn show(&self, o: &mut String) {
        o.push('{');
        for (i, (k, v)) in self.iter().enumerate() { if i > 0 { o.push(',') } quote(o, k); o.push(':'); v.show(o) }
        o.push('}');
    } }
    impl<T: Show + ?Sized> Show for &T { fn show(&self, o: &mut String) { (**self).show(o) } }
    impl<T: Show + ?Sized> Show for Box<T> { fn show(&self, o: &mut String) { (**self).show(o) } }
    impl<T: Show> Show for Option<T> { fn show(&self, o: &mut String) { match self { Some(x) => x.show(o), None => o.push_str("null") } } }
    impl<T: Show, E: Show> Show for Result<T, E> { fn show(&self, o: &mut String) {
        match self { Ok(x) => { o.push_str("{\"Ok\":"); x.show(o) } Err(e) => { o.push_str("{\"Err\":"); e.show(o) } }
        o.push('}');
    } }
    macro_rules! tuple { ($($n:tt $t:ident),*) => { impl<$($t: Show),*> Show for ($($t,)*) { fn show(&self, o: &mut String) {
        o.push('['); $( if $n > 0 { o.push(',') } self.$n.show(o); )* o.push(']'); } } } }
    tuple!(0 A); tuple!(0 A, 1 B); tuple!(0 A, 1 B, 2 C); tuple!(0 A, 1 B, 2 C, 3 D); tuple!(0 A, 1 B, 2 C, 3 D, 4 E);
    tuple!(0 A, 1 B, 2 C, 3 D, 4 E, 5 F);
}
"#;

/// The code for an entry with these inputs.
///
/// # Errors
/// If an input does not fit its type, or a type cannot be spelled.
pub fn main(program: &Program, entry: &Task, given: &[Given]) -> Result<Shim, String> {
    let layouts = Layouts::new(program);
    let mut literals = Literals { layouts: &layouts, files: Vec::new() };
    let mut text = String::from(TRAIT);
    let mut body = String::new();
    let mut args = Vec::new();
    for (i, (port, given)) in entry.inputs.iter().zip(given).enumerate() {
        let value = literals.input(port.ty, given)?;
        let _ = writeln!(body, "    let __{i} = {value};");
        args.push(match port.ty.kind() {
            TyKind::Ref(..) => format!("&__{i}"),
            _ => format!("__{i}"),
        });
    }
    let _ = writeln!(body, "    let __result = crate::{}({});", entry.name, args.join(", "));
    let shown: Vec<_> =
        entry.outputs.iter().enumerate().filter(|(i, _)| entry.text_output != Some(*i as u32)).collect();
    let mut described = BTreeSet::new();
    for (_, port) in &shown {
        describe(&layouts, port.ty, &mut text, &mut described)?;
    }
    match &shown[..] {
        [] => {}
        [(_, port)] if port.name == "result" && look(&layouts, port.ty) != Look::Json => {
            body.push_str(
                "    std::io::Write::write_all(&mut std::io::stdout(), AsRef::<[u8]>::as_ref(&__result)).unwrap();\n",
            );
        }
        [(_, port)] if port.name == "result" => {
            body.push_str(
                "    let mut __o = String::new();\n    __cloudc::Show::show(&__result, &mut __o);\n",
            );
            body.push_str("    println!(\"{__o}\");\n");
        }
        fields => {
            body.push_str("    let mut __o = String::from(\"{\");\n");
            for (k, (_, port)) in fields.iter().enumerate() {
                let name = &port.name;
                let comma = if k > 0 { "," } else { "" };
                let _ = writeln!(body, "    __o.push_str({:?});", format!("{comma}\"{name}\":"));
                let _ = writeln!(body, "    __cloudc::Show::show(&__result.{name}, &mut __o);");
            }
            body.push_str("    println!(\"{__o}}}\");\n");
        }
    }
    let _ = writeln!(text, "fn main() {{\n{body}}}");
    Ok(Shim { text, files: literals.files })
}

/// `impl Show` for the user's types in a type.
fn describe(
    layouts: &Layouts<'_>,
    ty: Ty,
    out: &mut String,
    done: &mut BTreeSet<String>,
) -> Result<(), String> {
    match ty.kind() {
        TyKind::Ref(_, t, _) | TyKind::RawPtr(t, _) | TyKind::Array(t, _) | TyKind::Slice(t) => {
            return describe(layouts, *t, out, done);
        }
        TyKind::Tuple(ts) => return ts.iter().try_for_each(|t| describe(layouts, *t, out, done)),
        TyKind::Adt(..) => {}
        _ => return Ok(()),
    }
    let name = literal::spell(layouts, ty)?;
    if !done.insert(name.clone()) {
        return Ok(());
    }
    let adt = layouts.adt(ty);
    if matches!(adt.name.as_str(), "HashMap" | "HashSet") {
        return Err(format!(
            "the order of a `{}` differs between cloudc and rustc; return it sorted",
            adt.name
        ));
    }
    let is_std = literal::is_std(adt.def.path.as_str());
    if let TyKind::Adt(_, args) = ty.kind() {
        for arg in args.iter().filter_map(|a| a.as_type()) {
            describe(layouts, arg, out, done)?;
        }
    }
    if is_std || lang(layouts, ty) == "owned_box" {
        return Ok(());
    }
    for (_, t) in adt.variants.iter().flat_map(|v| &v.fields) {
        describe(layouts, *t, out, done)?;
    }
    let _ =
        writeln!(out, "impl __cloudc::Show for {name} {{ fn show(&self, o: &mut String) {{ match self {{");
    let path = rust_path(layouts.program(), adt.def.path.as_str());
    let is_enum = matches!(adt.kind, AdtKind::Enum(_));
    for variant in &adt.variants {
        let tag = variant.name.as_str();
        let path = if is_enum { format!("{path}::{tag}") } else { path.clone() };
        let fields: Vec<&str> = variant.fields.iter().map(|f| f.0.as_str()).collect();
        let is_tuple = fields.first().is_some_and(|f| f.starts_with(|c: char| c.is_ascii_digit()));
        let pattern: Vec<String> = fields.iter().map(|f| format!("{f}: f{f}")).collect();
        let _ = writeln!(out, "{path} {{ {} }} => {{", pattern.join(", "));
        if is_enum && fields.is_empty() {
            let _ = writeln!(out, "__cloudc::quote(o, {tag:?}); }}");
            continue;
        }
        if is_enum {
            let _ = writeln!(out, "o.push_str({:?});", format!("{{\"{tag}\":"));
        }
        let (open, close) = match (is_tuple, fields.len()) {
            (true, 1) => ("", ""),
            (true, _) => ("[", "]"),
            _ => ("{", "}"),
        };
        let _ = writeln!(out, "o.push_str({open:?});");
        for (i, field) in fields.iter().enumerate() {
            let comma = if i > 0 { "," } else { "" };
            let key = if is_tuple { comma.to_string() } else { format!("{comma}\"{field}\":") };
            let _ = writeln!(out, "o.push_str({key:?}); __cloudc::Show::show(f{field}, o);");
        }
        let end = if is_enum { format!("{close}}}") } else { close.to_string() };
        let _ = writeln!(out, "o.push_str({end:?}); }}");
    }
    out.push_str("} } }\n");
    Ok(())
}
