//! `std::any::type_name`: types as rustc names them, std's by the crate and module they are in there.

use std::fmt::Write;

use crate::hir::DefId;
use crate::ty::{Args, GenericArg, List, Mutability, Tcx, Ty, TyKind};

/// Where our std and Rust's differ in the module of a type, the first that fits.
const MODULES: [(&str, &str); 27] = [
    ("std::collections::hash_map::", "std::collections::hash::map::"),
    ("std::collections::hash_set::", "std::collections::hash::set::"),
    ("std::collections::btree_map::", "alloc::collections::btree::map::"),
    ("std::collections::btree_set::", "alloc::collections::btree::set::"),
    ("std::collections::", "alloc::collections::"),
    ("std::string::", "alloc::string::"),
    ("std::vec::iter::", "alloc::vec::into_iter::"),
    ("std::vec::", "alloc::vec::"),
    ("std::boxed::", "alloc::boxed::"),
    ("std::rc::", "alloc::rc::"),
    ("std::borrow::Cow", "alloc::borrow::Cow"),
    ("std::sync::arc::", "alloc::sync::"),
    ("std::sync::lock::Mutex", "std::sync::poison::mutex::Mutex"),
    ("std::sync::lock::RwLock", "std::sync::poison::rwlock::RwLock"),
    ("std::sync::atomic::", "core::sync::atomic::"),
    ("std::sync::", "std::sync::"),
    ("std::io::", "std::io::"),
    ("std::env::", "std::env::"),
    ("std::path::", "std::path::"),
    ("std::ffi::", "std::ffi::"),
    ("std::fs::", "std::fs::"),
    ("std::process::", "std::process::"),
    ("std::hash::RandomState", "std::hash::random::RandomState"),
    ("std::hash::DefaultHasher", "std::hash::random::DefaultHasher"),
    ("std::cell::ref_cell::", "core::cell::"),
    ("std::cell::once::", "core::cell::once::"),
    ("std::", "core::"),
];

/// The name of a type without parameters.
pub(super) fn type_name(tcx: &Tcx<'_>, ty: Ty) -> String {
    let mut out = String::new();
    Namer { tcx, out: &mut out }.ty(ty);
    out
}

struct Namer<'a, 'h> {
    tcx: &'a Tcx<'h>,
    out: &'a mut String,
}

impl Namer<'_, '_> {
    fn ty(&mut self, ty: Ty) {
        match *ty.kind() {
            TyKind::Adt(def, args) => self.path(def, args),
            TyKind::Array(t, n) => {
                self.out.push('[');
                self.ty(t);
                // Writing to a string cannot fail.
                let _ = write!(self.out, "; {n}]");
            }
            TyKind::Slice(t) => {
                self.out.push('[');
                self.ty(t);
                self.out.push(']');
            }
            TyKind::Tuple(ts) => {
                self.out.push('(');
                self.list(&ts);
                self.out.push_str(if ts.len() == 1 { ",)" } else { ")" });
            }
            TyKind::Ref(_, t, m) => {
                self.out.push_str(if m == Mutability::Mut { "&mut " } else { "&" });
                self.ty(t);
            }
            TyKind::RawPtr(t, m) => {
                self.out.push_str(if m == Mutability::Mut { "*mut " } else { "*const " });
                self.ty(t);
            }
            TyKind::FnPtr(sig) => {
                self.out.push_str("fn(");
                self.list(&sig.inputs);
                self.out.push(')');
                self.result(sig.output);
            }
            TyKind::FnDef(def, args) => self.path(def, args),
            TyKind::Closure(def, _) => {
                let path = def.path.as_str();
                let around = path.rsplit_once("::").map_or(path, |(around, _)| around);
                self.module_path(around);
                self.out.push_str("::{{closure}}");
            }
            TyKind::Dynamic(def, args, assoc, _) => self.object(def, args, &assoc),
            _ => self.out.push_str(&ty.to_string()),
        }
    }

    fn list(&mut self, types: &[Ty]) {
        for (i, &t) in types.iter().enumerate() {
            if i > 0 {
                self.out.push_str(", ");
            }
            self.ty(t);
        }
    }

    fn result(&mut self, output: Ty) {
        if output != Ty::unit() {
            self.out.push_str(" -> ");
            self.ty(output);
        }
    }

    fn object(&mut self, def: DefId, args: Args, assoc: &[(DefId, Ty)]) {
        self.out.push_str("dyn ");
        self.module_path(def.path.as_str());
        let inputs = args.first().and_then(|a| a.as_type()).map(|t| *t.kind());
        if let (Some(_), Some(TyKind::Tuple(inputs))) = (self.tcx.lang.fn_trait_kind(def), inputs) {
            self.out.push('(');
            self.list(&inputs);
            self.out.push(')');
            let output = assoc.iter().find(|(d, _)| Some(*d) == self.tcx.lang.fn_once_output);
            self.result(output.map_or(Ty::unit(), |(_, t)| *t));
            return;
        }
        let mut first = true;
        for arg in args.iter() {
            self.separate(&mut first);
            self.arg(*arg);
        }
        for (item, ty) in assoc {
            self.separate(&mut first);
            self.out.push_str(item.name());
            self.out.push_str(" = ");
            self.ty(*ty);
        }
        if !first {
            self.out.push('>');
        }
    }

    fn path(&mut self, def: DefId, args: Args) {
        self.module_path(def.path.as_str());
        let mut shown = args.len();
        // Arguments that are what they would be without being written.
        let generics = self.tcx.generics_of(def);
        while let Some(last) = shown.checked_sub(1)
            && let Some(param) = generics.params.get(last)
            && let crate::hir::GenericParamKind::Type { default: Some(_), .. } = param.kind
            && args[last] == GenericArg::Type(self.tcx.param_default(param.def, List::new(&args[..last])))
        {
            shown = last;
        }
        let mut first = true;
        for arg in &args[..shown] {
            self.separate(&mut first);
            self.arg(*arg);
        }
        if !first {
            self.out.push('>');
        }
    }

    fn separate(&mut self, first: &mut bool) {
        self.out.push_str(if *first { "<" } else { ", " });
        *first = false;
    }

    fn arg(&mut self, arg: GenericArg) {
        match arg {
            GenericArg::Region(_) => self.out.push_str("'_"),
            GenericArg::Type(t) => self.ty(t),
            // Writing to a string cannot fail.
            GenericArg::Const(c) => drop(write!(self.out, "{c}")),
        }
    }

    fn module_path(&mut self, path: &str) {
        if let Some(adapter) = path.strip_prefix("std::iter::adapters::") {
            // One module an adapter there.
            let name = adapter.rsplit("::").next().unwrap_or(adapter);
            self.out.push_str("core::iter::adapters::");
            for (i, c) in name.chars().enumerate() {
                if i > 0 && c.is_uppercase() {
                    self.out.push('_');
                }
                self.out.extend(c.to_lowercase());
            }
            self.out.push_str("::");
            self.out.push_str(name);
            return;
        }
        let moved = MODULES.iter().find_map(|(ours, rust)| Some((path.strip_prefix(ours)?, rust)));
        match moved {
            Some((rest, module)) => {
                self.out.push_str(module);
                self.out.push_str(rest);
            }
            None => self.out.push_str(path),
        }
    }
}
