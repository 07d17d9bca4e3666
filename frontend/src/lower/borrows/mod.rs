//! Conflicts with borrows, as far as they can be told without regions in bodies.
//!
//! In: a body in `Phase::Owned`-to-be, moves checked. Out: E0499, E0502, E0505, E0506, E0515, E0597, E0716.
//!
//! A loan is held by the locals its reference flows into. Flow is followed only through types with a single region
//! (`&T`, `Option<&T>`, `Iter<'_, T>`, a closure with one borrowed capture), where every step is an outlives
//! constraint of the full check too. So whatever is reported here rustc reports; what flows through richer types is
//! not seen.

pub mod carriers;
pub mod check;
pub mod liveness;
pub mod loans;

use crate::diag::ErrorReported;
use crate::lower::moves::MoveCx;
use crate::mir::Body;

/// Beyond this the body is not checked: the sets would be large.
const MOST_FACTS: usize = 4_000_000;

/// Reports conflicts with borrows.
pub fn check_borrows(cx: MoveCx<'_, '_>, body: &Body) -> Result<(), ErrorReported> {
    let loans = loans::collect(cx, body);
    if loans.is_empty() || loans.len() * body.locals.len() * body.blocks.len() / 64 > MOST_FACTS {
        return Ok(());
    }
    let carriers = carriers::solve(cx, body, &loans);
    let live = liveness::solve(body);
    check::check(cx, body, &loans, &carriers, &live)
}
