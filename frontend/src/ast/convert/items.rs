//! Items of modules, blocks, traits and impls.

use crate::ast::cfg::Attributes;
use crate::ast::cx::Cx;
use crate::ast::modules::Place;
use crate::ast::syntax::*;
use crate::ast::unsupported;
use crate::diag::Diagnostic;
use crate::source::Span;
use crate::symbol::Symbol;

impl Cx<'_> {
    /// Items in order, with macro calls expanded and derived impls after what they are derived from.
    pub fn items(&mut self, items: &[syn::Item], place: &Place, out: &mut Vec<Item>) {
        for item in items {
            let at = item_keyword(item);
            self.deeper(at, |cx| cx.item(item, place, out));
        }
    }

    fn item(&mut self, item: &syn::Item, place: &Place, out: &mut Vec<Item>) {
        match item {
            syn::Item::Mod(module) => self.item_mod(module, place, out),
            syn::Item::Macro(call) => self.item_macro(call, place, out),
            syn::Item::Struct(item) => self.item_struct(item, out),
            syn::Item::Enum(item) => self.item_enum(item, out),
            syn::Item::ForeignMod(foreign) => self.item_foreign(foreign, out),
            syn::Item::ExternCrate(krate) => {
                let ident = self.ident(&krate.ident);
                let rename = krate.rename.as_ref().map(|(_, name)| self.ident(name));
                let Some(attrs) = self.attributes(&krate.attrs) else { return };
                if self.options.library == Some(ident.name) {
                    // `extern crate a as b;` is `use ::a as b;`.
                    let vis = self.visibility(&krate.vis);
                    let span = self.span(krate.extern_token.span).to(self.span(krate.semi_token.span));
                    let segments = vec![PathSegment { ident, args: None }];
                    let prefix = Path { root: PathRoot::Global, segments, span: ident.span };
                    let kind = ItemKind::Use(UseTree { prefix, kind: UseKind::Simple(rename), span });
                    out.push(Item { attrs: attrs.kept, vis, ident: no_name(span), span, kind });
                } else if !["std", "core", "alloc", "self"].contains(&ident.name.as_str()) {
                    self.error(unsupported::other_crate(ident.span, ident.name.as_str()));
                }
            }
            syn::Item::Use(item) => {
                let Some(attrs) = self.attributes(&item.attrs) else { return };
                self.refuse_derives(&attrs.derives);
                let vis = self.visibility(&item.vis);
                let tree = self.use_tree(&item.tree, item.leading_colon.is_some());
                let span = self.span(item.use_token.span).to(self.span(item.semi_token.span));
                if let Some(tree) = self.without_macros(tree) {
                    out.push(Item {
                        attrs: attrs.kept,
                        vis,
                        ident: no_name(span),
                        span,
                        kind: ItemKind::Use(tree),
                    });
                }
            }
            syn::Item::Fn(item) => {
                let Some(attrs) = self.attributes(&item.attrs) else { return };
                self.refuse_derives(&attrs.derives);
                self.refuse_default(item.modifiers.defaultness.as_ref().map(|t| t.span));
                let vis = self.visibility(&item.vis);
                let function = self.function(&item.sig, Some(&item.block));
                let span = function.sig.span.to(function.body.as_ref().map_or(function.sig.span, |b| b.span));
                let ident = self.ident(&item.sig.ident);
                out.push(Item { attrs: attrs.kept, vis, ident, span, kind: ItemKind::Fn(function) });
            }
            syn::Item::Trait(item) => self.item_trait(item, out),
            syn::Item::Impl(item) => self.item_impl(item, out),
            syn::Item::Const(item) => {
                let Some(attrs) = self.attributes(&item.attrs) else { return };
                self.refuse_derives(&attrs.derives);
                self.refuse_default(item.modifiers.defaultness.as_ref().map(|t| t.span));
                let (vis, ident) = (self.visibility(&item.vis), self.ident(&item.ident));
                let ty = self.ty(&item.ty);
                let value = Some(self.expr(&item.expr));
                let span = self.span(item.const_token.span).to(self.span(item.semi_token.span));
                out.push(Item {
                    attrs: attrs.kept,
                    vis,
                    ident,
                    span,
                    kind: ItemKind::Const(Const { ty, value }),
                });
            }
            syn::Item::Static(item) => {
                let Some(attrs) = self.attributes(&item.attrs) else { return };
                self.refuse_derives(&attrs.derives);
                let (vis, ident) = (self.visibility(&item.vis), self.ident(&item.ident));
                if let syn::StaticMutability::Mut(token) = &item.mutability {
                    let span = self.span(token.span);
                    self.error(unsupported::mutable_static(span));
                }
                let ty = self.ty(&item.ty);
                let value = self.expr(&item.expr);
                let span = self.span(item.static_token.span).to(self.span(item.semi_token.span));
                out.push(Item { attrs: attrs.kept, vis, ident, span, kind: ItemKind::Static(ty, value) });
            }
            syn::Item::Type(item) => {
                let Some(attrs) = self.attributes(&item.attrs) else { return };
                self.refuse_derives(&attrs.derives);
                self.refuse_default(item.modifiers.defaultness.as_ref().map(|t| t.span));
                let (vis, ident) = (self.visibility(&item.vis), self.ident(&item.ident));
                let generics = self.generics(&item.generics, ident.span);
                let ty = self.ty(&item.ty);
                let span = self.span(item.type_token.span).to(self.span(item.semi_token.span));
                out.push(Item { attrs: attrs.kept, vis, ident, span, kind: ItemKind::TyAlias(generics, ty) });
            }
            syn::Item::Union(item) => {
                if self.is_configured(&item.attrs) {
                    let span = self.span(item.union_token.span).to(self.span(item.ident.span()));
                    self.error(unsupported::union(span));
                }
            }
            syn::Item::TraitAlias(item) => {
                if self.is_configured(&item.attrs) {
                    let span = self.span(item.trait_token.span);
                    self.error(unsupported::unstable(span, "a trait alias"));
                }
            }
            syn::Item::Verbatim(tokens) => {
                let span = self.tokens_span(tokens);
                self.error(unsupported::unstable(span, "this form of item"));
            }
            _ => {
                let span = self.span(item_keyword(item));
                self.error(unsupported::unstable(span, "this form of item"));
            }
        }
    }

    fn item_mod(&mut self, module: &syn::ItemMod, place: &Place, out: &mut Vec<Item>) {
        let Some(mut attrs) = self.attributes(&module.attrs) else { return };
        let (vis, ident) = (self.visibility(&module.vis), self.ident(&module.ident));
        if let Some(token) = &module.unsafety {
            let span = self.span(token.span);
            self.error(unsupported::unsafe_code(span));
        }
        let name = ident.name.as_str();
        let mut span = self.span(module.mod_token.span).to(ident.span);
        let scope = self.macros.len();
        self.module_path.push(ident.name);
        let mut items = Vec::new();
        match &module.content {
            Some((brace, content)) => {
                span = span.to(self.span(brace.span.close()));
                self.items(content, &place.inline(name, attrs.path.as_deref()), &mut items);
            }
            None if place.is_block() => {
                self.error(
                    Diagnostic::error("", span, "cannot declare a file module inside a block")
                        .help("move the declaration to the module around the function"),
                );
            }
            None => {
                let file = self.file_module(place, name, ident.span, attrs.path.as_deref());
                attrs.macro_use |= file.macro_use;
                items = file.items;
            }
        }
        self.module_path.pop();
        if !attrs.macro_use {
            self.macros.truncate(scope);
        }
        out.push(Item { attrs: attrs.kept, vis, ident, span, kind: ItemKind::Mod(items) });
    }

    fn item_struct(&mut self, item: &syn::ItemStruct, out: &mut Vec<Item>) {
        let Some(attrs) = self.attributes(&item.attrs) else { return };
        let (vis, ident) = (self.visibility(&item.vis), self.ident(&item.ident));
        let generics = self.generics(&item.generics, ident.span);
        let data = self.fields(&item.fields);
        let end = match (&item.semi_token, &item.fields) {
            (Some(semi), _) => self.span(semi.span),
            (None, syn::Fields::Named(named)) => self.span(named.brace_token.span.close()),
            _ => ident.span,
        };
        let span = self.span(item.struct_token.span).to(end);
        let kind = ItemKind::Struct(generics, data);
        self.push_with_derives(Item { attrs: attrs.kept.clone(), vis, ident, span, kind }, &attrs, None, out);
    }

    fn item_enum(&mut self, item: &syn::ItemEnum, out: &mut Vec<Item>) {
        let Some(attrs) = self.attributes(&item.attrs) else { return };
        let (vis, ident) = (self.visibility(&item.vis), self.ident(&item.ident));
        let generics = self.generics(&item.generics, ident.span);
        let mut variants = Vec::new();
        let mut default = None;
        for variant in &item.variants {
            let Some(variant_attrs) = self.attributes(&variant.attrs) else { continue };
            let ident = self.ident(&variant.ident);
            if variant_attrs.default {
                if default.is_some() {
                    self.error(Diagnostic::error("", ident.span, "multiple declared defaults"));
                }
                default = Some(variants.len());
            }
            self.refuse_variant_visibility(ident.span, &variant.fields);
            let data = self.fields(&variant.fields);
            let discriminant = variant.discriminant.as_ref().map(|(_, expr)| self.anon_const(expr));
            let end = match &variant.fields {
                syn::Fields::Named(named) => self.span(named.brace_token.span.close()),
                syn::Fields::Unnamed(unnamed) => self.span(unnamed.paren_token.span.close()),
                syn::Fields::Unit => ident.span,
            };
            variants.push(Variant { ident, data, discriminant, span: ident.span.to(end) });
        }
        let span = self.span(item.enum_token.span).to(self.span(item.brace_token.span.close()));
        let kind = ItemKind::Enum(generics, variants);
        self.push_with_derives(
            Item { attrs: attrs.kept.clone(), vis, ident, span, kind },
            &attrs,
            default,
            out,
        );
    }

    fn push_with_derives(
        &mut self,
        item: Item,
        attrs: &Attributes,
        default: Option<usize>,
        out: &mut Vec<Item>,
    ) {
        let impls = self.derives(&item, &attrs.derives, default);
        out.push(item);
        out.extend(impls);
    }

    fn fields(&mut self, fields: &syn::Fields) -> VariantData {
        let (shape, list) = match fields {
            syn::Fields::Named(named) => (VariantShape::Named, &named.named),
            syn::Fields::Unnamed(unnamed) => (VariantShape::Tuple, &unnamed.unnamed),
            syn::Fields::Unit => return VariantData { shape: VariantShape::Unit, fields: Vec::new() },
        };
        let mut out: Vec<FieldDef> = Vec::new();
        for field in list {
            if !self.is_configured(&field.attrs) {
                continue;
            }
            if let Some((eq, _)) = &field.default {
                let span = self.span(eq.span);
                self.error(unsupported::unstable(span, "a default value of a field"));
            }
            let vis = self.visibility(&field.vis);
            let ty = self.ty(&field.ty);
            let ident = match &field.ident {
                Some(ident) => self.ident(ident),
                None => Ident { name: Symbol::intern(&out.len().to_string()), span: ty.span, ctxt: 0 },
            };
            out.push(FieldDef { vis, ident, span: ident.span.to(ty.span), ty });
        }
        VariantData { shape, fields: out }
    }

    fn item_trait(&mut self, item: &syn::ItemTrait, out: &mut Vec<Item>) {
        let Some(attrs) = self.attributes(&item.attrs) else { return };
        self.refuse_derives(&attrs.derives);
        let (vis, ident) = (self.visibility(&item.vis), self.ident(&item.ident));
        if let Some(token) = &item.unsafety {
            let span = self.span(token.span);
            self.refuse_in_user_crate(unsupported::unsafe_code(span));
        }
        if let Some(token) = &item.modifiers.auto_token {
            let span = self.span(token.span);
            self.refuse_in_user_crate(unsupported::unstable(span, "an auto trait"));
        }
        let generics = self.generics(&item.generics, ident.span);
        let supertraits = self.bounds(&item.supertraits);
        let mut items = Vec::new();
        for item in &item.items {
            self.trait_item(item, &mut items);
        }
        let span = self.span(item.trait_token.span).to(self.span(item.brace_token.span.close()));
        let (is_unsafe, is_auto) = (item.unsafety.is_some(), item.modifiers.auto_token.is_some());
        let kind = ItemKind::Trait(Trait { generics, supertraits, items, is_unsafe, is_auto });
        out.push(Item { attrs: attrs.kept, vis, ident, span, kind });
    }

    fn item_impl(&mut self, item: &syn::ItemImpl, out: &mut Vec<Item>) {
        let Some(attrs) = self.attributes(&item.attrs) else { return };
        self.refuse_derives(&attrs.derives);
        let start = self.span(item.impl_token.span);
        if let Some(token) = &item.unsafety {
            let span = self.span(token.span);
            self.refuse_in_user_crate(unsupported::unsafe_code(span));
        }
        if let Some(token) = &item.modifiers.polarity {
            let span = self.span(token.span);
            self.refuse_in_user_crate(unsupported::unstable(span, "a negative impl"));
        }
        self.refuse_default(item.modifiers.defaultness.as_ref().map(|t| t.span));
        let generics = self.generics(&item.generics, start);
        let of_trait = item.trait_.as_ref().map(|(path, _)| self.path(path));
        let self_ty = self.ty(&item.self_ty);
        let mut items = Vec::new();
        for item in &item.items {
            if of_trait.is_some() {
                self.refuse_visibility(item);
            }
            self.impl_item(item, &mut items);
        }
        let head = start.to(self_ty.span);
        let negative = item.modifiers.polarity.is_some();
        let span = start.to(self.span(item.brace_token.span.close()));
        let kind = ItemKind::Impl(Impl { generics, of_trait, negative, self_ty, items, derived: None });
        out.push(Item { attrs: attrs.kept, vis: Visibility::Inherited, ident: no_name(head), span, kind });
    }

    fn item_foreign(&mut self, foreign: &syn::ItemForeignMod, out: &mut Vec<Item>) {
        let Some(attrs) = self.attributes(&foreign.attrs) else { return };
        let span = self.span(foreign.abi.extern_token.span).to(self.span(foreign.brace_token.span.close()));
        let intrinsic = foreign.abi.name.as_ref().is_some_and(|name| name.value() == "intrinsic");
        if !(intrinsic && self.options.is_std) {
            let span = self.span(foreign.abi.extern_token.span);
            self.error(unsupported::foreign(span));
            return;
        }
        let mut functions = Vec::new();
        for item in &foreign.items {
            let syn::ForeignItem::Fn(item) = item else {
                self.error(unsupported::unstable(span, "an intrinsic that is no function"));
                continue;
            };
            let Some(attrs) = self.attributes(&item.attrs) else { continue };
            let vis = self.visibility(&item.vis);
            let function = self.function(&item.sig, None);
            let (ident, span) = (self.ident(&item.sig.ident), function.sig.span);
            functions.push(Item { attrs: attrs.kept, vis, ident, span, kind: ItemKind::Fn(function) });
        }
        let kind = ItemKind::ExternIntrinsics(functions);
        out.push(Item { attrs: attrs.kept, vis: Visibility::Inherited, ident: no_name(span), span, kind });
    }

    /// An item of a trait.
    pub fn trait_item(&mut self, item: &syn::TraitItem, out: &mut Vec<AssocItem>) {
        let vis = Visibility::Inherited;
        match item {
            syn::TraitItem::Const(item) => {
                let Some(attrs) = self.attributes(&item.attrs) else { return };
                self.refuse_derives(&attrs.derives);
                let ident = self.ident(&item.ident);
                self.refuse_const_generics(&item.generics);
                let ty = self.ty(&item.ty);
                let value = item.default.as_ref().map(|(_, expr)| self.expr(expr));
                let span = self.span(item.const_token.span).to(self.span(item.semi_token.span));
                let kind = AssocItemKind::Const(Const { ty, value });
                out.push(AssocItem { attrs: attrs.kept, vis, ident, span, kind });
            }
            syn::TraitItem::Fn(item) => {
                let Some(attrs) = self.attributes(&item.attrs) else { return };
                self.refuse_derives(&attrs.derives);
                let ident = self.ident(&item.sig.ident);
                if item.default.is_none() {
                    self.refuse_patterns(&item.sig);
                }
                let function = self.function(&item.sig, item.default.as_ref());
                let span = function.sig.span.to(function.body.as_ref().map_or(function.sig.span, |b| b.span));
                out.push(AssocItem {
                    attrs: attrs.kept,
                    vis,
                    ident,
                    span,
                    kind: AssocItemKind::Fn(function),
                });
            }
            syn::TraitItem::Type(item) => {
                let Some(attrs) = self.attributes(&item.attrs) else { return };
                self.refuse_derives(&attrs.derives);
                let ident = self.ident(&item.ident);
                let generics = self.generics(&item.generics, ident.span);
                let bounds = self.bounds(&item.bounds);
                let value = item.default.as_ref().map(|(_, ty)| self.ty(ty));
                let span = self.span(item.type_token.span).to(self.span(item.semi_token.span));
                let kind = AssocItemKind::Type { generics, bounds, value };
                out.push(AssocItem { attrs: attrs.kept, vis, ident, span, kind });
            }
            syn::TraitItem::Macro(call) => {
                if self.is_configured(&call.attrs) {
                    self.macro_items(&call.mac, |cx, item: &syn::TraitItem| cx.trait_item(item, out));
                }
            }
            syn::TraitItem::Verbatim(tokens) => match tokens.clone().into_iter().next() {
                Some(proc_macro2::TokenTree::Ident(first)) if first == "pub" => {
                    self.refuse_visibility_at(self.span(first.span()));
                }
                _ => {
                    let span = self.tokens_span(tokens);
                    self.error(unsupported::unstable(span, "this form of trait item"));
                }
            },
            _ => {
                let span = self.end_of_file();
                self.error(unsupported::unstable(span, "this form of trait item"));
            }
        }
    }

    /// An item of an impl.
    pub fn impl_item(&mut self, item: &syn::ImplItem, out: &mut Vec<AssocItem>) {
        match item {
            syn::ImplItem::Const(item) => {
                let Some(attrs) = self.attributes(&item.attrs) else { return };
                self.refuse_derives(&attrs.derives);
                self.refuse_default(item.modifiers.defaultness.as_ref().map(|t| t.span));
                self.refuse_const_generics(&item.generics);
                let (vis, ident) = (self.visibility(&item.vis), self.ident(&item.ident));
                let ty = self.ty(&item.ty);
                let value = Some(self.expr(&item.expr));
                let span = self.span(item.const_token.span).to(self.span(item.semi_token.span));
                let kind = AssocItemKind::Const(Const { ty, value });
                out.push(AssocItem { attrs: attrs.kept, vis, ident, span, kind });
            }
            syn::ImplItem::Fn(item) => {
                let Some(attrs) = self.attributes(&item.attrs) else { return };
                self.refuse_derives(&attrs.derives);
                self.refuse_default(item.modifiers.defaultness.as_ref().map(|t| t.span));
                let (vis, ident) = (self.visibility(&item.vis), self.ident(&item.sig.ident));
                let function = self.function(&item.sig, Some(&item.block));
                let span = function.sig.span.to(function.body.as_ref().map_or(function.sig.span, |b| b.span));
                out.push(AssocItem {
                    attrs: attrs.kept,
                    vis,
                    ident,
                    span,
                    kind: AssocItemKind::Fn(function),
                });
            }
            syn::ImplItem::Type(item) => {
                let Some(attrs) = self.attributes(&item.attrs) else { return };
                self.refuse_derives(&attrs.derives);
                self.refuse_default(item.modifiers.defaultness.as_ref().map(|t| t.span));
                let (vis, ident) = (self.visibility(&item.vis), self.ident(&item.ident));
                let generics = self.generics(&item.generics, ident.span);
                let value = Some(self.ty(&item.ty));
                let span = self.span(item.type_token.span).to(self.span(item.semi_token.span));
                let kind = AssocItemKind::Type { generics, bounds: Vec::new(), value };
                out.push(AssocItem { attrs: attrs.kept, vis, ident, span, kind });
            }
            syn::ImplItem::Macro(call) => {
                if self.is_configured(&call.attrs) {
                    self.macro_items(&call.mac, |cx, item: &syn::ImplItem| cx.impl_item(item, out));
                }
            }
            syn::ImplItem::Verbatim(tokens) => {
                let span = self.tokens_span(tokens);
                self.error(unsupported::unstable(span, "this form of associated item"));
            }
            _ => {
                let span = self.end_of_file();
                self.error(unsupported::unstable(span, "this form of associated item"));
            }
        }
    }

    fn function(&mut self, sig: &syn::Signature, body: Option<&syn::Block>) -> Fn {
        let start = self.span(sig.fn_token.span);
        if let Some(token) = &sig.asyncness {
            let span = self.span(token.span);
            self.error(unsupported::asynchronous(span));
        }
        let is_unsafe = match &sig.safety {
            syn::Safety::Unsafe(token) => {
                let span = self.span(token.span);
                self.refuse_in_user_crate(unsupported::unsafe_code(span));
                true
            }
            _ => false,
        };
        if let Some(abi) = &sig.abi {
            // `extern "rust-call"` of the `Fn` traits says nothing to us.
            let span = self.span(abi.extern_token.span);
            self.refuse_in_user_crate(unsupported::foreign(span));
        }
        if let Some(variadic) = &sig.variadic {
            let span = self.span(variadic.dots.spans[0]);
            self.error(unsupported::foreign(span));
        }
        let ident_span = self.span(sig.ident.span());
        let generics = self.generics(&sig.generics, ident_span);
        let mut inputs = Vec::new();
        let mut has_self = false;
        for input in &sig.inputs {
            match input {
                syn::FnArg::Receiver(receiver) => {
                    has_self = true;
                    inputs.push(self.receiver(receiver));
                }
                syn::FnArg::Typed(param) => {
                    if self.is_configured(&param.attrs) {
                        let pat = self.pat(&param.pat);
                        let ty = self.ty(&param.ty);
                        let span = pat.span.to(ty.span);
                        inputs.push(Param { pat, ty, span });
                    }
                }
            }
        }
        let output = self.return_type(&sig.output);
        let end = output.as_ref().map_or(self.span(sig.paren_token.span.close()), |ty| ty.span);
        let is_const = sig.constness.is_some();
        let sig = FnSig { is_const, is_unsafe, has_self, inputs, output, span: start.to(end) };
        let body = body.map(|block| self.block(block));
        Fn { generics, sig, body }
    }

    fn receiver(&mut self, receiver: &syn::Receiver) -> Param {
        let span = self.span(receiver.self_token.span);
        let ident = Ident { name: Symbol::intern("self"), span, ctxt: 0 };
        let self_ty = || {
            let segment =
                PathSegment { ident: Ident { name: Symbol::intern("Self"), span, ctxt: 0 }, args: None };
            let path = Path { root: PathRoot::Relative, segments: vec![segment], span };
            Ty { kind: TyKind::Path(None, path), span }
        };
        let ty = match &receiver.kind {
            syn::ReceiverKind::Value => self_ty(),
            syn::ReceiverKind::Reference(and, lifetime, mutable) => {
                let lifetime = lifetime.as_ref().map(|l| self.lifetime(l));
                let mutability = if mutable.is_some() { Mutability::Mut } else { Mutability::Not };
                let span = self.span(and.span).to(span);
                Ty { kind: TyKind::Ref(lifetime, Box::new(self_ty()), mutability), span }
            }
            syn::ReceiverKind::Typed(_, ty) => self.ty(ty),
            _ => {
                self.error(unsupported::unstable(span, "this form of `self`"));
                Ty { kind: TyKind::Error, span }
            }
        };
        let mutable = receiver.mutability.is_some();
        let pat = Pat { kind: PatKind::Ident { by_ref: None, mutable, ident, sub: None }, span };
        Param { span: span.to(ty.span), pat, ty }
    }

    /// `default fn` and the like: specialisation.
    fn refuse_default(&mut self, token: Option<proc_macro2::Span>) {
        if let Some(token) = token {
            let span = self.span(token);
            self.error(unsupported::unstable(span, "specialisation (`default`)"));
        }
    }

    fn refuse_const_generics(&mut self, generics: &syn::Generics) {
        if let Some(lt) = &generics.lt_token {
            let span = self.span(lt.span);
            self.error(unsupported::unstable(span, "a generic constant"));
        }
    }
}

/// The name of what has none.
fn no_name(span: Span) -> Ident {
    Ident { name: Symbol::intern(""), span, ctxt: 0 }
}

fn item_keyword(item: &syn::Item) -> proc_macro2::Span {
    match item {
        syn::Item::Const(i) => i.const_token.span,
        syn::Item::Enum(i) => i.enum_token.span,
        syn::Item::Fn(i) => i.sig.fn_token.span,
        syn::Item::Impl(i) => i.impl_token.span,
        syn::Item::Macro(i) => i.mac.bang_token.span,
        syn::Item::Mod(i) => i.mod_token.span,
        syn::Item::Struct(i) => i.struct_token.span,
        syn::Item::Trait(i) => i.trait_token.span,
        syn::Item::Use(i) => i.use_token.span,
        _ => proc_macro2::Span::call_site(),
    }
}
