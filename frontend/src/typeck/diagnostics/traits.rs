//! E0277 and its relatives: something does not implement a trait, or implements it with another type.

use crate::diag::Diagnostic;
use crate::hir::{BinOp, DefId, DefKind};
use crate::ty::solve::builtin::closure_sig_ty;
use crate::ty::solve::{CauseCode, Eval, FulfillError, FulfillErrorKind, Obligation};
use crate::ty::{Clause, Flags, FnSig, GenericArg, InferTy, TraitRef, Ty, TyKind};

use super::super::fn_ctxt::FnCtxt;
use super::inference;

/// Reports an obligation that cannot be met.
pub fn report(cx: &FnCtxt<'_, '_>, error: &FulfillError) {
    let span = error.obligation.cause.span;
    match (error.kind, cx.infcx.resolve(error.obligation.clause)) {
        (FulfillErrorKind::Ambiguous, clause) => ambiguous(cx, &error.obligation, clause),
        (FulfillErrorKind::Overflow, Clause::Trait(tr)) => {
            cx.error(Diagnostic::error(
                "E0275",
                span,
                format!("overflow evaluating the requirement `{}`", shown(cx, tr)),
            ));
        }
        (FulfillErrorKind::Mismatch(found), Clause::Projection(def, args, expected)) => {
            projection_mismatch(cx, error, def, args.first().copied(), expected, found);
        }
        (_, Clause::Trait(tr)) => unimplemented(cx, error, tr),
        (_, Clause::Projection(def, args, _)) => {
            let trait_def = cx.tcx.hir.def(def).parent.unwrap_or(def);
            unimplemented(cx, error, TraitRef { trait_def, args });
        }
    }
}

fn shown(cx: &FnCtxt<'_, '_>, tr: TraitRef) -> String {
    let this = tr.args.first().and_then(|a| a.as_type()).map_or(String::new(), |t| cx.show(t));
    format!("{this}: {}", show_trait(cx, tr))
}

/// `Trait<A>` with readable types.
fn show_trait(cx: &FnCtxt<'_, '_>, tr: TraitRef) -> String {
    let rest: Vec<String> = tr
        .args
        .iter()
        .skip(1)
        .filter_map(|a| match a {
            GenericArg::Type(t) => Some(cx.show(*t)),
            GenericArg::Const(c) => Some(c.to_string()),
            GenericArg::Region(_) => None,
        })
        .collect();
    if rest.is_empty() {
        tr.trait_def.name().to_string()
    } else {
        format!("{}<{}>", tr.trait_def.name(), rest.join(", "))
    }
}

fn ambiguous(cx: &FnCtxt<'_, '_>, ob: &Obligation, clause: Clause) {
    if cx.tainted.get() || clause_flags(clause).has(Flags::ERROR) {
        return;
    }
    let span = ob.cause.span;
    match clause {
        Clause::Trait(tr) => {
            let this = tr.args.first().and_then(|a| a.as_type()).unwrap_or(Ty::error());
            if matches!(this.kind(), TyKind::Infer(InferTy::Ty(_))) || Some(tr.trait_def) == cx.tcx.lang.sized
            {
                let param = match this.kind() {
                    TyKind::Infer(InferTy::Ty(v)) => cx.infcx.origin(*v).and_then(|o| o.param),
                    _ => None,
                };
                let at = match this.kind() {
                    TyKind::Infer(InferTy::Ty(v)) => cx.infcx.origin(*v).map_or(span, |o| o.span),
                    _ => span,
                };
                let local = cx.body.locals.iter_enumerated().find(|(_, l)| l.span == at);
                match local {
                    Some((id, l)) => {
                        let ty = cx.local_ty(id);
                        cx.error(inference::annotations_needed_for(cx, at, l.name, cx.infcx.resolve(ty)));
                    }
                    None => {
                        cx.error(inference::annotations_needed(at, param));
                    }
                }
            } else {
                cx.error(
                    Diagnostic::error("E0283", span, "type annotations needed")
                        .primary("cannot infer type")
                        .note(format!("cannot satisfy `{}`", shown(cx, tr))),
                );
            }
        }
        Clause::Projection(def, ..) => {
            cx.error(
                Diagnostic::error("E0284", span, "type annotations needed")
                    .primary(format!("cannot infer the associated type `{}`", def.name())),
            );
        }
    }
}

