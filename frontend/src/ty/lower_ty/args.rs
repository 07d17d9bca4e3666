//! Generic arguments: those written, those left to defaults and those to infer.

use super::*;

pub(super) fn forbid_args<'h>(cx: &dyn LowerCx<'h>, args: Option<&HirArgs>, span: Span) {
    if args.is_some_and(|a| !a.args.is_empty()) {
        cx.tcx().error(
            Diagnostic::error("E0109", span, "type arguments are not allowed on this type")
                .primary("type argument not allowed"),
        );
    }
}

/// Where arguments are written, which decides about those that are not.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ArgsOf {
    /// A path to a value: they are inferred.
    Value,
    /// A type before the name of a variant or an associated item, or before fields: they are inferred if none is written.
    Prefix,
    /// A type: they are the defaults; what has none is inferred if none is written.
    Type,
    /// The trait in `<T as Trait>`: they are the defaults.
    QualifiedTrait,
}

impl ArgsOf {
    /// Whether an argument beside these is inferred.
    fn may_infer(self, given: &[&HirGenericArg], has_default: bool) -> bool {
        match self {
            ArgsOf::Value => true,
            ArgsOf::Prefix => given.is_empty(),
            ArgsOf::Type => given.is_empty() && !has_default,
            ArgsOf::QualifiedTrait => false,
        }
    }
}

/// The arguments of `def`, after those in `prefix`: written ones, defaults, inference variables.
pub fn lower_args<'h>(
    cx: &dyn LowerCx<'h>,
    def: DefId,
    prefix: &[GenericArg],
    written: Option<&HirArgs>,
    place: ArgsOf,
    span: Span,
) -> Args {
    let tcx = cx.tcx();
    let generics = tcx.generics_of(def);
    if generics.params.len() <= prefix.len() && written.is_none() {
        return List::new(&prefix[..generics.params.len()]);
    }
    let empty = HirArgs::default();
    let written = written.unwrap_or(&empty);
    let mut lifetimes = written.args.iter().filter_map(|a| match a {
        HirGenericArg::Lifetime(name) => Some(*name),
        _ => None,
    });
    let given: Vec<&HirGenericArg> =
        written.args.iter().filter(|a| !matches!(a, HirGenericArg::Lifetime(_))).collect();
    let mut next = given.iter();
    let mut out = prefix.to_vec();
    let (mut missing, mut wanted, mut required) = (0usize, 0usize, 0usize);
    for param in generics.params.iter().skip(prefix.len()) {
        let index = out.len() as u32;
        let arg = match &param.kind {
            GenericParamKind::Lifetime => GenericArg::Region(cx.region(lifetimes.next(), span)),
            GenericParamKind::Type { default, synthetic } => {
                let infer = || cx.infer_ty(span).map(GenericArg::Type);
                if *synthetic {
                    infer().unwrap_or(GenericArg::Type(Ty::error()))
                } else {
                    wanted += 1;
                    required += usize::from(default.is_none());
                    match next.next() {
                        Some(HirGenericArg::Type(t)) => GenericArg::Type(lower_ty(cx, t)),
                        Some(_) => {
                            mismatched_kind(tcx, span, "type", param.name);
                            GenericArg::Type(Ty::error())
                        }
                        None => {
                            let inferred =
                                if place.may_infer(&given, default.is_some()) { infer() } else { None };
                            match (inferred, default) {
                                (Some(arg), None) => arg,
                                (Some(arg), Some(_)) if given.is_empty() => arg,
                                (_, Some(_)) => {
                                    let ty = tcx.param_default(param.def, List::new(&out));
                                    if out.first() == Some(&GenericArg::Type(dyn_self())) {
                                        refuse_self_default(tcx, ty, param.name, span);
                                    }
                                    GenericArg::Type(ty)
                                }
                                (None, None) => {
                                    missing += 1;
                                    GenericArg::Type(Ty::error())
                                }
                            }
                        }
                    }
                }
            }
            GenericParamKind::Const { default, .. } => {
                wanted += 1;
                required += usize::from(default.is_none());
                GenericArg::Const(match next.next() {
                    Some(HirGenericArg::Const(c)) => {
                        tcx.expect_const(c, param.def);
                        lower_const(cx, c, span)
                    }
                    Some(HirGenericArg::Type(HirTy { kind: HirTyKind::Infer, .. })) => {
                        cx.infer_const(span).unwrap_or(Const::new(ConstKind::Error))
                    }
                    Some(_) => {
                        mismatched_kind(tcx, span, "constant", param.name);
                        Const::new(ConstKind::Error)
                    }
                    None => {
                        let inferred = if place.may_infer(&given, default.is_some()) {
                            cx.infer_const(span)
                        } else {
                            None
                        };
                        match (inferred, default) {
                            (Some(c), _) => c,
                            (None, Some(default)) => fold::subst(tcx.anon_const(*default), List::new(&out)),
                            (None, None) => {
                                missing += 1;
                                Const::new(ConstKind::Error)
                            }
                        }
                    }
                })
            }
        };
        debug_assert_eq!(index as usize, out.len());
        out.push(arg);
    }
    check_lifetime_count(tcx, def, prefix.len(), written, span);
    // The parameters of a nested prefix longer than the definition's own (an impl's for a foreign item) stay.
    if missing > 0 || next.next().is_some() {
        wrong_arg_count(tcx, def, span, given.len(), required, wanted);
    }
    List::new(&out)
}

