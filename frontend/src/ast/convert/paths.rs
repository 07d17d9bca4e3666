//! Paths and generic arguments.

use crate::ast::cx::Cx;
use crate::ast::expand::mark;
use crate::ast::syntax::*;
use crate::ast::unsupported;
use crate::diag::Diagnostic;
use crate::symbol::Symbol;

impl Cx<'_> {
    /// A path with or without generic arguments.
    pub fn path(&mut self, path: &syn::Path) -> Path {
        let mut root = if path.leading_colon.is_some() { PathRoot::Global } else { PathRoot::Relative };
        let mut span = None;
        let mut segments = Vec::with_capacity(path.segments.len());
        for (i, segment) in path.segments.iter().enumerate() {
            let ident_span = self.span(segment.ident.span());
            if i == 0
                && let Some(name) = mark::decode_crate(&segment.ident.to_string())
            {
                root = PathRoot::Crate(Symbol::intern(name));
                span = Some(ident_span);
                continue;
            }
            let converted = self.path_segment(segment);
            let end = match &converted.args {
                Some(GenericArgs::Angle(_, s) | GenericArgs::Parenthesized { span: s, .. }) => *s,
                None => ident_span,
            };
            let whole = ident_span.to(end);
            span = Some(span.map_or(whole, |s| s.to(whole)));
            segments.push(converted);
        }
        if let Some(colons) = &path.leading_colon {
            let start = self.span(colons.spans[0]);
            span = span.map(|s| start.to(s));
        }
        Path { root, segments, span: span.unwrap_or(self.end_of_file()) }
    }

    fn path_segment(&mut self, segment: &syn::PathSegment) -> PathSegment {
        let ident = self.ident(&segment.ident);
        let args = match &segment.arguments {
            syn::PathArguments::None => None,
            syn::PathArguments::AngleBracketed(args) => Some(self.generic_args(args)),
            syn::PathArguments::Parenthesized(args) => {
                let inputs = args.inputs.iter().map(|arg| self.ty(&arg.ty)).collect();
                let mut span = self.span(args.paren_token.span.join());
                let output = self.return_type(&args.output);
                if let Some(output) = &output {
                    span = span.to(output.span);
                }
                Some(GenericArgs::Parenthesized { inputs, output: output.map(Box::new), span })
            }
        };
        PathSegment { ident, args }
    }

    /// `<A, 'b, Item = T>`
    pub fn generic_args(&mut self, args: &syn::AngleBracketedGenericArguments) -> GenericArgs {
        let span = self.span(args.lt_token.span).to(self.span(args.gt_token.span));
        let list: Vec<_> = args.args.iter().filter_map(|arg| self.generic_arg(arg)).collect();
        self.check_argument_order(&list);
        GenericArgs::Angle(list, span)
    }

    fn generic_arg(&mut self, arg: &syn::GenericArgument) -> Option<GenericArg> {
        Some(match arg {
            syn::GenericArgument::Lifetime(lifetime) => GenericArg::Lifetime(self.lifetime(lifetime)),
            syn::GenericArgument::Type(ty) => GenericArg::Type(self.ty(ty)),
            syn::GenericArgument::Const(expr) => GenericArg::Const(self.anon_const(expr)),
            syn::GenericArgument::AssocType(assoc) => {
                let args = assoc.generics.as_ref().map(|args| Box::new(self.generic_args(args)));
                GenericArg::AssocTy(self.ident(&assoc.ident), args, self.ty(&assoc.ty))
            }
            syn::GenericArgument::Constraint(constraint) => {
                let args = constraint.generics.as_ref().map(|args| Box::new(self.generic_args(args)));
                GenericArg::AssocBounds(self.ident(&constraint.ident), args, self.bounds(&constraint.bounds))
            }
            syn::GenericArgument::AssocConst(assoc) => {
                let span = self.span(assoc.ident.span());
                self.error(unsupported::unstable(span, "an equality on an associated constant"));
                return None;
            }
            _ => {
                let span = self.end_of_file();
                self.error(unsupported::unstable(span, "this generic argument"));
                return None;
            }
        })
    }

    /// `<T as Trait>::A` with its path.
    pub fn qualified_path(&mut self, qself: Option<&syn::QSelf>, path: &syn::Path) -> (Option<QSelf>, Path) {
        let mut converted = self.path(path);
        let Some(qself) = qself else { return (None, converted) };
        if qself.as_token.is_none() {
            // `<T>::f`: the colons belong to the brackets.
            converted.root = PathRoot::Relative;
        }
        let position = match converted.root {
            PathRoot::Crate(_) => qself.position.saturating_sub(1),
            _ => qself.position,
        };
        let ty = Box::new(self.ty(&qself.ty));
        converted.span = self.span(qself.lt_token.span).to(converted.span);
        (Some(QSelf { ty, position }), converted)
    }

    /// A constant in a type.
    pub fn anon_const(&mut self, expr: &syn::Expr) -> AnonConst {
        // `{ N }` is `N` to everybody but the parser.
        if let syn::Expr::Block(block) = expr
            && let [syn::Stmt::Expr(inner, None)] = block.block.stmts.as_slice()
            && matches!(inner, syn::Expr::Path(_) | syn::Expr::Lit(_))
        {
            return AnonConst { value: Box::new(self.expr(inner)) };
        }
        AnonConst { value: Box::new(self.expr(expr)) }
    }

    /// `pub`, `pub(crate)`, nothing.
    pub fn visibility(&mut self, vis: &syn::Visibility) -> Visibility {
        match vis {
            syn::Visibility::Inherited => Visibility::Inherited,
            syn::Visibility::Public(_) => Visibility::Public,
            syn::Visibility::Restricted(restricted) => Visibility::Restricted(self.path(&restricted.path)),
        }
    }

    /// A use tree. `leading` is set for `use ::a`.
    pub fn use_tree(&mut self, tree: &syn::UseTree, leading: bool) -> UseTree {
        let mut root = if leading { PathRoot::Global } else { PathRoot::Relative };
        let mut segments = Vec::new();
        let mut tree = tree;
        let mut span = None;
        while let syn::UseTree::Path(path) = tree {
            self.use_segment(&path.ident, &mut root, &mut segments, &mut span);
            tree = &path.tree;
        }
        let (kind, end) = match tree {
            syn::UseTree::Name(name) => {
                self.use_segment(&name.ident, &mut root, &mut segments, &mut span);
                self.refuse_self_import(&segments);
                (UseKind::Simple(None), self.span(name.ident.span()))
            }
            syn::UseTree::Rename(rename) => {
                self.use_segment(&rename.ident, &mut root, &mut segments, &mut span);
                let ident = self.ident(&rename.rename);
                (UseKind::Simple(Some(ident)), ident.span)
            }
            syn::UseTree::Glob(glob) => (UseKind::Glob, self.span(glob.star_token.span)),
            syn::UseTree::Group(group) => {
                let trees = group.items.iter().map(|tree| self.use_tree(tree, false)).collect();
                (UseKind::Nested(trees), self.span(group.brace_token.span.join()))
            }
            _ => {
                let span = span.unwrap_or(self.end_of_file());
                self.error(Diagnostic::error("", span, "invalid `use`"));
                (UseKind::Nested(Vec::new()), span)
            }
        };
        let start = span.unwrap_or(end);
        let prefix = Path { root, segments, span: start };
        UseTree { prefix, kind, span: start.to(end) }
    }

    fn use_segment(
        &mut self,
        ident: &proc_macro2::Ident,
        root: &mut PathRoot,
        segments: &mut Vec<PathSegment>,
        span: &mut Option<crate::source::Span>,
    ) {
        let place = self.span(ident.span());
        *span = Some(span.map_or(place, |s| s.to(place)));
        match mark::decode_crate(&ident.to_string()) {
            Some(name) => *root = PathRoot::Crate(Symbol::intern(name)),
            None => segments.push(PathSegment { ident: self.ident(ident), args: None }),
        }
    }
}