fn clause_flags(clause: Clause) -> Flags {
    use crate::ty::fold::Fold;
    clause.flags()
}

fn projection_mismatch(
    cx: &FnCtxt<'_, '_>,
    error: &FulfillError,
    def: DefId,
    this: Option<GenericArg>,
    expected: Ty,
    found: Ty,
) {
    cx.tainted.set(true);
    let (expected, found) = (cx.infcx.resolve(expected), cx.infcx.resolve(found));
    let this = this.and_then(|a| a.as_type()).unwrap_or(Ty::error());
    if [expected, found, this].iter().any(|t| t.flags().has(Flags::ERROR)) {
        return;
    }
    // A projection of a trait that is not implemented: that is told elsewhere.
    if let TyKind::Projection(d, args) = *found.kind() {
        let trait_def = cx.tcx.hir.def(d).parent.unwrap_or(d);
        let n = cx.tcx.generics_count(trait_def).min(args.len());
        if cx.infcx.evaluate_trait(cx.env, trait_def, crate::ty::List::new(&args[..n])) == Eval::Fails {
            return;
        }
    }
    let span = error.obligation.cause.span;
    if let CauseCode::BinaryOp(..) = error.obligation.cause.code {
        cx.error(Diagnostic::error("E0308", span, "mismatched types").primary(format!(
            "expected `{}`, found `{}`",
            cx.show(expected),
            cx.show(found)
        )));
        return;
    }
    let message = if Some(def) == cx.tcx.lang.fn_once_output {
        match this.kind() {
            TyKind::Closure(..) => {
                format!(
                    "expected closure to return `{}`, but it returns `{}`",
                    cx.show(expected),
                    cx.show(found)
                )
            }
            _ => format!(
                "expected `{}` to return `{}`, but it returns `{}`",
                cx.show(this),
                cx.show(expected),
                cx.show(found)
            ),
        }
    } else {
        format!(
            "type mismatch resolving `<{} as {}>::{} == {}`",
            cx.show(this),
            def.parent_name(),
            def.name(),
            cx.show(expected)
        )
    };
    let d = Diagnostic::error("E0271", span, message).primary(format!(
        "expected `{}`, found `{}`",
        cx.show(expected),
        cx.show(found)
    ));
    cx.error(with_bound(cx, d, error));
}

fn with_bound(cx: &FnCtxt<'_, '_>, d: Diagnostic, error: &FulfillError) -> Diagnostic {
    match error.obligation.cause.code {
        CauseCode::Bound(def, at) if !at.is_none() => {
            d.label(at, format!("required by this bound in `{}`", cx.tcx.hir.def(def).name))
        }
        _ => d,
    }
}

/// The obligation at the bottom that makes this one fail, with those in between.
fn leaf(cx: &FnCtxt<'_, '_>, tr: TraitRef) -> (TraitRef, Vec<TraitRef>) {
    let mut at = tr;
    let mut above = Vec::new();
    for _ in 0..8 {
        let ob = cx.obligation(cx.cause(crate::source::Span::NONE), Clause::Trait(at));
        let next = cx.infcx.probe(|| {
            let candidate = cx.infcx.select(&ob, at).ok()??;
            let nested = cx.infcx.confirm(&candidate, &ob, at).ok()?;
            nested.iter().find_map(|n| match cx.infcx.resolve(n.clause) {
                Clause::Trait(inner) if cx.infcx.evaluate(n) == Eval::Fails => Some(inner),
                _ => None,
            })
        });
        match next {
            Some(inner) if inner != at && !clause_flags(Clause::Trait(inner)).has(Flags::INFER) => {
                above.push(at);
                at = inner;
            }
            _ => break,
        }
    }
    (at, above)
}

