//! Reads the access log of a web server and reports on it.

use std::collections::{BTreeMap, HashMap};

struct Hit {
    hour: usize,
    path: String,
    status: u16,
    bytes: u64,
}

/// The report, as text.
pub fn logstats(log: &str) -> String {
    let mut hits = Vec::new();
    let mut unreadable = 0;
    for line in log.lines() {
        match parse(line) {
            Some(hit) => hits.push(hit),
            None => unreadable += 1,
        }
    }
    let total: u64 = hits.iter().map(|hit| hit.bytes).sum();
    let mut report = format!("hits       {}\nunreadable {unreadable}\nbytes      {total}\n", hits.len());
    report.push_str("\nby status\n");
    for (status, count) in count_statuses(&hits) {
        report.push_str(&format!("  {status} {count:8}\n"));
    }
    report.push_str("\nby hour\n");
    for (hour, count) in count_hours(&hits).iter().enumerate() {
        if *count > 0 {
            report.push_str(&format!("  {hour:02}h {count:8}\n"));
        }
    }
    report.push_str("\nmost wanted\n");
    for (path, count) in most_wanted(&hits, 10) {
        report.push_str(&format!("  {count:8} {path}\n"));
    }
    report
}

/// A line in the common log format: `host - user [10/Oct/2025:13:55:36 +0000] "GET /path HTTP/1.1" 200 2326`.
fn parse(line: &str) -> Option<Hit> {
    let (_, rest) = line.split_once('[')?;
    let (time, rest) = rest.split_once(']')?;
    let hour = time.split(':').nth(1)?.parse().ok()?;
    let (_, rest) = rest.split_once('"')?;
    let (request, rest) = rest.split_once('"')?;
    let path = request.split(' ').nth(1)?;
    let mut numbers = rest.split_whitespace();
    let status = numbers.next()?.parse().ok()?;
    let bytes = match numbers.next()? {
        "-" => 0,
        text => text.parse().ok()?,
    };
    if hour >= 24 {
        return None;
    }
    Some(Hit { hour, path: path.to_string(), status, bytes })
}

fn count_statuses(hits: &[Hit]) -> BTreeMap<u16, u32> {
    let mut counts = BTreeMap::new();
    for hit in hits {
        *counts.entry(hit.status).or_insert(0) += 1;
    }
    counts
}

fn count_hours(hits: &[Hit]) -> [u32; 24] {
    let mut counts = [0; 24];
    for hit in hits {
        counts[hit.hour] += 1;
    }
    counts
}

fn most_wanted(hits: &[Hit], n: usize) -> Vec<(String, u32)> {
    let mut counts: HashMap<&str, u32> = HashMap::new();
    for hit in hits {
        *counts.entry(&hit.path).or_insert(0) += 1;
    }
    let mut paths: Vec<(String, u32)> = counts.into_iter().map(|(path, n)| (path.to_string(), n)).collect();
    paths.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    paths.truncate(n);
    paths
}
