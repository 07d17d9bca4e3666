//! `cloudc cache`: the object store.

use std::path::PathBuf;

use cloudc_host::store::maintain;

use crate::args::{CacheArgs, CacheCommand};
use crate::stop::{Stop, print};

/// `cloudc cache gc` keeps this much, newest first.
const KEEP: u64 = 1 << 30;

/// The folder of the store: as asked for, from `CLOUDC_CACHE`, or in the user's cache folder.
pub fn folder(asked: Option<&PathBuf>) -> Option<PathBuf> {
    let set = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    asked
        .cloned()
        .or_else(|| set("CLOUDC_CACHE"))
        .or_else(|| set("XDG_CACHE_HOME").map(|p| p.join("cloudc")))
        .or_else(|| set("HOME").map(|p| p.join(".cache/cloudc")))
}

/// Counts, clears or checks the store.
pub fn cache(args: &CacheArgs) -> Result<(), Stop> {
    let Some(folder) = folder(args.cache.as_ref()) else {
        return Err(Stop::usage("there is no cache folder: set CLOUDC_CACHE or give --cache DIR"));
    };
    let shown = folder.display();
    if !folder.is_dir() {
        return print(format!("{shown}: there is no store yet\n").as_bytes());
    }
    let failed = |e: std::io::Error| Stop::world(format!("cannot use the store in `{shown}`: {e}"));
    match args.command {
        CacheCommand::Stat => {
            let s = maintain::statistics(&folder).map_err(failed)?;
            let objects = s.packed + s.files;
            print(
                format!(
                    "{shown}: {} names, {objects} objects, {} packs, {} bytes\n",
                    s.names, s.packs, s.bytes
                )
                .as_bytes(),
            )
        }
        CacheCommand::Gc { all } => {
            let keep = if all { 0 } else { KEEP };
            let freed = maintain::collect(&folder, keep).map_err(failed)?;
            print(format!("{shown}: {freed} bytes freed\n").as_bytes())
        }
        CacheCommand::Verify => {
            let checked = maintain::verify(&folder).map_err(failed)?;
            print(
                format!(
                    "{shown}: {} objects are good, {} are not and are forgotten\n",
                    checked.good, checked.bad
                )
                .as_bytes(),
            )
        }
    }
}