fn unimplemented(cx: &FnCtxt<'_, '_>, error: &FulfillError, tr: TraitRef) {
    cx.tainted.set(true);
    if clause_flags(Clause::Trait(tr)).has(Flags::ERROR) {
        return;
    }
    let cause = error.obligation.cause;
    let (bottom, above) = leaf(cx, tr);
    let this = bottom.args.first().and_then(|a| a.as_type()).unwrap_or(Ty::error());
    // One missing impl is told once at a place, however many obligations need it.
    let known = (cause.span, bottom);
    if this.is_error() || cx.told.borrow().contains(&known) {
        return;
    }
    cx.told.borrow_mut().push(known);
    if let Some((closure, sig)) = closure_with_other_arguments(cx, bottom, this) {
        // Where a signature was expected, the closure has been compared with it.
        if cx.results.borrow().unguided_closures.contains(&closure) {
            let found = cx.show(Ty::tuple(&sig.inputs));
            let message = "type mismatch in closure arguments";
            cx.error(
                Diagnostic::error("E0631", cause.span, message)
                    .primary(format!("expected `{}`, found a closure of `{found}`", show_trait(cx, bottom))),
            );
        }
        return;
    }
    let mut d = match cause.code {
        CauseCode::Question => question(cx, cause.span, tr),
        CauseCode::BinaryOp(op, rhs) => binary(cx, cause.span, op, tr, rhs),
        _ => plain(cx, cause.span, bottom, this),
    };
    for up in above.iter().rev() {
        let up_ty = up.args.first().and_then(|a| a.as_type()).map_or(String::new(), |t| cx.show(t));
        d = d.note(format!("required for `{up_ty}` to implement `{}`", show_trait(cx, *up)));
    }
    d = match cause.code {
        CauseCode::Bound(def, at) if !at.is_none() && !matches!(cause.code, CauseCode::Question) => {
            d.label(at, format!("required by a bound in `{}`", cx.tcx.hir.def(def).name))
        }
        CauseCode::RepeatCopy => d.note(
            "the `Copy` trait is required because this value will be copied for each element of the array",
        ),
        CauseCode::SizedValue => d.note("all local variables must have a statically known size"),
        _ => d,
    };
    cx.error(d);
}

/// A closure that should be called with what it does not take, and its signature.
fn closure_with_other_arguments(cx: &FnCtxt<'_, '_>, tr: TraitRef, this: Ty) -> Option<(DefId, FnSig)> {
    cx.tcx.lang.fn_trait_kind(tr.trait_def)?;
    let TyKind::Closure(def, args) = *this.kind() else { return None };
    let TyKind::FnPtr(sig) = *cx.infcx.shallow(closure_sig_ty(args)).kind() else { return None };
    let given = tr.args.get(1)?.as_type()?;
    let fits = cx.infcx.probe(|| cx.infcx.unify(Ty::tuple(&sig.inputs), given).is_ok());
    (!fits).then_some((def, sig))
}

