//! HIR as text, for `--emit hir` and tests: like Rust, with every path replaced by what it means, every variable
//! numbered (`x#0`), and the sugar gone. Here the items; [`text`] has types and paths, [`exprs`] bodies.

mod exprs;
mod text;

use super::*;
use crate::hash::FastMap;
use text::{bounds_text, const_text, list, path_text};

pub use text::{prim_name, type_text};

/// All items of a crate with their bodies, in source order.
pub fn print_crate(hir: &Hir, krate: CrateId) -> String {
    let mut children: FastMap<Option<DefId>, Vec<&Def>> = FastMap::default();
    for def in hir.defs_of(krate) {
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

struct Printer<'h> {
    hir: &'h Hir,
    out: String,
    depth: usize,
}

/// Children of each definition, in source order.
type Children<'h> = FastMap<Option<DefId>, Vec<&'h Def>>;

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
                GenericParamKind::Type { default, .. } => format!(
                    "{}{}",
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
}