/// Of types and traits all lifetimes are written, or none. Those of functions may be chosen by each use.
fn check_lifetime_count(tcx: &Tcx<'_>, def: DefId, prefix: usize, written: &HirArgs, span: Span) {
    if !matches!(tcx.hir.def(def).kind, DefKind::Struct(_) | DefKind::Enum(_) | DefKind::TyAlias(..)) {
        return;
    }
    let given = written.args.iter().filter(|a| matches!(a, HirGenericArg::Lifetime(_))).count();
    let generics = tcx.generics_of(def);
    let own = generics.params.iter().skip(prefix);
    let wanted = own.filter(|p| matches!(p.kind, GenericParamKind::Lifetime)).count();
    if given == 0 || given == wanted {
        return;
    }
    let s = |n: usize| if n == 1 { "" } else { "s" };
    let were = if given == 1 { "was" } else { "were" };
    let what = tcx.describe(def);
    let message = format!(
        "{what} takes {wanted} lifetime argument{} but {given} lifetime argument{} {were} supplied",
        s(wanted),
        s(given)
    );
    let label = format!("expected {wanted} lifetime argument{}", s(wanted));
    tcx.error(Diagnostic::error("E0107", span, message).primary(label));
}

fn mismatched_kind(tcx: &Tcx<'_>, span: Span, wanted: &str, name: Symbol) {
    tcx.error(Diagnostic::error(
        "E0747",
        span,
        format!("generic parameter `{name}` is a {wanted}, but an argument of another kind was provided"),
    ));
}

fn wrong_arg_count(tcx: &Tcx<'_>, def: DefId, span: Span, given: usize, required: usize, wanted: usize) {
    let what = tcx.describe(def);
    let s = |n: usize| if n == 1 { "" } else { "s" };
    let were = |n: usize| if n == 1 { "was" } else { "were" };
    let d = if given == 0 {
        Diagnostic::error("E0107", span, format!("missing generics for {what} `{}`", def.name()))
            .primary(format!("expected {required} generic argument{}", s(required)))
    } else {
        let bound = if required == wanted {
            String::new()
        } else if given > wanted {
            "at most ".to_string()
        } else {
            "at least ".to_string()
        };
        let n = if given > wanted { wanted } else { required };
        Diagnostic::error(
            "E0107",
            span,
            format!(
                "{what} takes {bound}{n} generic argument{} but {given} generic argument{} {} supplied",
                s(n),
                s(given),
                were(given)
            ),
        )
        .primary(format!("expected {bound}{n} generic argument{}", s(n)))
    };
    let name = tcx.hir.def(def).span;
    tcx.error(if name.is_none() { d } else { d.label(name, format!("{what} defined here")) });
}