fn plain(cx: &FnCtxt<'_, '_>, span: crate::source::Span, tr: TraitRef, this: Ty) -> Diagnostic {
    let shown_ty = cx.show(this);
    let lang = &cx.tcx.lang;
    let def = Some(tr.trait_def);
    if def == lang.sized {
        let is_result = matches!(&cx.tcx.hir.def(cx.owner).kind, DefKind::Fn(f) if f.output.span == span);
        if is_result && matches!(this.kind(), TyKind::Dynamic(..)) {
            return Diagnostic::error("E0746", span, "return type must be a boxed `dyn Trait` object")
                .primary("doesn't have a size known at compile-time")
                .help("return an `impl Trait`, or box it: `Box<dyn Trait>`");
        }
        return Diagnostic::error(
            "E0277",
            span,
            format!("the size for values of type `{shown_ty}` cannot be known at compilation time"),
        )
        .primary("doesn't have a size known at compile-time")
        .note(format!("the trait `Sized` is not implemented for `{shown_ty}`"));
    }
    if let Some(kind) = lang.fn_trait_kind(tr.trait_def) {
        if let TyKind::Closure(..) = this.kind() {
            return Diagnostic::error(
                "E0525",
                span,
                format!(
                    "expected a closure that implements the `{kind:?}` trait, but this closure only implements a weaker one"
                ),
            );
        }
        return Diagnostic::error(
            "E0277",
            span,
            format!("expected a `{}` closure, found `{shown_ty}`", show_trait(cx, tr)),
        )
        .primary(format!("expected an `{}` closure, found `{shown_ty}`", show_trait(cx, tr)));
    }
    match tr.trait_def.name() {
        "Display" => {
            Diagnostic::error("E0277", span, format!("`{shown_ty}` doesn't implement `std::fmt::Display`"))
                .primary(format!("`{shown_ty}` cannot be formatted with the default formatter"))
                .note(format!("the trait `std::fmt::Display` is not implemented for `{shown_ty}`"))
                .help("in format strings you may be able to use `{:?}` (or {:#?} for pretty-print) instead")
        }
        "Debug" => Diagnostic::error("E0277", span, format!("`{shown_ty}` doesn't implement `Debug`"))
            .primary(format!("`{shown_ty}` cannot be formatted using `{{:?}}`"))
            .note(format!("the trait `Debug` is not implemented for `{shown_ty}`"))
            .help(format!("consider annotating `{shown_ty}` with `#[derive(Debug)]`")),
        "Iterator" => Diagnostic::error("E0277", span, format!("`{shown_ty}` is not an iterator"))
            .primary(format!("`{shown_ty}` is not an iterator"))
            .note(format!("the trait `Iterator` is not implemented for `{shown_ty}`")),
        "FromIterator" => {
            let item = tr.args.get(1).and_then(|a| a.as_type()).map_or(String::new(), |t| cx.show(t));
            Diagnostic::error(
                "E0277",
                span,
                format!("a value of type `{shown_ty}` cannot be built from an iterator over elements of type `{item}`"),
            )
            .primary(format!("value of type `{shown_ty}` cannot be built from `std::iter::Iterator<Item={item}>`"))
        }
        "Index" | "SliceIndex" => {
            let index = tr.args.get(1).and_then(|a| a.as_type());
            let (container, index) = match (tr.trait_def.name(), index) {
                ("Index", Some(i)) => (shown_ty.clone(), cx.show(i)),
                (_, Some(i)) => (cx.show(i), shown_ty.clone()),
                (_, None) => ("[_]".to_string(), shown_ty.clone()),
            };
            Diagnostic::error("E0277", span, format!("the type `{container}` cannot be indexed by `{index}`"))
                .primary("slice indices are of type `usize` or ranges of `usize`")
        }
        "Sum" | "Product" => {
            let item = tr.args.get(1).and_then(|a| a.as_type()).map_or(String::new(), |t| cx.show(t));
            Diagnostic::error(
                "E0277",
                span,
                format!(
                    "a value of type `{shown_ty}` cannot be made by summing an iterator over elements of type `{item}`"
                ),
            )
        }
        "PartialEq" | "PartialOrd" if tr.args.len() > 1 => {
            let other = tr.args.get(1).and_then(|a| a.as_type()).unwrap_or(this);
            if other == this {
                Diagnostic::error(
                    "E0277",
                    span,
                    format!("the trait bound `{}` is not satisfied", shown(cx, tr)),
                )
                .primary(format!("the trait `{}` is not implemented for `{shown_ty}`", tr.trait_def.name()))
            } else {
                Diagnostic::error(
                    "E0277",
                    span,
                    format!("can't compare `{shown_ty}` with `{}`", cx.show(other)),
                )
                .primary(format!("no implementation for `{shown_ty} == {}`", cx.show(other)))
            }
        }
        _ => {
            Diagnostic::error("E0277", span, format!("the trait bound `{}` is not satisfied", shown(cx, tr)))
                .primary(format!("the trait `{}` is not implemented for `{shown_ty}`", show_trait(cx, tr)))
        }
    }
}

/// The operator of a trait obligation that came from `a op b`.
pub fn binary_words(op: BinOp) -> (&'static str, &'static str) {
    match op {
        BinOp::Add => ("add", "to"),
        BinOp::Sub => ("subtract", "from"),
        BinOp::Mul => ("multiply", "by"),
        BinOp::Div => ("divide", "by"),
        BinOp::Rem => ("calculate and assign the remainder of", "divided by"),
        _ => ("apply", "to"),
    }
}

fn noun(cx: &FnCtxt<'_, '_>, ty: Ty) -> String {
    match ty.kind() {
        TyKind::Infer(InferTy::Int(_)) => "{integer}".to_string(),
        TyKind::Infer(InferTy::Float(_)) => "{float}".to_string(),
        _ => cx.show(ty),
    }
}

