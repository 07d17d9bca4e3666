//! Writes MIR as text. What is written here, [`parse`](super::parse) reads back (spans aside).

use std::fmt::{self, Display, Write};

use super::*;
use crate::hir::DefId;
use crate::index::Idx;
use crate::mono::{Adt, AdtKind, Function, Program};
use crate::symbol::Symbol;
use crate::ty::{Args, Const, Mutability, Ty};
use crate::ty::{ConstKind, FloatTy, GenericArg, Region, TyKind};

/// The text of a whole program: head, declarations of types, functions.
pub fn print_program(program: &Program) -> String {
    let mut out = String::new();
    for (ty, adt) in &program.adts {
        print_adt(&mut out, *ty, adt);
    }
    for (name, f) in &program.lang_funcs {
        let _ = writeln!(out, "lang {name} = {};", name_text(&program.functions[*f].name));
    }
    if !program.roots.is_empty() {
        let names: Vec<_> = program.roots.iter().map(|f| name_text(&program.functions[*f].name)).collect();
        let _ = writeln!(out, "roots {};", names.join(", "));
    }
    for function in &program.functions {
        if !out.is_empty() {
            out.push('\n');
        }
        print_function(&mut out, program, function);
    }
    out
}

/// The text of one function of a program.
pub fn print_function(out: &mut String, program: &Program, function: &Function) {
    let mut attrs = Vec::new();
    if function.track_caller {
        attrs.push("track_caller".to_string());
    }
    if function.inline != 0 {
        attrs.push(format!("inline = {}", function.inline));
    }
    if let Some(s) = function.skeleton {
        attrs.push(format!("skeleton = {:?}", s.as_str()));
    }
    if function.is_std {
        attrs.push("std".to_string());
    }
    if !attrs.is_empty() {
        let _ = writeln!(out, "#[{}]", attrs.join(", "));
    }
    print_body_as(out, Some(program), &function.name, &function.body, &mut |_| None);
}

/// The text of a body, generic or not. Names of functions and variants are shown if a program is given.
pub fn print_body(program: Option<&Program>, body: &Body) -> String {
    let mut out = String::new();
    print_body_as(&mut out, program, &body.name, body, &mut |_| None);
    out
}

/// The same, with a remark at the head of each block.
pub fn print_body_with(
    program: Option<&Program>,
    body: &Body,
    remark: &mut dyn FnMut(BlockId) -> Option<String>,
) -> String {
    let mut out = String::new();
    print_body_as(&mut out, program, &body.name, body, remark);
    out
}

fn print_body_as(
    out: &mut String,
    program: Option<&Program>,
    name: &str,
    body: &Body,
    remark: &mut dyn FnMut(BlockId) -> Option<String>,
) {
    let cx = Cx { program, body };
    let decl = |l: Local| {
        let d = &body.locals[l];
        match d.name {
            Some(n) => {
                let m = if d.mutability == Mutability::Mut { "mut " } else { "" };
                format!("{l}: {} as {m}{n}", TyText(d.ty))
            }
            None => format!("{l}: {}", TyText(d.ty)),
        }
    };
    let args: Vec<_> = body.args().map(decl).collect();
    let _ = write!(out, "fn {}({})", name_text(name), args.join(", "));
    if !body.return_ty().is_unit() {
        let _ = write!(out, " -> {}", TyText(body.return_ty()));
    }
    out.push_str(" {\n");
    for l in body.locals.indices().filter(|l| l.index() == 0 || l.index() > body.arg_count) {
        let _ = writeln!(out, "    let {};", decl(l));
    }
    for (id, block) in body.blocks.iter_enumerated() {
        let _ = write!(out, "    {id}: {{");
        if let Some(text) = remark(id) {
            let _ = write!(out, "{:30}// {text}", "");
        }
        out.push('\n');
        for statement in &block.statements {
            let _ = writeln!(out, "        {}", StatementText(&cx, statement));
        }
        let _ = writeln!(out, "        {}", TerminatorText(&cx, &block.terminator));
        out.push_str("    }\n");
    }
    out.push_str("}\n");
}

