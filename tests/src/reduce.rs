//! Makes a failing program small.
//!
//! In: the text of a program, one statement or item a line as the generator writes them, and a test that says whether a
//! text still fails in the same way. Out: a text from which nothing can be taken away in the ways tried here: runs of lines, whole
//! blocks, the lines around a block, and parts of expressions in brackets.

/// Smallest program found within so many tests.
pub fn reduce(text: &str, mut tests: usize, fails: &mut dyn FnMut(&str) -> bool) -> String {
    let mut best: Vec<String> = text.lines().map(str::to_string).collect();
    loop {
        let before = best.join("\n").len();
        best = by_lines(best, &mut tests, fails);
        best = by_brackets(best, &mut tests, fails);
        if tests == 0 || best.join("\n").len() >= before {
            return best.join("\n") + "\n";
        }
    }
}

fn check(lines: &[String], tests: &mut usize, fails: &mut dyn FnMut(&str) -> bool) -> bool {
    if *tests == 0 {
        return false;
    }
    *tests -= 1;
    fails(&(lines.join("\n") + "\n"))
}

/// Takes lines away: large runs of balanced lines first, then smaller ones.
fn by_lines(mut lines: Vec<String>, tests: &mut usize, fails: &mut dyn FnMut(&str) -> bool) -> Vec<String> {
    let mut size = lines.len() / 2;
    while size > 0 {
        let mut at = lines.len();
        while at > 0 {
            at = at.saturating_sub(size.div_ceil(2));
            let end = balanced_end(&lines, at, size);
            if let Some(end) = end {
                let mut shorter = lines.clone();
                shorter.drain(at..end);
                if check(&shorter, tests, fails) {
                    lines = shorter;
                    continue;
                }
            }
            if size <= 2
                && let Some(close) = block_end(&lines, at)
            {
                // The block's content without the block.
                let mut shorter = lines.clone();
                shorter.remove(close);
                shorter.remove(at);
                if check(&shorter, tests, fails) {
                    lines = shorter;
                }
            }
        }
        size /= 2;
    }
    lines
}

/// The end of at least `size` lines from `at` on that open no block they do not close.
fn balanced_end(lines: &[String], at: usize, size: usize) -> Option<usize> {
    let mut depth = 0i32;
    for (i, line) in lines.iter().enumerate().skip(at) {
        let (least, change) = braces(line);
        if depth + least < 0 {
            return (i > at && depth == 0).then_some(i);
        }
        depth += change;
        if depth == 0 && i + 1 - at >= size {
            return Some(i + 1);
        }
    }
    (depth == 0 && lines.len() > at).then_some(lines.len())
}

/// The line that closes the block opened at the end of line `at`.
fn block_end(lines: &[String], at: usize) -> Option<usize> {
    let mut depth = braces(lines.get(at)?).1;
    if depth != 1 {
        return None;
    }
    for (i, line) in lines.iter().enumerate().skip(at + 1) {
        depth += braces(line).1;
        if depth == 0 {
            return Some(i);
        }
    }
    None
}

/// The lowest level within a line and the level at its end, relative to its start. Braces in texts count in pairs.
fn braces(line: &str) -> (i32, i32) {
    let (mut depth, mut least) = (0, 0);
    for c in line.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        least = least.min(depth);
    }
    (least, depth)
}

/// Replaces what stands in brackets by less: nothing, one of its parts, or a small literal.
fn by_brackets(
    mut lines: Vec<String>,
    tests: &mut usize,
    fails: &mut dyn FnMut(&str) -> bool,
) -> Vec<String> {
    for n in (0..lines.len()).rev() {
        let mut from = 0;
        while let Some((open, close)) = brackets(&lines[n], from) {
            from = open + 1;
            let (before, inner, after) =
                (&lines[n][..open], &lines[n][open + 1..close], &lines[n][close + 1..]);
            let (o, c) = (&lines[n][open..=open], &lines[n][close..=close]);
            let mut tries: Vec<String> = Vec::new();
            // A chain without one of its links; a call without what it is called on.
            let method =
                before.rfind(|ch: char| !ch.is_alphanumeric() && ch != '_' && ch != '.').map_or(0, |i| i + 1);
            if before[method..].contains('.') {
                tries.push(format!("{}{after}", &before[..before.rfind('.').unwrap_or(method)]));
            }
            if !inner.is_empty() {
                tries.push(format!("{before}{o}{c}{after}"));
            }
            tries.extend(
                ["0", "1", "true", "\"\""]
                    .iter()
                    .filter(|l| inner != **l)
                    .map(|l| format!("{before}{o}{l}{c}{after}")),
            );
            let parts = split(inner);
            if parts.len() > 1 {
                for i in 0..parts.len() {
                    let rest: Vec<&str> =
                        parts.iter().enumerate().filter(|p| p.0 != i).map(|p| *p.1).collect();
                    tries.push(format!("{before}{o}{}{c}{after}", rest.join(",")));
                }
            }
            let word_before =
                before.chars().next_back().is_some_and(|ch| ch.is_alphanumeric() || ch == '_' || ch == '>');
            if o == "(" && !word_before {
                tries.push(format!("{before}{inner}{after}"));
            }
            for text in tries {
                let old = std::mem::replace(&mut lines[n], text);
                if lines[n].len() < old.len() && check(&lines, tests, fails) {
                    from = 0;
                    break;
                }
                lines[n] = old;
            }
        }
    }
    lines
}

/// The next pair of brackets that opens at or after `from`.
fn brackets(line: &str, from: usize) -> Option<(usize, usize)> {
    let bytes = line.as_bytes();
    let open = (from..bytes.len()).find(|i| matches!(bytes[*i], b'(' | b'[' | b'{'))?;
    let mut depth = 0;
    for (i, b) in bytes.iter().enumerate().skip(open) {
        match b {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((open, i));
        }
    }
    brackets(line, open + 1)
}

/// The parts between commas that stand in no further brackets.
fn split(text: &str) -> Vec<&str> {
    let (mut parts, mut depth, mut start) = (Vec::new(), 0, 0);
    for (i, b) in text.bytes().enumerate() {
        match b {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth -= 1,
            b',' if depth == 0 => {
                parts.push(&text[start..i]);
                start = i + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}
