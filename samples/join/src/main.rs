//! Joins a table of orders with a table of customers and adds up what each country ordered.

use std::collections::{BTreeMap, HashMap};

#[derive(Clone)]
struct Customer {
    id: u32,
    name: String,
    country: u8,
}

struct Order {
    customer: u32,
    product: u32,
    cents: u64,
}

struct Row {
    name: String,
    country: u8,
    product: u32,
    cents: u64,
}

fn main() {
    let customers: Vec<Customer> = (0..20_000).map(customer).collect();
    let orders: Vec<Order> = (0..300_000).map(order).collect();
    let rows = join(&customers, &orders);
    println!("{} orders, {} of known customers", orders.len(), rows.len());
    let mut by_country: BTreeMap<u8, u64> = BTreeMap::new();
    for row in &rows {
        *by_country.entry(row.country).or_insert(0) += row.cents;
    }
    for (country, cents) in &by_country {
        println!("country {country:2}: {}.{:02}", cents / 100, cents % 100);
    }
    let dearest = rows.iter().max_by_key(|row| row.cents).unwrap();
    println!("dearest: {} bought {} for {} cents", dearest.name, dearest.product, dearest.cents);
}

/// One row for each order whose customer is known, in the order of the orders.
fn join(customers: &[Customer], orders: &[Order]) -> Vec<Row> {
    let mut by_id: HashMap<u32, &Customer> = HashMap::new();
    for customer in customers {
        by_id.insert(customer.id, customer);
    }
    let mut rows = Vec::new();
    for order in orders {
        if let Some(customer) = by_id.get(&order.customer) {
            rows.push(Row {
                name: customer.name.clone(),
                country: customer.country,
                product: order.product,
                cents: order.cents,
            });
        }
    }
    rows
}

fn scrambled(n: u32) -> u32 {
    let n = (n ^ (n >> 16)).wrapping_mul(0x45d9f3b);
    let n = (n ^ (n >> 16)).wrapping_mul(0x45d9f3b);
    n ^ (n >> 16)
}

fn customer(n: u32) -> Customer {
    Customer { id: scrambled(n) % 30_000, name: format!("customer {n}"), country: (scrambled(n + 7) % 12) as u8 }
}

fn order(n: u32) -> Order {
    Order {
        customer: scrambled(n + 99) % 30_000,
        product: scrambled(n) % 500,
        cents: (scrambled(n + 3) % 100_000) as u64 + 100,
    }
}