fn print_adt(out: &mut String, ty: Ty, adt: &Adt) {
    let mut attrs = Vec::new();
    if let Some(l) = adt.lang {
        attrs.push(format!("lang = {:?}", l.as_str()));
    }
    if adt.repr_c {
        attrs.push("repr_c".to_string());
    }
    if adt.tail_may_be_unsized {
        attrs.push("unsized_tail".to_string());
    }
    if adt.repr_align > 1 {
        attrs.push(format!("align = {}", adt.repr_align));
    }
    if adt.needs_drop {
        attrs.push("drop".to_string());
    }
    if adt.is_copy {
        attrs.push("copy".to_string());
    }
    if !attrs.is_empty() {
        let _ = write!(out, "#[{}] ", attrs.join(", "));
    }
    let fields = |fs: &[(Symbol, Ty)]| {
        let list: Vec<_> = fs.iter().map(|(n, t)| format!("{n}: {}", TyText(*t))).collect();
        if list.is_empty() { "{}".to_string() } else { format!("{{ {} }}", list.join(", ")) }
    };
    match adt.kind {
        AdtKind::Struct | AdtKind::Closure => {
            let _ = writeln!(out, "struct {} {}", TyText(ty), fields(&adt.variants[0].fields));
        }
        AdtKind::Enum(d) => {
            let variants: Vec<_> = adt
                .variants
                .iter()
                .map(|v| {
                    let f =
                        if v.fields.is_empty() { String::new() } else { format!(" {}", fields(&v.fields)) };
                    format!("{} = {}{f}", v.name, v.discriminant)
                })
                .collect();
            let _ = writeln!(out, "enum {}: {} {{ {} }}", TyText(ty), TyText(d), variants.join(", "));
        }
    }
}

/// A function's name as written: bare if it is a plain path, else in backquotes.
fn name_text(name: &str) -> String {
    let plain = !name.is_empty()
        && name.split("::").all(|s| {
            (s.starts_with('{') && s.ends_with('}') && !s[1..s.len() - 1].contains(['{', '}', '`', ' ']))
                || (s.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
                    && s.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'))
        })
        && !name.starts_with('{');
    if plain { name.to_string() } else { format!("`{name}`") }
}

/// A type in the form the parser reads: full paths, numbers for parameters.
pub struct TyText(pub Ty);

impl Display for TyText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.kind() {
            TyKind::Adt(def, args) => path(f, *def, args),
            TyKind::Array(t, n) => write!(f, "[{}; {}]", TyText(*t), ConstText(*n)),
            TyKind::Slice(t) => write!(f, "[{}]", TyText(*t)),
            TyKind::Tuple(ts) => {
                f.write_str("(")?;
                for (i, t) in ts.iter().enumerate() {
                    write!(f, "{}{}", if i > 0 { ", " } else { "" }, TyText(*t))?;
                }
                f.write_str(if ts.len() == 1 { ",)" } else { ")" })
            }
            TyKind::Ref(_, t, m) => {
                write!(f, "&{}{}", if *m == Mutability::Mut { "mut " } else { "" }, TyText(*t))
            }
            TyKind::RawPtr(t, m) => {
                write!(f, "*{} {}", if *m == Mutability::Mut { "mut" } else { "const" }, TyText(*t))
            }
            TyKind::FnPtr(sig) => {
                f.write_str("fn(")?;
                for (i, t) in sig.inputs.iter().enumerate() {
                    write!(f, "{}{}", if i > 0 { ", " } else { "" }, TyText(*t))?;
                }
                f.write_str(")")?;
                if sig.output.is_unit() { Ok(()) } else { write!(f, " -> {}", TyText(sig.output)) }
            }
            TyKind::FnDef(def, args) => braced(f, "fn", *def, args),
            TyKind::Closure(def, args) => braced(f, "closure", *def, args),
            TyKind::Projection(def, args) => braced(f, "assoc", *def, args),
            TyKind::Opaque(def, args) => braced(f, "opaque", *def, args),
            TyKind::Dynamic(def, args, assoc, _) => {
                f.write_str("{dyn ")?;
                path(f, *def, args)?;
                for (def, ty) in assoc.iter() {
                    write!(f, ", {} = {}", def.path, TyText(*ty))?;
                }
                f.write_str("}")
            }
            TyKind::Param(p) => write!(f, "{}#{}", p.name, p.index),
            TyKind::Error => f.write_str("{error}"),
            // Primitive types, and inference variables, which no body holds.
            _ => write!(f, "{}", self.0),
        }
    }
}

