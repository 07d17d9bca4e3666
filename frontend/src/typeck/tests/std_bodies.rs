//! Every item and body of our std has the types it claims.

use super::{show, with_program};
use crate::hir::CrateId;
use crate::index::Idx;
use crate::typeck::check_crate;

// The best corpus there is: a wrong message here is a bug of the checker or of std.
#[test]
fn all_of_std_checks() {
    let messages = with_program("fn main() {}", |tcx, diag, sources| {
        check_crate(tcx, CrateId::new(0));
        show(diag, sources)
    });
    assert!(messages.is_empty(), "{} messages:\n{}", messages.len(), messages.join("\n"));
}
