//! What it costs to hand over the results of a loop's rounds: frozen, named, and put together on one core.

use std::collections::BTreeMap;

use cloudc_frontend::mir::Local;
use cloudc_frontend::mono::Program;
use cloudc_frontend::ty::Ty;

use super::super::boundary::owns_memory;
use super::super::roles::{Role, Stride};
use crate::layout::Layouts;

/// Units for each byte: two nanoseconds.
const BYTE: f64 = 5.0;
/// Bytes assumed of what an element owns.
const OWNED: f64 = 64.0;

/// Units it takes to hand over what one round gives. Results that are combined to one value for each chunk count nothing.
pub fn of_results(program: &Program, roles: &BTreeMap<Local, Role>) -> f64 {
    let layouts = Layouts::new(program);
    let bytes = |ty: Ty| {
        let own = layouts.of(ty).size as f64;
        if owns_memory(program, ty) { own + OWNED } else { own }
    };
    let each = roles.values().map(|role| match role {
        Role::Append { element, .. } => bytes(*element),
        Role::Terms { .. } => 8.0,
        // Each round is taken to have a key of its own.
        Role::Keyed { join: "join_inserted", .. } => OWNED,
        // Both ways.
        Role::Window { element, stride: Stride::Constant(n), .. } => 2.0 * bytes(*element) * *n as f64,
        _ => 0.0,
    });
    each.sum::<f64>() * BYTE
}