fn binary(cx: &FnCtxt<'_, '_>, span: crate::source::Span, op: BinOp, tr: TraitRef, rhs: Ty) -> Diagnostic {
    let lhs = tr.args.first().and_then(|a| a.as_type()).unwrap_or(Ty::error());
    let rhs = cx.infcx.resolve(rhs);
    let (l, r) = (noun(cx, lhs), noun(cx, rhs));
    let (verb, word) = binary_words(op);
    let message = match op {
        BinOp::Add => format!("cannot add `{r}` to `{l}`"),
        BinOp::Sub => format!("cannot subtract `{r}` from `{l}`"),
        BinOp::Mul | BinOp::Div => format!("cannot {verb} `{l}` {word} `{r}`"),
        BinOp::Rem => format!("cannot calculate the remainder of `{l}` divided by `{r}`"),
        BinOp::Eq | BinOp::Ne | BinOp::Lt | BinOp::Le | BinOp::Gt | BinOp::Ge => {
            format!("can't compare `{l}` with `{r}`")
        }
        _ => format!("no implementation for `{l} {} {r}`", op.symbol()),
    };
    Diagnostic::error("E0277", span, message)
        .primary(format!("no implementation for `{l} {} {r}`", op.symbol()))
        .note(format!("the trait `{}` is not implemented for `{l}`", show_trait(cx, tr)))
}

fn question(cx: &FnCtxt<'_, '_>, span: crate::source::Span, tr: TraitRef) -> Diagnostic {
    let this = tr.args.first().and_then(|a| a.as_type()).map_or(String::new(), |t| cx.show(t));
    match tr.trait_def.name() {
        "Try" => Diagnostic::error(
            "E0277",
            span,
            "the `?` operator can only be applied to values that implement `Try`",
        )
        .primary(format!("the `?` operator cannot be applied to type `{this}`")),
        "FromResidual" => {
            let residual = tr.args.get(1).and_then(|a| a.as_type());
            let conversion = match (tr.args.first().and_then(|a| a.as_type()), residual) {
                (Some(ret), Some(res)) => error_conversion(ret, res),
                _ => None,
            };
            match conversion {
                Some((to, from)) => Diagnostic::error(
                    "E0277",
                    span,
                    format!("`?` couldn't convert the error to `{}`", cx.show(to)),
                )
                .primary(format!("the trait `From<{}>` is not implemented for `{}`", cx.show(from), cx.show(to)))
                .note("the question mark operation (`?`) implicitly performs a conversion on the error value using the `From` trait"),
                None if family(tr.args.first()).is_some() && family(tr.args.get(1)).is_some() => {
                    let (ret, used) = (family(tr.args.first()), family(tr.args.get(1)));
                    let (ret, used) = (ret.unwrap_or_default(), used.unwrap_or_default());
                    Diagnostic::error(
                        "E0277",
                        span,
                        format!("the `?` operator can only be used on `{ret}`s, not `{used}`s, in a function that returns `{ret}`"),
                    )
                    .primary(format!("use `.ok()?` or `.ok_or(...)?` to turn the `{used}` into `{ret}`"))
                }
                None => Diagnostic::error(
                    "E0277",
                    span,
                    "the `?` operator can only be used in a function that returns `Result` or `Option` (or another type that implements `FromResidual`)",
                )
                .primary(format!("cannot use the `?` operator in a function that returns `{this}`")),
            }
        }
        _ => {
            let t = tr.args.first().and_then(|a| a.as_type()).unwrap_or(Ty::error());
            plain(cx, span, tr, t)
        }
    }
}

/// `Option` or `Result`, if the type is one.
fn family(arg: Option<&GenericArg>) -> Option<&'static str> {
    match arg?.as_type()?.kind() {
        TyKind::Adt(def, _) if matches!(def.name(), "Option" | "Result") => Some(def.name()),
        _ => None,
    }
}

/// Of `Result<_, To>` and `Result<Infallible, From>`: the two error types.
fn error_conversion(ret: Ty, residual: Ty) -> Option<(Ty, Ty)> {
    match (ret.kind(), residual.kind()) {
        (TyKind::Adt(d, a), TyKind::Adt(e, b)) if d == e && a.len() == 2 => {
            Some((a[1].as_type()?, b[1].as_type()?))
        }
        _ => None,
    }
}
