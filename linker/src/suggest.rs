//! Says which defined name an undefined one may have meant.
//!
//! In: the errors of a link that failed, everything it saw. Out: the same errors, some with a help. Nothing here has
//! an effect on links that succeed.

use crate::archive::Archive;
use crate::error::{Error, ErrorKind, shorten};
use crate::resolve::Resolution;

/// Names longer than this are not compared.
const LONGEST: usize = 80;
/// Names compared with one undefined name, and errors that get help.
const MOST_NAMES: usize = 20_000;
const MOST_ERRORS: usize = 20;
/// Changed, added or left out bytes that still look like a slip.
const MOST_CHANGES: usize = 2;

/// Adds the nearest defined name to each undefined one.
pub(crate) fn add_help(
    mut errors: Vec<Error>,
    resolution: &Resolution<'_>,
    archives: &[&Archive<'_>],
) -> Vec<Error> {
    let mut candidates: Vec<(&[u8], String)> = Vec::new();
    for global in &resolution.globals {
        if let Some(definition) = global.definition {
            let object = &resolution.objects[definition.object as usize];
            candidates.push((global.name, shorten(object.name.as_bytes())));
        }
    }
    for archive in archives {
        let mut names: Vec<(&[u8], u64)> = archive.names().collect();
        names.sort_unstable();
        for (name, member) in names.into_iter().take(MOST_NAMES) {
            if let Ok((member, _)) = archive.member(member) {
                candidates.push((name, member));
            }
        }
    }
    candidates.retain(|(name, _)| !name.is_empty() && name.len() <= LONGEST);
    candidates.truncate(MOST_NAMES);
    for error in errors.iter_mut().take(MOST_ERRORS) {
        let ErrorKind::UndefinedSymbol { name } = &error.kind else { continue };
        let nearest = candidates
            .iter()
            .map(|candidate| (changes(name.as_bytes(), candidate.0), candidate))
            .filter(|(changes, _)| *changes <= MOST_CHANGES && *changes < name.len().div_ceil(2))
            .min_by_key(|(changes, _)| *changes);
        if let Some((_, (near, place))) = nearest {
            error.help = Some(format!("`{}` is defined in {place}", shorten(near)));
        }
    }
    errors
}

/// The number of single-byte changes between two names, or more than `MOST_CHANGES`.
fn changes(a: &[u8], b: &[u8]) -> usize {
    if a.len().abs_diff(b.len()) > MOST_CHANGES {
        return usize::MAX;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, right) in b.iter().enumerate() {
            let replace = diagonal + usize::from(left != right);
            diagonal = row[j + 1];
            row[j + 1] = replace.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}
