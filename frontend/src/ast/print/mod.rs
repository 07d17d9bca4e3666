//! Writes the tree as text for `--emit ast` and tests: Rust with what was expanded in place.
//!
//! Identifiers with a mark are `name#mark`, paths made by built-in macros start with `$std`, operands that are not
//! atoms are in parentheses. The text is for reading; it is not parsed back.

mod body;

use super::syntax::*;

/// A whole crate.
pub fn print_crate(krate: &Crate) -> String {
    let mut printer = Printer::default();
    printer.items(&krate.items);
    printer.out
}

/// One expression.
pub fn print_expr(expr: &Expr) -> String {
    let mut printer = Printer::default();
    printer.expr(expr);
    printer.out
}

#[derive(Default)]
struct Printer {
    out: String,
    indent: usize,
}

impl Printer {
    fn put(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn line(&mut self) {
        self.out.push('\n');
        for _ in 0..self.indent {
            self.out.push_str("    ");
        }
    }

    fn list<T>(&mut self, separator: &str, items: &[T], mut each: impl FnMut(&mut Self, &T)) {
        for (i, item) in items.iter().enumerate() {
            if i > 0 {
                self.put(separator);
            }
            each(self, item);
        }
    }

    /// `{`, the contents a line each, `}`.
    fn braces<T>(&mut self, items: &[T], mut each: impl FnMut(&mut Self, &T)) {
        if items.is_empty() {
            self.put("{}");
            return;
        }
        self.put("{");
        self.indent += 1;
        for item in items {
            self.line();
            each(self, item);
        }
        self.indent -= 1;
        self.line();
        self.put("}");
    }

    fn ident(&mut self, ident: &Ident) {
        self.put(ident.name.as_str());
        if ident.ctxt != 0 {
            self.put(&format!("#{}", ident.ctxt));
        }
    }

    fn items(&mut self, items: &[Item]) {
        for item in items {
            self.item(item);
            self.line();
        }
        while self.out.ends_with([' ', '\n']) {
            self.out.pop();
        }
        self.out.push('\n');
    }

    fn attrs(&mut self, attrs: &Attrs) {
        let mut put = |text: String| {
            self.put(&text);
            self.line();
        };
        if let Some(lang) = attrs.lang {
            put(format!("#[lang = \"{lang}\"]"));
        }
        if let Some(skeleton) = attrs.skeleton {
            put(format!("#[skeleton = \"{skeleton}\"]"));
        }
        if attrs.track_caller {
            put("#[track_caller]".into());
        }
        match attrs.inline {
            0 => {}
            1 => put("#[inline]".into()),
            2 => put("#[inline(always)]".into()),
            _ => put("#[inline(never)]".into()),
        }
        if attrs.must_use {
            put("#[must_use]".into());
        }
        if attrs.test {
            put("#[test]".into());
        }
        match attrs.should_panic {
            None => {}
            Some(None) => put("#[should_panic]".into()),
            Some(Some(text)) => put(format!("#[should_panic(expected = {:?})]", text.as_str())),
        }
        match attrs.ignore {
            None => {}
            Some(None) => put("#[ignore]".into()),
            Some(Some(reason)) => put(format!("#[ignore = {:?}]", reason.as_str())),
        }
    }

    fn vis(&mut self, vis: &Visibility) {
        match vis {
            Visibility::Inherited => {}
            Visibility::Public => self.put("pub "),
            Visibility::Restricted(path) => {
                self.put("pub(in ");
                self.path(path);
                self.put(") ");
            }
        }
    }

    fn item(&mut self, item: &Item) {
        self.attrs(&item.attrs);
        self.vis(&item.vis);
        match &item.kind {
            ItemKind::Mod(items) => {
                self.put("mod ");
                self.ident(&item.ident);
                self.put(" ");
                self.braces(items, Self::item);
            }
            ItemKind::Use(tree) => {
                self.put("use ");
                self.use_tree(tree);
                self.put(";");
            }
            ItemKind::Fn(function) => self.function(&item.ident, function),
            ItemKind::Struct(generics, data) => {
                self.put("struct ");
                self.ident(&item.ident);
                self.generic_params(generics);
                self.variant_data(data);
                self.where_clause(generics);
                if data.shape != VariantShape::Named {
                    self.put(";");
                }
            }
            ItemKind::Enum(generics, variants) => {
                self.put("enum ");
                self.ident(&item.ident);
                self.generic_params(generics);
                self.where_clause(generics);
                self.put(" ");
                self.braces(variants, |p, variant| {
                    p.ident(&variant.ident);
                    p.variant_data(&variant.data);
                    if let Some(discriminant) = &variant.discriminant {
                        p.put(" = ");
                        p.expr(&discriminant.value);
                    }
                    p.put(",");
                });
            }
            ItemKind::Trait(item_trait) => {
                self.put(if item_trait.is_unsafe { "unsafe " } else { "" });
                self.put(if item_trait.is_auto { "auto trait " } else { "trait " });
                self.ident(&item.ident);
                self.generic_params(&item_trait.generics);
                self.colon_bounds(&item_trait.supertraits);
                self.where_clause(&item_trait.generics);
                self.put(" ");
                self.braces(&item_trait.items, Self::assoc_item);
            }
            ItemKind::Impl(item) => {
                self.put("impl");
                self.generic_params(&item.generics);
                self.put(" ");
                if let Some(path) = &item.of_trait {
                    self.put(if item.negative { "!" } else { "" });
                    self.path(path);
                    self.put(" for ");
                }
                self.ty(&item.self_ty);
                self.where_clause(&item.generics);
                self.put(" ");
                self.braces(&item.items, Self::assoc_item);
            }
            ItemKind::Const(constant) => self.constant(&item.ident, constant),
            ItemKind::Static(ty, value) => {
                self.put("static ");
                self.ident(&item.ident);
                self.put(": ");
                self.ty(ty);
                self.put(" = ");
                self.expr(value);
                self.put(";");
            }
            ItemKind::TyAlias(generics, ty) => {
                self.put("type ");
                self.ident(&item.ident);
                self.generic_params(generics);
                self.put(" = ");
                self.ty(ty);
                self.where_clause(generics);
                self.put(";");
            }
            ItemKind::ExternIntrinsics(items) => {
                self.put("extern \"intrinsic\" ");
                self.braces(items, Self::item);
            }
        }
    }

    fn assoc_item(&mut self, item: &AssocItem) {
        self.attrs(&item.attrs);
        self.vis(&item.vis);
        match &item.kind {
            AssocItemKind::Const(constant) => self.constant(&item.ident, constant),
            AssocItemKind::Fn(function) => self.function(&item.ident, function),
            AssocItemKind::Type { generics, bounds, value } => {
                self.put("type ");
                self.ident(&item.ident);
                self.generic_params(generics);
                self.colon_bounds(bounds);
                if let Some(value) = value {
                    self.put(" = ");
                    self.ty(value);
                }
                self.where_clause(generics);
                self.put(";");
            }
        }
    }

    fn constant(&mut self, ident: &Ident, constant: &Const) {
        self.put("const ");
        self.ident(ident);
        self.put(": ");
        self.ty(&constant.ty);
        if let Some(value) = &constant.value {
            self.put(" = ");
            self.expr(value);
        }
        self.put(";");
    }

    fn function(&mut self, ident: &Ident, function: &Fn) {
        self.put(if function.sig.is_const { "const " } else { "" });
        self.put(if function.sig.is_unsafe { "unsafe " } else { "" });
        self.put("fn ");
        self.ident(ident);
        self.generic_params(&function.generics);
        self.put("(");
        self.list(", ", &function.sig.inputs, |p, param| {
            p.pat(&param.pat);
            p.put(": ");
            p.ty(&param.ty);
        });
        self.put(")");
        if let Some(output) = &function.sig.output {
            self.put(" -> ");
            self.ty(output);
        }
        self.where_clause(&function.generics);
        match &function.body {
            Some(body) => {
                self.put(" ");
                self.block(body);
            }
            None => self.put(";"),
        }
    }

    fn variant_data(&mut self, data: &VariantData) {
        match data.shape {
            VariantShape::Unit => {}
            VariantShape::Tuple => {
                self.put("(");
                self.list(", ", &data.fields, |p, field| {
                    p.vis(&field.vis);
                    p.ty(&field.ty);
                });
                self.put(")");
            }
            VariantShape::Named => {
                self.put(" { ");
                self.list(", ", &data.fields, |p, field| {
                    p.vis(&field.vis);
                    p.ident(&field.ident);
                    p.put(": ");
                    p.ty(&field.ty);
                });
                self.put(" }");
            }
        }
    }

    fn use_tree(&mut self, tree: &UseTree) {
        self.path(&tree.prefix);
        let colons = if tree.prefix.segments.is_empty() { "" } else { "::" };
        match &tree.kind {
            UseKind::Simple(None) => {}
            UseKind::Simple(Some(name)) => {
                self.put(" as ");
                self.ident(name);
            }
            UseKind::Glob => self.put(&format!("{colons}*")),
            UseKind::Nested(trees) => {
                self.put(&format!("{colons}{{"));
                self.list(", ", trees, Self::use_tree);
                self.put("}");
            }
        }
    }

    fn generic_params(&mut self, generics: &Generics) {
        if !generics.params.is_empty() {
            self.put("<");
            self.list(", ", &generics.params, Self::generic_param);
            self.put(">");
        }
    }

    fn generic_param(&mut self, param: &GenericParam) {
        if let GenericParamKind::Const(..) = param.kind {
            self.put("const ");
        }
        self.ident(&param.ident);
        self.colon_bounds(&param.bounds);
        match &param.kind {
            GenericParamKind::Lifetime | GenericParamKind::Type(None) => {}
            GenericParamKind::Type(Some(default)) => {
                self.put(" = ");
                self.ty(default);
            }
            GenericParamKind::Const(ty, default) => {
                self.put(": ");
                self.ty(ty);
                if let Some(default) = default {
                    self.put(" = ");
                    self.expr(&default.value);
                }
            }
        }
    }

    fn where_clause(&mut self, generics: &Generics) {
        if generics.predicates.is_empty() {
            return;
        }
        self.put(" where ");
        self.list(", ", &generics.predicates, |p, predicate| match predicate {
            WherePredicate::Type { binder, bounded, bounds, .. } => {
                p.binder(binder);
                p.ty(bounded);
                p.colon_bounds(bounds);
            }
            WherePredicate::Lifetime { lifetime, bounds, .. } => {
                p.ident(lifetime);
                p.put(": ");
                p.list(" + ", bounds, Self::ident);
            }
        });
    }

    fn binder(&mut self, binder: &[GenericParam]) {
        if !binder.is_empty() {
            self.put("for<");
            self.list(", ", binder, Self::generic_param);
            self.put("> ");
        }
    }

    fn colon_bounds(&mut self, bounds: &[Bound]) {
        if !bounds.is_empty() {
            self.put(": ");
            self.bounds(bounds);
        }
    }

    fn bounds(&mut self, bounds: &[Bound]) {
        self.list(" + ", bounds, |p, bound| match bound {
            Bound::Trait { binder, path, maybe } => {
                p.binder(binder);
                p.put(if *maybe { "?" } else { "" });
                p.path(path);
            }
            Bound::Lifetime(lifetime) => p.ident(lifetime),
            Bound::Use(..) => p.put("use<..>"),
        });
    }

    fn path(&mut self, path: &Path) {
        match path.root {
            PathRoot::Relative => {}
            PathRoot::Global => self.put("::"),
            PathRoot::Std => self.put("$std::"),
            PathRoot::Crate(name) => self.put(&format!("${name}::")),
        }
        self.list("::", &path.segments, Self::path_segment);
    }

    fn path_segment(&mut self, segment: &PathSegment) {
        self.ident(&segment.ident);
        if let Some(args) = &segment.args {
            self.generic_args(args);
        }
    }

    fn qualified(&mut self, qself: Option<&QSelf>, path: &Path) {
        let Some(qself) = qself else { return self.path(path) };
        self.put("<");
        self.ty(&qself.ty);
        let (of_trait, rest) = path.segments.split_at(qself.position.min(path.segments.len()));
        if !of_trait.is_empty() {
            self.put(" as ");
            self.path(&Path { segments: of_trait.to_vec(), ..path.clone() });
        }
        self.put(">");
        for segment in rest {
            self.put("::");
            self.path_segment(segment);
        }
    }

    fn generic_args(&mut self, args: &GenericArgs) {
        match args {
            GenericArgs::Angle(args, _) => {
                self.put("<");
                self.list(", ", args, Self::generic_arg);
                self.put(">");
            }
            GenericArgs::Parenthesized { inputs, output, .. } => {
                self.put("(");
                self.list(", ", inputs, Self::ty);
                self.put(")");
                if let Some(output) = output {
                    self.put(" -> ");
                    self.ty(output);
                }
            }
        }
    }

    fn generic_arg(&mut self, arg: &GenericArg) {
        let name = |p: &mut Self, ident: &Ident, args: &Option<Box<GenericArgs>>| {
            p.ident(ident);
            if let Some(args) = args {
                p.generic_args(args);
            }
        };
        match arg {
            GenericArg::Lifetime(lifetime) => self.ident(lifetime),
            GenericArg::Type(ty) => self.ty(ty),
            GenericArg::Const(value) => self.expr(&value.value),
            GenericArg::AssocTy(ident, args, ty) => {
                name(self, ident, args);
                self.put(" = ");
                self.ty(ty);
            }
            GenericArg::AssocBounds(ident, args, bounds) => {
                name(self, ident, args);
                self.colon_bounds(bounds);
            }
        }
    }

    fn ty(&mut self, ty: &Ty) {
        match &ty.kind {
            TyKind::Path(qself, path) => self.qualified(qself.as_ref(), path),
            TyKind::Ref(lifetime, inner, mutability) => {
                self.put("&");
                if let Some(lifetime) = lifetime {
                    self.ident(lifetime);
                    self.put(" ");
                }
                self.put(if *mutability == Mutability::Mut { "mut " } else { "" });
                self.ty(inner);
            }
            TyKind::RawPtr(inner, mutability) => {
                self.put(if *mutability == Mutability::Mut { "*mut " } else { "*const " });
                self.ty(inner);
            }
            TyKind::Slice(inner) => {
                self.put("[");
                self.ty(inner);
                self.put("]");
            }
            TyKind::Array(inner, len) => {
                self.put("[");
                self.ty(inner);
                self.put("; ");
                self.expr(&len.value);
                self.put("]");
            }
            TyKind::Tuple(types) => {
                self.put("(");
                self.list(", ", types, Self::ty);
                self.put(if types.len() == 1 { ",)" } else { ")" });
            }
            TyKind::FnPtr(binder, inputs, output) => {
                self.binder(binder);
                self.put("fn(");
                self.list(", ", inputs, Self::ty);
                self.put(")");
                if let Some(output) = output {
                    self.put(" -> ");
                    self.ty(output);
                }
            }
            TyKind::Never => self.put("!"),
            TyKind::Infer => self.put("_"),
            TyKind::ImplTrait(bounds) => {
                self.put("impl ");
                self.bounds(bounds);
            }
            TyKind::Dyn(bounds) => {
                self.put("dyn ");
                self.bounds(bounds);
            }
            TyKind::Error => self.put("{error}"),
        }
    }
}
