//! HIR as text, for `--emit hir` and tests: like Rust, with every path replaced by what it means, every variable
//! numbered (`x#0`), and the sugar gone.

use std::fmt::Write;

use super::*;
use crate::ty::Mutability;

/// All items of a crate with their bodies, in source order.
pub fn print_crate(hir: &Hir, krate: CrateId) -> String {
    let mut children: HashMap<Option<DefId>, Vec<&Def>> = HashMap::new();
    for def in hir.defs.iter().filter(|d| d.krate == krate) {
        children.entry(def.parent).or_default().push(def);
    }
    let mut printer = Printer { hir, out: String::new(), depth: 0 };
    for def in children.get(&Some(hir.roots[krate])).into_iter().flatten() {
        printer.item(def, &children);
    }
    printer.out
}

/// One body.
pub fn print_body(hir: &Hir, body: &Body) -> String {
    let mut printer = Printer { hir, out: String::new(), depth: 0 };
    printer.body(body);
    printer.out
}

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
        HirTyKind::Dyn(paths) => {
            format!("dyn {}", paths.iter().map(|p| path_text(hir, p, None)).collect::<Vec<_>>().join(" + "))
        }
        HirTyKind::Error => "{error}".to_string(),
    }
}

fn list<T>(of: &[T], text: impl FnMut(&T) -> String) -> String {
    of.iter().map(text).collect::<Vec<_>>().join(", ")
}

fn mut_text(mutability: Mutability) -> &'static str {
    if mutability == Mutability::Mut { "mut " } else { "" }
}

fn const_text(hir: &Hir, constant: &HirConst) -> String {
    match constant {
        HirConst::Infer => "_".to_string(),
        HirConst::Param(def) => def.name().to_string(),
        HirConst::Anon(def) => match hir.body_id_of(*def) {
            Some(body) => print_body(hir, hir.body(body)).trim().to_string(),
            None => "{error}".to_string(),
        },
    }
}

fn bounds_text(hir: &Hir, bounds: &[HirBound]) -> String {
    let text = |bound: &HirBound| match bound {
        HirBound::Trait(path) => path_text(hir, path, None),
        HirBound::MaybeSized => "?Sized".to_string(),
        HirBound::Lifetime(name) => name.to_string(),
    };
    bounds.iter().map(text).collect::<Vec<_>>().join(" + ")
}

