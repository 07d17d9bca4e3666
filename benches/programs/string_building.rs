//! Text put together from pieces.

use std::fmt::Write;

#[derive(Debug, Clone)]
struct Record {
    id: u32,
    name: String,
    score: i64,
}

fn records(count: u32) -> Vec<Record> {
    (0..count)
        .map(|id| Record { id, name: format!("user{}", id % 977), score: (id as i64 * 37) % 1009 - 500 })
        .collect()
}

fn json(records: &[Record]) -> String {
    let mut out = String::from("[");
    for (i, record) in records.iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        write!(out, "{{\"id\":{},\"name\":\"{}\",\"score\":{}}}", record.id, record.name, record.score).unwrap();
    }
    out.push(']');
    out
}

fn table(records: &[Record]) -> String {
    records
        .iter()
        .map(|r| format!("{:>8} | {:<10} | {:+}", r.id, r.name, r.score))
        .collect::<Vec<String>>()
        .join("\n")
}

fn hash(text: &str) -> u32 {
    text.bytes().fold(2166136261, |h, b| (h ^ b as u32).wrapping_mul(16777619))
}

fn main() {
    let records = records(200_000);
    let mut total = 0;
    for _ in 0..4 {
        let json = json(&records);
        let table = table(&records);
        let words: String = table.split(" | ").map(|w| w.trim()).collect::<Vec<&str>>().concat();
        total += json.len() + table.len() + words.len();
        println!("{:08x} {:08x} {:08x}", hash(&json), hash(&table), hash(&words));
    }
    println!("{total}");
}
