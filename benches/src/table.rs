//! The tables in `docs/`.

use crate::variant::{VARIANTS, Variant};

/// What was measured of one program under one variant.
#[derive(Clone, Copy, Debug)]
pub struct Cell {
    /// Median of the seconds the threads of its runs had a processor.
    pub busy: f64,
    /// Median of the seconds that passed.
    pub passed: f64,
    /// Seconds the compiler took.
    pub compile: f64,
    /// Bytes of the executable or image.
    pub size: u64,
    /// Most bytes in memory.
    pub memory: u64,
}

/// What was measured of one program, a cell for each variant.
pub struct Row {
    /// The program.
    pub name: String,
    /// In the order of `VARIANTS`; `None` if there is no such variant.
    pub cells: Vec<Option<Cell>>,
}

/// Between these lines stands a table.
const MARKS: (&str, &str) = ("<!-- benches -->\n", "<!-- /benches -->\n");

impl Row {
    fn cell(&self, variant: Variant) -> Option<&Cell> {
        let column = VARIANTS.iter().position(|v| *v == variant)?;
        self.cells.get(column)?.as_ref()
    }
    /// Time under a variant in terms of `rustc -O` with overflow checks: on a processor, or, if there are several threads, in all.
    pub fn ratio(&self, variant: Variant) -> Option<f64> {
        let (cell, base) = (self.cell(variant)?, self.cell(Variant::Rustc)?);
        Some(if variant.is_parallel() { cell.passed / base.passed } else { cell.busy / base.busy })
    }
}

/// Times as ratios, then what else was measured, as two tables in Markdown.
pub fn render(rows: &[Row]) -> String {
    let shown: Vec<Variant> =
        VARIANTS.into_iter().filter(|v| rows.iter().any(|r| r.cell(*v).is_some())).collect();
    let mut text = String::from("| program | ms under rustc -O, checked |");
    for v in &shown[1..] {
        text += &format!(" {} |", v.name());
    }
    text += "\n|---|---:|";
    text += &"---:|".repeat(shown.len() - 1);
    text += "\n";
    let ratio = |r: Option<f64>| r.map_or_else(|| " |".to_string(), |r| format!(" {r:.2} |"));
    for row in rows {
        let base = row.cell(Variant::Rustc).map_or(f64::NAN, |c| c.busy * 1e3);
        text += &format!("| {} | {base:.0} |", row.name.replace('_', " "));
        shown[1..].iter().for_each(|v| text += &ratio(row.ratio(*v)));
        text += "\n";
    }
    text += "| **geometric mean** | |";
    for v in &shown[1..] {
        let logs: Vec<f64> = rows.iter().filter_map(|r| r.ratio(*v)).map(f64::ln).collect();
        text += &ratio(Some((logs.iter().sum::<f64>() / logs.len() as f64).exp()));
    }
    text += "\n\n| program |";
    let sized: Vec<Variant> = shown
        .into_iter()
        .filter(|v| !matches!(v, Variant::Unchecked | Variant::Tasks | Variant::ByHand))
        .collect();
    for what in ["compile, ms", "size, KiB", "memory, MiB"] {
        sized.iter().for_each(|v| text += &format!(" {what}: {} |", v.name()));
    }
    text += "\n|---|";
    text += &"---:|".repeat(3 * sized.len());
    text += "\n";
    for row in rows {
        text += &format!("| {} |", row.name.replace('_', " "));
        let number = |of: fn(&Cell) -> f64, digits: usize| {
            let cell = |v: &Variant| row.cell(*v).map_or(String::new(), |c| format!("{:.digits$}", of(c)));
            sized.iter().map(|v| format!(" {} |", cell(v))).collect::<String>()
        };
        text += &number(|c| c.compile * 1e3, 0);
        text += &number(|c| c.size as f64 / 1024.0, 0);
        text += &number(|c| c.memory as f64 / f64::from(1 << 20), 1);
        text += "\n";
    }
    text
}

/// The document with this table in place of the one it has.
pub fn replace(document: &str, table: &str) -> Option<String> {
    let (before, rest) = document.split_once(MARKS.0)?;
    let (_, after) = rest.split_once(MARKS.1)?;
    Some(format!("{before}{}{table}{}{after}", MARKS.0, MARKS.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(times: [Option<f64>; 6]) -> Row {
        let cell = |time: f64| Cell { busy: time, passed: time, compile: 0.1, size: 2048, memory: 3 << 20 };
        Row { name: "n_body".to_string(), cells: times.map(|t| t.map(cell)).to_vec() }
    }

    #[test]
    fn variants_nobody_has_get_no_column() {
        let text = render(&[row([Some(2.0), Some(1.0), Some(3.0), None, None, None])]);
        assert!(text.starts_with("| program | ms under rustc -O, checked | unchecked | clif |\n"), "{text}");
        assert!(text.contains("| n body | 2000 | 0.50 | 1.50 |\n"), "{text}");
        assert!(text.contains("| n body | 100 | 100 | 2 | 2 | 3.0 | 3.0 |\n"), "{text}");
    }

    #[test]
    fn means_are_geometric() {
        let rows = [
            row([Some(1.0), Some(1.0), Some(1.0), None, None, None]),
            row([Some(1.0), Some(1.0), Some(4.0), None, None, None]),
        ];
        assert!(render(&rows).contains("| **geometric mean** | | 1.00 | 2.00 |\n"));
    }

    #[test]
    fn only_the_table_is_replaced() {
        let document = "a\n<!-- benches -->\nold\n<!-- /benches -->\nb\n";
        let new = replace(document, "new\n").unwrap_or_default();
        assert_eq!(new, "a\n<!-- benches -->\nnew\n<!-- /benches -->\nb\n");
        assert_eq!(replace("no marks", "new"), None);
    }
}
