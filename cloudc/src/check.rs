//! `cloudc check`: types, moves and borrows; with `--oracle` also the same answer as rustc's.

use crate::args::CheckArgs;
use crate::front;
use crate::oracle;
use crate::render::Style;
use crate::stop::Stop;

/// Checks a program.
pub fn check(args: &CheckArgs, style: Style, quiet: bool) -> Result<(), Stop> {
    let checked = front::check(&args.source.path, style)?;
    if args.oracle {
        return oracle::compare(args, style);
    }
    if !quiet {
        eprintln!("`{}` is fine", checked.source.name);
    }
    Ok(())
}
