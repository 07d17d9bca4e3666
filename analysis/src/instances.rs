//! The collector of instances as task inference sees it.

use cloudc_frontend::hir::{DefId, DefKind, GenericParamKind};
use cloudc_frontend::mir::FuncId;
use cloudc_frontend::mono::{Collector, Program};
use cloudc_frontend::symbol::Symbol;
use cloudc_frontend::ty::{Args, GenericArg, ParamEnv, Region, Ty, TyKind};

use crate::tasks::Instances;

impl Instances for Collector<'_, '_> {
    fn program(&self) -> &Program {
        &self.program
    }
    fn program_mut(&mut self) -> &mut Program {
        &mut self.program
    }
    fn lang(&mut self, name: &str, args: &[GenericArg]) -> Option<FuncId> {
        let f = self.lang_func(name, args)?;
        self.run().ok()?;
        Some(f)
    }
    fn lang_ty(&mut self, name: &str, args: &[GenericArg]) -> Option<Ty> {
        let def = *self.tcx.hir.lang_items.get(&Symbol::intern(name))?;
        // Lifetimes are not asked for; they are arguments all the same.
        let mut given = args.iter().copied();
        let params = self.tcx.hir.generics(def).map_or(&[][..], |g| &g.params[..]);
        let args: Args = params
            .iter()
            .filter_map(|p| match p.kind {
                GenericParamKind::Lifetime => Some(GenericArg::Region(Region::Erased)),
                _ => given.next(),
            })
            .collect();
        let ty = Ty::new(TyKind::Adt(def, args));
        self.describe(ty);
        Some(ty)
    }
    fn splittable(&mut self, iterator: Ty) -> Option<(FuncId, FuncId)> {
        let trait_def = splittable_trait(self)?;
        let args = Args::new(&[GenericArg::Type(iterator)]);
        if !self.tcx.implements(&ParamEnv::empty(), trait_def, args) {
            return None;
        }
        let method = |c: &Self, name: &str| match &c.tcx.hir.def(trait_def).kind {
            DefKind::Trait(t) => t.items.iter().copied().find(|i| c.tcx.hir.def(*i).name == name),
            _ => None,
        };
        let (extent, slice) = (method(self, "extent")?, method(self, "slice")?);
        let found = (self.instantiate(extent, args), self.instantiate(slice, args));
        self.run().ok()?;
        Some(found)
    }
}

/// `std::iter::Splittable`.
fn splittable_trait(collector: &Collector<'_, '_>) -> Option<DefId> {
    let hir = collector.tcx.hir;
    let lang = hir.lang_items.get(&Symbol::intern("Splittable")).copied();
    lang.or_else(|| hir.def_ids().find(|d| d.path == "std::iter::split::Splittable"))
}