fn braced(f: &mut fmt::Formatter<'_>, what: &str, def: DefId, args: &Args) -> fmt::Result {
    write!(f, "{{{what} ")?;
    path(f, def, args)?;
    f.write_str("}")
}

fn path(f: &mut fmt::Formatter<'_>, def: DefId, args: &Args) -> fmt::Result {
    write!(f, "{}", def.path)?;
    if args.is_empty() {
        return Ok(());
    }
    f.write_str("<")?;
    for (i, arg) in args.iter().enumerate() {
        if i > 0 {
            f.write_str(", ")?;
        }
        match arg {
            GenericArg::Region(Region::Static) => f.write_str("'static")?,
            GenericArg::Region(_) => f.write_str("'_")?,
            GenericArg::Type(t) => write!(f, "{}", TyText(*t))?,
            GenericArg::Const(c) => write!(f, "{}", ConstText(*c))?,
        }
    }
    f.write_str(">")
}

/// A constant in a type.
pub struct ConstText(pub Const);

impl Display for ConstText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.kind() {
            ConstKind::Value(ty, bits) if *ty == Ty::usize() => write!(f, "{bits}"),
            ConstKind::Value(ty, bits) => scalar(f, *bits, *ty),
            ConstKind::Param(p) => write!(f, "{{param {}#{}}}", p.name, p.index),
            ConstKind::Unevaluated(def, args) => braced(f, "const", *def, args),
            ConstKind::Infer(_) | ConstKind::Error => f.write_str("{error}"),
        }
    }
}

/// `5_i32`, `true`, `97_char`, `1.5_f64`, and bits as `0x3ff0_f64` for floats that have no plain form.
fn scalar(f: &mut fmt::Formatter<'_>, bits: u128, ty: Ty) -> fmt::Result {
    match ty.kind() {
        TyKind::Bool => write!(f, "{}", bits != 0),
        TyKind::Int(i) => {
            let shift = 128 - i.bits();
            write!(f, "{}_{}", ((bits << shift) as i128) >> shift, i.name())
        }
        TyKind::Float(kind) => {
            let text = match kind {
                FloatTy::F32 => format!("{:?}", f32::from_bits(bits as u32)),
                FloatTy::F64 => format!("{:?}", f64::from_bits(bits as u64)),
            };
            if text.chars().all(|c| c.is_ascii_digit() || c == '.' || c == '-') {
                write!(f, "{text}_{}", kind.name())
            } else {
                write!(f, "0x{bits:x}_{}", kind.name())
            }
        }
        TyKind::Char | TyKind::Uint(_) => write!(f, "{bits}_{ty}"),
        _ => write!(f, "scalar {bits}: {}", TyText(ty)),
    }
}

struct Cx<'a> {
    program: Option<&'a Program>,
    body: &'a Body,
}

impl Cx<'_> {
    fn variant_name(&self, ty: Option<Ty>, variant: u32) -> String {
        let known = self.program.zip(ty).and_then(|(p, ty)| p.adts.get(&ty));
        match known.and_then(|a| a.variants.get(variant as usize)) {
            Some(v) => v.name.to_string(),
            None => variant.to_string(),
        }
    }
    fn func_name(&self, f: FuncId) -> String {
        match self.program.and_then(|p| p.functions.get(f)) {
            Some(function) => name_text(&function.name),
            None => f.to_string(),
        }
    }
}