fn args_text(hir: &Hir, args: &Option<HirArgs>) -> String {
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

fn path_text(hir: &Hir, path: &HirPath, body: Option<&Body>) -> String {
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

fn local_text(body: &Body, local: LocalId) -> String {
    format!("{}#{}", body.locals[local].name, local.0)
}

fn lit_text(lit: &Lit) -> String {
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

fn bin_op_text(op: BinOp) -> &'static str {
    match op {
        BinOp::Add => "+",
        BinOp::Sub => "-",
        BinOp::Mul => "*",
        BinOp::Div => "/",
        BinOp::Rem => "%",
        BinOp::BitAnd => "&",
        BinOp::BitOr => "|",
        BinOp::BitXor => "^",
        BinOp::Shl => "<<",
        BinOp::Shr => ">>",
        BinOp::Eq => "==",
        BinOp::Ne => "!=",
        BinOp::Lt => "<",
        BinOp::Le => "<=",
        BinOp::Gt => ">",
        BinOp::Ge => ">=",
    }
}

struct Printer<'h> {
    hir: &'h Hir,
    out: String,
    depth: usize,
}

/// Children of each definition, in source order.
type Children<'h> = HashMap<Option<DefId>, Vec<&'h Def>>;

impl Printer<'_> {
    fn line(&mut self) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out.extend(std::iter::repeat_n("    ", self.depth));
    }
    fn put(&mut self, text: impl AsRef<str>) {
        self.out.push_str(text.as_ref());
    }
    fn ty(&self, ty: &HirTy) -> String {
        type_text(self.hir, ty)
    }

    fn children(&mut self, def: &Def, children: &Children<'_>) {
        self.put(" {");
        self.depth += 1;
        for child in children.get(&Some(def.id)).into_iter().flatten() {
            self.item(child, children);
        }
        self.depth -= 1;
        self.line();
        self.put("}");
    }

    fn item(&mut self, def: &Def, children: &Children<'_>) {
        if matches!(
            def.kind,
            DefKind::GenericParam(_)
                | DefKind::AnonConst { .. }
                | DefKind::Closure
                | DefKind::Opaque(_)
                | DefKind::Variant(_)
        ) {
            return;
        }
        self.line();
        if def.vis == Visibility::Public {
            self.put("pub ");
        }
        let name = def.name;
        match &def.kind {
            DefKind::Mod => {
                self.put(format!("mod {name}"));
                self.children(def, children);
            }
            DefKind::Struct(adt) => {
                self.put(format!("struct {name}"));
                self.generics(&adt.generics);
                for variant in &adt.variants {
                    self.fields(variant);
                }
            }
            DefKind::Enum(adt) => {
                self.put(format!("enum {name}"));
                self.generics(&adt.generics);
                self.put(" {");
                self.depth += 1;
                for variant in &adt.variants {
                    self.line();
                    self.put(variant.name.as_str());
                    self.fields(variant);
                    if let Some(value) = variant.discriminant {
                        let text = const_text(self.hir, &HirConst::Anon(value));
                        self.put(format!(" = {text}"));
                    }
                }
                self.depth -= 1;
                self.line();
                self.put("}");
            }
            DefKind::Trait(t) => {
                self.put(format!("trait {name}"));
                self.generics(&t.generics);
                if !t.supertraits.is_empty() {
                    let text = bounds_text(self.hir, &t.supertraits);
                    self.put(format!(": {text}"));
                }
                self.children(def, children);
            }
            DefKind::Impl(i) => {
                self.put("impl");
                self.generics(&i.generics);
                if let Some(path) = &i.of_trait {
                    let text = path_text(self.hir, path, None);
                    self.put(format!(" {text} for"));
                }
                let text = self.ty(&i.self_ty);
                self.put(format!(" {text}"));
                self.children(def, children);
            }
            DefKind::TyAlias(generics, ty) => {
                self.put(format!("type {name}"));
                self.generics(generics);
                let text = self.ty(ty);
                self.put(format!(" = {text}"));
            }
            DefKind::AssocTy { generics, bounds, value } => {
                self.put(format!("type {name}"));
                self.generics(generics);
                if !bounds.is_empty() {
                    let text = bounds_text(self.hir, bounds);
                    self.put(format!(": {text}"));
                }
                if let Some(value) = value {
                    let text = self.ty(value);
                    self.put(format!(" = {text}"));
                }
            }
            DefKind::Fn(f) => {
                if f.intrinsic {
                    self.put("extern \"intrinsic\" ");
                }
                self.put(format!("fn {name}"));
                self.generics(&f.generics);
                let inputs = list(&f.inputs, |t| type_text(self.hir, t));
                let output = self.ty(&f.output);
                self.put(format!("({inputs}) -> {output}"));
                if let Some(body) = f.body {
                    self.put(" ");
                    let body = self.hir.body(body);
                    self.body(body);
                }
                for child in children.get(&Some(def.id)).into_iter().flatten() {
                    self.item(child, children);
                }
            }
            DefKind::Const { ty, body, .. } => {
                let text = self.ty(ty);
                self.put(format!("const {name}: {text}"));
                if let Some(body) = *body {
                    self.put(" = ");
                    let body = self.hir.body(body);
                    self.body(body);
                }
            }
            DefKind::Static { ty, body } => {
                let text = self.ty(ty);
                self.put(format!("static {name}: {text} = "));
                let body = self.hir.body(*body);
                self.body(body);
            }
            _ => self.put(format!("{{error}} {name}")),
        }
    }

    fn generics(&mut self, generics: &Generics) {
        let hir = self.hir;
        if !generics.params.is_empty() {
            let text = list(&generics.params, |param| match &param.kind {
                GenericParamKind::Lifetime => param.name.to_string(),
                GenericParamKind::Type { default, synthetic } => format!(
                    "{}{}{}",
                    if *synthetic { "impl " } else { "" },
                    param.name,
                    default.as_ref().map_or(String::new(), |d| format!(" = {}", type_text(hir, d)))
                ),
                GenericParamKind::Const { ty, default } => format!(
                    "const {}: {}{}",
                    param.name,
                    type_text(hir, ty),
                    default.map_or(String::new(), |d| format!(" = {}", const_text(hir, &HirConst::Anon(d))))
                ),
            });
            self.put(format!("<{text}>"));
        }
        if !generics.predicates.is_empty() {
            let text = list(&generics.predicates, |p| {
                format!("{}: {}", type_text(hir, &p.bounded), bounds_text(hir, &p.bounds))
            });
            self.put(format!(" where [{text}]"));
        }
    }

    fn fields(&mut self, variant: &VariantDef) {
        let vis = |f: &FieldDef| if f.vis == Visibility::Public { "pub " } else { "" };
        let text = match variant.shape {
            VariantShape::Unit => String::new(),
            VariantShape::Tuple => {
                format!("({})", list(&variant.fields, |f| format!("{}{}", vis(f), self.ty(&f.ty))))
            }
            VariantShape::Named => format!(
                " {{ {} }}",
                list(&variant.fields, |f| format!("{}{}: {}", vis(f), f.name, self.ty(&f.ty)))
            ),
        };
        self.put(text);
    }

    fn body(&mut self, body: &Body) {
        if !body.params.is_empty() {
            let text = list(&body.params, |p| self.pat(body, *p));
            self.put(format!("|{text}| "));
        }
        self.expr(body, body.value);
    }

    fn path(&self, body: &Body, path: &HirPath) -> String {
        path_text(self.hir, path, Some(body))
    }

    fn exprs(&mut self, body: &Body, of: &[ExprId]) {
        for (i, e) in of.iter().enumerate() {
            if i > 0 {
                self.put(", ");
            }
            self.expr(body, *e);
        }
    }

    fn braced(&mut self, body: &Body, e: ExprId) {
        if matches!(body.exprs[e].kind, ExprKind::Block(..)) {
            return self.expr(body, e);
        }
        self.put("{ ");
        self.expr(body, e);
        self.put(" }");
    }

    fn expr(&mut self, body: &Body, e: ExprId) {
        match &body.exprs[e].kind {
            ExprKind::Lit(lit) => self.put(lit_text(lit)),
            ExprKind::Path(path) => self.put(self.path(body, path)),
            ExprKind::Call(callee, args) => {
                self.expr(body, *callee);
                self.put("(");
                self.exprs(body, args);
                self.put(")");
            }
            ExprKind::MethodCall { receiver, segment, args } => {
                self.operand(body, *receiver);
                let turbofish = args_text(self.hir, &segment.args);
                let colons = if turbofish.is_empty() { "" } else { "::" };
                self.put(format!(".{}{colons}{turbofish}(", segment.name));
                self.exprs(body, args);
                self.put(")");
            }
            ExprKind::Field(of, name, _) => {
                self.operand(body, *of);
                self.put(format!(".{name}"));
            }
            ExprKind::Index(of, index) => {
                self.operand(body, *of);
                self.put("[");
                self.expr(body, *index);
                self.put("]");
            }
            ExprKind::Binary(op, lhs, rhs) => self.infix(body, *lhs, bin_op_text(*op), *rhs),
            ExprKind::Lazy { is_or, lhs, rhs } => {
                self.infix(body, *lhs, if *is_or { "||" } else { "&&" }, *rhs);
            }
            ExprKind::Assign(lhs, rhs) => self.infix(body, *lhs, "=", *rhs),
            ExprKind::AssignOp(op, lhs, rhs) => {
                self.infix(body, *lhs, &format!("{}=", bin_op_text(*op)), *rhs);
            }
            ExprKind::Unary(op, of) => {
                self.put(match op {
                    UnOp::Neg => "-",
                    UnOp::Not => "!",
                    UnOp::Deref => "*",
                });
                self.operand(body, *of);
            }
            ExprKind::Ref(mutability, of) => {
                self.put(format!("&{}", mut_text(*mutability)));
                self.operand(body, *of);
            }
            ExprKind::RawRef(mutability, of) => {
                self.put(if *mutability == Mutability::Mut { "&raw mut " } else { "&raw const " });
                self.operand(body, *of);
            }
            ExprKind::Cast(of, ty) => {
                self.operand(body, *of);
                self.put(format!(" as {}", self.ty(ty)));
            }
            ExprKind::Ascribe(of, ty) => {
                self.operand(body, *of);
                self.put(format!(": {}", self.ty(ty)));
            }
            ExprKind::Struct { path, fields, base } => {
                self.put(format!("{} {{ ", self.path(body, path)));
                for field in fields {
                    self.put(format!("{}: ", field.name));
                    self.expr(body, field.value);
                    self.put(", ");
                }
                if let Some(base) = base {
                    self.put("..");
                    self.expr(body, *base);
                }
                self.put(" }");
            }
            ExprKind::Tuple(of) => {
                self.put("(");
                self.exprs(body, of);
                self.put(if of.len() == 1 { ",)" } else { ")" });
            }
            ExprKind::Array(of) => {
                self.put("[");
                self.exprs(body, of);
                self.put("]");
            }
            ExprKind::Repeat(of, n) => {
                self.put("[");
                self.expr(body, *of);
                self.put(format!("; {}]", const_text(self.hir, n)));
            }
            ExprKind::Block(block, label) => {
                if let Some(label) = label {
                    self.put(format!("'{label}: "));
                }
                self.block(body, block);
            }
            ExprKind::If(condition, then, otherwise) => {
                self.put("if ");
                self.expr(body, *condition);
                self.put(" ");
                self.braced(body, *then);
                if let Some(otherwise) = otherwise {
                    self.put(" else ");
                    self.braced(body, *otherwise);
                }
            }
            ExprKind::Let(pat, init) => {
                self.put(format!("let {} = ", self.pat(body, *pat)));
                self.expr(body, *init);
            }
            ExprKind::Match(of, arms, _) => {
                self.put("match ");
                self.expr(body, *of);
                self.put(" {");
                self.depth += 1;
                for arm in arms {
                    self.line();
                    self.put(self.pat(body, arm.pat));
                    if let Some(guard) = arm.guard {
                        self.put(" if ");
                        self.expr(body, guard);
                    }
                    self.put(" => ");
                    self.expr(body, arm.body);
                    self.put(",");
                }
                self.depth -= 1;
                self.line();
                self.put("}");
            }
            ExprKind::Loop(of, label, _) => {
                self.put(format!("'{label}: loop "));
                self.braced(body, *of);
            }
            ExprKind::Break(label, value) => {
                self.put(format!("break '{label}"));
                self.optional(body, *value);
            }
            ExprKind::Continue(label) => self.put(format!("continue '{label}")),
            ExprKind::Return(value) => {
                self.put("return");
                self.optional(body, *value);
            }
            ExprKind::Closure(closure) => {
                let params = list(&closure.params, |(pat, ty)| {
                    let ty = ty.as_ref().map_or(String::new(), |t| format!(": {}", self.ty(t)));
                    format!("{}{ty}", self.pat(body, *pat))
                });
                let output = closure.output.as_ref().map_or(String::new(), |t| format!("-> {} ", self.ty(t)));
                self.put(format!("{}|{params}| {output}", if closure.by_move { "move " } else { "" }));
                self.expr(body, closure.body);
            }
            ExprKind::Error => self.put("{error}"),
        }
    }

    fn optional(&mut self, body: &Body, value: Option<ExprId>) {
        if let Some(value) = value {
            self.put(" ");
            self.expr(body, value);
        }
    }

    /// An expression that binds as tightly as a path, in parentheses if it does not.
    fn operand(&mut self, body: &Body, e: ExprId) {
        let tight = matches!(
            body.exprs[e].kind,
            ExprKind::Lit(_)
                | ExprKind::Path(_)
                | ExprKind::Call(..)
                | ExprKind::MethodCall { .. }
                | ExprKind::Field(..)
                | ExprKind::Index(..)
                | ExprKind::Tuple(_)
                | ExprKind::Array(_)
                | ExprKind::Repeat(..)
                | ExprKind::Error
        );
        if tight {
            return self.expr(body, e);
        }
        self.put("(");
        self.expr(body, e);
        self.put(")");
    }

    fn infix(&mut self, body: &Body, lhs: ExprId, op: &str, rhs: ExprId) {
        self.operand(body, lhs);
        self.put(format!(" {op} "));
        self.operand(body, rhs);
    }

    fn block(&mut self, body: &Body, block: &Block) {
        if block.stmts.is_empty() && block.value.is_none() {
            return self.put("{}");
        }
        self.put("{");
        self.depth += 1;
        for stmt in &block.stmts {
            self.line();
            match stmt {
                Stmt::Let { pat, ty, init, els, .. } => {
                    self.put(format!("let {}", self.pat(body, *pat)));
                    if let Some(ty) = ty {
                        self.put(format!(": {}", self.ty(ty)));
                    }
                    if let Some(init) = init {
                        self.put(" = ");
                        self.expr(body, *init);
                    }
                    if let Some(els) = els {
                        self.put(" else ");
                        self.expr(body, *els);
                    }
                    self.put(";");
                }
                Stmt::Expr { expr, semi } => {
                    self.expr(body, *expr);
                    self.put(if *semi { ";" } else { "" });
                }
            }
        }
        if let Some(value) = block.value {
            self.line();
            self.expr(body, value);
        }
        self.depth -= 1;
        self.line();
        self.put("}");
    }

    fn pat(&self, body: &Body, pat: PatId) -> String {
        let pats = |of: &[PatId], rest: Option<usize>| {
            let mut parts: Vec<String> = of.iter().map(|p| self.pat(body, *p)).collect();
            if let Some(at) = rest {
                parts.insert(at.min(parts.len()), "..".to_string());
            }
            parts.join(", ")
        };
        match &body.pats[pat].kind {
            PatKind::Wild => "_".to_string(),
            PatKind::Binding { local, by_ref, sub } => {
                let by_ref = match by_ref {
                    Some(Mutability::Mut) => "ref mut ",
                    Some(Mutability::Not) => "ref ",
                    None => "",
                };
                let mutable = if body.locals[*local].mutable { "mut " } else { "" };
                let sub = sub.map_or(String::new(), |p| format!(" @ {}", self.pat(body, p)));
                format!("{by_ref}{mutable}{}{sub}", local_text(body, *local))
            }
            PatKind::Lit { lit, negated } => format!("{}{}", if *negated { "-" } else { "" }, lit_text(lit)),
            PatKind::Range { lo, hi, inclusive } => {
                let end = |end: &Option<RangeEnd>| match end {
                    Some(RangeEnd::Lit(lit, negated)) => {
                        format!("{}{}", if *negated { "-" } else { "" }, lit_text(lit))
                    }
                    Some(RangeEnd::Path(path)) => self.path(body, path),
                    None => String::new(),
                };
                format!("{}{}{}", end(lo), if *inclusive { "..=" } else { ".." }, end(hi))
            }
            PatKind::Path(path) => self.path(body, path),
            PatKind::TupleStruct(path, of, rest) => {
                format!("{}({})", self.path(body, path), pats(of, *rest))
            }
            PatKind::Struct { path, fields, rest } => {
                let mut parts: Vec<String> =
                    fields.iter().map(|(name, _, p)| format!("{name}: {}", self.pat(body, *p))).collect();
                if *rest {
                    parts.push("..".to_string());
                }
                format!("{} {{ {} }}", self.path(body, path), parts.join(", "))
            }
            PatKind::Tuple(of, rest) => format!("({})", pats(of, *rest)),
            PatKind::Slice { before, rest, after } => {
                let mut parts: Vec<String> = before.iter().map(|p| self.pat(body, *p)).collect();
                match rest {
                    Some(Some(p)) => parts.push(self.pat(body, *p)),
                    Some(None) => parts.push("..".to_string()),
                    None => {}
                }
                parts.extend(after.iter().map(|p| self.pat(body, *p)));
                format!("[{}]", parts.join(", "))
            }
            PatKind::Ref(of, mutability) => format!("&{}{}", mut_text(*mutability), self.pat(body, *of)),
            PatKind::Or(of) => of.iter().map(|p| self.pat(body, *p)).collect::<Vec<_>>().join(" | "),
            PatKind::Error => "{error}".to_string(),
        }
    }
}
