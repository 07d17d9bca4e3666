// Parsing lines of text into structs, grouping, and a formatted report.
use std::collections::BTreeMap;
#[derive(Debug, Clone)]
struct Sale {
    region: String,
    units: u32,
    price: f64,
}
fn parse(line: &str) -> Result<Sale, String> {
    let fields: Vec<&str> = line.split(',').map(str::trim).collect();
    let [region, units, price] = fields[..] else {
        return Err(format!("{} fields", fields.len()));
    };
    Ok(Sale {
        region: region.to_string(),
        units: units.parse().map_err(|e| format!("units: {e}"))?,
        price: price.parse().map_err(|e| format!("price: {e}"))?,
    })
}
const DATA: &str = "north, 10, 2.50
south, 3, 19.99
north, x, 1
east, 7, 4.25
south, 12, abc
broken line
north, 1, 100.0";
fn main() {
    let mut groups: BTreeMap<String, Vec<Sale>> = BTreeMap::new();
    for (n, line) in DATA.lines().enumerate() {
        match parse(line) {
            Ok(sale) => groups.entry(sale.region.clone()).or_default().push(sale),
            Err(e) => println!("line {}: {e}", n + 1),
        }
    }
    println!("{:<8}|{:>6}|{:>10}", "region", "units", "total");
    println!("{:-<8}+{:->6}+{:->10}", "", "", "");
    for (region, sales) in &groups {
        let units: u32 = sales.iter().map(|s| s.units).sum();
        let total: f64 = sales.iter().map(|s| s.units as f64 * s.price).sum();
        println!("{region:<8}|{units:>6}|{total:>10.2}");
    }
    let most = groups.values().flatten().max_by(|a, b| a.price.total_cmp(&b.price));
    println!("{:?}", most.map(|s| &s.region));
}
