//! What `lower` says to the user: one file per code, wording as rustc's.

pub mod borrow_conflict;
pub mod e0004;
pub mod e0005;
pub mod e0373;
pub mod e0381;
pub mod e0382;
pub mod e0384;
pub mod e0507;
pub mod e0515;
pub mod e0594;
pub mod e0596;
pub mod e0597;
pub mod e0713;
pub mod lifetime;
pub mod unreachable_pattern;

/// `` `a`, `b` and `c` ``; at most three, then how many more.
pub fn join_patterns(patterns: &[String]) -> String {
    let quoted: Vec<String> = patterns.iter().map(|p| format!("`{p}`")).collect();
    match &quoted[..] {
        [] => "`_`".to_string(),
        [a] => a.clone(),
        [a, b] => format!("{a} and {b}"),
        [a, b, c] => format!("{a}, {b} and {c}"),
        [a, b, c, rest @ ..] => format!("{a}, {b}, {c} and {} more", rest.len()),
    }
}
