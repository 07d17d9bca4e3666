//! Readable names of instances.

use std::fmt::Write;

use crate::hir::{DefId, DefKind};
use crate::ty::{Args, GenericArg, Ty};

use super::{Collector, Instance};

impl Collector<'_, '_> {
    pub(super) fn instance_name(&self, instance: &Instance) -> String {
        match instance {
            Instance::Item(def, args) => self.item_name(*def, *args),
            Instance::ConstItem(def, args) => format!("const {}", self.item_name(*def, *args)),
            Instance::Promoted(def, n, args) => format!("promoted {n} of {}", self.item_name(*def, *args)),
            Instance::ConstRef(f) => format!("&{}", self.program.functions[*f].name),
            Instance::Closure(def, args) | Instance::ClosureFnShim(def, args) => {
                let owner = self.tcx.closure_owner(*def);
                let own = self.tcx.generics_count(owner).min(args.len());
                let rest = def.path.as_str().strip_prefix(owner.path.as_str()).unwrap_or(def.path.as_str());
                let shim = if let Instance::ClosureFnShim(..) = instance { " as fn" } else { "" };
                format!("{}{rest}{shim}", self.item_name(owner, Args::new(&args[..own])))
            }
            Instance::ReifyShim(f) => format!("{} as fn", self.program.functions[*f].name),
            Instance::CtorShim(ty, variant) => {
                let name = self.program.adts.get(ty).and_then(|a| a.variants.get(*variant as usize));
                format!("{ty}::{}", name.map_or_else(|| variant.to_string(), |v| v.name.to_string()))
            }
            Instance::DropGlue(ty) => format!("drop::<{ty}>"),
            Instance::CloneShim(ty) => format!("clone::<{ty}>"),
            Instance::FreezeGlue(ty) => format!("freeze::<{ty}>"),
            Instance::Virtual(def, args) => {
                let this = args.first().and_then(|a| a.as_type()).unwrap_or(Ty::error());
                format!("<{this}>::{}", def.name())
            }
            Instance::Main(def) => format!("start {}", def.path),
            Instance::Outlined(f, n) => format!("{}::{{task#{n}}}", self.program.functions[*f].name),
            Instance::Named(name) => name.to_string(),
        }
    }

    /// `main::area`, `<Vec<i32> as Clone>::clone`, `Vec<i32>::push`, `std::mem::swap::<u8>`.
    fn item_name(&self, def: DefId, args: Args) -> String {
        let d = self.tcx.hir.def(def);
        let parent = d.parent.map(|p| self.tcx.hir.def(p));
        let (mut name, taken) = match parent.map(|p| (&p.kind, p.id)) {
            Some((DefKind::Impl(_), imp)) => {
                let n = self.tcx.generics_count(imp).min(args.len());
                let outer = Args::new(&args[..n]);
                let this = self.tcx.normalize(
                    &self.env,
                    self.tcx.erase_regions(self.tcx.subst(self.tcx.type_of(imp), outer)),
                );
                let text = match self.tcx.impl_trait_ref_erased(imp) {
                    Some(tr) => format!("<{this} as {}>", self.tcx.subst(tr, outer)),
                    None => format!("{this}"),
                };
                (format!("{text}::{}", d.name), n)
            }
            Some((DefKind::Trait(_), tr)) => {
                let this = args.first().and_then(|a| a.as_type()).unwrap_or(Ty::error());
                (
                    format!("<{this} as {}>::{}", tr.name(), d.name),
                    self.tcx.generics_count(tr).min(args.len()),
                )
            }
            _ => (def.path.to_string(), 0),
        };
        let own: Vec<_> = args[taken..].iter().filter(|a| !matches!(a, GenericArg::Region(_))).collect();
        if !own.is_empty() {
            name.push_str("::<");
            for (i, arg) in own.iter().enumerate() {
                let _ = write!(name, "{}{arg}", if i > 0 { ", " } else { "" });
            }
            name.push('>');
        }
        name
    }
}
