//! What Rust's types promise, told to LLVM: only what holds for every value a safe program can make.
//!
//! - A reference is aligned, not null and may be read; `&mut T` is the only way to what it points to while the call
//!   lasts, and so is nobody's way to write behind `&T` unless there is an `UnsafeCell`.
//! - A value in memory that is passed by address belongs to the callee.
//! - Bit patterns no value of a type has (its niche) are not met.
//!
//! What is loaded gets only facts whose breach makes a poison value: MIR passes may read early what is then not used.

use cloudc_analysis::layout::{Abi, Layout, Prim};
use cloudc_frontend::ty::{Mutability, Ty, TyKind};

use super::TaskCx;
use super::ir::machine_type;
use crate::lower::{Param, Role, Signature};

/// The attribute groups of all modules. Frames above a page touch each of their pages, so that the guard page is met.
pub(super) const GROUPS: &str = "
attributes #0 = { nounwind \"probe-stack\"=\"inline-asm\" }
attributes #1 = { cold noreturn nounwind \"probe-stack\"=\"inline-asm\" }
attributes #9 = { nounwind \"no-builtins\" }
";

impl TaskCx<'_> {
    /// The attribute group of a function.
    pub(super) fn function_group(&self, signature: &Signature) -> &'static str {
        if self.layouts.of(signature.result_ty).uninhabited { "#1" } else { "#0" }
    }

    /// Facts on what a function returns in a register.
    pub(super) fn result_facts(&mut self, signature: &Signature) -> String {
        match signature.result {
            Abi::Scalar(prim) => self.pattern_fact(signature.result_ty, prim, 0),
            _ => String::new(),
        }
    }

    /// Facts on a parameter.
    pub(super) fn param_facts(&mut self, param: &Param) -> String {
        match param.role {
            Role::State => " noundef nonnull".to_string(),
            Role::Result(ty) | Role::Owned(ty) => {
                let layout = self.layouts.of(ty);
                let exclusive = if matches!(param.role, Role::Owned(_)) { " noalias" } else { "" };
                format!("{exclusive}{}", readable(&layout))
            }
            Role::Part(ty, part) => {
                if let (TyKind::Ref(_, to, mutability), 0) = (ty.kind(), part) {
                    return self.reference_facts(*to, *mutability);
                }
                let at = match (part, self.abi(ty)) {
                    (1, Abi::Pair(_, _, second)) => second,
                    _ => 0,
                };
                self.pattern_fact(ty, param.prim, at)
            }
        }
    }

    fn reference_facts(&mut self, to: Ty, mutability: Mutability) -> String {
        let layout = self.layouts.of(to);
        let mut facts = String::new();
        match mutability {
            Mutability::Mut => facts.push_str(" noalias"),
            Mutability::Not if self.is_frozen(to) => facts.push_str(" noalias readonly"),
            Mutability::Not => {}
        }
        facts + &readable(&layout)
    }

    /// Whether nothing in a value of this type can change behind a shared reference.
    fn is_frozen(&mut self, ty: Ty) -> bool {
        if let Some(&known) = self.frozen.get(&ty) {
            return known;
        }
        let is_frozen = match ty.kind() {
            TyKind::Array(element, _) | TyKind::Slice(element) => self.is_frozen(*element),
            TyKind::Tuple(elements) => elements.iter().all(|&t| self.is_frozen(t)),
            TyKind::Dynamic(..) => false,
            TyKind::Adt(..) | TyKind::Closure(..) => {
                let adt = self.layouts.adt(ty);
                let is_cell = adt.lang.is_some_and(|lang| lang.as_str() == "unsafe_cell");
                !is_cell && adt.variants.iter().flat_map(|v| &v.fields).all(|field| self.is_frozen(field.1))
            }
            _ => true,
        };
        self.frozen.insert(ty, is_frozen);
        is_frozen
    }

    /// The fact that a type's unused bit patterns are not met in its machine value at an offset.
    fn pattern_fact(&mut self, ty: Ty, prim: Prim, at: u64) -> String {
        match self.valid_patterns(ty, prim, at) {
            Some(_) if prim == Prim::Ptr => " nonnull".to_string(),
            Some((from, to)) => format!(" range({} {from}, {to})", machine_type(prim)),
            None => String::new(),
        }
    }

    /// The same for a load.
    pub(super) fn load_facts(&mut self, ty: Ty, prim: Prim, at: u64) -> String {
        match self.valid_patterns(ty, prim, at) {
            Some(_) if prim == Prim::Ptr => {
                let empty = self.metadata("!{}".to_string());
                format!(", !nonnull !{empty}")
            }
            Some((from, to)) => {
                let machine = machine_type(prim);
                let range = self.metadata(format!("!{{{machine} {from}, {machine} {to}}}"));
                format!(", !range !{range}")
            }
            None => String::new(),
        }
    }

    /// Bit patterns from the first up to the second, wrapping, as signed numbers: all but the unused ones.
    fn valid_patterns(&self, ty: Ty, prim: Prim, at: u64) -> Option<(i64, i64)> {
        let niche = self.layouts.of(ty).niche?;
        if niche.offset != at || niche.prim != prim || niche.available == 0 {
            return None;
        }
        if prim == Prim::Ptr {
            return (niche.start == 0 && niche.available == 1).then_some((1, 0));
        }
        let bits = match prim {
            Prim::I8 | Prim::I16 | Prim::I32 | Prim::I64 => prim.size() as u32 * 8,
            Prim::I128 | Prim::F32 | Prim::F64 | Prim::Ptr => return None,
        };
        let signed = |bits_of: u128| ((bits_of as u64 as i64) << (64 - bits)) >> (64 - bits);
        let (from, to) = (signed(niche.start.wrapping_add(niche.available)), signed(niche.start));
        (from != to).then_some((from, to))
    }
}

/// The facts on an address of something of this layout. What is unsized has no bytes that are there for certain.
fn readable(layout: &Layout) -> String {
    let mut facts = format!(" noundef nonnull align {}", layout.align);
    if layout.size > 0 {
        facts.push_str(&format!(" dereferenceable({})", layout.size));
    }
    facts
}
