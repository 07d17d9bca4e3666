//! What it costs to hand over the results of a loop's rounds: frozen, named, and put together on one core.

use std::collections::BTreeMap;

use cloudc_frontend::mir::Local;
use cloudc_frontend::mono::Program;
use cloudc_frontend::ty::Ty;

use super::super::boundary::owns_memory;
use super::super::roles::{Role, Stride};
use crate::layout::Layouts;

/// Units for each byte of what owns memory, whose parts are taken over one by one: two nanoseconds.
const BYTE: f64 = 5.0;
/// Units for each byte that is copied as it lies: a nanosecond.
const PLAIN_BYTE: f64 = 2.5;
/// Bytes assumed of what an element owns.
const OWNED: f64 = 64.0;

/// Units it takes to hand over what one round gives. Results that are combined to one value for each chunk count nothing.
pub fn of_results(program: &Program, roles: &BTreeMap<Local, Role>) -> f64 {
    let layouts = Layouts::new(program);
    let bytes = |ty: Ty| {
        let own = layouts.of(ty).size as f64;
        if owns_memory(program, ty) { (own + OWNED) * BYTE } else { own * PLAIN_BYTE }
    };
    let each = roles.values().map(|role| match role {
        Role::Append { element, .. } => bytes(*element),
        Role::Terms { .. } => 8.0 * PLAIN_BYTE,
        // Each round is taken to have a key of its own.
        Role::Keyed { join: "join_inserted", .. } => OWNED * BYTE,
        // Both ways.
        Role::Window { element, stride: Stride::Constant(n), .. } => 2.0 * bytes(*element) * *n as f64,
        _ => 0.0,
    });
    each.sum()
}