struct StatementText<'a>(&'a Cx<'a>, &'a Statement);
struct TerminatorText<'a>(&'a Cx<'a>, &'a Terminator);
struct RvalueText<'a>(&'a Cx<'a>, &'a Rvalue);
struct OperandText<'a>(&'a Cx<'a>, &'a Operand);
struct ConstantText<'a>(&'a Cx<'a>, &'a Constant);
struct PlaceText<'a>(&'a Cx<'a>, &'a Place);

/// A place as text, with the names of variants if a program is given.
pub fn place_text(program: Option<&Program>, body: &Body, place: &Place) -> String {
    PlaceText(&Cx { program, body }, place).to_string()
}
/// A statement as text.
pub fn statement_text(program: Option<&Program>, body: &Body, statement: &Statement) -> String {
    StatementText(&Cx { program, body }, statement).to_string()
}
/// A terminator as text.
pub fn terminator_text(program: Option<&Program>, body: &Body, terminator: &Terminator) -> String {
    TerminatorText(&Cx { program, body }, terminator).to_string()
}

impl Display for StatementText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.1.kind {
            StatementKind::Assign(p, r) => write!(f, "{} = {};", PlaceText(self.0, p), RvalueText(self.0, r)),
            StatementKind::StorageLive(l) => write!(f, "StorageLive({l});"),
            StatementKind::StorageDead(l) => write!(f, "StorageDead({l});"),
            StatementKind::Nop => f.write_str("nop;"),
        }
    }
}

impl Display for TerminatorText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cx = self.0;
        match &self.1.kind {
            TerminatorKind::Goto(b) => write!(f, "goto {b};"),
            TerminatorKind::Switch { value, targets, otherwise } => {
                write!(f, "switch {} [", OperandText(cx, value))?;
                for (v, b) in targets {
                    write!(f, "{v}: {b}, ")?;
                }
                write!(f, "_: {otherwise}];")
            }
            TerminatorKind::Return => f.write_str("return;"),
            TerminatorKind::Unreachable => f.write_str("unreachable;"),
            TerminatorKind::Drop { place, target } => {
                write!(f, "drop {} -> {target};", PlaceText(cx, place))
            }
            TerminatorKind::Call { callee, args, destination, target } => {
                write!(f, "{} = call ", PlaceText(cx, destination))?;
                match callee {
                    Callee::Def(def, args) => {
                        f.write_str("def ")?;
                        path(f, *def, args)?;
                    }
                    Callee::Func(id) => f.write_str(&cx.func_name(*id))?,
                    Callee::Intrinsic(name, args) => {
                        write!(f, "intrinsic ")?;
                        path(f, DefId { index: 0, path: *name }, args)?;
                    }
                    Callee::Value(op) => write!(f, "({})", OperandText(cx, op))?,
                }
                write_operands(f, cx, "(", args, ")")?;
                match target {
                    Some(b) => write!(f, " -> {b};"),
                    None => f.write_str(" -> !;"),
                }
            }
            TerminatorKind::Assert { cond, expected, message, target } => {
                write!(f, "assert {}{}, ", if *expected { "" } else { "!" }, OperandText(cx, cond))?;
                match message {
                    AssertMessage::Overflow(op) => write!(f, "overflow({})", op.text())?,
                    AssertMessage::OverflowNeg => f.write_str("overflow(Neg)")?,
                    AssertMessage::DivisionByZero => f.write_str("division_by_zero")?,
                    AssertMessage::RemainderByZero => f.write_str("remainder_by_zero")?,
                    AssertMessage::BoundsCheck { len, index } => {
                        write!(f, "bounds({}, {})", OperandText(cx, len), OperandText(cx, index))?;
                    }
                }
                write!(f, " -> {target};")
            }
        }
    }
}

impl Display for RvalueText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cx = self.0;
        match self.1 {
            Rvalue::Use(op) => write!(f, "{}", OperandText(cx, op)),
            Rvalue::Repeat(op, n) => write!(f, "[{}; {}]", OperandText(cx, op), ConstText(*n)),
            Rvalue::Ref(BorrowKind::Shared, p) => write!(f, "&{}", PlaceText(cx, p)),
            Rvalue::Ref(BorrowKind::Mut { two_phase: false }, p) => write!(f, "&mut {}", PlaceText(cx, p)),
            Rvalue::Ref(BorrowKind::Mut { two_phase: true }, p) => {
                write!(f, "&two_phase {}", PlaceText(cx, p))
            }
            Rvalue::RawRef(m, p) => {
                let m = if *m == Mutability::Mut { "mut" } else { "const" };
                write!(f, "&raw {m} {}", PlaceText(cx, p))
            }
            Rvalue::Len(p) => write!(f, "Len({})", PlaceText(cx, p)),
            Rvalue::Cast(kind, op, ty) => {
                write!(f, "{} as {} ({})", OperandText(cx, op), TyText(*ty), cast_text(*kind))
            }
            Rvalue::Binary(op, a, b) => {
                write!(f, "{}({}, {})", op.text(), OperandText(cx, a), OperandText(cx, b))
            }
            Rvalue::CheckedBinary(op, a, b) => {
                write!(f, "Checked{}({}, {})", op.text(), OperandText(cx, a), OperandText(cx, b))
            }
            Rvalue::Unary(op, a) => write!(f, "{op:?}({})", OperandText(cx, a)),
            Rvalue::Discriminant(p) => write!(f, "Discriminant({})", PlaceText(cx, p)),
            Rvalue::Aggregate(kind, ops) => match kind {
                AggregateKind::Array(t) => {
                    write_operands(f, cx, "[", ops, "]")?;
                    write!(f, " of {}", TyText(*t))
                }
                AggregateKind::Tuple if ops.len() == 1 => write_operands(f, cx, "(", ops, ",)"),
                AggregateKind::Tuple => write_operands(f, cx, "(", ops, ")"),
                AggregateKind::Adt(def, variant, args) => {
                    let ty = Ty::new(TyKind::Adt(*def, *args));
                    write!(f, "{}.{}", TyText(ty), cx.variant_name(Some(ty), *variant))?;
                    write_operands(f, cx, "(", ops, ")")
                }
                AggregateKind::Closure(def, args) => {
                    write!(f, "{}", TyText(Ty::new(TyKind::Closure(*def, *args))))?;
                    write_operands(f, cx, "(", ops, ")")
                }
            },
        }
    }
}

fn write_operands(
    f: &mut fmt::Formatter<'_>,
    cx: &Cx<'_>,
    open: &str,
    ops: &[Operand],
    close: &str,
) -> fmt::Result {
    f.write_str(open)?;
    for (i, op) in ops.iter().enumerate() {
        write!(f, "{}{}", if i > 0 { ", " } else { "" }, OperandText(cx, op))?;
    }
    f.write_str(close)
}

/// The name of a cast.
pub(super) fn cast_text(kind: CastKind) -> &'static str {
    match kind {
        CastKind::Prim(PrimCast::IntToInt) => "IntToInt",
        CastKind::Prim(PrimCast::IntToFloat) => "IntToFloat",
        CastKind::Prim(PrimCast::FloatToInt) => "FloatToInt",
        CastKind::Prim(PrimCast::FloatToFloat) => "FloatToFloat",
        CastKind::Prim(PrimCast::PtrToPtr) => "PtrToPtr",
        CastKind::Prim(PrimCast::PtrInt) => "PtrInt",
        CastKind::Prim(PrimCast::Coercion) => "Coercion",
        CastKind::ReifyFn => "ReifyFn",
        CastKind::ClosureToFn => "ClosureToFn",
        CastKind::Unsize => "Unsize",
        CastKind::Transmute => "Transmute",
    }
}

/// All casts, for the parser.
pub(super) const CASTS: [CastKind; 11] = [
    CastKind::Prim(PrimCast::IntToInt),
    CastKind::Prim(PrimCast::IntToFloat),
    CastKind::Prim(PrimCast::FloatToInt),
    CastKind::Prim(PrimCast::FloatToFloat),
    CastKind::Prim(PrimCast::PtrToPtr),
    CastKind::Prim(PrimCast::PtrInt),
    CastKind::Prim(PrimCast::Coercion),
    CastKind::ReifyFn,
    CastKind::ClosureToFn,
    CastKind::Unsize,
    CastKind::Transmute,
];

impl Display for OperandText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.1 {
            Operand::Copy(p) => write!(f, "copy {}", PlaceText(self.0, p)),
            Operand::Move(p) => write!(f, "move {}", PlaceText(self.0, p)),
            Operand::Constant(c) => write!(f, "const {}", ConstantText(self.0, c)),
        }
    }
}

impl Display for ConstantText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Constant { kind, ty } = self.1;
        match kind {
            ConstantKind::Scalar(bits) => scalar(f, *bits, *ty),
            ConstantKind::Str(s) => write!(f, "{:?}", s.as_str()),
            ConstantKind::ByteStr(bytes) => {
                f.write_str("bytes ")?;
                hex(f, bytes)
            }
            ConstantKind::ZeroSized if ty.is_unit() => f.write_str("()"),
            ConstantKind::ZeroSized => write!(f, "zst {}", TyText(*ty)),
            ConstantKind::Param(c) => write!(f, "param {}: {}", ConstText(*c), TyText(*ty)),
            ConstantKind::Item(def, args) => {
                f.write_str("item ")?;
                path(f, *def, args)?;
                write!(f, ": {}", TyText(*ty))
            }
            ConstantKind::Promoted(def, n, args) => {
                write!(f, "promoted {n} ")?;
                path(f, *def, args)?;
                write!(f, ": {}", TyText(*ty))
            }
            ConstantKind::Static(def) => write!(f, "static {}: {}", def.path, TyText(*ty)),
            ConstantKind::Func(id) => write!(f, "fn {}: {}", self.0.func_name(*id), TyText(*ty)),
            ConstantKind::Data(bytes) => {
                f.write_str("data ")?;
                hex(f, bytes)?;
                write!(f, ": {}", TyText(*ty))
            }
            ConstantKind::Site(span) if span.is_none() => f.write_str("site()"),
            ConstantKind::Site(span) => write!(f, "site({}, {}, {})", span.file.0, span.lo, span.hi),
        }
    }
}

fn hex(f: &mut fmt::Formatter<'_>, bytes: &[u8]) -> fmt::Result {
    f.write_str("\"")?;
    for b in bytes {
        write!(f, "{b:02x}")?;
    }
    f.write_str("\"")
}

impl Display for PlaceText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = self.1.local.to_string();
        let mut ty = self.0.body.locals.get(self.1.local).map(|d| d.ty);
        for (i, step) in self.1.projection.iter().enumerate() {
            let last = i + 1 == self.1.projection.len();
            match step {
                Projection::Deref if last => text.insert(0, '*'),
                Projection::Deref => text = format!("(*{text})"),
                Projection::Field(n, _) => {
                    let _ = write!(text, ".{n}");
                }
                Projection::Index(l) => {
                    let _ = write!(text, "[{l}]");
                }
                Projection::ConstantIndex { offset, from_end } => {
                    let _ = write!(text, "[{}{offset}]", if *from_end { "-" } else { "" });
                }
                Projection::Subslice { from, to } => {
                    let _ = write!(text, "[{from}..-{to}]");
                }
                Projection::Downcast(v) => {
                    text = format!("({text} as {})", self.0.variant_name(ty, *v));
                }
            }
            ty = ty.map(|t| body::project_ty(t, *step));
        }
        f.write_str(&text)
    }
}
